// Quantiles and tail areas behind the intervals of this room; distributions.cpp alone names Boost.Math.
// None of them throws: arguments outside the domain give NaN, limits beyond a double's range give ±infinity.
#pragma once

namespace kaskad::stats {

/// Confidence level of every interval in this room, and the upper tail point that belongs to it.
inline constexpr double kLevel = 0.95;
inline constexpr double kUpperTail = 0.5 + kLevel / 2;

/// z with P(Z ≤ z) = probability, for the standard normal distribution; 0 < probability < 1.
double normal_quantile(double probability);

/// x with P(X ≤ x) = probability, for the chi-squared distribution; df > 0, 0 < probability < 1.
double chi_squared_quantile(double probability, double df);

/// t with P(T ≤ t) = probability, for Student's distribution; df > 0 (need not be whole, may be infinite),
/// 0 < probability < 1.
double student_quantile(double probability, double df);

/// P(|T| ≥ |t|) for Student's distribution; df > 0 (may be infinite). An infinite t gives 0.
double student_two_sided_p(double t, double df);

}  // namespace kaskad::stats
