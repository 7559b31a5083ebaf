// Where the control limits of a funnel are, and who lies outside them: for the picture and for its words. Private to
// this room.
#pragma once

#include <optional>

#include "reports/charts/axis.hpp"

namespace kaskad::reports {

/// n as a place on the axis (n, its root, or its common logarithm), and back.
double place_on(const Funnel& plot, double n);
double n_at(const Funnel& plot, double place);
/// Limits at a place on the axis: by straight lines between the points, level beyond them; nothing without points.
std::optional<Range> limits_at(const Funnel& plot, const Funnel::Limits& limits, double place);

bool is_shown(const Funnel::Dot& dot);  ///< Has a value and an n.
/// How far a dot lies outside the widest limits, in half widths of them; 0 inside and without limits.
double excess(const Funnel& plot, const Funnel::Dot& dot);
bool stands_out(SeriesRole role);  ///< Named wherever it lies.

}  // namespace kaskad::reports
