// The parts of the PDF renderer that need no page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "engine/base/files.hpp"
#include "reports/pdf/column_widths.hpp"
#include "reports/pdf/content.hpp"
#include "reports/pdf/hyphenation.hpp"
#include "reports/pdf/line_breaking.hpp"
#include "reports/pdf/paginator.hpp"
#include "reports/pdf/paragraph.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports::pdf {
namespace {

/// The word with hyphens where it may be divided.
std::string divided(const std::string& word) {
  Hyphenator hyphenator(debian_resources().hyphenation_folders);
  std::string shown;
  std::size_t begin = 0;
  for (const std::size_t at : hyphenator.points(word)) {
    shown += word.substr(begin, at - begin) + "-";
    begin = at;
  }
  return shown + word.substr(begin);
}

/// Parts of the word end only where the dictionary divides it.
bool divides_no_more_than(const std::string& dictionary, const std::string& found) {
  std::size_t i = 0;
  for (const char c : found) {
    if (c != '-' && dictionary[i] == '-') ++i;
    if (i >= dictionary.size() || c != dictionary[i++]) return false;
  }
  return i == dictionary.size();
}

// The divisions are those of orthographic dictionaries; patterns find most of them and must invent none.
TEST(Hyphenation, DividesWordsAsDictionariesDo) {
  for (const char* word : {"мо-ни-то-ринг", "об-ра-зо-ва-тель-ный", "ин-тер-вал", "мате-ма-ти-ка", "hy-phen-ation"}) {
    std::string whole = word;
    whole.erase(std::remove(whole.begin(), whole.end(), '-'), whole.end());
    const std::string found = divided(whole);
    EXPECT_TRUE(divides_no_more_than(word, found)) << found;
    EXPECT_GE(std::count(found.begin(), found.end(), '-'), 1) << found;
  }
  EXPECT_TRUE(divides_no_more_than("«ин-тер-вал»,", divided("«интервал»,")));
}

TEST(Hyphenation, KeepsAbbreviationsFiguresAndShortWordsWhole) {
  for (const char* text : {"ГИА", "ЕГЭШНИК", "2020", "балл", "16526"}) EXPECT_EQ(divided(text), text);
}

TEST(Hyphenation, WithoutPatternsDividesNothing) {
  Hyphenator none({"/nonexistent"});
  EXPECT_FALSE(none.knows("ru"));
  EXPECT_TRUE(none.points("мониторинг").empty());
}

Box word(double width) { return {width, 3, true, 0, 0}; }

TEST(LineBreaking, PrefersEvenLinesToAGreedyFirstOne) {
  // Greedy: 40+3+40 | 10 … leaves the second line almost empty before a long word; the optimum moves a word down.
  const std::vector<Box> boxes = {word(40), word(40), word(14), word(80), word(20)};
  EXPECT_EQ(break_lines(boxes, 100, false), (std::vector<std::size_t>{2, 4, 5}));
}

TEST(LineBreaking, NeverMakesALineWiderThanTheColumnWhenThereIsAWay) {
  std::vector<Box> boxes;
  for (int i = 0; i < 200; ++i) boxes.push_back(word(5 + i * 7 % 31));
  std::size_t from = 0;
  for (const std::size_t to : break_lines(boxes, 120, true)) {
    double least = -boxes[to - 1].space;
    for (std::size_t i = from; i < to; ++i) least += boxes[i].width + boxes[i].space * (1 - kSpaceShrinks);
    EXPECT_LE(least, 120);
    from = to;
  }
  EXPECT_EQ(from, boxes.size());
}

TEST(LineBreaking, GivesABoxWiderThanTheColumnALineOfItsOwn) {
  EXPECT_EQ(break_lines({word(50), word(300), word(50)}, 100, true), (std::vector<std::size_t>{1, 2, 3}));
}

TEST(LineBreaking, NoTextHasNoLines) { EXPECT_TRUE(break_lines({}, 100, true).empty()); }

ColumnNeed need(double word_width, double natural, bool elastic) {
  return {word_width, word_width, word_width, std::min(word_width, 20.0), natural, 0, elastic};
}

double sum(const std::vector<double>& widths) { return std::accumulate(widths.begin(), widths.end(), 0.0); }

TEST(ColumnWidths, FillTheRoom) {
  const auto fit =
      fit_columns({need(60, 200, true), need(40, 40, false), need(40, 40, false)}, {}, Squeeze::none, 10, 400);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(sum(fit->widths), 380, 1e-9);
}

TEST(ColumnWidths, DoNotStretchATableThatHasLittleToSay) {
  const auto fit = fit_columns({need(60, 80, true), need(40, 40, false)}, {}, Squeeze::none, 10, 400);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(sum(fit->widths) + 10, 1.2 * 130, 1e-9);
  const ScaledLines headed{nullptr, 1, false, 250};  // The head of a group is not wrapped for it.
  EXPECT_NEAR(sum(fit_columns({need(60, 80, true), need(40, 40, false)}, headed, Squeeze::none, 10, 400)->widths) + 10,
              250, 1e-9);
}

TEST(ColumnWidths, StretchATableOfManyColumnsLikeAllOthers) {
  const std::vector<ColumnNeed> needs = {need(60, 80, true), need(20, 20, false), need(20, 20, false),
                                         need(20, 20, false)};
  EXPECT_NEAR(sum(fit_columns(needs, {}, Squeeze::none, 10, 400)->widths), 370, 1e-9);
}

TEST(ColumnWidths, NeverGiveANumberLessThanItNeeds) {
  const auto fit =
      fit_columns({need(60, 800, true), need(150, 150, false), need(90, 90, false)}, {}, Squeeze::none, 10, 460);
  ASSERT_TRUE(fit);
  EXPECT_GE(fit->widths[1], 150);
  EXPECT_GE(fit->widths[2], 90);
}

TEST(ColumnWidths, GiveRoomWhereItSavesMostLines) {
  // Forty points are to spare: in the first column they spare three rows their second line, in the other one only.
  const CellLines wraps = {100, 60};
  const RowLines rows = {{{}, {}}, {wraps, {}}, {wraps, {}}, {wraps, {}}, {{}, wraps}};
  const auto fit = fit_columns({need(60, 100, true), need(60, 100, true)}, {&rows}, Squeeze::none, 10, 170);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->widths[0], 100, 1e-9);
  EXPECT_NEAR(fit->widths[1], 60, 1e-9);
  EXPECT_EQ(fit->lines, 6);
  EXPECT_GT(fit->highest, 1U);
}

TEST(ColumnWidths, TakeRoomBackFromAColumnThatMakesNoRowLower) {
  // The cells of the second column are long: nothing that the first one gets makes a row lower.
  const RowLines rows = {{{}, {}}, {{100, 60}, {600, 300, 200}}};
  const auto fit = fit_columns({need(60, 100, true), need(200, 600, true)}, {&rows}, Squeeze::none, 0, 360);
  ASSERT_TRUE(fit);
  EXPECT_GE(fit->widths[1], 300);
  EXPECT_EQ(fit->lines, 3);
}

TEST(ColumnWidths, CountTheLinesOfIntervalsBelowTheirValues) {
  const RowLines rows = {{{}}, {value_and_range()}};
  const std::vector<ColumnNeed> needs = {need(60, 60, false)};
  EXPECT_EQ(fit_columns(needs, {&rows, 1, false}, Squeeze::none, 0, 100)->lines, 2);
  EXPECT_EQ(fit_columns(needs, {&rows, 1, true}, Squeeze::none, 0, 100)->lines, 3);
}

TEST(ColumnWidths, OfNeighboursOfOneKindAreEqualWhereEachHasEnough) {
  std::vector<ColumnNeed> years = {need(60, 80, true), need(40, 90, false), need(40, 40, false), need(40, 70, false)};
  years[2].like_left = years[3].like_left = true;
  const auto fit = fit_columns(years, {}, Squeeze::none, 10, 400);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->widths[1], fit->widths[2], 1e-9);
  EXPECT_NEAR(fit->widths[2], fit->widths[3], 1e-9);
  EXPECT_NEAR(sum(fit->widths), 370, 1e-9);
  years[1].word = years[1].natural = 290 / 2.0;  // Wider than the mean of the three.
  const auto uneven = fit_columns(years, {}, Squeeze::none, 10, 400);
  ASSERT_TRUE(uneven);
  EXPECT_GE(uneven->widths[1], 145);
}

TEST(ColumnWidths, SayWhenThereIsNoRoom) {
  EXPECT_FALSE(fit_columns({need(300, 300, true), need(200, 200, false)}, {}, Squeeze::none, 10, 460));
}

TEST(WidthForLines, IsTheNarrowestInWhichTheWordsStand) {
  const std::vector<TextNeed::Piece> words = {{30, 5}, {40, 5}, {20, 5}, {50, 0}};
  EXPECT_NEAR(width_for(words, 1), 155, 0.1);
  EXPECT_NEAR(width_for(words, 2), 75, 0.1);  // 30 + 40 | 20 + 50
  EXPECT_NEAR(width_for(words, 3), 65, 0.1);  // 30 | 40 + 20 | 50
  EXPECT_NEAR(width_for(words, 4), 50, 0.1);
}

TEST(Splitting, KeepsTheOrderAndLosesNoMark) {
  Slab slab;
  slab.height = 100;
  for (int y = 10; y <= 90; y += 20) slab.inks.emplace_back(TextInk{nullptr, 0, float(y), {}});
  const std::size_t all = slab.inks.size();
  const Slab rest = split(slab, 55);
  EXPECT_EQ(slab.inks.size() + rest.inks.size(), all);
  EXPECT_EQ(slab.inks.size(), 3U);
  EXPECT_LE(slab.height, 55);
  EXPECT_GT(rest.height, 0);
}

TEST(Splitting, LeavesWholeWhatCannotBeCut) {
  Slab slab;
  slab.height = 100;
  slab.inks.emplace_back(PictureInk{std::make_shared<const Picture>(Picture{10, 100, {}}), 0, 0, 1});
  EXPECT_TRUE(split(slab, 50).inks.empty());
  EXPECT_EQ(slab.inks.size(), 1U);
}

TEST(StructureTree, LeavesOutNoLevelWhateverTheDocumentDoes) {
  Structure structure;
  std::string roles;
  for (const int level : {0, 3, 3, 1, 4, 2, 6, 6}) {
    roles += std::string(role_name(structure[structure.add_heading(level, kRoot)].role)) + " ";
  }
  EXPECT_EQ(roles, "H1 H2 H2 H2 H3 H3 H4 H4 ");
}

}  // namespace
}  // namespace kaskad::reports::pdf
