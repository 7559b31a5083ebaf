// The traffic light of a design: every border on both sides, what is unknown, and the attrition boundary against the
// model it was made by.
#include "engine/stats/design_quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace kaskad::stats {
namespace {

using testing::ElementsAre;

DesignEvidence sound() {
  DesignEvidence e;
  e.baseline = 0.03;
  e.attrition = 0.10;
  e.attrition_apart = 0.02;
  e.treated_clusters = 20;
  e.control_clusters = 22;
  e.overlap = 0.99;
  e.pre_trend_p = 0.6;
  e.breakdown = 1.4;
  return e;
}

const DesignVerdict& verdict(const DesignQuality& quality, DesignSign sign) {
  for (const DesignVerdict& v : quality.verdicts) {
    if (v.sign == sign) return v;
  }
  ADD_FAILURE() << "no verdict on sign " << static_cast<int>(sign);
  return quality.verdicts.front();
}

void expect(const DesignEvidence& evidence, DesignSign sign, Light light, const std::string& code) {
  const DesignQuality quality = design_quality(evidence);
  EXPECT_EQ(verdict(quality, sign).light, light) << code;
  EXPECT_EQ(verdict(quality, sign).code, code);
  EXPECT_GE(quality.light, light);
  EXPECT_EQ(quality.causal_wording_allowed, quality.light != Light::red);
}

TEST(DesignQuality, SoundDesignIsGreen) {
  const DesignQuality quality = design_quality(sound());
  EXPECT_EQ(quality.light, Light::green);
  EXPECT_TRUE(quality.causal_wording_allowed);
  EXPECT_EQ(quality.verdicts.size(), kDesignSigns);
}

TEST(DesignQuality, NothingKnownIsYellow) {
  const DesignQuality quality = design_quality({});
  EXPECT_EQ(quality.light, Light::yellow);
  EXPECT_TRUE(quality.causal_wording_allowed);
  for (const DesignVerdict& v : quality.verdicts) {
    EXPECT_EQ(v.light, Light::yellow);
    EXPECT_TRUE(v.code.ends_with("_unknown")) << v.code;
  }
}

TEST(DesignQuality, BaselineClasses) {
  DesignEvidence e = sound();
  e.baseline = -0.05;
  expect(e, DesignSign::baseline, Light::green, "baseline_equivalent");
  e.baseline = 0.0501;
  expect(e, DesignSign::baseline, Light::red, "baseline_not_adjusted");
  e.adjusted = true;
  expect(e, DesignSign::baseline, Light::green, "baseline_adjusted");
  e.baseline = 0.25;
  expect(e, DesignSign::baseline, Light::green, "baseline_adjusted");
  e.baseline = 0.2501;
  expect(e, DesignSign::baseline, Light::red, "baseline_apart");
  e.baseline = std::nan("");
  expect(e, DesignSign::baseline, Light::yellow, "baseline_unknown");
}

TEST(DesignQuality, AttritionByBoundaryAndBaseline) {
  DesignEvidence e = sound();
  e.attrition_apart = 0.063;
  expect(e, DesignSign::attrition, Light::green, "attrition_low");
  e.attrition_apart = 0.064;
  expect(e, DesignSign::attrition, Light::yellow, "attrition_high_but_equivalent");
  e.baseline = 0.4;
  expect(e, DesignSign::attrition, Light::red, "attrition_high");
  e.baseline.reset();
  expect(e, DesignSign::attrition, Light::red, "attrition_high");
  e = sound();
  e.attrition = 0.9;
  expect(e, DesignSign::attrition, Light::yellow, "attrition_high_but_equivalent");
  DesignBorders optimistic;
  optimistic.boundary = AttritionBoundary::optimistic;
  e = sound();
  e.attrition_apart = 0.109;
  EXPECT_EQ(verdict(design_quality(e, optimistic), DesignSign::attrition).light, Light::green);
}

TEST(DesignQuality, SmallerGroupOfClustersCounts) {
  DesignEvidence e = sound();
  e.treated_clusters = 10;
  expect(e, DesignSign::clusters, Light::green, "clusters_enough");
  e.treated_clusters = 9;
  expect(e, DesignSign::clusters, Light::yellow, "clusters_few");
  e.control_clusters = 3;
  expect(e, DesignSign::clusters, Light::red, "clusters_too_few");
  e.control_clusters.reset();
  expect(e, DesignSign::clusters, Light::yellow, "clusters_unknown");
}

TEST(DesignQuality, OverlapPreTrendAndBreakdown) {
  DesignEvidence e = sound();
  e.overlap = 0.95;
  expect(e, DesignSign::overlap, Light::green, "overlap_full");
  e.overlap = 0.94;
  expect(e, DesignSign::overlap, Light::yellow, "overlap_partial");
  e.overlap = 0.79;
  expect(e, DesignSign::overlap, Light::red, "overlap_little");
  e = sound();
  e.pre_trend_p = 0.05;
  expect(e, DesignSign::pre_trend, Light::yellow, "pre_trend_suspected");
  e.pre_trend_p = 0.009;
  expect(e, DesignSign::pre_trend, Light::red, "pre_trend_apart");
  e = sound();
  e.breakdown = std::numeric_limits<double>::infinity();
  expect(e, DesignSign::breakdown, Light::green, "breakdown_robust");
  e.breakdown = 0.5;
  expect(e, DesignSign::breakdown, Light::yellow, "breakdown_moderate");
  e.breakdown = 0;
  expect(e, DesignSign::breakdown, Light::red, "breakdown_fragile");
}

TEST(DesignQuality, OneRedForbidsCausalWording) {
  DesignEvidence e = sound();
  e.treated_clusters = 1;
  EXPECT_EQ(design_quality(e).light, Light::red);
  EXPECT_FALSE(design_quality(e).causal_wording_allowed);
}

TEST(DesignQuality, WithoutABeforeTwoSignsAreNotAsked) {
  DesignEvidence e = sound();
  e.before_after = false;
  e.breakdown = 0;
  EXPECT_EQ(design_quality(e).light, Light::green);
  EXPECT_EQ(design_quality(e).verdicts.size(), 4U);
}

TEST(DesignQuality, BordersCanBeMoved) {
  DesignBorders borders;
  borders.clusters_green = 30;
  EXPECT_EQ(design_quality(sound(), borders).light, Light::yellow);
}

TEST(AttritionBoundary, ReadsTheTable) {
  EXPECT_DOUBLE_EQ(*attrition_boundary(0.10, AttritionBoundary::cautious), 0.063);
  EXPECT_DOUBLE_EQ(*attrition_boundary(0.10, AttritionBoundary::optimistic), 0.109);
  EXPECT_DOUBLE_EQ(*attrition_boundary(0.101, AttritionBoundary::cautious), 0.062) << "rounded up";
  EXPECT_DOUBLE_EQ(*attrition_boundary(0.57, AttritionBoundary::cautious), 0.0);
  EXPECT_FALSE(attrition_boundary(0.58, AttritionBoundary::cautious));
  EXPECT_TRUE(attrition_boundary(0.65, AttritionBoundary::optimistic));
  EXPECT_FALSE(attrition_boundary(0.66, AttritionBoundary::optimistic));
  EXPECT_FALSE(attrition_boundary(std::nan(""), AttritionBoundary::cautious));
}

/// With the model's parameters (cautious 0.45 and 0.39, optimistic 0.27 and 0.22) all points of the boundary have one
/// and the same bias: a slip of a digit in the table would stand out.
TEST(AttritionBoundary, HasTheSameBiasEverywhere) {
  for (int percent = 10; percent <= 65; ++percent) {
    const double overall = percent / 100.0;
    for (AttritionBoundary kind : {AttritionBoundary::cautious, AttritionBoundary::optimistic}) {
      const std::optional<double> apart = attrition_boundary(overall, kind);
      if (!apart || *apart == 0) continue;
      const bool cautious = kind == AttritionBoundary::cautious;
      const double bias =
          attrition_bias(overall + *apart / 2, overall - *apart / 2, cautious ? 0.45 : 0.27, cautious ? 0.39 : 0.22);
      EXPECT_NEAR(bias, 0.0545, 0.0012) << percent << (cautious ? " cautious" : " optimistic");
    }
  }
}

TEST(AttritionBias, OfNoLossIsNone) {
  EXPECT_EQ(attrition_bias(0, 0, 0.45, 0.39), 0);
  EXPECT_GT(attrition_bias(0.3, 0.1, 0.45, 0.39), attrition_bias(0.2, 0.1, 0.45, 0.39));
}

}  // namespace
}  // namespace kaskad::stats
