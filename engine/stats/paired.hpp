// The same units measured twice: change of the mean, the check by ranks, the size of the change. Units with one of the
// two measurements alone are not in a pair and must be counted by the caller.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/intervals.hpp"
#include "engine/stats/rank_correlation.hpp"

namespace kaskad::stats {

/// Moments of n pairs (x = before, y = after), divisors n − 1; NaN where n is too small for them.
struct PairedSample {
  std::int64_t n = 0;
  double mean_before = kNaN, mean_after = kNaN;
  double variance_before = kNaN, variance_after = kNaN;
  double covariance = kNaN;
  Sample change;  ///< The differences after − before.
};

/// Centred sums in the order of the pairs. Pairs with n ≤ 0 are passed over; a value that is not finite gives NaN.
PairedSample paired_sample(const std::vector<CountedPair>& pairs);

/// Mean difference after − before with Student's paired interval (n − 1 degrees of freedom) and p against 0.
/// Source: Student 1908, Biometrika 6:1–25. n = 0 or a mean that is not finite → no_data. n = 1, or all differences
/// equal: the value without interval and p.
Estimate paired_change(const PairedSample& sample);

/// Wilcoxon's signed rank test that the differences lie about 0.
struct SignedRank {
  std::int64_t n = 0;      ///< Differences other than 0.
  std::int64_t zeros = 0;  ///< Left out, as Wilcoxon did.
  double v = kNaN;         ///< Sum of the ranks of positive differences, equal sizes share the mean of their ranks.
  double p = kNaN;         ///< Two-sided.
  bool exact = false;      ///< By all 2ⁿ signs; else the normal approximation with the correction for continuity.
  Undefined reason = Undefined::no_data;
};

/// Up to this many differences the distribution is counted out.
inline constexpr std::int64_t kExactSignsLimit = 50;

/// Exact also with ties: the distribution of V over the 2ⁿ equally likely signs of the ranks at hand, p = twice the
/// smaller tail, at most 1. More than kExactSignsLimit: z = (V − n(n + 1)/4 ∓ 1/2)/σ with
///   σ² = n(n + 1)(2n + 1)/24 − Σ(t³ − t)/48,  t the sizes of the sets of equal |differences|.
/// Source: Wilcoxon 1945, Biometrics Bulletin 1:80–83; Lehmann 1975, Nonparametrics, ch. 3 and 4; R's wilcox.test, and
/// coin's wilcoxsign_test with zero.method = "Wilcoxon" for exact ties. No difference, or one that is not finite →
/// no_data; all of them 0 → no_variation.
SignedRank signed_rank(const std::vector<double>& differences);

/// Standardised mean change g = ω·(mean after − mean before)/SD of the values *before*, so that it is in the spread
/// that people had when they came; ω = Γ(m/2)/(√(m/2)·Γ((m − 1)/2)), m = n − 1. se² = 2(1 − r)/n + g²/(2n), r the
/// correlation of before and after; normal interval. Source: Becker 1988, British Journal of Mathematical and
/// Statistical Psychology 41:257–278; metafor's escalc(measure = "SMCR"). No pair → no_data; n < 3 → too_few; no
/// variation before → no_variation. Without variation after there is no r: the value stands without interval.
Estimate standardised_change(const PairedSample& sample);

}  // namespace kaskad::stats
