// `kaskad estimate regression`, as its users run it: certified values, R, identities, mistakes.
#include "tests/estimate_fixtures.hpp"

namespace kaskad::app {
namespace {

using test::Arguments;
using test::coefficient;
using test::estimated;
using test::Json;
using test::near;
using test::note;
using test::run;
using test::temporary;
using testing::HasSubstr;

Json regression(const std::string& file, const std::string& outcome, const std::string& terms, Arguments more = {}) {
  Arguments arguments = {"regression", file, "--outcome", outcome, "--terms", terms};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return estimated(std::move(arguments));
}

/// Expected numbers of R, by name: fixtures/stats/regression_golden.csv.
double golden(const std::string& name) {
  static const std::map<std::string, double> all = [] {
    std::map<std::string, double> out;
    std::ifstream in("fixtures/stats/regression_golden.csv");
    for (std::string line; std::getline(in, line);) {
      const auto comma = line.find(',');
      if (comma != std::string::npos && line.substr(0, comma) != "name")
        out[line.substr(0, comma)] = std::stod(line.substr(comma + 1));
    }
    return out;
  }();
  const auto found = all.find(name);
  if (found != all.end()) return found->second;
  ADD_FAILURE() << name;
  return 0;
}

void expect_certified(const Json& report, const std::vector<std::pair<double, double>>& wanted, double tolerance) {
  ASSERT_EQ(report["coefficients"].size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Json& row = report["coefficients"][i];
    EXPECT_TRUE(near(row["estimate"], wanted[i].first, tolerance)) << row["term"];
    EXPECT_TRUE(near(row["se"], wanted[i].second, tolerance)) << row["term"];
  }
}

// ---------------------------------------------------------------- NIST

TEST(EstimateNist, Norris) {
  const auto file = temporary("norris.csv", test::nist_as_csv("fixtures/stats/Norris.dat", "y,x"));
  const Json report = regression(file, "y", "x");
  expect_certified(report, {{-0.262323073774029, 0.232818234301152}, {1.00211681802045, 0.429796848199937e-03}}, 1e-12);
  EXPECT_TRUE(near(report["figures"]["residual_sd"], 0.884796396144373, 1e-12));
  EXPECT_TRUE(near(report["figures"]["r_squared"], 0.999993745883712, 1e-14));
  EXPECT_TRUE(near(report["figures"]["f"], 5436385.54079785, 1e-12));
}

TEST(EstimateNist, Longley) {
  const Json report = regression("fixtures/stats/longley.csv", "y", "x1,x2,x3,x4,x5,x6");
  expect_certified(report,
                   {{-3482258.63459582, 890420.383607373},
                    {15.0618722713733, 84.9149257747669},
                    {-0.358191792925910e-01, 0.334910077722432e-01},
                    {-2.02022980381683, 0.488399681651699},
                    {-1.03322686717359, 0.214274163161675},
                    {-0.511041056535807e-01, 0.226073200069370},
                    {1829.15146461355, 455.478499142212}},
                   1e-10);
  EXPECT_TRUE(near(report["figures"]["residual_sd"], 304.854073561965, 1e-10));
}

TEST(EstimateNist, WithoutIntercept) {
  for (const char* terms : {"x", "x - 1", "0 + x"}) {
    const Json report = regression("fixtures/nist/noint1.csv", "y", terms,
                                   std::string(terms) == "x" ? Arguments{"--no-intercept"} : Arguments{});
    expect_certified(report, {{2.07438016528926, 0.165289256198347e-01}}, 1e-13);
    EXPECT_TRUE(near(report["figures"]["r_squared"], 0.999365492298663, 1e-13));
    EXPECT_TRUE(near(report["figures"]["f"], 15750.25, 1e-12));
  }
}

TEST(EstimateNist, Pontius) {
  expect_certified(regression("fixtures/stats/pontius.csv", "y", "x,I(x^2)"),
                   {{0.673565789473684e-03, 0.107938612033077e-03},
                    {0.732059160401003e-06, 0.157817399981659e-09},
                    {-0.316081871345029e-14, 0.486652849992036e-16}},
                   1e-10);
}

std::string powers(int degree) {
  std::string terms = "x";
  for (int k = 2; k <= degree; ++k) terms += ",I(x^" + std::to_string(k) + ")";
  return terms;
}

TEST(EstimateNist, FilipGivesWhatDoublesCarryAndSaysHowMuch) {
  const Json report = regression("fixtures/nist/filip.csv", "y", powers(10));
  expect_certified(report,
                   {{-1467.48961422980, 298.084530995537},
                    {-2772.17959193342, 559.779865474950},
                    {-2316.37108160893, 466.477572127796},
                    {-1127.97394098372, 227.204274477751},
                    {-354.478233703349, 71.6478660875927},
                    {-75.1242017393757, 15.2897178747400},
                    {-10.8753180355343, 2.23691159816033},
                    {-1.06221498588947, 0.221624321934227},
                    {-0.670191154593408e-01, 0.142363763154724e-01},
                    {-0.246781078275479e-02, 0.535617408889821e-03},
                    {-0.402962525080404e-04, 0.896632837373868e-05}},
                   1e-7);
  EXPECT_THAT(note(report, "few-digits")["text"], HasSubstr("цифр"));
}

TEST(EstimateNist, WamplerWithAndWithoutNoise) {
  const Json exact = regression("fixtures/nist/wampler.csv", "wampler1", powers(5));
  for (const Json& row : exact["coefficients"]) {
    EXPECT_TRUE(near(row["estimate"], 1, 2e-10));
    EXPECT_EQ(row["se"], nullptr);
    EXPECT_EQ(row["se_undefined"], "no_variation");
  }
  // Wampler 5: the coefficients are 1; the error of x is NIST's.
  const Json noisy = regression("fixtures/nist/wampler.csv", "wampler5", powers(5));
  for (const Json& row : noisy["coefficients"]) EXPECT_TRUE(near(row["estimate"], 1, 1e-6));
  EXPECT_TRUE(near(coefficient(noisy, "x")["se"], 23635517.3469681, 1e-9));
  EXPECT_TRUE(near(noisy["figures"]["residual_sd"], 23601450.2379268, 1e-9));
}

// ---------------------------------------------------------------- R

TEST(EstimateRegression, EveryKindOfErrorsAgreesWithR) {
  for (const char* kind : {"classic", "HC0", "HC1", "HC2", "HC3", "CR0", "CR1", "CR1S", "CR2", "CR3"}) {
    Arguments more = {"--vcov", kind};
    if (kind[0] == 'C') more.insert(more.end(), {"--cluster", "school"});
    const Json report = regression("fixtures/stats/panel.csv", "score", "focus,rural,social", more);
    EXPECT_TRUE(near(coefficient(report, "focus")["estimate"], golden("plain.focus.beta")));
    EXPECT_TRUE(near(coefficient(report, "focus")["se"], golden(std::string("plain.focus.") + kind + ".se"))) << kind;
    EXPECT_EQ(report["settings"]["vcov"], kind);
  }
}

// R 4.2.2: sandwich::vcovCL(lm(score ~ focus + rural), cluster = ~ school + period, cadjust = TRUE), type "HC1" (CR1S)
// and "HC0" (CR1).
TEST(EstimateRegression, TwoKindsOfClustersAgreeWithSandwich) {
  const auto focus = [](const Arguments& more) {
    Arguments asked = {"--cluster", "school,period"};
    asked.insert(asked.end(), more.begin(), more.end());
    return coefficient(regression("fixtures/stats/panel.csv", "score", "focus,rural", asked), "focus");
  };
  EXPECT_TRUE(near(focus({})["se"], 1.9994746261087522, 1e-12));
  EXPECT_TRUE(near(focus({"--vcov", "CR1"})["se"], 1.9910201500742415, 1e-12));
  EXPECT_EQ(focus({})["df"], 2);  // three periods
}

TEST(EstimateRegression, TwoKindsOfClustersThatAreTheSameAreOne) {
  const auto se = [](const std::string& clusters) {
    return coefficient(regression("fixtures/stats/panel.csv", "score", "focus,rural",
                                  {"--cluster", clusters, "--vcov", "CR1S"}),
                       "focus")["se"]
        .get<double>();
  };
  EXPECT_NEAR(se("school,factor(school)"), se("school"), 1e-13 * se("school"));
}

TEST(EstimateRegression, TwoKindsOfClustersHaveNoBiasReducedErrorsAndNoBootstrap) {
  for (const Arguments& more : {Arguments{"--vcov", "CR2"}, Arguments{"--vcov", "CR3"}, Arguments{"--wild", "99"}}) {
    Arguments asked = {
        "regression",   "fixtures/stats/panel.csv", "--outcome", "score", "--terms", "focus", "--cluster",
        "school,period"};
    asked.insert(asked.end(), more.begin(), more.end());
    EXPECT_EQ(run(asked).exit_code, 2);
  }
}

TEST(EstimateRegression, AbsorbedEffectsWeightsAndClustersAgreeWithR) {
  const auto file = [] {
    std::ifstream in("fixtures/stats/panel.csv");
    std::string csv, line;
    for (int row = 0; std::getline(in, line); ++row)
      csv += line + (row == 0 ? ",w" : "," + std::to_string(row % 7)) + "\n";
    return temporary("panel.csv", csv);
  }();
  const Json report = regression(file, "score", "I(focus*(period==2)),I(focus*(period==3)),rural",
                                 {"--absorb", "school,period", "--weights", "w", "--cluster", "school"});
  const Json row = coefficient(report, "I(focus * (period == 2))");
  EXPECT_TRUE(near(row["estimate"], golden("two.weighted.f2.beta")));
  EXPECT_TRUE(near(row["se"], golden("two.weighted.f2.CR2.se")));
  EXPECT_TRUE(near(row["df"], golden("two.weighted.f2.CR2.df"), 1e-7));
  EXPECT_EQ(report["settings"]["vcov"], "CR2");
  EXPECT_NE(note(report, "zero-weights"), nullptr);
}

TEST(EstimateRegression, BagrutDifferenceInDifferences) {
  const Json report =
      regression("fixtures/bagrut/bagrut.csv", "Bagrut_status", "I(treated*(year==2001))",
                 {"--absorb", "school_id,year", "--cluster", "school_id", "--where", "year == 2000 | year == 2001"});
  const Json row = report["coefficients"][0];
  EXPECT_TRUE(near(row["estimate"], -0.012215864052306, 1e-11));
  EXPECT_TRUE(near(row["se"], 0.034907063422039, 1e-9));
  EXPECT_TRUE(near(row["df"], 27.535139164905, 1e-7));
  EXPECT_TRUE(near(row["p"], 0.729035988041697, 1e-7));
}

// Stock & Watson, Introduction to Econometrics, p. 488, and R for the digits that they do not print.
TEST(EstimateRegression, ClassSizeExperimentAsInTheTextbook) {
  const auto file = temporary("k.csv", test::star_pupils("k"));
  const Json report = regression(file, "score", "relevel(star, ref=regular)", {"--vcov", "HC1"});
  EXPECT_EQ(report["n"], 5786);
  const auto expect = [&](std::size_t row, double estimate, double se) {
    EXPECT_NEAR(report["coefficients"][row]["estimate"].get<double>(), estimate, 5e-5);
    EXPECT_NEAR(report["coefficients"][row]["se"].get<double>(), se, 5e-5);
  };
  expect(0, 918.0429, 1.6334);
  EXPECT_EQ(report["coefficients"][1]["term"], "starregular+aide");
  expect(1, 0.3139, 2.2710);
  EXPECT_EQ(report["coefficients"][2]["term"], "starsmall");
  expect(2, 13.8990, 2.4541);
}

// R 4.2.2, sandwich 3.0-2.
TEST(EstimateRegression, ClassSizeExperimentInTheGradesAfter) {
  struct Grade {
    const char* grade;
    double small, se;
  };
  for (const Grade g : {Grade{"1", 29.78077, 2.831141}, Grade{"2", 19.3944, 2.7117}, Grade{"3", 15.5866, 2.3960}}) {
    const auto file = temporary(std::string("g") + g.grade + ".csv", test::star_pupils(g.grade));
    const Json row =
        coefficient(regression(file, "score", "factor(star, ref='regular')", {"--vcov", "HC1"}), "factor(star)small");
    EXPECT_NEAR(row["estimate"].get<double>(), g.small, 5e-5) << g.grade;
    EXPECT_NEAR(row["se"].get<double>(), g.se, 5e-5) << g.grade;
  }
}

TEST(EstimateRegression, WaldTestsAgreeWithR) {
  const Json clustered = regression("fixtures/stats/panel.csv", "score", "focus,rural,social",
                                    {"--cluster", "school", "--test", "rural, social", "--test", "rural=0,social=0"});
  for (const Json& test : clustered["tables"]["wald"]) {
    EXPECT_EQ(test["test"], "htz");
    EXPECT_TRUE(near(test["statistic"], golden("plain.wald.CR2.htz")));
    EXPECT_TRUE(near(test["df2"], golden("plain.wald.CR2.htz.df"), 1e-7));
    EXPECT_TRUE(near(test["p"], golden("plain.wald.CR2.htz.p"), 1e-7));
  }
  const Json robust = regression("fixtures/stats/panel.csv", "score", "focus,rural,social",
                                 {"--vcov", "HC1", "--test", "rural,social"});
  EXPECT_TRUE(near(robust["tables"]["wald"][0]["statistic"], golden("plain.wald.HC1.f")));
}

// ---------------------------------------------------------------- identities

TEST(EstimateRegression, AHypothesisOnOneCoefficientIsItsTSquared) {
  const Json report = regression(
      "fixtures/stats/panel.csv", "score", "focus,rural,social",
      {"--test", "focus", "--test", "2*focus - focus = 0", "--test", "focus = rural", "--test", "rural - focus = 0"});
  const double t = coefficient(report, "focus")["statistic"];
  const Json& tests = report["tables"]["wald"];
  EXPECT_TRUE(near(tests[0]["statistic"], t * t));
  EXPECT_TRUE(near(tests[1]["statistic"], t * t));
  EXPECT_TRUE(near(tests[2]["statistic"], tests[3]["statistic"].get<double>()));
}

TEST(EstimateRegression, DummiesAndAbsorbedEffectsAgree) {
  const Json dummies = regression("fixtures/stats/panel.csv", "score", "rural,social,factor(period)");
  const Json absorbed = regression("fixtures/stats/panel.csv", "score", "rural,social", {"--absorb", "period"});
  for (const char* term : {"rural", "social"}) {
    EXPECT_TRUE(near(coefficient(absorbed, term)["estimate"], coefficient(dummies, term)["estimate"]));
    EXPECT_TRUE(near(coefficient(absorbed, term)["se"], coefficient(dummies, term)["se"]));
  }
  EXPECT_TRUE(near(absorbed["figures"]["r_squared"], dummies["figures"]["r_squared"]));
  EXPECT_TRUE(near(absorbed["log_likelihood"], dummies["log_likelihood"]));
}

TEST(EstimateRegression, OneFactorIsTheAnalysisOfVariance) {
  const Json report = regression("fixtures/stats/panel.csv", "score", "factor(school)", {"--test", "factor(school)"});
  const Json anova = estimated({"anova", "fixtures/stats/panel.csv", "--outcome", "score", "--factor", "school"});
  EXPECT_TRUE(near(report["figures"]["f"], anova["figures"]["f"]));
  EXPECT_TRUE(near(report["tables"]["wald"][0]["statistic"], anova["figures"]["f"]));
  EXPECT_TRUE(near(report["figures"]["residual_sd"], anova["figures"]["residual_sd"]));
}

TEST(EstimateRegression, TheOrderOfRowsAndTheNamesOfClustersDoNotMatter) {
  std::ifstream in("fixtures/stats/panel.csv");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::string reversed = lines.front() + "\n";
  for (std::size_t i = lines.size() - 1; i > 0; --i) reversed += lines[i] + "\n";
  const Arguments more = {"--cluster", "school"};
  const Json a = regression("fixtures/stats/panel.csv", "score", "focus,social", more);
  const Json b = regression(temporary("reversed.csv", reversed), "score", "focus,social", more);
  for (const char* field : {"estimate", "se", "df"}) {
    EXPECT_TRUE(near(coefficient(b, "focus")[field], coefficient(a, "focus")[field].get<double>())) << field;
  }
}

// ---------------------------------------------------------------- what the data cannot answer

TEST(EstimateRegression, CollinearTermsAreNamedAndTheRestEstimated) {
  const auto file = temporary("t.csv", "y,a,b,c\n1,1,2,5\n3,2,4,1\n2,3,6,4\n6,4,8,2\n5,5,10,7\n");
  const Json report = regression(file, "y", "a,b,c");
  EXPECT_EQ(coefficient(report, "b")["undefined"], "singular");
  EXPECT_EQ(coefficient(report, "b")["estimate"], nullptr);
  EXPECT_TRUE(near(coefficient(report, "c")["estimate"], coefficient(regression(file, "y", "a,c"), "c")["estimate"]));
  EXPECT_THAT(note(report, "collinear-terms")["text"], HasSubstr("b"));
}

TEST(EstimateRegression, DegenerateDataGiveReasonsAndNoNumbers) {
  const auto file = temporary("t.csv", "y,x,w,g,k\n1,1,0,a,5\n2,3,0,a,5\n4,2,0,a,5\n3,5,0,a,5\n");
  EXPECT_EQ(regression(file, "y", "x", {"--weights", "w"})["undefined"], "no_data");
  EXPECT_EQ(regression(file, "y", "x", {"--cluster", "g"})["undefined"], "too_few_clusters");
  EXPECT_EQ(coefficient(regression(file, "k", "x"), "x")["se_undefined"], "no_variation");
  EXPECT_EQ(coefficient(regression(file, "y", "factor(x)"), "factor(x)2")["se_undefined"], "too_few");
  EXPECT_EQ(regression(file, "y", "x", {"--where", "x > 100"})["undefined"], "no_data");
  const auto one = temporary("one.csv", "y,x\n1,2\n");
  EXPECT_EQ(coefficient(regression(one, "y", "x"), "x")["undefined"], "singular");
}

TEST(EstimateRegression, WildBootstrapIsTheSameForTheSameSeed) {
  const Arguments more = {"--cluster", "school", "--wild", "199", "--seed", "7"};
  const Json a = regression("fixtures/stats/panel.csv", "score", "focus", more);
  const Json b = regression("fixtures/stats/panel.csv", "score", "focus", more);
  ASSERT_EQ(a["tables"]["wild_bootstrap"].size(), 1U);
  EXPECT_EQ(a, b);
  EXPECT_EQ(a["tables"]["wild_bootstrap"][0]["term"], "focus");
  EXPECT_GT(a["tables"]["wild_bootstrap"][0]["p"].get<double>(), 0);
}

TEST(EstimateRegression, MistakesAreTold) {
  const std::string file = "fixtures/stats/panel.csv";
  const auto said = [&](Arguments more) {
    Arguments arguments = {"regression", file, "--outcome", "score"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const CommandOutput output = run(arguments);
    EXPECT_EQ(output.exit_code, 2);
    return output.err;
  };
  EXPECT_THAT(said({"--terms", "focos"}), HasSubstr("focus"));
  EXPECT_THAT(said({"--terms", "focus,"}), HasSubstr("слагаемое"));
  EXPECT_THAT(said({"--terms", "log(focus"}), HasSubstr("слагаемое"));
  EXPECT_THAT(said({"--terms", "focus", "--vcov", "HC9"}), HasSubstr("HC9"));
  EXPECT_THAT(said({"--terms", "focus", "--vcov", "CR2"}), HasSubstr("--cluster"));
  EXPECT_THAT(said({"--terms", "focus", "--vcov", "HC1", "--cluster", "school"}), HasSubstr("HC1"));
  EXPECT_THAT(said({"--terms", "focus", "--wild", "999"}), HasSubstr("--cluster"));
  EXPECT_THAT(said({"--terms", "focus", "--test", "focuss"}), HasSubstr("focuss"));
  EXPECT_THAT(said({"--terms", "factor(school, ref=zzz)"}), HasSubstr("zzz"));
}

TEST(EstimateRegression, CsvHasALineForEachCoefficient) {
  const CommandOutput output =
      run({"regression", "fixtures/stats/panel.csv", "--outcome", "score", "--terms", "focus:rural,social", "--csv"});
  EXPECT_THAT(output.out, testing::StartsWith("term,estimate,se,df,statistic,p,lo,hi,undefined\n(Intercept),"));
  EXPECT_THAT(output.out, HasSubstr("\nfocus:rural,"));
}

}  // namespace
}  // namespace kaskad::app
