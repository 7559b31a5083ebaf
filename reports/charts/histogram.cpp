// Counts by score as upright bars, with the borders of marks or the minimum as labelled lines.
#include <algorithm>
#include <cmath>

#include "reports/charts/kinds.hpp"
#include "reports/charts/labels.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kHeightShare = 0.4;  // Of the width, within these limits.
constexpr double kLeastHeight = 90, kMostHeight = 120;
constexpr double kTickGap = 6;
constexpr double kBarShare = 0.86;  // Of a score's room; the rest is white.
constexpr double kBorderLabelMost = 90;
constexpr double kBorderGap = 8;
constexpr Font kBorderFont{Family::sans, 8, true, false, kInk};

std::int64_t highest(const Histogram& plot) {
  return plot.counts.empty() ? 0 : *std::max_element(plot.counts.begin(), plot.counts.end());
}

/// All scores and all borders, half a score of room at both ends.
Range scores_of(const Histogram& plot) {
  Range range;
  range.add(plot.lo - 0.5);
  range.add(plot.lo + static_cast<double>(plot.counts.size()) - 0.5);
  for (const Histogram::Border& border : plot.borders) range.add(border.at);
  return range;
}

/// Between three borders the colours of marks; with other borders the lowest scores stand out from ever darker ones.
Color segment_color(std::size_t segment, std::size_t borders) {
  constexpr std::size_t kMarkBorders = 3;
  if (borders == kMarkBorders || (borders > 0 && segment == 0)) return part_color(segment, kMarkBorders + 1);
  const double lighter = borders == 0 ? 0 : static_cast<double>(borders - segment) / static_cast<double>(borders);
  return mix(color_of(SeriesRole::focus), kWhite, lighter);
}

Color color_at(const Histogram& plot, double score) {
  const auto below =
      std::count_if(plot.borders.begin(), plot.borders.end(), [score](const auto& b) { return b.at <= score; });
  return segment_color(static_cast<std::size_t>(below), plot.borders.size());
}

void draw_bars(Canvas& canvas, const Histogram& plot, const Scale& x, const Scale& y) {
  const double room = x.at(1) - x.at(0);
  for (std::size_t i = 0; i < plot.counts.size(); ++i) {
    if (plot.counts[i] <= 0) continue;
    const double score = plot.lo + static_cast<double>(i);
    const double top = y.at(static_cast<double>(plot.counts[i]));
    canvas.rect({x.at(score) - room * kBarShare / 2, top}, room * kBarShare, y.from - top, color_at(plot, score));
  }
}

/// Labels of borders over the plot; when they do not stand side by side, each gets a line of its own.
struct BorderLabels {
  std::vector<std::string> texts;
  std::vector<double> centers;
  bool staggered = false;
  double height = 0;
};

BorderLabels lay_out_borders(const Canvas& canvas, const Histogram& plot, const Scale& x) {
  BorderLabels labels;
  std::vector<Wanted> wanted;
  double total = 0;
  for (const Histogram::Border& border : plot.borders) {
    labels.texts.push_back(
        elided(border.label, kBorderFont, std::max(kBorderLabelMost, canvas.width() / 3), canvas.measure()));
    const double width = canvas.width_of(labels.texts.back(), kBorderFont) + kBorderGap;
    wanted.push_back({x.at(border.at), width});
    total += width;
  }
  labels.centers = pushed_apart(wanted, 0, canvas.width());
  for (std::size_t i = 0; i < wanted.size(); ++i)
    labels.staggered |= total > canvas.width() || std::abs(labels.centers[i] - wanted[i].center) > wanted[i].size / 2;
  if (labels.staggered)
    for (std::size_t i = 0; i < wanted.size(); ++i)
      labels.centers[i] = pushed_apart({wanted[i]}, 0, canvas.width()).front();
  const double rows = labels.texts.empty() ? 0 : labels.staggered ? static_cast<double>(labels.texts.size()) : 1;
  labels.height = rows * line_height(kBorderFont);
  return labels;
}

void draw_borders(Canvas& canvas, const Histogram& plot, const BorderLabels& labels, const Scale& x, double top,
                  double bottom) {
  for (std::size_t i = 0; i < plot.borders.size(); ++i) {
    const double row_top = top + (labels.staggered ? static_cast<double>(i) * line_height(kBorderFont) : 0);
    const double at = x.at(plot.borders[i].at);
    canvas.text({labels.centers[i], baseline_below(row_top, kBorderFont)}, labels.texts[i], kBorderFont,
                HAlign::center);
    canvas.line({at, top + labels.height + 1}, {at, bottom}, 0.75, kInk, true);
  }
}

Ticks score_ticks(const Canvas& canvas, const Range& scores, double width) {
  const double label = canvas.width_of(canvas.format().number(scores.hi, 0), kTickFont) + kBorderGap;
  const int most = std::clamp(static_cast<int>(width / label), 3, 12);
  Ticks ticks = nice_ticks(scores.lo, scores.hi, most);
  if (ticks.step < 1) ticks = {1, 0, {std::ceil(scores.lo), std::ceil(scores.lo) + 1}};
  const auto outside = [&](double t) { return t < scores.lo || t > scores.hi; };
  ticks.at.erase(std::remove_if(ticks.at.begin(), ticks.at.end(), outside), ticks.at.end());
  return ticks;
}

}  // namespace

bool drawable(const Histogram& plot) { return highest(plot) > 0; }

double draw_plot(Canvas& canvas, const Histogram& plot, double top) {
  const Ticks counts =
      ticks_for({0, static_cast<double>(highest(plot))}, Unit::count, {.from_zero = true, .whole = true, .most = 6});
  const TickLabels count_labels = tick_labels(counts, canvas.format(), false);
  const double axis_width = canvas.widest(count_labels.text, kTickFont);
  const Range scores = scores_of(plot);
  const Scale x{scores.lo, scores.hi, axis_width + kTickGap, canvas.width()};
  const BorderLabels borders = lay_out_borders(canvas, plot, x);

  LineArea area{{counts.lo(), counts.hi(), 0, top + borders.height + kTickFont.size / 2}, {}, x.from, x.to};
  area.y.from = area.y.to + std::clamp(canvas.width() * kHeightShare, kLeastHeight, kMostHeight);
  draw_grid(canvas, counts, &count_labels, area, axis_width);
  draw_bars(canvas, plot, x, area.y);
  draw_borders(canvas, plot, borders, x, top, area.y.from);
  double bottom = draw_horizontal_axis(canvas, score_ticks(canvas, scores, x.to - x.from), x, false, area.y.from);
  const Wrapped name = wrap(plot.x_label, kTickFont, canvas.width(), canvas.measure());
  for (const std::string& line : name.lines) {
    canvas.text({x.to, baseline_below(bottom, kTickFont)}, line, kTickFont, HAlign::right);
    bottom += line_height(kTickFont);
  }
  return bottom;
}

}  // namespace kaskad::reports
