#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "engine/stats/intervals.hpp"
#include "indicators/partner_parts.hpp"

namespace kaskad::partners {
namespace {

using WorkKey = std::tuple<ProcedureId, int, SubjectId>;

bool is_compared(const Indicator& i) { return i.kind == IndicatorKind::share || i.kind == IndicatorKind::mean; }

/// Preference of an indicator; nothing when it is not asked for.
std::optional<std::size_t> preference(const Indicator& indicator, const PartnerSettings& settings) {
  const auto& ids = settings.indicators;
  const auto found = std::find(ids.begin(), ids.end(), indicator.id);
  if (found == ids.end() || !is_compared(indicator)) return std::nullopt;
  return static_cast<std::size_t>(found - ids.begin());
}

bool region_has(const Figures& figures, std::size_t series) {
  for (std::size_t p = 0; p < figures.frame.periods.size(); ++p) {
    if (figures.at(series, 0, p).defined()) return true;
  }
  return false;
}

struct Ground {
  const Dataset& data;
  const Figures& figures;
  const SeriesFigures& series;
  const Indicator& indicator;

  Basis of(SchoolId school, const std::vector<int>& years) const {
    return pool(series, data.vocabulary.years, {school}, years);
  }
  bool wrote(SchoolId school, int year) const { return of(school, {year}).n > 0; }
  /// The SD of the region's pupils in the indicator's formula (fractions for shares).
  double region_sd(const std::vector<int>& years) const {
    const Basis all = pool(series, data.vocabulary.years, figures.frame.members.front(), years);
    return all.reason == Undefined::none ? std::sqrt(all.variance()) : kNaN;
  }
};

void multiply(Estimate& e, double factor) {
  for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= factor;
  if (factor < 0) std::swap(e.lo, e.hi), e.se = -e.se;
}

/// 1, or −1 where less is better.
double better(const Indicator& indicator) { return indicator.direction == Direction::down ? -1 : 1; }

stats::Sample sample_of(const Basis& b) { return {b.n, b.mean(), b.variance()}; }

Estimate gap_of(const Indicator& indicator, const Basis& strong, const Basis& weak) {
  Estimate e = indicator.kind == IndicatorKind::share
                   ? stats::newcombe(std::llround(strong.sum), strong.n, std::llround(weak.sum), weak.n)
                   : stats::welch(sample_of(strong), sample_of(weak));
  multiply(e, better(indicator) * scale_of(indicator));
  return e;
}

Estimate in_region_sd(const Ground& g, const Basis& strong, const Basis& weak, const std::vector<int>& years) {
  const double sd = g.region_sd(years);
  if (!(sd > 0)) return undefined(std::isnan(sd) ? Undefined::no_distribution : Undefined::no_variation);
  Estimate e = stats::welch(sample_of(strong), sample_of(weak));
  multiply(e, better(g.indicator) / sd);
  return e;
}

PairedResult result_in(const Ground& g, const SchoolPair& pair, const Period& period) {
  PairedResult out;
  for (const int year : period.years) {
    const bool both = g.wrote(pair.weak, year) && g.wrote(pair.strong, year);
    if (both && period.holds(g.series.series.procedure)) out.years.push_back(year);
  }
  const Basis weak = g.of(pair.weak, out.years), strong = g.of(pair.strong, out.years);
  out.weak = printed(g.figures, g.series, g.data.vocabulary.years, {pair.weak}, out.years);
  out.strong = printed(g.figures, g.series, g.data.vocabulary.years, {pair.strong}, out.years);
  const Undefined reason = out.weak.defined() ? out.strong.reason : out.weak.reason;
  out.gap = out.in_sd = undefined(reason, weak.n + strong.n);
  if (reason != Undefined::none) return out;
  out.gap = gap_of(g.indicator, strong, weak);
  out.in_sd = in_region_sd(g, strong, weak, out.years);
  return out;
}

/// Difference of two gaps from independent pupils. Shares have no symmetric error: their limits are put together as
/// Newcombe puts together those of two shares.
Estimate change_of(const Estimate& first, const Estimate& last) {
  Estimate e = exactly(last.value - first.value, first.n + last.n);
  if (!first.has_interval() || !last.has_interval()) return e;
  e.lo = e.value - std::hypot(last.value - last.lo, first.hi - first.value);
  e.hi = e.value + std::hypot(last.hi - last.value, first.value - first.lo);
  return e;
}

/// The same work: the last result against the first.
Estimate change_of_work(const Ground& g, const PairedWork& work) {
  const PairedResult &first = work.results.front(), &last = work.results.back();
  if (!first.gap.defined()) return undefined(first.gap.reason);
  if (!last.gap.defined()) return undefined(last.gap.reason);
  if (scale_changed(g.series.series, g.data.vocabulary.years, first.years, last.years))
    return undefined(Undefined::not_comparable);
  return change_of(first.gap, last.gap);
}

/// Weight of a work: 1/(1/n₁ + 1/n₀), the precision of a difference of two means in units of their SD.
double weight_of(const PairedResult& r) {
  const auto weak = static_cast<double>(r.weak.n), strong = static_cast<double>(r.strong.n);
  return weak * strong / (weak + strong);
}

/// By SchoolPair::works; nothing where a work does not count.
using Weights = std::vector<std::optional<double>>;

struct WeighedGap {
  double value = 0, se = 0, weight = 0;
  std::set<int> cohorts;  ///< Years of birth, so to speak: year − grade; empty = the grade is not stated.
};

std::set<int> cohorts_of(int grade, const std::vector<int>& years) {
  std::set<int> out;
  for (const int year : years) {
    if (grade > 0) out.insert(year - grade);
  }
  return out;
}

bool may_share_pupils(const WeighedGap& a, const WeighedGap& b) {
  if (a.cohorts.empty() || b.cohorts.empty()) return true;
  return std::any_of(a.cohorts.begin(), a.cohorts.end(), [&](int c) { return b.cohorts.count(c) > 0; });
}

/// Numbers of the components of the gaps that may share pupils, directly or by others.
std::vector<std::size_t> components_of(const std::vector<WeighedGap>& gaps) {
  std::vector<std::size_t> component(gaps.size());
  std::iota(component.begin(), component.end(), std::size_t{0});
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!may_share_pupils(gaps[i], gaps[j])) continue;
      const std::size_t from = component[i], to = component[j];
      std::replace(component.begin(), component.end(), from, to);
    }
  }
  return component;
}

Estimate pool_gaps(const std::vector<WeighedGap>& gaps, std::int64_t results) {
  if (gaps.empty()) return undefined(Undefined::no_data);
  double weights = 0, sum = 0;
  for (const WeighedGap& g : gaps) weights += g.weight, sum += g.weight * g.value;
  Estimate e = exactly(sum / weights, results);
  const std::vector<std::size_t> component = components_of(gaps);
  std::map<std::size_t, double> errors;
  for (std::size_t i = 0; i < gaps.size(); ++i) errors[component[i]] += gaps[i].weight / weights * gaps[i].se;
  double squares = 0;
  for (const auto& [c, error] : errors) squares += error * error;
  if (!std::isfinite(squares) || squares <= 0) return e;
  e.se = std::sqrt(squares);
  const double reach = stats::normal_quantile(stats::kUpperTail) * e.se;
  e.lo = e.value - reach, e.hi = e.value + reach;
  return e;
}

int grade_of(const Figures& figures, const PairedWork& work) { return figures.series[work.series].series.grade; }

/// Of the works of `weights` alone, in their order in the pair.
PooledGap pooled_in(const Figures& figures, const SchoolPair& pair, std::size_t period, const Weights& weights) {
  PooledGap out;
  std::vector<WeighedGap> gaps;
  for (std::size_t w = 0; w < pair.works.size(); ++w) {
    const PairedWork& work = pair.works[w];
    const PairedResult& r = work.results[period];
    if (!weights[w] || !r.in_sd.defined()) continue;
    gaps.push_back({r.in_sd.value, r.in_sd.se, *weights[w], cohorts_of(grade_of(figures, work), r.years)});
    ++out.works;
    out.weak_results += r.weak.n;
    out.strong_results += r.strong.n;
  }
  out.gap = pool_gaps(gaps, out.weak_results + out.strong_results);
  return out;
}

/// Of all works that a period has.
Weights weights_in(const SchoolPair& pair, std::size_t period) {
  Weights out;
  for (const PairedWork& work : pair.works) out.emplace_back(weight_of(work.results[period]));
  return out;
}

bool has_change(const PairedWork& work) {
  return work.results.front().in_sd.defined() && work.results.back().in_sd.defined();
}

/// The precision of a difference of two gaps.
double weight_of_change(const PairedWork& work) {
  const double a = weight_of(work.results.front()), b = weight_of(work.results.back());
  return a * b / (a + b);
}

/// Of the works that the first and the last period have, the same in every period.
Weights weights_of_change(const SchoolPair& pair) {
  Weights out;
  for (const PairedWork& work : pair.works)
    out.push_back(has_change(work) ? std::optional(weight_of_change(work)) : std::nullopt);
  return out;
}

/// All works in every period; see SchoolPair::gaps.
void gaps_in(const Figures& figures, std::size_t periods, SchoolPair& pair) {
  for (std::size_t t = 0; t < periods; ++t) pair.gaps.push_back(pooled_in(figures, pair, t, weights_in(pair, t)));
}

/// Over the works of the change, so that the gaps of a pair differ by its change and by nothing else.
void same_works_in_every_period(const Figures& figures, SchoolPair& pair) {
  const Weights weights = weights_of_change(pair);
  for (std::size_t t = 0; t < pair.gaps.size(); ++t) {
    PooledGap same = pooled_in(figures, pair, t, weights);
    if (pair.gaps[t].gap.defined() && same.works < pair.works_of_change)
      same.gap = undefined(Undefined::no_data, same.gap.n);
    pair.gaps[t] = std::move(same);
  }
}

void change_in(const Figures& figures, SchoolPair& pair) {
  std::vector<WeighedGap> changes;
  std::int64_t results = 0;
  for (const PairedWork& work : pair.works) {
    if (!has_change(work)) continue;
    const PairedResult &first = work.results.front(), &last = work.results.back();
    std::set<int> cohorts = cohorts_of(grade_of(figures, work), first.years);
    cohorts.merge(cohorts_of(grade_of(figures, work), last.years));
    changes.push_back({last.in_sd.value - first.in_sd.value, std::hypot(first.in_sd.se, last.in_sd.se),
                       weight_of_change(work), std::move(cohorts)});
    results += first.weak.n + first.strong.n + last.weak.n + last.strong.n;
  }
  pair.works_of_change = static_cast<std::int64_t>(changes.size());
  pair.change = pool_gaps(changes, results);
  if (pair.change.defined()) same_works_in_every_period(figures, pair);
  pair.trend = gap_trend(pair.gaps.front().gap, pair.change);
}

}  // namespace

std::vector<std::size_t> series_of_works(const Dataset& data, const Figures& figures, const PartnerSettings& settings) {
  std::map<WorkKey, std::pair<std::size_t, std::size_t>> best;  // preference, series
  for (std::size_t s = 0; s < figures.series.size(); ++s) {
    const Series& series = figures.series[s].series;
    const auto rank = preference(figures.indicator_of(s), settings);
    const bool olympiad = !data.vocabulary.procedures[series.procedure].statuses.empty();
    if (!rank || !series.subject || olympiad || !region_has(figures, s)) continue;
    const auto [found, is_new] =
        best.try_emplace({series.procedure, series.grade, *series.subject}, std::make_pair(*rank, s));
    if (!is_new && *rank < found->second.first) found->second = {*rank, s};
  }
  std::vector<std::size_t> out;
  for (const auto& [key, value] : best) out.push_back(value.second);
  return out;
}

namespace {

/// Of two works that may not be shown, that of too few participants says it.
void join_reason(Undefined& all, const PairedResult& result) {
  const Undefined reason = result.gap.reason;
  if (hides_n(reason) && all != Undefined::too_few) all = reason;
}

/// Why the gap of a pair is missing in a period, as the rows of the works that it rests on tell it; none where both
/// wrote no such work.
Undefined reason_of_works(const SchoolPair& pair, std::size_t period) {
  Undefined out = Undefined::none;
  for (const PairedWork& work : pair.works) {
    if (has_change(work)) join_reason(out, work.results[period]);
  }
  return out;
}

/// Periods in which both wrote some work that may not be shown have that for a reason; `hidden` by period, over all
/// works, none where no work is.
void tell_hidden(const std::vector<Undefined>& hidden, SchoolPair& pair) {
  for (std::size_t t = 0; t < hidden.size(); ++t) {
    const Undefined reason = pair.change.defined() ? reason_of_works(pair, t) : hidden[t];
    if (hides_n(reason) && !pair.gaps[t].gap.defined()) pair.gaps[t].gap = undefined(reason);
  }
  if (hidden.empty() || pair.change.defined()) return;
  const Undefined at_an_end = hides_n(hidden.front()) ? hidden.front() : hidden.back();
  if (hides_n(at_an_end)) pair.change = undefined(at_an_end);
}

}  // namespace

void compare_works(const Dataset& data, const Figures& figures, const Partners& all, SchoolPair& pair) {
  std::vector<Undefined> hidden(all.periods.size(), Undefined::none);
  for (const std::size_t s : all.work_series) {
    const Ground g{data, figures, figures.series[s], figures.indicator_of(s)};
    PairedWork work;
    work.series = s;
    for (const std::size_t p : all.periods) work.results.push_back(result_in(g, pair, figures.frame.periods[p]));
    for (std::size_t t = 0; t < hidden.size(); ++t) join_reason(hidden[t], work.results[t]);
    const bool any =
        std::any_of(work.results.begin(), work.results.end(), [](const PairedResult& r) { return r.gap.defined(); });
    if (!any) continue;
    work.change = all.periods.size() > 1 ? change_of_work(g, work) : undefined(Undefined::no_data);
    work.trend = gap_trend(work.results.front().gap, work.change);
    pair.works.push_back(std::move(work));
  }
  gaps_in(figures, all.periods.size(), pair);
  if (all.periods.size() > 1) change_in(figures, pair);
  tell_hidden(hidden, pair);
}

}  // namespace kaskad::partners
