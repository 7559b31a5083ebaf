#include "reports/pdf/content.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "reports/pdf/pdf_text.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kSteps = 100;              // In a point: finer places are not seen.
constexpr double kSameLine = 0.005;         // Points.
constexpr double kFarthest = 20;            // Sizes of type that a number between glyphs may bridge.
constexpr double kUnseen = 1.5;             // Thousandths of the size; they do not add up.
constexpr double kBezierOfCircle = 0.5523;  // Handle of a quarter circle: 4/3 (√2 − 1).

double rounded(double value) { return std::round(value * kSteps) / kSteps; }

void put_whole(std::string& out, std::int64_t value) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

/// Two decimals at most, without needless zeros.
void put(std::string& out, double value) {
  std::int64_t steps = std::llround(value * kSteps);
  if (steps < 0) {
    out += '-';
    steps = -steps;
  }
  const auto tail = int(steps % 100);
  if (steps >= 100 || tail == 0) put_whole(out, steps / 100);
  if (tail == 0) return;
  out += '.';
  out += char('0' + tail / 10);
  if (tail % 10 != 0) out += char('0' + tail % 10);
}

template <class... Numbers>
void put_all(std::string& out, std::string_view operation, Numbers... numbers) {
  ((put(out, numbers), out += ' '), ...);
  out += operation;
  out += '\n';
}

/// Shares of full light with three decimals.
void put_color(std::string& out, const Color& color, bool is_fill) {
  const auto part = [&](std::uint8_t value) {
    const int thousandths = (value * 1000 + 127) / 255;
    if (thousandths >= 1000) {
      out += "1 ";
    } else {
      out += '.';
      for (const int digit : {thousandths / 100, thousandths / 10 % 10, thousandths % 10}) out += char('0' + digit);
      out += ' ';
    }
  };
  part(color.r);
  if (color.r == color.g && color.g == color.b) {
    out += is_fill ? "g\n" : "G\n";
    return;
  }
  part(color.g);
  part(color.b);
  out += is_fill ? "rg\n" : "RG\n";
}

/// A letter of a string between brackets (7.3.4.2).
void put_byte(std::string& out, unsigned byte) {
  const char c = char(byte);
  if (c == '\r') {
    out += "\\r";
    return;
  }
  if (c == '(' || c == ')' || c == '\\') out += '\\';
  out += c;
}

}  // namespace

void Content::fill_with(const Color& color) {
  if (fill_ == color) return;
  put_color(out_, color, true);
  fill_ = color;
}

void Content::stroke_with(const Stroke& stroke) {
  if (!(line_ == stroke.color)) put_color(out_, stroke.color, false);
  line_ = stroke.color;
  if (line_width_ != rounded(stroke.width)) put_all(out_, "w", stroke.width);
  line_width_ = rounded(stroke.width);
  if (dashes_ == stroke.dashes) return;
  dashes_ = stroke.dashes;
  out_ += '[';
  for (const double dash : dashes_) put(out_, dash), out_ += ' ';
  out_ += "] 0 d\n";
}

void Content::put_place(double x, double y) {
  put(out_, x);
  out_ += ' ';
  put(out_, height_ - y);
  out_ += ' ';
}

void Content::begin_artifact() {
  close_text();
  out_ += "/Artifact BMC\n";
}

void Content::begin_element(std::string_view role, int number) {
  close_text();
  out_ += '/';
  out_ += role;
  out_ += "<</MCID ";
  put_whole(out_, number);
  out_ += ">>BDC\n";
}

void Content::end_piece() {
  close_text();
  out_ += "EMC\n";
}

void Content::rect(double x, double y, double width, double height, const Color& fill) {
  close_text();
  fill_with(fill);
  put_place(x, y + height);
  put_all(out_, "re f", width, height);
}

void Content::put_circle(double x, double y, double radius) {
  const double c = kBezierOfCircle;
  const auto at = [&](double right, double up) { put_place(x + right * radius, y - up * radius); };
  constexpr std::array<std::array<int, 2>, 5> kCorners = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}}};
  at(1, 0);
  out_ += "m\n";
  for (std::size_t i = 0; i + 1 < kCorners.size(); ++i) {
    const auto [x0, y0] = kCorners[i];
    const auto [x1, y1] = kCorners[i + 1];
    at(x0 + c * x1, y0 + c * y1);
    at(x1 + c * x0, y1 + c * y0);
    at(x1, y1);
    out_ += "c\n";
  }
}

void Content::circle(double x, double y, double radius, const Color& fill) {
  close_text();
  fill_with(fill);
  put_circle(x, y, radius);
  out_ += "f\n";
}

void Content::circle(double x, double y, double radius, const Stroke& stroke) {
  close_text();
  stroke_with(stroke);
  put_circle(x, y, radius);
  out_ += "s\n";
}

void Content::put_path(const std::vector<Point>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    put_place(points[i].x, points[i].y);
    out_ += i == 0 ? "m\n" : "l\n";
  }
}

void Content::area(const std::vector<Point>& points, const Color& fill) {
  close_text();
  fill_with(fill);
  put_path(points);
  out_ += "f\n";
}

void Content::path(const std::vector<Point>& points, const Stroke& stroke) {
  close_text();
  stroke_with(stroke);
  put_path(points);
  out_ += "S\n";
}

void Content::open_text() {
  if (in_text_) return;
  out_ += "BT\n";
  in_text_ = true;
  line_x_ = line_y_ = 0;
}

void Content::close_text() {
  close_string();
  if (in_text_) out_ += "ET\n";
  in_text_ = false;
}

void Content::close_string() {
  if (in_string_) out_ += ")]TJ\n";
  in_string_ = false;
}

void Content::set_in(const Pen& pen) {
  const bool same_font = font_ == pen.font && size_ == pen.size;
  if (same_font && fill_ == pen.color) return;
  close_string();
  fill_with(pen.color);
  if (same_font) return;
  out_ += "/F";
  put_whole(out_, std::int64_t(pen.font));
  out_ += ' ';
  put_all(out_, "Tf", pen.size);
  font_ = pen.font;
  size_ = pen.size;
}

void Content::move_to(double x, double y) {
  close_string();
  put_all(out_, "Td", x - line_x_, y - line_y_);
  line_x_ = x;
  line_y_ = y;
  pen_x_ = x;
  out_ += "[(";
  in_string_ = true;
}

/// By a number between the glyphs, as thousandths of the size to the left (9.4.3).
void Content::advance_to(double x) {
  const double left = (pen_x_ - x) * 1000 / size_;
  if (std::abs(left) < kUnseen) return;
  out_ += ')';
  put_whole(out_, std::llround(left));
  out_ += '(';
  pen_x_ -= std::round(left) * size_ / 1000;
}

void Content::glyph(const Pen& pen, GlyphId glyph, double x, double y) {
  open_text();
  set_in(pen);
  const double up = rounded(height_ - y);
  const bool goes_on = in_string_ && std::abs(up - line_y_) < kSameLine && std::abs(x - pen_x_) < kFarthest * size_;
  goes_on ? advance_to(x) : move_to(rounded(x), up);
  put_byte(out_, glyph >> 8U & 0xFFU);
  put_byte(out_, glyph & 0xFFU);
  pen_x_ += pen.face->advance(glyph) * size_ / 1000;
}

void Content::begin_told(const Pen& pen, std::string_view text) {
  open_text();
  set_in(pen);
  close_string();
  out_ += "/Span<</ActualText";
  out_ += text_string(std::string(text));
  out_ += ">>BDC\n";
}

void Content::end_told() {
  close_string();
  out_ += "EMC\n";
}

std::string Content::take() {
  close_text();
  return std::move(out_);
}

}  // namespace kaskad::reports::pdf
