#include "engine/stats/effect_sizes.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

/// Ratio of the SD of the logistic distribution to that of the normal with the same odds, as Cox took it.
constexpr double kCox = 1.65;

void put_normal_interval(Estimate& e, double se) {
  const double reach = normal_quantile(kUpperTail) * se;
  if (!std::isfinite(reach)) return;
  e.se = se;
  e.lo = e.value - reach;
  e.hi = e.value + reach;
}

void scale(Estimate& e, double factor) {
  e.value *= factor;
  e.se *= factor;
  e.lo *= factor;
  e.hi *= factor;
}

Undefined glass_obstacle(const Sample& one, const Sample& zero) {
  if (one.n <= 0 || zero.n <= 0 || !std::isfinite(one.mean) || !std::isfinite(zero.mean)) return Undefined::no_data;
  if (zero.n < 2) return Undefined::too_few;
  if (!std::isfinite(zero.variance)) return Undefined::no_distribution;
  return zero.variance > 0 ? Undefined::none : Undefined::no_variation;
}

bool has_error(const Estimate& e) { return e.defined() && std::isfinite(e.se) && e.df > 0; }

Estimate clustered_glass(const Estimate& difference, double sd, double sd_variance_factor) {
  Estimate e = exactly(difference.value / sd, difference.n);
  e.df = difference.df;
  e.clusters = difference.clusters;
  e.se = std::hypot(difference.se / sd, e.value * std::sqrt(sd_variance_factor));
  const double reach = student_quantile(kUpperTail, e.df) * e.se;
  e.lo = e.value - reach;
  e.hi = e.value + reach;
  return e;
}

bool valid_icc(double icc) { return icc >= 0 && icc <= 1; }

/// Variance of the SD's part in d, relative to d² (Hedges 2007).
double sd_part(double total, double size, double icc) {
  const double rest = total - 2 * size;
  const double squares = (total - 2) * (1 - icc) * (1 - icc) + size * rest * icc * icc + 2 * rest * icc * (1 - icc);
  return squares / (2 * (total - 2) * ((total - 2) - 2 * (size - 1) * icc));
}

}  // namespace

Estimate cohens_d(const Sample& one, const Sample& zero, const Estimate* clustered) {
  Estimate d = hedges_g(one, zero, clustered);
  if (d.defined()) scale(d, 1 / hedges_correction(static_cast<double>(one.n + zero.n)));
  return d;
}

Estimate glass_delta(const Sample& one, const Sample& zero, const Estimate* clustered) {
  const std::int64_t n = std::max<std::int64_t>(one.n, 0) + std::max<std::int64_t>(zero.n, 0);
  const Undefined obstacle = glass_obstacle(one, zero);
  if (obstacle != Undefined::none) return undefined(obstacle, n);
  const double sd = std::sqrt(zero.variance);
  const double n0 = static_cast<double>(zero.n);
  const double sd_factor = 1 / (2 * (n0 - 1));
  if (clustered != nullptr && has_error(*clustered)) return clustered_glass(*clustered, sd, sd_factor);
  Estimate delta = exactly((one.mean - zero.mean) / sd, n);
  if (clustered != nullptr) return delta;
  const double means = one.variance / zero.variance / static_cast<double>(one.n) + 1 / n0;
  put_normal_interval(delta, std::sqrt(means + delta.value * delta.value * sd_factor));
  return delta;
}

Estimate cox_index(const TwoShares& shares) {
  const Estimate ratio = odds_ratio(shares);
  if (!ratio.defined()) return ratio;
  Estimate cox = exactly(std::log(ratio.value) / kCox, ratio.n);
  put_normal_interval(cox, ratio.se / kCox);
  cox.p = ratio.p;
  return cox;
}

double cox_index(double share1, double share0) {
  const bool inside = share1 > 0 && share1 < 1 && share0 > 0 && share0 < 1;
  return inside ? (std::log(share1 / (1 - share1)) - std::log(share0 / (1 - share0))) / kCox : kNaN;
}

DesignEffect design_effect_one_side(double total_n, double unclustered_n, double cluster_size, double icc) {
  if (!(total_n > 2) || !valid_icc(icc)) return {};
  return {1 + (cluster_size * unclustered_n / total_n - 1) * icc,
          1 - (unclustered_n + cluster_size - 2) * icc / (total_n - 2)};
}

DesignEffect design_effect_both_sides(double total_n, double cluster_size, double icc) {
  if (!(total_n > 2) || !valid_icc(icc)) return {};
  return {1 + (cluster_size - 1) * icc, 1 - 2 * (cluster_size - 1) * icc / (total_n - 2)};
}

Estimate hedges_g_by_icc(const Sample& one, const Sample& zero, double cluster_size, double icc) {
  Estimate g = hedges_g(one, zero);
  if (!g.defined()) return g;
  const double total = static_cast<double>(g.n);
  const DesignEffect effect = design_effect_both_sides(total, cluster_size, icc);
  if (!(effect.gamma > 0)) return undefined(Undefined::too_few, g.n);
  const double omega = hedges_correction(total);
  const double d = g.value / omega * std::sqrt(effect.gamma);
  g = exactly(omega * d, g.n);
  const double sizes = 1 / static_cast<double>(one.n) + 1 / static_cast<double>(zero.n);
  put_normal_interval(g, omega * std::sqrt(effect.eta * sizes + d * d * sd_part(total, cluster_size, icc)));
  return g;
}

std::optional<int> months_of_progress(double effect) {
  const double rounded = std::round(std::abs(effect) * 100) / 100;
  const auto* const row = std::find_if(kMonthsOfProgress.begin(), kMonthsOfProgress.end(),
                                       [&](const MonthsRow& r) { return rounded <= r.most + 1e-9; });
  if (std::isnan(effect) || row == kMonthsOfProgress.end()) return std::nullopt;
  return effect < 0 ? -row->months : row->months;
}

BaselineClass baseline_class(double standardised) {
  const double size = std::abs(standardised);
  if (std::isnan(size)) return BaselineClass::undefined;
  if (size <= 0.05) return BaselineClass::satisfied;
  return size <= 0.25 ? BaselineClass::with_adjustment : BaselineClass::not_satisfied;
}

}  // namespace kaskad::stats
