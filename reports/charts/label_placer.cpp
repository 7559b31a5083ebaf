#include "reports/charts/label_placer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaskad::reports {
namespace {

constexpr Font kPlacedFont{Family::sans, 8, false, false, kInk};
constexpr double kNearest = 4, kFarthest = 48, kStep = 2;  // Points from a mark to a label that a line leads to.

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

/// Above and below, then at the sides, so far from the mark.
std::array<TextShape, 8> places_away(const std::string& label, Point at, double away) {
  const double over = at.y - away, under = at.y + away + kPlacedFont.size * 0.85;
  const double middle = baseline_at(at.y, kPlacedFont);
  return {{
      {{at.x, over}, label, kPlacedFont, HAlign::center},
      {{at.x, over}, label, kPlacedFont, HAlign::left},
      {{at.x, over}, label, kPlacedFont, HAlign::right},
      {{at.x, under}, label, kPlacedFont, HAlign::center},
      {{at.x, under}, label, kPlacedFont, HAlign::left},
      {{at.x, under}, label, kPlacedFont, HAlign::right},
      {{at.x + away, middle}, label, kPlacedFont, HAlign::left},
      {{at.x - away, middle}, label, kPlacedFont, HAlign::right},
  }};
}

}  // namespace

Box around(Point at, double size) { return {at.x - size / 2, at.y - size / 2, at.x + size / 2, at.y + size / 2}; }

std::vector<Box> along(Point from, Point to) {
  const int steps = std::max(1, static_cast<int>(std::hypot(to.x - from.x, to.y - from.y)));
  std::vector<Box> boxes;
  for (int i = 0; i <= steps; ++i) {
    const double share = static_cast<double>(i) / steps;
    boxes.push_back(around({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share}, 2));
  }
  return boxes;
}

void LabelPlacer::block_line(Point from, Point to) {
  for (const Box& box : along(from, to)) block(box);
}

void LabelPlacer::shade_line(Point from, Point to) {
  for (const Box& box : along(from, to)) shade(box);
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
  for (double away = kNearest; away <= kFarthest; away += kStep) {
    for (const TextShape& place : places_away(label, at, size / 2 + away)) {
      if (!try_place(place, false)) continue;
      lead_to(text_box(place, canvas_.measure()), at, size);
      return true;
    }
  }
  const auto places = places_beside(label, at, size);
  return std::any_of(places.begin(), places.end(), [this](const TextShape& place) { return try_place(place, true); });
}

/// A thin line from the mark to the nearest place of the label.
void LabelPlacer::lead_to(const Box& label, Point at, double size) {
  const Point end{std::clamp(at.x, label.left, label.right), std::clamp(at.y, label.top, label.bottom)};
  const double length = std::hypot(end.x - at.x, end.y - at.y), skipped = size / 2 / std::max(length, size);
  const Point start{at.x + (end.x - at.x) * skipped, at.y + (end.y - at.y) * skipped};
  canvas_.line(start, end, 0.5, kAxis);
  block_line(start, end);
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
