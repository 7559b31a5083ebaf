// Schools and municipalities under several names, sources of several files, and files that cannot be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/intake/containers.hpp"
#include "engine/intake/municipalities.hpp"
#include "engine/intake/title_facts.hpp"
#include "tests/golden.hpp"
#include "tests/intake_fixtures.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using Type = intake::MunicipalityName::Type;

const std::string kLayouts = "fixtures/intake/layouts/";

std::string row_of(const std::string& school, int year, int score) {
  return school + ";" + std::to_string(year) + ";VPR;math;" + std::to_string(score) + "\n";
}
const std::string kHead = "school;year;procedure;subject;primary\n";

Dataset read_texts(const std::string& registry, const std::string& crosswalk, const std::string& results) {
  const ScratchFile registry_file("registry.csv", registry);
  const ScratchFile crosswalk_file("crosswalk.csv", crosswalk);
  const ScratchFile results_file("results.csv", results);
  std::vector<SourceSpec> sources = {source_of(SourceKind::registry, registry_file.path()),
                                     source_of(SourceKind::results, results_file.path())};
  if (!crosswalk.empty()) sources.push_back(source_of(SourceKind::crosswalk, crosswalk_file.path()));
  return read_sources(sources, small_vocabulary(), small_context(), small_names(), {});
}

std::int64_t pupils_of(const Dataset& d, std::string_view school, int year) {
  const auto id = d.registry.find(school);
  const std::size_t at = d.cube.find({id.value(), static_cast<std::int16_t>(year), 0, 1, 0});
  return at == d.cube.size() ? 0 : d.cube.cell(at).tally(Outcome::primary).n();
}

TEST(Logins, MatchByTheirDigitsAndThatIsTold) {
  const Dataset d =
      read_texts("school\nedu220001\nedu220002\n", "",
                 kHead + row_of("sch220001", 2024, 7) + row_of("ksh220002", 2024, 8) + row_of("sch220001", 2024, 9) +
                     row_of("220001", 2024, 9) + row_of("sch220003", 2024, 5));
  EXPECT_THAT(places_of(d),
              ElementsAre("2:1 school-matched", "3:1 school-matched", "5:1 school-matched", "6:1 unknown-school"));
  EXPECT_EQ(pupils_of(d, "edu220001", 2024), 3);
  EXPECT_EQ(
      texts_in("ru").describe(d.diagnostics[0]),
      "замечание[school-matched] kaskad_intake_results.csv:2:1 (school): «sch220001» прочитано как школа «edu220001»: "
      "совпадают цифры логина.");
}

TEST(Logins, OfTheSameDigitsAreNotGuessed) {
  const Dataset d = read_texts("school\nedu220001\nksh220001\n", "", kHead + row_of("sch220001", 2024, 7));
  EXPECT_THAT(places_of(d), ElementsAre("2:1 unknown-school"));
}

TEST(Crosswalk, GivesMergedAndRenamedSchoolsTheirSuccessorByYear) {
  const Dataset d = read_texts(
      "school\n101\n102\n", "school;successor;from;to\n55;101;;2023\n55;102;2024;\n7;55;;\nСОШ № 9;102;;\n",
      kHead + row_of("55", 2023, 7) + row_of("55", 2024, 8) + row_of("сош № 9", 2024, 9) + row_of("101", 2023, 1));
  EXPECT_EQ(pupils_of(d, "101", 2023), 2);
  EXPECT_EQ(pupils_of(d, "102", 2024), 2);
  EXPECT_EQ(d.ledger[2].counted, 4);
  EXPECT_FALSE(has_errors(d.diagnostics));
  EXPECT_EQ(d.diagnostics.size(), 2U) << "each text is told once";
  expect_balanced(d);
}

TEST(Crosswalk, ThatLeadsNowhereIsTold) {
  const Dataset d =
      read_texts("school\n101\n", "school;successor;from;to\n1;2;;\n2;1;;\n3;999;;\n4;101;2024;2023\n", kHead);
  EXPECT_THAT(places_of(d),
              ElementsAre("2:2 crosswalk-circle", "3:2 crosswalk-circle", "4:2 unknown-school", "5:4 period-reversed"));
  expect_balanced(d);
}

TEST(Municipalities, AreParsedIntoNameAndType) {
  for (const char* name :
       {"г. Барнаул", "город Барнаул", "г.Барнаул", "ГО Барнаул", "городской округ «Барнаул»", "Г. БАРНАУЛ"}) {
    const auto parsed = intake::parse_municipality(name);
    EXPECT_EQ(parsed.core, "барнаул") << name;
    EXPECT_EQ(parsed.type, Type::city) << name;
  }
  for (const char* name :
       {"Берёзовский район", "Березовский р-н", "р-н Берёзовский", "Берёзовский муниципальный район"}) {
    const auto parsed = intake::parse_municipality(name);
    EXPECT_EQ(parsed.core, "березовский") << name;
    EXPECT_EQ(parsed.type, Type::district) << name;
  }
  EXPECT_EQ(intake::parse_municipality("МО Барнаул").type, Type::unstated);
}

TEST(Municipalities, UnderSeveralNamesAreOneAndCityAndDistrictStayTwo) {
  const Dataset d = read_texts(
      "school;municipality\n1;г. Барнаул\n2;город Барнаул\n3;Берёзовский район\n4;Берёзовский городской "
      "округ\n5;Берёзовский\n6;"
      "Барнаул\n7;Берёзовскый район\n",
      "", kHead);
  EXPECT_THAT(d.registry.municipalities, ElementsAre("Берёзовский", "Берёзовский городской округ", "Берёзовский район",
                                                     "Берёзовскый район", "г. Барнаул"));
  EXPECT_THAT(places_of(d), ElementsAre("3:0 municipality-matched", "5:0 municipality-near", "6:0 municipality-near",
                                        "7:0 municipality-matched", "8:0 municipality-near"));
  expect_golden(kLayouts + "municipalities.ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + "municipalities.en.txt", described(d, texts_in("en")));
}

TEST(Titles, AreReadForWhatTheySay) {
  const Vocabulary v = small_vocabulary();
  intake::Facts facts;
  intake::read_title("ВПР 2024 Русский язык 4 класс", v, facts);
  EXPECT_THAT(facts.values, ElementsAre("", "2024", "VPR", "russian", "4", ""));
  intake::read_title("Максимальный первичный балл: 38", v, facts);
  EXPECT_EQ(facts.values[intake::Facts::kMaximum], "38");
  EXPECT_EQ(intake::school_year_of_date("Дата: 15.10.2024"), 2025);
  EXPECT_EQ(intake::school_year_of_date("01 - Русский язык 2025.05.30"), 2025);
  EXPECT_EQ(intake::school_year_of_date("2024-05-30"), 2024);
  EXPECT_EQ(intake::login_in("МБОУ «Школа (коррекционная) № 3»(edu220001)"), "edu220001");
  EXPECT_EQ(intake::login_in("МБОУ «Школа»"), "");
  EXPECT_EQ(intake::login_in("Район(reg20_m012)"), "");
}

TEST(Patterns, TakeTheirFields) {
  const auto found = intake::fit_pattern("vpr/{subject}_{grade} *.csv", "vpr/МА_5 осень.csv");
  ASSERT_TRUE(found);
  EXPECT_THAT(*found, ElementsAre(Pair("grade", "5"), Pair("subject", "МА")));
  EXPECT_FALSE(intake::fit_pattern("vpr/*.csv", "vpr/a/b.csv"));
  EXPECT_TRUE(intake::fit_pattern("?a*", "xabc"));
  EXPECT_FALSE(intake::fit_pattern("?a", "a"));
}

SourceSpec unknown_kind(const std::string& path) {
  SourceSpec spec = source_of(SourceKind::results, path);
  spec.kind_is_found = true;
  return spec;
}

Dataset read_with_office(const SourceSpec& spec) {
  Vocabulary v = small_vocabulary();
  v.years.push_back(2025);
  v.procedures.push_back({"OGE", {}, {}, {"ОГЭ"}, 2, 5, {}});
  return read_sources({source_of(SourceKind::registry, kLayouts + "registry.csv"), spec}, v, {}, small_names(), {});
}

std::vector<std::string> files_of(const Dataset& d) {
  std::vector<std::string> files;
  for (std::size_t i = 1; i < d.ledger.size(); ++i) files.push_back(d.ledger[i].file);
  return files;
}

TEST(Containers, AnArchiveIsAllTablesInIt) {
  const Dataset d = read_with_office(unknown_kind(kLayouts + "tables.zip"));
  EXPECT_THAT(files_of(d), ElementsAre("tables.zip/вложение/fis_pupils.xlsx", "tables.zip/вложение/oge_sparse.csv"));
  EXPECT_EQ(d.ledger[1].counted, 7);
  EXPECT_EQ(d.ledger[2].counted, 8);
  expect_balanced(d);
}

TEST(Containers, AnArchiveInAnArchiveIsRefusedAndTheRestIsRead) {
  const Dataset d = read_with_office(unknown_kind(kLayouts + "nested.zip"));
  EXPECT_EQ(d.diagnostics.at(0).message.code, "nested-archive");
  EXPECT_THAT(files_of(d), ElementsAre("nested.zip/olympiad.csv"));
  expect_golden(kLayouts + "nested.ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + "nested.en.txt", described(d, texts_in("en")));
}

void append_number(std::string& bytes, std::uint64_t number, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

/// An archive of empty files (APPNOTE.TXT 4.3): local headers, directory, end.
std::string archive_of_empty_files(std::uint32_t count) {
  std::string bytes, directory;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = std::to_string(i) + ".csv";
    const std::size_t at = bytes.size();
    bytes += "PK\x03\x04";
    bytes += std::string(22, '\0');
    append_number(bytes, name.size(), 2);
    append_number(bytes, 0, 2);
    bytes += name;
    directory += "PK\x01\x02";
    directory += std::string(24, '\0');
    append_number(directory, name.size(), 2);
    directory += std::string(12, '\0');
    append_number(directory, at, 4);
    directory += name;
  }
  const std::size_t start = bytes.size();
  bytes += directory + "PK\x05\x06" + std::string(4, '\0');
  append_number(bytes, count, 2);
  append_number(bytes, count, 2);
  append_number(bytes, directory.size(), 4);
  append_number(bytes, start, 4);
  append_number(bytes, 0, 2);
  return bytes;
}

TEST(Containers, OfTooManyFilesAreRefusedBeforeAnythingIsUnpacked) {
  const ScratchFile file("many.zip", archive_of_empty_files(10001));
  const Dataset d = read_with_office(unknown_kind(file.path()));
  EXPECT_THAT(places_of(d), ElementsAre("0:0 archive-too-large"));
  const ScratchFile torn("torn.zip", archive_of_empty_files(3).substr(0, 100));
  EXPECT_THAT(places_of(read_with_office(unknown_kind(torn.path()))), ElementsAre("0:0 archive-broken"));
  const ScratchFile none("none.zip", archive_of_empty_files(0).insert(0, ""));
  EXPECT_TRUE(has_errors(read_with_office(unknown_kind(none.path())).diagnostics));
}

TEST(Containers, AFolderAndAPatternAreTheirTablesInNaturalOrder) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "kaskad_intake_folder";
  std::filesystem::remove_all(folder);
  const std::string text = "school;year;primary\nedu220001;2024;7\n";
  for (const char* name : {"МА_10.csv", "МА_9.csv", "заметка.docx", "~$МА_9.csv"}) {
    ASSERT_TRUE(write_file((folder / name).string(), text).has_value());
  }
  SourceSpec spec = source_of(SourceKind::results, folder.string());
  spec.fields = {{"procedure", {"", "VPR", true}}, {"subject", {"", "math", true}}};
  const Dataset all = read_with_office(spec);
  EXPECT_THAT(files_of(all), ElementsAre("kaskad_intake_folder/МА_9.csv", "kaskad_intake_folder/МА_10.csv"));
  EXPECT_EQ(all.cube.size(), 1U);
  spec.path = (folder / "{subject}_{grade}.csv").string();
  spec.name = "папка/{subject}_{grade}.csv";
  spec.fields.erase("subject");
  Dataset by_name = read_with_office(spec);
  EXPECT_THAT(files_of(by_name), ElementsAre("папка/МА_9.csv", "папка/МА_10.csv"));
  EXPECT_EQ(by_name.cube.size(), 2U) << "grades 9 and 10, by the names of the files";
  spec.path = (folder / "нет*.csv").string();
  EXPECT_THAT(places_of(read_with_office(spec)), ElementsAre("0:0 no-file-of-pattern"));
  std::filesystem::remove_all(folder);
}

TEST(BadInput, AWorkbookWithAPasswordIsToldAsSuch) {
  std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(1024, '\0');
  for (const char c : std::string("EncryptedPackage")) bytes += std::string{c, '\0'};
  const ScratchFile file("password.xlsx", bytes);
  const Dataset d = read_with_office(unknown_kind(file.path()));
  EXPECT_THAT(places_of(d), ElementsAre("0:0 password-protected"));
  expect_golden(kLayouts + "password.ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + "password.en.txt", described(d, texts_in("en")));
}

TEST(BadInput, ABrokenQuoteIsFoundInItsRow) {
  std::string text = kHead;
  for (int i = 0; i < 40; ++i) text += i == 3 ? "\"edu220001;2024;VPR;math;7\n" : row_of("edu220001", 2024, 7);
  const ScratchFile file("quote.csv", text);
  const Dataset d = read_with_office(unknown_kind(file.path()));
  EXPECT_THAT(places_of(d), ElementsAre("5:1 quote-not-closed"));
  EXPECT_EQ(d.ledger[1].counted, 39);
  expect_golden(kLayouts + "broken_quote.ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + "broken_quote.en.txt", described(d, texts_in("en")));
  expect_balanced(d);
}

TEST(BadInput, ABrokenQuoteInAFormIsFoundInItsRow) {
  std::string text = read_file(kLayouts + "fis_pupils.csv").value();
  text.insert(text.find("40002"), "\"");
  const ScratchFile file("form.csv", text);
  const Dataset d = read_with_office(unknown_kind(file.path()));
  EXPECT_EQ(d.diagnostics.back().message.code, "quote-not-closed");
  EXPECT_EQ(d.diagnostics.back().place.row, 11);
  EXPECT_EQ(d.diagnostics.back().place.column, 4);
  EXPECT_EQ(d.ledger[1].counted, 6);
  expect_balanced(d);
}

TEST(BadInput, FormulasWithoutResultsAreToldWithTheirFirstCell) {
  const Dataset d = read_with_office(unknown_kind(kLayouts + "formulas.xlsx"));
  EXPECT_THAT(places_of(d), ElementsAre("3:5 formula-without-value"));
  EXPECT_EQ(d.ledger[1].counted, 1);
  EXPECT_EQ(d.ledger[1].left_out.at("absent"), 2);
  expect_golden(kLayouts + "formulas.ru.txt", described(d, texts_in("ru")));
  expect_golden(kLayouts + "formulas.en.txt", described(d, texts_in("en")));
}

}  // namespace
}  // namespace kaskad
