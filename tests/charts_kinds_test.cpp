// The kinds of evidence, plans and transitions: what is drawn stands where the numbers say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "reports/charts/funnel_limits.hpp"
#include "reports/charts/gantt_days.hpp"
#include "reports/charts/kinds.hpp"
#include "reports/charts/palette.hpp"
#include "tests/charts_fixtures.hpp"

namespace kaskad::reports {
namespace {

using test::all;
using test::drawn;
using test::none;
using test::plain;
using test::quantity;
using testing::Contains;
using testing::Not;

std::vector<std::string> texts_of(const Picture& picture) {
  std::vector<std::string> texts;
  for (const TextShape& text : all<TextShape>(picture)) texts.push_back(text.text);
  return texts;
}

double width_of(const PathShape& path) {
  const auto [lo, hi] = std::minmax_element(path.points.begin(), path.points.end(),
                                            [](const Point& a, const Point& b) { return a.x < b.x; });
  return hi->x - lo->x;
}

/// Filled paths that are not arrows: diamonds and ribbons.
std::vector<PathShape> areas(const Picture& picture) {
  std::vector<PathShape> found;
  for (const PathShape& path : all<PathShape>(picture))
    if (path.closed && path.points.size() > 3) found.push_back(path);
  return found;
}

Forest::Row item(const std::string& label, const Quantity& value, double weight) {
  return {label, "", Forest::RowKind::item, value, plain(weight), std::nullopt};
}
Forest::Row pooled(const std::string& label, const Quantity& value) {
  return {label, "", Forest::RowKind::pooled, value, std::nullopt, std::nullopt};
}

TEST(Forest, DiamondsAreAsWideAsTheirIntervals) {
  Forest plot;
  plot.rows = {pooled("а", quantity(10, 2, 50)), pooled("б", quantity(20, 6, 20))};
  const std::vector<PathShape> diamonds = areas(drawn({"", "", "", "", plot}));
  ASSERT_EQ(diamonds.size(), 2U);
  EXPECT_NEAR(width_of(diamonds[1]) / width_of(diamonds[0]), 3, 1e-9);
}

TEST(Forest, AreasOfSquaresGoByWeight) {
  Forest plot;
  plot.rows = {item("а", quantity(10, 2, 50), 80), item("б", quantity(12, 2, 50), 40)};
  const std::vector<MarkShape> marks = all<MarkShape>(drawn({"", "", "", "", plot}));
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_NEAR(std::pow(marks[0].size / marks[1].size, 2), 2, 1e-9);
}

TEST(Forest, PrintsEveryFigureWithItsIntervalAndSaysWhatIsMissing) {
  Forest plot;
  plot.rows = {{"Город", "", Forest::RowKind::head, {}, std::nullopt, std::nullopt},
               item("а", quantity(10, 2, 50), 80),
               item("б", none(), 0)};
  const std::vector<std::string> texts = texts_of(drawn({"", "", "", "", plot}));
  EXPECT_THAT(texts, Contains("10,0"));
  EXPECT_THAT(texts, Contains("от\u00A08,0 до\u00A012,0"));
  EXPECT_THAT(texts, Contains(test::kMissing));
  EXPECT_THAT(texts, Contains("Город"));
}

Funnel::Dot dot(const std::string& label, double value, std::int64_t n, SeriesRole role = SeriesRole::neutral) {
  return {label, role, {exactly(value, n), Unit::percent, 1, false}};
}

Funnel funnel() {
  Funnel plot;
  plot.x_label = "n";
  plot.y_label = "%";
  plot.centre = plain(50);
  plot.limits = {{"95 %", {{25, 30, 70}, {100, 40, 60}}}, {"99,8 %", {{25, 20, 80}, {100, 35, 65}}}};
  return plot;
}

TEST(Funnel, ReadsLimitsOffStraightLinesOnItsAxis) {
  Funnel plot = funnel();
  EXPECT_NEAR(limits_at(plot, plot.limits[0], place_on(plot, 62.5))->hi, 65, 1e-9);
  plot.x_scale = Funnel::XScale::root;  // √56.25 = 7.5 is halfway from √25 to √100.
  EXPECT_NEAR(limits_at(plot, plot.limits[0], place_on(plot, 56.25))->hi, 65, 1e-9);
  plot.x_scale = Funnel::XScale::log;  // lg 50 is halfway from lg 25 to lg 100.
  EXPECT_NEAR(limits_at(plot, plot.limits[0], place_on(plot, 50))->lo, 35, 1e-9);
  EXPECT_NEAR(limits_at(plot, plot.limits[0], place_on(plot, 400))->lo, 40, 1e-9);
}

TEST(Funnel, NamesThoseOutsideTheWidestLimitsAndTheSchoolItIsAbout) {
  Funnel plot = funnel();
  plot.dots = {dot("внутри", 55, 60), dot("между", 61, 100), dot("снаружи", 90, 60),
               dot("своя", 52, 80, SeriesRole::school)};
  const std::vector<std::string> texts = texts_of(drawn({"", "", "", "", plot}));
  EXPECT_THAT(texts, Contains("снаружи"));
  EXPECT_THAT(texts, Contains("своя"));
  EXPECT_THAT(texts, Not(Contains("внутри")));
  EXPECT_THAT(texts, Not(Contains("между")));
}

TEST(Funnel, NamesItsSchoolEvenInACrowd) {
  Funnel plot = funnel();
  plot.x_scale = Funnel::XScale::root;
  for (int i = 0; i < 400; ++i) plot.dots.push_back(dot("", 35 + i % 20 * 1.6, 20 + i / 4));
  plot.dots.push_back(dot("своя", 50, 60, SeriesRole::school));
  EXPECT_THAT(texts_of(drawn({"", "", "", "", plot})), Contains("своя"));
}

TEST(Funnel, LeavesMostOfANarrowPictureToItsPlot) {
  Funnel plot = funnel();
  plot.centre_label = "показанные школы";
  constexpr double kWidth = 210;
  plot.dots = {dot("", 50, 25), dot("", 50, 100)};
  double right = 0;  // Of the plot.
  for (const MarkShape& mark : test::value_marks(drawn({"", "", "", "", plot}, kWidth)))
    right = std::max(right, mark.at.x);
  EXPECT_GT(right, 0.55 * kWidth);
}

TEST(Funnel, ALabelGoesAwayFromTheLinesThatItWouldStandOn) {
  Funnel plot = funnel();
  plot.limits.clear();
  for (const double lo : {38, 40, 42, 44, 46}) plot.limits.push_back({"", {{25, lo, 60}, {100, lo, 60}}});
  plot.dots = {dot("", 20, 25), dot("своя", 42, 60, SeriesRole::school), dot("", 70, 100)};
  const Picture picture = drawn({"", "", "", "", plot});
  const std::vector<TextShape> texts = all<TextShape>(picture);
  const auto label = std::find_if(texts.begin(), texts.end(), [](const TextShape& t) { return t.text == "своя"; });
  ASSERT_NE(label, texts.end());
  const Box box = text_box(*label, test::measure);
  int beside = 0;
  for (const PathShape& curve : all<PathShape>(picture)) {
    for (const Point& point : curve.points) {
      if (point.x < box.left || point.x > box.right) continue;
      ++beside;
      EXPECT_TRUE(point.y < box.top || point.y > box.bottom) << point.y;
    }
  }
  EXPECT_GT(beside, 0);
}

TEST(LovePlot, HasThresholdsAtBothSidesWhereThereAreValues) {
  LovePlot plot;
  plot.rows = {{"а", {exactly(0.4, 0), Unit::effect, 2, false}, {exactly(0.05, 0), Unit::effect, 2, false}}};
  const auto dashed = [&] {
    const std::vector<LineShape> lines = all<LineShape>(drawn({"", "", "", "", plot}));
    return std::count_if(lines.begin(), lines.end(), [](const LineShape& line) { return line.dashed; });
  };
  EXPECT_EQ(dashed(), 2);
  plot.rows[0].after.estimate.value = -0.05;
  EXPECT_EQ(dashed(), 4);
}

TEST(HeatMap, HigherIsDarkerAndEveryNumberCanBeRead) {
  double before = 2;
  for (int i = 0; i <= 100; ++i) {
    const Color one = sequential_shade(i / 100.0), two = diverging_shade(i / 100.0);
    EXPECT_LT(lightness(one), before);
    before = lightness(one);
    EXPECT_GE(contrast(one, text_color_on(one)), 4.5) << i;
    EXPECT_GE(contrast(two, text_color_on(two)), 4.5) << i;
  }
}

TEST(HeatMap, FillsDefinedCellsAndMarksMissingOnes) {
  HeatMap plot;
  plot.columns = {"2023", "2024"};
  plot.rows = {{"а", {plain(10), none()}}, {"б", {plain(20)}}};
  const Picture picture = drawn({"", "", "", "", plot});
  const std::vector<RectShape> rects = all<RectShape>(picture);
  EXPECT_EQ(rects[0].fill, sequential_shade(0));
  EXPECT_EQ(rects[1].fill, sequential_shade(1));
  const std::vector<std::string> texts = texts_of(picture);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "—"), 2);
  EXPECT_THAT(texts, Contains("10,0"));
}

Gantt::Row measure_of(const std::string& from, const std::string& to, std::optional<Gantt::Span> fact) {
  return {"м", "", false, Gantt::Span{from, to}, std::move(fact), {}};
}

TEST(Gantt, BarsAreAsLongAsTheirDays) {
  Gantt plot;
  plot.rows = {measure_of("2026-01-01", "2026-01-10", std::nullopt),
               measure_of("2026-02-01", "2026-02-20", std::nullopt)};
  const std::vector<RectShape> bars = all<RectShape>(drawn({"", "", "", "", plot}));
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_NEAR(bars[1].width / bars[0].width, 2, 1e-9);
  EXPECT_NEAR((bars[1].at.x - bars[0].at.x) / bars[0].width, 3.1, 1e-9);  // 31 days from January to February.
}

TEST(Gantt, IsOverdueWhatEndedLateOrHasNotEnded) {
  Gantt plot;
  plot.today = "2026-03-10";
  using Span = Gantt::Span;
  const auto overdue = [&](const std::string& to, std::optional<Span> fact) {
    return is_overdue(plot, measure_of("2026-01-01", to, std::move(fact)));
  };
  EXPECT_FALSE(overdue("2026-02-01", Span{"2026-01-05", "2026-02-01"}));
  EXPECT_TRUE(overdue("2026-02-01", Span{"2026-01-05", "2026-02-02"}));
  EXPECT_TRUE(overdue("2026-02-01", Span{"2026-01-05", ""}));
  EXPECT_TRUE(overdue("2026-03-09", std::nullopt));
  EXPECT_FALSE(overdue("2026-03-10", std::nullopt));
  plot.today = "";
  EXPECT_FALSE(overdue("2026-02-01", std::nullopt));
}

TEST(Gantt, DrawsNothingForTextsThatAreNoDates) {
  Gantt plot;
  plot.rows = {measure_of("2026-02-30", "2026-03-01", std::nullopt), measure_of("1 марта", "2026-04-01", std::nullopt),
               measure_of("2026-04-01", "2026-03-01", std::nullopt),
               measure_of("2026-+1-01", "2026-03-01", std::nullopt)};
  EXPECT_FALSE(drawable(plot));
}

Flow flow() {
  Flow plot;
  plot.categories = {"низкий", "высокий"};
  plot.stages = {{"вход", {30, 10}}, {"итог", {20, 20}}};
  plot.links = {{0, 0, 0, 18}, {0, 0, 1, 12}, {0, 1, 0, 2}, {0, 1, 1, 8}};
  return plot;
}

TEST(Flow, RibbonsAreAsHighAsTheirCountsAndFillTheirBlocks) {
  const Picture picture = drawn({"", "", "", "", flow()});
  std::vector<double> heights;
  for (const PathShape& ribbon : areas(picture)) heights.push_back(ribbon.points.back().y - ribbon.points.front().y);
  std::sort(heights.begin(), heights.end());
  ASSERT_EQ(heights.size(), 4U);
  EXPECT_NEAR(heights[1] / heights[0], 4, 1e-9);
  EXPECT_NEAR(heights[2] / heights[0], 6, 1e-9);
  EXPECT_NEAR(heights[3] / heights[0], 9, 1e-9);
  double blocks = 0;
  for (const RectShape& rect : all<RectShape>(picture)) blocks += rect.height;
  EXPECT_NEAR(blocks, 2 * (heights[0] + heights[1] + heights[2] + heights[3]), 1e-9);
}

TEST(Flow, TakesNoLinkThatLeadsNowhere) {
  Flow plot = flow();
  plot.links.push_back({1, 0, 0, 5});
  plot.links.push_back({0, 7, 0, 5});
  plot.links.push_back({0, 0, 0, -5});
  EXPECT_EQ(dump(drawn({"", "", "", "", plot})), dump(drawn({"", "", "", "", flow()})));
}

TEST(Flow, DrawsNoCategoryInWhichNobodyEverWas) {
  Flow plot = flow();
  plot.categories.insert(plot.categories.begin() + 1, "средний");
  for (Flow::Stage& stage : plot.stages) stage.counts.insert(stage.counts.begin() + 1, 0);
  for (Flow::Link& link : plot.links) {
    link.from += link.from > 0;
    link.to += link.to > 0;
  }
  EXPECT_EQ(texts_of(drawn({"", "", "", "", plot})), texts_of(drawn({"", "", "", "", flow()})));
}

/// The ribbon of 4 of 80 is 8.5 points high: enough for its number where it runs level, too little where it bends.
TEST(Flow, CountsNoRibbonThatBendsAwayUnderItsNumber) {
  Flow plot;
  plot.categories = {"низкий", "средний", "высокий"};
  plot.stages.assign(7, {"", {38, 38, 4}});
  plot.links = {{0, 2, 2, 4}};
  const auto fours = [&] {
    const std::vector<std::string> said = texts_of(drawn({"", "", "", "", plot}));
    return std::count(said.begin(), said.end(), "4");
  };
  EXPECT_EQ(fours(), 8);  // seven blocks and the ribbon
  plot.links = {{0, 2, 0, 4}};
  EXPECT_EQ(fours(), 7);
}

TEST(Scatter, MeansOfBandsStandAtTheirValues) {
  Scatter plot;
  plot.dots = {{"", SeriesRole::neutral, plain(0), plain(40)}, {"", SeriesRole::neutral, plain(100), plain(60)}};
  plot.bands = {{"1", 0, 50, plain(45)}, {"2", 50, 100, plain(55)}};
  const Picture picture = drawn({"", "", "", "", plot});
  std::vector<LineShape> means;
  for (const LineShape& line : all<LineShape>(picture))
    if (line.width == 2) means.push_back(line);
  const std::vector<MarkShape> marks = all<MarkShape>(picture);
  ASSERT_EQ(means.size(), 2U);
  ASSERT_EQ(marks.size(), 2U);
  const double per_unit = (marks[0].at.y - marks[1].at.y) / 20;
  EXPECT_NEAR(marks[0].at.y - means[0].from.y, 5 * per_unit, 1e-9);
  EXPECT_NEAR(marks[0].at.y - means[1].from.y, 15 * per_unit, 1e-9);
}

TEST(Palette, TheMiddleOfThreePartsIsNeutral) {
  const Color middle = part_color(1, 3);
  EXPECT_NEAR(middle.r, middle.b, 4);
  EXPECT_GT(lightness(middle), lightness(part_color(0, 3)) + 0.3);
  EXPECT_GT(lightness(middle), lightness(part_color(2, 3)) + 0.3);
  EXPECT_TRUE(is_lower_part(0, 3) && !is_lower_part(1, 3) && !is_lower_part(2, 3));
}

template <typename Plot>
class EmptyPlot : public testing::Test {};
using Plots = testing::Types<StackedBars, Dynamics, DotPlot, Histogram, Bars, SmallMultiples, Slope, Scatter, Forest,
                             Funnel, LovePlot, HeatMap, Gantt, Flow>;
TYPED_TEST_SUITE(EmptyPlot, Plots);

TYPED_TEST(EmptyPlot, SaysThatThereAreNoData) {
  const Chart chart{"Заголовок", "", "", "", TypeParam{}};
  EXPECT_EQ(texts_of(drawn(chart)), (std::vector<std::string>{"Заголовок", test::kMissing}));
  EXPECT_EQ(alternative_text(chart, NumberFormat("ru"), test::kMissing), "Заголовок. нет данных.");
}

}  // namespace
}  // namespace kaskad::reports
