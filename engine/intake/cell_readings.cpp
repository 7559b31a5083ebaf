#include "engine/intake/cell_readings.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/text.hpp"
#include "engine/intake/lookups.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/title_facts.hpp"

namespace kaskad::intake {
namespace {

struct DirtyWord {
  std::string_view word;  ///< Folded; one that ends with '*' need only begin so.
  Dirt dirt;
};
constexpr std::array<DirtyWord, 12> kDirtyWords = {{{"x", Dirt::cross},
                                                    {"х", Dirt::cross},
                                                    {"не пройд*", Dirt::not_passed},
                                                    {"не приступ*", Dirt::not_passed},
                                                    {"нет", Dirt::no_word},
                                                    {"null", Dirt::null_word},
                                                    {"none", Dirt::null_word},
                                                    {"n/a", Dirt::null_word},
                                                    {"#н/д", Dirt::null_word},
                                                    {"-", Dirt::dash},
                                                    {"–", Dirt::dash},
                                                    {"—", Dirt::dash}}};

constexpr std::array<std::string_view, 7> kAbsences = {"отсутств*", "неявка",         "не явил*", "н/я",
                                                       "не явк*",   "не участвовал*", "absent"};

constexpr std::array<std::array<std::string_view, 2>, 4> kStages = {{{"школьн*", "школьный этап"},
                                                                     {"муниципальн*", "муниципальный этап"},
                                                                     {"региональн*", "региональный этап"},
                                                                     {"заключительн*", "заключительный этап"}}};

bool fits(std::string_view text, std::string_view pattern) {
  if (pattern.back() != '*') return text == pattern;
  pattern.remove_suffix(1);
  return text.substr(0, pattern.size()) == pattern;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Dirt> dirt_of(std::string_view text) {
  const std::string word = fold(text);
  const auto* found =
      std::find_if(kDirtyWords.begin(), kDirtyWords.end(), [&](const DirtyWord& d) { return fits(word, d.word); });
  return found == kDirtyWords.end() ? std::nullopt : std::optional(found->dirt);
}

void note(Dirt dirt, DirtCounts& counts, bool& any) {
  ++counts[static_cast<std::size_t>(dirt)];
  any = true;
}

bool has_space(std::string_view text) {
  return text.find(' ') != std::string_view::npos || text.find("\u00A0") != std::string_view::npos ||
         text.find("\u202F") != std::string_view::npos;
}

}  // namespace

std::string_view absence_of(std::string_view cell) {
  const std::string_view text = trimmed(cell);
  if (text.empty() || all_digits(text)) return text;
  const std::string word = fold(text);
  const bool absent =
      std::any_of(kAbsences.begin(), kAbsences.end(), [&](std::string_view a) { return fits(word, a); });
  return absent ? kAbsent : text;
}

std::string_view school_of(std::string_view cell) {
  const std::string_view login = login_in(cell);
  return login.empty() ? trimmed(cell) : login;
}

std::string_view stage_of(std::string_view cell) {
  const std::string word = fold(trimmed(cell));
  const auto* stage = std::find_if(kStages.begin(), kStages.end(), [&](const auto& s) { return fits(word, s[0]); });
  return stage == kStages.end() ? trimmed(cell) : (*stage)[1];
}

std::string_view outcome_of(std::string_view cell, DirtCounts& dirt, bool& any_dirt) {
  const std::string_view text = trimmed(cell);
  if (all_digits(text)) return text;
  if (absence_of(text) == kAbsent) {
    note(Dirt::absent_word, dirt, any_dirt);
    return {};
  }
  if (const auto found = dirt_of(text)) {
    note(*found, dirt, any_dirt);
    return {};
  }
  if (has_space(text) && parse_number(text).good) note(Dirt::spaced_number, dirt, any_dirt);
  return text;
}

std::string_view task_score_of(std::string_view cell, DirtCounts& dirt, bool& any_dirt) {
  const std::string_view text = trimmed(cell);
  if (all_digits(text)) return text;
  const auto found = dirt_of(text);
  if (!found) return text;
  note(*found, dirt, any_dirt);
  return *found == Dirt::cross || *found == Dirt::not_passed ? kNotTaken : std::string_view();
}

std::string told_of_score(std::string_view text) {
  const auto is_letter = [](unsigned char c) {
    // Of UTF-8, a lead byte below 0xE2 begins a letter of Latin, Greek, Cyrillic, Arabic …; signs like «−» or «…» come
    // later, and 0xC2 begins non-breaking spaces and « ».
    const bool latin = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return latin || (c >= 0xC3 && c <= 0xE1);
  };
  const auto is_digit = [](unsigned char c) { return c >= '0' && c <= '9'; };
  if (std::none_of(text.begin(), text.end(), is_letter)) return quoted(text);
  return std::any_of(text.begin(), text.end(), is_digit) ? "mixed" : "letters";
}

}  // namespace kaskad::intake
