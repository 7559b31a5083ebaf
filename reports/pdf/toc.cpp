#include "reports/pdf/toc.hpp"

#include <algorithm>
#include <array>

#include "reports/pdf/cases.hpp"
#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kStep = 14;        // Indent of a deeper level.
constexpr double kNumberRoom = 30;  // At the right, for page numbers.
constexpr double kRunningWhite = 8;
constexpr std::size_t kLevels = 6;

std::string text_of(const Runs& runs) {
  std::string text;
  for (const Run& run : runs) text += run.text;
  return text;
}

class OutlineCollector {
 public:
  explicit OutlineCollector(Press& press) : press_(press) {}

  void visit(const Blocks& blocks) {
    for (const Block& block : blocks) {
      std::visit(Cases{[&](const Heading& heading) { add(heading); }, [&](const Note& note) { visit(note.blocks); },
                       [&](const ListBlock& list) { visit_all(list.items); },
                       [&](const Columns& columns) { visit_all(columns.columns); }, [](const auto&) {}},
                 block.is);
    }
  }

 private:
  void visit_all(const std::vector<Blocks>& lists) {
    for (const Blocks& blocks : lists) visit(blocks);
  }

  void add(const Heading& heading) {
    const int level = std::clamp(heading.level, 1, int(kLevels));
    const std::string number = heading.numbered ? next_number(std::size_t(level)) + "\u00A0" : "";
    press_.galley.outline.push_back({level, number + text_of(heading.runs), press_.anchor(heading.id)});
  }

  std::string next_number(std::size_t level) {
    ++counts_[level - 1];
    std::fill(counts_.begin() + std::ptrdiff_t(level), counts_.end(), 0);
    std::string number;
    for (std::size_t i = 0; i < level; ++i) {
      if (i > 0) number += '.';
      number += std::to_string(counts_[i]);
    }
    return number;
  }

  Press& press_;
  std::array<int, kLevels> counts_{};
};

constexpr double kTitleHeight = 2.5 * kGrid;
/// Line distances of a contents, from the usual one to the tightest that reads well.
constexpr std::array<double, 4> kLeadings = {kGrid, 13.4, 12.6, 11.8};

/// The first distance at which the entries fill no page by a few lines; the usual one when none helps, as long contents
/// take what they need.
double leading_for(const Press& press, const Toc& toc, double page) {
  double lines = 0;
  for (const OutlineEntry& entry : press.galley.outline) {
    if (entry.level <= toc.depth) lines += entry.level == 1 ? 1.5 : 1;
  }
  const auto* fits = std::find_if(kLeadings.begin(), kLeadings.end(),
                                  [&](double leading) { return kTitleHeight + lines * leading <= page; });
  return fits == kLeadings.end() ? kGrid : *fits;
}

Slab entry_slab(Press& press, const OutlineEntry& entry, double width, double leading) {
  const TextStyle style = entry.level == 1 ? small_bold_style() : small_style();
  TextStyle roomy = style;
  roomy.font.size = std::min(11.0, leading - 2);
  roomy.leading = leading;
  roomy.hyphenated = false;
  const double indent = kStep * (entry.level - 1);
  const Tagged in_item(press, Role::contents_item);
  const Tagged in_reference(press, Role::reference);
  const Tagged in(press, Role::link);
  auto lines = set_lines(press, entry.title, roomy, std::max(40.0, width - indent - kNumberRoom));
  const double end = lines.empty() ? indent : indent + lines.back().width;
  const auto count = double(lines.size());
  Slab slab = stacked(std::move(lines), roomy.leading, indent);
  const double y = slab.height - roomy.leading + baseline(roomy.leading, roomy.font.size);
  slab.inks.emplace_back(PageNumberInk{entry.anchor, float(end + 4), float(width), float(y),
                                       press.shaper.face({Family::sans, roomy.font.size, false, false, kBlack}, true),
                                       press.element});
  slab.inks.emplace_back(LinkInk{float(indent), 0, float(width - indent), float(leading * count),
                                 press.link_to(entry.anchor), press.element});
  slab.before = entry.level == 1 ? leading / 2 : 0;
  return slab;
}

Slabs title_slabs(Press& press, const std::string& title, double width) {
  if (title.empty()) return {};
  const Tagged in(press, press.galley.structure.add_heading(1, press.element));
  const TextStyle style = head_style(17);
  Slabs slabs = slabs_of(set_lines(press, title, style, width), style.leading, kGrid);
  for (Slab& slab : slabs) slab.keep_next = true;
  return slabs;
}

/// The title again, over the entries of the next page.
std::shared_ptr<const Slab> running_head(Press& press, const std::string& title, double width) {
  if (title.empty()) return nullptr;
  const Tagged in(press, kArtifact);
  Slab slab = stacked(set_lines(press, title, small_style(kGrey), width), small_style().leading);
  slab.height += kRunningWhite;
  return std::make_shared<const Slab>(std::move(slab));
}

}  // namespace

void collect_outline(Press& press) { OutlineCollector(press).visit(press.document.blocks); }

Slabs set_toc(Press& press, const Toc& toc, const Frame& frame) {
  const double width = frame.text, leading = leading_for(press, toc, frame.height);
  Slabs slabs = title_slabs(press, toc.title, width);
  const auto continued = running_head(press, toc.title, width);
  const Tagged in(press, Role::contents);
  for (const OutlineEntry& entry : press.galley.outline) {
    if (entry.level > toc.depth) continue;
    slabs.push_back(entry_slab(press, entry, width, leading));
    slabs.back().continued = continued;
  }
  return slabs;
}

}  // namespace kaskad::reports::pdf
