// Pictures that were looked at, kept as text.
#include <gtest/gtest.h>

#include "tests/charts_fixtures.hpp"
#include "tests/charts_samples.hpp"
#include "tests/golden.hpp"

namespace kaskad::reports {
namespace {

using test::difference;
using test::drawn;
using test::none;
using test::plain;

void expect_picture(const std::string& name, const Chart& chart) {
  expect_golden("fixtures/charts/" + name + ".txt", dump(drawn(chart)));
}

TEST(GoldenChart, DynamicsWithIntervalsWavesAndABreak) {
  Dynamics plot = test::certificates();
  for (Dynamics::Series& series : plot.series) series.points[2].break_before = true;
  expect_picture(
      "dynamics",
      {"Доля получивших аттестат в фокус-группе росла каждый год, в контрольной упала и восстановилась",
       "Доля получивших аттестат, %, с 95-процентным интервалом; 1999–2002", "Источник: экзамены.", "", plot});
}

TEST(GoldenChart, StackedBarsOfMarks) {
  StackedBars plot;
  plot.parts = {{"«2»"}, {"«3»"}, {"«4»"}, {"«5»"}};
  plot.bars = {{"2018", 16526, {plain(19.2), plain(45.1), plain(26.3), plain(9.4)}, std::nullopt},
               {"2020", 0, {}, Undefined::no_data},
               {"Средняя общеобразовательная школа № 11 имени Ивана Петрова",
                61,
                {plain(1.6), plain(0), plain(50.8), plain(47.6)},
                std::nullopt}};
  expect_picture("stacked_bars", {"Доля двоек сократилась", "Доли отметок, %", "", "", plot});
}

TEST(GoldenChart, DifferencesAgainstAZeroLine) {
  DotPlot plot;
  plot.zero_line = true;
  plot.rows = {{"Доля получивших аттестат", "2002", {{SeriesRole::focus, difference(-2.1, -4.9, 0.7)}}},
               {"Качество знаний", "", {{SeriesRole::focus, difference(3.4, -0.2, 7.0)}}},
               {"Доля ниже порога", "", {{SeriesRole::focus, none()}}}};
  expect_picture("differences",
                 {"Ни одна разность не доказана", "Фокус-группа минус контрольная, п. п.", "", "", plot});
}

TEST(GoldenChart, HistogramWithBordersOfMarks) {
  const Histogram plot{0,
                       {1, 4, 9, 20, 41, 7, 90, 80, 60, 33, 20, 12, 5, 2},
                       {{5.5, "2|3"}, {8.5, "3|4"}, {10.5, "4|5"}},
                       "Первичный балл"};
  expect_picture("histogram", {"На границе «2» и «3» скачок", "Число работ по баллу", "", "", plot});
}

class SampleChart : public testing::TestWithParam<test::Sample> {};

TEST_P(SampleChart, IsDrawnAsItWasLookedAt) { expect_picture(GetParam().name, GetParam().chart); }

TEST_P(SampleChart, IsToldInWordsThatWereRead) {
  expect_golden("fixtures/charts/words/" + GetParam().name + ".txt",
                alternative_text(GetParam().chart, NumberFormat("ru"), test::kMissing) + "\n");
}

INSTANTIATE_TEST_SUITE_P(All, SampleChart, testing::ValuesIn(test::samples()),
                         [](const auto& of) { return of.param.name; });

}  // namespace
}  // namespace kaskad::reports
