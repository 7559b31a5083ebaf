#include "reports/charts/canvas.hpp"

#include <algorithm>
#include <utility>

namespace kaskad::reports {
namespace {

constexpr double kMostNumberShare = 0.2;

}  // namespace

double Canvas::widest(const std::vector<std::string>& texts, const Font& font) const {
  double widest = 0;
  for (const std::string& text : texts) widest = std::max(widest, width_of(text, font));
  return widest;
}

std::string Canvas::number(const Quantity& q, const Font& font) const {
  std::string text = format_.plain(q);
  return width_of(text, font) <= kMostNumberShare * width() ? text : short_number(q, format_);
}

std::string Canvas::number_with_unit(const Quantity& q, const Font& font) const {
  std::string text = format_.with_unit(q);
  return width_of(text, font) <= kMostNumberShare * width() ? text : number(q, font);
}

void Canvas::text(Point at, std::string text, const Font& font, HAlign align) {
  if (!text.empty()) picture_.shapes.emplace_back(TextShape{at, std::move(text), font, align});
}

double Canvas::lines(double x, double top, const std::vector<std::string>& lines, const Font& font, HAlign align) {
  for (const std::string& line : lines) {
    text({x, baseline_below(top, font)}, line, font, align);
    top += line_height(font);
  }
  return top;
}

void Canvas::line(Point from, Point to, double width, Color color, bool dashed) {
  picture_.shapes.emplace_back(LineShape{from, to, width, color, dashed});
}

void Canvas::rect(Point at, double width, double height, Color fill) {
  picture_.shapes.emplace_back(RectShape{at, width, height, fill});
}

void Canvas::polyline(std::vector<Point> points, double width, Color color, bool dashed) {
  picture_.shapes.emplace_back(PathShape{std::move(points), false, width, color, dashed});
}

void Canvas::area(std::vector<Point> points, Color fill) {
  picture_.shapes.emplace_back(PathShape{std::move(points), true, 0, fill, false});
}

void Canvas::mark(Point at, const Style& style, double size) {
  if (style.mark == Mark::ring) picture_.shapes.emplace_back(MarkShape{at, Mark::disc, size, kWhite});
  picture_.shapes.emplace_back(MarkShape{at, style.mark, size, style.color});
}

void Canvas::whisker(Point from, Point to, double width, Color color) {
  constexpr double kCap = 1.8;
  const bool vertical = from.x == to.x;
  const Point cap = vertical ? Point{kCap, 0} : Point{0, kCap};
  line(from, to, width, color);
  for (const Point end : {from, to}) line({end.x - cap.x, end.y - cap.y}, {end.x + cap.x, end.y + cap.y}, width, color);
}

Picture Canvas::finish(double height) && {
  picture_.height = height;
  return std::move(picture_);
}

}  // namespace kaskad::reports
