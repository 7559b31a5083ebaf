// `kaskad estimate mixed` and `kaskad estimate pool` as their users run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/estimate_fixtures.hpp"

namespace kaskad::app {
namespace {

using testing::HasSubstr;

CommandOutput run(std::vector<std::string> arguments, const char* language = "ru") {
  return run_estimate(std::move(arguments), test::texts(language));
}

nlohmann::json estimated(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const CommandOutput output = run(std::move(arguments));
  EXPECT_EQ(output.exit_code, 0) << output.err;
  return nlohmann::json::parse(output.out);
}

const std::vector<std::string> kBalanced = {"mixed", "fixtures/estimate/mixed_groups.csv", "--outcome", "y", "--group",
                                            "school"};

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// Five groups of four; a row without outcome is left out. Squares within: 5 + 6 + 6 + 10 + 5.
TEST(EstimateMixed, OfBalancedGroupsIsTheAnalysisOfVariance) {
  const auto report = estimated(kBalanced);
  EXPECT_EQ(report["n"], 20);
  EXPECT_EQ(report["clusters"], 5);
  const double means[] = {4.5, 9, 4, 8, 2.5};
  const double within = (5 + 6 + 6 + 10 + 5) / 15.0;
  double between = 0;
  for (double mean : means) between += 4 * (mean - 5.6) * (mean - 5.6) / 4;
  const auto& rows = report["variance_components"];
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0]["group"], "school");
  EXPECT_EQ(rows[0]["term"], "(Intercept)");
  EXPECT_NEAR(rows[0]["sd"].get<double>(), std::sqrt((between - within) / 4), 1e-12);
  EXPECT_EQ(rows[1]["group"], "Residual");
  EXPECT_NEAR(rows[1]["sd"].get<double>(), std::sqrt(within), 1e-12);
  EXPECT_NEAR(report["coefficients"][0]["estimate"].get<double>(), 5.6, 1e-13);
  EXPECT_NEAR(report["coefficients"][0]["df"].get<double>(), 4, 1e-8);
  EXPECT_NEAR(report["deviance"].get<double>(), -2 * report["log_likelihood"].get<double>(), 1e-12);
}

TEST(EstimateMixed, ReproducesExamByFullLikelihood) {
  const auto report = estimated({"mixed", "fixtures/stats/exam.csv", "--outcome", "normexam", "--terms", "standLRT",
                                 "--group", "school", "--method", "ml", "--effects"});
  EXPECT_NEAR(report["deviance"].get<double>(), 9357.243, 5e-4);
  EXPECT_NEAR(report["coefficients"][1]["estimate"].get<double>(), .563371, 5e-7);
  EXPECT_NEAR(report["coefficients"][1]["se"].get<double>(), .012465, 5e-7);
}

TEST(EstimateMixed, WritesEffectsOfGroups) {
  const auto path = std::filesystem::temp_directory_path() / "kaskad_estimate_mixed_effects.csv";
  estimated(with(kBalanced, {"--effects-out", path.string()}));
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  std::filesystem::remove(path);
  EXPECT_THAT(text.str(), HasSubstr("group,n,effect,se,lo,hi,comparative_se,diagnostic_se,shrinkage\nA,4,-"));
}

TEST(EstimateMixed, SaysInWordsWhatItDidNotTake) {
  const CommandOutput output = run(with(kBalanced, {"--terms", "x", "--slope", "z", "--compare", "--effects"}), "en");
  EXPECT_EQ(output.exit_code, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("The term “x” repeats others and is not in the model."));
  EXPECT_THAT(output.out, HasSubstr("The slope “z” is not among --terms: its mean over groups is taken to be zero."));
  EXPECT_THAT(output.out, HasSubstr("Few groups: 5."));
  EXPECT_THAT(output.out, testing::Not(HasSubstr("nan")));
}

TEST(EstimateMixed, SaysWhyThereIsNone) {
  const CommandOutput one = run(with(kBalanced, {"--where", "school == 'A'"}));
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_THAT(one.out, HasSubstr("В «school» одна группа: разброс между группами по одной не оценить."));
  const auto constant =
      estimated({"mixed", "fixtures/estimate/mixed_groups.csv", "--outcome", "x", "--group", "school"});
  EXPECT_TRUE(constant["coefficients"][0]["estimate"].is_null());
  EXPECT_TRUE(constant["variance_components"][0]["sd"].is_null());
}

TEST(EstimatePool, PoolsAndPassesOverErrorsOfZero) {
  const std::vector<std::string> pool = {
      "pool", "fixtures/estimate/pool.csv", "--estimate", "effect", "--se", "se", "--label", "city"};
  const auto report = estimated(pool);
  EXPECT_EQ(report["n"], 3);
  // R 4.2.2, metafor 3.8-1: three.REML.knha of fixtures/stats/meta_golden.csv.
  EXPECT_NEAR(report["coefficients"][0]["estimate"].get<double>(), 0.23859055280561897, 1e-9);
  EXPECT_NEAR(report["coefficients"][0]["se"].get<double>(), 0.37929492340465926, 1e-9);
  EXPECT_EQ(report["coefficients"][0]["df"], 2);
  const CommandOutput words = run(pool);
  EXPECT_THAT(words.out, HasSubstr("Не учтена 1 строка: ошибка «se» не больше нуля."));
  EXPECT_THAT(words.out, HasSubstr("Ветрово"));
}

}  // namespace
}  // namespace kaskad::app
