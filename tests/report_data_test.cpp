// The trees of real data hold what the schema of the report's data promises, and nothing besides: what is named here is
// a line missing in templates/report-data.toml, or one too many.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "engine/base/files.hpp"
#include "reports/content/ledger_files.hpp"
#include "reports/content/report_data.hpp"
#include "reports/schema/differences.hpp"
#include "reports/schema/schema.hpp"

namespace kaskad::app {
namespace {

using reports::DataTree;
using testing::IsEmpty;

Texts russian(const Resources& resources) {
  auto texts = resources.texts("ru");
  return std::move(*texts);
}

/// A project read and judged; the briefing refers into it.
struct Told {
  explicit Told(const std::string& file) : resources(find_resources().value()), texts(russian(resources)) {
    Console console(texts, true);
    study = begin_study(load_project(file, resources, console, stderr).value().value(), 2, console);
    judge_study(study, Depth::whole, 2, console);
  }

  reports::Briefing briefing() const { return briefing_of(study, "2026-11-21", texts); }

  Resources resources;
  Texts texts;
  Study study;
};

const reports::DataSchema& schema() {
  static const reports::DataSchema schema =
      reports::parse_schema(read_file("templates/report-data.toml").value(), "report-data.toml").schema;
  return schema;
}

void collect(const reports::Value& tree, DataTree kind, std::set<std::string>& out) {
  for (std::string& line : reports::differences(tree, schema(), kind)) out.insert(std::move(line));
}

class ReportData : public testing::TestWithParam<const char*> {};

TEST_P(ReportData, TheTreesAreAsTheSchemaSays) {
  const Told told(GetParam());
  const reports::Briefing briefing = told.briefing();
  std::set<std::string> region, municipalities, schools;
  collect(reports::region_data(briefing), DataTree::region, region);
  for (std::size_t m = 0; m < briefing.data.registry.municipalities.size(); ++m)
    collect(reports::municipality_data(briefing, m), DataTree::municipality, municipalities);
  for (SchoolId s = 0; s < briefing.data.registry.schools.size(); s += 7)
    collect(reports::school_data(briefing, s), DataTree::school, schools);
  EXPECT_THAT(region, IsEmpty());
  EXPECT_THAT(municipalities, IsEmpty());
  EXPECT_THAT(schools, IsEmpty());
}

SourceLedger reading(const char* file, const char* sheet, std::int64_t rows) {
  SourceLedger out;
  out.file = file, out.sheet = sheet, out.read = rows;
  return out;
}

TEST(LedgerFiles, AFileReadForSeveralTablesCountsOnce) {
  const reports::FileRows f = reports::rows_of_files(
      {reading("a.csv", "", 40), reading("a.csv", "", 40), reading("b.xlsx", "1", 10), reading("b.xlsx", "2", 7)});
  EXPECT_EQ(f.files, 2);
  EXPECT_EQ(f.rows, 57);
  EXPECT_EQ(f.read, 97);
}

INSTANTIATE_TEST_SUITE_P(Projects, ReportData,
                         testing::Values("fixtures/region/kaskad.toml", "fixtures/bagrut/kaskad.toml"));

}  // namespace
}  // namespace kaskad::app
