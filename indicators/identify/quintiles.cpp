#include "indicators/identify/quintiles.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/estimate.hpp"

namespace kaskad {
namespace {

/// Places of the defined values in rising order; equal ones in the order of their places.
std::vector<std::size_t> rising(const std::vector<double>& values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

std::vector<double> cuts_of(const std::vector<double>& values, const std::vector<std::size_t>& order, int groups) {
  std::vector<double> cuts;
  for (int k = 1; k < groups; ++k) {
    const double place = static_cast<double>(order.size() - 1) * k / groups;
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, order.size() - 1);
    const double part = place - static_cast<double>(below);
    cuts.push_back(values[order[below]] + part * (values[order[above]] - values[order[below]]));
  }
  return cuts;
}

void group_by_quantile(const std::vector<double>& values, const std::vector<std::size_t>& order, int groups,
                       std::vector<std::optional<int>>& out) {
  const std::vector<double> cuts = cuts_of(values, order, groups);
  for (const std::size_t i : order) {
    out[i] = static_cast<int>(
        std::count_if(cuts.begin(), cuts.end(), [&](double cut) { return values[i] > cut + kSameValue; }));
  }
}

void group_by_rank(const std::vector<double>& values, const std::vector<std::size_t>& order, int groups, TieRule ties,
                   std::vector<std::optional<int>>& out) {
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values[order[end]] - values[order[first]] <= kSameValue) ++end;
    const std::size_t place = ties == TieRule::lower ? first : end - 1;
    for (std::size_t i = first; i < end; ++i)
      out[order[i]] = static_cast<int>(place * static_cast<std::size_t>(groups) / order.size());
    first = end;
  }
}

}  // namespace

std::vector<std::optional<int>> group_by_value(const std::vector<double>& values, int groups, CutRule cuts,
                                               TieRule ties) {
  std::vector<std::optional<int>> out(values.size());
  const std::vector<std::size_t> order = rising(values);
  if (order.empty()) return out;
  if (cuts == CutRule::quantile)
    group_by_quantile(values, order, groups, out);
  else
    group_by_rank(values, order, groups, ties, out);
  return out;
}

std::vector<GroupInterval> observed_intervals(const std::vector<double>& values,
                                              const std::vector<std::optional<int>>& group, int groups) {
  std::vector<GroupInterval> out(static_cast<std::size_t>(groups), {0, kNaN, kNaN});
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!group[i]) continue;
    GroupInterval& g = out[static_cast<std::size_t>(*group[i])];
    g.lo = g.n == 0 ? values[i] : std::min(g.lo, values[i]);
    g.hi = g.n == 0 ? values[i] : std::max(g.hi, values[i]);
    ++g.n;
  }
  return out;
}

}  // namespace kaskad
