#include "reports/pdf/copyfit.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kLonely = 0.4;  // Of a page’s height.

}  // namespace

bool has_lonely_page(const std::vector<Page>& pages) {
  for (std::size_t p = 1; p < pages.size(); ++p) {
    if (pages[p].closes && !pages[p - 1].closes && pages[p].filled < kLonely) return true;
  }
  return false;
}

void tighten(std::vector<FlowItem>& flow, const Tightness& by) {
  for (FlowItem& item : flow) {
    auto* slab = std::get_if<Slab>(&item);
    if (slab == nullptr) continue;
    slab->before *= by.white_kept;
    if (slab->continued) slab->height -= by.taken_from_row;
  }
}

}  // namespace kaskad::reports::pdf
