#include "engine/base/day.hpp"

#include <charconv>

namespace kaskad {
namespace {

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good =
      !text.empty() && text.front() != '-' && read.ec == std::errc() && read.ptr == text.data() + text.size();
  return good ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::year_month_day> day_of_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = whole(text.substr(0, 4)), m = whole(text.substr(5, 2)), d = whole(text.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace kaskad
