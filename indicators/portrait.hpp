// The region's portrait by year: how far its schools lie apart in a figure, and how small schools stand beside the
// rest.
#pragma once

#include <vector>

#include "indicators/figures.hpp"

namespace kaskad {

/// Spread of one series over schools with enough participants, each school counting once.
struct SpreadYear {
  int year = 0;
  std::int64_t schools = 0;
  Estimate range;          ///< Highest − lowest.
  Estimate p90_p10;        ///< Ratio of percentiles (type 7).
  Estimate gini;           ///< Of schools' means.
  Estimate theil;          ///< Of schools' means; between municipalities and within them below.
  Estimate theil_between;  ///< no_data where no school has a municipality.
  Estimate theil_within;
  Estimate intraclass;  ///< Share of the pupils' variance that lies between schools (REML).
};

/// Small schools («малокомплектные») against the others, pupils pooled.
struct SmallYear {
  int year = 0;
  Estimate small, rest;
  Estimate difference;  ///< CR2 by school.
};

struct SeriesPortrait {
  std::size_t series = 0;
  std::vector<SpreadYear> spread;  ///< Years with data, rising.
  std::vector<SmallYear> small;    ///< Empty where no school is known to be small.
};

/// Of means and shares; other kinds are left out. Shares enter the spread as fractions times their unit.
std::vector<SeriesPortrait> portray(const Dataset& data, const Figures& figures, const std::vector<std::size_t>& series,
                                    unsigned threads);

}  // namespace kaskad
