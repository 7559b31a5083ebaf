// The fonts of one document: the glyphs that it shows and the text that each stands for (ISO 32000-1, 9.7 and 9.10.3).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/pdf/object_file.hpp"
#include "reports/pdf/typeface.hpp"

namespace kaskad::reports::pdf {

class EmbeddedFonts {
 public:
  /// Number of the font among those of the document: the pages call it /F0, /F1 …
  std::size_t number_of(const Typeface& face);
  /// Puts the glyph among those shown and says whether it stands for this text on every page. The first text of a glyph
  /// is its own; another one must be told beside it.
  bool stands_for(std::size_t font, GlyphId glyph, std::string_view text);
  /// Puts the glyph among those shown.
  void show(std::size_t font, GlyphId glyph);
  /// The fonts as objects of the file; returns what maps their names to them. Throws std::runtime_error when a font
  /// cannot be cut.
  std::string write(ObjectFile& file) const;

 private:
  struct Shown {
    const Typeface* face = nullptr;
    std::vector<char> is_shown;       ///< By glyph.
    std::vector<std::string> stands;  ///< By glyph; empty: for nothing.

    std::vector<GlyphId> glyphs() const;
  };

  static int write(ObjectFile& file, const Shown& font, std::size_t number);
  std::vector<Shown> fonts_;
};

}  // namespace kaskad::reports::pdf
