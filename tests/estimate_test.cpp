// `kaskad estimate` as its users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/estimate/estimate_command.hpp"
#include "app/resources.hpp"

namespace kaskad::app {
namespace {

const Texts& texts() {
  static const Texts russian = Resources{"templates", "indicators/catalogue"}.texts("ru").value();
  return russian;
}

nlohmann::json estimated(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const CommandOutput output = run_estimate(std::move(arguments), texts());
  EXPECT_EQ(output.exit_code, 0) << output.err;
  return nlohmann::json::parse(output.out);
}

// Levels of a hand calculation: means 2 and 5, squares within 2 + 2, between 13.5; F = 13.5/(4/4).
TEST(Estimate, AnovaOfTwoGroupsByHand) {
  const auto report = estimated({"anova", "fixtures/estimate/two_groups.csv", "--outcome", "y", "--factor", "g"});
  EXPECT_EQ(report["n"], 6);
  EXPECT_DOUBLE_EQ(report["figures"]["f"], 13.5);
}

}  // namespace
}  // namespace kaskad::app
