// `kaskad estimate anova`, as its users run it, and what all methods have in common.
#include "tests/estimate_fixtures.hpp"

namespace kaskad::app {
namespace {

using test::Arguments;
using test::coefficient;
using test::estimated;
using test::Json;
using test::near;
using test::nist_as_csv;
using test::note;
using test::run;
using test::temporary;
using testing::HasSubstr;

Json anova_of(const std::string& file, const std::string& outcome, const std::string& factor) {
  return estimated({"anova", file, "--outcome", outcome, "--factor", factor});
}

// Means 2 and 5, squares within 2 + 2, between 13.5; F = 13.5/(4/4); Levene's distances are the same in both groups.
TEST(EstimateAnova, TwoGroupsByHand) {
  const Json report = anova_of("fixtures/estimate/two_groups.csv", "y", "g");
  EXPECT_EQ(report["n"], 6);
  EXPECT_EQ(report["figures"]["f"], 13.5);
  EXPECT_EQ(report["figures"]["between_squares"], 13.5);
  EXPECT_EQ(report["figures"]["within_squares"], 4);
  EXPECT_TRUE(near(report["figures"]["r_squared"], 13.5 / 17.5, 1e-15));
  EXPECT_TRUE(near(report["figures"]["omega_squared"], 12.5 / 18.5, 1e-15));
  EXPECT_EQ(report["tables"]["groups"][1]["mean"], 5);
  EXPECT_EQ(report["tables"]["tests"][1]["statistic"], 0);
}

struct Certified {
  const char* name;
  const char* file;
  double f, r_squared, residual_sd;
  double tolerance;
  bool longer;  ///< With six zeros more among the leading digits: NIST's sets 7 to 9 are 4 to 6 so.
};

/// https://www.itl.nist.gov/div898/strd/anova/anova.html
const Certified kCertified[] = {
    {"SiRstv", "fixtures/stats/SiRstv.dat", 1.18046237440255, 0.190999039051129, 0.104076068334656, 1e-12, false},
    {"SmLs01", "fixtures/stats/SmLs01.dat", 21, 0.482758620689655, 0.1, 2e-14, false},
    {"SmLs04", "fixtures/stats/SmLs04.dat", 21, 0.482758620689655, 0.1, 2e-14, false},
    {"SmLs07", "fixtures/stats/SmLs04.dat", 21, 0.482758620689655, 0.1, 2e-14, true},
};

TEST(EstimateAnova, NistCertifiedValuesAlsoWithThirteenConstantLeadingDigits) {
  for (const Certified& c : kCertified) {
    const auto longer = [&](std::string number) { return c.longer ? "1000000" + number.substr(1) : number; };
    const auto file = temporary(std::string(c.name) + ".csv", nist_as_csv(c.file, "treatment,response", longer));
    const Json figures = anova_of(file, "response", "treatment")["figures"];
    EXPECT_TRUE(near(figures["f"], c.f, c.tolerance)) << c.name;
    EXPECT_TRUE(near(figures["r_squared"], c.r_squared, 1e-14 + c.tolerance)) << c.name;
    EXPECT_TRUE(near(figures["residual_sd"], c.residual_sd, c.tolerance)) << c.name;
  }
}

TEST(EstimateAnova, AtomicWeightOfSilverKeepsItsCertifiedDigits) {
  const Json figures = anova_of("fixtures/nist/atmwtag.csv", "weight", "instrument")["figures"];
  EXPECT_TRUE(near(figures["f"], 15.9467335677930, 1e-13));
  EXPECT_TRUE(near(figures["between_squares"], 3.63834187500000e-09, 1e-13));
  EXPECT_TRUE(near(figures["within_squares"], 1.04951729166667e-08, 1e-13));
  EXPECT_TRUE(near(figures["r_squared"], 0.257426544538321, 1e-13));
  EXPECT_TRUE(near(figures["residual_sd"], 1.51048314446410e-05, 1e-13));
}

// Two groups: Welch's F is the square of Welch's t. R 4.2.2, t.test(api00 ~ stype == "E") on apipop.
TEST(EstimateAnova, WelchOfTwoGroupsIsTheSquareOfT) {
  const Json report = anova_of("fixtures/stats/apipop.csv", "api00", "I(stype == 'E')");
  const Json welch = report["tables"]["tests"][0];
  EXPECT_EQ(welch["test"], "welch");
  EXPECT_TRUE(near(welch["statistic"], 7.4797148614046 * 7.4797148614046, 1e-12));
  EXPECT_TRUE(near(welch["df2"], 3606.32735695177, 1e-12));
  EXPECT_TRUE(near(report["tables"]["groups"][0]["mean"], 646.3852227862380, 1e-12));
  EXPECT_TRUE(near(report["tables"]["groups"][1]["mean"], 672.0626555078037, 1e-12));
}

TEST(EstimateAnova, DegenerateDataGiveAReason) {
  const auto reason_of = [](const std::string& csv) {
    return anova_of(temporary("t.csv", "g,y\n" + csv), "y", "g")["undefined"];
  };
  EXPECT_EQ(reason_of("A,1\nA,2\nA,4\n"), "too_few");  // one group
  EXPECT_EQ(reason_of("A,1\nB,2\nC,4\n"), "too_few");  // groups of one
  EXPECT_EQ(reason_of("A,0.1\nA,0.1\nB,0.1\nB,0.1\n"), "no_variation");
  EXPECT_EQ(reason_of("A,0.1\nA,0.1\nA,0.1\nB,0.7\nB,0.7\nB,0.7\n"), "no_variation");
  EXPECT_EQ(reason_of("A,NaN\nB,NA\nC,\n"), "no_data");
  EXPECT_EQ(reason_of("A,1\nA,2\nB,3\nB,5\n"), nullptr);
}

TEST(EstimateCommon, RowsLeftOutAreCountedByReason) {
  const auto file = temporary("t.csv", "g;y\nA;1,5\nA;нет данных\n;3\nB;inf\nB;4\nA;2\nB;7\n");
  const Json rows = anova_of(file, "y", "g")["rows"];
  EXPECT_EQ(rows["read"], 7);
  EXPECT_EQ(rows["left_out"].size(), 3U);
  EXPECT_EQ(rows["left_out"][0]["reason"], "missing");
  EXPECT_EQ(rows["left_out"][1]["reason"], "infinite");
  EXPECT_EQ(rows["left_out"][2]["role"], "factor");
}

TEST(EstimateCommon, DefectiveRowsAreToldAndTheRestIsEstimated) {
  const auto file = temporary("t.csv", "g,y\nA,1\nA,2\nA,2,9\nB,3\nB,\"5\nB,7\n");
  const CommandOutput output = run({"anova", file, "--outcome", "y", "--factor", "g", "--json"});
  EXPECT_EQ(output.exit_code, 1);
  EXPECT_THAT(output.err, HasSubstr("t.csv:4"));
  const Json report = Json::parse(output.out);
  EXPECT_GE(report["rows"]["defective"], 1);
}

TEST(EstimateCommon, WhereChoosesRowsAndCountsTheOthers) {
  const Json report = estimated({"anova", "fixtures/stats/apipop.csv", "--outcome", "api00", "--factor", "stype",
                                 "--where", "stype != 'M' & meals < 50"});
  EXPECT_EQ(report["tables"]["groups"].size(), 2U);
  EXPECT_EQ(report["rows"]["where"], "stype != 'M' & meals < 50");
  EXPECT_EQ(report["n"].get<int>() + report["rows"]["not_chosen"].get<int>(), 6194);
}

TEST(EstimateCommon, AValueThatNoRowHasIsNoted) {
  const Json report = estimated(
      {"anova", "fixtures/estimate/two_groups.csv", "--outcome", "y", "--factor", "g", "--where", "g != 'C'"});
  EXPECT_EQ(report["n"], 6);
  EXPECT_THAT(note(report, "no-such-level")["text"], HasSubstr("C"));
}

struct Mistake {
  Arguments arguments;
  const char* said;
  int exit_code;
};

TEST(EstimateCommon, MistakesAreToldWithTheirExitCodes) {
  const std::string good = "fixtures/estimate/two_groups.csv";
  const std::string twice = temporary("twice.csv", "y,g,y\n1,A,2\n");
  const std::string empty = temporary("empty.csv", "");
  const std::string heads = temporary("heads.csv", "y,g\n");
  const Mistake mistakes[] = {
      {{"anova", good, "--outcome", "z", "--factor", "g"}, "столбца «z»", 2},
      {{"anova", good, "--outcome", "g", "--factor", "y"}, "должен быть числовым", 2},
      {{"anova", twice, "--outcome", "y", "--factor", "g"}, "несколько", 2},
      {{"anova", empty, "--outcome", "y", "--factor", "g"}, "Файл пуст", 3},
      {{"anova", heads, "--outcome", "y", "--factor", "g"}, "ни одной строки", 3},
      {{"anova", "no/such.csv", "--outcome", "y", "--factor", "g"}, "no/such.csv", 3},
      {{"anova", good, "--outcome", "y"}, "--factor", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "g = 'A'"}, "не разобрано", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "g > 'A"}, "не разобрано", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "y >"}, "составлена неверно", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "gg == 'A'"}, "столбца «gg»", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "g + 1 > 2"}, "текстовый", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "y == 'A'"}, "сравнивается он с текстом", 2},
      {{"anova", good, "--outcome", "y", "--factor", "g", "--where", "lg(y) > 1"}, "функции «lg»", 2},
      {{"no-such-method", good}, "", 2},
  };
  for (const Mistake& mistake : mistakes) {
    const CommandOutput output = run(mistake.arguments);
    EXPECT_EQ(output.exit_code, mistake.exit_code) << output.err;
    EXPECT_THAT(output.err, HasSubstr(mistake.said));
    EXPECT_EQ(output.out, "") << mistake.said;
  }
}

TEST(EstimateCommon, NoConditionChoosesNoRow) {
  const Json report =
      estimated({"anova", "fixtures/estimate/two_groups.csv", "--outcome", "y", "--factor", "g", "--where", "y > 100"});
  EXPECT_EQ(report["n"], 0);
  EXPECT_EQ(report["undefined"], "no_data");
}

TEST(EstimateCommon, JsonHasTheKeysOfItsSchema) {
  const Json schema = Json::parse(std::ifstream("docs/estimate.schema.json"));
  const Json report = estimated({"regression", "fixtures/stats/panel.csv", "--outcome", "score", "--terms", "focus"});
  for (const auto& required : schema["required"]) EXPECT_TRUE(report.contains(required)) << required;
  for (const auto& [key, value] : report.items()) EXPECT_TRUE(schema["properties"].contains(key)) << key;
  const Json& row = schema["$defs"]["coefficient"];
  for (const auto& required : row["required"]) EXPECT_TRUE(report["coefficients"][0].contains(required)) << required;
  for (const auto& [key, value] : report["coefficients"][0].items())
    EXPECT_TRUE(row["properties"].contains(key)) << key;
}

TEST(EstimateCommon, NumbersAreWrittenWithAllTheirDigits) {
  const Json report = estimated({"anova", "fixtures/stats/panel.csv", "--outcome", "score", "--factor", "school"});
  const double f = report["figures"]["f"];
  EXPECT_THAT(run({"anova", "fixtures/stats/panel.csv", "--outcome", "score", "--factor", "school", "--json"}).out,
              HasSubstr(Json(f).dump()));
}

TEST(EstimateCommon, EveryReasonAndEveryMethodHasWordsInBothLanguages) {
  for (const char* language : {"ru", "en"}) {
    const Texts& texts = test::texts(language);
    for (int i = 1; i <= static_cast<int>(kLastUndefined); ++i) {
      const std::string reason(undefined_name(static_cast<Undefined>(i)));
      EXPECT_TRUE(texts.has("estimate_undefined." + reason)) << reason;
    }
    for (const MethodRow& method : methods()) {
      EXPECT_TRUE(texts.has(std::string(method.key) + ".about")) << method.name;
      EXPECT_TRUE(texts.has(std::string(method.key) + ".examples")) << method.name;
      EXPECT_TRUE(texts.has(std::string("estimate_title.") + method.name)) << method.name;
    }
  }
}

TEST(EstimateCommon, EveryTableShowsNoMissingText) {
  for (const char* language : {"ru", "en"}) {
    for (const Arguments& arguments :
         {Arguments{"anova", "fixtures/stats/panel.csv", "--outcome", "score", "--factor", "school"},
          Arguments{"regression", "fixtures/stats/panel.csv", "--outcome", "score", "--terms", "focus,rural",
                    "--cluster", "school", "--test", "focus,rural", "--wild", "99"},
          Arguments{"--help"}, Arguments{"anova", "--help"}, Arguments{"regression", "--help"}}) {
      const CommandOutput output = run(arguments, language);
      EXPECT_EQ(output.exit_code, 0) << output.err;
      EXPECT_THAT(output.out, testing::Not(HasSubstr("⟦")));
      EXPECT_THAT(output.out, testing::Not(HasSubstr("nan")));
    }
  }
}

TEST(EstimateCommon, OutWritesAFileAndNothingElse) {
  const auto file = temporary("report.json", "");
  const CommandOutput output =
      run({"anova", "fixtures/estimate/two_groups.csv", "--outcome", "y", "--factor", "g", "--json", "-o", file});
  EXPECT_EQ(output.exit_code, 0);
  EXPECT_EQ(output.out, "");
  EXPECT_EQ(Json::parse(std::ifstream(file))["n"], 6);
}

}  // namespace
}  // namespace kaskad::app
