// What a screen reader is told: the structure tree of PDF/UA-1, walked by QPDF and poppler.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/golden.hpp"
#include "tests/pdf_samples.hpp"
#include "tests/pdf_structure.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Sample {
  const char* name;
  Document (*make)();
};
void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }

Document first_passport() { return samples::passport(11); }
Document table_over_pages() { return samples::long_table(120); }

class PdfStructure : public ::testing::TestWithParam<Sample> {
 protected:
  PdfStructure() : pdf_(rendered(GetParam().make())), found_(structure_of(pdf_)) {}
  std::vector<const FoundElement*> elements(const std::string& role) const {
    return elements_of(found_.document, role);
  }

  std::string pdf_;
  FoundStructure found_;
};

TEST_P(PdfStructure, MarksEverythingThatIsPainted) { EXPECT_THAT(found_.unmarked, IsEmpty()); }

TEST_P(PdfStructure, HoldsEachPieceOfContentOnce) {
  std::vector<std::pair<int, int>> held;
  for (const FoundElement* element : all_elements(found_.document)) {
    held.insert(held.end(), element->contents.begin(), element->contents.end());
  }
  std::sort(held.begin(), held.end());
  EXPECT_EQ(held, std::vector(found_.marked.begin(), found_.marked.end()));
  EXPECT_THAT(found_.odd_parents, IsEmpty());
}

TEST_P(PdfStructure, LeavesOutNoLevelOfHeadings) {
  int before = 0;
  for (const FoundElement* element : all_elements(found_.document)) {
    if (element->role.size() != 2 || element->role[0] != 'H' || element->role[1] == 'R') continue;
    const int level = element->role[1] - '0';
    EXPECT_LE(level, before + 1);
    EXPECT_FALSE(element->contents.empty());
    before = level;
  }
}

TEST_P(PdfStructure, TellsEveryFigureInWords) {
  for (const FoundElement* figure : elements("Figure")) {
    EXPECT_TRUE(std::any_of(figure->alternative.begin(), figure->alternative.end(),
                            [](char c) { return c >= '0' && c <= '9'; }) ||
                figure->alternative.find("нет данных") != std::string::npos)
        << figure->alternative;
  }
}

/// Columns that a row covers; cells of the rows above that reach down to it count.
std::vector<int> widths_of(const FoundElement& table) {
  std::vector<int> widths;
  std::vector<int> hanging;  // Columns that later rows have already.
  for (const FoundElement& row : table.kids) {
    if (row.role != "TR") continue;
    const std::size_t at = widths.size();
    widths.push_back(at < hanging.size() ? hanging[at] : 0);
    for (const FoundElement& cell : row.kids) {
      widths.back() += cell.columns;
      hanging.resize(std::max(hanging.size(), at + std::size_t(cell.rows)));
      for (std::size_t r = at + 1; r < at + std::size_t(cell.rows); ++r) hanging[r] += cell.columns;
    }
  }
  return widths;
}

TEST_P(PdfStructure, HasTablesOfEqualRowsWithHeads) {
  for (const FoundElement* table : elements("Table")) {
    const auto widths = widths_of(*table);
    ASSERT_GE(widths.size(), 2U);
    EXPECT_EQ(*std::min_element(widths.begin(), widths.end()), *std::max_element(widths.begin(), widths.end()));
    EXPECT_THAT(elements_of(*table, "TH"), Not(IsEmpty()));
    for (const FoundElement* head : elements_of(*table, "TH")) {
      EXPECT_TRUE(head->scope == "Column" || head->scope == "Row");
    }
  }
}

TEST_P(PdfStructure, HoldsEveryLinkWithItsText) {
  EXPECT_THAT(found_.stray_links, IsEmpty());
  for (const FoundElement* link : elements("Link")) {
    ASSERT_FALSE(link->annotations.empty());
    for (const std::string& text : link->annotations) EXPECT_NE(text, "");
  }
}

TEST_P(PdfStructure, NamesEachFootnoteOnce) {
  std::set<std::string> ids;
  for (const FoundElement* note : elements("Note")) EXPECT_TRUE(!note->id.empty() && ids.insert(note->id).second);
}

TEST_P(PdfStructure, PutsContentOnlyWhereTextBelongs) {
  const std::set<std::string> groups = {"Document", "Div", "L", "LI", "LBody", "Table", "TR", "TOC", "TOCI", "Note"};
  for (const FoundElement* element : all_elements(found_.document)) {
    if (groups.count(element->role) != 0) {
      EXPECT_THAT(element->contents, IsEmpty()) << element->role;
    }
  }
}

TEST_P(PdfStructure, ClaimsWhatItIs) {
  const std::string metadata = metadata_of(pdf_);
  EXPECT_THAT(metadata, HasSubstr("<pdfuaid:part>1</pdfuaid:part>"));
  EXPECT_THAT(metadata, HasSubstr("<dc:title>"));
  EXPECT_EQ(catalogue_entry(pdf_, "/MarkInfo"), "<< /Marked true >>");
  EXPECT_EQ(catalogue_entry(pdf_, "/ViewerPreferences"), "<< /DisplayDocTitle true >>");
  EXPECT_EQ(catalogue_entry(pdf_, "/Lang"), "(ru)");
}

TEST_P(PdfStructure, IsSoundForQpdf) {
  EXPECT_THAT(output_of("qpdf --check {} 2>&1", pdf_), HasSubstr("No syntax or stream encoding errors found"));
}

INSTANTIATE_TEST_SUITE_P(Samples, PdfStructure,
                         ::testing::Values(Sample{"report", samples::report}, Sample{"passport", first_passport},
                                           Sample{"hard_cases", samples::hard_cases},
                                           Sample{"table_over_pages", table_over_pages},
                                           Sample{"blank", samples::blank}),
                         [](const auto& sample) { return std::string(sample.param.name); });

TEST(PdfStructureGolden, Report) {
  expect_golden("fixtures/pdf/report.structure.txt", structure_dump(rendered(samples::report())));
}
TEST(PdfStructureGolden, Passport) {
  expect_golden("fixtures/pdf/passport.structure.txt", structure_dump(rendered(samples::passport(11))));
}

TEST(PdfStructureOverPages, AParagraphStaysOneElement) {
  Document document = samples::blank();
  std::string text;
  for (int i = 0; i < 900; ++i) text += "слово" + std::to_string(i) + " ";
  document.blocks = {samples::heading(1, "Долгий текст"), samples::paragraph(text)};
  const FoundStructure found = structure_of(rendered(document));
  const auto paragraphs = elements_of(found.document, "P");
  ASSERT_EQ(paragraphs.size(), 1U);
  std::set<int> pages;
  for (const auto& content : paragraphs[0]->contents) pages.insert(content.first);
  EXPECT_GE(pages.size(), 2U);
}

TEST(PdfStructureOverPages, ATableStaysOneAndSaysItsHeadOnce) {
  const std::string pdf = rendered(samples::long_table(120));
  const FoundStructure found = structure_of(pdf);
  ASSERT_EQ(elements_of(found.document, "Table").size(), 1U);
  EXPECT_EQ(elements_of(found.document, "TR").size(), 121U);
  const std::string told = structure_dump(pdf);
  EXPECT_EQ(told.find("Муниципалитет"), told.rfind("Муниципалитет"));
  EXPECT_THAT(told, Not(HasSubstr("Продолжение")));
}

TEST(PdfStructureGroups, HeadsOfColumnsSpanThem) {
  const FoundStructure found = structure_of(rendered(samples::report()));
  const FoundElement* wide = elements_of(found.document, "Table").back();
  int spanning = 0;
  for (const FoundElement* head : elements_of(*wide, "TH")) spanning += head->columns == 4 ? 1 : 0;
  EXPECT_EQ(spanning, 4);
}

}  // namespace
}  // namespace kaskad::reports
