// Control limits of a funnel plot: how far schools of n pupils lie from the region by chance alone, and by chance and
// the ordinary differences between schools. docs/methods/funnel.md.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/stats/shrinkage.hpp"

namespace kaskad::stats {

enum class FunnelKind : std::uint8_t { share, mean };
/// How schools may differ beyond chance.
enum class FunnelSpread : std::uint8_t {
  none,            ///< By chance alone.
  multiplicative,  ///< Chance times √φ.
  additive,        ///< Chance and a spread τ between schools.
};

struct FunnelRange {
  double lo = kNaN;
  double hi = kNaN;
};

/// What a funnel is drawn from. Shares are fractions.
struct FunnelFit {
  Undefined reason = Undefined::no_data;
  FunnelKind kind = FunnelKind::share;
  std::int64_t schools = 0;
  double centre = kNaN;  ///< Of all pupils.
  double within = kNaN;  ///< Means: SD of pupils within schools. Shares: none.
  double phi = kNaN;     ///< Mean of the squared winsorised z of the schools; 1 by chance.
  double tau = 0;        ///< SD between schools on the scale of `places`: shares by the arcsine of the root.
  FunnelSpread spread = FunnelSpread::none;  ///< What the limits allow for.
  std::vector<double> z;                     ///< Of each school given, before winsorising; NaN without pupils.
};

/// Spiegelhalter 2005 (Stat. Med. 24:1185–1202; Qual. Saf. Health Care 14:347–351). z = (y − θ)/s; shares on the scale
/// asin √p with s = 1/(2√n), means with s = σ/√n. φ is the mean z² after the z beyond the quantiles `winsorise` and
/// 1 − `winsorise` (type 7) were set to these. Beyond 1 + 2·√(2/schools) the schools differ by more than chance: the
/// limits then widen as `spread` asks, τ² = max(0, (S·φ − (S − 1))/(Σw − Σw²/Σw)), w = 1/s² (DerSimonian & Laird).
///
/// No pupil → no_data; fewer than `least_schools` schools → too_few_clusters; a share of 0 or 1 over all, or means
/// whose pupils do not differ → no_variation; a school of means without Σ(x − mean)² → no_distribution.
FunnelFit fit_funnel(const std::vector<CountedShare>& schools, FunnelSpread spread, double winsorise = 0.1,
                     std::int64_t least_schools = 10);
FunnelFit fit_funnel(const std::vector<CountedMean>& schools, FunnelSpread spread, double winsorise = 0.1,
                     std::int64_t least_schools = 10);

/// Limits for n pupils between which a school lies with probability `level`. Without spread shares have the exact
/// binomial ones, interpolated between whole numbers of pupils as Spiegelhalter 2005, A.1.1; within [0, 1].
FunnelRange funnel_limits(const FunnelFit& fit, double n, double level);

}  // namespace kaskad::stats
