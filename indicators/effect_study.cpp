#include "indicators/effect_study.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/base/parallel.hpp"
#include "engine/stats/scale_ends.hpp"

namespace kaskad {
namespace {

struct Waves {
  const Period* entry = nullptr;
  const Period* final = nullptr;
};

/// One series with its two groups.
struct Setting {
  const Figures& figures;
  const SeriesFigures& series;
  const Indicator& indicator;
  const std::vector<int>& all_years;
  Waves waves;
  const std::vector<SchoolId>& focus;
  const std::vector<SchoolId>& control;
  double largest;  ///< No effect is larger.

  Basis of(SchoolId school, const std::vector<int>& years) const { return pool(series, all_years, {school}, years); }
  bool has(const Basis& b) const { return b.reason == Undefined::none && b.n > 0; }
};

FlowOfGroup flow_of(const Setting& s, const std::vector<SchoolId>& schools) {
  FlowOfGroup flow;
  for (const SchoolId school : schools) {
    const Basis entry = s.of(school, s.waves.entry->years), last = s.of(school, s.waves.final->years);
    const bool in = s.has(entry), out = s.has(last);
    ++flow.schools;
    flow.at_entry += in;
    flow.at_final += out;
    flow.at_both += in && out;
    if (in) flow.pupils_entry += entry.n;
    if (out) flow.pupils_final += last.n;
  }
  return flow;
}

std::optional<double> lost(const FlowOfGroup& flow) {
  if (flow.at_entry == 0) return std::nullopt;
  return 1 - static_cast<double>(flow.at_both) / static_cast<double>(flow.at_entry);
}

int first_year_of_support(const Setting& s) {
  const int last_entry = s.waves.entry->years.back();
  const auto next = std::upper_bound(s.all_years.begin(), s.all_years.end(), last_entry);
  return next == s.all_years.end() ? last_entry + 1 : *next;
}

/// Cells of schools and years, in the unit of the indicator.
stats::DidData rows_of(const Setting& s, int first_year) {
  stats::DidData data;
  for (const auto* group : {&s.focus, &s.control}) {
    for (const SchoolId school : *group) {
      for (const int year : s.all_years) {
        const Basis b = s.of(school, {year});
        if (!s.has(b)) continue;
        data.outcome.push_back(b.mean() * scale_of(s.indicator));
        data.unit.push_back(school);
        data.time.push_back(year);
        data.first_treated.push_back(group == &s.focus ? first_year : stats::kNeverTreated);
        data.weight.push_back(static_cast<double>(b.n));
      }
    }
  }
  return data;
}

stats::DidFit fit_of(const stats::DidData& data) {
  stats::DidOptions options;
  options.base = stats::DidBase::universal;
  options.variance = stats::DidVariance::cohort;
  return stats::group_time_effects(data, options);
}

std::vector<YearEffect> years_of(const stats::DidData& data, const stats::DidFit& fit, int first_year) {
  stats::DidSeries events = stats::average_effects(fit, stats::DidAverage::event);
  stats::add_uniform_band(fit, events, {kStudyDraws, kStudySeed, stats::Multipliers::normal, 1});
  std::vector<YearEffect> out;
  for (const stats::DidPoint& p : events.points) {
    YearEffect y;
    y.year = first_year + static_cast<int>(p.at);
    y.before = p.at < 0;
    y.effect = p.effect.estimate;
    const auto own = std::find_if(fit.effects.begin(), fit.effects.end(),
                                  [&](const stats::GroupTimeEffect& e) { return static_cast<int>(e.time) == y.year; });
    if (own != fit.effects.end()) {
      y.reference = own->reference;
      y.effect.n = y.reference ? std::count(data.time.begin(), data.time.end(), own->time)
                               : own->treated_units + own->control_units;
    }
    y.band_lo = p.lo;
    y.band_hi = p.hi;
    out.push_back(y);
  }
  return out;
}

/// The coefficients that the sensitivity analysis needs; nothing when a year between them is missing or rests on few
/// schools.
struct Coefficients {
  stats::EventStudy study;
  stats::SensitivityTarget target;
  Estimate at_final;  ///< What the target asks, without any violation.
};

/// Σ weights·statistics with its own error and degrees of freedom.
Estimate weighted(const stats::DidFit& fit, const std::vector<const stats::DidStatistic*>& statistics,
                  const std::vector<double>& weights) {
  double value = 0;
  std::vector<double> influence(fit.study.units.size(), 0);
  for (std::size_t k = 0; k < weights.size(); ++k) {
    value += weights[k] * statistics[k]->estimate.value;
    for (std::size_t u = 0; u < influence.size(); ++u) influence[u] += weights[k] * statistics[k]->influence[u];
  }
  return stats::did_estimate(fit, value, influence, fit.study.rows);
}

std::optional<Coefficients> coefficients_of(const Setting& s, const stats::DidFit& fit) {
  Coefficients out;
  std::vector<const stats::DidStatistic*> statistics;
  for (const stats::GroupTimeEffect& e : fit.effects) {
    if (e.reference) continue;
    const Estimate& effect = e.effect.estimate;
    if (!effect.defined() || effect.rests_on_few() || e.effect.influence.empty()) return std::nullopt;
    (e.post ? out.study.post : out.study.pre).push_back(e.effect.estimate.value);
    statistics.push_back(&e.effect);
    const auto& last = s.waves.final->years;
    if (e.post)
      out.target.weights.push_back(std::count(last.begin(), last.end(), static_cast<int>(e.time)) > 0 ? 1 : 0);
  }
  const auto in_final = std::count(out.target.weights.begin(), out.target.weights.end(), 1.0);
  if (out.study.pre.empty() || in_final == 0) return std::nullopt;
  for (double& weight : out.target.weights) weight /= static_cast<double>(in_final);
  out.study.covariance = stats::did_covariance(fit, statistics);
  statistics.erase(statistics.begin(), statistics.end() - static_cast<std::ptrdiff_t>(out.target.weights.size()));
  out.at_final = weighted(fit, statistics, out.target.weights);
  out.target.df = out.at_final.df;
  if (out.at_final.rests_on_few()) return std::nullopt;
  return out;
}

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// Of any year, in the series' procedure and subject; infinite where no scale says it.
double highest_test_score(const Vocabulary& vocabulary, const Series& series) {
  double highest = 0;
  for (const Scale& s : vocabulary.scales) {
    const bool of_procedure = s.procedure.empty() || s.procedure == vocabulary.procedures[series.procedure].id;
    const bool of_subject =
        s.subject.empty() || !series.subject || s.subject == vocabulary.subjects[*series.subject].id;
    if (of_procedure && of_subject && s.test_maximum) highest = std::max(highest, static_cast<double>(*s.test_maximum));
  }
  return highest > 0 ? highest : kUnbounded;
}

/// An effect is the difference of two values, that with the support and that without, so it is no larger than the
/// scale is long.
double largest_effect(const Vocabulary& vocabulary, const Indicator& indicator, const Series& series) {
  if (indicator.kind == IndicatorKind::share) return scale_of(indicator);
  if (indicator.kind != IndicatorKind::mean) return kUnbounded;
  const bool in_scores = indicator.unit == IndicatorUnit::score && indicator.outcome == Outcome::test;
  if (in_scores) return highest_test_score(vocabulary, series);
  const Procedure& procedure = vocabulary.procedures[series.procedure];
  const bool in_marks = indicator.unit == IndicatorUnit::points && indicator.outcome == Outcome::mark;
  return in_marks ? procedure.highest_mark - procedure.lowest_mark : kUnbounded;
}

/// `most`: no effect is larger. What the interval has beyond is nothing that can be.
void add_sensitivity(EffectStudy& study, const Coefficients& c, double most) {
  study.at_final = c.at_final.value;
  for (const double size : kViolationSizes) {
    stats::SensitivityInterval interval = stats::relative_magnitudes(c.study, c.target, size);
    if (interval.reason != Undefined::none) continue;
    if (stats::cut(interval.lo, interval.hi, {-most, most})) study.cut_at_limits = true;
    study.violations.push_back({size, interval.lo, interval.hi});
  }
  study.limit = most;
  study.breakdown = stats::relative_breakdown(c.study, c.target);
}

/// Share of the focus schools whose mean at entry lies within those of the control schools.
std::optional<double> overlap_of(const Setting& s) {
  const auto means = [&](const std::vector<SchoolId>& schools) {
    std::vector<double> out;
    for (const SchoolId school : schools) {
      const Basis b = s.of(school, s.waves.entry->years);
      if (s.has(b)) out.push_back(b.mean());
    }
    return out;
  };
  const std::vector<double> focus = means(s.focus), control = means(s.control);
  if (focus.empty() || control.empty()) return std::nullopt;
  const auto [low, high] = std::minmax_element(control.begin(), control.end());
  const auto within = std::count_if(focus.begin(), focus.end(), [&](double x) { return x >= *low && x <= *high; });
  return static_cast<double>(within) / static_cast<double>(focus.size());
}

/// Years in which a group has too few pupils to publish anything.
void withhold_small(const Setting& s, std::vector<YearEffect>& years) {
  for (YearEffect& y : years) {
    for (const auto* group : {&s.focus, &s.control}) {
      const Estimate e = printed(s.figures, s.series, s.all_years, *group, std::vector<int>{y.year});
      if (hides_n(e.reason)) y.effect = undefined(e.reason, y.effect.n);
    }
  }
}

void add_evidence(EffectStudy& study, const PeriodComparison* entry) {
  stats::DesignEvidence& e = study.evidence;
  if (entry != nullptr && entry->g.defined()) e.baseline = std::abs(entry->g.value);
  e.adjusted = true;  // Changes are compared, so each school is adjusted for its own entry.
  const auto focus = lost(study.focus), control = lost(study.control);
  if (focus && control) {
    const auto at_entry = static_cast<double>(study.focus.at_entry + study.control.at_entry);
    e.attrition = 1 - static_cast<double>(study.focus.at_both + study.control.at_both) / at_entry;
    e.attrition_apart = std::abs(*focus - *control);
  }
  e.treated_clusters = study.focus.at_both;
  e.control_clusters = study.control.at_both;
  if (study.pre_trend.reason == Undefined::none)
    e.pre_trend_p = std::isfinite(study.pre_trend.f_p) ? study.pre_trend.f_p : study.pre_trend.p;
  // A difference that is not proven even for parallel trends has no conclusion that could break.
  if (study.breakdown.reason == Undefined::none && study.breakdown.size > 0) e.breakdown = study.breakdown.size;
  study.quality = stats::design_quality(e);
}

EffectStudy study_of(const Setting& s, const SeriesComparison& comparison) {
  EffectStudy study;
  study.series = comparison.series;
  study.first_year = first_year_of_support(s);
  study.focus = flow_of(s, s.focus);
  study.control = flow_of(s, s.control);
  study.breakdown.reason = Undefined::no_data;
  if (scale_changed(s.series.series, s.all_years, s.all_years, s.all_years)) {
    study.reason = Undefined::not_comparable;
  } else {
    const stats::DidData data = rows_of(s, study.first_year);
    const stats::DidFit fit = fit_of(data);
    study.reason = fit.reason;
    if (fit.reason == Undefined::none) {
      study.years = years_of(data, fit, study.first_year);
      withhold_small(s, study.years);
      study.pre_trend = stats::pre_trend(fit);
      if (const auto c = coefficients_of(s, fit)) add_sensitivity(study, *c, s.largest);
    }
  }
  study.evidence.overlap = overlap_of(s);
  const auto entry = std::find_if(comparison.periods.begin(), comparison.periods.end(),
                                  [&](const PeriodComparison& p) { return p.period == s.waves.entry->id; });
  add_evidence(study, entry == comparison.periods.end() ? nullptr : &*entry);
  return study;
}

}  // namespace

std::vector<EffectStudy> study_effects(const Figures& figures, const Vocabulary& vocabulary,
                                       const std::vector<SeriesComparison>& comparisons, unsigned threads) {
  const Frame& frame = figures.frame;
  const auto focus = frame.find_entity(EntityKind::group, "focus");
  const auto control = frame.find_entity(EntityKind::group, "control");
  const auto entry = frame.find_wave(WaveRole::entry), last = frame.find_wave(WaveRole::final);
  if (!focus || !control || !entry || !last) return {};
  std::vector<const SeriesComparison*> wanted;
  for (const SeriesComparison& c : comparisons) {
    const auto is_main = [&](const ChangeComparison& x) { return frame.is_whole_course(x.from, x.to); };
    const ProcedureId procedure = figures.series[c.series].series.procedure;
    const bool is_held = frame.periods[*entry].holds(procedure) && frame.periods[*last].holds(procedure);
    if (is_held && std::any_of(c.changes.begin(), c.changes.end(), is_main)) wanted.push_back(&c);
  }
  std::vector<EffectStudy> out(wanted.size());
  parallel_for(wanted.size(), threads, [&](std::size_t i) {
    const std::size_t series = wanted[i]->series;
    out[i] = study_of({figures,
                       figures.series[series],
                       figures.indicator_of(series),
                       vocabulary.years,
                       {&frame.periods[*entry], &frame.periods[*last]},
                       frame.members[*focus],
                       frame.members[*control],
                       largest_effect(vocabulary, figures.indicator_of(series), figures.series[series].series)},
                      *wanted[i]);
  });
  return out;
}

}  // namespace kaskad
