// Estimates with intervals under one another, the pooled one as a diamond; n, numbers and weights in columns.
#include <algorithm>
#include <cmath>

#include "reports/charts/kinds.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kRow = 17;
constexpr double kHeadAbove = 4;
constexpr double kGap = 10;
constexpr double kColumnGap = 8;
constexpr double kLabelsShare = 0.34;
constexpr double kLeastPlotShare = 0.25;  // Columns beyond the figures stand where at least this is left.
constexpr double kLeastMark = 3, kMostMark = 8.5, kPlainMark = 5;
constexpr double kDiamondHalf = 4.5;
constexpr double kLeastDiamond = 2;  // Half its width: an interval of no width is still a diamond.
constexpr double kDirectionRoom = 70;
constexpr double kArrow = 9, kArrowHead = 3;
constexpr std::size_t kDirectionLines = 3;
constexpr double kKeyLine = 18, kBeforeKey = 2;
const char* const kN = "n";

using Row = Forest::Row;
using RowKind = Forest::RowKind;

struct Column {
  std::vector<std::string> texts;  // One a row.
  std::string head;
  double width = 0, right = 0;
};

struct Layout {
  RowLabels labels;
  Column counts, values, intervals, weights;  // Those without room have no width.
  Scale scale;
  Ticks ticks;
  double heaviest = 0;
};

bool shown(const Row& row) { return row.kind != RowKind::head && row.value.estimate.defined(); }

const Row& first_shown(const Forest& plot) { return *std::find_if(plot.rows.begin(), plot.rows.end(), shown); }

double weight_of(const Row& row) {
  return row.weight && row.weight->estimate.defined() ? std::max(row.weight->estimate.value, 0.0) : 0;
}

double heaviest(const Forest& plot) {
  double most = 0;
  for (const Row& row : plot.rows)
    if (row.kind == RowKind::item) most = std::max(most, weight_of(row));
  return most;
}

template <typename TextOf>
Column column_of(const Canvas& canvas, const Forest& plot, const Font& font, std::string head, TextOf text_of) {
  Column column;
  for (const Row& row : plot.rows) column.texts.push_back(row.kind == RowKind::head ? "" : text_of(row));
  column.width = canvas.widest(column.texts, font);
  if (column.width <= 0) return {};
  column.width = std::max(column.width, canvas.width_of(head, kTickFont));
  column.head = std::move(head);
  return column;
}

std::string count_of(const Canvas& canvas, const Row& row) {
  return row.value.estimate.n > 0 ? canvas.format().count(row.value.estimate.n) : "";
}

/// Columns at the right in the order of need: figures, intervals, weights; from the first that does not fit they are
/// left out.
void add_right_columns(const Canvas& canvas, const Forest& plot, Layout& layout) {
  layout.values = column_of(canvas, plot, kLabelBoldFont, "",
                            [&](const Row& row) { return canvas.number(row.value, kLabelBoldFont); });
  double left = canvas.width() * (1 - kLeastPlotShare) - layout.labels.width - 2 * kGap - layout.values.width;
  const auto fits = [&left](const Column& column) {
    if (column.width <= 0 || column.width + kColumnGap > left) return false;
    left -= column.width + kColumnGap;
    return true;
  };
  Column intervals =
      column_of(canvas, plot, kTickFont, "", [&](const Row& row) { return canvas.format().interval(row.value); });
  if (!fits(intervals) && intervals.width > 0) return;
  layout.intervals = std::move(intervals);
  Column weights = column_of(canvas, plot, kTickFont, plot.weight_head, [&](const Row& row) {
    return row.weight && row.weight->estimate.defined() ? canvas.format().plain(*row.weight) : "";
  });
  if (fits(weights)) layout.weights = std::move(weights);
}

void place_right_columns(const Canvas& canvas, Layout& layout) {
  double right = canvas.width();
  for (Column* column : {&layout.weights, &layout.intervals, &layout.values}) {
    column->right = right;
    if (column->width > 0) right -= column->width + kColumnGap;
  }
  layout.scale.to = right + kColumnGap - kGap;
}

Range range_of(const Forest& plot) {
  Range range;
  range.add(plot.reference);
  for (const Row& row : plot.rows) {
    if (!shown(row)) continue;
    range.add(row.value);
    if (!row.prediction) continue;
    range.add(row.prediction->lo);
    range.add(row.prediction->hi);
  }
  return range;
}

Layout lay_out(const Canvas& canvas, const Forest& plot) {
  Layout layout;
  std::vector<RowText> texts;
  for (const Row& row : plot.rows)
    texts.push_back(row.kind == RowKind::head ? RowText{} : RowText{row.label, row.note});
  layout.labels = lay_out_labels(canvas, texts, kLabelsShare);
  layout.heaviest = heaviest(plot);
  add_right_columns(canvas, plot, layout);
  place_right_columns(canvas, layout);
  layout.scale.from = plot_left(layout.labels, kGap);
  Column counts = column_of(canvas, plot, kTickFont, kN, [&](const Row& row) { return count_of(canvas, row); });
  const double plot_width = layout.scale.to - layout.scale.from - counts.width - kGap;
  if (counts.width > 0 && plot_width >= kLeastPlotShare * canvas.width()) {
    counts.right = layout.scale.from + counts.width;
    layout.scale.from = counts.right + kGap;
    layout.counts = std::move(counts);
  }
  const Quantity& sample = first_shown(plot).value;
  layout.ticks = horizontal_ticks(canvas, range_of(plot), sample.unit, false, sample.is_difference,
                                  layout.scale.to - layout.scale.from);
  layout.scale.lo = layout.ticks.lo();
  layout.scale.hi = layout.ticks.hi();
  return layout;
}

double draw_heads(Canvas& canvas, const Layout& layout, double top) {
  bool any = false;
  for (const Column* column : {&layout.counts, &layout.weights}) {
    if (column->width <= 0 || column->head.empty()) continue;
    canvas.text({column->right, baseline_below(top, kTickFont)}, column->head, kTickFont, HAlign::right);
    any = true;
  }
  return any ? top + line_height(kTickFont) : top;
}

std::vector<std::string> head_lines(const Canvas& canvas, const Row& row) {
  return wrap(row.label, kLabelBoldFont, canvas.width(), canvas.measure(), 2).lines;
}

double height_of(const Canvas& canvas, const Forest& plot, const Layout& layout, std::size_t i) {
  if (plot.rows[i].kind == RowKind::head)
    return kHeadAbove + static_cast<double>(head_lines(canvas, plot.rows[i]).size()) * line_height(kLabelBoldFont) + 2;
  return std::max(kRow, layout.labels.rows[i].height + 4);
}

void draw_diamond(Canvas& canvas, const Row& row, const Scale& scale, double center) {
  const Color color = color_of(SeriesRole::focus);
  const Estimate& e = row.value.estimate;
  if (row.prediction)
    canvas.whisker({scale.at(row.prediction->lo), center}, {scale.at(row.prediction->hi), center}, 1, color);
  const double x = scale.at(e.value);
  const double lo = std::min(e.has_interval() ? scale.at(e.lo) : x, x - kLeastDiamond);
  const double hi = std::max(e.has_interval() ? scale.at(e.hi) : x, x + kLeastDiamond);
  canvas.area({{lo, center}, {x, center - kDiamondHalf}, {hi, center}, {x, center + kDiamondHalf}}, color);
}

double mark_size(const Layout& layout, const Row& row) {
  if (layout.heaviest <= 0) return kPlainMark;
  return std::max(kLeastMark, kMostMark * std::sqrt(weight_of(row) / layout.heaviest));
}

void draw_item(Canvas& canvas, const Layout& layout, const Row& row, double center) {
  const Style style{color_of(SeriesRole::focus), Mark::square, false};
  const Estimate& e = row.value.estimate;
  if (e.has_interval())
    canvas.whisker({layout.scale.at(e.lo), center}, {layout.scale.at(e.hi), center}, 1, style.color);
  canvas.mark({layout.scale.at(e.value), center}, style, mark_size(layout, row));
}

void draw_cell(Canvas& canvas, const Column& column, std::size_t i, const Font& font, double center) {
  if (column.width > 0) canvas.text({column.right, baseline_at(center, font)}, column.texts[i], font, HAlign::right);
}

void draw_row(Canvas& canvas, const Forest& plot, const Layout& layout, std::size_t i, double center) {
  const Row& row = plot.rows[i];
  draw_label(canvas, layout.labels.rows[i], center);
  draw_cell(canvas, layout.counts, i, kTickFont, center);
  draw_cell(canvas, layout.weights, i, kTickFont, center);
  if (!row.value.estimate.defined()) {
    draw_missing(canvas, layout.scale.from, layout.scale.to, center);
    return;
  }
  if (row.kind == RowKind::pooled)
    draw_diamond(canvas, row, layout.scale, center);
  else
    draw_item(canvas, layout, row, center);
  draw_cell(canvas, layout.values, i, row.kind == RowKind::pooled ? kLabelBoldFont : kLabelFont, center);
  draw_cell(canvas, layout.intervals, i, kTickFont, center);
}

double draw_rows(Canvas& canvas, const Forest& plot, const Layout& layout, double top) {
  for (std::size_t i = 0; i < plot.rows.size(); ++i) {
    const double height = height_of(canvas, plot, layout, i);
    if (plot.rows[i].kind == RowKind::head)
      canvas.lines(0, top + kHeadAbove, head_lines(canvas, plot.rows[i]), kLabelBoldFont);
    else
      draw_row(canvas, plot, layout, i, top + height / 2);
    top += height;
  }
  return top;
}

/// The reference in full, the last pooled figure dashed.
void draw_lines(Canvas& canvas, const Forest& plot, const Layout& layout, double top, double bottom) {
  const double reference = layout.scale.at(plot.reference);
  canvas.line({reference, top}, {reference, bottom}, 0.75, kAxis);
  const auto pooled = std::find_if(plot.rows.rbegin(), plot.rows.rend(),
                                   [](const Row& row) { return row.kind == RowKind::pooled && shown(row); });
  if (pooled == plot.rows.rend()) return;
  const double x = layout.scale.at(pooled->value.estimate.value);
  canvas.line({x, top}, {x, bottom}, 0.5, color_of(SeriesRole::focus), true);
}

void draw_arrow(Canvas& canvas, double from, double to, double y) {
  const double back = to > from ? -kArrowHead : kArrowHead;
  canvas.line({from, y}, {to + back, y}, 0.75, kGreyText);
  canvas.area({{to, y}, {to + back, y - kArrowHead / 2}, {to + back, y + kArrowHead / 2}}, kGreyText);
}

/// A side's name with its arrow outside: to the left of a label that ends at `edge`, to the right of one that begins
/// there.
double draw_direction(Canvas& canvas, const std::string& label, double edge, bool below, double room, double top) {
  const std::vector<std::string> lines =
      wrap(label, kTickFont, room - kArrow - 3, canvas.measure(), kDirectionLines).lines;
  if (lines.empty()) return top;
  const double away = canvas.width_of(lines.front(), kTickFont) + 3;
  const double y = top + line_height(kTickFont) / 2;
  if (below)
    draw_arrow(canvas, edge - away, edge - away - kArrow, y);
  else
    draw_arrow(canvas, edge + away, edge + away + kArrow, y);
  return canvas.lines(edge, top, lines, kTickFont, below ? HAlign::right : HAlign::left);
}

/// Beside the reference when both sides have room, else one under the other over the whole width.
double draw_directions(Canvas& canvas, const Forest& plot, double reference, double top) {
  constexpr double kAway = 5;
  const double left = reference - kAway, right = canvas.width() - reference - kAway;
  if (left >= kDirectionRoom && right >= kDirectionRoom)
    return std::max(draw_direction(canvas, plot.below_label, reference - kAway, true, left, top),
                    draw_direction(canvas, plot.above_label, reference + kAway, false, right, top));
  const double room = canvas.width();
  const auto width = [&](const std::string& label) {
    return std::min(room, canvas.width_of(label, kTickFont) + kArrow + 3);
  };
  const double middle = draw_direction(canvas, plot.below_label, width(plot.below_label), true, room, top);
  return draw_direction(canvas, plot.above_label, room - width(plot.above_label), false, room, middle);
}

/// What the line at a diamond is.
double draw_prediction_key(Canvas& canvas, const Forest& plot, double top) {
  const auto any = [](const Row& row) { return shown(row) && row.prediction; };
  if (plot.prediction_label.empty() || std::none_of(plot.rows.begin(), plot.rows.end(), any)) return top;
  const double y = top + kBeforeKey + line_height(kTickFont) / 2, text = kKeyLine + 5;
  canvas.whisker({0, y}, {kKeyLine, y}, 1, color_of(SeriesRole::focus));
  const Wrapped label = wrap(plot.prediction_label, kTickFont, canvas.width() - text, canvas.measure());
  return canvas.lines(text, top + kBeforeKey, label.lines, kTickFont);
}

}  // namespace

bool drawable(const Forest& plot) { return std::any_of(plot.rows.begin(), plot.rows.end(), shown); }

double draw_plot(Canvas& canvas, const Forest& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  const double first = draw_heads(canvas, layout, top);
  double bottom = first;
  for (std::size_t i = 0; i < plot.rows.size(); ++i) bottom += height_of(canvas, plot, layout, i);
  draw_lines(canvas, plot, layout, first, bottom);
  draw_rows(canvas, plot, layout, first);
  bottom = draw_horizontal_axis(canvas, layout.ticks, layout.scale, first_shown(plot).value.is_difference, bottom);
  bottom = draw_directions(canvas, plot, layout.scale.at(plot.reference), bottom + 1);
  return draw_prediction_key(canvas, plot, bottom);
}

}  // namespace kaskad::reports
