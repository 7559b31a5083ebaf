#include <algorithm>
#include <map>

#include "reports/content/chart_data.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/maturity_data.hpp"
#include "reports/content/missing_points.hpp"
#include "reports/content/monitoring_data.hpp"
#include "reports/content/partner_data.hpp"
#include "reports/content/process_data.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/ranks_data.hpp"
#include "reports/content/region_parts.hpp"
#include "reports/content/report_data.hpp"
#include "reports/content/sentences.hpp"
#include "reports/content/works_parts.hpp"

namespace kaskad::reports {
namespace {

std::vector<ChartLine> group_lines(const Briefing& b) {
  std::vector<ChartLine> lines;
  for (const Role role : {Role::focus, Role::control}) {
    const std::string id(kRoleNames[static_cast<std::size_t>(role)]);
    if (const auto e = b.frame().find_entity(EntityKind::group, id)) lines.push_back({group_name(b, role), id, *e});
  }
  if (lines.empty()) lines.push_back({b.texts.get("label.region"), "region", kRegion});
  return lines;
}

std::vector<DrawnLine> drawn(std::size_t series, const std::vector<ChartLine>& lines) {
  std::vector<DrawnLine> out;
  for (const ChartLine& line : lines) out.push_back({line.label, series, line.entity});
  return out;
}

/// What the number of an indicator counts: participants, pupils on the roll, schools.
std::string counted_text(const Briefing& b, const Indicator& indicator) {
  static constexpr std::array<const char*, 6> keys = {"participants", "participants", "participants",
                                                      "enrolled",     "schools",      "schools"};
  return b.texts.get(std::string("counted.") + keys.at(static_cast<std::size_t>(indicator.kind)));
}

/// Changes of rates and of figures over schools are not estimated.
bool has_changes(const Indicator& indicator) {
  return indicator.kind == IndicatorKind::share || indicator.kind == IndicatorKind::mean;
}

/// One headline: names, the region's figures, its sentences and its chart.
Object headline(const Briefing& b, std::size_t h) {
  const std::size_t series = b.headlines[h];
  Object out = {
      {"h", static_cast<int>(h)},
      {"leading", h == 0},
      {"name", series_name(b, series)},
      {"short", series_short_name(b, series)},
      {"measure", with_unit(series_short_name(b, series), b.format.unit(unit_of(b.figures().indicator_of(series))))},
      {"slice", slice_name(b, b.figures().series[series].series)},
      {"unit", b.format.unit(unit_of(b.figures().indicator_of(series)))},
      {"decimals", b.figures().indicator_of(series).decimals},
      {"has_change", has_changes(b.figures().indicator_of(series))},
      {"counted", counted_text(b, b.figures().indicator_of(series))},
      {"sentence", change_sentence(b, series, kRegion)},
      {"chart", dynamics_chart(b, series, group_lines(b))},
      {"chart_note", Value::told_of(owner_of(kRegion), missing_points(b, drawn(series, group_lines(b))))},
      {"region_chart", dynamics_chart(b, series, {{b.texts.get("label.region"), "region", kRegion}})},
      {"region_chart_note",
       Value::told_of(owner_of(kRegion), missing_points(b, {{b.texts.get("label.region"), series, kRegion}}))}};
  for (auto& part : figures_of(b, series, kRegion)) out.push_back(std::move(part));
  List waves;
  for (const Period& p : b.frame().periods) {
    if (p.is_wave) waves.push_back(Object{{"wave", short_wave_name(b, p)}, {"index", static_cast<int>(waves.size())}});
  }
  out.emplace_back("wave_list", std::move(waves));
  const SeriesComparison* c = comparison_of(b, series);
  const bool compared = c != nullptr && main_change(b, *c) != nullptr && main_change(b, *c)->effect.defined();
  out.emplace_back("title", compared ? effect_title(b, *c) : change_title(b, series, kRegion));
  out.emplace_back("region_title", change_title(b, series, kRegion));
  out.emplace_back("effect_sentence", c == nullptr ? std::string() : effect_sentence(b, *c));
  out.emplace_back("comparison_sentence", c == nullptr ? std::string() : comparison_sentence(b, *c));
  return out;
}

List headline_figures(const Briefing& b, std::size_t entity) {
  List out;
  for (const std::size_t series : b.headlines) out.push_back(figures_of(b, series, entity));
  return out;
}

List entity_rows(const Briefing& b, EntityKind kind) {
  List rows;
  const auto& entities = b.frame().entities;
  const auto all = static_cast<std::int64_t>(b.frame().members[kRegion].size());
  for (std::size_t e = 0; e < entities.size(); ++e) {
    if (entities[e].kind != kind) continue;
    rows.push_back(Object{{"id", entities[e].id},
                          {"name", entity_name(b, entities[e])},
                          {"schools", static_cast<std::int64_t>(b.frame().members[e].size())},
                          {"share", share_of(static_cast<std::int64_t>(b.frame().members[e].size()), all, owner_of(e))},
                          {"figures", headline_figures(b, e)}});
  }
  return rows;
}

/// One row an entity and headline, for sheets that are filtered rather than read across.
List figure_rows(const Briefing& b, EntityKind kind) {
  List rows;
  const auto& entities = b.frame().entities;
  for (std::size_t e = 0; e < entities.size(); ++e) {
    for (std::size_t h = 0; entities[e].kind == kind && h < b.headlines.size(); ++h) {
      const std::size_t series = b.headlines[h];
      Object row = {{"id", entities[e].id},
                    {"name", entity_name(b, entities[e])},
                    {"schools", static_cast<std::int64_t>(b.frame().members[e].size())},
                    {"figure", series_name(b, series)},
                    {"unit", b.format.unit(unit_of(b.figures().indicator_of(series)))}};
      for (auto& part : figures_of(b, series, e)) row.push_back(std::move(part));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::string period_label(const Briefing& b, const std::string& id) {
  const auto p = b.frame().find_period(id);
  if (!p) return id;
  return b.frame().periods[*p].is_wave ? short_wave_name(b, b.frame().periods[*p]) : id;
}

Object comparison_row(const Briefing& b, const SeriesComparison& c, const PeriodComparison& p) {
  const Indicator& indicator = b.figures().indicator_of(c.series);
  return {{"series", series_name(b, c.series)},
          {"measure", series_with_unit(b, c.series)},
          {"period", period_label(b, p.period)},
          {"focus", level(indicator, p.focus, owner_of_group(b, Role::focus))},
          {"control", level(indicator, p.control, owner_of_group(b, Role::control))},
          {"focus_schools", p.focus_schools},
          {"control_schools", p.control_schools},
          {"difference", difference(indicator, p.difference, owner_of_group(b, Role::focus))},
          {"g", effect_size(p.g, owner_of_group(b, Role::focus))}};
}

Object change_row(const Briefing& b, const SeriesComparison& c, const ChangeComparison& change) {
  const Indicator& indicator = b.figures().indicator_of(c.series);
  const Owner focus = owner_of_group(b, Role::focus);
  const Quantity effect = difference(indicator, change.effect, focus);
  const Estimate p = change.effect.rests_on_few() ? undefined(Undefined::too_few_clusters, change.effect.n)
                                                  : exactly(change.effect.p, change.effect.n);
  return {{"series", series_name(b, c.series)},
          {"measure", series_with_change_unit(b, c.series)},
          {"change", period_label(b, change.from) + " → " + period_label(b, change.to)},
          {"focus", difference(indicator, change.focus_change, focus)},
          {"control", difference(indicator, change.control_change, owner_of_group(b, Role::control))},
          {"effect", effect},
          {"schools", change.effect.clusters},
          {"p", Quantity{p, Unit::probability, 3, false, focus}},
          {"df", Quantity{exactly(change.effect.df, change.effect.n), Unit::none, 1, false, focus}},
          {"verdict", b.texts.get("verdict." + verdict_name(verdict_of(change.effect)))}};
}

/// Quantities whose value is NaN must be undefined, not printed.
void hide_undefined(Object& row) {
  for (auto& [name, value] : row) {
    auto* q = std::get_if<Quantity>(&value.is);
    if (q != nullptr && !(q->estimate.value == q->estimate.value)) q->estimate = undefined(Undefined::no_data);
  }
}

Object comparison_data(const Briefing& b) {
  List waves, years, changes;
  std::vector<std::pair<std::string, Quantity>> effects;
  for (const std::size_t series : b.headlines) {
    const SeriesComparison* c = comparison_of(b, series);
    if (c == nullptr) continue;
    for (std::size_t p = 0; p < c->periods.size(); ++p) {
      (b.frame().periods[p].is_wave ? waves : years).push_back(comparison_row(b, *c, c->periods[p]));
    }
    for (const ChangeComparison& change : c->changes) {
      Object row = change_row(b, *c, change);
      hide_undefined(row);
      changes.push_back(std::move(row));
      const bool main = b.frame().is_whole_course(change.from, change.to);
      if (main)
        effects.emplace_back(series_short_name(b, series), difference(b.figures().indicator_of(series), change.effect,
                                                                      owner_of_group(b, Role::focus)));
    }
  }
  Tallied tallied;
  for (const auto& [name, effect] : effects) tallied.add(verdict_of(effect.estimate));
  List all = years;
  all.insert(all.end(), waves.begin(), waves.end());
  return {{"waves", std::move(waves)},
          {"all", std::move(all)},
          {"changes", std::move(changes)},
          {"title", tally_title(b, tallied, "effects")},
          {"chart", differences_chart(b, effects)}};
}

/// Every comparison of every series, for the workbook.
List all_comparisons(const Briefing& b) {
  List rows;
  for (const SeriesComparison& c : b.judgements.comparisons) {
    const Series& s = b.figures().series[c.series].series;
    for (const ChangeComparison& change : c.changes) {
      Object row = change_row(b, c, change);
      hide_undefined(row);
      row.emplace_back("indicator", in_language(b.figures().indicator_of(c.series).name, b.language()));
      row.emplace_back("slice", slice_name(b, s));
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

/// All series of the region, grouped by procedure, subject and grade.
List series_rows(const Briefing& b) {
  List rows;
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    rows.push_back(series_row(b, s, kRegion, slice_name(b, b.figures().series[s].series)));
  }
  sort_by_slice(rows);
  return rows;
}

/// One chart of marks for each procedure, subject and grade that has any.
List marks_data(const Briefing& b) {
  List out;
  std::map<std::string, bool> seen;
  for (const SeriesFigures& f : b.figures().series) {
    const bool first = f.series.subject && seen.emplace(slice_name(b, f.series), true).second;
    if (!first || !b.data.vocabulary.procedures[f.series.procedure].statuses.empty()) continue;
    Value chart = marks_chart(b, f.series, kRegion);
    if (chart.truthy()) out.push_back(Object{{"name", slice_name(b, f.series)}, {"chart", std::move(chart)}});
  }
  return out;
}

/// Context of the groups at entry: are focus and control alike?
List context_rows(const Briefing& b) {
  List rows;
  const auto entry = b.frame().find_wave(WaveRole::entry);
  const std::vector<int>& years = entry ? b.frame().periods[*entry].years : b.data.vocabulary.years;
  for (int field = 0; field < static_cast<int>(b.data.context.fields.size()); ++field) {
    const Quantity region = context_level(b, field, b.frame().members[kRegion], years, owner_of(kRegion));
    if (!region.estimate.defined()) continue;
    const std::string name = in_language(b.data.context.fields[static_cast<std::size_t>(field)].name, b.language());
    Object row = {{"name", with_unit(name, b.format.unit(region.unit))}, {"region", region}};
    for (const auto role : kRoleNames) {
      const auto e = b.frame().find_entity(EntityKind::group, role);
      row.emplace_back(std::string(role),
                       e ? Value(context_level(b, field, b.frame().members[*e], years, owner_of(*e))) : Value());
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

List summary(const Briefing& b) {
  List out;
  for (std::size_t h = 0; h < b.headlines.size() && h < 3; ++h) {
    const std::string text = change_sentence(b, b.headlines[h], kRegion);
    if (!text.empty()) out.push_back(text);
  }
  if (b.headlines.empty()) return out;
  if (const SeriesComparison* c = comparison_of(b, b.headlines.front())) {
    for (const std::string& text : {comparison_sentence(b, *c), effect_sentence(b, *c)}) {
      if (!text.empty()) out.push_back(text);
    }
  }
  return out;
}

/// One pupil in one procedure, subject, grade and year is one result, whatever outcomes it has.
std::int64_t counted_results(const Cube& cube) {
  std::int64_t results = 0;
  for (std::size_t c = 0; c < cube.size(); ++c) {
    std::int64_t most = 0;
    for (int o = 0; o < kOutcomes; ++o) most = std::max(most, cube.cell(c).tally(static_cast<Outcome>(o)).n());
    results += most;
  }
  return results;
}

Object counts(const Briefing& b) {
  const auto group = [&](Role role) {
    const auto e = b.frame().find_entity(EntityKind::group, kRoleNames[static_cast<std::size_t>(role)]);
    return e ? static_cast<std::int64_t>(b.frame().members[*e].size()) : 0;
  };
  const std::int64_t results = counted_results(b.data.cube);
  const auto schools = static_cast<std::int64_t>(b.data.registry.schools.size());
  const auto municipalities = static_cast<std::int64_t>(b.data.registry.municipalities.size());
  return {{"schools", schools},
          {"schools_text", b.texts.get("count.schools", {{"n", schools}})},
          {"municipalities", municipalities},
          {"municipalities_text", b.texts.get("count.municipalities", {{"n", municipalities}})},
          {"results", results},
          {"results_text", b.texts.get("count.results", {{"n", results}})},
          {"focus", group(Role::focus)},
          {"control", group(Role::control)},
          {"programmes", static_cast<std::int64_t>(b.data.programmes.size())}};
}

/// Measures are for the school year after the last one of the project, «2026/27».
std::string plan_term(const Briefing& b) {
  const int last = b.data.vocabulary.years.back();
  const std::string next = std::to_string((last + 1) % 100);
  return b.texts.get("plan.term", {{"from", std::to_string(last)}, {"to", next.size() < 2 ? "0" + next : next}});
}

/// Schools of the report's appendix: all, or of a large region those with a role, as the rest are in the workbook.
void add_listed_schools(const Briefing& b, Object& root) {
  constexpr std::size_t kMostListed = 200;
  const std::vector<SchoolId>& all = b.frame().members[kRegion];
  std::vector<SchoolId> listed;
  for (const SchoolId school : all) {
    const bool has_role = std::any_of(b.data.memberships.begin(), b.data.memberships.end(),
                                      [&](const Membership& m) { return m.school == school; });
    if (all.size() <= kMostListed || has_role) listed.push_back(school);
  }
  const auto others = static_cast<std::int64_t>(all.size() - listed.size());
  root.emplace_back("listed_schools_text",
                    others == 0
                        ? std::string()
                        : b.texts.get("count.other_schools", {{"n", others},
                                                              {"listed", static_cast<std::int64_t>(listed.size())},
                                                              {"workbook", b.beside.workbook ? "yes" : "no"}}));
  add_list(root, "listed_schools", school_rows(b, listed));
}

}  // namespace

Value region_data(const Briefing& b) {
  Object root;
  add_identity(b, root);
  add_companions(b, b.beside.workbook, root);
  List headlines;
  for (std::size_t h = 0; h < b.headlines.size(); ++h) headlines.push_back(headline(b, h));
  root.emplace_back("counts", counts(b));
  root.emplace_back("summary", summary(b));
  root.emplace_back("lead", headlines.empty() ? Value() : headlines.front());
  root.emplace_back("headlines", std::move(headlines));
  List groups = entity_rows(b, EntityKind::group);
  root.emplace_back("has_groups", !groups.empty());
  root.emplace_back("has_municipalities", b.data.registry.municipalities.size() > 1);
  List group_figures = figure_rows(b, EntityKind::group);
  for (Value& row : figure_rows(b, EntityKind::region)) group_figures.push_back(std::move(row));
  root.emplace_back("group_figures", std::move(group_figures));
  root.emplace_back("municipality_figures", figure_rows(b, EntityKind::municipality));
  root.emplace_back("school_figures", figure_rows(b, EntityKind::school));
  root.emplace_back("group_rows", groups.empty() ? entity_rows(b, EntityKind::region) : groups);
  root.emplace_back("groups", std::move(groups));
  root.emplace_back("region_row", entity_rows(b, EntityKind::region).front());
  root.emplace_back("municipalities", entity_rows(b, EntityKind::municipality));
  root.emplace_back("schools", school_rows(b, b.frame().members[kRegion]));
  add_listed_schools(b, root);
  root.emplace_back("has_comparison", !b.judgements.comparisons.empty());
  root.emplace_back("comparison", comparison_data(b));
  root.emplace_back("all_comparisons", all_comparisons(b));
  add_list(root, "context", context_rows(b));
  add_list(root, "marks", marks_data(b));
  root.emplace_back("series", series_rows(b));
  root.emplace_back("profile", profile_data(b));
  root.emplace_back("procedures", subjects_data(b));
  root.emplace_back("equality", equality_data(b));
  root.emplace_back("municipality_charts", municipality_charts(b));
  root.emplace_back("findings", findings_data(b, kRegion));
  add_list(root, "recommendations", recommendations(b));
  root.emplace_back("plan_term", plan_term(b));
  root.emplace_back("journal", journal_data(b, kRegion));
  root.emplace_back("marking", null_without_any(region_marking(b)));
  add_list(root, "tasks", tasks_data(b, kRegion));
  root.emplace_back("deficit_rule", deficit_rule(b));
  add_list(root, "lists", list_data(b));
  root.emplace_back("identification", identification_data(b));
  root.emplace_back("resilience", null_without_any(region_resilience(b)));
  root.emplace_back("wave_trends", null_without_any(region_waves(b)));
  root.emplace_back("targets", null_without_any(region_targets(b)));
  root.emplace_back("registry", null_without_any(region_registry(b)));
  root.emplace_back("support_outcome", null_without_any(outcome_data(b)));
  add_list(root, "funnels", funnels_data(b));
  root.emplace_back("funnels_rule", funnels_rule(b));
  root.emplace_back("ranks", null_without_any(region_ranks(b)));
  root.emplace_back("clusters", null_without_any(region_clusters(b)));
  root.emplace_back("proposals", null_without_any(proposals_data(b)));
  root.emplace_back("partners", null_without_any(region_partners(b)));
  add_list(root, "processes", region_processes(b));
  add_list(root, "courses", region_courses(b));
  root.emplace_back("cascade", region_cascade(b));
  root.emplace_back("road_map", region_road_map(b));
  root.emplace_back("support", region_support(b));
  root.emplace_back("portrait", portrait_data(b));
  root.emplace_back("effect", effect_data(b));
  root.emplace_back("quality", quality_data(b));
  root.emplace_back("cards", brief_cards(b));
  root.emplace_back("has_maturity", !b.judgements.maturity.empty());
  root.emplace_back("maturity", region_maturity(b));
  root.emplace_back("ledger", ledger_data(b));
  root.emplace_back("method", method_data(b));
  return root;
}

}  // namespace kaskad::reports
