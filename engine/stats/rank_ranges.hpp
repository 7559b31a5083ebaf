// Between which places each of several values lies, all of them at once with a stated probability. Place 1 is the
// highest value; of equal true values each may have any of their places. docs/methods/ranks.md.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/stats/intervals.hpp"
#include "engine/stats/shrinkage.hpp"

namespace kaskad::stats {

struct RankRange {
  std::int64_t first = 1;  ///< 1 + values surely higher.
  std::int64_t last = 1;   ///< Values ranked − values surely lower.
  friend bool operator==(const RankRange&, const RankRange&) = default;
};

struct ValueInterval {
  double lo = kNaN;
  double hi = kNaN;
};

/// Level of each of n intervals of independent values that hold together at `joint`: joint^(1/n). Source: Šidák 1967,
/// JASA 62:626–633. n ≥ 1.
double sidak_level(double joint, std::size_t n);

/// Intervals of independent values that hold all together with probability `level` or more: of shares those of Clopper
/// and Pearson (1934, Biometrika 26:404–413), so that small schools keep the level; of means Student's. Both at Šidák's
/// level. Order as given. Preconditions: n > 0 of shares; n ≥ 2 and a variance > 0 of means.
std::vector<ValueInterval> joint_intervals(const std::vector<CountedShare>& shares, double level);
std::vector<ValueInterval> joint_intervals(const std::vector<Sample>& means, double level);

/// Klein, Wright & Wieczorek 2020 (JRSS A 183:589–606): with intervals [L, U] that hold together,
///   first = 1 + #{j: Lⱼ > Uᵢ},  last = n − #{j: Uⱼ < Lᵢ}
/// hold together at the same level. Finite limits, lo ≤ hi. O(n log n).
std::vector<RankRange> ranks_by_intervals(const std::vector<ValueInterval>& intervals);

/// The same from differences of pairs: first and last count the values that Holm's procedure (1979) at `level` tells to
/// be higher and lower, among the n(n − 1) hypotheses «j is not higher than i», one-sided, so that no direction is told
/// wrongly either. Shares by Fisher's exact test, means by Welch's. All places hold together at `level`, whatever the
/// dependence of the pairs (Mohamad, Goeman & van Zwet 2019, arXiv:1812.05507). Narrower than by intervals for values
/// of like precision. Preconditions as above. O(n²).
std::vector<RankRange> ranks_by_pairs(const std::vector<CountedShare>& shares, double level);
std::vector<RankRange> ranks_by_pairs(const std::vector<Sample>& means, double level);

}  // namespace kaskad::stats
