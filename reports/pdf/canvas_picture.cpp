#include <array>

#include "reports/pdf/canvas.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr Color kWhite{255, 255, 255};
constexpr double kRingWidth = 0.22;  // Of the diameter.

double offset(HAlign align, double width) {
  if (align == HAlign::left) return 0;
  return align == HAlign::center ? width / 2 : width;
}

}  // namespace

void Canvas::disc(const MarkShape& mark) {
  const Point at = place(mark.at.x, mark.at.y);
  page_.circle(at.x, at.y, mark.size / 2 * origin_.scale, mark.color);
}

/// Its outer diameter is the mark's size; the inside is white, so that lines do not run through it.
void Canvas::ring(const MarkShape& mark) {
  const Point at = place(mark.at.x, mark.at.y);
  const double width = mark.size * kRingWidth;
  page_.circle(at.x, at.y, (mark.size - width) / 2 * origin_.scale, stroke(width, mark.color, false));
  page_.circle(at.x, at.y, (mark.size / 2 - width) * origin_.scale, kWhite);
}

void Canvas::square(const MarkShape& mark) {
  const double side = mark.size * 0.9;
  const Point at = place(mark.at.x - side / 2, mark.at.y - side / 2);
  page_.rect(at.x, at.y, side * origin_.scale, side * origin_.scale, mark.color);
}

void Canvas::diamond(const MarkShape& mark) {
  const double half = mark.size * 0.62;
  const auto& [x, y] = mark.at;
  page_.area(places({{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}}), mark.color);
}

void Canvas::draw(const TextShape& shape) {
  const Shaped& shaped = shaper_.shape(shaper_.face(shape.font), shape.text);
  text(shaped, shape.at.x - offset(shape.align, shaped.width), shape.at.y, shape.font.color);
}

void Canvas::draw(const LineShape& shape) {
  page_.path(places({shape.from, shape.to}), stroke(shape.width, shape.color, shape.dashed));
}

void Canvas::draw(const RectShape& shape) {
  const Point at = place(shape.at.x, shape.at.y);
  page_.rect(at.x, at.y, shape.width * origin_.scale, shape.height * origin_.scale, shape.fill);
}

void Canvas::draw(const PathShape& shape) {
  if (shape.points.empty()) return;
  if (shape.closed) {
    page_.area(places(shape.points), shape.color);
  } else {
    page_.path(places(shape.points), stroke(shape.width, shape.color, shape.dashed));
  }
}

void Canvas::draw(const MarkShape& shape) {
  constexpr std::array<void (Canvas::*)(const MarkShape&), 4> kMarks = {&Canvas::disc, &Canvas::ring, &Canvas::square,
                                                                        &Canvas::diamond};
  (this->*kMarks.at(std::size_t(shape.mark)))(shape);
}

void Canvas::paint(const Picture& picture) {
  for (const Shape& shape : picture.shapes) {
    std::visit([&](const auto& s) { draw(s); }, shape);
  }
}

}  // namespace kaskad::reports::pdf
