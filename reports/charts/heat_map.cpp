// Numbers in a grid on grounds as dark as they are high; a key of the colours under it.
#include <algorithm>
#include <array>
#include <cmath>

#include "reports/charts/kinds.hpp"
#include "reports/charts/lines.hpp"
#include "reports/charts/rows.hpp"

namespace kaskad::reports {
namespace {

constexpr double kRow = 17;
constexpr double kCountRow = 25;  // With n under the number.
constexpr double kSeparator = 1;
constexpr double kGap = 8;
constexpr double kLabelsShare = 0.34;
constexpr double kInsideMargin = 2;
constexpr double kUnderline = 1.9;  // Above the foot of a cell.
constexpr double kKeyWidth = 110, kKeyHeight = 8;
constexpr int kKeySteps = 22;
constexpr std::array<double, 4> kSizes = {8, 7, 6.5, 6};
constexpr double kCountSize = 6.5;
const char* const kNone = "—";

/// Values to colours: light to dark, or dark through light to dark about the middle.
struct Shades {
  double lo = 0, hi = 1;
  std::optional<double> middle;

  double share(double value) const { return hi > lo ? (value - lo) / (hi - lo) : 0.5; }
  bool is_lower(double value) const { return middle && value < *middle; }
  Color at(double value) const { return middle ? diverging_shade(share(value)) : sequential_shade(share(value)); }
};

struct Layout {
  RowLabels labels;
  std::size_t columns = 0;
  double left = 0, cell = 0;
  Shades shades;
  Font font{};          // Of the numbers.
  bool numbers = true;  // False when cells are too narrow for any type: then the colours stand alone.
  bool counts = false;
};

const Quantity* cell_at(const HeatMap& plot, std::size_t row, std::size_t column) {
  const std::vector<Quantity>& cells = plot.rows[row].cells;
  return column < cells.size() && cells[column].estimate.defined() ? &cells[column] : nullptr;
}

bool row_defined(const HeatMap::Row& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const Quantity& q) { return q.estimate.defined(); });
}

std::size_t columns_of(const HeatMap& plot) {
  std::size_t columns = plot.columns.size();
  for (const HeatMap::Row& row : plot.rows) columns = std::max(columns, row.cells.size());
  return columns;
}

/// Values only: intervals are not drawn. About a middle, both ends are as far from it.
Shades shades_of(const HeatMap& plot) {
  Range range;
  for (const HeatMap::Row& row : plot.rows)
    for (const Quantity& q : row.cells)
      if (q.estimate.defined()) range.add(q.estimate.value);
  if (!plot.middle) return {range.lo, range.hi, std::nullopt};
  const double far = std::max(std::abs(range.lo - *plot.middle), std::abs(range.hi - *plot.middle));
  return {*plot.middle - far, *plot.middle + far, plot.middle};
}

Font cell_font(double size) { return {Family::sans, size, false, false, kInk}; }

double widest_number(const Canvas& canvas, const HeatMap& plot, const Font& font) {
  double widest = 0;
  for (const HeatMap::Row& row : plot.rows)
    for (const Quantity& q : row.cells) widest = std::max(widest, canvas.width_of(canvas.number(q, font), font));
  return widest;
}

double widest_count(const Canvas& canvas, const HeatMap& plot) {
  double widest = 0;
  for (const HeatMap::Row& row : plot.rows)
    for (const Quantity& q : row.cells)
      if (q.estimate.n > 0)
        widest = std::max(widest, canvas.width_of(canvas.format().count(q.estimate.n), cell_font(kCountSize)));
  return widest;
}

void choose_type(const Canvas& canvas, const HeatMap& plot, Layout& layout) {
  const double room = layout.cell - kSeparator - 2 * kInsideMargin;
  const auto fits = [&](double size) { return widest_number(canvas, plot, cell_font(size)) <= room; };
  const auto size = std::find_if(kSizes.begin(), kSizes.end(), fits);
  layout.numbers = size != kSizes.end();
  layout.font = cell_font(layout.numbers ? *size : kSizes.back());
  const double counts = plot.with_counts && layout.numbers ? widest_count(canvas, plot) : 0;
  layout.counts = counts > 0 && counts <= room;
}

Layout lay_out(const Canvas& canvas, const HeatMap& plot) {
  Layout layout;
  std::vector<RowText> texts;
  for (const HeatMap::Row& row : plot.rows) texts.push_back({row.label, ""});
  layout.labels = lay_out_labels(canvas, texts, kLabelsShare);
  layout.columns = columns_of(plot);
  layout.left = layout.labels.width > 0 ? layout.labels.width + kGap : 0;
  layout.cell = (canvas.width() - layout.left) / static_cast<double>(layout.columns);
  layout.shades = shades_of(plot);
  choose_type(canvas, plot, layout);
  return layout;
}

double draw_heads(Canvas& canvas, const HeatMap& plot, const Layout& layout, double top) {
  if (plot.columns.empty()) return top;
  LineArea area{{}, {}, layout.left, canvas.width()};
  for (std::size_t i = 0; i < plot.columns.size(); ++i)
    area.x.push_back(layout.left + layout.cell * (static_cast<double>(i) + 0.5));
  return draw_point_labels(canvas, plot.columns, area, top, layout.left, canvas.width()) + 2;
}

void draw_cell_text(Canvas& canvas, const Layout& layout, const Quantity& q, Color fill, double x, double center) {
  if (!layout.numbers) return;
  const Color color = text_color_on(fill);
  const double up = layout.counts ? kCountSize * kLeading / 2 : 0;
  canvas.text({x, baseline_at(center - up, layout.font)}, canvas.number(q, layout.font), in_color(layout.font, color),
              HAlign::center);
  if (!layout.counts || q.estimate.n <= 0) return;
  const Font small = in_color(cell_font(kCountSize), color);
  canvas.text({x, baseline_at(center + layout.font.size * kLeading / 2, small)}, canvas.format().count(q.estimate.n),
              small, HAlign::center);
}

void draw_missing(Canvas& canvas, const Layout& layout, double left, double center) {
  if (layout.cell < canvas.width_of(kNone, kTickFont)) return;
  canvas.text({left + layout.cell / 2, baseline_at(center, kTickFont)}, kNone, kTickFont, HAlign::center);
}

void draw_cell(Canvas& canvas, const Layout& layout, const Quantity& q, double left, double top, double height) {
  const Color fill = layout.shades.at(q.estimate.value);
  const double width = layout.cell - kSeparator;
  canvas.rect({left, top}, width, height - kSeparator, fill);
  if (layout.shades.is_lower(q.estimate.value)) {
    const double y = top + height - kSeparator - kUnderline;
    canvas.line({left, y}, {left + width, y}, 1, text_color_on(fill) == kWhite ? kWhite : mix(fill, kInk, 0.45));
  }
  draw_cell_text(canvas, layout, q, fill, left + width / 2, top + (height - kSeparator) / 2);
}

double draw_row(Canvas& canvas, const HeatMap& plot, const Layout& layout, std::size_t i, double top) {
  const double height = std::max(layout.counts ? kCountRow : kRow, layout.labels.rows[i].height + 4);
  draw_label(canvas, layout.labels.rows[i], top + height / 2);
  for (std::size_t column = 0; column < layout.columns; ++column) {
    const double left = layout.left + layout.cell * static_cast<double>(column);
    if (const Quantity* q = cell_at(plot, i, column))
      draw_cell(canvas, layout, *q, left, top, height);
    else
      draw_missing(canvas, layout, left, top + height / 2);
  }
  return top + height;
}

bool any_missing(const HeatMap& plot, std::size_t columns) {
  return std::any_of(plot.rows.begin(), plot.rows.end(), [columns](const HeatMap::Row& row) {
    return row.cells.size() < columns ||
           !std::all_of(row.cells.begin(), row.cells.end(), [](const Quantity& q) { return q.estimate.defined(); });
  });
}

void draw_shades(Canvas& canvas, const Shades& shades, double left, double top, double width) {
  const double step = width / kKeySteps;
  for (int i = 0; i < kKeySteps; ++i) {
    const double value = shades.lo + (shades.hi - shades.lo) * (i + 0.5) / kKeySteps;
    canvas.rect({left + step * i, top}, step, kKeyHeight, shades.at(value));
  }
  if (shades.middle)
    canvas.line({left, top + kKeyHeight - kUnderline}, {left + width / 2, top + kKeyHeight - kUnderline}, 1, kWhite);
}

std::string end_text(const Canvas& canvas, const Quantity& sample, double value) {
  const Quantity end{exactly(value, 0), sample.unit, sample.decimals, sample.is_difference && value != 0};
  return canvas.number(end, kTickFont);
}

const Quantity& sample_of(const HeatMap& plot) {
  const auto row = std::find_if(plot.rows.begin(), plot.rows.end(), row_defined);
  return *std::find_if(row->cells.begin(), row->cells.end(), [](const Quantity& q) { return q.estimate.defined(); });
}

/// "1,2 ▯▯▯▮▮▮ 98,7  Доля, %   — нет данных": the scale's name and the sign of missing cells on lines of their own
/// where they do not fit beside it.
double draw_key(Canvas& canvas, const HeatMap& plot, const Layout& layout, double top) {
  const Shades& shades = layout.shades;
  const std::string lo = end_text(canvas, sample_of(plot), shades.lo),
                    hi = end_text(canvas, sample_of(plot), shades.hi);
  const double center = top + line_height(kTickFont) / 2;
  const double baseline = baseline_at(center, kTickFont);
  double x = canvas.width_of(lo, kTickFont) + 4;
  const double width = std::min(kKeyWidth, canvas.width() - x - canvas.width_of(hi, kTickFont) - 4);
  canvas.text({0, baseline}, lo, kTickFont);
  draw_shades(canvas, shades, x, center - kKeyHeight / 2, width);
  canvas.text({x + width + 4, baseline}, hi, kTickFont);
  x += width + 4 + canvas.width_of(hi, kTickFont) + 2 * kGap;
  double bottom = top + line_height(kTickFont);
  std::vector<std::string> texts = {plot.scale_label};
  if (any_missing(plot, layout.columns)) texts.push_back(std::string(kNone) + "\u00A0" + canvas.missing_text());
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    const bool beside =
        bottom == top + line_height(kTickFont) && x + canvas.width_of(text, kTickFont) <= canvas.width();
    if (beside) canvas.text({x, baseline}, text, kTickFont);
    x += canvas.width_of(text, kTickFont) + 2 * kGap;
    if (!beside)
      bottom = canvas.lines(0, bottom, wrap(text, kTickFont, canvas.width(), canvas.measure()).lines, kTickFont);
  }
  return bottom;
}

}  // namespace

bool drawable(const HeatMap& plot) { return std::any_of(plot.rows.begin(), plot.rows.end(), row_defined); }

double draw_plot(Canvas& canvas, const HeatMap& plot, double top) {
  const Layout layout = lay_out(canvas, plot);
  double y = draw_heads(canvas, plot, layout, top);
  for (std::size_t i = 0; i < plot.rows.size(); ++i) y = draw_row(canvas, plot, layout, i, y);
  return draw_key(canvas, plot, layout, y + kGap);
}

}  // namespace kaskad::reports
