#include "engine/stats/equivalence.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

constexpr double kOneSidedLevel = 0.95;

/// P(T ≥ t).
double upper_tail(double t, double df) {
  const double half = student_two_sided_p(t, df) / 2;
  return t > 0 ? half : 1 - half;
}

Undefined obstacle(const Estimate& difference, double lower, double upper) {
  if (!difference.defined()) return difference.reason;
  if (!std::isfinite(lower) || !std::isfinite(upper) || !(difference.df > 0)) return Undefined::no_data;
  return difference.se > 0 ? Undefined::none : Undefined::no_variation;
}

}  // namespace

Equivalence tost(const Estimate& difference, double lower, double upper) {
  Equivalence e;
  e.lower = lower;
  e.upper = upper;
  e.reason = obstacle(difference, lower, upper);
  if (e.reason != Undefined::none) return e;
  assert(lower < upper);
  e.t_lower = (difference.value - lower) / difference.se;
  e.t_upper = (difference.value - upper) / difference.se;
  e.p_lower = upper_tail(e.t_lower, difference.df);
  e.p_upper = upper_tail(-e.t_upper, difference.df);
  e.p = std::max(e.p_lower, e.p_upper);
  const double reach = student_quantile(kOneSidedLevel, difference.df) * difference.se;
  e.lo = difference.value - reach;
  e.hi = difference.value + reach;
  return e;
}

}  // namespace kaskad::stats
