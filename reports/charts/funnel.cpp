// Figures by size against control limits that narrow as n grows; what lies outside the widest limits is named.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "reports/charts/end_labels.hpp"
#include "reports/charts/funnel_limits.hpp"
#include "reports/charts/kinds.hpp"
#include "reports/charts/label_placer.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kHeightShare = 0.5;
constexpr double kLeastHeight = 130, kMostHeight = 180;
constexpr double kTickGap = 6;
constexpr double kLabelsShare = 0.3;
constexpr double kInsideSize = 4, kOutsideSize = 5.5, kRoleSize = 6.5;
constexpr double kInsideTint = 0.5;
constexpr int kCurveSteps = 96;
constexpr double kLimitsFrom = 0.2;  // Left of this share of the axis limits are too wide to set its height.
constexpr std::size_t kFewestTicks = 3;

using Dot = Funnel::Dot;
using Series = std::vector<std::pair<SeriesRole, std::string>>;

struct Layout {
  Scale x, y;
  std::vector<AxisTick> ticks;
  Series series;
  std::vector<Style> styles;
};

Range x_range(const Funnel& plot) {
  Range n;
  for (const Dot& dot : plot.dots)
    if (is_shown(dot)) n.add(static_cast<double>(dot.value.estimate.n));
  const Range padded = axis_range(n, Unit::count);
  const double least = plot.x_scale == Funnel::XScale::log ? std::max(1.0, n.lo * 0.9) : padded.lo;
  return {place_on(plot, least), place_on(plot, std::max(padded.hi, least * 1.1))};
}

/// Holds all dots, the centre, and the limits but for their open mouth at the smallest n.
Range y_range(const Funnel& plot, const Range& x) {
  Range y;
  for (const Dot& dot : plot.dots)
    if (is_shown(dot)) y.add(dot.value.estimate.value);
  if (plot.centre.estimate.defined()) y.add(plot.centre.estimate.value);
  for (const Funnel::Limits& limits : plot.limits) {
    if (const auto at = limits_at(plot, limits, x.lo + (x.hi - x.lo) * kLimitsFrom)) {
      y.add(at->lo);
      y.add(at->hi);
    }
  }
  return y;
}

/// Whole numbers at 1, 2, 5 times powers of ten on a curved axis, evenly on a straight one.
std::vector<double> tick_values(const Funnel& plot, double lo, double hi) {
  std::vector<double> at;
  if (plot.x_scale != Funnel::XScale::linear)
    for (double power = 1; power <= hi; power *= 10)
      for (const double n : {power, 2 * power, 5 * power})
        if (n >= lo && n <= hi) at.push_back(n);
  if (at.size() >= kFewestTicks) return at;
  at = inner_ticks({lo, hi}, 8).at;
  at.erase(std::remove_if(at.begin(), at.end(), [](double n) { return n != std::round(n); }), at.end());
  return at;
}

std::vector<AxisTick> ticks_of(const Canvas& canvas, const Funnel& plot, const Scale& x) {
  std::vector<AxisTick> ticks;
  for (const double n : tick_values(plot, n_at(plot, x.lo), n_at(plot, x.hi)))
    ticks.push_back({x.at(place_on(plot, n)), canvas.format().number(n, 0)});
  return ticks;
}

Series series_of(const Funnel& plot) {
  Series series = plot.legend;
  for (const Dot& dot : plot.dots) {
    const auto same = [&dot](const auto& entry) { return entry.first == dot.role; };
    if (std::none_of(series.begin(), series.end(), same)) series.emplace_back(dot.role, "");
  }
  return series;
}

Style style_of(const Layout& layout, SeriesRole role) {
  const auto at =
      std::find_if(layout.series.begin(), layout.series.end(), [role](const auto& s) { return s.first == role; });
  return layout.styles[static_cast<std::size_t>(at - layout.series.begin())];
}

Point place_of(const Funnel& plot, const Layout& layout, const Dot& dot) {
  return {layout.x.at(place_on(plot, static_cast<double>(dot.value.estimate.n))),
          layout.y.at(dot.value.estimate.value)};
}

/// The parts of a curve inside the axes.
std::vector<std::vector<Point>> inside_runs(const std::vector<Point>& curve, const Scale& y) {
  const auto inside = [&y](const Point& p) { return p.y >= y.to && p.y <= y.from; };
  std::vector<std::vector<Point>> runs(1);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (i > 0 && inside(curve[i]) != inside(curve[i - 1])) {
      const Point &out = inside(curve[i]) ? curve[i - 1] : curve[i], &in = inside(curve[i]) ? curve[i] : curve[i - 1];
      const double edge = out.y < y.to ? y.to : y.from;
      runs.back().push_back({in.x + (out.x - in.x) * (edge - in.y) / (out.y - in.y), edge});
    }
    if (inside(curve[i]))
      runs.back().push_back(curve[i]);
    else if (!runs.back().empty())
      runs.emplace_back();
  }
  return runs;
}

/// Where the curve is known and on the axis.
Range span_of(const Funnel& plot, const Funnel::Limits& limits, const Scale& x) {
  if (limits.points.empty()) return {};
  return {std::max(x.lo, place_on(plot, limits.points.front().n)),
          std::min(x.hi, place_on(plot, limits.points.back().n))};
}

/// One side of the limits, where it lies inside the axes.
std::vector<std::vector<Point>> curve_of(const Funnel& plot, const Layout& layout, std::size_t which,
                                         double Range::*side) {
  const Range span = span_of(plot, plot.limits[which], layout.x);
  if (span.empty()) return {};
  std::vector<Point> curve;
  for (int i = 0; i <= kCurveSteps; ++i) {
    const double place = span.lo + (span.hi - span.lo) * i / kCurveSteps;
    const Range at = *limits_at(plot, plot.limits[which], place);
    curve.push_back({layout.x.at(place), layout.y.at(at.*side)});
  }
  std::vector<std::vector<Point>> runs = inside_runs(curve, layout.y);
  runs.erase(std::remove_if(runs.begin(), runs.end(), [](const auto& run) { return run.size() < 2; }), runs.end());
  return runs;
}

constexpr std::array<double Range::*, 2> kSides = {&Range::lo, &Range::hi};

void draw_limits(Canvas& canvas, const Funnel& plot, const Layout& layout, std::size_t which, double Range::*side) {
  const bool widest = which + 1 == plot.limits.size();
  for (std::vector<Point>& run : curve_of(plot, layout, which, side))
    canvas.polyline(std::move(run), 0.9, kAxis, !widest);
}

/// Labels stand on white where they cannot avoid a line.
void shade_lines(LabelPlacer& placer, const Funnel& plot, const Layout& layout) {
  for (std::size_t i = 0; i < plot.limits.size(); ++i)
    for (const auto side : kSides)
      for (const std::vector<Point>& run : curve_of(plot, layout, i, side))
        for (std::size_t p = 1; p < run.size(); ++p) placer.shade_line(run[p - 1], run[p]);
  if (!plot.centre.estimate.defined()) return;
  const double centre = layout.y.at(plot.centre.estimate.value);
  placer.shade({layout.x.from, centre - 1, layout.x.to, centre + 1});
}

/// Names of the curves at their upper right ends, and of the centre.
EndLabels end_labels(const Canvas& canvas, const Funnel& plot, const Layout& layout) {
  std::vector<EndLabel> labels;
  for (auto limits = plot.limits.rbegin(); limits != plot.limits.rend(); ++limits) {
    const Range span = span_of(plot, *limits, layout.x);
    if (limits->label.empty() || span.empty()) continue;
    const double y = layout.y.at(limits_at(plot, *limits, span.hi)->hi);
    labels.push_back(
        {"", limits->label, kAxis, {layout.x.at(span.hi), std::clamp(y, layout.y.to, layout.y.from)}, true});
  }
  if (plot.centre.estimate.defined()) {
    const double y = layout.y.at(plot.centre.estimate.value);
    labels.push_back({canvas.number(plot.centre, kLabelBoldFont), plot.centre_label, kInk, {layout.x.to, y}, true});
  }
  return lay_out_end_labels(canvas, std::move(labels), canvas.width() * kLabelsShare);
}

/// Marks in the order of drawing: the crowd inside the limits, those outside, those in a role of their own.
struct Drawn {
  const Dot* dot = nullptr;
  double excess = 0;
  int rank() const { return stands_out(dot->role) ? 2 : excess > 0 ? 1 : 0; }
};

std::vector<Drawn> drawn_of(const Funnel& plot) {
  std::vector<Drawn> drawn;
  for (const Dot& dot : plot.dots)
    if (is_shown(dot)) drawn.push_back({&dot, excess(plot, dot)});
  std::stable_sort(drawn.begin(), drawn.end(), [](const Drawn& a, const Drawn& b) { return a.rank() < b.rank(); });
  return drawn;
}

/// Size and look of a mark: the crowd inside the limits is small and light.
std::pair<double, Style> look_of(const Layout& layout, const Drawn& drawn) {
  Style style = style_of(layout, drawn.dot->role);
  if (drawn.rank() == 2) return {kRoleSize, style};
  if (drawn.rank() == 1) return {kOutsideSize, style};
  const bool crowd = drawn.dot->role == SeriesRole::neutral;
  style.color = crowd ? color_of(SeriesRole::region) : mix(style.color, kWhite, kInsideTint);
  return {kInsideSize, style};
}

void draw_dots(Canvas& canvas, const Funnel& plot, const Layout& layout) {
  LabelPlacer placer(canvas, {layout.x.from, layout.y.to, layout.x.to, layout.y.from});
  shade_lines(placer, plot, layout);
  std::vector<Drawn> drawn = drawn_of(plot);
  for (const Drawn& d : drawn) {
    const auto [size, style] = look_of(layout, d);
    canvas.mark(place_of(plot, layout, *d.dot), style, size);
    const Box box = around(place_of(plot, layout, *d.dot), size);
    d.rank() == 0 ? placer.shade(box) : placer.block(box);
  }
  std::stable_sort(drawn.begin(), drawn.end(), [](const Drawn& a, const Drawn& b) {
    return std::pair(a.rank(), a.excess) > std::pair(b.rank(), b.excess);
  });
  for (const Drawn& d : drawn) {
    if (d.rank() == 0 || d.dot->label.empty()) continue;
    const Point at = place_of(plot, layout, *d.dot);
    const double size = look_of(layout, d).first;
    placer.place_over(d.dot->label, at, size);
  }
}

double draw_legend_of(Canvas& canvas, const Layout& layout, double top) {
  std::vector<LegendKey> keys;
  for (std::size_t s = 0; s < layout.series.size(); ++s)
    if (!layout.series[s].second.empty()) keys.push_back({layout.styles[s], false, layout.series[s].second, true});
  return keys.empty() ? top : draw_legend(canvas, keys, 0, canvas.width(), top);
}

void choose_styles(const Funnel& plot, Layout& layout) {
  layout.series = series_of(plot);
  std::vector<SeriesRole> roles;
  for (const auto& entry : layout.series) roles.push_back(entry.first);
  layout.styles = styles_of(roles);
}

double draw_name(Canvas& canvas, const std::string& name, double x, double top, HAlign align) {
  const double room = align == HAlign::right ? x : canvas.width() - x;
  return canvas.lines(x, top, wrap(name, kTickFont, room, canvas.measure()).lines, kTickFont, align);
}

}  // namespace

bool drawable(const Funnel& plot) { return std::any_of(plot.dots.begin(), plot.dots.end(), is_shown); }

double draw_plot(Canvas& canvas, const Funnel& plot, double top) {
  Layout layout;
  choose_styles(plot, layout);
  const Quantity& sample = std::find_if(plot.dots.begin(), plot.dots.end(), is_shown)->value;
  const Range xs = x_range(plot), ys = axis_range(y_range(plot, xs), sample.unit);
  const Ticks y_ticks = inner_ticks(ys, 7);
  const TickLabels y_labels = tick_labels(y_ticks, canvas.format(), sample.is_difference);
  const double axis_width = canvas.widest(y_labels.text, kTickFont);

  double y = draw_name(canvas, plot.y_label, 0, draw_legend_of(canvas, layout, top), HAlign::left);
  y = draw_multiplier(canvas, y_labels, y) + kTickFont.size / 2;
  layout.x = {xs.lo, xs.hi, axis_width + kTickGap, canvas.width()};
  layout.y = {ys.lo, ys.hi, y + kLeastHeight, y};
  const EndLabels room = end_labels(canvas, plot, layout);  // Width and height only: the places follow.
  layout.x.to -= room.width + kRoleSize / 2;
  layout.y.from = y + std::max(std::clamp(canvas.width() * kHeightShare, kLeastHeight, kMostHeight), room.height);

  draw_grid(canvas, y_ticks, &y_labels, {layout.y, {}, layout.x.from, layout.x.to}, axis_width);
  for (std::size_t i = 0; i < plot.limits.size(); ++i)
    for (const auto side : kSides) draw_limits(canvas, plot, layout, i, side);
  if (plot.centre.estimate.defined()) {
    const double centre = layout.y.at(plot.centre.estimate.value);
    canvas.line({layout.x.from, centre}, {layout.x.to, centre}, 1, kInk);
  }
  draw_dots(canvas, plot, layout);
  draw_end_labels(canvas, end_labels(canvas, plot, layout), layout.x.to, layout.y.to - 4, layout.y.from + 4);
  const double bottom =
      draw_axis_line(canvas, ticks_of(canvas, plot, layout.x), layout.x.from, layout.x.to, layout.y.from + 3);
  return draw_name(canvas, plot.x_label, layout.x.to, bottom, HAlign::right);
}

}  // namespace kaskad::reports
