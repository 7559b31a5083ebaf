// Running text to lines.
#pragma once

#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

struct Line {
  Inks inks;         ///< y = 0 is the top of the line.
  double width = 0;  ///< Natural, without the white at its end.
  std::vector<int> footnotes;
};

/// Lines of at most `width`; words wider than that are divided anywhere. No text gives no line.
std::vector<Line> set_lines(Press& press, const Runs& runs, const TextStyle& style, double width);
std::vector<Line> set_lines(Press& press, const std::string& text, const TextStyle& style, double width);

/// How wide a text must be, and how wide it would like to be.
struct TextNeed {
  double longest_word = 0;
  double longest_part = 0;  ///< With words divided at their hyphens.
  double natural = 0;       ///< On one line.
  struct Piece {
    double width = 0, space = 0;  ///< Of a word and of the white behind it.
  };
  std::vector<Piece> words;  ///< When they were asked for.
};
TextNeed need_of(Press& press, const Runs& runs, const TextStyle& style, bool with_words = false);

/// The narrowest column in which these words stand on at most so many lines.
double width_for(const std::vector<TextNeed::Piece>& words, std::size_t lines);

/// One slab a line; no first or last line is left alone on a page.
Slabs slabs_of(std::vector<Line> lines, double leading, double before);

/// The lines as one slab.
Slab stacked(std::vector<Line> lines, double leading, double x = 0, double y = 0);

/// A text without marks as one run.
inline Runs plain_runs(std::string text) {
  Run run;
  run.text = std::move(text);
  return {std::move(run)};
}

}  // namespace kaskad::reports::pdf
