// Spread over schools: against R's definitions, hand calculations and the tie rule.
#include "engine/stats/spread.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::expect_undefined;
using test::golden;
using test::near;
using test::Table;

/// Mean scores of California's districts, in the order of district numbers.
std::vector<SchoolValue> districts() {
  const Table table("fixtures/stats/apipop.csv");
  const auto district = table.numbers("district");
  const auto score = table.numbers("api00");
  std::map<int, std::pair<double, std::int64_t>> sums;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto& [sum, n] = sums[static_cast<int>(district[i])];
    sum += score[i];
    n += 1;
  }
  std::vector<SchoolValue> values;
  for (const auto& [id, sum] : sums) values.push_back({sum.first / static_cast<double>(sum.second), sum.second});
  return values;
}

std::vector<SchoolValue> rising(std::int64_t count) {
  std::vector<SchoolValue> schools;
  for (std::int64_t i = 1; i <= count; ++i) schools.push_back({static_cast<double>(i), 10});
  return schools;
}

TEST(GapOfTenths, AgreesWithROnDistricts) {
  const auto schools = districts();
  const GapOfTenths gap = gap_of_tenths(schools);
  EXPECT_TRUE(near(gap.ratio.value, golden("spread.ratio"), 1e-12));
  EXPECT_TRUE(near(gap.ratio.se, golden("spread.ratio.se")));
  EXPECT_TRUE(near(gap.difference.value, golden("spread.difference"), 1e-12));
  EXPECT_TRUE(near(gap.difference.se, golden("spread.difference.se")));
  EXPECT_EQ(gap.difference.n, 6194);
  EXPECT_EQ(gap.difference.clusters, static_cast<std::int64_t>(schools.size()));
  EXPECT_EQ(gap.difference.df, static_cast<double>(schools.size() - 1));
  EXPECT_TRUE(near(gap.ratio.hi - gap.ratio.value, student_quantile(0.975, gap.ratio.df) * gap.ratio.se, 1e-9));
}

TEST(GapOfTenths, CutsTenthsByTheCeiling) {
  EXPECT_EQ(schools_in_tenth(20), 2);
  EXPECT_EQ(schools_in_tenth(21), 3);
  EXPECT_EQ(schools_in_tenth(875), 88);
  // 1…21: tenths of three, means 2 and 20.
  const GapOfTenths gap = gap_of_tenths(rising(21));
  EXPECT_EQ(gap.tenth, 3);
  EXPECT_DOUBLE_EQ(gap.difference.value, 18);
  EXPECT_DOUBLE_EQ(gap.ratio.value, 10);
}

TEST(GapOfTenths, WeighsSchoolsByPupils) {
  auto schools = rising(20);
  schools[0].pupils = 30;  // worst tenth: (1·30 + 2·10)/40
  EXPECT_DOUBLE_EQ(gap_of_tenths(schools).difference.value, 19.5 - 1.25);
}

TEST(GapOfTenths, BreaksTiesByTheOrderGiven) {
  // Four schools share the lowest value; the first two of them are the worst tenth of 20, whatever their pupils.
  auto schools = rising(20);
  for (std::size_t i : {3U, 8U, 11U, 16U}) schools[i].value = 0.5;
  schools[3].pupils = 1;
  schools[8].pupils = 2;
  const double before = gap_of_tenths(schools).difference.value;
  schools[11].pupils = 5000;  // not in the tenth
  EXPECT_EQ(gap_of_tenths(schools).difference.value, before);
  schools[11].value = 0.4;  // now the worst, with school 3
  EXPECT_NEAR(gap_of_tenths(schools).difference.value, 19.5 - (0.4 * 5000 + 0.5) / 5001, 1e-12);
}

TEST(GapOfTenths, LeavesOutSchoolsWithoutAFigure) {
  auto schools = rising(20);
  schools.insert(schools.begin(), {{std::nan(""), 10}, {-5.0, 0}});
  const GapOfTenths gap = gap_of_tenths(schools);
  EXPECT_DOUBLE_EQ(gap.difference.value, 18);
  EXPECT_EQ(gap.difference.clusters, 20);
}

TEST(GapOfTenths, SaysWhyThereIsNone) {
  expect_undefined(gap_of_tenths({}).ratio, Undefined::no_data);
  const GapOfTenths few = gap_of_tenths(rising(19));
  expect_undefined(few.ratio, Undefined::too_few_clusters);
  expect_undefined(few.difference, Undefined::too_few_clusters);
  EXPECT_EQ(few.ratio.clusters, 19);
  auto zeros = rising(30);
  for (std::size_t i = 0; i < 5; ++i) zeros[i].value = 0;
  const GapOfTenths gap = gap_of_tenths(zeros);
  expect_undefined(gap.ratio, Undefined::no_data);
  EXPECT_TRUE(gap.difference.has_interval());
}

TEST(GapOfTenths, HasARatioWithoutIntervalWhereLeavingASchoolOutEmptiesIt) {
  // The worst tenth is one good figure and zeros: without that school the ratio does not exist.
  auto schools = rising(21);
  schools[0].value = 0;
  schools[1].value = 0;
  const GapOfTenths gap = gap_of_tenths(schools);  // tenths of 3, then of 2
  EXPECT_DOUBLE_EQ(gap.ratio.value, 20);
  EXPECT_FALSE(gap.ratio.has_interval());
  EXPECT_TRUE(std::isnan(gap.ratio.se));
}

TEST(SpreadOfSchools, AgreesWithROnDistricts) {
  const SpreadOfSchools spread = spread_of_schools(districts());
  EXPECT_TRUE(near(spread.sd.value, golden("spread.sd"), 1e-12));
  EXPECT_TRUE(near(spread.sd.se, golden("spread.sd.se")));
  EXPECT_TRUE(near(spread.range.value, golden("spread.range"), 1e-12));
  EXPECT_TRUE(near(spread.p90_p10.value, golden("spread.p90_p10"), 1e-12));
  EXPECT_FALSE(spread.range.has_interval());
}

TEST(SpreadOfSchools, IsZeroForEqualSchoolsAndUndefinedForOne) {
  const SpreadOfSchools equal = spread_of_schools({{3, 10}, {3, 20}, {3, 5}});
  EXPECT_EQ(equal.sd.value, 0);
  EXPECT_FALSE(equal.sd.has_interval());
  EXPECT_EQ(equal.range.value, 0);
  EXPECT_DOUBLE_EQ(equal.p90_p10.value, 1);
  expect_undefined(spread_of_schools({{3, 10}}).sd, Undefined::too_few_clusters);
  expect_undefined(spread_of_schools({}).range, Undefined::no_data);
  expect_undefined(spread_of_schools({{0, 10}, {0, 20}, {3, 5}}).p90_p10, Undefined::no_data);
  EXPECT_FALSE(spread_of_schools({{1, 10}, {2, 20}}).sd.has_interval());
}

TEST(Quantile7, InterpolatesBetweenOrderStatistics) {
  const std::vector<double> values = {1, 2, 4, 8};
  EXPECT_DOUBLE_EQ(quantile7(values, 0), 1);
  EXPECT_DOUBLE_EQ(quantile7(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile7(values, 0.9), 6.8);
  EXPECT_DOUBLE_EQ(quantile7(values, 1), 8);
  EXPECT_DOUBLE_EQ(quantile7({5}, 0.3), 5);
}

}  // namespace
}  // namespace kaskad::stats
