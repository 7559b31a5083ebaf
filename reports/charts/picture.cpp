#include "reports/charts/picture.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace kaskad::reports {
namespace {

/// One decimal, never "-0.0".
std::string tenth(double value) { return fmt::format("{:.1f}", std::round(value * 10) / 10 + 0.0); }
std::string point(Point p) { return tenth(p.x) + "," + tenth(p.y); }
std::string hex(Color c) { return fmt::format("#{:02X}{:02X}{:02X}", c.r, c.g, c.b); }

std::string font(const Font& f) {
  return fmt::format("{} {}{}{} {}", f.family == Family::serif ? "serif" : "sans", tenth(f.size), f.bold ? " bold" : "",
                     f.italic ? " italic" : "", hex(f.color));
}

constexpr std::array<std::string_view, 3> kAligns = {"left", "center", "right"};
constexpr std::array<std::string_view, 4> kMarks = {"disc", "ring", "square", "diamond"};

std::string_view dashes(bool dashed) { return dashed ? " dashed" : ""; }

std::string row(const TextShape& s) {
  return fmt::format("text {} {} {} \"{}\"", point(s.at), kAligns.at(static_cast<std::size_t>(s.align)), font(s.font),
                     s.text);
}
std::string row(const LineShape& s) {
  return fmt::format("line {} {} width {} {}{}", point(s.from), point(s.to), tenth(s.width), hex(s.color),
                     dashes(s.dashed));
}
std::string row(const RectShape& s) {
  return fmt::format("rect {} {}x{} {}", point(s.at), tenth(s.width), tenth(s.height), hex(s.fill));
}
std::string row(const PathShape& s) {
  std::string text = s.closed ? "area" : "path";
  for (const Point& p : s.points) text += " " + point(p);
  if (!s.closed) text += " width " + tenth(s.width);
  return fmt::format("{} {}{}", text, hex(s.color), dashes(s.dashed));
}
std::string row(const MarkShape& s) {
  return fmt::format("{} {} size {} {}", kMarks.at(static_cast<std::size_t>(s.mark)), point(s.at), tenth(s.size),
                     hex(s.color));
}

}  // namespace

std::string dump(const Picture& picture) {
  std::string text = fmt::format("picture {}x{}\n", tenth(picture.width), tenth(picture.height));
  for (const Shape& shape : picture.shapes) text += std::visit([](const auto& s) { return row(s); }, shape) + "\n";
  return text;
}

}  // namespace kaskad::reports
