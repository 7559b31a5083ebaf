// Focus against control: differences by period, standardised sizes, and differences in differences, clustered by
// school.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indicators/figures.hpp"

namespace kaskad {

/// One period of one series: focus minus control.
struct PeriodComparison {
  std::string period;
  Estimate focus, control;                              ///< As in the figures.
  std::int64_t focus_schools = 0, control_schools = 0;  ///< With data in the period.
  Estimate difference;  ///< CR2, clusters = schools; in the unit of the indicator (percentage points for shares).
  Estimate g;           ///< Hedges' g; the SD is the pooled SD of pupils within the two groups.
};

/// Change of focus minus change of control: pupils, school effects, CR2 by school.
struct ChangeComparison {
  std::string from, to;
  Estimate focus_change, control_change;  ///< Of the groups' pooled values, CR2 by school.
  Estimate effect;                        ///< Difference in differences.
};

struct SeriesComparison {
  std::size_t series = 0;  ///< Into Figures::series.
  std::vector<PeriodComparison> periods;
  std::vector<ChangeComparison> changes;
};

/// A pair of periods by id.
struct ChangeSpec {
  std::string from, to;
};

/// Empty when there is no focus or no control group. Indicators over schools (gap, spread) and rates are left out: a
/// rate's exposure has no pupils' variance, so that no difference of rates is printed.
std::vector<SeriesComparison> compare_groups(const Figures& figures, const std::vector<int>& all_years,
                                             const std::vector<ChangeSpec>& changes, unsigned threads);

/// `these` schools minus the `others` in one period: pupils pooled, CR2 by school, in the unit of the indicator. For a
/// municipality beside the rest of its region. Shares and means only, others are no_method; one school alone against
/// others is too_few_clusters.
Estimate gap_between(const Figures& figures, std::size_t series, const std::vector<int>& all_years,
                     const std::vector<SchoolId>& these, const std::vector<SchoolId>& others, const Period& period);

/// Change of `focus` less change of `control` between two periods, of these schools alone: as compare_groups has it of
/// the whole groups. Shares and means only, others are no_method.
ChangeComparison change_apart(const Figures& figures, std::size_t series, const std::vector<int>& all_years,
                              const std::vector<SchoolId>& focus, const std::vector<SchoolId>& control,
                              const Period& from, const Period& to);

/// `to` minus `from` for a set of schools. One school: Newcombe's interval for shares, Welch's for means. Several: CR2
/// by school. Undefined where one of the two may not be printed.
Estimate change_between(const Figures& figures, const SeriesFigures& s, const std::vector<int>& all_years,
                        const std::vector<SchoolId>& schools, const Period& from, const Period& to);

}  // namespace kaskad
