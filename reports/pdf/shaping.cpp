#include "reports/pdf/shaping.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>

#include "reports/pdf/text_hash.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr std::size_t kWordsKept = 40000;  // About 20 MB.

struct Release {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoGlyphString* glyphs) const { pango_glyph_string_free(glyphs); }
};

double points(int pango_units) { return double(pango_units) / PANGO_SCALE; }

PangoAttrList* attributes_of(const Font& font, const std::string& family, bool tabular) {
  PangoFontDescription* description = pango_font_description_new();
  pango_font_description_set_family(description, family.c_str());
  pango_font_description_set_absolute_size(description, font.size * PANGO_SCALE);
  pango_font_description_set_weight(description, font.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(description, font.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  PangoAttrList* list = pango_attr_list_new();
  pango_attr_list_insert(list, pango_attr_font_desc_new(description));
  pango_font_description_free(description);
  if (tabular) pango_attr_list_insert(list, pango_attr_font_features_new("kern=0, tnum=1"));
  return list;
}

/// A letter that no font has is shown by the font's own box (glyph 0) and keeps its text.
void replace_unknown(GlyphRun& run, std::size_t at) {
  run.glyphs[at].index = 0;
  run.glyphs[at].advance = float(run.face->advance(0) * run.size / 1000);
}

void add_letter(std::string& letters, gunichar letter) {
  std::array<char, 6> utf8{};
  letters.append(utf8.data(), std::size_t(g_unichar_to_utf8(letter, utf8.data())));
}

void add_glyphs(GlyphRun& run, const PangoGlyphString& from, std::string& missing) {
  run.glyphs.resize(std::size_t(from.num_glyphs));
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    const PangoGlyphInfo& info = from.glyphs[i];
    run.glyphs[i] = {info.glyph, float(points(info.geometry.x_offset)), float(points(info.geometry.y_offset)),
                     float(points(info.geometry.width))};
    if ((info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0 || info.glyph == PANGO_GLYPH_EMPTY) continue;
    add_letter(missing, info.glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
    replace_unknown(run, i);
  }
}

/// Byte where each cluster starts, in the order of the text, with the number of its glyphs.
std::vector<std::pair<int, int>> cluster_starts(const PangoGlyphString& from) {
  std::vector<std::pair<int, int>> starts;
  for (int i = 0; i < from.num_glyphs; ++i) {
    if (starts.empty() || starts.back().first != from.log_clusters[i]) starts.emplace_back(from.log_clusters[i], 0);
    ++starts.back().second;
  }
  std::stable_sort(starts.begin(), starts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return starts;
}

void add_clusters(GlyphRun& run, const PangoGlyphString& from) {
  const auto starts = cluster_starts(from);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const int end = i + 1 < starts.size() ? starts[i + 1].first : int(run.text.size());
    run.clusters.push_back({std::uint16_t(end - starts[i].first), std::uint16_t(starts[i].second)});
  }
}

void place(GlyphRun& run) {
  double x = 0;
  for (Glyph& glyph : run.glyphs) {
    glyph.x += float(x);
    x += glyph.advance;
  }
  run.width = x;
}

/// Characters without a shape (zero-width spaces and the like) keep their text and lose their glyph.
void drop_empty(GlyphRun& run) {
  std::size_t glyph = 0;
  for (std::size_t i = 0; i < run.clusters.size(); ++i) {
    Cluster& cluster = run.clusters[run.backward ? run.clusters.size() - 1 - i : i];
    const std::size_t end = glyph + cluster.glyphs;
    for (; glyph < end; ++glyph)
      cluster.glyphs = std::uint16_t(cluster.glyphs - (run.glyphs[glyph].index == PANGO_GLYPH_EMPTY));
  }
  run.glyphs.erase(std::remove_if(run.glyphs.begin(), run.glyphs.end(),
                                  [](const Glyph& glyph_) { return glyph_.index == PANGO_GLYPH_EMPTY; }),
                   run.glyphs.end());
}

GlyphRun run_of(const PangoItem& item, std::string_view text, const Typeface& face, double size, std::string& missing) {
  const std::unique_ptr<PangoGlyphString, Release> glyphs(pango_glyph_string_new());
  pango_shape_full(text.data() + item.offset, item.length, text.data(), int(text.size()), &item.analysis, glyphs.get());
  GlyphRun run;
  run.text = std::string(text.substr(std::size_t(item.offset), std::size_t(item.length)));
  run.face = &face;
  run.size = size;
  run.backward = item.analysis.level % 2 == 1;
  add_glyphs(run, *glyphs, missing);
  add_clusters(run, *glyphs);
  place(run);
  drop_empty(run);
  return run;
}

std::string with_valid_letters(std::string_view text) {
  if (g_utf8_validate(text.data(), gssize(text.size()), nullptr) != FALSE) return std::string(text);
  const std::unique_ptr<char, decltype(&g_free)> valid(g_utf8_make_valid(text.data(), gssize(text.size())), g_free);
  return valid.get();
}

}  // namespace

struct Shaper::Face {
  Font font;
  bool tabular = false;
  std::unique_ptr<PangoAttrList, Release> attributes;
  std::unordered_map<std::string, Shaped, TextHash, std::equal_to<>> words;
};

Shaper::Shaper(FontBook fonts) : fonts_(std::move(fonts)) {}
Shaper::~Shaper() = default;

FaceId Shaper::face(const Font& font, bool tabular) {
  const auto same = [&](const std::unique_ptr<Face>& face) {
    return face->font.family == font.family && face->font.size == font.size && face->font.bold == font.bold &&
           face->font.italic == font.italic && face->tabular == tabular;
  };
  const auto found = std::find_if(faces_.begin(), faces_.end(), same);
  if (found != faces_.end()) return FaceId(found - faces_.begin());
  auto face = std::make_unique<Face>();
  face->font = font;
  face->tabular = tabular;
  face->attributes.reset(attributes_of(font, fonts_.family(font.family), tabular));
  faces_.push_back(std::move(face));
  return FaceId(faces_.size() - 1);
}

const Shaped& Shaper::shape(FaceId id, std::string_view text) {
  Face& face = *faces_[id];
  const auto found = face.words.find(text);
  if (found != face.words.end()) return found->second;
  return face.words.emplace(std::string(text), shaped_anew(face, with_valid_letters(text))).first->second;
}

const Typeface& Shaper::typeface(hb_face_t* face) {
  for (const auto& known : typefaces_) {
    if (known->is(face)) return *known;
  }
  return *typefaces_.emplace_back(std::make_unique<Typeface>(face));
}

Shaped Shaper::shaped_anew(const Face& face, const std::string& text) {
  Shaped shaped;
  if (text.empty()) return shaped;
  GList* items = pango_itemize_with_base_dir(fonts_.context(), PANGO_DIRECTION_LTR, text.data(), 0, int(text.size()),
                                             face.attributes.get(), nullptr);
  items = pango_reorder_items(items);
  for (GList* at = items; at != nullptr; at = at->next) {
    const auto& item = *static_cast<PangoItem*>(at->data);
    hb_face_t* used = hb_font_get_face(pango_font_get_hb_font(item.analysis.font));
    shaped.runs.push_back(run_of(item, text, typeface(used), face.font.size, shaped.missing));
    shaped.width += shaped.runs.back().width;
  }
  g_list_free_full(items, [](gpointer item) { pango_item_free(static_cast<PangoItem*>(item)); });
  return shaped;
}

void Shaper::forget_rare_words() {
  std::size_t total = 0;
  for (const auto& face : faces_) total += face->words.size();
  if (total < kWordsKept) return;
  for (const auto& face : faces_) face->words.clear();
}

double width_to(const Shaped& shaped, std::size_t byte) {
  double x = 0;
  for (const GlyphRun& run : shaped.runs) {
    std::size_t glyph = 0;
    for (const Cluster& cluster : run.clusters) {
      if (byte == 0) return x;
      for (std::size_t end = glyph + cluster.glyphs; glyph < end; ++glyph) x += run.glyphs[glyph].advance;
      byte -= std::min<std::size_t>(byte, cluster.bytes);
    }
  }
  return x;
}

}  // namespace kaskad::reports::pdf
