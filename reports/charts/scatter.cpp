// One mark an item: results against the social index. Area of a mark by n; labels where they cover nothing.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "reports/charts/kinds.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kHeightShare = 0.55;
constexpr double kLeastHeight = 140, kMostHeight = 230;
constexpr double kTickGap = 6;
constexpr double kLeastMark = 3.5, kMostMark = 11;

struct Layout {
  Scale x, y;
  std::vector<std::pair<SeriesRole, std::string>> series;
  std::vector<Style> styles;
  double largest = 0;  // n.
};

bool shown(const Scatter::Dot& dot) { return dot.x.estimate.defined() && dot.y.estimate.defined(); }

std::vector<std::pair<SeriesRole, std::string>> series_of(const Scatter& plot) {
  auto series = plot.legend;
  for (const Scatter::Dot& dot : plot.dots) {
    const auto same = [&dot](const auto& entry) { return entry.first == dot.role; };
    if (std::none_of(series.begin(), series.end(), same)) series.emplace_back(dot.role, "");
  }
  return series;
}

const Style& style_of(const Layout& layout, SeriesRole role) {
  const auto at =
      std::find_if(layout.series.begin(), layout.series.end(), [role](const auto& s) { return s.first == role; });
  return layout.styles[static_cast<std::size_t>(at - layout.series.begin())];
}

double size_of(const Layout& layout, const Scatter::Dot& dot) {
  if (layout.largest <= 0) return kLeastMark + 1.5;
  return std::max(kLeastMark, kMostMark * std::sqrt(static_cast<double>(dot.y.estimate.n) / layout.largest));
}

Point place_of(const Layout& layout, const Scatter::Dot& dot) {
  return {layout.x.at(dot.x.estimate.value), layout.y.at(dot.y.estimate.value)};
}

Box around(Point at, double size) { return {at.x - size / 2, at.y - size / 2, at.x + size / 2, at.y + size / 2}; }

/// The part of the straight line inside the axes; nothing when it passes them by.
std::optional<std::pair<Point, Point>> clipped(const Scatter::StraightLine& line, const Scale& x, const Scale& y) {
  double from = x.lo, to = x.hi;
  const auto value = [&line](double at) { return line.intercept + line.slope * at; };
  if (line.slope == 0) {
    if (value(0) < y.lo || value(0) > y.hi) return std::nullopt;
  } else {
    const double a = (y.lo - line.intercept) / line.slope, b = (y.hi - line.intercept) / line.slope;
    from = std::max(from, std::min(a, b));
    to = std::min(to, std::max(a, b));
  }
  if (from >= to) return std::nullopt;
  return std::pair<Point, Point>{{x.at(from), y.at(value(from))}, {x.at(to), y.at(value(to))}};
}

/// Places labels beside their marks, in the order given.
class LabelPlacer {
 public:
  LabelPlacer(Canvas& canvas, Box area) : canvas_(canvas), area_(area) {}
  void block(const Box& box) { taken_.push_back(box); }

  void block_line(Point from, Point to) {
    constexpr int kSteps = 100;
    for (int i = 0; i <= kSteps; ++i) {
      const double share = static_cast<double>(i) / kSteps;
      block(around({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share}, 2));
    }
  }

  void place(const std::string& label, Point at, double size) {
    const double away = size / 2 + 2, below = kTickFont.size * 0.85;
    const std::array<TextShape, 4> places = {{
        {{at.x + away, baseline_at(at.y, kTickFont)}, label, kLabel, HAlign::left},
        {{at.x - away, baseline_at(at.y, kTickFont)}, label, kLabel, HAlign::right},
        {{at.x, at.y - away - 1}, label, kLabel, HAlign::center},
        {{at.x, at.y + away + below}, label, kLabel, HAlign::center},
    }};
    for (const TextShape& place : places)
      if (try_place(place)) return;
  }

 private:
  static constexpr Font kLabel{Family::sans, 8, false, false, kInk};

  bool try_place(const TextShape& place) {
    const Box box = text_box(place, canvas_.measure());
    const bool inside =
        box.left >= area_.left && box.right <= area_.right && box.top >= area_.top && box.bottom <= area_.bottom;
    const bool free =
        std::none_of(taken_.begin(), taken_.end(), [&box](const Box& other) { return overlap(box, other); });
    if (!inside || !free) return false;
    canvas_.text(place.at, place.text, place.font, place.align);
    block(box);
    return true;
  }

  Canvas& canvas_;
  Box area_;
  std::vector<Box> taken_;
};

void draw_dots(Canvas& canvas, const Scatter& plot, const Layout& layout) {
  LabelPlacer placer(canvas, {layout.x.from, layout.y.to, canvas.width(), layout.y.from});
  if (plot.line)
    if (const auto segment = clipped(*plot.line, layout.x, layout.y)) {
      canvas.line(segment->first, segment->second, 1, kAxis, true);
      placer.block_line(segment->first, segment->second);
    }
  // Large marks first, so that small ones stay visible.
  std::vector<const Scatter::Dot*> dots;
  for (const Scatter::Dot& dot : plot.dots)
    if (shown(dot)) dots.push_back(&dot);
  std::stable_sort(dots.begin(), dots.end(),
                   [&](const auto* a, const auto* b) { return a->y.estimate.n > b->y.estimate.n; });
  for (const Scatter::Dot* dot : dots) {
    canvas.mark(place_of(layout, *dot), style_of(layout, dot->role), size_of(layout, *dot));
    placer.block(around(place_of(layout, *dot), size_of(layout, *dot)));
  }
  for (const Scatter::Dot& dot : plot.dots)
    if (shown(dot) && !dot.label.empty()) placer.place(dot.label, place_of(layout, dot), size_of(layout, dot));
}

double draw_legend_of(Canvas& canvas, const Layout& layout, double top) {
  if (layout.series.size() < 2) return top;
  std::vector<LegendKey> keys;
  for (std::size_t s = 0; s < layout.series.size(); ++s) {
    LegendKey key{layout.styles[s], false, layout.series[s].second};
    key.bare = true;
    keys.push_back(std::move(key));
  }
  return draw_legend(canvas, keys, 0, canvas.width(), top);
}

double draw_y_label(Canvas& canvas, const std::string& label, double top) {
  return canvas.lines(0, top, wrap(label, kTickFont, canvas.width(), canvas.measure()).lines, kTickFont);
}

double draw_x_label(Canvas& canvas, const std::string& label, double right, double top) {
  return canvas.lines(right, top, wrap(label, kTickFont, right, canvas.measure()).lines, kTickFont, HAlign::right);
}

}  // namespace

bool drawable(const Scatter& plot) { return std::any_of(plot.dots.begin(), plot.dots.end(), shown); }

double draw_plot(Canvas& canvas, const Scatter& plot, double top) {
  Layout layout;
  Range xs, ys;
  for (const Scatter::Dot& dot : plot.dots) {
    if (!shown(dot)) continue;
    xs.add(dot.x.estimate.value);
    ys.add(dot.y.estimate.value);
    layout.largest = std::max(layout.largest, static_cast<double>(dot.y.estimate.n));
  }
  const Scatter::Dot& sample = *std::find_if(plot.dots.begin(), plot.dots.end(), shown);
  layout.series = series_of(plot);
  std::vector<SeriesRole> roles;
  for (const auto& entry : layout.series) roles.push_back(entry.first);
  layout.styles = styles_of(roles);

  const Range y_range = axis_range(ys, sample.y.unit), x_range = axis_range(xs, sample.x.unit);
  const Ticks y_ticks = inner_ticks(y_range, 7);
  const TickLabels y_labels = tick_labels(y_ticks, canvas.format(), sample.y.is_difference);
  const double axis_width = canvas.widest(y_labels.text, kTickFont);
  const double left = axis_width + kTickGap, right = canvas.width() - kMostMark / 2;
  const Ticks x_ticks = inner_ticks(x_range, 8);
  double y = draw_y_label(canvas, plot.y_label, draw_legend_of(canvas, layout, top));
  y = draw_multiplier(canvas, y_labels, y) + kTickFont.size / 2;
  const double height = std::clamp(canvas.width() * kHeightShare, kLeastHeight, kMostHeight);
  layout.x = {x_range.lo, x_range.hi, left, right};
  layout.y = {y_range.lo, y_range.hi, y + height, y};

  draw_grid(canvas, y_ticks, &y_labels, {layout.y, {}, left, right}, axis_width);
  draw_dots(canvas, plot, layout);
  const double bottom = draw_horizontal_axis(canvas, x_ticks, layout.x, sample.x.is_difference, layout.y.from + 3);
  return draw_x_label(canvas, plot.x_label, right, bottom);
}

}  // namespace kaskad::reports
