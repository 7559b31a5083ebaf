// Colours and marks by meaning. Colour-blind safe; series that may meet in one chart also differ by mark or dash,
// because offices print in black and white.
#pragma once

#include <cstddef>
#include <vector>

#include "reports/charts/chart.hpp"

namespace kaskad::reports {

inline constexpr Color kInk{0x1F, 0x24, 0x28};
inline constexpr Color kGreyText{0x5B, 0x66, 0x70};
inline constexpr Color kAxis{0x4A, 0x54, 0x5C};
inline constexpr Color kGrid{0xD9, 0xDE, 0xE2};
inline constexpr Color kShade{0xE9, 0xEC, 0xEF};
inline constexpr Color kWhite{0xFF, 0xFF, 0xFF};

/// How a series looks.
struct Style {
  Color color;
  Mark mark = Mark::disc;
  bool dashed = false;
};

/// One style a series, in the order given. A role keeps its colour; series that would look alike get another mark, then
/// another dash, then a lighter tint.
std::vector<Style> styles_of(const std::vector<SeriesRole>& roles);

/// Colour of a role's bars and crowds of dots: neutral ones recede behind the roles that a chart is about.
Color fill_of(SeriesRole role);

/// Colour of part `i` of `count` from worst to best: the diverging scale of marks, interpolated for counts other
/// than 4, with a neutral grey in the middle of odd ones.
Color part_color(std::size_t i, std::size_t count);

/// True for the parts below the middle of the scale.
constexpr bool is_lower_part(std::size_t i, std::size_t count) { return 2 * i + 1 < count; }

/// Perceived lightness from 0 (black) to 1, by the weights of ITU-R BT.601.
double lightness(Color color);
/// Contrast of two colours from 1 to 21, as WCAG 2.1 defines it; small type needs 4.5.
double contrast(Color a, Color b);
/// White, ink or, on grounds where neither has a contrast of 4.5, black.
Color text_color_on(Color fill);
/// One hue from light to dark for a share of 0–1; ever darker, so that grey print keeps the order.
Color sequential_shade(double share);
/// Two hues, light at 0.5 and dark at both ends.
Color diverging_shade(double share);
/// The colour dark enough for small type on white.
Color readable(Color color);
/// `share` of b in a.
Color mix(Color a, Color b, double share);

}  // namespace kaskad::reports
