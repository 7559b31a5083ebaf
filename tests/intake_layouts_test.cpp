// The forms in which offices have their tables: fixtures/intake/layouts, each as CSV and as XLSX (make.py writes them).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden.hpp"
#include "tests/intake_office.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

struct OfficeFile {
  std::string file;
  std::string layout;
  std::map<std::string, std::string> constants;
};

void PrintTo(const OfficeFile& file, std::ostream* out) { *out << file.file; }

const std::map<std::string, std::string> kWork = {{"subject", "russian"}, {"year", "2024"}};

const std::vector<OfficeFile> kFiles = {
    {"fis_pupils", "fis-oko-pupils", {}},      {"fis_collection", "fis-oko-collection", {}},
    {"fis_marks", "fis-oko-marks", {}},        {"fis_journal", "fis-oko-journal", {}},
    {"fis_scores", "fis-oko-scores", {}},      {"export_2020", "vpr-export-2020", kWork},
    {"export_2021", "vpr-export-2021", kWork}, {"ege_compact", "ris-ege-compact", {}},
    {"ege_sparse", "ris-ege-sparse", {}},      {"oge_sparse", "ris-oge-sparse", {}},
    {"olympiad", "olympiad-list", {}}};

class Layouts : public testing::TestWithParam<OfficeFile> {};

Dataset read_layout(const OfficeFile& file, const std::string& ending) {
  return read_office({with_constants(unknown_kind(kLayouts + file.file + ending), file.constants)});
}

TEST_P(Layouts, AreFoundByContentAndReadTheSameFromBothFormats) {
  const Dataset csv = read_layout(GetParam(), ".csv");
  const Dataset xlsx = read_layout(GetParam(), ".xlsx");
  const Dataset ods = read_layout(GetParam(), ".ods");
  EXPECT_EQ(ods.ledger[1].layout, GetParam().layout);
  EXPECT_TRUE(csv.cube == ods.cube);
  EXPECT_EQ(csv.ledger[1].layout, GetParam().layout);
  EXPECT_EQ(xlsx.ledger[1].layout, GetParam().layout);
  EXPECT_TRUE(csv.cube == xlsx.cube);
  EXPECT_GT(csv.ledger[1].counted, 0);
  EXPECT_EQ(csv.ledger[1].counted, xlsx.ledger[1].counted);
  EXPECT_THAT(csv.ledger[1].rejected, IsEmpty());
  expect_balanced(csv);
  expect_balanced(xlsx);
  EXPECT_FALSE(has_errors(csv.diagnostics));
  expect_golden(kLayouts + GetParam().file + ".ru.txt", described(csv, texts_in("ru")));
  expect_golden(kLayouts + GetParam().file + ".en.txt", described(csv, texts_in("en")));
}

TEST_P(Layouts, NameNoPupilInAnythingThatIsKept) {
  for (const std::string ending : {".csv", ".xlsx", ".ods"}) {
    const Dataset d = read_layout(GetParam(), ending);
    std::string kept = described(d, texts_in("ru"));
    for (const Diagnostic& diagnostic : d.diagnostics) kept += diagnostic.place.field;
    for (const School& school : d.registry.schools) kept += school.id + school.name;
    for (const std::string& task : d.tasks.names) kept += task;
    for (const std::string name : {"Соколова", "Гусев", "Журавл", "Дятлов", "Воронова", "Павловна"}) {
      EXPECT_THAT(kept, Not(HasSubstr(name))) << ending;
    }
  }
}

TEST_P(Layouts, CanBeForced) {
  SourceSpec spec = with_constants(unknown_kind(kLayouts + GetParam().file + ".csv"), GetParam().constants);
  spec.layout = GetParam().layout;
  EXPECT_EQ(read_office({spec}).ledger[1].layout, GetParam().layout);
  spec.layout = GetParam().layout == "ris-oge-sparse" ? "ris-ege-compact" : "ris-oge-sparse";
  const Dataset other = read_office({spec});
  EXPECT_THAT(places_of(other), ElementsAre("0:0 layout-not-found"));
}

INSTANTIATE_TEST_SUITE_P(Office, Layouts, testing::ValuesIn(kFiles),
                         [](const testing::TestParamInfo<OfficeFile>& file) { return file.param.file; });

/// All ways to say the same give the same outcomes as the tidy table.
TEST(Office, PupilsAreTheSameInEveryLayoutAsInTheTidyTable) {
  const Dataset tidy = read_office({source_of(SourceKind::results, kLayouts + "tidy_vpr.csv")});
  for (const OfficeFile& file : {kFiles[0], kFiles[5], kFiles[6]}) {
    const Dataset d = read_layout(file, ".csv");
    ASSERT_EQ(d.cube.size(), tidy.cube.size()) << file.file;
    for (const SchoolId school : {kFirst, kSecond}) {
      const CellKey key{school, 2024, kVpr, kRussian, 4};
      for (const Outcome outcome : {Outcome::primary, Outcome::mark}) {
        const bool has_marks = file.file == "fis_pupils" || outcome == Outcome::primary;
        if (!has_marks) continue;
        EXPECT_EQ(values_of(d, key, outcome), values_of(tidy, key, outcome)) << file.file;
      }
      EXPECT_EQ(d.cube.cell(d.cube.find(key)).tally(Outcome::primary).n(), school == kFirst ? 4 : 3) << file.file;
    }
  }
}

TEST(Office, SummariesGiveTheCountsOfThePupilsBehindThem) {
  const Dataset tidy = read_office({source_of(SourceKind::results, kLayouts + "tidy_vpr.csv")});
  const Dataset marks = read_layout(kFiles[2], ".csv");
  const Dataset journal = read_layout(kFiles[3], ".csv");
  const Dataset scores = read_layout(kFiles[4], ".csv");
  for (const SchoolId school : {kFirst, kSecond}) {
    const CellKey key{school, 2024, kVpr, kRussian, 4};
    EXPECT_EQ(values_of(marks, key, Outcome::mark), values_of(tidy, key, Outcome::mark));
    EXPECT_EQ(values_of(scores, key, Outcome::primary), values_of(tidy, key, Outcome::primary));
    EXPECT_EQ(journal.cube.cell(journal.cube.find(key)).agreement(), tidy.cube.cell(tidy.cube.find(key)).agreement());
  }
  EXPECT_EQ(marks.ledger[1].left_out.at("sum-over-schools"), 3);
}

/// By hand from the fixture: marks 5, 4, 2, 3 beside 5, 3, 3, 3 in the journal.
TEST(Office, MarksAgainstTheJournalAreCountedJointly) {
  const Dataset d = read_layout(kFiles[0], ".csv");
  const Cube::Cell cell = d.cube.cell(d.cube.find({kFirst, 2024, kVpr, kRussian, 4}));
  EXPECT_EQ(cell.agreement(), (Agreement{1, 2, 1}));
  EXPECT_THAT(cell.joint_marks(),
              UnorderedElementsAre(Pair(Pair(5, 5), 1), Pair(Pair(4, 3), 1), Pair(Pair(2, 3), 1), Pair(Pair(3, 3), 1)));
}

/// By hand from the fixture: the same four pupils by primary score.
TEST(Office, ScoresAreCountedBesideTheJournal) {
  const Dataset d = read_layout(kFiles[0], ".csv");
  const CellKey key{kFirst, 2024, kVpr, kRussian, 4};
  std::map<int, std::int64_t> by_journal;
  std::map<int, std::int64_t> by_score;
  for (const ScoreBesideJournal& pair : d.cube.cell(d.cube.find(key)).scores_beside_journal()) {
    by_journal[pair.journal] += pair.n;
    by_score[pair.primary] += pair.n;
  }
  EXPECT_THAT(by_journal, ElementsAre(Pair(3, 3), Pair(5, 1)));
  EXPECT_EQ(by_score, values_of(d, key, Outcome::primary));
}

TEST(Office, ScoresOfTasksAreCountedWithThoseWhoDidNotTakeThem) {
  for (const char* ending : {".csv", ".xlsx"}) {
    const Dataset d = read_layout(kFiles[0], ending);
    EXPECT_THAT(d.tasks.names, ElementsAre("1", "2.1", "3К1"));
    const CellKey key{kSecond, 2024, kVpr, kRussian, 4};
    const std::vector<TaskScores> tasks = d.cube.cell(d.cube.find(key)).tasks();
    ASSERT_EQ(tasks.size(), 3U);
    EXPECT_EQ(tasks[0].sum(), 12 + 10 + 5);
    EXPECT_EQ(tasks[0].not_taken, 0);
    EXPECT_EQ(tasks[1].sum(), 12);
    EXPECT_EQ(tasks[1].not_taken, 2);
    EXPECT_EQ(tasks[2].taken(), 3);
    EXPECT_EQ(d.tasks.find(key, 2)->maximum, 10);
    EXPECT_EQ(d.tasks.find(key, 2)->level, "П");
    EXPECT_THAT(d.ledger[1].absorbed,
                UnorderedElementsAre(Pair("absent-word", 1), Pair("cross", 2), Pair("not-passed", 1)));
  }
}

TEST(Office, TasksTakeTheirSkillsFromASpecification) {
  const ScratchFile file(
      "tasks.csv",
      "procedure;year;subject;grade;task;maximum;level;skill\n"
      "VPR;2024;russian;4;2.1;13;Б;Находить главную мысль\nVPR;2024;russian;4;1;14;Б;Писать под диктовку\n");
  const Dataset d = read_office({source_of(SourceKind::tasks, file.path()), unknown_kind(kLayouts + "fis_pupils.csv")});
  const CellKey key{kFirst, 2024, kVpr, kRussian, 4};
  EXPECT_THAT(d.tasks.names, ElementsAre("2.1", "1", "3К1"));
  EXPECT_EQ(d.tasks.find(key, 0)->skill, "Находить главную мысль");
  EXPECT_THAT(places_of(d), ElementsAre("0:0 layout-found", "0:7 task-maximum-differs"));
  expect_golden(kLayouts + "task_maximum.ru.txt", described(d, texts_in("ru")));
}

TEST(Office, ExamsOfOneProtocolAreCountedApart) {
  for (const OfficeFile& file : {kFiles[7], kFiles[8]}) {
    const Dataset d = read_layout(file, ".xlsx");
    EXPECT_THAT(values_of(d, {kFirst, 2025, kEge, kRussian, 11}, Outcome::test), ElementsAre(Pair(51, 1), Pair(72, 1)));
    EXPECT_THAT(values_of(d, {kSecond, 2025, kEge, kProfile, 11}, Outcome::test),
                ElementsAre(Pair(15, 1), Pair(100, 1)));
    EXPECT_THAT(values_of(d, {kSecond, 2025, kEge, kProfile, 11}, Outcome::primary),
                ElementsAre(Pair(3, 1), Pair(30, 1)));
  }
  const Dataset oge = read_layout(kFiles[9], ".xlsx");
  EXPECT_THAT(values_of(oge, {kSecond, 2025, kOge, kMath, 9}, Outcome::mark), ElementsAre(Pair(2, 1), Pair(3, 1)));
  EXPECT_THAT(values_of(oge, {kFirst, 2025, kOge, kRussian, 9}, Outcome::mark), ElementsAre(Pair(4, 1), Pair(5, 1)));
}

TEST(Office, OlympiadsTakeTheirStageAndYearFromTheTitle) {
  const Dataset d = read_layout(kFiles[10], ".csv");
  EXPECT_THAT(values_of(d, {kFirst, 2025, kMunicipalStage, kMath, 9}, Outcome::mark),
              ElementsAre(Pair(2, 1), Pair(3, 1)));
  EXPECT_THAT(values_of(d, {kSecond, 2025, kMunicipalStage, kRussian, 9}, Outcome::mark), ElementsAre(Pair(2, 1)));
}

TEST(Office, NumberOfThreadsChangesNothing) {
  const std::vector<SourceSpec> sources = {unknown_kind(kLayouts + "fis_pupils.csv"),
                                           unknown_kind(kLayouts + "ege_sparse.xlsx"),
                                           unknown_kind(kLayouts + "fis_pupils_broken.csv")};
  const Dataset one = read_office(sources, 1);
  const Dataset three = read_office(sources, 3);
  EXPECT_TRUE(one.cube == three.cube);
  EXPECT_TRUE(one.diagnostics == three.diagnostics);
}

struct BrokenOffice {
  std::string file;
  std::vector<std::string> places;
};

void PrintTo(const BrokenOffice& broken, std::ostream* out) { *out << broken.file; }

class BrokenLayouts : public testing::TestWithParam<BrokenOffice> {};

TEST_P(BrokenLayouts, AreToldAtTheirPlace) {
  for (const std::string ending : {".csv", ".xlsx", ".ods"}) {
    const Dataset d = read_office({unknown_kind(kLayouts + GetParam().file + ending)});
    EXPECT_THAT(places_of(d), testing::ElementsAreArray(GetParam().places)) << ending;
    expect_balanced(d);
    if (ending != ".csv") continue;
    expect_golden(kLayouts + GetParam().file + ".ru.txt", described(d, texts_in("ru")));
    expect_golden(kLayouts + GetParam().file + ".en.txt", described(d, texts_in("en")));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Office, BrokenLayouts,
    testing::Values(BrokenOffice{"fis_pupils_broken",
                                 {"0:0 layout-found", "9:10 over-maximum", "10:10 sum-differs-from-tasks",
                                  "11:7 task-over-maximum", "12:8 task-not-a-number", "13:11 mark-out-of-range",
                                  "15:4 duplicate-pupil-row", "17:1 unknown-school"}},
                    BrokenOffice{"fis_marks_broken", {"0:0 layout-found", "8:3 percents-do-not-fit"}},
                    BrokenOffice{"fis_journal_broken", {"0:0 layout-found", "9:2 marks-do-not-add-up"}},
                    BrokenOffice{"fis_scores_broken",
                                 {"0:0 layout-found", "2:7 scores-do-not-add-up", "3:9 percent-of-no-count"}}),
    [](const testing::TestParamInfo<BrokenOffice>& broken) { return broken.param.file; });

TEST(Office, AMissingFactIsAskedFor) {
  const Dataset d = read_office({unknown_kind(kLayouts + "export_2021.csv")});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 layout-found", "0:0 missing-fact", "0:0 missing-fact"));
  expect_balanced(d);
  expect_golden(kLayouts + "missing_fact.ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + "missing_fact.en.txt", described(d, texts_in("en")));
}

TEST(Office, AMaximumOtherThanThatOfTheScaleIsToldAsABreak) {
  std::string text = read_file(kLayouts + "fis_pupils.csv").value();
  text.replace(text.find(":;38"), 4, ":;40");
  const ScratchFile file("maximum.csv", text);
  const Dataset d = read_office({unknown_kind(file.path())});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 layout-found", "0:0 maximum-differs-from-scale"));
  // Dynamics compare the scales of years, and find the break there.
  EXPECT_EQ(d.vocabulary.scale(kVpr, kRussian, 4, 2023).maximum, 38);
  EXPECT_EQ(d.vocabulary.scale(kVpr, kRussian, 4, 2024).maximum, 40);
  EXPECT_EQ(d.vocabulary.scale(kVpr, kRussian, 4, 2025).maximum, 38);
}

TEST(Heads, OfATidyTableMayStandBelowATitle) {
  const ScratchFile file(
      "titled.csv",
      "Результаты района;;;;\n;;;;\nschool;year;procedure;subject;primary\nedu220001;2024;VPR;russian;7\n");
  for (const bool found : {false, true}) {
    SourceSpec spec = source_of(SourceKind::results, file.path());
    spec.kind_is_found = found;
    const Dataset d = read_office({spec});
    EXPECT_THAT(places_of(d), IsEmpty());
    EXPECT_EQ(d.ledger[1].kind, "results");
    EXPECT_EQ(d.ledger[1].counted, 1);
  }
}

TEST(Heads, TellTheKindOfEveryTidyTable) {
  const std::vector<std::pair<std::string, std::string>> kinds = {
      {"registry.csv", "registry"},     {"results.csv", "results"},   {"summaries.csv", "summaries"},
      {"groups.csv", "groups"},         {"partners.csv", "partners"}, {"pairs.csv", "partners"},
      {"programmes.csv", "programmes"}, {"evidence.csv", "evidence"}, {"context.csv", "context"}};
  for (const auto& [file, kind] : kinds) {
    const Dataset d =
        read_sources({unknown_kind(kGood + file)}, small_vocabulary(), small_context(), small_names(), {});
    EXPECT_EQ(d.ledger[0].kind, kind) << file;
  }
  const ScratchFile strange("strange.csv", "a;b\n1;2\n");
  const Dataset d = read_office({unknown_kind(strange.path())});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 kind-not-found"));
}

}  // namespace
}  // namespace kaskad
