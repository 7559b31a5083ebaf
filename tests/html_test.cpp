// Documents as HTML: one page with everything in it against a text that was read by eye, well-formedness by an XML
// parser, and small cases.
#include <expat.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "engine/base/files.hpp"
#include "reports/html/html_renderer.hpp"
#include "reports/template/template.hpp"
#include "tests/golden.hpp"
#include "tests/template_fixtures.hpp"

namespace kaskad::reports {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// What an XML parser finds: "" or its complaint; ids and the targets of links.
struct Parsed {
  std::string complaint;
  std::vector<std::string> ids;
  std::vector<std::string> targets;     ///< Of "#…" links.
  std::vector<std::string> references;  ///< Of src, href and the like that lead out of the page.
  std::map<std::string, int> elements;
};

void start_element(void* self, const XML_Char* name, const XML_Char** attributes) {
  auto& parsed = *static_cast<Parsed*>(self);
  ++parsed.elements[name];
  for (; *attributes != nullptr; attributes += 2) {
    const std::string key = attributes[0], value = attributes[1];
    if (key == "id") parsed.ids.push_back(value);
    const bool leads = key == "href" || key == "src" || key == "xlink:href";
    if (leads && value.starts_with('#')) parsed.targets.push_back(value.substr(1));
    const bool outside = !value.starts_with('#') && !value.starts_with("data:");
    if (leads && outside && std::string(name) != "a") parsed.references.push_back(value);
  }
}

Parsed parsed(const std::string& html) {
  Parsed out;
  XML_Parser parser = XML_ParserCreate("UTF-8");
  XML_SetUserData(parser, &out);
  XML_SetStartElementHandler(parser, start_element);
  if (XML_Parse(parser, html.data(), static_cast<int>(html.size()), 1) != XML_STATUS_OK) {
    out.complaint = std::string(XML_ErrorString(XML_GetErrorCode(parser))) + " in line " +
                    std::to_string(XML_GetCurrentLineNumber(parser));
  }
  XML_ParserFree(parser);
  return out;
}

std::string html_of(const Document& document) {
  const auto html = render_html(document);
  EXPECT_TRUE(html.has_value());
  return html.value_or("");
}

Document document_of(Blocks blocks) {
  Document document;
  document.title = "Отчёт";
  document.reasons = test::kReasons;
  document.blocks = std::move(blocks);
  return document;
}

Document fixture_document() {
  const auto files = [](const std::string& name) -> std::optional<std::string> {
    auto text = read_file("fixtures/template/" + name);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  };
  return make_document("report.md", files, test::data(), NumberFormat("ru"), Words{}, test::kReasons).document;
}

/// Without drawings, style and script, which other tests hold.
std::string without_drawings(const std::string& html) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = html.find("<svg"); at != std::string::npos; at = html.find("<svg", from)) {
    out += html.substr(from, at - from) + "<svg/>";
    from = html.find("</svg>", at) + 6;
  }
  out += html.substr(from);
  for (const std::string tag : {"style", "script"}) {
    const std::size_t begin = out.find("<" + tag + ">"), end = out.find("</" + tag + ">");
    out.erase(begin, end - begin + tag.size() + 3);
  }
  return out;
}

Table schools(std::size_t rows) {
  Table table{"Школы", "schools", {{"Школа"}, {"Доля, %", "", ColumnKind::number}}, {}, {}};
  for (std::size_t i = 0; i < rows; ++i) {
    const Cell name{Runs{{"Школа " + std::to_string(i + 1)}}};
    table.rows.push_back({Row::Kind::body, {name, {Cell::Number{test::kPass}}}});
  }
  return table;
}

TEST(Html, MakesThePageThatWasReadByEye) {
  expect_golden("fixtures/html/report.html.txt", without_drawings(html_of(fixture_document())));
}

TEST(Html, IsWellFormedAndNeedsNothingElse) {
  const Parsed page = parsed(html_of(fixture_document()));
  EXPECT_EQ(page.complaint, "");
  EXPECT_THAT(page.references, IsEmpty());
  EXPECT_EQ(page.elements.at("h1"), 1);
}

TEST(Html, EveryIdIsUniqueAndEveryLinkLeadsToOne) {
  const Parsed page = parsed(html_of(fixture_document()));
  const std::set<std::string> ids(page.ids.begin(), page.ids.end());
  EXPECT_EQ(ids.size(), page.ids.size());
  EXPECT_GT(page.targets.size(), 5U);
  for (const std::string& target : page.targets) EXPECT_TRUE(ids.contains(target)) << target;
}

TEST(Html, IsTheSameEachTime) { EXPECT_EQ(html_of(fixture_document()), html_of(fixture_document())); }

TEST(Html, EscapesWhatTextsHoldAndLeavesOutWhatXmlForbids) {
  const std::string evil = "<script>alert(1)</script> & \"x\" \x01\xFF\uFFFF عربي 😀 " + std::string(500, 'W');
  Document document = document_of({{Paragraph{{{evil}}}}, {Masthead{evil, evil, {evil}}}, {schools(1)}});
  document.title = evil;
  document.footer = evil;
  std::get<Table>(document.blocks[2].is).caption = evil;
  const std::string html = html_of(document);
  EXPECT_EQ(parsed(html).complaint, "");
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; \uFFFD عربي 😀"));
}

TEST(Html, LinksOnlyToPlacesAndWebAddresses) {
  const std::string html = html_of(document_of(
      {{Paragraph{{{"a", false, false, "javascript:alert(1)"}, {"b", false, false, "https://example.org"}}}}}));
  EXPECT_THAT(html, HasSubstr("<p>a<a href=\"https://example.org\">b</a></p>"));
}

TEST(Html, OffersSortingOnlyWhereThereAreManyRows) {
  const std::string few = html_of(document_of({{schools(12)}})), many = html_of(document_of({{schools(13)}}));
  EXPECT_THAT(few, Not(HasSubstr("<table class=\"sortable\">")));
  EXPECT_THAT(few, Not(HasSubstr("data-v=\"")));
  EXPECT_THAT(many, HasSubstr("<table class=\"sortable\">"));
  EXPECT_THAT(many, HasSubstr("<td class=\"num\" data-v=\"31.6\">31,6</td>"));
}

TEST(Html, MarksMissingFiguresAndExplainsThemUnderTheTable) {
  Table table = schools(1);
  table.rows[0].cells[1] = {Cell::Number{test::kMissing}};
  table.rows.push_back({Row::Kind::body, {{Runs{{"n"}}}, {Cell::Number{test::kMissing, Cell::Show::n}}}});
  const std::string html = html_of(document_of({{table}}));
  EXPECT_THAT(html, HasSubstr("<td class=\"num missing\">нет данных<sup>a</sup></td>"));
  EXPECT_THAT(html, HasSubstr("<sup>a</sup> слишком мало участников</p>"));
  EXPECT_THAT(html, Not(HasSubstr(">3<"))) << "how few there are is not told";
}

TEST(Html, AlignsUnequalFractionsAtTheDecimalMark) {
  Table table = schools(2);
  std::get<Cell::Number>(table.rows[1].cells[1].is).quantity.decimals = 3;
  const std::string html = html_of(document_of({{table}}));
  EXPECT_THAT(html, HasSubstr("<td class=\"num\">31<span class=\"f4\">,6</span></td>"));
  EXPECT_THAT(html, HasSubstr("<td class=\"num\">31,550</td>"));
}

TEST(Html, NumbersHeadingsTablesAndFiguresAsThePdfDoes) {
  const auto heading = [](int level, const char* text, bool numbered) {
    return Block{Heading{level, {{text}}, "", numbered}};
  };
  Chart chart;
  chart.missing = "нет данных";
  const std::string html = html_of(document_of({heading(1, "А", true),
                                                heading(2, "Б", true),
                                                heading(1, "В", false),
                                                heading(1, "Г", true),
                                                {schools(1)},
                                                {Figure{chart, "Рис", "f"}},
                                                {schools(0)},
                                                {Toc{"Содержание", 1}}}));
  EXPECT_THAT(html, HasSubstr("<h2 id=\"section-1\">1\u00A0\u00A0А</h2>"));
  EXPECT_THAT(html, HasSubstr("<h3 id=\"section-2\">1.1\u00A0\u00A0Б</h3>"));
  EXPECT_THAT(html, HasSubstr("<h2 id=\"section-3\">В</h2>"));
  EXPECT_THAT(html, HasSubstr("<li class=\"level-1\"><a href=\"#section-4\">2\u00A0\u00A0Г</a></li>"));
  EXPECT_THAT(html, HasSubstr("<caption><span class=\"told\">Таблица 2\u00A0— Школы</span></caption>"));
  EXPECT_THAT(html, HasSubstr("<figcaption>Рисунок 1\u00A0— Рис</figcaption>"));
  EXPECT_THAT(html, HasSubstr("<td colspan=\"2\">Строк нет</td>"));
}

TEST(Html, NamesTheFontsOfTheFrontMatterFirst) {
  Document document = document_of({});
  document.fonts = {"Liberation \"}</style>", "PT Sans"};
  const std::string html = html_of(document);
  EXPECT_THAT(html, HasSubstr(R"(--text: "Liberation \22 \7D \3C /style\3E ", "PT Serif", Georgia)"));
  EXPECT_THAT(html, HasSubstr(R"(--heads: "PT Sans", "Segoe UI")"));
}

TEST(Html, SetsWhatFollowsALandscapePageOnASheetOfItsOwn) {
  const auto text = [](const char* words) { return Block{Paragraph{{{words}}}}; };
  const std::string html =
      html_of(document_of({text("а"), {PageBreak{true}}, text("б"), {PageBreak{false}}, text("в")}));
  EXPECT_EQ(parsed(html).complaint, "");
  EXPECT_THAT(
      html, HasSubstr("<p>а</p>\n<div class=\"sheet landscape\">\n<p>б</p>\n</div>\n<div class=\"sheet\">\n<p>в</p>"));
  EXPECT_THAT(html, HasSubstr("@page landscape { size: 297.0mm 210.0mm;"));
}

TEST(Html, KeepsTogetherWhatThePdfKeepsTogether) {
  const std::string html = html_of(document_of({{Paragraph{{{"В школе № 5 за 2022–2023 гг. — 12 %: 29,6–33,6."}}}}}));
  EXPECT_THAT(
      html, HasSubstr("В\u00A0школе №\u00A05 за\u00A0<span class=\"whole\">2022–2023</span>\u00A0гг.\u00A0— 12\u00A0%: "
                      "<span class=\"whole\">29,6–33,6</span>."));
}

TEST(Html, LetsATableThatIsWiderThanTheTextStandOut) {
  Table wide = schools(2);
  for (int i = 0; i < 20; ++i) wide.columns.push_back({"Показатель", "", ColumnKind::number});
  EXPECT_THAT(html_of(document_of({{wide}})), HasSubstr("class=\"table broad\""));
  EXPECT_THAT(html_of(document_of({{schools(2)}})), Not(HasSubstr("class=\"table broad\"")));
}

TEST(Html, CarriesAttachmentsInside) {
  Document document = document_of({});
  document.attachments = {{"a.csv", "данные", "text/csv", "f"}, {"b.csv", "", "text/csv", "foobar"}};
  const std::string html = html_of(document);  // RFC 4648, section 10.
  EXPECT_THAT(html, HasSubstr("href=\"data:text/csv;base64,Zg==\""));
  EXPECT_THAT(html, HasSubstr("href=\"data:text/csv;base64,Zm9vYmFy\""));
}

TEST(Html, FailsWhenAFigureIsOfSomebodyElse) {
  Document document = document_of({{schools(1)}});
  document.owners = {7};
  const auto html = render_html(document);
  ASSERT_FALSE(html.has_value());
  EXPECT_EQ(html.error().message.code, "foreign-figure");
}

/// Charts of one point, of equal values, below zero, without any value: the page stays well-formed and says what is
/// drawn.
TEST(Html, DrawsChartsOfOddData) {
  const auto value = [](double x) { return Quantity{exactly(x, 20), Unit::percent}; };
  const std::map<std::string, std::vector<Quantity>> odd = {{"one", {value(5)}},
                                                            {"equal", {value(5), value(5), value(5)}},
                                                            {"negative", {value(-5), value(-0.5)}},
                                                            {"missing", {test::kMissing, test::kMissing}}};
  for (const auto& [name, values] : odd) {
    Bars bars;
    Dynamics lines{{{"ряд", SeriesRole::focus, {}}}, {}};
    for (const Quantity& q : values) {
      bars.bars.push_back({"عربي 😀", SeriesRole::neutral, q});
      lines.series[0].points.push_back({std::to_string(lines.series[0].points.size()), q, false});
    }
    Chart of_bars, of_lines;
    of_bars.plot = bars;
    of_lines.plot = lines;
    const std::string html = html_of(document_of({{Figure{of_bars, name, ""}}, {Figure{of_lines, name, ""}}}));
    const Parsed page = parsed(html);
    EXPECT_EQ(page.complaint, "") << name;
    EXPECT_EQ(page.elements.at("svg"), 4) << name << ": each chart for a wide and for a narrow screen";
    EXPECT_EQ(page.elements.at("desc"), 4) << name;
    EXPECT_THAT(html, Not(HasSubstr("nan"))) << name;
  }
}

TEST(Html, SaysNothingOfAnEmptyDocument) { EXPECT_EQ(parsed(html_of(Document{})).complaint, ""); }

}  // namespace
}  // namespace kaskad::reports
