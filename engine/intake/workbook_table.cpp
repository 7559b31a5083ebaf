#include "engine/intake/workbook_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

/// Rows of the sheet in one chunk.
constexpr std::int32_t kChunkRows = 8192;

class SheetReader : public RowReader {
 public:
  SheetReader(const SheetCells& cells, std::int64_t first_row, std::int64_t end_row)
      : cells_(cells),
        at_(cells.row_at_or_after(first_row)),
        end_(cells.row_at_or_after(end_row)),
        first_row_(first_row),
        rows_(end_row - first_row) {}

  bool next(Row& row) override {
    while (at_ != end_) {
      const std::int32_t number = cells_.row_number(at_);
      fields_.clear();
      // A row may have been written in several pieces.
      for (; at_ != end_ && cells_.row_number(at_) == number; ++at_) cells_.collect(at_, fields_);
      const bool filled =
          std::any_of(fields_.begin(), fields_.end(), [](std::string_view f) { return !trimmed(f).empty(); });
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
  const SheetCells& cells_;
  std::size_t at_;
  std::size_t end_;
  std::int64_t first_row_;
  std::int64_t rows_;
  std::vector<std::string_view> fields_;
};

class SheetTable : public Table {
 public:
  SheetTable(std::shared_ptr<const SheetCells> cells, std::string sheet, int header_row, std::vector<std::string> heads)
      : cells_(std::move(cells)), sheet_(std::move(sheet)), header_row_(header_row), heads_(std::move(heads)) {}

  const std::vector<std::string>& heads() const override { return heads_; }
  const std::string& sheet() const override { return sheet_; }
  std::int64_t rows_before() const override { return header_row_; }
  bool fixed_width() const override { return false; }
  void release(std::size_t) const override {}

  std::size_t chunks() const override {
    const std::int64_t rows = std::max(0, cells_->last_row() + 1 - header_row_);
    return static_cast<std::size_t>((rows + kChunkRows - 1) / kChunkRows);
  }
  std::unique_ptr<RowReader> read(std::size_t chunk) const override {
    const std::int64_t first = header_row_ + static_cast<std::int64_t>(chunk) * kChunkRows;
    return std::make_unique<SheetReader>(*cells_, first, first + kChunkRows);
  }
  std::unique_ptr<RowReader> read_at(std::uint64_t locator) const override {
    const auto row = static_cast<std::int64_t>(locator);
    return std::make_unique<SheetReader>(*cells_, row, row + 1);
  }

 private:
  std::shared_ptr<const SheetCells> cells_;
  std::string sheet_;
  int header_row_;
  std::vector<std::string> heads_;
};

std::vector<std::string> read_heads(const SheetCells& cells, std::int64_t row) {
  SheetReader reader(cells, row, row + 1);
  Row head;
  std::vector<std::string> heads;
  if (row < 0 || !reader.next(head)) return heads;
  for (std::size_t i = 0; i < head.size; ++i) heads.emplace_back(trimmed(head[i]));
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
std::string address_of(CellPlace place) {
  std::string column;
  for (std::int32_t rest = place.column + 1; rest > 0; rest = (rest - 1) / 26) {
    column.insert(column.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return fmt::format("{}{}", column, place.row + 1);
}

Diagnostic about_formulas(const SourceSpec& spec, const std::string& sheet, const SheetCells& cells) {
  const CellPlace first = cells.first_uncomputed();
  Diagnostic d =
      about_sheet(spec, sheet, "formula-without-value", {{"cell", address_of(first)}, {"n", cells.uncomputed()}});
  d.place.row = first.row + 1;
  d.place.column = first.column + 1;
  return d;
}

}  // namespace

TableMaker open_sheet(std::shared_ptr<const SheetCells> cells, const std::string& sheet, const SourceSpec& spec,
                      Diagnostics& out) {
  if (cells->uncomputed() > 0) out.push_back(about_formulas(spec, sheet, *cells));
  return [cells, sheet, &spec](int header_row, Diagnostics& told) -> std::unique_ptr<Table> {
    std::vector<std::string> heads = read_heads(*cells, header_row - 1);
    if (heads.empty() && (header_row > 0 || cells->empty())) {
      told.push_back(
          about_sheet(spec, sheet, cells->empty() ? "empty-sheet" : "no-head", {{"row", std::int64_t{header_row}}}));
      return nullptr;
    }
    return std::make_unique<SheetTable>(cells, sheet, header_row, std::move(heads));
  };
}

}  // namespace kaskad::intake
