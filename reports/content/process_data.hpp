// Monitorings of processes and diagnostics on courses, as trees. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// A monitoring each: {name, index, waves, scale, note, rows, changes, slope, heat}; of the region without `heat`.
List region_processes(const Briefing& b);
/// With a heat map of its schools by criteria in the last wave.
List municipality_processes(const Briefing& b, std::size_t municipality_entity, const std::vector<SchoolId>& schools);
/// Its scores by wave: {name, waves, rows}.
List school_processes(const Briefing& b, SchoolId school);

/// A course each: {name, text, rows}: the region and its municipalities.
List region_courses(const Briefing& b);
/// The municipality and its schools.
List municipality_courses(const Briefing& b, std::size_t municipality);
List school_courses(const Briefing& b, SchoolId school);

}  // namespace kaskad::reports
