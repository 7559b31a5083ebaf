// Intervals for one figure and for the difference of two. Level 0.95 throughout.
#pragma once

#include <cstdint>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// Share k/n with Wilson's score interval (Wilson 1927), as a fraction. n = 0 → no_data.
Estimate wilson(std::int64_t hits, std::int64_t n);
/// Mean with Student's interval, df = n − 1. n = 1 gives the value without an interval.
Estimate student_mean(std::int64_t n, double mean, double variance);
/// Rate of events over an exposure, times `per`, with the exact Poisson interval (Garwood 1936).
Estimate poisson_rate(std::int64_t events, double exposure, double per);
/// p1 − p0 with Newcombe's hybrid score interval (Newcombe 1998, method 10).
Estimate newcombe(std::int64_t hits1, std::int64_t n1, std::int64_t hits0, std::int64_t n0);

struct Sample {
  std::int64_t n = 0;
  double mean = kNaN;
  double variance = kNaN;  ///< Divisor n − 1.
};
/// mean1 − mean0, Welch's t interval and p (Welch 1947; Satterthwaite 1946).
Estimate welch(const Sample& one, const Sample& zero);
/// Standardised mean difference: pooled within-group SD, times ω = 1 − 3/(4N − 9) (Hedges 1981), interval from
/// se² = ω²(1/n1 + 1/n0 + d²/(2(N − 2))) and the normal quantile. When `clustered` is a defined difference with a clustered se, its
/// relative width is used instead: se² = ω²((se_clustered/s)² + d²/(2 df)), t quantile.
Estimate hedges_g(const Sample& one, const Sample& zero, const Estimate* clustered = nullptr);
/// Hedges' correction for N pupils in both groups together.
double hedges_correction(double total_n);

/// A mean of values of schools etc. over a sample; and quantile t for a level.
double student_quantile(double probability, double df);
double student_two_sided_p(double t, double df);

}  // namespace kaskad::stats
