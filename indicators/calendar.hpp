// Days of the calendar as the files give them: ISO texts, empty where there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaskad {

/// Is this a day of the calendar, "2024-02-29"?
bool is_day(std::string_view iso);

/// From one day to another, negative when it runs back; nothing when one of them is no day.
std::optional<std::int64_t> days_between(std::string_view from, std::string_view to);

/// The school year, by its last calendar year: it begins on 1 September. 0 of a text that is no day.
int school_year_of(std::string_view iso);

/// Is the day known to have come by `as_of`? An empty `as_of` stands for the end of time; no day has never come.
bool has_come(std::string_view iso, std::string_view as_of);

}  // namespace kaskad
