// What a cell of numbers prints. Private to this room.
#pragma once

#include <string>

#include "reports/html/page.hpp"

namespace kaskad::reports::html {

/// The number, its interval alone, or how many there were; empty for a figure that does not exist.
std::string number_text(const Page& page, const Cell::Number& number);

/// «18,3–21,8»; a dash for a figure without an interval.
std::string range_text(const Page& page, const Quantity& q);

/// Bytes of the decimal mark and what follows it; 0 for a whole number.
std::size_t fraction_size(const std::string& text, bool comma);

}  // namespace kaskad::reports::html
