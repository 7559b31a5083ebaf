// What the drawing functions of all kinds share: a picture in the making, the way to measure text, and the number
// format.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/axis.hpp"
#include "reports/charts/palette.hpp"
#include "reports/charts/picture.hpp"
#include "reports/charts/typeset.hpp"

namespace kaskad::reports {

class Canvas {
 public:
  Canvas(double width, const NumberFormat& format, const MeasureText& measure, const std::string& missing_text)
      : format_(format), measure_(measure), missing_text_(missing_text) {
    picture_.width = width;
  }

  double width() const { return picture_.width; }
  const NumberFormat& format() const { return format_; }
  const MeasureText& measure() const { return measure_; }
  const std::string& missing_text() const { return missing_text_; }
  double width_of(std::string_view text, const Font& font) const { return measure_(text, font); }
  double widest(const std::vector<std::string>& texts, const Font& font) const;

  /// The value's number, or its short form when it would take more than a fifth of the picture: a number is never cut.
  std::string number(const Quantity& q, const Font& font) const;
  /// The same with its unit, if there is room for it.
  std::string number_with_unit(const Quantity& q, const Font& font) const;

  void text(Point at, std::string text, const Font& font, HAlign align = HAlign::left);
  /// Lines one under the other from `top`; returns the bottom.
  double lines(double x, double top, const std::vector<std::string>& lines, const Font& font,
               HAlign align = HAlign::left);
  void line(Point from, Point to, double width, Color color, bool dashed = false);
  void rect(Point at, double width, double height, Color fill);
  void polyline(std::vector<Point> points, double width, Color color, bool dashed);
  void area(std::vector<Point> points, Color fill);
  /// Rings are white inside, so that lines do not show through.
  void mark(Point at, const Style& style, double size);
  /// An interval as a line with short caps, between two points on one vertical or horizontal line.
  void whisker(Point from, Point to, double width, Color color);

  Picture finish(double height) &&;

 private:
  const NumberFormat& format_;
  const MeasureText& measure_;
  const std::string& missing_text_;
  Picture picture_;
};

}  // namespace kaskad::reports
