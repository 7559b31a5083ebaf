// `kaskad estimate power`, against R's own computations for two groups of single pupils and the formula done by hand.
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
using testing::HasSubstr;

// R 4.2.2: power.t.test(n = 20, delta = 0.5, sd = 1, strict = TRUE)$power. Two groups of single pupils are schools of
// one pupil without a common part.
TEST(EstimatePower, SinglePupilsHaveThePowerOfTheTTest) {
  const Json report = estimated({"power", "--schools", "40", "--pupils", "1", "--icc", "0", "--effect", "0.5"});
  EXPECT_TRUE(near(report["tables"]["designs"][0]["power"], 0.3379390289250903, 1e-9));
}

// R 4.2.2: (qt(.975, 37) + qt(.8, 37))*sqrt((.2*(1 - .6) + .8*(1 - .1)/25)/(.25*40)); one covariate of schools.
TEST(EstimatePower, SchoolsWithCovariatesByTheFormula) {
  const Json report = estimated({"power", "--schools", "40", "--pupils", "25", "--icc", "0.2", "--r2-schools", "0.6",
                                 "--r2-pupils", "0.1", "--covariates", "1"});
  const Json mde = coefficient(report, "mde");
  EXPECT_TRUE(near(mde["se"], std::sqrt((0.2 * 0.4 + 0.8 * 0.9 / 25) / 10), 1e-12));
  EXPECT_EQ(mde["df"], 37);
  EXPECT_TRUE(near(mde["estimate"], 0.3001583160502123, 1e-9));
  EXPECT_EQ(report["n"], 1000);
  EXPECT_EQ(report["clusters"], 40);
  EXPECT_TRUE(report["data"].is_null());
}

// The level of the intervals is that of the test: 1 − 0.9 two-sided.
TEST(EstimatePower, TheLevelIsThatOfTheTest) {
  const Arguments asked = {"power", "--schools", "40", "--pupils", "25", "--icc", "0.2"};
  Arguments lenient = asked;
  lenient.insert(lenient.end(), {"--level", "0.9"});
  EXPECT_LT(coefficient(estimated(lenient), "mde")["estimate"].get<double>(),
            coefficient(estimated(asked), "mde")["estimate"].get<double>());
}

TEST(EstimatePower, TheSchoolsNeededFindTheEffectAndTwoFewerDoNot) {
  const Arguments about = {"--pupils", "25", "--icc", "0.2"};
  const auto mde = [&](int schools) {
    Arguments asked = {"power", "--schools", std::to_string(schools)};
    asked.insert(asked.end(), about.begin(), about.end());
    return coefficient(estimated(asked), "mde")["estimate"].get<double>();
  };
  Arguments asked = {"power", "--schools", "10", "--effect", "0.3"};
  asked.insert(asked.end(), about.begin(), about.end());
  const int needed = estimated(asked)["tables"]["designs"][0]["schools_needed"];
  EXPECT_LE(mde(needed), 0.3);
  EXPECT_GT(mde(needed - 2), 0.3);
}

TEST(EstimatePower, SeveralNumbersGiveATableOfAllCombinations) {
  const Json report = estimated({"power", "--schools", "20,40,60", "--pupils", "25", "--icc", "0.1,0.2"});
  EXPECT_EQ(report["tables"]["designs"].size(), 6U);
  EXPECT_EQ(report["coefficients"].size(), 6U);
  EXPECT_EQ(coefficient(report, "mde(schools=60,icc=0.2)")["df"], 58);
}

TEST(EstimatePower, TooFewSchoolsAreToldAsAReason) {
  const Json report = estimated({"power", "--schools", "2", "--pupils", "25", "--icc", "0.2"});
  EXPECT_EQ(report["undefined"], "too_few_clusters");
  EXPECT_EQ(coefficient(report, "mde")["undefined"], "too_few_clusters");
  const Json nothing_left =
      estimated({"power", "--schools", "40", "--pupils", "25", "--icc", "1", "--r2-schools", "1", "--effect", "0.2"});
  EXPECT_EQ(coefficient(nothing_left, "mde")["undefined"], "no_variation");
}

TEST(EstimatePower, ItNeedsNoDataAndSpeaksBothLanguages) {
  for (const char* language : {"ru", "en"}) {
    const CommandOutput output =
        run({"power", "--schools", "40,2", "--pupils", "25", "--icc", "0.2", "--effect", "0.3"}, language);
    EXPECT_EQ(output.exit_code, 0) << output.err;
    EXPECT_THAT(output.out, testing::Not(HasSubstr("⟦")));
    EXPECT_THAT(output.out, testing::Not(HasSubstr("nan")));
    EXPECT_THAT(run({"power", "--help"}, language).out, testing::Not(HasSubstr("DATA")));
  }
}

TEST(EstimatePower, NumbersOutOfRangeAreMistakesOfTheCommand) {
  for (const Arguments& wrong :
       {Arguments{"--icc", "1.2"}, Arguments{"--icc", "0.2", "--share", "0"}, Arguments{"--icc", "0.2", "--power", "1"},
        Arguments{"--icc", "0.2", "--effect", "0"}}) {
    Arguments asked = {"power", "--schools", "40", "--pupils", "25"};
    asked.insert(asked.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(run(asked).exit_code, 2);
  }
}

}  // namespace
}  // namespace kaskad::app
