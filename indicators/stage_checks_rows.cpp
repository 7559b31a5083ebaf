// Decisions, measures, visits and supporters: rows that cannot be so.
#include <algorithm>
#include <map>

#include "engine/base/text.hpp"
#include "indicators/calendar.hpp"
#include "indicators/stage_checks_parts.hpp"

namespace kaskad::stage_checks {
namespace {

/// A municipality that the registry does not have.
void check_owner(const StageCheckInput& in, const RowOwner& owner, const Place& place, Diagnostics& out) {
  const auto& known = in.data.registry.municipalities;
  if (owner.level != OwnerLevel::municipality) return;
  if (std::find(known.begin(), known.end(), owner.name) != known.end()) return;
  out.push_back(warned(place, "owner-municipality-unknown",
                       {{"municipality", owner.name}, {"nearest", nearest(owner.name, known).value_or("none")}}));
}

void check_stage_name(const StageCheckInput& in, const std::string& text, bool known, const Place& place,
                      Diagnostics& out) {
  if (text.empty() || known) return;
  std::vector<std::string> names;
  for (const CascadeStage& s : in.rubric.stages) names.push_back(s.id);
  out.push_back(warned(place, "stage-unknown", {{"stage", text}, {"nearest", nearest(text, names).value_or("none")}}));
}

/// Rows may stand in any order: decisions of one owner by their dates.
std::map<std::pair<OwnerLevel, std::string>, std::vector<const StageDecision*>> by_owner(const Dataset& data) {
  std::map<std::pair<OwnerLevel, std::string>, std::vector<const StageDecision*>> out;
  for (const StageDecision& d : data.programme_data.decisions) out[{d.owner.level, d.owner.name}].push_back(&d);
  for (auto& [unused, list] : out)
    std::stable_sort(list.begin(), list.end(), [](const auto* a, const auto* b) { return a->date < b->date; });
  return out;
}

void check_one_decision(const StageCheckInput& in, const StageDecision& d, Diagnostics& out) {
  const auto from = in.rubric.find_stage(d.from), to = stage_or_end(in.rubric, d.to);
  check_stage_name(in, d.from, from.has_value(), d.place, out);
  check_stage_name(in, d.to, to.has_value(), d.place, out);
  if (is_future(in, d.date))
    out.push_back(warned(d.place, "decision-after-date", {{"date", d.date}, {"as_of", in.as_of}}));
  if (!from || !to) return;
  Args args;
  name_stage(in.rubric.stages[*from], "from", args);
  if (*to > *from + 1) {
    name_stage(in.rubric.stages[*from + 1], "skipped", args);
    out.push_back(warned(d.place, "decision-skips-stage", std::move(args)));
  } else if (*to < *from && trim(d.reason).empty()) {
    name_stage(in.rubric.stages[*to], "to", args);
    out.push_back(warned(d.place, "return-without-reason", std::move(args)));
  }
}

/// Each decision leaves the stage that the one before it led to.
void check_chain(const StageCheckInput& in, const std::vector<const StageDecision*>& decisions, Diagnostics& out) {
  for (std::size_t i = 1; i < decisions.size(); ++i) {
    const auto led = stage_or_end(in.rubric, decisions[i - 1]->to), left = in.rubric.find_stage(decisions[i]->from);
    if (!led || !left || *led == *left || *led == in.rubric.stages.size()) continue;
    Args args;
    name_stage(in.rubric.stages[*left], "from", args);
    name_stage(in.rubric.stages[*led], "led", args);
    name_row(decisions[i - 1]->place, args);
    out.push_back(warned(decisions[i]->place, "decision-from-elsewhere", std::move(args)));
  }
}

void check_one_measure(const StageCheckInput& in, const PlannedMeasure& m, Diagnostics& out) {
  const auto order = [&](const std::string& first, const std::string& second, const char* code) {
    if (is_day(first) && is_day(second) && second < first)
      out.push_back(warned(m.place, code, {{"measure", m.name}, {"start", first}, {"date", second}}));
  };
  order(m.start, m.finish, "measure-term-order");
  order(m.start, m.done, "measure-done-before-start");
  if (is_future(in, m.done))
    out.push_back(
        warned(m.place, "measure-done-after-date", {{"measure", m.name}, {"date", m.done}, {"as_of", in.as_of}}));
  check_stage_name(in, m.stage, in.rubric.find_stage(m.stage).has_value(), m.place, out);
  check_owner(in, m.owner, m.place, out);
}

Args visit_args(const StageCheckInput& in, const Visit& v) {
  const School& school = in.data.registry.schools[v.school];
  return {{"school", school.id}, {"name", school.name.empty() ? "none" : school.name}, {"date", v.done}};
}

std::string of_whom(const Supporter& s) {
  return std::to_string(static_cast<int>(s.owner.level)) + '\n' + s.owner.name;
}

}  // namespace

void check_decisions(const StageCheckInput& in, Diagnostics& out) {
  for (const StageDecision& d : in.data.programme_data.decisions) {
    check_one_decision(in, d, out);
    check_owner(in, d.owner, d.place, out);
  }
  for (const auto& [unused, decisions] : by_owner(in.data)) check_chain(in, decisions, out);
}

void check_measures(const StageCheckInput& in, Diagnostics& out) {
  for (const PlannedMeasure& m : in.data.programme_data.measures) check_one_measure(in, m, out);
}

void check_visits(const StageCheckInput& in, Diagnostics& out) {
  for (const Visit& v : in.data.programme_data.visits) {
    if (!is_day(v.done)) continue;
    if (!is_day(v.planned)) {
      out.push_back(warned(v.place, "visit-unplanned", visit_args(in, v)));
      out.back().severity = Severity::note;
    }
    if (!is_future(in, v.done)) continue;
    Args args = visit_args(in, v);
    args.emplace_back("as_of", in.as_of);
    out.push_back(warned(v.place, "visit-after-date", std::move(args)));
  }
}

void check_supporters(const StageCheckInput& in, Diagnostics& out) {
  std::map<std::string, const Supporter*> first;
  for (const Supporter& s : in.data.programme_data.supporters) {
    check_owner(in, s.owner, s.place, out);
    if (s.role != SupporterRole::curator || s.owner.level == OwnerLevel::region) continue;
    const auto [known, is_new] = first.emplace(of_whom(s), &s);
    if (is_new || known->second->name == s.name) continue;
    Args args = {{"level", std::string(kOwnerLevelNames[static_cast<std::size_t>(s.owner.level)])},
                 {"owner", s.owner.name},
                 {"name", s.name},
                 {"other", known->second->name}};
    name_row(known->second->place, args);
    out.push_back(warned(s.place, "two-curators", std::move(args)));
  }
}

}  // namespace kaskad::stage_checks
