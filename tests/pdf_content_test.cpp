// What stands in a PDF file for marks on paper: operators, fonts and bookmarks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hb.h>

#include <memory>

#include "reports/pdf/content.hpp"
#include "reports/pdf/outline_file.hpp"
#include "tests/pdf_samples.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports::pdf {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Color kRed{255, 0, 0};
constexpr Color kGrey{51, 51, 51};

/// A typeface from a file of Debian's package fonts-paratype.
class PtFace {
 public:
  explicit PtFace(const std::string& file) {
    const std::string path = debian_resources().font_folders[0] + "/" + file;
    hb_blob_t* blob = hb_blob_create_from_file(path.c_str());
    raw_ = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    face_ = std::make_unique<Typeface>(raw_);
    font_ = hb_font_create(raw_);
  }
  PtFace(const PtFace&) = delete;
  PtFace& operator=(const PtFace&) = delete;
  ~PtFace() {
    hb_font_destroy(font_);
    hb_face_destroy(raw_);
  }
  const Typeface& operator*() const { return *face_; }
  const Typeface* operator->() const { return face_.get(); }
  GlyphId glyph(char32_t letter) const {
    hb_codepoint_t found = 0;
    hb_font_get_nominal_glyph(font_, letter, &found);
    return found;
  }

 private:
  hb_face_t* raw_ = nullptr;
  hb_font_t* font_ = nullptr;
  std::unique_ptr<Typeface> face_;
};

TEST(PageContent, CountsFromTheFootAndWritesTwoDecimals) {
  Content page(800);
  page.rect(10, 20, 100.126, 30, kRed);
  page.path({{0, 0}, {10.5, 800.5}}, {0.25, kGrey, {}});
  EXPECT_EQ(page.take(), "1 j\n1 .000 .000 rg\n10 750 100.13 30 re f\n.200 G\n.25 w\n0 800 m\n10.5 -.5 l\nS\n");
}

TEST(PageContent, TellsASettingWhenItChanges) {
  Content page(100);
  page.rect(0, 0, 1, 1, kRed);
  page.rect(2, 0, 1, 1, kRed);
  page.path({{0, 0}, {1, 0}}, {0.5, {}, {3, 2}});
  page.path({{0, 1}, {1, 1}}, {0.5, {}, {3, 2}});
  page.path({{0, 2}, {1, 2}}, {0.5, {}, {}});
  const std::string operators = page.take();
  EXPECT_EQ(operators.find("rg\n"), operators.rfind("rg\n"));
  EXPECT_EQ(operators.find("w\n"), operators.rfind("w\n"));
  EXPECT_THAT(operators, HasSubstr("[3 2 ] 0 d\n0 100 m\n1 100 l\nS\n0 99 m\n1 99 l\nS\n[] 0 d\n"));
}

TEST(PageContent, MarksPiecesWithNameAndNumberOrAsArtifacts) {
  Content page(100);
  page.begin_element("H1", 0);
  page.rect(0, 0, 1, 1, {});
  page.end_piece();
  page.begin_artifact();
  page.rect(0, 0, 1, 1, {});
  page.end_piece();
  EXPECT_EQ(page.take(), "1 j\n/H1<</MCID 0>>BDC\n0 99 1 1 re f\nEMC\n/Artifact BMC\n0 99 1 1 re f\nEMC\n");
}

// The circle of radius 100 is at its sides and, by the handles of its curves, within 0.03 % of it between them.
TEST(PageContent, DrawsCirclesAsFourCurves) {
  Content page(100);
  page.circle(0, 100, 100, Color{});
  EXPECT_EQ(page.take(),
            "1 j\n100 0 m\n100 55.23 55.23 100 0 100 c\n-55.23 100 -100 55.23 -100 0 c\n"
            "-100 -55.23 -55.23 -100 0 -100 c\n55.23 -100 100 -55.23 100 0 c\nf\n");
}

TEST(PageContent, WritesGlyphsThatFollowEachOtherTogether) {
  const PtFace sans("PTS55F.ttf");
  const Pen pen{0, &*sans, 10, {}};
  const GlyphId a = sans.glyph(U'а');
  const double width = sans->advance(a) / 100;
  Content page(100);
  page.glyph(pen, a, 10, 50);
  page.glyph(pen, a, 10 + width, 50);
  page.glyph(pen, a, 10 + 2 * width + 0.5, 50);  // Half a point further: 50 thousandths of ten points.
  page.glyph(pen, a, 10, 62);
  const std::string code = {char(a >> 8U), char(a & 0xFFU)};
  EXPECT_EQ(page.take(), "1 j\nBT\n/F0 10 Tf\n10 50 Td\n[(" + code + code + ")-50(" + code + ")]TJ\n0 -12 Td\n[(" +
                             code + ")]TJ\nET\n");
}

TEST(PageContent, EscapesWhatAStringCannotHold) {
  const PtFace sans("PTS55F.ttf");
  const Pen pen{0, &*sans, 10, {}};
  Content page(100);
  double x = 0;
  for (const GlyphId glyph : {GlyphId('('), GlyphId('\\'), GlyphId('\r')}) {
    page.glyph(pen, glyph, x, 0);
    x += sans->advance(glyph) / 100;
  }
  const std::string zero(1, '\0');
  EXPECT_THAT(page.take(), HasSubstr("[(" + zero + "\\(" + zero + "\\\\" + zero + "\\r)]TJ"));
}

/// What fontconfig's program reads in a font file.
std::string scanned(const std::string& font) { return output_of("fc-scan --format '%{fontformat}' {} 2>&1", font); }

TEST(Typefaces, AreCutToTheGlyphsUnderTheirOldNumbersWithoutHints) {
  const PtFace sans("PTS55F.ttf");
  const GlyphId wide = sans.glyph(U'ш'), yo = sans.glyph(U'ё');
  const std::string cut = sans->subset({0, wide, yo});
  EXPECT_LT(cut.size(), 12000U);
  EXPECT_EQ(scanned(cut), "TrueType");
  hb_blob_t* blob = hb_blob_create(cut.data(), unsigned(cut.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
  hb_face_t* face = hb_face_create(blob, 0);
  {
    const Typeface again(face);
    EXPECT_EQ(again.advance(wide), sans->advance(wide));
    EXPECT_EQ(again.advance(yo), sans->advance(yo));
  }
  for (const hb_tag_t tag : {HB_TAG('f', 'p', 'g', 'm'), HB_TAG('p', 'r', 'e', 'p'), HB_TAG('G', 'P', 'O', 'S')}) {
    hb_blob_t* table = hb_face_reference_table(face, tag);
    EXPECT_EQ(hb_blob_get_length(table), 0U);
    hb_blob_destroy(table);
  }
  hb_face_destroy(face);
  hb_blob_destroy(blob);
  EXPECT_EQ(sans->subset({0, wide, yo}), cut);
}

// Numbers of the font's own tables, as `otfinfo` and `ttx` show them: units of 1000 to the em.
TEST(Typefaces, KnowTheirNamesAndMeasures) {
  const PtFace sans("PTS55F.ttf");
  EXPECT_EQ(sans->postscript_name(), "PTSans-Regular");
  EXPECT_FALSE(sans->is_cff());
  const FaceMetrics metrics = sans->metrics();
  EXPECT_EQ(metrics.ascent, 1018);
  EXPECT_EQ(metrics.descent, -276);
  EXPECT_EQ(metrics.cap_height, 700);
  EXPECT_EQ(metrics.slant, 0);
}

hb_face_t* face_with(std::initializer_list<hb_tag_t> tables) {
  hb_face_t* face = hb_face_builder_create();
  for (const hb_tag_t tag : tables) {
    hb_blob_t* blob = hb_blob_create("table", 5, HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_builder_add_table(face, tag, blob);
    hb_blob_destroy(blob);
  }
  return face;
}

TEST(Typefaces, AreTakenWhenTheirOutlinesAreFixed) {
  constexpr hb_tag_t kGlyf = HB_TAG('g', 'l', 'y', 'f'), kCff = HB_TAG('C', 'F', 'F', ' ');
  constexpr hb_tag_t kBitmaps = HB_TAG('C', 'B', 'D', 'T'), kVariations = HB_TAG('f', 'v', 'a', 'r');
  const auto taken = [](std::initializer_list<hb_tag_t> tables) {
    hb_face_t* face = face_with(tables);
    const bool fixed = has_fixed_outlines(face);
    hb_face_destroy(face);
    return fixed;
  };
  EXPECT_TRUE(taken({kGlyf}));
  EXPECT_TRUE(taken({kCff}));
  EXPECT_FALSE(taken({kBitmaps}));
  EXPECT_FALSE(taken({kGlyf, kVariations}));
  EXPECT_FALSE(taken({}));
}

std::vector<Block> text_of(const std::string& text) { return {samples::paragraph(text)}; }

TEST(FontsOfADocument, AreFewAndHoldOnlyWhatIsShown) {
  Document document = samples::blank();
  document.blocks = text_of("Школа № 5");
  const std::string small = rendered(document);
  document.blocks = text_of("Съешь ещё этих мягких французских булок, да выпей чаю. The quick brown fox jumps.");
  EXPECT_GT(rendered(document).size(), small.size() + 2000);
}

// The letter and the ligature are one glyph each; a glyph that stands for two texts in turn tells the second.
TEST(FontsOfADocument, GiveBackTheTextThatWasSet) {
  Document document = samples::blank();
  for (const std::string text : {"Офис — office, «efficient» № 5", "Ёжик, съезд: 16 526 школ, 12 %", "Αθήνα ∑ ≥ ±"}) {
    document.blocks = text_of(text);
    std::string found = output_of("pdftotext -raw {} -", rendered(document));
    for (std::size_t at = 0; (at = found.find("\u00A0")) != std::string::npos;) found.replace(at, 2, " ");
    EXPECT_THAT(found, HasSubstr(text));
  }
}

Expected<PdfRenderer> renderer_with_fonts_of(const std::string& folder) {
  PdfResources resources = debian_resources();
  resources.font_folders.push_back(folder);
  return PdfRenderer::make(resources);
}

TEST(FontsOfADocument, MayHavePostScriptOutlines) {
  auto renderer = renderer_with_fonts_of("/usr/share/fonts/opentype/urw-base35");
  ASSERT_TRUE(renderer.has_value());
  Document document = samples::blank();
  document.fonts.text = "C059";
  document.blocks = text_of("Школа и школы: office");
  const auto pdf = renderer->render(document);
  ASSERT_TRUE(pdf.has_value());
  EXPECT_THAT(output_of("pdffonts {}", *pdf), HasSubstr("C059-Roman                    CID Type 0C (OT)"));
  EXPECT_THAT(output_of("pdftotext -raw {} -", *pdf), HasSubstr("Школа и школы: office"));
  EXPECT_EQ(output_of("pdftoppm -r 30 {} 2>&1 >/dev/null", *pdf), "");
}

TEST(FontsOfADocument, KeepTheOrderOfReadingOfRightToLeftText) {
  auto renderer = renderer_with_fonts_of("/usr/share/fonts/truetype/dejavu");
  ASSERT_TRUE(renderer.has_value());
  Document document = samples::blank();
  document.blocks = text_of("Школа مدرسة и далее");
  const auto pdf = renderer->render(document);
  ASSERT_TRUE(pdf.has_value());
  EXPECT_TRUE(renderer->remarks().empty());
  EXPECT_THAT(output_of("pdftotext -raw {} -", *pdf), HasSubstr("مدرسة"));
  EXPECT_THAT(output_of("pdffonts {}", *pdf), HasSubstr("DejaVu"));
}

std::string outline_of(const std::vector<Bookmark>& bookmarks) {
  std::ostringstream bytes;
  ObjectFile file(bytes);
  const int root = write_outline(file, bookmarks);
  const int pages = file.write("<< /Type /Pages /Count 0 /Kids [] >>");
  const int catalogue =
      file.write("<< /Type /Catalog /Pages " + reference(pages) + " /Outlines " + reference(root) + " >>");
  file.finish(catalogue, file.write("<< >>"));
  return output_of("qpdf --json --json-key=outlines {} 2>&1", bytes.str());
}

TEST(Bookmarks, NestByLevelAndOpenTheFirst) {
  const std::string found = outline_of({{1, "A", "[]"}, {3, "A1", "[]"}, {2, "A2", "[]"}, {1, "B", "[]"}});
  EXPECT_LT(found.find("\"A\""), found.find("\"B\""));
  EXPECT_THAT(found, HasSubstr("\"title\": \"A2\""));
  EXPECT_THAT(found, HasSubstr("\"open\": true"));
  EXPECT_THAT(found, Not(HasSubstr("warning")));
}

}  // namespace
}  // namespace kaskad::reports::pdf
