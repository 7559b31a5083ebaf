#include "engine/stats/poisson.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace kaskad::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kRank = 1e-9;        ///< Least pivot beside the largest of columns of norm 1.
constexpr double kSettled = 1e-10;    ///< Change of the linear predictors that ends the search.
constexpr double kNearlyNone = 1e-9;  ///< Fitted counts below it, where none was seen, tell of separation.
constexpr int kMostSteps = 100;
constexpr int kMostHalvings = 40;

struct Terms {
  MatrixXd design;  ///< Columns of norm 1.
  VectorXd norms;
  VectorXd counts;
};

Undefined obstacle(const Matrix& design, const std::vector<double>& counts) {
  const auto is_count = [](double y) { return std::isfinite(y) && y >= 0; };
  const auto is_finite = [](double x) { return std::isfinite(x); };
  const bool sound = design.rows == counts.size() && design.columns > 0 &&
                     std::all_of(counts.begin(), counts.end(), is_count) &&
                     std::all_of(design.values.begin(), design.values.end(), is_finite);
  const bool any = std::any_of(counts.begin(), counts.end(), [](double y) { return y > 0; });
  return sound && any ? Undefined::none : Undefined::no_data;
}

Terms pose(const Matrix& design, const std::vector<double>& counts) {
  Terms t;
  t.design = Eigen::Map<const MatrixXd>(design.values.data(), static_cast<Index>(design.rows),
                                        static_cast<Index>(design.columns));
  t.norms = t.design.colwise().norm();
  t.norms = (t.norms.array() > 0).select(t.norms, 1);
  t.design = t.design * t.norms.cwiseInverse().asDiagonal();
  t.counts = Eigen::Map<const VectorXd>(counts.data(), static_cast<Index>(counts.size()));
  return t;
}

bool has_full_rank(const Terms& t) {
  Eigen::ColPivHouseholderQR<MatrixXd> qr(t.design);
  qr.setThreshold(kRank);
  return qr.rank() == t.design.cols();
}

/// Without the term of the counts alone.
double log_likelihood(const Terms& t, const VectorXd& predictors) {
  return t.counts.dot(predictors) - predictors.array().exp().sum();
}

VectorXd step_from(const Terms& t, const VectorXd& predictors) {
  const VectorXd fitted = predictors.array().exp();
  const VectorXd root = fitted.array().sqrt();
  const MatrixXd weighted = root.asDiagonal() * t.design;
  const VectorXd residuals = (t.counts - fitted).array() / root.array().max(1e-150);
  return weighted.colPivHouseholderQr().solve(residuals);
}

struct Search {
  VectorXd beta;
  VectorXd predictors;
  int iterations = 0;
  Undefined reason = Undefined::no_convergence;
};

/// Least squares of the logarithms: a start from which the steps are short.
Search start(const Terms& t) {
  Search s;
  const VectorXd logs = (t.counts.array() + 0.5).log();
  s.beta = t.design.colPivHouseholderQr().solve(logs);
  s.predictors = t.design * s.beta;
  return s;
}

/// The longest of the steps 1, ½, ¼ … that does not lower the likelihood; its change of the predictors.
double move(const Terms& t, Search& s, const VectorXd& step) {
  const double before = log_likelihood(t, s.predictors);
  double length = 1;
  for (int halvings = 0; halvings < kMostHalvings; ++halvings, length /= 2) {
    const VectorXd predictors = t.design * (s.beta + length * step);
    const double after = log_likelihood(t, predictors);
    if (!(after >= before - 1e-12 * std::abs(before))) continue;
    const double change = (predictors - s.predictors).cwiseAbs().maxCoeff();
    s.beta += length * step;
    s.predictors = predictors;
    return change;
  }
  return 0;
}

Search search(const Terms& t) {
  Search s = start(t);
  for (; s.iterations < kMostSteps; ++s.iterations) {
    if (move(t, s, step_from(t, s.predictors)) > kSettled) continue;
    s.reason = Undefined::none;
    break;
  }
  if (s.predictors.minCoeff() < std::log(kNearlyNone)) s.reason = Undefined::separation;
  return s;
}

double deviance_of(const Terms& t, const VectorXd& predictors) {
  double sum = 0;
  for (Index i = 0; i < predictors.size(); ++i) {
    const double y = t.counts(i), fitted = std::exp(predictors(i));
    sum += (y > 0 ? y * (std::log(y) - predictors(i)) : 0) - (y - fitted);
  }
  return 2 * sum;
}

Matrix covariance_of(const Terms& t, const VectorXd& predictors) {
  const VectorXd weights = predictors.array().exp();
  const MatrixXd information = t.design.transpose() * weights.asDiagonal() * t.design;
  const MatrixXd inverse = information.ldlt().solve(MatrixXd::Identity(information.rows(), information.cols()));
  const auto k = static_cast<std::size_t>(information.rows());
  Matrix out(k, k);
  for (std::size_t r = 0; r < k; ++r) {
    for (std::size_t c = 0; c < k; ++c) {
      const auto i = static_cast<Index>(r), j = static_cast<Index>(c);
      out(r, c) = (inverse(i, j) + inverse(j, i)) / 2 / (t.norms(i) * t.norms(j));
    }
  }
  return out;
}

}  // namespace

PoissonFit poisson_regression(const Matrix& design, const std::vector<double>& counts) {
  PoissonFit fit;
  fit.reason = obstacle(design, counts);
  if (fit.reason != Undefined::none) return fit;
  const Terms terms = pose(design, counts);
  fit.reason = has_full_rank(terms) ? Undefined::none : Undefined::singular;
  if (fit.reason != Undefined::none) return fit;
  const Search found = search(terms);
  fit.reason = found.reason;
  fit.iterations = found.iterations;
  if (fit.reason != Undefined::none) return fit;
  for (Index c = 0; c < found.beta.size(); ++c) fit.coefficients.push_back(found.beta(c) / terms.norms(c));
  fit.covariance = covariance_of(terms, found.predictors);
  fit.deviance = deviance_of(terms, found.predictors);
  return fit;
}

}  // namespace kaskad::stats
