// Layout of documents that nobody has arranged: random ones, and those with things that fit badly.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "reports/pdf/style.hpp"
#include "tests/pdf_samples.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using pdf::kPointsPerMm;
using ::testing::HasSubstr;
using ::testing::Not;

double text_bottom(const FoundPage& page) { return page.height - PageSetup{}.bottom_mm * kPointsPerMm; }

/// Lines of the page's text from the top, as words.
std::vector<std::vector<std::string>> lines_of(const FoundPage& page) {
  std::map<int, std::vector<std::string>> lines;
  for (const FoundWord& word : page.words) {
    if (word.y_min < text_bottom(page)) lines[int(std::lround(word.y_max / 3))].push_back(word.text);
  }
  std::vector<std::vector<std::string>> all;
  for (auto& [y, words] : lines) all.push_back(std::move(words));
  return all;
}

bool has_prefix(const std::vector<std::string>& words, const std::string& prefix) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return word.compare(0, prefix.size(), prefix) == 0; });
}

/// Blocks in any order. The first word of a paragraph begins with «нач», its last one with «кон»; those of a table's
/// row with «ряд» and «рядкон»; each carries the number of its block.
class RandomDocument {
 public:
  explicit RandomDocument(unsigned seed) : random_(seed) {}

  Document make() {
    Document document = samples::blank();
    for (int i = 0; i < 70; ++i) document.blocks.push_back(block(i));
    document.blocks.push_back(paragraph(99));
    return document;
  }

 private:
  int below(int n) { return int(random_() % unsigned(n)); }

  Block block(int i) {
    const int kind = below(10);
    if (kind < 2) return samples::heading(1 + below(3), "Заголовок" + std::to_string(i));
    if (kind == 2) return figure(i);
    if (kind == 3) return table(i);
    return paragraph(i);
  }

  std::string words(int count) {
    std::string text;
    for (int w = 0; w < count; ++w) text += below(3) == 0 ? " и" : " обыкновенное";
    return text;
  }

  Block paragraph(int i) {
    const std::string number = std::to_string(i);
    return samples::paragraph("нач" + number + words(8 + below(90)) + " кон" + number + ".");
  }

  Block table(int i) {
    Table table;
    table.caption = "Проверка " + std::to_string(i);
    table.columns = {{"Школа", "", ColumnKind::text, 0.7}, {"Балл", "", ColumnKind::number, 0}};
    for (int r = 0; r < 2 + below(25); ++r) {
      const std::string id = std::to_string(i) + "х" + std::to_string(r) + "х";
      table.rows.push_back({Row::Kind::body,
                            {samples::text_cell("ряд" + id + words(below(20)) + " рядкон" + id),
                             samples::number_cell(samples::percent(12.5))}});
    }
    return {table};
  }

  Block figure(int i) {
    StackedBars bars;
    bars.parts = {{"2"}, {"3"}};
    for (int b = 0; b < 2 + below(9); ++b) {
      StackedBars::Bar bar;
      bar.label = "Школа";
      bar.n = 100;
      bar.parts = {samples::percent(40), samples::percent(60)};
      bars.bars.push_back(bar);
    }
    Chart chart;
    chart.title = "Рисунок";
    chart.plot = bars;
    return {Figure{chart, "Подпись" + std::to_string(i), "f" + std::to_string(i)}};
  }

  std::mt19937 random_;
};

class PdfRandomLayout : public ::testing::TestWithParam<unsigned> {
 protected:
  PdfRandomLayout() : pages_(pages_of(rendered(RandomDocument(GetParam()).make()))) {}
  std::vector<FoundPage> pages_;
};

TEST_P(PdfRandomLayout, LeavesNoLineOfAParagraphAlone) {
  ASSERT_GT(pages_.size(), 4U);
  for (const FoundPage& page : pages_) {
    const auto lines = lines_of(page);
    ASSERT_FALSE(lines.empty());
    EXPECT_FALSE(has_prefix(lines.front(), "кон") && !has_prefix(lines.front(), "нач")) << page.text();
    EXPECT_FALSE(has_prefix(lines.back(), "нач") && !has_prefix(lines.back(), "кон")) << page.text();
  }
}

TEST_P(PdfRandomLayout, EndsNoPageWithAHeadingOrACaption) {
  for (const FoundPage& page : pages_) {
    const auto lines = lines_of(page);
    EXPECT_FALSE(has_prefix(lines.back(), "Заголовок")) << page.text();
    EXPECT_FALSE(has_prefix(lines.back(), "Таблица")) << page.text();
  }
}

TEST_P(PdfRandomLayout, CutsNoRow) {
  int rows = 0;
  for (const FoundPage& page : pages_) {
    std::multiset<std::string> begun;
    std::multiset<std::string> ended;
    for (const FoundWord& word : page.words) {
      if (word.text.compare(0, 12, "рядкон") == 0) {
        ended.insert(word.text.substr(12));
      } else if (word.text.compare(0, 6, "ряд") == 0) {
        begun.insert(word.text.substr(6));
      }
    }
    EXPECT_EQ(begun, ended);
    rows += int(begun.size());
  }
  EXPECT_GT(rows, 10);
}

TEST_P(PdfRandomLayout, KeepsFiguresInTheirOrder) {
  int next = 1;
  for (const FoundPage& page : pages_) {
    for (std::size_t i = 0; i + 2 < page.words.size(); ++i) {
      if (page.words[i].text != "Рисунок" || page.words[i + 2].text != "—") continue;
      EXPECT_EQ(page.words[i + 1].text, std::to_string(next++));
    }
  }
  EXPECT_GT(next, 3);
}

INSTANTIATE_TEST_SUITE_P(Seeds, PdfRandomLayout, ::testing::Values(1U, 2U, 3U, 5U, 8U, 13U));

Document with_waiting_figure(int lines_before) {
  Document document = samples::passport(3);
  Block figure = document.blocks[3];  // The columns with two charts.
  figure = std::get<Columns>(figure.is).columns[1][0];
  std::get<Figure>(figure.is).caption = "Отметки";
  document.blocks = {samples::heading(1, "Первый")};
  for (int i = 0; i < lines_before; ++i) document.blocks.push_back(samples::paragraph("Строка до рисунка."));
  document.blocks.push_back(figure);
  for (int i = 0; i < 12; ++i) document.blocks.push_back(samples::paragraph("Строка после."));
  document.blocks.push_back(samples::heading(1, "Второй"));
  document.blocks.push_back(samples::paragraph("Конец."));
  return document;
}

TEST(PdfFloats, TextFillsThePageThatAFigureCannot) {
  const auto pages = pages_of(rendered(with_waiting_figure(27)));
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_NE(pages[0].find("после."), nullptr);
  EXPECT_EQ(pages[0].find("Рисунок"), nullptr);
  const FoundWord* caption = pages[1].find("Рисунок");
  ASSERT_NE(caption, nullptr);
  EXPECT_LT(caption->y_min, pages[1].find("Второй")->y_min);
}

TEST(PdfFloats, AFigureNeverCrossesAHeading) {
  for (int lines = 20; lines < 34; ++lines) {
    const auto pages = pages_of(rendered(with_waiting_figure(lines)));
    std::string all;
    for (const FoundPage& page : pages) all += page.text() + " ";
    EXPECT_LT(all.find("Рисунок 1"), all.find("Второй")) << lines;
  }
}

PageSetup numbered(NumberPlace place) {
  PageSetup page;
  page.number_place = place;
  return page;
}

TEST(PdfFurniture, PutsTheNumberWhereTheProfileWantsIt) {
  Document document = samples::blank();
  document.blocks = {samples::paragraph("Раз."), {PageBreak{}}, samples::paragraph("Слово.")};
  const std::map<NumberPlace, std::pair<bool, bool>> expected = {// At the top; in the middle.
                                                                 {NumberPlace::bottom_right, {false, false}},
                                                                 {NumberPlace::bottom_center, {false, true}},
                                                                 {NumberPlace::top_center, {true, true}}};
  for (const auto& [place, where] : expected) {
    document.page = numbered(place);
    const FoundPage page = pages_of(rendered(document)).at(1);
    const FoundWord* number = page.find("2");
    ASSERT_NE(number, nullptr);
    EXPECT_EQ(number->y_max < PageSetup{}.top_mm * kPointsPerMm, where.first);
    const double middle = (page.width + (PageSetup{}.left_mm - PageSetup{}.right_mm) * kPointsPerMm) / 2;
    EXPECT_EQ(std::abs((number->x_min + number->x_max) / 2 - middle) < 1, where.second);
  }
}

TEST(PdfFurniture, ShowsTheHeaderOnAllPagesButTheFirstAndTheFooterOnNumberedOnes) {
  Document document = samples::report();
  document.header = "Заречная область";
  document.page = numbered(NumberPlace::top_center);
  const auto pages = pages_of(rendered(document));
  EXPECT_THAT(pages[0].text(), Not(HasSubstr("Каскад ·")));
  for (std::size_t i = 1; i < pages.size(); ++i) {
    EXPECT_THAT(pages[i].text(), HasSubstr("Каскад · Региональный отчёт · 2026")) << i;
    const FoundWord* header = pages[i].find("Заречная");
    ASSERT_NE(header, nullptr) << i;
    EXPECT_LT(header->y_max, PageSetup{}.top_mm * kPointsPerMm);
    EXPECT_GT(header->y_min, 5 * kPointsPerMm);
  }
}

TEST(PdfFurniture, SaysOnEveryPageOfAnEntityWhoseItIs) {
  Document document = samples::passport(11);
  document.entity = "s11";
  for (const NumberPlace place : {NumberPlace::bottom_right, NumberPlace::bottom_center, NumberPlace::top_center}) {
    document.page = numbered(place);
    const std::string pdf = rendered(document);
    const auto pages = pages_of(pdf);
    ASSERT_GT(pages.size(), 1U);
    for (std::size_t i = 1; i <= pages.size(); ++i) {
      const std::string text = output_of(fmt::format("pdftotext -f {} -l {} {{}} -", i, i), pdf);
      EXPECT_THAT(text, HasSubstr("Школа № 11 · Паспорт · 2026")) << i;
    }
    for (const FoundWord& word : pages[0].words) {
      EXPECT_FALSE(word.y_min > text_bottom(pages[0]) && word.text == "1");
    }
  }
}

TEST(PdfFurniture, ElidesANameOfFiveHundredLettersInTwoLines) {
  const auto pages = pages_of(rendered(samples::hard_cases()));
  for (std::size_t i = 1; i < pages.size(); ++i) {
    std::vector<const FoundWord*> foot;
    for (const FoundWord& word : pages[i].words) {
      if (word.y_min > text_bottom(pages[i])) foot.push_back(&word);
    }
    ASSERT_FALSE(foot.empty());
    EXPECT_LT(foot.back()->y_max, pages[i].height - 5 * kPointsPerMm);
    EXPECT_TRUE(std::any_of(foot.begin(), foot.end(),
                            [](const FoundWord* word) { return word->text.find("…") != std::string::npos; }));
  }
}

TEST(PdfContents, LongerThanAPageRepeatTheirTitle) {
  Document document = samples::blank();
  document.blocks = {{Toc{"Содержание", 2}}, {PageBreak{}}};
  for (int i = 0; i < 70; ++i) document.blocks.push_back(samples::heading(1, "Глава"));
  document.blocks.push_back(samples::paragraph("Конец."));
  const auto pages = pages_of(rendered(document));
  EXPECT_EQ(lines_of(pages[0]).front().front(), "Содержание");
  EXPECT_EQ(lines_of(pages[1]).front().front(), "Содержание");
}

// Words of a right-to-left script that follow each other are read from the right. PT fonts lack their letters: boxes
// show their places, the text is kept.
TEST(PdfDirections, WordsOfARightToLeftRunStandFromRightToLeft) {
  Document document = samples::blank();
  document.blocks = {samples::paragraph("Школа مدرسة ثانوية 12 جديدة города")};
  const auto drawn = output_of("pdftotext -bbox {} - | grep '<word'", rendered(document));
  const auto x_of = [&](const std::string& text) {
    const std::size_t at = drawn.find(">" + text + "<");
    if (at == std::string::npos) return -1.0;
    return std::stod(drawn.substr(drawn.rfind("xMin=\"", at) + 6));
  };
  const double school = x_of("Школа");
  const double town = x_of("города");
  const double figure = x_of("12");
  ASSERT_GT(school, 0) << drawn;
  ASSERT_GT(town, 0) << drawn;
  ASSERT_GT(figure, 0) << drawn;
  std::vector<double> words;  // Left ends of the Arabic ones.
  std::size_t at = 0;
  while ((at = drawn.find("xMin=\"", at)) != std::string::npos) {
    const double x = std::stod(drawn.substr(at += 6));
    const std::string line = drawn.substr(at, drawn.find('\n', at) - at);
    if (line.find("\xD8") != std::string::npos || line.find("\xD9") != std::string::npos) words.push_back(x);
  }
  ASSERT_EQ(words.size(), 3U) << drawn;
  EXPECT_EQ(std::count_if(words.begin(), words.end(), [&](double x) { return x < figure; }), 1);  // The last one.
  for (const double x : words) EXPECT_TRUE(x > school && x < town);
}

}  // namespace
}  // namespace kaskad::reports
