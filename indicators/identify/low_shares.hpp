// Pupils below the border of passing, school by school. Private to this room.
#pragma once

#include "indicators/identify/low_results.hpp"

namespace kaskad::identify {

/// Procedures, years, and the counts of every school; shares are not estimated yet.
LowIdentification count_low(const Dataset& data, const LowSettings& settings, std::int64_t least_published);

/// Wilson's intervals, priors, posterior probabilities, and the region's levels.
void estimate_low(LowIdentification& low, unsigned threads);

}  // namespace kaskad::identify
