// Files as they come: workbooks of several sheets, files under false names, torn, locked and huge ones, and their dirt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/golden.hpp"
#include "tests/intake_office.hpp"
#include "tests/intake_tables.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

void expect_words(const Dataset& d, const std::string& name) {
  expect_golden(kLayouts + name + ".ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + name + ".en.txt", described(d, texts_in("en")));
}

class Sheets : public testing::TestWithParam<std::string> {};

TEST_P(Sheets, AreATableEachAndOthersArePassedOverAndCounted) {
  SourceSpec spec = unknown_kind(kLayouts + "sheets." + GetParam());
  const Dataset d = read_office({spec});
  ASSERT_EQ(d.ledger.size(), 6U);
  EXPECT_EQ(d.ledger[2].sheet, "4 класс");
  EXPECT_EQ(d.ledger[2].counted, 2);
  EXPECT_EQ(d.ledger[4].counted, 3);
  EXPECT_THAT(d.ledger[1].left_out, ElementsAre(Pair("other-sheet", 2)));
  EXPECT_THAT(d.ledger[3].left_out, IsEmpty()) << "a blank sheet has no rows";
  EXPECT_THAT(d.ledger[5].left_out, ElementsAre(Pair("other-sheet", 3)));
  EXPECT_FALSE(has_errors(d.diagnostics));
  expect_balanced(d);
  if (GetParam() == "xlsx") expect_words(d, "sheets");
}

TEST_P(Sheets, OfADeclaredKindAreFoundByTheirHeads) {
  const Dataset d = read_office({source_of(SourceKind::results, kLayouts + "sheets." + GetParam())});
  EXPECT_EQ(d.ledger[2].counted + d.ledger[4].counted, 5);
  SourceSpec one = source_of(SourceKind::results, kLayouts + "sheets." + GetParam());
  one.sheet = "Ещё";
  EXPECT_EQ(read_office({one}).ledger[1].counted, 3);
  one.sheet.clear();
  one.header_row = 1;
  const Dataset told = read_office({one});
  EXPECT_EQ(told.ledger[2].counted, 2);
  EXPECT_THAT(told.ledger[4].left_out, ElementsAre(Pair("other-sheet", 5))) << "its heads stand in the second row";
}

INSTANTIATE_TEST_SUITE_P(Files, Sheets, testing::Values("xlsx", "ods"));

TEST(Workbooks, WithoutAnyTableAreAnError) {
  const Dataset d = read_office({unknown_kind(kLayouts + "sheets_without_tables.xlsx")});
  EXPECT_TRUE(has_errors(d.diagnostics));
  expect_words(d, "sheets_without_tables");
}

struct OddFile {
  std::string name;
  std::string file;
  std::vector<std::string> places;
  std::int64_t counted = 0;
};

void PrintTo(const OddFile& odd, std::ostream* out) { *out << odd.name; }

class OddFiles : public testing::TestWithParam<OddFile> {};

TEST_P(OddFiles, AreToldAndReadWhereTheyCanBe) {
  const Dataset d = read_office({unknown_kind(kLayouts + GetParam().file)});
  EXPECT_THAT(places_of(d), testing::ElementsAreArray(GetParam().places));
  std::int64_t counted = 0;
  for (std::size_t i = 1; i < d.ledger.size(); ++i) counted += d.ledger[i].counted;
  EXPECT_EQ(counted, GetParam().counted);
  expect_balanced(d);
  expect_words(d, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Files, OddFiles,
    testing::Values(OddFile{"text_inside", "text_inside.xlsx", {"0:0 named-otherwise"}, 7},
                    OddFile{"workbook_inside",
                            "workbook_inside.csv",
                            {"0:0 named-otherwise", "0:0 layout-found", "4:2 school-matched", "6:2 school-matched"},
                            8},
                    OddFile{"ods_inside",
                            "ods_inside.xlsx",
                            {"0:0 named-otherwise", "0:0 layout-found", "4:2 school-matched", "6:2 school-matched"},
                            8},
                    OddFile{"archive_inside",
                            "archive_inside.csv",
                            {"0:0 named-otherwise", "0:0 layout-found", "0:0 layout-found", "4:2 school-matched",
                             "6:2 school-matched"},
                            15},
                    OddFile{"page_inside", "page_inside.xls", {"0:0 foreign-format"}, 0},
                    OddFile{"truncated_ods", "truncated.ods", {"0:0 workbook-broken"}, 0},
                    OddFile{"truncated_zip", "truncated.zip", {"0:0 archive-broken"}, 0},
                    OddFile{"password_ods", "password.ods", {"0:0 password-protected"}, 0},
                    OddFile{"formulas_ods", "formulas.ods", {"3:5 formula-without-value"}, 1}),
    [](const testing::TestParamInfo<OddFile>& odd) { return odd.param.name; });

TEST(BadInput, ATableOfAnArchiveWithAPasswordIsToldAsSuch) {
  std::string bytes = archive_of({{"a.csv", "school\n1\n"}});
  bytes[bytes.find("PK\x01\x02") + 8] = 1;  // the flag of encryption in the directory
  const ScratchFile file("locked.zip", bytes);
  EXPECT_THAT(places_of(read_office({unknown_kind(file.path())})), ElementsAre("0:0 password-protected"));
}

TEST(Dirt, OfATidyTableIsAbsorbedAndCountedByKind) {
  const Dataset d = read_office({source_of(SourceKind::results, kLayouts + "dirty.csv")});
  EXPECT_THAT(places_of(d), ElementsAre("10:5 not-a-number"));
  EXPECT_THAT(d.ledger[1].absorbed, UnorderedElementsAre(Pair("cross", 2), Pair("null-word", 1), Pair("not-passed", 1),
                                                         Pair("spaced-number", 1), Pair("no-word", 1), Pair("dash", 2),
                                                         Pair("absent-word", 1)));
  EXPECT_THAT(d.ledger[1].left_out, ElementsAre(Pair("absent", 5))) << "absent, not zero";
  EXPECT_EQ(d.ledger[1].counted, 3) << "7, 12 and the mark beside «НЕТ»";
  EXPECT_THAT(values_of(d, {kFirst, 2024, kVpr, kMath, 0}, Outcome::primary), ElementsAre(Pair(7, 1), Pair(12, 1)));
  expect_balanced(d);
  expect_words(d, "dirty");
}

TEST(Dirt, DatesAsTextAreReadWhereTheyAreDates) {
  SourceSpec programmes = source_of(SourceKind::programmes, kLayouts + "dates.csv");
  const Dataset d = read_office({programmes, source_of(SourceKind::evidence, kLayouts + "evidence.csv")});
  EXPECT_THAT(places_of(d), ElementsAre("4:5 bad-date"));
  EXPECT_EQ(d.evidence.at(0).date, "2024-05-30");
  expect_words(d, "dates");
}

TEST(Tasks, OfATidyTableAreKnownByTheirHeads) {
  const Dataset d = read_office({source_of(SourceKind::results, kLayouts + "tidy_tasks.csv")});
  EXPECT_THAT(places_of(d), ElementsAre("4:7 task-over-maximum", "5:9 sum-differs-from-tasks"));
  const CellKey key{kFirst, 2024, kVpr, kMath, 4};
  const std::vector<TaskScores> tasks = d.cube.cell(d.cube.find(key)).tasks();
  ASSERT_EQ(tasks.size(), 2U);
  EXPECT_EQ(tasks[0].sum(), 5 + 3);
  EXPECT_EQ(tasks[1].not_taken, 1);
  EXPECT_EQ(d.tasks.find(key, 0)->maximum, 5);
  expect_words(d, "tidy_tasks");
}

TEST(Appeals, TakeThePlaceOfTheEarlierResult) {
  const SourceSpec protocol = unknown_kind(kLayouts + "ege_sparse.xlsx");
  for (const std::string ending : {"csv", "xlsx", "ods"}) {
    const Dataset d = read_office({protocol, unknown_kind(kLayouts + "appeals." + ending)});
    EXPECT_EQ(d.ledger[2].layout, "ris-ege-appeals");
    EXPECT_EQ(d.ledger[2].counted, 1);
    EXPECT_THAT(d.ledger[2].rejected, ElementsAre(Pair("appeal-without-result", 1)));
    EXPECT_EQ(d.ledger[2].left_out.at("unchanged"), 2);
    EXPECT_EQ(d.ledger[1].left_out.at("appealed"), 1);
    EXPECT_THAT(values_of(d, {kFirst, 2025, kEge, kRussian, 11}, Outcome::test), ElementsAre(Pair(57, 1), Pair(72, 1)));
    EXPECT_THAT(values_of(d, {kFirst, 2025, kEge, kRussian, 11}, Outcome::primary),
                ElementsAre(Pair(28, 1), Pair(40, 1)));
    expect_balanced(d);
    if (ending == "csv") expect_words(d, "appeals");
  }
}

/// Only the row that counts at the end carries the result: neither the protocol's nor the first appeal's.
TEST(Appeals, SecondAppealTakesThePlaceOfTheFirst) {
  std::ifstream first(kLayouts + "appeals.csv");
  std::string text((std::istreambuf_iterator<char>(first)), std::istreambuf_iterator<char>());
  const std::string before = "25;28;51;57";
  ASSERT_NE(text.find(before), std::string::npos);
  text.replace(text.find(before), before.size(), "28;30;57;61");
  const ScratchFile second("second_appeals.csv", text);
  IntakeOptions options;
  options.follow = "edu220001";
  const Dataset d = read_sources(
      {source_of(SourceKind::registry, kLayouts + "registry.csv"), unknown_kind(kLayouts + "ege_sparse.xlsx"),
       unknown_kind(kLayouts + "appeals.csv"), unknown_kind(second.path())},
      office_vocabulary(), office_context(), small_names(), options);
  const CellKey key{kFirst, 2025, kEge, kRussian, 11};
  EXPECT_THAT(values_of(d, key, Outcome::test), ElementsAre(Pair(61, 1), Pair(72, 1)));
  EXPECT_EQ(d.ledger[2].left_out.at("appealed"), 1);
  EXPECT_TRUE(d.ledger[2].followed.empty());
  EXPECT_EQ(d.ledger[3].followed.size(), 1U);
}

TEST(Appeals, WithoutAnyProtocolAreNotCounted) {
  const Dataset d = read_office({unknown_kind(kLayouts + "appeals.csv")});
  EXPECT_EQ(d.cube.size(), 0U);
  EXPECT_EQ(d.ledger[1].rejected.at("appeal-without-result"), 3);
}

TEST(Pupils, OfAProtocolWithoutCodesAreToldApartByTheirNames) {
  std::string text = read_file(kLayouts + "ege_sparse.csv").value();
  const std::size_t line = text.find("1;;1;;220001");
  const std::string again = text.substr(line, text.find('\n', line) + 1 - line);
  text.insert(text.find(";02 - "), again);
  const ScratchFile file("twice.csv", text);
  const Dataset d = read_office({unknown_kind(file.path())});
  const auto twice = std::count_if(d.diagnostics.begin(), d.diagnostics.end(),
                                   [](const Diagnostic& x) { return x.message.code == "duplicate-pupil-row"; });
  EXPECT_EQ(twice, 1);
  EXPECT_THAT(values_of(d, {kFirst, 2025, kEge, kRussian, 11}, Outcome::test), ElementsAre(Pair(51, 1), Pair(72, 1)));
  expect_balanced(d);
}

TEST(Names, OfPupilsAndRespondentsAreKeptNowhere) {
  for (const std::string file : {"appeals.csv", "appeals.xlsx", "questionnaire.ods", "ege_sparse.ods"}) {
    const Dataset d = read_office({unknown_kind(kLayouts + "ege_sparse.xlsx"), unknown_kind(kLayouts + file)});
    std::string kept = described(d, texts_in("ru"));
    for (const Diagnostic& diagnostic : d.diagnostics) kept += diagnostic.place.field;
    for (const std::string name : {"Соколова", "Гусев", "Журавл", "Дятлов", "Воронова", "Павловна"}) {
      EXPECT_THAT(kept, testing::Not(testing::HasSubstr(name))) << file;
    }
  }
}

TEST(Context, OfQuestionnairesIsKnownByTheNamesOfItsFields) {
  for (const std::string ending : {"csv", "xlsx", "ods"}) {
    const Dataset d = read_office({unknown_kind(kLayouts + "questionnaire." + ending)});
    EXPECT_EQ(d.ledger[1].layout, "questionnaire");
    EXPECT_EQ(d.context.find(0, kFirst, 2024)->sum, 1204);
    EXPECT_EQ(d.context.find(1, kFirst, 2024)->sum, 1);
    EXPECT_EQ(d.context.find(1, kSecond, 2024)->sum, 0);
    EXPECT_EQ(d.context.find(2, kSecond, 2024)->sum, 0) << "no teachers with a category: none, not unknown";
    EXPECT_EQ(d.context.find(0, 2, 2024), nullptr) << "a dash is no number";
    expect_balanced(d);
    if (ending == "csv") expect_words(d, "questionnaire");
  }
}

TEST(Context, OfSocialPassportsStandsInLines) {
  for (const std::string ending : {"csv", "xlsx", "ods"}) {
    const Dataset d = read_office({unknown_kind(kLayouts + "passport." + ending)});
    EXPECT_EQ(d.ledger[1].layout, "social-passport");
    EXPECT_EQ(d.context.find(0, kFirst, 2024)->sum, 1204);
    EXPECT_EQ(d.context.find(2, kFirst, 2024)->sum, 62.5);
    EXPECT_EQ(d.context.find(0, kSecond, 2024)->sum, 318);
    EXPECT_THAT(d.ledger[1].rejected, ElementsAre(Pair("repeated-indicator", 1)));
    EXPECT_EQ(d.ledger[1].left_out.at("other-indicator"), 1);
    expect_balanced(d);
    if (ending == "csv") expect_words(d, "passport");
  }
}

TEST(Context, OfPassportsTakesLinesThatTheProjectNames) {
  SourceSpec spec = source_of(SourceKind::context, kLayouts + "passport.csv");
  spec.layout = "social-passport";
  spec.fields["psychologist"] = {"Семьи, в которых есть компьютер", "", false};
  const Dataset d = read_office({spec});
  EXPECT_EQ(d.context.find(1, kFirst, 2024)->sum, 900);
}

/// The part says of itself that it is of two gigabytes, which its packed bytes could just hold.
std::string promising_two_gigabytes(std::vector<ArchivePart> parts) {
  parts.back().bytes.resize(std::size_t{2200} << 10);
  std::string bytes = archive_of(parts);
  const std::size_t entry = bytes.rfind("PK\x01\x02");
  for (std::size_t i = 0; i < 4; ++i) bytes[entry + 24 + i] = i < 3 ? '\0' : '\x80';
  return bytes;
}

TEST(Bombs, OfTwoGigabytesAreRefusedBeforeTheyAreUnpacked) {
  const ScratchFile archive("large.zip", promising_two_gigabytes({{"a.csv", ""}}));
  const Dataset d = read_office({unknown_kind(archive.path())});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 archive-too-large"));
  expect_words(d, "large_archive");
  const ScratchFile workbook(
      "large.ods",
      promising_two_gigabytes({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", ""}}));
  EXPECT_THAT(places_of(read_office({unknown_kind(workbook.path())})), ElementsAre("0:0 workbook-too-large"));
}

/// 17 billion cells in a kilobyte of XML.
TEST(Bombs, OfRepeatedCellsAreRefused) {
  const std::string content =
      "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><table:table table:name=\"a\">"
      "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "
      "table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>"
      "</table:table></office:document-content>";
  const ScratchFile file("bomb.ods", archive_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                                                 {"content.xml", content}}));
  const Dataset d = read_office({unknown_kind(file.path())});
  EXPECT_THAT(places_of(d), ElementsAre("0:0 workbook-too-large"));
  expect_words(d, "bomb");
}

}  // namespace
}  // namespace kaskad
