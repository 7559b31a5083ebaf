// What a design can find, before schools are signed.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// Whole schools (clusters) are assigned; pupils within them are measured. Effects are in SDs of pupils.
struct ClusterDesign {
  double clusters = 0;         ///< J, of both groups together.
  double cluster_size = 0;     ///< n, pupils a school (the harmonic mean where sizes differ). 1 with icc 0: pupils.
  double icc = 0;              ///< ρ, share of variance between schools, before covariates.
  double r2_clusters = 0;      ///< Share of the variance between schools that covariates explain.
  double r2_pupils = 0;        ///< The same within schools.
  int cluster_covariates = 0;  ///< Covariates of schools; each costs a degree of freedom.
  double share_treated = 0.5;  ///< P, share of the schools that are treated.
  double alpha = 0.05;         ///< Two-sided.
};

/// se of the effect: √((ρ(1 − R²₂) + (1 − ρ)(1 − R²₁)/n)/(P(1 − P)J)).
double effect_error(const ClusterDesign& design);
/// J − 2 − cluster covariates.
double effect_df(const ClusterDesign& design);

/// Minimum detectable effect: (t(1 − α/2; df) + t(power; df))·se, the effect that is found with this power.
/// Source: Bloom 1995, Evaluation Review 19:547–556; Dong & Maynard 2013, Journal of Research on Educational
/// Effectiveness 6:24–67 (two-level cluster random assignment). Estimate::n is J·n rounded, clusters J, se and df
/// above. df < 1 → too_few_clusters; a parameter outside its range (shares in [0, 1], P and α and power inside (0, 1),
/// n > 0) → no_data; no variance left → no_variation.
Estimate minimum_detectable_effect(const ClusterDesign& design, double power);

/// Probability to reject «no effect» at α, two-sided, when the effect is `effect`: by the noncentral t distribution.
/// Undefined as above.
Estimate power_of(const ClusterDesign& design, double effect);

/// The least number of schools, an even number from 4 up, whose minimum detectable effect is at most `effect`; nothing
/// where 100 000 schools do not suffice or a parameter is outside its range. `design.clusters` is not read.
std::optional<std::int64_t> clusters_needed(ClusterDesign design, double effect, double power);

}  // namespace kaskad::stats
