// [ranks] of a project, and what the reports of the invented region say of places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "engine/base/files.hpp"
#include "reports/content/ranks_data.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The project of fixtures/region with these lines at its end, in a copy of the folder.
class AskingProject {
 public:
  explicit AskingProject(const std::string& lines) : path_(folder() + "/asking.toml") {
    EXPECT_TRUE(write_file(path_, read_file(folder() + "/kaskad.toml").value() + "\n" + lines).has_value());
  }

  Project read() {
    const auto catalogue = load_catalogue(find_resources().value().catalogue);
    return read_project(path_, catalogue.value(), defects).value();
  }
  Diagnostics defects;

 private:
  static const std::string& folder() {
    static const std::string copy = [] {
      const std::string to = testing::TempDir() + "/kaskad_ranks_region";
      std::filesystem::remove_all(to);
      std::filesystem::copy("fixtures/region", to, std::filesystem::copy_options::recursive);
      return to;
    }();
    return copy;
  }
  std::string path_;
};

std::vector<std::string> codes(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message.code);
  return out;
}

TEST(RanksOfAProject, AreOffByDefault) {
  AskingProject asking("");
  const Project project = asking.read();
  EXPECT_FALSE(project.ranks.show);
  EXPECT_THAT(project.ranks.of, IsEmpty());
  EXPECT_THAT(project.ranks.withheld, ElementsAre("VPR"));
}

TEST(RanksOfAProject, TakeTheHeadlinesThatCanBeRankedAndTellTheOthers) {
  AskingProject asking("[ranks]\nshow = true\n");
  const Project project = asking.read();
  EXPECT_THAT(codes(asking.defects), ElementsAre("ranks-headline-withheld", "ranks-headline-no-method"));
  EXPECT_FALSE(has_errors(asking.defects));
  EXPECT_EQ(project.ranks.of.size(), 3U);
}

TEST(RanksOfAProject, OfVprMustBeAllowedByName) {
  const std::string of = "[[ranks.of]]\nindicator = \"pass_rate\"\nprocedure = \"VPR\"\nsubject = \"MA\"\ngrade = 6\n";
  AskingProject forbidden("[ranks]\nshow = true\n" + of);
  forbidden.read();
  EXPECT_THAT(codes(forbidden.defects), ElementsAre("ranks-withheld"));
  EXPECT_TRUE(has_errors(forbidden.defects));
  AskingProject allowed("[ranks]\nshow = true\nallowed = [\"VPR\"]\n" + of);
  EXPECT_EQ(allowed.read().ranks.of.size(), 1U);
  EXPECT_THAT(codes(allowed.defects), IsEmpty());
}

TEST(RanksOfAProject, DefectsAreToldAllAtOnce) {
  AskingProject asking(
      "[ranks]\nshow = true\nlevel = 2\nwithin = [\"district\"]\nminimum_n = 1\nmethod = \"order\"\n"
      "[[ranks.of]]\nindicator = \"olympiad_awards\"\nprocedure = \"OLYMPIAD_SCHOOL\"\nsubject = \"*\"\n");
  asking.read();
  EXPECT_EQ(asking.defects.size(), 6U);  // level, within twice (unknown, and none left), minimum_n, method, kind
}

struct Told {
  explicit Told(Project project) : resources(find_resources().value()), texts(resources.texts("ru").value()) {
    Console console(texts, true);
    study = begin_study(std::move(project), 2, console);
    judge_study(study, Depth::without_comparisons, 2, console);
  }
  reports::Briefing briefing() const { return briefing_of(study, "2026-11-21", texts); }

  Resources resources;
  Texts texts;
  Study study;
};

TEST(RanksOfTheRegion, StandInTheTreesOnlyWhereTheyAreShown) {
  AskingProject silent("");
  const Told none(silent.read());
  AskingProject asking("[ranks]\nshow = true\nwithin = [\"region\", \"municipality\"]\n");
  const Told told(asking.read());
  EXPECT_FALSE(reports::region_data(none.briefing()).find("ranks")->truthy());
  EXPECT_FALSE(reports::school_data(none.briefing(), 0).find("ranks")->truthy());
  const reports::Value region = reports::region_data(told.briefing());
  EXPECT_EQ(region.find("ranks.figures")->list()->size(), 3U);
  EXPECT_THAT(*region.find("ranks.rule")->text(), HasSubstr("95 %"));
}

/// A rank is a span of places that holds the place which the values alone would give.
TEST(RanksOfTheRegion, EverySpanHoldsThePlaceOfTheValue) {
  AskingProject asking("[ranks]\nshow = true\n");
  const Told told(asking.read());
  for (const RankList& list : told.study.judgements.ranks.lists) {
    for (const PlacedSchool& own : list.schools) {
      if (!own.place) continue;
      std::int64_t higher = 0, lower = 0;
      for (const PlacedSchool& other : list.schools) {
        if (!other.place) continue;
        higher += other.value.value > own.value.value ? 1 : 0;
        lower += other.value.value < own.value.value ? 1 : 0;
      }
      EXPECT_LE(own.place->first, 1 + higher);
      EXPECT_GE(own.place->last, list.ranked - lower);
      EXPECT_GE(own.value.n, 10);
    }
  }
}

TEST(RanksOfTheRegion, APassportSaysTheSpanOrWhyThereIsNone) {
  AskingProject asking("[ranks]\nshow = true\n");
  const Told told(asking.read());
  const RankList& list = told.study.judgements.ranks.lists.front();
  for (const PlacedSchool& school : list.schools) {
    const std::string first = reports::rank_sentences(told.briefing(), school.school).front();
    const std::string span = "из " + std::to_string(list.ranked);
    const std::string none = school.value.reason == Undefined::complementary ? "у школы нет: скрыто, так как"
                                                                             : "у школы нет: участников меньше 10";
    EXPECT_THAT(first, HasSubstr(school.place ? span : none));
  }
}

}  // namespace
}  // namespace kaskad::app
