// By which rules signs of biased marking are looked for. All of it is configuration: docs/marking-signs.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/stats/border_spike.hpp"

namespace kaskad {

enum class SignKind : std::uint8_t {
  mean,     ///< The school's mean lies above the region's by both intervals.
  rank,     ///< Marks of the work and of the journal run against each other.
  jump,     ///< The same pupils a year later: far more, or far less, than elsewhere is left of the result.
  spike,    ///< Too many pupils just above the border of a mark.
  journal,  ///< More marks raised, or lowered, against the journal than in the region.
};
inline constexpr std::array<std::string_view, 5> kSignKindNames = {"mean", "rank", "jump", "spike", "journal"};
inline constexpr std::size_t kSignKinds = kSignKindNames.size();

struct MarkingSettings {
  bool on = true;
  std::vector<std::string> procedures;  ///< Ids; empty = all that have marks by score. Those that schools mark.
  std::vector<std::string> subjects;    ///< Ids; empty = all.
  std::vector<SignKind> signs;          ///< That are looked for; each once.
  std::int64_t minimum_n = 10;          ///< Never fewer than what may be published.
  int years = 3;                        ///< Of the series, the last ones with data.
  int least_works = 1;                  ///< Works of a year that must show a sign before the school is said to.
  double mean_z = 1.96;                 ///< Half the intervals of rule 1, in standard errors.
  double rank_below = 0;                ///< Spearman's correlation under which it is a sign.
  double jump_fences = 3;               ///< Interquartile ranges beyond the quartiles.
  std::int64_t jump_schools = 10;       ///< Fewer schools give no quartiles.
  stats::SpikeWindow spike;
  double spike_z = 3;
  double spike_odds = 1.5;  ///< Observed over expected odds.
  int spike_years = 3;      ///< Counted together, the year judged the last.
};

/// Reads the keys of indicators/catalogue/marking.toml, or of a project's [marking], over what `settings` holds.
void read_marking(ConfigReader& reader, const Vocabulary& vocabulary, MarkingSettings& settings);

}  // namespace kaskad
