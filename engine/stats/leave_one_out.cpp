#include "engine/stats/leave_one_out.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kRank = 1e-9;         ///< Least pivot beside the largest of columns of norm 1.
constexpr double kCarries = 1e-9;      ///< Of 1 − h: the unit alone carries a coefficient.
constexpr double kNoResidual = 1e-22;  ///< Of residual to total squares.

Undefined obstacle(const Matrix& design, const std::vector<double>& outcome) {
  const auto finite = [](double v) { return std::isfinite(v); };
  const bool sound = design.rows == outcome.size() && design.columns > 0 &&
                     std::all_of(design.values.begin(), design.values.end(), finite) &&
                     std::all_of(outcome.begin(), outcome.end(), finite);
  if (!sound) return Undefined::no_data;
  return outcome.size() > design.columns + 1 ? Undefined::none : Undefined::too_few;
}

struct Fit {
  VectorXd beta, fitted, residuals, leverages;
  double squares = 0, total = 0;
};

Fit solve(const MatrixXd& x, const VectorXd& y, const Eigen::ColPivHouseholderQR<MatrixXd>& qr) {
  Fit fit;
  fit.beta = qr.solve(y);
  fit.fitted = x * fit.beta;
  fit.residuals = y - fit.fitted;
  const MatrixXd q = MatrixXd(qr.householderQ()).leftCols(x.cols());
  fit.leverages = q.rowwise().squaredNorm();
  fit.squares = fit.residuals.squaredNorm();
  fit.total = (y.array() - y.mean()).square().sum();
  return fit;
}

UnitLeftOut left_out(const Fit& fit, Index i, double df) {
  UnitLeftOut out;
  out.fitted = fit.fitted(i);
  out.leverage = fit.leverages(i);
  const double rest = 1 - out.leverage;
  if (rest < kCarries) {
    out.residual = undefined(Undefined::too_few, fit.fitted.size());
    return out;
  }
  const double residual = fit.residuals(i) / rest;
  out.expected = out.fitted + fit.residuals(i) - residual;
  out.residual = exactly(residual, fit.fitted.size());
  const double variance = std::max(0.0, fit.squares - fit.residuals(i) * residual) / df;
  if (!(variance > 0)) return out;
  Estimate& e = out.residual;
  e.df = df;
  e.se = std::sqrt(variance / rest);
  const double half = student_quantile(kUpperTail, df) * e.se;
  e.lo = residual - half;
  e.hi = residual + half;
  e.p = student_two_sided_p(residual / e.se, df);
  return out;
}

}  // namespace

LeaveOneOut leave_one_out(const Matrix& design, const std::vector<double>& outcome) {
  LeaveOneOut out;
  out.reason = obstacle(design, outcome);
  if (out.reason != Undefined::none) return out;
  const Eigen::Map<const MatrixXd> given(design.values.data(), static_cast<Index>(design.rows),
                                         static_cast<Index>(design.columns));
  VectorXd norms = given.colwise().norm();
  norms = (norms.array() > 0).select(norms, 1);
  const MatrixXd x = given * norms.cwiseInverse().asDiagonal();
  Eigen::ColPivHouseholderQR<MatrixXd> qr(x);
  qr.setThreshold(kRank);
  out.reason = qr.rank() < x.cols() ? Undefined::singular : Undefined::none;
  if (out.reason != Undefined::none) return out;
  const Fit fit = solve(x, Eigen::Map<const VectorXd>(outcome.data(), static_cast<Index>(outcome.size())), qr);
  if (!(fit.squares > kNoResidual * fit.total)) {
    out.reason = Undefined::no_variation;
    return out;
  }
  const double df = static_cast<double>(x.rows() - x.cols());
  for (Index c = 0; c < x.cols(); ++c) out.coefficients.push_back(fit.beta(c) / norms(c));
  out.sigma = std::sqrt(fit.squares / df);
  out.r_squared = 1 - fit.squares / fit.total;
  for (Index i = 0; i < x.rows(); ++i) out.units.push_back(left_out(fit, i, df - 1));
  return out;
}

}  // namespace kaskad::stats
