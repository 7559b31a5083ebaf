#include "engine/stats/two_groups_rank.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/stats/distributions.hpp"
#include "engine/stats/two_groups.hpp"

namespace kaskad::stats {

namespace {

using Values = std::vector<double>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool all_finite(const Values& values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

bool usable(const Values& one, const Values& zero) {
  return !one.empty() && !zero.empty() && all_finite(one) && all_finite(zero);
}

Values sorted(Values values) {
  std::sort(values.begin(), values.end());
  return values;
}

std::int64_t size_of(const Values& values) { return static_cast<std::int64_t>(values.size()); }
double real(const Values& values) { return static_cast<double>(values.size()); }

/// Σ(t³ − t) over the sets of equal values in ascending order.
double tie_sum(const Values& ascending) {
  double sum = 0;
  for (std::size_t i = 0; i < ascending.size();) {
    std::size_t end = i;
    while (end < ascending.size() && ascending[end] == ascending[i]) ++end;
    const double t = static_cast<double>(end - i);
    sum += t * t * t - t;
    i = end;
  }
  return sum;
}

Values pooled(const Values& one, const Values& zero) {
  Values all(one.size() + zero.size());
  std::merge(one.begin(), one.end(), zero.begin(), zero.end(), all.begin());
  return all;
}

/// SD of U when no group is larger, with the given Σ(t³ − t).
double u_deviation(double m, double n, double ties) {
  const double total = m + n;
  return std::sqrt(m * n / 12 * (total + 1 - ties / (total * (total - 1))));
}

/// Doubles as whole numbers of the same order, so that a search by halves ends at the very double.
std::uint64_t ordered(double value) {
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

double from_ordered(std::uint64_t key) {
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  return std::bit_cast<double>((key & kSign) != 0 ? key & ~kSign : ~key);
}

/// Number of pairs with x − y ≤ limit; both in ascending order.
std::int64_t differences_up_to(const Values& one, const Values& zero, double limit) {
  std::int64_t count = 0;
  std::size_t j = 0;
  for (double x : one) {
    while (j < zero.size() && x - zero[j] > limit) ++j;
    count += static_cast<std::int64_t>(zero.size() - j);
  }
  return count;
}

/// The k-th smallest of all x − y, k from 1; both in ascending order. At most 64 counts of O(n).
double kth_difference(const Values& one, const Values& zero, std::int64_t k) {
  std::uint64_t low = ordered(one.front() - zero.back());
  std::uint64_t high = ordered(one.back() - zero.front());
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (differences_up_to(one, zero, from_ordered(middle)) >= k)
      high = middle;
    else
      low = middle + 1;
  }
  return from_ordered(low) + 0.0;  // −0 becomes 0
}

double median_difference(const Values& one, const Values& zero) {
  const std::int64_t pairs = size_of(one) * size_of(zero);
  const double below = kth_difference(one, zero, (pairs + 1) / 2);
  return pairs % 2 == 1 ? below : (below + kth_difference(one, zero, pairs / 2 + 1)) / 2;
}

/// Cumulative distribution of U without ties.
Values exact_distribution(std::size_t m, std::size_t n) {
  Values counts = mann_whitney_counts(m, n);
  double total = 0;
  for (double c : counts) total += c;
  double sum = 0;
  for (double& c : counts) {
    sum += c;
    c = sum / total;
  }
  return counts;
}

/// U and m·n − U have the same distribution, so P(U ≥ u) = P(U ≤ m·n − u).
double exact_p(const Values& cumulative, double u) {
  const double last = static_cast<double>(cumulative.size() - 1);
  return std::min(1.0, 2 * cumulative[static_cast<std::size_t>(std::min(u, last - u))]);
}

/// Place (from 1) of the lower limit among the ordered differences; under 1 where there is none.
std::int64_t exact_place(const Values& cumulative, double level) {
  const auto reached = std::lower_bound(cumulative.begin(), cumulative.end(), 0.5 - level / 2);
  return reached - cumulative.begin();
}

std::int64_t normal_place(const Values& one, const Values& zero, double level) {
  const double deviation = u_deviation(real(one), real(zero), tie_sum(one) + tie_sum(zero));
  const double place = real(one) * real(zero) / 2 - 0.5 - normal_quantile(0.5 + level / 2) * deviation;
  return static_cast<std::int64_t>(std::floor(place)) + 1;
}

Estimate shift_with_limits(const Values& one, const Values& zero, std::int64_t place) {
  Estimate shift = exactly(median_difference(one, zero), size_of(one) + size_of(zero));
  const std::int64_t pairs = size_of(one) * size_of(zero);
  if (place < 1 || place > pairs - place + 1) return shift;
  shift.lo = kth_difference(one, zero, place);
  shift.hi = kth_difference(one, zero, pairs - place + 1);
  return shift;
}

void put_normal_test(MannWhitney& test, double m, double n, double ties) {
  const double away = test.u - m * n / 2;
  const double step = away > 0 ? 0.5 : away < 0 ? -0.5 : 0;
  test.z = (away - step) / u_deviation(m, n, ties);
  test.p = std::min(1.0, student_two_sided_p(test.z, kInfinity));
}

/// For each value: the number of others' values below it, ties counted half.
Values placements(const Values& values, const Values& ascending_others) {
  Values places;
  places.reserve(values.size());
  for (double v : values) {
    const auto [first, last] = std::equal_range(ascending_others.begin(), ascending_others.end(), v);
    places.push_back(static_cast<double>(first - ascending_others.begin()) + static_cast<double>(last - first) / 2);
  }
  return places;
}

/// Placements of each group in the other, as shares: mean and variance. P(X > Y) + P(X = Y)/2 is the mean of `one`.
struct Placed {
  Sample one, zero;
};

Placed place_groups(const Values& one, const Values& zero) {
  Values x = placements(one, zero);
  Values y = placements(zero, one);
  for (double& v : x) v /= real(zero);
  for (double& v : y) v /= real(one);
  return {summarize(x), summarize(y)};
}

/// The limits where δ is ±1 and its variance 0.
void put_outer_limits(Estimate& delta, double smaller_group, double level) {
  const double z = normal_quantile(0.5 + level / 2);
  const double inner = (smaller_group - z * z) / (smaller_group + z * z);
  delta.lo = delta.value > 0 ? inner : -1;
  delta.hi = delta.value > 0 ? 1 : -inner;
}

void put_feng_cliff(Estimate& delta, double level) {
  const double d = delta.value;
  const double reach = student_quantile(0.5 + level / 2, delta.df) * delta.se;
  const double root = std::sqrt((1 - d * d) * (1 - d * d) + reach * reach);
  const double scale = 1 - d * d + reach * reach;
  delta.lo = std::max((d - d * d * d - reach * root) / scale, -1.0);
  delta.hi = std::min((d - d * d * d + reach * root) / scale, 1.0);
}

/// s²(d_ij) with divisor (n1 − 1)(n0 − 1): Σ(d_ij − δ)² from the counts of pairs.
double sign_variance(const PairCounts& pairs, double delta, double m, double n) {
  const double unequal = static_cast<double>(pairs.greater + pairs.less);
  return std::max(unequal - m * n * delta * delta, 0.0) / ((m - 1) * (n - 1));
}

}  // namespace

PairCounts count_pairs(std::vector<double> one, std::vector<double> zero) {
  std::sort(one.begin(), one.end());
  std::sort(zero.begin(), zero.end());
  PairCounts pairs;
  for (double x : one) {
    const auto [first, last] = std::equal_range(zero.begin(), zero.end(), x);
    pairs.greater += first - zero.begin();
    pairs.equal += last - first;
    pairs.less += zero.end() - last;
  }
  return pairs;
}

std::vector<double> mann_whitney_counts(std::size_t m, std::size_t n) {
  // ways[i][u]: sequences of i values of one group among j of the other; each j adds the case that the largest value
  // is of the first group, which then exceeds all j.
  std::vector<Values> ways(m + 1, Values(m * n + 1, 0));
  for (auto& row : ways) row[0] = 1;
  for (std::size_t j = 1; j <= n; ++j) {
    for (std::size_t i = 1; i <= m; ++i) {
      for (std::size_t u = j; u <= i * j; ++u) ways[i][u] += ways[i - 1][u - j];
    }
  }
  return ways[m];
}

MannWhitney mann_whitney(const std::vector<double>& one, const std::vector<double>& zero, double level) {
  MannWhitney test;
  test.shift = undefined(Undefined::no_data, size_of(one) + size_of(zero));
  if (!usable(one, zero)) return test;
  const Values x = sorted(one);
  const Values y = sorted(zero);
  const PairCounts pairs = count_pairs(x, y);
  test.u = static_cast<double>(pairs.greater) + static_cast<double>(pairs.equal) / 2;
  const Values all = pooled(x, y);
  if (all.front() == all.back()) {
    test.shift = exactly(0, size_of(all));
    test.reason = Undefined::no_variation;
    return test;
  }
  const double ties = tie_sum(all);
  test.reason = Undefined::none;
  test.exact = ties == 0 && std::max(x.size(), y.size()) < kExactRankLimit;
  if (!test.exact) {
    put_normal_test(test, real(x), real(y), ties);
    test.shift = shift_with_limits(x, y, normal_place(x, y, level));
    return test;
  }
  const Values cumulative = exact_distribution(x.size(), y.size());
  test.p = exact_p(cumulative, test.u);
  test.shift = shift_with_limits(x, y, exact_place(cumulative, level));
  return test;
}

Estimate brunner_munzel(const std::vector<double>& one, const std::vector<double>& zero, double level) {
  const std::int64_t n = size_of(one) + size_of(zero);
  if (!usable(one, zero)) return undefined(Undefined::no_data, n);
  if (one.size() < 2 || zero.size() < 2) return undefined(Undefined::too_few, n);
  const Placed placed = place_groups(sorted(one), sorted(zero));
  const Estimate difference = welch(placed.one, {placed.zero.n, 0, placed.zero.variance});
  if (!difference.defined()) return undefined(difference.reason, n);
  Estimate e = difference;  // its value is the mean placement of group one, its se and df those of Brunner and Munzel
  const double reach = student_quantile(0.5 + level / 2, e.df) * e.se;
  e.lo = std::max(e.value - reach, 0.0);
  e.hi = std::min(e.value + reach, 1.0);
  e.p = student_two_sided_p((e.value - 0.5) / e.se, e.df);
  return e;
}

Estimate cliffs_delta(const std::vector<double>& one, const std::vector<double>& zero, double level) {
  const std::int64_t n = size_of(one) + size_of(zero);
  if (!usable(one, zero)) return undefined(Undefined::no_data, n);
  const PairCounts pairs = count_pairs(one, zero);
  const double m = real(one);
  const double k = real(zero);
  Estimate delta = exactly(static_cast<double>(pairs.greater - pairs.less) / (m * k), n);
  if (one.size() < 2 || zero.size() < 2) return delta;
  delta.df = static_cast<double>(n - 2);
  const Placed placed = place_groups(sorted(one), sorted(zero));  // d_i· = 2·placement − 1, so its variance is 4 times
  const double rows = (k - 1) * 4 * placed.one.variance + (m - 1) * 4 * placed.zero.variance;
  delta.se = std::sqrt((rows + sign_variance(pairs, delta.value, m, k)) / (m * k));
  if (delta.se > 0)
    put_feng_cliff(delta, level);
  else if (std::abs(delta.value) == 1)
    put_outer_limits(delta, std::min(m, k), level);
  return delta;
}

}  // namespace kaskad::stats
