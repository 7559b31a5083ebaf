// How schools were found, as trees. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Of the region: {has_any, has_low, low, has_social, social, standings, changes, schools}.
Object identification_data(const Briefing& b);
/// Of one school: why it is on a list or not; null when no rule and no index were asked for.
Value school_identification(const Briefing& b, SchoolId school);

/// Results beside what the index predicts, in the region: {has_any, text, fits, groups, scatter, schools, all, …}.
Object region_resilience(const Briefing& b);
/// Of one school: {has_any, text}.
Object school_resilience(const Briefing& b, SchoolId school);
/// Clusters by blocks of indicators: {has_any, text, rule, heads, items, groups, found, schools, partition}.
Object region_clusters(const Briefing& b);
/// Of one school: {has_any, text, blocks}.
Object school_clusters(const Briefing& b, SchoolId school);
/// A funnel for each headline that is a share or a mean: [{name, year, chart, title, text, beyond}].
List funnels_data(const Briefing& b);
/// How the limits of all funnels are drawn and what a point beyond them means.
std::string funnels_rule(const Briefing& b);
/// Controls and partners proposed: {has_any, rule, groups, pairs, incomplete}.
Object proposals_data(const Briefing& b);

// Parts of the region's tree, one file each.

Object low_data(const Briefing& b);
Object social_data(const Briefing& b);

/// Schools by municipality, then by name in the dictionary order of the language.
void sort_by_place_and_name(const Briefing& b, std::vector<SchoolId>& schools);
/// {number, id, name, municipality, type}
Object found_school(const Briefing& b, SchoolId school, std::size_t number);
/// [{name, value}]
List named_values(const std::vector<std::pair<std::string, std::string>>& values);
/// «включена» … of the school in the last pair of years, or empty.
std::string last_change(const Briefing& b, StatusList list, SchoolId school);
/// [{id, name, municipality, list, from, to, change, reason}] of the last pair of years, or of all.
List change_rows(const Briefing& b, std::optional<StatusList> list, bool all_years);
/// An index as it is printed, without interval.
Quantity index_quantity(const IndexTime& time, double value, Owner owner);

}  // namespace kaskad::reports
