#include "reports/xlsx/xlsx_renderer.hpp"

#include <cmath>
#include <optional>

#include "engine/base/files.hpp"
#include "reports/xlsx/scratch_file.hpp"
#include "reports/xlsx/sheet_writer.hpp"

namespace kaskad::reports {
namespace {

constexpr std::size_t kMaxCell = 32767;

Args at(const Sheet& sheet, std::size_t row, std::size_t column) {
  return {{"sheet", sheet.name}, {"row", static_cast<std::int64_t>(row + 1)}, {"head", sheet.columns[column].head}};
}

std::optional<Error> cell_error(const Sheet& sheet, std::size_t row, std::size_t column) {
  const SheetCell& cell = sheet.rows[row][column];
  if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && utf16_length(*text) > kMaxCell) {
    return failure("xlsx-text-too-long", at(sheet, row, column)).value();
  }
  if (const auto* number = std::get_if<double>(&cell); number != nullptr && !std::isfinite(*number)) {
    return failure("xlsx-number", at(sheet, row, column)).value();
  }
  return std::nullopt;
}

std::optional<Error> size_error(const Sheet& sheet, const SheetLayout& layout) {
  const std::size_t rows = layout.first_row() + sheet.rows.size();
  const auto error = [&](const char* code, std::size_t count, std::int64_t limit) {
    return failure(code, {{"sheet", sheet.name}, {"count", static_cast<std::int64_t>(count)}, {"limit", limit}})
        .value();
  };
  if (rows > LXW_ROW_MAX) return error("xlsx-too-long", rows, LXW_ROW_MAX);
  if (sheet.columns.size() > LXW_COL_MAX) return error("xlsx-too-wide", sheet.columns.size(), LXW_COL_MAX);
  return std::nullopt;
}

std::optional<Error> first_cell_error(const Sheet& sheet) {
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t c = 0; c < std::min(sheet.rows[r].size(), sheet.columns.size()); ++c) {
      if (auto error = cell_error(sheet, r, c)) return error;
    }
  }
  return std::nullopt;
}

/// The layout of a sheet, or what the format cannot hold: found before anything is written.
Expected<SheetLayout> checked_layout(const Sheet& sheet, const Workbook& workbook) {
  if (auto error = first_cell_error(sheet)) return tl::unexpected<Error>(std::move(*error));
  SheetLayout layout = lay_out(sheet, workbook);
  if (auto error = size_error(sheet, layout)) return tl::unexpected<Error>(std::move(*error));
  return layout;
}

void set_properties(lxw_workbook* book, const Workbook& workbook) {
  std::string title = workbook.title, author = workbook.author;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.author = author.data();
  properties.company = author.data();
  properties.created = creation_time(workbook.date);
  workbook_set_properties(book, &properties);
}

lxw_error write_workbook(const Workbook& workbook, const std::vector<SheetLayout>& layouts, const std::string& path) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
  set_properties(book, workbook);
  CellFormats formats(book, workbook);
  const std::vector<std::string> names = sheet_names(workbook);
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, names[i].c_str());
    if (sheet != nullptr) write_sheet(workbook.sheets[i], layouts[i], workbook, formats, sheet);
  }
  return workbook_close(book);
}

Expected<std::string> written(const Workbook& workbook, const std::vector<SheetLayout>& layouts) {
  const ScratchFile file;
  if (!file.good()) return failure("xlsx-unwritable", {{"detail", "mkstemp"}});
  const lxw_error error = write_workbook(workbook, layouts, file.path());
  if (error != LXW_NO_ERROR) return failure("xlsx-unwritable", {{"detail", std::string(lxw_strerror(error))}});
  return read_file(file.path());
}

}  // namespace

Expected<std::string> render_xlsx(const Workbook& workbook) {
  if (workbook.sheets.empty()) return failure("xlsx-no-sheets");
  std::vector<SheetLayout> layouts;
  for (const Sheet& sheet : workbook.sheets) {
    auto layout = checked_layout(sheet, workbook);
    if (!layout) return tl::unexpected<Error>(std::move(layout.error()));
    layouts.push_back(std::move(*layout));
  }
  return written(workbook, layouts);
}

}  // namespace kaskad::reports
