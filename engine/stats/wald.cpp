// Wald tests: declared in linear_model.hpp.
#include <Eigen/Dense>
#include <cmath>

#include "engine/stats/adjustment.hpp"
#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using linear::view_as;
using MatrixView = Eigen::Map<const MatrixXd>;
using VectorView = Eigen::Map<const VectorXd>;

/// Least eigenvalue of the scaled RVR' beside its largest.
constexpr double kRank = 1e-12;

FisherTest undefined_test(Undefined reason) {
  FisherTest test;
  test.reason = reason;
  return test;
}

/// The reason of the first undefined coefficient or error that a restriction speaks of.
Undefined reason_of(const LinearFit& fit, const Matrix& restrictions) {
  if (fit.reason != Undefined::none) return fit.reason;
  if (restrictions.rows == 0 || restrictions.columns != fit.coefficients.size()) return Undefined::no_data;
  for (std::size_t j = 0; j < restrictions.columns; ++j) {
    const double* column = restrictions.column(j);
    const bool named = std::any_of(column, column + restrictions.rows, [](double x) { return x != 0; });
    const Undefined reason = fit.coefficients[j].error_reason;
    if (named && reason != Undefined::none) return reason;
  }
  return Undefined::none;
}

/// Restrictions without the columns of undefined coefficients, where all of them are zero.
MatrixXd restricted(const LinearFit& fit, const Matrix& restrictions, const Matrix& m) {
  MatrixXd cleaned = view_as<MatrixView>(m);
  for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
    if (fit.coefficients[j].error_reason != Undefined::none) {
      cleaned.col(static_cast<Index>(j)).setZero();
      if (cleaned.rows() == cleaned.cols()) cleaned.row(static_cast<Index>(j)).setZero();
    }
  }
  return view_as<MatrixView>(restrictions) * cleaned;
}

/// Q, or nothing when RVR' is singular.
std::optional<double> wald_statistic(const MatrixXd& variance, const VectorXd& gap) {
  const VectorXd scale = variance.diagonal().cwiseSqrt();
  if (!(scale.minCoeff() > 0)) return std::nullopt;
  const MatrixXd correlation = scale.cwiseInverse().asDiagonal() * variance * scale.cwiseInverse().asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(correlation);
  if (!(solver.eigenvalues()(0) > kRank * solver.eigenvalues().tail(1)(0))) return std::nullopt;
  const VectorXd turned = solver.eigenvectors().transpose() * gap.cwiseQuotient(scale);
  return turned.cwiseAbs2().cwiseQuotient(solver.eigenvalues()).sum();
}

// ---------------------------------------------------------------- degrees of freedom of Hotelling's T²

/// P_gg and s_g of all clusters for the q restrictions.
struct Contributions {
  std::vector<MatrixXd> own;
  std::vector<MatrixXd> outer;
};

Contributions contributions(const linear::ClusterAdjustment& adjustment, const MatrixXd& contrasts) {
  Contributions c;
  adjustment.visit(linear::matrix_of(contrasts), [&c](const linear::ClusterPart& part) {
    c.own.emplace_back(view_as<MatrixView>(part.own));
    c.outer.emplace_back(view_as<MatrixView>(part.outer));
  });
  return c;
}

/// Scales the restrictions so that the expectation Ω of their variance is the identity.
void standardize(Contributions& c) {
  MatrixXd omega = MatrixXd::Zero(c.own.front().rows(), c.own.front().cols());
  for (const MatrixXd& own : c.own) omega += own;
  const MatrixXd root = Eigen::SelfAdjointEigenSolver<MatrixXd>(omega).operatorInverseSqrt();
  for (MatrixXd& own : c.own) own = root * own * root;
  for (MatrixXd& outer : c.outer) outer *= root;
}

/// Σ over s, t of the variance of the (s, t) element: Σ_gh P^st·P^ts + P^ss·P^tt.
double variance_between(const MatrixXd& p) {
  return p.cwiseProduct(p.transpose()).sum() + p.diagonal().sum() * p.diagonal().sum();
}

/// ν = q(q + 1)/Σ_st Var(s, t): Pustejovsky & Tipton 2018, section 4.2.
double hotelling_df(const linear::ClusterAdjustment& adjustment, const MatrixXd& contrasts) {
  Contributions c = contributions(adjustment, contrasts);
  standardize(c);
  const MatrixXd kernel = view_as<MatrixView>(adjustment.kernel());
  double sum = 0;
  for (std::size_t g = 0; g < c.own.size(); ++g) {
    sum += variance_between(c.own[g]);
    const MatrixXd turned = c.outer[g].transpose() * kernel;
    for (std::size_t h = 0; h < g; ++h) sum += 2 * variance_between(turned * c.outer[h]);
  }
  const double q = static_cast<double>(contrasts.cols());
  return q * (q + 1) / sum;
}

FisherTest against_fisher(double statistic, double df1, double df2) {
  if (!(df2 > 0)) return undefined_test(Undefined::too_few_clusters);
  return {statistic, df1, df2, fisher_upper_p(statistic, df1, df2), Undefined::none};
}

FisherTest htz(const linear::Solution& solution, const MatrixXd& contrasts, double statistic) {
  const double q = static_cast<double>(contrasts.cols());
  const linear::ClusterAdjustment adjustment(solution, solution.options.covariance == Covariance::CR3);
  const double nu = hotelling_df(adjustment, contrasts);
  return against_fisher((nu - q + 1) / (nu * q) * statistic, q, nu - q + 1);
}

bool has_htz(Covariance kind) { return kind == Covariance::CR2 || kind == Covariance::CR3; }

}  // namespace

FisherTest wald_test(const LinearFit& fit, const Matrix& restrictions, const std::vector<double>& values,
                     WaldKind kind) {
  if (const Undefined reason = reason_of(fit, restrictions); reason != Undefined::none) return undefined_test(reason);
  if (values.size() != restrictions.rows) return undefined_test(Undefined::no_data);
  const linear::Solution& solution = *fit.solution;
  const Covariance covariance = solution.options.covariance;
  const double q = static_cast<double>(restrictions.rows);
  if (is_clustered(covariance) && q > static_cast<double>(fit.clusters) - 1) {
    return undefined_test(Undefined::too_few_clusters);
  }
  const MatrixXd r = view_as<MatrixView>(restrictions);
  const MatrixXd variance = restricted(fit, restrictions, fit.covariance) * r.transpose();
  const VectorXd gap = r * view_as<VectorView>(solution.model.values) - view_as<VectorView>(values);
  const std::optional<double> statistic = wald_statistic(variance, gap);
  if (!statistic) return undefined_test(Undefined::singular);
  if (kind == WaldKind::htz) {
    if (!has_htz(covariance)) return undefined_test(Undefined::no_method);
    return htz(solution, view_as<MatrixView>(solution.model.contrasts) * r.transpose(), *statistic);
  }
  const double df = is_clustered(covariance) ? static_cast<double>(fit.clusters) - 1 : fit.residual_df;
  return against_fisher(*statistic / q, q, df);
}

FisherTest joint_test(const LinearFit& fit, const std::vector<std::size_t>& columns) {
  Matrix restrictions(columns.size(), fit.coefficients.size());
  for (std::size_t i = 0; i < columns.size(); ++i) restrictions(i, columns[i]) = 1;
  const bool adjusted = fit.solution && has_htz(fit.solution->options.covariance);
  return wald_test(fit, restrictions, std::vector<double>(columns.size(), 0),
                   adjusted ? WaldKind::htz : WaldKind::fisher);
}

}  // namespace kaskad::stats
