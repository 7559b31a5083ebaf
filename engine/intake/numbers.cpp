#include "engine/intake/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "engine/base/text.hpp"

namespace kaskad::intake {
namespace {

/// Non-breaking, figure, thin, narrow non-breaking space in UTF-8, and the byte order mark that stray exports leave.
constexpr std::array<std::string_view, 5> kWideSpaces = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF",
                                                         "\xEF\xBB\xBF"};
constexpr std::string_view kMinus = "\xE2\x88\x92";

std::size_t wide_space_at_start(std::string_view text) {
  for (const std::string_view space : kWideSpaces) {
    if (text.substr(0, space.size()) == space) return space.size();
  }
  return 0;
}

std::size_t wide_space_at_end(std::string_view text) {
  for (const std::string_view space : kWideSpaces) {
    if (text.size() >= space.size() && text.substr(text.size() - space.size()) == space) return space.size();
  }
  return 0;
}

bool is_plain_space(char c) { return c >= 0 && c <= ' '; }

/// ASCII text of a number for from_chars; nothing when a character has no place in a number.
std::optional<std::string> plain_number(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (const std::size_t wide = wide_space_at_start(rest)) {
      i += wide;
    } else if (rest.substr(0, kMinus.size()) == kMinus) {
      plain += '-';
      i += kMinus.size();
    } else {
      const char c = text[i++];
      if (c == ' ') continue;
      if (c < 0) return std::nullopt;
      plain += c == ',' ? '.' : c;
    }
  }
  return plain;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool all = !text.empty() && end == text.data() + text.size();
  return trouble == std::errc() && all && is_digit(text.front()) ? std::optional(value) : std::nullopt;
}

std::string_view leading_digits(std::string_view text) {
  const auto* end = std::find_if_not(text.begin(), text.end(), is_digit);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 13> lengths = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return lengths[static_cast<std::size_t>(month)] + (month == 2 && is_leap(year) ? 1 : 0);
}

std::optional<std::string> iso_date(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || !month || !day || *year < 1900 || *year > 2999 || *month < 1 || *month > 12) return std::nullopt;
  if (*day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", *year, *month, *day);
}

/// Days since 1970-01-01 to a date of the Gregorian calendar, by eras of 400 years.
std::optional<std::string> date_of_day_number(int number) {
  constexpr int from_1900_system_to_1970 = 25569;
  constexpr int from_march_of_year_0_to_1970 = 719468;
  const int days = number - from_1900_system_to_1970 + from_march_of_year_0_to_1970;
  const int era = days / 146097;
  const int of_era = days % 146097;
  const int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * of_year + 2) / 153;
  const int day = of_year - (153 * shifted_month + 2) / 5 + 1;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return iso_date(year_of_era + 400 * era + (month <= 2 ? 1 : 0), month, day);
}

/// Beginnings of folded names of months, in any case and shortened: «марта», «сент.», "September". Longer ones first.
constexpr std::array<std::pair<std::string_view, int>, 26> kMonths = {
    {{"янв", 1}, {"фев", 2}, {"март", 3}, {"мар", 3},  {"апр", 4},  {"мая", 5},  {"май", 5},  {"июн", 6}, {"июл", 7},
     {"авг", 8}, {"сен", 9}, {"окт", 10}, {"ноя", 11}, {"дек", 12}, {"jan", 1},  {"feb", 2},  {"mar", 3}, {"apr", 4},
     {"may", 5}, {"jun", 6}, {"jul", 7},  {"aug", 8},  {"sep", 9},  {"oct", 10}, {"nov", 11}, {"dec", 12}}};

std::optional<int> month_of(std::string_view word) {
  const auto* found = std::find_if(kMonths.begin(), kMonths.end(),
                                   [&](const auto& m) { return word.substr(0, m.first.size()) == m.first; });
  return found == kMonths.end() ? std::nullopt : std::optional(found->second);
}

/// Folded words of a date without «г.» or «года» at its end; "2024г." is a year, too.
std::vector<std::string> date_words(std::string_view text) {
  std::string folded = fold(text);
  for (const std::string_view wide : kWideSpaces) {
    for (std::size_t at = folded.find(wide); at != std::string::npos; at = folded.find(wide, at))
      folded.replace(at, wide.size(), " ");
  }
  for (const std::string_view end : {"года", "год", "г.", "г"}) {
    if (folded.size() < end.size() || folded.substr(folded.size() - end.size()) != end) continue;
    folded.resize(folded.size() - end.size());
    break;
  }
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::optional<std::string> date_with_month_name(std::string_view text) {
  const std::vector<std::string> words = date_words(text);
  if (words.size() != 3 || words[2].size() != 4) return std::nullopt;
  return iso_date(digits(words[2]), month_of(words[1]), digits(words[0]));
}

constexpr std::array<std::pair<std::string_view, bool>, 26> kBooleanWords = {{{"1", true},
                                                                              {"0", false},
                                                                              {"да", true},
                                                                              {"нет", false},
                                                                              {"yes", true},
                                                                              {"no", false},
                                                                              {"true", true},
                                                                              {"false", false},
                                                                              {"истина", true},
                                                                              {"ложь", false},
                                                                              {"+", true},
                                                                              {"-", false},
                                                                              {"y", true},
                                                                              {"n", false},
                                                                              {"сельская", true},
                                                                              {"городская", false},
                                                                              {"село", true},
                                                                              {"город", false},
                                                                              {"сельский", true},
                                                                              {"городской", false},
                                                                              {"rural", true},
                                                                              {"urban", false},
                                                                              {"малокомплектная", true},
                                                                              {"не малокомплектная", false},
                                                                              {"д", true},
                                                                              {"н", false}}};

}  // namespace

std::string_view trimmed(std::string_view text) {
  for (;;) {
    if (text.empty()) return text;
    const std::size_t wide = wide_space_at_start(text);
    if (wide == 0 && !is_plain_space(text.front())) break;
    text.remove_prefix(std::max<std::size_t>(wide, 1));
  }
  for (;;) {
    const std::size_t wide = wide_space_at_end(text);
    if (wide == 0 && !is_plain_space(text.back())) return text;
    text.remove_suffix(std::max<std::size_t>(wide, 1));
  }
}

ParsedNumber parse_number(std::string_view text) {
  ParsedNumber parsed;
  std::optional<std::string> plain = plain_number(text);
  if (!plain) return parsed;
  if (!plain->empty() && plain->back() == '%') plain->pop_back();
  const char* begin = plain->data();
  const char* end = begin + plain->size();
  if (plain->size() > 1 && *begin == '+') ++begin;
  const auto [stop, trouble] = std::from_chars(begin, end, parsed.value);
  parsed.good = trouble == std::errc() && stop == end && std::isfinite(parsed.value);
  const std::size_t point = plain->find('.');
  if (point != std::string::npos) {
    parsed.decimals = static_cast<int>(leading_digits(std::string_view(*plain).substr(point + 1)).size());
  }
  return parsed;
}

ParsedInteger parse_integer_slowly(std::string_view text) {
  const ParsedNumber number = parse_number(text);
  if (!number.good) return {0, NumberState::not_a_number};
  constexpr double most = 9007199254740992.0;  // 2^53: above it a double skips integers.
  if (number.value != std::floor(number.value) || std::abs(number.value) > most) {
    return {0, NumberState::not_an_integer};
  }
  return {static_cast<std::int64_t>(number.value), NumberState::good};
}

std::optional<int> parse_year(std::string_view text) {
  const std::string_view first = leading_digits(text);
  const std::optional<int> begin = digits(first);
  if (!begin || first.size() != 4) return std::nullopt;
  std::string_view rest = text.substr(4);
  const auto* second = std::find_if(rest.begin(), rest.end(), is_digit);
  if (second == rest.end()) return begin;
  const std::string_view between = trimmed(rest.substr(0, static_cast<std::size_t>(second - rest.begin())));
  if (between != "/" && between != "-" && between != "\xE2\x80\x93" && between != "\xE2\x80\x94") return std::nullopt;
  const std::string_view last = leading_digits(rest.substr(static_cast<std::size_t>(second - rest.begin())));
  const std::optional<int> end = digits(last);
  const int wanted = last.size() == 2 ? (*begin + 1) % 100 : *begin + 1;
  const bool follows = end && (last.size() == 2 || last.size() == 4) && *end == wanted;
  return follows ? std::optional(*begin + 1) : std::nullopt;
}

std::optional<int> parse_grade(std::string_view text) {
  const std::string_view number = leading_digits(text);
  const std::string_view letter = text.substr(number.size());
  const bool counted_further = std::any_of(letter.begin(), letter.end(), is_digit);
  return counted_further || number.size() > 3 ? std::nullopt : digits(number);
}

std::optional<std::string> parse_date(std::string_view text) {
  const std::string_view day = text.substr(0, 10);
  const bool clock_may_follow = text.size() == 10 || (text.size() > 10 && (text[10] == ' ' || text[10] == 'T'));
  if (day.size() == 10 && clock_may_follow && day[4] == '-' && day[7] == '-') {
    return iso_date(digits(day.substr(0, 4)), digits(day.substr(5, 2)), digits(day.substr(8, 2)));
  }
  if (day.size() == 10 && clock_may_follow && day[2] == '.' && day[5] == '.') {
    return iso_date(digits(day.substr(6, 4)), digits(day.substr(3, 2)), digits(day.substr(0, 2)));
  }
  const std::optional<int> number = text.size() == 5 ? digits(text) : std::nullopt;
  return number ? date_of_day_number(*number) : date_with_month_name(text);
}

std::optional<DateSpan> parse_term(std::string_view text) {
  if (const std::optional<std::string> date = parse_date(text)) return DateSpan{*date, *date};
  const std::vector<std::string> words = date_words(text);
  if (words.empty() || words.size() > 2 || words.back().size() != 4) return std::nullopt;
  const std::optional<int> year = digits(words.back());
  const std::optional<int> first = words.size() == 2 ? month_of(words[0]) : std::optional(1);
  const int last = words.size() == 2 ? first.value_or(0) : 12;
  const std::optional<std::string> begin = iso_date(year, first, 1);
  if (!begin) return std::nullopt;
  return DateSpan{*begin, *iso_date(year, last, days_in_month(*year, last))};
}

bool is_date_format(std::size_t id, std::string_view code) {
  if ((id >= 14 && id <= 17) || id == 22) return true;
  // Letters in quotes, after a backslash or in brackets are not part of the format: "0\ \д", [Red], [$-419].
  char closing = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (closing != 0) {
      closing = c == closing ? '\0' : closing;
    } else if (c == '"' || c == '[') {
      closing = c == '[' ? ']' : '"';
    } else if (c == '\\') {
      ++i;
    } else if (c == 'd' || c == 'D' || c == 'y' || c == 'Y') {
      return true;
    }
  }
  return false;
}

std::optional<bool> parse_boolean(std::string_view text) {
  const std::string word = fold(text);
  const auto* found =
      std::find_if(kBooleanWords.begin(), kBooleanWords.end(), [&](const auto& entry) { return entry.first == word; });
  return found == kBooleanWords.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace kaskad::intake
