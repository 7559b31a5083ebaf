#include "indicators/wave_trends.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/base/parallel.hpp"
#include "engine/stats/regression_to_mean.hpp"
#include "indicators/comparison.hpp"

namespace kaskad {
namespace {

/// All that the waves of one set say of one series.
struct Course {
  const Dataset& data;
  const Figures& figures;
  const TrendSettings& settings;
  std::size_t series;
  const WaveSet& set;
  std::size_t set_index;

  const SeriesFigures& of() const { return figures.series[series]; }
  const Indicator& indicator() const { return figures.indicator_of(series); }
  const std::vector<int>& years() const { return data.vocabulary.years; }

  Estimate value(const std::vector<SchoolId>& schools, const Period& wave) const {
    return printed(figures, of(), years(), schools, wave);
  }
};

bool over_schools(const Indicator& i) { return i.kind == IndicatorKind::gap || i.kind == IndicatorKind::spread; }

/// A wave of the common set is a period of the figures.
Estimate value_of(const Course& c, std::size_t entity, const Period& wave) {
  const auto period = c.set.is_common() ? c.figures.frame.find_period(wave.id) : std::nullopt;
  if (period) return c.figures.at(c.series, entity, *period);
  return over_schools(c.indicator()) ? undefined(Undefined::no_method) : c.value(c.figures.frame.members[entity], wave);
}

Estimate change_of(const Course& c, std::size_t entity, const Period& from, const Period& to) {
  if (c.set.is_common() && !c.of().change.empty() && c.figures.frame.is_whole_course(from.id, to.id))
    return c.of().change[entity];
  if (over_schools(c.indicator())) return undefined(Undefined::no_method);
  if (scale_changed(c.of().series, c.years(), from.years, to.years)) return undefined(Undefined::not_comparable);
  return change_between(c.figures, c.of(), c.years(), c.figures.frame.members[entity], from, to);
}

double matters_of(const Course& c, const Period& from) {
  const Indicator& i = c.indicator();
  if (const auto own = c.settings.indicators.find(i.id); own != c.settings.indicators.end()) return own->second;
  if (i.kind == IndicatorKind::share) return c.settings.percent * scale_of(i) / 100;
  const Basis region = pool(c.of(), c.years(), c.figures.frame.members.front(), from);
  return region.reason == Undefined::none ? c.settings.sd * std::sqrt(region.variance()) : kNaN;
}

/// A school's own value of one year, where it has enough pupils.
double school_value(const Course& c, SchoolId school, int year) {
  const Estimate e = estimate_of(c.indicator(), pool(c.of(), c.years(), {school}, {year}), c.figures.minimum_n);
  return e.defined() ? e.value : kNaN;
}

stats::RepeatedValues repeated(const Course& c, int first, int second) {
  stats::RepeatedValues out;
  for (const SchoolId school : c.figures.frame.members.front()) {
    const std::pair<double, double> pair = {school_value(c, school, first), school_value(c, school, second)};
    if (std::isfinite(pair.first) && std::isfinite(pair.second)) out.push_back(pair);
  }
  return out;
}

double sd_of_first(const stats::RepeatedValues& units) {
  double mean = 0, squares = 0;
  for (const auto& [x, y] : units) mean += x / static_cast<double>(units.size());
  for (const auto& [x, y] : units) squares += (x - mean) * (x - mean);
  return units.size() < 2 ? kNaN : std::sqrt(squares / static_cast<double>(units.size() - 1));
}

/// Neighbouring years in the order in which their reliability is wanted: the last before the support began, going
/// back; then those after, going on.
std::vector<std::size_t> second_years(const Course& c, int last_of_entry) {
  std::vector<std::size_t> before, after;
  for (std::size_t y = 1; y < c.years().size(); ++y) {
    if (!c.of().series.break_before[y]) (c.years()[y] <= last_of_entry ? before : after).push_back(y);
  }
  std::reverse(before.begin(), before.end());
  before.insert(before.end(), after.begin(), after.end());
  return before;
}

SeriesReliability reliability_in(const Course& c) {
  SeriesReliability out{c.series, c.set_index, 0, 0, undefined(Undefined::no_data), kNaN};
  const auto entry = c.set.find(WaveRole::entry);
  const bool averaged = c.indicator().kind == IndicatorKind::share || c.indicator().kind == IndicatorKind::mean;
  if (!entry || !averaged) return out;
  for (const std::size_t y : second_years(c, c.set.waves[*entry].years.back())) {
    const stats::RepeatedValues units = repeated(c, c.years()[y - 1], c.years()[y]);
    const Estimate r = stats::correlation_of_repeats(units);
    if (r.n > out.correlation.n) out.correlation = r;
    if (!r.defined()) continue;
    return {c.series, c.set_index, c.years()[y - 1], c.years()[y], r, sd_of_first(units)};
  }
  return out;
}

bool is_supported(const Frame& frame, std::size_t entity) {
  const Entity& e = frame.entities[entity];
  if (e.kind == EntityKind::group) return static_cast<Role>(e.index) == Role::focus;
  return e.kind == EntityKind::school && frame.group_of[e.index] == Role::focus;
}

/// Years of the entry wave whose values made the schools be chosen.
int years_of_choice(const TrendSettings& settings, const Period& entry) {
  const auto chosen = [&](int year) {
    return settings.chosen_in.empty() ||
           std::find(settings.chosen_in.begin(), settings.chosen_in.end(), year) != settings.chosen_in.end();
  };
  return static_cast<int>(std::count_if(entry.years.begin(), entry.years.end(), chosen));
}

/// Rise of a supported entity by chance alone; nothing where it was not chosen for a low value.
std::optional<Estimate> chance_of(const Course& c, const SeriesReliability& r, std::size_t entity, const Period& entry,
                                  const Estimate& value) {
  const Direction direction = c.indicator().direction;
  const bool chosen = is_supported(c.figures.frame, entity) && years_of_choice(c.settings, entry) > 0;
  if (!chosen || direction == Direction::none || !value.defined()) return std::nullopt;
  const Estimate region = value_of(c, 0, entry);
  if (!region.defined()) return std::nullopt;
  const bool low = direction == Direction::up ? value.value < region.value : value.value > region.value;
  if (!low) return std::nullopt;
  if (r.correlation.reason == Undefined::too_few) return undefined(Undefined::too_few_clusters, r.correlation.n);
  return stats::expected_regression(r.correlation, region.value, value.value, static_cast<int>(entry.years.size()));
}

/// Shown to be for the better, and the interval reaches down to what chance makes expect.
bool may_be_chance(const WaveStep& step, Direction direction) {
  if (!step.by_chance || !step.by_chance->defined()) return false;
  return direction == Direction::up ? step.trend == TrendClass::growth && step.change.lo <= step.by_chance->value
                                    : step.trend == TrendClass::decline && step.change.hi >= step.by_chance->value;
}

/// Where all pupils of either wave have one value, the change is exact and has no interval.
Estimate exact_change(const Estimate& change, const Estimate& from, const Estimate& to) {
  const bool same = change.reason == Undefined::no_variation && from.defined() && to.defined();
  return same ? exactly(to.value - from.value, from.n + to.n) : change;
}

WaveStep step_of(const Course& c, const WaveTrend& trend, const SeriesReliability& r, std::size_t from,
                 std::size_t to) {
  const Period &first = c.set.waves[from], &second = c.set.waves[to];
  WaveStep step;
  step.from = from;
  step.to = to;
  step.change = exact_change(change_of(c, trend.entity, first, second), trend.values[from], trend.values[to]);
  step.matters = matters_of(c, first);
  step.trend = class_of(step.change, step.matters);
  if (first.role == WaveRole::entry && step.change.defined())
    step.by_chance = chance_of(c, r, trend.entity, first, trend.values[from]);
  step.may_be_chance = may_be_chance(step, c.indicator().direction);
  return step;
}

WaveTrend trend_of(const Course& c, const SeriesReliability& r, std::size_t entity) {
  WaveTrend out{c.series, entity, c.set_index, {}, {}};
  for (const Period& wave : c.set.waves) out.values.push_back(value_of(c, entity, wave));
  for (std::size_t w = 1; w < c.set.waves.size(); ++w) out.steps.push_back(step_of(c, out, r, w - 1, w));
  if (c.set.waves.size() > 2) out.steps.push_back(step_of(c, out, r, 0, c.set.waves.size() - 1));
  return out;
}

bool has_any(const WaveTrend& trend) {
  return std::any_of(trend.values.begin(), trend.values.end(),
                     [](const Estimate& e) { return e.reason != Undefined::no_data; });
}

/// What one series adds.
struct Part {
  std::vector<WaveTrend> trends;
  std::vector<SeriesReliability> reliabilities;
};

Part part_of(const Dataset& data, const Figures& figures, const WaveTrends& all, std::size_t series, bool of_schools) {
  Part out;
  std::vector<Course> courses;
  for (std::size_t s = 0; s < all.sets.size(); ++s)
    courses.push_back({data, figures, all.settings, series, all.sets[s], s});
  std::transform(courses.begin(), courses.end(), std::back_inserter(out.reliabilities), reliability_in);
  const std::size_t entities = of_schools ? figures.frame.entities.size() : figures.frame.first_school();
  for (std::size_t e = 0; e < entities; ++e) {
    for (const std::size_t s : sets_of_entity(all.sets, data, figures.frame.entities[e])) {
      WaveTrend trend = trend_of(courses[s], out.reliabilities[s], e);
      if (has_any(trend)) out.trends.push_back(std::move(trend));
    }
  }
  return out;
}

}  // namespace

TrendClass class_of(const Estimate& change, double matters) {
  if (!change.defined()) return TrendClass::none;
  if (change.rests_on_few()) return TrendClass::few_schools;
  if (!change.has_interval()) return TrendClass::cannot_tell;
  if (change.lo >= -matters && change.hi <= matters) return TrendClass::stable;
  if (change.shown_positive()) return TrendClass::growth;
  return change.shown_negative() ? TrendClass::decline : TrendClass::cannot_tell;
}

std::vector<const WaveTrend*> WaveTrends::of(std::size_t series, std::size_t entity) const {
  const auto before = [](const WaveTrend& t, const std::pair<std::size_t, std::size_t>& key) {
    return std::pair(t.series, t.entity) < key;
  };
  std::vector<const WaveTrend*> out;
  for (auto t = std::lower_bound(trends.begin(), trends.end(), std::pair(series, entity), before);
       t != trends.end() && t->series == series && t->entity == entity; ++t) {
    out.push_back(&*t);
  }
  return out;
}

const SeriesReliability* WaveTrends::reliability_of(std::size_t series, std::size_t set) const {
  const auto found = std::find_if(reliabilities.begin(), reliabilities.end(),
                                  [&](const SeriesReliability& r) { return r.series == series && r.set == set; });
  return found == reliabilities.end() ? nullptr : &*found;
}

WaveTrends make_wave_trends(const Dataset& data, const Figures& figures, const std::vector<Wave>& waves,
                            const TrendSettings& settings, const std::vector<std::size_t>& of_schools,
                            unsigned threads) {
  WaveTrends out{settings, wave_sets(waves, data.vocabulary), {}, {}};
  if (out.sets.empty()) return out;
  std::vector<Part> parts(figures.series.size());
  parallel_for(parts.size(), threads, [&](std::size_t s) {
    const bool schools = std::find(of_schools.begin(), of_schools.end(), s) != of_schools.end();
    parts[s] = part_of(data, figures, out, s, schools);
  });
  for (Part& part : parts) {
    std::move(part.trends.begin(), part.trends.end(), std::back_inserter(out.trends));
    std::move(part.reliabilities.begin(), part.reliabilities.end(), std::back_inserter(out.reliabilities));
  }
  return out;
}

}  // namespace kaskad
