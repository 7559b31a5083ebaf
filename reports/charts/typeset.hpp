// Text in charts: the sizes used, wrapping to a width, and the room that a line of text takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/charts/palette.hpp"
#include "reports/charts/picture.hpp"

namespace kaskad::reports {

inline constexpr Font kTitleFont{Family::sans, 10.5, true, false, kInk};
inline constexpr Font kSubtitleFont{Family::sans, 9, false, false, kGreyText};
inline constexpr Font kNoteFont{Family::sans, 8, false, false, kGreyText};
inline constexpr Font kLabelFont{Family::sans, 9, false, false, kInk};
inline constexpr Font kLabelBoldFont{Family::sans, 9, true, false, kInk};
inline constexpr Font kTickFont{Family::sans, 8, false, false, kGreyText};
inline constexpr Font kValueFont{Family::sans, 8, false, false, kInk};

/// Parts of the type size, for PT Sans: nothing but the accent of a capital «Й» reaches over the ascent.
inline constexpr double kAscent = 0.76;
inline constexpr double kDescent = 0.22;
inline constexpr double kMiddle =
    0.35;  ///< Half the height of capitals: a baseline this far below a line centres on it.
inline constexpr double kLeading = 1.22;  ///< Baseline to baseline.

inline double line_height(const Font& font) { return font.size * kLeading; }
/// Baseline of the first line whose top is `top`.
inline double baseline_below(double top, const Font& font) {
  return top + font.size * (kLeading + kAscent - kDescent) / 2;
}
/// Baseline of a line centred on `y`.
inline double baseline_at(double y, const Font& font) { return y + font.size * kMiddle; }
inline Font in_color(Font font, Color color) {
  font.color = color;
  return font;
}

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
};
Box text_box(const TextShape& shape, const MeasureText& measure);
/// True when the boxes share more than a hair (0.05 pt).
bool overlap(const Box& a, const Box& b);

struct Wrapped {
  std::vector<std::string> lines;
  bool whole = true;  ///< No word was cut and nothing was left out.
};
/// Lines no wider than `width` (points). Breaks at spaces and after hyphens, slashes and dashes, never at a
/// non-breaking space nor between words like «№ 5»; a word wider than a line is cut. Text beyond `most_lines` is left
/// out and the last line ends in «…».
Wrapped wrap(std::string_view text, const Font& font, double width, const MeasureText& measure,
             std::size_t most_lines = static_cast<std::size_t>(-1));
/// As wrap, but the lines are nearly of one length, so that the last one is not a single word; their number is the
/// same.
Wrapped wrap_balanced(std::string_view text, const Font& font, double width, const MeasureText& measure);
/// The text on one line, cut to the width with «…» when it is longer.
std::string elided(std::string_view text, const Font& font, double width, const MeasureText& measure);

}  // namespace kaskad::reports
