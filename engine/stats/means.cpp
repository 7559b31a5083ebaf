#include <algorithm>
#include <cmath>

#include "engine/stats/intervals.hpp"

namespace kaskad::stats {

namespace {

bool has_variance(const Sample& sample) {
  return sample.n >= 2 && std::isfinite(sample.variance) && sample.variance >= 0;
}

/// value ∓ quantile·se; a limit beyond a double's range leaves the estimate without an interval.
void put_interval(Estimate& e, double se, double quantile) {
  e.se = se;
  if (!std::isfinite(quantile * se)) return;
  e.lo = e.value - quantile * se;
  e.hi = e.value + quantile * se;
}

std::int64_t total(const Sample& one, const Sample& zero) {
  return std::max<std::int64_t>(one.n, 0) + std::max<std::int64_t>(zero.n, 0);
}

bool has_mean(const Sample& sample) { return sample.n > 0 && std::isfinite(sample.mean); }

Undefined welch_obstacle(const Sample& one, const Sample& zero) {
  if (!has_mean(one) || !has_mean(zero)) return Undefined::no_data;
  if (one.n < 2 || zero.n < 2) return Undefined::too_few;
  if (!has_variance(one) || !has_variance(zero)) return Undefined::no_distribution;
  return one.variance > 0 || zero.variance > 0 ? Undefined::none : Undefined::no_variation;
}

/// A group of one has no squares of its own, so its variance need not be known.
double squares_within(const Sample& sample) {
  return sample.n < 2 ? 0 : static_cast<double>(sample.n - 1) * sample.variance;
}

double pooled_sd(const Sample& one, const Sample& zero) {
  const double df = static_cast<double>(one.n + zero.n - 2);
  return std::sqrt((squares_within(one) + squares_within(zero)) / df);
}

Undefined hedges_obstacle(const Sample& one, const Sample& zero) {
  if (!has_mean(one) || !has_mean(zero)) return Undefined::no_data;
  if (one.n + zero.n < 4) return Undefined::too_few;
  const bool known = (one.n < 2 || has_variance(one)) && (zero.n < 2 || has_variance(zero));
  if (!known) return Undefined::no_distribution;
  return pooled_sd(one, zero) > 0 ? Undefined::none : Undefined::no_variation;
}

bool has_clustered_se(const Estimate& e) { return e.defined() && std::isfinite(e.se) && e.df > 0; }

/// se of ω·d from the relative error of the difference and that of the SD on `df`.
double g_error(double omega, double relative_variance, double d, double df) {
  return omega * std::sqrt(relative_variance + d * d / (2 * df));
}

Estimate clustered_g(const Estimate& difference, double sd, double omega) {
  const double d = difference.value / sd;
  Estimate g = exactly(omega * d, difference.n);
  g.df = difference.df;
  g.clusters = difference.clusters;
  const double relative = difference.se / sd;
  put_interval(g, g_error(omega, relative * relative, d, g.df), student_quantile(kUpperTail, g.df));
  return g;
}

}  // namespace

Estimate student_mean(std::int64_t n, double mean, double variance) {
  const Sample sample{n, mean, variance};
  if (!has_mean(sample)) return undefined(Undefined::no_data, std::max<std::int64_t>(n, 0));
  Estimate e = exactly(mean, n);
  if (!has_variance(sample)) return e;
  e.se = std::sqrt(variance / static_cast<double>(n));
  e.df = static_cast<double>(n - 1);
  if (e.se > 0) put_interval(e, e.se, student_quantile(kUpperTail, e.df));
  return e;
}

Estimate welch(const Sample& one, const Sample& zero) {
  const Undefined obstacle = welch_obstacle(one, zero);
  if (obstacle != Undefined::none) return undefined(obstacle, total(one, zero));
  const double part1 = one.variance / static_cast<double>(one.n);
  const double part0 = zero.variance / static_cast<double>(zero.n);
  const double share1 = part1 / (part1 + part0);
  const double share0 = part0 / (part1 + part0);
  Estimate e = exactly(one.mean - zero.mean, total(one, zero));
  e.df = 1 / (share1 * share1 / static_cast<double>(one.n - 1) + share0 * share0 / static_cast<double>(zero.n - 1));
  put_interval(e, std::sqrt(part1 + part0), student_quantile(kUpperTail, e.df));
  e.p = student_two_sided_p(e.value / e.se, e.df);
  return e;
}

double hedges_correction(double total_n) { return total_n > 3 ? 1 - 3 / (4 * total_n - 9) : kNaN; }

Estimate hedges_g(const Sample& one, const Sample& zero, const Estimate* clustered) {
  const std::int64_t n = total(one, zero);
  const Undefined obstacle = hedges_obstacle(one, zero);
  if (obstacle != Undefined::none) return undefined(obstacle, n);
  const double sd = pooled_sd(one, zero);
  const double omega = hedges_correction(static_cast<double>(n));
  if (clustered != nullptr && has_clustered_se(*clustered)) return clustered_g(*clustered, sd, omega);
  const double d = (one.mean - zero.mean) / sd;
  Estimate g = exactly(omega * d, n);
  if (clustered != nullptr) return g;
  const double relative_variance = 1 / static_cast<double>(one.n) + 1 / static_cast<double>(zero.n);
  put_interval(g, g_error(omega, relative_variance, d, static_cast<double>(n - 2)), normal_quantile(kUpperTail));
  return g;
}

}  // namespace kaskad::stats
