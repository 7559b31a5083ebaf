// What both kinds of bounds of sensitivity.hpp share; for this room alone.
#pragma once

#include <functional>
#include <vector>

#include "engine/stats/sensitivity.hpp"

namespace kaskad::stats::sensitivity {

bool usable(const EventStudy& study, const SensitivityTarget& target);

/// Of Σ weights·coefficients, in the order pre, post.
double value_of(const EventStudy& study, const std::vector<double>& weights);
double se_of(const EventStudy& study, const std::vector<double>& weights);

/// The target's weights behind zeros for the coefficients before treatment.
std::vector<double> target_weights(const EventStudy& study, const SensitivityTarget& target);

SensitivityInterval undefined_interval(double size);

/// The first size from 0 whose interval holds 0; `scale` is the unit in which sizes are tried, > 0.
Breakdown first_with_zero(const std::function<SensitivityInterval(double)>& interval, double scale);

}  // namespace kaskad::stats::sensitivity
