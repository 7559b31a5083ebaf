// The schema of the report's data: how it is read, the sample made from it, and how a tree is compared with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/base/files.hpp"
#include "reports/schema/differences.hpp"
#include "reports/schema/sample.hpp"
#include "reports/schema/schema.hpp"
#include "reports/schema/schema_markdown.hpp"
#include "reports/schema/value_json.hpp"
#include "tests/golden.hpp"

namespace kaskad::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const char* const kFile = "templates/report-data.toml";

std::vector<std::string> codes(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message.code);
  return out;
}

DataSchema shipped() {
  ParsedSchema parsed = parse_schema(read_file(kFile).value(), kFile);
  EXPECT_THAT(codes(parsed.diagnostics), IsEmpty());
  return std::move(parsed.schema);
}

/// A schema whose region has the given lines; the other trees are empty.
ParsedSchema small(const std::string& region, const std::string& shapes = "") {
  return parse_schema("[tree.region]\n" + region + "\n[tree.municipality]\n[tree.school]\n" + shapes, "s.toml");
}

TEST(Schema, ReadsTheShippedFile) {
  const DataSchema schema = shipped();
  EXPECT_EQ(schema.trees.size(), 3U);
  EXPECT_GT(schema.shapes.size(), 40U);
  EXPECT_EQ(type_text(schema.shape("figures")->names[0].type), "[figure]");
  EXPECT_EQ(schema.names_of(*schema.shape("headline"))[0]->name, "by_wave");
}

TEST(Schema, EveryShapeIsUsed) {
  const DataSchema schema = shipped();
  std::set<std::string> used;
  for (const auto* shapes : {&schema.trees, &schema.shapes}) {
    for (const DataShape& shape : *shapes) {
      used.insert(shape.with.begin(), shape.with.end());
      for (const DataName& name : shape.names) used.insert(name.type.shape);
    }
  }
  for (const DataShape& shape : schema.shapes) EXPECT_TRUE(shape.is_chart() || used.contains(shape.name)) << shape.name;
}

TEST(Schema, TellsWhatIsWrongWithTheFile) {
  const std::string text = R"(ru = "а", en = "a" })";
  EXPECT_THAT(codes(parse_schema("", "s.toml").diagnostics), ElementsAre("setting-missing"));
  EXPECT_THAT(codes(small("x = { is = \"figrue\", " + text).diagnostics), ElementsAre("schema-shape-unknown"));
  EXPECT_THAT(codes(small("x = { is = \"text\", ru = \"а\" }").diagnostics), ElementsAre("setting-missing"));
  EXPECT_THAT(
      codes(small("with = [\"a\"]\nx = { is = \"text\", " + text, "[shape.a]\nx = { is = \"count\", " + text + "\n")
                .diagnostics),
      ElementsAre("schema-name-twice"));
  EXPECT_THAT(
      codes(small("", "[shape.a]\nx = { is = \"[b]\", " + text + "\n[shape.b]\ny = { is = \"a\", " + text).diagnostics),
      ElementsAre("schema-circle", "schema-circle"));
}

TEST(Schema, TheSampleHoldsExactlyWhatTheSchemaSays) {
  const DataSchema schema = shipped();
  for (const DataTree tree : {DataTree::region, DataTree::municipality, DataTree::school}) {
    EXPECT_THAT(differences(sample_tree(schema, tree), schema, tree), IsEmpty());
  }
  const Value region = sample_tree(schema, DataTree::region);
  ASSERT_NE(region.find("headlines.1.chart.series.0.points.0.value"), nullptr);
  EXPECT_NE(region.find("headlines.1.by_wave.11"), nullptr);
  EXPECT_EQ(std::get<std::int64_t>(region.find("headlines.2.h")->is), 2);
}

/// KASKAD_APPROVE=1 writes it.
TEST(Schema, TheDocumentOfTheReportsDataIsMadeFromIt) {
  expect_golden("docs/report-data.md", report_data_markdown(shipped(), "en"));
}

TEST(Schema, EveryLinkOfTheDocumentLeadsToAHeading) {
  for (const char* language : {"ru", "en"}) {
    const std::string text = report_data_markdown(shipped(), language);
    std::size_t links = 0;
    for (std::size_t at = text.find("](#"); at != std::string::npos; at = text.find("](#", at + 1), ++links) {
      std::string heading = text.substr(at + 3, text.find(')', at) - at - 3);
      std::replace(heading.begin(), heading.end(), '-', ' ');
      EXPECT_NE(text.find("### " + heading + "\n"), std::string::npos) << heading;
    }
    EXPECT_GT(links, 50U);
  }
}

TEST(ValueJson, TellsEveryDigitAndEveryReason) {
  Quantity share{exactly(100.0 / 3, 12), Unit::percent, 1};
  share.estimate.lo = 0.1;
  share.estimate.hi = 66.625;
  Quantity few{undefined(Undefined::too_few, 3), Unit::percent};
  const Value tree =
      Object{{"b", share}, {"a", few}, {"list", List{1, true, Value(), "«\"\\»\n"}}, {"empty", Object{}}};
  EXPECT_EQ(value_json(tree), R"({
 "b": {
  "value": 33.333333333333336,
  "n": 12,
  "lo": 0.1,
  "hi": 66.625,
  "unit": "percent",
  "decimals": 1
 },
 "a": {
  "missing": "too_few"
 },
 "list": [
  1,
  true,
  null,
  "«\"\\»\n"
 ],
 "empty": {}
}
)");
}

TEST(ValueJson, HasNoIntervalAndNoProbabilityOfTooFewSchools) {
  Quantity change{exactly(2, 120), Unit::points, 1, true};
  Estimate& e = change.estimate;
  e.se = 1, e.lo = -10.5, e.hi = 14.5, e.df = 1, e.p = 0.25, e.clusters = 2;
  const std::string few = value_json(change);
  for (const char* name : {"\"lo\"", "\"hi\"", "\"p\""}) EXPECT_EQ(few.find(name), std::string::npos) << name;
  for (const char* name : {"\"value\"", "\"n\"", "\"se\"", "\"df\"", "\"clusters\""})
    EXPECT_NE(few.find(name), std::string::npos);
  e.df = 4;
  EXPECT_NE(value_json(change).find("\"lo\""), std::string::npos);
}

TEST(ValueJson, MendsTextsThatAreNotUtf8) { EXPECT_EQ(value_json(Value("a\xFF")), "\"a\uFFFD\"\n"); }

TEST(Schema, TellsEveryDifferenceOnce) {
  const ParsedSchema parsed = small(
      "rows = { is = \"[row]\", ru = \"а\", en = \"a\" }\nmaybe = { is = \"text?\", ru = \"а\", en = \"a\" }\n"
      "must = { is = \"truth\", ru = \"а\", en = \"a\" }\nkind = { is = \"word a b\", ru = \"а\", en = \"a\" }",
      "[shape.row]\nn = { is = \"count\", ru = \"а\", en = \"a\" }\nchart = { is = \"chart c\", ru = \"а\", en = \"a\" "
      "}\n[shape.\"chart c\"]\nx = { is = \"figure\", ru = \"а\", en = \"a\" }\n");
  ASSERT_THAT(codes(parsed.diagnostics), IsEmpty());
  const Value row = Object{{"n", "one"}, {"chart", Object{{"missing", "none"}}}, {"more", 1}};
  const Value tree = Object{{"rows", List{row, row}}, {"kind", "c"}};
  EXPECT_THAT(differences(tree, parsed.schema, DataTree::region),
              ElementsAre("rows.*.n: text, but the schema says count", "rows.*.more: not in the schema",
                          "must: not in the tree", "kind: text, but the schema says word a b"));
}

}  // namespace
}  // namespace kaskad::reports
