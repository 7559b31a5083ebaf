#include <algorithm>

#include "reports/pdf/paginator.hpp"
#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kAboveRule = 8;
constexpr double kBelowRule = 5;
constexpr double kIndent = 9;
constexpr double kRuleLength = 60;

TextStyle footnote_style() {
  TextStyle style = small_style();
  style.leading = 11.5;
  return style;
}

}  // namespace

std::size_t FootnoteSetter::line_count(int footnote, double width) {
  const auto key = std::make_pair(footnote, width);
  const auto found = line_counts_.find(key);
  if (found != line_counts_.end()) return found->second;
  const std::string text = press_.galley.footnotes[std::size_t(footnote)];
  return line_counts_[key] = set_lines(press_, text, footnote_style(), width - kIndent).size();
}

double FootnoteSetter::height(const std::vector<int>& footnotes, double width) {
  if (footnotes.empty()) return 0;
  std::size_t lines = 0;
  for (const int footnote : footnotes) lines += line_count(footnote, width);
  return kAboveRule + kBelowRule + footnote_style().leading * double(lines);
}

Slab FootnoteSetter::set(const std::vector<int>& footnotes, double width,
                         const std::function<ElementId(int)>& holder_of) {
  Slab slab;
  if (footnotes.empty()) return slab;
  slab.inks.emplace_back(
      RuleInk{0, float(kAboveRule), float(kRuleLength), float(kAboveRule), float(kThinRule), kBlack});
  slab.height = kAboveRule + kBelowRule;
  const TextStyle style = footnote_style();
  const FaceId face = press_.shaper.face({Family::sans, style.font.size * 0.72, false, false, kBlack}, true);
  for (const int footnote : footnotes) {
    const std::string text = press_.galley.footnotes[std::size_t(footnote)];
    const Tagged at_holder(press_, holder_of(footnote));
    const Tagged in(press_, Role::note);
    const ElementId label = press_.galley.structure.add(Role::label, press_.element);
    const Tagged in_text(press_, Role::paragraph);
    auto lines = set_lines(press_, text, style, width - kIndent);
    const double y = slab.height + baseline(style.leading, style.font.size) - style.font.size * 0.34;
    slab.inks.emplace_back(FootnoteInk{footnote, 0, float(y), face, label});
    Slab note = stacked(std::move(lines), style.leading, kIndent);
    append(slab.inks, std::move(note.inks), 0, slab.height);
    slab.height += note.height;
  }
  return slab;
}

}  // namespace kaskad::reports::pdf
