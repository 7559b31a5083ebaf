// The schools of a municipality side by side in each headline.
#pragma once

#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// Those with a figure in the last period and the region as the line to compare with: a chart a headline, or several
/// of nearly equal length where one would fill a page. No chart where no school has enough participants.
List schools_charts(const Briefing& b, const std::vector<SchoolId>& schools);
/// Those with a figure in some wave, or in some year where there are no waves: a table a headline.
List school_tables(const Briefing& b, const std::vector<SchoolId>& schools);

}  // namespace kaskad::reports
