// Text to glyphs, remembered: reports repeat their words, so most of them are shaped once a thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reports/pdf/fonts.hpp"
#include "reports/pdf/typeface.hpp"

namespace kaskad::reports::pdf {

struct Glyph {
  GlyphId index = 0;
  float x = 0;        ///< Points from the start of the run.
  float y = 0;        ///< Points below the baseline.
  float advance = 0;  ///< Points.
};
/// As many bytes of text as many glyphs show.
struct Cluster {
  std::uint16_t bytes = 0;
  std::uint16_t glyphs = 0;
};
/// Glyphs of one font. For right-to-left text the clusters are in the order of the text, the glyphs in the order of
/// sight.
struct GlyphRun {
  const Typeface* face = nullptr;  ///< Lives as long as the shaper.
  double size = 0;                 ///< Points.
  std::string text;
  std::vector<Glyph> glyphs;
  std::vector<Cluster> clusters;
  double width = 0;
  bool backward = false;
};
struct Shaped {
  std::vector<GlyphRun> runs;
  double width = 0;     ///< Points.
  std::string missing;  ///< Letters that no font has: a box stands for each.
};

/// Points from the start of the text to the given byte, for left-to-right text.
double width_to(const Shaped& shaped, std::size_t byte);

using FaceId = std::uint16_t;

class Shaper {
 public:
  explicit Shaper(FontBook fonts);
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;
  ~Shaper();

  /// Family, size and slope; the colour plays no part. Tabular faces do not kern, so that figures stand in columns.
  FaceId face(const Font& font, bool tabular = false);
  /// Valid until forget_rare_words.
  const Shaped& shape(FaceId id, std::string_view text);
  double width(FaceId id, std::string_view text) { return shape(id, text).width; }
  /// Empties the memory when it has grown large. Call between documents only.
  void forget_rare_words();

 private:
  struct Face;
  Shaped shaped_anew(const Face& face, const std::string& text);
  const Typeface& typeface(hb_face_t* face);

  FontBook fonts_;
  std::vector<std::unique_ptr<Typeface>> typefaces_;
  std::vector<std::unique_ptr<Face>> faces_;
};

}  // namespace kaskad::reports::pdf
