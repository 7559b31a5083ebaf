#include "reports/pdf/furniture.hpp"

#include <algorithm>

#include "reports/document/typography.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kBelowText = 20;  // From the text's end to the footer's first line.
constexpr double kAboveText = 16;  // From the lower end of the header to the text.
constexpr double kNumberRoom = 40;
constexpr std::size_t kMostLines = 2;

TextStyle style() {
  TextStyle style = small_style(kGrey);
  style.of_facts = true;
  return style;
}

/// Bytes of the text up to which the first `words` words reach.
std::size_t end_of_words(const std::string& text, std::size_t words) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < words && at != std::string::npos; ++i) at = text.find(' ', at + 1);
  return std::min(at, text.size());
}

/// As many words as the lines hold, with «…» for the rest.
std::vector<Line> elided(Press& press, const std::string& text, double width, std::size_t most) {
  auto all = set_lines(press, text, style(), width);
  if (all.size() <= most) return all;
  std::size_t fits = 0;  // Words that fit, and words that do not.
  std::size_t too_many = std::size_t(std::count(text.begin(), text.end(), ' ')) + 1;
  while (fits + 1 < too_many) {
    const std::size_t middle = (fits + too_many) / 2;
    const auto lines = set_lines(press, text.substr(0, end_of_words(text, middle)) + "…", style(), width);
    (lines.size() <= most ? fits : too_many) = middle;
  }
  if (fits > 0) return set_lines(press, text.substr(0, end_of_words(text, fits)) + "…", style(), width);
  all.resize(most);
  return all;
}

}  // namespace

bool Furniture::has_number(int page) const { return page > 1 || !press_.document.page.number_from_second; }

TextInk Furniture::number(int page, double x, double y, HAlign align) {
  const std::string text = filled(press_.document.words.page_of, {{"page", std::to_string(page)}});
  const Shaped& shaped = press_.shape(small_style().font, text, true);
  const double left = align == HAlign::center ? x - shaped.width / 2 : x - shaped.width;
  return {&shaped, float(left), float(y + baseline(style().leading, style().font.size)), kBlack};
}

const Slab& Furniture::lines(const std::string& text, double width, std::size_t most) {
  const auto [at, is_new] = known_.try_emplace({text, width});
  if (is_new) {
    const Tagged in(press_, kArtifact);
    at->second = stacked(elided(press_, text, width, most), style().leading);
  }
  return at->second;
}

bool Furniture::has_footer(int page) const { return has_number(page) || !press_.document.entity.empty(); }

Inks Furniture::foot(const Sheet& sheet, int page) {
  Inks inks;
  if (!has_footer(page)) return inks;
  const double width = sheet.frame.full;
  const NumberPlace place = press_.document.page.number_place;
  const bool beside = place == NumberPlace::bottom_right;
  const bool above = place == NumberPlace::bottom_center;
  const Slab& text = lines(press_.document.footer, beside ? width - kNumberRoom : width, above ? 1 : kMostLines);
  append(inks, text.inks, 0, kBelowText + (above ? style().leading + 2 : 0));
  if (!has_number(page)) return inks;
  if (beside) inks.emplace_back(number(page, width, kBelowText, HAlign::right));
  if (above) inks.emplace_back(number(page, width / 2, kBelowText, HAlign::center));
  return inks;
}

Inks Furniture::head(const Sheet& sheet, int page) {
  Inks inks;
  const double width = sheet.frame.full;
  double y = -kAboveText;
  if (page > 1 && !press_.document.header.empty()) {
    const Slab& text = lines(press_.document.header, width, 1);
    y -= text.height;
    append(inks, text.inks, 0, y);
  }
  const bool numbered = press_.document.page.number_place == NumberPlace::top_center && has_number(page);
  if (numbered) inks.emplace_back(number(page, width / 2, y - style().leading, HAlign::center));
  return inks;
}

}  // namespace kaskad::reports::pdf
