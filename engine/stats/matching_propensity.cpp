#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/stats/matching.hpp"

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kRank = 1e-9;     ///< Least pivot beside the largest of columns of norm 1.
constexpr double kSettled = 1e-9;  ///< A step of the logits that ends the search.
constexpr double kFarLogit = 12;   ///< Beyond this fitted shares are nearly 0 or 1: separation, if logits still move.
constexpr int kMostSteps = 100;
constexpr int kMostHalvings = 40;

/// log(1 + e^x) without overflow.
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

double log_likelihood(const VectorXd& logits, const VectorXd& treated) {
  double sum = 0;
  for (Index i = 0; i < logits.size(); ++i) sum += treated(i) * logits(i) - softplus(logits(i));
  return sum;
}

struct Problem {
  MatrixXd design;  ///< Columns of norm 1.
  VectorXd norms;
  VectorXd treated;
};

std::optional<Problem> pose(const Matrix& design, const std::vector<char>& treated) {
  Problem problem;
  problem.design = Eigen::Map<const MatrixXd>(design.values.data(), static_cast<Index>(design.rows),
                                              static_cast<Index>(design.columns));
  problem.norms = problem.design.colwise().norm();
  problem.treated.resize(static_cast<Index>(design.rows));
  for (std::size_t i = 0; i < treated.size(); ++i) problem.treated(static_cast<Index>(i)) = treated[i] != 0 ? 1 : 0;
  if (!(problem.norms.array() > 0).all()) return std::nullopt;
  problem.design = problem.design * problem.norms.cwiseInverse().asDiagonal();
  Eigen::ColPivHouseholderQR<MatrixXd> qr(problem.design);
  qr.setThreshold(kRank);
  if (qr.rank() < problem.design.cols()) return std::nullopt;
  return problem;
}

Undefined obstacle(const Matrix& design, const std::vector<char>& treated) {
  const auto count = std::count_if(treated.begin(), treated.end(), [](char t) { return t != 0; });
  if (count == 0 || count == static_cast<std::ptrdiff_t>(treated.size())) return Undefined::no_data;
  const std::vector<double>& values = design.values;
  const bool finite = std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  return finite && design.columns > 0 ? Undefined::none : Undefined::no_data;
}

/// Newton's step: weighted least squares of (y − p)/w on the design, w = p(1 − p), by QR of √w·X.
VectorXd newton_step(const Problem& problem, const VectorXd& logits) {
  VectorXd root(logits.size());
  VectorXd residual(logits.size());
  for (Index i = 0; i < logits.size(); ++i) {
    const double p = logistic(logits(i));
    root(i) = std::sqrt(std::max(p * logistic(-logits(i)), 1e-300));
    residual(i) = (problem.treated(i) - p) / root(i);
  }
  return (root.asDiagonal() * problem.design).colPivHouseholderQr().solve(residual);
}

struct Search {
  VectorXd coefficients, logits;
  double log_likelihood = kNaN;
  double moved = kNaN;  ///< Largest change of a logit in the last step.
  int steps = 0;
};

/// One step, halved while it lowers the likelihood. False where no part of it raises or keeps it.
bool step(const Problem& problem, Search& search) {
  VectorXd change = newton_step(problem, search.logits);
  if (!change.allFinite()) return false;
  for (int halving = 0; halving < kMostHalvings; ++halving) {
    const VectorXd logits = search.logits + problem.design * change;
    const double likelihood = log_likelihood(logits, problem.treated);
    if (likelihood >= search.log_likelihood - 1e-12 * std::abs(search.log_likelihood)) {
      search.moved = (logits - search.logits).cwiseAbs().maxCoeff();
      search.coefficients += change;
      search.logits = logits;
      search.log_likelihood = likelihood;
      ++search.steps;
      return true;
    }
    change /= 2;
  }
  return false;
}

/// Under separation each step moves some logits by about 1, for ever; at a maximum steps vanish quadratically.
Undefined climb(const Problem& problem, Search& search) {
  while (search.steps < kMostSteps) {
    const bool better = step(problem, search);
    const double farthest = search.logits.cwiseAbs().maxCoeff();
    if (better && search.moved <= kSettled * (1 + farthest)) return Undefined::none;
    const bool running_off = farthest > 2 * kFarLogit && search.moved > 0.1;
    if (running_off || !better) return farthest > kFarLogit ? Undefined::separation : Undefined::no_convergence;
  }
  return search.logits.cwiseAbs().maxCoeff() > kFarLogit ? Undefined::separation : Undefined::no_convergence;
}

}  // namespace

PropensityScores propensity_scores(const Matrix& design, const std::vector<char>& treated) {
  PropensityScores scores;
  scores.reason = obstacle(design, treated);
  if (scores.reason != Undefined::none) return scores;
  const std::optional<Problem> problem = pose(design, treated);
  scores.reason = problem ? Undefined::none : Undefined::singular;
  if (!problem) return scores;
  Search search;
  search.coefficients = VectorXd::Zero(problem->design.cols());
  search.logits = VectorXd::Zero(problem->design.rows());
  search.log_likelihood = log_likelihood(search.logits, problem->treated);
  scores.reason = climb(*problem, search);
  scores.iterations = search.steps;
  if (scores.reason != Undefined::none) return scores;
  scores.log_likelihood = search.log_likelihood;
  for (Index i = 0; i < search.logits.size(); ++i) {
    scores.logit.push_back(search.logits(i));
    scores.probability.push_back(logistic(search.logits(i)));
  }
  for (Index j = 0; j < search.coefficients.size(); ++j) {
    scores.coefficients.push_back(search.coefficients(j) / problem->norms(j));
  }
  return scores;
}

}  // namespace kaskad::stats
