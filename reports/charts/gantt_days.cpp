#include "reports/charts/gantt_days.hpp"

#include <algorithm>
#include <charconv>

namespace kaskad::reports {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Digits of `text` from `at` on, `count` of them; nothing when there are other characters.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  const std::string_view part = text.substr(at, count);
  const bool plain = std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto read = std::from_chars(part.data(), part.data() + part.size(), value);
  return plain && part.size() == count && read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<Days> span_of(const std::optional<Gantt::Span>& span, std::optional<sys_days> open_end) {
  if (!span) return std::nullopt;
  const auto from = date_of(span->from);
  const auto to = span->to.empty() ? open_end : date_of(span->to);
  if (!from || !to || *to < *from) return std::nullopt;
  return Days{*from, *to + days(1)};
}

std::optional<Days> late_of(const Gantt::Row& row, const GanttBars& bars, std::optional<sys_days> today) {
  if (!bars.plan) return std::nullopt;
  const bool ended = row.fact && date_of(row.fact->to).has_value();
  const sys_days end = ended && bars.fact ? bars.fact->to : today && !ended ? *today + days(1) : bars.plan->to;
  return end > bars.plan->to ? std::optional(Days{bars.plan->to, end}) : std::nullopt;
}

}  // namespace

std::optional<sys_days> date_of(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto y = digits(iso, 0, 4), m = digits(iso, 5, 2), d = digits(iso, 8, 2);
  if (!y || !m || !d) return std::nullopt;
  const year_month_day date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                            std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

GanttBars bars_of(const Gantt::Row& row, std::optional<sys_days> today) {
  GanttBars bars;
  if (row.head) return bars;
  bars.plan = span_of(row.plan, std::nullopt);
  bars.fact = span_of(row.fact, today);
  bars.late = late_of(row, bars, today);
  for (const std::string& date : row.milestones)
    if (const auto day = date_of(date)) bars.milestones.push_back(*day);
  return bars;
}

bool is_overdue(const Gantt& plot, const Gantt::Row& row) { return bars_of(row, date_of(plot.today)).late.has_value(); }

}  // namespace kaskad::reports
