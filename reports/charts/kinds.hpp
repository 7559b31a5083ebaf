// The kinds of charts, one file each. For every kind three functions: is there anything to draw; draw the plot from
// `top` over the whole width and return its bottom; the items in words and numbers.
#pragma once

#include <string>
#include <vector>

#include "reports/charts/canvas.hpp"
#include "reports/charts/chart.hpp"

namespace kaskad::reports {

bool drawable(const StackedBars& plot);
bool drawable(const Dynamics& plot);
bool drawable(const DotPlot& plot);
bool drawable(const Histogram& plot);
bool drawable(const Bars& plot);
bool drawable(const SmallMultiples& plot);
bool drawable(const Slope& plot);
bool drawable(const Scatter& plot);
bool drawable(const Forest& plot);
bool drawable(const Funnel& plot);
bool drawable(const LovePlot& plot);
bool drawable(const HeatMap& plot);
bool drawable(const Gantt& plot);
bool drawable(const Flow& plot);

double draw_plot(Canvas& canvas, const StackedBars& plot, double top);
double draw_plot(Canvas& canvas, const Dynamics& plot, double top);
double draw_plot(Canvas& canvas, const DotPlot& plot, double top);
double draw_plot(Canvas& canvas, const Histogram& plot, double top);
double draw_plot(Canvas& canvas, const Bars& plot, double top);
double draw_plot(Canvas& canvas, const SmallMultiples& plot, double top);
double draw_plot(Canvas& canvas, const Slope& plot, double top);
double draw_plot(Canvas& canvas, const Scatter& plot, double top);
double draw_plot(Canvas& canvas, const Forest& plot, double top);
double draw_plot(Canvas& canvas, const Funnel& plot, double top);
double draw_plot(Canvas& canvas, const LovePlot& plot, double top);
double draw_plot(Canvas& canvas, const HeatMap& plot, double top);
double draw_plot(Canvas& canvas, const Gantt& plot, double top);
double draw_plot(Canvas& canvas, const Flow& plot, double top);

}  // namespace kaskad::reports
