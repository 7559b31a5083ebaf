// Clustered regression against its definitions (full matrices on pupils), identities, and degenerate inputs.
#include "engine/stats/regression.hpp"

#include <Eigen/Dense>
#include <random>
#include <set>

#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using test::expect_undefined;
using test::near;
using test::Rows;

void expect_same(const ClusteredFit& a, const ClusteredFit& b, double tolerance) {
  ASSERT_EQ(a.coefficients.size(), b.coefficients.size());
  EXPECT_EQ(a.n, b.n);
  EXPECT_EQ(a.clusters, b.clusters);
  for (std::size_t j = 0; j < a.coefficients.size(); ++j) {
    const Estimate& x = a.coefficients[j].estimate;
    const Estimate& y = b.coefficients[j].estimate;
    EXPECT_EQ(x.reason, y.reason) << j;
    EXPECT_TRUE(near(x.value, y.value, tolerance)) << j;
    EXPECT_TRUE(near(x.se, y.se, tolerance)) << j;
    EXPECT_TRUE(near(x.df, y.df, tolerance)) << j;
  }
  EXPECT_TRUE(near(a.residual_squares, b.residual_squares, tolerance));
  EXPECT_TRUE(near(a.total_squares, b.total_squares, tolerance));
}

// ---------------------------------------------------------------- the definitions, densely

/// Pupils' design with dummies, every matrix in full: β, CR2 se and Satterthwaite's df of each term.
struct Dense {
  VectorXd beta, se, df;
};

MatrixXd pseudo_inverse_root(const MatrixXd& symmetric) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(symmetric);
  const auto inverse_root = [](double x) { return x > 1e-10 ? 1 / std::sqrt(x) : 0.0; };
  return solver.eigenvectors() * solver.eigenvalues().unaryExpr(inverse_root).asDiagonal() *
         solver.eigenvectors().transpose();
}

struct Expanded {
  MatrixXd x;  ///< Terms first, then the intercept or the clusters' dummies.
  VectorXd y;
  std::vector<int> cluster;
};

Expanded expand(const Rows& rows, FixedEffects effects) {
  std::map<int, Index> dummies;
  Index n = 0;
  for (const CellRow& row : rows) {
    dummies.emplace(row.cluster, static_cast<Index>(dummies.size()));
    n += row.n;
  }
  const Index k = static_cast<Index>(rows.front().terms.size());
  const bool absorbed = effects == FixedEffects::cluster;
  Expanded e{MatrixXd::Zero(n, k + (absorbed ? static_cast<Index>(dummies.size()) : 1)), VectorXd(n), {}};
  Index i = 0;
  for (const CellRow& row : rows) {
    for (std::int64_t copy = 0; copy < row.n; ++copy, ++i) {
      for (Index j = 0; j < k; ++j) e.x(i, j) = row.terms[static_cast<std::size_t>(j)];
      e.x(i, k + (absorbed ? dummies[row.cluster] : 0)) = 1;
      // Pupils of a cell lie apart by ± its deviation, in pairs: the mean stays.
      const double apart = std::sqrt(row.squares / static_cast<double>(row.n - row.n % 2));
      e.y(i) = row.mean + (copy + 1 == row.n && row.n % 2 == 1 ? 0 : (copy % 2 == 0 ? apart : -apart));
      e.cluster.push_back(row.cluster);
    }
  }
  return e;
}

std::vector<Index> pupils_of(const Expanded& e, int cluster) {
  std::vector<Index> pupils;
  for (Index i = 0; i < e.y.size(); ++i) {
    if (e.cluster[static_cast<std::size_t>(i)] == cluster) pupils.push_back(i);
  }
  return pupils;
}

Dense dense_cr2(const Rows& rows, FixedEffects effects) {
  const Expanded e = expand(rows, effects);
  const Index n = e.y.size();
  const Index k = static_cast<Index>(rows.front().terms.size());
  const MatrixXd m = (e.x.transpose() * e.x).inverse();
  const MatrixXd rest = MatrixXd::Identity(n, n) - e.x * m * e.x.transpose();
  const VectorXd beta = m * e.x.transpose() * e.y;
  const VectorXd residual = e.y - e.x * beta;
  const std::set<int> clusters(e.cluster.begin(), e.cluster.end());
  std::vector<MatrixXd> p(static_cast<std::size_t>(k), MatrixXd(n, static_cast<Index>(clusters.size())));
  VectorXd variance = VectorXd::Zero(k);
  Index g = 0;
  for (int cluster : clusters) {
    const std::vector<Index> in = pupils_of(e, cluster);
    const MatrixXd a = pseudo_inverse_root(rest(in, in)) * e.x(in, Eigen::all) * m;
    variance += (a.transpose() * residual(in)).head(k).cwiseAbs2();
    for (Index j = 0; j < k; ++j) p[static_cast<std::size_t>(j)].col(g) = rest(Eigen::all, in) * a.col(j);
    ++g;
  }
  Dense result{beta.head(k), variance.cwiseSqrt(), VectorXd::Zero(k)};
  for (Index j = 0; j < k; ++j) {
    const MatrixXd gram = p[static_cast<std::size_t>(j)].transpose() * p[static_cast<std::size_t>(j)];
    result.df(j) = gram.trace() * gram.trace() / gram.squaredNorm();
  }
  return result;
}

/// Cells of unequal schools, with a programme in some of them, periods and a covariate.
Rows random_cells(unsigned seed) {
  std::mt19937_64 bits(seed);
  const auto uniform = [&bits] { return static_cast<double>(bits() >> 11) * 0x1p-53; };
  Rows rows;
  for (int school = 0; school < 9; ++school) {
    const double level = 6 * uniform();
    for (int period = 0; period < 3; ++period) {
      for (int half = 0; half < 2; ++half) {
        const std::int64_t n = 1 + static_cast<std::int64_t>(5 * uniform() * uniform());
        const double focus = school % 3 == 0 && period == 2 ? 1 : 0;
        const double squares = n > 1 ? 4 * uniform() : 0;
        rows.push_back({{period == 1 ? 1.0 : 0.0, period == 2 ? 1.0 : 0.0, focus, uniform() + half},
                        n,
                        40 + level + period + 3 * uniform(),
                        squares,
                        10 * school});
      }
    }
  }
  return rows;
}

void expect_as_defined(const Rows& rows, FixedEffects effects) {
  const ClusteredFit fit = cr2_regression(rows, effects);
  const Dense dense = dense_cr2(rows, effects);
  ASSERT_EQ(fit.reason, Undefined::none);
  ASSERT_EQ(static_cast<Index>(fit.coefficients.size()), dense.beta.size());
  for (Index j = 0; j < dense.beta.size(); ++j) {
    const Estimate& e = fit.coefficients[static_cast<std::size_t>(j)].estimate;
    EXPECT_TRUE(near(e.value, dense.beta(j))) << j;
    EXPECT_TRUE(near(e.se, dense.se(j))) << j;
    EXPECT_TRUE(near(e.df, dense.df(j))) << j;
  }
}

TEST(Cr2, EqualsTheDefinitionsOnPupilsWithFullMatrices) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    expect_as_defined(random_cells(seed), FixedEffects::none);
    expect_as_defined(random_cells(seed), FixedEffects::cluster);
  }
}

TEST(Cr2, EqualsTheDefinitionsWithManyTerms) {
  Rows rows = random_cells(9);
  std::mt19937_64 bits(21);
  for (CellRow& row : rows) {
    for (int j = 0; j < 7; ++j) row.terms.push_back(static_cast<double>(bits() >> 11) * 0x1p-53);
  }
  expect_as_defined(rows, FixedEffects::none);
  expect_as_defined(rows, FixedEffects::cluster);
}

// ---------------------------------------------------------------- identities

TEST(Cr2, WithTwoGroupsOfClustersIsWelch) {
  // One value a cluster, each of four pupils: 5 clusters against 8.
  const std::vector<double> one = {3.1, 4.4, 2.9, 5.0, 3.3};
  const std::vector<double> zero = {2.0, 2.2, 3.9, 1.1, 2.7, 2.4, 3.0, 1.8};
  Rows rows;
  for (double y : one) rows.push_back({{1}, 4, y, 0.7, static_cast<int>(rows.size())});
  for (double y : zero) rows.push_back({{0}, 4, y, 0.3, static_cast<int>(rows.size())});
  const Estimate e = cr2_regression(rows, FixedEffects::none).coefficients[0].estimate;
  const Estimate w = welch(test::sample_of(one), test::sample_of(zero));
  EXPECT_TRUE(near(e.value, w.value, 1e-12));
  EXPECT_TRUE(near(e.se, w.se, 1e-12));
  EXPECT_TRUE(near(e.p, student_two_sided_p(e.value / e.se, e.df), 1e-12));
  // Satterthwaite's df under equal variances, the identity of the certified list.
  EXPECT_TRUE(near(e.df, 13.0 * 13 * 4 * 7 / (25.0 * 4 + 64 * 7), 1e-12));
}

TEST(Cr2, WithSingletonClustersIsHc2) {
  Rows rows = random_cells(7);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].n = 1;
    rows[i].cluster = static_cast<int>(i);
  }
  const Expanded e = expand(rows, FixedEffects::none);
  const MatrixXd m = (e.x.transpose() * e.x).inverse();
  const VectorXd residual = e.y - e.x * (m * e.x.transpose() * e.y);
  const VectorXd leverage = (e.x * m * e.x.transpose()).diagonal();
  const VectorXd weights = residual.array().square() / (1 - leverage.array());
  const MatrixXd hc2 = m * e.x.transpose() * weights.asDiagonal() * e.x * m;
  const ClusteredFit fit = cr2_regression(rows, FixedEffects::none);
  for (Index j = 0; j < 4; ++j) {
    EXPECT_TRUE(near(fit.coefficients[static_cast<std::size_t>(j)].estimate.se, std::sqrt(hc2(j, j)), 1e-11));
  }
}

TEST(Cr2, IsTheSameForAnyOrderAndAnyLabels) {
  for (FixedEffects effects : {FixedEffects::none, FixedEffects::cluster}) {
    const Rows rows = random_cells(11);
    const ClusteredFit fit = cr2_regression(rows, effects);
    Rows other = rows;
    std::shuffle(other.begin(), other.end(), std::mt19937_64(3));
    for (CellRow& row : other) row.cluster = (row.cluster / 10 * 7 + 5) % 9 - 4;
    expect_same(cr2_regression(other, effects), fit, 1e-11);
  }
}

TEST(Cr2, KeepsItsDigitsUnderLargeConstants) {
  for (FixedEffects effects : {FixedEffects::none, FixedEffects::cluster}) {
    Rows rows = random_cells(5);
    const ClusteredFit fit = cr2_regression(rows, effects);
    for (CellRow& row : rows) {
      row.mean += 1048576;  // 2²⁰
      row.terms[3] = 1024 * row.terms[3] + 1048576;
    }
    const ClusteredFit far = cr2_regression(rows, effects);
    for (std::size_t j = 0; j < 4; ++j) {
      EXPECT_TRUE(near(far.coefficients[j].statistic, fit.coefficients[j].statistic, 1e-7)) << j;
      EXPECT_TRUE(near(far.coefficients[j].estimate.df, fit.coefficients[j].estimate.df, 1e-7)) << j;
    }
  }
}

// ---------------------------------------------------------------- degenerate inputs

void expect_all_undefined(const ClusteredFit& fit, Undefined reason, std::size_t terms) {
  EXPECT_EQ(fit.reason, reason);
  ASSERT_EQ(fit.coefficients.size(), terms);
  for (const Coefficient& c : fit.coefficients) expect_undefined(c.estimate, reason);
  expect_undefined(fit.intercept.estimate, reason);
}

TEST(Cr2, HasNoDataWithoutPupilsOrWithNumbersThatAreNone) {
  expect_all_undefined(cr2_regression({}, FixedEffects::none), Undefined::no_data, 0);
  expect_all_undefined(cr2_regression({{{1}, 0, 3, 0, 1}, {{0}, 0, 3, 0, 2}}, FixedEffects::cluster),
                       Undefined::no_data, 1);
  Rows rows = random_cells(1);
  rows[3].mean = std::nan("");
  expect_all_undefined(cr2_regression(rows, FixedEffects::none), Undefined::no_data, 4);
  rows = random_cells(1);
  rows[3].terms[2] = std::numeric_limits<double>::infinity();
  expect_all_undefined(cr2_regression(rows, FixedEffects::cluster), Undefined::no_data, 4);
}

TEST(Cr2, PassesOverRowsWithoutPupils) {
  Rows rows = random_cells(2);
  const ClusteredFit fit = cr2_regression(rows, FixedEffects::cluster);
  rows.insert(rows.begin(), {{1, 0, 1, 9}, 0, 77, 0, 999});
  expect_same(cr2_regression(rows, FixedEffects::cluster), fit, 1e-15);
}

TEST(Cr2, HasTooFewClustersWithOne) {
  Rows rows = random_cells(1);
  for (CellRow& row : rows) row.cluster = 3;
  expect_all_undefined(cr2_regression(rows, FixedEffects::none), Undefined::too_few_clusters, 4);
  expect_all_undefined(cr2_regression(rows, FixedEffects::cluster), Undefined::too_few_clusters, 4);
}

TEST(Cr2, HasTooFewClustersForATermThatHangsOnOne) {
  // The programme runs in one school only: its effect has no error of its own, the other terms keep theirs.
  Rows rows = random_cells(4);
  for (CellRow& row : rows) row.terms[2] = row.cluster == 30 && row.terms[1] == 1 ? 1 : 0;
  for (FixedEffects effects : {FixedEffects::none, FixedEffects::cluster}) {
    const ClusteredFit fit = cr2_regression(rows, effects);
    EXPECT_EQ(fit.reason, Undefined::none);
    expect_undefined(fit.coefficients[2].estimate, Undefined::too_few_clusters);
    EXPECT_EQ(fit.coefficients[2].estimate.clusters, 9);
    const Dense dense = dense_cr2(rows, effects);
    for (std::size_t j : {0U, 1U, 3U}) {
      const Estimate& e = fit.coefficients[j].estimate;
      EXPECT_TRUE(e.has_interval()) << j;
      EXPECT_TRUE(near(e.se, dense.se(static_cast<Index>(j)))) << j;
      EXPECT_TRUE(near(e.df, dense.df(static_cast<Index>(j)))) << j;
    }
  }
}

TEST(Cr2, IsSingularWhenTermsCannotBeToldApart) {
  const auto change = [](auto&& term) {
    Rows rows = random_cells(6);
    for (CellRow& row : rows) row.terms[2] = term(row);
    return rows;
  };
  const Rows constant = change([](const CellRow&) { return 0.1; });
  const Rows sum = change([](const CellRow& row) { return 0.1 * row.terms[0] - 3 * row.terms[3] + 7; });
  for (FixedEffects effects : {FixedEffects::none, FixedEffects::cluster}) {
    expect_all_undefined(cr2_regression(constant, effects), Undefined::singular, 4);
    expect_all_undefined(cr2_regression(sum, effects), Undefined::singular, 4);
  }
  const Rows of_school = change([](const CellRow& row) { return 0.1 * row.cluster; });
  EXPECT_EQ(cr2_regression(of_school, FixedEffects::none).reason, Undefined::none);
  expect_all_undefined(cr2_regression(of_school, FixedEffects::cluster), Undefined::singular, 4);
  const Rows few(sum.begin(), sum.begin() + 3);
  EXPECT_NE(cr2_regression(few, FixedEffects::none).reason, Undefined::none);
}

TEST(Cr2, HasNoVariationWhenTheFitIsExact) {
  Rows rows = random_cells(8);
  for (CellRow& row : rows) row.mean = 3 + 2 * row.terms[0] - 0.5 * row.terms[3];
  const ClusteredFit fit = cr2_regression(rows, FixedEffects::none);
  EXPECT_EQ(fit.reason, Undefined::none);
  for (const Coefficient& c : fit.coefficients) expect_undefined(c.estimate, Undefined::no_variation);
}

TEST(Cr2, WithoutTermsGivesTheMeanOfPupils) {
  const ClusteredFit fit =
      cr2_regression({{{}, 10, 3, 1, 1}, {{}, 10, 5, 1, 2}, {{}, 10, 7, 1, 3}}, FixedEffects::none);
  EXPECT_DOUBLE_EQ(fit.intercept.estimate.value, 5);
  EXPECT_NEAR(fit.intercept.estimate.se, std::sqrt(4.0 / 3), 1e-14);  // as Student's mean of the three schools
  EXPECT_NEAR(fit.intercept.estimate.df, 2, 1e-12);
  EXPECT_TRUE(cr2_regression({{{}, 10, 3, 1, 1}, {{}, 10, 5, 1, 2}}, FixedEffects::cluster).coefficients.empty());
}

}  // namespace
}  // namespace kaskad::stats
