// The operators that paint a page (ISO 32000-1, 8, 9 and 14.6), with the settings that change between them told once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/charts/picture.hpp"
#include "reports/pdf/embedded_fonts.hpp"

namespace kaskad::reports::pdf {

/// How a line is drawn; points.
struct Stroke {
  double width = 0.5;
  Color color{};
  std::vector<double> dashes{};  ///< Lengths of strokes and gaps in turn; empty: unbroken.
};

/// A font of the document in a size and colour.
struct Pen {
  std::size_t font = 0;  ///< Of EmbeddedFonts.
  const Typeface* face = nullptr;
  double size = 0;
  Color color{};
};

/// Places are points from the top left of the page, y downwards; they are written with two decimals.
class Content {
 public:
  explicit Content(double page_height) : height_(page_height) { out_ = "1 j\n"; }

  void begin_artifact();
  void begin_element(std::string_view role, int number);
  void end_piece();

  void rect(double x, double y, double width, double height, const Color& fill);
  void circle(double x, double y, double radius, const Color& fill);
  void circle(double x, double y, double radius, const Stroke& stroke);
  void area(const std::vector<Point>& points, const Color& fill);
  void path(const std::vector<Point>& points, const Stroke& stroke);

  /// A glyph with its origin there. Glyphs beside each other are written together.
  void glyph(const Pen& pen, GlyphId glyph, double x, double y);
  /// What the glyphs up to end_told stand for.
  void begin_told(const Pen& pen, std::string_view text);
  void end_told();

  /// All operators. The content is to be used no more.
  std::string take();

 private:
  void fill_with(const Color& color);
  void stroke_with(const Stroke& stroke);
  void put_circle(double x, double y, double radius);
  void put_path(const std::vector<Point>& points);
  void put_place(double x, double y);
  void open_text();
  void close_text();
  void close_string();
  void set_in(const Pen& pen);
  void move_to(double x, double y);
  void advance_to(double x);

  std::string out_;
  double height_;
  // As the viewer has them at this point; black is where a page begins.
  Color fill_{}, line_{};
  double line_width_ = 1;
  std::vector<double> dashes_;
  std::size_t font_ = kNoFont;
  double size_ = 0;
  bool in_text_ = false;
  bool in_string_ = false;
  double line_x_ = 0, line_y_ = 0;  // Where the line of text began.
  double pen_x_ = 0;                // Where the next glyph would stand.

  static constexpr std::size_t kNoFont = std::size_t(-1);
};

}  // namespace kaskad::reports::pdf
