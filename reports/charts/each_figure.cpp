#include "reports/charts/each_figure.hpp"

namespace kaskad::reports {
namespace {

void each(const StackedBars& plot, const FigureVisitor& visit) {
  for (const auto& bar : plot.bars) {
    for (const Quantity& q : bar.parts) visit(SeriesRole::neutral, q);
  }
}

void each(const Dynamics& plot, const FigureVisitor& visit) {
  for (const auto& series : plot.series) {
    for (const auto& point : series.points) visit(series.role, point.value);
  }
}

void each(const DotPlot& plot, const FigureVisitor& visit) {
  for (const auto& row : plot.rows) {
    for (const auto& dot : row.dots) visit(dot.role, dot.value);
  }
}

/// The counts have one owner together.
void each(const Histogram& plot, const FigureVisitor& visit) {
  Quantity all;
  all.owner = plot.owner;
  visit(SeriesRole::neutral, all);
}

void each(const Bars& plot, const FigureVisitor& visit) {
  for (const auto& bar : plot.bars) visit(bar.role, bar.value);
}

void each(const SmallMultiples& plot, const FigureVisitor& visit) {
  for (const auto& panel : plot.panels) each(panel.plot, visit);
}

void each(const Slope& plot, const FigureVisitor& visit) {
  for (const auto& line : plot.lines) {
    visit(line.role, line.from);
    visit(line.role, line.to);
  }
}

void each(const Scatter& plot, const FigureVisitor& visit) {
  for (const auto& dot : plot.dots) {
    visit(dot.role, dot.x);
    visit(dot.role, dot.y);
  }
  for (const auto& band : plot.bands) {
    if (band.mean) visit(SeriesRole::neutral, *band.mean);
  }
}

void each(const Forest& plot, const FigureVisitor& visit) {
  for (const auto& row : plot.rows) {
    if (row.kind == Forest::RowKind::head) continue;
    visit(SeriesRole::neutral, row.value);
    if (row.weight) visit(SeriesRole::neutral, *row.weight);
  }
}

void each(const Funnel& plot, const FigureVisitor& visit) {
  if (plot.centre.estimate.defined()) visit(SeriesRole::neutral, plot.centre);
  for (const auto& dot : plot.dots) visit(dot.role, dot.value);
}

void each(const LovePlot& plot, const FigureVisitor& visit) {
  for (const auto& row : plot.rows) {
    visit(SeriesRole::neutral, row.before);
    visit(SeriesRole::neutral, row.after);
  }
}

void each(const HeatMap& plot, const FigureVisitor& visit) {
  for (const auto& row : plot.rows) {
    for (const Quantity& q : row.cells) visit(SeriesRole::neutral, q);
  }
}

/// Dates are no figures.
void each(const Gantt&, const FigureVisitor&) {}

/// The counts have one owner together.
void each(const Flow& plot, const FigureVisitor& visit) {
  Quantity all;
  all.owner = plot.owner;
  visit(SeriesRole::neutral, all);
}

}  // namespace

void each_figure(const Chart& chart, const FigureVisitor& visit) {
  if (!chart.missing.empty()) return;
  std::visit([&](const auto& plot) { each(plot, visit); }, chart.plot);
}

}  // namespace kaskad::reports
