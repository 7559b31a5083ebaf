#include "reports/pdf/paginator.hpp"

#include <algorithm>

namespace kaskad::reports::pdf {
namespace {

constexpr double kTolerance = 0.01;
constexpr double kTallestHead = 0.5;  // Of the page: a higher repeated head would leave no room for rows.

constexpr double kRoomForPart = 8 * kGrid;  // At the foot of a page for the first part of something higher than a page.

class Paginator {
 public:
  Paginator(Press& press, FootnoteSetter& footnotes) : press_(press), footnotes_(footnotes) { turn(false); }

  /// Slabs that must stand together.
  void add(Slabs chain) {
    const Conduct conduct = conduct_of(chain);
    if (conduct == Conduct::waits && !is_empty() && (!waiting_.empty() || !fits(chain))) {
      waiting_.push_back(std::move(chain));
      return;
    }
    if (conduct != Conduct::text) place_waiting();
    set(std::move(chain));
  }

  void start_page(bool landscape) {
    place_waiting();
    finish_page();
    close_section();
    turn(landscape);
  }

  std::vector<Page> finish() {
    place_waiting();
    finish_page();
    close_section();
    if (pages_.empty()) pages_.push_back(Page{});
    return std::move(pages_);
  }

 private:
  static Conduct conduct_of(const Slabs& chain) {
    const Conduct first = chain.front().conduct;
    const bool same = std::all_of(chain.begin(), chain.end(), [&](const Slab& slab) { return slab.conduct == first; });
    return same ? first : Conduct::fixed;
  }

  void set(Slabs chain) {
    if (!fits(chain)) {
      next_page();
      if (!fits(chain)) {
        for (Slab& slab : chain) add_loose(std::move(slab));
        return;
      }
    }
    for (Slab& slab : chain) place(std::move(slab));
  }

  /// What has waited stands at the top of the page, in its order.
  void next_page() {
    finish_page();
    place_waiting();
  }

  void place_waiting() {
    std::vector<Slabs> waiting = std::move(waiting_);
    waiting_.clear();
    for (Slabs& chain : waiting) set(std::move(chain));
    if (!waiting.empty()) least_white_ = kGrid;
  }

  void turn(bool landscape) {
    sheet_ = sheet_of(press_.document.page, landscape);
    page_.landscape = landscape;
    y_ = sheet_.top;
  }

  bool is_empty() const { return page_.slabs.empty(); }

  void close_section() {
    if (!pages_.empty()) pages_.back().closes = true;
  }

  void finish_page() {
    if (is_empty()) return;
    page_.filled = (y_ - sheet_.top) / sheet_.frame.height;
    const bool landscape = page_.landscape;
    pages_.push_back(std::move(page_));
    page_ = Page{};
    turn(landscape);
  }

  double room() const { return sheet_.bottom() - y_; }

  /// Text that goes on below what has waited keeps a distance from it.
  double white_above(const Slab& slab) const { return std::max(slab.before, least_white_); }

  double continuation_height(const Slab& slab) const {
    const bool repeats = is_empty() && slab.continued && slab.continued->height < kTallestHead * sheet_.frame.height;
    return repeats ? slab.continued->height : 0;
  }

  /// Footnotes of the page if these came onto it, too.
  std::vector<int> with_footnotes(const Slabs& chain) const {
    std::vector<int> all = page_.footnotes;
    for (const Slab& slab : chain) {
      for (const int note : slab.footnotes) {
        if (std::find(all.begin(), all.end(), note) == all.end()) all.push_back(note);
      }
    }
    return all;
  }

  bool fits(const Slabs& chain) {
    double height = continuation_height(chain.front());
    for (std::size_t i = 0; i < chain.size(); ++i) {
      height += chain[i].height + (i > 0 ? chain[i].before : is_empty() ? 0 : white_above(chain[i]));
    }
    const double notes = footnotes_.height(with_footnotes(chain), usual_width(sheet_));
    return y_ + height + notes <= sheet_.bottom() + kTolerance;
  }

  void place(Slab slab) {
    const double repeated = continuation_height(slab);
    if (repeated > 0) {
      page_.slabs.push_back({slab.continued, y_});
      y_ += repeated;
    } else if (!is_empty()) {
      y_ += white_above(slab);
    }
    least_white_ = 0;
    page_.footnotes = with_footnotes({slab});
    const double height = slab.height;
    page_.slabs.push_back({std::make_shared<const Slab>(std::move(slab)), y_});
    y_ += height;
  }

  /// One of a chain that is higher than a page; a slab that is itself higher is cut.
  void add_loose(Slab slab) {
    if (!fits({slab}) && !(slab.height > sheet_.frame.height && room() > kRoomForPart)) next_page();
    while (!fits({slab})) {
      const double notes = footnotes_.height(with_footnotes({slab}), usual_width(sheet_));
      const double above = continuation_height(slab) + (is_empty() ? 0 : white_above(slab));
      Slab rest = split(slab, room() - above - notes);
      place(std::move(slab));
      if (rest.inks.empty()) return;
      next_page();
      slab = std::move(rest);
    }
    place(std::move(slab));
  }

  Press& press_;
  FootnoteSetter& footnotes_;
  Sheet sheet_;
  Page page_;
  double y_ = 0;
  double least_white_ = 0;      // Above the next slab.
  std::vector<Slabs> waiting_;  // For the next page.
  std::vector<Page> pages_;
};

/// The upper part of an area that crosses the cut stays; the ink keeps the lower one.
void cut_fill(FillInk& fill, double height, Inks& stays) {
  if (fill.y >= height || fill.y + fill.height <= height) return;
  FillInk upper = fill;
  upper.height = float(height) - fill.y;
  stays.emplace_back(upper);
  fill.height -= upper.height;
  fill.y = float(height);
}

}  // namespace

std::vector<Page> paginate(Press& press, FootnoteSetter& footnotes) {
  Paginator paginator(press, footnotes);
  Slabs chain;
  for (FlowItem& item : press.galley.flow) {
    if (auto* slab = std::get_if<Slab>(&item)) {
      const bool open = slab->keep_next;
      chain.push_back(std::move(*slab));
      if (open) continue;
    }
    if (!chain.empty()) paginator.add(std::move(chain));
    chain = {};
    if (const auto* page_break = std::get_if<Break>(&item)) paginator.start_page(page_break->landscape);
  }
  if (!chain.empty()) paginator.add(std::move(chain));
  press.galley.flow.clear();
  return paginator.finish();
}

Slab split(Slab& slab, double height) {
  Slab rest;
  Inks stays;
  double top = slab.height;
  for (Ink& ink : slab.inks) {
    if (auto* fill = std::get_if<FillInk>(&ink)) cut_fill(*fill, height, stays);
    const Extent e = extent(ink);
    if (e.bottom <= height) {
      stays.push_back(std::move(ink));
    } else {
      top = std::min(top, e.top);
      rest.inks.push_back(std::move(ink));
    }
  }
  const bool only_areas =
      std::all_of(stays.begin(), stays.end(), [](const Ink& ink) { return std::holds_alternative<FillInk>(ink); });
  if (only_areas) {
    stays.insert(stays.end(), rest.inks.begin(), rest.inks.end());
    slab.inks = std::move(stays);
    return {};
  }
  top = std::max(top, 0.0);
  for (Ink& ink : rest.inks) shift(ink, 0, -top);
  rest.height = slab.height - top;
  rest.continued = slab.continued;
  slab.inks = std::move(stays);
  slab.height = std::min(height, slab.height);
  return rest;
}

}  // namespace kaskad::reports::pdf
