// One mark an item: results against the social index. Area of a mark by n; labels where they cover nothing.
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "reports/charts/kinds.hpp"
#include "reports/charts/label_placer.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kHeightShare = 0.55;
constexpr double kLeastHeight = 140, kMostHeight = 185;
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

/// Higher ones are drawn first.
std::pair<bool, std::int64_t> depth_of(const Scatter::Dot& dot) {
  return {dot.role == SeriesRole::neutral, dot.y.estimate.n};
}

void draw_dots(Canvas& canvas, const Scatter& plot, const Layout& layout, LabelPlacer& placer) {
  if (plot.line)
    if (const auto segment = clipped(*plot.line, layout.x, layout.y)) {
      canvas.line(segment->first, segment->second, 1, kAxis, true);
      placer.block_line(segment->first, segment->second);
    }
  // Neutral marks under the others; large ones first, so that small ones stay visible.
  std::vector<const Scatter::Dot*> dots;
  for (const Scatter::Dot& dot : plot.dots)
    if (shown(dot)) dots.push_back(&dot);
  std::stable_sort(dots.begin(), dots.end(), [&](const auto* a, const auto* b) { return depth_of(*a) > depth_of(*b); });
  for (const Scatter::Dot* dot : dots) {
    canvas.mark(place_of(layout, *dot), style_of(layout, dot->role), size_of(layout, *dot));
    placer.block(around(place_of(layout, *dot), size_of(layout, *dot)));
  }
}

void draw_dot_labels(const Scatter& plot, const Layout& layout, LabelPlacer& placer) {
  for (const Scatter::Dot& dot : plot.dots)
    if (shown(dot) && !dot.label.empty()) placer.place(dot.label, place_of(layout, dot), size_of(layout, dot));
}

constexpr Font kBandFont{Family::sans, 7.5, false, false, kGreyText};
constexpr std::size_t kBandLines = 2;
constexpr double kBeforeBands = 3;

/// A band inside the axes and its wrapped label.
struct Strip {
  double left = 0, right = 0;
  std::vector<std::string> label;
};

std::vector<Strip> strips_of(const Canvas& canvas, const Scatter& plot, const Scale& x) {
  std::vector<Strip> strips;
  for (const Scatter::Band& band : plot.bands) {
    Strip strip{std::clamp(x.at(band.from), x.from, x.to), std::clamp(x.at(band.to), x.from, x.to), {}};
    const double room = strip.right - strip.left - 3;
    Wrapped label = wrap(band.label, kBandFont, std::max(room, 1.0), canvas.measure(), kBandLines);
    if (label.whole && canvas.widest(label.lines, kBandFont) <= room) strip.label = std::move(label.lines);
    strips.push_back(std::move(strip));
  }
  return strips;
}

double label_height(const std::vector<Strip>& strips) {
  std::size_t lines = 0;
  for (const Strip& strip : strips) lines = std::max(lines, strip.label.size());
  return static_cast<double>(lines) * line_height(kBandFont);
}

/// Every other band is shaded; labels stand over the plot.
void draw_strips(Canvas& canvas, const std::vector<Strip>& strips, const Scale& y, double labels_top) {
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const Strip& strip = strips[i];
    if (strip.right <= strip.left) continue;
    if (i % 2 == 0) canvas.rect({strip.left, y.to}, strip.right - strip.left, y.from - y.to, kShade);
    canvas.lines((strip.left + strip.right) / 2, labels_top, strip.label, kBandFont, HAlign::center);
  }
}

/// The mean of a band as a bar over its width, its interval in the middle.
void draw_means(Canvas& canvas, const Scatter& plot, const std::vector<Strip>& strips, const Scale& y,
                LabelPlacer& placer) {
  for (std::size_t i = 0; i < strips.size(); ++i) {
    const auto& mean = plot.bands[i].mean;
    if (!mean || !mean->estimate.defined() || strips[i].right <= strips[i].left) continue;
    const double at = y.at(mean->estimate.value), middle = (strips[i].left + strips[i].right) / 2;
    canvas.line({strips[i].left + 2, at}, {strips[i].right - 2, at}, 2, kInk);
    placer.block({strips[i].left, at - 1, strips[i].right, at + 1});
    if (!mean->estimate.has_interval()) continue;
    const double lo = y.at(mean->estimate.lo), hi = y.at(mean->estimate.hi);
    canvas.whisker({middle, lo}, {middle, hi}, 1, kInk);
    placer.block({middle - 2, hi, middle + 2, lo});
  }
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

void choose_styles(const Scatter& plot, Layout& layout) {
  layout.series = series_of(plot);
  std::vector<SeriesRole> roles;
  for (const auto& entry : layout.series) roles.push_back(entry.first);
  layout.styles = styles_of(roles);
  for (std::size_t s = 0; s < roles.size(); ++s)
    if (roles[s] == SeriesRole::neutral && roles.size() > 1) layout.styles[s].color = fill_of(roles[s]);
}

/// Ranges of the axes from the dots and the means of bands; the places in points follow.
Layout lay_out(const Scatter& plot, const Scatter::Dot& sample) {
  Layout layout;
  choose_styles(plot, layout);
  Range xs, ys;
  for (const Scatter::Dot& dot : plot.dots) {
    if (!shown(dot)) continue;
    xs.add(dot.x.estimate.value);
    ys.add(dot.y.estimate.value);
    layout.largest = std::max(layout.largest, static_cast<double>(dot.y.estimate.n));
  }
  for (const Scatter::Band& band : plot.bands)
    if (band.mean) ys.add(*band.mean);
  const Range x = axis_range(xs, sample.x.unit), y = axis_range(ys, sample.y.unit);
  layout.x = {x.lo, x.hi, 0, 0};
  layout.y = {y.lo, y.hi, 0, 0};
  return layout;
}

void draw_inside(Canvas& canvas, const Scatter& plot, const Layout& layout, const std::vector<Strip>& strips) {
  LabelPlacer placer(canvas, {layout.x.from, layout.y.to, canvas.width(), layout.y.from});
  draw_dots(canvas, plot, layout, placer);
  draw_means(canvas, plot, strips, layout.y, placer);
  draw_dot_labels(plot, layout, placer);
}

}  // namespace

bool drawable(const Scatter& plot) { return std::any_of(plot.dots.begin(), plot.dots.end(), shown); }

double draw_plot(Canvas& canvas, const Scatter& plot, double top) {
  const Scatter::Dot& sample = *std::find_if(plot.dots.begin(), plot.dots.end(), shown);
  Layout layout = lay_out(plot, sample);
  const Ticks y_ticks = inner_ticks({layout.y.lo, layout.y.hi}, 7),
              x_ticks = inner_ticks({layout.x.lo, layout.x.hi}, 8);
  const TickLabels y_labels = tick_labels(y_ticks, canvas.format(), sample.y.is_difference);
  const double axis_width = canvas.widest(y_labels.text, kTickFont);
  layout.x.from = axis_width + kTickGap;
  layout.x.to = canvas.width() - kMostMark / 2;

  double y = draw_multiplier(canvas, y_labels, draw_y_label(canvas, plot.y_label, draw_legend_of(canvas, layout, top)));
  const std::vector<Strip> strips = strips_of(canvas, plot, layout.x);
  if (label_height(strips) > 0) y += kBeforeBands;
  layout.y.to = y + std::max(label_height(strips), kTickFont.size / 2);
  layout.y.from = layout.y.to + std::clamp(canvas.width() * kHeightShare, kLeastHeight, kMostHeight);

  draw_strips(canvas, strips, layout.y, y);
  draw_grid(canvas, y_ticks, &y_labels, {layout.y, {}, layout.x.from, layout.x.to}, axis_width);
  draw_inside(canvas, plot, layout, strips);
  const double bottom = draw_horizontal_axis(canvas, x_ticks, layout.x, sample.x.is_difference, layout.y.from + 3);
  return draw_x_label(canvas, plot.x_label, layout.x.to, bottom);
}

}  // namespace kaskad::reports
