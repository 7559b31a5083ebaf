#include "reports/pdf/page.hpp"

#include <algorithm>
#include <cmath>

#include "reports/pdf/style.hpp"

namespace kaskad::reports::pdf {
namespace {

// Mean advance of letters and spaces in Russian prose set in PT Serif, in sizes of the type.
constexpr double kMeanLetter = 0.515;
constexpr double kLeast = 36;  // Margins never leave less room than this.

/// Places on a page are counted from its foot in the file, and short numbers make it smaller.
double whole_hundredths(double points) { return std::round(points * 100) / 100; }

}  // namespace

Sheet sheet_of(const PageSetup& setup, bool landscape) {
  Sheet sheet;
  sheet.width = whole_hundredths((landscape ? setup.height_mm : setup.width_mm) * kPointsPerMm);
  sheet.height = whole_hundredths((landscape ? setup.width_mm : setup.height_mm) * kPointsPerMm);
  sheet.left = setup.left_mm * kPointsPerMm;
  sheet.top = setup.top_mm * kPointsPerMm;
  sheet.frame.full = std::max(kLeast, sheet.width - sheet.left - setup.right_mm * kPointsPerMm);
  sheet.frame.height = std::max(kLeast, sheet.height - sheet.top - setup.bottom_mm * kPointsPerMm);
  sheet.frame.text = std::min(sheet.frame.full, kMeasure * kMeanLetter * setup.type_pt);
  sheet.frame.note = landscape ? sheet.frame.full : sheet.frame.text;
  return sheet;
}

}  // namespace kaskad::reports::pdf
