#include "reports/content/entity_view.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "reports/content/chart_data.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/missing_points.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

/// With more sentences of what stands out, the first page of a passport has no room for the names of similar schools.
constexpr std::int64_t kFewSentences = 2;

/// Several figures, all of as many.
bool is_one_number(const std::multiset<std::int64_t>& sizes) {
  return sizes.size() > 1 && *sizes.begin() == *sizes.rbegin();
}

/// Figures over schools are the region's; of olympiads, a school has too few to tell subjects apart.
bool listed(const Briefing& b, std::size_t series) {
  const Indicator& indicator = b.figures().indicator_of(series);
  const Series& s = b.figures().series[series].series;
  const bool olympiad = !b.data.vocabulary.procedures[s.procedure].statuses.empty();
  return indicator.kind != IndicatorKind::gap && indicator.kind != IndicatorKind::spread && (!olympiad || !s.subject);
}

/// Of an indicator that is a headline, in any subject.
bool is_main(const Briefing& b, std::size_t series) {
  const auto indicator_of = [&](std::size_t s) { return b.figures().series[s].series.indicator; };
  return std::any_of(b.headlines.begin(), b.headlines.end(),
                     [&](std::size_t h) { return indicator_of(h) == indicator_of(series); });
}

/// What is known of a work from one of its figures, worst first.
enum class WorkShown : std::uint8_t { absent, for_others, too_few, printed };

WorkShown shown_of(const Estimate& e) {
  if (e.defined()) return WorkShown::printed;
  if (e.reason == Undefined::too_few) return WorkShown::too_few;
  return e.reason == Undefined::complementary ? WorkShown::for_others : WorkShown::absent;
}

Object dot(const char* role, const Quantity& value) { return {{"role", role}, {"value", value}}; }
Object key(const std::string& role, const std::string& label) { return {{"role", role}, {"label", label}}; }

/// Some figure is defined among the years, or among the waves.
bool any_defined(const EntityView& view, std::size_t series, bool waves) {
  const Figures& f = view.b.figures();
  for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
    if (f.frame.periods[p].is_wave == waves && f.at(series, view.entity, p).defined()) return true;
  }
  return false;
}

List series_rows(const EntityView& view, const std::function<bool(std::size_t)>& wanted) {
  const Briefing& b = view.b;
  const std::size_t entity = view.entity;
  List rows;
  const Figures& f = b.figures();
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    if (!listed(b, s) || !wanted(s)) continue;
    rows.push_back(series_row(b, s, entity, slice_name(b, f.series[s].series)));
  }
  sort_by_slice(rows);
  return rows;
}

SchoolId school_of(const EntityView& view) {
  return static_cast<SchoolId>(view.entity - view.b.frame().first_school());
}

/// What a school is read beside: similar schools, or without a figure of theirs the other schools of the region.
Quantity beside(const EntityView& view, std::size_t series) {
  const Quantity theirs = view.alike(series);
  return theirs.estimate.defined() ? theirs : other_schools(view.b, series, school_of(view));
}

std::string school_position(const EntityView& view, std::size_t series) {
  const char* key = view.alike(series).estimate.defined() ? "similar" : "region";
  return position_sentence(view.b, series, view.own(series), beside(view, series), view.gap(series), key);
}

/// Why not one headline can be compared: none may be published, or there is nothing to publish.
std::string nothing_compared(const EntityView& view, const Tallied& tallied) {
  if (tallied.few > 0) return view.b.texts.get("position.few_schools");
  const bool hidden = std::any_of(view.b.headlines.begin(), view.b.headlines.end(), [&](std::size_t s) {
    return view.last() != nullptr && hides_n(view.own(s).estimate.reason);
  });
  return view.b.texts.get(hidden ? "position.hidden" : "undefined.no_data");
}

Object works_table(const Briefing& b, const std::vector<std::size_t>& indicators, List rows) {
  List heads;
  std::string names;
  for (const std::size_t i : indicators) {
    const std::string label = short_with_unit(b, b.figures().indicators[i]);
    names += (names.empty() ? "" : "; ") + label;
    heads.push_back(Object{{"label", label}, {"index", static_cast<int>(heads.size())}});
  }
  return {{"name", std::move(names)},
          {"single", indicators.size() == 1},
          {"indicators", std::move(heads)},
          {"rows", std::move(rows)}};
}

}  // namespace

Quantity pooled(const Briefing& b, std::size_t series, const std::vector<SchoolId>& schools, const Period& period,
                Owner owner) {
  const Figures& f = b.figures();
  const auto of = [&](const std::vector<SchoolId>& some) {
    return printed(f, f.series[series], b.data.vocabulary.years, some, period);
  };
  Estimate e = of(schools);
  if (e.reason == Undefined::complementary) {  // the schools that are hidden themselves are left out
    std::vector<SchoolId> shown;
    std::copy_if(schools.begin(), schools.end(), std::back_inserter(shown),
                 [&](SchoolId s) { return !hides_n(of({s}).reason); });
    e = of(shown);
  }
  return level(f.indicator_of(series), e, owner);
}

const Period* EntityView::last() const { return b.frame().periods.empty() ? nullptr : &b.frame().periods.back(); }

Quantity EntityView::own(std::size_t series) const { return figure(b, series, entity, b.frame().periods.size() - 1); }
Quantity EntityView::region(std::size_t series) const {
  return figure(b, series, kRegion, b.frame().periods.size() - 1);
}
Quantity EntityView::alike(std::size_t series) const {
  return pooled(b, series, similar, *last(), owner_of(entity) | kCompanion);
}

Object EntityView::headline(std::size_t h) const {
  const std::size_t s = b.headlines[h];
  Object out = {{"h", static_cast<int>(h)},
                {"name", series_name(b, s)},
                {"short", series_short_name(b, s)},
                {"measure", with_unit(series_short_name(b, s), b.format.unit(unit_of(b.figures().indicator_of(s))))},
                {"unit", b.format.unit(unit_of(b.figures().indicator_of(s)))}};
  for (auto& part : figures_of(b, s, entity)) out.push_back(std::move(part));
  out.emplace_back("sentence", Value::told_of(owner_of(entity), change_sentence(b, s, entity)));
  if (last() == nullptr) return out;
  out.emplace_back("own", own(s));
  out.emplace_back("region", region(s));
  out.emplace_back("similar", alike(s));
  std::string position = role == "municipality" ? gap_sentence(b, s, entity, gap(s)) : school_position(*this, s);
  out.emplace_back("position", Value::told_of(owner_of(entity), std::move(position)));
  const Verdict verdict = standing(s);
  out.emplace_back("stands_out", verdict == Verdict::up || verdict == Verdict::down);
  return out;
}

Estimate EntityView::gap(std::size_t series) const {
  return role == "municipality" ? municipality_gap(b, series, entity)
                                : school_gap(b, series, school_of(*this), beside(*this, series));
}

Verdict EntityView::standing(std::size_t series) const { return verdict_of(gap(series)); }

std::string EntityView::yardstick() const {
  return role == "municipality" ? "others" : similar.empty() ? "region" : "similar";
}

std::string EntityView::not_standing_out() const {
  std::vector<std::string> unproven, few, undefined;
  for (const std::size_t s : b.headlines) {
    if (!takes_part(s)) continue;
    const Verdict verdict = standing(s);
    if (verdict == Verdict::up || verdict == Verdict::down) continue;
    auto& names = verdict == Verdict::undefined ? undefined : verdict == Verdict::few ? few : unproven;
    names.push_back(in_sentence(series_name(b, s)));
  }
  std::string text;
  const auto tell = [&](const std::string& key, const std::vector<std::string>& names) {
    if (names.empty()) return;
    const Args args = {{"names", joined(names, "; ")}, {"n", static_cast<std::int64_t>(names.size())}};
    text += (text.empty() ? "" : " ") + b.texts.get("rest." + key, args);
  };
  tell(yardstick(), unproven);
  tell("few", few);
  tell("undefined", undefined);
  return text;
}

List EntityView::headlines() const {
  List out;
  for (std::size_t h = 0; h < b.headlines.size(); ++h) {
    if (takes_part(b.headlines[h])) out.push_back(headline(h));
  }
  return out;
}

bool EntityView::takes_part(std::size_t series) const {
  const Figures& f = b.figures();
  for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
    if (f.at(series, entity, p).reason != Undefined::no_data) return true;
  }
  return false;
}

std::string EntityView::counts_note() const {
  std::string counts;
  std::multiset<std::int64_t> sizes;
  std::map<std::string, std::string> gaps;  // By reason, the figures that have no dot.
  for (const std::size_t s : b.headlines) {
    if (!takes_part(s)) continue;
    const Estimate e = own(s).estimate;
    if (e.defined()) sizes.insert(e.n);
    const std::string name = series_short_name(b, s);
    std::string& names = e.defined() ? counts : gaps[b.texts.get("undefined." + std::string(undefined_name(e.reason)))];
    names +=
        (names.empty() ? "" : "; ") + (e.defined() ? b.texts.get("position.n_of", {{"name", name}, {"n", e.n}}) : name);
  }
  const bool has_table = role != "school";  // of these figures with their n
  std::string text = counts.empty() || has_table ? ""
                     : is_one_number(sizes)      ? b.texts.get("position.n_of_all", {{"n", *sizes.begin()}})
                                                 : b.texts.get("position.n", {{"names", counts}});
  for (const auto& [reason, names] : gaps)
    text += (text.empty() ? "" : " ") + b.texts.get("position.gaps", {{"names", names}, {"reason", reason}});
  return text;
}

std::string EntityView::absent() const {
  std::string names;
  for (const std::size_t s : b.headlines) {
    if (!takes_part(s)) names += (names.empty() ? "" : "; ") + in_sentence(series_name(b, s));
  }
  return names.empty() ? names : b.texts.get("series.absent", {{"names", names}});
}

Object EntityView::position() const {
  List rows;
  Tallied tallied;
  for (const std::size_t s : b.headlines) {
    if (last() == nullptr) break;
    if (!takes_part(s)) continue;
    tallied.add(standing(s));
    List dots;
    if (!similar.empty()) dots.push_back(dot("similar", alike(s)));
    dots.push_back(dot("region", region(s)));
    dots.push_back(dot(role.c_str(), own(s)));
    rows.push_back(Object{{"label", series_short_name(b, s)}, {"note", ""}, {"dots", std::move(dots)}});
  }
  const Value title = Value::told_of(owner_of(entity), tally_title(b, tallied, yardstick()));
  const Value rest = Value::told_of(owner_of(entity), last() == nullptr ? "" : not_standing_out());
  if (tallied.defined() == 0)
    return {{"title", title},
            {"rest", rest},
            {"many", false},
            {"has_chart", false},
            {"note", Value::told_of(owner_of(entity), std::string())},
            {"chart", Object{{"missing", nothing_compared(*this, tallied)}}}};
  List legend = {key(role, own_label)};
  if (!similar.empty()) legend.push_back(key("similar", b.texts.get("label.similar")));
  legend.push_back(key("region", b.texts.get("label.region")));
  return {
      {"title", title},
      {"rest", rest},
      {"many", tallied.above + tallied.below > kFewSentences},
      {"has_chart", true},
      {"note", Value::told_of(owner_of(entity), counts_note())},
      {"chart",
       Object{{"legend", std::move(legend)}, {"rows", std::move(rows)}, {"zero_line", false}, {"own_scale", true}}}};
}

Object EntityView::dynamics() const {
  List panels;
  Tallied changes;
  std::vector<DrawnLine> lines;
  for (const std::size_t s : b.headlines) {
    if (!takes_part(s)) continue;
    lines.push_back({series_short_name(b, s), s, entity});
    Value chart = dynamics_chart(b, s, {{own_label, role, entity}, {b.texts.get("label.region"), "region", kRegion}});
    if (chart.find("missing") != nullptr || !any_defined(*this, s, false)) continue;
    const std::string unit = b.format.unit(unit_of(b.figures().indicator_of(s)));
    const std::string name = series_short_name(b, s);
    Object panel = {{"title", with_unit(name, unit)}};
    for (auto& part : std::get<Object>(chart.is)) panel.push_back(std::move(part));
    panels.push_back(std::move(panel));
    const auto& change = b.figures().series[s].change;
    changes.add(change.empty() ? Verdict::undefined : verdict_of(change[entity]), may_be_chance(b, s, entity));
  }
  const bool any = !panels.empty();
  return {{"has_any", any},
          {"title", Value::told_of(owner_of(entity), any ? tally_title(b, changes, "changes") : std::string())},
          {"note", Value::told_of(owner_of(entity), missing_points(b, lines))},
          {"chart", Object{{"panels", std::move(panels)}, {"own_scale", true}}}};
}

List EntityView::context() const {
  List rows;
  const std::vector<int>& years = b.data.vocabulary.years;
  for (int field = 0; field < static_cast<int>(b.data.context.fields.size()); ++field) {
    const Quantity mine = context_level(b, field, b.frame().members[entity], years, owner_of(entity));
    if (!mine.estimate.defined()) continue;
    const std::string unit = b.format.unit(mine.unit);
    const std::string name = in_language(b.data.context.fields[static_cast<std::size_t>(field)].name, b.language());
    rows.push_back(Object{{"name", with_unit(name, unit)},
                          {"own", mine},
                          {"similar", context_level(b, field, similar, years, owner_of(entity) | kCompanion)},
                          {"region", context_level(b, field, b.frame().members[kRegion], years, owner_of(kRegion))}});
  }
  return rows;
}

std::string EntityView::hidden_series() const {
  const Figures& f = b.figures();
  std::int64_t hidden = 0, for_others = 0;
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    const auto any = [&](auto&& is) {
      for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
        if (is(f.at(s, entity, p))) return true;
      }
      return false;
    };
    const bool shown = any([](const Estimate& e) { return e.defined(); });
    if (!listed(b, s) || shown) continue;
    const bool few = any([](const Estimate& e) { return e.reason == Undefined::too_few; });
    hidden += few ? 1 : 0;
    for_others += !few && any([](const Estimate& e) { return e.reason == Undefined::complementary; }) ? 1 : 0;
  }
  std::string out = hidden == 0 ? std::string() : b.texts.get("series.hidden", {{"n", hidden}});
  if (for_others > 0) out += (out.empty() ? "" : " ") + b.texts.get("series.hidden_for_others", {{"n", for_others}});
  return out;
}

std::string EntityView::hidden_works() const {
  struct Work {
    bool is_total = false;  ///< Of all subjects.
    WorkShown shown = WorkShown::absent;
  };
  std::map<std::string, Work> works;  // By name: the most that one of its main figures shows.
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    if (last() == nullptr || !listed(b, s) || !is_main(b, s)) continue;
    const Series& series = b.figures().series[s].series;
    Work& work = works[slice_name(b, series)];
    work.is_total = !series.subject;
    work.shown = std::max(work.shown, shown_of(own(s).estimate));
  }
  const auto count = [&](WorkShown what) {
    return std::int64_t{std::count_if(works.begin(), works.end(), [&](const auto& work) {
      return !work.second.is_total && work.second.shown == what;
    })};
  };
  std::string totals;
  for (const auto& [name, work] : works) {
    const bool hidden = work.shown == WorkShown::too_few || work.shown == WorkShown::for_others;
    if (work.is_total && hidden) totals += (totals.empty() ? "" : "; ") + name;
  }
  return b.texts.get("series.hidden_works", {{"few", count(WorkShown::too_few)},
                                             {"for_others", count(WorkShown::for_others)},
                                             {"years", last() == nullptr ? std::string() : years_text(last()->years)},
                                             {"any_total", totals.empty() ? "no" : "yes"},
                                             {"totals", totals}});
}

List EntityView::series() const {
  return series_rows(*this, [&](std::size_t s) { return any_defined(*this, s, false); });
}

List EntityView::main_works() const {
  const auto indicator_of = [&](std::size_t s) { return b.figures().series[s].series.indicator; };
  std::map<std::string, std::vector<std::size_t>> works;  // By name, with its series.
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    if (last() == nullptr || !listed(b, s) || !own(s).estimate.defined()) continue;
    if (is_main(b, s)) works[slice_name(b, b.figures().series[s].series)].push_back(s);
  }
  std::map<std::vector<std::size_t>, List> tables;  // By indicators, with a row a work.
  for (const auto& [name, series] : works) {
    std::vector<std::size_t> indicators;
    List figures;
    for (const std::size_t s : series) {
      indicators.push_back(indicator_of(s));
      figures.push_back(figures_of(b, s, entity));
    }
    tables[indicators].push_back(Object{{"name", name}, {"figures", std::move(figures)}});
  }
  List out;
  for (auto& [indicators, rows] : tables) out.push_back(works_table(b, indicators, std::move(rows)));
  return out;
}

}  // namespace kaskad::reports
