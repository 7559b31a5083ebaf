// Workbooks for the schools: what is in them, what is not, and what becomes of them when they come back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "app/check/return_books.hpp"
#include "engine/intake/open_table.hpp"
#include "tests/check_fixtures.hpp"
#include "tests/golden.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Cells = std::vector<std::vector<std::string>>;

/// The rows of a sheet; nothing when there is no such sheet.
std::optional<Cells> sheet_of(const std::string& book, const std::string& sheet) {
  SourceSpec spec;
  spec.path = spec.name = book;
  spec.sheet = sheet;
  spec.header_row = 1;
  Diagnostics told;
  const intake::OpenedTable opened = intake::open_table(spec, 1, told);
  if (opened.table == nullptr) return std::nullopt;
  Cells cells = {opened.table->heads()};
  for (std::size_t chunk = 0; chunk < opened.table->chunks(); ++chunk) {
    const auto reader = opened.table->read(chunk);
    intake::Row row;
    while (reader->next(row)) {
      cells.emplace_back();
      for (std::size_t i = 0; i < row.size; ++i) cells.back().emplace_back(row[i]);
    }
  }
  return cells;
}

std::string dump(const Cells& cells) {
  std::string out;
  for (const auto& row : cells) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : " | ") + row[i];
    out += "\n";
  }
  return out;
}

/// All sheets as text, the hidden one too.
std::string dump_book(const std::string& book, const std::string& first_sheet = "Что сделать") {
  std::string out = "== " + first_sheet + "\n" + dump(sheet_of(book, first_sheet).value());
  const Cells service = sheet_of(book, "kaskad").value();
  for (std::size_t i = 1; i < service.size(); ++i)
    out += "\n== " + service[i].at(1) + "\n" + dump(sheet_of(book, service[i].at(1)).value());
  return out + "\n== kaskad\n" + dump(service);
}

/// A cell of a returned workbook that a school changes; column from 0 in the source.
struct Edit {
  std::string file;
  std::int64_t row = 0;
  std::size_t column = 0;
  std::string text;
};
constexpr std::size_t kWholeRow = 1000;  ///< As a column: blanks the row.

/// Writes the workbook anew with the edits, as an office program would.
void edit_book(const std::string& from, const std::string& to, const std::vector<Edit>& edits,
               const std::string& copied_from = {}) {
  reports::ReturnBook book;
  book.first_sheet = "Что сделать";
  book.service_sheet = "kaskad";
  book.service_name_column = 1;
  const Cells service = sheet_of(from, "kaskad").value();
  book.service_heads = service.front();
  std::vector<Edit> open = edits;
  for (std::size_t i = 1; i < service.size(); ++i) {
    reports::ReturnSheet sheet;
    sheet.service = service[i];
    sheet.name = service[i].at(1);
    sheet.columns = std::stoul(service[i].at(5));
    sheet.title = "title";
    sheet.note = "note";
    Cells cells = sheet_of(from, sheet.name).value();
    if (!copied_from.empty()) {
      const Cells other = sheet_of(copied_from, sheet_of(copied_from, "kaskad").value().at(1).at(1)).value();
      cells.insert(cells.end(), other.begin(), other.end());
    }
    for (const auto& row : cells) {
      if (row.size() < 3 || row[1].empty()) continue;
      reports::ReturnRow out;
      out.number = std::stoll(row[0]);
      out.print = row[1];
      out.cells.assign(row.begin() + 2,
                       row.begin() + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(row.size()),
                                                              2 + static_cast<std::ptrdiff_t>(sheet.columns)));
      out.cells.resize(sheet.columns);
      for (Edit& edit : open) {
        if (edit.file != service[i].at(2) || edit.row != out.number) continue;
        if (edit.column == kWholeRow)
          out.cells.assign(sheet.columns, "");
        else
          out.cells.at(edit.column) = edit.text;
        edit.row = -1;
      }
      sheet.rows.push_back(std::move(out));
    }
    book.sheets.push_back(std::move(sheet));
  }
  for (const Edit& edit : open) EXPECT_EQ(edit.row, -1) << "no such row in the workbook: " << edit.text;
  ASSERT_TRUE(write_file(to, reports::render_return_book(book).value()));
}

std::vector<std::string> books_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

ReturnedBooks write_books(const Checked& checked, const std::string& folder, const std::string& language = "ru") {
  const auto books = write_return_books(*checked.findings, *checked.rows, folder, "2026-11-22", texts_in(language));
  EXPECT_TRUE(books.has_value());
  return books.value_or(ReturnedBooks{});
}

const std::string kSchool1 = "/220001-Школа_№_1.xlsx", kSchool2 = "/220002-Гимназия_«Исток».xlsx",
                  kOffice = "/_для-отдела.xlsx";

TEST(ReturnBooks, ThereIsOneOfEachSchoolWithDefectsAndOneForTheOffice) {
  const auto checked = check_project(kProject);
  const std::string folder = fresh_folder("books");
  write_books(*checked, folder);
  expect_golden("fixtures/check/school-1.ru.txt", dump_book(folder + kSchool1));
  expect_golden("fixtures/check/office.ru.txt", dump_book(folder + kOffice));
  EXPECT_THAT(books_in(folder), ElementsAre("220001-Школа_№_1.xlsx", "220002-Гимназия_«Исток».xlsx", "220003.xlsx",
                                            "220004-Школа_с._Заимка.xlsx", "_для-отдела.xlsx"));
}

TEST(ReturnBooks, AreWrittenInEnglishToo) {
  const auto checked = check_project(kProject);
  const std::string folder = fresh_folder("english");
  write_books(*checked, folder, "en");
  expect_golden("fixtures/check/school-2.en.txt", dump_book(folder + kSchool2, "What to do"));
}

TEST(ReturnBooks, HoldNoRowOfAnotherSchool) {
  const auto checked = check_project(kProject);
  const std::string folder = fresh_folder("own_rows");
  write_books(*checked, folder);
  const std::string first = dump_book(folder + kSchool1), second = dump_book(folder + kSchool2);
  EXPECT_THAT(first, HasSubstr("40002"));
  EXPECT_THAT(first, Not(HasSubstr("Исток")));
  EXPECT_THAT(first, Not(HasSubstr("сорок")));
  EXPECT_THAT(first, Not(HasSubstr("220003")));
  EXPECT_THAT(second, HasSubstr("сорок"));
  EXPECT_THAT(second, Not(HasSubstr("Школа № 1")));
  for (const char* other : {"п-4", "п-5", "п-6", "п-7"}) EXPECT_THAT(first + second, Not(HasSubstr(other)));
}

TEST(ReturnBooks, FailRatherThanShowARowOfAnotherSchool) {
  const auto checked = check_project(kProject);
  intake::FileRow row;
  row.number = 7;
  row.school = row.school_at_first = 1;
  EXPECT_TRUE(check_row_of_book(row, SchoolId{1}, checked->data));
  EXPECT_TRUE(check_row_of_book(row, std::nullopt, checked->data));
  const auto foreign = check_row_of_book(row, SchoolId{0}, checked->data);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().message.code, "return-foreign-row");
  row.school = 0;  // It came back as the first school's, but the file gives it to the second.
  EXPECT_FALSE(check_row_of_book(row, SchoolId{0}, checked->data));
}

TEST(ReturnBooks, MarkTheCellsAndSayWhy) {
  const auto checked = check_project(kProject);
  const std::string folder = fresh_folder("marks");
  write_books(*checked, folder);
  std::FILE* pipe = popen(("unzip -p '" + folder + kSchool1 + "' 'xl/comments*.xml' xl/styles.xml").c_str(), "r");
  std::string xml;
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) xml.append(part.data(), n);
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_THAT(xml, HasSubstr("Отметки 6 нет: отметки от 2 до 5."));
  EXPECT_THAT(xml, HasSubstr("101 больше максимума 100."));
  EXPECT_THAT(xml, HasSubstr("FBE3D6"));
}

TEST(ReturnBooks, AreTheSameBytesForAnyThreads) {
  const std::string one = fresh_folder("one"), two = fresh_folder("two");
  write_books(*check_project(kProject, "", {}, 1), one);
  write_books(*check_project(kProject, "", {}, 2), two);
  for (const std::string& name : books_in(one))
    EXPECT_TRUE(read_file(one + "/" + name).value() == read_file(two + "/" + name).value()) << name;
}

/// Every school corrects what it can; then the region is what it would be had the files been right from the beginning.
TEST(Corrections, TakeThePlaceOfTheRowsThatWereWrong) {
  const auto before = check_project(kProject);
  const std::string sent = fresh_folder("sent"), back = fresh_folder("back");
  write_books(*before, sent);
  edit_book(sent + kSchool1, back + kSchool1,
            {{"vpr/ru4-first.csv", 11, 10, "4"}, {"vpr/ru4-first.csv", 14, 9, "18"}, {"ege.csv", 3, 6, "100"}});
  edit_book(sent + kSchool2, back + kSchool2,
            {{"vpr/ru4-first.csv", 17, 9, "24"}, {"vpr/ru4-first.csv", 19, kWholeRow, ""}});
  const auto after = check_project(kProject, back);

  const std::string right = copy_of_project("right");
  const fs::path folder = fs::path(right).parent_path();
  const auto replace = [&](const std::string& file, const std::string& from, const std::string& to) {
    std::string text = read_file((folder / file).string()).value();
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    ASSERT_TRUE(write_file((folder / file).string(), text));
  };
  replace("vpr/ru4-first.csv", ";40002;4А;2;9;8;7;24;6;3", ";40002;4А;2;9;8;7;24;4;3");
  replace("vpr/ru4-first.csv", ";40005;4Б;2;7;6;5;19;3;3", ";40005;4Б;2;7;6;5;18;3;3");
  replace("vpr/ru4-first.csv", "7;сорок;4;4", "7;24;4;4");
  replace("vpr/ru4-first.csv", ";город Ключи;Гимназия «Исток»;40003;4;1;9;8;2;19;3;3\n", "");
  replace("ege.csv", "п-2;101;", "п-2;100;");
  const auto expected = check_project(right);
  EXPECT_TRUE(after->data.cube == expected->data.cube);
  EXPECT_FALSE(before->data.cube == expected->data.cube);
  EXPECT_LT(after->findings->count(Severity::error), before->findings->count(Severity::error));
  for (const SourceLedger& l : after->data.ledger) {
    std::int64_t sum = l.counted;
    for (const auto& [code, n] : l.rejected) sum += n;
    for (const auto& [reason, n] : l.left_out) sum += n;
    EXPECT_EQ(l.read, sum) << l.file;
  }
}

TEST(Corrections, AreToldApartByWhatBecameOfThem) {
  const std::string sent = fresh_folder("told_sent"), back = fresh_folder("told_back");
  write_books(*check_project(kProject), sent);
  // One right, one wrong again, one as it went; one taken out.
  edit_book(sent + kSchool1, back + kSchool1, {{"vpr/ru4-first.csv", 11, 10, "4"}, {"ege.csv", 3, 6, "102"}});
  edit_book(sent + kSchool2, back + kSchool2, {{"vpr/ru4-first.csv", 19, kWholeRow, ""}});
  const auto checked = check_project(kProject, back);
  const std::vector<ReturnedWorkbook>& books = checked->findings->returned();
  ASSERT_EQ(books.size(), 2U);
  EXPECT_EQ(books[0].workbook, kSchool1.substr(1));
  EXPECT_EQ(books[0].corrected, 1);
  EXPECT_EQ(books[0].still_wrong, 1);
  EXPECT_EQ(books[0].unchanged, books[0].rows() - 2);
  EXPECT_GT(books[0].unchanged, 0);
  EXPECT_EQ(books[1].withdrawn, 1);
  const auto vpr = std::find_if(checked->data.ledger.begin(), checked->data.ledger.end(),
                                [](const SourceLedger& l) { return l.file == "vpr/ru4-first.csv"; });
  EXPECT_EQ(vpr->left_out.at("withdrawn"), 1);
}

TEST(Corrections, OfRowsThatAreStillWrongGoOutAgainAsTheyCameBack) {
  const std::string sent = fresh_folder("again_sent"), back = fresh_folder("again_back"), again = fresh_folder("again");
  write_books(*check_project(kProject), sent);
  edit_book(sent + kSchool1, back + kSchool1, {{"ege.csv", 3, 6, "102"}});
  write_books(*check_project(kProject, back), again);
  EXPECT_THAT(dump_book(again + kSchool1), HasSubstr("п-2 | 102 "));
  // The second workbook is read after the first and speaks of the file as it stands.
  edit_book(again + kSchool1, back + "/second/" + kSchool1, {{"ege.csv", 3, 6, "99"}});
  const auto checked = check_project(kProject, back);
  EXPECT_EQ(checked->findings->returned().back().workbook, "second" + kSchool1);
  EXPECT_EQ(checked->findings->returned().back().corrected, 1);
}

TEST(Corrections, AreNotTakenFromARowOfAnotherSchoolOrFile) {
  const std::string sent = fresh_folder("foreign_sent"), back = fresh_folder("foreign_back");
  write_books(*check_project(kProject), sent);
  edit_book(sent + kSchool1, back + kSchool1, {}, sent + kSchool2);  // Rows copied over from the other workbook.
  const auto checked = check_project(kProject, back);
  ASSERT_EQ(checked->findings->returned().size(), 1U);
  EXPECT_GT(checked->findings->returned()[0].stale, 0);
  EXPECT_TRUE(checked->data.cube == check_project(kProject)->data.cube);
}

TEST(Corrections, OfAFileThatHasChangedSinceAreNotTaken) {
  const std::string sent = fresh_folder("stale_sent"), back = fresh_folder("stale_back");
  write_books(*check_project(kProject), sent);
  edit_book(sent + kSchool1, back + kSchool1, {{"ege.csv", 3, 6, "100"}});
  const std::string moved = copy_of_project("moved");
  const std::string file = (fs::path(moved).parent_path() / "ege.csv").string();
  std::string text = read_file(file).value();
  text.insert(text.find('\n') + 1, "220003;2024;ЕГЭ;Русский язык;11;п-0;50;\n");
  ASSERT_TRUE(write_file(file, text));
  const auto checked = check_project(moved, back);
  EXPECT_GT(checked->findings->returned()[0].stale, 0);
  const auto& kinds = checked->findings->kinds();
  EXPECT_TRUE(
      std::any_of(kinds.begin(), kinds.end(), [](const RemarkKind& k) { return k.code == "returned-row-stale"; }));
}

TEST(Corrections, ThatGiveARowToAnotherSchoolAreAnErrorAndGoToNoSchool) {
  const std::string sent = fresh_folder("moved_sent"), back = fresh_folder("moved_back"),
                    again = fresh_folder("moved_again");
  write_books(*check_project(kProject), sent);
  edit_book(sent + kSchool1, back + kSchool1, {{"ege.csv", 3, 0, "220002"}});
  const auto checked = check_project(kProject, back);
  const auto& remarks = checked->findings->remarks();
  const auto moved = std::find_if(remarks.begin(), remarks.end(),
                                  [](const Remark& r) { return r.diagnostic.message.code == "returned-row-moved"; });
  ASSERT_NE(moved, remarks.end());
  EXPECT_EQ(moved->diagnostic.place.row, 3);
  write_books(*checked, again);
  EXPECT_THAT(dump_book(again + kSchool2), Not(HasSubstr("п-2")));
  EXPECT_THAT(dump_book(again + kSchool1), Not(HasSubstr("п-2")));
  EXPECT_THAT(dump_book(again + kOffice), HasSubstr("п-2"));
}

TEST(Corrections, OfRowsThatBelongedToNoSchoolAreTheOffices) {
  const std::string sent = fresh_folder("office_sent"), back = fresh_folder("office_back");
  write_books(*check_project(kProject), sent);
  // A broken quote and an unknown school.
  edit_book(sent + kOffice, back + kOffice, {{"vpr/ru4-first.csv", 21, kWholeRow, ""}, {"ege.csv", 11, 0, "220003"}});
  const auto checked = check_project(kProject, back);
  EXPECT_EQ(checked->findings->returned()[0].corrected, 1);
  EXPECT_EQ(checked->findings->returned()[0].withdrawn, 1);
}

TEST(Corrections, ThatCannotBeReadAreTold) {
  const std::string back = fresh_folder("broken_back");
  ASSERT_TRUE(write_file(back + "/broken.xlsx", "PK\x03\x04 and no more"));
  fs::copy("fixtures/broken/whole.xlsx", back + "/foreign.xlsx");
  Diagnostics told;
  const intake::Corrections corrections = intake::Corrections::read(back, told);
  EXPECT_EQ(corrections.workbooks(), 0U);
  std::vector<std::string> codes;
  for (const Diagnostic& d : told) codes.push_back(d.place.file + " " + d.message.code);
  EXPECT_THAT(codes, ElementsAre("broken.xlsx returned-workbook-broken", "foreign.xlsx not-a-returned-workbook"));
  told.clear();
  intake::Corrections::read(fresh_folder("nothing"), told);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].message.code, "no-returned-workbooks");
}

}  // namespace
}  // namespace kaskad::app
