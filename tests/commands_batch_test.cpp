// Runs over many documents, as their user meets them: what is made, what is left alone, what is bound and attached.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/batch/report_maker.hpp"
#include "app/batch/trees.hpp"
#include "app/load.hpp"
#include "app/study.hpp"
#include "engine/base/files.hpp"
#include "reports/schema/value_json.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Ran {
  int status = -1;
  std::string out;
};

Ran shell(const std::string& command) {
  Ran ran;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) ran.out.append(part.data(), n);
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

Ran kaskad_command(const std::string& arguments, const std::string& errors = "/dev/null") {
  return shell(std::string(KASKAD_PROGRAM) + " " + arguments + " 2>" + errors);
}

std::string folder_of(const std::string& name) {
  return (fs::path(testing::TempDir()) / ("kaskad_commands_" + name)).string();
}

std::map<std::string, std::string> contents_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).string()] = read_file(entry.path().string()).value();
  }
  return files;
}

/// Files that differ between two states of a folder, the manifest aside.
std::vector<std::string> changed_files(const std::map<std::string, std::string>& before,
                                       const std::map<std::string, std::string>& now) {
  std::vector<std::string> out;
  for (const auto& [file, bytes] : now) {
    const auto same = before.find(file);
    if (file != "manifest.json" && (same == before.end() || same->second != bytes)) out.push_back(file);
  }
  return out;
}

/// A region of twenty schools with a passport template of its own, in which the first five schools get passports.
class Batch : public testing::Test {
 protected:
  static constexpr const char* kFive =
      "passport:edu980001,passport:edu980002,passport:edu980003,passport:edu980004,"
      "passport:edu980006";

  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    project_ = folder_of("project_" + name);
    out_ = folder_of("out_" + name);
    fs::remove_all(project_);
    fs::remove_all(out_);
    ASSERT_EQ(kaskad_command("demo " + project_ + " --schools 20 --years 3 --pupils 2000").status, kDone);
    std::string toml = read_file(project_ + "/kaskad.toml").value();
    toml.resize(toml.find("[[report]]"));
    write("kaskad.toml", toml + "[[report]]\nkind = \"passport\"\ntemplate = \"passport.md\"\n" +
                             "[[report]]\nkind = \"estimates\"\n");
    write("passport.md", read_file("templates/ru/passport.md").value());
  }
  void TearDown() override {
    fs::remove_all(project_);
    fs::remove_all(out_);
  }

  void write(const std::string& file, const std::string& text) const {
    ASSERT_TRUE(write_file(project_ + "/" + file, text));
  }
  Ran run(const std::string& more) const { return run_to(out_, more); }
  Ran run_to(const std::string& out, const std::string& more) const {
    const std::string date = more.find("--date") == std::string::npos ? " --date 2026-11-21 " : " ";
    return kaskad_command("run " + project_ + "/kaskad.toml -q -o " + out + date + more);
  }
  std::string only_five() const { return std::string("--only ") + kFive; }

  std::string project_, out_;
};

TEST_F(Batch, LeavesAloneWhatSaysTheSameWhateverTheDateOfIssue) {
  ASSERT_EQ(run(only_five()).status, kDone);
  const auto before = contents_of(out_);
  ASSERT_EQ(before.size(), 6U);
  const Ran again = run(only_five() + " --changed --date 2027-01-01");
  EXPECT_EQ(again.status, kDone);
  EXPECT_THAT(again.out, HasSubstr("заново: 0, осталось без изменений: 5."));
  EXPECT_THAT(changed_files(before, contents_of(out_)), IsEmpty());
  EXPECT_EQ(contents_of(out_), before);
}

/// The type of a school stands in its own passport only.
TEST_F(Batch, MakesAnewTheDocumentsWhoseDataHaveChanged) {
  ASSERT_EQ(run(only_five()).status, kDone);
  const auto before = contents_of(out_);
  std::string registry = read_file(project_ + "/registry.csv").value();
  const std::size_t row = registry.find("edu980003");
  const std::size_t end = registry.find_first_of("\r\n", row);
  const std::string no = "\xED\xE5\xF2", yes = "\xE4\xE0";  // «нет», «да» in CP1251
  ASSERT_EQ(registry.substr(end - no.size(), no.size()), no);
  write("registry.csv", registry.replace(end - no.size(), no.size(), yes));
  const Ran again = run(only_five() + " --changed");
  EXPECT_THAT(again.out, HasSubstr("заново: 1, осталось без изменений: 4."));
  EXPECT_THAT(changed_files(before, contents_of(out_)), ElementsAre("passports/edu980003.pdf"));
}

TEST_F(Batch, MakesAnewAllDocumentsWhoseTemplateHasChanged) {
  ASSERT_EQ(run(only_five()).status, kDone);
  write("passport.md", read_file(project_ + "/passport.md").value() + "\nОдобрено.\n");
  EXPECT_THAT(run(only_five() + " --changed").out, HasSubstr("заново: 5, осталось без изменений: 0."));
  EXPECT_THAT(run(only_five() + " --changed --attach").out, HasSubstr("заново: 5, осталось без изменений: 0."));
}

TEST_F(Batch, MakesAnewFilesThatWereDeletedOrChanged) {
  ASSERT_EQ(run(only_five()).status, kDone);
  const auto before = contents_of(out_);
  fs::remove(out_ + "/passports/edu980001.pdf");
  ASSERT_TRUE(write_file(out_ + "/passports/edu980002.pdf", "touched"));
  EXPECT_THAT(run(only_five() + " --changed").out, HasSubstr("заново: 2, осталось без изменений: 3."));
  EXPECT_EQ(contents_of(out_), before);
}

TEST_F(Batch, ADamagedManifestMeansThatEverythingIsMade) {
  ASSERT_EQ(run(only_five()).status, kDone);
  ASSERT_TRUE(write_file(out_ + "/manifest.json", "{\"manifest\": 1, \"files\": [{}]}"));
  EXPECT_THAT(run(only_five() + " --changed").out, HasSubstr("заново: 5, осталось без изменений: 0."));
}

TEST_F(Batch, AnySelectionKeepsTheNotesOnTheOtherFiles) {
  ASSERT_EQ(run(only_five()).status, kDone);
  ASSERT_EQ(run("--only passport:edu980001,estimates").status, kDone);
  EXPECT_THAT(run(only_five() + ",estimates --changed").out, HasSubstr("заново: 0, осталось без изменений: 6."));
}

TEST_F(Batch, PrintFilesAndAttachmentsAreTheSameForAnyNumberOfThreads) {
  const std::string other = out_ + "_other";
  fs::remove_all(other);
  ASSERT_EQ(run(only_five() + " --merge --attach --threads 1").status, kDone);
  ASSERT_EQ(run_to(other, only_five() + " --merge --attach --threads 3").status, kDone);
  const auto first = contents_of(out_);
  EXPECT_EQ(first.size(), 7U);
  EXPECT_EQ(first, contents_of(other));
  fs::remove_all(other);
}

int pages_of(const std::string& file) {
  const std::string info = shell("pdfinfo " + file).out;
  return std::stoi(info.substr(info.find("Pages:") + 6));
}

TEST_F(Batch, APrintFileHoldsAllPagesAndFollowsItsParts) {
  ASSERT_EQ(run(only_five() + " --merge").status, kDone);
  int pages = 0;
  for (const auto& entry : fs::directory_iterator(out_ + "/passports")) pages += pages_of(entry.path().string());
  EXPECT_EQ(pages_of(out_ + "/passports.pdf"), pages);
  EXPECT_THAT(run(only_five() + " --merge --changed").out, HasSubstr("заново: 0, осталось без изменений: 6."));
  fs::remove(out_ + "/passports/edu980001.pdf");
  EXPECT_THAT(run("--only passport:edu980001 --merge --changed").out, HasSubstr("заново: 2,"));
  EXPECT_EQ(pages_of(out_ + "/passports.pdf"), pages_of(out_ + "/passports/edu980001.pdf"));
}

TEST_F(Batch, TheFiguresBehindAPassportAreInsideIt) {
  ASSERT_EQ(run("--only passport:edu980002 --attach").status, kDone);
  const std::string csv = out_ + "/figures.csv";
  ASSERT_EQ(shell("pdfdetach -save 1 -o " + csv + " " + out_ + "/passports/edu980002.pdf").status, 0);
  std::istringstream rows(read_file(csv).value());
  std::string row;
  std::getline(rows, row);
  EXPECT_THAT(row, HasSubstr("indicator,procedure,subject"));
  int figures = 0;
  while (std::getline(rows, row)) {
    EXPECT_THAT(row, HasSubstr(",school,edu980002,"));
    ++figures;
  }
  EXPECT_GT(figures, 10);
}

TEST_F(Batch, FilesOfSchoolsThatAreGoneAreTold) {
  ASSERT_EQ(run("--only passport:edu980001,estimates").status, kDone);
  std::string toml = read_file(project_ + "/kaskad.toml").value();
  write("kaskad.toml", toml.substr(0, toml.find("[[report]]")) + "[[report]]\nkind = \"estimates\"\n");
  const Ran ran = run("");
  EXPECT_THAT(ran.out, HasSubstr("остался 1 файл прежнего запуска"));
  EXPECT_THAT(ran.out, HasSubstr("passports/edu980001.pdf"));
}

TEST_F(Batch, WhatIsAskedForButUnknownIsAUsageErrorWithTheNearestName) {
  const std::string errors = out_ + "_errors";
  const std::string begin = "run " + project_ + "/kaskad.toml -q -o " + out_ + " --only ";
  const std::map<std::string, std::string> asked = {
      {"pasport", "«passport»"}, {"passport:edu98000", "«edu980001»"}, {"annual", "kind = ”annual”"}};
  for (const auto& [what, told] : asked) {
    EXPECT_EQ(kaskad_command(begin + what, errors).status, kUsage) << what;
    EXPECT_THAT(read_file(errors).value(), HasSubstr(told)) << what;
  }
  fs::remove(errors);
  EXPECT_FALSE(fs::exists(out_));
}

TEST_F(Batch, AProjectsTemplateWithDefectsIsToldBeforeAnythingIsRead) {
  write("passport.md", "# {{school.nmae}}\n");
  const std::string errors = out_ + "_errors";
  EXPECT_EQ(kaskad_command("run " + project_ + "/kaskad.toml -q -o " + out_, errors).status, kUsage);
  EXPECT_THAT(read_file(errors).value(), HasSubstr("passport.md:1: Имени «school.nmae» в данных отчёта нет"));
  fs::remove(errors);
}

TEST_F(Batch, APreviewIsTheVeryDocumentOfTheRun) {
  ASSERT_EQ(run("--only passport:edu980002").status, kDone);
  const std::string file = out_ + "/preview.pdf";
  ASSERT_EQ(
      kaskad_command("preview passport " + project_ + "/kaskad.toml -q --date 2026-11-21 --school edu980002 -o " + file)
          .status,
      kDone);
  EXPECT_TRUE(read_file(file).value() == read_file(out_ + "/passports/edu980002.pdf").value());
}

TEST_F(Batch, APreviewTakesATemplateAndMakesHtml) {
  const std::string file = out_ + "/preview.html";
  write("mine.md", "# Листок: {{school.name}}\n");
  ASSERT_EQ(
      kaskad_command("preview " + project_ + "/mine.md " + project_ + "/kaskad.toml -q --school edu980002 -o " + file)
          .status,
      kDone);
  EXPECT_THAT(read_file(file).value(), HasSubstr("Листок: МБОУ"));
}

TEST_F(Batch, TheWholeTreeComesAsOneJsonObject) {
  const Ran all = kaskad_command("run " + project_ + "/kaskad.toml -q --json --date 2026-11-21 --threads 1");
  EXPECT_EQ(all.status, kDone);
  const auto tree = nlohmann::json::parse(all.out);
  EXPECT_EQ(tree.at("schools").size(), 20U);
  EXPECT_EQ(tree.at("schools")[1].at("school").at("id"), "edu980002");
  EXPECT_EQ(tree.at("region").at("counts").at("schools"), 20);
  EXPECT_GT(tree.at("municipalities").size(), 1U);
  EXPECT_EQ(kaskad_command("run " + project_ + "/kaskad.toml -q --json --date 2026-11-21 --threads 3").out, all.out);
  const auto one =
      nlohmann::json::parse(kaskad_command("run " + project_ + "/kaskad.toml -q --json --only passport:edu980002").out);
  EXPECT_EQ(one.at("schools").size(), 1U);
  EXPECT_FALSE(one.contains("region"));
}

/// Runs and previews without a report on the region spare the comparison of groups.
TEST_F(Batch, DocumentsOfSchoolsAndMunicipalitiesNeedNoComparisonOfGroups) {
  const Resources resources = find_resources().value();
  const Texts texts = resources.texts("ru").value();
  Console console(texts, true);
  std::vector<std::string> trees;
  for (const Depth depth : {Depth::whole, Depth::without_comparisons}) {
    Study study =
        begin_study(load_project(project_ + "/kaskad.toml", resources, console, stderr).value().value(), 1, console);
    judge_study(study, depth, 1, console);
    EXPECT_EQ(study.judgements.comparisons.empty(), depth == Depth::without_comparisons);
    const reports::Briefing briefing = briefing_of(study, "2026-11-21", texts);
    std::string all;
    for (const DataTree tree : {DataTree::school, DataTree::municipality}) {
      for (const std::size_t entity : {0U, 1U, 2U}) all += reports::value_json(*Trees(briefing).of(tree, entity));
    }
    trees.push_back(all);
  }
  EXPECT_TRUE(trees[0] == trees[1]);
}

/// The proof that a document about one school cannot carry another's figures: the data of one, the name of another.
TEST_F(Batch, ADocumentWithFiguresOfAnotherSchoolIsRefused) {
  const Resources resources = find_resources().value();
  const Texts texts = resources.texts("ru").value();
  Console console(texts, true);
  Project project = load_project(project_ + "/kaskad.toml", resources, console, stderr).value().value();
  Study study = begin_study(std::move(project), 1, console);
  judge_study(study, Depth::without_comparisons, 1, console);
  const reports::Briefing briefing = briefing_of(study, "2026-11-21", texts);
  const RunOptions options;
  const ReportShop shop(study.project, resources, options, briefing);
  ReportMaker maker(shop);
  const std::vector<Piece> pieces = pieces_of(study.project.reports.front(), study.project, study.data.registry);
  const Trees trees(briefing);
  std::set<std::string> used;
  EXPECT_TRUE(maker.make(pieces[0], trees.of(pieces[0]).get(), used).has_value());
  const auto mixed = maker.make(pieces[1], trees.of(pieces[0]).get(), used);
  ASSERT_FALSE(mixed.has_value());
  EXPECT_EQ(mixed.error().message.code, "foreign-figure");
}

}  // namespace
}  // namespace kaskad::app
