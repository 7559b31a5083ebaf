// Chart data as trees, in the shapes that docs/templates.md documents for the chart block.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

/// A line of a dynamics chart.
struct ChartLine {
  std::string label;
  std::string role;  ///< "focus", "control", "region", "school", …
  std::size_t entity = 0;
};

/// One series by year with its waves as bands; {missing: …} when nothing is defined.
Value dynamics_chart(const Briefing& b, std::size_t series, const std::vector<ChartLine>& lines);

/// Shares of marks by year, region or any entity; one bar a year. Null when the slice has no marks.
Value marks_chart(const Briefing& b, const Series& slice, std::size_t entity);

/// Quantity of a difference per headline against zero.
Value differences_chart(const Briefing& b, const std::vector<std::pair<std::string, Quantity>>& rows);

}  // namespace kaskad::reports
