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

/// P(X ≥ x) for the chi-squared distribution; df > 0, finite. An infinite x gives 0.
double chi_squared_upper_p(double x, double df);

/// P(F ≥ f) for Fisher's distribution; df1 > 0 and finite, df2 > 0 (may be infinite). An infinite f gives 0.
double fisher_upper_p(double f, double df1, double df2);

/// f with P(F ≤ f) = probability, for Fisher's distribution; df1, df2 > 0 and finite, 0 < probability < 1.
double fisher_quantile(double probability, double df1, double df2);

}  // namespace kaskad::stats
