// Numbers, years, dates and yes-or-no as people write them in tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaskad::intake {

/// Without blanks, control characters and non-breaking spaces at both ends.
std::string_view trimmed(std::string_view text);

enum class NumberState : std::uint8_t { good, not_a_number, not_an_integer };

struct ParsedInteger {
  std::int64_t value = 0;
  NumberState state = NumberState::not_a_number;
};
struct ParsedNumber {
  double value = 0;
  int decimals = 0;  ///< Digits printed after the decimal mark.
  bool good = false;
};

/// Decimal comma or point; spaces of any kind between digits; a minus or «−»; a trailing percent sign. No exponent but
/// "1e5".
ParsedNumber parse_number(std::string_view text);
/// As above, when the number is whole: "12", "12,0", "1 200".
ParsedInteger parse_integer_slowly(std::string_view text);
inline ParsedInteger parse_integer(std::string_view text) {
  if (text.empty() || text.size() > 9) return parse_integer_slowly(text);
  std::int64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return parse_integer_slowly(text);
    value = 10 * value + digit;
  }
  return {value, NumberState::good};
}

/// The calendar year in which the school year ends: "2024", "2023/2024", "2023-24", "2023–2024 уч. г.".
std::optional<int> parse_year(std::string_view text);
/// The class of "9", "9А", "11-б".
std::optional<int> parse_grade(std::string_view text);
/// ISO text of "2024-05-30", "30.05.2024", «30 мая 2024 г.», "30 May 2024" or, in a workbook, a day number of the 1900
/// system; nothing when it is no date.
std::optional<std::string> parse_date(std::string_view text);
/// Days of a term that may be named by its month or year alone: «март 2024», «2024», ISO texts.
struct DateSpan {
  std::string first;
  std::string last;
};
std::optional<DateSpan> parse_term(std::string_view text);
/// True for a workbook's number formats that show a date: the built-in ones 14–17 and 22, and codes with a day or a
/// year.
bool is_date_format(std::size_t id, std::string_view code);
/// да, нет, yes, no, true, false, 1, 0, +, −; сельская, городская and their like.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace kaskad::intake
