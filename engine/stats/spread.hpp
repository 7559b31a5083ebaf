// How far schools lie apart: the gap of the best and the worst tenth, and the customary measures of spread over
// schools.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// One school's figure and the pupils behind it. Schools without pupils or with a value that is not finite are left
/// out.
struct SchoolValue {
  double value = kNaN;
  std::int64_t pupils = 0;
};

/// Fewer schools than this give no gap of tenths: a tenth would be one school.
inline constexpr std::int64_t kLeastSchoolsForTenths = 20;

/// Number of schools in a tenth: ⌈0.1·S⌉.
std::int64_t schools_in_tenth(std::int64_t schools);

/// Quantile of type 7 (Hyndman & Fan 1996: linear between the order statistics, h = (m − 1)·probability) of values in
/// ascending order, not empty; 0 ≤ probability ≤ 1.
double quantile7(const std::vector<double>& ascending, double probability);

/// Estimate::n counts the pupils of all schools ranked, Estimate::clusters the schools.
struct GapOfTenths {
  Estimate ratio;          ///< Mean of the best tenth of schools over that of the worst tenth.
  Estimate difference;     ///< Best − worst.
  std::int64_t tenth = 0;  ///< Schools in a tenth; 0 where the gap is undefined.
};

/// The mean over pupils, Σ pupils·value/Σ pupils, of the ⌈0.1·S⌉ schools with the highest values against that of as
/// many with the lowest. Tie rule: schools are ordered by value, equal values by their order in `schools` (pass them in
/// the order of school id), and the tenths are cut from that order; so a tie at the border is broken by id, the same in
/// every run.
///
/// se by the jackknife over schools, se² = (S − 1)/S·Σ(θ₋ᵢ − θ̄)², with ⌈0.1·(S − 1)⌉ schools in a tenth when one is
/// left out; interval by t with df = S − 1 (Efron & Tibshirani 1993, ch. 11; means of tails are smooth, so the
/// jackknife holds). It speaks of schools as a sample of schools like these; the noise of each school's own mean is
/// within it. p is given for the ratio against 1 and the difference against 0 by neither: best exceeds worst by
/// construction.
///
/// No school → no_data; fewer than 20 → too_few_clusters; worst tenth's mean ≤ 0 → the ratio is no_data.
GapOfTenths gap_of_tenths(const std::vector<SchoolValue>& schools);

/// Spread over schools, each school counting once. Estimate::n and clusters as above.
struct SpreadOfSchools {
  Estimate sd;       ///< Divisor S − 1; se and t interval (df S − 1, lower end not under 0) by the jackknife.
  Estimate range;    ///< Highest − lowest. No interval: the jackknife does not hold for order statistics.
  Estimate p90_p10;  ///< 90th over 10th percentile, type 7. No interval, as for the range.
};

/// No school → no_data; fewer than 2 → too_few_clusters (sd with interval needs 3); 10th percentile ≤ 0 → p90_p10 is
/// no_data.
SpreadOfSchools spread_of_schools(const std::vector<SchoolValue>& schools);

}  // namespace kaskad::stats
