// Horizontal bars of shares: one row an item, parts from worst to best, the share printed inside where it fits.
#include <algorithm>
#include <numeric>

#include "reports/charts/kinds.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kRow = 19.8;  // 7 mm.
constexpr double kBarHeight = 13;
constexpr double kGap = 8;
constexpr double kSeparator = 1;
constexpr double kInsideMargin = 2;
constexpr double kUnderline = 1.9;  // Above the foot of a bar.
constexpr double kWhole = 100;
constexpr double kRoomForDecimals = 300;
const char* const kN = "n";

bool complete(const StackedBars::Bar& bar) {
  return !bar.missing && !bar.parts.empty() && std::all_of(bar.parts.begin(), bar.parts.end(), [](const Quantity& q) {
    return q.estimate.defined() && q.estimate.value >= 0;
  });
}

double sum_of(const StackedBars::Bar& bar) {
  return std::accumulate(bar.parts.begin(), bar.parts.end(), 0.0,
                         [](double sum, const Quantity& q) { return sum + q.estimate.value; });
}

struct Layout {
  RowLabels labels;
  std::vector<std::string> counts;  // n of each bar, "" when not given.
  Scale scale;
  bool whole_numbers = false;  // In the bars.
};

std::vector<RowText> row_texts(const StackedBars& plot) {
  std::vector<RowText> texts;
  for (const StackedBars::Bar& bar : plot.bars) texts.push_back({bar.label, ""});
  return texts;
}

Quantity without_decimals(Quantity q) {
  q.decimals = 0;
  return q;
}

bool number_fits(const Canvas& canvas, const Quantity& q, double width) {
  return canvas.width_of(canvas.format().plain(q), kValueFont) + 2 * kInsideMargin <= width;
}

/// A share that has no room for its decimals makes all shares of the chart whole; those of a narrow chart always are,
/// so that charts side by side are alike.
bool needs_whole_numbers(const Canvas& canvas, const StackedBars& plot, const Scale& scale) {
  if (canvas.width() < kRoomForDecimals) return true;
  const auto gains = [&](const Quantity& q) {
    const double width = scale.at(q.estimate.value) - scale.at(0);
    return !number_fits(canvas, q, width) && number_fits(canvas, without_decimals(q), width);
  };
  return std::any_of(plot.bars.begin(), plot.bars.end(), [&](const StackedBars::Bar& bar) {
    return complete(bar) && std::any_of(bar.parts.begin(), bar.parts.end(), gains);
  });
}

Layout lay_out(const Canvas& canvas, const StackedBars& plot) {
  Layout layout{lay_out_labels(canvas, row_texts(plot)), {}, {}, false};
  double most = kWhole;
  for (const StackedBars::Bar& bar : plot.bars) {
    layout.counts.push_back(bar.n > 0 ? canvas.format().count(bar.n) : "");
    if (complete(bar)) most = std::max(most, sum_of(bar));
  }
  const double n_width = canvas.widest(layout.counts, kTickFont);
  const double left = layout.labels.width > 0 ? layout.labels.width + kGap : 0;
  const double right = canvas.width() - (n_width > 0 ? std::max(n_width, canvas.width_of(kN, kTickFont)) + kGap : 0);
  layout.scale = {0, most, left, right};
  layout.whole_numbers = needs_whole_numbers(canvas, plot, layout.scale);
  return layout;
}

std::vector<LegendKey> keys_of(const StackedBars& plot) {
  std::vector<LegendKey> keys;
  for (std::size_t i = 0; i < plot.parts.size(); ++i) {
    const Style style{part_color(i, plot.parts.size()), Mark::square, is_lower_part(i, plot.parts.size())};
    keys.push_back({style, true, plot.parts[i].label});
  }
  return keys;
}

/// The legend over the bars where it fits on one line, else over the labels too; "n" over its column.
double draw_heads(Canvas& canvas, const StackedBars& plot, const Layout& layout, double top) {
  const std::vector<LegendKey> keys = keys_of(plot);
  const bool over_bars = layout.scale.from + legend_width(canvas, keys) <= layout.scale.to;
  if (layout.scale.to < canvas.width())
    canvas.text({canvas.width(), baseline_below(top, kTickFont)}, kN, kTickFont, HAlign::right);
  return draw_legend(canvas, keys, over_bars ? layout.scale.from : 0, layout.scale.to, top);
}

/// In grey print the ends of the diverging scale are alike, and so are its middle parts: a white line along the foot
/// tells the lower half.
void underline(Canvas& canvas, double from, double to, double center) {
  const double y = center + kBarHeight / 2 - kUnderline;
  canvas.line({from, y}, {to, y}, kSeparator, kWhite);
}

void draw_part(Canvas& canvas, const Quantity& q, Color fill, double from, double to, double center) {
  canvas.rect({from, center - kBarHeight / 2}, to - from, kBarHeight, fill);
  if (!number_fits(canvas, q, to - from)) return;
  canvas.text({(from + to) / 2, baseline_at(center, kValueFont)}, canvas.format().plain(q),
              in_color(kValueFont, text_color_on(fill)), HAlign::center);
}

void draw_bar(Canvas& canvas, const StackedBars::Bar& bar, const Layout& layout, double center) {
  const Scale& scale = layout.scale;
  double sum = 0;
  for (std::size_t i = 0; i < bar.parts.size(); ++i) {
    const double from = scale.at(sum);
    sum += bar.parts[i].estimate.value;
    const Quantity part = layout.whole_numbers ? without_decimals(bar.parts[i]) : bar.parts[i];
    draw_part(canvas, part, part_color(i, bar.parts.size()), from, scale.at(sum), center);
    if (is_lower_part(i, bar.parts.size())) underline(canvas, from, scale.at(sum), center);
    if (i > 0) canvas.line({from, center - kBarHeight / 2}, {from, center + kBarHeight / 2}, kSeparator, kWhite);
  }
}

}  // namespace

bool drawable(const StackedBars& plot) { return std::any_of(plot.bars.begin(), plot.bars.end(), complete); }

double draw_plot(Canvas& canvas, const StackedBars& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  double y = draw_heads(canvas, plot, layout, top);
  for (std::size_t i = 0; i < plot.bars.size(); ++i) {
    const double height = std::max(kRow, layout.labels.rows[i].height + 4);
    const double center = y + height / 2;
    draw_label(canvas, layout.labels.rows[i], center);
    if (complete(plot.bars[i]))
      draw_bar(canvas, plot.bars[i], layout, center);
    else
      draw_missing(canvas, layout.scale.from, layout.scale.to, center, false);
    canvas.text({canvas.width(), baseline_at(center, kTickFont)}, layout.counts[i], kTickFont, HAlign::right);
    y += height;
  }
  return y;
}

}  // namespace kaskad::reports
