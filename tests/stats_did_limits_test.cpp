// Which rows and units a difference in differences leaves out, and what it cannot answer.
#include <algorithm>
#include <limits>

#include "engine/stats/did_aggregate.hpp"
#include "tests/stats_did_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::schools;

// ---------------------------------------------------------------- rows and units

TEST(PrepareDid, CountsWhatItLeavesOut) {
  DidData data = schools(9, 13);
  data.outcome[0] = kNaN;
  data.outcome[7] = std::numeric_limits<double>::infinity();
  data.weight.assign(data.outcome.size(), 1);
  data.weight[20] = 0;
  for (int time = 1; time <= 5; ++time) {
    data.unit.push_back(77);
    data.time.push_back(time);
    data.first_treated.push_back(1);
    data.outcome.push_back(0);
    data.weight.push_back(1);
  }
  const DidStudy study = prepare_did(data, DidRows::changes, false, 0);
  EXPECT_EQ(study.rows_not_finite, 2);
  EXPECT_EQ(study.rows_without_weight, 1);
  EXPECT_EQ(study.units_treated_at_start, 1);
  EXPECT_EQ(study.units_unbalanced, 3);
  EXPECT_EQ(study.units.size(), 9U);
  EXPECT_EQ(study.rows, 42);
  EXPECT_EQ(prepare_did(data, DidRows::changes, true, 0).units.size(), 6U);
}

TEST(PrepareDid, FindsUnitsThatContradictThemselves) {
  DidData data = schools(6, 14);
  data.first_treated[6] = 5;
  DidStudy study = prepare_did(data, DidRows::changes, false, 0);
  EXPECT_EQ(study.defect, DidDefect::treatment_varies);
  EXPECT_EQ(study.defect_unit, 1);
  data = schools(6, 14);
  data.cluster.assign(data.unit.size(), 1);
  data.cluster[14] = 2;
  study = prepare_did(data, DidRows::changes, false, 0);
  EXPECT_EQ(study.defect, DidDefect::cluster_varies);
  EXPECT_EQ(study.defect_unit, 2);
}

TEST(PrepareDid, OrderOfRowsDoesNotMatter) {
  const DidData data = schools(15, 15);
  DidData back = data;
  std::reverse(back.unit.begin(), back.unit.end());
  std::reverse(back.time.begin(), back.time.end());
  std::reverse(back.first_treated.begin(), back.first_treated.end());
  std::reverse(back.outcome.begin(), back.outcome.end());
  const auto simple = [](const DidData& d) {
    return average_effects(group_time_effects(d, {}), DidAverage::simple).overall.effect.estimate;
  };
  EXPECT_EQ(simple(data).value, simple(back).value);
  EXPECT_EQ(simple(data).se, simple(back).se);
}

TEST(GroupTimeEffects, TreatmentAfterTheStudyCountsAsNever) {
  DidData data = schools(15, 16);
  const DidFit before = group_time_effects(data, {});
  for (double& start : data.first_treated) start = start == kNeverTreated ? 99 : start;
  const DidFit after = group_time_effects(data, {});
  EXPECT_EQ(after.study.units_treated_later, 5);
  for (std::size_t i = 0; i < before.effects.size(); ++i) {
    EXPECT_EQ(before.effects[i].effect.estimate.value, after.effects[i].effect.estimate.value);
  }
}

TEST(GroupTimeEffects, ClustersAboveUnitsWiden) {
  DidData data = schools(30, 17);
  for (std::int64_t unit : data.unit) data.cluster.push_back(unit / 6);
  const DidFit fit = group_time_effects(data, {});
  EXPECT_EQ(fit.study.clusters, 5U);
  const Estimate e = average_effects(fit, DidAverage::simple).overall.effect.estimate;
  EXPECT_EQ(e.clusters, 5);
  EXPECT_GT(e.se, 0);
}

// ---------------------------------------------------------------- what cannot be answered

Undefined reason_of(const DidData& data, DidOptions options = {}) {
  const DidFit fit = group_time_effects(data, options);
  const DidSeries series = average_effects(fit, DidAverage::event);
  EXPECT_EQ(series.overall.effect.estimate.defined(), fit.reason == Undefined::none);
  EXPECT_EQ(pre_trend(fit).reason == Undefined::none, fit.reason == Undefined::none);
  return fit.reason;
}

TEST(GroupTimeEffects, ReasonsOfWhatIsNoStudy) {
  DidData data;
  EXPECT_EQ(reason_of(data), Undefined::no_data);
  data = schools(9, 18);
  std::fill(data.outcome.begin(), data.outcome.end(), 4.2);
  EXPECT_EQ(reason_of(data), Undefined::no_variation);
  data = schools(9, 18);
  std::fill(data.time.begin(), data.time.end(), 1.0);
  EXPECT_EQ(reason_of(data), Undefined::no_data) << "one period";
  data = schools(9, 18);
  std::fill(data.first_treated.begin(), data.first_treated.end(), 3.0);
  EXPECT_EQ(reason_of(data), Undefined::no_data) << "no controls";
  std::fill(data.first_treated.begin(), data.first_treated.end(), kNeverTreated);
  EXPECT_EQ(reason_of(data), Undefined::no_data) << "nobody treated";
  data = schools(9, 18);
  std::fill(data.outcome.begin(), data.outcome.end(), kNaN);
  EXPECT_EQ(reason_of(data), Undefined::no_data);
  data = schools(9, 18);
  data.cluster.assign(data.unit.size(), 1);
  EXPECT_EQ(reason_of(data), Undefined::too_few_clusters);
}

TEST(GroupTimeEffects, OneTreatedUnitHasAValueButNoInterval) {
  DidData data = schools(12, 19);
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.first_treated[i] == 4 && data.unit[i] != 2) data.first_treated[i] = kNeverTreated;
  }
  const DidFit fit = group_time_effects(data, {});
  for (const GroupTimeEffect& e : fit.effects) {
    EXPECT_TRUE(e.effect.estimate.defined());
    EXPECT_EQ(e.effect.lone, e.group == 4);
    EXPECT_EQ(e.effect.estimate.has_interval(), e.group != 4);
  }
  const DidSeries series = average_effects(fit, DidAverage::cohort);
  EXPECT_EQ(series.lone_cohorts, std::vector<double>{4});
  ASSERT_EQ(series.points.size(), 1U);
  EXPECT_TRUE(series.overall.effect.estimate.has_interval());
}

TEST(AverageEffects, OfLoneCohortsOnlyHaveNoInterval) {
  DidData data = schools(12, 20);
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.unit[i] != 1) data.first_treated[i] = kNeverTreated;
  }
  const DidSeries series = average_effects(group_time_effects(data, {}), DidAverage::simple);
  EXPECT_TRUE(series.overall.effect.estimate.defined());
  EXPECT_FALSE(series.overall.effect.estimate.has_interval());
  EXPECT_TRUE(series.lone_cohorts.empty());
}

TEST(GroupTimeEffects, ScarceControlsLeaveEffectsUndefined) {
  DidData data = schools(12, 21);
  DidOptions options;
  options.controls = DidControls::not_yet;
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.first_treated[i] == kNeverTreated) data.first_treated[i] = 4;
  }
  const DidFit fit = group_time_effects(data, options);
  ASSERT_EQ(fit.reason, Undefined::none);
  for (const GroupTimeEffect& e : fit.effects) {
    EXPECT_EQ(e.effect.estimate.defined(), e.time < 4 && !(e.group == 4 && e.time == 3)) << e.group << " " << e.time;
    if (!e.effect.estimate.defined()) {
      EXPECT_EQ(e.effect.estimate.reason, Undefined::no_data);
    }
  }
  const DidSeries series = average_effects(fit, DidAverage::simple);
  EXPECT_EQ(series.undefined_effects, 4);
  EXPECT_TRUE(series.overall.effect.estimate.has_interval());
}

TEST(GroupTimeEffects, UnitsMissingInTheBasePeriodAreNotCompared) {
  DidData data = schools(15, 22);
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.first_treated[i] == 3 && data.time[i] == 2) data.outcome[i] = kNaN;
  }
  const DidFit fit = group_time_effects(data, {});
  for (const GroupTimeEffect& e : fit.effects) {
    const bool touches_base = e.group == 3;
    EXPECT_EQ(e.effect.estimate.defined(), !touches_base) << e.group << " " << e.time;
  }
}

TEST(GroupTimeEffects, ValuesWithoutScatterHaveNoError) {
  DidData data = schools(12, 23);
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    data.outcome[i] = 0.1 * data.time[i] + (data.time[i] >= data.first_treated[i] ? 1 : 0);
  }
  const DidFit fit = group_time_effects(data, {});
  for (const GroupTimeEffect& e : fit.effects) {
    EXPECT_NEAR(e.effect.estimate.value, e.post ? 1 : 0, 1e-12);
    EXPECT_FALSE(e.effect.estimate.has_interval());
  }
  EXPECT_EQ(pre_trend(fit).reason, Undefined::no_data);
}

}  // namespace
}  // namespace kaskad::stats
