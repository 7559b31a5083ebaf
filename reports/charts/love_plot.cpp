// Balance of covariates: two marks a row, before and after matching, against dashed thresholds at both sides of zero.
#include <algorithm>
#include <cmath>
#include <set>

#include "reports/charts/kinds.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kRow = 17;
constexpr double kMarkSize = 6;
constexpr double kGap = 10;
constexpr double kColumnGap = 8;
constexpr double kColumnsShare = 0.36;
constexpr double kBetweenThresholds = 4;
constexpr Style kBefore{Color{0xD9, 0x82, 0x2B}, Mark::ring, false};
constexpr Style kAfter{Color{0x0B, 0x3C, 0x5D}, Mark::disc, false};
const char* const kNone = "—";

using Row = LovePlot::Row;

struct Column {
  std::vector<std::string> texts;
  double width = 0, right = 0;
};

struct Layout {
  RowLabels labels;
  Column before, after;
  Ticks ticks;
  Scale scale;
};

bool shown(const Row& row) { return row.before.estimate.defined() || row.after.estimate.defined(); }

const Quantity& sample_of(const LovePlot& plot) {
  const Row& row = *std::find_if(plot.rows.begin(), plot.rows.end(), shown);
  return row.before.estimate.defined() ? row.before : row.after;
}

/// Thresholds at both sides of zero that has values; all on the right when none is negative.
std::vector<double> thresholds_of(const LovePlot& plot, const Range& values) {
  std::set<double> at;
  for (const double threshold : plot.thresholds) {
    if (!std::isfinite(threshold) || threshold == 0) continue;
    if (values.hi > 0 || values.lo >= 0) at.insert(std::abs(threshold));
    if (values.lo < 0) at.insert(-std::abs(threshold));
  }
  return {at.begin(), at.end()};
}

Range values_of(const LovePlot& plot) {
  Range range;
  for (const Row& row : plot.rows) {
    range.add(row.before);
    range.add(row.after);
  }
  return range;
}

Column column_of(const Canvas& canvas, const LovePlot& plot, Quantity Row::*side) {
  Column column;
  for (const Row& row : plot.rows)
    column.texts.push_back((row.*side).estimate.defined() ? canvas.number(row.*side, kLabelFont) : kNone);
  column.width = canvas.widest(column.texts, kLabelFont);
  return column;
}

/// The figures after matching stand at the right; those before it where there is room.
void add_columns(const Canvas& canvas, const LovePlot& plot, Layout& layout) {
  layout.after = column_of(canvas, plot, &Row::after);
  layout.after.right = canvas.width();
  layout.scale.to = canvas.width() - layout.after.width - kGap;
  Column before = column_of(canvas, plot, &Row::before);
  if (layout.after.width + before.width + kColumnGap > canvas.width() * kColumnsShare) return;
  before.right = canvas.width() - layout.after.width - kColumnGap;
  layout.scale.to = before.right - before.width - kGap;
  layout.before = std::move(before);
}

Layout lay_out(const Canvas& canvas, const LovePlot& plot, Range range) {
  Layout layout;
  std::vector<RowText> texts;
  for (const Row& row : plot.rows) texts.push_back({row.label, ""});
  layout.labels = lay_out_labels(canvas, texts);
  layout.scale.from = plot_left(layout.labels, kGap);
  add_columns(canvas, plot, layout);
  for (const double threshold : thresholds_of(plot, range)) range.add(threshold);
  range.add(0.0);
  layout.ticks =
      horizontal_ticks(canvas, range, sample_of(plot).unit, false, false, layout.scale.to - layout.scale.from);
  layout.scale.lo = layout.ticks.lo();
  layout.scale.hi = layout.ticks.hi();
  return layout;
}

/// The key, then the marks over their columns of numbers.
double draw_heads(Canvas& canvas, const LovePlot& plot, const Layout& layout, double top) {
  const std::vector<LegendKey> keys = {{kBefore, false, plot.before_label, true},
                                       {kAfter, false, plot.after_label, true}};
  const bool beside = legend_width(canvas, keys) <= layout.scale.to;
  const double bottom = draw_legend(canvas, keys, 0, canvas.width(), top);
  const double y = beside ? top + line_height(kTickFont) / 2 : bottom + kMarkSize / 2;
  if (layout.before.width > 0) canvas.mark({layout.before.right - kMarkSize / 2, y}, kBefore, kMarkSize);
  canvas.mark({layout.after.right - kMarkSize / 2, y}, kAfter, kMarkSize);
  return beside ? bottom : bottom + kMarkSize + 2;
}

int decimals_of(double value) {
  constexpr int kMost = 4;
  int decimals = 0;
  while (decimals < kMost && std::abs(value - rounded(value, decimals)) > 1e-9) ++decimals;
  return decimals;
}

/// Dashed lines with their numbers over them; a number that would touch its neighbour is left out.
void draw_thresholds(Canvas& canvas, const std::vector<double>& thresholds, const Scale& scale, double top,
                     double first, double bottom) {
  double free_from = 0;
  for (const double threshold : thresholds) {
    const double x = scale.at(threshold);
    canvas.line({x, first}, {x, bottom}, 0.75, kAxis, true);
    const std::string text = canvas.format().number(threshold, decimals_of(threshold));
    const double half = canvas.width_of(text, kTickFont) / 2;
    if (x - half < free_from || x + half > canvas.width()) continue;
    canvas.text({x, baseline_below(top, kTickFont)}, text, kTickFont, HAlign::center);
    free_from = x + half + kBetweenThresholds;
  }
}

void draw_mark(Canvas& canvas, const Estimate& e, const Style& style, const Scale& scale, double center) {
  if (!e.defined()) return;
  if (e.has_interval()) canvas.whisker({scale.at(e.lo), center}, {scale.at(e.hi), center}, 0.75, style.color);
  canvas.mark({scale.at(e.value), center}, style, kMarkSize);
}

void draw_row(Canvas& canvas, const LovePlot& plot, const Layout& layout, std::size_t i, double center) {
  const Row& row = plot.rows[i];
  const Scale& scale = layout.scale;
  draw_label(canvas, layout.labels.rows[i], center);
  if (!shown(row)) {
    draw_missing(canvas, scale.from, scale.to, center);
    return;
  }
  canvas.line({scale.from, center}, {scale.to, center}, 0.5, kGrid);
  if (row.before.estimate.defined() && row.after.estimate.defined())
    canvas.line({scale.at(row.before.estimate.value), center}, {scale.at(row.after.estimate.value), center}, 0.75,
                kAxis);
  draw_mark(canvas, row.before.estimate, kBefore, scale, center);
  draw_mark(canvas, row.after.estimate, kAfter, scale, center);
  if (layout.before.width > 0)
    canvas.text({layout.before.right, baseline_at(center, kLabelFont)}, layout.before.texts[i],
                in_color(kLabelFont, kGreyText), HAlign::right);
  canvas.text({layout.after.right, baseline_at(center, kLabelFont)}, layout.after.texts[i], kLabelFont, HAlign::right);
}

}  // namespace

bool drawable(const LovePlot& plot) { return std::any_of(plot.rows.begin(), plot.rows.end(), shown); }

double draw_plot(Canvas& canvas, const LovePlot& plot, double top) {
  const Range values = values_of(plot);
  const Layout layout = lay_out(canvas, plot, values);
  const double heads = draw_heads(canvas, plot, layout, top);
  const std::vector<double> thresholds = thresholds_of(plot, values);
  const double first = thresholds.empty() ? heads : heads + line_height(kTickFont);
  const auto height_of = [&](std::size_t i) { return std::max(kRow, layout.labels.rows[i].height + 4); };
  double bottom = first;
  for (std::size_t i = 0; i < plot.rows.size(); ++i) bottom += height_of(i);
  canvas.line({layout.scale.at(0), first}, {layout.scale.at(0), bottom}, 0.75, kAxis);
  draw_thresholds(canvas, thresholds, layout.scale, heads, first, bottom);
  double y = first;
  for (std::size_t i = 0; i < plot.rows.size(); y += height_of(i++))
    draw_row(canvas, plot, layout, i, y + height_of(i) / 2);
  return draw_horizontal_axis(canvas, layout.ticks, layout.scale, false, bottom);
}

}  // namespace kaskad::reports
