#include "engine/intake/lookups.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace kaskad::intake {

namespace {

constexpr std::size_t kLoginDigits = 6;

/// The digits of a login: letters and six digits, or six digits alone. Empty when the text is no login.
std::string_view login_digits(std::string_view text) {
  if (text.size() < kLoginDigits) return {};
  const std::string_view digits = text.substr(text.size() - kLoginDigits);
  const std::string_view letters = text.substr(0, text.size() - kLoginDigits);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool login =
      std::all_of(digits.begin(), digits.end(), is_digit) && std::all_of(letters.begin(), letters.end(), is_letter);
  return login && letters.size() <= 4 ? digits : std::string_view();
}

/// Letters and digits of a name: «МБОУ "Школа №2"» and «МБОУ «Школа № 2»» are one. Empty for a name without letters.
std::string name_word(std::string_view name) {
  std::string word;
  bool letters = false;
  for (const char c : fold(name)) {
    const bool wide = (static_cast<unsigned char>(c) & 0x80) != 0;
    const bool letter = wide || (c >= 'a' && c <= 'z');
    letters = letters || letter;
    if (letter || (c >= '0' && c <= '9')) word += c;
  }
  for (const std::string_view mark : {"«", "»", "„", "“", "”", "–", "—", "№", "\u00A0"}) {
    for (std::size_t at = word.find(mark); at != std::string::npos; at = word.find(mark, at))
      word.erase(at, mark.size());
  }
  return letters ? word : std::string();
}

}  // namespace

SchoolIndex::SchoolIndex(const Registry& registry) {
  TextMap<int> times;
  TextMap<int> times_named;
  TextMap<int> times_digits;
  for (SchoolId i = 0; i < registry.schools.size(); ++i) {
    const School& school = registry.schools[i];
    ids_.push_back(school.id);
    by_id_.emplace(school.id, i);
    const std::string folded = fold(school.id);
    if (++times[folded] == 1) by_folded_id_.emplace(folded, i);
    if (times[folded] > 1) by_folded_id_.erase(folded);
    const std::string digits(login_digits(school.id));
    if (!digits.empty() && ++times_digits[digits] == 1) by_digits_.emplace(digits, i);
    if (times_digits[digits] > 1) by_digits_.erase(digits);
    const std::string name = name_word(school.name);
    if (!name.empty() && ++times_named[name] == 1) by_name_.emplace(name, i);
    if (times_named[name] > 1) by_name_.erase(name);
  }
}

std::optional<SchoolId> SchoolIndex::find(std::string_view id) const {
  const auto exact = by_id_.find(id);
  if (exact != by_id_.end()) return exact->second;
  const auto folded = by_folded_id_.find(fold(id));
  return folded == by_folded_id_.end() ? std::nullopt : std::optional(folded->second);
}

std::optional<FoundSchool> SchoolIndex::find(std::string_view text, int year) const {
  if (!successions_.empty()) {
    const auto known = successions_.find(fold(text));
    if (known != successions_.end()) {
      for (const Succession& s : known->second) {
        const bool holds = (s.from == 0 || year == 0 || s.from <= year) && (s.to == 0 || year == 0 || year <= s.to);
        if (holds) return FoundSchool{s.school, SchoolMatch::crosswalk};
      }
    }
  }
  if (const auto exact = find(text)) return FoundSchool{*exact, SchoolMatch::id};
  const std::string_view digits = login_digits(text);
  const auto by_digits = digits.empty() ? by_digits_.end() : by_digits_.find(digits);
  if (by_digits != by_digits_.end()) return FoundSchool{by_digits->second, SchoolMatch::digits};
  const auto named = by_name_.find(name_word(text));
  return named == by_name_.end() ? std::nullopt : std::optional(FoundSchool{named->second, SchoolMatch::name});
}

void SchoolIndex::add(std::string_view text, const Succession& succession) {
  successions_[fold(text)].push_back(succession);
}

std::optional<std::string> SchoolIndex::suggest(std::string_view text) const { return nearest(text, ids_); }

std::string quoted(std::string_view text) {
  constexpr int most = 40;
  int characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts && ++characters > most) return std::string(text.substr(0, i)) + "…";
  }
  return std::string(text);
}

std::string suggestion(const std::optional<std::string>& nearest) { return nearest.value_or("none"); }

std::string nearest_of(std::string_view word, const std::vector<std::string>& known) {
  return suggestion(nearest(word, known));
}

}  // namespace kaskad::intake
