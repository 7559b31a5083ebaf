// What figures are about: the entities (region, groups, municipalities, schools) and the periods (years and waves).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

enum class WaveRole : std::uint8_t { entry, intermediate, final };
inline constexpr std::array<std::string_view, 3> kWaveRoleNames = {"entry", "intermediate", "final"};

/// A wave of the monitoring and the years that it pools. Without a level and programmes it is of the common set, which
/// all tables follow; with them it is of a level's or a programme's own set (wave_sets.hpp).
struct Wave {
  std::string id;
  std::vector<int> years = {};  ///< Rising.
  WaveRole role = WaveRole::entry;
  Names name = {};                           ///< Empty = the role's.
  std::vector<std::string> procedures = {};  ///< Its figures come only from these; empty = all.
  std::string level = {};                    ///< "regional", "municipal" or "school".
  std::vector<std::string> programmes = {};  ///< Ids.

  bool is_common() const { return level.empty() && programmes.empty(); }
};

struct Period {
  std::string id;               ///< "2021", or the wave's id.
  std::vector<int> years = {};  ///< Rising.
  bool is_wave = false;
  WaveRole role = WaveRole::entry;  ///< Of waves.
  Names name = {};
  std::vector<ProcedureId> procedures = {};  ///< Of which it has figures; empty = all.

  bool holds(ProcedureId procedure) const;
};

enum class EntityKind : std::uint8_t { region, group, municipality, school };
inline constexpr std::array<std::string_view, 4> kEntityKindNames = {"region", "group", "municipality", "school"};

struct Entity {
  EntityKind kind = EntityKind::region;
  std::string id;         ///< "region", a role's name, the municipality's name, or the school's id.
  std::size_t index = 0;  ///< Among its kind: Role, municipality or SchoolId.
};

struct Frame {
  std::vector<Entity> entities;                     ///< Region first, then groups, municipalities, schools.
  std::vector<Period> periods;                      ///< Years first, then the common waves in their order.
  std::vector<std::vector<std::size_t>> of_school;  ///< Per school: the entities that contain it, itself among them.
  std::vector<std::vector<SchoolId>> members;       ///< Per entity: its schools.
  std::vector<std::optional<Role>> group_of;        ///< Per school: its role in the programme, if it has one.

  std::size_t first_school() const { return entities.size() - of_school.size(); }
  std::optional<std::size_t> find_entity(EntityKind kind, std::string_view id) const;
  std::optional<std::size_t> find_period(std::string_view id) const;
  std::optional<std::size_t> find_wave(WaveRole role) const;               ///< The first common wave of the role.
  bool is_whole_course(std::string_view from, std::string_view to) const;  ///< From the entry wave to the final one.
  std::vector<std::size_t> periods_of(int year) const;  ///< The year itself and the waves that hold it.
};

/// A wave as a period; procedures that nobody knows are left out (the project's reader has told of them).
Period period_of(const Wave& wave, const Vocabulary& vocabulary);

/// A group holds every school that has the role in any of the project's years, so that it is the same at entry and at
/// the end. A school that was both focus and control counts as focus.
Frame make_frame(const Dataset& data, const std::vector<Wave>& waves);

}  // namespace kaskad
