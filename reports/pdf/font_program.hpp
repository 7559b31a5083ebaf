// TrueType font programs as embedded in a PDF file.
#pragma once

#include <string>
#include <string_view>

namespace kaskad::reports::pdf {

/// The font without instructions for coarse screens (tables cvt, fpgm, prep and those of each glyph): three quarters of
/// PT Sans, which printers and today's viewers do not follow. Outlines and widths stay. A program that is not TrueType
/// outlines, or that is damaged, comes back unchanged. Format: ISO/IEC 14496-22 (OpenType), chapters 4 and 5.
std::string without_hints(std::string_view font);

}  // namespace kaskad::reports::pdf
