// Several groups in an order, compared by the order of their values alone.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/permutation.hpp"

namespace kaskad::stats {

struct TrendTest {
  double statistic =
      kNaN;  ///< J: pairs of units of different groups in which the higher group's value is greater, ties half.
  double share = kNaN;  ///< J over all such pairs; 1/2 = no trend.
  double p = kNaN;      ///< Two-sided.
  std::int64_t n = 0;   ///< Units.
  std::int64_t as_extreme = 0;
  std::int64_t assignments = 0;  ///< Drawn, or all there are.
  bool exact = false;
  Undefined reason = Undefined::no_data;
};

/// The test of Jonckheere 1954, Biometrika 41:133–145, and Terpstra 1952, Indagationes Mathematicae 14:327–333, for
/// groups in rising order: J = Σ_{g<h} U_gh, and p is the share of assignments of the values to groups of these sizes
/// for which |J − E(J)| is at least what was observed, E(J) half of the pairs. Groups may be empty, values may be tied.
///
/// Where there are at most `permutations` assignments N!/Π n_g! each is visited once, p = as_extreme/assignments; else
/// as many are drawn, the i-th from RandomStream(seed, i), and p = (1 + as_extreme)/(1 + permutations), as in
/// permute_means. No value, or one that is not finite → no_data; fewer than two groups with values, or fewer than three
/// values → too_few; all values equal → no_variation. Precondition: permutations ≥ 1.
TrendTest jonckheere(const std::vector<std::vector<double>>& groups, const PermutationPlan& plan);

}  // namespace kaskad::stats
