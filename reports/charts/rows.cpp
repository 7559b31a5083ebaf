#include "reports/charts/rows.hpp"

#include <algorithm>
#include <utility>

namespace kaskad::reports {
namespace {

constexpr std::size_t kLabelLines = 4;
constexpr std::size_t kNoteLines = 2;
constexpr double kKeyWidth = 16;  // Line and mark of a legend key.
constexpr double kSwatch = 8;
constexpr double kKeyGap = 4;
constexpr double kBetweenKeys = 14;
constexpr double kAfterLegend = 5;
constexpr double kTickLength = 3;
constexpr double kHalfMark = 4.5;
constexpr double kBetweenTickLabels = 8;

double height_of(const RowLabel& row) {
  return static_cast<double>(row.lines.size()) * line_height(kLabelFont) +
         static_cast<double>(row.note_lines.size()) * line_height(kNoteFont);
}

double key_width(const LegendKey& key) { return (key.swatch || key.bare ? kSwatch : kKeyWidth) + kKeyGap; }

void draw_key(Canvas& canvas, const LegendKey& key, double x, double center) {
  if (key.swatch) {
    canvas.rect({x, center - kSwatch / 2}, kSwatch, kSwatch, key.style.color);
    const double y = center + kSwatch / 2 - 1.9;
    if (key.style.dashed) canvas.line({x, y}, {x + kSwatch, y}, 1, kWhite);
    return;
  }
  if (!key.bare) canvas.line({x, center}, {x + kKeyWidth, center}, 1, key.style.color, key.style.dashed);
  canvas.mark({x + (key.bare ? kSwatch : kKeyWidth) / 2, center}, key.style, 6);
}

}  // namespace

RowLabels lay_out_labels(const Canvas& canvas, const std::vector<RowText>& texts, double share) {
  const double most = canvas.width() * share;
  RowLabels labels;
  for (const RowText& text : texts) {
    RowLabel row;
    row.lines = wrap(text.label, kLabelFont, most, canvas.measure(), kLabelLines).lines;
    row.note_lines = wrap(text.note, kNoteFont, most, canvas.measure(), kNoteLines).lines;
    row.height = height_of(row);
    labels.width =
        std::max({labels.width, canvas.widest(row.lines, kLabelFont), canvas.widest(row.note_lines, kNoteFont)});
    labels.rows.push_back(std::move(row));
  }
  return labels;
}

double plot_left(const RowLabels& labels, double gap) { return labels.width > 0 ? labels.width + gap : kHalfMark; }

void draw_missing(Canvas& canvas, double from, double to, double center, bool on_white) {
  const std::string text = elided(canvas.missing_text(), kTickFont, to - from, canvas.measure());
  if (on_white && !text.empty()) {
    const double height = kTickFont.size * (kAscent + kDescent);
    canvas.rect({from, center - height / 2}, std::min(canvas.width_of(text, kTickFont) + 2, to - from), height, kWhite);
  }
  canvas.text({from, baseline_at(center, kTickFont)}, text, kTickFont);
}

void draw_label(Canvas& canvas, const RowLabel& label, double center) {
  const double middle = canvas.lines(0, center - label.height / 2, label.lines, kLabelFont);
  canvas.lines(0, middle, label.note_lines, kNoteFont);
}

double draw_legend(Canvas& canvas, const std::vector<LegendKey>& keys, double left, double right, double top) {
  double x = left, y = top, line_bottom = top;
  for (const LegendKey& key : keys) {
    const double room = right - left - key_width(key);
    const Wrapped text = wrap(key.label, kTickFont, room, canvas.measure());
    const double width = key_width(key) + canvas.widest(text.lines, kTickFont);
    if (x > left && x + width > right) {
      x = left;
      y = line_bottom;
    }
    draw_key(canvas, key, x, y + line_height(kTickFont) / 2);
    line_bottom = std::max(line_bottom, canvas.lines(x + key_width(key), y, text.lines, in_color(kTickFont, kInk)));
    x += width + kBetweenKeys;
  }
  return line_bottom + kAfterLegend;
}

double legend_width(const Canvas& canvas, const std::vector<LegendKey>& keys) {
  double width = -kBetweenKeys;
  for (const LegendKey& key : keys) width += key_width(key) + canvas.width_of(key.label, kTickFont) + kBetweenKeys;
  return width;
}

Ticks horizontal_ticks(const Canvas& canvas, const Range& range, const Unit& unit, bool from_zero, bool with_sign,
                       double width) {
  constexpr int kMost = 9, kFewest = 3;
  for (int most = kMost;; --most) {
    const Ticks ticks = ticks_for(range, unit, {.from_zero = from_zero, .most = most});
    const TickLabels labels = tick_labels(ticks, canvas.format(), with_sign);
    const double room = width / static_cast<double>(ticks.at.size() - 1);
    if (most == kFewest || canvas.widest(labels.text, kTickFont) + kBetweenTickLabels <= room) return ticks;
  }
}

double draw_axis_line(Canvas& canvas, const std::vector<AxisTick>& ticks, double from, double to, double top) {
  canvas.line({from, top}, {to, top}, 0.5, kAxis);
  const double baseline = baseline_below(top + kTickLength, kTickFont);
  double free_from = 0;
  for (const AxisTick& tick : ticks) {
    canvas.line({tick.x, top}, {tick.x, top + kTickLength}, 0.5, kAxis);
    const double half = canvas.width_of(tick.text, kTickFont) / 2;
    const double center = std::min(tick.x, canvas.width() - half);
    if (center - half < free_from) continue;
    canvas.text({center, baseline}, tick.text, kTickFont, HAlign::center);
    free_from = center + half + kBetweenTickLabels / 2;
  }
  return top + kTickLength + line_height(kTickFont);
}

double draw_horizontal_axis(Canvas& canvas, const Ticks& ticks, const Scale& scale, bool with_sign, double top) {
  const TickLabels labels = tick_labels(ticks, canvas.format(), with_sign);
  std::vector<AxisTick> places;
  for (std::size_t i = 0; i < ticks.at.size(); ++i)
    places.push_back({scale.at(ticks.at[i]), labels.text[i] + (i + 1 == ticks.at.size() ? labels.multiplier : "")});
  return draw_axis_line(canvas, places, scale.from, scale.to, top);
}

}  // namespace kaskad::reports
