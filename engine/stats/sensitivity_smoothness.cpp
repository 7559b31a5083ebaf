// Violations of bounded curvature: the optimal fixed-length confidence interval.
#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"
#include "engine/stats/sensitivity.hpp"
#include "engine/stats/sensitivity_parts.hpp"

namespace kaskad::stats {

namespace {

using namespace sensitivity;
using Vector = std::vector<double>;

double normal_density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * std::acos(-1.0)); }
double normal_probability(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// The weights v of the coefficients before treatment by their second differences: with pre_j the j-th coefficient
/// before the reference period, v_j = u_{j−1} − 2u_j + u_{j+1}, u_K = u_{K+1} = 0. Then Σ j·v_j = u_0, so that
/// unbiasedness for linear trends fixes u_0 = Σ j·w_j, and δ'v = Σ_k u_k·s_k with the second differences s of δ.
class Estimators {
 public:
  Estimators(const EventStudy& study, const SensitivityTarget& target)
      : study_(study), target_(target), count_(study.pre.size()) {
    first_ = 0;
    for (std::size_t j = 0; j < target.weights.size(); ++j) first_ += static_cast<double>(j + 1) * target.weights[j];
    base_ = weights(Vector(count_ - 1, 0));
    for (std::size_t k = 0; k + 1 < count_; ++k) directions_.push_back(direction(k));
    quadratic();
  }

  std::size_t free() const { return count_ - 1; }
  double hessian(std::size_t a, std::size_t b) const { return hessian_[a * free() + b]; }
  double slope(std::size_t a) const { return slope_[a]; }

  /// Weights on all coefficients for the free second differences u_1 … u_{K−1}.
  Vector weights(const Vector& free) const {
    Vector u(count_ + 2, 0);
    u[0] = first_;
    std::copy(free.begin(), free.end(), u.begin() + 1);
    Vector weights = target_weights(study_, target_);
    for (std::size_t j = 1; j <= count_; ++j) weights[count_ - j] = u[j - 1] - 2 * u[j] + u[j + 1];
    return weights;
  }

  /// Largest bias for M = 1: the curvature after the reference period cannot be helped, nor that at it.
  double bias(const Vector& free) const {
    double sum = std::abs(first_);
    for (std::size_t k = 1; k < target_.weights.size(); ++k) {
      double c = 0;
      for (std::size_t j = k + 1; j <= target_.weights.size(); ++j) {
        c += target_.weights[j - 1] * static_cast<double>(j - k);
      }
      sum += std::abs(c);
    }
    for (double u : free) sum += std::abs(u);
    return sum;
  }

 private:
  Vector direction(std::size_t k) const {
    Vector unit(count_ - 1, 0);
    unit[k] = 1;
    Vector with = weights(unit);
    for (std::size_t i = 0; i < with.size(); ++i) with[i] -= base_[i];
    return with;
  }

  double product(const Vector& a, const Vector& b) const {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) sum += a[i] * b[j] * study_.covariance(i, j);
    }
    return sum;
  }

  /// σ² = const + 2·slope'u + u'·hessian·u.
  void quadratic() {
    for (const Vector& a : directions_) {
      slope_.push_back(product(base_, a));
      for (const Vector& b : directions_) hessian_.push_back(product(a, b));
    }
  }

  const EventStudy& study_;
  const SensitivityTarget& target_;
  std::size_t count_;
  double first_ = 0;
  Vector base_;
  std::vector<Vector> directions_;
  Vector slope_, hessian_;
};

double soft(double value, double threshold) {
  return value > threshold ? value - threshold : value < -threshold ? value + threshold : 0;
}

/// The minimum of σ²/2 + penalty·Σ|u| by coordinate descent (Friedman, Hastie & Tibshirani 2010), from `u`.
Vector lasso(const Estimators& e, double penalty, Vector u) {
  constexpr int kMostSweeps = 100000;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double change = 0;
    double size = 0;
    for (std::size_t a = 0; a < e.free(); ++a) {
      double gradient = e.slope(a);
      for (std::size_t b = 0; b < e.free(); ++b) gradient += b == a ? 0 : e.hessian(a, b) * u[b];
      const double next = e.hessian(a, a) > 0 ? soft(-gradient, penalty) / e.hessian(a, a) : 0;
      change = std::max(change, std::abs(next - u[a]));
      size = std::max(size, std::abs(next));
      u[a] = next;
    }
    if (change <= 1e-12 * size) break;
  }
  return u;
}

struct FixedLength {
  double centre = 0;
  double half = 0;
};

FixedLength fixed_length(const EventStudy& study, const SensitivityTarget& target, const Estimators& e, double size,
                         const Vector& u) {
  const Vector weights = e.weights(u);
  const double se = se_of(study, weights);
  const double bias = size * e.bias(u);
  const double half = se > 0 ? se * folded_normal_quantile(target.level, bias / se) : bias;
  return {value_of(study, weights), half};
}

/// Penalty at which all free differences are 0: the least bias.
double greatest_penalty(const Estimators& e) {
  double greatest = 0;
  for (std::size_t a = 0; a < e.free(); ++a) greatest = std::max(greatest, std::abs(e.slope(a)));
  return greatest;
}

/// The shortest interval along the lasso path, by golden section in the logarithm of the penalty.
FixedLength shortest(const EventStudy& study, const SensitivityTarget& target, double size) {
  const Estimators e(study, target);
  const double greatest = greatest_penalty(e);
  const auto at = [&](double depth) {
    return fixed_length(study, target, e, size, lasso(e, greatest * std::exp(-depth), Vector(e.free(), 0)));
  };
  if (e.free() == 0 || !(greatest > 0)) return at(0);
  if (size == 0) return fixed_length(study, target, e, size, lasso(e, 0, Vector(e.free(), 0)));
  constexpr double kDeepest = 20;
  const double golden = 0.5 * (std::sqrt(5.0) - 1);
  double low = 0;
  double high = kDeepest;
  double a = high - golden * (high - low);
  double b = low + golden * (high - low);
  double fa = at(a).half;
  double fb = at(b).half;
  while (high - low > 1e-7) {
    if (fa <= fb) {
      high = b;
      b = a;
      fb = fa;
      a = high - golden * (high - low);
      fa = at(a).half;
    } else {
      low = a;
      a = b;
      fa = fb;
      b = low + golden * (high - low);
      fb = at(b).half;
    }
  }
  return at(0.5 * (low + high));
}

/// Sizes of curvature are tried in units of the standard error of the target.
double scale_of(const EventStudy& study, const SensitivityTarget& target) {
  const double se = se_of(study, target_weights(study, target));
  return se > 0 ? se : 1;
}

}  // namespace

double folded_normal_quantile(double probability, double mean) {
  const double m = std::abs(mean);
  // P(|N(m, 1)| ≤ c) rises in c; at c = m + z it is at least `probability`, at the greater of the two below at most.
  double low = std::max(normal_quantile(0.5 + probability / 2), m + normal_quantile(probability));
  double high = m + normal_quantile(0.5 + probability / 2);
  double c = low;
  for (int step = 0; step < 200 && high - low > 0; ++step) {
    const double excess = normal_probability(c - m) - normal_probability(-c - m) - probability;
    (excess > 0 ? high : low) = c;
    const double newton = c - excess / (normal_density(c - m) + normal_density(c + m));
    const double next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (std::abs(next - c) <= 1e-15 * c) return next;
    c = next;
  }
  return c;
}

SensitivityInterval smoothness(const EventStudy& study, const SensitivityTarget& target, double size) {
  if (!usable(study, target)) return undefined_interval(size);
  const FixedLength best = shortest(study, target, size);
  SensitivityInterval interval;
  interval.size = size;
  interval.lo = best.centre - best.half;
  interval.hi = best.centre + best.half;
  return interval;
}

Breakdown smoothness_breakdown(const EventStudy& study, const SensitivityTarget& target) {
  if (!usable(study, target)) return {kNaN, Undefined::no_data};
  return first_with_zero([&](double size) { return smoothness(study, target, size); }, scale_of(study, target));
}

}  // namespace kaskad::stats
