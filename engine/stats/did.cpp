#include "engine/stats/did.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
/// Errors this small beside the outcomes are rounding of values without scatter.
constexpr double kRounding = 1e-13;

/// Where a unit's observations stand: those of unit u in [first[u], first[u + 1]).
std::vector<std::size_t> first_observations(const DidStudy& study) {
  std::vector<std::size_t> first(study.units.size() + 1, study.observations.size());
  for (std::size_t i = study.observations.size(); i-- > 0;) first[study.observations[i].unit] = i;
  for (std::size_t u = study.units.size(); u-- > 0;) first[u] = std::min(first[u], first[u + 1]);
  return first;
}

/// The comparison behind one effect: two periods and who is compared with whom.
struct Comparison {
  double group = 0;
  std::size_t time = 0;
  std::size_t base = kNowhere;
};

/// Last period whose anticipated treatment would still lie ahead.
std::size_t last_before(const DidFit& fit, double group) {
  const auto& periods = fit.study.periods;
  std::size_t last = kNowhere;
  for (std::size_t p = 0; p < periods.size(); ++p) {
    if (periods[p] + fit.options.anticipation < group) last = p;
  }
  return last;
}

Comparison comparison(const DidFit& fit, double group, std::size_t time) {
  const bool post = fit.study.periods[time] >= group;
  if (post || fit.options.base == DidBase::universal) return {group, time, last_before(fit, group)};
  return {group, time, time - 1};
}

enum class Role : std::uint8_t { none, treated, control };

Role role_of(const DidFit& fit, const DidUnit& unit, const Comparison& c) {
  if (unit.cohort == c.group) return Role::treated;
  if (unit.cohort == kNeverTreated) return Role::control;
  const double last = fit.study.periods[std::max(c.time, c.base)];
  const bool not_yet = fit.options.controls == DidControls::not_yet && unit.cohort > last + fit.options.anticipation;
  return not_yet ? Role::control : Role::none;
}

/// A sample and, for each of its observations, the unit it belongs to.
struct UnitSample {
  DidSample sample;
  std::vector<std::size_t> unit;
  std::int64_t rows = 0;
};

void push(UnitSample& s, const DidObservation& covariates_of, double outcome, double weight, Role role, bool post) {
  s.sample.outcome.push_back(outcome);
  s.sample.weight.push_back(weight);
  s.sample.treated.push_back(role == Role::treated ? 1 : 0);
  s.sample.post.push_back(post ? 1 : 0);
  s.unit.push_back(covariates_of.unit);
  for (std::size_t j = 0; j < covariates_of.covariates.size(); ++j) {
    s.sample.covariates[j].push_back(covariates_of.covariates[j]);
  }
}

/// The observations of a unit in the two periods, for a panel at most one each.
struct Pair {
  const DidObservation* before = nullptr;
  const DidObservation* after = nullptr;
};

void push_change(UnitSample& s, const Pair& pair, Role role, DidRows kind) {
  if (pair.before == nullptr || pair.after == nullptr) return;
  const double a = pair.after->weight;
  const double b = pair.before->weight;
  const double weight = kind == DidRows::units ? 1 : a * b / (a + b);
  push(s, *pair.before, pair.after->outcome - pair.before->outcome, weight, role, true);
  s.rows += pair.before->rows + pair.after->rows;
}

void push_unit(UnitSample& s, const DidStudy& study, std::size_t begin, std::size_t end, const Comparison& c,
               Role role) {
  Pair pair;
  for (std::size_t i = begin; i < end; ++i) {
    const DidObservation& o = study.observations[i];
    if (o.period != c.time && o.period != c.base) continue;
    const bool after = o.period == c.time;
    if (study.kind == DidRows::pooled) {
      push(s, o, o.outcome, o.weight, role, after);
      s.rows += o.rows;
    } else {
      (after ? pair.after : pair.before) = &o;
    }
  }
  if (study.kind != DidRows::pooled) push_change(s, pair, role, study.kind);
}

UnitSample sample_of(const DidFit& fit, const std::vector<std::size_t>& first, const Comparison& c) {
  const DidStudy& study = fit.study;
  UnitSample s;
  s.sample.panel = study.kind != DidRows::pooled;
  s.sample.covariates.resize(study.observations.front().covariates.size());
  for (std::size_t u = 0; u < study.units.size(); ++u) {
    const Role role = role_of(fit, study.units[u], c);
    if (role != Role::none) push_unit(s, study, first[u], first[u + 1], c, role);
  }
  return s;
}

void count(const DidStudy& study, const UnitSample& s, GroupTimeEffect& effect) {
  std::set<std::size_t> treated_units, control_units, treated_clusters, control_clusters;
  for (std::size_t i = 0; i < s.unit.size(); ++i) {
    const bool treated = s.sample.treated[i] != 0;
    (treated ? treated_units : control_units).insert(s.unit[i]);
    (treated ? treated_clusters : control_clusters).insert(study.units[s.unit[i]].cluster);
  }
  effect.treated_units = static_cast<std::int64_t>(treated_units.size());
  effect.control_units = static_cast<std::int64_t>(control_units.size());
  effect.treated_clusters = static_cast<std::int64_t>(treated_clusters.size());
  effect.control_clusters = static_cast<std::int64_t>(control_clusters.size());
}

Estimate without_interval(Estimate e) {
  e.se = e.lo = e.hi = e.df = e.p = kNaN;
  return e;
}

void estimate_effect(const DidFit& fit, const UnitSample& s, GroupTimeEffect& effect) {
  DidStatistic& statistic = effect.effect;
  const DidCell cell = did_cell(s.sample, fit.options.method);
  statistic.estimate = undefined(cell.reason, s.rows);
  statistic.estimate.clusters = effect.treated_clusters + effect.control_clusters;
  if (cell.reason != Undefined::none) return;
  statistic.influence.assign(fit.study.units.size(), 0);
  for (std::size_t i = 0; i < s.unit.size(); ++i) statistic.influence[s.unit[i]] += cell.influence[i];
  statistic.lone = effect.treated_clusters < 2 || effect.control_clusters < 2;
  statistic.estimate = did_estimate(fit, cell.effect, statistic.influence, s.rows);
  if (statistic.lone) statistic.estimate = without_interval(statistic.estimate);
}

GroupTimeEffect effect_of(const DidFit& fit, const std::vector<std::size_t>& first, const Comparison& c) {
  const auto& periods = fit.study.periods;
  GroupTimeEffect effect{c.group, periods[c.time], c.base == kNowhere ? kNaN : periods[c.base], false, false, {}};
  effect.post = effect.time >= c.group;
  effect.reference = c.base == c.time;
  if (effect.reference) {
    effect.effect.estimate = exactly(0, 0);
    effect.effect.influence.assign(fit.study.units.size(), 0);
    return effect;
  }
  const UnitSample s = sample_of(fit, first, c);
  count(fit.study, s, effect);
  estimate_effect(fit, s, effect);
  return effect;
}

bool has_controls(const DidStudy& study, DidControls controls) {
  const bool never =
      std::any_of(study.units.begin(), study.units.end(), [](const DidUnit& u) { return u.cohort == kNeverTreated; });
  return never || (controls == DidControls::not_yet && study.cohorts.size() > 1);
}

Undefined reason_of(const DidStudy& study, const DidOptions& options) {
  if (study.defect != DidDefect::none || study.periods.size() < 2 || study.cohorts.empty() ||
      !has_controls(study, options.controls)) {
    return Undefined::no_data;
  }
  if (study.constant_outcome) return Undefined::no_variation;
  return study.clusters < 2 ? Undefined::too_few_clusters : Undefined::none;
}

// ---------------------------------------------------------------- inference from influences

/// Cohort of each cluster for the df, as an index into the study's cohorts; controls, lone cohorts and mixed clusters
/// are index cohorts.size().
std::vector<std::size_t> strata_of(const DidStudy& study) {
  const std::size_t rest = study.cohorts.size();
  std::vector<std::size_t> stratum(study.clusters, kNowhere);
  for (const DidUnit& unit : study.units) {
    const auto place = std::lower_bound(study.cohorts.begin(), study.cohorts.end(), unit.cohort);
    const std::size_t own = static_cast<std::size_t>(place - study.cohorts.begin());
    std::size_t& s = stratum[unit.cluster];
    s = s == kNowhere || s == own ? own : rest;
  }
  std::vector<std::size_t> sizes(rest + 1, 0);
  for (std::size_t s : stratum) ++sizes[s];
  for (std::size_t& s : stratum) s = sizes[s] < 2 ? rest : s;
  return stratum;
}

/// A cohort's part of a variance and its number of clusters.
struct Share {
  double squares = 0;
  double clusters = 0;
  double df() const { return std::max(1.0, clusters - 1); }
};

std::vector<Share> empty_shares(const DidStudy& study, const std::vector<std::size_t>& strata) {
  std::vector<Share> shares(study.cohorts.size() + 1);
  for (std::size_t s : strata) shares[s].clusters += 1;
  return shares;
}

}  // namespace

std::vector<double> cluster_influence(const DidFit& fit, const std::vector<double>& influence) {
  std::vector<double> sums(fit.study.clusters, 0);
  for (std::size_t u = 0; u < influence.size(); ++u) sums[fit.study.units[u].cluster] += influence[u];
  if (fit.options.variance != DidVariance::cohort) return sums;
  const std::vector<std::size_t> strata = strata_of(fit.study);
  const std::vector<Share> shares = empty_shares(fit.study, strata);
  for (std::size_t c = 0; c < sums.size(); ++c) {
    const Share& share = shares[strata[c]];
    sums[c] *= std::sqrt(share.clusters / share.df());
  }
  return sums;
}

Estimate did_estimate(const DidFit& fit, double value, const std::vector<double>& influence, std::int64_t rows) {
  Estimate e = exactly(value, rows);
  const std::vector<std::size_t> strata = strata_of(fit.study);
  std::vector<Share> shares = empty_shares(fit.study, strata);
  const std::vector<double> sums = cluster_influence(fit, influence);
  for (std::size_t c = 0; c < sums.size(); ++c) shares[strata[c]].squares += sums[c] * sums[c];
  e.clusters = std::count_if(sums.begin(), sums.end(), [](double s) { return s != 0; });
  double variance = 0;
  double parts = 0;
  for (const Share& share : shares) {
    variance += share.squares;
    parts += share.squares * share.squares / share.df();
  }
  if (!(std::sqrt(variance) > kRounding * fit.study.outcome_scale)) return e;
  e.se = std::sqrt(variance);
  e.df = variance * variance / parts;
  const double t = student_quantile(0.5 + fit.options.level / 2, e.df);
  e.lo = value - t * e.se;
  e.hi = value + t * e.se;
  e.p = student_two_sided_p(value / e.se, e.df);
  return e;
}

DidFit group_time_effects(const DidData& data, const DidOptions& options) {
  DidFit fit{prepare_did(data, options.rows, options.balanced, options.anticipation), options, Undefined::none, {}};
  fit.reason = reason_of(fit.study, options);
  if (fit.reason != Undefined::none) return fit;
  const std::vector<std::size_t> first = first_observations(fit.study);
  const std::size_t start = options.base == DidBase::universal ? 0 : 1;
  for (double group : fit.study.cohorts) {
    for (std::size_t time = start; time < fit.study.periods.size(); ++time) {
      fit.effects.push_back(effect_of(fit, first, comparison(fit, group, time)));
    }
  }
  return fit;
}

}  // namespace kaskad::stats
