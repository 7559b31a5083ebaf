// Workbooks as a spreadsheet program will find them: the file is unzipped and its XML is read.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <set>

#include "engine/base/text.hpp"
#include "reports/xlsx/xlsx_renderer.hpp"
#include "tests/golden.hpp"

namespace kaskad::reports {
namespace {

Workbook small_workbook() {
  Workbook book{"Показатели & выводы",
                "Центр",
                "ru",
                "2026-11-21",
                "нет данных",
                {{Undefined::too_few, "слишком мало участников"}, {Undefined::no_scale, "границы шкалы не заданы"}},
                {}};
  Sheet sheet;
  sheet.name = "Школы";
  sheet.title = "Успеваемость по школам";
  sheet.notes = {"Источник: протоколы 2026 года."};
  sheet.columns.resize(5);
  sheet.columns[0].head = "Код";
  sheet.columns[0].is_text = true;
  sheet.columns[1].head = "Успеваемость";
  sheet.columns[1].comment = "Доля участников с отметкой выше «2».";
  sheet.columns[1].unit = Unit::percent;
  sheet.columns[1].data_bar = true;
  sheet.columns[2].head = "Участников";
  sheet.columns[2].unit = Unit::count;
  sheet.columns[3].head = "Год";
  sheet.columns[4].head = "Эффект";
  sheet.columns[4].decimals = 2;
  sheet.columns[4].unit = Unit::effect;
  sheet.rows = {{std::string("007"), 31.55, std::int64_t{16526}, std::int64_t{2026}, 0.354},
                {std::string("=1+1"), MissingCell{Undefined::too_few}, std::int64_t{3}, std::int64_t{2026}, {}},
                {std::string("<Школа> & «лицей»"), 20.0, {}, std::int64_t{2026}, MissingCell{Undefined::no_scale}}};
  book.sheets.push_back(sheet);
  return book;
}

std::string run(const std::string& command) {
  std::string out;
  std::array<char, 4096> buffer{};
  FILE* pipe = popen(command.c_str(), "r");
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), n);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return out;
}

/// One part of the package, one element a line.
std::string part(const std::string& bytes, const std::string& name) {
  const std::string path = testing::TempDir() + "kaskad_xlsx_test.xlsx";
  EXPECT_TRUE(write_file(path, bytes).has_value());
  std::string xml = run("unzip -p '" + path + "' '" + name + "'");
  for (std::size_t at = 0; (at = xml.find("><", at)) != std::string::npos;) xml.replace(at, 2, ">\n<");
  return xml + "\n";
}

std::string rendered(const Workbook& book) {
  const auto bytes = render_xlsx(book);
  EXPECT_TRUE(bytes.has_value()) << (bytes ? "" : bytes.error().message.code);
  return bytes.value_or("");
}

std::string error_of(const Workbook& book) {
  const auto bytes = render_xlsx(book);
  return bytes ? "" : bytes.error().message.code;
}

TEST(Xlsx, WritesTheSheetThatWasReadByEye) {
  const std::string bytes = rendered(small_workbook());
  expect_golden("fixtures/xlsx/sheet1.xml", part(bytes, "xl/worksheets/sheet1.xml"));
  expect_golden("fixtures/xlsx/workbook.xml", part(bytes, "xl/workbook.xml"));
  expect_golden("fixtures/xlsx/core.xml", part(bytes, "docProps/core.xml"));
}

TEST(Xlsx, KeepsTextsThatLookLikeFormulasOrNumbers) {
  const std::string xml = part(rendered(small_workbook()), "xl/worksheets/sheet1.xml");
  EXPECT_NE(xml.find("<t>007</t>"), std::string::npos);
  EXPECT_NE(xml.find("<t>=1+1</t>"), std::string::npos);
  EXPECT_EQ(xml.find("<f>"), std::string::npos);
}

/// Excel counts days from 1900-01-01 = 1, with a 29 February 1900 that never was: 2026-09-05 is 46270.
TEST(Xlsx, WritesDaysAsDaysAndLinksToSheetsByTheirNames) {
  Workbook book = small_workbook();
  Sheet contents;
  contents.name = "Содержание";
  contents.columns.resize(2);
  contents.rows = {{SheetLink{1}, std::chrono::year_month_day{std::chrono::year{2026} / 9 / 5}}};
  book.sheets[0].name = "Школы 'малые'х";
  book.sheets.insert(book.sheets.begin(), contents);
  const std::string bytes = rendered(book), xml = part(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_NE(xml.find("<v>46270</v>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<t>Школы 'малые'х</t>"), std::string::npos);
  EXPECT_NE(xml.find("location=\"'Школы ''малые''х'!A1\""), std::string::npos) << xml;
  EXPECT_NE(part(bytes, "xl/styles.xml").find("formatCode=\"dd.mm.yyyy\""), std::string::npos);
}

TEST(Xlsx, SetsTextsOffFromTheNumberAtTheirLeft) {
  Workbook book = small_workbook();
  EXPECT_EQ(part(rendered(book), "xl/styles.xml").find("indent=\"1\""), std::string::npos) << "the first column";
  book.sheets[0].columns[4].is_text = true;
  book.sheets[0].rows[0][4] = std::string("рост");
  EXPECT_NE(part(rendered(book), "xl/styles.xml").find("indent=\"1\""), std::string::npos);
}

TEST(Xlsx, PrintsAWideSheetOnPagesSideBySideWithItsFrozenColumns) {
  Workbook book = small_workbook();
  book.sheets[0].columns.resize(60);
  for (std::size_t i = 5; i < 60; ++i) book.sheets[0].columns[i].head = "Показатель " + std::to_string(i);
  const std::string bytes = rendered(book);
  EXPECT_NE(part(bytes, "xl/worksheets/sheet1.xml").find("fitToWidth=\"3\""), std::string::npos)
      << part(bytes, "xl/worksheets/sheet1.xml").substr(0, 900);
  EXPECT_NE(part(bytes, "xl/workbook.xml").find("$A:$A"), std::string::npos);
}

TEST(Xlsx, IsTheSameFileInAnyTimeZoneAndAtAnyTime) {
  const std::string first = rendered(small_workbook());
  for (const char* zone : {"Pacific/Kiritimati", "Pacific/Pago_Pago"}) {
    setenv("TZ", zone, 1);
    tzset();
    EXPECT_EQ(rendered(small_workbook()), first) << zone;
  }
  unsetenv("TZ");
  tzset();
  Workbook undated = small_workbook();
  undated.date.clear();
  EXPECT_NE(part(rendered(undated), "docProps/core.xml").find("2000-01-01T00:00:00Z"), std::string::npos);
}

TEST(Xlsx, StampsTheFilesOfThePackageWithAFixedDate) {
  const std::string path = testing::TempDir() + "kaskad_xlsx_stamp.xlsx";
  ASSERT_TRUE(write_file(path, rendered(small_workbook())).has_value());
  const std::string list = run("unzip -Z -T '" + path + "'");
  EXPECT_NE(list.find("19800101.000000"), std::string::npos) << list;
  EXPECT_EQ(list.find(" 20"), std::string::npos) << list;
}

TEST(Xlsx, ExplainsMissingCellsAboveTheTable) {
  const std::string xml = part(rendered(small_workbook()), "xl/worksheets/sheet1.xml");
  const std::string strings = part(rendered(small_workbook()), "xl/worksheets/sheet1.xml");
  EXPECT_NE(xml.find("нет данных¹: слишком мало участников"), std::string::npos);
  EXPECT_NE(xml.find("нет данных²: границы шкалы не заданы"), std::string::npos);
  EXPECT_NE(xml.find("<t>нет данных²</t>"), std::string::npos);
}

TEST(Xlsx, SaysInEnglishWhatTheLanguageSays) {
  Workbook book = small_workbook();
  book.language = "en";
  book.missing = "no data";
  book.sheets[0].columns[1].head = "Pass rate";
  book.sheets[0].columns[1].unit = Unit::percent_points;
  const std::string xml = part(rendered(book), "xl/worksheets/sheet1.xml");
  EXPECT_NE(xml.find("<t>Pass rate, pp</t>"), std::string::npos);
  EXPECT_NE(xml.find("<t>no data¹</t>"), std::string::npos);
}

Workbook named(std::vector<std::string> names) {
  Workbook book;
  for (std::string& name : names) {
    book.sheets.emplace_back();
    book.sheets.back().name = std::move(name);
  }
  return book;
}

TEST(SheetNames, AreLegal) {
  EXPECT_EQ(sheet_names(named({"9/11 [классы]: да?", "'цитата'", "", "История"})),
            (std::vector<std::string>{"9-11 -классы-- да-", "цитата", "3", "История"}));
}

TEST(SheetNames, AvoidTheNameThatExcelKeepsForItself) {
  EXPECT_EQ(sheet_names(named({"History"})), std::vector<std::string>{"History (2)"});
}

TEST(SheetNames, AreDifferentEvenWhenCaseIsIgnored) {
  EXPECT_EQ(sheet_names(named({"Физика", "ФИЗИКА", "физика"})),
            (std::vector<std::string>{"Физика", "ФИЗИКА (2)", "физика (3)"}));
}

TEST(SheetNames, AreCutAtThirtyOneUnitsOnWholeCharacters) {
  const auto names =
      sheet_names(named({"Муниципальное бюджетное общеобразовательное", "Муниципальное бюджетное общеобразовательное",
                         "123456789012345678901234567890😀"}));
  EXPECT_EQ(names[0], "Муниципальное бюджетное общеобр");
  EXPECT_EQ(names[1], "Муниципальное бюджетное общ (2)");
  EXPECT_EQ(names[2], "123456789012345678901234567890");
}

TEST(Xlsx, WritesEverySheetUnderItsName) {
  Workbook book = named({"Школы", "школы"});
  EXPECT_NE(part(rendered(book), "xl/workbook.xml").find("name=\"школы (2)\""), std::string::npos);
}

TEST(Xlsx, RefusesWhatTheFormatCannotHold) {
  EXPECT_EQ(error_of(Workbook{}), "xlsx-no-sheets");
  Workbook book = small_workbook();
  book.sheets[0].rows.resize(1048576);
  EXPECT_EQ(error_of(book), "xlsx-too-long");
  book = small_workbook();
  book.sheets[0].columns.resize(16385);
  EXPECT_EQ(error_of(book), "xlsx-too-wide");
  book = small_workbook();
  book.sheets[0].rows[0][0] = std::string(32768, 'a');
  EXPECT_EQ(error_of(book), "xlsx-text-too-long");
  book = small_workbook();
  book.sheets[0].rows[0][1] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(error_of(book), "xlsx-number");
}

TEST(Xlsx, WritesASheetWithoutRowsAndAWorkbookWithoutColumns) {
  Workbook book = small_workbook();
  book.sheets[0].rows.clear();
  book.sheets.push_back(Sheet{});
  book.sheets[1].title = "Нет данных за этот год";
  EXPECT_NE(part(rendered(book), "xl/worksheets/sheet2.xml").find("Нет данных за этот год"), std::string::npos);
}

}  // namespace
}  // namespace kaskad::reports
