// A font file as pages use it: outlines, widths and what a PDF file must say of it. Sizes do not matter here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reports/pdf/foreign.hpp"

namespace kaskad::reports::pdf {

using GlyphId = std::uint32_t;

/// Thousandths of the size of type.
struct FaceMetrics {
  double left = 0, bottom = 0, right = 0, top = 0;  ///< The box that holds all glyphs.
  double ascent = 0, descent = 0, cap_height = 0;
  double slant = 0;  ///< Degrees, counterclockwise from the vertical.
};

class Typeface {
 public:
  /// Keeps a reference.
  explicit Typeface(hb_face_t* face);
  Typeface(const Typeface&) = delete;
  Typeface& operator=(const Typeface&) = delete;
  ~Typeface();

  bool is(const hb_face_t* face) const;
  /// Thousandths of the size of type, with two decimals as the file tells them.
  double advance(GlyphId glyph) const;
  std::string postscript_name() const;
  FaceMetrics metrics() const;
  /// PostScript outlines (CFF) instead of TrueType's.
  bool is_cff() const;
  /// A font program with these glyphs under their old numbers and without instructions for coarse screens, which are
  /// three quarters of PT Sans. Throws std::runtime_error when the font cannot be cut.
  std::string subset(const std::vector<GlyphId>& glyphs) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Whether pages can show the font: fixed outlines. Bitmaps and variable fonts cannot be embedded as they look.
bool has_fixed_outlines(hb_face_t* face);
/// The same of a file's first font.
bool can_be_embedded(const std::string& file);

}  // namespace kaskad::reports::pdf
