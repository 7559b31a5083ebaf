// Waves, targets and the registry of programmes as trees. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// The groups and the region in the headlines, and every trend for the workbook: {has_any, rule, rows, all, …}.
Object region_waves(const Briefing& b);
/// The headlines of one entity: {has_any, rule, rows}.
Object entity_waves(const Briefing& b, std::size_t entity);

/// Whose targets are wanted; all of them for the region.
Object region_targets(const Briefing& b);
/// Those of a municipality, of its programmes and schools, or of a school.
Object entity_targets(const Briefing& b, std::size_t entity);

/// Passports, participation by year with its percentage, and the outcome of the supported schools.
Object region_registry(const Briefing& b);
Object municipality_registry(const Briefing& b, std::size_t municipality);
Object school_registry(const Briefing& b, SchoolId school);
/// {has_any, text, rows}: what became of the supported schools.
Object outcome_data(const Briefing& b);

/// The programme's name, or its id.
std::string name_of_programme(const Programme& programme);
/// Names of schools in their order, joined by commas; empty for none.
std::string joined_schools(const Briefing& b, const std::vector<SchoolId>& schools);
/// The same for a cell of a page: more than a dozen are told by their number.
std::string told_schools(const Briefing& b, const std::vector<SchoolId>& schools);
/// A programme of this municipality or of one of its schools; of this school.
bool concerns(const Briefing& b, const Programme& programme, std::size_t entity);

}  // namespace kaskad::reports
