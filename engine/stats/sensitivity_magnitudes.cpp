// Violations bounded by the largest one before treatment; checks that both kinds of bounds share.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/stats/distributions.hpp"
#include "engine/stats/sensitivity.hpp"
#include "engine/stats/sensitivity_parts.hpp"

namespace kaskad::stats {

namespace sensitivity {

namespace {

bool finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace

bool usable(const EventStudy& study, const SensitivityTarget& target) {
  const std::size_t n = study.pre.size() + study.post.size();
  return !study.pre.empty() && !study.post.empty() && target.weights.size() == study.post.size() &&
         study.covariance.rows == n && study.covariance.columns == n && finite(study.pre) && finite(study.post) &&
         finite(study.covariance.values) && finite(target.weights);
}

double value_of(const EventStudy& study, const std::vector<double>& weights) {
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i] * (i < study.pre.size() ? study.pre[i] : study.post[i - study.pre.size()]);
  }
  return sum;
}

double se_of(const EventStudy& study, const std::vector<double>& weights) {
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t j = 0; j < weights.size(); ++j) sum += weights[i] * weights[j] * study.covariance(i, j);
  }
  return std::sqrt(std::max(0.0, sum));
}

std::vector<double> target_weights(const EventStudy& study, const SensitivityTarget& target) {
  std::vector<double> weights(study.pre.size(), 0);
  weights.insert(weights.end(), target.weights.begin(), target.weights.end());
  return weights;
}

SensitivityInterval undefined_interval(double size) {
  SensitivityInterval interval;
  interval.size = size;
  interval.reason = Undefined::no_data;
  return interval;
}

Breakdown first_with_zero(const std::function<SensitivityInterval(double)>& interval, double scale) {
  const auto holds_zero = [&interval](double size) {
    const SensitivityInterval i = interval(size);
    return i.lo <= 0 && i.hi >= 0;
  };
  if (interval(0).reason != Undefined::none) return {kNaN, interval(0).reason};
  if (holds_zero(0)) return {0, Undefined::none};
  constexpr double kFirst = 1e-6;
  constexpr double kBeyondUse = 1e6;
  double low = 0;
  double high = kFirst * scale;
  while (!holds_zero(high)) {
    low = high;
    high *= 2;
    if (high > kBeyondUse * scale) return {std::numeric_limits<double>::infinity(), Undefined::none};
  }
  while (high - low > 1e-12 * high) {
    const double middle = 0.5 * (low + high);
    (holds_zero(middle) ? high : low) = middle;
  }
  return {low, Undefined::none};
}

}  // namespace sensitivity

namespace {

using namespace sensitivity;

/// Σ_k |Σ_{j ≥ k} w_j|: how far θ moves when every change after the reference period is as large as it may be.
double leverage_of(const std::vector<double>& weights) {
  double tail = 0;
  double sum = 0;
  for (auto w = weights.rbegin(); w != weights.rend(); ++w) {
    tail += *w;
    sum += std::abs(tail);
  }
  return sum;
}

/// Weights on the coefficients of the change d_s = δ_{s+1} − δ_s; the reference period's δ is 0.
std::vector<double> change_weights(const EventStudy& study, std::size_t s) {
  std::vector<double> weights(study.pre.size() + study.post.size(), 0);
  weights[s] = -1;
  if (s + 1 < study.pre.size()) weights[s + 1] = 1;
  return weights;
}

void widen(const EventStudy& study, const std::vector<double>& weights, double quantile,
           SensitivityInterval& interval) {
  const double value = value_of(study, weights);
  const double reach = quantile * se_of(study, weights);
  interval.set_lo = std::fmin(interval.set_lo, value);
  interval.set_hi = std::fmax(interval.set_hi, value);
  interval.lo = std::fmin(interval.lo, value - reach);
  interval.hi = std::fmax(interval.hi, value + reach);
}

}  // namespace

SensitivityInterval relative_magnitudes(const EventStudy& study, const SensitivityTarget& target, double size) {
  if (!usable(study, target)) return undefined_interval(size);
  SensitivityInterval interval;
  interval.size = size;
  const double quantile = student_quantile(0.5 + target.level / 2, target.df);
  const double reach = size * leverage_of(target.weights);
  for (std::size_t s = 0; s < study.pre.size(); ++s) {
    const std::vector<double> change = change_weights(study, s);
    for (const double sign : {-1.0, 1.0}) {
      std::vector<double> weights = target_weights(study, target);
      for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += sign * reach * change[i];
      widen(study, weights, quantile, interval);
    }
  }
  return interval;
}

Breakdown relative_breakdown(const EventStudy& study, const SensitivityTarget& target) {
  return first_with_zero([&](double size) { return relative_magnitudes(study, target, size); }, 1);
}

Robustness robustness_value(double t, double df, double level) {
  Robustness r;
  if (!std::isfinite(t) || !(df > 1)) {
    r.reason = Undefined::no_data;
    return r;
  }
  const auto value = [](double f) { return 0.5 * (std::sqrt(std::pow(f, 4) + 4 * f * f) - f * f); };
  const double f = std::abs(t) / std::sqrt(df);
  const double critical = student_quantile(0.5 + level / 2, df - 1) / std::sqrt(df - 1);
  r.partial_r2 = t * t / (t * t + df);
  r.value = value(f);
  r.value_level = f <= critical      ? 0
                  : f > 1 / critical ? (f * f - critical * critical) / (1 + f * f)
                                     : value(f - critical);
  return r;
}

}  // namespace kaskad::stats
