// Results by subject: marks, scores with the borders of marks, subjects × years, and how far schools lie apart.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "engine/cube/measure.hpp"
#include "reports/content/chart_data.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/missing_points.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

using GroupKey = std::pair<ProcedureId, int>;

/// The indicators that a grid of subjects × years shows, the first two that a procedure has.
constexpr std::array<const char*, 3> kGridIndicators = {"mean_test", "quality", "completion"};
/// Fewer participants than this draw no distribution that a reader could read, and fewer scores are no scale.
constexpr std::int64_t kLeastForHistogram = 100;
constexpr std::int64_t kLeastScores = 6;

std::vector<std::size_t> year_periods(const Briefing& b) {
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < b.frame().periods.size(); ++p) {
    if (!b.frame().periods[p].is_wave) out.push_back(p);
  }
  return out;
}

std::string subject_of(const Briefing& b, const Series& s) {
  return in_language(b.data.vocabulary.subjects[*s.subject].name, b.language());
}

std::string named_with_unit(const Briefing& b, const Indicator& indicator) {
  const std::string unit = b.format.unit(unit_of(indicator)), name = in_language(indicator.name, b.language());
  return unit.empty() ? name : name + ", " + unit;
}

/// Subjects × years of one indicator.
Value grid(const Briefing& b, const std::vector<std::size_t>& series) {
  List columns, rows;
  auto periods = year_periods(b);
  std::erase_if(periods, [&](std::size_t p) {
    return std::none_of(series.begin(), series.end(),
                        [&](std::size_t s) { return b.figures().at(s, kRegion, p).n > 0; });
  });
  for (const std::size_t p : periods) columns.push_back(Object{{"label", b.frame().periods[p].id}});
  for (const std::size_t s : series) {
    List cells;
    for (const std::size_t p : periods) cells.push_back(figure(b, s, kRegion, p));
    rows.push_back(Object{{"label", subject_of(b, b.figures().series[s].series)}, {"cells", std::move(cells)}});
  }
  return Object{{"columns", std::move(columns)},
                {"rows", std::move(rows)},
                {"scale_label", named_with_unit(b, b.figures().indicator_of(series.front()))},
                {"with_counts", true}};
}

/// Names the highest and the lowest subject of the last year with data.
std::string grid_title(const Briefing& b, const std::vector<std::size_t>& series) {
  const auto periods = year_periods(b);
  for (auto p = periods.rbegin(); p != periods.rend(); ++p) {
    std::vector<std::pair<double, std::size_t>> defined;
    for (const std::size_t s : series) {
      const Estimate& e = b.figures().at(s, kRegion, *p);
      if (e.defined()) defined.emplace_back(e.value, s);
    }
    if (defined.size() < 2) continue;
    const auto [low, high] = std::minmax_element(defined.begin(), defined.end());
    const auto told = [&](std::size_t s) { return b.format.with_unit(figure(b, s, kRegion, *p)); };
    return b.texts.get("title.grid",
                       {{"name", in_language(b.figures().indicator_of(series.front()).name, b.language())},
                        {"year", b.frame().periods[*p].id},
                        {"low", subject_of(b, b.figures().series[low->second].series)},
                        {"lowest", told(low->second)},
                        {"high", subject_of(b, b.figures().series[high->second].series)},
                        {"highest", told(high->second)}});
  }
  return in_language(b.figures().indicator_of(series.front()).name, b.language());
}

bool any_defined(const Briefing& b, const std::vector<std::size_t>& series) {
  const auto periods = year_periods(b);
  return std::any_of(series.begin(), series.end(), [&](std::size_t s) {
    return std::any_of(periods.begin(), periods.end(),
                       [&](std::size_t p) { return b.figures().at(s, kRegion, p).defined(); });
  });
}

List grids(const Briefing& b, const GroupKey& key) {
  List out;
  for (const char* id : kGridIndicators) {
    std::vector<std::size_t> series;
    for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
      const Series& of = b.figures().series[s].series;
      const bool wanted = of.subject && GroupKey{of.procedure, of.grade} == key;
      if (wanted && b.figures().indicator_of(s).id == id) series.push_back(s);
    }
    if (series.size() < 2 || out.size() == 2 || !any_defined(b, series)) continue;
    out.push_back(Object{{"name", in_language(b.figures().indicator_of(series.front()).name, b.language())},
                         {"title", grid_title(b, series)},
                         {"chart", grid(b, series)}});
  }
  return out;
}

Tally region_tally(const Briefing& b, const Series& s, Outcome outcome, int year) {
  return b.data.cube.sum(outcome, [&](const CellKey& k) {
    return k.year == year && k.procedure == s.procedure && k.grade == s.grade && k.subject == *s.subject;
  });
}

void add_border(const Briefing& b, List& borders, double at, const std::string& key, const Args& args) {
  borders.push_back(Object{{"at", Quantity{exactly(at, 0), Unit::score, 1, false, owner_of(kRegion)}},
                           {"label", b.texts.get("border." + key, args)}});
}

/// Half a point under the lowest score of a mark, so that the line stands between two bars.
List borders_of(const Briefing& b, const Scale& scale, Outcome outcome) {
  List borders;
  if (outcome == Outcome::test) {
    if (scale.minimum)
      add_border(b, borders, *scale.minimum - 0.5, "minimum", {{"score", std::int64_t{*scale.minimum}}});
    if (scale.high) add_border(b, borders, *scale.high - 0.5, "high", {{"score", std::int64_t{*scale.high}}});
  } else if (scale.marks) {
    for (std::size_t m = 0; m < scale.marks->size(); ++m)
      add_border(b, borders, (*scale.marks)[m] + 0.5, "mark", {{"mark", static_cast<std::int64_t>(m) + 3}});
  }
  return borders;
}

std::string score_label(const Briefing& b, const Scale& scale, Outcome outcome) {
  const Unit unit = unit_of(b, scale);
  if (outcome == Outcome::primary && unit.own) return b.format.unit(unit);
  return b.texts.get(outcome == Outcome::test ? "label.test" : "label.primary");
}

/// The last year in which enough pupils have a distribution of the outcome.
Value histogram(const Briefing& b, const Series& s, Outcome outcome) {
  const auto& years = b.data.vocabulary.years;
  for (auto year = years.rbegin(); year != years.rend(); ++year) {
    const Tally tally = region_tally(b, s, outcome, *year);
    const auto middle = quantile(tally, 0.5);
    const auto scores = std::count_if(tally.counts().begin(), tally.counts().end(), [](auto n) { return n > 0; });
    if (tally.n() < kLeastForHistogram || scores < kLeastScores || !middle.defined() || !tally.has_distribution())
      continue;
    List counts;
    for (const std::int64_t n : tally.counts()) counts.push_back(n);
    const Scale scale = b.data.vocabulary.scale(s.procedure, *s.subject, s.grade, *year);
    const Unit unit = outcome == Outcome::primary ? unit_of(b, scale) : Unit::score;
    const Quantity median{exactly(middle.value, tally.n()), unit, middle.value == std::floor(middle.value) ? 0 : 1};
    return Object{
        {"name", slice_name(b, s)},
        {"year", std::to_string(*year)},
        {"n", tally.n()},
        {"title", b.texts.get("title.histogram", {{"name", subject_of(b, s)}, {"median", b.format.with_unit(median)}})},
        {"chart", Object{{"lo", tally.lo()},
                         {"counts", std::move(counts)},
                         {"borders", borders_of(b, scale, outcome)},
                         {"x_label", score_label(b, scale, outcome)}}}};
  }
  return {};
}

Value histogram_of(const Briefing& b, const Series& s) {
  for (const Outcome outcome : {Outcome::test, Outcome::primary}) {
    Value out = histogram(b, s, outcome);
    if (out.truthy()) return out;
  }
  return {};
}

std::string marks_title(const Briefing& b, const std::string& name, const Value& chart) {
  const List& bars = *chart.find("bars")->list();
  const Quantity& lowest = *bars.back().find("parts.0")->quantity();
  if (!lowest.estimate.defined()) return name;
  return b.texts.get("title.marks", {{"name", name},
                                     {"mark", *chart.find("parts.0.label")->text()},
                                     {"share", b.format.with_unit(lowest)},
                                     {"interval", b.format.interval(lowest)},
                                     {"year", *bars.back().find("label")->text()}});
}

Object subject_part(const Briefing& b, const Series& s) {
  const std::string name = slice_name(b, s);
  Object part = {{"name", subject_of(b, s)}};
  const bool olympiad = !b.data.vocabulary.procedures[s.procedure].statuses.empty();
  Value marks = olympiad ? Value() : marks_chart(b, s, kRegion), scores = olympiad ? Value() : histogram_of(b, s);
  part.emplace_back(
      "marks", marks.truthy()
                   ? Value(Object{{"name", name}, {"title", marks_title(b, subject_of(b, s), marks)}, {"chart", marks}})
                   : Value());
  part.emplace_back("scores", std::move(scores));
  return part;
}

/// Some year or the change has a figure.
bool has_figures(const Briefing& b, std::size_t series) {
  const auto& change = b.figures().series[series].change;
  return any_defined(b, {series}) || (!change.empty() && change[kRegion].defined());
}

bool is_of(const Series& s, const GroupKey& key) { return GroupKey{s.procedure, s.grade} == key && !s.all_grades; }

/// Why none of the group's figures is there: the reasons of the region in the years with participants, each once.
std::string why_none(const Briefing& b, const GroupKey& key) {
  std::set<Undefined> reasons;
  for (std::size_t i = 0; i < b.figures().series.size(); ++i) {
    if (!is_of(b.figures().series[i].series, key)) continue;
    for (const std::size_t p : year_periods(b)) {
      const Estimate& e = b.figures().at(i, kRegion, p);
      if (!e.defined() && e.reason != Undefined::no_data) reasons.insert(e.reason);
    }
  }
  if (reasons.empty()) reasons.insert(Undefined::no_data);
  std::vector<std::string> texts;
  for (const Undefined reason : reasons)
    texts.push_back(b.texts.get("undefined." + std::string(undefined_name(reason))));
  return joined(texts, "; ");
}

Object procedure_part(const Briefing& b, const GroupKey& key) {
  const std::string procedure = in_language(b.data.vocabulary.procedures[key.first].name, b.language());
  const std::string grade =
      key.second == 0 ? "" : ", " + b.texts.get("label.grade", {{"grade", std::to_string(key.second)}});
  List subjects, rows;
  std::int64_t without_figures = 0;
  std::map<SubjectId, bool> seen;
  for (std::size_t i = 0; i < b.figures().series.size(); ++i) {
    const Series& s = b.figures().series[i].series;
    if (!is_of(s, key)) continue;
    if (s.subject && seen.emplace(*s.subject, true).second) subjects.push_back(subject_part(b, s));
    if (!has_figures(b, i)) {
      ++without_figures;
      continue;
    }
    rows.push_back(series_row(b, i, kRegion, s.subject ? subject_of(b, s) : b.texts.get("label.of_all_subjects")));
  }
  sort_by_slice(rows);
  Object part = {{"name", procedure + grade}, {"grids", grids(b, key)}, {"subjects", std::move(subjects)}};
  add_list(part, "rows", std::move(rows));
  part.emplace_back("without_figures", without_figures_text(b, without_figures));
  part.emplace_back("why_none", why_none(b, key));
  return part;
}

bool over_schools(const Indicator& indicator) {
  return indicator.kind == IndicatorKind::gap || indicator.kind == IndicatorKind::spread ||
         indicator.kind == IndicatorKind::sd;
}

/// The last year's figure with its interval.
std::string spread_title(const Briefing& b, std::size_t series) {
  const auto periods = year_periods(b);
  const auto last = std::find_if(periods.rbegin(), periods.rend(),
                                 [&](std::size_t p) { return b.figures().at(series, kRegion, p).has_interval(); });
  if (last == periods.rend()) return series_name(b, series);
  const Quantity q = figure(b, series, kRegion, *last);
  return b.texts.get("title.level", {{"name", series_name(b, series)},
                                     {"value", b.format.with_unit(q)},
                                     {"interval", b.format.interval(q)},
                                     {"year", b.frame().periods[*last].id}});
}

/// The years in which one of the series has a figure for the region; each with its place among all years.
List years_with(const Briefing& b, const std::vector<std::size_t>& series) {
  List out;
  const auto periods = year_periods(b);
  for (std::size_t y = 0; y < periods.size(); ++y) {
    const bool any = std::any_of(series.begin(), series.end(),
                                 [&](std::size_t s) { return b.figures().at(s, kRegion, periods[y]).defined(); });
    if (any) out.push_back(Object{{"label", b.frame().periods[periods[y]].id}, {"index", static_cast<int>(y)}});
  }
  return out;
}

}  // namespace

List subjects_data(const Briefing& b) {
  std::map<GroupKey, bool> keys;
  for (const SeriesFigures& f : b.figures().series) {
    if (!f.series.all_grades) keys[{f.series.procedure, f.series.grade}] = true;
  }
  List out;
  for (const auto& [key, present] : keys) out.push_back(procedure_part(b, key));
  return out;
}

Object equality_data(const Briefing& b) {
  List rows, charts;
  const std::string region = b.texts.get("label.region");
  std::vector<std::size_t> shown;
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    const Indicator& indicator = b.figures().indicator_of(s);
    if (!over_schools(indicator) || !any_defined(b, {s})) continue;
    shown.push_back(s);
    Object row = {{"name", series_name(b, s)},
                  {"indicator", named_with_unit(b, indicator)},
                  {"slice", slice_name(b, b.figures().series[s].series)},
                  {"unit", b.format.unit(unit_of(indicator))}};
    for (auto& part : figures_of(b, s, kRegion)) row.push_back(std::move(part));
    rows.push_back(std::move(row));
    if (indicator.kind == IndicatorKind::sd || charts.size() == 4) continue;
    Value chart = dynamics_chart(b, s, {{region, "region", kRegion}});
    if (auto* parts = std::get_if<Object>(&chart.is))
      std::erase_if(*parts, [](const auto& part) { return part.first == "bands"; });  // Half a page is narrow.
    if (chart.find("missing") == nullptr)
      charts.push_back(Object{{"name", series_name(b, s)},
                              {"title", spread_title(b, s)},
                              {"unit", b.format.unit(unit_of(indicator))},
                              {"note", Value::told_of(owner_of(kRegion), missing_points(b, {{region, s, kRegion}}))},
                              {"chart", std::move(chart)}});
  }
  return {{"has_any", !rows.empty()},
          {"years", years_with(b, shown)},
          {"rows", std::move(rows)},
          {"charts", std::move(charts)}};
}

}  // namespace kaskad::reports
