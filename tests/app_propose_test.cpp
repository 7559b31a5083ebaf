// Proposed groups and resilient schools as users of the invented region meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "reports/content/report_data.hpp"
#include "tests/app_texts.hpp"

namespace kaskad::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kRegionProject = "fixtures/region/kaskad.toml";

std::string said(const std::string& project, bool as_json, int& status) {
  const Resources resources = find_resources().value();
  const Texts texts = texts_of(resources, "ru");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  status = propose({project, 2, as_json}, resources, texts);
  testing::internal::GetCapturedStderr();
  return testing::internal::GetCapturedStdout();
}

/// The command's answer on the invented region.
const json& answer() {
  static const json parsed = [] {
    int status = -1;
    const std::string text = said(kRegionProject, true, status);
    EXPECT_LE(status, kDefects);
    return json::parse(text);
  }();
  return parsed;
}

const json& group(const char* role) {
  for (const json& one : answer().at("groups")) {
    if (one.at("role") == role) return one;
  }
  return answer();
}

TEST(Propose, GivesEachSupportedSchoolOneControlOfItsOwn) {
  std::set<std::string> taken;
  std::set<std::string> supported;
  for (const json& id : answer().at("supported")) supported.insert(id);
  EXPECT_EQ(answer().at("from"), "focus");
  for (const json& pair : group("control").at("pairs")) {
    EXPECT_TRUE(supported.contains(pair.at("school")));
    EXPECT_FALSE(supported.contains(pair.at("other")));
    EXPECT_TRUE(taken.insert(pair.at("other")).second) << "no control twice";
    EXPECT_THAT(pair.at("reason").get<std::string>(), HasSubstr("расстояние"));
  }
  EXPECT_EQ(
      group("control").at("pairs").size() + group("control").at("without").size() + answer().at("incomplete").size(),
      supported.size());
}

TEST(Propose, PartnersHelpNoMoreThanThree) {
  std::map<std::string, int> helped;
  for (const json& pair : group("partner").at("pairs")) ++helped[pair.at("other")];
  ASSERT_FALSE(helped.empty());
  for (const auto& [school, n] : helped) EXPECT_LE(n, 3) << school;
}

TEST(Propose, MatchingBringsTheResultsBeforeTheProgrammeTogether) {
  const json& balance = group("control").at("balance");
  ASSERT_EQ(balance.size(), 3U);
  for (const json& of : balance) {
    if (of.at("covariate") != "result") continue;
    EXPECT_LT(std::abs(of.at("after").get<double>()), std::abs(of.at("before").get<double>()));
  }
}

TEST(Propose, TellsReadersTheRuleAndThePairs) {
  int status = -1;
  const std::string text = said(kRegionProject, false, status);
  EXPECT_THAT(text, HasSubstr("Контрольные школы"));
  EXPECT_THAT(text, HasSubstr("Школы-партнёры"));
  EXPECT_THAT(text, HasSubstr("решение за организатором"));
}

TEST(Propose, AMissingProjectIsAnError) {
  int status = -1;
  said("fixtures/region/none.toml", false, status);
  EXPECT_NE(status, kDone);
}

TEST(ResilienceOfTheRegion, EveryResilientSchoolIsToldWithWhatWasExpected) {
  const Resources resources = find_resources().value();
  const Texts texts = texts_of(resources, "ru");
  Console console(texts, true);
  Study study = begin_study(load_project(kRegionProject, resources, console, stderr).value().value(), 2, console);
  judge_study(study, Depth::without_comparisons, 2, console);
  const Resilience& found = study.judgements.resilience;
  ASSERT_FALSE(found.empty());
  const reports::Briefing briefing = briefing_of(study, "2026-11-21", texts);
  const reports::Value tree = reports::region_data(briefing);
  std::size_t resilient = 0;
  for (const ResilienceVerdict& verdict : found.verdicts) resilient += verdict.resilient == Answer::yes;
  EXPECT_EQ(tree.find("resilience.schools")->list()->size(), resilient);
  for (const reports::Value& school : *tree.find("resilience.all")->list()) {
    const Estimate residual = school.find("residual")->quantity()->estimate;
    const double result = school.find("result")->quantity()->estimate.value;
    EXPECT_NEAR(result - school.find("expected")->quantity()->estimate.value, residual.value, 1e-9);
    EXPECT_TRUE(residual.has_interval());
  }
}

}  // namespace
}  // namespace kaskad::app
