// Marked content in the operators of a page (ISO 32000-1, 14.6).
#pragma once

#include <string>
#include <string_view>

#include "reports/pdf/structure.hpp"

namespace kaskad::reports::pdf {

/// Structure type under which the canvas has cairo mark every piece.
inline constexpr const char* kPieceTag = "P";

/// Gives each piece the name and number of its element, in the order of painting; pieces that belong to none become
/// artifacts. `operators` are a page as cairo writes it, one mark a line; as many marks as pieces.
std::string with_marks(std::string_view operators, const std::vector<ElementId>& pieces, const Structure& structure);

}  // namespace kaskad::reports::pdf
