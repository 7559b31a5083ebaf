// What a researcher asks of a comparison of focus with control before believing it: who was followed, whether the
// groups moved alike before the support, how the effect came about year by year, how much departure from parallel
// trends the conclusion bears, and what the design can carry at all.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/stats/design_quality.hpp"
#include "engine/stats/did_aggregate.hpp"
#include "engine/stats/sensitivity.hpp"
#include "indicators/comparison.hpp"

namespace kaskad {

/// Schools and pupils of one group on their way from entry to final.
struct FlowOfGroup {
  std::int64_t schools = 0;   ///< In the group.
  std::int64_t at_entry = 0;  ///< With results at entry.
  std::int64_t at_final = 0;
  std::int64_t at_both = 0;  ///< These alone tell of change.
  std::int64_t pupils_entry = 0;
  std::int64_t pupils_final = 0;
};

/// Effect in one year against the last year before the support, in the unit of the indicator.
struct YearEffect {
  int year = 0;
  bool before = false;                    ///< The support: the true effect is 0.
  bool reference = false;                 ///< The year compared with.
  Estimate effect;                        ///< Pointwise 95 % interval, clusters are schools; n: schools compared.
  double band_lo = kNaN, band_hi = kNaN;  ///< Covers all years at once with 95 %.
};

/// An interval of the effect at final when trends may part, after the support, by `size` times the largest parting
/// before it.
struct EffectUnderViolation {
  double size = 0;
  double lo = kNaN, hi = kNaN;  ///< In the unit of the indicator.
};
inline constexpr std::array<double, 4> kViolationSizes = {0, 0.5, 1, 2};

/// Of the multiplier bootstrap behind the bands.
inline constexpr std::int64_t kStudyDraws = 2000;
inline constexpr std::uint64_t kStudySeed = 1;

struct EffectStudy {
  std::size_t series = 0;  ///< Into Figures::series.
  int first_year = 0;      ///< Of support: the first year after those of entry that has results.
  FlowOfGroup focus, control;
  Undefined reason = Undefined::none;  ///< Why there is nothing by year.
  std::vector<YearEffect> years;       ///< Rising.
  stats::PreTrend pre_trend;
  double at_final = kNaN;                        ///< Mean of the effects in the years of final that have one.
  std::vector<EffectUnderViolation> violations;  ///< Its intervals; empty where there is no year before support.
  double limit = kNaN;         ///< No effect is larger than the scale is long; infinite where that is not known.
  bool cut_at_limits = false;  ///< Some of the intervals reached beyond.
  stats::Breakdown breakdown;
  stats::DesignEvidence evidence;
  stats::DesignQuality quality;
};

/// One study a comparison that has a change from entry to final, in the order of the comparisons. School-year means
/// weighted as effects of schools do (stats::DidRows::changes), cohorts' own variances, base period the last year of
/// entry. Baseline equivalence is that of the outcome itself at entry (What Works Clearinghouse asks for it);
/// attrition counts the schools with results at entry that have none at final; overlap is the share of focus schools
/// whose result at entry lies within the range of the control schools'. A change of scale among the years leaves
/// nothing by year (not_comparable); a year with fewer pupils of a group than may be published is too_few.
std::vector<EffectStudy> study_effects(const Figures& figures, const Vocabulary& vocabulary,
                                       const std::vector<SeriesComparison>& comparisons, unsigned threads);

}  // namespace kaskad
