// Control limits of funnels against Spiegelhalter's formulas written in R (fixtures/stats/funnel.R).
#include <cmath>

#include "engine/stats/funnel.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;
using test::Table;

double golden(const std::string& name) { return test::number_in("fixtures/stats/funnel.csv", name); }

/// Pupils of exam.csv by school.
struct Exam {
  std::vector<CountedShare> shares;
  std::vector<CountedMean> means;

  Exam() {
    for (const auto& [school, own] : test::exam_by_school()) {
      const Sample s = test::sample_of(own);
      const auto hits = std::count_if(own.begin(), own.end(), [](double v) { return v > 0.5; });
      shares.push_back({hits, s.n});
      means.push_back({s.n, s.mean, own.size() > 1 ? s.variance * static_cast<double>(s.n - 1) : 0});
    }
  }
};

void expect_limits(const std::string& name, const FunnelFit& fit) {
  for (const int n : {10, 37, 400}) {
    for (const auto* level : {"0.95", "0.998"}) {
      const FunnelRange range = funnel_limits(fit, n, std::stod(level));
      const std::string key = name + "." + std::to_string(n) + "." + level;
      EXPECT_NEAR(range.lo, golden(key + ".lo"), 1e-9) << key;
      EXPECT_NEAR(range.hi, golden(key + ".hi"), 1e-9) << key;
    }
  }
}

TEST(Funnel, SharesHaveExactBinomialLimits) {
  const FunnelFit fit = fit_funnel(Exam().shares, FunnelSpread::none);
  EXPECT_TRUE(near(fit.centre, golden("share.centre")));
  EXPECT_EQ(fit.spread, FunnelSpread::none);
  expect_limits("share.exact", fit);
}

TEST(Funnel, OverdispersionOfSharesWidensTheLimits) {
  const FunnelFit fit = fit_funnel(Exam().shares, FunnelSpread::multiplicative);
  EXPECT_TRUE(near(fit.z[0], golden("share.z1")));
  EXPECT_TRUE(near(fit.phi, golden("share.phi")));
  expect_limits("share.multiplicative", fit);
  const FunnelFit additive = fit_funnel(Exam().shares, FunnelSpread::additive);
  EXPECT_TRUE(near(additive.tau, golden("share.tau")));
  expect_limits("share.additive", additive);
}

TEST(Funnel, MeansHaveNormalLimits) {
  const FunnelFit fit = fit_funnel(Exam().means, FunnelSpread::multiplicative);
  EXPECT_TRUE(near(fit.centre, golden("mean.centre"), 1e-8));
  EXPECT_TRUE(near(fit.within, golden("mean.within")));
  EXPECT_TRUE(near(fit.phi, golden("mean.phi")));
  expect_limits("mean.multiplicative", fit);
  const FunnelFit additive = fit_funnel(Exam().means, FunnelSpread::additive);
  EXPECT_TRUE(near(additive.tau, golden("mean.tau")));
  expect_limits("mean.additive", additive);
}

/// The binomial limit by hand: n = 2, θ = 1/2: F = 1/4, 3/4, 1; at 0.6 the count is 1 less (0.75 − 0.6)/0.5 of one.
TEST(Funnel, BinomialLimitByHand) {
  FunnelFit fit;
  fit.reason = Undefined::none;
  fit.centre = 0.5;
  const FunnelRange range = funnel_limits(fit, 2, 0.2);
  EXPECT_NEAR(range.hi, (1 - (0.75 - 0.6) / 0.5) / 2, 1e-12);
  EXPECT_NEAR(range.lo, (1 - (0.75 - 0.4) / 0.5) / 2, 1e-12);
}

/// Twelve schools with a half each: φ = 0, so nothing is widened.
TEST(Funnel, SchoolsThatDifferLessThanChanceKeepTheExactLimits) {
  const FunnelFit fit = fit_funnel(std::vector<CountedShare>(12, {10, 20}), FunnelSpread::additive);
  EXPECT_EQ(fit.spread, FunnelSpread::none);
  EXPECT_NEAR(fit.phi, 0, 1e-20);
  EXPECT_EQ(fit.tau, 0);
}

TEST(Funnel, SaysWhyThereIsNone) {
  EXPECT_EQ(fit_funnel(std::vector<CountedShare>(), FunnelSpread::none).reason, Undefined::no_data);
  EXPECT_EQ(fit_funnel(std::vector<CountedShare>(12, {0, 0}), FunnelSpread::none).reason, Undefined::no_data);
  EXPECT_EQ(fit_funnel(std::vector<CountedShare>(9, {1, 2}), FunnelSpread::none).reason, Undefined::too_few_clusters);
  EXPECT_EQ(fit_funnel(std::vector<CountedShare>(12, {0, 9}), FunnelSpread::none).reason, Undefined::no_variation);
  EXPECT_EQ(fit_funnel(std::vector<CountedMean>(12, {9, 4, kNaN}), FunnelSpread::none).reason,
            Undefined::no_distribution);
  EXPECT_EQ(fit_funnel(std::vector<CountedMean>(12, {9, 4, 0}), FunnelSpread::none).reason, Undefined::no_variation);
  EXPECT_TRUE(std::isnan(funnel_limits({}, 10, 0.95).lo));
}

}  // namespace
}  // namespace kaskad::stats
