// How wide a text is likely to be in a browser: widths of PT Sans from a table, so that a page needs no font to be made
// and is the same everywhere. The charts tell the browser these widths. Private to this room.
#pragma once

#include <string_view>

#include "reports/charts/picture.hpp"

namespace kaskad::reports::html {

double text_width(std::string_view text, const Font& font);

}  // namespace kaskad::reports::html
