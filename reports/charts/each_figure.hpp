// Every number that a chart draws, with the role in which it is drawn: for checks that must not miss one.
#pragma once

#include <functional>

#include "reports/charts/chart.hpp"

namespace kaskad::reports {

using FigureVisitor = std::function<void(SeriesRole, const Quantity&)>;

/// In the order of the data. Numbers without a role (parts of stacked bars, cells of a heat map) come as neutral. A
/// histogram comes as one undefined number with its owner. A chart that shows why it is empty has none.
void each_figure(const Chart& chart, const FigureVisitor& visit);

}  // namespace kaskad::reports
