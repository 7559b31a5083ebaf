// The foot of a page: the document's footer at the left, the page number at the right.
#pragma once

#include "reports/pdf/page.hpp"

namespace kaskad::reports::pdf {

/// `page` counts from 1. y = 0 is the lower end of the text. Nothing on the first page when it has no number.
Inks footer(Press& press, const Sheet& sheet, int page);

}  // namespace kaskad::reports::pdf
