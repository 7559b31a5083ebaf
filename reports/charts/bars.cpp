// Horizontal bars from zero: one value an item, its interval over the bar's end, its number beyond both.
#include <algorithm>

#include "reports/charts/kinds.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kRow = 19.8;
constexpr double kBarHeight = 11;
constexpr double kGap = 8;
constexpr double kValueGap = 4;
constexpr double kLeastPlot = 24;
constexpr double kLeastLabels = 0.15;  // Of the width.
const char* const kN = "n";

struct Layout {
  RowLabels labels;
  std::vector<std::string> values, counts;
  Ticks ticks;
  Scale scale;
};

std::vector<RowText> row_texts(const Bars& plot) {
  std::vector<RowText> texts;
  for (const Bars::Bar& bar : plot.bars) texts.push_back({bar.label, ""});
  return texts;
}

Range range_of(const Bars& plot) {
  Range range;
  for (const Bars::Bar& bar : plot.bars) range.add(bar.value);
  return range;
}

const Quantity& first_defined(const Bars& plot) {
  return std::find_if(plot.bars.begin(), plot.bars.end(), [](const Bars::Bar& b) { return b.value.estimate.defined(); })
      ->value;
}

std::string count_of(const Canvas& canvas, const Quantity& q) {
  return q.unit != Unit::count && q.estimate.n > 0 ? canvas.format().count(q.estimate.n) : "";
}

Layout lay_out(const Canvas& canvas, const Bars& plot) {
  Layout layout;
  for (const Bars::Bar& bar : plot.bars) {
    layout.values.push_back(canvas.number(bar.value, kLabelFont));
    layout.counts.push_back(count_of(canvas, bar.value));
  }
  const Range range = range_of(plot);
  const double value_width = canvas.widest(layout.values, kLabelFont) + kValueGap;
  const double before = range.lo < 0 ? value_width : 0;
  const double n_width = canvas.widest(layout.counts, kTickFont);
  const double right = canvas.width() - value_width - (n_width > 0 ? n_width + kGap : 0);
  const double label_room = (right - before - kGap - kLeastPlot) / canvas.width();
  layout.labels = lay_out_labels(canvas, row_texts(plot), std::clamp(label_room, kLeastLabels, kRowLabelShare));
  layout.ticks = ticks_for(range, first_defined(plot).unit, {.from_zero = true});
  layout.scale = {layout.ticks.lo(), layout.ticks.hi(), plot_left(layout.labels, kGap) + before, right};
  return layout;
}

/// Ink on white and on light bars; the part over a dark bar is white.
void draw_interval(Canvas& canvas, const Estimate& e, Color fill, const Scale& scale, double center) {
  canvas.whisker({scale.at(e.lo), center}, {scale.at(e.hi), center}, 0.9, kInk);
  const double from = std::max(e.lo, std::min(0.0, e.value)), to = std::min(e.hi, std::max(0.0, e.value));
  if (from >= to || text_color_on(fill) == kInk) return;
  canvas.line({scale.at(from), center}, {scale.at(to), center}, 0.9, kWhite);
  for (const double end : {e.lo, e.hi})
    if (end >= from && end <= to)
      canvas.line({scale.at(end), center - 1.8}, {scale.at(end), center + 1.8}, 0.9, kWhite);
}

void draw_value(Canvas& canvas, const Quantity& q, const std::string& text, const Scale& scale, double center) {
  const Estimate& e = q.estimate;
  const bool negative = e.value < 0;
  const double low = e.has_interval() ? std::min({e.value, e.lo, 0.0}) : std::min(e.value, 0.0);
  const double high = e.has_interval() ? std::max({e.value, e.hi, 0.0}) : std::max(e.value, 0.0);
  const double x = negative ? scale.at(low) - kValueGap : scale.at(high) + kValueGap;
  canvas.text({x, baseline_at(center, kLabelFont)}, text, kLabelFont, negative ? HAlign::right : HAlign::left);
}

void draw_bar(Canvas& canvas, const Bars::Bar& bar, Color fill, const Scale& scale, double center) {
  const Estimate& e = bar.value.estimate;
  const double from = scale.at(std::min(0.0, e.value)), to = scale.at(std::max(0.0, e.value));
  canvas.rect({from, center - kBarHeight / 2}, to - from, kBarHeight, fill);
  if (e.has_interval()) draw_interval(canvas, e, fill, scale, center);
}

void draw_row(Canvas& canvas, const Bars& plot, const Layout& layout, std::size_t i, double center) {
  const Bars::Bar& bar = plot.bars[i];
  draw_label(canvas, layout.labels.rows[i], center);
  canvas.text({canvas.width(), baseline_at(center, kTickFont)}, layout.counts[i], kTickFont, HAlign::right);
  if (bar.value.estimate.defined()) {
    draw_bar(canvas, bar, fill_of(bar.role), layout.scale, center);
    draw_value(canvas, bar.value, layout.values[i], layout.scale, center);
  } else {
    const double x = layout.scale.at(0) + kValueGap;
    const double end = canvas.width() - canvas.widest(layout.counts, kTickFont) - kGap;
    draw_missing(canvas, x, end, center, false);
  }
}

}  // namespace

bool drawable(const Bars& plot) {
  return std::any_of(plot.bars.begin(), plot.bars.end(), [](const Bars::Bar& b) { return b.value.estimate.defined(); });
}

double draw_plot(Canvas& canvas, const Bars& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  double y = top;
  if (canvas.widest(layout.counts, kTickFont) > 0) {
    canvas.text({canvas.width(), baseline_below(y, kTickFont)}, kN, kTickFont, HAlign::right);
    y += line_height(kTickFont);
  }
  const double first = y;
  for (std::size_t i = 0; i < plot.bars.size(); ++i) {
    const double height = std::max(kRow, layout.labels.rows[i].height + 4);
    draw_row(canvas, plot, layout, i, y + height / 2);
    y += height;
  }
  const double zero = layout.scale.at(0);
  canvas.line({zero, first}, {zero, y}, 0.75, kAxis);
  return y;
}

}  // namespace kaskad::reports
