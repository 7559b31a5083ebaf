#include "indicators/stage_checks.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "indicators/calendar.hpp"
#include "indicators/cascade_parts.hpp"
#include "indicators/stage_checks_parts.hpp"

namespace kaskad {
namespace stage_checks {

Diagnostic warned(const Place& place, std::string code, Args args) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.place = place;
  d.message = {std::move(code), std::move(args)};
  return d;
}

bool is_future(const StageCheckInput& in, const std::string& date) { return is_day(date) && !has_come(date, in.as_of); }

void name_row(const Place& place, Args& args) {
  args.emplace_back("first_row", place.row);
  args.emplace_back("first_file", place.file);
}

void name_stage(const CascadeStage& stage, const std::string& key, Args& args) {
  for (const auto* language : {"ru", "en"})
    args.emplace_back(key + "_" + language, in_language(stage.name, language, stage.id));
}

namespace {

Diagnostic unknown_component(const StageCheckInput& in, const ComponentReport& r) {
  std::vector<std::string> known;
  for (const CascadeComponent& c : in.rubric.components) {
    known.push_back(c.id);
    known.push_back(c.number);
    for (const auto& [unused, name] : c.name) known.push_back(name);
  }
  return warned(r.place, "component-unknown",
                {{"component", r.component}, {"nearest", nearest(r.component, known).value_or("none")}});
}

Args component_args(const StageCheckInput& in, const ComponentReport& r, const cascade::PlacedReport& placed) {
  const CascadeComponent& c = in.rubric.components[*placed.component];
  return {{"component_ru", in_language(c.name, "ru", c.id)},
          {"component_en", in_language(c.name, "en", c.id)},
          {"level", std::string(kOwnerLevelNames[static_cast<std::size_t>(r.owner.level)])},
          {"group", r.group.empty() ? "none" : r.group}};
}

/// The report that completed a stage for a participant, or the last that keeps it from being complete.
const ComponentReport* telling_report(const StageCheckInput& in, const CascadeParticipant& p, std::size_t stage) {
  const ComponentReport* last = nullptr;
  for (const NeedStanding& n : p.needs) {
    if (!n.report || in.rubric.components[n.need.component].stage != stage) continue;
    const ComponentReport& r = in.data.programme_data.components[*n.report];
    if (last == nullptr || last->date < r.date) last = &r;
  }
  return last;
}

/// Own work on `stage` was finished while that on `before` was not.
bool is_early(const StageStanding& stage, const StageStanding& before) {
  return stage.own && !stage.first_own.empty() && before.needs > 0 &&
         (!before.own || before.first_own > stage.first_own);
}

Diagnostic early_stage(const StageCheckInput& in, const CascadeParticipant& p, std::size_t s, std::size_t before) {
  const ComponentReport* later = telling_report(in, p, s);
  const ComponentReport* earlier = telling_report(in, p, before);
  Args args = {{"level", std::string(kOwnerLevelNames[static_cast<std::size_t>(p.owner.level)])},
               {"owner", p.owner.name},
               {"date", p.stages[s].first_own},
               {"before_date", p.stages[before].own ? p.stages[before].first_own : "none"}};
  name_stage(in.rubric.stages[s], "stage", args);
  name_stage(in.rubric.stages[before], "before", args);
  args.emplace_back("first_row", earlier == nullptr ? std::int64_t{0} : earlier->place.row);
  args.emplace_back("first_file", earlier == nullptr ? "none" : earlier->place.file);
  return warned(later == nullptr ? Place{} : later->place, "stage-before-its-turn", std::move(args));
}

}  // namespace

void check_components(const StageCheckInput& in, Diagnostics& out) {
  const auto placed = cascade::place_reports(in.data, in.rubric);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const ComponentReport& r = in.data.programme_data.components[i];
    if (!placed[i].component)
      out.push_back(unknown_component(in, r));
    else if (placed[i].needs.empty())
      out.push_back(warned(r.place, "component-not-asked", component_args(in, r, placed[i])));
    if (is_future(in, r.date))
      out.push_back(warned(r.place, "report-after-date", {{"date", r.date}, {"as_of", in.as_of}}));
  }
}

void check_stage_order(const StageCheckInput& in, Diagnostics& out) {
  for (const CascadeParticipant& p : cascade::own_work(in.data, in.rubric, in.as_of)) {
    for (std::size_t s = 1; s < p.stages.size(); ++s) {
      if (is_early(p.stages[s], p.stages[s - 1])) out.push_back(early_stage(in, p, s, s - 1));
    }
  }
}

}  // namespace stage_checks

Diagnostics find_stage_defects(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of) {
  const stage_checks::StageCheckInput in{data, rubric, as_of};
  Diagnostics out;
  check_components(in, out);
  check_stage_order(in, out);
  check_decisions(in, out);
  check_measures(in, out);
  check_visits(in, out);
  check_supporters(in, out);
  return out;
}

}  // namespace kaskad
