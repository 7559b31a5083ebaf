// Every defect gives its diagnostic at its place, and the good rows are still counted. The Russian words are held to
// the letter in fixtures/intake/broken/*.ru.txt, which a human has read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden.hpp"
#include "tests/intake_fixtures.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

void expect_words(const Dataset& dataset, const std::string& name) {
  expect_balanced(dataset);
  expect_golden(kBroken + name + ".ru.txt", described(dataset, texts_in("ru")));
  expect_golden(kBroken + name + ".en.txt", described(dataset, texts_in("en")));
}

struct BrokenFile {
  std::string name;
  SourceKind kind;
  std::string file;
  std::vector<std::string> places;
  std::int64_t counted;
};

void PrintTo(const BrokenFile& broken, std::ostream* out) { *out << broken.name; }

class Broken : public testing::TestWithParam<BrokenFile> {};

TEST_P(Broken, IsToldAndItsGoodRowsAreCounted) {
  const Dataset d = read_one(GetParam().kind, kBroken + GetParam().file);
  EXPECT_THAT(places_of(d), testing::ElementsAreArray(GetParam().places));
  EXPECT_EQ(d.ledger[1].counted, GetParam().counted);
  EXPECT_TRUE(has_errors(d.diagnostics));
  expect_words(d, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Intake, Broken,
    testing::Values(
        BrokenFile{"missing_column", SourceKind::results, "missing_required.csv", {"0:0 missing-column"}, 0},
        BrokenFile{"letter_in_score",
                   SourceKind::results,
                   "letter_in_score.csv",
                   {"3:7 not-a-number", "4:7 not-an-integer"},
                   1},
        BrokenFile{"over_maximum",
                   SourceKind::results,
                   "over_maximum.csv",
                   {"2:7 over-maximum", "4:8 over-maximum", "5:8 below-zero", "6:9 mark-out-of-range"},
                   1},
        BrokenFile{"duplicate_pupil",
                   SourceKind::results,
                   "duplicate_pupil.csv",
                   {"4:6 duplicate-pupil-row", "5:6 pupil-in-two-schools"},
                   3},
        BrokenFile{"unknown_school",
                   SourceKind::results,
                   "unknown_school.csv",
                   {"3:1 unknown-school", "4:1 school-matched", "5:1 unknown-school"},
                   2},
        BrokenFile{
            "year_outside", SourceKind::results, "year_outside.csv", {"3:2 year-outside-project", "4:2 not-a-year"}, 1},
        BrokenFile{"keys",
                   SourceKind::results,
                   "keys.csv",
                   {"2:3 unknown-procedure", "3:4 unknown-subject", "4:5 grade-out-of-range", "5:1 missing-value"},
                   1},
        BrokenFile{"fields", SourceKind::results, "fields.csv", {"3:0 wrong-field-count", "4:0 wrong-field-count"}, 2},
        BrokenFile{"quote", SourceKind::results, "quote.csv", {"3:6 quote-not-closed"}, 3},
        BrokenFile{"empty", SourceKind::results, "empty.csv", {"0:0 empty-file"}, 0},
        BrokenFile{"blank", SourceKind::results, "blank.csv", {"0:0 empty-file"}, 0},
        BrokenFile{"missing_file", SourceKind::results, "no_such.csv", {"0:0 missing-file"}, 0},
        BrokenFile{"truncated", SourceKind::results, "truncated.xlsx", {"0:0 workbook-broken"}, 0},
        BrokenFile{"old_excel", SourceKind::results, "old.xls", {"0:0 foreign-format"}, 0},
        BrokenFile{"registry",
                   SourceKind::registry,
                   "registry.csv",
                   {"2:1 duplicate-school", "3:5 not-a-boolean", "4:1 duplicate-school", "5:1 missing-value"},
                   0},
        BrokenFile{"context",
                   SourceKind::context,
                   "context.csv",
                   {"2:3 not-a-number", "3:2 year-outside-project", "4:1 unknown-school"},
                   1},
        BrokenFile{"groups",
                   SourceKind::groups,
                   "groups.csv",
                   {"3:2 overlapping-membership", "4:4 period-reversed", "5:2 unknown-role", "7:2 repeated-membership"},
                   2},
        BrokenFile{"partners",
                   SourceKind::partners,
                   "partners.csv",
                   {"2:2 partner-of-itself", "4:2 duplicate-partnership", "5:2 unknown-school"},
                   1},
        BrokenFile{"programmes",
                   SourceKind::programmes,
                   "programmes.csv",
                   {"3:1 duplicate-programme", "4:3 unknown-school", "5:3 unknown-municipality", "6:2 unknown-level"},
                   2},
        BrokenFile{"summaries",
                   SourceKind::summaries,
                   "summaries.csv",
                   {"2:6 marks-do-not-add-up", "3:17 percent-out-of-range", "4:6 percents-do-not-fit",
                    "5:6 shares-not-recoverable", "6:7 over-maximum", "6:8 below-zero", "7:9 unknown-outcome",
                    "9:1 duplicate-summary", "10:6 not-a-number"},
                   2}),
    [](const testing::TestParamInfo<BrokenFile>& param) { return param.param.name; });

TEST(Defects, AMissingOptionalColumnDoesNotStopTheOthers) {
  SourceSpec spec = source_of(SourceKind::results, kBroken + "missing_column.csv");
  spec.fields["primary"] = {"primary", "", false};
  const Dataset none = read_with_registry({spec});
  EXPECT_THAT(places_of(none), ElementsAre("0:0 missing-column"));
  EXPECT_EQ(none.ledger[1].rejected.at("missing-column"), 1);
  spec.fields["primary"] = {"primry", "", false};
  spec.fields["mark"] = {"Отметка", "", false};
  const Dataset d = read_with_registry({spec});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 missing-column"));
  EXPECT_EQ(d.ledger[1].counted, 1);
  expect_words(d, "missing_optional_column");
}

TEST(Defects, ACp1251FileDeclaredUtf8IsToldAndStillRead) {
  SourceSpec spec = source_of(SourceKind::results, kBroken + "cp1251_declared_utf8.csv");
  spec.encoding = Encoding::utf8;
  const Dataset d = read_with_registry({spec});
  EXPECT_THAT(places_of(d), ElementsAre("3:0 not-utf8"));
  EXPECT_EQ(d.ledger[1].counted, 3);
  expect_words(d, "cp1251_declared_utf8");
}

TEST(Defects, DuplicatesAreFoundAcrossFilesInTheOrderOfTheProject) {
  const SourceSpec first = source_of(SourceKind::results, kBroken + "duplicate_pupil.csv");
  const SourceSpec second = source_of(SourceKind::results, kBroken + "duplicate_pupil_again.csv");
  const Dataset d = read_with_registry({first, second});
  EXPECT_THAT(places_of(d),
              ElementsAre("4:6 duplicate-pupil-row", "5:6 pupil-in-two-schools", "2:6 duplicate-pupil-row"));
  EXPECT_EQ(d.ledger[1].counted, 3);
  EXPECT_EQ(d.ledger[2].counted, 1);
  // The first row is kept: p1 10, p2 11, p3 11.
  const Tally primary = d.cube.cell(d.cube.find({1, 2023, 0, 0, 4})).tally(Outcome::primary);
  EXPECT_EQ(primary.lo(), 10);
  EXPECT_THAT(primary.counts(), ElementsAre(1, 2));
  expect_words(d, "duplicates_across_files");
}

TEST(Defects, APupilInOneWorkOfTwoSchoolsIsToldAndCountedInBoth) {
  const Dataset d = read_with_registry({source_of(SourceKind::results, kBroken + "two_schools.csv"),
                                        source_of(SourceKind::results, kBroken + "two_schools_again.csv")});
  // p2 comes a year later and p3 sits another subject: no remark. p1 again in 102 is a repeat, as before.
  EXPECT_THAT(places_of(d),
              ElementsAre("5:6 pupil-in-two-schools", "2:6 duplicate-pupil-row", "3:6 pupil-in-two-schools"));
  EXPECT_EQ(d.ledger[1].counted, 6);
  EXPECT_EQ(d.ledger[2].counted, 2);
  EXPECT_EQ(d.cube.cell(d.cube.find({1, 2023, 0, 0, 4})).tally(Outcome::primary).n(), 3);
  EXPECT_EQ(d.cube.cell(d.cube.find({2, 2023, 0, 0, 4})).tally(Outcome::primary).n(), 3) << "p1, p3, p4";
  expect_words(d, "two_schools");
}

/// A file in which `common` codes stand in both schools and `own` in one alone.
std::string file_of_codes(int common, int own) {
  std::string csv = "school;year;procedure;subject;grade;pupil;primary\n";
  for (int i = 0; i < common + own; ++i) {
    csv += "101;2023;VPR;russian;4;" + std::to_string(i) + ";10\n";
    if (i < common) csv += "102;2023;VPR;russian;4;" + std::to_string(i) + ";12\n";
  }
  return csv;
}

std::size_t remarks_of(const Dataset& d, const std::string& code) {
  return static_cast<std::size_t>(std::count_if(d.diagnostics.begin(), d.diagnostics.end(),
                                                [&](const Diagnostic& x) { return x.message.code == code; }));
}

TEST(Defects, CodesThatEverySchoolGivesAnewAreToldOnceInsteadOfPupilByPupil) {
  for (const int common : {20, 21, 1500}) {
    const ScratchFile file("codes.csv", file_of_codes(common, 5));
    for (const unsigned threads : {1U, 2U}) {
      const Dataset d = read_with_registry({source_of(SourceKind::results, file.path())}, threads);
      const bool local = common > 20;
      EXPECT_EQ(remarks_of(d, "pupil-in-two-schools"), local ? 0U : 20U) << common;
      EXPECT_EQ(remarks_of(d, "pupil-codes-of-schools"), local ? 1U : 0U) << common;
      EXPECT_EQ(d.ledger[1].counted, 2 * common + 5);
    }
  }
}

TEST(Defects, RepeatedRegistriesMayNotContradictThemselves) {
  SourceSpec spec = source_of(SourceKind::registry, kBroken + "registry_repeated.csv");
  spec.repeated = true;
  const Dataset d = read_sources({spec}, small_vocabulary(), {}, {}, {});
  EXPECT_THAT(places_of(d), ElementsAre("4:2 contradictory-school"));
  EXPECT_EQ(d.registry.schools.at(0).municipality, "Район") << "blanks are filled by later rows";
  EXPECT_EQ(d.ledger[0].left_out.at("repeated"), 1);
  expect_words(d, "registry_repeated");
}

TEST(Defects, PairsAreChecked) {
  const Dataset d = read_with_registry(
      {source_of(SourceKind::groups, kGood + "groups.csv"), source_of(SourceKind::partners, kBroken + "pairs.csv")});
  EXPECT_THAT(places_of(d),
              ElementsAre("2:2 pair-without-focus", "4:2 pair-without-partner", "5:2 duplicate-partnership"));
  expect_words(d, "pairs");
}

TEST(Defects, EvidenceIsCheckedAgainstProgrammesWavesAndCriteria) {
  const Dataset d = read_with_registry({source_of(SourceKind::programmes, kGood + "programmes.csv"),
                                        source_of(SourceKind::evidence, kBroken + "evidence.csv")});
  EXPECT_THAT(places_of(d),
              ElementsAre("2:6 bad-date", "3:1 unknown-programme", "3:2 unknown-wave", "3:3 unknown-criterion",
                          "3:4 score-out-of-range", "4:7 not-a-boolean", "6:3 duplicate-evidence"));
  expect_words(d, "evidence");
}

TEST(Defects, AMissingSheetIsToldWithThoseThatAreThere) {
  SourceSpec spec = source_of(SourceKind::results, kGood + "results.xlsx");
  spec.sheet = "Результат";
  expect_words(read_with_registry({spec}), "missing_sheet");
}

TEST(Defects, OfAConstantAreToldOnce) {
  SourceSpec spec = source_of(SourceKind::results, kGood + "results.csv");
  spec.fields["procedure"] = {"", "ВПРР", true};
  const Dataset d = read_with_registry({spec});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 unknown-procedure"));
  EXPECT_EQ(d.ledger[1].rejected.at("unknown-procedure"), 9);
  expect_words(d, "unknown_constant");
}

TEST(Defects, AFieldThatTheKindDoesNotHaveIsTold) {
  SourceSpec spec = source_of(SourceKind::results, kGood + "results.csv");
  spec.fields["scool"] = {"school", "", false};
  expect_words(read_with_registry({spec}), "unknown_field");
}

TEST(Defects, OfOneKindAreToldAHundredThousandTimesAndThenCounted) {
  std::string text = "school;year;procedure;subject;primary\n";
  for (int i = 0; i < 100500; ++i) text += "101;2024;VPR;math;много\n";
  text += "101;2024;VPR;math;7\n";
  const ScratchFile file("many.csv", text);
  const Dataset d = read_one(SourceKind::results, file.path());
  EXPECT_EQ(d.diagnostics.size(), 100001U);
  EXPECT_EQ(d.ledger[1].rejected.at("not-a-number"), 100500);
  EXPECT_EQ(d.ledger[1].counted, 1);
  EXPECT_EQ(d.diagnostics.front().message.code, "more-of-the-same");
  EXPECT_EQ(texts_in("ru").describe(d.diagnostics.front()),
            "замечание[more-of-the-same] kaskad_intake_many.csv: Ещё 500 таких же сообщений [not-a-number]; все строки "
            "учтены "
            "в сверке.");
}

/// A surname in a column of scores is a name that must not go further than its row.
TEST(Defects, LettersInAPupilsScoreAreNotQuoted) {
  const ScratchFile file("names.csv",
                         "school;year;procedure;subject;grade;primary\n101;2024;VPR;math;4;Журавлёва\n"
                         "101;2024;VPR;math;4;Ли 12\n101;2024;VPR;math;4;—?\n");
  const Dataset d = read_one(SourceKind::results, file.path());
  ASSERT_EQ(d.diagnostics.size(), 3U);
  std::string all;
  for (const Diagnostic& diagnostic : d.diagnostics) all += texts_in("ru").describe(diagnostic) + "\n";
  EXPECT_THAT(all, testing::HasSubstr("Вместо числа стоят буквы."));
  EXPECT_THAT(all, testing::HasSubstr("Вместо числа стоят буквы вместе с цифрами."));
  EXPECT_THAT(all, testing::HasSubstr("«—?» не число."));
  EXPECT_THAT(all, testing::Not(testing::HasSubstr("Журавл")));
  EXPECT_THAT(all, testing::Not(testing::HasSubstr("Ли")));
}

TEST(Defects, NobodyIsCountedBothAsAPupilAndInASummary) {
  const ScratchFile pupils("pupils.csv", "school;year;procedure;subject;grade;primary\n101;2024;VPR;math;4;7\n");
  const ScratchFile summary("summary.csv", "school;year;procedure;subject;grade;n;mean\n101;2024;VPR;math;4;20;11\n");
  const Dataset d = read_with_registry(
      {source_of(SourceKind::results, pupils.path()), source_of(SourceKind::summaries, summary.path())});
  EXPECT_THAT(places_of(d), ElementsAre("2:1 summary-beside-pupils"));
  EXPECT_EQ(d.cube.cell(0).tally(Outcome::primary).n(), 1);
  expect_balanced(d);
}

}  // namespace
}  // namespace kaskad
