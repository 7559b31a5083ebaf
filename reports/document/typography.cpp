#include "reports/document/typography.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace kaskad::reports {
namespace {

using Word = std::string_view;

/// Words of a language by what binds them, each list with a space before and after every word.
struct Rules {
  Word language;
  Word holds_next;         ///< Bound to the word after: prepositions, conjunctions, №.
  Word holds_next_number;  ///< Bound to a number after.
  Word holds_next_name;    ///< Bound to a word with a capital letter after.
  Word held_by_number;     ///< Bound to a number before.
  Word held_by_any;        ///< Bound to any word before: particles, a unit after a comma.
  Word pairs;              ///< Bound to each other when they are neighbours, written with «_».
};

constexpr std::array<Rules, 2> kRules = {
    {{"ru",
      " № § в во и а к ко о об от с со у на по за до из не ни но В Во И А К Ко О Об От С Со У На По За До Из Не Ни Но ",
      " стр. с. рис. табл. гл. ст. п. разд. прил. т. таблица таблице таблицы рисунок рисунке рисунка школа Школа "
      "школы ",
      " г. им. ул. пос. с. д. ",
      " г. гг. год года году годах лет п. чел. тыс. млн млрд руб. балл балла баллов класс класса классе классов "
      "школ школы школа школах процентов ",
      " % ‰ бы б ли ль же ж ", " п._п. т._е. т._д. т._п. и_т. до_н. н._э. "},
     {"en", " a A an An No. № § I ", " p. pp. fig. Fig. Figure Table Section ch. School school ", " Mr. Ms. St. г. ",
      " per pp p. pupils schools points years ", " % ‰ ", " p._p. "}}};

bool is_in(Word word, Word list) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != Word::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && list[at - 1] == ' ' && end < list.size() && list[end] == ' ') return true;
  }
  return false;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_with_digit(Word word) { return !word.empty() && is_digit(word.front()); }
bool ends_with_digit(Word word) { return !word.empty() && is_digit(word.back()); }
bool is_dash(Word word) { return word == "—" || word == "–"; }

/// Without marks around it: «(в» holds its next word as «в» does.
Word bare_front(Word word) {
  for (const Word mark : {Word("("), Word("«"), Word("„"), Word("“"), Word("[")}) {
    if (word.substr(0, mark.size()) == mark) return bare_front(word.substr(mark.size()));
  }
  return word;
}
Word bare_back(Word word) {
  for (const Word mark : {Word(")"), Word("»"), Word("“"), Word("”"), Word("]"), Word(","), Word(";"), Word(":")}) {
    if (word.size() > mark.size() && word.substr(word.size() - mark.size()) == mark) {
      return bare_back(word.substr(0, word.size() - mark.size()));
    }
  }
  return word;
}

/// «%» at the end of a sentence: a list may have the word with or without its full stop.
bool is_held(Word word, Word list) {
  return is_in(word, list) || (word.size() > 1 && word.back() == '.' && is_in(word.substr(0, word.size() - 1), list));
}

/// Bytes of the capital letter at the front; 0 when there is none.
std::size_t capital_at_front(Word word) {
  if (word.empty()) return 0;
  if (word[0] >= 'A' && word[0] <= 'Z') return 1;
  if (word.size() < 2 || static_cast<unsigned char>(word[0]) != 0xD0) return 0;
  const auto second = static_cast<unsigned char>(word[1]);
  return (second >= 0x90 && second <= 0xAF) || second == 0x81 ? 2 : 0;  // А–Я, Ё
}

/// One capital letter and a full stop.
bool is_initial(Word word) {
  word = bare_front(word);
  const std::size_t letter = capital_at_front(word);
  return letter > 0 && word.substr(letter) == ".";
}

/// «16 526»: a group of three digits after a group of at most three.
bool continues_number(Word before, Word after) {
  const Word number = bare_front(before);
  const Word group = after.substr(0, 3);
  const bool plain = !number.empty() && number.size() <= 3 && std::all_of(number.begin(), number.end(), is_digit);
  return plain && group.size() == 3 && std::all_of(group.begin(), group.end(), is_digit) &&
         (after.size() == 3 || !is_digit(after[3])) && bare_back(after).size() <= 6;
}

bool is_bound(Word before, Word after, const Rules& rules) {
  const Word holder = bare_front(before);
  const Word held = bare_back(after);
  if (is_dash(after)) return true;
  if (is_in(holder, rules.holds_next) || is_initial(before)) return true;
  if (capital_at_front(bare_front(after)) > 0 && is_in(holder, rules.holds_next_name)) return true;
  if (starts_with_digit(after) && is_in(holder, rules.holds_next_number)) return true;
  if (ends_with_digit(before) && is_held(held, rules.held_by_number)) return true;
  if (continues_number(before, after) || is_held(held, rules.held_by_any)) return true;
  return is_in(std::string(holder) + "_" + std::string(held), rules.pairs);
}

const Rules& rules_of(Word language) {
  static constexpr Rules kNone{};
  const auto found = std::find_if(kRules.begin(), kRules.end(),
                                  [&](const Rules& rules) { return rules.language == language.substr(0, 2); });
  return found == kRules.end() ? kNone : *found;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The word that ends at `end`; a no-break space ends a word too, so that chains («и т. д.») are seen.
Word word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && !is_space(text[begin - 1]) && !(begin > 1 && text.substr(begin - 2, 2) == kNoBreakSpace)) {
    --begin;
  }
  return text.substr(begin, end - begin);
}
Word word_after(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && !is_space(text[end]) && text.substr(end, 2) != kNoBreakSpace) ++end;
  return text.substr(begin, end - begin);
}

}  // namespace

std::string with_bound_words(std::string_view text, std::string_view language) {
  const Rules& rules = rules_of(language);
  std::string bound;
  bound.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ' || i == 0) {
      bound += text[i];
      continue;
    }
    const Word before = word_before(text, i);
    const bool hold = !before.empty() && is_bound(before, word_after(text, i + 1), rules);
    bound += hold ? kNoBreakSpace : std::string_view(" ");
  }
  return bound;
}

std::string filled(std::string_view pattern, const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string text(pattern);
  for (const auto& [name, value] : values) {
    const std::string slot = std::string("{").append(name).append("}");
    const std::size_t at = text.find(slot);
    if (at != std::string::npos) text.replace(at, slot.size(), value);
  }
  return text;
}

}  // namespace kaskad::reports
