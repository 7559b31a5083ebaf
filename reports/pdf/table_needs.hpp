// What the columns of a table ask for, by what stands in them.
#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "reports/pdf/table_cells.hpp"

namespace kaskad::reports::pdf {

/// What one column asks for, in points.
struct ColumnNeed {
  double word = 0;         ///< No word and no number is divided.
  double part = 0;         ///< Words are divided at their hyphens.
  double legible = 0;      ///< As `part`, but no text column is narrower than some eighteen letters.
  double least = 0;        ///< Numbers stay whole, words are divided anywhere.
  double natural = 0;      ///< Texts on one line, heads on at most three.
  double share = 0;        ///< Wanted share of the table's width; 0 = from the contents.
  bool elastic = false;    ///< A text column: the first to grow and to shrink.
  bool like_left = false;  ///< Of the kind of the column before it, as years are, and as wide as that.
};

/// Places within a number column, widest of all cells.
struct NumberWidths {
  double before = 0, after = 0, range_before = 0, range_after = 0;
  double value() const { return before + after; }
  double range() const { return range_before + range_after; }
  bool has_both() const { return value() > 0 && range() > 0; }
  double total(const TableType& type) const {
    if (type.stacked) return std::max(value(), range());
    return value() + range() + (has_both() ? type.range_gap() : 0);
  }
};

/// On how many lines a cell stands: its element k is the narrowest column, in points, in which it takes k + 1 of them.
/// Empty for a cell that never takes more than one.
using CellLines = std::vector<float>;
/// Two lines, whatever the width, where intervals stand below their values.
inline CellLines value_and_range() { return {std::numeric_limits<float>::infinity(), 0}; }
/// The heads, then the rows of a table, or, of a long table, rows at even distances.
using RowLines = std::vector<std::vector<CellLines>>;

struct TableNeeds {
  std::vector<ColumnNeed> columns;
  std::vector<NumberWidths> numbers;  ///< As many as columns.
  RowLines rows;
  double group_head = 0;  ///< The longest head of a group of rows, on one line.
};

inline constexpr double kGroupIndents = 6;  ///< Left and right of a group's head, together.

/// In nine points. `divided`: parts of words are measured, too, which takes longer.
TableNeeds needs_of_table(Press& press, const Table& table, bool divided, ReasonMarks& marks);

/// Lines of a table whose rows were measured in another size of type.
struct ScaledLines {
  const RowLines* rows = nullptr;
  double factor = 1;      ///< Of the widths in `rows`.
  bool stacked = false;   ///< Intervals stand below their values.
  double group_head = 0;  ///< The longest head of a group of rows, on one line.
};
struct TypedNeeds {
  std::vector<ColumnNeed> columns;
  std::vector<NumberWidths> numbers;
  ScaledLines lines;
};
/// The needs in this type, with the numbers put into those of their columns. `table` must outlive the result.
TypedNeeds in_type(const TableNeeds& table, const TableType& type);

}  // namespace kaskad::reports::pdf
