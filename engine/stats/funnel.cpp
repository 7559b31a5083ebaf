#include "engine/stats/funnel.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/beta.hpp"
#include "engine/stats/distributions.hpp"
#include "engine/stats/spread.hpp"

namespace kaskad::stats {
namespace {

/// A school on the scale on which chance is the same everywhere: y with standard error s.
struct Placed {
  double y = kNaN;
  double s = kNaN;
};

double arcsine(double share) { return std::asin(std::sqrt(share)); }
double share_at(double angle) {
  constexpr double kRight = 1.57079632679489661923;
  const double sine = std::sin(std::clamp(angle, 0.0, kRight));
  return sine * sine;
}

double centre_place(const FunnelFit& fit) { return fit.kind == FunnelKind::share ? arcsine(fit.centre) : fit.centre; }
double chance_at(const FunnelFit& fit, double n) {
  return (fit.kind == FunnelKind::share ? 0.5 : fit.within) / std::sqrt(n);
}

std::vector<double> finite_sorted(const std::vector<double>& values) {
  std::vector<double> out;
  std::copy_if(values.begin(), values.end(), std::back_inserter(out), [](double v) { return std::isfinite(v); });
  std::sort(out.begin(), out.end());
  return out;
}

double winsorised_squares(const std::vector<double>& sorted, double tail) {
  const double lo = quantile7(sorted, tail), hi = quantile7(sorted, 1 - tail);
  double sum = 0;
  for (const double z : sorted) sum += std::clamp(z, lo, hi) * std::clamp(z, lo, hi);
  return sum / static_cast<double>(sorted.size());
}

/// DerSimonian & Laird's moment estimate from φ in place of Q/S.
double spread_between(const FunnelFit& fit, const std::vector<Placed>& placed) {
  double sum = 0, squares = 0;
  for (const Placed& p : placed) {
    if (!std::isfinite(p.y)) continue;
    const double w = 1 / (p.s * p.s);
    sum += w;
    squares += w * w;
  }
  const auto schools = static_cast<double>(fit.schools);
  return std::sqrt(std::max(0.0, (schools * fit.phi - (schools - 1)) / (sum - squares / sum)));
}

void measure_spread(FunnelFit& fit, const std::vector<Placed>& placed, FunnelSpread spread, double tail) {
  for (const Placed& p : placed) fit.z.push_back((p.y - centre_place(fit)) / p.s);
  fit.phi = winsorised_squares(finite_sorted(fit.z), tail);
  if (fit.phi <= 1 + 2 * std::sqrt(2 / static_cast<double>(fit.schools))) return;
  fit.spread = spread;
  if (spread == FunnelSpread::additive) fit.tau = spread_between(fit, placed);
}

double binomial_at_most(double hits, double n, double share) {
  if (hits < 0) return 0;
  return hits >= n ? 1 : beta_upper_p(share, hits + 1, n - hits);
}

/// Interpolated between the whole numbers of hits around the probability.
double binomial_limit(double n, double share, double probability) {
  double below = -1, hits = n;  // F(below) < probability ≤ F(hits)
  while (hits - below > 1) {
    const double middle = std::floor((below + hits) / 2);
    (binomial_at_most(middle, n, share) >= probability ? hits : below) = middle;
  }
  const double at = binomial_at_most(hits, n, share), before = binomial_at_most(hits - 1, n, share);
  return std::clamp((hits - (at - probability) / (at - before)) / n, 0.0, 1.0);
}

FunnelRange around(const FunnelFit& fit, double half) {
  const double centre = centre_place(fit);
  if (fit.kind == FunnelKind::mean) return {centre - half, centre + half};
  return {share_at(centre - half), share_at(centre + half)};
}

Undefined why_no_funnel(std::int64_t schools, std::int64_t pupils, std::int64_t least) {
  if (pupils == 0) return Undefined::no_data;
  return schools < least ? Undefined::too_few_clusters : Undefined::none;
}

}  // namespace

FunnelFit fit_funnel(const std::vector<CountedShare>& schools, FunnelSpread spread, double winsorise,
                     std::int64_t least_schools) {
  FunnelFit fit;
  std::int64_t hits = 0, pupils = 0;
  for (const CountedShare& school : schools) {
    hits += school.hits;
    pupils += school.n;
    fit.schools += school.n > 0 ? 1 : 0;
  }
  fit.reason = why_no_funnel(fit.schools, pupils, least_schools);
  if (fit.reason == Undefined::none && (hits == 0 || hits == pupils)) fit.reason = Undefined::no_variation;
  if (fit.reason != Undefined::none) return fit;
  fit.centre = static_cast<double>(hits) / static_cast<double>(pupils);
  std::vector<Placed> placed;
  for (const CountedShare& school : schools) {
    const auto n = static_cast<double>(school.n);
    placed.push_back(school.n > 0 ? Placed{arcsine(static_cast<double>(school.hits) / n), chance_at(fit, n)}
                                  : Placed{});
  }
  measure_spread(fit, placed, spread, winsorise);
  return fit;
}

FunnelFit fit_funnel(const std::vector<CountedMean>& schools, FunnelSpread spread, double winsorise,
                     std::int64_t least_schools) {
  FunnelFit fit;
  fit.kind = FunnelKind::mean;
  double sum = 0, squares = 0;
  std::int64_t pupils = 0;
  for (const CountedMean& school : schools) {
    if (school.n <= 0) continue;
    sum += static_cast<double>(school.n) * school.mean;
    squares += school.squares;
    pupils += school.n;
    ++fit.schools;
  }
  fit.reason = why_no_funnel(fit.schools, pupils, least_schools);
  if (fit.reason == Undefined::none && !std::isfinite(squares)) fit.reason = Undefined::no_distribution;
  if (fit.reason == Undefined::none && (squares <= 0 || pupils == fit.schools)) fit.reason = Undefined::no_variation;
  if (fit.reason != Undefined::none) return fit;
  fit.centre = sum / static_cast<double>(pupils);
  fit.within = std::sqrt(squares / static_cast<double>(pupils - fit.schools));
  std::vector<Placed> placed;
  for (const CountedMean& school : schools)
    placed.push_back(school.n > 0 ? Placed{school.mean, chance_at(fit, static_cast<double>(school.n))} : Placed{});
  measure_spread(fit, placed, spread, winsorise);
  return fit;
}

FunnelRange funnel_limits(const FunnelFit& fit, double n, double level) {
  if (fit.reason != Undefined::none || !(n > 0)) return {};
  const double tail = (1 - level) / 2, chance = chance_at(fit, n);
  if (fit.kind == FunnelKind::share && fit.spread == FunnelSpread::none)
    return {binomial_limit(n, fit.centre, tail), binomial_limit(n, fit.centre, 1 - tail)};
  double sd = chance;
  if (fit.spread == FunnelSpread::multiplicative) sd = chance * std::sqrt(fit.phi);
  if (fit.spread == FunnelSpread::additive) sd = std::hypot(chance, fit.tau);
  return around(fit, normal_quantile(1 - tail) * sd);
}

}  // namespace kaskad::stats
