// The road map as trees: plan and fact of measures, what is overdue, shares done.
#include <algorithm>

#include "reports/content/labels.hpp"
#include "reports/content/programme_parts.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const PlannedMeasure& measure_of(const Briefing& b, const JudgedMeasure& m) {
  return b.data.programme_data.measures[m.measure];
}

std::string stage_text(const Briefing& b, const JudgedMeasure& m) {
  return m.stage ? stage_name(b, *m.stage) : measure_of(b, m).stage;
}

std::string label_of(const Briefing& b, const JudgedMeasure& m) {
  const PlannedMeasure& row = measure_of(b, m);
  return row.id.empty() ? row.name : row.id + " " + row.name;
}

std::string state_text(const Briefing& b, const JudgedMeasure& m) {
  return b.texts.get("road_map.state." + std::string(kMeasureStateNames[static_cast<std::size_t>(m.state)]),
                     {{"n", m.days}});
}

Object measure_row(const Briefing& b, const JudgedMeasure& m) {
  const PlannedMeasure& row = measure_of(b, m);
  return {{"id", row.id},
          {"stage", stage_text(b, m)},
          {"measure", row.name},
          {"performer", row.performer},
          {"owner", row_owner_name(b, row.owner)},
          {"municipality", m.municipality},
          {"start", short_date(b, m.start)},
          {"finish", short_date(b, m.finish)},
          {"done", short_date(b, row.done)},
          {"state", state_text(b, m)},
          {"days", m.days},
          {"result", row.result},
          {"document", row.document}};
}

Object count_row(std::string name, const MeasureCount& c, Owner owner) {
  Object row = {
      {"name", std::move(name)}, {"n", c.n()}, {"done", c.done()}, {"share", share_of(c.done(), c.n(), owner)}};
  for (std::size_t s = 0; s < kMeasureStateNames.size(); ++s)
    row.emplace_back("n_" + std::string(kMeasureStateNames[s]), c.by_state[s]);
  return row;
}

/// Does any measure name its stage?
bool has_stages(const RoadMap& map) {
  return std::any_of(map.by_stage.begin(), map.by_stage.end(),
                     [](const MeasureCount& c) { return c.stage || !c.name.empty(); });
}

/// Of some measures; those without a stage have one name among staged ones and another where there are no stages.
std::string name_of(const Briefing& b, const RoadMap& map, const MeasureCount& c) {
  if (c.stage) return stage_name(b, *c.stage);
  return c.name.empty() ? b.texts.get(has_stages(map) ? "road_map.no_stage" : "road_map.all_measures") : c.name;
}

/// «09.01.2024–29.02.2024» of a stage, by the rubric or the project's terms.
std::string term_of(const Briefing& b, const MeasureCount& c) {
  if (!c.stage) return {};
  const CascadeStage& s = b.judgements.cascade_rubric.stages[*c.stage];
  return s.from.empty() || s.to.empty()
             ? std::string()
             : b.texts.get("road_map.term", {{"from", short_date(b, s.from)}, {"to", short_date(b, s.to)}});
}

List stage_rows(const Briefing& b, const RoadMap& map, Owner owner) {
  List rows;
  for (const MeasureCount& c : map.by_stage) {
    Object row = count_row(name_of(b, map, c), c, owner);
    row.emplace_back("term", term_of(b, c));
    rows.push_back(std::move(row));
  }
  return rows;
}

bool any_term(const List& stages) {
  return std::any_of(stages.begin(), stages.end(), [](const Value& row) { return !row.find("term")->text()->empty(); });
}

/// The plan in full, stage by stage; more measures than a few pages hold are in the workbook alone.
List plan_rows(const Briefing& b, const RoadMap& map) {
  constexpr std::size_t kMostRows = 60;
  List rows;
  if (map.measures.size() > kMostRows) return rows;
  for (const MeasureCount& c : map.by_stage) {
    for (const JudgedMeasure& m : map.measures) {
      const bool of_it = c.stage ? m.stage == c.stage : !m.stage && measure_of(b, m).stage == c.name;
      if (!of_it) continue;
      Object row = measure_row(b, m);
      row.emplace_back("group", has_stages(map) ? name_of(b, map, c) : std::string());
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

List performer_rows(const RoadMap& map, Owner owner) {
  List rows;
  for (const MeasureCount& c : map.by_performer) rows.push_back(count_row(c.name, c, owner));
  return rows;
}

List municipality_rows(const Briefing& b, const RoadMap& map) {
  List rows;
  for (const MeasureCount& c : map.by_municipality) {
    const RowOwner owner{c.name.empty() ? OwnerLevel::region : OwnerLevel::municipality, c.name, std::nullopt};
    rows.push_back(count_row(row_owner_name(b, owner), c, row_owner(b, owner)));
  }
  return rows;
}

/// Longest overdue first; of equals as in the files.
List overdue_rows(const Briefing& b, const RoadMap& map) {
  std::vector<const JudgedMeasure*> overdue;
  for (const JudgedMeasure& m : map.measures) {
    if (m.state == MeasureState::overdue) overdue.push_back(&m);
  }
  std::stable_sort(overdue.begin(), overdue.end(),
                   [](const auto* one, const auto* two) { return one->days > two->days; });
  List rows;
  for (const JudgedMeasure* m : overdue) rows.push_back(measure_row(b, *m));
  return rows;
}

List all_rows(const Briefing& b, const RoadMap& map) {
  List rows;
  for (const JudgedMeasure& m : map.measures) rows.push_back(measure_row(b, m));
  return rows;
}

/// Done: from the planned start, or from the day itself where that is earlier or unknown, up to the day.
Object measure_bar(const Briefing& b, const JudgedMeasure& m) {
  const std::string done = is_done(m.state) ? measure_of(b, m).done : std::string();
  const std::string from = done.empty() ? done : m.start.empty() ? done : std::min(m.start, done);
  const std::string start = m.start.empty() ? m.finish : m.start;
  return gantt_row(label_of(b, m), measure_of(b, m).performer, start, m.finish, from, done);
}

/// The measures of a stage together: how many, how many done, the first and the last day of those.
struct StageDone {
  std::string first, last;
  std::int64_t n = 0, done = 0;
  bool whole() const { return n > 0 && done == n; }
};

StageDone done_of(const Briefing& b, const RoadMap& map, std::size_t stage) {
  StageDone out;
  for (const JudgedMeasure& m : map.measures) {
    if (m.stage != stage) continue;
    ++out.n;
    if (!is_done(m.state)) continue;
    ++out.done;
    const std::string& day = measure_of(b, m).done;
    out.first = out.first.empty() ? day : std::min(out.first, day);
    out.last = std::max(out.last, day);
  }
  return out;
}

/// Plan of a stage by the rubric or the project's terms; fact from the first measure done to the last, when all are.
Object stage_bar(const Briefing& b, const RoadMap& map, std::size_t stage, std::string label) {
  const CascadeStage& s = b.judgements.cascade_rubric.stages[stage];
  const StageDone done = done_of(b, map, stage);
  const std::string note =
      done.n == 0 ? std::string() : b.texts.get("road_map.band_note", {{"done", done.done}, {"n", done.n}});
  return gantt_row(std::move(label), note, s.from, s.to, done.first, done.whole() ? done.last : std::string());
}

bool is_drawn(const JudgedMeasure& m) { return !m.finish.empty() || is_done(m.state); }

/// Measures of one stage, a chart for every so many of them.
void add_charts(const Briefing& b, const RoadMap& map, const std::string& name, std::optional<std::size_t> stage,
                const std::vector<const JudgedMeasure*>& measures, List& charts) {
  constexpr std::size_t kMostRows = 22;
  for (std::size_t at = 0; at < measures.size(); at += kMostRows) {
    List rows;
    if (stage && !b.judgements.cascade_rubric.stages[*stage].to.empty() && at == 0)
      rows.push_back(stage_bar(b, map, *stage, b.texts.get("road_map.stage_term")));
    for (std::size_t i = at; i < std::min(measures.size(), at + kMostRows); ++i)
      rows.push_back(measure_bar(b, *measures[i]));
    const auto overdue = std::count_if(measures.begin(), measures.end(),
                                       [](const auto* m) { return m->state == MeasureState::overdue; });
    charts.push_back(Object{
        {"title", b.texts.get("road_map.chart_title", {{"n", static_cast<std::int64_t>(overdue)}, {"stage", name}})},
        {"name", name},
        {"chart", gantt_chart(b, std::move(rows))}});
  }
}

/// Those drawn, by stage: the rubric's stages first, then the others as they come.
List charts_of(const Briefing& b, const RoadMap& map) {
  List charts;
  for (const MeasureCount& c : map.by_stage) {
    std::vector<const JudgedMeasure*> own;
    for (const JudgedMeasure& m : map.measures) {
      const bool of_it = c.stage ? m.stage == c.stage : !m.stage && measure_of(b, m).stage == c.name;
      if (of_it && is_drawn(m)) own.push_back(&m);
    }
    add_charts(b, map, name_of(b, map, c), c.stage, own, charts);
  }
  return charts;
}

/// All stages as bands: the plan, and from the first measure done to the last, where all are done.
Value bands_chart(const Briefing& b, const RoadMap& map) {
  List rows;
  const CascadeRubric& rubric = b.judgements.cascade_rubric;
  for (std::size_t s = 0; s < rubric.stages.size(); ++s) {
    const bool any = !rubric.stages[s].to.empty() || done_of(b, map, s).n > 0;
    if (any) rows.push_back(stage_bar(b, map, s, stage_name(b, s)));
  }
  const bool any_term = std::any_of(rubric.stages.begin(), rubric.stages.end(),
                                    [](const CascadeStage& s) { return !s.from.empty() && !s.to.empty(); });
  return any_term ? Value(gantt_chart(b, std::move(rows))) : Value();
}

Args counts_args(const Briefing& b, const MeasureCount& c) {
  return {{"date", as_of_text(b)},
          {"n", c.n()},
          {"done", c.done()},
          {"share", b.format.with_unit(share_of(c.done(), c.n(), kNobody))},
          {"in_time", c.of(MeasureState::in_time)},
          {"late", c.of(MeasureState::late)},
          {"overdue", c.of(MeasureState::overdue)},
          {"running", c.of(MeasureState::running)},
          {"not_due", c.of(MeasureState::not_due)},
          {"no_term", c.of(MeasureState::no_term) + c.of(MeasureState::done)}};
}

/// `drawn`: the measures of the charts, which may be a part of all.
Value road_map_tree(const Briefing& b, const RoadMap& map, const RoadMap& drawn, Owner owner) {
  if (map.measures.empty()) return {};
  Object out = {{"text", Value::told_of(owner, b.texts.get("road_map.text", counts_args(b, map.all)))},
                {"note", b.texts.get("road_map.note")}};
  Value bands = bands_chart(b, drawn);
  out.emplace_back("has_bands", bands.truthy());
  out.emplace_back("bands", std::move(bands));
  add_list(out, "charts", charts_of(b, drawn));
  List stages = stage_rows(b, map, owner);
  out.emplace_back("has_terms", any_term(stages));
  out.emplace_back("has_stages", has_stages(map));
  out.emplace_back("stages", std::move(stages));
  add_list(out, "plan", plan_rows(b, drawn));
  add_list(out, "performers", performer_rows(map, owner));
  out.emplace_back("total", count_row(b.texts.get("road_map.total"), map.all, owner));
  add_list(out, "overdue", overdue_rows(b, map));
  out.emplace_back("all", all_rows(b, map));
  return out;
}

template <class Wanted>
RoadMap part_of(const Briefing& b, Wanted wanted) {
  std::vector<std::size_t> places;
  for (std::size_t m = 0; m < b.judgements.road_map.measures.size(); ++m) {
    if (wanted(b.judgements.road_map.measures[m])) places.push_back(m);
  }
  return road_map_of(b.judgements.road_map, b.data, b.judgements.cascade_rubric, places);
}

/// Charts of a whole region with all its schools would fill a book: those of the highest level that has measures.
RoadMap highest_of(const Briefing& b) {
  for (const OwnerLevel level : {OwnerLevel::region, OwnerLevel::municipality, OwnerLevel::school}) {
    RoadMap part = part_of(b, [&](const JudgedMeasure& m) { return measure_of(b, m).owner.level == level; });
    if (!part.measures.empty()) return part;
  }
  return {};
}

}  // namespace

Value region_road_map(const Briefing& b) {
  const RoadMap& map = b.judgements.road_map;
  Value tree = road_map_tree(b, map, highest_of(b), owner_of(kRegion));
  if (auto* out = std::get_if<Object>(&tree.is)) {
    const bool several = map.by_municipality.size() > 1;
    add_list(*out, "municipalities", several ? municipality_rows(b, map) : List{});
  }
  return tree;
}

Value municipality_road_map(const Briefing& b, const std::string& municipality) {
  const RoadMap own = part_of(b, [&](const JudgedMeasure& m) { return m.municipality == municipality; });
  const RoadMap drawn = part_of(b, [&](const JudgedMeasure& m) {
    return m.municipality == municipality && measure_of(b, m).owner.level == OwnerLevel::municipality;
  });
  const RowOwner owner{OwnerLevel::municipality, municipality, std::nullopt};
  return road_map_tree(b, own, drawn.measures.empty() ? own : drawn, row_owner(b, owner));
}

Value school_road_map(const Briefing& b, SchoolId school) {
  const RoadMap own = part_of(b, [&](const JudgedMeasure& m) { return measure_of(b, m).owner.school == school; });
  return road_map_tree(b, own, own, owner_of_school(b, school));
}

}  // namespace kaskad::reports
