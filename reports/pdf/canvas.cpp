#include "reports/pdf/canvas.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "reports/pdf/cases.hpp"
#include "reports/pdf/content_marks.hpp"
#include "reports/pdf/style.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kSameLine = 0.5;
constexpr double kLeaderStep = 4;  // Dots of the table of contents stand on a grid of the page.
constexpr double kSteps = 100;     // In a point: more digits are not seen and make files larger.

constexpr Color kWhitePaper{255, 255, 255};
constexpr double kDot = 0.01;

/// Never a whole number: there a space has no area, and cairo leaves it out.
double snapped(double place) {
  const double steps = std::round(place * kSteps);
  return (std::fmod(steps, kSteps) == 0 ? steps + 1 : steps) / kSteps;
}

}  // namespace

struct Canvas::Pending {
  cairo_scaled_font_t* font = nullptr;
  Color color{};
  std::string text;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

Canvas::Canvas(cairo_t* cairo, Shaper& shaper, Structure& structure)
    : cairo_(cairo), shaper_(shaper), structure_(structure), pending_(std::make_shared<Pending>()) {}

void Canvas::set(const Color& color) {
  cairo_set_source_rgb(cairo_, color.r / 255.0, color.g / 255.0, color.b / 255.0);
}

void Canvas::flush() {
  Pending& p = *pending_;
  if (p.clusters.empty()) return;
  set(p.color);
  cairo_set_scaled_font(cairo_, p.font);
  cairo_show_text_glyphs(cairo_, p.text.data(), int(p.text.size()), p.glyphs.data(), int(p.glyphs.size()),
                         p.clusters.data(), int(p.clusters.size()), cairo_text_cluster_flags_t(0));
  p.text.clear();
  p.glyphs.clear();
  p.clusters.clear();
}

void Canvas::text(const Shaped& shaped, double x, double y, const Color& color) {
  Pending& p = *pending_;
  x = snapped(x);
  y = snapped(y);
  log_.missing_letters += shaped.missing;
  for (const GlyphRun& run : shaped.runs) {
    if (run.backward || p.font != run.font || !(p.color == color)) flush();
    p.font = run.font;
    p.color = color;
    p.text += run.text;
    for (const Glyph& glyph : run.glyphs) p.glyphs.push_back({glyph.index, x + glyph.x, y + glyph.y});
    for (const Cluster& cluster : run.clusters) p.clusters.push_back({cluster.bytes, cluster.glyphs});
    if (run.backward) {
      set(color);
      cairo_set_scaled_font(cairo_, p.font);
      cairo_show_text_glyphs(cairo_, p.text.data(), int(p.text.size()), p.glyphs.data(), int(p.glyphs.size()),
                             p.clusters.data(), int(p.clusters.size()), CAIRO_TEXT_CLUSTER_FLAG_BACKWARD);
      p.text.clear();
      p.glyphs.clear();
      p.clusters.clear();
    }
    x += run.width;
  }
}

void Canvas::start_page(double width, double height) {
  page_height_ = height;
  log_.pieces.emplace_back();
  holders_.clear();
  cover_page(width, height);
}

void Canvas::finish_page() { close_piece(); }

void Canvas::close_piece() {
  if (in_piece_) mark_border();
  in_piece_ = false;
}

void Canvas::mark_border() {
  cairo_rectangle(cairo_, kBorderMark[0], kBorderMark[1], kBorderMark[2], kBorderMark[3]);
  cairo_fill(cairo_);
}

/// Two white dots in opposite corners. cairo unites the areas of all that is drawn on a page; once one covers the page,
/// that costs nothing.
void Canvas::cover_page(double width, double height) {
  belong(kArtifact);
  set(kWhitePaper);
  cairo_rectangle(cairo_, 0, 0, kDot, kDot);
  cairo_rectangle(cairo_, width - kDot, height - kDot, kDot, kDot);
  cairo_fill(cairo_);
}

void Canvas::belong(ElementId element) {
  if (in_piece_ && element == element_) return;
  flush();
  mark_border();
  in_piece_ = true;
  element_ = element;
  log_.pieces.back().push_back(element);
  if (element != kArtifact) structure_.add_content(element, int(log_.pieces.size()) - 1);
}

ElementId Canvas::holder_of(int footnote) const {
  const auto found = holders_.find(footnote);
  return found == holders_.end() ? kRoot : found->second;
}

void Canvas::draw(const TextInk& ink) {
  belong(ink.element);
  if (ink.element != kArtifact && structure_[ink.element].role == Role::link) {
    for (const GlyphRun& run : ink.shaped->runs) log_.link_texts[ink.element] += run.text;
  }
  text(*ink.shaped, x_ + ink.x, y_ + ink.y, ink.color);
}

void Canvas::draw(const RuleInk& ink) {
  belong(kArtifact);
  flush();
  set(ink.color);
  cairo_set_line_width(cairo_, ink.width);
  cairo_move_to(cairo_, snapped(x_ + ink.x0), snapped(y_ + ink.y0));
  cairo_line_to(cairo_, snapped(x_ + ink.x1), snapped(y_ + ink.y1));
  cairo_stroke(cairo_);
}

void Canvas::draw(const FillInk& ink) {
  belong(kArtifact);
  flush();
  set(ink.color);
  cairo_rectangle(cairo_, snapped(x_ + ink.x), snapped(y_ + ink.y), snapped(ink.width), snapped(ink.height));
  cairo_fill(cairo_);
}

void Canvas::draw(const PictureInk& ink) {
  belong(ink.element);
  flush();
  if (ink.element != kArtifact) {
    const double left = x_ + ink.x;
    const double top = page_height_ - y_ - ink.y;
    structure_.set_place(ink.element,
                         {left, top - ink.picture->height * ink.scale, left + ink.picture->width * ink.scale, top});
  }
  paint(*ink.picture, x_ + ink.x, y_ + ink.y, ink.scale);
}

/// Areas of one link beside each other are one.
void Canvas::draw(const LinkInk& ink, const References& references) {
  const Link& link = references.links[std::size_t(ink.link)];
  if (link.anchor >= 0 && references.anchors[std::size_t(link.anchor)].page == 0) return;
  const int page = int(log_.pieces.size()) - 1;
  const double top = page_height_ - y_ - ink.y;
  const Place place{x_ + ink.x, top - ink.height, x_ + ink.x + ink.width, top};
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
  text(shaper_.shape(ink.face, number), x_ + ink.x, y_ + ink.y, kBlack);
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
    text(dot, x_ + x, y_ + ink.y, kHair);
  }
  belong(ink.element);
  text(space, x_ + ink.x - number.width, y_ + ink.y, kBlack);
  text(number, x_ + ink.x - number.width, y_ + ink.y, kBlack);
}

void Canvas::paint(const Inks& inks, double x, double y, const References& references) {
  x_ = x;
  y_ = y;
  for (const Ink& ink : inks) {
    std::visit(Cases{[&](const LinkInk& i) { draw(i, references); }, [](const AnchorInk&) {},
                     [&](const FootnoteInk& i) { draw(i, references); },
                     [&](const PageNumberInk& i) { draw(i, references); }, [&](const auto& i) { draw(i); }},
               ink);
  }
  flush();
}

}  // namespace kaskad::reports::pdf
