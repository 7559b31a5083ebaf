// Linear models against their definitions (full matrices), identities, and degenerate inputs.
#include <Eigen/Dense>
#include <numeric>
#include <set>

#include "engine/stats/absorb.hpp"
#include "tests/linear_fixtures.hpp"

namespace kaskad::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using test::Columns;
using test::data_of;
using test::Draws;
using test::expect_undefined;
using test::joined;
using test::near;

// ---------------------------------------------------------------- a random table

struct Sample {
  std::vector<double> y;
  Columns terms;
  std::vector<double> weights;
  std::vector<int> school, year, teacher;

  LinearData data(bool intercept, bool weighted) const {
    LinearData data = data_of(y, terms, intercept);
    if (weighted) data.weights = weights;
    data.clusters = school;
    return data;
  }
};

/// Unequal schools over three years, teachers who move between schools, three terms.
Sample sample(unsigned seed, int schools = 8) {
  Draws draws(seed);
  Sample s;
  s.terms.resize(3);
  for (int school = 0; school < schools; ++school) {
    const double level = 6 * draws.uniform();
    for (int year = 0; year < 3; ++year) {
      const int pupils = 1 + draws.below(4);
      for (int i = 0; i < pupils; ++i) {
        s.terms[0].push_back(school % 3 == 0 && year > 0 ? 1 : 0);
        s.terms[1].push_back(draws.uniform() + 0.1 * level);
        s.terms[2].push_back(draws.below(3));
        s.y.push_back(20 + level + year + 4 * draws.uniform());
        s.weights.push_back(0.25 + 2 * draws.uniform());
        s.school.push_back(10 * school);
        s.year.push_back(2000 + year);
        s.teacher.push_back(draws.below(5) - 2);
      }
    }
  }
  return s;
}

// ---------------------------------------------------------------- the definitions, densely

struct Dense {
  VectorXd beta, se, df;
};

MatrixXd power_of(const MatrixXd& symmetric, double power) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(symmetric);
  const auto raised = [power](double x) { return x > 1e-10 ? std::pow(x, power) : 0.0; };
  return solver.eigenvectors() * solver.eigenvalues().unaryExpr(raised).asDiagonal() *
         solver.eigenvectors().transpose();
}

MatrixXd dense_design(const Columns& columns) {
  MatrixXd x(static_cast<Index>(columns.front().size()), static_cast<Index>(columns.size()));
  for (Index j = 0; j < x.cols(); ++j) {
    x.col(j) = Eigen::Map<const VectorXd>(columns[static_cast<std::size_t>(j)].data(), x.rows());
  }
  return x;
}

std::vector<Index> rows_where(const std::vector<int>& ids, int id) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] == id) rows.push_back(static_cast<Index>(i));
  }
  return rows;
}

/// CR2 (or CR3) and Satterthwaite's df with H = XMX'W in full.
Dense dense_cr(const Columns& columns, const std::vector<double>& y, const std::vector<double>& weights,
               const std::vector<int>& clusters, bool jackknife) {
  const MatrixXd x = dense_design(columns);
  const Index n = x.rows();
  VectorXd w = VectorXd::Ones(n);
  if (!weights.empty()) w = Eigen::Map<const VectorXd>(weights.data(), n);
  const MatrixXd m = (x.transpose() * w.asDiagonal() * x).completeOrthogonalDecomposition().pseudoInverse();
  const MatrixXd rest = MatrixXd::Identity(n, n) - x * m * x.transpose() * w.asDiagonal();
  const VectorXd outcome = Eigen::Map<const VectorXd>(y.data(), n);
  const VectorXd residual = rest * outcome;
  const MatrixXd spread = rest * rest.transpose();
  const std::set<int> ids(clusters.begin(), clusters.end());
  std::vector<MatrixXd> p(columns.size(), MatrixXd(n, static_cast<Index>(ids.size())));
  VectorXd variance = VectorXd::Zero(x.cols());
  Index g = 0;
  for (const int id : ids) {
    const std::vector<Index> in = rows_where(clusters, id);
    const VectorXd root = w(in).cwiseSqrt();
    const MatrixXd half = root.asDiagonal() * MatrixXd(rest(in, in)) * root.cwiseInverse().asDiagonal();
    const MatrixXd adjust = jackknife
                                ? MatrixXd(root.asDiagonal() * power_of(half, -1) * root.cwiseInverse().asDiagonal())
                                : power_of(spread(in, in), -0.5);
    const MatrixXd a = adjust * w(in).asDiagonal() * MatrixXd(x(in, Eigen::all)) * m;
    variance += (a.transpose() * residual(in)).cwiseAbs2();
    for (std::size_t j = 0; j < columns.size(); ++j) {
      p[j].col(g) = MatrixXd(rest(in, Eigen::all)).transpose() * a.col(static_cast<Index>(j));
    }
    ++g;
  }
  Dense result{m * x.transpose() * w.asDiagonal() * outcome, variance.cwiseSqrt(), VectorXd(x.cols())};
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const MatrixXd gram = p[j].transpose() * p[j];
    result.df(static_cast<Index>(j)) = gram.trace() * gram.trace() / gram.squaredNorm();
  }
  return result;
}

void expect_dense(const LinearFit& fit, const Dense& dense, std::size_t terms, double tolerance = 1e-9) {
  ASSERT_EQ(fit.reason, Undefined::none);
  for (std::size_t j = 0; j < terms; ++j) {
    const Estimate& e = fit.coefficients[j].estimate;
    EXPECT_TRUE(near(e.value, dense.beta(static_cast<Index>(j)), tolerance)) << j;
    EXPECT_TRUE(near(e.se, dense.se(static_cast<Index>(j)), tolerance)) << j;
    EXPECT_TRUE(near(e.df, dense.df(static_cast<Index>(j)), tolerance)) << j;
  }
}

TEST(LinearModel, EqualsTheDefinitionsWithFullMatrices) {
  for (unsigned seed = 1; seed <= 2; ++seed) {
    for (const bool weighted : {false, true}) {
      for (const bool jackknife : {false, true}) {
        const Sample s = sample(seed);
        const Covariance kind = jackknife ? Covariance::CR3 : Covariance::CR2;
        const std::vector<double> weights = weighted ? s.weights : std::vector<double>();
        const Columns schools = test::dummies_of(s.school, false);
        const Columns years = test::dummies_of(s.year, true);

        LinearData effects = s.data(false, weighted);
        effects.absorbed = {s.school, s.year};
        const Columns both = joined(joined(s.terms, schools), years);
        expect_dense(least_squares(effects, {kind}), dense_cr(both, s.y, weights, s.school, jackknife), 3);
        effects.clusters = s.year;  // the schools' effects straddle these clusters
        effects.absorbed = {s.teacher};
        const Columns teachers = joined(s.terms, test::dummies_of(s.teacher, false));
        expect_dense(least_squares(effects, {kind}), dense_cr(teachers, s.y, weights, s.year, jackknife), 3, 1e-8);
        // Clusters of one row, larger and smaller than the model's rank.
        std::vector<int> mixed(s.y.size());
        std::iota(mixed.begin(), mixed.end(), 0);
        std::fill(mixed.begin(), mixed.begin() + 20, 0);
        effects.clusters = mixed;
        expect_dense(least_squares(effects, {kind}), dense_cr(teachers, s.y, weights, mixed, jackknife), 3, 1e-8);
      }
    }
  }
}

// ---------------------------------------------------------------- identities

TEST(LinearModel, Cr3IsTheJackknifeOverClusters) {
  const Sample s = sample(5);
  const LinearFit fit = least_squares(s.data(true, true), {Covariance::CR3});
  std::vector<double> squares(4, 0);
  for (const int left_out : std::set<int>(s.school.begin(), s.school.end())) {
    LinearData rest = s.data(true, true);
    for (std::size_t i = 0; i < s.y.size(); ++i) {
      if (s.school[i] == left_out) rest.weights[i] = 0;
    }
    const LinearFit without = least_squares(rest, {});
    for (std::size_t j = 0; j < 4; ++j) {
      squares[j] += std::pow(without.coefficients[j].estimate.value - fit.coefficients[j].estimate.value, 2);
    }
  }
  for (std::size_t j = 0; j < 4; ++j) EXPECT_TRUE(near(fit.coefficients[j].estimate.se, std::sqrt(squares[j]), 1e-10));
}

TEST(LinearModel, Cr2WithClustersOfOneRowIsHc2) {
  const Sample s = sample(3);
  LinearData data = s.data(false, false);
  data.absorbed = {s.year};
  std::iota(data.clusters.begin(), data.clusters.end(), 7);
  const LinearFit cr2 = least_squares(data, {Covariance::CR2});
  const LinearFit hc2 = least_squares(data, {Covariance::HC2});
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_TRUE(near(cr2.coefficients[j].estimate.se, hc2.coefficients[j].estimate.se, 1e-12));
  }
}

TEST(LinearModel, MeansOfUnitsGiveWhatTheUnitsGive) {
  const Sample s = sample(13);
  LinearData means = s.data(false, false);
  means.absorbed = {s.school, s.year};
  means.means = true;
  LinearData units = means;
  units.outcome.clear();
  units.design.values.clear();
  for (auto* ids : {&units.clusters, &units.absorbed[0], &units.absorbed[1]}) ids->clear();
  std::vector<std::size_t> source;
  for (std::size_t i = 0; i < s.y.size(); ++i) {
    means.weights.push_back(static_cast<double>(1 + i % 3));
    // Units of a row lie apart by ± 1 about their mean where there are two.
    for (std::size_t copy = 0; copy < 1 + i % 3; ++copy) {
      source.push_back(i);
      units.outcome.push_back(s.y[i] + (i % 3 == 1 ? (copy == 0 ? 1 : -1) : 0));
      units.clusters.push_back(s.school[i]);
      units.absorbed[0].push_back(s.school[i]);
      units.absorbed[1].push_back(s.year[i]);
    }
  }
  for (std::size_t j = 0; j < 3; ++j) {
    for (const std::size_t i : source) units.design.values.push_back(s.terms[j][i]);
  }
  units.design.rows = source.size();
  for (const Covariance kind : {Covariance::CR0, Covariance::CR2, Covariance::CR3}) {
    const LinearFit a = least_squares(means, {kind});
    const LinearFit b = least_squares(units, {kind});
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_TRUE(near(a.coefficients[j].estimate.value, b.coefficients[j].estimate.value, 1e-11));
      EXPECT_TRUE(near(a.coefficients[j].estimate.se, b.coefficients[j].estimate.se, 1e-11));
      EXPECT_TRUE(near(a.coefficients[j].estimate.df, b.coefficients[j].estimate.df, 1e-11));
    }
  }
}

TEST(LinearModel, AbsorbedEffectsGiveWhatDummiesGive) {
  const Sample s = sample(11);
  for (const Covariance kind : test::kAllKinds) {
    LinearData absorbed = s.data(false, true);
    absorbed.absorbed = {s.school, s.teacher, s.year};
    LinearData dummies =
        data_of(s.y,
                joined(joined(joined(s.terms, test::dummies_of(s.school, true)), test::dummies_of(s.teacher, true)),
                       test::dummies_of(s.year, true)),
                true);
    dummies.weights = s.weights;
    dummies.clusters = s.school;
    const LinearFit a = least_squares(absorbed, {kind});
    const LinearFit d = least_squares(dummies, {kind});
    EXPECT_EQ(a.rank, d.rank);
    EXPECT_EQ(a.absorbed_rank, d.rank - 3);
    EXPECT_TRUE(near(a.r_squared, d.r_squared, 1e-11));
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_TRUE(near(a.coefficients[j].estimate.se, d.coefficients[j + 1].estimate.se, 1e-10))
          << covariance_name(kind);
      EXPECT_TRUE(near(a.coefficients[j].estimate.df, d.coefficients[j + 1].estimate.df, 1e-10))
          << covariance_name(kind);
    }
  }
}

TEST(LinearModel, IsTheSameForAnyOrderOfRowsAnyLabelsAndAnyScaleOfWeights) {
  const Sample s = sample(17);
  LinearData data = s.data(false, true);
  data.absorbed = {s.school, s.year};
  std::vector<std::size_t> order(s.y.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(3));
  LinearData other = data;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t from = order[i];
    other.outcome[i] = s.y[from];
    other.weights[i] = 1024 * s.weights[from];
    for (std::size_t j = 0; j < 3; ++j) other.design(i, j) = s.terms[j][from];
    other.absorbed[0][i] = -7 * s.school[from];
    other.absorbed[1][i] = 3 * s.year[from];
    other.clusters[i] = -7 * s.school[from];
  }
  for (const Covariance kind : test::kAllKinds) {
    const LinearFit a = least_squares(data, {kind});
    const LinearFit b = least_squares(other, {kind});
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_TRUE(near(a.coefficients[j].estimate.value, b.coefficients[j].estimate.value, 1e-12));
      EXPECT_TRUE(near(a.coefficients[j].estimate.se, b.coefficients[j].estimate.se, 1e-11));
      EXPECT_TRUE(near(a.coefficients[j].estimate.df, b.coefficients[j].estimate.df, 1e-11));
    }
  }
}

TEST(LinearModel, AWaldTestOfOneRestrictionIsTheSquareOfT) {
  const Sample s = sample(2);
  for (const Covariance kind : test::kAllKinds) {
    const LinearFit fit = least_squares(s.data(true, true), {kind});
    const FisherTest test = joint_test(fit, {2});
    const LinearCoefficient& c = fit.coefficients[2];
    EXPECT_TRUE(near(test.statistic, c.statistic * c.statistic, 1e-10)) << covariance_name(kind);
    EXPECT_TRUE(near(test.df2, c.estimate.df, 1e-10)) << covariance_name(kind);
    EXPECT_TRUE(near(test.p, c.estimate.p, 1e-9)) << covariance_name(kind);
  }
}

// ---------------------------------------------------------------- absorbing

TEST(LinearAbsorb, CountsRedundantLevelsByConnectedComponents) {
  // Two islands: schools {1, 2} share teacher 5, school 3 has teachers of its own.
  const std::vector<int> school = {1, 1, 2, 2, 3, 3}, teacher = {4, 5, 5, 6, 7, 8};
  std::vector<std::size_t> rows(6);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const auto a = linear::partition_of(school, rows), b = linear::partition_of(teacher, rows);
  EXPECT_EQ(linear::components(a, b), 2U);
  EXPECT_EQ(linear::dummies_rank({a, b}), 3 + 5 - 2);
  EXPECT_EQ(linear::dummies_rank({a}), 3);
  EXPECT_EQ(linear::dummies_rank({}), 0);
}

TEST(LinearAbsorb, ManyLevelsLeaveResidualsThatSumToZeroInEach) {
  // 2 000 × 2 000 levels: too many dummies to make. β is right when the residuals are orthogonal to all of them.
  Draws draws(8);
  LinearData data;
  data.absorbed.resize(2);
  data.design = Matrix(20000, 1);
  for (std::size_t i = 0; i < 20000; ++i) {
    data.absorbed[0].push_back(draws.below(2000));
    data.absorbed[1].push_back(draws.below(2000));
    data.design(i, 0) = draws.uniform() + 1e-3 * data.absorbed[0].back();
    data.outcome.push_back(3 * data.design(i, 0) + 1e-3 * data.absorbed[1].back() + draws.uniform());
    data.weights.push_back(0.5 + draws.uniform());
  }
  data.clusters = data.absorbed[0];
  const LinearFit fit = least_squares(data, {Covariance::CR1S});
  ASSERT_EQ(fit.reason, Undefined::none);
  EXPECT_EQ(fit.absorbed_rank, 2000 + 2000 - 1);
  EXPECT_NEAR(fit.coefficients[0].estimate.value, 3, 5 * fit.coefficients[0].estimate.se);
  std::vector<double> sums(4000, 0);
  double moment = 0;
  for (std::size_t i = 0; i < 20000; ++i) {
    const double part = data.weights[i] * fit.residuals[i];
    sums[static_cast<std::size_t>(data.absorbed[0][i])] += part;
    sums[static_cast<std::size_t>(2000 + data.absorbed[1][i])] += part;
    moment += part * data.design(i, 0);
  }
  EXPECT_NEAR(moment, 0, 1e-9);
  for (const double sum : sums) EXPECT_NEAR(sum, 0, 1e-10);
  // Leverages would need the dummies: these kinds say so.
  for (const Covariance kind : {Covariance::HC3, Covariance::CR2}) {
    const LinearFit other = least_squares(data, {kind});
    EXPECT_EQ(other.coefficients[0].error_reason, Undefined::no_method);
    EXPECT_EQ(other.coefficients[0].estimate.value, fit.coefficients[0].estimate.value);
  }
}

// ---------------------------------------------------------------- degenerate inputs

void expect_all_undefined(const LinearData& data, const LinearOptions& options, Undefined reason) {
  const LinearFit fit = least_squares(data, options);
  EXPECT_EQ(fit.reason, reason) << undefined_name(fit.reason);
  ASSERT_EQ(fit.coefficients.size(), data.design.columns);
  for (const LinearCoefficient& c : fit.coefficients) expect_undefined(c.estimate, reason);
  EXPECT_EQ(joint_test(fit, {0}).reason, reason);
  EXPECT_EQ(wild_bootstrap(fit, 0, 0, {}).reason, reason);
}

TEST(LinearModel, HasNoDataWithoutUsableNumbers) {
  const LinearData good = sample(1).data(true, true);
  LinearData data = good;
  data.outcome[3] = std::nan("");
  expect_all_undefined(data, {}, Undefined::no_data);
  data = good;
  data.design(2, 1) = std::numeric_limits<double>::infinity();
  expect_all_undefined(data, {}, Undefined::no_data);
  data = good;
  data.weights[0] = -1;
  expect_all_undefined(data, {}, Undefined::no_data);
  data = good;
  std::fill(data.weights.begin(), data.weights.end(), 0.0);
  expect_all_undefined(data, {}, Undefined::no_data);
  data = good;
  data.clusters.pop_back();
  expect_all_undefined(data, {}, Undefined::no_data);
  LinearData empty;
  empty.design.columns = 2;
  expect_all_undefined(empty, {}, Undefined::no_data);
}

TEST(LinearModel, HasTooFewClustersWithOneOrNone) {
  LinearData data = sample(1).data(true, false);
  std::fill(data.clusters.begin(), data.clusters.end(), 4);
  for (const Covariance kind : {Covariance::CR0, Covariance::CR1S, Covariance::CR2, Covariance::CR3}) {
    expect_all_undefined(data, {kind}, Undefined::too_few_clusters);
  }
  data.clusters.clear();
  expect_all_undefined(data, {Covariance::CR2}, Undefined::too_few_clusters);
}

TEST(LinearModel, HasNoErrorForATermThatHangsOnOneClusterOrRow) {
  const Sample s = sample(4);
  LinearData data = s.data(true, true);
  for (std::size_t i = 0; i < s.y.size(); ++i) data.design(i, 1) = s.school[i] == 30 && s.year[i] == 2002 ? 1 : 0;
  for (const Covariance kind : {Covariance::CR0, Covariance::CR1, Covariance::CR2, Covariance::CR3}) {
    const LinearFit fit = least_squares(data, {kind});
    EXPECT_TRUE(fit.coefficients[1].estimate.defined());
    EXPECT_TRUE(std::isnan(fit.coefficients[1].estimate.se));
    EXPECT_EQ(fit.coefficients[1].error_reason, Undefined::too_few_clusters) << covariance_name(kind);
    EXPECT_TRUE(fit.coefficients[2].estimate.has_interval());
    EXPECT_EQ(joint_test(fit, {1, 2}).reason, Undefined::too_few_clusters);
    EXPECT_EQ(joint_test(fit, {2, 3}).reason, Undefined::none);
    EXPECT_EQ(wild_bootstrap(fit, 1, 0, {}).reason, Undefined::too_few_clusters);
  }
  for (std::size_t i = 0; i < s.y.size(); ++i) data.design(i, 1) = i == 5 ? 1 : 0;
  for (const Covariance kind : {Covariance::HC0, Covariance::HC1, Covariance::HC2, Covariance::HC3}) {
    const LinearFit fit = least_squares(data, {kind});
    EXPECT_EQ(fit.coefficients[1].error_reason, Undefined::too_few) << covariance_name(kind);
    EXPECT_TRUE(fit.coefficients[2].estimate.has_interval());
  }
  EXPECT_TRUE(least_squares(data, {}).coefficients[1].estimate.has_interval());
}

TEST(LinearModel, LeavesOutTermsThatTheEffectsHold) {
  const Sample s = sample(6);
  LinearData data = s.data(false, false);
  data.absorbed = {s.school};
  for (std::size_t i = 0; i < s.y.size(); ++i) data.design(i, 1) = 0.1 * s.school[i] + 3;
  const LinearFit fit = least_squares(data, {Covariance::CR2});
  expect_undefined(fit.coefficients[1].estimate, Undefined::singular);
  EXPECT_LT(fit.coefficients[0].estimate.lo, fit.coefficients[0].estimate.hi);
  EXPECT_TRUE(fit.coefficients[2].estimate.has_interval());
  EXPECT_EQ(fit.rank, 8 + 2);
}

TEST(LinearModel, FitsAsManyColumnsAsThereAreRowsAndSaysThatNothingIsLeft) {
  const LinearFit fit = least_squares(data_of({1, 5, 2}, {{1, 2, 4}, {1, 0, 1}, {0, 3, 1}}, true), {});
  EXPECT_EQ(fit.rank, 3);
  EXPECT_EQ(fit.residual_df, 0);
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_TRUE(fit.coefficients[j].estimate.defined());
    EXPECT_EQ(fit.coefficients[j].error_reason, Undefined::too_few);
  }
  expect_undefined(fit.coefficients[3].estimate, Undefined::singular);
  EXPECT_EQ(fit.regression.reason, Undefined::too_few);
  EXPECT_TRUE(std::isnan(fit.sigma));
}

TEST(LinearModel, HasNoVariationInAConstantOutcomeOrAPerfectFit) {
  const Sample s = sample(8);
  for (const double slope : {0.0, 0.3}) {
    LinearData data = s.data(true, true);
    for (std::size_t i = 0; i < s.y.size(); ++i) data.outcome[i] = 0.1 + slope * s.terms[1][i];
    for (const Covariance kind : test::kAllKinds) {
      const LinearFit fit = least_squares(data, {kind});
      ASSERT_EQ(fit.reason, Undefined::none);
      EXPECT_NEAR(fit.coefficients[2].estimate.value, slope, 1e-14);
      for (const LinearCoefficient& c : fit.coefficients) EXPECT_EQ(c.error_reason, Undefined::no_variation);
      EXPECT_EQ(fit.regression.reason, Undefined::no_variation);
      EXPECT_EQ(std::isnan(fit.r_squared), slope == 0);
      EXPECT_EQ(wild_bootstrap(fit, 2, 0, {}).reason, Undefined::no_variation);
    }
  }
}

TEST(LinearModel, SaysWhenRoundingLeavesTooFewDigits) {
  // Outcomes near 10¹⁰ are stored in steps of 2·10⁻⁶, and all that they tell is within 10⁻³.
  std::vector<double> x, y;
  Draws draws(2);
  for (int i = 0; i < 40; ++i) {
    x.push_back(draws.uniform());
    y.push_back(1e10 + 0.1 + 1e-3 * draws.uniform());
  }
  const LinearFit fit = least_squares(data_of(y, {x}, true), {});
  expect_undefined(fit.coefficients[1].estimate, Undefined::inaccurate);
  EXPECT_EQ(fit.coefficients[1].error_reason, Undefined::inaccurate);
  EXPECT_GT(fit.coefficients[0].digits, 12);
}

TEST(LinearModel, LeavesOutRowsOfWeightZero) {
  const Sample s = sample(9);
  LinearData data = s.data(true, true);
  const LinearFit fit = least_squares(data, {Covariance::CR2});
  data.outcome.push_back(1e6);
  data.weights.push_back(0);
  data.clusters.push_back(12345);
  Matrix wide(s.y.size() + 1, 4, 1.0);
  for (std::size_t j = 0; j < 4; ++j) std::copy_n(data.design.column(j), s.y.size(), wide.column(j));
  data.design = wide;
  const LinearFit other = least_squares(data, {Covariance::CR2});
  EXPECT_EQ(other.covariance, fit.covariance);
  EXPECT_EQ(other.clusters, fit.clusters);
  EXPECT_EQ(other.n, fit.n);
  EXPECT_TRUE(std::isnan(other.residuals.back()));
}

TEST(LinearModel, NamesItsKindsOfCovariance) {
  for (const Covariance kind : test::kAllKinds) EXPECT_EQ(covariance_of(covariance_name(kind)), kind);
  EXPECT_EQ(covariance_of("CR1S"), Covariance::CR1S);
  EXPECT_FALSE(covariance_of("CR4"));
}

TEST(LinearModel, HasNoWaldTestOfRestrictionsThatDependOnEachOther) {
  const LinearFit fit = least_squares(sample(3).data(true, false), {Covariance::CR2});
  Matrix twice(2, 4);
  twice(0, 1) = 1;
  twice(1, 1) = 2;
  EXPECT_EQ(wald_test(fit, twice, {0, 0}, WaldKind::htz).reason, Undefined::singular);
  EXPECT_EQ(wald_test(fit, Matrix(1, 4), {0}, WaldKind::fisher).reason, Undefined::singular);
  EXPECT_EQ(wald_test(fit, Matrix(1, 3), {0}, WaldKind::fisher).reason, Undefined::no_data);
}

}  // namespace
}  // namespace kaskad::stats
