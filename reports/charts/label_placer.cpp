#include "reports/charts/label_placer.hpp"

#include <algorithm>
#include <array>

namespace kaskad::reports {
namespace {

constexpr Font kPlacedFont{Family::sans, 8, false, false, kInk};

/// Right, left, above and below first, then the corners.
std::array<TextShape, 8> places_beside(const std::string& label, Point at, double size) {
  const double away = size / 2 + 2, below = kPlacedFont.size * 0.85, near = size / 2 + 0.5;
  const double middle = baseline_at(at.y, kPlacedFont), over = at.y - away - 1, under = at.y + away + below;
  return {{
      {{at.x + away, middle}, label, kPlacedFont, HAlign::left},
      {{at.x - away, middle}, label, kPlacedFont, HAlign::right},
      {{at.x, over}, label, kPlacedFont, HAlign::center},
      {{at.x, under}, label, kPlacedFont, HAlign::center},
      {{at.x + near, over + 1}, label, kPlacedFont, HAlign::left},
      {{at.x + near, under - 1}, label, kPlacedFont, HAlign::left},
      {{at.x - near, over + 1}, label, kPlacedFont, HAlign::right},
      {{at.x - near, under - 1}, label, kPlacedFont, HAlign::right},
  }};
}

}  // namespace

Box around(Point at, double size) { return {at.x - size / 2, at.y - size / 2, at.x + size / 2, at.y + size / 2}; }

void LabelPlacer::block_line(Point from, Point to) {
  constexpr int kSteps = 100;
  for (int i = 0; i <= kSteps; ++i) {
    const double share = static_cast<double>(i) / kSteps;
    block(around({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share}, 2));
  }
}

bool LabelPlacer::free(const Box& box) const {
  return std::none_of(taken_.begin(), taken_.end(), [&box](const Box& other) { return overlap(box, other); });
}

bool LabelPlacer::place(const std::string& label, Point at, double size) {
  const auto places = places_beside(label, at, size);
  return std::any_of(places.begin(), places.end(), [this](const TextShape& place) { return try_place(place, false); });
}

bool LabelPlacer::place_over(const std::string& label, Point at, double size) {
  if (place(label, at, size)) return true;
  const auto places = places_beside(label, at, size);
  return std::any_of(places.begin(), places.end(), [this](const TextShape& place) { return try_place(place, true); });
}

bool LabelPlacer::try_place(const TextShape& place, bool over) {
  const Box box = text_box(place, canvas_.measure());
  const bool inside =
      box.left >= area_.left && box.right <= area_.right && box.top >= area_.top && box.bottom <= area_.bottom;
  const auto covers = [&box](const Box& other) { return overlap(box, other); };
  const bool shaded = std::any_of(shaded_.begin(), shaded_.end(), covers);
  if (!inside || !free(box) || (shaded && !over)) return false;
  if (shaded) canvas_.rect({box.left - 1, box.top}, box.right - box.left + 2, box.bottom - box.top, kWhite);
  canvas_.text(place.at, place.text, place.font, place.align);
  block(box);
  return true;
}

}  // namespace kaskad::reports
