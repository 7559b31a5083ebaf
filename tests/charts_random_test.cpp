// What must hold for any chart: every text inside the picture, no text over another, nothing infinite, nothing outside.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>
#include <random>

#include "tests/charts_fixtures.hpp"

namespace kaskad::reports {
namespace {

/// Random data of all sizes and kinds, hard ones often.
class Source {
 public:
  explicit Source(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(unsigned percent) { return random_() % 100 < percent; }
  double unit() { return static_cast<double>(random_() % 100001) / 100000; }
  SeriesRole role() { return static_cast<SeriesRole>(below(8)); }

  /// From nothing to 60 letters.
  std::string label() {
    static const std::vector<std::string> kWords = {"Школа",      "№ 11",  "им. И. П. Петрова", "общеобразовательная",
                                                    "с. Верхнее", "2019",  "фокус-группа",      "район",
                                                    "экзамен",    "№ 205", "малокомплектная",   "Средняя"};
    std::string text;
    for (std::size_t words = below(6); words > 0; --words)
      text += (text.empty() ? "" : " ") + kWords[below(kWords.size())];
    return text;
  }

  /// One magnitude a chart, so that its values can be seen together.
  void choose_magnitude() {
    static const std::vector<double> kScales = {100, 100, 100, 1, 1e-6, 1e7, 1e12, 0};
    scale_ = kScales[below(kScales.size())];
    negative_ = chance(30);
    equal_ = chance(10);
  }
  /// A bare number of the chart's magnitude.
  double number() { return scale_ * (equal_ ? 0.5 : unit()) * (negative_ && chance(50) ? -1 : 1); }
  Quantity value() {
    if (chance(15)) return test::none();
    const double v = number();
    if (chance(20)) return test::plain(v, Unit::points);
    return test::quantity(v, chance(20) ? 0 : scale_ * unit() / 5, static_cast<std::int64_t>(below(20000)),
                          Unit::points);
  }

 private:
  std::mt19937 random_;
  double scale_ = 100;
  bool negative_ = false, equal_ = false;
};

StackedBars stacked(Source& s) {
  StackedBars plot;
  for (std::size_t i = 0, parts = 1 + s.below(5); i < parts; ++i) plot.parts.push_back({s.label()});
  for (std::size_t i = 0, bars = 1 + s.below(12); i < bars; ++i) {
    StackedBars::Bar bar{s.label(), static_cast<std::int64_t>(s.below(30000)), {}, std::nullopt};
    double rest = 100;
    for (std::size_t p = 0; p < plot.parts.size(); ++p) {
      const double share = p + 1 == plot.parts.size() ? rest : rest * s.unit();
      bar.parts.push_back(s.chance(3) ? test::none() : test::plain(share));
      rest -= share;
    }
    plot.bars.push_back(bar);
  }
  return plot;
}

Dynamics dynamics(Source& s, std::size_t most_series) {
  Dynamics plot;
  const std::size_t count = 1 + s.below(12);
  std::vector<std::string> years;
  for (std::size_t i = 0; i < count; ++i) years.push_back(s.chance(70) ? std::to_string(2010 + i) : s.label());
  for (std::size_t i = 0, series = 1 + s.below(most_series); i < series; ++i) {
    plot.series.push_back({s.label(), s.role(), {}});
    for (const std::string& year : years) plot.series.back().points.push_back({year, s.value(), s.chance(10)});
  }
  for (std::size_t first = 0; first < count && s.chance(60); ++first) {
    const std::size_t last = std::min(count - 1, first + s.below(4));
    plot.bands.push_back({s.label(), first, last});
    first = last - (s.chance(20) ? 1 : 0) * (last > first ? 1 : 0);
  }
  return plot;
}

DotPlot dots(Source& s) {
  DotPlot plot;
  for (std::size_t i = 0, n = 1 + s.below(4); i < n; ++i)
    plot.legend.emplace_back(static_cast<SeriesRole>(i), s.label());
  for (std::size_t i = 0, n = 1 + s.below(10); i < n; ++i) {
    plot.rows.push_back({s.label(), s.chance(50) ? s.label() : "", {}});
    for (const auto& entry : plot.legend)
      if (s.chance(90)) plot.rows.back().dots.push_back({entry.first, s.value()});
  }
  plot.zero_line = s.chance(50);
  plot.own_scale = s.chance(50);
  return plot;
}

Histogram histogram(Source& s) {
  Histogram plot;
  plot.lo = static_cast<int>(s.below(20)) - 5;
  const double top = std::pow(10, s.below(7));
  for (std::size_t i = 0, n = 1 + s.below(101); i < n; ++i)
    plot.counts.push_back(static_cast<std::int64_t>(s.unit() * top));
  for (std::size_t i = 0, n = s.below(5); i < n; ++i)
    plot.borders.push_back({plot.lo - 0.5 + std::floor(s.unit() * 110), s.label()});
  plot.x_label = s.label();
  return plot;
}

Bars bars(Source& s) {
  Bars plot;
  for (std::size_t i = 0, n = 1 + s.below(15); i < n; ++i) plot.bars.push_back({s.label(), s.role(), s.value()});
  return plot;
}

SmallMultiples multiples(Source& s) {
  SmallMultiples plot;
  for (std::size_t i = 0, n = 1 + s.below(9); i < n; ++i) plot.panels.push_back({s.label(), dynamics(s, 3)});
  plot.own_scale = s.chance(50);
  return plot;
}

Slope slope(Source& s) {
  Slope plot{s.label(), s.label(), {}};
  for (std::size_t i = 0, n = 1 + s.below(30); i < n; ++i)
    plot.lines.push_back({s.label(), s.role(), s.value(), s.value()});
  return plot;
}

Scatter scatter(Source& s) {
  Scatter plot{s.label(), s.label(), {}, {}, std::nullopt, {}};
  for (std::size_t i = 0, n = 1 + s.below(40); i < n; ++i)
    plot.dots.push_back({s.chance(50) ? s.label() : "", s.role(), s.value(), s.value()});
  if (s.chance(50)) plot.line = Scatter::StraightLine{s.unit() * 100, s.unit() - 0.5};
  double edge = s.number();
  for (std::size_t i = s.below(7); i > 0; --i) {
    const double next = edge + std::abs(s.number()) / 3;
    plot.bands.push_back({s.label(), edge, next, s.chance(60) ? std::optional(s.value()) : std::nullopt});
    edge = next;
  }
  return plot;
}

Forest::Row forest_row(Source& s) {
  Forest::Row row{
      s.label(),   s.chance(20) ? s.label() : "", static_cast<Forest::RowKind>(s.below(3)), s.value(), std::nullopt,
      std::nullopt};
  if (s.chance(50)) row.weight = s.value();
  if (row.kind == Forest::RowKind::pooled && s.chance(50)) {
    const double at = s.number();
    row.prediction = Forest::Interval{at, at + std::abs(s.number())};
  }
  return row;
}

Forest forest(Source& s) {
  Forest plot;
  for (std::size_t i = 0, n = s.below(60); i < n; ++i) plot.rows.push_back(forest_row(s));
  plot.reference = s.chance(50) ? 0 : s.number();
  plot.below_label = s.label();
  plot.above_label = s.label();
  plot.weight_head = s.label();
  plot.prediction_label = s.label();
  return plot;
}

Funnel::Limits limits(Source& s) {
  Funnel::Limits curve{s.label(), {}};
  const double centre = s.number(), width = std::abs(s.number());
  for (double n = 1; n < 30000 && !s.chance(5); n *= 1.5)
    curve.points.push_back({n, centre - width / std::sqrt(n), centre + width / std::sqrt(n)});
  return curve;
}

Funnel funnel(Source& s) {
  Funnel plot;
  plot.x_label = s.label();
  plot.y_label = s.label();
  plot.centre_label = s.label();
  plot.x_scale = static_cast<Funnel::XScale>(s.below(3));
  plot.centre = s.value();
  for (std::size_t i = s.below(4); i > 0; --i) plot.limits.push_back(limits(s));
  if (s.chance(50)) plot.legend = {{SeriesRole::school, s.label()}, {SeriesRole::neutral, s.label()}};
  for (std::size_t i = 0, n = s.below(80); i < n; ++i)
    plot.dots.push_back({s.label(), s.chance(80) ? SeriesRole::neutral : s.role(), s.value()});
  return plot;
}

LovePlot love_plot(Source& s) {
  LovePlot plot;
  plot.before_label = s.label();
  plot.after_label = s.label();
  for (std::size_t i = 0, n = s.below(30); i < n; ++i) plot.rows.push_back({s.label(), s.value(), s.value()});
  if (s.chance(50)) plot.thresholds = {s.number(), s.number(), s.number()};
  return plot;
}

HeatMap heat_map(Source& s) {
  HeatMap plot;
  const std::size_t columns = s.below(16);
  for (std::size_t i = 0; i < columns; ++i) plot.columns.push_back(s.chance(70) ? std::to_string(2010 + i) : s.label());
  for (std::size_t i = 0, n = s.below(60); i < n; ++i) {
    plot.rows.push_back({s.label(), {}});
    for (std::size_t j = s.below(columns + 2); j > 0; --j) plot.rows.back().cells.push_back(s.value());
  }
  if (s.chance(50)) plot.middle = s.number();
  plot.scale_label = s.label();
  plot.with_counts = s.chance(50);
  return plot;
}

std::string date(Source& s) {
  const auto two = [&](std::size_t most) {
    const std::size_t value = 1 + s.below(most);
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  if (s.chance(5)) return s.label();
  return std::to_string(s.chance(90) ? 2024 + s.below(3) : 1990 + s.below(60)) + "-" + two(12) + "-" + two(31);
}

Gantt gantt(Source& s) {
  Gantt plot;
  for (std::size_t i = 0, n = s.below(60); i < n; ++i) {
    Gantt::Row row{s.label(), s.chance(20) ? s.label() : "", s.chance(15), std::nullopt, std::nullopt, {}};
    if (s.chance(80)) row.plan = Gantt::Span{date(s), date(s)};
    if (s.chance(60)) row.fact = Gantt::Span{date(s), s.chance(30) ? "" : date(s)};
    if (s.chance(20)) row.milestones = {date(s), date(s)};
    plot.rows.push_back(row);
  }
  if (s.chance(70)) plot.today = date(s);
  for (std::string* label :
       {&plot.plan_label, &plot.fact_label, &plot.overdue_label, &plot.milestone_label, &plot.today_label})
    *label = s.label();
  if (s.chance(30)) plot.months = {"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"};
  return plot;
}

Flow flow(Source& s) {
  Flow plot;
  for (std::size_t i = s.below(8); i > 0; --i) plot.categories.push_back(s.label());
  for (std::size_t i = 1 + s.below(5); i > 0; --i) {
    plot.stages.push_back({s.label(), {}});
    for (std::size_t c = s.below(9); c > 0; --c)
      plot.stages.back().counts.push_back(
          static_cast<std::int64_t>(s.chance(20) ? 0 : s.below(s.chance(90) ? 100 : 1000000)));
  }
  for (std::size_t i = s.below(40); i > 0; --i)
    plot.links.push_back({s.below(5), s.below(8), s.below(8), static_cast<std::int64_t>(s.below(50))});
  return plot;
}

using Plot = decltype(Chart::plot);
constexpr std::array<Plot (*)(Source&), 14> kMakers = {
    [](Source& s) -> Plot { return stacked(s); },   [](Source& s) -> Plot { return dynamics(s, 30); },
    [](Source& s) -> Plot { return dots(s); },      [](Source& s) -> Plot { return histogram(s); },
    [](Source& s) -> Plot { return bars(s); },      [](Source& s) -> Plot { return multiples(s); },
    [](Source& s) -> Plot { return slope(s); },     [](Source& s) -> Plot { return scatter(s); },
    [](Source& s) -> Plot { return forest(s); },    [](Source& s) -> Plot { return funnel(s); },
    [](Source& s) -> Plot { return love_plot(s); }, [](Source& s) -> Plot { return heat_map(s); },
    [](Source& s) -> Plot { return gantt(s); },     [](Source& s) -> Plot { return flow(s); }};

Chart chart(Source& s) {
  s.choose_magnitude();
  Chart c{s.label(), s.label() + " " + s.label(), s.label(), "", {}};
  c.plot = kMakers.at(s.below(kMakers.size()))(s);
  return c;
}

Box box_of(const TextShape& s) { return text_box(s, test::measure); }
Box around(Point at, double half) { return {at.x - half, at.y - half, at.x + half, at.y + half}; }
Box box_of(const LineShape& s) {
  return {std::min(s.from.x, s.to.x), std::min(s.from.y, s.to.y), std::max(s.from.x, s.to.x),
          std::max(s.from.y, s.to.y)};
}
Box box_of(const RectShape& s) { return {s.at.x, s.at.y, s.at.x + s.width, s.at.y + s.height}; }
Box box_of(const MarkShape& s) { return around(s.at, s.size / 2); }
Box box_of(const PathShape& s) {
  Box box = around(s.points.front(), 0);
  for (const Point& p : s.points)
    box = {std::min(box.left, p.x), std::min(box.top, p.y), std::max(box.right, p.x), std::max(box.bottom, p.y)};
  return box;
}

bool inside(const Box& box, const Picture& picture) {
  constexpr double kHair = 0.01;
  return box.left >= -kHair && box.top >= -kHair && box.right <= picture.width + kHair &&
         box.bottom <= picture.height + kHair;  // False for NaN too.
}

void expect_readable(const Picture& picture) {
  for (const Shape& shape : picture.shapes) {
    const Box box = std::visit([](const auto& s) { return box_of(s); }, shape);
    EXPECT_TRUE(inside(box, picture)) << dump({picture.width, picture.height, {shape}});
  }
  const std::vector<TextShape> texts = test::all<TextShape>(picture);
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_FALSE(overlap(box_of(texts[i]), box_of(texts[j]))) << dump({0, 0, {texts[i], texts[j]}});
}

TEST(AnyChart, HasAllTextInsideAndNoneOverAnother) {
  for (unsigned seed = 0; seed < 600; ++seed) {
    Source source(seed);
    const Chart c = chart(source);
    const double width = 200 + 30 * static_cast<double>(source.below(12));
    SCOPED_TRACE("seed " + std::to_string(seed) + ", kind " + std::to_string(c.plot.index()) + ", width " +
                 std::to_string(width));
    expect_readable(test::drawn(c, width));
    if (HasFailure()) return;  // One chart at a time is enough to read.
  }
}

TEST(AnyChart, IsTheSameEachTimeItIsDrawn) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Source first(seed), second(seed);
    EXPECT_EQ(dump(test::drawn(chart(first))), dump(test::drawn(chart(second))));
  }
}

TEST(AnyChart, SaysSomethingInWords) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Source source(seed);
    EXPECT_FALSE(alternative_text(chart(source), NumberFormat("ru"), test::kMissing).empty());
  }
}

}  // namespace
}  // namespace kaskad::reports
