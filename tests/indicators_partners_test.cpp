// Partners on data made by hand: two waves, three works, tasks; and what is told of pairs that do not fit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/stats/intervals.hpp"
#include "indicators/partners.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

/// A place in a table without sheets.
Place in_row(const char* file, std::int64_t row) {
  Place place;
  place.file = file;
  place.row = row;
  return place;
}

constexpr double kTight = 1e-9;
Membership focus(SchoolId school) {
  Membership m;
  m.school = school;
  return m;
}

Partnership pair(SchoolId weak, SchoolId strong) { return {weak, strong, "", {}}; }

constexpr SchoolId kWeak = 0, kStrong = 1, kOther = 2, kSecondWeak = 3;
Wave wave(const char* id, int year, WaveRole role) {
  Wave w;
  w.id = id;
  w.years = {year};
  w.role = role;
  return w;
}
const std::vector<Wave> kWaves = {wave("entry", 2024, WaveRole::entry), wave("final", 2026, WaveRole::final)};

Indicator mean_of_primary() {
  Indicator i;
  i.id = "score";
  i.name = i.short_name = {{"en", "Score"}};
  i.kind = IndicatorKind::mean;
  i.outcome = Outcome::primary;
  i.formula = *Formula::compile("x");
  i.unit = IndicatorUnit::score;
  return i;
}

struct Region {
  Dataset data;
  CubeBuilder builder;

  Region() {
    data.vocabulary.procedures.push_back({"VPR", {{"en", "VPR"}}, {{"en", "VPR"}}, {}, 2, 5, {}});
    for (const auto* subject : {"MA", "RU"}) data.vocabulary.subjects.push_back({subject, {{"en", subject}}, {}});
    data.vocabulary.years = {2024, 2026};
    for (const auto* id : {"1", "2", "3", "4"}) data.registry.schools.push_back({id, "", "A", "", {}, {}});
    data.registry.municipalities = {"A"};
    data.partnerships = {pair(kWeak, kStrong)};
  }

  /// Twelve pupils: `centre` − 1 and + 1, six each, or as many times `times`.
  void wrote(SchoolId school, std::int16_t year, int centre, SubjectId subject = 0, std::uint8_t grade = 6,
             int times = 6) {
    const auto cell = builder.cell({school, year, 0, subject, grade});
    builder.count(cell, Outcome::primary, centre - 1, times);
    builder.count(cell, Outcome::primary, centre + 1, times);
  }

  Partners compare(std::int64_t minimum_n = 10, std::vector<Wave> waves = kWaves) {
    data.cube = std::move(builder).build();
    FigureOptions options;
    options.waves = std::move(waves);
    options.minimum_n = minimum_n;
    const Figures figures = make_figures(data, {mean_of_primary()}, options);
    PartnerSettings settings;
    settings.indicators = {"score"};
    return compare_partners(data, figures, tasked_works(data, figures.frame), settings);
  }
};

TEST(Partners, ShowBothOnCommonWorksWithWelchsGap) {
  Region region;
  region.wrote(kWeak, 2024, 10);
  region.wrote(kStrong, 2024, 14);
  region.wrote(kStrong, 2024, 20, 1);  // the weak school did not write it
  const Partners p = region.compare();
  ASSERT_EQ(p.pairs.size(), 1U);
  ASSERT_EQ(p.pairs[0].works.size(), 1U);
  const PairedResult& r = p.pairs[0].works[0].results[0];
  EXPECT_NEAR(r.weak.value, 10, kTight);
  EXPECT_NEAR(r.strong.value, 14, kTight);
  EXPECT_EQ(r.weak.n, 12);
  EXPECT_NEAR(r.gap.value, 4, kTight);
  // Both variances are 12/11, so Welch's se is √(2·(12/11)/12) = √(2/11) with 22 degrees of freedom.
  EXPECT_NEAR(r.gap.se, std::sqrt(2.0 / 11), kTight);
  EXPECT_NEAR(r.gap.df, 22, 1e-6);
  EXPECT_EQ(p.pairs[0].works[0].results[1].gap.reason, Undefined::no_data);
}

TEST(Partners, GapIsInTheSpreadOfTheRegionsPupils) {
  Region region;
  region.wrote(kWeak, 2024, 10);
  region.wrote(kStrong, 2024, 14);
  const Partners p = region.compare();
  // 24 pupils: 9 and 11, 13 and 15, six each. Σ(x − 12)² = 6·(9 + 1 + 1 + 9) = 120; SD = √(120/23).
  EXPECT_NEAR(p.pairs[0].gaps[0].gap.value, 4 / std::sqrt(120.0 / 23), kTight);
  EXPECT_EQ(p.pairs[0].gaps[0].works, 1);
  EXPECT_EQ(p.pairs[0].gaps[0].gap.n, 24);
}

TEST(Partners, WorksOfOneGradeGoTogetherAndOfTwoGradesDoNot) {
  const auto se_of = [](std::uint8_t second_grade, SubjectId second_subject) {
    Region region;
    for (const auto& [school, centre] : {std::pair(kWeak, 10), {kStrong, 12}}) {
      region.wrote(school, 2024, centre);
      region.wrote(school, 2024, centre, second_subject, second_grade);
    }
    const Partners p = region.compare();
    return std::pair(p.pairs[0].gaps[0].gap.se, p.pairs[0].works[0].results[0].in_sd.se);
  };
  const auto [same, one] = se_of(6, 1);
  EXPECT_NEAR(same, one, kTight) << "two works of the same pupils tell no more than one";
  const auto [apart, single] = se_of(8, 0);
  EXPECT_NEAR(apart, single / std::sqrt(2.0), kTight);
}

TEST(Partners, WeightsAreThePrecisionOfADifference) {
  Region region;
  region.wrote(kWeak, 2024, 10);
  region.wrote(kStrong, 2024, 12);
  region.wrote(kWeak, 2024, 10, 1, 8, 12);
  region.wrote(kStrong, 2024, 10, 1, 8, 24);
  const Partners p = region.compare();
  const auto& works = p.pairs[0].works;
  ASSERT_EQ(works.size(), 2U);
  // 12·12/24 = 6 and 24·48/72 = 16.
  const double expected = (6 * works[0].results[0].in_sd.value + 16 * works[1].results[0].in_sd.value) / 22;
  EXPECT_NEAR(p.pairs[0].gaps[0].gap.value, expected, kTight);
}

TEST(Partners, ChangeTellsANarrowedGapFromChance) {
  Region region;
  for (const auto& [school, before, after] : {std::tuple(kWeak, 10, 13), {kStrong, 14, 14}}) {
    region.wrote(school, 2024, before, 0, 6, 60);
    region.wrote(school, 2026, after, 0, 6, 60);
  }
  const Partners p = region.compare();
  EXPECT_EQ(p.pairs[0].trend, GapTrend::narrowed);
  EXPECT_EQ(p.pairs[0].works[0].trend, GapTrend::narrowed);
  EXPECT_NEAR(p.pairs[0].works[0].change.value, 1 - 4, kTight);
  EXPECT_EQ(p.pairs[0].works_of_change, 1);
}

TEST(Partners, ChangeHasTheErrorOfTwoIndependentGaps) {
  Region region;
  for (const SchoolId school : {kWeak, kStrong}) {
    region.wrote(school, 2024, 10 + static_cast<int>(school));
    region.wrote(school, 2026, 10 + static_cast<int>(school));
  }
  const Partners p = region.compare();
  const PairedWork& work = p.pairs[0].works[0];
  const double half = work.results[0].gap.hi - work.results[0].gap.value;
  EXPECT_NEAR(work.change.value, 0, kTight);
  EXPECT_NEAR(work.change.hi, half * std::sqrt(2.0), kTight);
  EXPECT_EQ(p.pairs[0].trend, GapTrend::unproven);
  EXPECT_NEAR(p.pairs[0].change.se, std::hypot(work.results[0].in_sd.se, work.results[1].in_sd.se), kTight);
}

TEST(Partners, TrendNeedsAnIntervalAndAWeakSchoolThatIsNotAhead) {
  const auto between = [](double lo, double hi) {
    Estimate e = exactly((lo + hi) / 2, 20);
    e.lo = lo, e.hi = hi;
    return e;
  };
  EXPECT_EQ(gap_trend(between(0.1, 0.5), between(-0.4, -0.1)), GapTrend::narrowed);
  EXPECT_EQ(gap_trend(between(0.1, 0.5), between(0.1, 0.4)), GapTrend::widened);
  EXPECT_EQ(gap_trend(between(0.1, 0.5), between(-0.1, 0.4)), GapTrend::unproven);
  EXPECT_EQ(gap_trend(between(-0.5, -0.1), between(0.1, 0.4)), GapTrend::weak_ahead);
  EXPECT_EQ(gap_trend(between(0.1, 0.5), exactly(0.3, 1)), GapTrend::undefined);
}

TEST(Partners, FewPupilsAreNeverShown) {
  Region region;
  region.wrote(kWeak, 2024, 10, 0, 6, 4);  // eight pupils
  region.wrote(kStrong, 2024, 14);
  region.wrote(kWeak, 2024, 10, 1);
  region.wrote(kStrong, 2024, 11, 1);
  const Partners p = region.compare();
  ASSERT_EQ(p.pairs[0].works.size(), 1U) << "only the work with enough pupils in both";
  EXPECT_EQ(p.pairs[0].gaps[0].works, 1);
  EXPECT_EQ(p.pairs[0].gaps[0].weak_results, 12);
}

TEST(Partners, TooFewIsToldFromNothingInCommon) {
  Region region;
  region.wrote(kWeak, 2024, 10, 0, 6, 4);
  region.wrote(kStrong, 2024, 14);
  const Partners p = region.compare();
  EXPECT_TRUE(p.pairs[0].works.empty());
  EXPECT_EQ(p.pairs[0].gaps[0].gap.reason, Undefined::too_few);
  EXPECT_EQ(p.pairs[0].gaps[1].gap.reason, Undefined::no_data);
  EXPECT_EQ(p.pairs[0].change.reason, Undefined::too_few);
}

/// The gap of a pair is missing for the reason that the rows of its own works give, not for that of another work.
TEST(Partners, AMissingGapHasTheReasonOfItsOwnWorks) {
  Region region;
  region.data.vocabulary.years = {2024, 2025, 2026};
  for (const auto year : {std::int16_t{2024}, std::int16_t{2026}}) {
    region.wrote(kWeak, year, 10);
    region.wrote(kStrong, year, 14);
  }
  region.wrote(kWeak, 2025, 10, 1, 6, 4);  // eight pupils, in a subject that is no part of the change
  region.wrote(kStrong, 2025, 14, 1);
  const Partners p = region.compare(10, {kWaves.front(), wave("middle", 2025, WaveRole::intermediate), kWaves.back()});
  ASSERT_TRUE(p.pairs[0].change.defined());
  ASSERT_EQ(p.pairs[0].gaps.size(), 3U);
  EXPECT_EQ(p.pairs[0].gaps[1].gap.reason, Undefined::no_data);
}

/// Both wrote mathematics in both waves, Russian in the last one alone.
Region one_work_in_both_waves() {
  Region region;
  for (const auto year : {std::int16_t{2024}, std::int16_t{2026}}) {
    region.wrote(kWeak, year, 10);
    region.wrote(kStrong, year, year == 2024 ? 14 : 13);
  }
  region.wrote(kWeak, 2026, 10, 1);
  region.wrote(kStrong, 2026, 20, 1);
  return region;
}

TEST(Partners, GapsRestOnTheWorksOfTheChangeAlone) {
  Region region = one_work_in_both_waves();
  const Partners p = region.compare();
  const SchoolPair& pair = p.pairs[0];
  ASSERT_EQ(pair.gaps.size(), 2U);
  ASSERT_EQ(pair.works.size(), 2U) << "Russian is shown beside, and is no part of the gap";
  EXPECT_EQ(pair.gaps[1].works, 1);
  EXPECT_EQ(pair.gaps[1].gap.n, 24);
  EXPECT_NEAR(pair.gaps[1].gap.value, pair.works[0].results[1].in_sd.value, kTight);
  EXPECT_NEAR(pair.gaps[1].gap.value - pair.gaps[0].gap.value, pair.change.value, kTight);
}

/// Two works in both waves, of 6 and 16 as precisions of the first wave, 6 and 6 of the last.
TEST(Partners, GapsHaveTheWeightsOfTheChangeInEveryWave) {
  Region region;
  for (const auto year : {std::int16_t{2024}, std::int16_t{2026}}) {
    region.wrote(kWeak, year, 10);
    region.wrote(kStrong, year, 12);
    region.wrote(kWeak, year, 10, 1, 8, year == 2024 ? 12 : 6);
    region.wrote(kStrong, year, 10, 1, 8, year == 2024 ? 24 : 6);
  }
  const SchoolPair pair = region.compare().pairs[0];
  // 1/(1/6 + 1/6) = 3 and 1/(1/16 + 1/6) = 48/11.
  const auto of = [&](std::size_t t) {
    return (3 * pair.works[0].results[t].in_sd.value + 48.0 / 11 * pair.works[1].results[t].in_sd.value) /
           (3 + 48.0 / 11);
  };
  EXPECT_NEAR(pair.gaps[0].gap.value, of(0), kTight);
  EXPECT_NEAR(pair.gaps[1].gap.value, of(1), kTight);
  EXPECT_NEAR(pair.change.value, of(1) - of(0), kTight);
}

TEST(Partners, MeanGapChangesAsThePairsDo) {
  Region region = one_work_in_both_waves();
  region.data.partnerships.push_back(pair(kSecondWeak, kOther));
  region.wrote(kSecondWeak, 2024, 10);
  region.wrote(kOther, 2024, 12);  // they did not write it again: no change
  const Partners p = region.compare();
  const GapOfPairs mean = gap_of_pairs(p, {0, 1});
  EXPECT_TRUE(p.pairs[1].gaps[0].gap.defined());
  EXPECT_EQ(mean.gaps[0].n, 1);
  EXPECT_NEAR(mean.gaps[1].value - mean.gaps[0].value, mean.change.value, kTight);
}

TEST(Partners, LessIsBetterTurnsTheSign) {
  Region region;
  region.wrote(kWeak, 2024, 10);
  region.wrote(kStrong, 2024, 14);
  region.data.cube = std::move(region.builder).build();
  Indicator falls = mean_of_primary();
  falls.direction = Direction::down;
  FigureOptions options;
  options.waves = kWaves;
  const Figures figures = make_figures(region.data, {falls}, options);
  PartnerSettings settings;
  settings.indicators = {"score"};
  const Partners p = compare_partners(region.data, figures, {}, settings);
  const Estimate& gap = p.pairs[0].works[0].results[0].gap;
  EXPECT_NEAR(gap.value, -4, kTight);
  EXPECT_LT(gap.lo, gap.value);
  EXPECT_GT(gap.hi, gap.value);
  EXPECT_GT(gap.se, 0);
}

TEST(Partners, OneStrongSchoolForSeveralIsACluster) {
  Region region;
  region.data.partnerships = {pair(kWeak, kStrong), pair(kSecondWeak, kStrong), pair(kOther, kStrong)};
  for (const auto& [school, centre] : {std::pair(kWeak, 10), {kStrong, 14}, {kOther, 11}, {kSecondWeak, 12}})
    region.wrote(school, 2024, centre);
  const Partners p = region.compare();
  ASSERT_EQ(p.loads.size(), 1U);
  EXPECT_EQ(p.loads[0].strong, kStrong);
  EXPECT_THAT(p.loads[0].pairs, ElementsAre(0, 1, 2));
  const GapOfPairs gap = gap_of_pairs(p, {0, 1, 2});
  double mean = 0;
  for (const SchoolPair& pair : p.pairs) mean += pair.gaps[0].gap.value / 3;
  EXPECT_NEAR(gap.gaps[0].value, mean, kTight);
  EXPECT_EQ(gap.gaps[0].n, 3);
  EXPECT_FALSE(gap.gaps[0].has_interval()) << "three pairs with one partner are one cluster";
}

TEST(Partners, MeanGapOfPairsWithTheirOwnPartnersIsStudents) {
  Region region;
  region.data.partnerships = {pair(kWeak, kStrong), pair(kSecondWeak, kOther)};
  for (const auto& [school, centre] : {std::pair(kWeak, 10), {kStrong, 14}, {kOther, 13}, {kSecondWeak, 12}})
    region.wrote(school, 2024, centre);
  const Partners p = region.compare();
  const double a = p.pairs[0].gaps[0].gap.value, b = p.pairs[1].gaps[0].gap.value;
  const Estimate expected = stats::student_mean(2, (a + b) / 2, (a - b) * (a - b) / 2);
  const Estimate mean = gap_of_pairs(p, {0, 1}).gaps[0];
  EXPECT_NEAR(mean.value, expected.value, kTight);
  EXPECT_NEAR(mean.lo, expected.lo, 1e-6);
}

/// Forty pupils in each school, twenty of the work's tasks: the strong school does the first one better, the weak one
/// the second, the others alike.
Partners with_tasks() {
  Region region;
  for (const SchoolId school : {kWeak, kStrong}) {
    region.wrote(school, 2024, 10, 0, 6, 20);
    const auto cell = region.builder.cell({school, 2024, 0, 0, 6});
    for (TaskId task = 0; task < 20; ++task) {
      const int good = task == 0 ? (school == kStrong ? 36 : 10) : task == 1 ? (school == kStrong ? 10 : 36) : 20;
      region.builder.count_task(cell, task, 1, good);
      region.builder.count_task(cell, task, 0, 40 - good);
    }
  }
  const CellKey work{0, 2024, 0, 0, 6};
  for (TaskId task = 0; task < 20; ++task) {
    region.data.tasks.names.push_back(std::to_string(task + 1));
    region.data.tasks.specs[{work.packed(), task}] = {1, "Б", task < 2 ? "counting" : ""};
  }
  return region.compare();
}

TEST(Partners, TasksAreLedOnlyWhereItHoldsAmongAll) {
  const Partners p = with_tasks();
  const auto& tasks = p.pairs[0].tasks;
  ASSERT_EQ(tasks.size(), 20U);
  EXPECT_EQ(tasks[0].lead, Lead::strong);
  EXPECT_EQ(tasks[1].lead, Lead::weak);
  for (std::size_t t = 2; t < tasks.size(); ++t) EXPECT_EQ(tasks[t].lead, Lead::unproven);
  // 36 of 40 against 10 of 40: 65 percentage points, se² = 100²·(0.9·0.1 + 0.25·0.75)/39.
  EXPECT_NEAR(tasks[0].difference.value, 65, kTight);
  EXPECT_NEAR(tasks[0].difference.se, 100 * std::sqrt((0.09 + 0.1875) / 39), 1e-9);
  EXPECT_GE(tasks[0].adjusted_p, tasks[0].difference.p);
  ASSERT_EQ(p.pairs[0].skills.size(), 1U);
  EXPECT_NEAR(p.pairs[0].skills[0].difference.value, 0, kTight);
}

Diagnostics check(Region& region) {
  region.data.cube = std::move(region.builder).build();
  PartnerSettings settings;
  settings.least_works = 2;
  return check_partners(region.data, settings, 10);
}

std::vector<std::string> codes_of(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message.code + ":" + std::to_string(d.place.row));
  return out;
}

TEST(PartnerChecks, PartnersThatDoNotFitAreNamedWithTheirRows) {
  Region region;
  region.data.partnerships = {{kWeak, kStrong, "A", in_row("pairs.csv", 2)},
                              {kWeak, kOther, "A", in_row("pairs.csv", 3)},
                              {kSecondWeak, kOther, "B", in_row("pairs.csv", 4)}};
  region.data.memberships = {focus(kSecondWeak), focus(kOther)};
  EXPECT_THAT(codes_of(check(region)), ElementsAre("partners-both-focus:4", "partners-two-in-pair:3"));
}

TEST(PartnerChecks, APartnerBelowInAllCommonWorksIsNoted) {
  Region region;
  region.data.partnerships = {{kWeak, kStrong, "", in_row("pairs.csv", 2)}};
  for (const SubjectId subject : {SubjectId{0}, SubjectId{1}}) {
    region.wrote(kWeak, 2024, 14, subject);
    region.wrote(kStrong, 2024, 13, subject);
  }
  EXPECT_THAT(codes_of(check(region)), ElementsAre("partners-weaker:2"));
}

TEST(PartnerChecks, AWorkOfTwoYearsIsOneCommonWork) {
  Region region;
  region.data.partnerships = {{kWeak, kStrong, "", in_row("pairs.csv", 2)}};
  for (const auto year : {std::int16_t{2024}, std::int16_t{2026}}) {
    region.wrote(kWeak, year, 14);
    region.wrote(kStrong, year, 13);
  }
  EXPECT_TRUE(check(region).empty()) << "one work, and the note needs two";
}

TEST(PartnerChecks, APartnerBelowInSomeWorksIsNot) {
  Region region;
  for (const SubjectId subject : {SubjectId{0}, SubjectId{1}}) {
    region.wrote(kWeak, 2024, 14, subject);
    region.wrote(kStrong, 2024, subject == 0 ? 13 : 15, subject);
  }
  EXPECT_TRUE(check(region).empty());
}

}  // namespace
}  // namespace kaskad
