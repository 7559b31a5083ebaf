// Permutation tests of the difference in means: of pupils, or of whole schools.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// A unit that is assigned as a whole: a pupil (n = 1) or a school with the sum of its pupils' values.
struct PermutationUnit {
  double n = 1;
  double sum = 0;
  bool treated = false;
};

struct PermutationPlan {
  std::int64_t permutations = 10'000;
  std::uint64_t seed = 1;
  unsigned threads = 1;  ///< Changes the time, never the result.
};

struct PermutationTest {
  double difference = kNaN;     ///< Observed: Σ sums/Σ n of the treated less that of the others.
  double p = kNaN;              ///< Two-sided.
  std::int64_t as_extreme = 0;  ///< Assignments with |difference| ≥ |observed|; in an exact test the observed is one.
  std::int64_t assignments = 0;  ///< Drawn, or all there are.
  bool exact = false;
  Undefined reason = Undefined::no_data;
};

/// Reassigns the labels to the units, as many of each kind as observed, and asks how often |difference| is at least
/// what was observed (equal up to the rounding of the sums counts as equal).
///
/// Where the number of assignments N!/(n1!·n0!) is at most `permutations`, each of them is visited once and
/// p = as_extreme/assignments. Else `permutations` assignments are drawn, the i-th from RandomStream(seed, i), and
///   p = (1 + as_extreme)/(1 + permutations)
/// (Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9:39: never 0, and of the right
/// size). The test is of the hypothesis that the labels could be exchanged: that the groups have the same distribution.
/// For units of unequal n the difference is that of pooled means (Gail et al. 1996, Statistics in Medicine
/// 15:1069–1092).
///
/// No unit in a group, a sum or n not finite or n ≤ 0 → no_data; one unit in each group → too_few; all assignments give
/// the same difference → no_variation. Precondition: permutations ≥ 1.
PermutationTest permute_means(const std::vector<PermutationUnit>& units, const PermutationPlan& plan);

/// N!/(k!·(N − k)!), or `limit` + 1 where it is more than `limit`.
std::int64_t count_assignments(std::int64_t units, std::int64_t treated, std::int64_t limit);

}  // namespace kaskad::stats
