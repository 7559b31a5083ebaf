// Charts as data: what is shown, not how. draw() makes a picture of any of them. Rules: shared look of the project
// (docs/architecture.md, "Charts"): finding as title, bars from zero, direct labels, intervals always, never a pie.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reports/charts/picture.hpp"
#include "reports/values/quantity.hpp"

namespace kaskad::reports {

/// Colour by what a series is, so that a role looks the same in every chart.
enum class SeriesRole : std::uint8_t { focus, control, region, base, school, municipality, similar, neutral };
Color color_of(SeriesRole role);

/// Horizontal bars, each stacked from parts that add up to 100 %: marks 2, 3, 4, 5 by year or by subject.
struct StackedBars {
  struct Part {
    std::string label;
  };  ///< From worst to best; colours are the diverging scale of marks.
  struct Bar {
    std::string label;
    std::int64_t n = 0;
    std::vector<Quantity> parts;
    std::optional<Undefined> missing;
  };
  std::vector<Part> parts;
  std::vector<Bar> bars;
};

/// Lines over years (or waves) with intervals.
struct Dynamics {
  struct Point {
    std::string label;
    Quantity value;
    bool break_before = false;
  };  ///< break_before: the scale changed.
  struct Series {
    std::string label;
    SeriesRole role = SeriesRole::neutral;
    std::vector<Point> points;
  };
  std::vector<Series> series;  ///< All with the same labels in the same order.
  struct Band {
    std::string label;
    std::size_t first = 0, last = 0;
  };  ///< Waves over the years, drawn as a strip under the axis.
  std::vector<Band> bands;
};

/// One row an item, one dot with interval a series: indicators of a school against similar schools and the region,
/// or differences focus − control against a zero line.
struct DotPlot {
  struct Dot {
    SeriesRole role = SeriesRole::neutral;
    Quantity value;
  };
  struct Row {
    std::string label;
    std::string note;
    std::vector<Dot> dots;
  };
  std::vector<std::pair<SeriesRole, std::string>> legend;
  std::vector<Row> rows;
  bool zero_line = false;
  bool own_scale = false;  ///< Each row has its own axis (rows of different units).
};

/// Bars of counts by score, with the borders of marks or the minimum as labelled lines.
struct Histogram {
  int lo = 0;
  std::vector<std::int64_t> counts;
  struct Border {
    double at = 0;
    std::string label;
  };
  std::vector<Border> borders;
  std::string x_label;
  Owner owner = kNobody;  ///< Whose pupils are counted.
};

/// Horizontal bars from zero with optional intervals: one value an item.
struct Bars {
  struct Bar {
    std::string label;
    SeriesRole role = SeriesRole::neutral;
    Quantity value;
  };
  std::vector<Bar> bars;
};

/// The same dynamics for several things side by side, on one shared value axis: subjects of a school.
struct SmallMultiples {
  struct Panel {
    std::string title;
    Dynamics plot;
  };
  std::vector<Panel> panels;  ///< All with the same points; bands are not drawn.
};

/// Two waves, one line an item: schools from the entry to the final monitoring.
struct Slope {
  struct Line {
    std::string label;
    SeriesRole role = SeriesRole::neutral;
    Quantity from, to;
  };
  std::string from_label, to_label;
  std::vector<Line> lines;
};

/// One mark an item, larger for more pupils (area by y.estimate.n): results against the social index.
struct Scatter {
  struct Dot {
    std::string label;
    SeriesRole role = SeriesRole::neutral;
    Quantity x, y;
  };  ///< label: may be empty.
  struct StraightLine {
    double intercept = 0, slope = 0;
  };
  std::string x_label, y_label;
  std::vector<std::pair<SeriesRole, std::string>> legend;
  std::vector<Dot> dots;  ///< Labels are drawn where they cover nothing, in this order; the rest stay unlabelled.
  std::optional<StraightLine> line;
};

struct Chart {
  std::string title;     ///< The finding.
  std::string subtitle;  ///< What is drawn, unit, n, years.
  std::string note;      ///< Under the chart: n, source.
  std::string missing;   ///< When set, there is nothing to draw: the reason is printed in place of the plot.
  std::variant<StackedBars, Dynamics, DotPlot, Histogram, Bars, SmallMultiples, Slope, Scatter> plot;
};

/// A chart as a picture of the given width. The height follows from the contents (rows) or is the golden default of the
/// kind. `missing_text` is the language's «нет данных». Widths under 150 points leave no room for labels and are not
/// meant.
Picture draw(const Chart& chart, double width, const NumberFormat& format, const MeasureText& measure,
             const std::string& missing_text);

/// What the chart says, in words and numbers, for readers who cannot see it.
std::string alternative_text(const Chart& chart, const NumberFormat& format, const std::string& missing_text);

/// A line of small dots for a table cell: last point marked. Undefined points are gaps.
Picture sparkline(const std::vector<Quantity>& points, double width, double height, Color color);
/// An interval on a common scale [lo, hi] for a table cell, with an optional reference line.
Picture interval_bar(const Quantity& q, double lo, double hi, std::optional<double> reference, double width,
                     double height, Color color);

}  // namespace kaskad::reports
