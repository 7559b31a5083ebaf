#include "engine/stats/balance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/stats/two_groups.hpp"

namespace kaskad::stats {

namespace {

bool two_valued(const std::vector<double>& values) {
  if (values.empty()) return false;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return std::all_of(values.begin(), values.end(), [&](double v) { return v == *low || v == *high; });
}

/// Weights of one group that sum to 1, 0 for the other; the sum before is `total`.
struct GroupWeights {
  std::vector<double> share;
  double total = 0;
};

GroupWeights weights_of(const std::vector<char>& treated, const std::vector<double>& weights, bool group) {
  GroupWeights out;
  for (std::size_t i = 0; i < treated.size(); ++i) {
    const double w = (treated[i] != 0) == group ? (weights.empty() ? 1.0 : weights[i]) : 0.0;
    out.share.push_back(w);
    out.total += w;
  }
  for (double& w : out.share) w /= out.total;
  return out;
}

double mean_of(const std::vector<double>& values, const GroupWeights& weights) {
  return std::inner_product(values.begin(), values.end(), weights.share.begin(), 0.0);
}

double variance_of(const std::vector<double>& values, const GroupWeights& weights) {
  const double mean = mean_of(values, weights);
  double squares = 0;
  double concentration = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    squares += weights.share[i] * (values[i] - mean) * (values[i] - mean);
    concentration += weights.share[i] * weights.share[i];
  }
  return squares / (1 - concentration);
}

double largest_gap(const std::vector<double>& values, const GroupWeights& one, const GroupWeights& zero) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double gap = 0;
  double largest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    gap += one.share[order[i]] - zero.share[order[i]];
    const bool last_of_value = i + 1 == order.size() || values[order[i + 1]] != values[order[i]];
    if (last_of_value) largest = std::max(largest, std::abs(gap));
  }
  return largest;
}

double ratio(double treated, double control) {
  return std::isfinite(treated) && control > 0 ? treated / control : kNaN;
}

}  // namespace

double balance_sd(const std::vector<double>& values, const std::vector<char>& treated) {
  std::vector<double> own;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (treated[i] != 0) own.push_back(values[i]);
  }
  const Sample sample = summarize(own);
  if (!two_valued(values) || own.empty()) return std::sqrt(sample.variance);
  const double size = static_cast<double>(sample.n);
  return sample.n < 2 ? 0 : std::sqrt(sample.variance * (size - 1) / size);
}

CovariateBalance covariate_balance(const std::vector<double>& values, const std::vector<char>& treated,
                                   const std::vector<double>& weights, double sd) {
  CovariateBalance balance;
  const GroupWeights one = weights_of(treated, weights, true);
  const GroupWeights zero = weights_of(treated, weights, false);
  const bool finite = std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  if (!(one.total > 0) || !(zero.total > 0) || !finite) return balance;
  balance.mean_treated = mean_of(values, one);
  balance.mean_control = mean_of(values, zero);
  balance.ecdf_max = largest_gap(values, one, zero);
  if (!two_valued(values)) balance.variance_ratio = ratio(variance_of(values, one), variance_of(values, zero));
  balance.reason = sd > 0 ? Undefined::none : Undefined::no_variation;
  if (sd > 0) balance.standardised = (balance.mean_treated - balance.mean_control) / sd;
  return balance;
}

}  // namespace kaskad::stats
