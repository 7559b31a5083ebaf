// Who takes part on a day, and where everybody stands.
#include <algorithm>
#include <set>

#include "indicators/calendar.hpp"
#include "indicators/cascade_parts.hpp"

namespace kaskad::cascade {
namespace {

bool has_focus(const Dataset& data) {
  return std::any_of(data.memberships.begin(), data.memberships.end(),
                     [](const Membership& m) { return m.role == Role::focus; });
}

/// The first rule that the data can answer.
ParticipantRule chosen(const Dataset& data, ParticipantRule asked) {
  if (asked != ParticipantRule::automatic) return asked;
  if (!data.programme_data.participation.empty()) return ParticipantRule::participation;
  return has_focus(data) ? ParticipantRule::focus : ParticipantRule::reported;
}

bool in_focus(const Dataset& data, SchoolId school, int year) {
  return std::any_of(data.memberships.begin(), data.memberships.end(), [&](const Membership& m) {
    return m.school == school && m.role == Role::focus && (m.from == 0 || m.from <= year) &&
           (m.to == 0 || year <= m.to);
  });
}

CascadeParticipant participant(OwnerLevel level, std::string name, std::optional<std::size_t> parent) {
  CascadeParticipant p;
  p.owner.level = level;
  p.owner.name = std::move(name);
  p.parent = parent;
  return p;
}

/// Own needs, counted by stage.
void stand_alone(CascadeParticipant& p, const CascadeBasis& basis, const LookBack& at) {
  const Unit unit = *unit_of(basis.data, p.owner);
  p.stages.assign(basis.rubric.stages.size(), {});
  for (const CascadeNeed& need : needs_of(basis.rubric, p.owner.level)) {
    p.needs.push_back(basis.reports.standing(unit, need, at));
    StageStanding& stage = p.stages[basis.rubric.components[need.component].stage];
    ++stage.needs;
    stage.complete += p.needs.back().state == NeedState::complete;
  }
  for (StageStanding& stage : p.stages) stage.own = stage.complete == stage.needs;
}

/// The gate of each stage and what is passed; those below stand already.
void pass_gates(CascadeParticipant& p, const std::vector<CascadeParticipant>& all, double gate_share) {
  constexpr double kRounding = 1e-9;
  bool before = true;
  for (std::size_t s = 0; s < p.stages.size(); ++s) {
    StageStanding& stage = p.stages[s];
    stage.below = static_cast<std::int64_t>(p.below.size());
    stage.below_passed =
        std::count_if(p.below.begin(), p.below.end(), [&](std::size_t b) { return all[b].stages[s].passed; });
    stage.gate = static_cast<double>(stage.below_passed) + kRounding >= gate_share * static_cast<double>(stage.below);
    stage.passed = before && stage.own && stage.gate;
    p.position += stage.passed;
    before = stage.passed;
  }
}

}  // namespace

ParticipantRoll::ParticipantRoll(const Dataset& data, const CascadeRubric& rubric, const ReportIndex& reports)
    : data_(data), reports_(reports), rule_(chosen(data, rubric.participants)) {
  for (const Participation& row : data.programme_data.participation)
    if (auto& schools = participation_[row.year]; row.state == ParticipationState::takes_part)
      schools.insert(row.school);
}

bool ParticipantRoll::takes_part(SchoolId school, int year) const {
  if (rule_ == ParticipantRule::reported) return reports_.speaks_of({OwnerLevel::school, std::size_t{school}});
  if (rule_ == ParticipantRule::focus) return in_focus(data_, school, year);
  const auto after = participation_.upper_bound(year);
  return after != participation_.begin() && std::prev(after)->second.count(school) > 0;
}

std::vector<CascadeParticipant> ParticipantRoll::at(const std::string& date) const {
  const std::vector<int>& years = data_.vocabulary.years;
  int year = is_day(date) ? school_year_of(date) : years.empty() ? 0 : years.back();
  if (rule_ == ParticipantRule::focus && !years.empty()) year = std::clamp(year, years.front(), years.back());
  std::vector<CascadeParticipant> list = {participant(OwnerLevel::region, "", std::nullopt)};
  std::vector<SchoolId> schools;
  std::set<std::string> holding;  // municipalities
  for (SchoolId s = 0; s < data_.registry.schools.size(); ++s) {
    if (!takes_part(s, year)) continue;
    schools.push_back(s);
    holding.insert(data_.registry.schools[s].municipality);
  }
  std::map<std::string, std::size_t> places;
  for (const std::string& name : data_.registry.municipalities) {
    if (holding.count(name) == 0) continue;
    places[name] = list.size();
    list.front().below.push_back(list.size());
    list.push_back(participant(OwnerLevel::municipality, name, 0));
  }
  for (const SchoolId s : schools) {
    const School& school = data_.registry.schools[s];
    const auto place = places.find(school.municipality);
    const std::size_t parent = place == places.end() ? 0 : place->second;
    list[parent].below.push_back(list.size());
    list.push_back(participant(OwnerLevel::school, school.id, parent));
    list.back().owner.school = s;
  }
  return list;
}

std::vector<CascadeParticipant> own_work_at(const CascadeBasis& basis, const LookBack& at) {
  std::vector<CascadeParticipant> list = basis.roll.at(at.date);
  for (CascadeParticipant& p : list) stand_alone(p, basis, at);
  return list;
}

std::vector<CascadeParticipant> stand_at(const CascadeBasis& basis, const LookBack& at) {
  std::vector<CascadeParticipant> list = own_work_at(basis, at);
  // Those below stand behind those above in the list.
  for (std::size_t i = list.size(); i-- > 0;) pass_gates(list[i], list, basis.rubric.gate_share);
  return list;
}

std::optional<std::size_t> find_owner(const std::vector<CascadeParticipant>& list, const RowOwner& owner) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const CascadeParticipant& p) {
    return p.owner.level == owner.level &&
           (owner.level == OwnerLevel::region ||
            (owner.level == OwnerLevel::school ? p.owner.school == owner.school : p.owner.name == owner.name));
  });
  if (found == list.end()) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

}  // namespace kaskad::cascade
