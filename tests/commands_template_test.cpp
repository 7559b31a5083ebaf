// The commands for templates, and that every shipped template is sound for its kind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "app/batch/template_library.hpp"
#include "app/commands.hpp"
#include "app/template_checker.hpp"
#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Ran {
  int status = -1;
  std::string out;  ///< stdout and stderr.
};

Ran kaskad_command(const std::string& arguments) {
  Ran ran;
  std::FILE* pipe = popen((std::string(KASKAD_PROGRAM) + " " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) ran.out.append(part.data(), n);
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

std::string fresh_folder(const std::string& name) {
  const fs::path folder = fs::path(testing::TempDir()) / ("kaskad_template_" + name);
  fs::remove_all(folder);
  return folder.string();
}

TEST(TemplateCommand, StartsAreWithoutDefectsInBothLanguages) {
  const std::string folder = fresh_folder("new");
  for (const std::string language : {"ru", "en"}) {
    for (const std::string kind : {"passport", "annual", "municipal"}) {
      const std::string file = folder + "/" + language + "-" + kind + ".md";
      EXPECT_EQ(kaskad_command("template new " + kind + " -o " + file + " --lang " + language).status, kDone);
      EXPECT_EQ(kaskad_command("template check " + file + " --lang " + language).status, kDone) << file;
    }
  }
}

TEST(TemplateCommand, ANewTemplateOverwritesNothing) {
  const std::string file = fresh_folder("there") + "/mine.md";
  ASSERT_TRUE(write_file(file, "мой"));
  EXPECT_EQ(kaskad_command("template new passport -o " + file).status, kUsage);
  EXPECT_EQ(read_file(file).value(), "мой");
}

TEST(TemplateCommand, TellsEachUnknownNameWithLineAndNearestName) {
  const std::string file = fresh_folder("check") + "/mine.md";
  ASSERT_TRUE(write_file(file, "# {{school.nmae}}\n\n{{> part}}\n"));
  ASSERT_TRUE(write_file(fs::path(file).replace_filename("part").string() + ".md", "{{regoin}}\n"));
  const Ran ran = kaskad_command("template check --kind passport " + file);
  EXPECT_EQ(ran.status, kDefects);
  for (const auto* told : {"mine.md:1:", "«school.name»", "part.md:1:", "«region»"})
    EXPECT_THAT(ran.out, HasSubstr(told));
}

TEST(TemplateCommand, WantsToKnowWhatATemplateIsFor) {
  const std::string file = fresh_folder("kind") + "/mine.md";
  ASSERT_TRUE(write_file(file, "# {{title}}\n"));
  EXPECT_EQ(kaskad_command("template check " + file).status, kUsage);
  EXPECT_THAT(kaskad_command("template check --kind pasport " + file).out, HasSubstr("«passport»"));
  EXPECT_EQ(kaskad_command("template check --kind annual " + file).status, kDone);
}

TEST(TemplateCommand, ListsEveryKindOfReport) {
  const Ran ran = kaskad_command("template list");
  EXPECT_EQ(ran.status, kDone);
  for (const ReportKindRow& kind : kReportKinds) EXPECT_THAT(ran.out, HasSubstr(std::string(kind.id) + " "));
}

TEST(Templates, EveryShippedOneFitsItsKindInBothLanguages) {
  const Resources resources = find_resources().value();
  for (const std::string language : {"ru", "en"}) {
    const Texts texts = resources.texts(language).value();
    const TemplateChecker checker = TemplateChecker::make(resources, texts).value();
    const Project project;
    const TemplateLibrary library(project, resources, language);
    for (const ReportKindRow& kind : kReportKinds) {
      if (kind.template_name.empty()) continue;
      const ReportSpec spec = default_report(kind);
      std::set<std::string> used;
      for (const Diagnostic& d : checker.check(kind, std::string(kind.template_name), library.files(spec, used)))
        ADD_FAILURE() << language << " " << texts.describe(d);
    }
  }
}

TEST(Templates, AProjectsFolderTakesThePlaceOfSingleFiles) {
  const std::string folder = fresh_folder("shadow");
  ASSERT_TRUE(write_file(folder + "/parts/method.md", "для всех"));
  ASSERT_TRUE(write_file(folder + "/en/parts/method.md", "in English"));
  const Resources resources = find_resources().value();
  Project project;
  project.templates = folder;
  const ReportSpec spec = default_report(*find_kind("annual"));
  EXPECT_EQ(TemplateLibrary(project, resources, "ru").read(spec, "parts/method.md"), "для всех");
  EXPECT_EQ(TemplateLibrary(project, resources, "en").read(spec, "parts/method.md"), "in English");
  EXPECT_EQ(TemplateLibrary(project, resources, "ru").read(spec, "annual.md"),
            resources.template_file("ru", "annual.md"));
}

TEST(Texts, AProjectsSentencesTakeThePlaceOfOurs) {
  const std::string folder = fresh_folder("texts");
  const Resources resources = find_resources().value();
  std::string own = read_file(resources.templates + "/texts/ru/report.toml").value();
  const std::string shipped = resources.texts("ru")->get("label.region");
  const std::size_t at = own.find("region = \"" + shipped + "\"");
  ASSERT_NE(at, std::string::npos);
  own.replace(at, shipped.size() + 11, "region = \"Наша область\"");
  ASSERT_TRUE(write_file(folder + "/texts/ru/report.toml", own));
  EXPECT_EQ(resources.texts("ru", folder)->get("label.region"), "Наша область");
  EXPECT_EQ(resources.texts("en", folder)->get("label.region"), resources.texts("en")->get("label.region"));
  ASSERT_TRUE(write_file(folder + "/texts/ru/report.toml", "[label]\nregion = \"Наша область\"\n"));
  EXPECT_EQ(resources.texts("ru", folder).error().message.code, "texts-key-missing");
}

}  // namespace
}  // namespace kaskad::app
