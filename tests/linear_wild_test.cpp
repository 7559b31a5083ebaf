// The wild cluster bootstrap against samples that are fitted anew.
#include "engine/base/random.hpp"
#include "tests/linear_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::Columns;
using test::data_of;
using test::Draws;
using test::near;

/// Six schools, two terms, weights; school effects in half of the tests.
LinearData table(int schools, bool effects) {
  Draws draws(77);
  std::vector<double> y;
  Columns x(2);
  LinearData data;
  std::vector<double> weights;
  std::vector<int> school;
  for (int g = 0; g < schools; ++g) {
    const double level = 2 * draws.uniform();
    for (int i = 0; i < 4 + g; ++i) {
      x[0].push_back(draws.uniform() + (g % 2 == 0 ? 1 : 0));
      x[1].push_back(draws.below(3));
      y.push_back(level + 0.7 * x[0].back() + 3 * draws.uniform());
      weights.push_back(0.5 + draws.uniform());
      school.push_back(3 * g);
    }
  }
  data = data_of(y, x, !effects);
  data.weights = weights;
  data.clusters = school;
  if (effects) data.absorbed = {school};
  return data;
}

/// The fit of y − value·x without x, and so the outcomes under H0 and their residuals.
std::vector<double> residuals_under_null(const LinearData& data, std::size_t column, double value,
                                         std::vector<double>& fitted) {
  LinearData restricted = data;
  restricted.design = Matrix(data.design.rows, 0);
  for (std::size_t j = 0; j < data.design.columns; ++j) {
    if (j == column) continue;
    restricted.design.values.insert(restricted.design.values.end(), data.design.column(j),
                                    data.design.column(j) + data.design.rows);
    ++restricted.design.columns;
  }
  for (std::size_t i = 0; i < data.outcome.size(); ++i) restricted.outcome[i] -= value * data.design(i, column);
  const std::vector<double> residuals = least_squares(restricted, {}).residuals;
  fitted.clear();
  for (std::size_t i = 0; i < residuals.size(); ++i) fitted.push_back(data.outcome[i] - residuals[i]);
  return residuals;
}

/// |t| − |t*| of each sample, the sample being y* = ŷ₀ + v·e₀ with v by cluster.
template <class Multiplier>
double brute_share(const LinearData& data, std::size_t column, double value, std::int64_t samples, Multiplier v) {
  std::vector<double> fitted;
  const std::vector<double> residuals = residuals_under_null(data, column, value, fitted);
  const LinearOptions options{Covariance::CR1};
  const Estimate e = least_squares(data, options).coefficients[column].estimate;
  const double t = std::abs(e.value - value) / e.se;
  std::int64_t reached = 0;
  for (std::int64_t b = 0; b < samples; ++b) {
    LinearData sample = data;
    for (std::size_t i = 0; i < residuals.size(); ++i) {
      sample.outcome[i] = fitted[i] + v(b, static_cast<std::size_t>(data.clusters[i] / 3)) * residuals[i];
    }
    const Estimate star = least_squares(sample, options).coefficients[column].estimate;
    if (std::abs(star.value - value) / star.se >= t * (1 - 1e-9)) ++reached;
  }
  return static_cast<double>(reached) / static_cast<double>(samples);
}

TEST(WildBootstrap, WithAllSignsEqualsRefittingEachSample) {
  const auto sign = [](std::int64_t b, std::size_t g) { return (b >> g & 1) == 0 ? 1.0 : -1.0; };
  for (const bool effects : {false, true}) {
    const LinearData data = table(6, effects);
    const std::size_t column = effects ? 0 : 1;
    const LinearFit fit = least_squares(data, {Covariance::CR2});
    for (const double value : {0.0, 1.5}) {
      const WildTest test = wild_bootstrap(fit, column, value, {});
      EXPECT_TRUE(test.enumerated);
      EXPECT_EQ(test.draws, 64);
      EXPECT_NEAR(test.p, brute_share(data, column, value, 64, sign), 1e-12);
      const Estimate cr1 = least_squares(data, {Covariance::CR1}).coefficients[column].estimate;
      EXPECT_TRUE(near(test.statistic, (cr1.value - value) / cr1.se, 1e-10));
    }
  }
}

TEST(WildBootstrap, WithWebbsPointsEqualsRefittingEachSample) {
  const LinearData data = table(6, false);
  const LinearFit fit = least_squares(data, {Covariance::CR2});
  WildOptions options{WildWeights::webb, 40, 9, 0.95, false};
  const WildTest test = wild_bootstrap(fit, 1, 0, options);
  EXPECT_FALSE(test.enumerated);
  const double points[] = {-std::sqrt(1.5), -1, -std::sqrt(0.5), std::sqrt(0.5), 1, std::sqrt(1.5)};
  const auto webb = [&points](std::int64_t b, std::size_t g) {
    RandomStream stream(9, static_cast<std::uint64_t>(b));
    for (std::size_t skipped = 0; skipped < g; ++skipped) stream.below(6);
    return points[stream.below(6)];
  };
  EXPECT_NEAR(test.p, (40 * brute_share(data, 1, 0, 40, webb) + 1) / 41, 1e-12);
}

TEST(WildBootstrap, DependsOnTheSeedAloneAndMoreDrawsKeepTheFirst) {
  const LinearFit fit = least_squares(table(16, false), {Covariance::CR2});
  WildOptions options;
  options.draws = 999;
  options.interval = false;
  const WildTest first = wild_bootstrap(fit, 1, 0, options);
  EXPECT_EQ(first.draws, 999);
  EXPECT_FALSE(first.enumerated);
  EXPECT_EQ(wild_bootstrap(fit, 1, 0, options).p, first.p);
  options.seed = 2;
  const WildTest second = wild_bootstrap(fit, 1, 0, options);
  EXPECT_NE(second.p, first.p);
  EXPECT_NEAR(second.p, first.p, 0.06);
}

TEST(WildBootstrap, IntervalHoldsTheValuesThatAreNotRejected) {
  const LinearFit fit = least_squares(table(12, false), {Covariance::CR2});
  WildOptions options;
  const WildTest test = wild_bootstrap(fit, 1, 0, options);
  EXPECT_TRUE(test.enumerated);
  ASSERT_TRUE(std::isfinite(test.lo) && std::isfinite(test.hi));
  const double value = fit.coefficients[1].estimate.value;
  EXPECT_LT(test.lo, value);
  EXPECT_GT(test.hi, value);
  options.interval = false;
  const double step = 1e-6 * (test.hi - test.lo);
  for (const auto& [border, out] : {std::pair(test.lo, -1.0), std::pair(test.hi, 1.0)}) {
    EXPECT_LE(wild_bootstrap(fit, 1, border + out * step, options).p, 0.05);
    EXPECT_GT(wild_bootstrap(fit, 1, border - out * step, options).p, 0.05);
  }
}

TEST(WildBootstrap, NeverRejectsWithTooFewSigns) {
  // Four clusters: the least p of 2⁴ signs is 2/16, so that no value is rejected at 5 %.
  const LinearFit fit = least_squares(table(4, false), {Covariance::CR1});
  const WildTest test = wild_bootstrap(fit, 1, 0, {});
  EXPECT_EQ(test.draws, 16);
  EXPECT_GE(test.p, 2.0 / 16);
  EXPECT_EQ(test.lo, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(test.hi, std::numeric_limits<double>::infinity());
}

TEST(WildBootstrap, NeedsClustersAndAnIdentifiedTerm) {
  LinearData data = table(6, false);
  data.clusters.clear();
  EXPECT_EQ(wild_bootstrap(least_squares(data, {}), 1, 0, {}).reason, Undefined::too_few_clusters);
  data = table(6, true);
  std::fill_n(data.design.column(1), data.design.rows, 4.0);
  const LinearFit fit = least_squares(data, {Covariance::CR2});
  EXPECT_EQ(wild_bootstrap(fit, 1, 0, {}).reason, Undefined::singular);
  EXPECT_EQ(wild_bootstrap(fit, 7, 0, {}).reason, Undefined::no_data);
  data.absorbed = {data.clusters};
  for (std::size_t i = 0; i < data.clusters.size(); ++i) data.absorbed[0][i] = static_cast<int>(i % 5);
  EXPECT_EQ(wild_bootstrap(least_squares(data, {Covariance::CR2}), 0, 0, {}).reason, Undefined::no_method);
}

}  // namespace
}  // namespace kaskad::stats
