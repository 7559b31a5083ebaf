// Shrinkage of shares and means, the beta distribution, the first component, random weights.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/stats/beta.hpp"
#include "engine/stats/dirichlet.hpp"
#include "engine/stats/inequality.hpp"
#include "engine/stats/principal.hpp"
#include "engine/stats/shrinkage.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;
using test::Table;

TEST(Beta, AgreesWithR) {
  EXPECT_TRUE(near(beta_upper_p(0.3, 6.5, 14.5), 0.51331138444088942, 1e-12));  // pbeta(.3, 6.5, 14.5, lower = FALSE)
  EXPECT_TRUE(near(beta_quantile(0.025, 6.5, 14.5), 0.13611622658719047, 1e-10));  // qbeta(.025, 6.5, 14.5)
  EXPECT_TRUE(near(beta_quantile(0.975, 6.5, 14.5), 0.51722824856697214, 1e-10));
  EXPECT_EQ(beta_upper_p(0, 2, 3), 1);
  EXPECT_EQ(beta_upper_p(1, 2, 3), 0);
  EXPECT_TRUE(std::isnan(beta_upper_p(0.5, 0, 1)));
}

std::vector<CountedShare> ten_schools() {
  return {{3, 10}, {5, 12}, {0, 8}, {12, 40}, {7, 11}, {2, 15}, {9, 20}, {1, 13}, {4, 4}, {30, 60}};
}

/// R 4.2.2: 50 Newton steps by hand on Σ[lbeta(k + a, n − k + b) − lbeta(a, b)] with digamma and trigamma.
TEST(BetaPrior, IsTheMaximumThatRFinds) {
  const PriorFit fit = fit_beta_prior(ten_schools());
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_TRUE(near(fit.prior.a, 1.9661195208499644, 1e-9));
  EXPECT_TRUE(near(fit.prior.b, 3.4665331898591480, 1e-9));
  EXPECT_TRUE(near(fit.log_likelihood, -124.26883624027317, 1e-12));
  EXPECT_EQ(fit.schools, 10);
  EXPECT_EQ(fit.pupils, 193);
}

TEST(BetaPrior, SchoolsThatDifferByChanceAloneHaveNone) {
  EXPECT_EQ(fit_beta_prior({{3, 10}, {3, 10}, {3, 10}}).reason, Undefined::no_variation);
  EXPECT_EQ(fit_beta_prior({{0, 10}, {0, 20}}).reason, Undefined::no_variation);
  EXPECT_EQ(fit_beta_prior({{1, 1}, {0, 1}, {1, 1}}).reason, Undefined::no_variation);
  EXPECT_EQ(fit_beta_prior({{3, 10}}).reason, Undefined::too_few);
  EXPECT_EQ(fit_beta_prior({{0, 0}}).reason, Undefined::no_data);
}

/// The posterior mean lies between the school's share and the prior's mean, nearer to its own the more pupils it has.
TEST(PosteriorShare, IsDrawnTowardsTheRegionTheMoreTheFewerPupils) {
  const BetaPrior prior{2, 8};
  const Estimate small = posterior_share({5, 10}, prior), large = posterior_share({500, 1000}, prior);
  EXPECT_TRUE(near(small.value, 7.0 / 20, 1e-14));
  EXPECT_TRUE(near(large.value, 502.0 / 1010, 1e-14));
  EXPECT_TRUE(near(small.se, std::sqrt(0.35 * 0.65 / 21), 1e-14));
  EXPECT_LT(small.lo, small.value);
  EXPECT_FALSE(posterior_share({0, 0}, prior).defined());
}

/// R 4.2.2, lme4 1.1-31: lmer(normexam ~ 1 + (1 | school), Exam), REML.
TEST(ShrunkenMeans, AreTheConditionalMeansOfLme4) {
  const Table table("fixtures/stats/exam.csv");
  const auto school = table.numbers("school");
  const auto score = table.numbers("normexam");
  std::map<int, std::vector<double>> by_school;
  for (std::size_t i = 0; i < table.size(); ++i) by_school[static_cast<int>(school[i])].push_back(score[i]);
  std::vector<CountedMean> means;
  std::map<int, std::size_t> place;
  for (const auto& [id, values] : by_school) {
    CountedMean m{static_cast<std::int64_t>(values.size()), 0, 0};
    for (const double v : values) m.mean += v / static_cast<double>(values.size());
    for (const double v : values) m.squares += (v - m.mean) * (v - m.mean);
    place[id] = means.size();
    means.push_back(m);
  }
  means.push_back({0, 0, 0});
  const ShrunkenMeans found = shrink_means(means);
  ASSERT_EQ(found.reason, Undefined::none);
  EXPECT_TRUE(near(found.centre.value, -0.013252133862350354, 1e-5));
  EXPECT_TRUE(near(found.between, 0.41424576323769990, 1e-5));
  EXPECT_TRUE(near(found.within, 0.92073757117966626, 1e-6));
  EXPECT_TRUE(near(found.schools[place.at(53)].shrunken.value, 0.93651741578588932, 1e-5));
  EXPECT_TRUE(near(found.schools[place.at(48)].shrunken.value, -0.12882102348021099, 1e-5));
  EXPECT_TRUE(near(found.schools[place.at(59)].shrunken.value, -0.95056327452816947, 1e-5));
  // n/(n + σ²/τ²) for the two pupils of school 48
  EXPECT_TRUE(near(found.schools[place.at(48)].own, 2 / (2 + 0.84775767498183097 / 0.17159955236038452), 1e-4));
  EXPECT_FALSE(found.schools.back().shrunken.defined());
}

/// R 4.2.2: prcomp(data.frame(a = c(1, 2, 3, 4, 5.5), b = c(2, 1, 4, 3, 6), c = c(5, 3, 4, 1, 1)), scale. = TRUE).
TEST(FirstComponent, AgreesWithR) {
  Matrix m(5, 3);
  m.values = {1, 2, 3, 4, 5.5, 2, 1, 4, 3, 6, 5, 3, 4, 1, 1};
  const PrincipalComponent found = first_component(m);
  ASSERT_EQ(found.reason, Undefined::none);
  EXPECT_TRUE(near(found.loadings[0], 0.63287367140342710, 1e-12));
  EXPECT_TRUE(near(found.loadings[1], 0.54365895287380794, 1e-12));
  EXPECT_TRUE(near(found.loadings[2], -0.55127657215276393, 1e-12));
  EXPECT_TRUE(near(found.explained, 0.82952764218870323, 1e-12));
  m.values = {1, 2, 3, 4, 5.5, 2, 2, 2, 2, 2, 5, 3, 4, 1, 1};
  EXPECT_EQ(first_component(m).reason, Undefined::no_variation);
  EXPECT_EQ(first_component(Matrix(2, 2, 1.0)).reason, Undefined::too_few);
}

/// Mean and variance of the Dirichlet distribution, w and w(1 − w)/(c + 1), within four standard errors.
TEST(DirichletDraws, HaveTheMeanAndSpreadThatTheyClaim) {
  const std::vector<double> weights = {0.5, 0.3, 0.2, 0};
  constexpr int kDraws = 20000;
  constexpr double kConcentration = 10;
  std::vector<double> sum(4), squares(4);
  for (int d = 0; d < kDraws; ++d) {
    RandomStream random(7, static_cast<std::uint64_t>(d));
    const auto draw = dirichlet_draw(random, weights, kConcentration);
    double all = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      sum[k] += draw[k];
      squares[k] += (draw[k] - weights[k]) * (draw[k] - weights[k]);
      all += draw[k];
    }
    ASSERT_NEAR(all, 1, 1e-12);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    const double variance = weights[k] * (1 - weights[k]) / (kConcentration + 1);
    EXPECT_NEAR(sum[k] / kDraws, weights[k], 4 * std::sqrt(variance / kDraws));
    EXPECT_NEAR(squares[k] / kDraws, variance, 0.05 * variance + 1e-15);
  }
}

/// By hand: 1, 2, 3, 6 in two places. Gini = (−3·1 − 1·2 + 1·3 + 3·6)/(4·12) = 1/3.
/// One of four schools has all: Gini (S − 1)/S, Theil log S; by hand, with 0·log 0 = 0.
TEST(Inequality, SchoolWithNothingIsCounted) {
  const Inequality found = inequality_of({{0, 0}, {0, 0}, {8, 1}, {0, 1}});
  EXPECT_NEAR(found.gini.value, 0.75, 1e-12);
  EXPECT_NEAR(found.theil.value, std::log(4.0), 1e-12);
  EXPECT_NEAR(found.theil_between.value, std::log(2.0), 1e-12);
  EXPECT_NEAR(found.theil_within.value, std::log(2.0), 1e-12);
}

TEST(Inequality, IsWhatAHandFinds) {
  const Inequality found = inequality_of({{6, 1}, {1, 0}, {3, 1}, {2, 0}});
  EXPECT_TRUE(near(found.gini.value, 1.0 / 3, 1e-14));
  const double theil = (std::log(1.0 / 3) / 3 + 2 * std::log(2.0 / 3) / 3 + 0 + 2 * std::log(2.0)) / 4;
  EXPECT_TRUE(near(found.theil.value, theil, 1e-13));
  // means of the places 1.5 and 4.5, shares of the total 1/4 and 3/4
  EXPECT_TRUE(near(found.theil_between.value, 0.25 * std::log(0.5) + 0.75 * std::log(1.5), 1e-13));
  EXPECT_TRUE(near(found.theil_between.value + found.theil_within.value, found.theil.value, 1e-13));
  EXPECT_EQ(inequality_of({{2, 0}, {2, 1}}).gini.value, 0);
  EXPECT_EQ(inequality_of({{2, 0}}).gini.reason, Undefined::too_few_clusters);
  EXPECT_EQ(inequality_of({{2, 0}, {-1, 0}}).theil.reason, Undefined::no_method);
  EXPECT_EQ(inequality_of({{0, 0}, {0, 1}}).gini.reason, Undefined::no_method);
  EXPECT_EQ(inequality_of({}).gini.reason, Undefined::no_data);
}

/// Shapes below and above one: mean and variance of the gamma distribution are its shape.
TEST(GammaDraws, HaveTheirShapeAsMeanAndVariance) {
  for (const double shape : {0.3, 1.0, 4.5}) {
    constexpr int kDraws = 40000;
    double sum = 0, squares = 0;
    for (int d = 0; d < kDraws; ++d) {
      RandomStream random(11, static_cast<std::uint64_t>(d));
      const double x = gamma_draw(random, shape);
      sum += x;
      squares += (x - shape) * (x - shape);
    }
    EXPECT_NEAR(sum / kDraws, shape, 4 * std::sqrt(shape / kDraws));
    EXPECT_NEAR(squares / kDraws, shape, 0.08 * shape);
  }
}

}  // namespace
}  // namespace kaskad::stats
