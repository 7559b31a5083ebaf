#include "indicators/wave_sets.hpp"

#include <algorithm>
#include <array>

namespace kaskad {
namespace {

std::optional<std::size_t> find_set(const std::vector<WaveSet>& sets, const auto& is_wanted) {
  const auto found = std::find_if(sets.begin(), sets.end(), is_wanted);
  return found == sets.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - sets.begin()));
}

std::optional<std::size_t> set_of_level(const std::vector<WaveSet>& sets, std::string_view level) {
  const auto own = find_set(sets, [&](const WaveSet& s) { return s.level == level; });
  return own ? own : find_set(sets, [](const WaveSet& s) { return s.is_common(); });
}

/// A programme's level beside the kind of entity that it belongs to.
std::string_view level_of(EntityKind kind) {
  static constexpr std::array<std::string_view, 4> levels = {"regional", "regional", "municipal", "school"};
  return levels[static_cast<std::size_t>(kind)];
}

bool belongs(const Programme& programme, const Entity& entity) {
  if (programme.level != level_of(entity.kind)) return false;
  if (entity.kind == EntityKind::school) return programme.school == static_cast<SchoolId>(entity.index);
  return entity.kind != EntityKind::municipality || programme.owner == entity.id;
}

}  // namespace

std::optional<std::size_t> WaveSet::find(WaveRole role) const {
  for (std::size_t w = 0; w < waves.size(); ++w) {
    if (waves[w].role == role) return w;
  }
  return std::nullopt;
}

std::vector<WaveSet> wave_sets(const std::vector<Wave>& waves, const Vocabulary& vocabulary) {
  std::vector<WaveSet> out;
  for (const Wave& wave : waves) {
    const auto same = [&](const WaveSet& s) { return s.level == wave.level && s.programmes == wave.programmes; };
    auto set = std::find_if(out.begin(), out.end(), same);
    if (set == out.end()) set = out.insert(out.end(), WaveSet{wave.level, wave.programmes, {}});
    set->waves.push_back(period_of(wave, vocabulary));
  }
  return out;
}

std::optional<std::size_t> set_of_programme(const std::vector<WaveSet>& sets, const Programme& programme) {
  const auto own = find_set(sets, [&](const WaveSet& s) {
    return std::find(s.programmes.begin(), s.programmes.end(), programme.id) != s.programmes.end();
  });
  return own ? own : set_of_level(sets, programme.level);
}

std::vector<std::size_t> sets_of_entity(const std::vector<WaveSet>& sets, const Dataset& data, const Entity& entity) {
  std::vector<std::size_t> out;
  const auto add = [&](const std::optional<std::size_t>& set) {
    if (set && std::find(out.begin(), out.end(), *set) == out.end()) out.push_back(*set);
  };
  for (const Programme& programme : data.programmes) {
    if (belongs(programme, entity)) add(set_of_programme(sets, programme));
  }
  if (out.empty()) add(set_of_level(sets, level_of(entity.kind)));
  return out;
}

const Period* find_wave(const std::vector<WaveSet>& sets, std::string_view id) {
  for (const WaveSet& set : sets) {
    for (const Period& wave : set.waves) {
      if (wave.id == id) return &wave;
    }
  }
  return nullptr;
}

}  // namespace kaskad
