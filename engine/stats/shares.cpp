#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/stats/intervals.hpp"

namespace kaskad::stats {

namespace {

Estimate with_limits(double value, std::int64_t n, double lo, double hi) {
  Estimate e = exactly(value, n);
  e.lo = lo;
  e.hi = hi;
  return e;
}

/// Wilson's limits of a share p = k/n; k need not be whole.
Estimate score_interval(double k, std::int64_t n, double level) {
  const double z = normal_quantile(0.5 + level / 2);
  const double size = static_cast<double>(n);
  const double p = k / size;
  const double centre = 2 * k + z * z;
  const double width = z * std::sqrt(z * z + 4 * k * (1 - p));
  const double scale = 2 * (size + z * z);
  // The outer limits are exact: rounding must not put them a hair inside or outside.
  const double lo = k <= 0 ? 0.0 : (centre - width) / scale;
  const double hi = k >= size ? 1.0 : (centre + width) / scale;
  return with_limits(p, n, lo, hi);
}

}  // namespace

Estimate wilson(std::int64_t hits, std::int64_t n, double level) {
  if (n <= 0) return undefined(Undefined::no_data);
  assert(hits >= 0 && hits <= n);
  return score_interval(static_cast<double>(hits), n, level);
}

Estimate bounded_mean(double mean, std::int64_t n, double level) {
  if (n <= 0) return undefined(Undefined::no_data);
  assert(mean >= 0 && mean <= 1);
  return score_interval(mean * static_cast<double>(n), n, level);
}

Estimate poisson_rate(std::int64_t events, double exposure, double per) {
  assert(events >= 0 && per > 0 && std::isfinite(per));
  if (!(exposure > 0) || !std::isfinite(exposure)) return undefined(Undefined::no_data);
  const double k = static_cast<double>(events);
  const double unit = per / exposure;
  const double lo = events == 0 ? 0.0 : chi_squared_quantile(1 - kUpperTail, 2 * k) / 2;
  const double hi = chi_squared_quantile(kUpperTail, 2 * k + 2) / 2;
  return with_limits(k * unit, std::llround(exposure), lo * unit, hi * unit);
}

Estimate mover_difference(const Estimate& one, const Estimate& zero) {
  const std::int64_t n = std::max<std::int64_t>(one.n, 0) + std::max<std::int64_t>(zero.n, 0);
  for (const Estimate* e : {&one, &zero}) {
    if (!e->defined()) return undefined(e->reason, n);
  }
  const double difference = one.value - zero.value;
  if (!one.has_interval() || !zero.has_interval()) return exactly(difference, n);
  const double below = std::hypot(one.value - one.lo, zero.hi - zero.value);
  const double above = std::hypot(one.hi - one.value, zero.value - zero.lo);
  return with_limits(difference, n, difference - below, difference + above);
}

Estimate newcombe(std::int64_t hits1, std::int64_t n1, std::int64_t hits0, std::int64_t n0, double level) {
  Estimate difference = mover_difference(wilson(hits1, n1, level), wilson(hits0, n0, level));
  difference.n = std::max<std::int64_t>(n1, 0) + std::max<std::int64_t>(n0, 0);
  return difference;
}

}  // namespace kaskad::stats
