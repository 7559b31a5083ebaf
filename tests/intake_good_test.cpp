#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cube/measure.hpp"
#include "tests/intake_fixtures.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::int64_t> counts_of(const Dataset& d, const CellKey& key, Outcome outcome) {
  const std::size_t at = d.cube.find(key);
  return at == d.cube.size() ? std::vector<std::int64_t>{} : d.cube.cell(at).tally(outcome).counts();
}

constexpr SchoolId kNine = 0, k101 = 1, k102 = 2, k103 = 3;  // 9 stands before 101

TEST(Registry, IsReadInTheOrderOfIds) {
  const Dataset d = read_with_registry({});
  ASSERT_EQ(d.registry.schools.size(), 5U);
  EXPECT_THAT(places_of(d), IsEmpty());
  expect_balanced(d);
  EXPECT_EQ(d.registry.schools[kNine].id, "9");
  EXPECT_EQ(d.registry.schools[kNine].name, "Школа \"Заря\" № 9");
  EXPECT_EQ(d.registry.schools[k103].name, "Школа \"Радуга\"");
  EXPECT_EQ(d.registry.schools[k101].rural, true);
  EXPECT_EQ(d.registry.schools[k101].small, false);
  EXPECT_EQ(d.registry.schools[k103].rural, false);
  EXPECT_EQ(d.registry.schools[k103].small, std::nullopt);
  EXPECT_THAT(d.registry.municipalities, ElementsAre("Берёзовский район", "Город Ясный"));
  EXPECT_EQ(d.registry.find("104"), SchoolId{4});
  EXPECT_EQ(d.registry.find("0104"), std::nullopt);
}

TEST(Results, AreCountedIntoCells) {
  const Dataset d = read_one(SourceKind::results, kGood + "results.csv");
  EXPECT_THAT(places_of(d), IsEmpty());
  expect_balanced(d);
  const SourceLedger& l = d.ledger[1];
  EXPECT_EQ(l.read, 10);
  EXPECT_EQ(l.counted, 9);
  EXPECT_EQ(l.left_out.at("absent"), 1);
  EXPECT_EQ(l.kind, "results");
  // 10 → mark 2, 14 → 3 by the scale 13|23|32; the file's own 5 wins over 38.
  const CellKey vpr{k101, 2023, 0, 0, 4};
  EXPECT_THAT(counts_of(d, vpr, Outcome::mark), ElementsAre(1, 1, 0, 1));
  EXPECT_THAT(counts_of(d, vpr, Outcome::journal), ElementsAre(2, 1));
  EXPECT_EQ(moments(d.cube.cell(d.cube.find(vpr)).tally(Outcome::primary)).mean, (10 + 14 + 38) / 3.0);
  // Synonyms, «2023/2024» and «4А»; its own 4 wins over the 5 of the scale.
  EXPECT_THAT(counts_of(d, {k101, 2024, 0, 0, 4}, Outcome::mark), ElementsAre(1));
  EXPECT_EQ(d.cube.cell(d.cube.find({k101, 2024, 0, 0, 4})).tally(Outcome::mark).lo(), 4);
  // «1 00» with a non-breaking space is 100.
  const Tally ege = d.cube.cell(d.cube.find({k102, 2024, 1, 0, 11})).tally(Outcome::test);
  EXPECT_EQ(ege.lo(), 72);
  EXPECT_EQ(ege.counts().size(), 29U);
  EXPECT_THAT(counts_of(d, {k103, 2024, 1, 0, 11}, Outcome::test), ElementsAre(1));
  // Winner and prize-taker.
  EXPECT_THAT(counts_of(d, {kNine, 2024, 2, 0, 9}, Outcome::mark), ElementsAre(1, 1));
}

TEST(Results, AreTheSameInEveryDialectAndEncoding) {
  const Dataset expected = read_one(SourceKind::results, kGood + "results.csv");
  for (const char* name : {"results_bom_comma.csv", "results_tab.csv", "results_quoted.csv"}) {
    const Dataset d = read_one(SourceKind::results, kGood + name);
    EXPECT_THAT(places_of(d), IsEmpty()) << name;
    EXPECT_TRUE(d.cube == expected.cube) << name;
    EXPECT_EQ(d.ledger[1].read, 10) << name;
    expect_balanced(d);
  }
  SourceSpec cp1251 = source_of(SourceKind::results, kGood + "results_cp1251.csv");
  EXPECT_THAT(places_of(read_with_registry({cp1251})), ElementsAre("0:0 read-as-cp1251"));
  cp1251.encoding = Encoding::cp1251;
  const Dataset declared = read_with_registry({cp1251});
  EXPECT_THAT(places_of(declared), IsEmpty());
  EXPECT_TRUE(declared.cube == expected.cube);
}

TEST(Results, AreTheSameFromAWorkbook) {
  SourceSpec spec = source_of(SourceKind::results, kGood + "results.xlsx");
  spec.sheet = "Результаты";
  spec.header_row = 3;
  const Dataset d = read_with_registry({spec});
  EXPECT_THAT(places_of(d), IsEmpty());
  EXPECT_TRUE(d.cube == read_one(SourceKind::results, kGood + "results.csv").cube);
  expect_balanced(d);
  EXPECT_EQ(d.ledger[1].read, 10);
}

TEST(Results, OfAWideFileCountARowOnce) {
  SourceSpec spec = source_of(SourceKind::results, kGood + "wide.csv");
  spec.fields = {{"school", {"Код ОО", "", false}},
                 {"pupil", {"Код участника", "", false}},
                 {"grade", {"Класс", "", false}},
                 {"procedure", {"", "VPR", true}},
                 {"year", {"", "2024", true}}};
  spec.results = {{{{"subject", {"", "russian", true}}, {"primary", {"Русский", "", false}}}},
                  {{{"subject", {"", "math", true}}, {"primary", {"Математика", "", false}}}}};
  spec.absent = {"н", "Х"};
  const Dataset d = read_with_registry({spec});
  EXPECT_THAT(places_of(d), IsEmpty());
  expect_balanced(d);
  EXPECT_EQ(d.ledger[1].counted, 3);
  EXPECT_EQ(d.ledger[1].left_out.at("absent"), 1);
  EXPECT_THAT(counts_of(d, {k101, 2024, 0, 0, 9}, Outcome::primary), ElementsAre(1));
  EXPECT_EQ(d.cube.cell(d.cube.find({k101, 2024, 0, 1, 9})).tally(Outcome::primary).n(), 2);
  EXPECT_EQ(d.cube.size(), 3U);
}

TEST(Results, TakeTheirAbsencesFromAColumn) {
  const ScratchFile file("absent.csv",
                         "school;year;procedure;subject;pupil;primary;Вариант\n"
                         "101;2024;VPR;math;p1;0;отсутствовал\n101;2024;VPR;math;p2;7;1\n");
  SourceSpec spec = source_of(SourceKind::results, file.path());
  spec.fields["absent"] = {"Вариант", "", false};
  spec.absent = {"Отсутствовал"};
  const Dataset d = read_with_registry({spec});
  EXPECT_EQ(d.ledger[1].left_out.at("absent"), 1);
  EXPECT_THAT(counts_of(d, {k101, 2024, 0, 1, 0}, Outcome::primary), ElementsAre(1));
}

TEST(Summaries, CountMarksWhereTheyAreExactAndSummariseTheRest) {
  const Dataset d = read_one(SourceKind::summaries, kGood + "summaries.csv");
  EXPECT_THAT(places_of(d), ElementsAre("4:6 shares-not-recoverable"));
  expect_balanced(d);
  EXPECT_EQ(d.ledger[1].left_out.at("absent"), 1);
  EXPECT_THAT(counts_of(d, {k101, 2024, 0, 1, 4}, Outcome::mark), ElementsAre(1, 9, 6, 4));
  const Moments score = moments(d.cube.cell(d.cube.find({k101, 2024, 0, 1, 4})).tally(Outcome::primary));
  EXPECT_EQ(score.n, 20);
  EXPECT_DOUBLE_EQ(score.mean, 11.5);
  EXPECT_NEAR(std::sqrt(score.variance()), 3.2, 1e-12);
  EXPECT_THAT(counts_of(d, {k102, 2024, 0, 1, 4}, Outcome::mark), ElementsAre(1, 3, 2, 2));
  const Tally ambiguous = d.cube.cell(d.cube.find({k103, 2024, 0, 1, 4})).tally(Outcome::mark);
  EXPECT_EQ(ambiguous.n(), 890);
  EXPECT_EQ(share_below(ambiguous, 3).reason, Undefined::no_distribution);
  const Tally ege = d.cube.cell(d.cube.find({kNine, 2024, 1, 1, 11})).tally(Outcome::test);
  EXPECT_DOUBLE_EQ(mean(ege).value, 61.4);
  EXPECT_EQ(mean(d.cube.cell(d.cube.find({4, 2024, 0, 0, 4})).tally(Outcome::primary)).reason,
            Undefined::no_distribution);
}

TEST(Context, IsReadBySchoolAndYearWithBlanksMissing) {
  const Dataset d = read_one(SourceKind::context, kGood + "context.csv");
  EXPECT_THAT(places_of(d), IsEmpty());
  expect_balanced(d);
  EXPECT_EQ(d.context.find(0, k101, 2023)->sum, 1234);
  EXPECT_EQ(d.context.find(1, k101, 2023), nullptr);
  EXPECT_EQ(d.context.find(1, k101, 2024)->sum, 11.5);
  EXPECT_EQ(d.context.find(0, k102, 2024)->sum, 250) << "a value without a year holds for all";
  EXPECT_EQ(d.ledger[1].left_out.at("absent"), 1);
}

TEST(Context, OfPupilsIsAveraged) {
  const Dataset d = read_one(SourceKind::context, kGood + "context_pupils.csv");
  const ContextValue* father = d.context.find(1, k101, 2024);
  EXPECT_EQ(father->n, 3);
  EXPECT_EQ(father->sum, 39);  // 10, 12, 17: mean 13, Σ(x − 13)² = 26
  EXPECT_DOUBLE_EQ(father->squares, 26);
  EXPECT_EQ(d.context.find(2, k101, 2024)->n, 2);
}

TEST(Groups, AreReadWithPeriods) {
  const Dataset d = read_one(SourceKind::groups, kGood + "groups.csv");
  EXPECT_THAT(places_of(d), IsEmpty());
  expect_balanced(d);
  ASSERT_EQ(d.memberships.size(), 4U);
  EXPECT_EQ(d.memberships[0].role, Role::focus);
  EXPECT_EQ(d.memberships[0].from, 2023);
  EXPECT_EQ(d.memberships[0].to, 0);
  EXPECT_EQ(d.memberships[2].role, Role::base);
  EXPECT_EQ(d.memberships[2].from, 2024);
  EXPECT_EQ(d.ledger[1].left_out.at("filtered"), 1);
}

TEST(Partners, AreReadDirectlyOrByPairs) {
  const Dataset direct = read_one(SourceKind::partners, kGood + "partners.csv");
  ASSERT_EQ(direct.partnerships.size(), 2U);
  EXPECT_EQ(direct.partnerships[1].partner, kNine);
  SourceSpec pairs = source_of(SourceKind::partners, kGood + "pairs.csv");
  pairs.repeated = true;
  const Dataset d = read_with_registry({source_of(SourceKind::groups, kGood + "groups.csv"), pairs});
  EXPECT_THAT(places_of(d), ElementsAre("5:2 pair-without-focus"));
  ASSERT_EQ(d.partnerships.size(), 1U);
  EXPECT_EQ(d.partnerships[0].school, k101);
  EXPECT_EQ(d.partnerships[0].partner, k102);
  EXPECT_EQ(d.partnerships[0].label, "A");
  EXPECT_FALSE(has_errors(d.diagnostics));
  expect_balanced(d);
}

TEST(Evidence, IsReadAlikeFromTextAndWorkbook) {
  const SourceSpec programmes = source_of(SourceKind::programmes, kGood + "programmes.csv");
  for (const char* name : {"evidence.csv", "evidence.xlsx"}) {
    const Dataset d = read_with_registry({programmes, source_of(SourceKind::evidence, kGood + name)});
    EXPECT_THAT(places_of(d), IsEmpty()) << name;
    expect_balanced(d);
    ASSERT_EQ(d.programmes.size(), 3U);
    EXPECT_EQ(d.programmes[0].school, k101);
    EXPECT_EQ(d.programmes[1].owner, "Берёзовский район") << "spelt as in the registry";
    ASSERT_EQ(d.evidence.size(), 4U);
    EXPECT_EQ(d.evidence[1].score, 0.5);
    EXPECT_EQ(d.evidence[1].date, "2023-05-30") << name;
    EXPECT_EQ(d.evidence[2].wave, "final");
    EXPECT_FALSE(d.evidence[2].reliable);
    EXPECT_EQ(d.evidence[3].programme, 1);
  }
}

TEST(Vocabulary, LaterScalesWinFieldByField) {
  Vocabulary v = small_vocabulary();
  v.scales.push_back({"VPR", "russian", 4, 2024, 0, 24, {}, {}, {}, {}, "", "ВПР 2025"});
  EXPECT_EQ(v.scale(0, 0, 4, 2023).maximum, 38);
  EXPECT_EQ(v.scale(0, 0, 4, 2024).maximum, 24);
  EXPECT_EQ(v.scale(0, 0, 4, 2024).marks->at(0), 13);
  EXPECT_EQ(v.scale(0, 0, 5, 2024).maximum, std::nullopt);
  EXPECT_EQ(v.find_subject("русский  ЯЗЫК"), SubjectId{0});
  EXPECT_EQ(v.find_procedure("впр"), ProcedureId{0});
  EXPECT_EQ(v.find_procedure("ОГЭ"), std::nullopt);
}

// The real data set of fixtures/bagrut: 16 526 pupils of 39 schools (Angrist & Lavy 2009).
TEST(Bagrut, IsReadWhole) {
  const std::string path = "fixtures/bagrut/bagrut.csv";
  SourceSpec registry = source_of(SourceKind::registry, path);
  registry.repeated = true;
  registry.fields = {{"school", {"school_id", "", false}}, {"type", {"school_type", "", false}}};
  SourceSpec results = source_of(SourceKind::results, path);
  results.fields = {{"school", {"school_id", "", false}}, {"year", {"year", "", false}},
                    {"pupil", {"student_id", "", false}}, {"procedure", {"", "VPR", true}},
                    {"subject", {"", "russian", true}},   {"primary", {"Bagrut_status", "", false}}};
  Vocabulary v = small_vocabulary();
  v.years = {1999, 2000, 2001, 2002};
  IntakeOptions options;
  options.threads = 2;
  const Dataset d = read_sources({registry, results}, v, small_context(), small_names(), options);
  EXPECT_THAT(places_of(d), IsEmpty());
  expect_balanced(d);
  EXPECT_EQ(d.registry.schools.size(), 39U);
  EXPECT_EQ(d.ledger[1].counted, 16526);
  const Tally all = d.cube.sum(Outcome::primary, [](const CellKey&) { return true; });
  EXPECT_EQ(all.n(), 16526);
}

}  // namespace
}  // namespace kaskad
