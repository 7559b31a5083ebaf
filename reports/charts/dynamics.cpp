// Lines over years with intervals, labelled at their right end, waves as a strip under the axis.
#include <algorithm>
#include <utility>

#include "reports/charts/end_labels.hpp"
#include "reports/charts/kinds.hpp"
#include "reports/charts/lines.hpp"

namespace kaskad::reports {
namespace {

constexpr double kPlotHeight = 128;  // With labels and a strip of waves about 57 mm.
constexpr double kLabelShare = 0.34;
constexpr double kTickGap = 6;
constexpr double kMarkSize = 5.5;
constexpr double kStripGap = 3;
constexpr double kStripPadding = 1.5;
constexpr Font kStripFont{Family::sans, 7.5, false, false, kInk};

EndLabel end_label(const Canvas& canvas, const Dynamics& plot, std::size_t s, const Style& style,
                   const LineArea& area) {
  const auto& points = plot.series[s].points;
  for (std::size_t i = points.size(); i-- > 0;) {
    if (!points[i].value.estimate.defined()) continue;
    const bool last = i + 1 == area.x.size();
    return {last ? canvas.number(points[i].value, kLabelBoldFont) : "", plot.series[s].label, style.color,
            place_of(plot, s, i, area), true};
  }
  const std::string& name = plot.series[s].label;
  return {"", name + (name.empty() ? "" : ": ") + canvas.missing_text(), style.color, {}, false};
}

EndLabels end_labels(const Canvas& canvas, const Dynamics& plot, const LineArea& area) {
  const std::vector<Style> styles = styles_of(plot);
  std::vector<EndLabel> labels;
  for (std::size_t s = 0; s < plot.series.size(); ++s) labels.push_back(end_label(canvas, plot, s, styles[s], area));
  return lay_out_end_labels(canvas, std::move(labels), canvas.width() * kLabelShare);
}

struct Strip {
  double left = 0, right = 0;
  std::vector<std::string> lines;
};

Strip strip_of(const Canvas& canvas, const Dynamics::Band& band, const LineArea& area) {
  const std::size_t end = area.x.size() - 1;
  const double half = area.step() / 2 - 1;
  Strip strip;
  strip.left = std::max(area.left, area.x[std::min(band.first, end)] - half);
  strip.right = std::min(area.right, area.x[std::min(std::max(band.first, band.last), end)] + half);
  const double room = strip.right - strip.left - 4;
  Wrapped wrapped = wrap(band.label, kStripFont, room, canvas.measure(), 3);
  strip.lines = wrapped.whole ? std::move(wrapped.lines)
                              : std::vector<std::string>{elided(band.label, kStripFont, room, canvas.measure())};
  return strip;
}

/// Strips that share a point stand in different lanes; a lane takes what lies to the right of its last strip.
std::vector<std::vector<Strip>> lanes_of(const Canvas& canvas, const Dynamics& plot, const LineArea& area) {
  std::vector<std::vector<Strip>> lanes;
  for (const Dynamics::Band& band : plot.bands) {
    Strip strip = strip_of(canvas, band, area);
    const auto free = [&strip](const std::vector<Strip>& lane) { return lane.back().right <= strip.left; };
    const auto lane = std::find_if(lanes.begin(), lanes.end(), free);
    (lane == lanes.end() ? lanes.emplace_back() : *lane).push_back(std::move(strip));
  }
  return lanes;
}

double draw_lane(Canvas& canvas, const std::vector<Strip>& lane, double top) {
  std::size_t most = 1;
  for (const Strip& strip : lane) most = std::max(most, strip.lines.size());
  const double height = static_cast<double>(most) * line_height(kStripFont) + 2 * kStripPadding;
  for (const Strip& strip : lane) {
    canvas.rect({strip.left, top}, strip.right - strip.left, height, kShade);
    const double text_height = static_cast<double>(strip.lines.size()) * line_height(kStripFont);
    canvas.lines((strip.left + strip.right) / 2, top + (height - text_height) / 2, strip.lines, kStripFont,
                 HAlign::center);
  }
  return top + height;
}

double draw_bands(Canvas& canvas, const Dynamics& plot, const LineArea& area, double top) {
  for (const std::vector<Strip>& lane : lanes_of(canvas, plot, area)) top = draw_lane(canvas, lane, top + kStripGap);
  return top;
}

Ticks value_ticks(const Dynamics& plot) {
  Range range;
  add_to(range, plot);
  return ticks_for(range, first_defined(plot)->unit);
}

}  // namespace

bool drawable(const Dynamics& plot) { return any_defined(plot); }

double draw_plot(Canvas& canvas, const Dynamics& plot, double top) {
  const Ticks ticks = value_ticks(plot);
  const TickLabels labels = tick_labels(ticks, canvas.format(), first_defined(plot)->is_difference);
  const double axis_width = canvas.widest(labels.text, kTickFont);
  const std::vector<std::string> names = point_labels(plot);

  LineArea area{
      {ticks.lo(), ticks.hi(), 0, 0}, std::vector<double>(names.size()), axis_width + kTickGap, canvas.width()};
  const EndLabels room = end_labels(canvas, plot, area);  // Widths and heights only: the places follow.
  area.right = canvas.width() - room.width;
  area.x =
      spread(names.size(), area.left, area.right, inset_for(canvas, names, plot.series.size(), area.right - area.left));
  area.y.to = draw_multiplier(canvas, labels, top) + kTickFont.size / 2;
  area.y.from = area.y.to + std::max(kPlotHeight, room.height);

  draw_grid(canvas, ticks, &labels, area, axis_width);
  draw_breaks(canvas, plot, area);
  draw_series(canvas, plot, styles_of(plot), area, kMarkSize);
  draw_end_labels(canvas, end_labels(canvas, plot, area), area.right, area.y.to - 4, area.y.from + 4);
  const double bottom = draw_point_labels(canvas, names, area, area.y.from + 5, 0, canvas.width());
  return draw_bands(canvas, plot, area, bottom);
}

}  // namespace kaskad::reports
