#include "reports/pdf/embedded_fonts.hpp"

#include <fmt/format.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>

#include "reports/pdf/object_pack.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr std::size_t kMostInBlock = 100;  // Lines between beginbfchar and endbfchar.
constexpr int kStem = 80;                  // Width of stems, which matters for fonts that are not embedded only.
constexpr int kSymbolic = 4;               // Flag of fonts whose glyphs are named by number.

/// "AAAAAB": tells the parts of one font in merged files apart.
std::string tag_of(std::size_t number) {
  constexpr std::size_t kLetters = 26;
  std::string tag(6, 'A');
  for (auto at = tag.rbegin(); at != tag.rend(); ++at, number /= kLetters) *at = char('A' + number % kLetters);
  return tag;
}

std::string utf16(const std::string& text) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
  std::string out;
  for (int i = 0; i < units.length(); ++i) out += fmt::format("{:04X}", unsigned(units.charAt(i)));
  return out;
}

/// Glyphs to letters (9.10.3).
std::string to_unicode(const std::vector<GlyphId>& glyphs, const std::vector<std::string>& stands) {
  std::vector<std::string> lines;
  for (const GlyphId glyph : glyphs) {
    if (!stands[glyph].empty()) lines.push_back(fmt::format("<{:04X}> <{}>\n", glyph, utf16(stands[glyph])));
  }
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t from = 0; from < lines.size(); from += kMostInBlock) {
    const std::size_t to = std::min(from + kMostInBlock, lines.size());
    out += fmt::format("{} beginbfchar\n{}endbfchar\n", to - from,
                       fmt::join(lines.begin() + std::ptrdiff_t(from), lines.begin() + std::ptrdiff_t(to), ""));
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

/// Widths of neighbouring glyphs stand together (9.7.4.3).
std::string widths_of(const Typeface& face, const std::vector<GlyphId>& glyphs) {
  std::string out = "[";
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const bool goes_on = i > 0 && glyphs[i] == glyphs[i - 1] + 1;
    if (!goes_on) fmt::format_to(std::back_inserter(out), "{}{} [", i > 0 ? "] " : "", glyphs[i]);
    fmt::format_to(std::back_inserter(out), "{}{:g}", goes_on ? " " : "", face.advance(glyphs[i]));
  }
  return out + (glyphs.empty() ? "]" : "]]");
}

std::string descriptor_of(const Typeface& face, const std::string& name, int program) {
  const FaceMetrics m = face.metrics();
  return fmt::format(
      "<< /Type /FontDescriptor /FontName /{} /Flags {} /FontBBox [{:.0f} {:.0f} {:.0f} {:.0f}] /ItalicAngle {:.1f} "
      "/Ascent {:.0f} /Descent {:.0f} /CapHeight {:.0f} /StemV {} /FontFile{} {} >>",
      name, kSymbolic, m.left, m.bottom, m.right, m.top, m.slant, m.ascent, m.descent, m.cap_height, kStem,
      face.is_cff() ? 3 : 2, reference(program));
}

int write_stream(ObjectFile& file, const std::string& entries, const std::string& data) {
  const int number = file.reserve();
  file.write_stream(number, entries + "/Filter /FlateDecode", deflated(data));
  return number;
}

int write_program(ObjectFile& file, const Typeface& face, const std::vector<GlyphId>& glyphs) {
  const std::string program = face.subset(glyphs);
  const std::string entries =
      face.is_cff() ? std::string("/Subtype /OpenType ") : fmt::format("/Length1 {} ", program.size());
  return write_stream(file, entries, program);
}

}  // namespace

std::vector<GlyphId> EmbeddedFonts::Shown::glyphs() const {
  std::vector<GlyphId> out;
  for (GlyphId glyph = 0; glyph < is_shown.size(); ++glyph) {
    if (is_shown[glyph] != 0) out.push_back(glyph);
  }
  return out;
}

std::size_t EmbeddedFonts::number_of(const Typeface& face) {
  const auto found = std::find_if(fonts_.begin(), fonts_.end(), [&](const Shown& font) { return font.face == &face; });
  if (found != fonts_.end()) return std::size_t(found - fonts_.begin());
  fonts_.push_back({&face, {}, {}});
  return fonts_.size() - 1;
}

void EmbeddedFonts::show(std::size_t font, GlyphId glyph) {
  Shown& shown = fonts_[font];
  if (glyph >= shown.is_shown.size()) {
    shown.is_shown.resize(glyph + 1);
    shown.stands.resize(glyph + 1);
  }
  shown.is_shown[glyph] = 1;
}

bool EmbeddedFonts::stands_for(std::size_t font, GlyphId glyph, std::string_view text) {
  show(font, glyph);
  std::string& own = fonts_[font].stands[glyph];
  if (own.empty()) own = text;
  return own == text;
}

int EmbeddedFonts::write(ObjectFile& file, const Shown& font, std::size_t number) {
  const std::vector<GlyphId> glyphs = font.glyphs();
  const std::string name = tag_of(number) + "+" + font.face->postscript_name();
  const int program = write_program(file, *font.face, glyphs);
  const int descriptor = file.write(descriptor_of(*font.face, name, program));
  const int letters = write_stream(file, "", to_unicode(glyphs, font.stands));
  const int glyph_font = file.write(
      fmt::format("<< /Type /Font /Subtype /CIDFontType{} /BaseFont /{} /CIDSystemInfo << /Registry (Adobe) /Ordering "
                  "(Identity) /Supplement 0 >> /FontDescriptor {} /DW 0 /W {}{} >>",
                  font.face->is_cff() ? 0 : 2, name, reference(descriptor), widths_of(*font.face, glyphs),
                  font.face->is_cff() ? "" : " /CIDToGIDMap /Identity"));
  return file.write(fmt::format(
      "<< /Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H /DescendantFonts [{}] /ToUnicode {} >>", name,
      reference(glyph_font), reference(letters)));
}

std::string EmbeddedFonts::write(ObjectFile& file) const {
  std::string names = "<<";
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    const int number = write(file, fonts_[i], i);
    names += fmt::format(" /F{} {}", i, reference(number));
  }
  return names + " >>";
}

}  // namespace kaskad::reports::pdf
