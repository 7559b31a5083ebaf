#include "reports/pdf/furniture.hpp"

#include "reports/pdf/paragraph.hpp"
#include "reports/pdf/typography.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kBelowText = 20;  // From the text's end to the footer's first line.
constexpr double kNumberRoom = 40;
constexpr std::size_t kMostLines = 2;

/// As many words as two lines hold, with «…» for the rest.
std::vector<Line> footer_lines(Press& press, std::string text, const TextStyle& style, double width) {
  auto lines = set_lines(press, text, style, width);
  while (lines.size() > kMostLines) {
    const std::size_t space = text.rfind(' ');
    if (space == std::string::npos) break;
    text.resize(space);
    lines = set_lines(press, text + "…", style, width);
  }
  if (lines.size() > kMostLines) lines.resize(kMostLines);
  return lines;
}

}  // namespace

Inks footer(Press& press, const Sheet& sheet, int page) {
  Inks inks;
  if (page == 1 && press.document.page.number_from_second) return inks;
  const Tagged in(press, kArtifact);
  const TextStyle style = small_style(kGrey);
  const double width = usual_width(sheet);
  auto lines = footer_lines(press, press.document.footer, style, width - kNumberRoom);
  append(inks, stacked(std::move(lines), style.leading).inks, 0, kBelowText);
  const std::string number = filled(press.document.words.page_of, {{"page", std::to_string(page)}});
  const Shaped& shaped = press.shape(small_style().font, number, true);
  const double y = kBelowText + baseline(style.leading, style.font.size);
  inks.emplace_back(TextInk{&shaped, float(width - shaped.width), float(y), kBlack});
  return inks;
}

}  // namespace kaskad::reports::pdf
