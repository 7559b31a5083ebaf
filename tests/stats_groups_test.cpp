// Two groups: moments, shares, effect sizes, equivalence and power, against R (fixtures/stats/groups.R), hand
// calculations and identities.
#include <limits>

#include "engine/stats/effect_sizes.hpp"
#include "engine/stats/equivalence.hpp"
#include "engine/stats/power.hpp"
#include "engine/stats/two_groups.hpp"
#include "tests/stats_groups_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::californian;
using test::expect_undefined;
using test::groups_golden;
using test::near;
using test::sample_of;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Summarize, KeepsItsDigitsForValuesFarFromZero) {
  const Sample s = summarize({1e6 + 0.25, 1e6 + 0.5, 1e6 + 0.75});
  EXPECT_EQ(s.mean, 1e6 + 0.5);
  EXPECT_EQ(s.variance, 0.0625);
  EXPECT_EQ(summarize({0.1, 0.1, 0.1}).variance, 0);
}

TEST(Summarize, OfNothingOrOneHasNoVariance) {
  EXPECT_EQ(summarize({}).n, 0);
  EXPECT_TRUE(std::isnan(summarize({}).mean));
  EXPECT_EQ(summarize({3}).mean, 3);
  EXPECT_TRUE(std::isnan(summarize({3}).variance));
  EXPECT_FALSE(std::isfinite(summarize({3, kInfinity}).mean));
}

TEST(Median, IsTheMiddleOrTheMeanOfTheTwoMiddleOnes) {
  EXPECT_EQ(median({5, 1, 3}), 3);
  EXPECT_EQ(median({5, 1, 4, 3}), 3.5);
  EXPECT_TRUE(std::isnan(median({})));
}

TEST(StudentDifference, AgreesWithR) {
  const auto groups = californian();
  const Estimate e = student_difference(summarize(groups.one), summarize(groups.zero));
  EXPECT_TRUE(near(e.se, groups_golden("student.se")));
  EXPECT_EQ(e.df, groups_golden("student.df"));
  EXPECT_TRUE(near(e.p, groups_golden("student.p")));
  EXPECT_TRUE(near(e.lo, groups_golden("student.lo")));
  EXPECT_TRUE(near(e.hi, groups_golden("student.hi")));
}

TEST(StudentDifference, IsWelchsForEqualVariancesAndSizes) {
  const Sample one{9, 3, 2.5}, zero{9, 1, 2.5};
  EXPECT_TRUE(near(student_difference(one, zero).se, welch(one, zero).se, 1e-14));
  EXPECT_TRUE(near(student_difference(one, zero).df, welch(one, zero).df, 1e-14));
}

TEST(StudentDifference, TakesAGroupOfOneAndSaysWhenItCannot) {
  EXPECT_EQ(student_difference({1, 5, kNaN}, {4, 3, 2}).df, 3);
  expect_undefined(student_difference({1, 5, kNaN}, {1, 3, kNaN}), Undefined::too_few);
  expect_undefined(student_difference({}, {4, 3, 2}), Undefined::no_data);
  expect_undefined(student_difference({4, 5, 0}, {4, 3, 0}), Undefined::no_variation);
  expect_undefined(student_difference({4, 5, kNaN}, {4, 3, 1}), Undefined::no_distribution);
}

TEST(OddsRatio, AgreesWithTheLogisticRegressionOfR) {
  const Estimate e = odds_ratio({30, 100, 18, 80});
  EXPECT_TRUE(near(std::log(e.value), groups_golden("odds.log")));
  EXPECT_TRUE(near(e.se, groups_golden("odds.se"), 1e-6));
  EXPECT_TRUE(near(e.p, groups_golden("odds.p"), 1e-6));
  EXPECT_TRUE(near(std::sqrt(e.lo * e.hi), e.value, 1e-12));
}

TEST(OddsRatio, HasNoValueWithAnEmptyCell) {
  expect_undefined(odds_ratio({0, 10, 4, 10}), Undefined::separation);
  expect_undefined(odds_ratio({10, 10, 4, 10}), Undefined::separation);
  expect_undefined(odds_ratio({0, 0, 4, 10}), Undefined::no_data);
}

TEST(IntraclassCorrelation, AgreesWithTheNestedAnalysisOfVarianceOfR) {
  const test::Table panel("fixtures/stats/panel.csv");
  const auto whole = [&](const char* name) {
    const auto numbers = panel.numbers(name);
    return std::vector<int>(numbers.begin(), numbers.end());
  };
  const Estimate e = intraclass_correlation(panel.numbers("score"), whole("school"), whole("focus"));
  EXPECT_TRUE(near(e.value, groups_golden("icc")));
  EXPECT_EQ(e.clusters, 14);
}

TEST(IntraclassCorrelation, IsOneOrNegativeAtItsEnds) {
  EXPECT_EQ(intraclass_correlation({1, 1, 3, 3}, {0, 0, 1, 1}, {0, 0, 0, 0}).value, 1);
  EXPECT_EQ(intraclass_correlation({1, 3, 1, 3}, {0, 0, 1, 1}, {0, 0, 0, 0}).value, -1);
  expect_undefined(intraclass_correlation({1, 2}, {0, 1}, {0, 0}), Undefined::too_few);
  expect_undefined(intraclass_correlation({1, 2, 3}, {0, 0, 0}, {0, 0, 0}), Undefined::too_few_clusters);
  expect_undefined(intraclass_correlation({2, 2, 2}, {0, 0, 1}, {0, 0, 0}), Undefined::no_variation);
}

TEST(CohensD, IsHedgesGWithoutItsCorrection) {
  const Estimate d = cohens_d(sample_of({5, 6, 7}), sample_of({4, 5, 6}));
  EXPECT_TRUE(near(d.value, 1, 1e-14));
  EXPECT_TRUE(near(d.se, std::sqrt(2.0 / 3 + 1.0 / 8), 1e-14));
}

TEST(GlassDelta, DividesByTheSdOfTheControlGroup) {
  // means 6 and 5, SD of control 2: Δ = .5; se² = 9/(4·4) + 1/8 + .25/(2·7) by hand.
  const Estimate e = glass_delta({4, 6, 9}, {8, 5, 4});
  EXPECT_DOUBLE_EQ(e.value, 0.5);
  EXPECT_TRUE(near(e.se, std::sqrt(9.0 / 16 + 1.0 / 8 + 0.25 / 14), 1e-14));
  EXPECT_TRUE(near(e.hi - e.value, 1.959963984540054 * e.se, 1e-13));
}

TEST(GlassDelta, TakesADifferenceByClusters) {
  Estimate difference = exactly(1, 12);
  difference.se = 0.8;
  difference.df = 6;
  const Estimate e = glass_delta({4, 6, 9}, {8, 5, 4}, &difference);
  EXPECT_TRUE(near(e.se, std::sqrt(0.16 + 0.25 / 14), 1e-14));
  EXPECT_EQ(e.df, 6);
  const Estimate none = undefined(Undefined::too_few_clusters);
  EXPECT_FALSE(glass_delta({4, 6, 9}, {8, 5, 4}, &none).has_interval());
}

TEST(GlassDelta, SaysWhyItIsUndefined) {
  expect_undefined(glass_delta({4, 6, 9}, {1, 5, kNaN}), Undefined::too_few);
  expect_undefined(glass_delta({4, 6, 9}, {5, 5, 0}), Undefined::no_variation);
  expect_undefined(glass_delta({0, kNaN, kNaN}, {5, 5, 1}), Undefined::no_data);
  EXPECT_FALSE(glass_delta({1, 6, kNaN}, {5, 5, 1}).has_interval());
}

TEST(CoxIndex, GivesThePublishedValue) {
  EXPECT_NEAR(cox_index(0.8, 0.5), 0.840178, 5e-7);
  EXPECT_NEAR(cox_index(TwoShares{8, 10, 5, 10}).value, 0.840178, 5e-7);
  EXPECT_TRUE(near(cox_index(TwoShares{8, 10, 5, 10}).se, std::sqrt(1.0 / 8 + 1.0 / 2 + 0.2 + 0.2) / 1.65, 1e-13));
  EXPECT_TRUE(std::isnan(cox_index(1.0, 0.5)));
  expect_undefined(cox_index(TwoShares{10, 10, 5, 10}), Undefined::separation);
}

TEST(DesignEffect, IsThatOfTheFormulas) {
  // N = 100, N^C = 40, n = 20, ρ = .2: η = 1 + (8 − 1)·.2, γ = 1 − 58·.2/98.
  const DesignEffect one = design_effect_one_side(100, 40, 20, 0.2);
  EXPECT_DOUBLE_EQ(one.eta, 2.4);
  EXPECT_DOUBLE_EQ(one.gamma, 1 - 11.6 / 98);
  const DesignEffect both = design_effect_both_sides(100, 20, 0.2);
  EXPECT_DOUBLE_EQ(both.eta, 4.8);
  EXPECT_DOUBLE_EQ(both.gamma, 1 - 7.6 / 98);
  EXPECT_TRUE(std::isnan(design_effect_both_sides(2, 20, 0.2).eta));
  EXPECT_TRUE(std::isnan(design_effect_one_side(100, 40, 20, -0.2).gamma));
}

TEST(HedgesByIcc, IsPlainHedgesWithoutClustering) {
  const Sample one{30, 5, 4}, zero{40, 4, 5};
  const Estimate plain = hedges_g(one, zero);
  const Estimate by_icc = hedges_g_by_icc(one, zero, 10, 0);
  EXPECT_TRUE(near(by_icc.value, plain.value, 1e-14));
  EXPECT_TRUE(near(by_icc.se, plain.se, 1e-14));
  EXPECT_GT(hedges_g_by_icc(one, zero, 10, 0.2).se, 1.5 * plain.se);
  expect_undefined(hedges_g_by_icc({2, 5, 4}, {2, 4, 5}, 4, 0.9), Undefined::too_few);
}

TEST(Months, FollowTheTableOfTheToolkit) {
  EXPECT_EQ(months_of_progress(0.01), 0);
  EXPECT_EQ(months_of_progress(0.0149), 0);
  EXPECT_EQ(months_of_progress(0.015), 1);
  EXPECT_EQ(months_of_progress(0.09), 1);
  EXPECT_EQ(months_of_progress(0.26), 3);
  EXPECT_EQ(months_of_progress(0.27), 4);
  EXPECT_EQ(months_of_progress(-0.44), -5);
  EXPECT_EQ(months_of_progress(1.0), 12);
  EXPECT_EQ(months_of_progress(1.01), std::nullopt);
  EXPECT_EQ(months_of_progress(kNaN), std::nullopt);
}

TEST(Months, HaveATableWithoutGaps) {
  for (std::size_t i = 1; i < kMonthsOfProgress.size(); ++i) {
    EXPECT_NEAR(kMonthsOfProgress[i].least, kMonthsOfProgress[i - 1].most + 0.01, 1e-12);
    EXPECT_EQ(kMonthsOfProgress[i].months, static_cast<int>(i));
  }
}

TEST(BaselineClass, HasItsBordersInTheBetterClass) {
  EXPECT_EQ(baseline_class(-0.05), BaselineClass::satisfied);
  EXPECT_EQ(baseline_class(0.0501), BaselineClass::with_adjustment);
  EXPECT_EQ(baseline_class(0.25), BaselineClass::with_adjustment);
  EXPECT_EQ(baseline_class(-0.26), BaselineClass::not_satisfied);
  EXPECT_EQ(baseline_class(kNaN), BaselineClass::undefined);
}

TEST(Tost, AgreesWithTwoOneSidedTestsOfR) {
  const auto groups = californian();
  const Equivalence e = tost(welch(summarize(groups.one), summarize(groups.zero)), -40, 40);
  EXPECT_TRUE(near(e.p_lower, groups_golden("tost.lower")));
  EXPECT_TRUE(near(e.p_upper, groups_golden("tost.upper"), 1e-7));
  EXPECT_EQ(e.p, e.p_lower);
  EXPECT_TRUE(near(e.lo, groups_golden("tost.lo")));
  EXPECT_TRUE(near(e.hi, groups_golden("tost.hi")));
  EXPECT_TRUE(e.equivalent());
  EXPECT_FALSE(tost(welch(summarize(groups.one), summarize(groups.zero)), -30, 30).equivalent());
}

TEST(Tost, RejectsExactlyWhenTheNinetyPerCentIntervalLiesWithin) {
  Estimate d = exactly(0.7, 50);
  d.se = 1.3;
  d.df = 21.5;
  const Equivalence wide = tost(d, -10, 10);
  EXPECT_NEAR(tost(d, wide.lo, 50).p, 0.05, 1e-12);
  EXPECT_NEAR(tost(d, -50, wide.hi).p, 0.05, 1e-12);
  EXPECT_FALSE(tost(d, -50, wide.hi - 1e-6).equivalent());
}

TEST(Tost, SaysWhyItIsUndefined) {
  EXPECT_EQ(tost(undefined(Undefined::too_few), -1, 1).reason, Undefined::too_few);
  EXPECT_EQ(tost(exactly(1, 5), -1, 1).reason, Undefined::no_data);
  Estimate d = exactly(0.7, 50);
  d.se = 1;
  d.df = 4;
  EXPECT_EQ(tost(d, kNaN, 1).reason, Undefined::no_data);
  d.se = 0;
  EXPECT_EQ(tost(d, -1, 1).reason, Undefined::no_variation);
}

ClusterDesign forty_schools() {
  ClusterDesign design;
  design.clusters = 40;
  design.cluster_size = 50;
  design.icc = 0.15;
  design.r2_clusters = 0.6;
  design.r2_pupils = 0.3;
  design.cluster_covariates = 1;
  design.share_treated = 0.4;
  return design;
}

TEST(Power, AgreesWithTheDistributionsOfR) {
  const Estimate e = minimum_detectable_effect(forty_schools(), 0.8);
  EXPECT_TRUE(near(e.value, groups_golden("mde")));
  EXPECT_EQ(e.df, 37);
  EXPECT_EQ(e.n, 2000);
  EXPECT_TRUE(near(power_of(forty_schools(), 0.3).value, groups_golden("mde.power")));
  EXPECT_TRUE(near(power_of(forty_schools(), -0.3).value, groups_golden("mde.power")));
}

TEST(Power, OfNoEffectIsAlphaAndFindsTheDetectableEffectAsOften) {
  EXPECT_NEAR(power_of(forty_schools(), 0).value, 0.05, 1e-12);
  const double mde = minimum_detectable_effect(forty_schools(), 0.8).value;
  EXPECT_NEAR(power_of(forty_schools(), mde).value, 0.8, 0.005);
}

TEST(Power, TellsHowManySchoolsAreNeeded) {
  ClusterDesign design = forty_schools();
  const auto needed = clusters_needed(design, 0.2, 0.8);
  ASSERT_TRUE(needed.has_value());
  design.clusters = static_cast<double>(*needed);
  EXPECT_LE(minimum_detectable_effect(design, 0.8).value, 0.2);
  design.clusters -= 2;
  EXPECT_GT(minimum_detectable_effect(design, 0.8).value, 0.2);
  EXPECT_EQ(clusters_needed(design, 1e-6, 0.8), std::nullopt);
  EXPECT_EQ(clusters_needed(design, 0, 0.8), std::nullopt);
}

TEST(Power, SaysWhyItIsUndefined) {
  ClusterDesign design = forty_schools();
  design.clusters = 3;
  expect_undefined(minimum_detectable_effect(design, 0.8), Undefined::too_few_clusters);
  design = forty_schools();
  design.icc = 1.2;
  expect_undefined(minimum_detectable_effect(design, 0.8), Undefined::no_data);
  expect_undefined(minimum_detectable_effect(forty_schools(), 1), Undefined::no_data);
  design.icc = 1;
  design.r2_clusters = 1;
  expect_undefined(minimum_detectable_effect(design, 0.8), Undefined::no_variation);
}

}  // namespace
}  // namespace kaskad::stats
