#include <algorithm>

#include "reports/pdf/blocks.hpp"
#include "reports/pdf/toc.hpp"

namespace kaskad::reports::pdf {
namespace {

/// Figures side by side stand where a single one would.
bool holds_figures(const Columns& columns) {
  return std::all_of(columns.columns.begin(), columns.columns.end(), [](const Blocks& blocks) {
    return std::all_of(blocks.begin(), blocks.end(),
                       [](const Block& block) { return std::holds_alternative<Figure>(block.is); });
  });
}

/// What a block does that stands on one page as a whole.
Conduct conduct_of_whole(const Block& block) {
  if (const auto* columns = std::get_if<Columns>(&block.is)) {
    return holds_figures(*columns) ? Conduct::figure : Conduct::fixed;
  }
  if (std::holds_alternative<Figure>(block.is)) return Conduct::figure;
  return std::holds_alternative<Table>(block.is) ? Conduct::table : Conduct::fixed;
}

constexpr double kShortTable = 1.25;  // Of the page: figures do not wait for a longer one to end.

/// A table that goes over to the next page.
void set_conduct_of_rows(Slabs& slabs, double page_height) {
  double height = 0;
  for (const Slab& slab : slabs) height += slab.before + slab.height;
  if (height > kShortTable * page_height) return;
  Conduct conduct = Conduct::opens;
  for (Slab& slab : slabs) {
    slab.conduct = conduct;
    if (!slab.keep_next) conduct = Conduct::goes_on;
  }
}

constexpr std::size_t kLinesBelowHead = 3;

bool is_text(const Block& block) {
  return std::holds_alternative<Paragraph>(block.is) || std::holds_alternative<ListBlock>(block.is);
}

/// A head does not stand over less than three lines of its text; less text stands with the beginning of what follows.
/// Returns the lines that are still missing.
std::size_t keep_below_head(Slabs& lines, std::size_t missing) {
  const std::size_t kept = std::min(missing, lines.size());
  for (std::size_t i = 0; i < kept; ++i) {
    if (i + 1 < missing) lines[i].keep_next = true;
  }
  return missing - kept;
}

Conduct conduct_of(const Block& block, const Slabs& slabs) {
  if (is_text(block))
    return Conduct::text;  // A note is none: it speaks of the tables above it, so it does not pass them.
  const bool whole = std::all_of(slabs.begin(), slabs.end() - 1, [](const Slab& slab) { return slab.keep_next; });
  return whole ? conduct_of_whole(block) : Conduct::fixed;
}

/// Walks the document and turns its breaks into breaks of the flow.
class Composer {
 public:
  explicit Composer(Press& press) : press_(press), blocks_(press) { turn(false); }

  void add(const Block& block) {
    if (const auto* page_break = std::get_if<PageBreak>(&block.is)) {
      start_page(page_break->landscape);
      return;
    }
    const bool title = std::holds_alternative<TitlePage>(block.is);
    if (title) start_page(landscape_);
    Slabs slabs = blocks_.set(block, setting_);
    if (slabs.empty()) return;
    set_white(slabs, before_);
    const Conduct conduct = conduct_of(block, slabs);
    before_ = white_after(block);
    if (before_.head) {
      missing_below_head_ = kLinesBelowHead;
    } else {
      missing_below_head_ = is_text(block) ? keep_below_head(slabs, missing_below_head_) : 0;
    }
    for (Slab& slab : slabs) slab.conduct = conduct;
    const bool is_long = conduct == Conduct::fixed && std::holds_alternative<Table>(block.is);
    if (is_long) set_conduct_of_rows(slabs, setting_.frame.height);
    for (Slab& slab : slabs) press_.galley.flow.emplace_back(std::move(slab));
    if (title) start_page(landscape_);
  }

 private:
  void turn(bool landscape) {
    landscape_ = landscape;
    setting_.frame = sheet_of(press_.document.page, landscape).frame;
    const PageSetup& page = press_.document.page;
    setting_.body.font.size = page.type_pt;
    setting_.body.leading = page.leading_pt;
    setting_.body.justified = press_.hyphenates();
    setting_.indent = page.indent_mm * kPointsPerMm;
    if (setting_.indent > 0) setting_.paragraph_white = 0;  // An indent tells paragraphs apart as white does.
    before_ = {};
    missing_below_head_ = 0;
  }

  void start_page(bool landscape) {
    press_.galley.flow.emplace_back(Break{landscape});
    turn(landscape);
  }

  Press& press_;
  BlockSetter blocks_;
  Setting setting_;
  bool landscape_ = false;
  White before_;
  std::size_t missing_below_head_ = 0;  // Lines of text that the last head still needs on its page.
};

}  // namespace

void compose(Press& press) {
  collect_outline(press);
  Composer composer(press);
  for (const Block& block : press.document.blocks) composer.add(block);
}

}  // namespace kaskad::reports::pdf
