// Weights and extremes of the index, and the index itself. Private to this room.
#pragma once

#include "indicators/identify/social_index.hpp"

namespace kaskad::identify {

/// Shares as the context gives them: [school][component], NaN = missing.
using ShareTable = std::vector<std::vector<double>>;

IndexFit fit_index(const ShareTable& shares, const SocialIndexSettings& settings, int year,
                   const std::vector<SchoolOutcome>& outcomes);

/// (share − lo)/(hi − lo), turned round where more is worse, held within [0, 1]; NaN = missing.
double good_share(double share, const IndexFit& fit, const IndexComponent& component, std::size_t place);

/// 100·Σ w·g, by the rule for missing shares; NaN when the school is not ranked.
double index_value(const std::vector<double>& good, const std::vector<double>& weights,
                   const SocialIndexSettings& settings);

}  // namespace kaskad::identify
