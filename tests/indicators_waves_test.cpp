// Waves of several sets, classes of change by interval, and regression to the mean.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/stats/regression_to_mean.hpp"
#include "indicators/wave_trends.hpp"

namespace kaskad {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;

Estimate change(double value, double lo, double hi) {
  Estimate e = exactly(value, 100);
  e.lo = lo;
  e.hi = hi;
  return e;
}

TEST(TrendClasses, GoByTheIntervalAndNotByTheSign) {
  EXPECT_EQ(class_of(change(5, 1, 9), 3), TrendClass::growth);
  EXPECT_EQ(class_of(change(-5, -9, -1), 3), TrendClass::decline);
  EXPECT_EQ(class_of(change(1, -2, 2.5), 3), TrendClass::stable);
  EXPECT_EQ(class_of(change(1, 0.5, 2.5), 3), TrendClass::stable);
  EXPECT_EQ(class_of(change(5, -1, 11), 3), TrendClass::cannot_tell);
  EXPECT_EQ(class_of(change(0, -1, 3.1), 3), TrendClass::cannot_tell);
}

TEST(TrendClasses, AreNotToldOfTooFewSchools) {
  Estimate e = change(3.9, 3, 4.8);
  e.df = 1;
  EXPECT_EQ(class_of(e, 3), TrendClass::growth) << "one school, by its pupils";
  e.clusters = 2;
  EXPECT_EQ(class_of(e, 3), TrendClass::few_schools);
  EXPECT_FALSE(e.has_interval());
  EXPECT_FALSE(e.shown_positive());
  e.df = 3.99;
  EXPECT_EQ(class_of(e, 3), TrendClass::few_schools);
  e.df = 4;
  EXPECT_EQ(class_of(e, 3), TrendClass::growth);
  EXPECT_EQ(class_of(undefined(Undefined::too_few), 3), TrendClass::none);
}

TEST(TrendClasses, NothingIsStableWhereEveryChangeMatters) {
  EXPECT_EQ(class_of(change(0, -0.1, 0.1), kNaN), TrendClass::cannot_tell);
  EXPECT_EQ(class_of(change(1, 0.1, 2), kNaN), TrendClass::growth);
}

TEST(TrendClasses, WithoutAnIntervalNothingCanBeToldAndWithoutAChangeThereIsNoClass) {
  EXPECT_EQ(class_of(exactly(5, 10), 3), TrendClass::cannot_tell);
  EXPECT_EQ(class_of(undefined(Undefined::not_comparable), 3), TrendClass::none);
}

// Davis 1976: schools below a cut-off at the mean of N(50, 10²), reliability 0.7: their mean is 50 − 10·φ(0)/Φ(0) and
// the expected rise 10·(1 − 0.7)·φ(0)/Φ(0) = 3·0.797885.
TEST(RegressionToTheMean, IsDavisFormulaForUnitsBelowACutOff) {
  Estimate r = exactly(0.7, 200);
  r.lo = 0.6;
  r.hi = 0.8;
  const double depth = 10 * std::sqrt(2 / std::acos(-1.0));
  const Estimate e = stats::expected_regression(r, 50, 50 - depth, 1);
  EXPECT_NEAR(e.value, 2.393654, 1e-6);
  EXPECT_NEAR(e.lo, 0.2 * depth, 1e-12);
  EXPECT_NEAR(e.hi, 0.4 * depth, 1e-12);
}

// Gardner & Heady 1973: with σ²_b = 0.6 and σ²_w = 0.4 the mean of two measurements has the share
// 0.2/(0.6 + 0.2) = 0.25 of chance.
TEST(RegressionToTheMean, IsLessOfAMeanOfSeveralMeasurements) {
  EXPECT_DOUBLE_EQ(stats::expected_regression(exactly(0.6, 50), 100, 60, 1).value, 16);
  EXPECT_DOUBLE_EQ(stats::expected_regression(exactly(0.6, 50), 100, 60, 2).value, 10);
}

TEST(RegressionToTheMean, TakesAllOfTheDistanceWhereNothingRepeats) {
  EXPECT_DOUBLE_EQ(stats::expected_regression(exactly(-0.2, 50), 100, 60, 1).value, 40);
  EXPECT_EQ(stats::expected_regression(undefined(Undefined::too_few, 3), 100, 60, 1).reason, Undefined::too_few);
}

// R: cor.test(1:10, c(2,1,4,3,6,5,8,7,10,9)) → r = 0.9393939, interval 0.7564 to 0.9860.
TEST(RegressionToTheMean, CorrelatesRepeatsWithFishersInterval) {
  stats::RepeatedValues units;
  for (int i = 1; i <= 10; ++i) units.emplace_back(i, i % 2 == 1 ? i + 1 : i - 1);
  const Estimate r = stats::correlation_of_repeats(units);
  EXPECT_NEAR(r.value, 0.9393939, 1e-7);
  EXPECT_NEAR(r.lo, std::tanh(std::atanh(r.value) - 1.959964 / std::sqrt(7.0)), 1e-6);
  EXPECT_NEAR(r.hi, std::tanh(std::atanh(r.value) + 1.959964 / std::sqrt(7.0)), 1e-6);
  units.pop_back();
  EXPECT_EQ(stats::correlation_of_repeats(units).reason, Undefined::too_few);
}

// True values N(50, 8²), each year's chance N(0, 6²): the lowest quarter of 4000 units rises by what is expected.
TEST(RegressionToTheMean, ExpectsTheRiseOfSimulatedUnitsThatNothingWasDoneFor) {
  std::vector<double> first, second;
  stats::RepeatedValues units;
  RandomStream random(7, 0);
  for (int i = 0; i < 4000; ++i) {
    const double truth = 50 + 8 * random.normal();
    first.push_back(truth + 6 * random.normal());
    second.push_back(truth + 6 * random.normal());
    units.emplace_back(first.back(), second.back());
  }
  std::vector<double> sorted = first;
  std::sort(sorted.begin(), sorted.end());
  double mean = 0, chosen = 0, after = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    mean += first[i] / 4000;
    if (first[i] >= sorted[1000]) continue;
    chosen += first[i] / 1000;
    after += second[i] / 1000;
  }
  const Estimate expected = stats::expected_regression(stats::correlation_of_repeats(units), mean, chosen, 1);
  EXPECT_NEAR(after - chosen, expected.value, 0.6);
  EXPECT_GT(expected.value, 4);
}

std::vector<Wave> own_waves() {
  Wave town{"t1", {2021}, WaveRole::entry};
  town.level = "municipal";
  Wave own{"p1", {2022}, WaveRole::entry};
  own.programmes = {"p"};
  return {{"in", {2020}, WaveRole::entry},
          {"mid", {2021}, WaveRole::intermediate},
          {"out", {2022}, WaveRole::final},
          town,
          own};
}

Programme programme(std::string id, std::string level, std::string owner) {
  Programme p;
  p.id = std::move(id);
  p.level = std::move(level);
  p.owner = std::move(owner);
  return p;
}

TEST(WaveSets, TheNarrowestWins) {
  const std::vector<WaveSet> sets = wave_sets(own_waves(), {});
  ASSERT_EQ(sets.size(), 3U);
  EXPECT_EQ(sets[0].waves.size(), 3U);
  EXPECT_EQ(set_of_programme(sets, programme("p", "municipal", "A")), 2U);
  EXPECT_EQ(set_of_programme(sets, programme("q", "municipal", "A")), 1U);
  EXPECT_EQ(set_of_programme(sets, programme("r", "regional", "")), 0U);
}

TEST(WaveSets, AnEntityFollowsThoseOfItsProgrammesOrOfItsLevel) {
  const std::vector<WaveSet> sets = wave_sets(own_waves(), {});
  Dataset data;
  data.programmes = {programme("p", "municipal", "A"), programme("q", "municipal", "A")};
  EXPECT_THAT(sets_of_entity(sets, data, {EntityKind::municipality, "A", 0}), ElementsAre(2, 1));
  EXPECT_THAT(sets_of_entity(sets, data, {EntityKind::municipality, "B", 1}), ElementsAre(1));
  EXPECT_THAT(sets_of_entity(sets, data, {EntityKind::region, "region", 0}), ElementsAre(0));
  EXPECT_THAT(sets_of_entity(sets, data, {EntityKind::school, "7", 0}), ElementsAre(0));
}

/// 20 schools of 100 pupils over three years; school s keeps its place but for a wobble, the first five are focus and
/// low at entry.
struct Region {
  Dataset data;
  Figures figures;
  std::vector<Wave> waves = {
      {"in", {2020}, WaveRole::entry}, {"mid", {2021}, WaveRole::intermediate}, {"out", {2022}, WaveRole::final}};

  explicit Region(double lift = 0) {
    data.vocabulary.years = {2019, 2020, 2021, 2022};
    data.vocabulary.procedures.resize(1);
    data.vocabulary.procedures[0].id = "ege";
    for (int s = 0; s < 20; ++s) data.registry.schools.push_back({std::to_string(s + 1), "", "", "", {}, {}});
    for (SchoolId s = 0; s < 5; ++s) data.memberships.push_back({s, Role::focus, 2020, 0});
    Indicator mean;
    mean.id = "mean";
    mean.kind = IndicatorKind::mean;
    mean.unit = IndicatorUnit::score;
    figures.indicators = {mean};
    SeriesFigures series;
    series.series.break_before = {false, false, false, false};
    for (int s = 0; s < 20; ++s) {
      for (int y = 0; y < 4; ++y) {
        const double wobble = (7 * s + 3 * y) % 5 - 2.0;
        series.bases.push_back(basis(40 + s + wobble + (s < 5 && y > 1 ? lift * (y - 1) : 0)));
      }
    }
    figures.series = {series};
  }

  static Basis basis(double mean) { return {100, 100 * mean, 9900, 0, Undefined::none, 100}; }

  WaveTrends trends(const TrendSettings& settings = {}) {
    figures.frame = make_frame(data, waves);
    const std::size_t periods = figures.frame.periods.size();
    SeriesFigures& s = figures.series[0];
    s.estimates.clear();
    for (std::size_t e = 0; e < figures.frame.entities.size(); ++e) {
      for (std::size_t p = 0; p < periods; ++p) {
        const Basis b = pool(s, data.vocabulary.years, figures.frame.members[e], figures.frame.periods[p]);
        s.estimates.push_back(estimate_of(figures.indicators[0], b, 10));
      }
    }
    return make_wave_trends(data, figures, waves, settings, {0}, 1);
  }
};

TEST(WaveTrends, GoFromEachWaveToTheNextAndFromEntryToFinal) {
  const WaveTrends trends = Region(3).trends();
  const auto focus = trends.of(0, 1);
  ASSERT_EQ(focus.size(), 1U);
  ASSERT_EQ(focus[0]->steps.size(), 3U);
  EXPECT_EQ(focus[0]->whole()->from, 0U);
  EXPECT_EQ(focus[0]->whole()->to, 2U);
  // Schools 1 to 5 hold all five wobbles in every year, so that only the lift is left.
  EXPECT_NEAR(focus[0]->steps[0].change.value, 3, 1e-9);
  EXPECT_NEAR(focus[0]->whole()->change.value, 6, 1e-9);
  EXPECT_EQ(focus[0]->values[0].n, 500);
}

TEST(WaveTrends, TellWhatChanceMakesExpectOfSupportedSchoolsAlone) {
  const WaveTrends trends = Region(3).trends();
  const WaveStep& focus = *trends.of(0, 1)[0]->whole();
  ASSERT_TRUE(focus.by_chance);
  const SeriesReliability* r = trends.reliability_of(0, 0);
  EXPECT_EQ(r->from, 2019);
  EXPECT_EQ(r->to, 2020);
  // Focus lies at 42, the region at 49.5.
  EXPECT_NEAR(focus.by_chance->value, (1 - r->correlation.value) * 7.5, 1e-9);
  EXPECT_FALSE(trends.of(0, 0)[0]->whole()->by_chance);
  EXPECT_FALSE(trends.of(0, 1)[0]->steps[1].by_chance) << "the second step does not start at the choice";
}

TEST(WaveTrends, WarnOfChanceOnlyWhereGrowthIsSaidAndDoesNotPassIt) {
  EXPECT_FALSE(Region(0).trends().of(0, 1)[0]->whole()->may_be_chance) << "nothing is said to have grown";
  EXPECT_FALSE(Region(30).trends().of(0, 1)[0]->whole()->may_be_chance) << "60 points are beyond chance";
  Region unsteady(3);
  for (SchoolId s = 0; s < 20; ++s) unsteady.figures.series[0].bases[4 * s] = Region::basis(60 - 20 * (s % 2));
  const WaveTrends trends = unsteady.trends();
  const WaveStep& focus = *trends.of(0, 1)[0]->whole();
  EXPECT_EQ(focus.trend, TrendClass::growth);
  EXPECT_TRUE(focus.may_be_chance) << "schools do not keep their places, so that all of the distance may be chance";
}

TEST(WaveTrends, TellAnExactChangeWithoutAnIntervalWhereAllOfAWaveAreAlike) {
  Region alike(0);
  for (SchoolId s = 0; s < 5; ++s) {
    for (const std::size_t year : {1U, 2U})
      alike.figures.series[0].bases[4 * s + year] = {100, 6000, 0, 0, Undefined::none, 100};
  }
  const WaveTrends trends = alike.trends();
  const WaveStep& step = trends.of(0, 1)[0]->steps[0];
  ASSERT_TRUE(step.change.defined());
  EXPECT_EQ(step.change.value, 0);
  EXPECT_EQ(step.change.n, 1000);
  EXPECT_FALSE(step.change.has_interval());
  EXPECT_EQ(step.trend, TrendClass::cannot_tell);
}

TEST(WaveTrends, BlameTooFewSchoolsWhereTheirCorrelationIsNotFound) {
  Region few(3);
  for (SchoolId s = 9; s < 20; ++s) {
    for (std::size_t year = 0; year < 4; ++year) few.figures.series[0].bases[4 * s + year] = {};
  }
  const WaveTrends trends = few.trends();
  const WaveStep& step = *trends.of(0, 1)[0]->whole();
  ASSERT_TRUE(step.by_chance);
  EXPECT_EQ(step.by_chance->reason, Undefined::too_few_clusters);
}

TEST(WaveTrends, ExpectNothingByChanceWhereSchoolsWereChosenOnOtherYears) {
  TrendSettings settings;
  settings.chosen_in = {2018};
  EXPECT_FALSE(Region(3).trends(settings).of(0, 1)[0]->whole()->by_chance);
}

TEST(WaveTrends, GiveNoClassAcrossAChangeOfTheScale) {
  Region region(3);
  region.figures.series[0].series.break_before[3] = true;
  const WaveTrends trends = region.trends();
  const WaveTrend& focus = *trends.of(0, 1)[0];
  EXPECT_NE(focus.steps[0].trend, TrendClass::none);
  EXPECT_EQ(focus.steps[1].trend, TrendClass::none);
  EXPECT_EQ(focus.steps[1].change.reason, Undefined::not_comparable);
  EXPECT_EQ(focus.whole()->trend, TrendClass::none);
}

TEST(WaveTrends, KeepToTheProceduresOfAWave) {
  Region region(3);
  region.data.vocabulary.procedures.resize(2);
  region.data.vocabulary.procedures[1].id = "vpr";
  region.waves[1].procedures = {"vpr"};
  const WaveTrends trends = region.trends();
  const WaveTrend& focus = *trends.of(0, 1)[0];
  EXPECT_EQ(focus.values[1].reason, Undefined::no_data);
  EXPECT_EQ(focus.steps[0].trend, TrendClass::none);
  EXPECT_NEAR(focus.whole()->change.value, 6, 1e-9);
}

TEST(WaveTrends, SettingsOfTheCatalogueAndTheProject) {
  const ParsedConfig parsed = parse_config("percent = 5\n[[indicator]]\nid = \"mean\"\nsmallest = 2.5\n", "p.toml");
  TrendSettings settings;
  Diagnostics out;
  ConfigReader reader(parsed.root, "p.toml", "trends", out);
  read_trends(reader, settings);
  reader.finish();
  EXPECT_THAT(out, IsEmpty());
  EXPECT_EQ(settings.percent, 5);
  EXPECT_EQ(Region(0).trends(settings).of(0, 1)[0]->whole()->matters, 2.5);
}

}  // namespace
}  // namespace kaskad
