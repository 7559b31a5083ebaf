// Estimates of one figure and of the difference of two, with 95 % intervals (distributions.hpp has the level).
// Degenerate inputs give an Undefined reason or an estimate without an interval; nothing here throws.
// docs/methods/ has a note for each of them, with assumptions.
#pragma once

#include <cstdint>

#include "engine/base/estimate.hpp"
#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

/// Share p = k/n as a fraction, with Wilson's score interval
///   (2np + z² ∓ z·√(z² + 4np(1 − p))) / (2(n + z²)),  z the normal 97.5 % point.
/// Source: Wilson 1927, JASA 22:209–212. Never leaves [0, 1]; k = 0 gives lo = 0 and k = n gives hi = 1.
/// n = 0 → no_data. No se: the interval does not rest on one. Precondition: 0 ≤ hits ≤ n.
Estimate wilson(std::int64_t hits, std::int64_t n, double level = kLevel);

/// Mean of n values within [0, 1], with the score interval whose variance is the largest that such values can have,
/// π(1 − π) (Bhatia & Davis 2000, American Mathematical Monthly 107:353–357): Wilson's with k = n·mean, not narrower
/// than their own spread would give. n = 0 → no_data. No se. Precondition: 0 ≤ mean ≤ 1.
Estimate bounded_mean(double mean, std::int64_t n, double level = kLevel);

/// Mean of n values with Student's interval, mean ∓ t(n − 1)·√(variance/n). `variance` has divisor n − 1.
/// Source: Student 1908, Biometrika 6:1–25. n = 0 or no finite mean → no_data. Value without an interval: n = 1,
/// variance unknown (NaN), or 0 (then se is 0: n equal values do not show that the next one is equal).
Estimate student_mean(std::int64_t n, double mean, double variance);

/// Rate events/exposure·per with the exact Poisson interval, χ²(2.5 %; 2k)/2 … χ²(97.5 %; 2k + 2)/2 events; k = 0 gives
/// lo = 0. Source: Garwood 1936, Biometrika 28:437–442. Estimate::n is the exposure rounded to pupils.
/// exposure ≤ 0 or not finite → no_data. Preconditions: events ≥ 0, per > 0 and finite.
Estimate poisson_rate(std::int64_t events, double exposure, double per);

/// one − zero of two independent figures in the same unit, from the interval [l, u] of each (MOVER, the method of
/// variance estimates recovery):
///   lo = d − √((θ1 − l1)² + (u0 − θ0)²),  hi = d + √((u1 − θ1)² + (θ0 − l0)²).
/// Source: Zou & Donner 2008, Statistics in Medicine 27:1693–1702; with Wilson's limits it is Newcombe's interval
/// below, with Garwood's it is an interval of the difference of two rates. A figure undefined → its reason; a figure
/// without an interval → the difference without one. Neither se nor p.
Estimate mover_difference(const Estimate& one, const Estimate& zero);

/// p1 − p0 of two independent groups with Newcombe's hybrid score interval: with Wilson limits l, u of each share,
///   lo = d − √((p1 − l1)² + (u0 − p0)²),  hi = d + √((u1 − p1)² + (p0 − l0)²).
/// Source: Newcombe 1998, Statistics in Medicine 17:873–890, method 10 (no continuity correction).
/// Either group empty → no_data. Neither se nor p: judge by the interval. Preconditions as for `wilson`.
Estimate newcombe(std::int64_t hits1, std::int64_t n1, std::int64_t hits0, std::int64_t n0, double level = kLevel);

/// Summary of one group's values.
struct Sample {
  std::int64_t n = 0;
  double mean = kNaN;
  double variance = kNaN;  ///< Divisor n − 1; NaN where it is unknown or n < 2.
};

/// mean1 − mean0 of two independent groups, se² = v1/n1 + v0/n0, t interval and p with
///   df = se⁴ / ((v1/n1)²/(n1 − 1) + (v0/n0)²/(n0 − 1)).
/// Source: Welch 1947, Biometrika 34:28–35; Satterthwaite 1946, Biometrics Bulletin 2:110–114.
/// Either group empty or its mean not finite → no_data; a group of one → too_few; a variance unknown → no_distribution;
/// both variances 0 → no_variation.
Estimate welch(const Sample& one, const Sample& zero);

/// Hedges' g: standardised mean difference g = ω·d, d = difference/s, ω = hedges_correction(N), N = n1 + n0, and s the
/// pooled SD within the two groups, s² = ((n1 − 1)v1 + (n0 − 1)v0)/(N − 2). Source: Hedges 1981, JES 6:107–128.
///
/// `clustered` null: difference = mean1 − mean0; pupils independent; se² = ω²(1/n1 + 1/n0 + d²/(2(N − 2))), normal
/// interval (Hedges & Olkin 1985, ch. 5, with ω). `clustered` given: it is the difference, perhaps adjusted, in the
/// unit of the samples, with a se by clusters; then d = its value/s, se² = ω²((its se/s)² + d²/(2 df)) and the t
/// interval with its df (Pustejovsky 2016: any effect whose se is known). df of the difference is used for s too, which
/// is on the safe side. Where it is undefined or has no se or df, g is given by the samples alone, without se and
/// interval: an interval for independent pupils would be too narrow.
///
/// A group empty → no_data; N < 4 → too_few; a variance needed but unknown → no_distribution; s = 0 → no_variation. No
/// p: the test belongs to the difference.
Estimate hedges_g(const Sample& one, const Sample& zero, const Estimate* clustered = nullptr);

/// Hedges' correction ω = 1 − 3/(4N − 9) for N pupils in both groups together (Hedges 1981). NaN for N ≤ 3, where the
/// expectation that it corrects does not exist.
double hedges_correction(double total_n);

}  // namespace kaskad::stats
