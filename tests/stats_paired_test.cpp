// The same units twice, and Cronbach's alpha: against R 4.2.2 (t.test, wilcox.test, coin 1.4, metafor 3.8, qf).
#include <gtest/gtest.h>

#include <cmath>

#include "engine/stats/distributions.hpp"
#include "engine/stats/paired.hpp"
#include "engine/stats/reliability.hpp"

namespace kaskad::stats {
namespace {

constexpr double kTight = 1e-12;

const std::vector<double> kBefore = {10, 12, 9, 14, 11, 8, 13, 15, 10, 12};
const std::vector<double> kAfter = {13, 14, 9, 17, 12, 12, 13, 18, 9, 15};

std::vector<CountedPair> ten_pairs() {
  std::vector<CountedPair> out;
  for (std::size_t i = 0; i < kBefore.size(); ++i) out.push_back({kBefore[i], kAfter[i], 1});
  return out;
}

TEST(PairedChange, AgreesWithRsPairedTTest) {
  // t.test(after, before, paired = TRUE)
  const Estimate e = paired_change(paired_sample(ten_pairs()));
  EXPECT_NEAR(e.value, 1.8, kTight);
  EXPECT_NEAR(e.se, 0.533333333333333326, kTight);
  EXPECT_NEAR(e.lo, 0.593516179840957392, 1e-9);
  EXPECT_NEAR(e.hi, 3.006483820159042697, 1e-9);
  EXPECT_NEAR(e.p, 0.008191710563951595, 1e-12);
  EXPECT_EQ(e.df, 9);
  EXPECT_EQ(e.n, 10);
}

TEST(PairedChange, CountsStandForAsManyPairs) {
  std::vector<CountedPair> counted = ten_pairs(), spread = ten_pairs();
  counted[3].n = 4;
  spread.insert(spread.end(), 3, spread[3]);
  const Estimate a = paired_change(paired_sample(counted)), b = paired_change(paired_sample(spread));
  EXPECT_EQ(a.n, 13);
  EXPECT_NEAR(a.value, b.value, kTight);
  EXPECT_NEAR(a.lo, b.lo, kTight);
}

TEST(PairedChange, DegenerateInputsGiveReasonsOrNoInterval) {
  EXPECT_EQ(paired_change(paired_sample({})).reason, Undefined::no_data);
  EXPECT_EQ(paired_change(paired_sample({{1, kNaN, 1}, {2, 3, 1}})).reason, Undefined::no_data);
  const Estimate one = paired_change(paired_sample({{1, 3, 1}}));
  EXPECT_EQ(one.value, 2);
  EXPECT_FALSE(one.has_interval());
  const Estimate same = paired_change(paired_sample({{1, 3, 1}, {5, 7, 1}, {2, 4, 1}}));
  EXPECT_EQ(same.value, 2);
  EXPECT_FALSE(same.has_interval()) << "equal differences do not show that the next one is equal";
}

std::vector<double> differences() {
  std::vector<double> out;
  for (std::size_t i = 0; i < kBefore.size(); ++i) out.push_back(kAfter[i] - kBefore[i]);
  return out;
}

TEST(SignedRank, IsExactWithoutTiesAsR) {
  const SignedRank test = signed_rank({1.83, 0.5, -1.62, 2.48, 1.68, -0.88, 1.55, 3.06, 1.3});
  EXPECT_TRUE(test.exact);
  EXPECT_EQ(test.v, 38);
  EXPECT_NEAR(test.p, 0.07421875, kTight);
}

TEST(SignedRank, IsExactWithTiesAsCoin) {
  const SignedRank test = signed_rank(differences());
  EXPECT_TRUE(test.exact);
  EXPECT_EQ(test.n, 8);
  EXPECT_EQ(test.zeros, 2);
  EXPECT_NEAR(test.p, 0.0234375, kTight);
}

TEST(SignedRank, AgreesWithEveryAssignmentOfSigns) {
  const std::vector<double> sizes = {1, 1, 2, 2, 2, 4, 7};
  const std::vector<double> ranks = {1.5, 1.5, 4, 4, 4, 6, 7};
  const std::vector<double> given = {1, -1, 2, 2, -2, 4, 7};
  const double v = 1.5 + 4 + 4 + 6 + 7;
  int as_low = 0, as_high = 0;
  for (int signs = 0; signs < 128; ++signs) {
    double sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) sum += (signs >> i & 1) != 0 ? ranks[i] : 0;
    as_low += sum <= v;
    as_high += sum >= v;
  }
  const SignedRank test = signed_rank(given);
  EXPECT_EQ(test.v, v);
  EXPECT_NEAR(test.p, 2.0 * std::min(as_low, as_high) / 128, kTight);
}

TEST(SignedRank, IsNormalForManyDifferencesAsR) {
  // wilcox.test(round((1:60)^1.3/7 - 14)/2, exact = FALSE)
  std::vector<double> many;
  for (int i = 1; i <= 60; ++i) many.push_back(std::nearbyint(std::pow(i, 1.3) / 7 - 14) / 2);
  const SignedRank test = signed_rank(many);
  EXPECT_FALSE(test.exact);
  EXPECT_EQ(test.zeros, 1);
  EXPECT_EQ(test.v, 762);
  EXPECT_NEAR(test.p, 0.35486507466396, 1e-12);
}

TEST(SignedRank, NothingAndNoDifferenceGiveReasons) {
  EXPECT_EQ(signed_rank({}).reason, Undefined::no_data);
  EXPECT_EQ(signed_rank({1, kNaN}).reason, Undefined::no_data);
  EXPECT_EQ(signed_rank({0, 0}).reason, Undefined::no_variation);
  EXPECT_EQ(signed_rank({1}).p, 1);
}

TEST(StandardisedChange, AgreesWithMetaforsSmcr) {
  const Estimate e = standardised_change(paired_sample(ten_pairs()));
  EXPECT_NEAR(e.value, 0.7406090595041687, 1e-12);
  EXPECT_NEAR(e.se, 0.2488099356195199, 1e-12);
  EXPECT_NEAR(e.hi - e.value, 1.959963984540054 * e.se, 1e-12);
}

TEST(StandardisedChange, NeedsASpreadBefore) {
  EXPECT_EQ(standardised_change(paired_sample({})).reason, Undefined::no_data);
  EXPECT_EQ(standardised_change(paired_sample({{1, 2, 2}})).reason, Undefined::too_few);
  EXPECT_EQ(standardised_change(paired_sample({{5, 2, 2}, {5, 3, 2}})).reason, Undefined::no_variation);
  const Estimate flat = standardised_change(paired_sample({{1, 9, 2}, {5, 9, 2}}));
  EXPECT_TRUE(flat.defined());
  EXPECT_FALSE(flat.has_interval());
}

TEST(CronbachAlpha, AgreesWithRByHand) {
  // k/(k − 1)·(1 − Σ var/var of the sums), with qf(c(.975, .025), 7, 14).
  const Estimate e =
      cronbach_alpha({{3, 4, 3}, {2, 2, 3}, {5, 4, 4}, {1, 2, 1}, {4, 4, 5}, {3, 3, 2}, {2, 3, 3}, {4, 5, 4}});
  EXPECT_NEAR(e.value, 0.9086538461538463, kTight);
  EXPECT_NEAR(e.lo, 0.6912561313682422, 1e-9);
  EXPECT_NEAR(e.hi, 0.9801252660831351, 1e-9);
  EXPECT_EQ(e.n, 8);
}

TEST(CronbachAlpha, IsOneForItemsThatAreAlike) {
  EXPECT_NEAR(cronbach_alpha({{1, 1}, {2, 2}, {4, 4}}).value, 1, kTight);
}

TEST(CronbachAlpha, UnusableScalesGiveReasons) {
  EXPECT_EQ(cronbach_alpha({}).reason, Undefined::no_data);
  EXPECT_EQ(cronbach_alpha({{1, 2}, {1}}).reason, Undefined::no_data);
  EXPECT_EQ(cronbach_alpha({{1, kNaN}, {1, 2}}).reason, Undefined::no_data);
  EXPECT_EQ(cronbach_alpha({{1}, {2}}).reason, Undefined::too_few);
  EXPECT_EQ(cronbach_alpha({{1, 2}}).reason, Undefined::too_few);
  EXPECT_EQ(cronbach_alpha({{1, 2}, {2, 1}}).reason, Undefined::no_variation);
}

TEST(FisherQuantile, AgreesWithRsQf) {
  EXPECT_NEAR(fisher_quantile(0.975, 7, 14), 3.3799328776529309, 1e-10);
  EXPECT_NEAR(fisher_quantile(0.025, 7, 14), 0.2175760344583111, 1e-10);
  EXPECT_TRUE(std::isnan(fisher_quantile(0.5, 0, 3)));
  EXPECT_TRUE(std::isnan(fisher_quantile(1, 2, 3)));
}

}  // namespace
}  // namespace kaskad::stats
