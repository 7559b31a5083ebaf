#include "engine/stats/power.hpp"

#include <boost/math/distributions/non_central_t.hpp>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

namespace bmp = boost::math::policies;
using Quiet = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                          bmp::overflow_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>,
                          bmp::rounding_error<bmp::ignore_error>, bmp::promote_double<false>>;
using NonCentral = boost::math::non_central_t_distribution<double, Quiet>;

bool is_share(double x) { return x >= 0 && x <= 1; }
bool inside(double x) { return x > 0 && x < 1; }

bool in_range(const ClusterDesign& d) {
  return std::isfinite(d.clusters) && std::isfinite(d.cluster_size) && d.cluster_size > 0 && is_share(d.icc) &&
         is_share(d.r2_clusters) && is_share(d.r2_pupils) && d.cluster_covariates >= 0 && inside(d.share_treated) &&
         inside(d.alpha);
}

Undefined obstacle(const ClusterDesign& design) {
  if (!in_range(design)) return Undefined::no_data;
  if (effect_df(design) < 1) return Undefined::too_few_clusters;
  return effect_error(design) > 0 ? Undefined::none : Undefined::no_variation;
}

Estimate of_design(const ClusterDesign& design, double value) {
  Estimate e = exactly(value, std::llround(design.clusters * design.cluster_size));
  e.clusters = std::llround(design.clusters);
  e.se = effect_error(design);
  e.df = effect_df(design);
  return e;
}

}  // namespace

double effect_error(const ClusterDesign& d) {
  const double between = d.icc * (1 - d.r2_clusters);
  const double within = (1 - d.icc) * (1 - d.r2_pupils) / d.cluster_size;
  return std::sqrt((between + within) / (d.share_treated * (1 - d.share_treated) * d.clusters));
}

double effect_df(const ClusterDesign& design) { return design.clusters - 2 - design.cluster_covariates; }

Estimate minimum_detectable_effect(const ClusterDesign& design, double power) {
  const Undefined reason = inside(power) ? obstacle(design) : Undefined::no_data;
  if (reason != Undefined::none) return undefined(reason);
  const double df = effect_df(design);
  const double multiplier = student_quantile(1 - design.alpha / 2, df) + student_quantile(power, df);
  return of_design(design, multiplier * effect_error(design));
}

Estimate power_of(const ClusterDesign& design, double effect) {
  const Undefined reason = std::isfinite(effect) ? obstacle(design) : Undefined::no_data;
  if (reason != Undefined::none) return undefined(reason);
  const double df = effect_df(design);
  const double critical = student_quantile(1 - design.alpha / 2, df);
  const NonCentral shifted(df, std::abs(effect) / effect_error(design));
  return of_design(design, cdf(complement(shifted, critical)) + cdf(shifted, -critical));
}

std::optional<std::int64_t> clusters_needed(ClusterDesign design, double effect, double power) {
  constexpr std::int64_t kMost = 100'000;
  const auto detects = [&](std::int64_t clusters) {
    design.clusters = static_cast<double>(clusters);
    const Estimate e = minimum_detectable_effect(design, power);
    return e.defined() && e.value <= std::abs(effect);
  };
  if (!(std::abs(effect) > 0) || !detects(kMost)) return std::nullopt;
  std::int64_t low = 1, high = kMost / 2;  // halves of the number: the effect falls as schools are added
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (detects(2 * middle))
      high = middle;
    else
      low = middle + 1;
  }
  return std::max<std::int64_t>(2 * low, 4);
}

}  // namespace kaskad::stats
