#include "engine/intake/dataset.hpp"

#include <algorithm>
#include <limits>

#include "engine/intake/natural_order.hpp"

namespace kaskad {

std::optional<SchoolId> Registry::find(std::string_view id) const {
  const auto found = std::lower_bound(
      schools.begin(), schools.end(), id,
      [](const School& school, std::string_view text) { return intake::naturally_before(school.id, text); });
  return found != schools.end() && found->id == id ? std::optional(static_cast<SchoolId>(found - schools.begin()))
                                                   : std::nullopt;
}

const ContextValue* Context::find(int field, SchoolId school, int year) const {
  auto found = values.find({field, school, year});
  if (found == values.end()) found = values.find({field, school, 0});
  return found == values.end() ? nullptr : &found->second;
}

std::optional<int> Context::field(std::string_view id) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const ContextField& f) { return f.id == id; });
  return found == fields.end() ? std::nullopt : std::optional(static_cast<int>(found - fields.begin()));
}

std::optional<TaskId> Tasks::add(std::string_view name) {
  const auto known = std::find(names.begin(), names.end(), name);
  if (known != names.end()) return static_cast<TaskId>(known - names.begin());
  if (names.size() > std::numeric_limits<TaskId>::max()) return std::nullopt;
  names.emplace_back(name);
  return static_cast<TaskId>(names.size() - 1);
}

const TaskSpec* Tasks::find(CellKey cell, TaskId task) const {
  cell.school = 0;
  const auto found = specs.find({cell.packed(), task});
  return found == specs.end() ? nullptr : &found->second;
}

}  // namespace kaskad
