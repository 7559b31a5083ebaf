#include "indicators/road_map.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/text.hpp"
#include "indicators/calendar.hpp"

namespace kaskad {
namespace {

/// «Центр; школа № 5» names two performers.
std::vector<std::string> split_performers(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(";\n", at), text.size());
    const std::string name(trim(text.substr(at, end - at)));
    if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    at = end + 1;
  }
  return out;
}

std::string municipality_of(const Dataset& data, const RowOwner& owner) {
  if (owner.level == OwnerLevel::region) return {};
  if (owner.level == OwnerLevel::municipality) return owner.name;
  return owner.school ? data.registry.schools[*owner.school].municipality : std::string();
}

void take_term(const PlannedMeasure& m, const CascadeRubric& rubric, JudgedMeasure& out) {
  out.start = is_day(m.start) ? m.start : std::string();
  out.finish = is_day(m.finish) ? m.finish : std::string();
  if (!out.stage || !out.finish.empty()) return;
  const CascadeStage& stage = rubric.stages[*out.stage];
  const bool fits = is_day(stage.to) && (out.start.empty() || out.start <= stage.to);
  if (!fits) return;
  out.finish = stage.to;
  out.term_is_of_stage = true;
  if (out.start.empty() && is_day(stage.from)) out.start = stage.from;
}

MeasureState state_of(const JudgedMeasure& m, const std::string& done, const std::string& as_of) {
  if (has_come(done, as_of)) {
    if (m.finish.empty()) return MeasureState::done;
    return done <= m.finish ? MeasureState::in_time : MeasureState::late;
  }
  if (!as_of.empty() && !m.start.empty() && as_of < m.start) return MeasureState::not_due;
  if (m.finish.empty()) return MeasureState::no_term;
  return !as_of.empty() && m.finish < as_of ? MeasureState::overdue : MeasureState::running;
}

JudgedMeasure judge_measure(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of,
                            std::size_t place) {
  const PlannedMeasure& m = data.programme_data.measures[place];
  JudgedMeasure out;
  out.measure = place;
  out.stage = rubric.find_stage(m.stage);
  take_term(m, rubric, out);
  out.state = state_of(out, m.done, as_of);
  if (out.state == MeasureState::late) out.days = days_between(out.finish, m.done).value_or(0);
  if (out.state == MeasureState::overdue) out.days = days_between(out.finish, as_of).value_or(0);
  out.municipality = municipality_of(data, m.owner);
  out.performers = split_performers(m.performer);
  return out;
}

void count(MeasureCount& into, MeasureState state) { ++into.by_state[static_cast<std::size_t>(state)]; }

/// The count of this name, made if new.
MeasureCount& named(std::vector<MeasureCount>& counts, const std::string& name) {
  const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.name == name; });
  if (found != counts.end()) return *found;
  counts.push_back({name, std::nullopt, {}});
  return counts.back();
}

void drop_empty(std::vector<MeasureCount>& counts) {
  counts.erase(std::remove_if(counts.begin(), counts.end(), [](const MeasureCount& c) { return c.n() == 0; }),
               counts.end());
}

void count_all(RoadMap& map, const Dataset& data, const CascadeRubric& rubric) {
  for (std::size_t s = 0; s < rubric.stages.size(); ++s) map.by_stage.push_back({rubric.stages[s].id, s, {}});
  for (const std::string& name : data.registry.municipalities) map.by_municipality.push_back({name, std::nullopt, {}});
  map.by_municipality.push_back({"", std::nullopt, {}});
  for (const JudgedMeasure& m : map.measures) {
    count(map.all, m.state);
    count(m.stage ? map.by_stage[*m.stage] : named(map.by_stage, data.programme_data.measures[m.measure].stage),
          m.state);
    count(named(map.by_municipality, m.municipality), m.state);
    for (const std::string& performer : m.performers) count(named(map.by_performer, performer), m.state);
  }
  drop_empty(map.by_stage);
  drop_empty(map.by_municipality);
}

}  // namespace

bool is_done(MeasureState state) {
  return state == MeasureState::in_time || state == MeasureState::late || state == MeasureState::done;
}

std::int64_t MeasureCount::n() const { return std::accumulate(by_state.begin(), by_state.end(), std::int64_t{0}); }

std::int64_t MeasureCount::done() const {
  return of(MeasureState::in_time) + of(MeasureState::late) + of(MeasureState::done);
}

RoadMap judge_road_map(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of) {
  RoadMap out;
  out.as_of = as_of;
  for (std::size_t m = 0; m < data.programme_data.measures.size(); ++m)
    out.measures.push_back(judge_measure(data, rubric, as_of, m));
  count_all(out, data, rubric);
  return out;
}

RoadMap road_map_of(const RoadMap& whole, const Dataset& data, const CascadeRubric& rubric,
                    const std::vector<std::size_t>& measures) {
  RoadMap out;
  out.as_of = whole.as_of;
  for (const std::size_t m : measures) out.measures.push_back(whole.measures[m]);
  count_all(out, data, rubric);
  return out;
}

}  // namespace kaskad
