#include "engine/intake/title_facts.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::intake {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Folded, with quotation marks and dashes as spaces, so that words stand between ASCII characters.
std::string plain(std::string_view text) {
  std::string folded = fold(text);
  for (const std::string_view mark : {"«", "»", "„", "“", "”", "–", "—", "№", "\u00A0"}) {
    for (std::size_t at = folded.find(mark); at != std::string::npos; at = folded.find(mark, at)) {
      folded.replace(at, mark.size(), " ");
    }
  }
  return folded;
}

bool holds_word(const std::string& text, const std::string& word) {
  if (word.empty()) return false;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !(is_letter(text[at - 1]) || is_digit(text[at - 1]));
    const bool ends = end == text.size() || !(is_letter(text[end]) || is_digit(text[end]));
    if (starts && ends) return true;
  }
  return false;
}

template <class Item>
std::vector<std::string> spellings_of(const Item& item) {
  std::vector<std::string> all = item.synonyms;
  for (const auto& [language, name] : item.name) all.push_back(name);
  all.push_back(item.id);
  return all;
}

/// Id of the item with the longest spelling in the text; spellings of fewer bytes than `least` are passed over.
template <class Items>
std::string longest_named(const Items& items, const std::string& text, std::size_t least) {
  std::string found;
  std::size_t longest = 0;
  for (const auto& item : items) {
    for (const std::string& spelling : spellings_of(item)) {
      const std::string word = plain(spelling);
      if (word.size() < least || word.size() <= longest || !holds_word(text, word)) continue;
      longest = word.size();
      found = item.id;
    }
  }
  return found;
}

void set(Facts& facts, Facts::Index index, std::string value) {
  if (facts.values[index].empty()) facts.values[index] = std::move(value);
}

/// Codes of subjects, «РУ» and «МА», are too short to be looked for in running text: two Cyrillic letters.
constexpr std::size_t kShortestSubject = 5;

/// The number before «класс».
std::string grade_in(const std::string& text) {
  const std::size_t word = text.find("класс");
  if (word == std::string::npos) return {};
  std::size_t end = word;
  while (end > 0 && !is_digit(text[end - 1]) && word - end < 6) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  return end - begin <= 2 ? text.substr(begin, end - begin) : std::string();
}

/// «муниципального этапа олимпиады»: the stage, as the vocabulary's synonyms have it.
constexpr std::array<std::array<std::string_view, 2>, 4> kStages = {{{"школьн", "школьный этап"},
                                                                     {"муниципальн", "муниципальный этап"},
                                                                     {"региональн", "региональный этап"},
                                                                     {"заключительн", "заключительный этап"}}};

std::string stage_in(const std::string& words, const Vocabulary& vocabulary) {
  if (words.find("олимпиад") == std::string::npos || words.find("этап") == std::string::npos) return {};
  for (const auto& [stem, name] : kStages) {
    if (words.find(stem) == std::string::npos) continue;
    if (const auto found = vocabulary.find_procedure(name)) return vocabulary.procedures[*found].id;
  }
  return {};
}

struct DateText {
  int year = 0;
  int month = 0;
};

std::vector<int> numbers_at(std::string_view text, std::size_t& at) {
  std::vector<int> numbers;
  while (at < text.size() && is_digit(text[at])) {
    int number = 0;
    for (int digits = 0; at < text.size() && is_digit(text[at]) && digits < 4; ++at, ++digits)
      number = 10 * number + (text[at] - '0');
    numbers.push_back(number);
    if (numbers.size() == 3 || at + 1 >= text.size() || (text[at] != '.' && text[at] != '-')) break;
    ++at;
  }
  return numbers;
}

constexpr int kEarliestYear = 1990;
constexpr int kLatestYear = 2100;
bool is_year(int number) { return number >= kEarliestYear && number <= kLatestYear; }

std::optional<DateText> first_date(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const std::vector<int> n = numbers_at(text, at);
    while (at < text.size() && is_digit(text[at])) ++at;
    if (n.size() < 3) continue;
    if (is_year(n[2]) && n[1] >= 1 && n[1] <= 12) return DateText{n[2], n[1]};
    if (is_year(n[0]) && n[1] >= 1 && n[1] <= 12) return DateText{n[0], n[1]};
  }
  return std::nullopt;
}

/// A year that stands alone, «2024/25» or «2024-2025».
std::string year_in(const std::string& text) {
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.'))) continue;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    const bool alone =
        end - at == 4 && !(end < text.size() && text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1]));
    if (!alone || !is_year(std::stoi(text.substr(at, 4)))) continue;
    std::size_t to = end;
    if (to < text.size() && (text[to] == '/' || text[to] == '-')) {
      ++to;
      while (to < text.size() && is_digit(text[to])) ++to;
    }
    if (const auto year = parse_year(text.substr(at, to - at))) return std::to_string(*year);
  }
  return {};
}

std::string last_number(const std::string& text) {
  std::size_t end = text.size();
  while (end > 0 && !is_digit(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

}  // namespace

std::optional<int> school_year_of_date(std::string_view text) {
  constexpr int first_month = 9;
  const std::optional<DateText> date = first_date(text);
  if (!date) return std::nullopt;
  return date->month >= first_month ? date->year + 1 : date->year;
}

std::string_view login_in(std::string_view text) {
  constexpr std::size_t digits = 6;
  for (std::size_t open = text.rfind('('); open != std::string_view::npos;
       open = open == 0 ? std::string_view::npos : text.rfind('(', open - 1)) {
    const std::size_t close = text.find(')', open);
    if (close == std::string_view::npos) continue;
    const std::string_view inside = trimmed(text.substr(open + 1, close - open - 1));
    const std::size_t letters =
        static_cast<std::size_t>(std::find_if(inside.begin(), inside.end(), is_digit) - inside.begin());
    const bool all_digits = std::all_of(inside.begin() + static_cast<std::ptrdiff_t>(letters), inside.end(), is_digit);
    const bool all_letters =
        std::all_of(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(letters), is_letter);
    if (letters > 0 && all_letters && all_digits && inside.size() == letters + digits) return inside;
  }
  return {};
}

void read_title(std::string_view text, const Vocabulary& vocabulary, Facts& facts) {
  const std::string words = plain(text);
  set(facts, Facts::kProcedure, longest_named(vocabulary.procedures, words, 1));
  set(facts, Facts::kProcedure, stage_in(words, vocabulary));
  set(facts, Facts::kSchool, std::string(login_in(text)));
  set(facts, Facts::kSubject, longest_named(vocabulary.subjects, words, kShortestSubject));
  set(facts, Facts::kGrade, grade_in(words));
  if (words.find("максимальный первичный балл") != std::string::npos) {
    set(facts, Facts::kMaximum, last_number(words));
    return;
  }
  std::string year = year_in(words);
  if (const auto dated = school_year_of_date(words); year.empty() && dated) year = std::to_string(*dated);
  set(facts, Facts::kYear, std::move(year));
}

void read_sheet_name(std::string_view name, const Vocabulary& vocabulary, Facts& facts) {
  const std::string words = plain(name);
  const std::string code = words.substr(0, words.find_first_of(" _("));
  if (const auto subject = vocabulary.find_subject(code)) set(facts, Facts::kSubject, vocabulary.subjects[*subject].id);
  const std::size_t begin = std::min(words.size(), code.size() + 1);
  std::size_t end = begin;
  while (end < words.size() && is_digit(words[end])) ++end;
  if (end > begin && end - begin <= 2) set(facts, Facts::kGrade, words.substr(begin, end - begin));
}

bool read_exam_line(std::string_view text, const Vocabulary& vocabulary, Facts& facts) {
  const std::string words = plain(text);
  std::size_t at = 0;
  while (at < words.size() && is_digit(words[at])) ++at;
  if (at == 0 || at > 3) return false;
  const std::size_t rest = words.find_first_not_of(" -", at);
  const auto year = school_year_of_date(words);
  if (rest == std::string::npos || rest == at || !is_letter(words[rest]) || !year) return false;
  std::string subject = longest_named(vocabulary.subjects, words, kShortestSubject);
  if (subject.empty()) {
    // What stands between the number and the date is told as it is, so that it can be added to the vocabulary.
    subject = words.substr(rest);
    subject = subject.substr(0, subject.find_first_of("0123456789"));
    subject = std::string(trimmed(subject));
  }
  facts.values[Facts::kSubject] = std::move(subject);
  facts.values[Facts::kYear] = std::to_string(*year);
  return true;
}

}  // namespace kaskad::intake
