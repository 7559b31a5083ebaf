#include "reports/charts/label_placer.hpp"

#include <algorithm>
#include <array>

namespace kaskad::reports {
namespace {

constexpr Font kPlacedFont{Family::sans, 8, false, false, kInk};

}  // namespace

Box around(Point at, double size) { return {at.x - size / 2, at.y - size / 2, at.x + size / 2, at.y + size / 2}; }

void LabelPlacer::block_line(Point from, Point to) {
  constexpr int kSteps = 100;
  for (int i = 0; i <= kSteps; ++i) {
    const double share = static_cast<double>(i) / kSteps;
    block(around({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share}, 2));
  }
}

bool LabelPlacer::place(const std::string& label, Point at, double size) {
  const double away = size / 2 + 2, below = kPlacedFont.size * 0.85;
  const std::array<TextShape, 4> places = {{
      {{at.x + away, baseline_at(at.y, kPlacedFont)}, label, kPlacedFont, HAlign::left},
      {{at.x - away, baseline_at(at.y, kPlacedFont)}, label, kPlacedFont, HAlign::right},
      {{at.x, at.y - away - 1}, label, kPlacedFont, HAlign::center},
      {{at.x, at.y + away + below}, label, kPlacedFont, HAlign::center},
  }};
  return std::any_of(places.begin(), places.end(), [this](const TextShape& place) { return try_place(place); });
}

bool LabelPlacer::try_place(const TextShape& place) {
  const Box box = text_box(place, canvas_.measure());
  const bool inside =
      box.left >= area_.left && box.right <= area_.right && box.top >= area_.top && box.bottom <= area_.bottom;
  const bool free =
      std::none_of(taken_.begin(), taken_.end(), [&box](const Box& other) { return overlap(box, other); });
  if (!inside || !free) return false;
  canvas_.text(place.at, place.text, place.font, place.align);
  block(box);
  return true;
}

}  // namespace kaskad::reports
