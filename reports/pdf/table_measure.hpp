// Widths of a table's columns from what stands in them.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "reports/pdf/table_cells.hpp"

namespace kaskad::reports::pdf {

/// What one column asks for, in points.
struct ColumnNeed {
  double word = 0;       ///< No word and no number is divided.
  double part = 0;       ///< Words are divided at their hyphens.
  double legible = 0;    ///< As `part`, but no text column is narrower than some eighteen letters.
  double least = 0;      ///< Numbers stay whole, words are divided anywhere.
  double natural = 0;    ///< Texts on one line, heads on at most three.
  double share = 0;      ///< Wanted share of the table's width; 0 = from the contents.
  bool elastic = false;  ///< A text column: the first to grow and to shrink.
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

struct TableGeometry {
  TableType type;
  std::vector<double> x, widths;      ///< Of columns.
  std::vector<NumberWidths> numbers;  ///< As many as columns.
  double width = 0;
};

/// How far words may be divided to make a table fit.
enum class Squeeze : std::uint8_t {
  none,
  texts,     ///< Words of text columns, at their hyphens.
  heads,     ///< Words of all heads, too.
  anywhere,  ///< Between any letters; numbers stay whole.
};

/// Widths of the columns, or nothing when even the full width is too narrow for them. The table fills the width of the
/// text, takes the margin column when it needs it, and stays narrow when it has little to say.
std::optional<std::vector<double>> fit_columns(const std::vector<ColumnNeed>& needs, Squeeze squeeze, double gap,
                                               const Frame& frame);

/// Width at which a text column wraps no more than its table's author wants: its share, or legible words. Zero for
/// other columns.
double asked_width(const ColumnNeed& need, double gaps, const Frame& frame);

/// Tries narrower text columns, then intervals below their values and 8.5 pt, until the text columns have what they ask
/// for. Where that is not to be had: the largest type at which all fits, with divided heads at 8 pt and, at last, any
/// size.
TableGeometry measure_table(Press& press, const Table& table, const Frame& frame, ReasonMarks& marks);

}  // namespace kaskad::reports::pdf
