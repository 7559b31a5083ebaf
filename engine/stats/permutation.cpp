#include "engine/stats/permutation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"

namespace kaskad::stats {

namespace {

/// Draws below a small bound from the halves of 64-bit draws, without division (Lemire 2019, ACM TOMACS 29:3).
class SmallDraws {
 public:
  SmallDraws(std::uint64_t seed, std::uint64_t stream) : stream_(seed, stream) {}

  std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = std::uint64_t{half()} * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t unfair = (0 - bound) % bound;
      while (static_cast<std::uint32_t>(product) < unfair) product = std::uint64_t{half()} * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }

 private:
  std::uint32_t half() {
    if (has_half_) {
      has_half_ = false;
      return half_;
    }
    const std::uint64_t bits = stream_.bits();
    half_ = static_cast<std::uint32_t>(bits >> 32);
    has_half_ = true;
    return static_cast<std::uint32_t>(bits);
  }

  RandomStream stream_;
  std::uint32_t half_ = 0;
  bool has_half_ = false;
};

/// n and sum of the units of one kind.
struct Part {
  double n = 0;
  double sum = 0;
};

/// The units less the common mean, so that sums stay small beside the differences that they make.
struct Problem {
  std::vector<Part> units;
  Part total;
  std::size_t drawn = 0;  ///< Units of the smaller kind.
  double observed = 0;    ///< |difference|.
  double rounding = 0;    ///< What sums of these values may be off by.

  double difference(const Part& part) const {
    const Part rest{total.n - part.n, total.sum - part.sum};
    return std::abs(part.sum / part.n - rest.sum / rest.n);
  }
  bool extreme(const Part& part) const { return difference(part) >= observed - rounding; }
};

Part& operator+=(Part& part, const Part& unit) {
  part.n += unit.n;
  part.sum += unit.sum;
  return part;
}

Undefined obstacle(const std::vector<PermutationUnit>& units) {
  std::size_t treated = 0;
  for (const PermutationUnit& unit : units) {
    if (!(unit.n > 0) || !std::isfinite(unit.n) || !std::isfinite(unit.sum)) return Undefined::no_data;
    treated += unit.treated ? 1 : 0;
  }
  if (treated == 0 || treated == units.size()) return Undefined::no_data;
  return units.size() < 3 ? Undefined::too_few : Undefined::none;
}

double common_mean(const std::vector<PermutationUnit>& units) {
  Part all;
  for (const PermutationUnit& unit : units) all += Part{unit.n, unit.sum};
  return all.sum / all.n;
}

Problem pose(const std::vector<PermutationUnit>& units) {
  const double mean = common_mean(units);
  Problem problem;
  Part treated;
  std::size_t count = 0;
  double largest = 0;
  for (const PermutationUnit& unit : units) {
    const Part part{unit.n, unit.sum - unit.n * mean};
    problem.units.push_back(part);
    problem.total += part;
    largest += std::abs(part.sum);
    if (unit.treated) {
      treated += part;
      ++count;
    }
  }
  problem.drawn = std::min(count, units.size() - count);
  problem.observed = problem.difference(treated);
  const double least = std::min(treated.n, problem.total.n - treated.n);
  const double epsilon = std::numeric_limits<double>::epsilon();
  problem.rounding = 4 * epsilon * static_cast<double>(units.size()) * (largest / least + std::abs(mean));
  return problem;
}

/// Whether swapping labels changes anything: with one mean in all units no assignment differs from another.
bool varies(const Problem& problem) {
  return std::any_of(problem.units.begin(), problem.units.end(),
                     [&](const Part& unit) { return std::abs(unit.sum / unit.n) > problem.rounding; });
}

/// Draws `drawn` of the units by the first steps of Fisher and Yates' shuffle; `order` may hold any permutation.
Part draw(const Problem& problem, SmallDraws& draws, std::vector<std::uint32_t>& order) {
  const auto count = static_cast<std::uint32_t>(order.size());
  Part part;
  for (std::uint32_t i = 0; i < problem.drawn; ++i) {
    std::swap(order[i], order[i + draws.below(count - i)]);
    part += problem.units[order[i]];
  }
  return part;
}

std::vector<std::uint32_t> identity(std::size_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

/// Permutations of one block; each starts from the identity, so that it depends on (seed, number) alone.
std::int64_t extremes_of_block(const Problem& problem, std::uint64_t seed, std::int64_t first, std::int64_t last) {
  const std::vector<std::uint32_t> start = identity(problem.units.size());
  std::vector<std::uint32_t> order;
  std::int64_t extremes = 0;
  for (std::int64_t i = first; i < last; ++i) {
    order = start;
    SmallDraws draws(seed, static_cast<std::uint64_t>(i));
    extremes += problem.extreme(draw(problem, draws, order)) ? 1 : 0;
  }
  return extremes;
}

std::int64_t drawn_extremes(const Problem& problem, const PermutationPlan& plan) {
  constexpr std::int64_t kBlock = 500;
  const std::int64_t blocks = (plan.permutations + kBlock - 1) / kBlock;
  std::vector<std::int64_t> extremes(static_cast<std::size_t>(blocks));
  parallel_for(extremes.size(), plan.threads, [&](std::size_t b) {
    const std::int64_t first = static_cast<std::int64_t>(b) * kBlock;
    extremes[b] = extremes_of_block(problem, plan.seed, first, std::min(first + kBlock, plan.permutations));
  });
  return std::accumulate(extremes.begin(), extremes.end(), std::int64_t{0});
}

/// The next combination of the same size in the order of words; false after the last.
bool advance(std::vector<std::size_t>& chosen, std::size_t count) {
  std::size_t i = chosen.size();
  while (i > 0 && chosen[i - 1] == count - chosen.size() + i - 1) --i;
  if (i == 0) return false;
  ++chosen[i - 1];
  for (; i < chosen.size(); ++i) chosen[i] = chosen[i - 1] + 1;
  return true;
}

Part sum_of(const Problem& problem, const std::vector<std::size_t>& chosen) {
  Part part;
  for (std::size_t unit : chosen) part += problem.units[unit];
  return part;
}

/// Every choice of `drawn` units. Where both kinds are equally many, a choice and its complement are both visited.
std::int64_t all_extremes(const Problem& problem) {
  std::vector<std::size_t> chosen(problem.drawn);
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  std::int64_t extremes = 0;
  do {
    extremes += problem.extreme(sum_of(problem, chosen)) ? 1 : 0;
  } while (advance(chosen, problem.units.size()));
  return extremes;
}

double signed_difference(const std::vector<PermutationUnit>& units) {
  Part treated;
  Part others;
  for (const PermutationUnit& unit : units) (unit.treated ? treated : others) += Part{unit.n, unit.sum};
  return treated.sum / treated.n - others.sum / others.n;
}

}  // namespace

std::int64_t count_assignments(std::int64_t units, std::int64_t treated, std::int64_t limit) {
  const std::int64_t smaller = std::min(treated, units - treated);
  double ways = 1;  // exact while under 2^53; larger than any limit that is worth enumerating
  for (std::int64_t i = 1; i <= smaller; ++i) {
    ways = std::round(ways * static_cast<double>(units - smaller + i) / static_cast<double>(i));
    if (ways > static_cast<double>(limit)) return limit + 1;
  }
  return static_cast<std::int64_t>(ways);
}

PermutationTest permute_means(const std::vector<PermutationUnit>& units, const PermutationPlan& plan) {
  assert(plan.permutations >= 1);
  PermutationTest test;
  test.reason = obstacle(units);
  if (test.reason == Undefined::no_data) return test;
  test.difference = signed_difference(units);
  if (test.reason != Undefined::none) return test;
  const Problem problem = pose(units);
  if (!varies(problem)) {
    test.reason = Undefined::no_variation;
    return test;
  }
  const std::int64_t ways = count_assignments(static_cast<std::int64_t>(units.size()),
                                              static_cast<std::int64_t>(problem.drawn), plan.permutations);
  test.exact = ways <= plan.permutations;
  test.assignments = test.exact ? ways : plan.permutations;
  test.as_extreme = test.exact ? all_extremes(problem) : drawn_extremes(problem, plan);
  const double extra = test.exact ? 0 : 1;
  test.p = (static_cast<double>(test.as_extreme) + extra) / (static_cast<double>(test.assignments) + extra);
  return test;
}

}  // namespace kaskad::stats
