// The cells of one sheet of an XLSX workbook, as text.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace kaskad::intake {

struct SheetCell {
  std::int32_t row = 0;     ///< From 0.
  std::int32_t column = 0;  ///< From 0.
  std::string_view text;
};

/// Whole numbers come without a fraction ("11"), others in the shortest form that reads back the same, dates as ISO
/// text, booleans as 1 and 0, formulas as their stored results. Cells in rising order of row, then column.
struct SheetCells {
  std::vector<std::string> sheets;  ///< Names of all sheets.
  bool found = false;               ///< The wanted sheet is there.
  std::string sheet;
  std::vector<SheetCell> cells;
  std::int64_t uncomputed = 0;  ///< Formulas of which the file holds no result; their cells are blank.
  SheetCell first_uncomputed;
  std::deque<std::string> texts;  ///< What the cells' views point into.
};

/// Reads `wanted`, or the first sheet when it is empty. False when the bytes are not a whole workbook; `cells` is then
/// empty.
bool read_sheet_cells(std::string_view workbook, const std::string& wanted, SheetCells& cells);

}  // namespace kaskad::intake
