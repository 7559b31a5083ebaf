#include "reports/pdf/words.hpp"

#include <algorithm>

#include "reports/document/typography.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kHyphenPenalty = 60;
constexpr double kCompoundPenalty = 20;    // At a hyphen that is written anyway.
constexpr double kAnywherePenalty = 3000;  // Worse than any division by the rules.
constexpr double kMarkSize = 0.64;         // Of a footnote's number, in sizes of its text.
constexpr double kMarkRise = 0.36;

enum class Gap { none, breaking, bound };
struct Token {
  std::string_view text;
  Gap after = Gap::none;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A space inside a number, «16 526», does not stretch: it is a part of the word.
bool is_inside_number(std::string_view text, std::size_t at) {
  const std::size_t after = at + kNoBreakSpace.size();
  return at > 0 && after < text.size() && is_digit(text[at - 1]) && is_digit(text[after]);
}

/// Bytes of the space that starts at `at`; 0 when there is none.
std::size_t space_at(std::string_view text, std::size_t at, Gap& gap) {
  const char c = text[at];
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
    gap = Gap::breaking;
    return 1;
  }
  if (text.substr(at, kNoBreakSpace.size()) != kNoBreakSpace || is_inside_number(text, at)) return 0;
  if (gap == Gap::none) gap = Gap::bound;
  return kNoBreakSpace.size();
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    Token token;
    std::size_t end = at;
    std::size_t space = 0;
    while (end < text.size() && (space = space_at(text, end, token.after)) == 0) ++end;
    token.text = text.substr(at, end - at);
    at = end;
    while (at < text.size() && (space = space_at(text, at, token.after)) != 0) at += space;
    tokens.push_back(token);
  }
  return tokens;
}

Font font_of(const Run& run, const TextStyle& style) {
  Font font = style.font;
  font.bold = font.bold || run.bold;
  font.italic = font.italic || run.italic;
  if (!run.link.empty()) font.color = kAccent;
  return font;
}

void close(Word& word, Gap gap, double space) {
  if (gap == Gap::none) return;
  word.space = space;
  word.may_break = gap == Gap::breaking;
}

void add_footnote(Press& press, const Run& run, const Font& font, std::vector<Word>& words) {
  Word mark;
  Font small = font;
  small.size = font.size * kMarkSize;
  small.bold = false;
  mark.face = press.shaper.face(small, true);
  mark.shaped = &press.shaper.shape(mark.face, "8");
  mark.rise = font.size * kMarkRise;
  mark.color = font.color;
  mark.footnote = press.footnote(run.footnote);
  if (!words.empty()) {  // The mark follows its word at once; the space goes behind the mark.
    std::swap(mark.space, words.back().space);
    std::swap(mark.may_break, words.back().may_break);
  }
  words.push_back(std::move(mark));
}

void add_run(Press& press, const Run& run, const TextStyle& style, std::vector<Word>& words) {
  const Font font = font_of(run, style);
  const FaceId face = press.shaper.face(font, style.tabular);
  const double space = press.shaper.width(face, " ");
  const int link = run.link.empty() ? -1 : press.link(run.link);
  const std::string text = with_bound_words(run.text, press.document.language);
  for (const Token& token : tokens_of(text)) {
    if (token.text.empty()) {  // White at the start of a run belongs to the word before.
      if (!words.empty()) close(words.back(), token.after, space);
      continue;
    }
    Word word;
    word.text = std::string(token.text);
    word.shaped = &press.shaper.shape(face, token.text);
    word.face = face;
    word.size = font.size;
    word.color = font.color;
    word.link = link;
    close(word, token.after, space);
    words.push_back(std::move(word));
  }
  if (!run.footnote.empty()) add_footnote(press, run, font, words);
}

struct Cut {
  std::size_t at = 0;
  bool hyphen = false;  ///< One must be added.
  double penalty = 0;
};

bool is_letter_byte(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// After a hyphen, a dash or a slash that stands between letters.
void add_written_cuts(std::string_view text, std::vector<Cut>& cuts) {
  for (std::size_t i = 2; i + 2 < text.size(); ++i) {
    const bool mark = text[i] == '-' || text[i] == '/';
    if (mark && is_letter_byte(text[i - 1]) && is_letter_byte(text[i + 1]))
      cuts.push_back({i + 1, false, kCompoundPenalty});
  }
}

/// libhyphen sees the letters before the first other mark; the parts after a written hyphen are looked up alone.
void add_pattern_cuts(Press& press, std::string_view text, std::vector<Cut>& cuts) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find_first_of("-/", begin), text.size());
    for (const std::size_t at : press.hyphenator.points(text.substr(begin, end - begin))) {
      cuts.push_back({begin + at, true, kHyphenPenalty});
    }
    begin = end + 1;
  }
}

bool starts_letter(std::string_view text, std::size_t at) {
  return (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// Last resort for a word wider than the column.
void add_cuts_anywhere(std::string_view text, std::vector<Cut>& cuts) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (starts_letter(text, i)) cuts.push_back({i, false, kAnywherePenalty});
  }
}

std::vector<Cut> cuts_of(Press& press, const Word& word, const TextStyle& style, double width) {
  std::vector<Cut> cuts;
  add_written_cuts(word.text, cuts);
  const bool divided = style.hyphenated && (!style.whole_words || word.shaped->width > width);
  if (divided) add_pattern_cuts(press, word.text, cuts);
  if (word.shaped->width > width) add_cuts_anywhere(word.text, cuts);
  std::stable_sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.at < b.at; });
  const auto same_place = [](const Cut& a, const Cut& b) { return a.at == b.at; };
  cuts.erase(std::unique(cuts.begin(), cuts.end(), same_place), cuts.end());
  return cuts;
}

void add_parts(Press& press, std::size_t index, const Word& word, const TextStyle& style, double width, Parts& out) {
  std::size_t begin = 0;
  double x = 0;
  for (const Cut& cut : cuts_of(press, word, style, width)) {
    const double to = width_to(*word.shaped, cut.at);
    const double hyphen = cut.hyphen ? press.shaper.width(word.face, "-") : 0;
    out.parts.push_back({index, begin, cut.at});
    out.boxes.push_back({to - x, 0, true, hyphen, cut.penalty});
    begin = cut.at;
    x = to;
  }
  out.parts.push_back({index, begin, word.text.size()});
  out.boxes.push_back({word.shaped->width - x, word.space, word.may_break, 0, 0});
}

}  // namespace

Direction direction_of(const Word& word) {
  bool letters = false;
  for (const GlyphRun& run : word.shaped->runs) {
    if (run.backward) return Direction::right_to_left;
    letters = letters || std::any_of(run.text.begin(), run.text.end(), is_letter_byte);
  }
  return letters ? Direction::left_to_right : Direction::none;
}

std::vector<Word> words_of(Press& press, const Runs& runs, const TextStyle& style) {
  std::vector<Word> words;
  for (const Run& run : runs) add_run(press, run, style, words);
  if (!words.empty()) words.back().space = 0;
  return words;
}

Parts whole_parts(const std::vector<Word>& words) {
  Parts parts;
  for (std::size_t i = 0; i < words.size(); ++i) {
    parts.parts.push_back({i, 0, words[i].text.size()});
    parts.boxes.push_back({words[i].shaped->width, words[i].space, words[i].may_break, 0, 0});
  }
  return parts;
}

double natural_width(const std::vector<Word>& words) {
  double width = 0;
  for (const Word& word : words) width += word.shaped->width + word.space;
  return width;
}

Parts parts_of(Press& press, const std::vector<Word>& words, const TextStyle& style, double width) {
  Parts parts;
  for (std::size_t i = 0; i < words.size(); ++i) add_parts(press, i, words[i], style, width, parts);
  return parts;
}

}  // namespace kaskad::reports::pdf
