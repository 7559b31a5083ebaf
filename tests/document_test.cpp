// The dump of a document of every block, against a text that was read by eye (fixtures/document/all_blocks.txt).
#include "reports/document/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/document/entity_check.hpp"
#include "tests/golden.hpp"

namespace kaskad::reports {
namespace {

Quantity share(double value, double lo, double hi, std::int64_t n) {
  Quantity q{exactly(value, n), Unit::percent};
  q.estimate.lo = lo;
  q.estimate.hi = hi;
  return q;
}

const Quantity kEntry = share(20.0099, 18.32, 21.82, 2014);
const Quantity kFinal = share(31.5543, 29.62, 33.55, 2136);
const Quantity kMissing{undefined(Undefined::too_few, 3), Unit::percent};

Runs plain(std::string text) { return {Run{std::move(text)}}; }
Cell text_cell(std::string text) { return {plain(std::move(text))}; }
Cell number_cell(const Quantity& q, Cell::Show show = Cell::Show::value) { return {Cell::Number{q, show}}; }

Table every_cell() {
  Table table{"Доля получивших аттестат", "shares", {}, {}, {}};
  table.columns = {{"Школа", "", ColumnKind::text, 0.4},
                   {"Итог, %", "Контроль", ColumnKind::number},
                   {"Интервал", "Контроль", ColumnKind::number},
                   {"n", "", ColumnKind::number},
                   {"Годы", "", ColumnKind::picture}};
  table.rows.push_back({Row::Kind::group, {text_cell("Город")}});
  table.rows.push_back({Row::Kind::body,
                        {text_cell("Школа 1"),
                         number_cell(kFinal, Cell::Show::value_and_interval),
                         number_cell(kFinal, Cell::Show::interval),
                         number_cell(kFinal, Cell::Show::n),
                         {Cell::Spark{{kEntry, kMissing, kFinal}}}}});
  table.rows.push_back(
      {Row::Kind::total, {text_cell("Всего"), number_cell(kMissing), {}, {}, {Cell::Bar{kFinal, 0, 100, 25.5}}}});
  table.note = {{"Источник: "}, {"сводка", false, true, "https://example.org", ""}};
  return table;
}

Chart dynamics() {
  Dynamics plot;
  plot.series = {{"Фокус", SeriesRole::focus, {{"2018", kEntry}, {"2019", kMissing}, {"2020", kFinal, true}}}};
  plot.bands = {{"вход", 0, 1}};
  return {"Доля выросла", "в процентах", "n под осью", "", plot};
}

Blocks every_chart() {
  StackedBars stacked{{{"2"}, {"5"}}, {{"2020", 50, {kEntry, kFinal}, {}}, {"2021", 3, {}, Undefined::too_few}}};
  DotPlot dots{
      {{SeriesRole::region, "Регион"}}, {{"Успеваемость", "9 класс", {{SeriesRole::school, kFinal}}}}, true, true};
  Histogram histogram{2, {4, 0, 7}, {{2.5, "минимум"}}, "баллы"};
  Bars bars{{{"Школа 1", SeriesRole::base, kEntry}}};
  SmallMultiples multiples{{{"Математика", std::get<Dynamics>(dynamics().plot)}}};
  Slope slope{"вход", "итог", {{"Школа 1", SeriesRole::focus, kEntry, kFinal}}};
  Scatter scatter{"индекс",
                  "балл",
                  {{SeriesRole::focus, "Фокус"}},
                  {{"Школа 1", SeriesRole::focus, kEntry, kFinal}},
                  Scatter::StraightLine{10, 0.5}};
  const Chart nothing{"Нет участников", "", "", "в школе нет 11 класса", Bars{}};
  return {{Figure{dynamics(), "Динамика", "d"}},
          {Figure{{"", "", "", "", stacked}, "Отметки", ""}},
          {Figure{{"", "", "", "", dots}, "", ""}},
          {Figure{{"", "", "", "", histogram}, "", ""}},
          {Figure{{"", "", "", "", bars}, "", ""}},
          {Figure{{"", "", "", "", multiples}, "", ""}},
          {Figure{{"", "", "", "", slope}, "", ""}},
          {Figure{{"", "", "", "", scatter}, "", ""}},
          {Figure{nothing, "Пусто", ""}}};
}

Blocks texts() {
  const Runs marked = {
      {"Доля "}, {"выросла", true}, {", но", true, true}, {" "}, {"нет данных", false, false, "", "мало участников"}};
  return {{Heading{1, plain("Главное"), "main", true}},
          {Paragraph{marked, true}},
          {ListBlock{true, {{{Paragraph{plain("первое")}}}, {{Paragraph{plain("второе")}}}}}},
          {Note{{{Paragraph{plain("Метод Уилсона.")}}}}}};
}

Document every_block() {
  Document document;
  document.title = "Отчёт";
  document.author = "Центр";
  document.subject = "Проверка";
  document.date = "2026-11-21";
  document.entity = "school-11";
  document.footer = "Школа 11";
  document.reasons = {{Undefined::too_few, "слишком мало участников"}};
  document.blocks = {
      {TitlePage{"Центр", "Отчёт", "за 2026 год", {{"Регион", "Область"}}, "21 ноября 2026 г.", "версия 1"}},
      {Toc{"Содержание", 2}},
      {Masthead{"Паспорт", "Школа 11", {"Село", "120 учеников"}}},
      {Cards{{{"Успеваемость", kFinal, "выше региона"}, {"Качество", kMissing, ""}}}},
      {PageBreak{true}},
      {Columns{{{{Paragraph{plain("слева")}}}, {{Paragraph{plain("справа")}}}}, {0.6, 0.4}}},
      {every_cell()}};
  for (const Blocks& more : {texts(), every_chart()}) {
    document.blocks.insert(document.blocks.end(), more.begin(), more.end());
  }
  return document;
}

TEST(Dump, SaysEverythingThatADocumentHolds) { expect_golden("fixtures/document/all_blocks.txt", dump(every_block())); }

TEST(Dump, PrintsNumbersInTheLanguageOfTheDocument) {
  Document document;
  document.language = "en";
  document.words.missing = "no data";
  document.blocks = {{Cards{{{"Pass rate", kFinal, ""}, {"Quality", kMissing, ""}}}}};
  const std::string text = dump(document);
  EXPECT_NE(text.find("\"Pass rate\": 31.6% (29.6 to\u00A033.6), n = 2136"), std::string::npos) << text;
  EXPECT_NE(text.find("\"Quality\": no data [too_few], n = 3"), std::string::npos) << text;
}

Quantity of(Owner owner) {
  Quantity q = kEntry;
  q.owner = owner;
  return q;
}

constexpr Owner kOwn = 7, kRegion = 1, kOther = 8;

Document passport(Block block) {
  Document document;
  document.entity = "12";
  document.owners = {kOwn, kRegion};
  document.blocks.push_back(std::move(block));
  return document;
}

Table table_of(Owner owner) {
  Table table;
  table.caption = "Таблица школы";
  table.columns = {{"Доля"}};
  table.rows = {{Row::Kind::body, {number_cell(of(owner))}}};
  return table;
}

Figure chart_of(SeriesRole role, Owner owner) {
  return {{"", "", "", "", Bars{{{"Школа", role, of(owner)}}}}, "Рисунок школы", ""};
}

TEST(EntityCheck, TakesFiguresOfTheSchoolAndItsYardsticks) {
  EXPECT_TRUE(foreign_figures(passport({table_of(kOwn)})).empty());
  EXPECT_TRUE(foreign_figures(passport({table_of(kRegion)})).empty());
  EXPECT_TRUE(foreign_figures(passport({chart_of(SeriesRole::school, kOwn)})).empty());
}

TEST(EntityCheck, FindsTheFigureOfAnotherSchoolWhereverItStands) {
  const Blocks nested = {{Note{{{Columns{{{{table_of(kOther)}}}, {}}}}}}};
  for (const Block& block : {Block{table_of(kOther)}, Block{chart_of(SeriesRole::neutral, kOther)}, nested.front(),
                             Block{Cards{{{"Таблица школы", of(kOther), ""}}}}}) {
    const auto found = foreign_figures(passport(block));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().owner, kOther);
    EXPECT_THAT(found.front().place, testing::EndsWith("школы"));
  }
}

TEST(EntityCheck, FindsAYardstickThatPosesAsTheSchool) {
  EXPECT_EQ(foreign_figures(passport({chart_of(SeriesRole::school, kRegion)})).size(), 1U);
}

TEST(EntityCheck, FindsFiguresOfNobodyAndTexts) {
  EXPECT_EQ(foreign_figures(passport({table_of(kNobody)})).size(), 1U);
  Document document = passport({table_of(kOwn)});
  document.text_owners = {{kOwn, "passport.md", 3}, {kOther, "passport.md", 9}};
  const auto found = foreign_figures(document);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().place, "passport.md:9");
  const auto checked = check_entity(document);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().message.code, "foreign-figure");
}

TEST(EntityCheck, LetsTheRegionSpeakOfEverybody) {
  Document document = passport({table_of(kOther)});
  document.owners.clear();
  EXPECT_TRUE(foreign_figures(document).empty());
}

}  // namespace
}  // namespace kaskad::reports
