#include "reports/charts/lines.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kaskad::reports {
namespace {

constexpr double kLineWidth = 1.5;
constexpr double kWhiskerWidth = 0.75;
constexpr double kDodge = 5;         // Points between neighbouring series …
constexpr double kDodgeShare = 0.4;  // … but all of them within this share of the step.
constexpr double kLeastInset = 8;
constexpr std::size_t kLabelLines = 3;
constexpr double kLabelShare = 0.94;  // Of the room between labels.

bool shown(const Dynamics::Series& series, std::size_t i) {
  return i < series.points.size() && series.points[i].value.estimate.defined();
}

double dodge_of(std::size_t s, std::size_t count, double step) {
  if (count < 2) return 0;
  const double all = std::min(kDodge * static_cast<double>(count - 1), step * kDodgeShare);
  return all * (static_cast<double>(s) / static_cast<double>(count - 1) - 0.5);
}

/// Runs of defined points not cut by a break, each to be joined by a line.
std::vector<std::vector<Point>> runs_of(const Dynamics& plot, std::size_t s, const LineArea& area) {
  const Dynamics::Series& series = plot.series[s];
  std::vector<std::vector<Point>> runs;
  bool open = false;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const bool defined = shown(series, i);
    if (defined && (!open || series.points[i].break_before)) runs.emplace_back();
    if (defined) runs.back().push_back(place_of(plot, s, i, area));
    open = defined;
  }
  return runs;
}

void draw_whiskers(Canvas& canvas, const Dynamics& plot, std::size_t s, const Style& style, const LineArea& area) {
  const Dynamics::Series& series = plot.series[s];
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const Estimate& e = series.points[i].value.estimate;
    if (!e.has_interval()) continue;
    const double x = place_of(plot, s, i, area).x;
    canvas.whisker({x, area.y.at(e.lo)}, {x, area.y.at(e.hi)}, kWhiskerWidth, style.color);
  }
}

bool broken_before(const Dynamics& plot, std::size_t i) {
  return std::any_of(plot.series.begin(), plot.series.end(), [i](const Dynamics::Series& series) {
    return i < series.points.size() && series.points[i].break_before;
  });
}

struct PlacedLabel {
  double x = 0;
  std::vector<std::string> lines;
  double left = 0, right = 0;
};

struct Bounds {
  double from = 0, to = 0;
};

PlacedLabel place_label(const Canvas& canvas, const std::string& label, double center, double room,
                        const Bounds& bounds, bool& whole) {
  Wrapped wrapped = wrap(label, kTickFont, std::min(room, bounds.to - bounds.from), canvas.measure(), kLabelLines);
  whole = whole && wrapped.whole;
  const double half = canvas.widest(wrapped.lines, kTickFont) / 2;
  const double x = std::clamp(center, bounds.from + half, std::max(bounds.from + half, bounds.to - half));
  return {x, std::move(wrapped.lines), x - half, x + half};
}

bool apart(const std::vector<PlacedLabel>& labels) {
  constexpr double kBetween = 3;
  const auto touch = [](const PlacedLabel& a, const PlacedLabel& b) { return a.right + kBetween > b.left; };
  return std::adjacent_find(labels.begin(), labels.end(), touch) == labels.end();
}

/// Every stride-th label counted back from the last; empty when they do not fit whole.
std::vector<PlacedLabel> every(std::size_t stride, const Canvas& canvas, const std::vector<std::string>& labels,
                               const LineArea& area, const Bounds& bounds) {
  std::vector<PlacedLabel> placed;
  bool whole = true;
  const double room = area.step() * static_cast<double>(stride) * kLabelShare;
  for (std::size_t i = (labels.size() - 1) % stride; i < labels.size(); i += stride)
    placed.push_back(place_label(canvas, labels[i], area.x[i], room, bounds, whole));
  const bool only_one_left = stride >= labels.size();
  return (whole && apart(placed)) || only_one_left ? placed : std::vector<PlacedLabel>{};
}

}  // namespace

bool any_defined(const Dynamics& plot) { return first_defined(plot) != nullptr; }

void add_to(Range& range, const Dynamics& plot) {
  for (const Dynamics::Series& series : plot.series)
    for (const Dynamics::Point& point : series.points) range.add(point.value);
}

const Quantity* first_defined(const Dynamics& plot) {
  for (const Dynamics::Series& series : plot.series)
    for (const Dynamics::Point& point : series.points)
      if (point.value.estimate.defined()) return &point.value;
  return nullptr;
}

std::vector<Style> styles_of(const Dynamics& plot) {
  std::vector<SeriesRole> roles;
  for (const Dynamics::Series& series : plot.series) roles.push_back(series.role);
  return styles_of(roles);
}

std::vector<std::string> point_labels(const Dynamics& plot) {
  std::vector<std::string> labels;
  for (const Dynamics::Series& series : plot.series)
    for (std::size_t i = labels.size(); i < series.points.size(); ++i) labels.push_back(series.points[i].label);
  return labels;
}

std::vector<double> spread(std::size_t count, double left, double right, double inset) {
  if (count == 1) return {(left + right) / 2};
  std::vector<double> x;
  for (std::size_t i = 0; i < count; ++i)
    x.push_back(left + inset + (right - left - 2 * inset) * static_cast<double>(i) / static_cast<double>(count - 1));
  return x;
}

void draw_grid(Canvas& canvas, const Ticks& ticks, const TickLabels* labels, const LineArea& area,
               double labels_right) {
  for (std::size_t i = 0; i < ticks.at.size(); ++i) {
    const double y = area.y.at(ticks.at[i]);
    canvas.line({area.left, y}, {area.right, y}, 0.5, ticks.at[i] == 0 ? kAxis : kGrid);
    if (labels != nullptr)
      canvas.text({labels_right, baseline_at(y, kTickFont)}, labels->text[i], kTickFont, HAlign::right);
  }
}

void draw_breaks(Canvas& canvas, const Dynamics& plot, const LineArea& area) {
  for (std::size_t i = 1; i < area.x.size(); ++i) {
    if (!broken_before(plot, i)) continue;
    const double x = (area.x[i - 1] + area.x[i]) / 2;
    const double foot = area.y.from;
    canvas.line({x, area.y.to}, {x, foot - 5}, 0.5, kAxis, true);
    for (const double shift : {-1.5, 1.5})
      canvas.line({x + shift - 1.5, foot + 4}, {x + shift + 1.5, foot - 4}, 0.75, kAxis);
  }
}

Point place_of(const Dynamics& plot, std::size_t s, std::size_t i, const LineArea& area) {
  return {area.x[i] + dodge_of(s, plot.series.size(), area.step()),
          area.y.at(plot.series[s].points[i].value.estimate.value)};
}

void draw_series(Canvas& canvas, const Dynamics& plot, const std::vector<Style>& styles, const LineArea& area,
                 double mark_size) {
  for (std::size_t s = 0; s < plot.series.size(); ++s) draw_whiskers(canvas, plot, s, styles[s], area);
  for (std::size_t s = 0; s < plot.series.size(); ++s)
    for (const std::vector<Point>& run : runs_of(plot, s, area))
      if (run.size() > 1) canvas.polyline(run, kLineWidth, styles[s].color, styles[s].dashed);
  for (std::size_t s = 0; s < plot.series.size(); ++s)
    for (std::size_t i = 0; i < plot.series[s].points.size(); ++i)
      if (shown(plot.series[s], i)) canvas.mark(place_of(plot, s, i, area), styles[s], mark_size);
}

double draw_point_labels(Canvas& canvas, const std::vector<std::string>& labels, const LineArea& area, double top,
                         double from, double to) {
  std::vector<PlacedLabel> placed;
  for (std::size_t stride = 1; placed.empty(); ++stride) placed = every(stride, canvas, labels, area, {from, to});
  double bottom = top;
  for (const PlacedLabel& label : placed)
    bottom = std::max(bottom, canvas.lines(label.x, top, label.lines, kTickFont, HAlign::center));
  return bottom;
}

double inset_for(const Canvas& canvas, const std::vector<std::string>& labels, std::size_t series, double width) {
  const double half_step = width / static_cast<double>(labels.size()) / 2;
  const double dodged = std::abs(dodge_of(0, series, 2 * half_step)) + kLeastInset;
  return std::min(half_step, std::max(dodged, canvas.widest(labels, kTickFont) / 2));
}

double draw_multiplier(Canvas& canvas, const TickLabels& labels, double top) {
  if (labels.multiplier.empty()) return top;
  canvas.text({0, baseline_below(top, kTickFont)}, labels.multiplier, kTickFont);
  return top + line_height(kTickFont);
}

}  // namespace kaskad::reports
