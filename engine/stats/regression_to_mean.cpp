#include "engine/stats/regression_to_mean.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {
namespace {

struct Moments {
  double xx = 0, yy = 0, xy = 0;  ///< Sums of squares and products around the means.
};

Moments moments(const RepeatedValues& units) {
  const auto n = static_cast<double>(units.size());
  double mean_x = 0, mean_y = 0;
  for (const auto& [x, y] : units) {
    mean_x += x / n;
    mean_y += y / n;
  }
  Moments out;
  for (const auto& [x, y] : units) {
    out.xx += (x - mean_x) * (x - mean_x);
    out.yy += (y - mean_y) * (y - mean_y);
    out.xy += (x - mean_x) * (y - mean_y);
  }
  return out;
}

/// Share of the distance to the mean that is chance.
double chance_share(double reliability, int measurements) {
  const double rho = std::clamp(reliability, 0.0, 1.0);
  return (1 - rho) / (1 + (measurements - 1) * rho);
}

}  // namespace

Estimate correlation_of_repeats(const RepeatedValues& units) {
  const auto n = static_cast<std::int64_t>(units.size());
  if (units.size() < kUnitsForReliability) return undefined(Undefined::too_few, n);
  const Moments m = moments(units);
  if (m.xx == 0 || m.yy == 0) return undefined(Undefined::no_variation, n);
  Estimate e = exactly(std::clamp(m.xy / std::sqrt(m.xx * m.yy), -1.0, 1.0), n);
  if (std::abs(e.value) == 1) return e;
  const double half = normal_quantile(kUpperTail) / std::sqrt(static_cast<double>(n) - 3);
  e.lo = std::tanh(std::atanh(e.value) - half);
  e.hi = std::tanh(std::atanh(e.value) + half);
  return e;
}

Estimate expected_regression(const Estimate& reliability, double mean, double chosen, int measurements) {
  if (!reliability.defined()) return undefined(reliability.reason, reliability.n);
  const double distance = mean - chosen;
  Estimate e = exactly(chance_share(reliability.value, measurements) * distance, reliability.n);
  if (!reliability.has_interval()) return e;
  e.lo = chance_share(reliability.hi, measurements) * distance;
  e.hi = chance_share(reliability.lo, measurements) * distance;
  if (e.lo > e.hi) std::swap(e.lo, e.hi);
  return e;
}

}  // namespace kaskad::stats
