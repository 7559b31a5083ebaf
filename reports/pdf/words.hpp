// Runs of text to words with fonts, and words to the boxes of line breaking.
#pragma once

#include "reports/pdf/line_breaking.hpp"
#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// Letters without a space between them, in one font.
struct Word {
  std::string text;
  const Shaped* shaped = nullptr;
  FaceId face = 0;
  double size = 0;
  double rise = 0;  ///< Of the baseline.
  Color color{};
  double space = 0;  ///< Width of the space after it; 0 when the next word follows at once.
  bool may_break = false;
  int link = -1;
  int footnote = -1;  ///< A footnote's mark instead of text.
};
/// Direction of a word's letters.
enum class Direction : std::uint8_t { left_to_right, right_to_left, none };
Direction direction_of(const Word& word);
std::vector<Word> words_of(Press& press, const Runs& runs, const TextStyle& style);

/// One box a word, or several where a word may be divided.
struct Part {
  std::size_t word = 0;
  std::size_t begin = 0, end = 0;  ///< Bytes of the word's text.
};
struct Parts {
  std::vector<Part> parts;
  std::vector<Box> boxes;  ///< As many as parts.
};
Parts parts_of(Press& press, const std::vector<Word>& words, const TextStyle& style, double width);
/// Each word as one box, for text that fits on one line.
Parts whole_parts(const std::vector<Word>& words);
double natural_width(const std::vector<Word>& words);

}  // namespace kaskad::reports::pdf
