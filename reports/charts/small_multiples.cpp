// The same dynamics for several things side by side, on one value axis.
#include <algorithm>
#include <utility>

#include "reports/charts/kinds.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kLeastPanel = 96;  // Width that a panel needs.
constexpr double kPlotHeight = 66;
constexpr double kBetween = 14;
constexpr double kRowGap = 10;
constexpr double kTickGap = 6;
constexpr double kMarkSize = 4;
constexpr Font kPanelFont{Family::sans, 8.5, true, false, kInk};

struct Layout {
  Ticks ticks;
  TickLabels labels;
  double axis_width = 0, panel_width = 0;
  std::size_t columns = 1;
  std::vector<Dynamics::Series> series;  // Without points: what the legend names.
  std::vector<Style> styles;             // One of each.
};

std::vector<Dynamics::Series> series_of(const SmallMultiples& plot) {
  std::vector<Dynamics::Series> all;
  for (const SmallMultiples::Panel& panel : plot.panels)
    for (const Dynamics::Series& s : panel.plot.series) {
      const auto same = [&s](const auto& other) { return other.label == s.label && other.role == s.role; };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back({s.label, s.role, {}});
    }
  return all;
}

std::vector<Style> styles_for(const Layout& layout, const Dynamics& plot) {
  std::vector<Style> styles;
  for (const Dynamics::Series& s : plot.series) {
    const auto same = [&s](const auto& other) { return other.label == s.label && other.role == s.role; };
    const auto at = std::find_if(layout.series.begin(), layout.series.end(), same) - layout.series.begin();
    styles.push_back(layout.styles[static_cast<std::size_t>(at)]);
  }
  return styles;
}

const Quantity& sample_of(const SmallMultiples& plot) {
  const auto defined = [](const SmallMultiples::Panel& panel) { return any_defined(panel.plot); };
  return *first_defined(std::find_if(plot.panels.begin(), plot.panels.end(), defined)->plot);
}

Layout lay_out(const Canvas& canvas, const SmallMultiples& plot) {
  Layout layout;
  const Quantity& sample = sample_of(plot);
  Range range;
  for (const SmallMultiples::Panel& panel : plot.panels) add_to(range, panel.plot);
  layout.ticks = ticks_for(range, sample.unit, {.most = 6});
  layout.labels = tick_labels(layout.ticks, canvas.format(), sample.is_difference);
  layout.axis_width = canvas.widest(layout.labels.text, kTickFont) + kTickGap;
  const double width = canvas.width() - layout.axis_width;
  const auto fitting = static_cast<std::size_t>(std::max(1.0, (width + kBetween) / (kLeastPanel + kBetween)));
  layout.columns = std::min(fitting, plot.panels.size());
  // Rows as even as they can be: five panels stand as three and two, not four and one.
  const std::size_t rows = (plot.panels.size() + layout.columns - 1) / layout.columns;
  layout.columns = (plot.panels.size() + rows - 1) / rows;
  layout.panel_width = (width + kBetween) / static_cast<double>(layout.columns) - kBetween;
  layout.series = series_of(plot);
  layout.styles = styles_of(Dynamics{layout.series, {}});
  return layout;
}

double draw_heads(Canvas& canvas, const Layout& layout, double top) {
  double y = top;
  if (layout.series.size() > 1) {
    std::vector<LegendKey> keys;
    for (std::size_t s = 0; s < layout.series.size(); ++s)
      keys.push_back({layout.styles[s], false, layout.series[s].label});
    y = draw_legend(canvas, keys, 0, canvas.width(), y);
  }
  return draw_multiplier(canvas, layout.labels, y);
}

/// On white, so that the grid does not cross the words.
void draw_missing(Canvas& canvas, const LineArea& area) {
  const std::string text = elided(canvas.missing_text(), kTickFont, area.right - area.left, canvas.measure());
  const double middle = (area.y.from + area.y.to) / 2, height = line_height(kTickFont) + 2;
  canvas.rect({area.left, middle - height / 2}, canvas.width_of(text, kTickFont) + 4, height, kWhite);
  canvas.text({area.left, baseline_at(middle, kTickFont)}, text, kTickFont);
}

double draw_panel(Canvas& canvas, const SmallMultiples::Panel& panel, const Layout& layout, std::size_t column,
                  double top) {
  const double left = layout.axis_width + static_cast<double>(column) * (layout.panel_width + kBetween);
  LineArea area{{layout.ticks.lo(), layout.ticks.hi(), top + kPlotHeight, top}, {}, left, left + layout.panel_width};
  const std::vector<std::string> names = point_labels(panel.plot);
  const TickLabels* labels = column == 0 ? &layout.labels : nullptr;
  draw_grid(canvas, layout.ticks, labels, area, layout.axis_width - kTickGap);
  if (!any_defined(panel.plot)) {
    draw_missing(canvas, area);
    return area.y.from;
  }
  area.x = spread(names.size(), area.left, area.right,
                  inset_for(canvas, names, panel.plot.series.size(), layout.panel_width));
  draw_breaks(canvas, panel.plot, area);
  draw_series(canvas, panel.plot, styles_for(layout, panel.plot), area, kMarkSize);
  return draw_point_labels(canvas, names, area, area.y.from + 5, area.left - 2,
                           std::min(area.right + 2, canvas.width()));
}

/// Titles of a row of panels stand on one last line, close to their plots.
double draw_titles(Canvas& canvas, const SmallMultiples& plot, const Layout& layout, std::size_t first, double top) {
  const std::size_t end = std::min(first + layout.columns, plot.panels.size());
  std::vector<std::vector<std::string>> titles;
  std::size_t most = 0;
  for (std::size_t i = first; i < end; ++i) {
    titles.push_back(wrap(plot.panels[i].title, kPanelFont, layout.panel_width, canvas.measure(), 3).lines);
    most = std::max(most, titles.back().size());
  }
  const double bottom = top + static_cast<double>(most) * line_height(kPanelFont);
  for (std::size_t i = first; i < end; ++i) {
    const double left = layout.axis_width + static_cast<double>(i - first) * (layout.panel_width + kBetween);
    const auto& lines = titles[i - first];
    canvas.lines(left, bottom - static_cast<double>(lines.size()) * line_height(kPanelFont), lines, kPanelFont);
  }
  return bottom + kTickFont.size / 2;
}

}  // namespace

bool drawable(const SmallMultiples& plot) {
  return std::any_of(plot.panels.begin(), plot.panels.end(), [](const auto& p) { return any_defined(p.plot); });
}

double draw_plot(Canvas& canvas, const SmallMultiples& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  double y = draw_heads(canvas, layout, top);
  for (std::size_t first = 0; first < plot.panels.size(); first += layout.columns) {
    if (first > 0) y += kRowGap;
    const double plots = draw_titles(canvas, plot, layout, first, y);
    for (std::size_t i = first; i < std::min(first + layout.columns, plot.panels.size()); ++i)
      y = std::max(y, draw_panel(canvas, plot.panels[i], layout, i - first, plots));
  }
  return y;
}

}  // namespace kaskad::reports
