// Title page, head of a passport and key figures.
#pragma once

#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// A slab as high as the page.
Slab set_title_page(Press& press, const TitlePage& title, const Frame& frame);
Slab set_masthead(Press& press, const Masthead& masthead, const Frame& frame);
/// Rows of at most four cards.
Slabs set_cards(Press& press, const Cards& cards, double width);

}  // namespace kaskad::reports::pdf
