// Two groups compared by order alone: which values are larger, not by how much. `level` is that of the interval.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

/// Pairs (x of group one, y of group zero): how many have x > y, x = y, x < y. Exact; O(n log n).
struct PairCounts {
  std::int64_t greater = 0;
  std::int64_t equal = 0;
  std::int64_t less = 0;
};
PairCounts count_pairs(std::vector<double> one, std::vector<double> zero);

struct MannWhitney {
  double u = kNaN;     ///< Pairs with x > y, ties counted half: R's W.
  double z = kNaN;     ///< With the continuity correction; NaN where the test is exact.
  double p = kNaN;     ///< Two-sided.
  bool exact = false;  ///< By the exact distribution of U: both groups under kExactRankLimit and no ties.
  Estimate shift;      ///< Hodges & Lehmann: the median of all x − y, with its interval.
  Undefined reason = Undefined::no_data;
};

/// From this many values in a group the normal approximation is used, as in R's wilcox.test.
inline constexpr std::size_t kExactRankLimit = 50;

/// Mann & Whitney 1947, Annals of Mathematical Statistics 18:50–60 (Wilcoxon's rank sum test). Without ties and with
/// both groups under 50: exact, p = 2·min(P(U ≤ u), P(U ≥ u)), at most 1. Else z = (U − n1·n0/2 ∓ 1/2)/σ with
///   σ² = n1·n0/12·((N + 1) − Σ(t³ − t)/(N(N − 1))),  t the sizes of the sets of tied values (Lehmann 1975, 1.4).
/// The shift is the median of the n1·n0 differences; its interval runs between the order statistics of the differences
/// at which the same test stops rejecting (Hodges & Lehmann 1963; exact: k = the 2.5 % quantile of U; else the k-th
/// with k = ⌊n1·n0/2 − 1/2 − 1.96σ⌋ + 1, where σ counts the ties within the groups, as those between them go when a
/// group is shifted). Where k falls outside the differences the shift has no interval. A group empty or a value that is
/// not finite → no_data; all values equal → no_variation (the shift is then 0).
MannWhitney mann_whitney(const std::vector<double>& one, const std::vector<double>& zero, double level = kLevel);

/// P(X > Y) + P(X = Y)/2 with the test that it is 1/2: Brunner & Munzel 2000, Biometrical Journal 42:17–25. se, df by
/// Satterthwaite, t interval (cut to [0, 1]) and p against 1/2. Holds for unequal variances and ties. A group empty or
/// a value not finite → no_data; a group of one → too_few; no overlap, or no variance of the placements → no_variation
/// (then the value would stand without any error).
Estimate brunner_munzel(const std::vector<double>& one, const std::vector<double>& zero, double level = kLevel);

/// Cliff's δ = P(X > Y) − P(X < Y) = 2U/(n1·n0) − 1, from −1 to 1. Variance by Cliff's consistent estimate
///   s² = ((n0 − 1)·s²(d_i·) + (n1 − 1)·s²(d_·j) + s²(d_ij))/(n1·n0),
/// d_ij = sign(x_i − y_j), and the asymmetric interval (δ − δ³ ∓ t·s·√((1 − δ²)² + t²s²))/(1 − δ² + t²s²), t of N − 2
/// degrees of freedom. Source: Cliff 1993, Psychological Bulletin 114:494–509; Feng & Cliff 2004, Journal of Modern
/// Applied Statistical Methods 3:322–332. For |δ| = 1, where s is 0, the inner limit is (b − z²)/(b + z²), b the
/// smaller group (ibid.). A group empty or a value not finite → no_data. A group of one: without an interval.
Estimate cliffs_delta(const std::vector<double>& one, const std::vector<double>& zero, double level = kLevel);

/// Number of the n!/(m!(n − m)!)-ways rank sums with U = u for groups of m and n, u = 0 … m·n, by the recursion of Mann
/// & Whitney (sums only, so that no digit cancels). For tests and the exact distribution.
std::vector<double> mann_whitney_counts(std::size_t m, std::size_t n);

}  // namespace kaskad::stats
