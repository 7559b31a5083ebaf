#include "engine/intake/xlsx_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/xlsx_cells.hpp"

namespace kaskad::intake {
namespace {

/// Rows of the sheet in one chunk.
constexpr std::int32_t kChunkRows = 8192;

using Cells = std::vector<SheetCell>::const_iterator;

Cells first_cell_of(const std::vector<SheetCell>& cells, std::int64_t row) {
  return std::lower_bound(cells.begin(), cells.end(), row,
                          [](const SheetCell& cell, std::int64_t wanted) { return cell.row < wanted; });
}

class XlsxReader : public RowReader {
 public:
  XlsxReader(Cells from, Cells to, std::int64_t first_row, std::int64_t rows)
      : at_(from), to_(to), first_row_(first_row), rows_(rows) {}

  bool next(Row& row) override {
    while (at_ != to_) {
      const std::int32_t number = at_->row;
      const bool filled = collect(number);
      if (!filled) continue;
      row.number = number - first_row_ + 1;
      row.locator = static_cast<std::uint64_t>(number);
      row.fields = fields_.data();
      row.size = fields_.size();
      row.unclosed_column = 0;
      return true;
    }
    return false;
  }
  std::int64_t passed() const override { return rows_; }

 private:
  bool collect(std::int32_t number) {
    bool filled = false;
    fields_.clear();
    for (; at_ != to_ && at_->row == number; ++at_) {
      fields_.resize(std::max(fields_.size(), static_cast<std::size_t>(at_->column) + 1));
      fields_[static_cast<std::size_t>(at_->column)] = at_->text;
      filled = filled || !trimmed(at_->text).empty();
    }
    return filled;
  }

  Cells at_;
  Cells to_;
  std::int64_t first_row_;
  std::int64_t rows_;
  std::vector<std::string_view> fields_;
};

class XlsxTable : public Table {
 public:
  XlsxTable(std::shared_ptr<const SheetCells> sheet, int header_row, std::vector<std::string> heads)
      : sheet_(std::move(sheet)), header_row_(header_row), heads_(std::move(heads)) {}

  const std::vector<std::string>& heads() const override { return heads_; }
  const std::string& sheet() const override { return sheet_->sheet; }
  std::int64_t rows_before() const override { return header_row_; }
  bool fixed_width() const override { return false; }
  void release(std::size_t) const override {}

  std::size_t chunks() const override {
    const std::int64_t rows = sheet_->cells.empty() ? 0 : std::max(0, sheet_->cells.back().row + 1 - header_row_);
    return static_cast<std::size_t>((rows + kChunkRows - 1) / kChunkRows);
  }
  std::unique_ptr<RowReader> read(std::size_t chunk) const override {
    const std::int64_t first = header_row_ + static_cast<std::int64_t>(chunk) * kChunkRows;
    return reader(first, first + kChunkRows);
  }
  std::unique_ptr<RowReader> read_at(std::uint64_t locator) const override {
    const auto row = static_cast<std::int64_t>(locator);
    return reader(row, row + 1);
  }

 private:
  std::unique_ptr<RowReader> reader(std::int64_t first, std::int64_t end) const {
    return std::make_unique<XlsxReader>(first_cell_of(sheet_->cells, first), first_cell_of(sheet_->cells, end), first,
                                        end - first);
  }

  std::shared_ptr<const SheetCells> sheet_;
  int header_row_;
  std::vector<std::string> heads_;
};

std::vector<std::string> read_heads(const std::vector<SheetCell>& cells, std::int64_t row) {
  std::vector<std::string> heads;
  for (auto at = first_cell_of(cells, row); at != cells.end() && at->row == row; ++at) {
    heads.resize(std::max(heads.size(), static_cast<std::size_t>(at->column) + 1));
    heads[static_cast<std::size_t>(at->column)] = trimmed(at->text);
  }
  while (!heads.empty() && heads.back().empty()) heads.pop_back();
  return heads;
}

Diagnostic about_sheet(const SourceSpec& spec, const std::string& sheet, std::string code, Args args = {}) {
  Diagnostic d;
  d.place.file = spec.name;
  d.place.sheet = sheet;
  d.message = {std::move(code), std::move(args)};
  return d;
}

/// «B7».
std::string address_of(const SheetCell& cell) {
  std::string column;
  for (std::int32_t rest = cell.column + 1; rest > 0; rest = (rest - 1) / 26) {
    column.insert(column.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return fmt::format("{}{}", column, cell.row + 1);
}

Diagnostic about_formulas(const SourceSpec& spec, const SheetCells& sheet) {
  Diagnostic d = about_sheet(spec, sheet.sheet, "formula-without-value",
                             {{"cell", address_of(sheet.first_uncomputed)}, {"n", sheet.uncomputed}});
  d.place.row = sheet.first_uncomputed.row + 1;
  d.place.column = sheet.first_uncomputed.column + 1;
  return d;
}

}  // namespace

TableMaker open_xlsx(std::string_view workbook, const SourceSpec& spec, Diagnostics& out) {
  const auto sheet = std::make_shared<SheetCells>();
  if (!read_sheet_cells(workbook, spec.sheet, *sheet)) {
    out.push_back(about_sheet(spec, {}, "xlsx-broken"));
    return {};
  }
  if (!sheet->found) {
    const auto near = nearest(spec.sheet, sheet->sheets);
    out.push_back(about_sheet(spec, spec.sheet, "missing-sheet",
                              {{"sheet", spec.sheet},
                               {"sheets", fmt::format("{}", fmt::join(sheet->sheets, ", "))},
                               {"nearest", near.value_or("none")}}));
    return {};
  }
  if (sheet->uncomputed > 0) out.push_back(about_formulas(spec, *sheet));
  return [sheet, &spec](int header_row, Diagnostics& told) -> std::unique_ptr<Table> {
    std::vector<std::string> heads = read_heads(sheet->cells, header_row - 1);
    if (heads.empty() && (header_row > 0 || sheet->cells.empty())) {
      told.push_back(about_sheet(spec, sheet->sheet, sheet->cells.empty() ? "empty-sheet" : "no-head",
                                 {{"row", std::int64_t{header_row}}}));
      return nullptr;
    }
    return std::make_unique<XlsxTable>(sheet, header_row, std::move(heads));
  };
}

}  // namespace kaskad::intake
