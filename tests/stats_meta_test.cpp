// Pooling of estimates against R's metafor (fixtures/stats/meta.R), closed forms and identities.
#include "engine/stats/meta.hpp"
#include "tests/stats_golden.hpp"

namespace kaskad::stats {
namespace {

using test::expect_undefined;
using test::Golden;
using test::near;

const Golden& metafor() {
  static const Golden golden("fixtures/stats/meta_golden.csv");
  return golden;
}

/// Log risk ratios of tuberculosis in 13 trials of the BCG vaccine: tables of Colditz et al. 1994, JAMA 271:698–702 (as
/// in metafor's dat.bcg): cases and others among the vaccinated, cases and others among the rest.
constexpr double kBcg[13][4] = {{4, 119, 11, 128},       {6, 300, 29, 274},        {3, 228, 11, 209},
                                {62, 13536, 248, 12619}, {33, 5036, 47, 5761},     {180, 1361, 372, 1079},
                                {8, 2537, 10, 619},      {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
                                {17, 1699, 65, 1600},    {186, 50448, 141, 27197}, {5, 2493, 3, 2338},
                                {27, 16886, 29, 17825}};

std::vector<PooledInput> bcg() {
  std::vector<PooledInput> inputs;
  for (const auto& [a, b, c, d] : kBcg) {
    inputs.push_back({std::log(a / (a + b) / (c / (c + d))), std::sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))});
  }
  return inputs;
}

void expect_mean(const std::string& name, const Pooled& pooled, double tolerance) {
  EXPECT_TRUE(near(pooled.mean.value, metafor().of(name + ".mean"), tolerance)) << name;
  EXPECT_TRUE(near(pooled.mean.se, metafor().of(name + ".se"), tolerance)) << name;
  EXPECT_TRUE(near(pooled.mean.lo, metafor().of(name + ".lo"), tolerance)) << name;
  EXPECT_TRUE(near(pooled.mean.hi, metafor().of(name + ".hi"), tolerance)) << name;
  EXPECT_TRUE(near(pooled.mean.p, metafor().of(name + ".p"), 10 * tolerance)) << name;
}

void expect_heterogeneity(const std::string& name, const Pooled& pooled, double tolerance) {
  EXPECT_NEAR(pooled.tau2.value, metafor().of(name + ".tau2"), tolerance) << name;
  EXPECT_NEAR(pooled.i2, metafor().of(name + ".i2"), tolerance) << name;
  EXPECT_TRUE(near(pooled.h2, metafor().of(name + ".h2"), tolerance)) << name;
  EXPECT_TRUE(near(pooled.q, metafor().of(name + ".q"))) << name;
  EXPECT_TRUE(near(pooled.q_p, metafor().of(name + ".qp"))) << name;
}

void expect_intervals(const std::string& name, const Pooled& pooled, double tolerance) {
  EXPECT_NEAR(pooled.tau2.lo, metafor().of(name + ".tau2.lo"), tolerance) << name;
  EXPECT_NEAR(pooled.tau2.hi, metafor().of(name + ".tau2.hi"), tolerance) << name;
  EXPECT_TRUE(near(pooled.prediction.lo, metafor().of(name + ".pi.lo"), tolerance)) << name;
  EXPECT_TRUE(near(pooled.prediction.hi, metafor().of(name + ".pi.hi"), tolerance)) << name;
}

void expect_parts(const std::string& name, const Pooled& pooled) {
  for (std::size_t i = 0; i < pooled.parts.size(); ++i) {
    const PooledPart& part = pooled.parts[i];
    const std::string number = std::to_string(i + 1);
    EXPECT_TRUE(near(part.weight, metafor().of(name + ".weight." + number), 1e-7)) << name << number;
    EXPECT_TRUE(near(part.left_out.value, metafor().of(name + ".out." + number + ".mean"), 1e-4)) << name << number;
    EXPECT_TRUE(near(part.left_out.se, metafor().of(name + ".out." + number + ".se"), 1e-4)) << name << number;
    EXPECT_NEAR(part.tau2, metafor().of(name + ".out." + number + ".tau2"), 1e-4) << name << number;
    EXPECT_TRUE(near(part.shrunken, metafor().of(name + ".blup." + number), 1e-7)) << name << number;
    EXPECT_TRUE(near(part.shrunken_se, metafor().of(name + ".blup." + number + ".se"), 1e-7)) << name << number;
  }
}

struct Named {
  TauMethod method;
  const char* name;
};
constexpr Named kMethods[] = {{TauMethod::reml, "REML"},
                              {TauMethod::dersimonian_laird, "DL"},
                              {TauMethod::paule_mandel, "PM"},
                              {TauMethod::common, "EE"}};

TEST(Pool, ReproducesTheTrialsOfBcg) {
  for (const Named& row : kMethods) {
    for (const PoolTest test : {PoolTest::knapp_hartung, PoolTest::normal}) {
      const std::string name = std::string("bcg.") + row.name + (test == PoolTest::normal ? ".z" : ".knha");
      const Pooled pooled = pool(bcg(), {row.method, test, PredictionDf::of_estimate});
      ASSERT_EQ(pooled.reason, Undefined::none);
      expect_mean(name, pooled, 1e-8);
      expect_heterogeneity(name, pooled, 1e-8);
      if (row.method != TauMethod::common) expect_intervals(name, pooled, 1e-7);
      if (row.method != TauMethod::reml) continue;
      expect_parts(name, pooled);
      EXPECT_TRUE(near(pooled.log_likelihood, metafor().of(name + ".loglik")));
    }
  }
}

TEST(Pool, ReadsTheTablesOfBcgAsMetaforDoes) {
  const auto inputs = bcg();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    EXPECT_TRUE(near(inputs[i].estimate, metafor().of("bcg.y." + std::to_string(i + 1)), 1e-12));
    EXPECT_TRUE(near(inputs[i].se * inputs[i].se, metafor().of("bcg.v." + std::to_string(i + 1)), 1e-12));
  }
}

const std::vector<PooledInput> kSame = {{0.10, std::sqrt(0.02)},
                                        {0.12, std::sqrt(0.03)},
                                        {0.08, std::sqrt(0.01)},
                                        {0.11, std::sqrt(0.05)},
                                        {0.09, std::sqrt(0.04)}};

TEST(Pool, OfHomogeneousEstimatesHasNoVarianceBetween) {
  const Pooled pooled = pool(kSame, {TauMethod::reml, PoolTest::knapp_hartung, PredictionDf::of_estimate});
  EXPECT_EQ(pooled.tau2.value, 0);
  expect_mean("same.REML.knha", pooled, 1e-9);
  expect_heterogeneity("same.REML.knha", pooled, 1e-9);
  EXPECT_EQ(pooled.tau2.lo, 0);
  for (TauMethod method : {TauMethod::dersimonian_laird, TauMethod::paule_mandel}) {
    EXPECT_EQ(pool(kSame, {method}).tau2.value, 0);
    EXPECT_TRUE(near(pool(kSame, {method}).mean.value, pooled.mean.value, 1e-14));
  }
}

TEST(Pool, OfFewIsWideAndPredictsByTwoDegreesLess) {
  const std::vector<PooledInput> three = {{0.1, 0.2}, {0.9, 0.1}, {-0.4, 0.3}};
  const Pooled pooled = pool(three, {TauMethod::reml, PoolTest::knapp_hartung, PredictionDf::of_estimate});
  expect_mean("three.REML.knha", pooled, 1e-8);
  expect_heterogeneity("three.REML.knha", pooled, 1e-8);
  expect_intervals("three.REML.knha", pooled, 1e-7);
  expect_parts("three.REML.knha", pooled);
  const Pooled higgins = pool(three);
  EXPECT_EQ(higgins.prediction.df, 1);
  EXPECT_NEAR((higgins.prediction.hi - higgins.prediction.value) / (pooled.prediction.hi - pooled.prediction.value),
              12.706204736174698 / 4.302652729911275, 1e-9);
}

TEST(Pool, OfTwoHasNoPredictionAndNothingToLeaveOut) {
  const Pooled pooled = pool({{0.1, 0.2}, {0.9, 0.1}});
  expect_mean("two.REML.knha", pooled, 1e-8);
  expect_heterogeneity("two.REML.knha", pooled, 1e-8);
  expect_undefined(pooled.prediction, Undefined::too_few);
  expect_undefined(pooled.parts[0].left_out, Undefined::too_few);
}

// ---------------------------------------------------------------- closed forms and identities

TEST(Pool, WithEqualErrorsIsTheMeanWithStudentsInterval) {
  // Equal s: REML gives τ² = S² − s², and Knapp and Hartung's interval is Student's of the estimates.
  const std::vector<double> y = {1.0, 2.5, 4.0, 0.5, 3.0};
  std::vector<PooledInput> inputs;
  for (double value : y) inputs.push_back({value, 0.4});
  const Sample sample = test::sample_of(y);
  const Estimate student = student_mean(sample.n, sample.mean, sample.variance);
  for (const Named& row : {kMethods[0], kMethods[1], kMethods[2]}) {
    const Pooled pooled = pool(inputs, {row.method});
    EXPECT_TRUE(near(pooled.tau2.value, sample.variance - 0.16, 1e-9)) << row.name;
    EXPECT_TRUE(near(pooled.mean.value, student.value, 1e-12)) << row.name;
    EXPECT_TRUE(near(pooled.mean.se, student.se, 1e-12)) << row.name;
    EXPECT_TRUE(near(pooled.mean.lo, student.lo, 1e-9)) << row.name;
  }
}

TEST(Pool, FollowsShiftAndScaleFarFromZero) {
  const Pooled plain = pool(bcg());
  std::vector<PooledInput> moved = bcg();
  for (PooledInput& input : moved) input = {1e6 + 1000 * input.estimate, 1000 * input.se};
  const Pooled pooled = pool(moved);
  EXPECT_TRUE(near(pooled.mean.value - 1e6, 1000 * plain.mean.value, 1e-9));
  EXPECT_TRUE(near(pooled.tau2.value, 1e6 * plain.tau2.value, 1e-8));
  EXPECT_TRUE(near(pooled.mean.se, 1000 * plain.mean.se, 1e-8));
}

TEST(Pool, GivesTheSameForAnyOrder) {
  std::vector<PooledInput> turned = bcg();
  std::reverse(turned.begin(), turned.end());
  EXPECT_TRUE(near(pool(turned).mean.value, pool(bcg()).mean.value, 1e-12));
  EXPECT_TRUE(near(pool(turned).parts[0].weight, pool(bcg()).parts[12].weight, 1e-9));
}

// ---------------------------------------------------------------- degenerate input

TEST(Pool, OfNothingOrOneIsUndefined) {
  EXPECT_EQ(pool({}).reason, Undefined::no_data);
  EXPECT_EQ(pool({{1, 0.5}}).reason, Undefined::too_few);
  expect_undefined(pool({{1, 0.5}}).mean, Undefined::too_few);
  for (double se : {0.0, -1.0, kNaN, std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(pool({{1, 0.5}, {2, se}}).reason, Undefined::no_data) << se;
  }
  EXPECT_EQ(pool({{kNaN, 0.5}, {2, 1}}).reason, Undefined::no_data);
}

TEST(Pool, OfEqualEstimatesHasNoKnappHartungInterval) {
  const Pooled pooled = pool({{1, 0.5}, {1, 0.7}, {1, 0.2}});
  EXPECT_EQ(pooled.reason, Undefined::none);
  EXPECT_TRUE(near(pooled.mean.value, 1, 1e-15));
  EXPECT_FALSE(pooled.mean.has_interval());
  EXPECT_EQ(pooled.prediction.reason, Undefined::no_variation);
  EXPECT_TRUE(pool({{1, 0.5}, {1, 0.7}, {1, 0.2}}, {TauMethod::reml, PoolTest::normal}).mean.has_interval());
}

TEST(Pool, TakesVeryUnequalErrors) {
  const Pooled pooled = pool({{0.3, 1e-6}, {0.5, 1e3}, {-0.2, 0.1}});
  EXPECT_EQ(pooled.reason, Undefined::none);
  EXPECT_TRUE(std::isfinite(pooled.mean.lo) && std::isfinite(pooled.tau2.hi));
}

}  // namespace
}  // namespace kaskad::stats
