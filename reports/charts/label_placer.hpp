// Labels beside marks, drawn only where they cover nothing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/charts/canvas.hpp"

namespace kaskad::reports {

Box around(Point at, double size);
/// Boxes of two points that cover a line.
std::vector<Box> along(Point from, Point to);

/// Places labels beside their marks, in the order of the calls. What is blocked before stays free of labels; what is
/// shaded before stays free of them but for those that must stand.
class LabelPlacer {
 public:
  /// Labels stand inside `area`.
  LabelPlacer(Canvas& canvas, Box area) : canvas_(canvas), area_(area) {}
  void block(const Box& box) { taken_.push_back(box); }
  void shade(const Box& box) { shaded_.push_back(box); }
  void block_line(Point from, Point to);
  void shade_line(Point from, Point to);
  /// Beside a mark of the given size; false when there is no free place.
  bool place(const std::string& label, Point at, double size);
  /// The same, if need be a little away from the mark with a line that leads to it, or at last on white over what is
  /// only shaded.
  bool place_over(const std::string& label, Point at, double size);

 private:
  bool free(const Box& box) const;
  bool try_place(const TextShape& place, bool over);
  void lead_to(const Box& label, Point at, double size);

  Canvas& canvas_;
  Box area_;
  std::vector<Box> taken_, shaded_;
};

}  // namespace kaskad::reports
