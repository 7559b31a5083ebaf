// Defective data, told precisely. All diagnostics of a run are collected; none stops at the first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/message.hpp"

namespace kaskad {

enum class Severity : std::uint8_t { error, warning, note };

/// Where a defect stands, as the reader's own program shows it: rows and columns count from 1, 0 is "the whole".
struct Place {
  std::string file;   ///< As named in the project file.
  std::string sheet;  ///< Empty for files without sheets.
  std::int64_t row = 0;
  int column = 0;
  std::string field;  ///< Head of the column or key of the setting, when known.

  friend bool operator==(const Place&, const Place&) = default;
};

/// `message.code` names the text; the hint is the text "<code>.hint" with the same arguments.
struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  Message message;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// True when at least one diagnostic is an error: the command then exits with 1.
bool has_errors(const Diagnostics& diagnostics);

/// Orders by file (those of `files` first, in that order, then by first mention), then sheet, row, column: the same for
/// any number of threads.
void sort_by_place(Diagnostics& diagnostics, const std::vector<std::string>& files = {});

}  // namespace kaskad
