#include "reports/pdf/canvas.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/pdf/cases.hpp"
#include "reports/pdf/style.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kLeaderStep = 4;  // Dots of the table of contents stand on a grid of the page.

/// cairo's attribute syntax: quotes and backslashes of a text are escaped.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

/// cairo 1.16 writes no target for links by page and place, so places have names: their ids, or numbers.
std::string target_name(const References& references, int anchor) {
  const std::string& id = references.ids[std::size_t(anchor)];
  return quoted(id.empty() ? fmt::format("place-{}", anchor) : id);
}

}  // namespace

struct Canvas::Pending {
  cairo_scaled_font_t* font = nullptr;
  Color color{};
  std::string text;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

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

void Canvas::draw(const TextInk& ink) { text(*ink.shaped, x_ + ink.x, y_ + ink.y, ink.color); }

void Canvas::draw(const RuleInk& ink) {
  flush();
  set(ink.color);
  cairo_set_line_width(cairo_, ink.width);
  cairo_move_to(cairo_, x_ + ink.x0, y_ + ink.y0);
  cairo_line_to(cairo_, x_ + ink.x1, y_ + ink.y1);
  cairo_stroke(cairo_);
}

void Canvas::draw(const FillInk& ink) {
  flush();
  set(ink.color);
  cairo_rectangle(cairo_, x_ + ink.x, y_ + ink.y, ink.width, ink.height);
  cairo_fill(cairo_);
}

void Canvas::draw(const PictureInk& ink) {
  flush();
  paint(*ink.picture, x_ + ink.x, y_ + ink.y, ink.scale);
}

void Canvas::draw(const LinkInk& ink, const References& references) {
  const Link& link = references.links[std::size_t(ink.link)];
  std::string target = "uri=" + quoted(link.url);
  if (link.anchor >= 0) {
    if (references.anchors[std::size_t(link.anchor)].page == 0) return;
    target = "dest=" + target_name(references, link.anchor);
  }
  flush();
  const std::string rect =
      fmt::format(" rect=[{:.2f} {:.2f} {:.2f} {:.2f}]", x_ + ink.x, y_ + ink.y, ink.width, ink.height);
  cairo_tag_begin(cairo_, CAIRO_TAG_LINK, (target + rect).c_str());
  cairo_tag_end(cairo_, CAIRO_TAG_LINK);
}

void Canvas::draw(const AnchorInk& ink, const References& references) {
  flush();
  const std::string target = target_name(references, ink.anchor);
  const std::string name = fmt::format("name={} x={:.2f} y={:.2f}", target, x_, y_ + ink.y);
  cairo_tag_begin(cairo_, CAIRO_TAG_DEST, name.c_str());
  cairo_tag_end(cairo_, CAIRO_TAG_DEST);
}

void Canvas::draw(const FootnoteInk& ink, const References& references) {
  const auto found = std::find(references.footnotes.begin(), references.footnotes.end(), ink.note);
  const auto number = std::to_string(found - references.footnotes.begin() + 1);
  text(shaper_.shape(ink.face, number), x_ + ink.x, y_ + ink.y, kBlack);
}

void Canvas::draw(const PageNumberInk& ink, const References& references) {
  const AnchorPlace& place = references.anchors[std::size_t(ink.anchor)];
  if (place.page == 0) return;
  const Shaped& number = shaper_.shape(ink.face, std::to_string(place.page));
  const Shaped& dot = shaper_.shape(ink.face, ".");
  const double from = std::ceil(ink.leader_from / kLeaderStep) * kLeaderStep;
  for (double x = from; x + kLeaderStep < ink.x - number.width - 3; x += kLeaderStep) {
    text(dot, x_ + x, y_ + ink.y, kHair);
  }
  text(number, x_ + ink.x - number.width, y_ + ink.y, kBlack);
}

void Canvas::paint(const Inks& inks, double x, double y, const References& references) {
  pending_ = std::make_shared<Pending>();
  x_ = x;
  y_ = y;
  for (const Ink& ink : inks) {
    std::visit(Cases{[&](const LinkInk& i) { draw(i, references); }, [&](const AnchorInk& i) { draw(i, references); },
                     [&](const FootnoteInk& i) { draw(i, references); },
                     [&](const PageNumberInk& i) { draw(i, references); }, [&](const auto& i) { draw(i); }},
               ink);
  }
  flush();
}

}  // namespace kaskad::reports::pdf
