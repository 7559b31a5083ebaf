#include "indicators/calendar.hpp"

#include <charconv>
#include <chrono>

namespace kaskad {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good =
      !text.empty() && text.front() != '-' && read.ec == std::errc() && read.ptr == text.data() + text.size();
  return good ? std::optional(value) : std::nullopt;
}

std::optional<year_month_day> date_in(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto y = whole(iso.substr(0, 4)), m = whole(iso.substr(5, 2)), d = whole(iso.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  const year_month_day date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                            std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace

bool is_day(std::string_view iso) { return date_in(iso).has_value(); }

std::optional<std::int64_t> days_between(std::string_view from, std::string_view to) {
  const auto a = date_in(from), b = date_in(to);
  if (!a || !b) return std::nullopt;
  return std::int64_t{(sys_days(*b) - sys_days(*a)).count()};
}

int school_year_of(std::string_view iso) {
  const auto date = date_in(iso);
  if (!date) return 0;
  return static_cast<int>(date->year()) + (date->month() >= std::chrono::September ? 1 : 0);
}

bool has_come(std::string_view iso, std::string_view as_of) { return is_day(iso) && (as_of.empty() || iso <= as_of); }

}  // namespace kaskad
