// A picture as SVG 1.1: for HTML pages and as a file of its own.
#pragma once

#include <string>

#include "reports/charts/picture.hpp"

namespace kaskad::reports {

struct SvgWords {
  std::string title;        ///< The accessible name; may be empty.
  std::string description;  ///< alternative_text() of the chart; may be empty.
  std::string id;           ///< Unique in the page; names title and description for screen readers. [A-Za-z0-9_-]+.
  std::string language;     ///< "ru"; may be empty where the page says it.
  /// With it every text says its length, so that a reader without PT Sans sees nothing overlap: its letters are made
  /// to fit. May be empty.
  MeasureText measure;
};

/// One <svg> element with role "img", a view box in points, real text and no reference to anything outside. UTF-8
/// without an XML declaration, so that it stands alone and inside HTML. Numbers have at most two decimals and ".":
/// equal pictures give equal bytes anywhere. Characters that XML forbids are left out.
std::string svg(const Picture& picture, const SvgWords& words);

}  // namespace kaskad::reports
