// What kaskad check says: on the terminal, as JSON, as a page; its filters and exit codes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "app/check/check_json.hpp"
#include "app/check/html_page.hpp"
#include "app/check/terminal.hpp"
#include "app/commands.hpp"
#include "app/diagnostics_json.hpp"
#include "tests/check_fixtures.hpp"
#include "tests/golden.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Ran {
  int status = -1;
  std::string out;  ///< stdout alone.
};

Ran kaskad_command(const std::string& arguments) {
  Ran ran;
  std::FILE* pipe = popen((std::string(KASKAD_PROGRAM) + " " + arguments + " 2>/dev/null").c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) ran.out.append(part.data(), n);
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

class InLanguage : public testing::TestWithParam<const char*> {};

/// Read by a human: fixtures/check/terminal.*.txt and all.*.txt.
TEST_P(InLanguage, TheTerminalShowsSourcesAndKindsAndOnRequestEverything) {
  const std::string language = GetParam();
  const Ran grouped = kaskad_command("check " + kProject + " --lang " + language);
  EXPECT_EQ(grouped.status, kDefects);
  expect_golden("fixtures/check/terminal." + language + ".txt", grouped.out);
  const Ran all = kaskad_command("check " + kProject + " --all --lang " + language);
  expect_golden("fixtures/check/all." + language + ".txt", all.out);
  EXPECT_THAT(grouped.out + all.out, Not(HasSubstr("⟦")));
}

TEST_P(InLanguage, ThePageStandsAlone) {
  const auto checked = check_project(kProject);
  const std::string page = html_page(*checked->findings, {"Ключевской район", "2026-11-22"}, texts_in(GetParam()));
  for (const char* outside : {"http:", "https:", " src=", " href=", "@import", "url(", "⟦"})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  for (const Remark& r : checked->findings->remarks()) {
    const std::string message = message_of(r.diagnostic, texts_in(GetParam()));
    const bool plain = message.find_first_of("&<>\"") == std::string::npos;
    EXPECT_TRUE(!plain || page.find(message) != std::string::npos) << message;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, InLanguage, testing::Values("ru", "en"));

TEST(CheckJson, HoldsEveryDiagnosticWithItsSchoolAndTheLedger) {
  const Ran ran = kaskad_command("check " + kProject + " --json");
  EXPECT_EQ(ran.status, kDefects);
  const json root = json::parse(ran.out);
  const auto checked = check_project(kProject);
  ASSERT_EQ(root.at("diagnostics").size(), checked->findings->remarks().size());
  std::map<std::string, int> schools;
  for (const json& d : root.at("diagnostics")) {
    EXPECT_FALSE(d.at("message").get<std::string>().empty());
    ++schools[d.at("school")];
  }
  // Rows of the layout that names the school above them, of plain tables, and those that name none.
  EXPECT_GT(schools["220001"], 3);
  EXPECT_GT(schools["220002"], 2);
  EXPECT_GT(schools[""], 3);
  EXPECT_EQ(schools.count("220009"), 0U);
  std::int64_t kinds = 0;
  for (const json& kind : root.at("kinds")) kinds += kind.at("n").get<std::int64_t>();
  EXPECT_EQ(kinds, static_cast<std::int64_t>(root.at("diagnostics").size()));
  ASSERT_EQ(root.at("sources").size(), checked->data.ledger.size());
  EXPECT_EQ(root.at("sources").at(2).at("layout"), "fis-oko-pupils");
  EXPECT_EQ(root.at("sources").at(2).at("head_row"), 8);
  EXPECT_EQ(root.at("sources").at(2).at("absorbed").at("cross"), 2);
}

/// docs/check.schema.json says which names there are; the output has no other, and no required one is missing.
TEST(CheckJson, IsAsItsSchemaSays) {
  const json schema = json::parse(read_file("docs/check.schema.json").value());
  const std::string folder = fresh_folder("schema");
  const json root = json::parse(kaskad_command("check " + kProject + " --json --return " + folder).out);
  const std::function<void(const json&, const json&, const std::string&)> compare =
      [&](const json& value, const json& said, const std::string& where) {
        const json& shape =
            said.contains("$ref") ? schema.at("$defs").at(said.at("$ref").get<std::string>().substr(8)) : said;
        const std::string type = shape.at("type");
        if (type == "array") {
          ASSERT_TRUE(value.is_array()) << where;
          for (const json& item : value) compare(item, shape.at("items"), where + "[]");
        } else if (type == "object") {
          ASSERT_TRUE(value.is_object()) << where;
          for (const auto& [name, of_name] : value.items()) {
            if (shape.contains("properties") && shape.at("properties").contains(name))
              compare(of_name, shape.at("properties").at(name), where + "." + name);
            else
              ASSERT_TRUE(shape.contains("additionalProperties") && shape.at("additionalProperties").is_object())
                  << where + "." + name;
          }
          for (const json& name : shape.value("required", json::array()))
            EXPECT_TRUE(value.contains(name)) << where << " " << name;
        } else {
          EXPECT_TRUE((type == "string" && value.is_string()) || (type == "integer" && value.is_number_integer()) ||
                      (type == "boolean" && value.is_boolean()))
              << where;
        }
      };
  compare(root, schema, "");
}

TEST(Check, SaysTheSameForAnyThreads) {
  EXPECT_EQ(kaskad_command("check " + kProject + " --json --threads 1").out,
            kaskad_command("check " + kProject + " --json --threads 4").out);
}

TEST(Check, SpeaksOfOneSchoolOrFileWhenAskedTo) {
  const json school = json::parse(kaskad_command("check " + kProject + " --json --school 220002").out);
  ASSERT_FALSE(school.at("diagnostics").empty());
  for (const json& d : school.at("diagnostics")) EXPECT_EQ(d.at("school"), "220002");
  const json file = json::parse(kaskad_command("check " + kProject + " --json --file 'ege*.csv'").out);
  ASSERT_FALSE(file.at("diagnostics").empty());
  for (const json& d : file.at("diagnostics")) EXPECT_THAT(d.at("file").get<std::string>(), testing::StartsWith("ege"));
  EXPECT_EQ(kaskad_command("check " + kProject + " --file ege-again.csv").status, kDone);
  EXPECT_EQ(kaskad_command("check " + kProject + " --school 22").status, kUsage);
}

TEST(Check, WritesPageAndBooksBesideWhatItSays) {
  const std::string folder = fresh_folder("command");
  const Ran ran = kaskad_command("check " + kProject + " --date 2026-11-22 --html " + folder + "/page.html --return " +
                                 folder + "/books");
  EXPECT_EQ(ran.status, kDefects);
  EXPECT_TRUE(file_exists(folder + "/page.html"));
  EXPECT_TRUE(file_exists(folder + "/books/220003.xlsx"));
  EXPECT_THAT(ran.out, HasSubstr("Книг для школ записано: 4"));
}

/// Codes of pupils stand in the rows that are wrong; none may leave them.
TEST(Check, NamesNoPupil) {
  const std::string folder = fresh_folder("names");
  const Ran json_run = kaskad_command("check " + kProject + " --json --html " + folder + "/page.html");
  const Ran text = kaskad_command("check " + kProject + " --all");
  const std::string all = json_run.out + text.out + read_file(folder + "/page.html").value();
  for (const char* code : {"п-1", "п-3", "п-5", "п-9", "40002", "40003", "ф-1"}) EXPECT_THAT(all, Not(HasSubstr(code)));
}

TEST(Check, OfSoundDataFindsNothingToCorrect) {
  const std::string project = copy_of_project("sound");
  const fs::path folder = fs::path(project).parent_path();
  const auto put = [&](const std::string& file, const std::string& text) {
    ASSERT_TRUE(write_file((folder / file).string(), text));
  };
  const std::string head = "school;year;procedure;subject;grade;pupil;test;mark\n";
  put("ege.csv", head + "220001;2024;ЕГЭ;Русский язык;11;1;78;\n");
  put("ege-again.csv", head + "220002;2023;ЕГЭ;Физика;11;1;61;\n");
  put("ege-copy.csv", head + "220003;2023;ЕГЭ;Физика;11;2;62;\n");
  put("context.csv", "school;year;enrolment;grade_4\n220001;2024;300;5\n");
  put("marks.csv", "school;year;procedure;subject;grade;n;p2;p3;p4;p5\n220003;2024;ВПР;Русский язык;4;4;25;25;25;25\n");
  std::string vpr = read_file((folder / "vpr/ru4-first.csv").string()).value();
  vpr.resize(vpr.find(";город Ключи;Школа № 1;40002"));
  put("vpr/ru4-first.csv", vpr);
  const std::string books = fresh_folder("sound_books");
  const Ran ran = kaskad_command("check " + project + " --return " + books);
  EXPECT_EQ(ran.status, kDone) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("Книг для школ записано: 0"));
  EXPECT_TRUE(fs::is_empty(books));
}

TEST(Overflow, TellsWhatIsNotKeptInTheOrderInWhichItCame) {
  Overflow overflow([](const Diagnostic& d) { return d.place.file + std::to_string(d.place.row) + ";"; },
                    [](const Diagnostic& d) { return d.place.file != "other"; });
  Diagnostic d;
  d.message.code = "not-a-number";
  d.place.file = "a";
  std::string expected;
  for (d.place.row = 1; d.place.row <= 40'000; ++d.place.row) {
    overflow.take(d);
    expected += "a" + std::to_string(d.place.row) + ";";
  }
  d.place.file = "other";
  overflow.take(d);
  std::string read;
  overflow.read([&](const std::string& part) { read += part; });
  EXPECT_TRUE(read == expected);
  EXPECT_EQ(overflow.n(), 40'000);
  EXPECT_TRUE(overflow.has_errors());
}

/// 100 000 of a code are kept; every one beyond them reaches the sink, in the order of rows, for any threads.
TEST(Overflow, OfASourceIsComplete) {
  const std::string folder = fresh_folder("overflow");
  constexpr int rows = 100'700;
  std::string text = "school;year;procedure;subject;grade;primary\n";
  for (int i = 0; i < rows; ++i) text += "no" + std::to_string(i % 7) + ";2024;VPR;RU;4;10\n";
  ASSERT_TRUE(write_file(folder + "/rows.csv", text));
  ASSERT_TRUE(write_file(folder + "/registry.csv", "school;name\n1;x\n"));
  std::vector<SourceSpec> sources(2);
  sources[0].kind = SourceKind::registry;
  sources[0].name = "registry.csv";
  sources[0].path = folder + "/registry.csv";
  sources[1].name = "rows.csv";
  sources[1].path = folder + "/rows.csv";
  Vocabulary vocabulary = load_catalogue("indicators/catalogue").value().vocabulary;
  vocabulary.years = {2024};
  for (const unsigned threads : {1U, 4U}) {
    IntakeOptions options;
    options.threads = threads;
    std::vector<std::int64_t> beyond;
    options.overflow = [&](Diagnostic&& d) { beyond.push_back(d.place.row); };
    const Dataset data = read_sources(sources, vocabulary, {}, {}, options);
    ASSERT_EQ(data.diagnostics.size(), 100'000U);
    ASSERT_EQ(beyond.size(), 700U);
    EXPECT_EQ(beyond.front(), 100'002);
    EXPECT_TRUE(std::is_sorted(beyond.begin(), beyond.end()));
    EXPECT_EQ(beyond.back(), rows + 1);
  }
}

}  // namespace
}  // namespace kaskad::app
