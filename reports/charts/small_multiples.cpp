// Dynamics of several things side by side, on one value axis or each on its own.
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

/// The value axis of a panel; nothing in it when there is nothing to show on it.
struct ValueAxis {
  Ticks ticks;
  TickLabels labels;
};

struct Layout {
  std::vector<ValueAxis> axes;  // One a panel; all the same where they share one.
  double axis_width = 0, panel_width = 0;
  double step = 0;  // From a panel to the next.
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

using Panels = std::vector<SmallMultiples::Panel>;

/// An axis for all of these panels; the default one when nothing in them is defined.
ValueAxis axis_for(const Canvas& canvas, const Panels& panels) {
  const auto defined = [](const SmallMultiples::Panel& panel) { return any_defined(panel.plot); };
  const auto first = std::find_if(panels.begin(), panels.end(), defined);
  if (first == panels.end()) return {};
  const Quantity& sample = *first_defined(first->plot);
  Range range;
  for (const SmallMultiples::Panel& panel : panels) add_to(range, panel.plot);
  const Ticks ticks = ticks_for(range, sample.unit, {.most = 6});
  return {ticks, tick_labels(ticks, canvas.format(), sample.is_difference)};
}

std::vector<ValueAxis> axes_of(const Canvas& canvas, const SmallMultiples& plot) {
  if (!plot.own_scale) return {plot.panels.size(), axis_for(canvas, plot.panels)};
  std::vector<ValueAxis> axes;
  for (const SmallMultiples::Panel& panel : plot.panels) axes.push_back(axis_for(canvas, {panel}));
  return axes;
}

/// Columns and their widths, with room for one axis at the left or for one before each panel.
void set_columns(Layout& layout, const SmallMultiples& plot, double width) {
  const double before = plot.own_scale ? layout.axis_width : 0;
  const double room = width - (plot.own_scale ? 0 : layout.axis_width) + kBetween;
  const auto fitting = static_cast<std::size_t>(std::max(1.0, room / (kLeastPanel + before + kBetween)));
  layout.columns = std::min(fitting, plot.panels.size());
  // Rows as even as they can be: five panels stand as three and two, not four and one.
  const std::size_t rows = (plot.panels.size() + layout.columns - 1) / layout.columns;
  layout.columns = (plot.panels.size() + rows - 1) / rows;
  layout.step = room / static_cast<double>(layout.columns);
  layout.panel_width = layout.step - before - kBetween;
}

Layout lay_out(const Canvas& canvas, const SmallMultiples& plot) {
  Layout layout;
  layout.axes = axes_of(canvas, plot);
  for (const ValueAxis& axis : layout.axes)
    layout.axis_width = std::max(layout.axis_width, canvas.widest(axis.labels.text, kTickFont) + kTickGap);
  set_columns(layout, plot, canvas.width());
  layout.series = series_of(plot);
  layout.styles = styles_of(Dynamics{layout.series, {}});
  return layout;
}

double left_of(const Layout& layout, std::size_t column) {
  return layout.axis_width + static_cast<double>(column) * layout.step;
}

double draw_heads(Canvas& canvas, const SmallMultiples& plot, const Layout& layout, double top) {
  double y = top;
  if (layout.series.size() > 1) {
    std::vector<LegendKey> keys;
    for (std::size_t s = 0; s < layout.series.size(); ++s)
      keys.push_back({layout.styles[s], false, layout.series[s].label});
    y = draw_legend(canvas, keys, 0, canvas.width(), y);
  }
  return plot.own_scale ? y : draw_multiplier(canvas, layout.axes.front().labels, y);
}

/// On white, so that the grid does not cross the words.
void draw_missing(Canvas& canvas, const LineArea& area) {
  const std::string text = elided(canvas.missing_text(), kTickFont, area.right - area.left, canvas.measure());
  const double middle = (area.y.from + area.y.to) / 2, height = line_height(kTickFont) + 2;
  canvas.rect({area.left, middle - height / 2}, canvas.width_of(text, kTickFont) + 4, height, kWhite);
  canvas.text({area.left, baseline_at(middle, kTickFont)}, text, kTickFont);
}

double draw_panel(Canvas& canvas, const SmallMultiples& plot, std::size_t i, const Layout& layout, std::size_t column,
                  double top) {
  const SmallMultiples::Panel& panel = plot.panels[i];
  const ValueAxis& axis = layout.axes[i];
  const double left = left_of(layout, column);
  LineArea area{{axis.ticks.lo(), axis.ticks.hi(), top + kPlotHeight, top}, {}, left, left + layout.panel_width};
  const std::vector<std::string> names = point_labels(panel.plot);
  const TickLabels* labels = column == 0 || plot.own_scale ? &axis.labels : nullptr;
  draw_grid(canvas, axis.ticks, labels, area, left - kTickGap);
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

/// With the power of ten of the panel's own axis.
std::string title_of(const SmallMultiples& plot, const Layout& layout, std::size_t i) {
  const std::string& power = layout.axes[i].labels.multiplier;
  return plot.panels[i].title + (plot.own_scale && !power.empty() ? ", " + power : "");
}

/// Titles of a row of panels stand on one last line, close to their plots.
double draw_titles(Canvas& canvas, const SmallMultiples& plot, const Layout& layout, std::size_t first, double top) {
  const std::size_t end = std::min(first + layout.columns, plot.panels.size());
  std::vector<std::vector<std::string>> titles;
  std::size_t most = 0;
  for (std::size_t i = first; i < end; ++i) {
    titles.push_back(wrap(title_of(plot, layout, i), kPanelFont, layout.panel_width, canvas.measure(), 3).lines);
    most = std::max(most, titles.back().size());
  }
  const double bottom = top + static_cast<double>(most) * line_height(kPanelFont);
  for (std::size_t i = first; i < end; ++i) {
    const double left = left_of(layout, i - first);
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
  double y = draw_heads(canvas, plot, layout, top);
  for (std::size_t first = 0; first < plot.panels.size(); first += layout.columns) {
    if (first > 0) y += kRowGap;
    const double plots = draw_titles(canvas, plot, layout, first, y);
    for (std::size_t i = first; i < std::min(first + layout.columns, plot.panels.size()); ++i)
      y = std::max(y, draw_panel(canvas, plot, i, layout, i - first, plots));
  }
  return y;
}

}  // namespace kaskad::reports
