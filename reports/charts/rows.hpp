// What charts of rows share: the column of labels at the left, the legend line, and a value axis under the rows.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/canvas.hpp"

namespace kaskad::reports {

struct RowText {
  std::string label;
  std::string note;  ///< In grey under the label; may be empty.
};
struct RowLabel {
  std::vector<std::string> lines, note_lines;
  double height = 0;
};
struct RowLabels {
  std::vector<RowLabel> rows;
  double width = 0;  ///< Of the widest line.
};
inline constexpr double kRowLabelShare = 0.4;
/// Wrapped to `share` of the picture, at most four lines and two of the note.
RowLabels lay_out_labels(const Canvas& canvas, const std::vector<RowText>& texts, double share = kRowLabelShare);
/// Where a plot begins beside its labels; room for half a mark where there are none.
double plot_left(const RowLabels& labels, double gap);
void draw_label(Canvas& canvas, const RowLabel& label, double center);

/// The text for no data from `from` on, cut at `to`; on white where lines run through the row.
void draw_missing(Canvas& canvas, double from, double to, double center, bool on_white = true);

/// A key of the legend: a mark with its line, or a filled swatch.
struct LegendKey {
  Style style;
  bool swatch = false;  ///< Filled with the colour; `style.dashed` gives it the white line of lower parts.
  std::string label;
  bool bare = false;  ///< A mark without a line: points that no line joins.
};
/// Keys side by side from `left`, on as many lines as they need up to `right`; returns the bottom, gap included.
double draw_legend(Canvas& canvas, const std::vector<LegendKey>& keys, double left, double right, double top);
/// Width of the keys on one line.
double legend_width(const Canvas& canvas, const std::vector<LegendKey>& keys);

/// Ticks as many as `from`–`to` has room for.
Ticks horizontal_ticks(const Canvas& canvas, const Range& range, const Unit& unit, bool from_zero, bool with_sign,
                       double width);
/// A place on a horizontal axis, in points, and what stands there.
struct AxisTick {
  double x = 0;
  std::string text;
};
/// The axis line from `from` to `to` with short tick marks and labels under `top`; a label that would touch its
/// neighbour is left out. Returns the bottom.
double draw_axis_line(Canvas& canvas, const std::vector<AxisTick>& ticks, double from, double to, double top);
/// Short tick marks and labels under `top`; a label that would touch its neighbour is left out. Returns the bottom.
double draw_horizontal_axis(Canvas& canvas, const Ticks& ticks, const Scale& scale, bool with_sign, double top);

}  // namespace kaskad::reports
