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

/// Dynamics of several things side by side: subjects of a school on one shared value axis, or figures of different
/// units, each on its own.
struct SmallMultiples {
  struct Panel {
    std::string title;
    Dynamics plot;
  };
  std::vector<Panel> panels;  ///< All with the same points; bands are not drawn.
  bool own_scale = false;     ///< Each panel has its own value axis.
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
  /// A part of x, such as a fifth of the schools by the index: shaded in turn with its neighbours, labelled at the top,
  /// with the mean of y in it where one is given.
  struct Band {
    std::string label;
    double from = 0, to = 0;
    std::optional<Quantity> mean;
  };
  std::vector<Band> bands = {};  ///< From left to right.
};

/// Estimates with intervals under one another and what they come to together (Lewis and Clarke, BMJ 2001;322:1479): the
/// figures and their intervals stand in columns at the right, n at the left of the plot.
struct Forest {
  enum class RowKind : std::uint8_t { item, head, pooled };
  struct Interval {
    double lo = 0, hi = 0;
  };
  struct Row {
    std::string label;
    std::string note;  ///< In grey under the label; may be empty.
    RowKind kind = RowKind::item;
    Quantity value;                  ///< Not read for a head. A pooled one is a diamond from lo to hi.
    std::optional<Quantity> weight;  ///< Area of an item's square; printed in a column of its own.
    /// Of a pooled row: where the effect of one more school would be, a line on both sides of the diamond.
    std::optional<Interval> prediction;
  };
  std::vector<Row> rows;
  double reference = 0;                  ///< A line at "no difference": 0, or 1 for ratios.
  std::string below_label, above_label;  ///< Under the axis, at both sides of the reference: whom it favours.
  std::string weight_head;               ///< Over the column of weights; needed with weights only.
  std::string prediction_label;          ///< Of the line at the diamond, for a key under the axis; may be empty.
};

/// One mark an item by its size, with control limits that narrow as n grows (Spiegelhalter, Stat Med 2005;24:1185). The
/// x of a mark is its value's estimate.n. Labels stand at marks outside the outermost limits, the farthest first, and
/// at those with role `school` or `focus`, where they cover nothing.
struct Funnel {
  enum class XScale : std::uint8_t { linear, root, log };
  struct Dot {
    std::string label;
    SeriesRole role = SeriesRole::neutral;
    Quantity value;
  };
  struct LimitPoint {
    double n = 0, lo = 0, hi = 0;
  };
  struct Limits {
    std::string label;  ///< "95 %"; at the right end of the curve.
    std::vector<LimitPoint> points;
  };  ///< n ascending, joined by straight lines on the axis. Whoever stands beyond them is held against the nearest.
  std::string x_label, y_label, centre_label;
  XScale x_scale = XScale::linear;
  Quantity centre;
  std::vector<Limits> limits;  ///< From the narrowest to the widest.
  std::vector<std::pair<SeriesRole, std::string>> legend;
  std::vector<Dot> dots;
};

/// Balance of covariates before and after matching: standardised differences (Austin, Stat Med 2009;28:3083).
struct LovePlot {
  struct Row {
    std::string label;
    Quantity before, after;
  };
  std::string before_label, after_label;
  std::vector<Row> rows;
  std::vector<double> thresholds = {0.1, 0.25};  ///< Dashed lines, at both sides of zero where there are values.
};

/// Numbers in a grid, each on a ground as dark as it is high: subjects × years.
struct HeatMap {
  struct Row {
    std::string label;
    std::vector<Quantity> cells;  ///< One a column; absent ones at the end are missing.
  };
  std::vector<std::string> columns;
  std::vector<Row> rows;
  /// With it two hues from light here to dark at both ends, and a white foot line in cells below it, for grey print.
  std::optional<double> middle;
  std::string scale_label;   ///< Beside the key of the colours: what they stand for, with the unit.
  bool with_counts = false;  ///< n of each cell under its number.
};

/// Measures over months: what was planned, what was done. Dates are ISO ("2026-09-01"), both ends included; a text that
/// is no date counts as none.
struct Gantt {
  struct Span {
    std::string from, to;  ///< `to` of a fact may be empty: it goes on (up to today).
  };
  struct Row {
    std::string label;
    std::string note;   ///< In grey under the label; may be empty.
    bool head = false;  ///< Names the section of the rows that follow; has no bars.
    std::optional<Span> plan, fact;
    std::vector<std::string> milestones;  ///< Dates of single events: diamonds.
  };
  std::vector<Row> rows;
  std::string today;  ///< May be empty. Rows are overdue when they end after the plan or have not ended by today.
  std::string plan_label, fact_label, overdue_label, milestone_label, today_label;  ///< For the key; empty: not named.
  std::vector<std::string> months;  ///< Twelve short names; without them months are "01"–"12".
};

/// How many went from each category of one wave to each of the next: fifths of the index, levels of maturity.
struct Flow {
  struct Stage {
    std::string label;
    std::vector<std::int64_t> counts;  ///< One a category.
  };
  /// `count` items that were in category `from` at `stage` and in `to` at the stage after it.
  struct Link {
    std::size_t stage = 0, from = 0, to = 0;
    std::int64_t count = 0;
  };
  Owner owner = kNobody;                ///< Whose the counts are.
  std::vector<std::string> categories;  ///< From worst to best; the best is drawn on top.
  std::vector<Stage> stages;            ///< Two or more.
  std::vector<Link> links;
};

struct Chart {
  std::string title;     ///< The finding.
  std::string subtitle;  ///< What is drawn, unit, n, years.
  std::string note;      ///< Under the chart: n, source.
  std::string missing;   ///< When set, there is nothing to draw: the reason is printed in place of the plot.
  std::variant<StackedBars, Dynamics, DotPlot, Histogram, Bars, SmallMultiples, Slope, Scatter, Forest, Funnel,
               LovePlot, HeatMap, Gantt, Flow>
      plot;
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
