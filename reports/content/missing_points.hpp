// What a figure does not show, and why: a gap in a line must not be read as a zero.
#pragma once

#include <string>
#include <vector>

#include "reports/content/briefing.hpp"

namespace kaskad::reports {

struct DrawnLine {
  std::string name;
  std::size_t series = 0, entity = 0;
};

/// Rows without a dot, or other things that are not drawn, each with the reason; empty when all of them have none.
struct Undrawn {
  std::string name;
  Undefined reason = Undefined::none;  ///< None: it is drawn.
};
std::string missing_rows(const Briefing& b, const std::vector<Undrawn>& rows);

/// Years without a point, line by line, with the reason; empty where every line has all of them.
std::string missing_points(const Briefing& b, const std::vector<DrawnLine>& lines);

}  // namespace kaskad::reports
