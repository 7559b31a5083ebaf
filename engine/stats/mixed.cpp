#include "engine/stats/mixed.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"
#include "engine/stats/mixed_parts.hpp"

namespace kaskad::stats {

namespace mixed {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Residuals within groups this small beside all residuals are rounding.
constexpr double kExactFit = 1e-12;
/// Directions in which the deviance is this much flatter than in others tell nothing.
constexpr double kFlat = 1e-8;
/// Part of the groups' differences that the fixed terms must leave.
constexpr double kLeft = 1e-9;

Eigen::Map<const MatrixXd> map_of(const Matrix& m) {
  return {m.values.data(), static_cast<Index>(m.rows), static_cast<Index>(m.columns)};
}

/// Why groups' effects cannot be estimated from these sums, or none.
Undefined obstacle(const Moments& moments) {
  if (moments.reason != Undefined::none) return moments.reason;
  if (moments.groups() < 2) return Undefined::too_few_clusters;
  const std::size_t effects = moments.groups() * (moments.slope ? 2 : 1);
  if (moments.n <= static_cast<std::int64_t>(effects)) return Undefined::singular;
  if (part_left_by_fixed(moments) < kLeft) return Undefined::singular;
  if (within_squares(moments) < kExactFit * moments.total) return Undefined::no_variation;
  return Undefined::none;
}

/// R⁻ᵀe_j in column j: β_j = c_j'γ.
MatrixXd contrasts(const Moments& moments) {
  const Index p = static_cast<Index>(moments.fixed());
  return map_of(moments.r).transpose().triangularView<Eigen::Lower>().solve(MatrixXd::Identity(p, p));
}

/// Derivatives of c'Nc·σ² by (θ, log σ²).
VectorXd variance_slope(const Optimum& optimum, const VectorXd& c) {
  const PsiMap map = from_theta(optimum.theta);
  const std::size_t k = optimum.theta.size();
  VectorXd slope = VectorXd::Zero(static_cast<Index>(k) + 1);
  for (std::size_t a = 0; a < k; ++a) {
    const double by_psi = optimum.variance * c.dot(map_of(optimum.parts.n_1[a]) * c);
    for (std::size_t i = 0; i < k; ++i) slope(static_cast<Index>(i)) += by_psi * map.first[i][a];
  }
  slope(static_cast<Index>(k)) = optimum.variance * c.dot(map_of(optimum.parts.n) * c);
  return slope;
}

MixedTerm term(double value, double variance, double df, const MixedFit& fit, double level) {
  MixedTerm out{exactly(value, fit.n), kNaN};
  Estimate& e = out.estimate;
  e.clusters = fit.groups;
  e.se = std::sqrt(variance);
  e.df = df;
  const double t = student_quantile(0.5 + level / 2, df);
  e.lo = value - t * e.se;
  e.hi = value + t * e.se;
  out.statistic = value / e.se;
  e.p = student_two_sided_p(out.statistic, df);
  return out;
}

Estimate undefined_figure(Undefined reason, const MixedFit& fit) {
  Estimate e = undefined(reason, fit.n);
  e.clusters = fit.groups;
  return e;
}

void add_terms(const Moments& moments, const Optimum& optimum, std::size_t columns, double level, MixedFit& fit) {
  const MatrixXd c = contrasts(moments);
  const MatrixXd n = map_of(optimum.parts.n);
  const VectorXd gamma = Eigen::Map<const VectorXd>(moments.projection.data(), n.rows()) +
                         moments.unit * Eigen::Map<const VectorXd>(optimum.parts.gamma.data(), n.rows());
  const Matrix arguments = argument_covariance(moments, optimum, fit.method);
  const MatrixXd covariance = c.transpose() * n * c * (optimum.variance * moments.unit * moments.unit);
  fit.terms.assign(columns, MixedTerm{undefined_figure(Undefined::singular, fit), kNaN});
  fit.covariance = Matrix(columns, columns);
  for (Index j = 0; j < n.rows(); ++j) {
    const std::size_t column = moments.kept[static_cast<std::size_t>(j)];
    const VectorXd slope = variance_slope(optimum, c.col(j));
    const double v = slope(slope.size() - 1);
    const double df = 2 * v * v / slope.dot(map_of(arguments) * slope);
    fit.terms[column] = term(c.col(j).dot(gamma), covariance(j, j), df, fit, level);
    for (Index i = 0; i < n.rows(); ++i) {
      fit.covariance(moments.kept[static_cast<std::size_t>(i)], column) = covariance(i, j);
    }
  }
}

Estimate figure(double value, const MixedFit& fit) {
  Estimate e = exactly(value, fit.n);
  e.clusters = fit.groups;
  return e;
}

double correlation_of(const Sym& variance, bool border) {
  const double r = variance.s01 / std::sqrt(variance.s00 * variance.s11);
  return border ? std::copysign(1.0, r) : std::clamp(r, -1.0, 1.0);
}

void add_components(const Moments& moments, const Optimum& optimum, MixedFit& fit) {
  const Sym psi = from_unit(moments, optimum.psi);
  const double sigma = std::sqrt(optimum.variance) * moments.unit;
  VarianceComponents& c = fit.components;
  c.intercept = figure(sigma * std::sqrt(std::max(psi.s00, 0.0)), fit);
  c.residual = figure(sigma, fit);
  c.slope = c.correlation = undefined_figure(Undefined::no_data, fit);
  if (!moments.slope) return;
  c.slope = figure(sigma * std::sqrt(psi.s11), fit);
  const bool zero = !(psi.s00 > 0 && psi.s11 > 0);
  c.correlation =
      zero ? undefined_figure(Undefined::no_variation, fit) : figure(correlation_of(psi, optimum.at_border), fit);
}

void add_likelihood(const Moments& moments, const Optimum& optimum, MixedFit& fit) {
  fit.deviance = full_deviance(moments, optimum.parts, fit.method);
  fit.log_likelihood = -fit.deviance / 2;
  fit.parameters = static_cast<int>(moments.fixed() + moments.variances()) + 1;
  fit.aic = fit.deviance + 2 * fit.parameters;
  fit.bic = fit.deviance + fit.parameters * std::log(static_cast<double>(fit.n));
  fit.iterations = optimum.iterations;
  fit.distance = optimum.distance;
  fit.singular_fit = optimum.at_border;
}

/// Σ n(f − f̄)²/(N − 1) of the fitted f = Xβ, in squares of Moments::unit: Q has norm 1, so Σ n f² = γ'γ.
double variance_of_fixed(const Moments& moments, const Optimum& optimum) {
  double squares = 0;
  double sum = 0;
  double weight = 0;
  for (std::size_t g = 0; g < moments.groups(); ++g) weight += moments.zz[g].s00;
  for (std::size_t j = 0; j < moments.fixed(); ++j) {
    const double gamma = moments.projection[j] / moments.unit + optimum.parts.gamma[j];
    squares += gamma * gamma;
    double ones = 0;
    for (std::size_t g = 0; g < moments.groups(); ++g) ones += moments.block(g)[2 * j];
    sum += gamma * ones;
  }
  const double n = moments.total;
  return std::max(0.0, squares - sum * sum / weight) / weight * n / (n - 1);
}

/// Variance of b0 + b1·z averaged over pupils, in squares of Moments::unit.
double variance_of_groups(const Moments& moments, const Optimum& optimum) {
  Sym zz;
  for (const Sym& group : moments.zz) {
    zz.s00 += group.s00;
    zz.s01 += group.s01;
    zz.s11 += group.s11;
  }
  const Sym& psi = optimum.psi;
  return optimum.variance * (psi.s00 * zz.s00 + 2 * psi.s01 * zz.s01 + psi.s11 * zz.s11) / zz.s00;
}

void add_shares(const Moments& moments, const Optimum& optimum, const MixedOptions& options, MixedFit& fit) {
  const double fixed = variance_of_fixed(moments, optimum);
  const double groups = variance_of_groups(moments, optimum);
  const double all = fixed + groups + optimum.variance;
  fit.shares = {fixed / all, groups / all, optimum.variance / all};
  fit.r2_conditional = (fixed + groups) / all;
  fit.icc = figure(groups / (groups + optimum.variance), fit);
  if (!moments.slope && options.profile_intervals) add_icc_interval(moments, optimum, options, fit.icc);
}

MixedFit without_figures(MixedFit fit, std::size_t columns, Undefined reason) {
  fit.reason = reason;
  fit.terms.assign(columns, MixedTerm{undefined_figure(reason, fit), kNaN});
  VarianceComponents& c = fit.components;
  c.intercept = c.slope = c.correlation = c.residual = fit.icc = undefined_figure(reason, fit);
  return fit;
}

}  // namespace

Matrix argument_covariance(const Moments& moments, const Optimum& optimum, Likelihood method) {
  const std::size_t k = optimum.theta.size();
  const Curvature there =
      at_variance(moments, from_theta(optimum.theta), k + 1, {std::log(optimum.variance), k, 1}, method);
  const Index size = static_cast<Index>(k) + 1;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(Eigen::Map<const MatrixXd>(there.hessian.data(), size, size));
  const double least = kFlat * solver.eigenvalues().maxCoeff();
  const VectorXd inverse = (solver.eigenvalues().array() > least).select(2 * solver.eigenvalues().cwiseInverse(), 0);
  const MatrixXd covariance = solver.eigenvectors() * inverse.asDiagonal() * solver.eigenvectors().transpose();
  Matrix out(k + 1, k + 1);
  out.values.assign(covariance.data(), covariance.data() + covariance.size());
  return out;
}

}  // namespace mixed

MixedResult fit_mixed(const MixedData& data, const MixedOptions& options) {
  const mixed::Moments moments = mixed::sum_groups(data);
  MixedResult result;
  MixedFit& fit = result.fit;
  fit.method = options.method;
  fit.n = moments.n;
  fit.groups = static_cast<std::int64_t>(moments.groups());
  fit.dropped = moments.dropped;
  const Undefined reason = mixed::obstacle(moments);
  if (reason != Undefined::none) return {mixed::without_figures(fit, data.x.columns, reason), {}};
  const mixed::Optimum optimum = mixed::find_optimum(moments, options.method);
  if (!optimum.converged) return {mixed::without_figures(fit, data.x.columns, Undefined::no_convergence), {}};
  fit.reason = Undefined::none;
  mixed::add_terms(moments, optimum, data.x.columns, options.level, fit);
  mixed::add_components(moments, optimum, fit);
  mixed::add_likelihood(moments, optimum, fit);
  mixed::add_shares(moments, optimum, options, fit);
  if (options.profile_intervals) mixed::add_profile_intervals(moments, optimum, options, fit);
  result.effects = mixed::predict_effects(moments, optimum, options.level);
  return result;
}

FixedOnly fit_fixed_only(const MixedData& data, Likelihood method) {
  const mixed::Moments moments = mixed::sum_groups(data);
  if (moments.reason != Undefined::none) return {moments.reason, kNaN, 0};
  const mixed::Parts parts = mixed::deviance_parts(moments, {}, method, mixed::Derivatives::none);
  return {Undefined::none, mixed::full_deviance(moments, parts, method), static_cast<int>(moments.fixed()) + 1};
}

}  // namespace kaskad::stats
