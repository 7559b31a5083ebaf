// Partners side by side, as trees. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Of the region: {has_any, text, rule, periods, pairs, loads, gap, …}; see report-data.toml.
Object region_partners(const Briefing& b);
/// Of the pairs that a municipality's schools belong to.
Object municipality_partners(const Briefing& b, const std::vector<SchoolId>& schools);
/// Of the pairs of one school, weak or strong.
Object school_partners(const Briefing& b, SchoolId school);

/// The schools of the pairs that some schools belong to.
std::vector<SchoolId> schools_in_pairs(const Briefing& b, const std::vector<SchoolId>& schools);

}  // namespace kaskad::reports
