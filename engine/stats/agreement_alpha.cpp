// Krippendorff's alpha and its interval by resampling units.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"
#include "engine/stats/agreement.hpp"
#include "engine/stats/spread.hpp"

namespace kaskad::stats {
namespace {

/// The units with at least two ratings; ratings as places among the categories.
struct PairableUnits {
  std::vector<double> categories;
  std::vector<std::vector<std::size_t>> ratings;  ///< By unit.
};

PairableUnits pairable(const RatingTable& table) {
  PairableUnits out{pairable_categories(table), {}};
  for (std::size_t u = 0; u < table.units(); ++u) {
    std::vector<std::size_t> unit;
    for (std::size_t r = 0; r < table.raters; ++r) {
      const double score = table.at(u, r);
      const auto place = std::lower_bound(out.categories.begin(), out.categories.end(), score);
      if (score == score) unit.push_back(static_cast<std::size_t>(place - out.categories.begin()));
    }
    if (unit.size() > 1) out.ratings.push_back(std::move(unit));
  }
  return out;
}

/// Mid-ranks of the categories: n_1 + … + n_{c−1} + n_c/2.
std::vector<double> mid_ranks(const std::vector<double>& counts) {
  std::vector<double> out;
  double before = 0;
  for (const double n : counts) {
    out.push_back(before + n / 2);
    before += n;
  }
  return out;
}

/// Σ over ordered pairs of all ratings of their difference: n² − Σ n_c², or 2(nΣs² − (Σs)²) with scores of mean 0.
double between(const std::vector<double>& counts, const std::vector<double>& scores, double n, AgreementScale scale) {
  double same = 0, squares = 0;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    same += counts[c] * counts[c];
    squares += counts[c] * scores[c] * scores[c];
  }
  return scale == AgreementScale::nominal ? n * n - same : 2 * n * squares;
}

/// Differences within one unit, Σ_{i≠j} δ²/(m − 1).
double within(const std::vector<std::size_t>& unit, const std::vector<double>& scores, AgreementScale scale) {
  double sum = 0;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double apart = scores[unit[i]] - scores[unit[j]];
      sum += scale == AgreementScale::nominal ? (unit[i] != unit[j] ? 2 : 0) : 2 * apart * apart;
    }
  }
  return sum / static_cast<double>(unit.size() - 1);
}

/// Alpha of a sample in which unit u stands `times[u]` times; NaN where all its ratings are alike.
double alpha_of(const PairableUnits& units, const std::vector<std::uint32_t>& times, AgreementScale scale) {
  std::vector<double> counts(units.categories.size());
  for (std::size_t u = 0; u < units.ratings.size(); ++u) {
    for (const std::size_t c : units.ratings[u]) counts[c] += times[u];
  }
  const auto given = std::count_if(counts.begin(), counts.end(), [](double n) { return n > 0; });
  if (given < 2) return kNaN;
  const double n = std::accumulate(counts.begin(), counts.end(), 0.0);
  std::vector<double> scores = scale == AgreementScale::ordinal ? mid_ranks(counts) : units.categories;
  const double middle = std::inner_product(counts.begin(), counts.end(), scores.begin(), 0.0) / n;
  for (double& s : scores) s -= middle;  // so that sums of squares keep their digits
  double observed = 0;
  for (std::size_t u = 0; u < units.ratings.size(); ++u)
    observed += times[u] == 0 ? 0 : times[u] * within(units.ratings[u], scores, scale);
  return 1 - (n - 1) * observed / between(counts, scores, n, scale);
}

std::vector<double> resampled(const PairableUnits& units, AgreementScale scale, const AlphaPlan& plan) {
  constexpr std::int64_t kBlock = 100;
  std::vector<double> alphas(static_cast<std::size_t>(plan.draws));
  const auto blocks = static_cast<std::size_t>((plan.draws + kBlock - 1) / kBlock);
  parallel_for(blocks, plan.threads, [&](std::size_t block) {
    const std::int64_t first = static_cast<std::int64_t>(block) * kBlock;
    for (std::int64_t i = first; i < std::min(first + kBlock, plan.draws); ++i) {
      RandomStream stream(plan.seed, static_cast<std::uint64_t>(i));
      std::vector<std::uint32_t> times(units.ratings.size());
      for (std::size_t u = 0; u < times.size(); ++u) ++times[stream.below(times.size())];
      alphas[static_cast<std::size_t>(i)] = alpha_of(units, times, scale);
    }
  });
  alphas.erase(std::remove_if(alphas.begin(), alphas.end(), [](double a) { return a != a; }), alphas.end());
  std::sort(alphas.begin(), alphas.end());
  return alphas;
}

double deviation_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return std::sqrt(squares / (n - 1));
}

}  // namespace

Estimate krippendorff_alpha(const RatingTable& table, AgreementScale scale, const AlphaPlan& plan, double level) {
  constexpr std::int64_t kLeastUnits = 5;
  const PairableUnits units = pairable(table);
  const auto n = static_cast<std::int64_t>(units.ratings.size());
  if (n < 2) return undefined(n == 0 ? Undefined::no_data : Undefined::too_few, n);
  if (units.categories.size() == 1) return undefined(Undefined::no_variation, n);
  Estimate e = exactly(alpha_of(units, std::vector<std::uint32_t>(units.ratings.size(), 1), scale), n);
  // Squares of very large or very small scores leave the range of a double.
  if (!std::isfinite(e.value)) return undefined(Undefined::inaccurate, n);
  if (n < kLeastUnits || plan.draws < 40) return e;
  const std::vector<double> alphas = resampled(units, scale, plan);
  constexpr double kLeastShare = 0.95;
  if (static_cast<double>(alphas.size()) < kLeastShare * static_cast<double>(plan.draws)) return e;
  if (alphas.front() == alphas.back()) return e;  // complete agreement in every sample says nothing of other units
  e.se = deviation_of(alphas);
  e.lo = quantile7(alphas, 0.5 - level / 2);
  e.hi = quantile7(alphas, 0.5 + level / 2);
  return e;
}

}  // namespace kaskad::stats
