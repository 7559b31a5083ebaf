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
  std::vector<std::vector<ElementId>> pieces;  ///< Of each page, in the order of painting; kArtifact: of no element.
  std::vector<Annotation> annotations;
  std::map<ElementId, std::string> link_texts;
  std::string missing_letters;  ///< That no font has, as often as they were painted.
};

class Canvas {
 public:
  Canvas(cairo_t* cairo, Shaper& shaper, Structure& structure);
  void start_page(double width, double height);
  void finish_page();
  /// The marks with their origin at (x, y).
  void paint(const Inks& inks, double x, double y, const References& references);
  void paint(const Picture& picture, double x, double y, double scale);
  /// The element in which a footnote's mark stands first on the page; the document for notes without a mark.
  ElementId holder_of(int footnote) const;
  const PaintLog& log() const { return log_; }

 private:
  void draw(const TextInk& ink);
  void draw(const RuleInk& ink);
  void draw(const FillInk& ink);
  void draw(const PictureInk& ink);
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
  /// What is drawn from now on belongs to the element.
  void belong(ElementId element);
  void close_piece();
  /// Draws what becomes the border of two pieces in the finished file (content_marks.hpp).
  void mark_border();
  void cover_page(double width, double height);

  /// Glyphs of neighbouring words in one font are shown at once.
  struct Pending;
  cairo_t* cairo_;
  Shaper& shaper_;
  Structure& structure_;
  std::shared_ptr<Pending> pending_;
  double x_ = 0, y_ = 0;
  double page_height_ = 0;
  bool in_piece_ = false;
  ElementId element_ = kArtifact;  // Of the open piece.
  std::map<int, ElementId> holders_;
  PaintLog log_;
};

}  // namespace kaskad::reports::pdf
