#include "indicators/visits.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "indicators/calendar.hpp"

namespace kaskad {
namespace {

VisitState state_of(const Visit& v, const std::string& as_of) {
  const bool planned = is_day(v.planned);
  if (has_come(v.done, as_of)) {
    if (!planned) return VisitState::unplanned;
    return v.done <= v.planned ? VisitState::in_time : VisitState::late;
  }
  if (!planned) return VisitState::no_date;
  return !as_of.empty() && v.planned < as_of ? VisitState::overdue : VisitState::ahead;
}

JudgedVisit judge_visit(const Visit& v, std::size_t place, const std::string& as_of) {
  JudgedVisit out{place, state_of(v, as_of), 0};
  if (out.state == VisitState::late) out.days = days_between(v.planned, v.done).value_or(0);
  if (out.state == VisitState::overdue) out.days = days_between(v.planned, as_of).value_or(0);
  return out;
}

void count(VisitCount& into, VisitState state) { ++into.by_state[static_cast<std::size_t>(state)]; }

VisitCount& named(std::vector<VisitCount>& counts, const std::string& name) {
  const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.name == name; });
  if (found != counts.end()) return *found;
  counts.push_back({name, std::nullopt, {}});
  return counts.back();
}

void drop_empty(std::vector<VisitCount>& counts) {
  counts.erase(std::remove_if(counts.begin(), counts.end(), [](const VisitCount& c) { return c.n() == 0; }),
               counts.end());
}

void count_visits(const Dataset& data, Support& out) {
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s) out.by_school.push_back({"", s, {}});
  for (const std::string& name : data.registry.municipalities) out.by_municipality.push_back({name, std::nullopt, {}});
  for (const JudgedVisit& judged : out.visits) {
    const Visit& visit = data.programme_data.visits[judged.visit];
    count(out.all, judged.state);
    count(out.by_school[visit.school], judged.state);
    count(named(out.by_municipality, data.registry.schools[visit.school].municipality), judged.state);
    count(named(out.by_supporter, visit.supporter), judged.state);
  }
  for (auto* counts : {&out.by_school, &out.by_municipality}) drop_empty(*counts);
}

/// Schools that somebody should look after: by the last year of participation, else the focus group; and visited
/// ones.
std::set<SchoolId> supported_schools(const Dataset& data) {
  int last = 0;
  for (const Participation& row : data.programme_data.participation) last = std::max(last, row.year);
  std::set<SchoolId> out;
  for (const Participation& row : data.programme_data.participation) {
    if (row.year == last && row.state == ParticipationState::takes_part) out.insert(row.school);
  }
  if (data.programme_data.participation.empty()) {
    for (const Membership& m : data.memberships) {
      if (m.role == Role::focus) out.insert(m.school);
    }
  }
  for (const Visit& v : data.programme_data.visits) out.insert(v.school);
  return out;
}

/// How near a supporter's ground is to a school: 3 = named for it, 2 = its municipality, 1 = the region, 0 = none.
int nearness(const Dataset& data, const RowOwner& owner, SchoolId school) {
  if (owner.level == OwnerLevel::region) return 1;
  if (owner.level == OwnerLevel::municipality) return owner.name == data.registry.schools[school].municipality ? 2 : 0;
  return owner.school == school ? 3 : 0;
}

std::vector<std::size_t> nearest_supporters(const Dataset& data, SchoolId school, SupporterRole role) {
  const auto& supporters = data.programme_data.supporters;
  std::vector<std::size_t> out;
  int best = 1;
  for (std::size_t i = 0; i < supporters.size(); ++i) {
    const int near = supporters[i].role == role ? nearness(data, supporters[i].owner, school) : 0;
    if (near < best) continue;
    if (near > best) out.clear();
    best = near;
    out.push_back(i);
  }
  return out;
}

SupporterLoad& load_of(std::vector<SupporterLoad>& loads, const Supporter& s) {
  const auto found = std::find_if(loads.begin(), loads.end(),
                                  [&](const SupporterLoad& l) { return l.role == s.role && l.name == s.name; });
  if (found != loads.end()) return *found;
  SupporterLoad load;
  load.role = s.role;
  load.name = s.name;
  loads.push_back(std::move(load));
  return loads.back();
}

void add_ground(SupporterLoad& load, const RowOwner& owner) {
  load.whole_region = load.whole_region || owner.level == OwnerLevel::region;
  const bool known =
      std::find(load.municipalities.begin(), load.municipalities.end(), owner.name) != load.municipalities.end();
  if (owner.level == OwnerLevel::municipality && !known) load.municipalities.push_back(owner.name);
}

void tell_loads(const Dataset& data, Support& out) {
  for (const Supporter& s : data.programme_data.supporters) add_ground(load_of(out.supporters, s), s.owner);
  for (const SchoolSupport& school : out.schools) {
    for (const auto* list : {&school.curators, &school.coordinators}) {
      for (const std::size_t i : *list) {
        SupporterLoad& load = load_of(out.supporters, data.programme_data.supporters[i]);
        if (load.schools.empty() || load.schools.back() != school.school) load.schools.push_back(school.school);
      }
    }
  }
  for (SupporterLoad& load : out.supporters) {
    for (const VisitCount& count : out.by_supporter) {
      if (count.name == load.name) load.visits = count;
    }
  }
  std::stable_partition(out.supporters.begin(), out.supporters.end(),
                        [](const SupporterLoad& l) { return l.role == SupporterRole::curator; });
}

}  // namespace

std::int64_t VisitCount::n() const { return std::accumulate(by_state.begin(), by_state.end(), std::int64_t{0}); }

std::int64_t VisitCount::planned() const { return planned_done() + of(VisitState::overdue) + of(VisitState::ahead); }

std::int64_t VisitCount::planned_done() const { return of(VisitState::in_time) + of(VisitState::late); }

std::int64_t VisitCount::done() const { return planned_done() + of(VisitState::unplanned); }

Support judge_support(const Dataset& data, const std::string& as_of) {
  Support out;
  out.as_of = as_of;
  const ProgrammeData& rows = data.programme_data;
  if (rows.visits.empty() && rows.supporters.empty()) return out;
  for (std::size_t v = 0; v < rows.visits.size(); ++v) out.visits.push_back(judge_visit(rows.visits[v], v, as_of));
  count_visits(data, out);
  const bool any_curator = std::any_of(rows.supporters.begin(), rows.supporters.end(),
                                       [](const Supporter& s) { return s.role == SupporterRole::curator; });
  for (const SchoolId s : supported_schools(data)) {
    out.schools.push_back({s, nearest_supporters(data, s, SupporterRole::curator),
                           nearest_supporters(data, s, SupporterRole::coordinator)});
    if (any_curator && out.schools.back().curators.empty()) out.without_curator.push_back(s);
  }
  tell_loads(data, out);
  return out;
}

}  // namespace kaskad
