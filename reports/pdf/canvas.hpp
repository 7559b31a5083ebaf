// Marks to cairo. The only place, with surface.cpp, that draws.
#pragma once

#include "reports/pdf/foreign.hpp"
#include "reports/pdf/paginator.hpp"

namespace kaskad::reports::pdf {

/// Where an anchor came to stand.
struct AnchorPlace {
  int page = 0;  ///< From 1; 0: nowhere.
  double x = 0, y = 0;
};

/// What the marks of a page refer to.
struct References {
  const std::vector<AnchorPlace>& anchors;
  const std::vector<std::string>& ids;  ///< Of anchors; some are empty.
  const std::vector<Link>& links;
  const std::vector<int>& footnotes;  ///< Of the page.
};

class Canvas {
 public:
  Canvas(cairo_t* cairo, Shaper& shaper) : cairo_(cairo), shaper_(shaper) {}
  /// The marks with their origin at (x, y).
  void paint(const Inks& inks, double x, double y, const References& references);
  void paint(const Picture& picture, double x, double y, double scale);

 private:
  void draw(const TextInk& ink);
  void draw(const RuleInk& ink);
  void draw(const FillInk& ink);
  void draw(const PictureInk& ink);
  void draw(const AnchorInk& ink, const References& references);
  void draw(const LinkInk& ink, const References& references);
  void draw(const FootnoteInk& ink, const References& references);
  void draw(const PageNumberInk& ink, const References& references);
  void draw(const TextShape& shape);
  void draw(const LineShape& shape);
  void draw(const RectShape& shape);
  void draw(const PathShape& shape);
  void draw(const MarkShape& shape);
  void text(const Shaped& shaped, double x, double y, const Color& color);
  void flush();
  void set(const Color& color);

  /// Glyphs of neighbouring words in one font are shown at once.
  struct Pending;
  cairo_t* cairo_;
  Shaper& shaper_;
  std::shared_ptr<Pending> pending_;
  double x_ = 0, y_ = 0;
};

}  // namespace kaskad::reports::pdf
