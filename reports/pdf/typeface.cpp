#include "reports/pdf/typeface.hpp"

#include <hb-ot.h>
#include <hb-subset.h>

#include <array>
#include <cmath>
#include <stdexcept>

namespace kaskad::reports::pdf {
namespace {

struct Release {
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

constexpr hb_tag_t kGlyf = HB_TAG('g', 'l', 'y', 'f');
constexpr hb_tag_t kCff = HB_TAG('C', 'F', 'F', ' ');
constexpr hb_tag_t kVariations = HB_TAG('f', 'v', 'a', 'r');
constexpr hb_tag_t kHead = HB_TAG('h', 'e', 'a', 'd');
constexpr unsigned kBoxInHead = 36;  // xMin, yMin, xMax, yMax; ISO/IEC 14496-22, 5.2.2.

/// What shapes text and names letters: pages name glyphs, and Pango has shaped them.
constexpr std::array<hb_tag_t, 9> kNotNeeded = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
    HB_TAG('O', 'S', '/', '2'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('g', 'a', 's', 'p')};

bool has_table(hb_face_t* face, hb_tag_t tag) {
  const Owned<hb_blob_t> table(hb_face_reference_table(face, tag));
  return hb_blob_get_length(table.get()) > 0;
}

std::array<double, 4> box_of(hb_face_t* face) {
  const Owned<hb_blob_t> head(hb_face_reference_table(face, kHead));
  unsigned size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(hb_blob_get_data(head.get(), &size));
  std::array<double, 4> box{};
  if (size < kBoxInHead + 8) return box;
  for (std::size_t i = 0; i < box.size(); ++i) {
    const unsigned char* at = bytes + kBoxInHead + 2 * i;
    box[i] = static_cast<std::int16_t>(at[0] << 8 | at[1]);
  }
  return box;
}

}  // namespace

struct Typeface::Parts {
  Owned<hb_face_t> face;
  Owned<hb_face_t> prepared;  // Quicker to cut many times.
  Owned<hb_font_t> font;
  double unit = 1;  // Of the font, in thousandths.
  mutable std::vector<double> advances;
};

Typeface::Typeface(hb_face_t* face) : parts_(std::make_unique<Parts>()) {
  parts_->face.reset(hb_face_reference(face));
  parts_->font.reset(hb_font_create(face));
  parts_->unit = 1000.0 / hb_face_get_upem(face);
  parts_->advances.assign(hb_face_get_glyph_count(face), -1);
}
Typeface::~Typeface() = default;

bool Typeface::is(const hb_face_t* face) const { return parts_->face.get() == face; }

double Typeface::advance(GlyphId glyph) const {
  double& known = parts_->advances.at(glyph);
  if (known < 0) known = std::round(hb_font_get_glyph_h_advance(parts_->font.get(), glyph) * parts_->unit * 100) / 100;
  return known;
}

std::string Typeface::postscript_name() const {
  std::array<char, 64> name{};
  unsigned size = name.size();
  hb_ot_name_get_utf8(parts_->face.get(), HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name.data());
  return std::string(name.data(), size);
}

FaceMetrics Typeface::metrics() const {
  hb_font_t* font = parts_->font.get();
  const double unit = parts_->unit;
  const auto box = box_of(parts_->face.get());
  hb_font_extents_t lines{};
  hb_font_get_h_extents(font, &lines);
  hb_position_t capitals = lines.ascender;
  hb_ot_metrics_get_position(font, HB_OT_METRICS_TAG_CAP_HEIGHT, &capitals);
  return {box[0] * unit,         box[1] * unit,
          box[2] * unit,         box[3] * unit,
          lines.ascender * unit, lines.descender * unit,
          capitals * unit,       hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE)};
}

bool Typeface::is_cff() const { return has_table(parts_->face.get(), kCff); }

std::string Typeface::subset(const std::vector<GlyphId>& glyphs) const {
  const Owned<hb_subset_input_t> input(hb_subset_input_create_or_fail());
  if (!input) throw std::runtime_error("font subset");
  hb_subset_input_set_flags(input.get(),
                            HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  for (const GlyphId glyph : glyphs) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const hb_tag_t tag : kNotNeeded) hb_set_add(dropped, tag);
  if (!parts_->prepared) parts_->prepared.reset(hb_subset_preprocess(parts_->face.get()));
  const Owned<hb_face_t> cut(hb_subset_or_fail(parts_->prepared.get(), input.get()));
  if (!cut) throw std::runtime_error("font " + postscript_name());
  const Owned<hb_blob_t> program(hb_face_reference_blob(cut.get()));
  unsigned size = 0;
  const char* bytes = hb_blob_get_data(program.get(), &size);
  return std::string(bytes, size);
}

bool has_fixed_outlines(hb_face_t* face) {
  return (has_table(face, kGlyf) || has_table(face, kCff)) && !has_table(face, kVariations);
}

bool can_be_embedded(const std::string& file) {
  const Owned<hb_blob_t> blob(hb_blob_create_from_file(file.c_str()));
  const Owned<hb_face_t> face(hb_face_create(blob.get(), 0));
  return has_fixed_outlines(face.get());
}

}  // namespace kaskad::reports::pdf
