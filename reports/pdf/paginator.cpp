#include "reports/pdf/paginator.hpp"

#include <algorithm>

#include "reports/pdf/figure.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kTolerance = 0.01;
constexpr double kTallestHead = 0.5;  // Of the page: a higher repeated head would leave no room for rows.

constexpr double kRoomForPart = 8 * kGrid;  // At the foot of a page for the first part of something higher than a page.

constexpr double kLeastScale = 0.9;  // Of a figure that is made lower to fill a page: its smallest type is 7.2 pt.

bool is_single_figure(const Slab& slab) { return slab.conduct == Conduct::figure && slab.redraw; }

/// The figure as wide as before in smaller type, so that it is lower.
Slab lowered(Slab slab, double factor) {
  const double before = picture_height(slab);
  auto& ink = std::get<PictureInk>(slab.inks.front());
  ink.picture = slab.redraw(ink.picture->width / factor);
  ink.scale *= float(factor);
  move_caption(slab, picture_height(slab) - before);
  return slab;
}

class Paginator {
 public:
  Paginator(Press& press, FootnoteSetter& footnotes) : press_(press), footnotes_(footnotes) { turn(false); }

  /// Slabs that must stand together.
  void add(Slabs chain) {
    const Conduct conduct = conduct_of(chain);
    within_table_ = conduct == Conduct::goes_on;
    if (!within_table_ && table_turned_) {
      table_turned_ = false;
      place_what_fits();
    }
    if (conduct == Conduct::figure || conduct == Conduct::table) {
      set_or_wait(std::move(chain), conduct);
      return;
    }
    if (conduct == Conduct::opens && !waiting_.empty() && !fits(chain)) {
      finish_page();
      place_what_fits();
    }
    const bool has_room = conduct == Conduct::opens && !is_waiting(Conduct::table) && fits(chain);
    if (conduct == Conduct::fixed || (conduct == Conduct::opens && !has_room)) place_waiting();
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

  /// Figures keep their order among each other, and so do tables.
  void set_or_wait(Slabs chain, Conduct conduct) {
    if (!fits(chain)) shrink_to_fit(chain);
    if (!is_empty() && (is_waiting(conduct) || !fits(chain))) {
      waiting_.push_back(std::move(chain));
    } else {
      set(std::move(chain));
    }
  }

  /// A figure that is a little too high for what is left of the page is made that little lower.
  void shrink_to_fit(Slabs& chain) {
    if (is_empty() || !waiting_.empty() || !is_single_figure(chain.back())) return;
    const double factor = 1 - (height_on_page(chain) - room()) / picture_height(chain.back());
    if (factor < kLeastScale || factor >= 1) return;
    Slab usual = chain.back();
    chain.back() = lowered(std::move(chain.back()), factor);
    if (!fits(chain)) chain.back() = std::move(usual);
  }

  bool is_waiting(Conduct conduct) const {
    return std::any_of(waiting_.begin(), waiting_.end(), [&](const Slabs& s) { return conduct_of(s) == conduct; });
  }

  void set(Slabs chain) {
    if (!fits(chain)) shrink_to_fit(chain);
    if (!fits(chain)) {
      next_page();
      if (!fits(chain)) {
        for (Slab& slab : chain) add_loose(std::move(slab));
        return;
      }
    }
    for (Slab& slab : chain) place(std::move(slab));
  }

  /// What has waited stands at the top of the page, in its order, or behind the table that goes on there.
  void next_page() {
    finish_page();
    table_turned_ = within_table_;
    if (!within_table_) place_waiting();
  }

  void place_waiting() {
    within_table_ = false;
    table_turned_ = false;
    while (!waiting_.empty()) {
      place_what_fits();
      if (!waiting_.empty()) finish_page();
    }
  }

  /// What does not fit goes on waiting.
  void place_what_fits() {
    std::vector<Slabs> waiting = std::move(waiting_);
    waiting_.clear();
    for (Slabs& chain : waiting) {
      const Conduct conduct = conduct_of(chain);
      set_or_wait(std::move(chain), conduct);
    }
    least_white_ = kGrid;
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

  /// With white and footnotes.
  double height_on_page(const Slabs& chain) {
    double height = continuation_height(chain.front());
    for (std::size_t i = 0; i < chain.size(); ++i) {
      height += chain[i].height + (i > 0 ? chain[i].before : is_empty() ? 0 : white_above(chain[i]));
    }
    return height + footnotes_.height(with_footnotes(chain), sheet_.frame.note);
  }

  bool fits(const Slabs& chain) { return height_on_page(chain) <= room() + kTolerance; }

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
      const double notes = footnotes_.height(with_footnotes({slab}), sheet_.frame.note);
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
  bool within_table_ = false;   // Its rows are not parted by what waits.
  bool table_turned_ = false;   // It has gone over to this page.
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
