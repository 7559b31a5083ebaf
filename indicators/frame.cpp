#include "indicators/frame.hpp"

#include <algorithm>

namespace kaskad {
namespace {

bool covers(const Membership& m, const std::vector<int>& years) {
  return std::any_of(years.begin(), years.end(),
                     [&](int y) { return (m.from == 0 || m.from <= y) && (m.to == 0 || y <= m.to); });
}

/// Roles that a school had in the project's years; control only where it was never focus.
std::vector<std::vector<bool>> roles_of_schools(const Dataset& data) {
  std::vector<std::vector<bool>> roles(data.registry.schools.size(), std::vector<bool>(kRoleNames.size()));
  for (const Membership& m : data.memberships) {
    if (covers(m, data.vocabulary.years)) roles[m.school][static_cast<std::size_t>(m.role)] = true;
  }
  for (auto& of_school : roles) {
    if (of_school[static_cast<std::size_t>(Role::focus)]) of_school[static_cast<std::size_t>(Role::control)] = false;
  }
  return roles;
}

std::size_t add_entity(Frame& frame, EntityKind kind, std::string id, std::size_t index) {
  frame.entities.push_back({kind, std::move(id), index});
  frame.members.emplace_back();
  return frame.entities.size() - 1;
}

void join(Frame& frame, SchoolId school, std::size_t entity) {
  frame.of_school[school].push_back(entity);
  frame.members[entity].push_back(school);
}

void add_groups(Frame& frame, const Dataset& data) {
  const auto roles = roles_of_schools(data);
  for (std::size_t role = 0; role < kRoleNames.size(); ++role) {
    const auto has = [&](const std::vector<bool>& r) { return r[role]; };
    if (std::none_of(roles.begin(), roles.end(), has)) continue;
    const std::size_t entity = add_entity(frame, EntityKind::group, std::string(kRoleNames[role]), role);
    for (SchoolId s = 0; s < roles.size(); ++s) {
      if (!roles[s][role]) continue;
      join(frame, s, entity);
      if (!frame.group_of[s]) frame.group_of[s] = static_cast<Role>(role);
    }
  }
}

void add_municipalities(Frame& frame, const Dataset& data) {
  const auto& names = data.registry.municipalities;
  const std::size_t first = frame.entities.size();
  for (std::size_t m = 0; m < names.size(); ++m) add_entity(frame, EntityKind::municipality, names[m], m);
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s) {
    const auto found = std::find(names.begin(), names.end(), data.registry.schools[s].municipality);
    if (found != names.end()) join(frame, s, first + static_cast<std::size_t>(found - names.begin()));
  }
}

std::vector<Period> make_periods(const Vocabulary& vocabulary, const std::vector<Wave>& waves) {
  std::vector<Period> periods;
  for (const int year : vocabulary.years) periods.push_back({std::to_string(year), {year}});
  for (const Wave& wave : waves) {
    if (wave.is_common()) periods.push_back(period_of(wave, vocabulary));
  }
  return periods;
}

}  // namespace

bool Period::holds(ProcedureId procedure) const {
  return procedures.empty() || std::find(procedures.begin(), procedures.end(), procedure) != procedures.end();
}

Period period_of(const Wave& wave, const Vocabulary& vocabulary) {
  Period out{wave.id, wave.years, true, wave.role, wave.name, {}};
  for (const std::string& id : wave.procedures) {
    if (const auto procedure = vocabulary.find_procedure(id)) out.procedures.push_back(*procedure);
  }
  return out;
}

std::optional<std::size_t> Frame::find_entity(EntityKind kind, std::string_view id) const {
  for (std::size_t e = 0; e < entities.size(); ++e) {
    if (entities[e].kind == kind && entities[e].id == id) return e;
  }
  return std::nullopt;
}

std::optional<std::size_t> Frame::find_period(std::string_view id) const {
  for (std::size_t p = 0; p < periods.size(); ++p) {
    if (periods[p].id == id) return p;
  }
  return std::nullopt;
}

std::optional<std::size_t> Frame::find_wave(WaveRole role) const {
  for (std::size_t p = 0; p < periods.size(); ++p) {
    if (periods[p].is_wave && periods[p].role == role) return p;
  }
  return std::nullopt;
}

bool Frame::is_whole_course(std::string_view from, std::string_view to) const {
  const auto entry = find_wave(WaveRole::entry), last = find_wave(WaveRole::final);
  return entry && last && periods[*entry].id == from && periods[*last].id == to;
}

std::vector<std::size_t> Frame::periods_of(int year) const {
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < periods.size(); ++p) {
    if (std::binary_search(periods[p].years.begin(), periods[p].years.end(), year)) out.push_back(p);
  }
  return out;
}

Frame make_frame(const Dataset& data, const std::vector<Wave>& waves) {
  Frame frame;
  const auto schools = static_cast<SchoolId>(data.registry.schools.size());
  frame.of_school.resize(schools);
  frame.group_of.resize(schools);
  frame.periods = make_periods(data.vocabulary, waves);
  const std::size_t region = add_entity(frame, EntityKind::region, "region", 0);
  for (SchoolId s = 0; s < schools; ++s) join(frame, s, region);
  add_groups(frame, data);
  add_municipalities(frame, data);
  for (SchoolId s = 0; s < schools; ++s)
    join(frame, s, add_entity(frame, EntityKind::school, data.registry.schools[s].id, s));
  return frame;
}

}  // namespace kaskad
