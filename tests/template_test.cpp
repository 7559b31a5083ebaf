// Templates to documents: one template with everything in it against a dump that was read by eye, one with every
// mistake against its diagnostics, and small cases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/base/texts.hpp"
#include "reports/template/template.hpp"
#include "reports/template/workbook_template.hpp"
#include "tests/golden.hpp"
#include "tests/template_fixtures.hpp"

namespace kaskad::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace test;

TemplateResult made(const TemplateFiles& files, const std::string& name, const Value& tree,
                    const char* language = "ru") {
  return make_document(name, files, tree, NumberFormat(language), Words{}, kReasons);
}

std::optional<std::string> fixture(const std::string& name) {
  auto text = read_file("fixtures/template/" + name);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

TemplateResult of_text(const std::string& text, const Value& tree = data(),
                       std::map<std::string, std::string> parts = {}) {
  parts["t.md"] = text;
  const auto files = [&](const std::string& name) {
    const auto found = parts.find(name);
    return found == parts.end() ? std::nullopt : std::optional(found->second);
  };
  return made(files, "t.md", tree);
}

Texts texts(const std::string& language) {
  std::map<std::string, std::string> toml;
  for (const char* file : {"base", "template"}) {
    const std::string path = "templates/texts/" + language + "/" + file + ".toml";
    toml[path] = read_file(path).value_or("");
  }
  auto loaded = Texts::load(language, toml);
  EXPECT_TRUE(loaded.has_value()) << loaded.error().message.code;
  return std::move(*loaded);
}

std::string described(const Diagnostics& diagnostics, const std::string& language) {
  const Texts words = texts(language);
  std::string out;
  for (const Diagnostic& d : diagnostics) out += words.describe(d) + "\n";
  return out;
}

/// "line code" of each.
std::vector<std::string> codes(const TemplateResult& result) {
  std::vector<std::string> out;
  for (const Diagnostic& d : result.diagnostics) out.push_back(std::to_string(d.place.row) + " " + d.message.code);
  return out;
}

TEST(Template, MakesTheDocumentThatWasReadByEye) {
  const TemplateResult result = made(fixture, "report.md", data());
  EXPECT_EQ(described(result.diagnostics, "ru"), "");
  expect_golden("fixtures/template/report.txt", dump(result.document));
}

TEST(Template, TellsEveryMistakeWithItsLineInBothLanguages) {
  const TemplateResult result = made(fixture, "bad.md", data());
  for (const std::string language : {"ru", "en"}) {
    const std::string text = described(result.diagnostics, language);
    EXPECT_EQ(text.find("⟦"), std::string::npos) << text;
    expect_golden("fixtures/template/bad." + language + ".txt", text);
  }
}

TEST(Template, TellsStructuralMistakesAndRendersNothing) {
  EXPECT_THAT(codes(of_text("a\n{{#schools}}\nb\n")), ElementsAre("2 template-section-open"));
  EXPECT_THAT(codes(of_text("a\n{{/schools}}")), ElementsAre("2 template-section-close"));
  EXPECT_THAT(codes(of_text("{{#schools}}\n{{#pass}}\n{{/schools}}\n{{/pass}}")),
              ElementsAre("3 template-section-crossed"));
  EXPECT_THAT(codes(of_text("\n\n{{region")), ElementsAre("3 template-tag-open"));
  EXPECT_THAT(codes(of_text("{{}} {{=<% %>=}}")), ElementsAre("1 template-tag-name", "1 template-tag-unsupported"));
  EXPECT_THAT(codes(of_text("+++\ntitle = \"x\"\n")), ElementsAre("1 template-front-matter-open"));
  EXPECT_THAT(codes(of_text("a\n\xFF")), ElementsAre("2 template-not-utf8"));
  EXPECT_TRUE(of_text("text\n{{/schools}}").document.blocks.empty());
}

TEST(Template, TellsWhenThereIsNoSuchFile) {
  const auto none = [](const std::string&) { return std::optional<std::string>(); };
  EXPECT_THAT(codes(made(none, "t.md", data())), ElementsAre("0 template-missing"));
  EXPECT_THAT(codes(of_text("\n{{> parts/none}}")), ElementsAre("2 template-partial-missing"));
}

TEST(Template, StopsRecursionOfPartials) {
  const TemplateResult result = of_text("{{> a}}", data(), {{"a.md", "x\n{{> b}}"}, {"b.md", "{{> a}}"}});
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].message.code, "template-recursion");
  EXPECT_EQ(result.diagnostics[0].place.file, "b.md");
}

TEST(Template, NamesTheLineOfThePartialThatIsWrong) {
  const TemplateResult result = of_text("\n{{> p}}\n", data(), {{"p.md", "первая\n\n{{regoin}}\n```chrt\n```\n"}});
  ASSERT_EQ(codes(result), (std::vector<std::string>{"3 template-unknown-name", "4 template-unknown-block"}));
  EXPECT_EQ(result.diagnostics[0].place.file, "p.md");
  EXPECT_EQ(result.diagnostics[1].place.file, "p.md");
}

TEST(Template, ChecksNamesInSectionsThatAreNotShown) {
  EXPECT_THAT(codes(of_text("{{#missing}}\n{{regoin}}\n{{/missing}}")), ElementsAre("2 template-unknown-name"));
  EXPECT_THAT(codes(of_text("{{#nothing}}{{anything}}{{/nothing}}")), ElementsAre());
}

TEST(Template, AcceptsANameThatOnlySomeItemsOfAListHave) {
  const Value tree = Object{{"rows", List{Object{{"a", 1}}, Object{{"a", 2}, {"b", "да"}}}}};
  const TemplateResult result = of_text("{{#rows}}{{a}}{{#b}} {{b}}{{/b}};{{/rows}}", tree);
  EXPECT_THAT(codes(result), ElementsAre());
  EXPECT_THAT(dump(result.document), HasSubstr("paragraph: 1;2 да;"));
}

TEST(Template, KeepsMarkdownInDataFromBeingMarkdown) {
  const Value tree = Object{{"x", "# a **b** <i> | `c`\n- d"}};
  EXPECT_THAT(dump(of_text("{{x}}", tree).document), HasSubstr("paragraph: # a **b** <i> | `c` - d\n"));
  EXPECT_THAT(dump(of_text("```chart\nkind = \"bars\"\ndata = \"d\"\ntitle = \"{{x}}\"\n```",
                           Object{{"x", "\"a\"\n\\ ' ]"}, {"d", Object{{"missing", "нет"}}}})
                       .document),
              HasSubstr("title: \"a\" \\ ' ]\n"));
}

TEST(Template, LooksForPathsFromTheBlocksOwnPlaceOutwards) {
  const Value tree = Object{{"top", List{Object{{"label", "общее"}, {"value", kPass}}}},
                            {"schools", List{Object{{"own", List{Object{{"label", "своё"}, {"value", kPass}}}}}}}};
  const TemplateResult result =
      of_text("{{#schools}}\n```cards\nitems = \"own\"\n```\n```cards\nitems = \"top\"\n```\n{{/schools}}\n", tree);
  EXPECT_THAT(codes(result), ElementsAre());
  const std::string text = dump(result.document);
  EXPECT_THAT(text, HasSubstr("\"своё\""));
  EXPECT_THAT(text, HasSubstr("\"общее\""));
}

TEST(Template, PrintsAnUndefinedQuantityWithItsReason) {
  const TemplateResult result = of_text("Доля: {{missing}}.");
  EXPECT_THAT(dump(result.document), HasSubstr("paragraph: Доля: нет данных^[слишком мало участников]."));
}

TEST(Template, SurvivesHostileData) {
  Object tree = {{"x", std::string(500, 'W')}, {"y", "عربي 😀 \uFDD0\x01"}, {"d", List{}}};
  const TemplateResult result = of_text("{{x}} {{y}} {{{y}}}\n\n| a |\n|---|\n| {{y}} |\n", Value(tree));
  EXPECT_THAT(codes(result), ElementsAre());
  EXPECT_THAT(dump(result.document), HasSubstr("row | عربي 😀 \uFFFD"));
}

TEST(Template, ReadsEveryKindOfChart) {
  const Value tree = Object{
      {"stacked", Object{{"parts", List{Object{{"label", "2"}}}},
                         {"bars", List{Object{{"label", "9"}, {"n", 5}, {"parts", List{kPass}}},
                                       Object{{"label", "11"}, {"n", 2}, {"missing", "too_few"}}}}}},
      {"dots",
       Object{{"legend", List{Object{{"role", "region"}, {"label", "Регион"}}}},
              {"rows", List{Object{{"label", "A"}, {"dots", List{Object{{"role", "school"}, {"value", kPass}}}}}}},
              {"zero_line", true}}},
      {"histogram", Object{{"lo", 2}, {"counts", List{1, 2}}, {"borders", List{Object{{"at", 3}, {"label", "min"}}}}}},
      {"multiples", Object{{"panels", List{Object{{"title", "М"}, {"series", List{}}}}}}},
      {"slope", Object{{"from_label", "a"},
                       {"to_label", "b"},
                       {"lines", List{Object{{"label", "L"}, {"from", kPass}, {"to", kMissing}}}}}},
      {"scatter", Object{{"x_label", "x"},
                         {"y_label", "y"},
                         {"dots", List{Object{{"x", kPass}, {"y", kPass}}}},
                         {"line", Object{{"intercept", 1}, {"slope", kPass}}}}}};
  std::string text;
  for (const char* kind : {"stacked", "dots", "histogram", "multiples", "slope", "scatter"}) {
    text += "```chart\nkind = \"" + std::string(kind) + "\"\ndata = \"" + kind + "\"\n```\n";
  }
  const TemplateResult result = of_text(text, tree);
  EXPECT_EQ(described(result.diagnostics, "ru"), "");
  expect_golden("fixtures/template/charts.txt", dump(result.document));
}

TEST(Template, TellsWhereTheDataOfAChartAreWrong) {
  const Value tree = Object{{"d", Object{{"bars", List{Object{{"label", 1}, {"role", "focsu"}, {"value", "много"}}}}}}};
  const TemplateResult result = of_text("```chart\nkind = \"bars\"\ndata = \"d\"\n```\n", tree);
  const std::string text = described(result.diagnostics, "ru");
  EXPECT_THAT(codes(result), ElementsAre("3 template-unknown-role", "3 template-wrong-kind"));
  EXPECT_THAT(text, HasSubstr("«d.bars.0.value»"));
  EXPECT_THAT(text, HasSubstr("Может быть, «focus»?"));
}

TEST(Template, PutsThePageNumberWhereThePresetHasIt) {
  EXPECT_EQ(of_text("text").document.page.number_place, NumberPlace::bottom_right);
  EXPECT_EQ(of_text("+++\npage = \"gost-7.32\"\n+++\n").document.page.number_place, NumberPlace::bottom_center);
  EXPECT_EQ(of_text("+++\npage = \"gost-r-7.0.97\"\n+++\n").document.page.number_place, NumberPlace::top_center);
}

TEST(Template, ReadsHeaderFooterAndTheLanguageOfTheRun) {
  const TemplateResult good = of_text("+++\nheader = \"{{region}}\"\nlanguage = \"ru\"\nreport = \"annual\"\n+++\n");
  EXPECT_THAT(codes(good), ElementsAre());
  EXPECT_EQ(good.document.header, "Иркутская область");
  EXPECT_THAT(codes(of_text("+++\nlanguage = \"en\"\n+++\n")), ElementsAre("2 template-language"));
}

/// Whose figures stand in which line, as "owner file:line".
std::vector<std::string> owners(const TemplateResult& result) {
  std::vector<std::string> out;
  for (const TextOwner& o : result.document.text_owners)
    out.push_back(std::to_string(o.owner) + " " + o.file + ":" + std::to_string(o.line));
  return out;
}

Quantity owned(Owner owner) {
  Quantity q = kPass;
  q.owner = owner;
  return q;
}

TEST(Template, TellsWhoseFiguresItHasPutIntoTexts) {
  const Value tree =
      Object{{"a", owned(1)},
             {"said", Value::told_of(2, "Доля выросла")},
             {"name", "Школа"},
             {"rows", List{Object{{"x", owned(3)}, {"why", Value::told_of(4, "так")}}}},
             {"cards", List{Object{{"label", "l"}, {"value", owned(5)}, {"note", Value::told_of(6, "n")}}}}};
  EXPECT_THAT(owners(of_text("{{name}}\n{{a.lo}} {{said}}\n\n{{#rows}}\n{{{why}}}\n{{/rows}}\n{{> p}}", tree,
                             {{"p.md", "x\n{{a}}"}})),
              ElementsAre("1 t.md:2", "2 t.md:2", "4 t.md:5", "1 p.md:2"));
  const TemplateResult blocks = of_text(
      "```table\nrows = \"rows\"\ncolumns = [{ value = \"x\" }, { value = \"why\" }]\n```\n"
      "```cards\nitems = \"cards\"\n```\n",
      tree);
  EXPECT_THAT(codes(blocks), ElementsAre());
  EXPECT_THAT(owners(blocks), ElementsAre("4 t.md:1", "6 t.md:5"));
  const auto& cell = std::get<Table>(blocks.document.blocks[0].is).rows[0].cells[0];
  EXPECT_EQ(std::get<Cell::Number>(cell.is).quantity.owner, 3U);
}

TEST(Template, MakesADocumentOfNoDataAtAll) {
  const TemplateResult result = of_text("# Отчёт\n\nДанных нет.\n", Value(Object{}));
  EXPECT_THAT(codes(result), ElementsAre());
  EXPECT_EQ(result.document.blocks.size(), 2U);
  EXPECT_THAT(codes(of_text("{{name}}", Value(Object{}))), ElementsAre("1 template-unknown-name"));
  EXPECT_THAT(codes(of_text("{{name}}", Value())), ElementsAre("1 template-unknown-name"));
}

TEST(Template, KeepsALongNameWhole) {
  const std::string name(500, 'W');
  const TemplateResult result = of_text("+++\ntitle = \"{{name}}\"\n+++\n# {{name}}\n", Value(Object{{"name", name}}));
  EXPECT_EQ(result.document.title, name);
  EXPECT_EQ(std::get<Heading>(result.document.blocks[0].is).runs[0].text, name);
}

TEST(Template, NamesTheFamiliesOfFonts) {
  const Document named = of_text("+++\nfont_text = \"PT Sans\"\n+++\n").document;
  EXPECT_EQ(named.fonts.text, "PT Sans");
  EXPECT_EQ(named.fonts.heads, Typefaces().heads);
}

TEST(Template, TakesMarginsFromThePresetOrFromTheTemplate) {
  EXPECT_EQ(of_text("+++\npage = \"gost-7.32\"\n+++\n").document.page.left_mm, 30);
  EXPECT_EQ(of_text("+++\nmargins_mm = [11, 12, 13, 14]\n+++\n").document.page.bottom_mm, 14);
  EXPECT_EQ(of_text("нет настроек").document.page.right_mm, 20);
  // ГОСТ 7.32-2017, 6.1.1: 12 points or more, one and a half intervals, paragraphs 1.25 cm in.
  EXPECT_GE(of_text("+++\npage = \"gost-7.32\"\n+++\n").document.page.type_pt, 12);
  EXPECT_EQ(of_text("+++\npage = \"gost-7.32\"\n+++\n").document.page.indent_mm, 12.5);
}

TEST(Template, TakesTheNumberOfPagesThatIsWanted) {
  EXPECT_EQ(of_text("+++\nmost_pages = 4\n+++\n").document.page.most_pages, 4);
  EXPECT_EQ(of_text("нет настроек").document.page.most_pages, 0);
}

TEST(Template, LeavesNoTraceOfTagsThatStandAlone) {
  const std::string text = "| a |\n|---|\n{{#missing}}\n| скрыто |\n{{/missing}}\n{{! так }}\n| {{region}} |\n";
  const std::string dumped = dump(of_text(text).document);
  EXPECT_THAT(dumped, HasSubstr("table\n  column text \"a\"\n  row | Иркутская область\n"));
}

Value row_of(const char* name, Value figure) {
  return Object{{"name", name}, {"term", ""}, {"share", std::move(figure)}};
}

TEST(Template, PrintsNoColumnThatNoRowFills) {
  const Value tree = Object{{"rows", List{row_of("a", Quantity(kPass)), row_of("b", Quantity(kMissing))}}};
  const auto heads = [&](const std::string& term) {
    const TemplateResult result = of_text(
        "```table\nrows = \"rows\"\ncolumns = [{ head = \"Школа\", value = \"name\" }, { head = \"Срок\", value = "
        "\"term\"" +
            term + " }, { head = \"Доля\", value = \"share\" }]\n```\n",
        tree);
    EXPECT_THAT(codes(result), ElementsAre());
    std::vector<std::string> out;
    const auto& table = std::get<Table>(result.document.blocks.at(0).is);
    for (const Column& column : table.columns) out.push_back(column.head);
    for (const Row& row : table.rows) EXPECT_EQ(row.cells.size(), out.size());
    return out;
  };
  EXPECT_THAT(heads(""), ElementsAre("Школа", "Доля"));
  EXPECT_THAT(heads(", keep = true"), ElementsAre("Школа", "Срок", "Доля"));
}

TEST(Template, TellsTheNoteOfAColumnWhereItIsPrinted) {
  const Value tree = Object{{"rows", List{row_of("a", Quantity(kPass))}}};
  const TemplateResult result = of_text(
      "```table\nrows = \"rows\"\nnote = \"Пояснение.\"\ncolumns = [{ value = \"name\" }, { value = \"term\", note = "
      "\"О сроке.\" }, { value = \"share\", note = \"О доле.\" }, { value = \"share\", note = \"О доле.\" }]\n```\n",
      tree);
  EXPECT_THAT(codes(result), ElementsAre());
  const auto& table = std::get<Table>(result.document.blocks.at(0).is);
  std::string note;
  for (const reports::Run& run : table.note) note += run.text;
  EXPECT_EQ(note, "Пояснение. О доле.");
}

TEST(Template, SaysInOneSentenceThatATableHasNoFigures) {
  const auto dumped = [](const Quantity& second, const std::string& id) {
    const Value tree = Object{{"rows", List{row_of("a", Quantity(kMissing)), row_of("b", Quantity(second))}}};
    return dump(
        of_text(
            "```table\ncaption = \"Доли\"\n" + id +
                "rows = \"rows\"\ncolumns = [{ value = \"name\" }, { value = \"term\" }, { value = \"share\" }]\n```\n",
            tree)
            .document);
  };
  EXPECT_THAT(dumped(kMissing, ""), HasSubstr("Доли: нет данных (слишком мало участников)."));
  EXPECT_THAT(dumped(kPass, ""), HasSubstr("table"));
  EXPECT_THAT(dumped(kMissing, "id = \"t\"\n"), HasSubstr("table"));  // A link may lead to it.
}

/// [contents] makes a first sheet that leads to the others; a column of days holds days, and texts where there is none.
TEST(WorkbookTemplate, BeginsWithItsContentsAndHoldsDaysAsDays) {
  const auto files = [](const std::string&) -> std::optional<std::string> {
    return R"([contents]
name = "Содержание"
notes = ["{{none}}", "{{about}}"]
sheet = "Лист"
about = "Что на нём"
rows = "Строк"
[[sheet]]
name = "Пусто"
rows = "empty"
columns = [{ head = "Срок", value = "day" }]
[[sheet]]
name = "План"
title = "Дорожная карта"
rows = "rows"
columns = [{ head = "Срок", value = "day", date = true }]
)";
  };
  const Value data(Object{{"none", ""},
                          {"about", "Область"},
                          {"empty", List{}},
                          {"rows", List{Object{{"day", "05.09.2026"}}, Object{{"day", "2026-09-05"}},
                                        Object{{"day", "31.02.2026"}}, Object{{"day", "весной"}}}}});
  const Workbook book = make_workbook("w.toml", files, data, NumberFormat("ru"), "нет данных", {}).workbook;
  ASSERT_EQ(book.sheets.size(), 2U);
  EXPECT_EQ(book.sheets[0].notes, std::vector<std::string>{"Область"});
  ASSERT_EQ(book.sheets[0].rows.size(), 1U);
  EXPECT_EQ(std::get<SheetLink>(book.sheets[0].rows[0][0]).sheet, 1U);
  EXPECT_EQ(std::get<std::string>(book.sheets[0].rows[0][1]), "Дорожная карта");
  EXPECT_EQ(std::get<std::int64_t>(book.sheets[0].rows[0][2]), 4);
  const std::chrono::year_month_day day = std::chrono::year{2026} / 9 / 5;
  EXPECT_EQ(std::get<std::chrono::year_month_day>(book.sheets[1].rows[0][0]), day);
  EXPECT_EQ(std::get<std::chrono::year_month_day>(book.sheets[1].rows[1][0]), day);
  EXPECT_EQ(std::get<std::string>(book.sheets[1].rows[2][0]), "31.02.2026");
  EXPECT_EQ(std::get<std::string>(book.sheets[1].rows[3][0]), "весной");
}

}  // namespace
}  // namespace kaskad::reports
