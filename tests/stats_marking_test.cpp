// Log-linear counts, spikes at a border and rank correlation, against R 4.2.2 (glm, cor, vcov).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/stats/border_spike.hpp"
#include "engine/stats/poisson.hpp"
#include "engine/stats/rank_correlation.hpp"

namespace kaskad::stats {
namespace {

constexpr double kFitted = 1e-9;

Matrix quadratic(const std::vector<double>& x) {
  Matrix design(x.size(), 3);
  for (std::size_t i = 0; i < x.size(); ++i) {
    design(i, 0) = 1;
    design(i, 1) = x[i];
    design(i, 2) = x[i] * x[i];
  }
  return design;
}

TEST(Poisson, FitsTheCoefficientsOfGlm) {
  const PoissonFit fit = poisson_regression(quadratic({-3.5, -2.5, -1.5, 1.5, 2.5, 3.5}), {12, 15, 20, 24, 19, 11});
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_NEAR(fit.coefficients[0], 3.23747160872253037, kFitted);
  EXPECT_NEAR(fit.coefficients[1], 0.02109672289680500, kFitted);
  EXPECT_NEAR(fit.coefficients[2], -0.06507795439566397, kFitted);
  EXPECT_NEAR(fit.deviance, 0.6158274928122558, kFitted);
  EXPECT_NEAR(fit.covariance(1, 1), 0.001691961644140541, kFitted);
  EXPECT_NEAR(fit.covariance(0, 2), -0.003867899213786396, kFitted);
  EXPECT_EQ(fit.covariance(2, 0), fit.covariance(0, 2));
}

TEST(Poisson, AnInterceptIsTheLogOfTheMean) {
  Matrix design(3, 1, 1);
  const PoissonFit fit = poisson_regression(design, {0, 4, 8});
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_NEAR(fit.coefficients[0], std::log(4.0), kFitted);
  EXPECT_NEAR(fit.covariance(0, 0), 1.0 / 12, kFitted);
}

TEST(Poisson, SaysWhyThereIsNoFit) {
  const std::vector<double> x = {-2, -1, 1, 2};
  EXPECT_EQ(poisson_regression(quadratic(x), {0, 0, 0, 0}).reason, Undefined::no_data);
  EXPECT_EQ(poisson_regression(quadratic(x), {1, -1, 0, 0}).reason, Undefined::no_data);
  EXPECT_EQ(poisson_regression(quadratic(x), {1, 2, 3}).reason, Undefined::no_data);
  EXPECT_EQ(poisson_regression(quadratic(x), {0, 0, 0, 5}).reason, Undefined::separation) << "all at the last score";
  EXPECT_EQ(poisson_regression(quadratic({1, 1, 1, 1}), {1, 2, 3, 4}).reason, Undefined::singular);
}

/// Scores 0…11 around the border 5|6 with the counts of the fit above, 7 below the border and 33 above it.
const std::vector<std::int64_t> kSpiked = {50, 0, 12, 15, 20, 7, 33, 24, 19, 11, 0, 40};

TEST(BorderSpike, IsTheExpectationOfTheFitWithoutTheScoresBeside) {
  const BorderSpike spike = border_spike(kSpiked, 5, {4, 1, 10});
  ASSERT_EQ(spike.reason, Undefined::none);
  EXPECT_EQ(spike.below, 7);
  EXPECT_EQ(spike.above, 33);
  EXPECT_EQ(spike.fitted, 101);
  EXPECT_NEAR(spike.share, 0.5052739851171846, kFitted);
  EXPECT_NEAR(spike.logit_variance, 0.001691961644140541, kFitted);
  const SpikeTest test = test_spikes({spike});
  EXPECT_NEAR(test.z, 4.010691120274639, 1e-8);
  EXPECT_NEAR(test.odds_ratio, 4.615871493773125, 1e-7);
  EXPECT_NEAR(test.expected, 40 * 0.5052739851171846, 1e-8);
}

TEST(BorderSpike, TakesTwoScoresOnEitherSideWhenAsked) {
  const BorderSpike spike = border_spike({0, 7, 12, 15, 1, 2, 30, 20, 19, 11, 6, 0}, 5, {5, 2, 10});
  ASSERT_EQ(spike.reason, Undefined::none);
  EXPECT_EQ(spike.below, 3);
  EXPECT_EQ(spike.above, 50);
  EXPECT_NEAR(spike.share, 0.5012751457824247, kFitted);
  EXPECT_NEAR(spike.logit_variance, 0.004926913191735292, kFitted);
}

TEST(BorderSpike, OfASmoothDistributionIsNone) {
  // exp of a quadratic, rounded: what the fit assumes.
  std::vector<std::int64_t> counts;
  for (int s = 0; s <= 20; ++s) counts.push_back(std::lround(1e4 * std::exp(-0.03 * (s - 9) * (s - 9))));
  const SpikeTest test = test_spikes({border_spike(counts, 8, {5, 1, 10})});
  EXPECT_NEAR(test.z, 0, 0.05);
  EXPECT_NEAR(test.odds_ratio, 1, 0.002);
}

TEST(BorderSpike, MirroredScoresMirrorTheTest) {
  std::vector<std::int64_t> mirrored(kSpiked.rbegin(), kSpiked.rend());
  EXPECT_NEAR(test_spikes({border_spike(mirrored, 5, {4, 1, 10})}).z, -4.010691120274639, 1e-8);
}

TEST(BorderSpike, DistributionsTogetherAddUp) {
  const BorderSpike one = border_spike(kSpiked, 5, {4, 1, 10});
  const SpikeTest single = test_spikes({one}), both = test_spikes({one, {}, one});
  EXPECT_EQ(both.distributions, 2);
  EXPECT_EQ(both.above, 66);
  EXPECT_NEAR(both.z, single.z * std::sqrt(2), 1e-9);
  EXPECT_NEAR(both.odds_ratio, single.odds_ratio, 1e-9);
}

TEST(BorderSpike, SaysWhyItCannotBeTold) {
  EXPECT_EQ(border_spike({1, 2, 3}, 0, {4, 1, 1}).reason, Undefined::no_data) << "score 0 is next to the border";
  EXPECT_EQ(border_spike({1, 2, 3, 4, 5}, 3, {4, 1, 1}).reason, Undefined::no_data) << "the maximum is";
  EXPECT_EQ(border_spike({}, 5, {4, 1, 1}).reason, Undefined::no_data);
  EXPECT_EQ(border_spike(kSpiked, 5, {4, 1, 200}).reason, Undefined::too_few);
  EXPECT_EQ(border_spike({9, 9, 9, 9, 9, 9}, 2, {4, 1, 1}).reason, Undefined::too_few) << "two scores left";
  EXPECT_EQ(test_spikes({{}, {}}).reason, Undefined::no_data);
  EXPECT_TRUE(std::isnan(test_spikes({}).z));
}

std::vector<CountedPair> marks() {
  return {{2, 2, 1}, {2, 3, 2}, {3, 2, 1}, {3, 3, 3}, {3, 4, 3}, {4, 3, 1}, {4, 4, 3}, {4, 5, 2}, {5, 4, 1}, {5, 5, 3}};
}

TEST(Spearman, IsPearsonsOfAverageRanks) {
  const Estimate rho = spearman(marks());
  EXPECT_NEAR(rho.value, 0.7617714447635653, 1e-14);
  EXPECT_EQ(rho.n, 20);
  EXPECT_NEAR(rho.lo, 0.4304793544332818, 1e-12);
  EXPECT_NEAR(rho.hi, 0.9121807807920554, 1e-12);
}

TEST(Spearman, DoesNotHangOnOrderSplittingOrScale) {
  std::vector<CountedPair> pairs = marks();
  std::reverse(pairs.begin(), pairs.end());
  for (CountedPair& p : pairs) p.x = std::exp(p.x);
  pairs.push_back({std::exp(3.0), 3, 1});
  for (CountedPair& p : pairs) {
    if (p.x == std::exp(3.0) && p.y == 3 && p.n == 3) p.n = 2;
  }
  EXPECT_NEAR(spearman(pairs).value, spearman(marks()).value, 1e-14);
  for (CountedPair& p : pairs) p.y = -p.y;
  EXPECT_NEAR(spearman(pairs).value, -spearman(marks()).value, 1e-14);
}

TEST(Spearman, SaysWhyThereIsNone) {
  EXPECT_EQ(spearman({}).reason, Undefined::no_data);
  EXPECT_EQ(spearman({{3, 3, 0}}).reason, Undefined::no_data);
  EXPECT_EQ(spearman({{3, 3, 1}}).reason, Undefined::too_few);
  EXPECT_EQ(spearman({{3, 3, 5}, {3, 4, 5}}).reason, Undefined::no_variation);
  const Estimate perfect = spearman({{2, 2, 5}, {3, 3, 5}});
  EXPECT_EQ(perfect.value, 1);
  EXPECT_FALSE(perfect.has_interval());
}

}  // namespace
}  // namespace kaskad::stats
