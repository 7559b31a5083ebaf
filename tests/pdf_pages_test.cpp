// What stands where on the pages, measured in the finished file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/pdf/style.hpp"
#include "tests/pdf_samples.hpp"
#include "tests/pdf_tools.hpp"

namespace kaskad::reports {
namespace {

using pdf::kPointsPerMm;
using ::testing::HasSubstr;
using ::testing::Not;

/// Points from the top of the paper to the end of the text.
double text_bottom(const FoundPage& page) { return page.height - PageSetup{}.bottom_mm * kPointsPerMm; }

std::vector<const FoundWord*> body_words(const FoundPage& page) {
  std::vector<const FoundWord*> words;
  for (const FoundWord& word : page.words) {
    if (word.y_min < text_bottom(page)) words.push_back(&word);
  }
  return words;
}

/// The number at the foot of a page; empty when there is none.
std::string page_number(const FoundPage& page) {
  std::string number;
  double right = 0;
  for (const FoundWord& word : page.words) {
    if (word.y_min > text_bottom(page) && word.x_max > right) number = word.text, right = word.x_max;
  }
  return number;
}

TEST(PdfPages, AreNumberedFromTheSecond) {
  const auto pages = pages_of(rendered(samples::report()));
  ASSERT_GT(pages.size(), 5U);
  EXPECT_EQ(page_number(pages[0]), "");
  for (std::size_t i = 1; i < pages.size(); ++i) EXPECT_EQ(page_number(pages[i]), std::to_string(i + 1));
}

TEST(PdfPages, KeepEveryWordBetweenTheMargins) {
  for (const Document& document : {samples::report(), samples::passport(11), samples::hard_cases()}) {
    for (const FoundPage& page : pages_of(rendered(document))) {
      const double right = page.width - PageSetup{}.right_mm * kPointsPerMm;
      for (const FoundWord* word : body_words(page)) {
        EXPECT_GE(word->x_min, PageSetup{}.left_mm * kPointsPerMm - 1) << word->text;
        EXPECT_LE(word->x_max, right + 1) << word->text;
        EXPECT_LE(word->y_max, text_bottom(page) + 3) << word->text;
      }
    }
  }
}

TEST(PdfPages, NoneIsBlankAndABreakAtTheEndAddsNone) {
  const auto pages = pages_of(rendered(samples::report()));
  for (const FoundPage& page : pages) EXPECT_FALSE(body_words(page).empty());
  EXPECT_THAT(pages.back().text(), HasSubstr("Прочитано 16"));
}

TEST(PdfPages, OfADocumentWithoutBlocksAreOne) { EXPECT_EQ(pages_of(rendered(samples::blank())).size(), 1U); }

Document short_sections(int n) {
  Document document = samples::blank();
  for (int i = 1; i <= n; ++i) {
    document.blocks.push_back(samples::heading(1, "Раздел"));
    document.blocks.push_back(samples::paragraph("Слово" + std::to_string(i) + "."));
  }
  return document;
}

TEST(PdfPages, HaveLessWhiteWhereThereWouldBeTooMany) {
  Document document = short_sections(26);
  ASSERT_EQ(pages_of(rendered(document)).size(), 3U);
  document.page.most_pages = 2;
  const auto pages = pages_of(rendered(document));
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_NE(pages.back().find("Слово26."), nullptr);
}

TEST(PdfPages, AreSetAsUsualWhereLessWhiteDoesNotHelp) {
  Document document = short_sections(26);
  const std::string usual = rendered(document);
  document.page.most_pages = 1;
  EXPECT_EQ(rendered(document), usual);
}

TEST(PdfPages, ContentsNameThePagesOfTheHeadings) {
  const auto pages = pages_of(rendered(samples::report()));
  const std::vector<std::pair<std::string, std::string>> headings = {
      {"Главное", "3"}, {"Результаты по предметам", "4"}, {"Сверка строк", "8"}};
  for (const auto& [title, number] : headings) {
    EXPECT_THAT(pages[std::size_t(std::stoi(number)) - 1].text(), HasSubstr(title));
    const std::string last = title.substr(title.rfind(' ') == std::string::npos ? 0 : title.rfind(' ') + 1);
    const FoundWord* in_contents = pages[1].find(last);
    ASSERT_NE(in_contents, nullptr) << title;
    std::string found;
    for (const FoundWord& word : pages[1].words) {
      if (std::abs(word.y_min - in_contents->y_min) < 2) found = word.text;
    }
    EXPECT_EQ(found, number) << title;
  }
}

TEST(PdfPages, TurnForAWideTable) {
  const auto pages = pages_of(rendered(samples::report()));
  EXPECT_GT(pages[6].width, pages[6].height);
  EXPECT_LT(pages[7].width, pages[7].height);
}

TEST(PdfPages, HaveTheFootnotesOfTheirMarks) {
  const auto pages = pages_of(rendered(samples::report()));
  EXPECT_THAT(pages[2].text(), HasSubstr("сноске 2"));
  EXPECT_THAT(pages[2].text(), HasSubstr("государственная итоговая аттестация"));
}

TEST(PdfPages, EqualFootnotesOfAPageShareOneMarkAndEachPageCountsFromOne) {
  Document document = samples::blank();
  Paragraph paragraph;
  for (const char* word : {"альфа", "бета", "гамма"}) {
    reports::Run run;
    run.text = word;
    run.footnote = std::string(word) == "бета" ? "Другая сноска." : "Общая сноска.";
    paragraph.runs.push_back(run);
  }
  document.blocks = {{paragraph}, {PageBreak{}}, {paragraph}};
  const auto pages = pages_of(rendered(document));
  ASSERT_EQ(pages.size(), 2U);
  for (const FoundPage& page : pages) {
    const std::string text = page.text();
    EXPECT_THAT(text, HasSubstr("альфа 1"));
    EXPECT_THAT(text, HasSubstr("гамма 1"));
    EXPECT_EQ(text.find("Общая"), text.rfind("Общая"));
  }
}

// Three lines of its text, or three rows of its table, stand below a heading.
TEST(PdfPages, AHeadingStandsOverThreeLinesOrThreeRows) {
  for (int lines = 25; lines < 50; ++lines) {
    Document text = samples::blank();
    for (int i = 0; i < lines; ++i) text.blocks.push_back(samples::paragraph("Строка."));
    text.blocks.push_back(samples::heading(2, "Заголовок"));
    Document table = text;
    std::string words;
    for (int w = 0; w < 70; ++w) words += "слово ";
    text.blocks.push_back(samples::paragraph(words));
    table.blocks.push_back(samples::long_table(30).blocks[0]);
    for (const auto& [document, of_each] : {std::pair(text, "слово"), std::pair(table, "№")}) {
      for (const FoundPage& page : pages_of(rendered(document))) {
        const FoundWord* head = page.find("Заголовок");
        if (head == nullptr) continue;
        std::set<int> below;  // Lines with such a word.
        for (const FoundWord* word : body_words(page)) {
          if (word->y_min > head->y_max && word->text == of_each) below.insert(int(word->y_max));
        }
        EXPECT_GE(below.size(), 3U) << lines << " " << of_each;
      }
    }
  }
}

// A short paragraph below a heading does not part it from the table that it introduces.
TEST(PdfPages, AHeadingAndAShortParagraphStandOverTheTableTheyIntroduce) {
  for (int lines = 25; lines < 50; ++lines) {
    Document document = samples::blank();
    for (int i = 0; i < lines; ++i) document.blocks.push_back(samples::paragraph("Строка."));
    document.blocks.push_back(samples::heading(2, "Заголовок"));
    document.blocks.push_back(samples::paragraph("Одна фраза."));
    document.blocks.push_back(samples::long_table(30).blocks[0]);
    for (const FoundPage& page : pages_of(rendered(document))) {
      if (page.find("Заголовок") == nullptr) continue;
      const auto rows =
          std::count_if(page.words.begin(), page.words.end(), [](const auto& w) { return w.text == "№"; });
      EXPECT_GE(rows, 3) << lines;
    }
  }
}

/// Groups of five rows each; the rows' only word is «Ряд», the groups' «Группа».
Block table_of_groups(int groups) {
  Table table;
  table.caption = "Школы";
  table.columns = {{"Школа", "", ColumnKind::text, 0}};
  for (int g = 0; g < groups; ++g) {
    table.rows.push_back({Row::Kind::group, {samples::text_cell("Группа")}});
    for (int r = 0; r < 5; ++r) table.rows.push_back({Row::Kind::body, {samples::text_cell("Ряд")}});
  }
  return {std::move(table)};
}

// The head of a group stands over two rows of it, and no row of a group stands alone on the next page.
TEST(PdfTables, PartNoSingleRowFromItsGroup) {
  for (int lines = 0; lines < 20; ++lines) {
    Document document = samples::blank();
    for (int i = 0; i < lines; ++i) document.blocks.push_back(samples::paragraph("Строка."));
    document.blocks.push_back(table_of_groups(20));
    for (const FoundPage& page : pages_of(rendered(document))) {
      std::vector<int> runs;  // Rows below each head on this page.
      for (const FoundWord& word : page.words) {
        if (word.text == "Группа") runs.push_back(0);
        if (word.text == "Ряд" && !runs.empty()) ++runs.back();
      }
      for (const int rows : runs) EXPECT_GE(rows, 2) << lines;
    }
  }
}

Block figure_of_rows(int rows) {
  Bars plot;
  for (int i = 1; i <= rows; ++i) {
    plot.bars.push_back({"Школа " + std::to_string(i), SeriesRole::focus, samples::percent(50)});
  }
  Figure figure;
  figure.chart.plot = std::move(plot);
  figure.caption = "Школы";
  return {std::move(figure)};
}

double rightmost(const FoundPage& page, double from, double to) {
  double x = 0;
  for (const FoundWord& word : page.words) {
    if (word.y_min >= from && word.y_max <= to) x = std::max(x, word.x_max);
  }
  return x;
}

// Tables, figures and the page's number end at the right margin; text and captions at the measure of 75 letters.
TEST(PdfPages, HaveOneWidthForWhatIsLookedAtAndOneForWhatIsRead) {
  Document document = samples::blank();
  std::string words = "Начало";
  for (int w = 0; w < 60; ++w) words += " слово";
  Block figure = figure_of_rows(3), table = samples::long_table(4).blocks[0];
  std::get<Figure>(figure.is).caption = words;
  std::get<Table>(table.is).note = std::get<Paragraph>(samples::paragraph("Сноска " + words).is).runs;
  document.blocks = {{PageBreak{}}, samples::paragraph(words), figure, table};
  document.page.number_from_second = false;
  const FoundPage page = pages_of(rendered(document)).at(0);
  const double right = page.width - PageSetup{}.right_mm * kPointsPerMm;
  const double measure = PageSetup{}.left_mm * kPointsPerMm + 75 * 0.515 * 11;
  const double chart = page.find("Школа")->y_min, caption = page.find("Рисунок")->y_min;
  const double rows = page.find("Таблица")->y_max, note = page.find("Сноска")->y_min;
  EXPECT_NEAR(rightmost(page, 0, chart - 30), measure, 3);
  EXPECT_NEAR(rightmost(page, chart - 1, caption), right, 3);
  EXPECT_LT(rightmost(page, caption, rows), measure + 1);
  EXPECT_NEAR(rightmost(page, rows, note), right, 3);
  EXPECT_LT(rightmost(page, note - 1, text_bottom(page)), measure + 1);
  EXPECT_NEAR(rightmost(page, text_bottom(page), page.height), right, 1);
}

TEST(PdfFigures, AreAsWideAsOthersWhereTheyAreLowerToFitOnAPage) {
  std::set<int> type;  // Tenths of a point.
  for (int lines = 15; lines < 30; ++lines) {
    Document document = samples::blank();
    for (int i = 0; i < lines; ++i) document.blocks.push_back(samples::paragraph("Строка."));
    document.blocks.push_back(figure_of_rows(15));
    for (const FoundPage& page : pages_of(rendered(document))) {
      const FoundWord* first = page.find("Школа");
      if (first == nullptr) continue;
      type.insert(int((first->y_max - first->y_min) * 10));
      const double right = page.width - PageSetup{}.right_mm * kPointsPerMm;
      EXPECT_NEAR(rightmost(page, first->y_min - 1, page.find("Рисунок")->y_min), right, 3) << lines;
    }
  }
  EXPECT_GT(type.size(), 1U);
}

TEST(PdfPages, EndNoLineOfFactsWithTheDotBetweenThem) {
  Masthead masthead;
  masthead.title = "Школа";
  for (int i = 1; i <= 40; ++i) masthead.facts.push_back(std::string(std::size_t(60 + i), 'n') + " · сельская · малая");
  Document document = samples::blank();
  document.blocks = {{masthead}};
  const FoundPage page = pages_of(rendered(document)).at(0);
  int dots = 0;
  for (const FoundWord& dot : page.words) {
    if (dot.text != "·") continue;
    ++dots;
    EXPECT_TRUE(std::any_of(page.words.begin(), page.words.end(), [&](const FoundWord& word) {
      return std::abs(word.y_max - dot.y_max) < 3 && word.x_min > dot.x_max;
    })) << dot.y_max;
  }
  EXPECT_LT(dots, 80);  // Some stood at the end of a line,
  EXPECT_GT(dots, 30);  // but not all.
}

// A heading is never the last thing on a page, and a paragraph's first or last line never stands alone.
TEST(PdfPages, LeaveNoHeadingAndNoSingleLineBehind) {
  Document document = samples::blank();
  for (int i = 0; i < 60; ++i) {
    document.blocks.push_back(samples::heading(2, "Заголовок"));
    std::string text = "Начало";
    for (int w = 0; w < 30 + i * 7 % 40; ++w) text += " обыкновенное";
    document.blocks.push_back(samples::paragraph(text + " конец."));
  }
  const auto pages = pages_of(rendered(document));
  ASSERT_GT(pages.size(), 5U);
  for (const FoundPage& page : pages) {
    std::map<int, std::vector<std::string>> lines;  // By place, from the top.
    for (const FoundWord* word : body_words(page)) lines[int(word->y_max / 4)].push_back(word->text);
    const auto& first = lines.begin()->second;
    const auto& last = lines.rbegin()->second;
    EXPECT_NE(last.back(), "Заголовок");
    EXPECT_NE(last.front(), "Начало");
    EXPECT_NE(first.back(), "конец.");
  }
}

TEST(PdfTables, RepeatCaptionAndHeadOnEachPage) {
  const auto pages = pages_of(rendered(samples::long_table(120)));
  ASSERT_GT(pages.size(), 2U);
  EXPECT_THAT(pages[0].text(), HasSubstr("Таблица 1 — Все школы"));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_NE(pages[i].find("Муниципалитет"), nullptr) << i;
    if (i > 0) {
      EXPECT_THAT(pages[i].text(), HasSubstr("Продолжение таблицы 1")) << i;
    }
  }
}

TEST(PdfTables, ShowEachRowOnceAndCutNone) {
  constexpr int kRows = 120;
  const auto pages = pages_of(rendered(samples::long_table(kRows)));
  std::multiset<std::string> numbers;
  for (const FoundPage& page : pages) {
    for (std::size_t i = 1; i < page.words.size(); ++i) {
      if (page.words[i - 1].text == "№") numbers.insert(page.words[i].text);
    }
    std::size_t begun = 0;  // A row begins with «Средняя» and ends with «№ 5», lines below it for long names.
    std::size_t ended = 0;
    for (const FoundWord& word : page.words) {
      begun += word.text == "Средняя" ? 1U : 0U;
      ended += word.text == "№" ? 1U : 0U;
    }
    EXPECT_EQ(begun, ended);
  }
  EXPECT_EQ(numbers.size(), std::size_t(kRows));
  for (int i = 1; i <= kRows; ++i) EXPECT_EQ(numbers.count(std::to_string(i)), 1U) << i;
}

TEST(PdfTables, OfAFewRowsAreNotDivided) {
  for (int lines = 30; lines < 50; ++lines) {
    Document document = samples::blank();
    for (int i = 0; i < lines; ++i) document.blocks.push_back(samples::paragraph("Строка."));
    const Document table = samples::long_table(6);
    document.blocks.push_back(table.blocks[0]);
    for (const FoundPage& page : pages_of(rendered(document))) {
      const auto rows =
          std::count_if(page.words.begin(), page.words.end(), [](const auto& w) { return w.text == "№"; });
      EXPECT_TRUE(rows == 0 || rows == 6) << lines << ": " << rows;
    }
  }
}

/// Lines of text, a figure for which no room is left under them, a table of so many rows.
std::vector<FoundPage> pages_of_figure_and_table(int rows) {
  Document document = samples::blank();
  for (int i = 0; i < 20; ++i) document.blocks.push_back(samples::paragraph("Строка."));
  document.blocks.push_back(figure_of_rows(19));
  document.blocks.push_back(samples::long_table(rows).blocks[0]);
  document.blocks.push_back(samples::heading(1, "Дальше"));
  return pages_of(rendered(document));
}

TEST(PdfTables, OfAFewRowsFillThePageThatAFigureLeaves) {
  const auto pages = pages_of_figure_and_table(4);
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_NE(pages[0].find("Таблица"), nullptr);
  EXPECT_EQ(pages[0].find("Рисунок"), nullptr);
  EXPECT_NE(pages[1].find("Рисунок"), nullptr);
}

TEST(PdfTables, GoOnBeforeTheFigureThatWaitsForThem) {
  const auto pages = pages_of_figure_and_table(15);
  ASSERT_GE(pages.size(), 2U);
  EXPECT_NE(pages[0].find("Таблица"), nullptr);
  EXPECT_THAT(pages[1].text(), HasSubstr("Продолжение таблицы 1"));
  const FoundWord* figure = pages[1].find("Рисунок");
  const FoundWord* heading = pages[1].find("Дальше");
  ASSERT_NE(figure, nullptr);
  ASSERT_NE(heading, nullptr);
  EXPECT_LT(pages[1].find("Продолжение")->y_max, figure->y_min);
  EXPECT_LT(figure->y_max, heading->y_min);
}

TEST(PdfTables, AlignNumbersAtTheDecimalMark) {
  Document document = samples::blank();
  Table table;
  table.columns = {{"Школа", "", ColumnKind::text, 0}, {"Балл", "", ColumnKind::number, 0}};
  for (const auto& [value, decimals] :
       std::vector<std::pair<double, int>>{{3.25, 2}, {12.5, 1}, {100.125, 3}, {-7.5, 1}}) {
    Quantity q = samples::percent(value);
    q.decimals = decimals;
    table.rows.push_back({Row::Kind::body, {samples::text_cell("Школа"), samples::number_cell(q)}});
  }
  table.rows.push_back({Row::Kind::body, {samples::text_cell("Школа"), samples::text_cell("12,75")}});
  document.blocks.push_back({table});
  const auto pages = pages_of(rendered(document));
  // A figure of PT Sans is 0.545 em wide, 4.905 pt at 9 pt: the marks stand below each other when the right edges
  // differ by the widths of the decimals.
  const double figure = 0.545 * 9;
  const std::vector<std::pair<std::string, int>> texts = {
      {"3,25", 2}, {"12,5", 1}, {"100,125", 3}, {"−7,5", 1}, {"12,75", 2}};
  for (const auto& [text, decimals] : texts) {
    const FoundWord* word = pages[0].find(text);
    ASSERT_NE(word, nullptr) << text;
    EXPECT_NEAR(word->x_max - figure * decimals, pages[0].find("12,5")->x_max - figure, 0.05) << text;
  }
}

TEST(PdfTables, RowsAreAtLeastFiveMillimetresApart) {
  std::set<double> tops;
  const auto pages = pages_of(rendered(samples::long_table(30)));
  for (const FoundWord& word : pages[0].words) {
    if (word.text == "Средняя") tops.insert(word.y_min);
  }
  ASSERT_GT(tops.size(), 15U);
  double above = -1e9;
  for (const double top : tops) {
    EXPECT_GE(top - above, 5 * kPointsPerMm - 0.01);
    above = top;
  }
}

TEST(PdfTables, ExplainMissingFiguresByLetters) {
  const auto pages = pages_of(rendered(samples::report()));
  const std::string text = output_of("pdftotext -layout -f 4 -l 4 {} -", rendered(samples::report()));
  EXPECT_THAT(text, HasSubstr("нет данныхa"));
  EXPECT_THAT(text, HasSubstr("нет данныхc"));
  EXPECT_THAT(pages[3].text(), HasSubstr("a Меньше 10 участников: показатель не публикуется."));
  EXPECT_THAT(pages[3].text(), HasSubstr("c Источник дал только среднее"));
}

TEST(PdfTables, ShowIntervalsWithoutAmbiguousDashes) {
  const std::string text = pages_of(rendered(samples::report()))[3].text();
  EXPECT_THAT(text, ::testing::ContainsRegex("37,1 36,5–37,7"));
  EXPECT_THAT(text, HasSubstr("−0,7…3,3"));
}

/// A table of a municipality's schools; with `waves` the names are squeezed where intervals stand beside values.
Document schools_and_waves(int waves) {
  Document document = samples::blank();
  Table table;
  table.columns = {
      {"Код", "", ColumnKind::text, 0}, {"Школа", "", ColumnKind::text, 0.34}, {"Группа", "", ColumnKind::text, 0}};
  Row row{Row::Kind::body,
          {samples::text_cell("edu980050"), samples::text_cell("МБОУ «Боровская СОШ»"),
           samples::text_cell("Контрольная группа")}};
  for (int wave = 0; wave < waves; ++wave) {
    table.columns.push_back({"Итог", "", ColumnKind::number, 0});
    row.cells.push_back(samples::number_cell(samples::percent(70.5, 8.4), Cell::Show::value_and_interval));
  }
  table.rows = {row, row};
  table.rows[1].cells.back() = samples::number_cell(samples::missing(Undefined::too_few));
  document.blocks = {{table}};
  return document;
}

TEST(PdfTables, PutIntervalsBelowTheirValuesBeforeNamesAreSqueezed) {
  const FoundPage page = pages_of(rendered(schools_and_waves(5))).at(0);
  const FoundWord* value = page.find("70,5");
  const FoundWord* range = page.find("62,1–78,9");
  ASSERT_NE(value, nullptr);
  ASSERT_NE(range, nullptr);
  EXPECT_NEAR(range->x_max, value->x_max, 0.05);
  EXPECT_NEAR(range->y_max - value->y_max, 12, 1.5);
  const FoundWord* kind = page.find("МБОУ");
  const FoundWord* end = page.find("СОШ»");
  ASSERT_NE(end, nullptr);
  EXPECT_EQ(end->y_min, kind->y_min);  // One line.
}

TEST(PdfTables, PutIntervalsBesideTheirValuesWhereThereIsRoom) {
  const FoundPage page = pages_of(rendered(schools_and_waves(1))).at(0);
  const FoundWord* value = page.find("70,5");
  const FoundWord* range = page.find("62,1–78,9");
  ASSERT_NE(range, nullptr);
  EXPECT_GT(range->x_min, value->x_max);
  EXPECT_NEAR(range->y_max, value->y_max, 1.5);
}

// Where a head is too long for its column, its word is divided with a hyphen, not between any two letters.
TEST(PdfTables, DivideHeadsByTheRulesAlone) {
  Document document = samples::blank();
  Table table;
  Row row;
  for (int c = 0; c < 8; ++c) {
    table.columns.push_back({"Промежуточный", "", ColumnKind::number, 0});
    row.cells.push_back(samples::number_cell(samples::percent(70.5)));
  }
  table.rows = {row};
  document.blocks = {{table}};
  const auto pages = pages_of(rendered(document));
  int divided = 0;
  for (const FoundWord& word : pages.at(0).words) {
    if (word.text.rfind("Пр", 0) != 0) continue;
    ++divided;
    EXPECT_EQ(word.text.back(), '-') << word.text;
  }
  EXPECT_EQ(divided, 8);
}

TEST(PdfTables, WithoutRowsSaySo) {
  const auto pages = pages_of(rendered(samples::hard_cases()));
  EXPECT_THAT(pages[1].text(), HasSubstr("Качество, % Строк нет"));
}

TEST(PdfTables, AreNeverCutHoweverManyColumnsTheyHave) {
  std::string all;
  for (const FoundPage& page : pages_of(rendered(samples::hard_cases()))) all += " " + page.text();
  for (int c = 1; c <= 30; ++c) EXPECT_THAT(all, HasSubstr(" П" + std::to_string(c) + " "));
  EXPECT_THAT(all, HasSubstr("40,0"));
}

TEST(PdfTables, ARowHigherThanAPageGoesOnAndEnds) {
  std::string all;
  for (const FoundPage& page : pages_of(rendered(samples::hard_cases()))) all += " " + page.text();
  std::size_t count = 0;
  for (std::size_t at = all.find("подробное"); at != std::string::npos; at = all.find("подробное", at + 1)) ++count;
  EXPECT_EQ(count, 120U);
  EXPECT_THAT(all, HasSubstr("Конец описания."));
}

TEST(PdfFigures, StandAboveTheirNumberedCaption) {
  const auto pages = pages_of(rendered(samples::report()));
  EXPECT_THAT(pages[2].text(), HasSubstr("Рисунок 1 — Доля получивших аттестат по группам школ"));
  const FoundWord* caption = pages[2].find("Рисунок");
  const FoundWord* legend = pages[2].find("Фокус-группа");
  ASSERT_NE(caption, nullptr);
  ASSERT_NE(legend, nullptr);
  EXPECT_GT(caption->y_min, legend->y_max);
}

TEST(PdfFigures, SideBySideHaveTheirCaptionsLevel) {
  Document document = samples::blank();
  Columns columns;
  columns.columns = {{figure_of_rows(3)}, {figure_of_rows(9)}};
  document.blocks = {{columns}};
  const auto pages = pages_of(rendered(document));
  std::vector<double> tops;
  for (const FoundWord& word : pages.at(0).words) {
    if (word.text == "Рисунок") tops.push_back(word.y_min);
  }
  ASSERT_EQ(tops.size(), 2U);
  EXPECT_NEAR(tops[0], tops[1], 0.05);
}

// Its subtitle speaks of scales that are not there.
TEST(PdfFigures, WithoutAPlotSayWhyAndNothingElse) {
  Document document = samples::blank();
  Figure figure;
  figure.chart.title = "Главное";
  figure.chart.subtitle = "Своя шкала";
  figure.chart.note = "Примечание";
  figure.chart.missing = "участников мало";
  document.blocks = {{figure}};
  const std::string text = pages_of(rendered(document)).at(0).text();
  EXPECT_THAT(text, HasSubstr("Главное участников мало"));
  EXPECT_EQ(text.find("шкала"), std::string::npos);
  EXPECT_EQ(text.find("Примечание"), std::string::npos);
}

}  // namespace
}  // namespace kaskad::reports
