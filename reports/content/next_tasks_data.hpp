// What a municipality has left open: its tasks for the next period. Private to this room.
#pragma once

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Rows of {who, what, why, term, kind}, by kind: measures not done, components that hold the cascade back, visits
/// overdue, targets missed or off course, what programmes lack for the next level of maturity, pairs whose gap has
/// widened. `root` is the municipality's tree so far: nothing is asked for that the report does not show.
List next_tasks(const Briefing& b, const Value& root, std::size_t entity);

}  // namespace kaskad::reports
