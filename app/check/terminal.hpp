// The findings on a terminal: sources, then kinds of remarks with their first places.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/check/findings.hpp"
#include "app/check/return_books.hpp"

namespace kaskad::app {

/// Of each kind so many places are shown where not all are asked for.
inline constexpr std::size_t kShownPlaces = 3;

struct TerminalOptions {
  bool all = false;    ///< Every remark on a line of its own; the overflow's lines are such lines.
  std::string folder;  ///< Where the books were written.
};

/// Given to `put` in parts.
void write_terminal(const Findings& findings, const std::optional<ReturnedBooks>& books, const TerminalOptions& options,
                    const Texts& texts, const std::function<void(const std::string&)>& put);

/// Diagnostics by kind, each with its number and first places; of those that a source only counted the number.
std::string kinds_text(const Diagnostics& diagnostics, const Texts& texts);

/// What was read of a source, and how it was taken: several lines.
std::string source_text(const SourceFindings& source, const Texts& texts);

}  // namespace kaskad::app
