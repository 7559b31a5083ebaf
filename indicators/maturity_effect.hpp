// Do mature programmes go with larger gains? The change of headline figures of the programmes' owners by the level that
// the programmes have at the end. It compares what stands side by side and says nothing of causes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/stats/ordered_groups.hpp"
#include "indicators/figures.hpp"
#include "indicators/maturity.hpp"

namespace kaskad {

struct ProgrammeChange {
  std::size_t programme = 0;
  Estimate change;  ///< Of its owner's pupils, final less entry; in the unit of the indicator.
};

struct LevelChange {
  std::size_t level = 0;                    ///< Into the levels, the highest first.
  std::vector<ProgrammeChange> programmes;  ///< That have a change.
  Estimate mean;                            ///< Over programmes, each counted once, with Student's interval.
  double median = kNaN;                     ///< NaN without programmes.
};

/// What the test says; `too_few` programmes are not tested.
enum class MaturityEffectVerdict : std::uint8_t { too_few, one_level, unproven, more, less };
inline constexpr std::array<std::string_view, 5> kMaturityEffectVerdictNames = {"too_few", "one_level", "unproven",
                                                                                "more", "less"};

/// One headline and the programmes of one level of management (schools' own, municipalities').
struct MaturityEffect {
  std::size_t series = 0;
  std::string programme_level;
  std::vector<LevelChange> levels;  ///< All of the rubric, the highest first.
  std::int64_t compared = 0;        ///< Programmes with a level and a change.
  std::int64_t without_level = 0;
  std::int64_t without_change = 0;  ///< Rated, but their owner has no change to show.
  stats::TrendTest trend;  ///< Of gains over levels, from the lowest to the highest; gains are changes for the better.
  double adjusted_p = kNaN;  ///< By Holm, over the headlines of the same programmes.
  MaturityEffectVerdict verdict = MaturityEffectVerdict::too_few;
};

/// For each level of management with rated programmes of schools or municipalities, for each series that has a change
/// from entry to final; nothing without such waves. Programmes count with the level of their last rated wave.
std::vector<MaturityEffect> maturity_effects(const Dataset& data, const MaturitySettings& settings,
                                             const std::vector<MaturityRating>& ratings, const Figures& figures,
                                             const std::vector<std::size_t>& series, unsigned threads);

}  // namespace kaskad
