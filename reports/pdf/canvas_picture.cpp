#include <cairo.h>

#include <array>

#include "reports/pdf/canvas.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr std::array<double, 2> kDashes = {3, 2};
constexpr double kPi = 3.14159265358979323846;
constexpr double kRingWidth = 0.22;  // Of the diameter.

double offset(HAlign align, double width) {
  if (align == HAlign::left) return 0;
  return align == HAlign::center ? width / 2 : width;
}

void set_dashes(cairo_t* cairo, bool dashed) {
  cairo_set_dash(cairo, kDashes.data(), dashed ? int(kDashes.size()) : 0, 0);
}

void disc(cairo_t* cairo, const MarkShape& mark) {
  cairo_arc(cairo, mark.at.x, mark.at.y, mark.size / 2, 0, 2 * kPi);
  cairo_fill(cairo);
}

/// Its outer diameter is the mark's size; the inside is white, so that lines do not run through it.
void ring(cairo_t* cairo, const MarkShape& mark) {
  const double width = mark.size * kRingWidth;
  cairo_arc(cairo, mark.at.x, mark.at.y, (mark.size - width) / 2, 0, 2 * kPi);
  cairo_set_line_width(cairo, width);
  cairo_stroke_preserve(cairo);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_new_path(cairo);
  cairo_arc(cairo, mark.at.x, mark.at.y, mark.size / 2 - width, 0, 2 * kPi);
  cairo_fill(cairo);
}

void square(cairo_t* cairo, const MarkShape& mark) {
  const double side = mark.size * 0.9;
  cairo_rectangle(cairo, mark.at.x - side / 2, mark.at.y - side / 2, side, side);
  cairo_fill(cairo);
}

void diamond(cairo_t* cairo, const MarkShape& mark) {
  const double half = mark.size * 0.62;
  cairo_move_to(cairo, mark.at.x, mark.at.y - half);
  cairo_line_to(cairo, mark.at.x + half, mark.at.y);
  cairo_line_to(cairo, mark.at.x, mark.at.y + half);
  cairo_line_to(cairo, mark.at.x - half, mark.at.y);
  cairo_close_path(cairo);
  cairo_fill(cairo);
}

/// In the order of Mark.
constexpr std::array<void (*)(cairo_t*, const MarkShape&), 4> kMarks = {disc, ring, square, diamond};

}  // namespace

void Canvas::draw(const TextShape& shape) {
  const Shaped& shaped = shaper_.shape(shaper_.face(shape.font), shape.text);
  text(shaped, shape.at.x - offset(shape.align, shaped.width), shape.at.y, shape.font.color);
}

void Canvas::draw(const LineShape& shape) {
  flush();
  set(shape.color);
  set_dashes(cairo_, shape.dashed);
  cairo_set_line_width(cairo_, shape.width);
  cairo_move_to(cairo_, shape.from.x, shape.from.y);
  cairo_line_to(cairo_, shape.to.x, shape.to.y);
  cairo_stroke(cairo_);
}

void Canvas::draw(const RectShape& shape) {
  flush();
  set(shape.fill);
  cairo_rectangle(cairo_, shape.at.x, shape.at.y, shape.width, shape.height);
  cairo_fill(cairo_);
}

void Canvas::draw(const PathShape& shape) {
  if (shape.points.empty()) return;
  flush();
  set(shape.color);
  for (const Point& point : shape.points) cairo_line_to(cairo_, point.x, point.y);
  if (shape.closed) {
    cairo_close_path(cairo_);
    cairo_fill(cairo_);
    return;
  }
  set_dashes(cairo_, shape.dashed);
  cairo_set_line_width(cairo_, shape.width);
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke(cairo_);
}

void Canvas::draw(const MarkShape& shape) {
  flush();
  set(shape.color);
  set_dashes(cairo_, false);
  kMarks.at(std::size_t(shape.mark))(cairo_, shape);
}

void Canvas::paint(const Picture& picture, double x, double y, double scale) {
  cairo_save(cairo_);
  cairo_translate(cairo_, x, y);
  cairo_scale(cairo_, scale, scale);
  for (const Shape& shape : picture.shapes) {
    std::visit([&](const auto& s) { draw(s); }, shape);
  }
  flush();
  cairo_restore(cairo_);
}

}  // namespace kaskad::reports::pdf
