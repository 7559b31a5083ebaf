// Marks on paper to the operators of pages.
#pragma once

#include "reports/pdf/content.hpp"
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
  const std::vector<Link>& links;
  const std::vector<int>& footnotes;  ///< Of the page.
};

/// An area of a page that leads somewhere.
struct Annotation {
  int page = 0;  ///< From 0.
  Place place;
  int link = 0;  ///< Of Galley::links.
  ElementId element = kArtifact;
};

/// What has been painted, for those who write the structure.
struct PaintLog {
  std::vector<Annotation> annotations;
  std::map<ElementId, std::string> link_texts;
  std::string missing_letters;  ///< That no font has, as often as they were painted.
};

class Canvas {
 public:
  Canvas(Shaper& shaper, Structure& structure, EmbeddedFonts& fonts)
      : shaper_(shaper), structure_(structure), fonts_(fonts) {}
  void start_page(double height);
  /// The operators of the page.
  std::string finish_page();
  /// The marks with their origin at (x, y).
  void paint(const Inks& inks, double x, double y, const References& references);
  /// The element in which a footnote's mark stands first on the page; the document for notes without a mark.
  ElementId holder_of(int footnote) const;
  const PaintLog& log() const { return log_; }

 private:
  /// Where the origin of what is drawn stands on the page, and how large a point of it is there.
  struct Origin {
    double x = 0, y = 0, scale = 1;
  };

  void draw(const TextInk& ink);
  void draw(const RuleInk& ink);
  void draw(const FillInk& ink);
  void draw(const PictureInk& ink);
  void draw(const LinkInk& ink, const References& references);
  void draw(const FootnoteInk& ink, const References& references);
  void draw(const PageNumberInk& ink, const References& references);
  void paint(const Picture& picture);
  void draw(const TextShape& shape);
  void draw(const LineShape& shape);
  void draw(const RectShape& shape);
  void draw(const PathShape& shape);
  void draw(const MarkShape& shape);
  void disc(const MarkShape& mark);
  void ring(const MarkShape& mark);
  void square(const MarkShape& mark);
  void diamond(const MarkShape& mark);
  /// From the origin to the page.
  Point place(double x, double y) const { return {origin_.x + x * origin_.scale, origin_.y + y * origin_.scale}; }
  std::vector<Point> places(const std::vector<Point>& points) const;
  Stroke stroke(double width, const Color& color, bool dashed) const;
  void text(const Shaped& shaped, double x, double y, const Color& color);
  void show(const GlyphRun& run, const Pen& pen, Point at);
  void show(std::string_view letters, const Glyph* glyphs, std::size_t count, const Pen& pen, Point at);
  /// What is drawn from now on belongs to the element.
  void belong(ElementId element);

  Shaper& shaper_;
  Structure& structure_;
  EmbeddedFonts& fonts_;
  Content page_{0};
  Origin origin_;
  double page_height_ = 0;
  int pages_ = 0;
  bool in_piece_ = false;
  ElementId element_ = kArtifact;  // Of the open piece.
  std::map<int, ElementId> holders_;
  PaintLog log_;
};

}  // namespace kaskad::reports::pdf
