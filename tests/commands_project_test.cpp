// The project file: what its tables accept is what the readers of the sources accept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/project/project.hpp"
#include "engine/base/files.hpp"
#include "engine/intake/source_fields.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;

const std::vector<ContextField> kContext = {{"enrolment", {}, "count", true}};

std::vector<std::string> names_of(SourceKind kind) {
  std::vector<std::string> names;
  for (const SourceField& field : fields_of(kind)) names.emplace_back(field.name);
  if (kind == SourceKind::context) names.push_back(kContext.front().id);
  return names;
}

/// A source that maps every field of its kind to the column of the same name.
SourceSpec read_mapped(const std::string& kind, const std::vector<std::string>& names, const std::string& project,
                       Diagnostics& out) {
  std::string toml = "kind = \"" + kind + "\"\nfile = \"rows.csv\"\n[columns]\n";
  for (const std::string& name : names) toml += name + " = \"" + name + "\"\n";
  const ParsedConfig parsed = parse_config(toml, "kaskad.toml");
  return read_source(parsed.root, project, kContext, out);
}

std::vector<std::string> codes_of(const Diagnostics& diagnostics) {
  std::vector<std::string> codes;
  for (const Diagnostic& d : diagnostics) codes.push_back(d.message.code);
  return codes;
}

std::string head_of(const std::vector<std::string>& names) {
  std::string head;
  for (const std::string& name : names) head += (head.empty() ? "" : ";") + name;
  return head + "\n";
}

class FieldsOf : public testing::TestWithParam<SourceKind> {};

/// Both the reader of the project file and the reader of the source know each field: neither calls one unknown.
TEST_P(FieldsOf, AreAcceptedByTheProjectFileAndByTheIntake) {
  const SourceKind kind = GetParam();
  const std::string name(kSourceKindNames[static_cast<std::size_t>(kind)]);
  const fs::path folder = fs::path(testing::TempDir()) / ("kaskad_fields_" + name);
  const std::vector<std::string> names = names_of(kind);
  ASSERT_TRUE(write_file((folder / "rows.csv").string(), head_of(names) + "1\n"));
  Diagnostics defects;
  const SourceSpec spec = read_mapped(name, names, (folder / "kaskad.toml").string(), defects);
  EXPECT_THAT(codes_of(defects), testing::IsEmpty());
  const Dataset data = read_sources({spec}, {}, kContext, {}, {});
  EXPECT_THAT(codes_of(data.diagnostics), testing::Not(testing::Contains("unknown-field")));
  EXPECT_THAT(codes_of(data.diagnostics), testing::Not(testing::Contains("missing-column")));
  EXPECT_EQ(spec.fields.size(), names.size());
}

/// And both reject what is not in the table.
TEST_P(FieldsOf, AreAllThereAre) {
  const SourceKind kind = GetParam();
  const std::string name(kSourceKindNames[static_cast<std::size_t>(kind)]);
  const fs::path folder = fs::path(testing::TempDir()) / ("kaskad_no_field_" + name);
  std::vector<std::string> names = names_of(kind);
  names.emplace_back("shoe_size");
  ASSERT_TRUE(write_file((folder / "rows.csv").string(), head_of(names) + "1\n"));
  Diagnostics defects;
  const SourceSpec spec = read_mapped(name, names, (folder / "kaskad.toml").string(), defects);
  EXPECT_THAT(codes_of(defects), testing::ElementsAre("source-field"));
  const Dataset data = read_sources({spec}, {}, kContext, {}, {});
  EXPECT_THAT(codes_of(data.diagnostics), testing::Contains("unknown-field"));
}

std::string name_of(const testing::TestParamInfo<SourceKind>& kind) {
  return std::string(kSourceKindNames[static_cast<std::size_t>(kind.param)]);
}

INSTANTIATE_TEST_SUITE_P(Each, FieldsOf,
                         testing::Values(SourceKind::registry, SourceKind::results, SourceKind::summaries,
                                         SourceKind::context, SourceKind::groups, SourceKind::partners,
                                         SourceKind::programmes, SourceKind::evidence, SourceKind::measures,
                                         SourceKind::participation, SourceKind::targets, SourceKind::expected,
                                         SourceKind::components, SourceKind::decisions, SourceKind::supporters,
                                         SourceKind::visits, SourceKind::processes, SourceKind::courses),
                         name_of);

/// Which pupil, school and year a row is about cannot differ between the results of one row.
TEST(WideResults, TakeOutcomesAndTheKindOfResultAlone) {
  const ParsedConfig parsed = parse_config(
      "kind = \"results\"\nfile = \"x.csv\"\nresult = [{ subject = \"MA\", grade = 4, primary = \"Балл\", pupil = "
      "\"Код\" }]\n",
      "kaskad.toml");
  Diagnostics defects;
  const SourceSpec spec = read_source(parsed.root, "kaskad.toml", {}, defects);
  EXPECT_THAT(codes_of(defects), testing::ElementsAre("setting-unknown"));
  ASSERT_EQ(spec.results.size(), 1U);
  EXPECT_EQ(spec.results.front().fields.at("grade").constant, "4");
  EXPECT_EQ(spec.results.front().fields.at("primary").column, "Балл");
}

}  // namespace
}  // namespace kaskad::app
