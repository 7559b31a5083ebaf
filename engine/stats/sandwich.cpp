#include "engine/stats/sandwich.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "engine/stats/adjustment.hpp"
#include "engine/stats/satterthwaite.hpp"

namespace kaskad::stats::linear {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using MatrixView = Eigen::Map<const MatrixXd>;
using VectorView = Eigen::Map<const VectorXd>;

/// A row with 1 − h at or under this has no residual of its own.
constexpr double kLeverage = 1e-10;
/// Part of a coefficient's variance that may hang on a single cluster or row by rounding alone.
constexpr double kIdentified = 1e-9;

Errors undefined_errors(std::size_t contrasts, Undefined reason) {
  return {Matrix(contrasts, contrasts, kNaN), std::vector<double>(contrasts, kNaN),
          std::vector<Undefined>(contrasts, reason)};
}

Errors with_df(const MatrixXd& variance, double df) {
  const std::size_t count = static_cast<std::size_t>(variance.rows());
  return {matrix_of(variance), std::vector<double>(count, df), std::vector<Undefined>(count, Undefined::none)};
}

/// Contrasts of which more than rounding is lost become undefined.
void mark_lost(const std::vector<double>& lost, const Matrix& contrasts, Undefined reason, Errors& errors) {
  for (std::size_t j = 0; j < lost.size(); ++j) {
    const double whole = view_as<MatrixView>(contrasts).col(static_cast<Index>(j)).squaredNorm();
    if (!(lost[j] > kIdentified * whole)) continue;
    errors.reasons[j] = reason;
    errors.df[j] = kNaN;
  }
}

// ---------------------------------------------------------------- classic and HC

/// HC0–HC3 as ω = (N/(N − p) or 1)·(1 − h)^−power.
struct RowWeights {
  Covariance kind;
  bool by_df;
  double power;
};
constexpr std::array<RowWeights, 4> kRowWeights = {{{Covariance::HC0, false, 0},
                                                    {Covariance::HC1, true, 0},
                                                    {Covariance::HC2, false, 1},
                                                    {Covariance::HC3, false, 2}}};

const RowWeights& row_weights(Covariance kind) {
  return *std::find_if(kRowWeights.begin(), kRowWeights.end(),
                       [kind](const RowWeights& row) { return row.kind == kind; });
}

/// ω of each row; `rest` is 1 − h. Rows of leverage 1 have no residual, and add nothing.
VectorXd omega(const Solution& solution, const VectorXd& rest) {
  const RowWeights& row = row_weights(solution.options.covariance);
  const double factor = row.by_df ? static_cast<double>(rest.size()) / solution.residual_df : 1;
  return (rest.array() > kLeverage).select(factor * rest.array().pow(-row.power), 0.0);
}

Errors classic(const Solution& solution, const Matrix& contrasts) {
  const auto c = view_as<MatrixView>(contrasts);
  return with_df(solution.sigma_squared * (c.transpose() * c), solution.residual_df);
}

Errors by_rows(const Solution& solution, const Matrix& contrasts) {
  if (!solution.model.complete && row_weights(solution.options.covariance).power > 0) {
    return undefined_errors(contrasts.columns, Undefined::no_method);
  }
  const MatrixXd c = view_as<MatrixView>(solution.model.basis) * view_as<MatrixView>(contrasts);
  const VectorXd rest = 1 - view_as<VectorView>(leverages(solution)).array();
  const VectorXd squares = view_as<VectorView>(solution.model.residuals).cwiseAbs2();
  const VectorXd weights = omega(solution, rest).cwiseProduct(squares);
  Errors errors = with_df(c.transpose() * weights.asDiagonal() * c, solution.residual_df);
  const VectorXd alone = (rest.array() <= kLeverage).cast<double>();
  mark_lost(vector_of(VectorXd(c.cwiseAbs2().transpose() * alone)), contrasts, Undefined::too_few, errors);
  return errors;
}

// ---------------------------------------------------------------- CR

/// What CR1 and CR1S multiply CR0 by.
double small_sample_factor(const Solution& solution) {
  const Covariance kind = solution.options.covariance;
  const double n = static_cast<double>(solution.rows.size());
  const double m = static_cast<double>(solution.rows.clusters.levels);
  const double by_clusters = kind == Covariance::CR0 ? 1 : m / (m - 1);
  return kind == Covariance::CR1S ? by_clusters * (n - 1) / solution.residual_df : by_clusters;
}

/// Σ over the rows of each cluster of c'q̃ᵢẽᵢ: contrasts × clusters.
MatrixXd scores(const Solution& solution, const Matrix& contrasts) {
  const Partition& clusters = solution.rows.clusters;
  const MatrixXd c = view_as<MatrixView>(solution.model.basis) * view_as<MatrixView>(contrasts);
  MatrixXd sums = MatrixXd::Zero(c.cols(), static_cast<Index>(clusters.levels));
  for (Index i = 0; i < c.rows(); ++i) {
    const std::size_t row = static_cast<std::size_t>(i);
    sums.col(static_cast<Index>(clusters.level[row])) += solution.model.residuals[row] * c.row(i).transpose();
  }
  return sums;
}

Errors by_clusters(const Solution& solution, const Matrix& contrasts) {
  const MatrixXd sums = scores(solution, contrasts);
  const double df = static_cast<double>(solution.rows.clusters.levels) - 1;
  Errors errors = with_df(small_sample_factor(solution) * (sums * sums.transpose()), df);
  if (solution.model.complete) {
    const std::vector<double> lost = ClusterAdjustment(solution, false).lost(contrasts);
    mark_lost(lost, contrasts, Undefined::too_few_clusters, errors);
  }
  return errors;
}

/// Rows that share both clusters.
Partition intersection(const Partition& a, const Partition& b) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> numbers;
  Partition out;
  for (std::size_t i = 0; i < a.level.size(); ++i)
    out.level.push_back(numbers.emplace(std::pair(a.level[i], b.level[i]), numbers.size()).first->second);
  out.levels = numbers.size();
  return out;
}

Errors by_clusters_of(Solution solution, Partition clusters, const Matrix& contrasts) {
  solution.rows.clusters = std::move(clusters);
  return by_clusters(solution, contrasts);
}

/// A coefficient that one kind of cluster leaves without an error has none. The difference of variances may be
/// negative.
Errors by_two_kinds(const Solution& solution, const Matrix& contrasts) {
  const Partition& a = solution.rows.clusters;
  const Partition& b = solution.rows.other_clusters;
  Errors out = by_clusters(solution, contrasts);
  const Errors other = by_clusters_of(solution, b, contrasts);
  const Errors both = by_clusters_of(solution, intersection(a, b), contrasts);
  for (std::size_t i = 0; i < out.variance.values.size(); ++i)
    out.variance.values[i] += other.variance.values[i] - both.variance.values[i];
  for (std::size_t j = 0; j < contrasts.columns; ++j) {
    if (out.reasons[j] == Undefined::none) out.reasons[j] = other.reasons[j];
    if (out.reasons[j] == Undefined::none && !(out.variance(j, j) > 0)) out.reasons[j] = Undefined::no_method;
    if (out.reasons[j] != Undefined::none) out.df[j] = kNaN;
  }
  return out;
}

Errors by_kinds_of_clusters(const Solution& solution, const Matrix& contrasts) {
  return solution.rows.other_clusters.levels == 0 ? by_clusters(solution, contrasts)
                                                  : by_two_kinds(solution, contrasts);
}

Errors adjusted(const Solution& solution, const Matrix& contrasts) {
  if (!solution.model.complete || solution.rows.other_clusters.levels > 0)
    return undefined_errors(contrasts.columns, Undefined::no_method);
  const bool jackknife = solution.options.covariance == Covariance::CR3;
  const ClusterMoments moments = cluster_moments(solution, contrasts, jackknife);
  Errors errors{moments.variance, {}, std::vector<Undefined>(contrasts.columns, Undefined::none)};
  for (std::size_t j = 0; j < contrasts.columns; ++j) {
    errors.df.push_back(moments.trace[j] * moments.trace[j] / moments.squares[j]);
  }
  mark_lost(moments.lost, contrasts, Undefined::too_few_clusters, errors);
  return errors;
}

}  // namespace

std::vector<double> leverages(const Solution& solution) {
  const auto basis = view_as<MatrixView>(solution.model.basis);
  const Partition& sweep = solution.model.sweep;
  std::vector<double> h = vector_of(basis.rowwise().squaredNorm());
  if (sweep.levels == 0) return h;
  std::vector<double> sums(sweep.levels, 0);
  for (std::size_t i = 0; i < h.size(); ++i) sums[sweep.level[i]] += solution.rows.weights[i];
  for (std::size_t i = 0; i < h.size(); ++i) h[i] += solution.rows.weights[i] / sums[sweep.level[i]];
  return h;
}

Errors errors_of(const Solution& solution, const Matrix& contrasts) {
  using Method = Errors (*)(const Solution&, const Matrix&);
  struct Row {
    Covariance kind;
    Method method;
    bool needs_df;  ///< Of residuals.
  };
  constexpr std::array<Row, 10> kMethods = {{{Covariance::classic, classic, true},
                                             {Covariance::HC0, by_rows, true},
                                             {Covariance::HC1, by_rows, true},
                                             {Covariance::HC2, by_rows, true},
                                             {Covariance::HC3, by_rows, true},
                                             {Covariance::CR0, by_kinds_of_clusters, false},
                                             {Covariance::CR1, by_kinds_of_clusters, false},
                                             {Covariance::CR1S, by_kinds_of_clusters, true},
                                             {Covariance::CR2, adjusted, false},
                                             {Covariance::CR3, adjusted, false}}};
  const Row& row = kMethods[static_cast<std::size_t>(solution.options.covariance)];
  if (row.needs_df && !(solution.residual_df > 0)) return undefined_errors(contrasts.columns, Undefined::too_few);
  if (solution.model.exact) return undefined_errors(contrasts.columns, Undefined::no_variation);
  return row.method(solution, contrasts);
}

}  // namespace kaskad::stats::linear
