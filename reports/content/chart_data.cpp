#include "reports/content/chart_data.hpp"

#include <algorithm>

#include "engine/cube/measure.hpp"
#include "engine/stats/intervals.hpp"
#include "reports/content/labels.hpp"

namespace kaskad::reports {
namespace {

List wave_bands(const Briefing& b) {
  List bands;
  const auto& years = b.data.vocabulary.years;
  for (const Period& p : b.frame().periods) {
    if (!p.is_wave) continue;
    const auto index = [&](int year) {
      return static_cast<int>(std::lower_bound(years.begin(), years.end(), year) - years.begin());
    };
    bands.push_back(
        Object{{"label", short_wave_name(b, p)}, {"first", index(p.years.front())}, {"last", index(p.years.back())}});
  }
  return bands;
}

/// Counts of marks of a slice's schools in one year.
Tally marks_of(const Briefing& b, const Series& slice, const std::vector<SchoolId>& schools, int year) {
  Tally tally;
  for (const SchoolId school : schools) {
    const auto [first, last] = b.data.cube.range_of_school(school);
    for (std::size_t c = first; c < last; ++c) {
      const Cube::Cell cell = b.data.cube.cell(c);
      const CellKey& k = cell.key;
      const bool same = k.year == year && k.procedure == slice.procedure && k.grade == slice.grade;
      if (same && (!slice.subject || k.subject == *slice.subject)) tally.add(cell.tally(Outcome::mark));
    }
  }
  return tally;
}

/// What the publication says of the marks of a slice. All subjects together are decided on as a series of figures is.
Undefined decided_on(const Briefing& b, const Series& slice, std::size_t entity, int year) {
  const Figures& f = b.figures();
  const auto same = [&](const SeriesFigures& s) {
    return s.series.procedure == slice.procedure && s.series.subject == slice.subject &&
           s.series.grade == slice.grade && f.indicators[s.series.indicator].outcome == Outcome::mark;
  };
  const auto found = std::find_if(f.series.begin(), f.series.end(), same);
  if (found == f.series.end()) return Undefined::none;
  return f.publications.withheld(found->line, b.frame().members[entity], {year});
}

/// Whose marks are not printed: the publication's decision on the series.
Undefined withheld_marks(const Briefing& b, const Tally& tally, Undefined decided) {
  if (tally.n() == 0) return Undefined::no_data;
  return tally.n() < b.figures().minimum_n ? Undefined::too_few : decided;
}

Value marks_bar(const Procedure& procedure, const std::string& label, const Tally& tally, Undefined withheld,
                Owner owner) {
  Object bar = {{"label", label}, {"n", withheld == Undefined::none ? tally.n() : 0}};
  List parts;
  for (int mark = procedure.lowest_mark; mark <= procedure.highest_mark; ++mark) {
    const ShareCount s = share(tally, [&](int m) { return m == mark; });
    Estimate e = s.reason == Undefined::none ? stats::wilson(s.hits, s.n) : undefined(s.reason, s.n);
    if (withheld != Undefined::none) e = undefined(withheld, tally.n());
    for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= 100;
    parts.push_back(Quantity{e, Unit::percent, 1, false, owner});
  }
  bar.emplace_back("parts", std::move(parts));
  return bar;
}

}  // namespace

Value dynamics_chart(const Briefing& b, std::size_t series, const std::vector<ChartLine>& lines) {
  const Figures& f = b.figures();
  List chart_lines;
  bool any = false;
  Undefined reason = Undefined::no_data;
  for (const ChartLine& line : lines) {
    List points;
    for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
      if (f.frame.periods[p].is_wave) continue;
      const Estimate& e = f.at(series, line.entity, p);
      any = any || e.defined();
      if (hides_n(e.reason) && reason != Undefined::too_few) reason = e.reason;
      points.push_back(Object{{"label", f.frame.periods[p].id},
                              {"value", figure(b, series, line.entity, p)},
                              {"break_before", static_cast<bool>(f.series[series].series.break_before[p])}});
    }
    chart_lines.push_back(Object{{"label", line.label}, {"role", line.role}, {"points", std::move(points)}});
  }
  if (!any) return Object{{"missing", b.texts.get("undefined." + std::string(undefined_name(reason)))}};
  return Object{{"series", std::move(chart_lines)}, {"bands", wave_bands(b)}};
}

Value marks_chart(const Briefing& b, const Series& slice, std::size_t entity) {
  const Procedure& procedure = b.data.vocabulary.procedures[slice.procedure];
  List parts, bars;
  for (int mark = procedure.lowest_mark; mark <= procedure.highest_mark; ++mark)
    parts.push_back(Object{{"label", b.texts.get("border.mark", {{"mark", std::int64_t{mark}}})}});
  bool any = false;
  for (const int year : b.data.vocabulary.years) {
    const Tally tally = marks_of(b, slice, b.frame().members[entity], year);
    if (tally.n() == 0) continue;
    const Undefined withheld = withheld_marks(b, tally, decided_on(b, slice, entity, year));
    any = any || withheld == Undefined::none;
    bars.push_back(marks_bar(procedure, std::to_string(year), tally, withheld, owner_of(entity)));
  }
  if (!any) return {};
  return Object{{"parts", std::move(parts)}, {"bars", std::move(bars)}};
}

Value differences_chart(const Briefing& b, const std::vector<std::pair<std::string, Quantity>>& rows) {
  List list;
  bool any = false;
  for (const auto& [label, q] : rows) {
    any = any || q.estimate.defined();
    list.push_back(Object{{"label", label}, {"note", ""}, {"dots", List{Object{{"role", "focus"}, {"value", q}}}}});
  }
  if (!any) return Object{{"missing", b.texts.get("undefined.no_data")}};
  return Object{{"legend", List{}}, {"rows", std::move(list)}, {"zero_line", true}, {"own_scale", true}};
}

}  // namespace kaskad::reports
