// `kaskad estimate two-groups` and `match` as their users run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/estimate/estimate_command.hpp"
#include "app/resources.hpp"

namespace kaskad::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const Texts& texts() {
  static const Texts english = Resources{"templates", "indicators/catalogue"}.texts("en").value();
  return english;
}

CommandOutput run(const std::vector<std::string>& arguments) { return run_estimate(arguments, texts()); }

json estimated(std::vector<std::string> arguments) {
  arguments.push_back("--json");
  const CommandOutput output = run(arguments);
  EXPECT_EQ(output.exit_code, 0) << output.err;
  return output.exit_code == 0 ? json::parse(output.out) : json();
}

/// A file of data that lasts as long as the test.
class TemporaryData {
 public:
  explicit TemporaryData(const std::string& text)
      : path_(
            std::filesystem::temp_directory_path() /
            (std::string("kaskad_groups_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv")) {
    std::ofstream(path_) << text;
  }
  ~TemporaryData() { std::filesystem::remove(path_); }
  TemporaryData(const TemporaryData&) = delete;
  TemporaryData& operator=(const TemporaryData&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

double estimate_of(const json& report) { return report["coefficients"][0]["estimate"]; }

TEST(TwoGroups, ComparesCaliforniasSchoolsAsWelchDoesInR) {
  const json report = estimated({"two-groups", "fixtures/stats/apipop.csv", "--outcome", "api00", "--group", "stype",
                                 "--control", "E", "--permutations", "99"});
  const json& row = report["coefficients"][0];
  EXPECT_EQ(report["n"], 6194);
  EXPECT_EQ(row["term"], "H + M − E");
  EXPECT_NEAR(row["statistic"], -7.4797148614046, 1e-10);
  EXPECT_NEAR(row["df"], 3606.3273562, 1e-6);
  EXPECT_NEAR(report["figures"]["mean_treated"], 646.38522278624, 1e-9);
  EXPECT_NEAR(report["figures"]["permutation_p"], 0.01, 1e-15);
}

TEST(TwoGroups, WithEveryPupilAClusterHasWelchsError) {
  const TemporaryData data("y,g,c\n1,A,1\n4,A,2\n2,A,3\n7,B,4\n9,B,5\n8.5,B,6\n6,B,7\n");
  const std::vector<std::string> common = {"two-groups", data.path(), "--outcome", "y",         "--group",
                                           "g",          "--treated", "A",         "--control", "B"};
  const json welch = estimated(common);
  std::vector<std::string> with_clusters = common;
  with_clusters.insert(with_clusters.end(), {"--cluster", "c"});
  const json cr2 = estimated(with_clusters);
  EXPECT_NEAR(estimate_of(cr2), estimate_of(welch), 1e-14);
  EXPECT_NEAR(cr2["coefficients"][0]["se"], welch["coefficients"][0]["se"], 1e-14);
  EXPECT_EQ(cr2["clusters"], 7);
  EXPECT_EQ(cr2["figures"]["permutation_p"], welch["figures"]["permutation_p"]);
}

TEST(TwoGroups, OfClustersOfEqualSizeIsWelchsTestOfTheirMeans) {
  const TemporaryData data("y,g,c\n1,A,1\n3,A,1\n4,A,2\n5,A,2\n2,A,3\n9,A,3\n7,B,4\n8,B,4\n9,B,5\n1,B,5\n");
  const json pupils = estimated({"two-groups", data.path(), "--outcome", "y", "--group", "g", "--treated", "A",
                                 "--control", "B", "--cluster", "c"});
  const TemporaryData means("y,g\n2,A\n4.5,A\n5.5,A\n7.5,B\n5,B\n");
  const json schools =
      estimated({"two-groups", means.path(), "--outcome", "y", "--group", "g", "--treated", "A", "--control", "B"});
  for (const char* field : {"estimate", "se"})
    EXPECT_NEAR(pupils["coefficients"][0][field], schools["coefficients"][0][field], 1e-12) << field;
  // m²(m0 − 1)(m1 − 1)/(m0²(m0 − 1) + m1²(m1 − 1)): CR2's df rest on its working model of equal variances.
  EXPECT_NEAR(pupils["coefficients"][0]["df"], 25.0 * 1 * 2 / (4 * 1 + 9 * 2), 1e-12);
}

TEST(TwoGroups, TellsSharesOfABinaryOutcomeAndTheCoxIndex) {
  std::string text = "passed,g\n";
  for (int i = 0; i < 10; ++i) text += std::string(i < 8 ? "yes" : "no") + ",A\n" + (i < 5 ? "yes" : "no") + ",B\n";
  const TemporaryData data(text + ",A\nyes,C\n");
  const json report = estimated({"two-groups", data.path(), "--outcome", "passed", "--group", "g", "--treated", "A",
                                 "--control", "B", "--months", "--margin", "0.9"});
  EXPECT_NEAR(report["figures"]["cox_index"], 0.840178, 5e-7);
  EXPECT_NEAR(report["figures"]["odds_ratio"], 4, 1e-12);
  EXPECT_NEAR(report["figures"]["risk_difference"], 0.3, 1e-15);
  EXPECT_EQ(report["figures"]["months"], 7);  // g = .3/.4944·(1 − 3/71) = .58
  const CommandOutput table = run({"two-groups", data.path(), "--outcome", "passed", "--group", "g", "--treated", "A",
                                   "--control", "B", "--margin", "0.9"});
  EXPECT_THAT(table.out, HasSubstr("“yes” counts as one"));
  EXPECT_THAT(table.out, HasSubstr("1 row of other groups"));
  EXPECT_THAT(table.out, HasSubstr("Difference of shares (Newcombe)"));
}

TEST(TwoGroups, NamesTheNearestGroup) {
  const TemporaryData data("y,g\n1,focus\n2,control\n");
  const CommandOutput output =
      run({"two-groups", data.path(), "--outcome", "y", "--group", "g", "--treated", "focsu", "--control", "control"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("Did you mean “focus”?"));
}

TEST(TwoGroups, GivesReasonsForDegenerateGroups) {
  for (const char* text :
       {"y,g\n1,A\n2,B\n", "y,g\n3,A\n3,A\n3,B\n3,B\n", "y,g\n3,A\n,B\n", "y,g\nInf,A\n4,B\n5,B\n"}) {
    const TemporaryData data(text);
    const json report = estimated({"two-groups", data.path(), "--outcome", "y", "--group", "g", "--treated", "A",
                                   "--control", "B", "--margin-sd", "0.1"});
    EXPECT_TRUE(report["coefficients"][0]["se"].is_null()) << text;
    EXPECT_EQ(report.dump().find("nan"), std::string::npos) << text;
  }
}

TEST(Match, TakesTheControlsThatMatchItPrintsForLalonde) {
  const json report = estimated({"match", "fixtures/stats/lalonde.csv", "--treated", "treat", "--on",
                                 "age,educ,race,married,nodegree,re74,re75", "--distance", "mahalanobis", "--replace",
                                 "--outcome", "re78"});
  EXPECT_EQ(report["figures"]["controls_matched"], 79);
  EXPECT_NEAR(report["figures"]["effective_controls"], 34.19, 0.005);
  EXPECT_EQ(report["figures"]["pairs"], 185);
  EXPECT_EQ(report["coefficients"][0]["term"], "ATT");
}

// In sets of two the regression is the paired t test: df = pairs − 1; 894.37 is the mean difference of these pairs.
TEST(Match, EstimatesTheEffectOnTheTreatedByPairs) {
  const json report =
      estimated({"match", "fixtures/stats/lalonde.csv", "--treated", "treat", "--on",
                 "age,educ,race,married,nodegree,re74,re75", "--distance", "propensity", "--outcome", "re78"});
  EXPECT_EQ(report["clusters"], 185);
  EXPECT_NEAR(report["coefficients"][0]["estimate"], 894.37, 0.005);
  EXPECT_NEAR(report["coefficients"][0]["df"], 184, 1e-6);
}

TEST(Match, ToleratesStrataWithoutPartnersAndNamesTheUnmatched) {
  const TemporaryData data("name,t,x,s\na,1,1,p\nb,0,2,p\nc,0,3,q\nd,1,4,r\ne,0,5,q\nf,1,2.5,p\ng,0,9,p\n");
  const CommandOutput output = run({"match", data.path(), "--treated", "t", "--on", "x", "--exact", "s", "--distance",
                                    "mahalanobis", "--id", "name"});
  EXPECT_EQ(output.exit_code, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("1 row of the programme found no match: d."));
}

TEST(Match, SaysThatAScoreSeparates) {
  const TemporaryData data("t,x\n0,1\n0,2\n0,3\n1,4\n1,5\n");
  const json report = estimated({"match", data.path(), "--treated", "t", "--on", "x"});
  EXPECT_EQ(report["undefined"], "separation") << report.dump();
  EXPECT_EQ(run({"match", data.path(), "--treated", "x", "--on", "t"}).exit_code, 2);
}

TEST(Match, WritesThePairs) {
  const TemporaryData data("name,t,x\na,1,1\nb,0,2\nc,0,3\n\"d, e\",1,4\n");
  const std::string pairs = data.path() + ".pairs";
  const json report = estimated({"match", data.path(), "--treated", "t", "--on", "x", "--distance", "mahalanobis",
                                 "--method", "optimal", "--id", "name", "--pairs", pairs});
  EXPECT_EQ(report["figures"]["pairs"], 2);
  std::ifstream file(pairs);
  std::string head, first, second;
  std::getline(file, head);
  std::getline(file, first);
  std::getline(file, second);
  std::filesystem::remove(pairs);
  EXPECT_EQ(head, "set,treated,control,distance,weight");
  EXPECT_TRUE(first.starts_with("1,a,b,")) << first;
  EXPECT_TRUE(second.starts_with("2,\"d, e\",c,")) << second;
}

}  // namespace
}  // namespace kaskad::app
