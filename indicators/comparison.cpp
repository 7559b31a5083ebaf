#include "indicators/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/stats/intervals.hpp"
#include "engine/stats/regression.hpp"

namespace kaskad {
namespace {

using stats::CellRow;
using stats::FixedEffects;

bool compared(IndicatorKind kind) { return kind == IndicatorKind::share || kind == IndicatorKind::mean; }

stats::Sample sample_of(const Basis& b) { return {b.n, b.mean(), b.variance()}; }

Estimate in_unit(Estimate e, const Indicator& indicator) {
  for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= scale_of(indicator);
  return e;
}

/// The pupils of a school in a period as one row, if there are any.
void add_row(std::vector<CellRow>& rows, const Basis& b, SchoolId school, std::vector<double> terms) {
  if (b.reason == Undefined::none && b.n > 0)
    rows.push_back({std::move(terms), b.n, b.mean(), b.squares, static_cast<int>(school)});
}

Estimate first_coefficient(const std::vector<CellRow>& rows, FixedEffects effects, std::size_t term) {
  const stats::ClusteredFit fit = stats::cr2_regression(rows, effects);
  return fit.reason == Undefined::none ? fit.coefficients[term].estimate : undefined(fit.reason, fit.n);
}

/// Everything a comparison of one series needs at hand.
struct Pair {
  const SeriesFigures& s;
  const Indicator& indicator;
  const Figures& figures;
  const std::vector<int>& years;
  std::vector<SchoolId> focus, control;
  bool prints_levels = true;  ///< Else only an effect is told, which rests on all pupils.

  Basis of(const std::vector<SchoolId>& schools, const Period& p) const { return pool(s, years, schools, p); }

  std::int64_t with_data(const std::vector<SchoolId>& schools, const Period& p) const {
    return std::count_if(schools.begin(), schools.end(), [&](SchoolId school) { return of({school}, p).n > 0; });
  }

  Estimate printed(const std::vector<SchoolId>& schools, const Period& p) const {
    return kaskad::printed(figures, s, years, schools, p);
  }

  /// Raw difference of fractions or means, clustered by school.
  Estimate difference(const Period& p) const {
    std::vector<CellRow> rows;
    for (const SchoolId school : focus) add_row(rows, of({school}, p), school, {1});
    for (const SchoolId school : control) add_row(rows, of({school}, p), school, {0});
    return first_coefficient(rows, FixedEffects::none, 0);
  }

  Estimate effect(const Period& from, const Period& to) const {
    std::vector<CellRow> rows;
    for (const auto* group : {&focus, &control}) {
      const double is_focus = group == &focus ? 1 : 0;
      for (const SchoolId school : *group) {
        add_row(rows, of({school}, from), school, {0, 0});
        add_row(rows, of({school}, to), school, {1, is_focus});
      }
    }
    return first_coefficient(rows, FixedEffects::cluster, 1);
  }
};

PeriodComparison compare_period(const Pair& pair, const Period& p) {
  PeriodComparison out;
  out.period = p.id;
  const Basis focus = pair.of(pair.focus, p), control = pair.of(pair.control, p);
  out.focus = pair.printed(pair.focus, p);
  out.control = pair.printed(pair.control, p);
  out.focus_schools = pair.with_data(pair.focus, p);
  out.control_schools = pair.with_data(pair.control, p);
  if (!out.focus.defined() || !out.control.defined()) {
    const Estimate& lacking = out.focus.defined() ? out.control : out.focus;
    out.difference = out.g = undefined(lacking.reason, lacking.n);
    return out;
  }
  const Estimate raw = pair.difference(p);
  out.g = stats::hedges_g(sample_of(focus), sample_of(control), &raw);
  out.difference = in_unit(raw, pair.indicator);
  return out;
}

Estimate change_of_school(const Indicator& indicator, const Basis& from, const Basis& to) {
  return indicator.kind == IndicatorKind::share
             ? stats::newcombe(std::llround(to.sum), to.n, std::llround(from.sum), from.n)
             : stats::welch(sample_of(to), sample_of(from));
}

/// All pupils or none.
bool is_at_border(const Basis& b) { return b.sum <= 0 || b.sum >= static_cast<double>(b.n); }

/// Where nobody or everybody has it at one of the two, that end adds nothing to the schools' scatter, though chance is
/// at work there, too: the interval is then no narrower than Newcombe's of the pupils. df and p would be those of the
/// narrow one.
Estimate not_narrower_than_chance(Estimate change, const Basis& from, const Basis& to) {
  if (!change.has_interval() || !(is_at_border(from) || is_at_border(to))) return change;
  const Estimate of_pupils = stats::newcombe(std::llround(to.sum), to.n, std::llround(from.sum), from.n);
  change.lo = std::min(change.lo, of_pupils.lo);
  change.hi = std::max(change.hi, of_pupils.hi);
  change.se = change.df = change.p = kNaN;
  return change;
}

/// Of all pupils, whatever of them may be printed.
Estimate change_of_all(const Figures& figures, const SeriesFigures& s, const std::vector<int>& all_years,
                       const std::vector<SchoolId>& schools, const Period& from, const Period& to) {
  const Indicator& indicator = figures.indicators[s.series.indicator];
  if (!compared(indicator.kind)) return undefined(Undefined::no_method);
  const Basis before = pool(s, all_years, schools, from), after = pool(s, all_years, schools, to);
  for (const Basis* b : {&before, &after}) {
    const Estimate e = estimate_of(indicator, *b, figures.minimum_n);
    if (!e.defined()) return e;
  }
  if (schools.size() == 1) return in_unit(change_of_school(indicator, before, after), indicator);
  std::vector<CellRow> rows;
  for (const SchoolId school : schools) {
    add_row(rows, pool(s, all_years, {school}, from), school, {0});
    add_row(rows, pool(s, all_years, {school}, to), school, {1});
  }
  const Estimate change = first_coefficient(rows, FixedEffects::none, 0);
  const bool share = indicator.kind == IndicatorKind::share;
  return in_unit(share ? not_narrower_than_chance(change, before, after) : change, indicator);
}

ChangeComparison compare_change(const Pair& pair, const Period& from, const Period& to) {
  ChangeComparison out;
  out.from = from.id;
  out.to = to.id;
  if (scale_changed(pair.s.series, pair.years, from.years, to.years)) {
    out.focus_change = out.control_change = out.effect = undefined(Undefined::not_comparable);
    return out;
  }
  const auto change = [&](const std::vector<SchoolId>& schools) {
    return pair.prints_levels ? change_between(pair.figures, pair.s, pair.years, schools, from, to)
                              : change_of_all(pair.figures, pair.s, pair.years, schools, from, to);
  };
  out.focus_change = change(pair.focus);
  out.control_change = change(pair.control);
  const bool both = out.focus_change.defined() && out.control_change.defined();
  out.effect = both ? in_unit(pair.effect(from, to), pair.indicator)
                    : undefined(out.focus_change.defined() ? out.control_change.reason : out.focus_change.reason);
  return out;
}

SeriesComparison compare_series(const Pair& pair, std::size_t index, const std::vector<ChangeSpec>& changes) {
  SeriesComparison out;
  out.series = index;
  for (const Period& p : pair.figures.frame.periods) out.periods.push_back(compare_period(pair, p));
  for (const ChangeSpec& change : changes) {
    const auto from = pair.figures.frame.find_period(change.from), to = pair.figures.frame.find_period(change.to);
    if (from && to)
      out.changes.push_back(compare_change(pair, pair.figures.frame.periods[*from], pair.figures.frame.periods[*to]));
  }
  return out;
}

}  // namespace

Estimate gap_between(const Figures& figures, std::size_t series, const std::vector<int>& all_years,
                     const std::vector<SchoolId>& these, const std::vector<SchoolId>& others, const Period& period) {
  const Indicator& indicator = figures.indicator_of(series);
  if (!compared(indicator.kind)) return undefined(Undefined::no_method);
  return compare_period({figures.series[series], indicator, figures, all_years, these, others, true}, period)
      .difference;
}

ChangeComparison change_apart(const Figures& figures, std::size_t series, const std::vector<int>& all_years,
                              const std::vector<SchoolId>& focus, const std::vector<SchoolId>& control,
                              const Period& from, const Period& to) {
  const Indicator& indicator = figures.indicator_of(series);
  if (compared(indicator.kind))
    return compare_change({figures.series[series], indicator, figures, all_years, focus, control, false}, from, to);
  ChangeComparison out;
  out.from = from.id;
  out.to = to.id;
  out.focus_change = out.control_change = out.effect = undefined(Undefined::no_method);
  return out;
}

Estimate change_between(const Figures& figures, const SeriesFigures& s, const std::vector<int>& all_years,
                        const std::vector<SchoolId>& schools, const Period& from, const Period& to) {
  const Estimate change = change_of_all(figures, s, all_years, schools, from, to);
  if (!change.defined()) return change;
  for (const Period* period : {&from, &to}) {
    const Estimate end = printed(figures, s, all_years, schools, *period);
    if (!end.defined()) return end;
  }
  return change;
}

std::vector<SeriesComparison> compare_groups(const Figures& figures, const std::vector<int>& all_years,
                                             const std::vector<ChangeSpec>& changes, unsigned threads) {
  const auto focus = figures.frame.find_entity(EntityKind::group, "focus");
  const auto control = figures.frame.find_entity(EntityKind::group, "control");
  if (!focus || !control) return {};
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < figures.series.size(); ++i) {
    if (compared(figures.indicator_of(i).kind)) wanted.push_back(i);
  }
  std::vector<SeriesComparison> out(wanted.size());
  parallel_for(wanted.size(), threads, [&](std::size_t i) {
    const Pair pair{figures.series[wanted[i]],     figures.indicator_of(wanted[i]), figures, all_years,
                    figures.frame.members[*focus], figures.frame.members[*control], true};
    out[i] = compare_series(pair, wanted[i], changes);
  });
  return out;
}

}  // namespace kaskad
