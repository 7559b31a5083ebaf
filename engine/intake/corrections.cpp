#include "engine/intake/corrections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "engine/base/text.hpp"
#include "engine/intake/file_hash.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/open_table.hpp"

namespace kaskad::intake {
namespace {

namespace fs = std::filesystem;

enum Service : std::size_t { kFormat, kSheet, kFile, kSourceSheet, kSchool, kColumns };

bool is_workbook(const fs::path& path) {
  const std::string name = path.filename().string();
  const bool workbook = path.extension() == ".xlsx" || path.extension() == ".ods";
  return workbook && !name.starts_with("~") && !name.starts_with(".");
}

/// Paths below a folder, without it, in natural order.
std::vector<std::string> workbooks_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code trouble;
  for (fs::recursive_directory_iterator at(folder, trouble), end; !trouble && at != end; at.increment(trouble)) {
    if (at->is_regular_file(trouble) && is_workbook(at->path()))
      found.push_back(at->path().lexically_relative(folder).generic_string());
  }
  std::sort(found.begin(), found.end());
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return collates_before(a, b, "ru"); });
  return found;
}

void report(const std::string& workbook, Severity severity, std::string code, Diagnostics& out) {
  Diagnostic d;
  d.severity = severity;
  d.place.file = workbook;
  d.message = {std::move(code), {}};
  out.push_back(std::move(d));
}

/// A sheet of a workbook; its first row is no data. The spec must outlive it.
struct OpenedSheet {
  SourceSpec spec;
  Diagnostics told;
  std::unique_ptr<Table> table;  ///< Null when there is no such sheet, or no workbook.

  OpenedSheet(const std::string& path, const std::string& sheet) {
    spec.path = spec.name = path;
    spec.sheet = sheet;
    spec.header_row = 1;
    table = open_table(spec, 1, told).table;
  }
  bool has_no_sheet() const {
    return std::any_of(told.begin(), told.end(), [](const Diagnostic& d) { return d.message.code == "missing-sheet"; });
  }
};

/// Calls take(cells from column A on) for each row below the first.
template <class Take>
void for_each_row(const Table& table, const Take& take) {
  for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = table.read(chunk);
    Row row;
    while (reader->next(row)) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < row.size; ++i) cells.emplace_back(trimmed(row[i]));
      take(std::move(cells));
    }
  }
}

}  // namespace

std::string row_print(std::string_view school, const std::vector<std::string>& cells) {
  std::string text(school);
  std::size_t blanks = 0;
  text += '\x1e';
  for (const std::string& cell : cells) {
    const std::string_view sound = trimmed(cell);
    if (sound.empty()) {
      ++blanks;
      continue;
    }
    text.append(blanks + 1, '\x1f');
    text += sound;
    blanks = 0;
  }
  return fmt::format("{:016x}", xxh64(text, 0));
}

Corrections Corrections::read(const std::string& folder, Diagnostics& out) {
  Corrections all;
  for (const std::string& name : workbooks_in(folder)) all.read_workbook((fs::path(folder) / name).string(), name, out);
  if (all.workbooks_ == 0 && out.empty()) report(folder, Severity::warning, "no-returned-workbooks", out);
  return all;
}

void Corrections::read_workbook(const std::string& path, const std::string& name, Diagnostics& out) {
  const OpenedSheet service(path, std::string(return_format::kServiceSheet));
  if (service.has_no_sheet()) return report(name, Severity::warning, "not-a-returned-workbook", out);
  if (service.table == nullptr) return report(name, Severity::error, "returned-workbook-broken", out);
  ++workbooks_;
  for_each_row(*service.table, [&](std::vector<std::string> cells) {
    cells.resize(return_format::kServiceHeads.size());
    const ParsedInteger columns = parse_integer(cells[kColumns]);
    const bool sound = cells[kFormat] == return_format::kVersion && columns.state == NumberState::good;
    if (!sound) return report(name, Severity::error, "returned-workbook-broken", out);
    sheets_.push_back({name, path, cells[kSheet], cells[kFile], cells[kSourceSheet], cells[kSchool],
                       static_cast<std::size_t>(std::max<std::int64_t>(0, columns.value))});
  });
}

bool Corrections::speak_of(const std::string& file, const std::string& sheet) const {
  return std::any_of(sheets_.begin(), sheets_.end(),
                     [&](const Sheet& s) { return s.file == file && s.source_sheet == sheet; });
}

std::map<std::int64_t, ReturnedRow> Corrections::rows_of(const std::string& file, const std::string& sheet) const {
  std::map<std::int64_t, ReturnedRow> rows;
  for (const Sheet& s : sheets_) {
    if (s.file != file || s.source_sheet != sheet) continue;
    const OpenedSheet found(s.path, s.sheet);
    if (found.table == nullptr) continue;
    for_each_row(*found.table, [&](std::vector<std::string> cells) {
      cells.resize(std::max(cells.size(), s.columns + return_format::kCellsFrom));
      const ParsedInteger number = parse_integer(cells[0]);
      if (number.state != NumberState::good || number.value < 1 || cells[1].empty()) return;
      const auto from = cells.begin() + return_format::kCellsFrom;
      rows[number.value] = {s.workbook, s.school, cells[1], {from, from + static_cast<std::ptrdiff_t>(s.columns)}};
    });
  }
  return rows;
}

void CorrectionLog::note(CorrectedRow row) {
  by_file_[row.place.file][{row.place.sheet, row.place.row}] = std::move(row);
}

void CorrectionLog::give(const std::string& file, std::vector<CorrectedRow>& out) {
  for (auto& [place, row] : by_file_[file]) out.push_back(std::move(row));
  by_file_.erase(file);
}

}  // namespace kaskad::intake
