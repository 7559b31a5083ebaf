#include "engine/stats/rank_ranges.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "engine/stats/beta.hpp"

namespace kaskad::stats {
namespace {

struct HigherOfPair {
  double p = 1;
  std::uint32_t higher = 0;
  std::uint32_t lower = 0;
};

/// Hypotheses «j is not higher than i»: one for each ordered pair.
double hypotheses(std::size_t n) { return static_cast<double>(n) * static_cast<double>(n - 1); }

/// Of a pair at most one direction can be told, so Holm's procedure ends after half of the hypotheses: a p beyond the
/// border of that step is never rejected.
double widest_step(std::size_t n, double level) { return 2 * (1 - level) / hypotheses(n); }

/// Logarithms of 0! … n!.
std::vector<double> log_factorials(std::int64_t n) {
  std::vector<double> out(static_cast<std::size_t>(n) + 1, 0.0);
  for (std::size_t i = 2; i < out.size(); ++i) out[i] = out[i - 1] + std::log(static_cast<double>(i));
  return out;
}

double log_choose(const std::vector<double>& logs, std::int64_t n, std::int64_t k) {
  const auto at = [&](std::int64_t i) { return logs[static_cast<std::size_t>(i)]; };
  return at(n) - at(k) - at(n - k);
}

/// P(X ≥ a.hits) for X hypergeometric with the margins of the two groups: Fisher's one-sided p. Stops beyond `enough`.
double fisher_higher_p(const CountedShare& a, const CountedShare& b, const std::vector<double>& logs, double enough) {
  const std::int64_t hits = a.hits + b.hits;
  const double all = log_choose(logs, a.n + b.n, hits);
  double p = 0;
  for (std::int64_t x = a.hits; x <= std::min(a.n, hits) && p <= enough; ++x)
    p += std::exp(log_choose(logs, a.n, x) + log_choose(logs, b.n, hits - x) - all);
  return p;
}

/// Places after Holm's procedure over the pairs that may be told.
std::vector<RankRange> places(std::vector<HigherOfPair> pairs, std::size_t n, double level) {
  std::sort(pairs.begin(), pairs.end(), [](const HigherOfPair& a, const HigherOfPair& b) { return a.p < b.p; });
  std::vector<RankRange> out(n, {1, static_cast<std::int64_t>(n)});
  double left = hypotheses(n);
  for (const HigherOfPair& pair : pairs) {
    if (pair.p * left-- > 1 - level) break;
    ++out[pair.lower].first;
    --out[pair.higher].last;
  }
  return out;
}

/// `p_of(i, j)`: one-sided p of i being higher than j, where the value of i is the higher one.
template <class Values, class Mean, class Test>
std::vector<RankRange> by_pairs(const Values& values, double level, const Mean& mean, const Test& p_of) {
  std::vector<HigherOfPair> pairs;
  const double most = values.size() < 2 ? 0 : widest_step(values.size(), level);
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    for (std::uint32_t j = 0; j < values.size(); ++j) {
      if (!(mean(values[i]) > mean(values[j]))) continue;
      const double p = p_of(values[i], values[j], most);
      if (p <= most) pairs.push_back({p, i, j});
    }
  }
  return places(std::move(pairs), values.size(), level);
}

double share_of(const CountedShare& s) { return static_cast<double>(s.hits) / static_cast<double>(s.n); }

}  // namespace

double sidak_level(double joint, std::size_t n) { return std::pow(joint, 1 / static_cast<double>(n)); }

std::vector<ValueInterval> joint_intervals(const std::vector<CountedShare>& shares, double level) {
  std::vector<ValueInterval> out;
  const double tail = (1 - sidak_level(level, std::max<std::size_t>(shares.size(), 1))) / 2;
  for (const CountedShare& s : shares) {
    assert(s.n > 0 && s.hits >= 0 && s.hits <= s.n);
    const auto k = static_cast<double>(s.hits), misses = static_cast<double>(s.n - s.hits);
    out.push_back({s.hits == 0 ? 0.0 : beta_quantile(tail, k, misses + 1),
                   s.hits == s.n ? 1.0 : beta_quantile(1 - tail, k + 1, misses)});
  }
  return out;
}

std::vector<ValueInterval> joint_intervals(const std::vector<Sample>& means, double level) {
  std::vector<ValueInterval> out;
  const double upper = 0.5 + sidak_level(level, std::max<std::size_t>(means.size(), 1)) / 2;
  for (const Sample& s : means) {
    assert(s.n >= 2 && s.variance > 0);
    const auto n = static_cast<double>(s.n);
    const double half = student_quantile(upper, n - 1) * std::sqrt(s.variance / n);
    out.push_back({s.mean - half, s.mean + half});
  }
  return out;
}

std::vector<RankRange> ranks_by_intervals(const std::vector<ValueInterval>& intervals) {
  std::vector<double> lows, highs;
  for (const ValueInterval& i : intervals) {
    lows.push_back(i.lo);
    highs.push_back(i.hi);
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  std::vector<RankRange> out;
  for (const ValueInterval& i : intervals) {
    const auto higher = lows.end() - std::upper_bound(lows.begin(), lows.end(), i.hi);
    const auto lower = std::lower_bound(highs.begin(), highs.end(), i.lo) - highs.begin();
    out.push_back({1 + higher, static_cast<std::int64_t>(intervals.size()) - lower});
  }
  return out;
}

std::vector<RankRange> ranks_by_pairs(const std::vector<CountedShare>& shares, double level) {
  std::int64_t most = 0, second = 0;
  for (const CountedShare& s : shares) {
    second = std::max(second, std::min(most, s.n));
    most = std::max(most, s.n);
  }
  const std::vector<double> logs = log_factorials(most + second);
  return by_pairs(shares, level, share_of, [&](const CountedShare& a, const CountedShare& b, double enough) {
    return fisher_higher_p(a, b, logs, enough);
  });
}

std::vector<RankRange> ranks_by_pairs(const std::vector<Sample>& means, double level) {
  const double most = means.size() < 2 ? 1 : widest_step(means.size(), level);
  // Student's tails are heavier than the normal ones: what these cannot tell, Welch's test cannot.
  const double least_z = normal_quantile(1 - most);
  return by_pairs(
      means, level, [](const Sample& s) { return s.mean; },
      [&](const Sample& a, const Sample& b, double enough) {
        const double se = std::sqrt(a.variance / static_cast<double>(a.n) + b.variance / static_cast<double>(b.n));
        return (a.mean - b.mean) / se < least_z * (1 - 1e-9) ? 2 * enough : welch(a, b).p / 2;
      });
}

}  // namespace kaskad::stats
