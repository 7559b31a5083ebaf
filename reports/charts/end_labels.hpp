// Labels at the right end of lines instead of a legend: the last value in bold, then the name, pushed apart.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/canvas.hpp"

namespace kaskad::reports {

struct EndLabel {
  std::string value;  ///< May be empty.
  std::string name;
  Color color;
  Point anchor;  ///< The end of the line; not used for a label without one.
  bool anchored = true;
  bool leader = true;  ///< False: the label stands at the anchor's height, but does not name the end of its line.
};

struct EndLabels {
  std::vector<EndLabel> labels;
  std::vector<std::vector<std::string>> names;  ///< Wrapped.
  double value_width = 0;
  double width = 0;   ///< All, with the room for leaders.
  double height = 0;  ///< Of all labels one under the other.
};
/// Names wrapped so that all takes at most `most` points, or up to half of the picture where a word would be cut.
EndLabels lay_out_end_labels(const Canvas& canvas, std::vector<EndLabel> labels, double most);
/// From `left`, between `top` and `bottom` (their distance must be at least the height). Thin leaders lead to labels
/// that had to move or whose line ends earlier. Labels without a line stand at the bottom.
void draw_end_labels(Canvas& canvas, const EndLabels& labels, double left, double top, double bottom);

}  // namespace kaskad::reports
