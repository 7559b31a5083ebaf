// A chart with its caption below.
#pragma once

#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// One slab; a chart higher than the page is made smaller as a whole. `number` 0: without caption.
Slab set_figure(Press& press, const Figure& figure, int number, const Frame& frame);

/// Height of what such a slab has above its caption.
double picture_height(const Slab& figure);
/// Down, with the slab's end; up for a negative `dy`.
void move_caption(Slab& figure, double dy);

/// Measures text for charts with the renderer's own fonts.
MeasureText measure_text(Press& press);

}  // namespace kaskad::reports::pdf
