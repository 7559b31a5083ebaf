// Steps of compare_partners, one file each. Private to this room.
#pragma once

#include "indicators/partners.hpp"

namespace kaskad::partners {

/// For each work the series of the first of the preferred indicators that the region has figures of.
std::vector<std::size_t> series_of_works(const Dataset& data, const Figures& figures, const PartnerSettings& settings);

/// The common works of two schools, and the pooled gaps by period with their change.
void compare_works(const Dataset& data, const Figures& figures, const Partners& all, SchoolPair& pair);

/// What each of the two does better.
void compare_tasks(const Figures& figures, const std::vector<TaskedWork>& works, double false_discovery,
                   SchoolPair& pair);

}  // namespace kaskad::partners
