// Two waves side by side, one line an item; values at both ends, names at the right.
#include <algorithm>
#include <cmath>
#include <utility>

#include "reports/charts/end_labels.hpp"
#include "reports/charts/kinds.hpp"
#include "reports/charts/labels.hpp"

namespace kaskad::reports {
namespace {

constexpr double kPlotHeight = 150;
constexpr double kLabelShare = 0.45;
constexpr double kValueGap = 12;
constexpr double kMarkSize = 5;
constexpr double kHeadGap = 4;
constexpr std::size_t kHeadLines = 3;
constexpr double kMoved = 3;
constexpr double kDodge = 4, kMostDodge = 28;

struct Layout {
  std::vector<Style> styles;
  Scale y;
  double left = 0, right = 0;  // Of the two waves.

  /// Lines stand a little beside one another, so that their intervals do not cover one another.
  double shift(std::size_t i) const {
    if (styles.size() < 2) return 0;
    const auto last = static_cast<double>(styles.size() - 1);
    return std::min(kDodge * last, kMostDodge) * (static_cast<double>(i) / last - 0.5);
  }
};

bool ends_defined(const Slope::Line& line) { return line.from.estimate.defined() || line.to.estimate.defined(); }

/// A line that does not arrive stands at the height of its start, without a value.
EndLabel end_label(const Canvas& canvas, const Slope::Line& line, const Style& style, const Layout& layout,
                   double shift) {
  const std::string without = line.label + (line.label.empty() ? "" : ": ") + canvas.missing_text();
  if (!ends_defined(line)) return {"", without, style.color, {}, false};
  if (!line.to.estimate.defined())
    return {"", without, style.color, {layout.left, layout.y.at(line.from.estimate.value)}, true, false};
  const Point end{layout.right + shift, layout.y.at(line.to.estimate.value)};
  return {canvas.number(line.to, kLabelBoldFont), line.label, style.color, end, true};
}

EndLabels end_labels(const Canvas& canvas, const Slope& plot, const Layout& layout) {
  std::vector<EndLabel> labels;
  for (std::size_t i = 0; i < plot.lines.size(); ++i)
    labels.push_back(end_label(canvas, plot.lines[i], layout.styles[i], layout, layout.shift(i)));
  return lay_out_end_labels(canvas, std::move(labels), canvas.width() * kLabelShare);
}

const Quantity& first_defined(const Slope& plot) {
  const Slope::Line& line = *std::find_if(plot.lines.begin(), plot.lines.end(), ends_defined);
  return line.from.estimate.defined() ? line.from : line.to;
}

double start_width(const Canvas& canvas, const Slope& plot) {
  double widest = 0;
  for (const Slope::Line& line : plot.lines)
    widest = std::max(widest, canvas.width_of(canvas.number(line.from, kLabelBoldFont), kLabelBoldFont));
  return widest;
}

void draw_start_values(Canvas& canvas, const Slope& plot, const Layout& layout, double top, double bottom) {
  std::vector<std::size_t> items;
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    if (!plot.lines[i].from.estimate.defined()) continue;
    items.push_back(i);
    wanted.push_back({layout.y.at(plot.lines[i].from.estimate.value), line_height(kLabelBoldFont)});
  }
  const std::vector<double> centers = pushed_apart(wanted, top, bottom);
  const double values_right = layout.left + layout.shift(0) - kValueGap;
  for (std::size_t k = 0; k < items.size(); ++k) {
    const Color color = layout.styles[items[k]].color;
    canvas.text({values_right, baseline_at(centers[k], kLabelBoldFont)},
                canvas.number(plot.lines[items[k]].from, kLabelBoldFont), in_color(kLabelBoldFont, readable(color)),
                HAlign::right);
    if (std::abs(centers[k] - wanted[k].center) > kMoved)
      canvas.line({values_right + 2, centers[k]}, {layout.left + layout.shift(items[k]) - 4, wanted[k].center}, 0.5,
                  mix(color, kWhite, 0.4));
  }
}

void draw_interval(Canvas& canvas, const Estimate& e, const Style& style, const Scale& y, double x) {
  if (e.has_interval()) canvas.whisker({x, y.at(e.lo)}, {x, y.at(e.hi)}, 0.75, style.color);
}

void draw_line(Canvas& canvas, const Slope::Line& line, const Style& style, const Layout& layout, double shift) {
  const Estimate& from = line.from.estimate;
  const Estimate& to = line.to.estimate;
  const Point start{layout.left + shift, layout.y.at(from.value)}, end{layout.right + shift, layout.y.at(to.value)};
  draw_interval(canvas, from, style, layout.y, start.x);
  draw_interval(canvas, to, style, layout.y, end.x);
  if (from.defined() && to.defined()) canvas.polyline({start, end}, 1.5, style.color, style.dashed);
  if (from.defined()) canvas.mark(start, style, kMarkSize);
  if (to.defined()) canvas.mark(end, style, kMarkSize);
}

/// Names of the waves over their lines, each with half of the picture at most.
double draw_heads(Canvas& canvas, const Slope& plot, const Layout& layout, double top) {
  const double middle = (layout.left + layout.right) / 2;
  const double from_room = 2 * std::min(layout.left, middle - layout.left) - 4;
  const double to_room = 2 * std::min(canvas.width() - layout.right, layout.right - middle) - 4;
  const auto head = [&](const std::string& text, double x, double room) {
    const bool centred = canvas.width_of(text, kLabelBoldFont) <= room;
    const double left_room = x < middle ? middle - 4 : canvas.width() - middle - 4;
    const Wrapped lines = wrap(text, kLabelBoldFont, centred ? room : left_room, canvas.measure(), kHeadLines);
    return canvas.lines(centred ? x : (x < middle ? 0 : middle + 4), top, lines.lines, kLabelBoldFont,
                        centred ? HAlign::center : HAlign::left);
  };
  return std::max(head(plot.from_label, layout.left, from_room), head(plot.to_label, layout.right, to_room)) + kHeadGap;
}

}  // namespace

bool drawable(const Slope& plot) { return std::any_of(plot.lines.begin(), plot.lines.end(), ends_defined); }

double draw_plot(Canvas& canvas, const Slope& plot, double top) {
  Range range;
  Layout layout;
  for (const Slope::Line& line : plot.lines) {
    range.add(line.from);
    range.add(line.to);
    // Names stand beside the lines: all of a role look alike.
    layout.styles.push_back(styles_of({line.role}).front());
  }
  const Range axis = axis_range(range, first_defined(plot).unit);
  layout.y = {axis.lo, axis.hi, 1, 0};
  layout.left = start_width(canvas, plot) + kValueGap + std::abs(layout.shift(0));
  const EndLabels room = end_labels(canvas, plot, layout);
  layout.right = canvas.width() - room.width - std::abs(layout.shift(0));
  layout.y.to = draw_heads(canvas, plot, layout, top) + 4;
  layout.y.from = layout.y.to + std::max(kPlotHeight, room.height);
  for (const double x : {layout.left, layout.right}) canvas.line({x, layout.y.to}, {x, layout.y.from}, 0.5, kGrid);
  for (std::size_t i = 0; i < plot.lines.size(); ++i)
    draw_line(canvas, plot.lines[i], layout.styles[i], layout, layout.shift(i));
  draw_start_values(canvas, plot, layout, layout.y.to - 4, layout.y.from + 4);
  draw_end_labels(canvas, end_labels(canvas, plot, layout), canvas.width() - room.width, layout.y.to - 4,
                  layout.y.from + 4);
  return layout.y.from + 4;
}

}  // namespace kaskad::reports
