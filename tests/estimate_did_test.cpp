// `kaskad estimate did` as its users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/estimate/estimate_command.hpp"
#include "app/resources.hpp"

namespace kaskad::app {
namespace {

using Words = std::vector<std::string>;

CommandOutput run_did(const std::string& file, Words more) {
  static const Texts russian = Resources{"templates", "indicators/catalogue"}.texts("ru").value();
  Words arguments = {"did", file};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_estimate(arguments, russian);
}

nlohmann::json estimated(const std::string& file, Words more) {
  more.emplace_back("--json");
  const CommandOutput output = run_did(file, std::move(more));
  EXPECT_EQ(output.exit_code, 0) << output.err;
  return nlohmann::json::parse(output.out);
}

nlohmann::json coefficient(const nlohmann::json& report, const std::string& term) {
  for (const nlohmann::json& row : report["coefficients"]) {
    if (row["term"] == term) return row;
  }
  ADD_FAILURE() << "no coefficient " << term;
  return {};
}

const Words kBagrut = {"--outcome",       "Bagrut_status",
                       "--unit",          "school_id",
                       "--time",          "year",
                       "--first-treated", "I(2001 * treated)",
                       "--where",         "year == 2000 | year == 2001"};
const Words kCounties = {"--outcome", "lemp", "--unit",          "countyreal",
                         "--time",    "year", "--first-treated", "first.treat"};

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// R 4.2.2, clubSandwich 0.5.8.
TEST(EstimateDid, TwoYearsOfTheBagrutProject) {
  const auto report = estimated("fixtures/bagrut/bagrut.csv", kBagrut);
  EXPECT_EQ(report["n"], 7860);
  EXPECT_EQ(report["clusters"], 39);
  ASSERT_EQ(report["coefficients"].size(), 1U);
  const auto row = coefficient(report, "ATT");
  EXPECT_NEAR(row["estimate"], -0.012215864052306, 1e-13);
  EXPECT_NEAR(row["se"], 0.034907063422039, 1e-13);
  EXPECT_NEAR(row["df"], 27.535139164905, 1e-9);
  EXPECT_NEAR(row["p"], 0.729035988041697, 1e-10);
}

// R 4.2.2, did 2.1.1: fixtures/did/did.csv.
TEST(EstimateDid, CountiesByCohortAndEvent) {
  const auto report = estimated("fixtures/did/mpdta.csv", kCounties);
  EXPECT_NEAR(coefficient(report, "ATT")["estimate"], -0.039951275155177, 1e-12);
  EXPECT_NEAR(coefficient(report, "ATT")["se"], 0.0120340127701854, 1e-12);
  EXPECT_NEAR(coefficient(report, "event=-2")["se"], 0.01329164473655, 1e-12);
  EXPECT_NEAR(coefficient(report, "ATT(g=2006,t=2007)")["estimate"], -0.0412244715462179, 1e-12);
  EXPECT_NEAR(report["figures"]["pre_trend_w"], 7.7912366272, 1e-8);
  EXPECT_GT(report["figures"]["breakdown_relative"], 0);
}

TEST(EstimateDid, SeedDecidesTheBand) {
  const auto critical = [](const char* seed) {
    return estimated("fixtures/did/mpdta.csv", with(kCounties, {"--seed", seed}))["figures"]["critical_event"];
  };
  EXPECT_EQ(critical("7"), critical("7"));
  EXPECT_NE(critical("7"), critical("8"));
}

TEST(EstimateDid, DatesThatContradictThemselvesAreAnError) {
  const CommandOutput output = run_did("fixtures/did/mpdta.csv", {"--outcome", "lemp", "--unit", "countyreal", "--time",
                                                                  "year", "--first-treated", "year"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, testing::HasSubstr("несколько дат начала участия"));
}

TEST(EstimateDid, NobodyToCompareWithIsAReason) {
  const auto report = estimated("fixtures/did/mpdta.csv", with(kCounties, {"--where", "first.treat == 2006"}));
  EXPECT_THAT(report.dump(), testing::HasSubstr("no_data"));
}

}  // namespace
}  // namespace kaskad::app
