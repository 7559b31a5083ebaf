// Templates checked without data: what is wrong is told at once, what is right is told to be right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/base/files.hpp"
#include "engine/base/texts.hpp"
#include "reports/schema/sample.hpp"
#include "reports/template/check.hpp"
#include "tests/golden.hpp"

namespace kaskad::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const DataSchema& schema() {
  static const DataSchema schema =
      parse_schema(read_file("templates/report-data.toml").value(), "report-data.toml").schema;
  return schema;
}

Texts texts(const std::string& language) {
  std::map<std::string, std::string> toml;
  for (const char* file : {"base", "template"}) {
    const std::string path = "templates/texts/" + language + "/" + file + ".toml";
    toml[path] = read_file(path).value();
  }
  return Texts::load(language, toml).value();
}

/// Files of a folder, then those given.
TemplateFiles files_in(const std::string& folder, std::map<std::string, std::string> more = {}) {
  return [folder, more = std::move(more)](const std::string& name) -> std::optional<std::string> {
    if (const auto found = more.find(name); found != more.end()) return found->second;
    auto text = read_file(folder + "/" + name);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  };
}

Diagnostics check(const std::string& name, const TemplateFiles& files, const Value& sample, const char* language) {
  return check_template(name, files, sample, NumberFormat(language), Words{}, {});
}

std::vector<std::string> told(const Diagnostics& diagnostics, const std::string& language = "ru") {
  const Texts words = texts(language);
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(words.describe(d));
  return out;
}

std::vector<std::string> codes(const std::string& text, const Value& sample, const std::string& name = "t.md",
                               std::map<std::string, std::string> parts = {}) {
  parts[name] = text;
  std::vector<std::string> out;
  for (const Diagnostic& d : check(name, files_in("none", std::move(parts)), sample, "ru"))
    out.push_back(std::to_string(d.place.row) + " " + d.message.code);
  return out;
}

struct Shipped {
  const char* file;
  DataTree tree;
};
constexpr std::array<Shipped, 8> kShipped = {{{"annual.md", DataTree::region},
                                              {"brief.md", DataTree::region},
                                              {"effect.md", DataTree::region},
                                              {"list.md", DataTree::region},
                                              {"quality.md", DataTree::region},
                                              {"workbook.toml", DataTree::region},
                                              {"municipal.md", DataTree::municipality},
                                              {"passport.md", DataTree::school}}};

TEST(TemplateCheck, TheShippedTemplatesFitTheSchema) {
  for (const char* language : {"ru", "en"}) {
    for (const Shipped& shipped : kShipped) {
      const auto files = files_in(std::string("templates/") + language);
      EXPECT_THAT(told(check(shipped.file, files, sample_tree(schema(), shipped.tree), language)), IsEmpty())
          << language << "/" << shipped.file;
    }
  }
}

TEST(TemplateCheck, TellsEveryMistakeOfATemplateAtOnce) {
  for (const std::string language : {"ru", "en"}) {
    const Value school = sample_tree(schema(), DataTree::school);
    std::string text;
    for (const std::string& line :
         told(check("bad-passport.md", files_in("fixtures/template"), school, language.c_str()), language))
      text += line + "\n";
    EXPECT_EQ(text.find("⟦"), std::string::npos);
    expect_golden("fixtures/template/bad-passport." + language + ".txt", text);
  }
}

TEST(TemplateCheck, TellsEveryMistakeOfAWorkbookAtOnce) {
  const Value region = sample_tree(schema(), DataTree::region);
  std::string text;
  for (const std::string& line : told(check("bad-workbook.toml", files_in("fixtures/template"), region, "ru")))
    text += line + "\n";
  expect_golden("fixtures/template/bad-workbook.ru.txt", text);
}

const Value kTree = Object{{"a", true}, {"b", true}, {"name", "x"}, {"rows", List{Object{{"c", "x"}}}}};
constexpr const char* kBadBlock = "\n```chrt\n```\n";

TEST(TemplateCheck, EntersSectionsBothWaysAtEveryDepth) {
  const std::string bad = kBadBlock;
  EXPECT_THAT(codes("{{#a}}" + bad + "{{/a}}", kTree), ElementsAre("2 template-unknown-block"));
  EXPECT_THAT(codes("{{^a}}" + bad + "{{/a}}", kTree), ElementsAre("2 template-unknown-block"));
  EXPECT_THAT(codes("{{#a}}\n{{^b}}\n{{#rows}}" + bad + "{{/rows}}{{/b}}\n{{/a}}", kTree),
              ElementsAre("4 template-unknown-block"));
  EXPECT_THAT(codes("{{^a}}\n{{#b}}x{{/b}}{{^b}}\n{{^rows}}" + bad + "{{/rows}}{{/b}}\n{{/a}}", kTree),
              ElementsAre("4 template-unknown-block"));
}

TEST(TemplateCheck, DoesNotShowBothOfTwoAlternativesAtOnce) {
  EXPECT_THAT(codes("```toc\n{{#a}}\ntitle = \"1\"\n{{/a}}\n{{^a}}\ntitle = \"2\"\n{{/a}}\n```\n", kTree), IsEmpty());
  EXPECT_THAT(codes("+++\n{{#a}}\ntitle = \"1\"\n{{/a}}\n{{^a}}\ntitle = \"2\"\n{{/a}}\n+++\n", kTree), IsEmpty());
}

TEST(TemplateCheck, GoesIntoSectionsOfUnknownNames) {
  EXPECT_THAT(codes(std::string("{{#aa}}") + kBadBlock + "{{/aa}}", kTree),
              ElementsAre("1 template-unknown-name", "2 template-unknown-block"));
}

TEST(TemplateCheck, TellsRecursionAndWhatIsNotClosed) {
  EXPECT_THAT(codes("{{> p}}", kTree, "t.md", {{"p.md", "{{> t}}"}}), ElementsAre("1 template-recursion"));
  EXPECT_THAT(codes("{{#a}}\n", kTree), ElementsAre("1 template-section-open"));
  EXPECT_THAT(codes("\n```note\n", kTree), ElementsAre("2 template-block-open"));
  EXPECT_THAT(codes("{{> none}}", kTree), ElementsAre("1 template-partial-missing"));
}

TEST(TemplateCheck, TellsLinksThatLeadNowhere) {
  EXPECT_THAT(codes("# A {#one}\n\n[x](#one)\n\n[y](#oen) и [z](https://example.org)\n", kTree),
              ElementsAre("5 template-link"));
  EXPECT_THAT(codes("[x](#t)\n\n```note\n~~~table\nid = \"t\"\nrows = \"rows\"\n"
                    "columns = [{ head = \"c\", value = \"c\" }]\n~~~\n```\n",
                    kTree),
              IsEmpty());
}

/// Every kind of chart reads the sample of its shape, so that a template's chart is checked against the right shape.
TEST(TemplateCheck, EveryKindOfChartReadsTheSampleOfItsShape) {
  std::size_t kinds = 0;
  for (const DataShape& shape : schema().shapes) {
    if (!shape.is_chart()) continue;
    const std::string kind = shape.name.substr(6);
    const Value sample = Object{{"d", sample_of(schema(), shape)}};
    EXPECT_THAT(codes("```chart\nkind = \"" + kind + "\"\ndata = \"d\"\n```\n", sample), IsEmpty()) << kind;
    ++kinds;
  }
  EXPECT_GE(kinds, 8U);
}

TEST(TemplateCheck, TellsAChartOfTheWrongShape) {
  EXPECT_THAT(
      codes("```chart\nkind = \"bars\"\ndata = \"position.chart\"\n```\n", sample_tree(schema(), DataTree::school)),
      ElementsAre("3 template-unknown-path"));
}

TEST(TemplateCheck, KnowsWhatReportATemplateIsFor) {
  EXPECT_EQ(report_of_template("+++\ntitle = \"{{title}}\"\nreport = \"passport\"\n+++\ntext"), "passport");
  EXPECT_EQ(report_of_template("text"), "");
}

TEST(TemplateCheck, EveryStartIsAValidTemplateWithRemarks) {
  const std::map<std::string_view, DataTree> trees = {
      {"passport", DataTree::school}, {"annual", DataTree::region}, {"municipal", DataTree::municipality}};
  for (const char* language : {"ru", "en"}) {
    for (const std::string_view kind : kStartKinds) {
      const auto files = files_in(std::string("templates/") + language);
      const auto text = new_template(kind, files);
      ASSERT_TRUE(text.has_value()) << language << " " << kind;
      EXPECT_EQ(report_of_template(*text), kind);
      EXPECT_THAT(*text, HasSubstr("{{!"));
      const auto found = check("t.md", files_in(std::string("templates/") + language, {{"t.md", *text}}),
                               sample_tree(schema(), trees.at(kind)), language);
      EXPECT_THAT(told(found), IsEmpty()) << language << " " << kind;
    }
  }
  EXPECT_FALSE(new_template("other", files_in("templates/ru")).has_value());
}

}  // namespace
}  // namespace kaskad::reports
