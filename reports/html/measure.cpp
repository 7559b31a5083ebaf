#include "reports/html/measure.hpp"

#include <array>
#include <cstdint>

namespace kaskad::reports::html {
namespace {

/// Advance widths of PT Sans in thousandths of the type size: U+0020–U+007E, U+0410–U+044F.
constexpr std::array<int, 95> kLatin = {267,  305, 335, 545, 545, 773, 814, 218, 280, 280, 351, 505, 225, 360, 214, 354,
                                        545,  545, 545, 545, 545, 545, 545, 545, 545, 545, 219, 256, 505, 505, 505, 436,
                                        1064, 585, 584, 571, 654, 536, 517, 612, 672, 291, 291, 610, 517, 791, 673, 684,
                                        559,  684, 595, 531, 555, 652, 568, 828, 618, 558, 545, 304, 380, 304, 500, 408,
                                        280,  496, 540, 451, 538, 508, 319, 537, 547, 268, 267, 479, 292, 812, 547, 536,
                                        541,  537, 340, 421, 339, 539, 482, 735, 515, 466, 447, 346, 238, 346, 505};
constexpr std::array<int, 95> kLatinBold = {
    253, 294, 402, 567, 567, 840, 814, 254, 327, 327, 378, 527, 252, 360,  246, 408, 567, 567, 567,
    567, 567, 567, 567, 567, 567, 567, 269, 290, 527, 527, 527, 454, 1059, 605, 591, 559, 647, 522,
    508, 609, 651, 285, 334, 620, 514, 800, 657, 670, 572, 670, 602, 530,  568, 627, 602, 862, 633,
    592, 539, 324, 424, 324, 500, 444, 316, 496, 536, 433, 539, 508, 321,  536, 545, 269, 268, 491,
    294, 805, 545, 537, 540, 536, 351, 422, 349, 538, 477, 721, 525, 478,  458, 371, 227, 371, 527};
constexpr std::array<int, 64> kCyrillic = {
    585, 550, 584, 442, 669, 536, 806, 541, 681, 681, 610, 624, 791, 672, 684, 659, 559, 571, 555, 553, 780, 618,
    687, 605, 877, 913, 630, 769, 555, 577, 893, 569, 496, 536, 499, 369, 541, 508, 659, 441, 546, 546, 478, 503,
    645, 540, 536, 535, 541, 451, 398, 466, 680, 515, 548, 490, 736, 753, 497, 660, 464, 465, 719, 475};
constexpr std::array<int, 64> kCyrillicBold = {
    605, 570, 591, 458, 691, 522, 839, 526, 666, 666, 620, 623, 800, 651, 670, 639, 572, 559, 568, 568, 802, 633,
    682, 606, 861, 911, 664, 798, 569, 574, 897, 580, 496, 537, 505, 376, 568, 508, 693, 432, 545, 545, 489, 515,
    666, 537, 537, 532, 540, 433, 418, 478, 700, 525, 559, 505, 754, 783, 539, 703, 490, 459, 734, 503};

/// Single letters outside of those ranges; bold is as wide as its plain form.
struct Single {
  char32_t letter;
  int width;
};
constexpr std::array<Single, 17> kSingles = {{{0x00A0, 267},
                                              {0x00AB, 478},
                                              {0x00B1, 505},
                                              {0x00B7, 267},
                                              {0x00BB, 478},
                                              {0x0401, 536},
                                              {0x0451, 508},
                                              {0x2011, 360},
                                              {0x2013, 660},
                                              {0x2014, 820},
                                              {0x201C, 340},
                                              {0x201D, 340},
                                              {0x201E, 340},
                                              {0x2026, 759},
                                              {0x2116, 1023},
                                              {0x2192, 1000},
                                              {0x2212, 505}}};
constexpr int kOther = 560;
constexpr int kWide = 1000;  ///< Ideographs and pictures (U+1100…U+115F, U+2E80…U+FFFF but forms, U+1F000…).

/// The next code point; a byte that begins none counts as one letter.
char32_t next(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned lead = byte(at);
  const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t letter = size == 1 ? lead : lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) letter = (letter << 6) | (byte(at + i) & 0x3FU);
  at += size;
  return letter;
}

int width_of(char32_t letter, bool bold) {
  if (letter >= 0x20 && letter <= 0x7E) return (bold ? kLatinBold : kLatin)[letter - 0x20];
  if (letter >= 0x410 && letter <= 0x44F) return (bold ? kCyrillicBold : kCyrillic)[letter - 0x410];
  for (const Single& single : kSingles) {
    if (single.letter == letter) return single.width;
  }
  const bool wide = (letter >= 0x2E80 && letter < 0xFE00) || letter >= 0x1F000;
  return wide ? kWide : kOther;
}

}  // namespace

double text_width(std::string_view text, const Font& font) {
  std::int64_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next(text, at), font.bold);
  return static_cast<double>(width) * font.size / 1000;
}

}  // namespace kaskad::reports::html
