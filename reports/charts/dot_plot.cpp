// One row an item, one dot with its interval a series; the numbers in columns at the right.
#include <algorithm>
#include <array>
#include <utility>

#include "reports/charts/kinds.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kRow = 19.8;  // 7 mm.
constexpr double kDodge = 6;   // Between the dots of a row.
constexpr double kMarkSize = 6;
constexpr double kGap = 10;
constexpr double kColumnGap = 8;
constexpr double kBetweenOwnRows = 4;
constexpr std::size_t kMostColumns = 3;
constexpr double kColumnsShare = 0.38;
constexpr Font kEndFont{Family::sans, 7, false, false, kGreyText};
const char* const kNone = "—";

using Legend = std::vector<std::pair<SeriesRole, std::string>>;

struct Column {
  std::size_t series = 0;
  std::vector<std::string> texts;
  double width = 0;
  double right = 0;
};

struct Layout {
  RowLabels labels;
  Legend series;
  std::vector<Style> styles;
  std::vector<Column> columns;
  std::vector<std::string> intervals;  // Of the only series, when there is room; else empty.
  double left = 0, right = 0;
};

/// The legend's series, then roles that stand in rows only.
Legend series_of(const DotPlot& plot) {
  Legend series = plot.legend;
  for (const DotPlot::Row& row : plot.rows)
    for (const DotPlot::Dot& dot : row.dots) {
      const auto same = [&dot](const auto& entry) { return entry.first == dot.role; };
      if (std::none_of(series.begin(), series.end(), same)) series.emplace_back(dot.role, "");
    }
  return series;
}

const Quantity* value_in(const DotPlot::Row& row, SeriesRole role) {
  const auto dot = std::find_if(row.dots.begin(), row.dots.end(), [role](const auto& d) { return d.role == role; });
  return dot == row.dots.end() ? nullptr : &dot->value;
}

bool row_defined(const DotPlot::Row& row) {
  return std::any_of(row.dots.begin(), row.dots.end(), [](const auto& d) { return d.value.estimate.defined(); });
}

Column column_of(const Canvas& canvas, const DotPlot& plot, SeriesRole role, std::size_t series) {
  Column column{series, {}, 0, 0};
  for (const DotPlot::Row& row : plot.rows) {
    const Quantity* q = value_in(row, role);
    const bool defined = q != nullptr && q->estimate.defined();
    column.texts.push_back(!defined         ? kNone
                           : plot.own_scale ? canvas.number_with_unit(*q, kLabelFont)
                                            : canvas.number(*q, kLabelFont));
  }
  column.width = canvas.widest(column.texts, kLabelFont);
  return column;
}

/// Columns of numbers from the right; later series go without when there is no room.
void add_columns(const Canvas& canvas, const DotPlot& plot, Layout& layout) {
  double total = 0;
  for (std::size_t s = 0; s < std::min(layout.series.size(), kMostColumns); ++s) {
    Column column = column_of(canvas, plot, layout.series[s].first, s);
    if (s > 0 && total + kColumnGap + column.width > canvas.width() * kColumnsShare) break;
    total += column.width + (s > 0 ? kColumnGap : 0);
    layout.columns.push_back(std::move(column));
  }
}

void add_intervals(const Canvas& canvas, const DotPlot& plot, Layout& layout) {
  if (layout.series.size() != 1) return;
  std::vector<std::string> texts;
  for (const DotPlot::Row& row : plot.rows) {
    const Quantity* q = value_in(row, layout.series.front().first);
    texts.push_back(q == nullptr ? "" : canvas.format().interval(*q));
  }
  const double width = canvas.widest(texts, kTickFont) + kColumnGap;
  if (width > kColumnGap && layout.columns.front().width + width <= canvas.width() * kColumnsShare)
    layout.intervals = std::move(texts);
}

void place_columns(const Canvas& canvas, Layout& layout) {
  double right = canvas.width();
  if (!layout.intervals.empty()) right -= canvas.widest(layout.intervals, kTickFont) + kColumnGap;
  for (auto column = layout.columns.rbegin(); column != layout.columns.rend(); ++column) {
    column->right = right;
    right -= column->width + kColumnGap;
  }
  layout.right = right + kColumnGap - kGap;
}

Layout lay_out(const Canvas& canvas, const DotPlot& plot) {
  Layout layout;
  std::vector<RowText> texts;
  for (const DotPlot::Row& row : plot.rows) texts.push_back({row.label, row.note});
  layout.labels = lay_out_labels(canvas, texts);
  layout.series = series_of(plot);
  std::vector<SeriesRole> roles;
  for (const auto& entry : layout.series) roles.push_back(entry.first);
  layout.styles = styles_of(roles);
  add_columns(canvas, plot, layout);
  add_intervals(canvas, plot, layout);
  place_columns(canvas, layout);
  layout.left = plot_left(layout.labels, kGap);
  return layout;
}

double dots_height(const Layout& layout) {
  return static_cast<double>(layout.series.size() - 1) * kDodge + kMarkSize + 6;
}

/// The legend, and the marks over their columns of numbers: on one line when there is room.
double draw_heads(Canvas& canvas, const Layout& layout, double top) {
  if (layout.series.size() < 2) return top;
  std::vector<LegendKey> keys;
  for (std::size_t s = 0; s < layout.series.size(); ++s)
    keys.push_back({layout.styles[s], false, layout.series[s].second, true});
  const bool beside = legend_width(canvas, keys) <= layout.right;
  const double bottom = draw_legend(canvas, keys, 0, canvas.width(), top);
  const double y = beside ? top + line_height(kTickFont) / 2 : bottom + kMarkSize / 2;
  for (const Column& column : layout.columns)
    canvas.mark({column.right - kMarkSize / 2, y}, layout.styles[column.series], kMarkSize);
  return beside ? bottom : bottom + kMarkSize + 2;
}

void draw_dot(Canvas& canvas, const Estimate& e, const Style& style, const Scale& scale, double y) {
  if (!e.defined()) return;
  if (e.has_interval()) canvas.whisker({scale.at(e.lo), y}, {scale.at(e.hi), y}, 1, style.color);
  canvas.mark({scale.at(e.value), y}, style, kMarkSize);
}

void draw_dots(Canvas& canvas, const DotPlot::Row& row, const Layout& layout, const Scale& scale, double center) {
  const double first = center - static_cast<double>(layout.series.size() - 1) * kDodge / 2;
  for (std::size_t s = layout.series.size(); s-- > 0;) {
    const Quantity* q = value_in(row, layout.series[s].first);
    if (q != nullptr) draw_dot(canvas, q->estimate, layout.styles[s], scale, first + static_cast<double>(s) * kDodge);
  }
}

void draw_numbers(Canvas& canvas, const Layout& layout, std::size_t i, double center) {
  for (const Column& column : layout.columns)
    canvas.text({column.right, baseline_at(center, kLabelFont)}, column.texts[i],
                column.series == 0 ? kLabelFont : in_color(kLabelFont, kGreyText), HAlign::right);
  if (!layout.intervals.empty())
    canvas.text({canvas.width(), baseline_at(center, kTickFont)}, layout.intervals[i], kTickFont, HAlign::right);
}

Range range_of(const DotPlot::Row& row, bool with_zero) {
  Range range;
  for (const DotPlot::Dot& dot : row.dots) range.add(dot.value);
  if (with_zero && !range.empty()) range.add(0.0);
  return range;
}

/// The row must have a defined dot.
const Quantity& sample_of(const DotPlot::Row& row) {
  return std::find_if(row.dots.begin(), row.dots.end(), [](const auto& d) { return d.value.estimate.defined(); })
      ->value;
}

void draw_end_label(Canvas& canvas, const Quantity& sample, const Ticks& ticks, const Scale& scale, double value,
                    double top) {
  const Quantity end{exactly(value, 0), sample.unit, ticks.decimals, sample.is_difference && value != 0};
  const std::string text = canvas.number_with_unit(end, kEndFont);
  const double room = (scale.to - scale.from) / 2 - 3;
  canvas.text({scale.at(value), baseline_below(top, kEndFont)}, elided(text, kEndFont, room, canvas.measure()),
              kEndFont, value == ticks.lo() ? HAlign::left : HAlign::right);
}

/// A row's own axis under its dots: both ends labelled, and zero when it is wanted and inside.
Scale draw_own_axis(Canvas& canvas, const DotPlot& plot, const DotPlot::Row& row, const Layout& layout, double dots_top,
                    double y) {
  const Quantity& sample = sample_of(row);
  const Ticks ticks = ticks_for(range_of(row, plot.zero_line), sample.unit, {.most = 5});
  const Scale scale{ticks.lo(), ticks.hi(), layout.left, layout.right};
  canvas.line({scale.from, y}, {scale.to, y}, 0.5, kAxis);
  for (const double value : {ticks.lo(), ticks.hi()}) {
    canvas.line({scale.at(value), y - 2.5}, {scale.at(value), y}, 0.5, kAxis);
    draw_end_label(canvas, sample, ticks, scale, value, y + 0.5);
  }
  if (plot.zero_line && ticks.lo() < 0 && ticks.hi() > 0)
    canvas.line({scale.at(0), dots_top}, {scale.at(0), y}, 0.75, kAxis);
  return scale;
}

double draw_own_row(Canvas& canvas, const DotPlot& plot, const Layout& layout, std::size_t i, double top) {
  const double dots = dots_height(layout), axis = line_height(kEndFont) + 1;
  const double height = std::max({kRow, layout.labels.rows[i].height + 5, dots + axis}) + kBetweenOwnRows;
  const double center = top + height / 2;
  draw_label(canvas, layout.labels.rows[i], center);
  if (!row_defined(plot.rows[i])) {
    draw_missing(canvas, layout.left, layout.right, center);
    return top + height;
  }
  const double dots_top = center - (dots + axis) / 2;
  const Scale scale = draw_own_axis(canvas, plot, plot.rows[i], layout, dots_top, dots_top + dots);
  draw_dots(canvas, plot.rows[i], layout, scale, dots_top + dots / 2);
  draw_numbers(canvas, layout, i, center);
  return top + height;
}

double draw_shared_row(Canvas& canvas, const DotPlot& plot, const Layout& layout, const Scale& scale, std::size_t i,
                       double top) {
  const double height = std::max({kRow, layout.labels.rows[i].height + 5, dots_height(layout)});
  const double center = top + height / 2;
  draw_label(canvas, layout.labels.rows[i], center);
  if (row_defined(plot.rows[i])) {
    canvas.line({scale.from, center}, {scale.to, center}, 0.5, kGrid);
    draw_dots(canvas, plot.rows[i], layout, scale, center);
    draw_numbers(canvas, layout, i, center);
  } else {
    draw_missing(canvas, layout.left, layout.right, center);
  }
  return top + height;
}

double draw_own_rows(Canvas& canvas, const DotPlot& plot, const Layout& layout, double top) {
  for (std::size_t i = 0; i < plot.rows.size(); ++i) top = draw_own_row(canvas, plot, layout, i, top);
  return top;
}

double shared_bottom(const DotPlot& plot, const Layout& layout, double top) {
  for (std::size_t i = 0; i < plot.rows.size(); ++i)
    top += std::max({kRow, layout.labels.rows[i].height + 5, dots_height(layout)});
  return top;
}

const Quantity& first_defined(const DotPlot& plot) {
  const auto row = std::find_if(plot.rows.begin(), plot.rows.end(), row_defined);
  return sample_of(*row);
}

double draw_shared_rows(Canvas& canvas, const DotPlot& plot, const Layout& layout, double top) {
  Range range;
  for (const DotPlot::Row& row : plot.rows)
    for (const DotPlot::Dot& dot : row.dots) range.add(dot.value);
  if (plot.zero_line) range.add(0.0);
  const Quantity& sample = first_defined(plot);
  const Ticks ticks =
      horizontal_ticks(canvas, range, sample.unit, false, sample.is_difference, layout.right - layout.left);
  const Scale scale{ticks.lo(), ticks.hi(), layout.left, layout.right};
  const double bottom = shared_bottom(plot, layout, top);
  if (plot.zero_line) canvas.line({scale.at(0), top}, {scale.at(0), bottom}, 0.75, kAxis);
  for (std::size_t i = 0; i < plot.rows.size(); ++i) top = draw_shared_row(canvas, plot, layout, scale, i, top);
  return draw_horizontal_axis(canvas, ticks, scale, sample.is_difference, bottom);
}

}  // namespace

bool drawable(const DotPlot& plot) { return std::any_of(plot.rows.begin(), plot.rows.end(), row_defined); }

double draw_plot(Canvas& canvas, const DotPlot& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  const double first = draw_heads(canvas, layout, top);
  return plot.own_scale ? draw_own_rows(canvas, plot, layout, first) : draw_shared_rows(canvas, plot, layout, first);
}

}  // namespace kaskad::reports
