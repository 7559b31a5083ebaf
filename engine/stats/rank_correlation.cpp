#include "engine/stats/rank_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {
namespace {

/// Twice the mean rank of each value less n + 1, so that all are whole numbers around zero.
std::map<double, double> centred_ranks(const std::vector<CountedPair>& pairs, double CountedPair::*value, double n) {
  std::map<double, double> counts;
  for (const CountedPair& p : pairs) {
    if (p.n > 0) counts[p.*value] += static_cast<double>(p.n);
  }
  double before = 0;
  for (auto& [v, count] : counts) {
    const double here = count;
    count = 2 * before + here - n;
    before += here;
  }
  return counts;
}

void add_interval(Estimate& e) {
  if (e.n < 4 || std::abs(e.value) >= 1) return;
  e.se = std::sqrt((1 + e.value * e.value / 2) / static_cast<double>(e.n - 3));
  const double middle = std::atanh(e.value), half = normal_quantile(kUpperTail) * e.se;
  e.lo = std::tanh(middle - half);
  e.hi = std::tanh(middle + half);
  e.se = kNaN;  // Of the transformed value; ρ itself has no symmetric error.
}

}  // namespace

Estimate spearman(const std::vector<CountedPair>& pairs) {
  std::int64_t n = 0;
  for (const CountedPair& p : pairs) n += std::max<std::int64_t>(p.n, 0);
  if (n == 0) return undefined(Undefined::no_data);
  if (n == 1) return undefined(Undefined::too_few, n);
  const auto x = centred_ranks(pairs, &CountedPair::x, static_cast<double>(n));
  const auto y = centred_ranks(pairs, &CountedPair::y, static_cast<double>(n));
  if (x.size() < 2 || y.size() < 2) return undefined(Undefined::no_variation, n);
  double xx = 0, yy = 0, xy = 0;
  for (const CountedPair& p : pairs) {
    if (p.n <= 0) continue;
    const double rx = x.at(p.x), ry = y.at(p.y), weight = static_cast<double>(p.n);
    xx += weight * rx * rx;
    yy += weight * ry * ry;
    xy += weight * rx * ry;
  }
  Estimate e = exactly(std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0), n);
  add_interval(e);
  return e;
}

}  // namespace kaskad::stats
