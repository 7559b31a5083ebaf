// Marked content in the operators of a page (ISO 32000-1, 14.6).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "reports/pdf/structure.hpp"

namespace kaskad::reports::pdf {

/// Where a piece begins or ends, the canvas fills a rectangle in the margin of the page: x, y, width and height in
/// points. Nothing else stands there, and cairo writes whole numbers faster than small ones. cairo's own tags take more
/// than twice the memory.
inline constexpr std::array<double, 4> kBorderMark = {1, 2, 3, 4};

/// Puts in place of these rectangles the marks of the pieces, with name and number of their elements, in the order of
/// painting; pieces that belong to none become artifacts. `operators` are a page as cairo writes it, with one
/// before each piece and one after the last. std::runtime_error when there are more or fewer.
std::string with_marks(std::string_view operators, const std::vector<ElementId>& pieces, const Structure& structure);

}  // namespace kaskad::reports::pdf
