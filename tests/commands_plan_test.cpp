// Which documents a run makes and what their files are called.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/batch/file_names.hpp"
#include "app/batch/plan.hpp"
#include "app/project/report_reader.hpp"

namespace kaskad::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Registry small_registry() {
  Registry registry;
  registry.schools = {{"1", "Гимназия", "Ангарск", "", {}, {}},
                      {"2", "Гимназия", "Братск", "", {}, {}},
                      {"3", "Лицей/№ 3", "Ангарск", "", {}, {}}};
  registry.municipalities = {"Ангарск", "Братск"};
  return registry;
}

ReportSpec report(std::string_view kind, const std::string& file = {}) {
  ReportSpec spec = default_report(*find_kind(kind));
  if (!file.empty()) spec.file = file;
  return spec;
}

Project project_of(std::vector<ReportSpec> reports) {
  Project project;
  project.vocabulary.years = {2024, 2025};
  project.reports = std::move(reports);
  return project;
}

std::vector<std::string> files_of(const std::vector<Piece>& pieces) {
  std::vector<std::string> files;
  std::transform(pieces.begin(), pieces.end(), std::back_inserter(files), [](const Piece& p) { return p.file; });
  return files;
}

Expected<std::vector<Piece>> planned(const Project& project, const Registry& registry,
                                     const std::vector<std::string>& only = {}) {
  const auto selection = parse_selection(only, project.reports);
  if (!selection) return tl::unexpected<Error>(selection.error());
  return plan_of(project, registry, *selection);
}

TEST(Plan, MakesOneDocumentOfTheRegionOneAMunicipalityAndOneASchool) {
  const Project project = project_of({report("annual"), report("municipal"), report("passport")});
  EXPECT_THAT(files_of(planned(project, small_registry()).value()),
              ElementsAre("annual.pdf", "municipalities/Ангарск.pdf", "municipalities/Братск.pdf", "passports/1.pdf",
                          "passports/2.pdf", "passports/3.pdf"));
}

TEST(Plan, FileNamesFollowTheirPattern) {
  const Project project = project_of(
      {report("annual", "{year}/annual.pdf"), report("passport", "{municipality}/{school} {school.name}.pdf")});
  EXPECT_THAT(files_of(planned(project, small_registry(), {"annual,passport:3"}).value()),
              ElementsAre("2025/annual.pdf", "Ангарск/3 Лицей_№_3.pdf"));
}

TEST(Plan, SchoolsOfOneNameDoNotOverwriteEachOther) {
  const Project project = project_of({report("passport", "{school.name}.pdf")});
  EXPECT_THAT(files_of(planned(project, small_registry()).value()),
              ElementsAre("Гимназия-1.pdf", "Гимназия-2.pdf", "Лицей_№_3.pdf"));
}

/// Their ids, too, may become the same on the disk, or on one that ignores case.
TEST(Plan, IdsThatLookAlikeOnTheDiskAreToldApart) {
  Registry registry;
  registry.schools = {{"5/а", "", "", "", {}, {}}, {"5 а", "", "", "", {}, {}}, {"5_А", "", "", "", {}, {}}};
  const auto files = files_of(planned(project_of({report("passport", "{school}.pdf")}), registry).value());
  EXPECT_EQ(std::set<std::string>(files.begin(), files.end()).size(), 3U);
  for (const std::string& file : files) EXPECT_THAT(file, testing::StartsWith("5_"));
}

TEST(Plan, NamesDoNotDependOnWhatIsAskedFor) {
  const Project project = project_of({report("passport", "{school.name}.pdf")});
  EXPECT_THAT(files_of(planned(project, small_registry(), {"passport:2"}).value()), ElementsAre("Гимназия-2.pdf"));
}

TEST(Plan, TwoReportsCannotWriteOneFile) {
  const Project project = project_of({report("annual", "passports/2.pdf"), report("passport")});
  const auto plan = planned(project, small_registry());
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().message.code, "file-name-clash");
}

TEST(Plan, ARegistryWithoutMunicipalitiesHasNoReportsOfThem) {
  Registry registry;
  registry.schools = {{"1", "", "", "", {}, {}}};
  EXPECT_THAT(planned(project_of({report("municipal")}), registry).value(), IsEmpty());
}

struct Unknown {
  std::string asked, code, nearest;
};
class OnlyUnknown : public testing::TestWithParam<Unknown> {};

TEST_P(OnlyUnknown, IsToldWithTheNearestName) {
  const Project project = project_of({report("annual"), report("passport"), report("municipal")});
  const auto plan = planned(project, small_registry(), {GetParam().asked});
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().message.code, GetParam().code);
  const Args& args = plan.error().message.args;
  const auto found = std::find_if(args.begin(), args.end(), [](const auto& arg) { return arg.first == "nearest"; });
  EXPECT_EQ(found == args.end() ? "" : std::get<std::string>(found->second), GetParam().nearest);
}

INSTANTIATE_TEST_SUITE_P(Each, OnlyUnknown,
                         testing::Values(Unknown{"pasport", "asked-unknown-kind", "passport"},
                                         Unknown{"workbook", "asked-no-report", ""},
                                         Unknown{"annual:Ангарск", "asked-one-document", ""},
                                         Unknown{"municipal:Ангарк", "asked-unknown-municipality", "Ангарск"},
                                         Unknown{"passport:77", "asked-unknown-school", "none"}));

TEST(Only, IgnoresCaseWhereThatLeavesOne) {
  const Project project = project_of({report("municipal")});
  EXPECT_THAT(files_of(planned(project, small_registry(), {"municipal:ангарск"}).value()),
              ElementsAre("municipalities/Ангарск.pdf"));
}

TEST(Only, AKindWithoutEntityMeansAllOfThem) {
  const Project project = project_of({report("passport"), report("municipal")});
  EXPECT_THAT(planned(project, small_registry(), {"passport:2", "passport"}).value(), SizeIs(3));
}

TEST(FileNames, StaySafe) {
  EXPECT_EQ(file_name_of(".."), "__");
  EXPECT_EQ(file_name_of(""), "_");
  EXPECT_EQ(file_name_of("а\nб\\в:г"), "а_б_в_г");
}

TEST(FileNames, LongOnesAreCutBetweenLetters) {
  std::string name = "a";
  for (int i = 0; i < 250; ++i) name += "ш";
  EXPECT_EQ(file_name_of(name).size(), 119U);  // "a" and 59 letters of two bytes: the 60th would be cut in half
}

Diagnostics defects_of(const std::string& toml, std::vector<ReportSpec>* out = nullptr) {
  const ParsedConfig parsed = parse_config(toml, "kaskad.toml");
  Diagnostics defects = parsed.diagnostics;
  ConfigReader root(parsed.root, "kaskad.toml", "", defects);
  const std::vector<ReportSpec> reports = read_reports(root, "fixtures/region/kaskad.toml");
  root.finish();
  if (out != nullptr) *out = reports;
  return defects;
}

struct Defect {
  std::string toml, code;
};
class ReportTable : public testing::TestWithParam<Defect> {};

TEST_P(ReportTable, DefectsAreTold) {
  const Diagnostics defects = defects_of("[[report]]\n" + GetParam().toml);
  ASSERT_THAT(defects, SizeIs(1));
  EXPECT_EQ(defects.front().message.code, GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Each, ReportTable,
    testing::Values(Defect{"kind = \"pasport\"\n", "setting-choice"}, Defect{"file = \"x.pdf\"\n", "setting-missing"},
                    Defect{"kind = \"passport\"\nfile = \"x.pdf\"\n", "report-no-mark"},
                    Defect{"kind = \"municipal\"\nfile = \"{school} {municipality}.pdf\"\n", "report-unknown-mark"},
                    Defect{"kind = \"annual\"\nfile = \"{yaer}.pdf\"\n", "report-unknown-mark"},
                    Defect{"kind = \"annual\"\nfile = \"../x.pdf\"\n", "report-outside"},
                    Defect{"kind = \"annual\"\nfile = \"x.xlsx\"\n", "report-format"},
                    Defect{"kind = \"workbook\"\nfile = \"x.pdf\"\n", "report-format"},
                    Defect{"kind = \"estimates\"\ntemplate = \"kaskad.toml\"\n", "report-no-template"},
                    Defect{"kind = \"annual\"\ntemplate = \"no.md\"\n", "project-file-missing"},
                    Defect{"kind = \"annual\"\nmerged = \"all.pdf\"\n", "report-no-merge"},
                    Defect{"kind = \"passport\"\nmerged = \"all.txt\"\n", "report-no-merge"},
                    Defect{"kind = \"workbook\"\nattach = true\n", "report-no-attachment"},
                    Defect{"kind = \"annual\"\n[[report]]\nkind = \"brief\"\nfile = \"Annual.pdf\"\n",
                           "report-file-twice"}));

TEST(ReportTables, OnlyTheKindIsRequired) {
  std::vector<ReportSpec> reports;
  EXPECT_THAT(defects_of("[[report]]\nkind = \"passport\"\nmerged = \"all.pdf\"\nattach = true\n", &reports),
              IsEmpty());
  ASSERT_THAT(reports, SizeIs(1));
  EXPECT_EQ(reports.front().file, "passports/{school}.pdf");
  EXPECT_TRUE(reports.front().attach);
}

TEST(ReportTables, AProjectWithoutThemMakesWhatItsDataAllow) {
  EXPECT_THAT(default_reports(true), SizeIs(kReportKinds.size()));
  const std::vector<ReportSpec> reports = default_reports(false);
  EXPECT_TRUE(std::none_of(reports.begin(), reports.end(), [](const ReportSpec& r) { return r.row().needs_groups; }));
}

/// Every row of the table can be made as it stands.
TEST(ReportTables, TheTableOfKindsIsSound) {
  for (const ReportKindRow& kind : kReportKinds) {
    EXPECT_TRUE(format_of(kind, kind.file).has_value()) << kind.id;
    EXPECT_EQ(kind.template_name.empty(), kind.form == ReportForm::listing) << kind.id;
    const bool one_each = !mark_of(kind).empty() && kind.form == ReportForm::document;  // Workbooks are not printed.
    EXPECT_EQ(kind.merged.empty(), !one_each) << kind.id;
    EXPECT_THAT(kind.file, testing::HasSubstr(mark_of(kind))) << kind.id;
  }
}

}  // namespace
}  // namespace kaskad::app
