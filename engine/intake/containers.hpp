// What one source of the project file stands for: a file, the files that a pattern names, a folder, or an archive.
#pragma once

#include <optional>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/file_bytes.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/workbook_shelf.hpp"

namespace kaskad::intake {

/// An archive that promises more than this is refused before anything is unpacked.
inline constexpr std::uint64_t kMostUnpacked = std::uint64_t{1} << 30;
inline constexpr std::size_t kMostEntries = 10'000;

/// One table each, in natural order of their paths. A file of its own stays as it is, also when it is not there.
std::vector<SourceSpec> expand_source(const SourceSpec& spec, Diagnostics& out);

/// One a sheet, where a workbook has several and the source names none of them.
std::vector<SourceSpec> sheets_of(const SourceSpec& spec, WorkbookShelf& shelf);

/// The bytes of an expanded source; nothing, with a diagnostic, when they cannot be had.
std::optional<FileBytes> open_file(const SourceSpec& spec, Diagnostics& out);

/// Text of a pattern for each {field} in it, when `path` fits: '*' and {field} stand for any characters but '/', '?'
/// for one. Nothing when it does not fit.
std::optional<std::map<std::string, std::string>> fit_pattern(std::string_view pattern, std::string_view path);

}  // namespace kaskad::intake
