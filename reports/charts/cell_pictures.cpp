// Small pictures for table cells.
#include <algorithm>

#include "reports/charts/canvas.hpp"
#include "reports/charts/chart.hpp"

namespace kaskad::reports {
namespace {

constexpr double kMargin = 3;

void add_line(Picture& picture, Point from, Point to, double width, Color color, bool dashed = false) {
  picture.shapes.emplace_back(LineShape{from, to, width, color, dashed});
}

/// A scale over all defined values; equal ones stand in the middle.
Scale spark_scale(const std::vector<Quantity>& points, double height) {
  Range range;
  for (const Quantity& q : points)
    if (q.estimate.defined()) range.add(q.estimate.value);
  if (range.lo == range.hi) range = {range.lo - 1, range.hi + 1};
  return {range.lo, range.hi, height - kMargin, kMargin};
}

struct Spark {
  std::vector<std::vector<Point>> runs;
};

Spark runs_of(const std::vector<Quantity>& points, double width, const Scale& y) {
  Spark spark;
  const double step = points.size() > 1 ? (width - 2 * kMargin) / static_cast<double>(points.size() - 1) : 0;
  bool open = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool defined = points[i].estimate.defined();
    if (defined && !open) spark.runs.emplace_back();
    const double x = points.size() > 1 ? kMargin + step * static_cast<double>(i) : width / 2;
    if (defined) spark.runs.back().push_back({x, y.at(points[i].estimate.value)});
    open = defined;
  }
  return spark;
}

}  // namespace

Picture sparkline(const std::vector<Quantity>& points, double width, double height, Color color) {
  Picture picture{width, height, {}};
  const Spark spark = runs_of(points, width, spark_scale(points, height));
  for (const std::vector<Point>& run : spark.runs)
    if (run.size() > 1) picture.shapes.emplace_back(PathShape{run, false, 0.75, color, false});
  for (const std::vector<Point>& run : spark.runs)
    for (const Point& p : run) picture.shapes.emplace_back(MarkShape{p, Mark::disc, 1.8, color});
  if (!points.empty() && points.back().estimate.defined())
    picture.shapes.emplace_back(MarkShape{spark.runs.back().back(), Mark::disc, 4, color});
  return picture;
}

Picture interval_bar(const Quantity& q, double lo, double hi, std::optional<double> reference, double width,
                     double height, Color color) {
  Picture picture{width, height, {}};
  const Estimate& e = q.estimate;
  if (!e.defined() || hi <= lo) return picture;
  const Scale scale{lo, hi, kMargin, width - kMargin};
  const auto x = [&](double value) { return scale.at(std::clamp(value, lo, hi)); };
  const double y = height / 2;
  add_line(picture, {scale.from, y}, {scale.to, y}, 0.5, kGrid);
  if (reference) add_line(picture, {x(*reference), 1}, {x(*reference), height - 1}, 0.75, kAxis, true);
  if (e.has_interval()) add_line(picture, {x(e.lo), y}, {x(e.hi), y}, 2, mix(color, kWhite, 0.35));
  picture.shapes.emplace_back(MarkShape{{x(e.value), y}, Mark::disc, 4.5, color});
  return picture;
}

}  // namespace kaskad::reports
