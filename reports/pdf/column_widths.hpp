// Widths of a table's columns from what they ask for: the table is to be as low as its room allows.
#pragma once

#include <optional>
#include <vector>

#include "reports/pdf/table_needs.hpp"

namespace kaskad::reports::pdf {

/// How far words may be divided to make a table fit.
enum class Squeeze : std::uint8_t {
  none,
  texts,     ///< Words of text columns, at their hyphens.
  names,     ///< So, however few letters a line of text then has.
  heads,     ///< Words of all heads, too.
  anywhere,  ///< Between any letters; numbers stay whole.
};

struct FittedColumns {
  std::vector<double> widths;
  double lines = 0;         ///< Of all rows measured, with their heads; what `fit_columns` makes small.
  std::size_t highest = 1;  ///< Lines of the highest row below the heads.
};

/// Nothing when the room is too narrow. The table fills the room, and stays narrow when it has little to say.
std::optional<FittedColumns> fit_columns(const std::vector<ColumnNeed>& needs, const ScaledLines& lines,
                                         Squeeze squeeze, double gap, double room);

/// Width at which a text column wraps no more than its table's author wants: its share of the room, or legible words.
/// Zero for other columns.
double asked_width(const ColumnNeed& need, double room);

}  // namespace kaskad::reports::pdf
