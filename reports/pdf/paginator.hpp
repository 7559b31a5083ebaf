// Slabs to pages: what must stand together does, footnotes stand on the page of their mark, no page stays blank.
#pragma once

#include <functional>
#include <map>

#include "reports/pdf/page.hpp"
#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

struct PlacedSlab {
  std::shared_ptr<const Slab> slab;
  double y = 0;  ///< From the top of the paper.
};
struct Page {
  bool landscape = false;
  std::vector<PlacedSlab> slabs;
  std::vector<int> footnotes;  ///< In the order of their marks; the first one is number 1.
  double filled = 0;           ///< Share of its height.
  bool closes = false;         ///< The next page starts anew.
};

/// Heights of footnotes, laid out once.
class FootnoteSetter {
 public:
  explicit FootnoteSetter(Press& press) : press_(press) {}
  /// All footnotes of a page with the rule above them; height 0 for none.
  /// `holder_of`: the element after which a footnote is read.
  Slab set(const std::vector<int>& footnotes, double width, const std::function<ElementId(int)>& holder_of);
  double height(const std::vector<int>& footnotes, double width);

 private:
  std::size_t line_count(int footnote, double width);
  Press& press_;
  std::map<std::pair<int, double>, std::size_t> line_counts_;
};

/// Takes the slabs out of the flow.
std::vector<Page> paginate(Press& press, FootnoteSetter& footnotes);

/// Cuts a slab that is higher than a page: what ends above `height` stays in it, the rest is returned. When nothing
/// ends above `height`, the slab stays whole and the rest is empty.
Slab split(Slab& slab, double height);

}  // namespace kaskad::reports::pdf
