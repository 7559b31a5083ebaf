#include "engine/stats/two_by_two.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/stats/distributions.hpp"
#include "engine/stats/regression.hpp"

namespace kaskad::stats {

namespace {

bool treated(const DidStudy& study, const DidObservation& o) { return study.units[o.unit].cohort != kNeverTreated; }

/// Every unit a cluster of its own, every row of weight 1.
bool suits(const DidStudy& study) {
  const bool plain = std::all_of(study.observations.begin(), study.observations.end(),
                                 [](const DidObservation& o) { return o.weight == static_cast<double>(o.rows); });
  return plain && study.kind == DidRows::changes && study.clusters == study.units.size();
}

DidGroupMean mean_of(const DidStudy& study, bool group, std::size_t period) {
  DidGroupMean mean{group, study.periods[period], 0, 0, 0};
  double weight = 0;
  for (const DidObservation& o : study.observations) {
    if (o.period != period || treated(study, o) != group) continue;
    weight += o.weight;
    mean.mean += o.weight / weight * (o.outcome - mean.mean);
    mean.rows += o.rows;
    ++mean.units;
  }
  if (mean.rows == 0) mean.mean = kNaN;
  return mean;
}

std::vector<CellRow> cells_of(const DidStudy& study) {
  std::vector<CellRow> cells;
  for (const DidObservation& o : study.observations) {
    const double after = o.period == 1 ? 1 : 0;
    cells.push_back({{after, treated(study, o) ? after : 0}, o.rows, o.outcome, 0, static_cast<int>(o.unit)});
  }
  return cells;
}

}  // namespace

bool is_two_by_two(const DidStudy& study) {
  const bool controls =
      std::any_of(study.units.begin(), study.units.end(), [](const DidUnit& u) { return u.cohort == kNeverTreated; });
  return study.defect == DidDefect::none && study.periods.size() == 2 && study.cohorts.size() == 1 && controls;
}

TwoByTwo two_by_two(const DidStudy& study, double level) {
  TwoByTwo result;
  result.effect = undefined(Undefined::no_method, study.rows);
  if (!is_two_by_two(study)) return result;
  for (bool group : {false, true}) {
    for (std::size_t period : {0U, 1U}) result.means.push_back(mean_of(study, group, period));
  }
  if (!suits(study)) return result;
  if (study.constant_outcome) {
    result.effect = undefined(Undefined::no_variation, study.rows);
    return result;
  }
  result.effect = cr2_regression(cells_of(study), FixedEffects::cluster).coefficients[1].estimate;
  Estimate& e = result.effect;
  if (!e.defined()) return result;
  const double t = student_quantile(0.5 + level / 2, e.df);
  e.lo = e.value - t * e.se;
  e.hi = e.value + t * e.se;
  return result;
}

}  // namespace kaskad::stats
