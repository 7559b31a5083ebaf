#include "reports/pdf/canvas.hpp"

#include <algorithm>
#include <cmath>

#include "reports/pdf/cases.hpp"
#include "reports/pdf/style.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kSameLine = 0.5;
constexpr double kLeaderStep = 4;  // Dots of the table of contents stand on a grid of the page.

}  // namespace

void Canvas::text(const Shaped& shaped, double x, double y, const Color& color) {
  log_.missing_letters += shaped.missing;
  for (const GlyphRun& run : shaped.runs) {
    const Pen pen{fonts_.number_of(*run.face), run.face, run.size * origin_.scale, color};
    show(run, pen, place(x, y));
    x += run.width;
  }
}

/// Letters of right-to-left text stand on the page from left to right, as readers of PDF files expect them.
void Canvas::show(const GlyphRun& run, const Pen& pen, Point at) {
  std::size_t byte = run.backward ? run.text.size() : 0;
  std::size_t glyph = 0;
  for (std::size_t i = 0; i < run.clusters.size(); ++i) {
    const Cluster& cluster = run.clusters[run.backward ? run.clusters.size() - 1 - i : i];
    if (run.backward) byte -= cluster.bytes;
    const std::string_view letters = std::string_view(run.text).substr(byte, cluster.bytes);
    if (cluster.glyphs > 0) show(letters, run.glyphs.data() + glyph, cluster.glyphs, pen, at);
    if (!run.backward) byte += cluster.bytes;
    glyph += cluster.glyphs;
  }
}

/// A glyph that stands for other letters than elsewhere, and glyphs that stand for letters together, tell them.
void Canvas::show(std::string_view letters, const Glyph* glyphs, std::size_t count, const Pen& pen, Point at) {
  const bool told = count > 1 || !fonts_.stands_for(pen.font, glyphs->index, letters);
  if (told) page_.begin_told(pen, letters);
  for (const Glyph* glyph = glyphs; glyph != glyphs + count; ++glyph) {
    fonts_.show(pen.font, glyph->index);
    page_.glyph(pen, glyph->index, at.x + glyph->x * origin_.scale, at.y + glyph->y * origin_.scale);
  }
  if (told) page_.end_told();
}

void Canvas::start_page(double height) {
  page_ = Content(height);
  page_height_ = height;
  ++pages_;
  in_piece_ = false;
  holders_.clear();
}

std::string Canvas::finish_page() {
  if (in_piece_) page_.end_piece();
  return page_.take();
}

void Canvas::belong(ElementId element) {
  if (in_piece_ && element == element_) return;
  if (in_piece_) page_.end_piece();
  in_piece_ = true;
  element_ = element;
  if (element == kArtifact) {
    page_.begin_artifact();
  } else {
    page_.begin_element(role_name(structure_[element].role), structure_.add_content(element, pages_ - 1));
  }
}

ElementId Canvas::holder_of(int footnote) const {
  const auto found = holders_.find(footnote);
  return found == holders_.end() ? kRoot : found->second;
}

std::vector<Point> Canvas::places(const std::vector<Point>& points) const {
  std::vector<Point> out;
  out.reserve(points.size());
  for (const Point& point : points) out.push_back(place(point.x, point.y));
  return out;
}

Stroke Canvas::stroke(double width, const Color& color, bool dashed) const {
  constexpr double kDash = 3, kGap = 2;
  Stroke out{width * origin_.scale, color, {}};
  if (dashed) out.dashes = {kDash * origin_.scale, kGap * origin_.scale};
  return out;
}

void Canvas::draw(const TextInk& ink) {
  belong(ink.element);
  if (ink.element != kArtifact && structure_[ink.element].role == Role::link) {
    for (const GlyphRun& run : ink.shaped->runs) log_.link_texts[ink.element] += run.text;
  }
  text(*ink.shaped, ink.x, ink.y, ink.color);
}

void Canvas::draw(const RuleInk& ink) {
  belong(kArtifact);
  page_.path({place(ink.x0, ink.y0), place(ink.x1, ink.y1)}, stroke(ink.width, ink.color, false));
}

void Canvas::draw(const FillInk& ink) {
  belong(kArtifact);
  const Point at = place(ink.x, ink.y);
  page_.rect(at.x, at.y, ink.width, ink.height, ink.color);
}

void Canvas::draw(const PictureInk& ink) {
  belong(ink.element);
  const Point at = place(ink.x, ink.y);
  if (ink.element != kArtifact) {
    const double top = page_height_ - at.y;
    structure_.set_place(ink.element,
                         {at.x, top - ink.picture->height * ink.scale, at.x + ink.picture->width * ink.scale, top});
  }
  const Origin outside = std::exchange(origin_, Origin{at.x, at.y, ink.scale});
  paint(*ink.picture);
  origin_ = outside;
}

/// Areas of one link beside each other are one.
void Canvas::draw(const LinkInk& ink, const References& references) {
  const Link& link = references.links[std::size_t(ink.link)];
  if (link.anchor >= 0 && references.anchors[std::size_t(link.anchor)].page == 0) return;
  const int page = pages_ - 1;
  const double top = page_height_ - origin_.y - ink.y;
  const Place place{origin_.x + ink.x, top - ink.height, origin_.x + ink.x + ink.width, top};
  auto& all = log_.annotations;
  const bool goes_on = !all.empty() && all.back().element == ink.element && all.back().page == page &&
                       std::abs(all.back().place.top - top) < kSameLine;
  if (goes_on) {
    all.back().place.right = place.right;
    return;
  }
  structure_.add_annotation(ink.element, page, int(all.size()));
  all.push_back({page, place, ink.link, ink.element});
}

void Canvas::draw(const FootnoteInk& ink, const References& references) {
  const auto found = std::find(references.footnotes.begin(), references.footnotes.end(), ink.note);
  const auto number = std::to_string(found - references.footnotes.begin() + 1);
  belong(ink.element);
  if (ink.element != kArtifact && structure_[ink.element].role == Role::reference) {
    holders_.emplace(ink.note, structure_[ink.element].parent);
  }
  text(shaper_.shape(ink.face, number), ink.x, ink.y, kBlack);
}

void Canvas::draw(const PageNumberInk& ink, const References& references) {
  const AnchorPlace& place = references.anchors[std::size_t(ink.anchor)];
  if (place.page == 0) return;
  const Shaped& number = shaper_.shape(ink.face, std::to_string(place.page));
  const Shaped& space = shaper_.shape(ink.face, " ");
  const Shaped& dot = shaper_.shape(ink.face, ".");
  belong(kArtifact);
  const double from = std::ceil(ink.leader_from / kLeaderStep) * kLeaderStep;
  for (double x = from; x + kLeaderStep < ink.x - number.width - 3; x += kLeaderStep) {
    text(dot, x, ink.y, kHair);
  }
  belong(ink.element);
  text(space, ink.x - number.width, ink.y, kBlack);
  text(number, ink.x - number.width, ink.y, kBlack);
}

void Canvas::paint(const Inks& inks, double x, double y, const References& references) {
  origin_ = {x, y, 1};
  for (const Ink& ink : inks) {
    std::visit(Cases{[&](const LinkInk& i) { draw(i, references); }, [](const AnchorInk&) {},
                     [&](const FootnoteInk& i) { draw(i, references); },
                     [&](const PageNumberInk& i) { draw(i, references); }, [&](const auto& i) { draw(i); }},
               ink);
  }
}

}  // namespace kaskad::reports::pdf
