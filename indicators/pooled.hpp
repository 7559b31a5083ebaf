// The difference in change, municipality by municipality, and what these differences come to together: does support
// go with the same change everywhere, and what would be expected of one more municipality?
#pragma once

#include <cstdint>
#include <vector>

#include "engine/stats/meta.hpp"
#include "indicators/comparison.hpp"

namespace kaskad {

/// Fewer schools of a group in a municipality leave no error that could be trusted: pooling takes errors as known.
inline constexpr std::int64_t kSchoolsToCompare = 3;

struct MunicipalEffect {
  std::size_t entity = 0;          ///< Into the frame's entities.
  std::int64_t focus_schools = 0;  ///< With results at entry and at final.
  std::int64_t control_schools = 0;
  Estimate effect;       ///< As ChangeComparison::effect, of the municipality's schools alone; too_few_clusters below
                         ///< kSchoolsToCompare in a group.
  double weight = kNaN;  ///< Share in the pooled estimate; NaN where the effect is not pooled: there is none, or its
                         ///< error rests on few schools and cannot be taken as known (Estimate::rests_on_few).
};

struct PooledEffect {
  std::size_t series = 0;              ///< Into Figures::series.
  std::vector<MunicipalEffect> parts;  ///< Municipalities with a focus or a control school, in the frame's order.
  stats::Pooled pooled;                ///< REML, Knapp and Hartung; too_few with fewer than two effects.
};

/// One for each comparison that has a change from entry to final, in their order; nothing for a region of one
/// municipality. Source: docs/methods/meta.md.
std::vector<PooledEffect> pool_municipalities(const Figures& figures, const std::vector<int>& all_years,
                                              const std::vector<SeriesComparison>& comparisons, unsigned threads);

}  // namespace kaskad
