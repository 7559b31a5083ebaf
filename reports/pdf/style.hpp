// The look of a printed page as constants: sizes and leadings in points (1/72 inch), colours.
#pragma once

#include "reports/charts/picture.hpp"

namespace kaskad::reports::pdf {

inline constexpr double kPointsPerMm = 72.0 / 25.4;
inline constexpr double kGrid = 14.2;  ///< Baseline grid: 5 mm.
/// A line of text holds at most this many letters of PT Serif 11: longer lines are hard to follow.
inline constexpr int kMeasure = 75;

inline constexpr Color kBlack{0, 0, 0};
inline constexpr Color kGrey{0x5F, 0x6B, 0x76};
inline constexpr Color kAccent{0x0B, 0x3C, 0x5D};
inline constexpr Color kShade{0xEE, 0xF1, 0xF3};
inline constexpr Color kHair{0xB8, 0xC0, 0xC7};

inline constexpr double kThinRule = 0.5;
inline constexpr double kFirmRule = 0.9;

/// How a run of lines is set. Leading is the distance of baselines.
struct TextStyle {
  Font font;
  double leading = kGrid;
  bool justified = false;  ///< Takes effect only where words can be hyphenated.
  bool hyphenated = true;
  bool tabular = false;      ///< Figures of equal width, no kerning between them.
  double indent = 0;         ///< Of the first line, points.
  bool whole_words = false;  ///< A word is divided only where it is wider than the line.
  bool of_facts = false;     ///< « · » parts facts: it is left out where a line ends with it.
};

inline TextStyle body_style() { return {{Family::serif, 11, false, false, kBlack}, kGrid, true, true, false}; }
inline TextStyle lead_style() { return {{Family::serif, 13, false, false, kBlack}, 17.75, false, true, false}; }
inline TextStyle small_style(Color color = kBlack) {
  return {{Family::sans, 9, false, false, color}, 12, false, true, false};
}
inline TextStyle small_bold_style() { return {{Family::sans, 9, true, false, kBlack}, 12, false, true, false}; }
inline TextStyle head_style(double size) {
  return {{Family::sans, size, true, false, kBlack}, size * 1.22, false, false, false};
}

/// Distance of the first baseline from the top of a line: capitals (0.7 of the size in both families) stand in its
/// middle.
constexpr double baseline(double leading, double size) { return leading / 2 + 0.35 * size; }

}  // namespace kaskad::reports::pdf
