// Value axes: the range that must be seen, round ticks, and the mapping to points.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/chart.hpp"

namespace kaskad::reports {

/// Grows to hold values and their intervals; starts empty.
struct Range {
  double lo = 1, hi = -1;
  bool empty() const { return lo > hi; }
  void add(double value);
  void add(const Quantity& q);  ///< Value and interval; nothing when undefined.
};

/// Ticks at whole multiples of `step`, which is 1, 2 or 5 times a power of ten.
struct Ticks {
  double step = 1;
  int decimals = 0;        ///< That the step needs.
  std::vector<double> at;  ///< From at or below lo to at or above hi.
  double lo() const { return at.front(); }
  double hi() const { return at.back(); }
};
/// The smallest step with which at most `most` (3 or more) ticks cover [lo, hi]. A range without width, or one too
/// narrow for doubles, is widened by a tenth of the value (by 1 at zero).
Ticks nice_ticks(double lo, double hi, int most);

struct AxisRule {
  bool from_zero = false;  ///< Bars: zero is always on the axis.
  bool whole = false;      ///< Counts: no step under 1.
  int most = 6;
};
/// The range that an axis shows: padded by a twentieth, never below zero for values that are not, percent within 0–100
/// when the values are, and from zero when zero is near (lower than a third of the highest).
Range axis_range(Range range, const Unit& unit, const AxisRule& rule = {});
/// Ticks that cover the axis range.
Ticks ticks_for(const Range& range, const Unit& unit, const AxisRule& rule = {});
/// Ticks inside the range only: for axes that end where the data do.
Ticks inner_ticks(const Range& range, int most);

/// Labels of ticks. Very large and very small ones share a power of ten, `multiplier` ("×10⁶"), else empty.
struct TickLabels {
  std::vector<std::string> text;
  std::string multiplier;
};
TickLabels tick_labels(const Ticks& ticks, const NumberFormat& format, bool with_sign);

/// A number too long to be printed in full, with one decimal and a power of ten: "322,6×10⁹".
std::string short_number(const Quantity& q, const NumberFormat& format);

/// Linear map from values [lo, hi] to points [from, to].
struct Scale {
  double lo = 0, hi = 1, from = 0, to = 1;
  double at(double value) const { return from + (value - lo) / (hi - lo) * (to - from); }
};

}  // namespace kaskad::reports
