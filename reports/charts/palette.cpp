#include "reports/charts/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaskad::reports {
namespace {

constexpr Color kFocus{0x0B, 0x3C, 0x5D};
constexpr Color kControl{0xD9, 0x82, 0x2B};
constexpr Color kRegion{0x7A, 0x8B, 0x99};
constexpr Color kBase{0x2E, 0x7D, 0x6B};
constexpr Color kMunicipality{0x8A, 0x5A, 0x83};
constexpr Color kNeutral{0x4F, 0x5B, 0x66};
constexpr Color kCrowd{0xA3, 0xAD, 0xB5};
constexpr Color kPale{0xEE, 0xF1, 0xF3};
constexpr Color kMiddlePart{0xD3, 0xD5, 0xD6};
constexpr double kLeastContrast = 4.5;

// In the order of SeriesRole: focus, control, region, base, school, municipality, similar, neutral. A school stands
// where the focus group does and similar schools where the control group does: the reader meets one pair of colours.
constexpr std::array<Style, 8> kRoleStyles = {{
    {kFocus, Mark::disc, false},
    {kControl, Mark::ring, false},
    {kRegion, Mark::square, true},
    {kBase, Mark::diamond, false},
    {kFocus, Mark::disc, false},
    {kMunicipality, Mark::diamond, true},
    {kControl, Mark::ring, false},
    {kNeutral, Mark::disc, false},
}};
constexpr std::array<Mark, 4> kMarks = {Mark::disc, Mark::ring, Mark::square, Mark::diamond};

constexpr std::array<Color, 4> kDiverging = {
    {{0xB5, 0x40, 0x3A}, {0xE3, 0xA7, 0x8C}, {0xA9, 0xC4, 0xB8}, {0x2E, 0x7D, 0x6B}}};

const Style& style_of(SeriesRole role) { return kRoleStyles.at(static_cast<std::size_t>(role)); }

/// The n-th look of a role: all marks, then all marks with the other dash, then the same in lighter tints.
Style variant_of(const Style& first, std::size_t n) {
  const auto start = static_cast<std::size_t>(std::find(kMarks.begin(), kMarks.end(), first.mark) - kMarks.begin());
  Style style = first;
  style.mark = kMarks.at((start + n) % kMarks.size());
  style.dashed = first.dashed != ((n / kMarks.size()) % 2 == 1);
  const double tint = std::min(0.6, 0.2 * static_cast<double>(n / (2 * kMarks.size())));
  style.color = mix(first.color, kWhite, tint);
  return style;
}

bool same_look(const Style& a, const Style& b) {
  return a.color == b.color && a.mark == b.mark && a.dashed == b.dashed;
}

/// Relative luminance of sRGB (IEC 61966-2-1).
double luminance(Color color) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

std::uint8_t mix(std::uint8_t a, std::uint8_t b, double share) {
  return static_cast<std::uint8_t>(std::lround(a + (b - a) * share));
}

}  // namespace

Color color_of(SeriesRole role) { return style_of(role).color; }

Color fill_of(SeriesRole role) { return role == SeriesRole::neutral ? kCrowd : color_of(role); }

std::vector<Style> styles_of(const std::vector<SeriesRole>& roles) {
  constexpr std::size_t kVariants = 32;  // All that differ; a chart of more series repeats them.
  std::vector<Style> styles;
  for (const SeriesRole role : roles) {
    Style style = style_of(role);
    const auto taken = [&style](const Style& other) { return same_look(style, other); };
    for (std::size_t n = 1; n < kVariants && std::any_of(styles.begin(), styles.end(), taken); ++n)
      style = variant_of(style_of(role), n);
    styles.push_back(style);
  }
  return styles;
}

Color part_color(std::size_t i, std::size_t count) {
  if (count < 2) return kDiverging.back();
  if (2 * i + 1 == count) return kMiddlePart;
  const double place = static_cast<double>(i) / static_cast<double>(count - 1) * (kDiverging.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), kDiverging.size() - 2);
  return mix(kDiverging.at(below), kDiverging.at(below + 1), place - static_cast<double>(below));
}

double lightness(Color color) { return (0.299 * color.r + 0.587 * color.g + 0.114 * color.b) / 255; }

double contrast(Color a, Color b) {
  const double first = luminance(a), second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Color text_color_on(Color fill) {
  if (contrast(fill, kWhite) >= kLeastContrast) return kWhite;
  return contrast(fill, kInk) >= kLeastContrast ? kInk : Color{};
}

Color sequential_shade(double share) { return mix(kPale, kFocus, std::clamp(share, 0.0, 1.0)); }

Color diverging_shade(double share) {
  const double away = std::clamp(2 * share - 1, -1.0, 1.0);
  return mix(kPale, away < 0 ? kDiverging.front() : kDiverging.back(), std::abs(away));
}

Color readable(Color color) {
  const double excess = lightness(color) - 0.42;
  return excess > 0 ? mix(color, Color{}, std::min(0.5, excess * 1.8)) : color;
}

Color mix(Color a, Color b, double share) { return {mix(a.r, b.r, share), mix(a.g, b.g, share), mix(a.b, b.b, share)}; }

}  // namespace kaskad::reports
