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

/// Fisher's interval; `inflation` is what the variance 1/(n − 3) of the transformed value is multiplied by. The se of
/// the transformed value is not given: ρ itself has no symmetric error.
void add_interval(Estimate& e, double inflation) {
  if (e.n < 4 || std::abs(e.value) >= 1) return;
  const double se = std::sqrt(inflation / static_cast<double>(e.n - 3));
  const double middle = std::atanh(e.value), half = normal_quantile(kUpperTail) * se;
  e.lo = std::tanh(middle - half);
  e.hi = std::tanh(middle + half);
}

struct Moments {
  double n = 0, x = 0, y = 0;
  double xx = 0, yy = 0, xy = 0;  ///< About the means.
};

/// Two passes, so that far-off means cost no digits.
Moments moments_of(const std::vector<CountedPair>& pairs) {
  Moments m;
  for (const CountedPair& p : pairs) {
    const double weight = static_cast<double>(std::max<std::int64_t>(p.n, 0));
    m.n += weight;
    m.x += weight * p.x;
    m.y += weight * p.y;
  }
  m.x /= m.n;
  m.y /= m.n;
  for (const CountedPair& p : pairs) {
    const double weight = static_cast<double>(std::max<std::int64_t>(p.n, 0)), dx = p.x - m.x, dy = p.y - m.y;
    m.xx += weight * dx * dx;
    m.yy += weight * dy * dy;
    m.xy += weight * dx * dy;
  }
  return m;
}

/// All counted values the same.
bool all_equal(const std::vector<CountedPair>& pairs, double CountedPair::*value) {
  const CountedPair* first = nullptr;
  for (const CountedPair& p : pairs) {
    if (p.n <= 0) continue;
    if (first == nullptr) first = &p;
    if (p.*value != first->*value) return false;
  }
  return true;
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
  add_interval(e, 1 + e.value * e.value / 2);
  return e;
}

Estimate pearson(const std::vector<CountedPair>& pairs) {
  std::int64_t n = 0;
  bool finite = true;
  for (const CountedPair& p : pairs) {
    n += std::max<std::int64_t>(p.n, 0);
    finite = finite && (p.n <= 0 || (std::isfinite(p.x) && std::isfinite(p.y)));
  }
  if (n == 0 || !finite) return undefined(Undefined::no_data, n);
  if (n == 1) return undefined(Undefined::too_few, n);
  if (all_equal(pairs, &CountedPair::x) || all_equal(pairs, &CountedPair::y))
    return undefined(Undefined::no_variation, n);
  const Moments m = moments_of(pairs);
  Estimate e = exactly(std::clamp(m.xy / std::sqrt(m.xx * m.yy), -1.0, 1.0), n);
  add_interval(e, 1);
  return e;
}

}  // namespace kaskad::stats
