// Sensitivity to violations of parallel trends against closed forms, search by force and simulated coverage.
#include "engine/stats/sensitivity.hpp"

#include <algorithm>
#include <random>

#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;

constexpr double kZ = 1.959963984540054;

EventStudy one_and_one(double pre, double post, double v_pre, double v_post, double cov) {
  EventStudy study{{pre}, {post}, Matrix(2, 2)};
  study.covariance(0, 0) = v_pre;
  study.covariance(1, 1) = v_post;
  study.covariance(0, 1) = study.covariance(1, 0) = cov;
  return study;
}

/// Three before, two after, correlated as effects against one period are.
EventStudy larger() {
  EventStudy study{{0.3, -0.1, 0.15}, {1.2, 1.5}, Matrix(5, 5)};
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j) study.covariance(i, j) = (i == j ? 0.04 + 0.01 * double(i) : 0.015);
  }
  return study;
}

const SensitivityTarget kFirst{{1}, 0.95};

TEST(RelativeMagnitudes, OneAndOneHaveAClosedForm) {
  const EventStudy study = one_and_one(0.2, 1.0, 0.01, 0.04, 0.005);
  for (double size : {0.0, 0.5, 1.0, 3.0}) {
    const SensitivityInterval i = relative_magnitudes(study, kFirst, size);
    // The change before is d = 0 − 0.2; effect ± size·d.
    const auto se = [&](double sign) { return std::sqrt(0.04 + size * size * 0.01 + 2 * sign * size * -0.005); };
    EXPECT_NEAR(i.set_lo, 1 - 0.2 * size, 1e-12);
    EXPECT_NEAR(i.set_hi, 1 + 0.2 * size, 1e-12);
    const double lo = std::min(1 - 0.2 * size - kZ * se(1), 1 + 0.2 * size - kZ * se(-1));
    const double hi = std::max(1 - 0.2 * size + kZ * se(1), 1 + 0.2 * size + kZ * se(-1));
    EXPECT_NEAR(i.lo, lo, 1e-9) << size;
    EXPECT_NEAR(i.hi, hi, 1e-9) << size;
  }
}

TEST(RelativeMagnitudes, WithoutViolationAreTheEffectsOwnInterval) {
  const EventStudy study = larger();
  const double se = std::sqrt(study.covariance(study.pre.size(), study.pre.size()));
  const SensitivityInterval i = relative_magnitudes(study, {{1, 0}, 0.95, 5}, 0);
  EXPECT_NEAR(i.hi - i.lo, 2 * 2.570581835636314 * se, 1e-9 * se) << "Student’s t of 5 degrees of freedom";
}

TEST(RelativeMagnitudes, WithoutViolationAreTheOrdinaryInterval) {
  const SensitivityInterval i = relative_magnitudes(larger(), {{0.5, 0.5}, 0.95}, 0);
  const double se = std::sqrt(0.25 * (0.07 + 0.08 + 2 * 0.015));
  EXPECT_NEAR(i.lo, 1.35 - kZ * se, 1e-9);
  EXPECT_NEAR(i.hi, 1.35 + kZ * se, 1e-9);
}

/// The identified set by force: violations on a grid of all changes after, under the largest change before.
TEST(RelativeMagnitudes, SetIsThatOfASearchByForce) {
  const EventStudy study = larger();
  const std::vector<double> weights = {0.3, 0.7};
  const double most = std::max({std::abs(-0.1 - 0.3), std::abs(0.15 + 0.1), std::abs(0.0 - 0.15)}) * 1.5;
  double lo = 1e9;
  double hi = -1e9;
  for (int a = -10; a <= 10; ++a) {
    for (int b = -10; b <= 10; ++b) {
      const double first = most * a / 10;
      const double second = first + most * b / 10;
      const double theta = weights[0] * (1.2 - first) + weights[1] * (1.5 - second);
      lo = std::min(lo, theta);
      hi = std::max(hi, theta);
    }
  }
  const SensitivityInterval i = relative_magnitudes(study, {weights, 0.95}, 1.5);
  EXPECT_NEAR(i.set_lo, lo, 1e-12);
  EXPECT_NEAR(i.set_hi, hi, 1e-12);
}

TEST(RelativeMagnitudes, CoverTheTruthAtTheWorstViolation) {
  std::mt19937 engine(1);
  std::normal_distribution<double> normal;
  int covered = 0;
  constexpr int kDraws = 4000;
  for (int draw = 0; draw < kDraws; ++draw) {
    // δ before: −0.3 in the period before the reference, so the change is 0.3; after it δ = 1·0.3. The effect is 0.
    const EventStudy study = one_and_one(-0.3 + 0.1 * normal(engine), 0.3 + 0.1 * normal(engine), 0.01, 0.01, 0);
    const SensitivityInterval i = relative_magnitudes(study, kFirst, 1);
    covered += i.lo <= 0 && 0 <= i.hi ? 1 : 0;
  }
  EXPECT_GE(covered, kDraws * 0.95 - 4 * std::sqrt(kDraws * 0.95 * 0.05));
}

TEST(RelativeBreakdown, IsWhereTheIntervalMeetsZero) {
  const EventStudy study = larger();
  const Breakdown b = relative_breakdown(study, {{1, 0}, 0.95});
  ASSERT_GT(b.size, 0);
  EXPECT_NEAR(relative_magnitudes(study, {{1, 0}, 0.95}, b.size).lo, 0, 1e-9);
  for (double share : {0.1, 0.5, 0.99}) EXPECT_GT(relative_magnitudes(study, {{1, 0}, 0.95}, share * b.size).lo, 0);
}

TEST(RelativeBreakdown, EndsOfItsScale) {
  EXPECT_EQ(relative_breakdown(one_and_one(0.2, 0.1, 0.01, 0.04, 0), kFirst).size, 0) << "not significant at all";
  EXPECT_TRUE(std::isinf(relative_breakdown(one_and_one(0, 1, 0, 0.01, 0), kFirst).size)) << "no violation before";
  const EventStudy negative = one_and_one(0.2, -1.0, 0.01, 0.04, 0.005);
  const EventStudy positive = one_and_one(0.2, 1.0, 0.01, 0.04, -0.005);
  EXPECT_NEAR(relative_breakdown(negative, kFirst).size, relative_breakdown(positive, kFirst).size, 1e-9);
}

TEST(FoldedNormal, QuantilesHoldTheirProbability) {
  EXPECT_NEAR(folded_normal_quantile(0.95, 0), kZ, 1e-12);
  EXPECT_NEAR(folded_normal_quantile(0.95, 20), 20 + 1.6448536269514722, 1e-9);
  for (double mean : {0.0, 0.1, 0.7, 2.0, 5.0}) {
    const double c = folded_normal_quantile(0.9, mean);
    const double p = 0.5 * std::erfc(-(c - mean) / std::sqrt(2.0)) - 0.5 * std::erfc((c + mean) / std::sqrt(2.0));
    EXPECT_NEAR(p, 0.9, 1e-12) << mean;
  }
}

TEST(Smoothness, OneAndOneExtrapolateTheLine) {
  // The only unbiased weight is 1: 1.0 + 0.2, bias M, variance 0.04 + 0.01 + 2·0.005.
  const EventStudy study = one_and_one(0.2, 1.0, 0.01, 0.04, 0.005);
  const double se = std::sqrt(0.06);
  for (double size : {0.0, 0.1, 1.0}) {
    const SensitivityInterval i = smoothness(study, kFirst, size);
    const double half = se * folded_normal_quantile(0.95, size / se);
    EXPECT_NEAR(i.lo, 1.2 - half, 1e-9);
    EXPECT_NEAR(i.hi, 1.2 + half, 1e-9);
  }
}

/// The shortest half-length by force: weights v on a fine grid of the two free directions, the worst bias over the
/// corners of the class.
double half_by_force(const EventStudy& study, const std::vector<double>& w, double size) {
  double shortest = 1e9;
  const double first = w[0] + 2 * w[1];
  for (int a = -75; a <= 75; ++a) {
    for (int b = -75; b <= 75; ++b) {
      const double v3 = 0.02 * a;  // three periods before the reference period
      const double v2 = 0.02 * b;
      const double v1 = first - 3 * v3 - 2 * v2;  // unbiased for lines
      const std::vector<double> all = {v3, v2, v1, w[0], w[1]};
      double variance = 0;
      for (std::size_t i = 0; i < 5; ++i) {
        for (std::size_t j = 0; j < 5; ++j) variance += all[i] * all[j] * study.covariance(i, j);
      }
      double bias = 0;
      for (int corner = 0; corner < 16; ++corner) {
        const auto s = [corner](int k) { return (corner >> k & 1) != 0 ? 1.0 : -1.0; };
        // Curvatures at −2, −1, 0, 1 with δ_0 = 0 and slope 0 after the reference period.
        const double d1 = 0;
        const double d2 = 2 * d1 + s(3);
        const double m1 = s(2) - d1;
        const double m2 = s(1) + 2 * m1;
        const double m3 = s(0) + 2 * m2 - m1;
        bias = std::max(bias, std::abs(v3 * m3 + v2 * m2 + v1 * m1 + w[0] * d1 + w[1] * d2));
      }
      const double se = std::sqrt(variance);
      shortest = std::min(shortest, se * folded_normal_quantile(0.95, size * bias / se));
    }
  }
  return shortest;
}

TEST(Smoothness, IsTheShortestOfASearchByForce) {
  const EventStudy study = larger();
  for (double size : {0.0, 0.05, 0.3}) {
    const SensitivityInterval i = smoothness(study, {{0.5, 0.5}, 0.95}, size);
    const double half = 0.5 * (i.hi - i.lo);
    const double force = half_by_force(study, {0.5, 0.5}, size);
    EXPECT_LE(half, force + 1e-9) << size;
    EXPECT_GE(half, force - 4e-3) << size;
  }
}

TEST(Smoothness, IgnoresALinearTrend) {
  EventStudy study = larger();
  const SensitivityInterval before = smoothness(study, {{1, 0}, 0.95}, 0.1);
  const double slope = 3.7;
  for (std::size_t j = 0; j < 3; ++j) study.pre[j] -= slope * double(3 - j);
  for (std::size_t j = 0; j < 2; ++j) study.post[j] += slope * double(j + 1);
  const SensitivityInterval after = smoothness(study, {{1, 0}, 0.95}, 0.1);
  EXPECT_NEAR(before.lo, after.lo, 1e-9);
  EXPECT_NEAR(before.hi, after.hi, 1e-9);
}

TEST(SmoothnessBreakdown, IsWhereTheIntervalMeetsZero) {
  const Breakdown b = smoothness_breakdown(larger(), {{0, 1}, 0.95});
  if (b.size > 0) {
    EXPECT_NEAR(smoothness(larger(), {{0, 1}, 0.95}, b.size).lo, 0, 1e-6);
  }
  const Breakdown simple = smoothness_breakdown(one_and_one(0.2, 1.0, 0.0025, 0.01, 0), kFirst);
  EXPECT_NEAR(smoothness(one_and_one(0.2, 1.0, 0.0025, 0.01, 0), kFirst, simple.size).lo, 0, 1e-9);
  EXPECT_GT(simple.size, 0.5);
}

TEST(Sensitivity, ReasonsOfWhatCannotBeAnswered) {
  EventStudy study = one_and_one(0.2, 1.0, 0.01, 0.04, 0);
  study.pre.clear();
  EXPECT_EQ(relative_magnitudes(study, kFirst, 1).reason, Undefined::no_data);
  EXPECT_EQ(smoothness(study, kFirst, 1).reason, Undefined::no_data);
  EXPECT_EQ(relative_breakdown(study, kFirst).reason, Undefined::no_data);
  EXPECT_EQ(smoothness_breakdown(study, kFirst).reason, Undefined::no_data);
  study = one_and_one(kNaN, 1.0, 0.01, 0.04, 0);
  EXPECT_EQ(relative_magnitudes(study, kFirst, 1).reason, Undefined::no_data);
  study = one_and_one(0.1, 1.0, 0.01, kNaN, 0);
  EXPECT_EQ(smoothness(study, kFirst, 1).reason, Undefined::no_data);
}

/// Whether a confounder with these shares brings the estimate to zero, or its interval to hold it: the adjusted t.
double adjusted_t(double t, double df, double with_outcome, double with_treatment) {
  const double bias = std::sqrt(df * with_outcome * with_treatment / (1 - with_treatment));
  const double se = std::sqrt((1 - with_outcome) / (1 - with_treatment) * df / (df - 1));
  return (std::abs(t) - bias) / se;
}

TEST(RobustnessValue, IsTheLeastShareOfASearchByForce) {
  for (const auto& [t, df] : {std::pair{4.18, 783.0}, std::pair{2.5, 40.0}, std::pair{9.0, 12.0}}) {
    const Robustness r = robustness_value(t, df);
    EXPECT_NEAR(adjusted_t(t, df, r.value, r.value), 0, 1e-9);
    const double critical = student_quantile(0.975, df - 1);
    // The weakest confounder whose share with the treatment is r and with the outcome anything up to r.
    const auto least_t = [&](double share) {
      double least = 1e9;
      for (int k = 0; k <= 2000; ++k) least = std::min(least, adjusted_t(t, df, share * k / 2000, share));
      return least;
    };
    EXPECT_GT(least_t(r.value_level - 1e-3), critical) << t;
    EXPECT_LT(least_t(r.value_level + 1e-3), critical) << t;
  }
}

TEST(RobustnessValue, OfNothingIsNothing) {
  EXPECT_EQ(robustness_value(0, 50).value, 0);
  EXPECT_EQ(robustness_value(1, 50).value_level, 0) << "not significant to begin with";
  EXPECT_EQ(robustness_value(kNaN, 50).reason, Undefined::no_data);
  EXPECT_EQ(robustness_value(2, 1).reason, Undefined::no_data);
}

}  // namespace
}  // namespace kaskad::stats
