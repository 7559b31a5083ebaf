#include "engine/stats/ordered_groups.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"

namespace kaskad::stats {
namespace {

/// Units in ascending order of value.
struct Ranked {
  std::vector<std::size_t> group;  ///< Observed.
  std::vector<std::size_t> block;  ///< Sizes of the sets of equal values, in that order.
  std::size_t groups = 0;
  std::int64_t pairs = 0;  ///< Of different groups.
};

Ranked rank(const std::vector<std::vector<double>>& groups) {
  std::vector<std::pair<double, std::size_t>> units;
  Ranked out;
  out.groups = groups.size();
  for (std::size_t g = 0; g < groups.size(); ++g) {
    out.pairs += static_cast<std::int64_t>(units.size() * groups[g].size());
    for (const double value : groups[g]) units.emplace_back(value, g);
  }
  std::sort(units.begin(), units.end());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i > 0 && units[i].first == units[i - 1].first)
      ++out.block.back();
    else
      out.block.push_back(1);
    out.group.push_back(units[i].second);
  }
  return out;
}

/// 2·J, a whole number, of labels in the order of the values.
std::int64_t twice_j(const Ranked& ranked, const std::vector<std::size_t>& labels) {
  std::vector<std::int64_t> seen(ranked.groups), here(ranked.groups);
  std::int64_t out = 0;
  std::size_t first = 0;
  for (const std::size_t size : ranked.block) {
    std::fill(here.begin(), here.end(), 0);
    for (std::size_t i = first; i < first + size; ++i) {
      for (std::size_t g = 0; g < labels[i]; ++g) out += 2 * seen[g];
      for (std::size_t g = 0; g < ranked.groups; ++g) out += g == labels[i] ? 0 : here[g];  // ties count half
      ++here[labels[i]];
    }
    for (std::size_t g = 0; g < ranked.groups; ++g) seen[g] += here[g];
    first += size;
  }
  return out;
}

bool extreme(const Ranked& ranked, const std::vector<std::size_t>& labels, std::int64_t observed) {
  return std::abs(twice_j(ranked, labels) - ranked.pairs) >= observed;
}

/// N!/Π n_g!, or limit + 1 where it is more.
std::int64_t count_arrangements(const std::vector<std::vector<double>>& groups, std::int64_t limit) {
  std::int64_t units = 0, ways = 1;
  for (const auto& group : groups) {
    const auto n = static_cast<std::int64_t>(group.size());
    units += n;
    const std::int64_t here = n == 0 ? 1 : count_assignments(units, n, limit);
    if (here > limit / ways) return limit + 1;
    ways *= here;
  }
  return ways;
}

std::int64_t all_extremes(const Ranked& ranked, std::int64_t observed) {
  std::vector<std::size_t> labels = ranked.group;
  std::sort(labels.begin(), labels.end());
  std::int64_t extremes = 0;
  do {
    extremes += extreme(ranked, labels, observed) ? 1 : 0;
  } while (std::next_permutation(labels.begin(), labels.end()));
  return extremes;
}

std::int64_t drawn_extremes(const Ranked& ranked, std::int64_t observed, const PermutationPlan& plan) {
  constexpr std::int64_t kBlock = 500;
  std::vector<std::int64_t> extremes(static_cast<std::size_t>((plan.permutations + kBlock - 1) / kBlock));
  parallel_for(extremes.size(), plan.threads, [&](std::size_t b) {
    const std::int64_t first = static_cast<std::int64_t>(b) * kBlock;
    for (std::int64_t d = first; d < std::min(first + kBlock, plan.permutations); ++d) {
      std::vector<std::size_t> labels = ranked.group;
      RandomStream stream(plan.seed, static_cast<std::uint64_t>(d));
      for (std::size_t i = labels.size(); i > 1; --i) std::swap(labels[i - 1], labels[stream.below(i)]);
      extremes[b] += extreme(ranked, labels, observed) ? 1 : 0;
    }
  });
  return std::accumulate(extremes.begin(), extremes.end(), std::int64_t{0});
}

Undefined obstacle(const std::vector<std::vector<double>>& groups, const Ranked& ranked) {
  for (const auto& group : groups) {
    if (!std::all_of(group.begin(), group.end(), [](double x) { return std::isfinite(x); })) return Undefined::no_data;
  }
  if (ranked.group.empty()) return Undefined::no_data;
  if (ranked.pairs == 0 || ranked.group.size() < 3) return Undefined::too_few;
  return ranked.block.size() == 1 ? Undefined::no_variation : Undefined::none;
}

}  // namespace

TrendTest jonckheere(const std::vector<std::vector<double>>& groups, const PermutationPlan& plan) {
  assert(plan.permutations >= 1);
  const Ranked ranked = rank(groups);
  TrendTest test;
  test.n = static_cast<std::int64_t>(ranked.group.size());
  test.reason = obstacle(groups, ranked);
  if (test.reason != Undefined::none) return test;
  const std::int64_t twice = twice_j(ranked, ranked.group);
  test.statistic = static_cast<double>(twice) / 2;
  test.share = test.statistic / static_cast<double>(ranked.pairs);
  const std::int64_t observed = std::abs(twice - ranked.pairs);
  const std::int64_t ways = count_arrangements(groups, plan.permutations);
  test.exact = ways <= plan.permutations;
  test.assignments = test.exact ? ways : plan.permutations;
  test.as_extreme = test.exact ? all_extremes(ranked, observed) : drawn_extremes(ranked, observed, plan);
  const double extra = test.exact ? 0 : 1;
  test.p = (static_cast<double>(test.as_extreme) + extra) / (static_cast<double>(test.assignments) + extra);
  return test;
}

}  // namespace kaskad::stats
