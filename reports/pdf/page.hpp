// Geometry of a page.
#pragma once

#include "reports/document/document.hpp"
#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// Points.
struct Sheet {
  double width = 0, height = 0;
  double left = 0, top = 0;
  Frame frame;

  double bottom() const { return top + frame.height; }
};
/// Landscape turns the paper; the margins stay where they are. Running text is never wider than kMeasure letters.
Sheet sheet_of(const PageSetup& setup, bool landscape);
/// Width of what stands on the sheet besides wide tables: text, or all of it in landscape.
double usual_width(const Sheet& sheet);

}  // namespace kaskad::reports::pdf
