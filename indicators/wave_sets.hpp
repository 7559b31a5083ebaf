// Waves by set: the common one, a level's own, a programme's own; and which of them an entity follows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "indicators/frame.hpp"

namespace kaskad {

/// Waves of one scope in their order: entry, intermediate ones, final.
struct WaveSet {
  std::string level;                    ///< Of a level's own set.
  std::vector<std::string> programmes;  ///< Of a set of some programmes.
  std::vector<Period> waves;

  bool is_common() const { return level.empty() && programmes.empty(); }
  std::optional<std::size_t> find(WaveRole role) const;  ///< The first wave of the role.
};

/// Sets in the order in which the project names their first wave.
std::vector<WaveSet> wave_sets(const std::vector<Wave>& waves, const Vocabulary& vocabulary);

/// The narrowest set that a programme has: its own, its level's, the common one.
std::optional<std::size_t> set_of_programme(const std::vector<WaveSet>& sets, const Programme& programme);

/// The sets that speak of an entity, each once: those of its programmes, or its level's where it has none, or the
/// common one. The region's groups follow the region.
std::vector<std::size_t> sets_of_entity(const std::vector<WaveSet>& sets, const Dataset& data, const Entity& entity);

/// A wave by its id, of any set; null when nobody defines it.
const Period* find_wave(const std::vector<WaveSet>& sets, std::string_view id);

}  // namespace kaskad
