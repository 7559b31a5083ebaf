// Mixed models against their definition (the normal density of all rows with the full n × n covariance), closed forms
// of balanced data, identities, and degenerate input.
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/stats/mixed.hpp"
#include "tests/stats_mixed_fixtures.hpp"

namespace kaskad::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using test::Columns;
using test::expect_undefined;
using test::mixed_data;
using test::near;
using test::with_slope;

constexpr double kTwoPi = 6.283185307179586;

/// Unequal groups (two of one row), two covariates, of which one differs between groups only.
struct Made {
  std::vector<double> y, x, w, group;
};

Made made(std::uint64_t seed, double intercept_sd, double slope_sd) {
  RandomStream random(seed, 1);
  Made m;
  for (int g = 0; g < 20; ++g) {
    const double a = intercept_sd * random.normal();
    const double b = slope_sd * random.normal() + 0.1 * a * slope_sd;
    const double level = random.normal();
    const int size = g < 2 ? 1 : 4 + static_cast<int>(random.below(6));
    for (int i = 0; i < size; ++i) {
      const double x = 3 + random.normal();
      m.x.push_back(x);
      m.w.push_back(level);
      m.group.push_back(g);
      m.y.push_back(40 + 2 * x - level + a + b * x + 1.5 * random.normal());
    }
  }
  return m;
}

MixedData made_data(const Made& m, bool slope) {
  MixedData data = mixed_data(m.y, {m.x, m.w}, m.group);
  if (slope) data.slope = m.x;
  return data;
}

// ---------------------------------------------------------------- the definition, densely

/// Parameters: SD of intercepts, SD of slopes, correlation, σ.
using Parameters = std::array<double, 4>;

struct Dense {
  MatrixXd x, v;
  VectorXd y, beta;
  MatrixXd covariance;  ///< Of β.
  double deviance = 0;
};

MatrixXd full_covariance(const MixedData& data, const Parameters& p) {
  const Index n = static_cast<Index>(data.outcome.size());
  MatrixXd v = MatrixXd::Identity(n, n) * p[3] * p[3];
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      const std::size_t a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
      if (data.group[a] != data.group[b]) continue;
      v(i, j) += p[0] * p[0];
      if (data.slope.empty()) continue;
      const double za = data.slope[a], zb = data.slope[b];
      v(i, j) += p[2] * p[0] * p[1] * (za + zb) + p[1] * p[1] * za * zb;
    }
  }
  return v;
}

double log_determinant(const MatrixXd& m) {
  return 2 * Eigen::LLT<MatrixXd>(m).matrixLLT().diagonal().array().log().sum();
}

Dense dense(const MixedData& data, const Parameters& parameters, Likelihood method) {
  Dense d;
  const Index n = static_cast<Index>(data.x.rows), p = static_cast<Index>(data.x.columns);
  d.x = Eigen::Map<const MatrixXd>(data.x.values.data(), n, p);
  d.y = Eigen::Map<const VectorXd>(data.outcome.data(), n);
  d.v = full_covariance(data, parameters);
  const MatrixXd inverse = d.v.inverse();
  const MatrixXd information = d.x.transpose() * inverse * d.x;
  d.covariance = information.inverse();
  d.beta = d.covariance * d.x.transpose() * inverse * d.y;
  const VectorXd r = d.y - d.x * d.beta;
  d.deviance = log_determinant(d.v) + r.dot(inverse * r);
  if (method == Likelihood::ml) {
    d.deviance += static_cast<double>(n) * std::log(kTwoPi);
  } else {
    d.deviance += static_cast<double>(n - p) * std::log(kTwoPi) + log_determinant(information);
  }
  return d;
}

Parameters parameters_of(const MixedFit& fit) {
  const VarianceComponents& c = fit.components;
  return {c.intercept.value, c.slope.defined() ? c.slope.value : 0, c.correlation.defined() ? c.correlation.value : 0,
          c.residual.value};
}

std::vector<std::size_t> free_parameters(bool slope) {
  return slope ? std::vector<std::size_t>{0, 1, 2, 3} : std::vector<std::size_t>{0, 3};
}

/// The deviance rises in every direction from the fit, so nothing lower is near.
void expect_least(const MixedData& data, const MixedFit& fit) {
  const Parameters at = parameters_of(fit);
  for (std::size_t k : free_parameters(!data.slope.empty())) {
    for (double step : {-1e-3, 1e-3}) {
      Parameters moved = at;
      moved[k] *= 1 + step;
      EXPECT_GT(dense(data, moved, fit.method).deviance, fit.deviance) << k;
    }
    Parameters up = at, down = at;
    up[k] *= 1 + 1e-4;
    down[k] *= 1 - 1e-4;
    const double slope = dense(data, up, fit.method).deviance - dense(data, down, fit.method).deviance;
    EXPECT_NEAR(slope, 0, 1e-7) << k;
  }
}

void expect_definition(const MixedData& data, Likelihood method) {
  const MixedFit fit = fit_mixed(data, {method}).fit;
  ASSERT_EQ(fit.reason, Undefined::none);
  ASSERT_FALSE(fit.singular_fit);
  const Dense d = dense(data, parameters_of(fit), method);
  EXPECT_TRUE(near(fit.deviance, d.deviance, 1e-11));
  for (Index j = 0; j < d.beta.size(); ++j) {
    const Estimate& e = fit.terms[static_cast<std::size_t>(j)].estimate;
    EXPECT_TRUE(near(e.value, d.beta(j), 1e-9)) << j;
    EXPECT_TRUE(near(e.se, std::sqrt(d.covariance(j, j)), 1e-9)) << j;
    EXPECT_TRUE(near(fit.covariance(0, static_cast<std::size_t>(j)), d.covariance(0, j), 1e-8)) << j;
  }
  expect_least(data, fit);
}

TEST(MixedModel, HasTheDensityOfItsDefinition) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    for (Likelihood method : {Likelihood::ml, Likelihood::reml}) {
      expect_definition(made_data(made(seed, 3, 0), false), method);
      expect_definition(made_data(made(seed, 3, 2), true), method);
    }
  }
}

/// Satterthwaite's df by numerical derivatives of the dense deviance.
double dense_df(const MixedData& data, const MixedFit& fit, Index term) {
  const std::vector<std::size_t> which = free_parameters(!data.slope.empty());
  const Index k = static_cast<Index>(which.size());
  const Parameters at = parameters_of(fit);
  const auto moved = [&](Index i, double a, Index j, double b) {
    Parameters p = at;
    p[which[static_cast<std::size_t>(i)]] += a * 1e-3;
    p[which[static_cast<std::size_t>(j)]] += b * 1e-3;
    return dense(data, p, fit.method);
  };
  MatrixXd hessian(k, k);
  VectorXd slope(k);
  for (Index i = 0; i < k; ++i) {
    slope(i) = (moved(i, 1, i, 0).covariance(term, term) - moved(i, -1, i, 0).covariance(term, term)) / 2e-3;
    for (Index j = 0; j < k; ++j) {
      hessian(i, j) = (moved(i, 1, j, 1).deviance - moved(i, 1, j, -1).deviance - moved(i, -1, j, 1).deviance +
                       moved(i, -1, j, -1).deviance) /
                      4e-6;
    }
  }
  const double v = dense(data, at, fit.method).covariance(term, term);
  return 2 * v * v / slope.dot(2 * hessian.inverse() * slope);
}

TEST(MixedModel, HasSatterthwaitesDegreesOfFreedom) {
  for (bool slope : {false, true}) {
    const MixedData data = made_data(made(2, 3, slope ? 2 : 0), slope);
    const MixedFit fit = fit_mixed(data).fit;
    for (Index j = 0; j < 3; ++j) {
      EXPECT_TRUE(near(fit.terms[static_cast<std::size_t>(j)].estimate.df, dense_df(data, fit, j), 1e-4)) << j;
    }
  }
}

/// Least dense deviance over σ with the SD of intercepts given, by thirds of the interval.
double least_over_sigma(const MixedData& data, double intercept, Likelihood method) {
  const auto at = [&](double sigma) { return dense(data, {intercept, 0, 0, sigma}, method).deviance; };
  double lo = 0.3, hi = 6;
  while (hi - lo > 1e-5) {
    const double third = (hi - lo) / 3;
    if (at(lo + third) < at(hi - third)) {
      hi -= third;
    } else {
      lo += third;
    }
  }
  return at(lo);
}

TEST(MixedModel, HasProfileLimitsOfTheDefinition) {
  const MixedData data = made_data(made(3, 3, 0), false);
  for (Likelihood method : {Likelihood::ml, Likelihood::reml}) {
    const MixedFit fit = fit_mixed(data, {method}).fit;
    for (double limit : {fit.components.intercept.lo, fit.components.intercept.hi}) {
      EXPECT_NEAR(least_over_sigma(data, limit, method) - fit.deviance, 3.841458820694124, 1e-7);
    }
  }
}

TEST(MixedModel, PredictsEffectsByTheDefinition) {
  const MixedData data = made_data(made(2, 3, 2), true);
  const MixedResult result = fit_mixed(data);
  const Parameters p = parameters_of(result.fit);
  const Dense d = dense(data, p, Likelihood::reml);
  const MatrixXd inverse = d.v.inverse();
  const MatrixXd projector = inverse - inverse * d.x * d.covariance * d.x.transpose() * inverse;
  const double covariance = p[0] * p[1] * p[2];
  for (const GroupEffects& e : result.effects) {
    MatrixXd c(2, d.y.size());  // Cov(b_g, y).
    for (Index i = 0; i < d.y.size(); ++i) {
      const std::size_t row = static_cast<std::size_t>(i);
      const bool in = data.group[row] == e.group;
      c(0, i) = in ? p[0] * p[0] + covariance * data.slope[row] : 0;
      c(1, i) = in ? covariance + p[1] * p[1] * data.slope[row] : 0;
    }
    const VectorXd b = c * inverse * (d.y - d.x * d.beta);
    const MatrixXd known = c * inverse * c.transpose();
    const MatrixXd estimated = c * projector * c.transpose();
    EXPECT_TRUE(near(e.intercept.value, b(0), 1e-8));
    EXPECT_TRUE(near(e.slope.value, b(1), 1e-8));
    EXPECT_TRUE(near(e.intercept.se, std::sqrt(p[0] * p[0] - known(0, 0)), 1e-8));
    EXPECT_TRUE(near(e.slope.se, std::sqrt(p[1] * p[1] - known(1, 1)), 1e-8));
    EXPECT_TRUE(near(e.intercept.comparative_se, std::sqrt(p[0] * p[0] - estimated(0, 0)), 1e-8));
    EXPECT_TRUE(near(e.intercept.diagnostic_se, std::sqrt(estimated(0, 0)), 1e-7));
    EXPECT_TRUE(near(e.slope.shrinkage, known(1, 1) / (p[1] * p[1]), 1e-7));
  }
}

// ---------------------------------------------------------------- balanced data, closed forms

TEST(MixedModel, OfBalancedGroupsIsTheAnalysisOfVariance) {
  const std::vector<std::vector<double>> groups = {
      {3, 5, 4, 6}, {9, 8, 11, 8}, {4, 2, 5, 5}, {7, 6, 9, 10}, {1, 4, 3, 2}};
  const double a = 5, m = 4;
  std::vector<double> y, g;
  double grand = 0, within = 0, between = 0;
  for (const auto& group : groups) {
    for (double value : group) {
      y.push_back(value);
      g.push_back(static_cast<double>(&group - groups.data()));
      grand += value / (a * m);
    }
  }
  for (const auto& group : groups) {
    const Sample s = test::sample_of(group);
    within += s.variance * (m - 1);
    between += m * (s.mean - grand) * (s.mean - grand);
  }
  const double msw = within / (a * (m - 1)), msb = between / (a - 1);
  const MixedResult reml = fit_mixed(mixed_data(y, {}, g));
  EXPECT_TRUE(near(reml.fit.components.residual.value, std::sqrt(msw), 1e-12));
  EXPECT_TRUE(near(reml.fit.components.intercept.value, std::sqrt((msb - msw) / m), 1e-12));
  const Estimate& mean = reml.fit.terms[0].estimate;
  EXPECT_TRUE(near(mean.value, grand, 1e-13));
  EXPECT_TRUE(near(mean.se, std::sqrt(msb / (a * m)), 1e-12));
  EXPECT_TRUE(near(mean.df, a - 1, 1e-9));
  EXPECT_TRUE(near(reml.fit.icc.value, (msb - msw) / (msb + (m - 1) * msw), 1e-12));
  // Shrinkage n/(n + σ²/SD²) of the group's mean.
  const double shrinkage = m / (m + msw / ((msb - msw) / m));
  EXPECT_TRUE(near(reml.effects[1].intercept.shrinkage, shrinkage, 1e-12));
  EXPECT_TRUE(near(reml.effects[1].intercept.value, shrinkage * (9 - grand), 1e-11));
  const MixedFit ml = fit_mixed(mixed_data(y, {}, g), {Likelihood::ml}).fit;
  EXPECT_TRUE(near(ml.components.residual.value, std::sqrt(msw), 1e-12));
  EXPECT_TRUE(near(ml.components.intercept.value, std::sqrt((msb * (1 - 1 / a) - msw) / m), 1e-12));
}

TEST(MixedModel, OfPairsIsThePairedTest) {
  // Two rows a group, one of each treatment: the effect is the mean difference, its df pairs − 1.
  const std::vector<double> before = {10, 14, 9, 20, 13, 17}, after = {12, 15, 14, 21, 16, 22};
  std::vector<double> y, t, g, differences;
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (double time : {0.0, 1.0}) {
      y.push_back(time == 0 ? before[i] : after[i]);
      t.push_back(time);
      g.push_back(static_cast<double>(i));
    }
    differences.push_back(after[i] - before[i]);
  }
  const Sample s = test::sample_of(differences);
  const Estimate effect = fit_mixed(mixed_data(y, {t}, g)).fit.terms[1].estimate;
  EXPECT_TRUE(near(effect.value, s.mean, 1e-12));
  EXPECT_TRUE(near(effect.se, std::sqrt(s.variance / 6), 1e-10));
  EXPECT_TRUE(near(effect.df, 5, 1e-8));
}

TEST(MixedModel, WithZeroVarianceIsLeastSquares) {
  // Groups with equal means: nothing between them.
  const std::vector<double> y = {1, 3, 2, 2, 3, 1, 0, 4, 2}, g = {0, 0, 0, 1, 1, 1, 2, 2, 2};
  const MixedData data = mixed_data(y, {}, g);
  const MixedFit fit = fit_mixed(data).fit;
  EXPECT_TRUE(fit.singular_fit);
  EXPECT_EQ(fit.components.intercept.value, 0);
  EXPECT_TRUE(near(fit.components.residual.value, std::sqrt(test::sample_of(y).variance), 1e-12));
  EXPECT_TRUE(near(fit.terms[0].estimate.df, 8, 1e-9));
  EXPECT_TRUE(near(fit.deviance, fit_fixed_only(data, Likelihood::reml).deviance, 1e-12));
}

// ---------------------------------------------------------------- identities

void expect_same(const MixedFit& a, const MixedFit& b, double tolerance) {
  ASSERT_EQ(a.terms.size(), b.terms.size());
  for (std::size_t j = 0; j < a.terms.size(); ++j) {
    EXPECT_TRUE(near(a.terms[j].estimate.value, b.terms[j].estimate.value, tolerance)) << j;
    EXPECT_TRUE(near(a.terms[j].estimate.se, b.terms[j].estimate.se, tolerance)) << j;
    EXPECT_TRUE(near(a.terms[j].estimate.df, b.terms[j].estimate.df, 1e-5)) << j;
  }
  EXPECT_TRUE(near(a.deviance, b.deviance, tolerance));
  EXPECT_TRUE(near(a.components.intercept.value, b.components.intercept.value, tolerance));
  EXPECT_TRUE(near(a.components.residual.hi, b.components.residual.hi, 1e-7));
  EXPECT_EQ(a.n, b.n);
  EXPECT_EQ(a.groups, b.groups);
}

TEST(MixedModel, OfCellsIsThatOfPupils) {
  Made m = made(5, 3, 1);
  for (double& x : m.x) x = std::round(x);
  const MixedData pupils = made_data(m, true);
  std::map<std::array<double, 3>, std::vector<double>> cells;
  for (std::size_t i = 0; i < m.y.size(); ++i) cells[{m.group[i], m.x[i], m.w[i]}].push_back(m.y[i]);
  Made c;
  std::vector<double> sizes, squares;
  for (const auto& [key, values] : cells) {
    const Sample s = test::sample_of(values);
    c.group.push_back(key[0]);
    c.x.push_back(key[1]);
    c.w.push_back(key[2]);
    c.y.push_back(s.mean);
    sizes.push_back(static_cast<double>(s.n));
    squares.push_back(s.n > 1 ? s.variance * static_cast<double>(s.n - 1) : 0);
  }
  ASSERT_LT(c.y.size(), m.y.size());
  MixedData counted = made_data(c, true);
  counted.pupils = sizes;
  counted.squares = squares;
  expect_same(fit_mixed(counted).fit, fit_mixed(pupils).fit, 1e-9);
}

TEST(MixedModel, GivesTheSameForAnyOrderOfRowsAndNumbersOfGroups) {
  const Made m = made(4, 3, 2);
  Made turned = m;
  for (auto* values : {&turned.y, &turned.x, &turned.w, &turned.group}) std::reverse(values->begin(), values->end());
  for (double& g : turned.group) g = 100 - 3 * g;
  expect_same(fit_mixed(made_data(turned, true)).fit, fit_mixed(made_data(m, true)).fit, 1e-9);
}

TEST(MixedModel, KeepsItsDigitsFarFromZero) {
  const Made m = made(4, 3, 2);
  Made far = m;
  for (double& y : far.y) y = 1e7 + 10 * y;
  for (double& x : far.x) x += 2000;
  const MixedFit plain = fit_mixed(made_data(m, true)).fit;
  const MixedFit moved = fit_mixed(made_data(far, true)).fit;
  EXPECT_TRUE(near(moved.components.slope.value, 10 * plain.components.slope.value, 1e-7));
  EXPECT_TRUE(near(moved.components.residual.value, 10 * plain.components.residual.value, 1e-8));
  EXPECT_TRUE(near(moved.terms[1].estimate.value, 10 * plain.terms[1].estimate.value, 1e-7));
  EXPECT_TRUE(near(moved.terms[1].estimate.se, 10 * plain.terms[1].estimate.se, 1e-7));
}

TEST(MixedModel, DropsDependentTermsAsRDoes) {
  const Made m = made(4, 3, 0);
  std::vector<double> twice, sum;
  for (std::size_t i = 0; i < m.x.size(); ++i) {
    twice.push_back(2 * m.x[i] - 1);
    sum.push_back(m.x[i] + m.w[i]);
  }
  const MixedFit fit = fit_mixed(mixed_data(m.y, {m.x, twice, m.w, sum}, m.group)).fit;
  EXPECT_EQ(fit.dropped, (std::vector<std::size_t>{2, 4}));
  const MixedFit plain = fit_mixed(mixed_data(m.y, {m.x, m.w}, m.group)).fit;
  EXPECT_TRUE(near(fit.terms[3].estimate.value, plain.terms[2].estimate.value, 1e-10));
  EXPECT_TRUE(near(fit.deviance, plain.deviance, 1e-12));
  expect_undefined(fit.terms[2].estimate, Undefined::singular);
}

TEST(MixedModel, SplitsTheVariance) {
  const MixedFit fit = fit_mixed(made_data(made(2, 3, 2), true)).fit;
  EXPECT_NEAR(fit.shares.fixed + fit.shares.groups + fit.shares.residual, 1, 1e-14);
  EXPECT_NEAR(fit.r2_conditional, fit.shares.fixed + fit.shares.groups, 1e-14);
  EXPECT_NEAR(fit.icc.value, fit.shares.groups / (fit.shares.groups + fit.shares.residual), 1e-14);
}

TEST(MixedModel, MayLackFixedTerms) {
  const Made m = made(4, 3, 0);
  MixedData data = mixed_data(m.y, {}, m.group);
  data.x = Matrix(m.y.size(), 0);
  const MixedFit fit = fit_mixed(data).fit;
  EXPECT_EQ(fit.reason, Undefined::none);
  EXPECT_TRUE(near(fit.deviance, dense(data, parameters_of(fit), Likelihood::ml).deviance, 1e-11));
}

// ---------------------------------------------------------------- nested models

TEST(LikelihoodRatioTest, MixesTheTailsOfVarianceComponents) {
  EXPECT_NEAR(likelihood_ratio(103.841458820694, 3, 100, 4, Nested::fixed_terms).p, 0.05, 1e-12);
  EXPECT_NEAR(likelihood_ratio(103.841458820694, 3, 100, 4, Nested::random_intercept).p, 0.025, 1e-12);
  // ½·P(χ²(1) ≥ 3.84…) + ½·P(χ²(2) ≥ 3.84…) = ½·0.05 + ½·e^(−1.92…).
  EXPECT_NEAR(likelihood_ratio(103.841458820694, 4, 100, 6, Nested::random_slope).p,
              0.025 + std::exp(-3.841458820694 / 2) / 2, 1e-12);
  EXPECT_EQ(likelihood_ratio(100, 3, 100, 4, Nested::random_intercept).p, 1);
  EXPECT_EQ(likelihood_ratio(100, 3, 100 + 1e-9, 4, Nested::random_intercept).statistic, 0);
  EXPECT_EQ(likelihood_ratio(kNaN, 3, 100, 4, Nested::fixed_terms).reason, Undefined::no_data);
  EXPECT_EQ(likelihood_ratio(110, 4, 100, 4, Nested::fixed_terms).reason, Undefined::singular);
}

// ---------------------------------------------------------------- degenerate input

Undefined reason_of(const MixedData& data) {
  const MixedResult result = fit_mixed(data);
  for (const MixedTerm& term : result.fit.terms) {
    if (result.fit.reason != Undefined::none) expect_undefined(term.estimate, result.fit.reason);
  }
  EXPECT_EQ(result.effects.empty(), result.fit.reason != Undefined::none);
  return result.fit.reason;
}

TEST(MixedModel, SaysWhyThereIsNone) {
  const std::vector<double> y = {1, 3, 2, 5, 4, 6}, g = {0, 0, 0, 1, 1, 1}, x = {1, 2, 3, 1, 2, 4};
  const std::vector<double> zero(6, 0), own = {0, 1, 2, 3, 4, 5};
  EXPECT_EQ(reason_of(mixed_data({}, {}, {})), Undefined::no_data);
  EXPECT_EQ(reason_of(mixed_data(y, {x}, zero)), Undefined::too_few_clusters);
  EXPECT_EQ(reason_of(mixed_data(y, {x}, own)), Undefined::singular);
  EXPECT_EQ(reason_of(mixed_data(std::vector<double>(6, 7.1), {x}, g)), Undefined::no_variation);
  EXPECT_EQ(reason_of(mixed_data(x, {x}, g)), Undefined::no_variation);
  EXPECT_EQ(reason_of(mixed_data(g, {}, g)), Undefined::no_variation);
  EXPECT_EQ(reason_of(mixed_data(y, {g}, g)), Undefined::singular);
  EXPECT_EQ(reason_of(with_slope(mixed_data(y, {x}, g), std::vector<double>(6, 2))), Undefined::singular);
  EXPECT_EQ(reason_of(mixed_data({1, 2, 3}, {{1, 4, 2}, {0, 3, 5}}, {0, 0, 1})), Undefined::too_few);
  for (double bad : {kNaN, std::numeric_limits<double>::infinity()}) {
    std::vector<double> broken = y;
    broken[2] = bad;
    EXPECT_EQ(reason_of(mixed_data(broken, {x}, g)), Undefined::no_data);
    EXPECT_EQ(reason_of(mixed_data(y, {broken}, g)), Undefined::no_data);
  }
}

TEST(MixedModel, PassesOverRowsThatCountForNothing) {
  const std::vector<double> y = {1, 3, 2, 5, 4, 6, 99}, g = {0, 0, 0, 1, 1, 1, 2};
  MixedData data = mixed_data(y, {}, g);
  data.pupils = {1, 1, 1, 1, 1, 1, 0};
  const MixedResult result = fit_mixed(data);
  EXPECT_EQ(result.fit.n, 6);
  EXPECT_EQ(result.fit.groups, 2);
  EXPECT_EQ(result.effects.size(), 2u);
  data.pupils.assign(7, 0);
  EXPECT_EQ(reason_of(data), Undefined::no_data);
}

TEST(MixedModel, EndsOnNearlyPerfectGroups) {
  // Nearly all variance between groups: a relative SD of about 1 000.
  RandomStream random(3, 3);
  std::vector<double> y, g;
  for (int group = 0; group < 8; ++group) {
    const double level = 1000 * random.normal();
    for (int i = 0; i < 5; ++i) {
      y.push_back(level + random.normal());
      g.push_back(group);
    }
  }
  const MixedFit fit = fit_mixed(mixed_data(y, {}, g)).fit;
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_GT(fit.icc.value, 1 - 1e-4);
  EXPECT_GT(fit.components.intercept.lo, 100);
  EXPECT_LT(fit.components.intercept.hi, 10000);
}

}  // namespace
}  // namespace kaskad::stats
