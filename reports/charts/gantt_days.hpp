// What a Gantt chart draws, in days: for the picture and for its words. Private to this room.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "reports/charts/chart.hpp"

namespace kaskad::reports {

/// Of "2026-09-01"; nothing of a text that is no day of the calendar.
std::optional<std::chrono::sys_days> date_of(std::string_view iso);

/// Days from `from` up to and without `to`.
struct Days {
  std::chrono::sys_days from, to;
};

struct GanttBars {
  std::optional<Days> plan, fact, late;
  std::vector<std::chrono::sys_days> milestones;
  bool any() const { return plan || fact || late || !milestones.empty(); }
};
/// A fact that goes on ends today. What is done after the plan's end is late; so is the time up to today of what is not
/// done.
GanttBars bars_of(const Gantt::Row& row, std::optional<std::chrono::sys_days> today);
bool is_overdue(const Gantt& plot, const Gantt::Row& row);

}  // namespace kaskad::reports
