// What a typesetter does about a last page with a few lines: sets the whole a little tighter.
#pragma once

#include <array>

#include "reports/pdf/paginator.hpp"

namespace kaskad::reports::pdf {

/// A page with next to nothing on it ends the document, or a part of it that has other pages.
bool has_lonely_page(const std::vector<Page>& pages);

/// How much of the white is taken away; the first that saves a page is enough.
struct Tightness {
  double white_kept = 1;      ///< Of that between blocks.
  double taken_from_row = 0;  ///< Points, of the 2.2 between the lines of two rows.
};
inline constexpr std::array<Tightness, 3> kTighter = {{{0.8, 0.8}, {0.6, 1.6}, {0.5, 2.0}}};

void tighten(std::vector<FlowItem>& flow, const Tightness& by);

}  // namespace kaskad::reports::pdf
