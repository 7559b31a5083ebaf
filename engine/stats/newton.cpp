#include "engine/stats/newton.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

namespace kaskad::stats {

namespace {

constexpr int kMost = static_cast<int>(kMostArguments);
using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMost, 1>;
using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, kMost, kMost>;

constexpr int kMostIterations = 200;
constexpr int kMostHalvings = 50;
constexpr double kArmijo = 1e-4;
/// Eigenvalues under this part of the largest are taken as this part of it.
constexpr double kFlat = 1e-10;
/// Under this decrement the function's own rounding may hide a descent: whole steps.
constexpr double kPolish = 1e-6;
/// At this decrement the minimum is known beyond any use.
constexpr double kDone = 1e-22;
/// Largest decrement at which the search counts as ended: 10⁻⁵ of the standard error of a likelihood's argument.
constexpr double kConverged = 1e-10;
/// A negative eigenvalue beyond this part of the largest is a direction of descent.
constexpr double kSaddle = 1e-7;

struct Step {
  Vector direction;
  double decrement = 0;
  bool saddle = false;
};

Vector vector_of(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

Step newton_step(const Curvature& here, const Vector& at) {
  const Eigen::Index k = at.size();
  const Square hessian = Eigen::Map<const Eigen::MatrixXd>(here.hessian.data(), k, k);
  const Eigen::SelfAdjointEigenSolver<Square> solver(hessian);
  const double largest = solver.eigenvalues().cwiseAbs().maxCoeff();
  const double floor = std::max(kFlat * largest, std::numeric_limits<double>::min());
  const Vector curvature = solver.eigenvalues().cwiseAbs().cwiseMax(floor);
  const Vector slope = solver.eigenvectors().transpose() * vector_of(here.gradient);
  Step step{-(solver.eigenvectors() * slope.cwiseQuotient(curvature)),
            slope.cwiseAbs2().cwiseQuotient(curvature).sum() / 2, solver.eigenvalues().minCoeff() < -kSaddle * largest};
  const double longest = 1 + at.norm();
  if (step.direction.norm() > longest) step.direction *= longest / step.direction.norm();
  return step;
}

std::vector<double> moved(const std::vector<double>& at, const Vector& direction, double part) {
  std::vector<double> to = at;
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += part * direction(static_cast<Eigen::Index>(i));
  return to;
}

/// Halves the step until the function falls enough; false when it never does.
bool descend(const CurvedFunction& function, const Step& step, Minimum& minimum) {
  const double slope = vector_of(minimum.there.gradient).dot(step.direction);
  double part = 1;
  for (int halving = 0; halving < kMostHalvings; ++halving, part /= 2) {
    std::vector<double> to = moved(minimum.at, step.direction, part);
    Curvature there = function(to);
    if (std::isfinite(there.value) && there.value <= minimum.there.value + kArmijo * part * slope) {
      minimum.at = std::move(to);
      minimum.there = std::move(there);
      return true;
    }
  }
  return false;
}

/// A whole step, kept when it makes the decrement smaller; false when rounding is all that is left.
bool polish(const CurvedFunction& function, const Step& step, Minimum& minimum) {
  std::vector<double> to = moved(minimum.at, step.direction, 1);
  Curvature there = function(to);
  if (!std::isfinite(there.value)) return false;
  if (!(newton_step(there, vector_of(to)).decrement < step.decrement)) return false;
  minimum.at = std::move(to);
  minimum.there = std::move(there);
  return true;
}

}  // namespace

Minimum newton_minimum(const CurvedFunction& function, std::vector<double> start) {
  Minimum minimum{std::move(start), {}, 0, std::numeric_limits<double>::infinity(), false};
  minimum.there = function(minimum.at);
  if (!std::isfinite(minimum.there.value)) return minimum;
  Step step = newton_step(minimum.there, vector_of(minimum.at));
  while (minimum.iterations < kMostIterations && step.decrement > kDone) {
    ++minimum.iterations;
    const bool moved_on =
        step.decrement < kPolish && !step.saddle ? polish(function, step, minimum) : descend(function, step, minimum);
    if (!moved_on) break;
    step = newton_step(minimum.there, vector_of(minimum.at));
  }
  minimum.decrement = step.decrement;
  minimum.converged = step.decrement <= kConverged && !step.saddle;
  return minimum;
}

}  // namespace kaskad::stats
