// A picture as a value: shapes in points (1/72 inch), origin at the top left, y downwards. Renderers paint it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kaskad::reports {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0;
  friend bool operator==(const Color&, const Color&) = default;
};

enum class Family : std::uint8_t { serif, sans };
struct Font {
  Family family = Family::sans;
  double size = 9;  ///< Points.
  bool bold = false;
  bool italic = false;
  Color color{};
};

struct Point {
  double x = 0, y = 0;
};
enum class HAlign : std::uint8_t { left, center, right };
/// `at` is on the baseline.
struct TextShape {
  Point at;
  std::string text;
  Font font;
  HAlign align = HAlign::left;
};
struct LineShape {
  Point from, to;
  double width = 0.5;
  Color color{};
  bool dashed = false;
};
struct RectShape {
  Point at;
  double width = 0, height = 0;
  Color fill{};
};
/// Open when `closed` is false: then stroked with `width`; closed ones are filled.
struct PathShape {
  std::vector<Point> points;
  bool closed = false;
  double width = 1;
  Color color{};
  bool dashed = false;
};
enum class Mark : std::uint8_t { disc, ring, square, diamond };
struct MarkShape {
  Point at;
  Mark mark = Mark::disc;
  double size = 5;  ///< Diameter.
  Color color{};
};
using Shape = std::variant<TextShape, LineShape, RectShape, PathShape, MarkShape>;

struct Picture {
  double width = 0, height = 0;
  std::vector<Shape> shapes;
};

/// Width of a text in points in a font, given by the renderer, so that charts know no font library.
using MeasureText = std::function<double(std::string_view, const Font&)>;

/// One line a shape, coordinates with one decimal: for golden tests.
std::string dump(const Picture& picture);

}  // namespace kaskad::reports
