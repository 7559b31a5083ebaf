#include "engine/stats/two_groups.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

double sum_of(const std::vector<double>& values) {
  double sum = 0;
  for (double v : values) sum += v;
  return sum;
}

/// What a group of one does not know is not needed: it has no squares of its own.
bool variance_known(const Sample& s) { return s.n < 2 || (std::isfinite(s.variance) && s.variance >= 0); }

double squares_within(const Sample& s) { return s.n < 2 ? 0 : static_cast<double>(s.n - 1) * s.variance; }

Undefined student_obstacle(const Sample& one, const Sample& zero) {
  if (one.n <= 0 || zero.n <= 0 || !std::isfinite(one.mean) || !std::isfinite(zero.mean)) return Undefined::no_data;
  if (one.n + zero.n < 3) return Undefined::too_few;
  if (!variance_known(one) || !variance_known(zero)) return Undefined::no_distribution;
  return pooled_variance(one, zero) > 0 ? Undefined::none : Undefined::no_variation;
}

std::int64_t total(const Sample& one, const Sample& zero) {
  return std::max<std::int64_t>(one.n, 0) + std::max<std::int64_t>(zero.n, 0);
}

bool has_empty_cell(const TwoShares& s) { return s.hits1 == 0 || s.hits0 == 0 || s.hits1 == s.n1 || s.hits0 == s.n0; }

using ClusterKey = std::pair<int, int>;  // group, cluster

std::map<ClusterKey, std::vector<double>> by_cluster(const std::vector<double>& values, const std::vector<int>& cluster,
                                                     const std::vector<int>& group) {
  std::map<ClusterKey, std::vector<double>> parts;
  for (std::size_t i = 0; i < values.size(); ++i) parts[{group[i], cluster[i]}].push_back(values[i]);
  return parts;
}

/// Sums of squares of a one-way analysis nested in groups, and what its mean squares divide by.
struct Nested {
  double between = 0, within = 0;
  double values = 0, clusters = 0, groups = 0;
  double average_size = 0;  ///< Sum over groups of N_g − Σn²/N_g; divided by G − groups it is n̄.
};

struct GroupTotal {
  double n = 0, sum = 0, squared_sizes = 0;
};

Nested nested_squares(const std::map<ClusterKey, std::vector<double>>& parts) {
  std::map<int, GroupTotal> groups;
  for (const auto& [key, values] : parts) {
    const double size = static_cast<double>(values.size());
    GroupTotal& g = groups[key.first];
    g.n += size;
    g.sum += sum_of(values);
    g.squared_sizes += size * size;
  }
  Nested nested;
  nested.groups = static_cast<double>(groups.size());
  nested.clusters = static_cast<double>(parts.size());
  for (const auto& [group, g] : groups) nested.average_size += g.n - g.squared_sizes / g.n;
  for (const auto& [key, values] : parts) {
    const Sample s = summarize(values);
    const GroupTotal& g = groups[key.first];
    const double away = s.mean - g.sum / g.n;
    nested.values += static_cast<double>(s.n);
    nested.between += static_cast<double>(s.n) * away * away;
    nested.within += squares_within(s);
  }
  return nested;
}

Estimate icc_of(const Nested& a, std::int64_t n) {
  if (!(a.values > a.clusters)) return undefined(Undefined::too_few, n);
  if (!(a.clusters > a.groups)) return undefined(Undefined::too_few_clusters, n);
  const double between = a.between / (a.clusters - a.groups);
  const double within = a.within / (a.values - a.clusters);
  const double size = a.average_size / (a.clusters - a.groups);
  const double denominator = between + (size - 1) * within;
  if (!(denominator > 0)) return undefined(Undefined::no_variation, n);
  return exactly((between - within) / denominator, n);
}

}  // namespace

Sample summarize(const std::vector<double>& values) {
  Sample s;
  s.n = static_cast<std::int64_t>(values.size());
  if (values.empty()) return s;
  const double size = static_cast<double>(s.n);
  const double shift = values.front();
  double sum = 0;
  for (double v : values) sum += v - shift;
  s.mean = shift + sum / size;
  double squares = 0;
  double rest = 0;
  for (double v : values) {
    squares += (v - s.mean) * (v - s.mean);
    rest += v - s.mean;
  }
  if (s.n > 1) s.variance = std::max(squares - rest * rest / size, 0.0) / (size - 1);
  if (std::all_of(values.begin(), values.end(), [&](double v) { return v == shift; }) && s.n > 1) s.variance = 0;
  return s;
}

double median(std::vector<double> values) {
  if (values.empty() || std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) return kNaN;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  const double below = *std::max_element(values.begin(), middle);
  return below + (*middle - below) / 2;
}

double pooled_variance(const Sample& one, const Sample& zero) {
  return (squares_within(one) + squares_within(zero)) / static_cast<double>(one.n + zero.n - 2);
}

Estimate student_difference(const Sample& one, const Sample& zero) {
  const Undefined obstacle = student_obstacle(one, zero);
  if (obstacle != Undefined::none) return undefined(obstacle, total(one, zero));
  Estimate e = exactly(one.mean - zero.mean, total(one, zero));
  e.df = static_cast<double>(e.n - 2);
  const double sizes = 1 / static_cast<double>(one.n) + 1 / static_cast<double>(zero.n);
  e.se = std::sqrt(pooled_variance(one, zero) * sizes);
  const double reach = student_quantile(kUpperTail, e.df) * e.se;
  e.lo = e.value - reach;
  e.hi = e.value + reach;
  e.p = student_two_sided_p(e.value / e.se, e.df);
  return e;
}

Estimate odds_ratio(const TwoShares& s, double level) {
  const std::int64_t n = std::max<std::int64_t>(s.n1, 0) + std::max<std::int64_t>(s.n0, 0);
  if (s.n1 <= 0 || s.n0 <= 0) return undefined(Undefined::no_data, n);
  assert(s.hits1 >= 0 && s.hits1 <= s.n1 && s.hits0 >= 0 && s.hits0 <= s.n0);
  if (has_empty_cell(s)) return undefined(Undefined::separation, n);
  const double a = static_cast<double>(s.hits1), b = static_cast<double>(s.n1 - s.hits1);
  const double c = static_cast<double>(s.hits0), d = static_cast<double>(s.n0 - s.hits0);
  const double log_ratio = std::log(a) - std::log(b) - std::log(c) + std::log(d);
  Estimate e = exactly(std::exp(log_ratio), n);
  e.se = std::sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  const double reach = normal_quantile(0.5 + level / 2) * e.se;
  e.lo = std::exp(log_ratio - reach);
  e.hi = std::exp(log_ratio + reach);
  e.p = student_two_sided_p(log_ratio / e.se, std::numeric_limits<double>::infinity());
  return e;
}

Estimate intraclass_correlation(const std::vector<double>& values, const std::vector<int>& cluster,
                                const std::vector<int>& group) {
  assert(values.size() == cluster.size() && values.size() == group.size());
  const std::int64_t n = static_cast<std::int64_t>(values.size());
  if (n == 0 || !std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) {
    return undefined(Undefined::no_data, n);
  }
  const auto parts = by_cluster(values, cluster, group);
  Estimate e = icc_of(nested_squares(parts), n);
  e.clusters = static_cast<std::int64_t>(parts.size());
  return e;
}

}  // namespace kaskad::stats
