#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "reports/charts/axis.hpp"
#include "reports/charts/labels.hpp"
#include "tests/charts_fixtures.hpp"

namespace kaskad::reports {
namespace {

using test::all;
using test::certificates;
using test::drawn;
using test::none;
using test::plain;
using test::quantity;
using test::value_marks;

struct TickCase {
  double lo, hi;
  int most;
  std::vector<double> at;
  int decimals;
};

TEST(Axis, TakesTheSmallestRoundStepThatCoversTheRange) {
  const std::vector<TickCase> cases = {
      {18.3, 33.6, 6, {15, 20, 25, 30, 35}, 0},
      {0, 100, 6, {0, 20, 40, 60, 80, 100}, 0},
      {0, 1, 6, {0, 0.2, 0.4, 0.6, 0.8, 1}, 1},
      {-4.9, 7.0, 9, {-6, -4, -2, 0, 2, 4, 6, 8}, 0},
      {-0.3, 0.4, 4, {-0.5, 0, 0.5}, 1},
      {1234567, 1234890, 5, {1234500, 1234600, 1234700, 1234800, 1234900}, 0},
      {0.00012, 0.00037, 4, {0.0001, 0.0002, 0.0003, 0.0004}, 4},
      {3, 3, 3, {2.5, 3, 3.5}, 1},
      {0, 0, 3, {-1, 0, 1}, 0},
      {0.1, 0.3, 3, {0.1, 0.2, 0.3}, 1},
  };
  for (const TickCase& c : cases) {
    const Ticks ticks = nice_ticks(c.lo, c.hi, c.most);
    EXPECT_EQ(ticks.at, c.at) << c.lo << " – " << c.hi;
    EXPECT_EQ(ticks.decimals, c.decimals) << c.lo << " – " << c.hi;
  }
}

TEST(Axis, StartsAtZeroForBarsAndStaysWithinAHundredPercent) {
  EXPECT_EQ(ticks_for({40, 55}, Unit::percent, {.from_zero = true}).lo(), 0);
  EXPECT_EQ(ticks_for({91, 99.5}, Unit::percent).hi(), 100);
  EXPECT_EQ(ticks_for({0.4, 8}, Unit::percent).lo(), 0);
  EXPECT_GT(ticks_for({91, 104}, Unit::points).hi(), 104 - 1e-9);
}

TEST(Axis, CountsHaveNoTicksBetweenWholeNumbers) {
  EXPECT_EQ(ticks_for({0, 2}, Unit::count, {.from_zero = true, .whole = true}).at, (std::vector<double>{0, 1, 2}));
}

TEST(Axis, VeryLargeAndVerySmallLabelsShareAPowerOfTen) {
  const NumberFormat format("ru");
  const TickLabels large = tick_labels(nice_ticks(0, 4e9, 5), format, false);
  EXPECT_EQ(large.multiplier, "×10⁹");
  EXPECT_EQ(large.text, (std::vector<std::string>{"0", "1", "2", "3", "4"}));
  const TickLabels small = tick_labels(nice_ticks(0, 4e-7, 5), format, false);
  EXPECT_EQ(small.multiplier, "×10⁻⁹");
  EXPECT_EQ(small.text.back(), "400");
}

TEST(Labels, StandWhereTheyWishWhenNothingIsInTheWay) {
  EXPECT_EQ(pushed_apart({{10, 4}, {30, 4}}, 0, 100), (std::vector<double>{10, 30}));
}

TEST(Labels, ArePushedApartByAsLittleAsPossible) {
  // Two wishes at 50 with sizes of 10 stand at 45 and 55; a third one far off stays.
  EXPECT_EQ(pushed_apart({{50, 10}, {50, 10}, {90, 10}}, 0, 100), (std::vector<double>{45, 55, 90}));
  // Against the end of the line both move inwards.
  EXPECT_EQ(pushed_apart({{98, 10}, {99, 10}}, 0, 100), (std::vector<double>{85, 95}));
}

TEST(Text, WrapsAtSpacesButNeverAfterTheNumberSign) {
  const auto mono = [](std::string_view text, const Font& font) { return test::measure(text, font); };
  const Font font{Family::sans, 10, false, false, {}};  // 5.2 points a letter.
  EXPECT_EQ(wrap("Школа № 11 Братска", font, 5.2 * 8, mono).lines,
            (std::vector<std::string>{"Школа", "№ 11", "Братска"}));
  EXPECT_EQ(wrap("фокус-группа", font, 5.2 * 8, mono).lines, (std::vector<std::string>{"фокус-", "группа"}));
  const Wrapped cut = wrap("Водоснабжение", font, 5.2 * 5, mono, 2);
  EXPECT_FALSE(cut.whole);
  EXPECT_EQ(cut.lines, (std::vector<std::string>{"Водос", "набж…"}));
}

TEST(Palette, RolesThatMayMeetDifferInMarkOrDashAndNotOnlyInColour) {
  const std::vector<SeriesRole> roles = {SeriesRole::focus, SeriesRole::control, SeriesRole::region,
                                         SeriesRole::base,  SeriesRole::school,  SeriesRole::municipality,
                                         SeriesRole::focus, SeriesRole::focus};
  const std::vector<Style> styles = styles_of(roles);
  std::set<std::tuple<int, bool, int>> looks;
  for (const Style& s : styles)
    looks.insert({static_cast<int>(s.mark), s.dashed, static_cast<int>(lightness(s.color) * 20)});
  EXPECT_EQ(looks.size(), styles.size());
}

TEST(Palette, MarksAreTheDivergingScaleOfTheProject) {
  EXPECT_EQ(part_color(0, 4), (Color{0xB5, 0x40, 0x3A}));
  EXPECT_EQ(part_color(1, 4), (Color{0xE3, 0xA7, 0x8C}));
  EXPECT_EQ(part_color(2, 4), (Color{0xA9, 0xC4, 0xB8}));
  EXPECT_EQ(part_color(3, 4), (Color{0x2E, 0x7D, 0x6B}));
  EXPECT_EQ(part_color(2, 3), part_color(3, 4));
}

TEST(StackedBars, PartsAreAsLongAsTheirShares) {
  StackedBars plot;
  plot.parts = {{"2"}, {"3"}, {"4"}, {"5"}};
  plot.bars = {{"2021", 200, {plain(10), plain(40), plain(30), plain(20)}, std::nullopt},
               {"2022", 0, {}, Undefined::no_data}};
  const Picture picture = drawn({"", "", "", "", plot});
  std::vector<RectShape> rects = all<RectShape>(picture);
  rects.erase(rects.begin(), rects.begin() + 4);  // The legend.
  ASSERT_EQ(rects.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(rects[i].width / rects[0].width, std::vector<double>({1, 4, 3, 2})[i], 1e-9);
    if (i > 0) {
      EXPECT_NEAR(rects[i].at.x, rects[i - 1].at.x + rects[i - 1].width, 1e-9);
    }
  }
}

TEST(Bars, StartAtZeroAndAreProportional) {
  Bars plot;
  plot.bars = {{"а", SeriesRole::focus, quantity(30, 2, 10)},
               {"б", SeriesRole::control, plain(-15)},
               {"в", SeriesRole::region, none()},
               {"г", SeriesRole::base, plain(60)}};
  const std::vector<RectShape> rects = all<RectShape>(drawn({"", "", "", "", plot}));
  ASSERT_EQ(rects.size(), 3U);
  const double zero = rects[0].at.x;
  EXPECT_NEAR(rects[1].at.x + rects[1].width, zero, 1e-9);
  EXPECT_NEAR(rects[2].at.x, zero, 1e-9);
  EXPECT_NEAR(rects[1].width / rects[0].width, 0.5, 1e-9);
  EXPECT_NEAR(rects[2].width / rects[0].width, 2.0, 1e-9);
}

TEST(Dynamics, HigherValuesStandHigherByTheSameScale) {
  const Picture picture = drawn({"", "", "", "", certificates()});
  const std::vector<MarkShape> marks = value_marks(picture);
  ASSERT_EQ(marks.size(), 8U);
  const double per_unit = (marks[0].at.y - marks[3].at.y) / (29.4 - 23.9);
  EXPECT_GT(per_unit, 0);
  EXPECT_NEAR(marks[0].at.y - marks[1].at.y, per_unit * (24.8 - 23.9), 1e-9);
  EXPECT_NEAR(marks[4].at.y - marks[7].at.y, per_unit * (31.6 - 25.7), 1e-9);
}

TEST(Dynamics, UndefinedPointsAndBreaksOfScaleAreGaps) {
  Dynamics plot = certificates();
  plot.series[0].points[1].value = none();
  plot.series[1].points[2].break_before = true;
  const Picture picture = drawn({"", "", "", "", plot});
  EXPECT_EQ(value_marks(picture).size(), 7U);
  std::vector<std::size_t> lengths;
  for (const PathShape& path : all<PathShape>(picture)) lengths.push_back(path.points.size());
  EXPECT_EQ(lengths, (std::vector<std::size_t>{2, 2, 2}));  // 2001–2002; 1999–2000 and 2001–2002.
}

TEST(Dynamics, AnIntervalReachesFromItsLowerToItsUpperEnd) {
  Dynamics plot;
  plot.series = {{"а", SeriesRole::focus, {{"2020", quantity(50, 10, 40)}, {"2021", quantity(50, 0, 40)}}}};
  const Picture picture = drawn({"", "", "", "", plot});
  const std::vector<MarkShape> marks = value_marks(picture);
  const auto spans = [&](const MarkShape& mark) {
    std::vector<double> lengths;
    for (const LineShape& line : all<LineShape>(picture))
      if (line.from.x == mark.at.x && line.to.x == mark.at.x) lengths.push_back(std::abs(line.from.y - line.to.y));
    return lengths;
  };
  ASSERT_EQ(spans(marks[0]).size(), 1U);
  EXPECT_GT(spans(marks[0])[0], 40);
  EXPECT_EQ(spans(marks[1]), std::vector<double>{0});
}

TEST(DotPlot, UndefinedDotsDrawNothingAndTheRowSaysSo) {
  DotPlot plot;
  plot.rows = {{"а", "", {{SeriesRole::focus, none()}}}, {"б", "", {{SeriesRole::focus, test::difference(1, -1, 3)}}}};
  plot.zero_line = true;
  const Picture picture = drawn({"", "", "", "", plot});
  EXPECT_EQ(value_marks(picture).size(), 1U);
  const std::vector<TextShape> texts = all<TextShape>(picture);
  EXPECT_TRUE(std::any_of(texts.begin(), texts.end(), [](const auto& t) { return t.text == test::kMissing; }));
}

TEST(Histogram, HeightsAreProportionalAndEmptyScoresHaveNoBar) {
  const Histogram plot{0, {5, 0, 10, 20}, {{1.5, "2|3"}}, "Балл"};
  const std::vector<RectShape> rects = all<RectShape>(drawn({"", "", "", "", plot}));
  ASSERT_EQ(rects.size(), 3U);
  EXPECT_NEAR(rects[1].height / rects[0].height, 2, 1e-9);
  EXPECT_NEAR(rects[2].height / rects[0].height, 4, 1e-9);
}

TEST(Chart, WithNothingDefinedSaysWhyInPlaceOfThePlot) {
  Dynamics empty = certificates();
  for (Dynamics::Series& series : empty.series)
    for (Dynamics::Point& point : series.points) point.value = none();
  const Picture without = drawn({"Заголовок", "", "", "", empty});
  EXPECT_EQ(all<TextShape>(without).back().text, test::kMissing);
  const Picture suppressed = drawn({"Заголовок", "", "", "Меньше 10 участников", certificates()});
  EXPECT_EQ(all<TextShape>(suppressed).back().text, "Меньше 10 участников");
  EXPECT_LT(suppressed.height, drawn({"Заголовок", "", "", "", certificates()}).height / 2);
}

TEST(CellPictures, ASparklineLeavesGapsAndMarksTheLastPoint) {
  const Picture spark = sparkline({plain(1), plain(3), none(), plain(2), plain(2)}, 60, 14, kInk);
  EXPECT_EQ(all<PathShape>(spark).size(), 2U);
  ASSERT_EQ(all<MarkShape>(spark).size(), 5U);
  EXPECT_GT(all<MarkShape>(spark).back().size, all<MarkShape>(spark).front().size);
  EXPECT_TRUE(sparkline({none()}, 60, 14, kInk).shapes.empty());
}

TEST(CellPictures, AnIntervalBarStaysOnItsScale) {
  const Picture bar = interval_bar(quantity(95, 20, 10), 0, 100, 50.0, 60, 12, kInk);
  for (const LineShape& line : all<LineShape>(bar)) {
    EXPECT_GE(std::min(line.from.x, line.to.x), 0);
    EXPECT_LE(std::max(line.from.x, line.to.x), 60);
  }
  EXPECT_TRUE(interval_bar(none(), 0, 100, 50.0, 60, 12, kInk).shapes.empty());
}

TEST(AlternativeText, SaysTheChartInItsOwnWordsAndNumbers) {
  Dynamics plot = certificates();
  plot.series.resize(1);
  plot.series[0].points.resize(2);
  plot.series[0].points[1].value = none();
  const Chart chart{"Доля выросла", "Аттестаты, %", "Источник: экзамены.", "", plot};
  EXPECT_EQ(
      alternative_text(chart, NumberFormat("ru"), "нет данных"),
      "Доля выросла. Аттестаты, %. Фокус-группа: 1999: 23,9\u00A0% (от\u00A022,1 до\u00A025,7), n = 2131; 2000: нет "
      "данных. Источник: экзамены.");
  EXPECT_EQ(alternative_text({"Olympiads", "", "", "Too few pupils", plot}, NumberFormat("en"), "no data"),
            "Olympiads. Too few pupils.");
}

TEST(Dump, HasOneLineAShape) {
  Picture picture{100, 50, {}};
  picture.shapes = {TextShape{{1, 2}, "да", {Family::sans, 9, true, false, kInk}, HAlign::right},
                    LineShape{{0, 0}, {-0.01, 10}, 0.5, kInk, true}, MarkShape{{3, 4}, Mark::ring, 5, kInk}};
  EXPECT_EQ(dump(picture),
            "picture 100.0x50.0\ntext 1.0,2.0 right sans 9.0 bold #1F2428 \"да\"\n"
            "line 0.0,0.0 0.0,10.0 width 0.5 #1F2428 dashed\nring 3.0,4.0 size 5.0 #1F2428\n");
}

}  // namespace
}  // namespace kaskad::reports
