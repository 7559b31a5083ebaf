#include "engine/stats/paired.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {
namespace {

double weighted_mean(const std::vector<CountedPair>& pairs, double CountedPair::*value, double n) {
  double sum = 0;
  for (const CountedPair& p : pairs) sum += p.n > 0 ? static_cast<double>(p.n) * (p.*value) : 0;
  return sum / n;
}

/// Twice the rank of each value in rising order of size, so that shared ranks are whole numbers.
std::vector<std::int64_t> doubled_ranks(const std::vector<double>& ascending) {
  std::vector<std::int64_t> ranks;
  for (std::size_t i = 0; i < ascending.size();) {
    std::size_t end = i;
    while (end < ascending.size() && ascending[end] == ascending[i]) ++end;
    ranks.resize(end, static_cast<std::int64_t>(i + 1 + end));
    i = end;
  }
  return ranks;
}

/// Number of the 2ⁿ signs by the doubled sum of the ranks that are positive.
std::vector<double> sign_counts(const std::vector<std::int64_t>& ranks) {
  std::int64_t total = 0;
  for (const std::int64_t r : ranks) total += r;
  std::vector<double> counts(static_cast<std::size_t>(total) + 1);
  counts[0] = 1;
  std::int64_t reached = 0;
  for (const std::int64_t r : ranks) {
    reached += r;
    for (std::int64_t sum = reached; sum >= r; --sum)
      counts[static_cast<std::size_t>(sum)] += counts[static_cast<std::size_t>(sum - r)];
  }
  return counts;
}

double exact_p(const std::vector<std::int64_t>& ranks, std::int64_t doubled) {
  const std::vector<double> counts = sign_counts(ranks);
  double below = 0, above = 0;
  for (std::size_t sum = 0; sum < counts.size(); ++sum) {
    if (static_cast<std::int64_t>(sum) <= doubled) below += counts[sum];
    if (static_cast<std::int64_t>(sum) >= doubled) above += counts[sum];
  }
  return std::min(1.0, 2 * std::min(below, above) / std::exp2(static_cast<double>(ranks.size())));
}

/// Σ(t³ − t) over sets of equal ranks.
double tie_sum(const std::vector<std::int64_t>& ranks) {
  double sum = 0;
  for (std::size_t i = 0; i < ranks.size();) {
    std::size_t end = i;
    while (end < ranks.size() && ranks[end] == ranks[i]) ++end;
    const auto t = static_cast<double>(end - i);
    sum += t * t * t - t;
    i = end;
  }
  return sum;
}

double normal_p(const std::vector<std::int64_t>& ranks, double v) {
  const auto n = static_cast<double>(ranks.size());
  const double apart = v - n * (n + 1) / 4;
  const double sd = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - tie_sum(ranks) / 48);
  const double corrected = std::max(0.0, std::abs(apart) - 0.5);
  return student_two_sided_p(corrected / sd, std::numeric_limits<double>::infinity());
}

/// Hedges' correction with m degrees of freedom, exact.
double exact_correction(double m) { return std::exp(std::lgamma(m / 2) - std::lgamma((m - 1) / 2)) / std::sqrt(m / 2); }

}  // namespace

PairedSample paired_sample(const std::vector<CountedPair>& pairs) {
  PairedSample out;
  for (const CountedPair& p : pairs) out.n += std::max<std::int64_t>(p.n, 0);
  if (out.n == 0) return out;
  const auto n = static_cast<double>(out.n);
  out.mean_before = weighted_mean(pairs, &CountedPair::x, n);
  out.mean_after = weighted_mean(pairs, &CountedPair::y, n);
  double sum = 0;
  for (const CountedPair& p : pairs) sum += p.n > 0 ? static_cast<double>(p.n) * (p.y - p.x) : 0;
  out.change = {out.n, sum / n, kNaN};
  if (out.n < 2) return out;
  double xx = 0, yy = 0, xy = 0, dd = 0;
  for (const CountedPair& p : pairs) {
    if (p.n <= 0) continue;
    const double x = p.x - out.mean_before, y = p.y - out.mean_after, weight = static_cast<double>(p.n);
    const double d = p.y - p.x - out.change.mean;
    dd += weight * d * d;
    xx += weight * x * x;
    yy += weight * y * y;
    xy += weight * x * y;
  }
  out.variance_before = xx / (n - 1);
  out.variance_after = yy / (n - 1);
  out.covariance = xy / (n - 1);
  out.change.variance = dd / (n - 1);
  return out;
}

Estimate paired_change(const PairedSample& sample) {
  Estimate e = student_mean(sample.n, sample.change.mean, sample.change.variance);
  if (!e.has_interval()) return e;
  e.df = static_cast<double>(sample.n - 1);
  e.p = student_two_sided_p(e.value / e.se, e.df);
  return e;
}

SignedRank signed_rank(const std::vector<double>& differences) {
  SignedRank out;
  std::vector<double> sizes;
  for (const double d : differences) {
    if (!std::isfinite(d)) return {};
    d == 0 ? void(++out.zeros) : sizes.push_back(std::abs(d));
  }
  out.n = static_cast<std::int64_t>(sizes.size());
  if (differences.empty()) return out;
  out.reason = sizes.empty() ? Undefined::no_variation : Undefined::none;
  if (sizes.empty()) return out;
  std::sort(sizes.begin(), sizes.end());
  const std::vector<std::int64_t> ranks = doubled_ranks(sizes);
  std::int64_t doubled = 0;
  for (const double d : differences) {
    if (d > 0)
      doubled += ranks[static_cast<std::size_t>(std::lower_bound(sizes.begin(), sizes.end(), d) - sizes.begin())];
  }
  out.v = static_cast<double>(doubled) / 2;
  out.exact = out.n <= kExactSignsLimit;
  out.p = out.exact ? exact_p(ranks, doubled) : normal_p(ranks, out.v);
  return out;
}

Estimate standardised_change(const PairedSample& s) {
  if (s.n == 0 || !std::isfinite(s.mean_before) || !std::isfinite(s.mean_after))
    return undefined(Undefined::no_data, s.n);
  if (s.n < 3) return undefined(Undefined::too_few, s.n);
  if (!(s.variance_before > 0)) return undefined(Undefined::no_variation, s.n);
  const auto n = static_cast<double>(s.n);
  Estimate e = exactly(exact_correction(n - 1) * (s.mean_after - s.mean_before) / std::sqrt(s.variance_before), s.n);
  if (!(s.variance_after > 0)) return e;
  const double r = s.covariance / std::sqrt(s.variance_before * s.variance_after);
  e.se = std::sqrt(std::max(0.0, 2 * (1 - r)) / n + e.value * e.value / (2 * n));
  const double reach = normal_quantile(kUpperTail) * e.se;
  e.lo = e.value - reach;
  e.hi = e.value + reach;
  return e;
}

}  // namespace kaskad::stats
