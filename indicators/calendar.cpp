#include "indicators/calendar.hpp"

#include <chrono>

#include "engine/base/day.hpp"

namespace kaskad {
bool is_day(std::string_view iso) { return day_of_iso(iso).has_value(); }

std::optional<std::int64_t> days_between(std::string_view from, std::string_view to) {
  const auto a = day_of_iso(from), b = day_of_iso(to);
  if (!a || !b) return std::nullopt;
  using std::chrono::sys_days;
  return std::int64_t{(sys_days(*b) - sys_days(*a)).count()};
}

int school_year_of(std::string_view iso) {
  const auto date = day_of_iso(iso);
  if (!date) return 0;
  return static_cast<int>(date->year()) + (date->month() >= std::chrono::September ? 1 : 0);
}

bool has_come(std::string_view iso, std::string_view as_of) { return is_day(iso) && (as_of.empty() || iso <= as_of); }

}  // namespace kaskad
