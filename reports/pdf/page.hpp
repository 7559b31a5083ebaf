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
/// Landscape turns the paper; the margins stay where they are. There is one rule of widths: what is looked at (tables,
/// figures, cards, blocks side by side, the lines at head and foot of the page) is as wide as all between the margins;
/// what is read (running text, heads, captions, notes, footnotes) is never wider than kMeasure letters of running text.
/// Only a table of at most three columns that needs less than half of the width is as narrow as its contents, and notes
/// on landscape paper, which is turned for the table above them, are as wide as it.
Sheet sheet_of(const PageSetup& setup, bool landscape);

}  // namespace kaskad::reports::pdf
