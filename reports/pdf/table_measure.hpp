// Type and columns of a table.
#pragma once

#include <vector>

#include "reports/pdf/table_needs.hpp"

namespace kaskad::reports::pdf {

struct TableGeometry {
  TableType type;
  std::vector<double> x, widths;      ///< Of columns.
  std::vector<NumberWidths> numbers;  ///< As many as columns.
  double width = 0;
};

/// Of the ways in which the text columns have what they ask for, the one that makes the table low: with less white
/// between columns, then with divided words, with intervals below their values, in 8.5 pt.
/// Where they cannot have it: the largest type at which all fits, with divided heads at 8 pt and, at last, any size.
TableGeometry measure_table(Press& press, const Table& table, const Frame& frame, ReasonMarks& marks);

}  // namespace kaskad::reports::pdf
