// Lines over points with intervals: what dynamics and small multiples share.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/canvas.hpp"

namespace kaskad::reports {

/// Where points stand.
struct LineArea {
  Scale y;                ///< Values to points, upwards.
  std::vector<double> x;  ///< One a point.
  double left = 0, right = 0;
  double step() const { return x.size() > 1 ? x[1] - x[0] : right - left; }
};

bool any_defined(const Dynamics& plot);
void add_to(Range& range, const Dynamics& plot);
/// Null when nothing is defined. Its unit is the chart's.
const Quantity* first_defined(const Dynamics& plot);
std::vector<Style> styles_of(const Dynamics& plot);
std::vector<std::string> point_labels(const Dynamics& plot);

/// Evenly from left to right with `inset` at both ends; one point stands in the middle.
std::vector<double> spread(std::size_t count, double left, double right, double inset);

/// Light horizontal lines, the one at zero darker, and labels right-aligned at `labels_right` when there are labels.
void draw_grid(Canvas& canvas, const Ticks& ticks, const TickLabels* labels, const LineArea& area, double labels_right);
/// Gaps of scale: a dashed line between the points, two strokes on its foot.
void draw_breaks(Canvas& canvas, const Dynamics& plot, const LineArea& area);
/// Lines, intervals and marks; undefined points and breaks are gaps. Series are shifted sideways by a little, so that
/// their intervals do not cover one another.
void draw_series(Canvas& canvas, const Dynamics& plot, const std::vector<Style>& styles, const LineArea& area,
                 double mark_size);
/// Where point `i` of series `s` is drawn.
Point place_of(const Dynamics& plot, std::size_t s, std::size_t i, const LineArea& area);

/// Labels under the points from `top`, as many as have room (the last one always), none outside [from, to]; returns the
/// bottom.
double draw_point_labels(Canvas& canvas, const std::vector<std::string>& labels, const LineArea& area, double top,
                         double from, double to);
/// How far the first and last point stand from the ends: half of the widest label or the shift of the outermost series,
/// at most half a step.
double inset_for(const Canvas& canvas, const std::vector<std::string>& labels, std::size_t series, double width);
/// The shared power of ten of the labels, over the axis; returns the bottom, `top` when there is none.
double draw_multiplier(Canvas& canvas, const TickLabels& labels, double top);

}  // namespace kaskad::reports
