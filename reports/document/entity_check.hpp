// Proof that a document about one school says nothing of another: every figure in it is of those that it may speak of.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "reports/document/document.hpp"

namespace kaskad::reports {

struct ForeignFigure {
  std::string place;  ///< Caption of the table or figure, or file and line of the template.
  Owner owner = kNobody;
};

/// All figures whose owner is not among `document.owners`, and those drawn in the role of the school or municipality
/// that are not of the first owner. Nothing when `owners` is empty. In a document with owners a figure of nobody is
/// foreign, too; plain counts (kPlainCount) are nobody's and may stand anywhere.
std::vector<ForeignFigure> foreign_figures(const Document& document);

/// Error "foreign-figure" {entity, place, n} when there are any. Renderers call it before they draw.
Expected<void> check_entity(const Document& document);

}  // namespace kaskad::reports
