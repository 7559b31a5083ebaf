#include "engine/stats/did_aggregate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>

namespace kaskad::stats {

namespace {

using Effects = std::vector<const GroupTimeEffect*>;

double event_time(const GroupTimeEffect& e) { return e.time - e.group; }

std::vector<double> cohort_sizes(const DidStudy& study) {
  std::vector<double> sizes(study.cohorts.size(), 0);
  for (const DidUnit& unit : study.units) {
    const auto place = std::lower_bound(study.cohorts.begin(), study.cohorts.end(), unit.cohort);
    if (place != study.cohorts.end()) sizes[static_cast<std::size_t>(place - study.cohorts.begin())] += unit.size;
  }
  return sizes;
}

double size_of(const DidStudy& study, const std::vector<double>& sizes, double cohort) {
  const auto place = std::lower_bound(study.cohorts.begin(), study.cohorts.end(), cohort);
  return sizes[static_cast<std::size_t>(place - study.cohorts.begin())];
}

/// One thing to be averaged: a value, its influence, and the cohort by whose size it is weighted.
struct Part {
  double value = 0;
  const std::vector<double>* influence = nullptr;
  double cohort = kNaN;
};

struct Average {
  double value = 0;
  std::vector<double> influence;
};

/// Σ S_k·value_k/Σ S_k with the influence of the estimated sizes.
Average by_size(const DidFit& fit, const std::vector<double>& sizes, const std::vector<Part>& parts) {
  double total = 0;
  for (const Part& part : parts) total += size_of(fit.study, sizes, part.cohort);
  Average average{0, std::vector<double>(fit.study.units.size(), 0)};
  for (const Part& part : parts) {
    const double share = size_of(fit.study, sizes, part.cohort) / total;
    average.value += share * part.value;
    for (std::size_t u = 0; u < average.influence.size(); ++u) {
      average.influence[u] += share * (*part.influence)[u];
    }
  }
  for (const Part& part : parts) {
    const double step = (part.value - average.value) / total;
    for (std::size_t u = 0; u < average.influence.size(); ++u) {
      const DidUnit& unit = fit.study.units[u];
      if (unit.cohort == part.cohort) average.influence[u] += unit.size * step;
    }
  }
  return average;
}

Average plain(const DidFit& fit, const std::vector<Part>& parts) {
  const double share = 1 / static_cast<double>(parts.size());
  Average average{0, std::vector<double>(fit.study.units.size(), 0)};
  for (const Part& part : parts) {
    average.value += share * part.value;
    for (std::size_t u = 0; u < average.influence.size(); ++u) average.influence[u] += share * (*part.influence)[u];
  }
  return average;
}

DidStatistic statistic_of(const DidFit& fit, Average average, bool lone) {
  DidStatistic s{did_estimate(fit, average.value, average.influence, fit.study.rows), std::move(average.influence),
                 lone};
  if (lone) s.estimate.se = s.estimate.lo = s.estimate.hi = s.estimate.df = s.estimate.p = kNaN;
  return s;
}

DidStatistic undefined_statistic(Undefined reason) { return {undefined(reason), {}, false}; }

/// The effects that a kind of average takes, without the undefined ones and, where others remain, without lone cohorts.
struct Selection {
  Effects effects;
  bool lone = false;
};

Selection select(const DidFit& fit, const std::function<bool(const GroupTimeEffect&)>& wanted, DidSeries& series) {
  Effects defined;
  std::set<double> lone;
  for (const GroupTimeEffect& e : fit.effects) {
    if (!wanted(e)) continue;
    if (!e.effect.estimate.defined()) ++series.undefined_effects;
    if (e.effect.estimate.defined()) defined.push_back(&e);
    if (e.effect.lone) lone.insert(e.group);
  }
  Selection selection;
  std::copy_if(defined.begin(), defined.end(), std::back_inserter(selection.effects),
               [&lone](const GroupTimeEffect* e) { return lone.count(e->group) == 0; });
  if (selection.effects.empty()) return {defined, !defined.empty()};
  series.lone_cohorts.assign(lone.begin(), lone.end());
  return selection;
}

/// Where an effect belongs on the axis of a kind of average.
double place_of(DidAverage kind, const GroupTimeEffect& e) {
  if (kind == DidAverage::event) return event_time(e);
  return kind == DidAverage::cohort ? e.group : e.time;
}

std::vector<Part> parts_of(const Effects& effects) {
  std::vector<Part> parts;
  for (const GroupTimeEffect* e : effects) parts.push_back({e->effect.estimate.value, &e->effect.influence, e->group});
  return parts;
}

DidPoint point_of(const DidFit& fit, const std::vector<double>& sizes, double at, const Effects& effects, bool lone) {
  const bool all_reference =
      std::all_of(effects.begin(), effects.end(), [](const GroupTimeEffect* e) { return e->reference; });
  DidPoint point;
  point.at = at;
  point.effects = static_cast<std::int64_t>(effects.size());
  point.effect = statistic_of(fit, by_size(fit, sizes, parts_of(effects)), lone);
  if (all_reference) point.effect.estimate = exactly(0, fit.study.rows);
  return point;
}

void add_points(const DidFit& fit, const std::vector<double>& sizes, const Selection& selection, DidSeries& series) {
  std::set<double> places;
  for (const GroupTimeEffect* e : selection.effects) places.insert(place_of(series.kind, *e));
  for (double at : places) {
    Effects here;
    std::copy_if(selection.effects.begin(), selection.effects.end(), std::back_inserter(here),
                 [&](const GroupTimeEffect* e) { return place_of(series.kind, *e) == at; });
    series.points.push_back(point_of(fit, sizes, at, here, selection.lone));
  }
}

/// The mean of the points that lie after treatment, by the sizes of cohorts or plain.
DidStatistic mean_of_points(const DidFit& fit, const std::vector<double>& sizes, const DidSeries& series, bool lone) {
  std::vector<Part> parts;
  for (const DidPoint& point : series.points) {
    if (series.kind == DidAverage::event && point.at < 0) continue;
    parts.push_back({point.effect.estimate.value, &point.effect.influence, point.at});
  }
  if (parts.empty()) return undefined_statistic(Undefined::no_data);
  return statistic_of(fit, series.kind == DidAverage::cohort ? by_size(fit, sizes, parts) : plain(fit, parts), lone);
}

bool wanted(const DidFit& fit, DidAverage kind, const DidAverageOptions& options, const GroupTimeEffect& e) {
  const double event = event_time(e);
  if (event < options.least || event > options.most) return false;
  if (kind != DidAverage::event) return e.post;
  if (std::isnan(options.balance)) return true;
  const auto& periods = fit.study.periods;
  return event <= options.balance && event >= options.balance - (periods.back() - periods.front()) &&
         periods.back() - e.group >= options.balance;
}

}  // namespace

DidSeries average_effects(const DidFit& fit, DidAverage kind, const DidAverageOptions& options) {
  DidSeries series;
  series.kind = kind;
  const Selection selection = select(
      fit, [&](const GroupTimeEffect& e) { return wanted(fit, kind, options, e); }, series);
  if (selection.effects.empty()) {
    series.overall.effect = undefined_statistic(fit.reason == Undefined::none ? Undefined::no_data : fit.reason);
    return series;
  }
  const std::vector<double> sizes = cohort_sizes(fit.study);
  if (kind == DidAverage::simple) {
    series.overall = point_of(fit, sizes, kNaN, selection.effects, selection.lone);
    return series;
  }
  add_points(fit, sizes, selection, series);
  series.overall.effects = static_cast<std::int64_t>(
      std::count_if(selection.effects.begin(), selection.effects.end(), [](const auto* e) { return e->post; }));
  series.overall.effect = mean_of_points(fit, sizes, series, selection.lone);
  return series;
}

}  // namespace kaskad::stats
