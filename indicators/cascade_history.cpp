// How everybody came to where they stand: by the days of the reports.
#include <algorithm>

#include "indicators/calendar.hpp"
#include "indicators/cascade_parts.hpp"

namespace kaskad::cascade {
namespace {

/// What is remembered of a participant from day to day.
struct Trail {
  std::size_t position = 0;
  std::vector<std::string> first_own, passed_on;  ///< By stage.
};
using Trails = std::map<Unit, Trail>;

CascadePoint point_of(const std::vector<CascadeParticipant>& list, std::size_t stages, const std::string& date) {
  CascadePoint point;
  point.date = date;
  for (auto& counts : point.at) counts.assign(stages + 1, 0);
  for (const CascadeParticipant& p : list) ++point.at[static_cast<std::size_t>(p.owner.level)][p.position];
  return point;
}

void follow(Trail& trail, const CascadeParticipant& p, const std::string& date) {
  trail.first_own.resize(p.stages.size());
  trail.passed_on.resize(p.stages.size());
  for (std::size_t s = 0; s < p.stages.size(); ++s) {
    const StageStanding& stage = p.stages[s];
    if (stage.own && stage.needs > 0 && trail.first_own[s].empty()) trail.first_own[s] = date;
    if (!stage.passed)
      trail.passed_on[s].clear();
    else if (trail.passed_on[s].empty())
      trail.passed_on[s] = date;
  }
}

/// Notes the steps of the day and follows everybody.
void note_day(const CascadeBasis& basis, const std::vector<CascadeParticipant>& list, const std::string& date,
              Trails& trails, Cascade& cascade) {
  for (const CascadeParticipant& p : list) {
    Trail& trail = trails[*unit_of(basis.data, p.owner)];
    if (p.position != trail.position) cascade.steps.push_back({date, p.owner, trail.position, p.position});
    trail.position = p.position;
    follow(trail, p, date);
  }
  CascadePoint point = point_of(list, basis.rubric.stages.size(), date);
  if (cascade.history.empty() || cascade.history.back().at != point.at) cascade.history.push_back(std::move(point));
}

std::string first_report_of(const CascadeBasis& basis, OwnerLevel level, std::size_t stage, const std::string& as_of) {
  std::string first;
  for (std::size_t i = 0; i < basis.reports.placed().size(); ++i) {
    const PlacedReport& placed = basis.reports.placed()[i];
    const std::string& date = basis.data.programme_data.components[i].date;
    const bool of_it =
        placed.counts() && basis.rubric.components[*placed.component].stage == stage && placed.unit->first == level;
    if (of_it && has_come(date, as_of) && (first.empty() || date < first)) first = date;
  }
  return first;
}

/// The last of the days on which they passed; empty when one has none.
std::string last_passed(const std::vector<const CascadeParticipant*>& level, std::size_t stage) {
  std::string last;
  for (const CascadeParticipant* p : level) {
    if (p->stages[stage].passed_on.empty()) return {};
    last = std::max(last, p->stages[stage].passed_on);
  }
  return last;
}

LevelProgress progress_of(const CascadeBasis& basis, const Cascade& cascade, OwnerLevel level, std::size_t stage) {
  std::vector<const CascadeParticipant*> own;
  for (const CascadeParticipant& p : cascade.participants) {
    if (p.owner.level == level) own.push_back(&p);
  }
  LevelProgress out{level, stage, static_cast<std::int64_t>(own.size()), 0, "", ""};
  out.passed = std::count_if(own.begin(), own.end(), [&](const auto* p) { return p->stages[stage].passed; });
  out.first_report = first_report_of(basis, level, stage, cascade.as_of);
  if (out.passed == out.participants) out.all_passed = last_passed(own, stage);
  return out;
}

}  // namespace

std::vector<CascadeParticipant> own_work(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of) {
  if (data.programme_data.components.empty()) return {};
  const ReportIndex reports(data, rubric);
  const ParticipantRoll roll(data, rubric, reports);
  const CascadeBasis basis{data, rubric, reports, roll};
  std::map<std::pair<Unit, std::size_t>, std::string> first;
  for (const std::string& date : reports.dates()) {
    if (!has_come(date, as_of)) break;
    for (const CascadeParticipant& p : own_work_at(basis, {date, false})) {
      for (std::size_t s = 0; s < p.stages.size(); ++s)
        if (p.stages[s].own && p.stages[s].needs > 0) first.try_emplace({*unit_of(data, p.owner), s}, date);
    }
  }
  std::vector<CascadeParticipant> out = own_work_at(basis, {as_of, true});
  for (CascadeParticipant& p : out) {
    for (std::size_t s = 0; s < p.stages.size(); ++s) p.stages[s].first_own = first[{*unit_of(data, p.owner), s}];
  }
  return out;
}

void tell_history(const CascadeBasis& basis, Cascade& cascade) {
  Trails trails;
  for (const std::string& date : basis.reports.dates()) {
    if (!has_come(date, cascade.as_of)) break;
    note_day(basis, stand_at(basis, {date, false}), date, trails, cascade);
  }
  for (CascadeParticipant& p : cascade.participants) {
    const Trail& trail = trails[*unit_of(basis.data, p.owner)];
    for (std::size_t s = 0; s < p.stages.size() && s < trail.first_own.size(); ++s) {
      p.stages[s].first_own = trail.first_own[s];
      if (p.stages[s].passed) p.stages[s].passed_on = trail.passed_on[s];
    }
  }
  for (std::size_t s = 0; s < basis.rubric.stages.size(); ++s) {
    for (const OwnerLevel level : {OwnerLevel::region, OwnerLevel::municipality, OwnerLevel::school})
      cascade.progress.push_back(progress_of(basis, cascade, level, s));
  }
}

}  // namespace kaskad::cascade
