// Days as files and settings write them: YYYY-MM-DD.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace kaskad {

/// Nothing where the text has another form, or the calendar no such day.
std::optional<std::chrono::year_month_day> day_of_iso(std::string_view text);

}  // namespace kaskad
