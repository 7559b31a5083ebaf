// Clusters by blocks on eight schools made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "indicators/clusters.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ContextField field(const std::string& id) { return {id, {{"ru", id}}, "percent", false}; }

/// Eight schools; `good` rises with the number, `quality` goes along but for one pair, `noise` goes its own way,
/// `sport` falls.
struct District {
  Dataset data;
  Figures figures;

  District() {
    data.vocabulary.years = {2019, 2020};
    data.context.fields = {field("good"), field("quality"), field("noise"), field("sport"), field("flat")};
    for (SchoolId s = 0; s < 8; ++s) data.registry.schools.push_back({std::to_string(s + 1), "", "A", "", {}, {}});
    const std::array<double, 8> quality = {11, 12, 13, 15, 14, 16, 17, 18};
    const std::array<double, 8> noise = {5, 1, 7, 2, 8, 3, 6, 4};
    for (SchoolId s = 0; s < 8; ++s) {
      put("good", s, 30 + 5.0 * static_cast<double>(s));  // 30, 35 … 65
      put("quality", s, quality[s]);
      put("noise", s, noise[s]);
      put("sport", s, 80 - 10 * static_cast<double>(s / 4));  // 80 in the first four, then 70
      put("flat", s, 1);
    }
  }

  void put(const char* id, SchoolId school, double value, int year = 2020) {
    data.context.values[{*data.context.field(id), school, year}] = {1, value, 0};
  }
  void forget(const char* id, SchoolId school) { data.context.values.erase({*data.context.field(id), school, 2020}); }

  Clusters find(ClusterSettings settings) const {
    settings.partition.restarts = 20;
    return find_clusters(data, figures, settings);
  }
};

ClusterItem item(const char* id, std::vector<double> thresholds = {}) {
  ClusterItem out;
  out.field = id;
  out.thresholds = std::move(thresholds);
  return out;
}

ClusterBlock block(const char* id, std::vector<ClusterItem> items, std::vector<std::size_t> leading = {}) {
  ClusterBlock out;
  out.id = id;
  out.items = std::move(items);
  out.leading = std::move(leading);
  return out;
}

/// Study by `good` below 50, conditions by `sport` below 75.
ClusterSettings two_blocks() {
  ClusterSettings out;
  out.blocks = {block("study", {item("good", {50}), item("quality", {14})}, {0}),
                block("sport", {item("sport", {75})})};
  return out;
}

std::vector<int> groups_of(const Clusters& c, std::size_t b) {
  std::vector<int> out;
  for (const SchoolClusters& school : c.schools) out.push_back(school.blocks[b].group.value_or(-1));
  return out;
}

TEST(Clusters, ThresholdPartsABlockAndItsValueIsInTheBetterGroup) {
  const Clusters c = District().find(two_blocks());
  EXPECT_THAT(groups_of(c, 0), ElementsAre(0, 0, 0, 0, 1, 1, 1, 1)) << "50 itself is not below 50";
  EXPECT_THAT(c.blocks[0].group_schools, ElementsAre(4, 4));
  EXPECT_THAT(groups_of(c, 1), ElementsAre(1, 1, 1, 1, 0, 0, 0, 0));
}

TEST(Clusters, LessIsBetterTurnsTheGroupsAndTheScore) {
  ClusterSettings settings = two_blocks();
  settings.blocks[0].items[0].less_is_better = true;
  const Clusters c = District().find(settings);
  EXPECT_THAT(groups_of(c, 0), ElementsAre(1, 1, 1, 1, 1, 0, 0, 0)) << "50 is not above 50";
}

TEST(Clusters, LeadingIndicatorHasTheHighestMeanCorrelationWithItsBlock) {
  ClusterSettings settings;
  settings.blocks = {block("study", {item("noise", {5}), item("quality", {14}), item("good", {50})})};
  const Clusters c = District().find(settings);
  const auto& items = c.blocks[0].items;
  // By hand over ranks, n = 8: Σd² is 2 of quality and good, 84 of noise and quality, 72 of noise and good.
  const double qg = 1 - 6 * 2.0 / 504, nq = 1 - 6 * 84.0 / 504, ng = 1 - 6 * 72.0 / 504;
  EXPECT_NEAR(items[0].agreement, (std::abs(nq) + std::abs(ng)) / 2, 1e-12);
  EXPECT_NEAR(items[1].agreement, (std::abs(nq) + qg) / 2, 1e-12);
  EXPECT_NEAR(items[2].agreement, (std::abs(ng) + qg) / 2, 1e-12);
  EXPECT_TRUE(items[2].is_leading);
  EXPECT_FALSE(items[0].is_leading || items[1].is_leading);
  EXPECT_THAT(groups_of(c, 0), ElementsAre(0, 0, 0, 0, 1, 1, 1, 1));
}

TEST(Clusters, QuantilesPartWhereThereAreNoThresholds) {
  ClusterSettings settings;
  settings.blocks = {block("study", {item("good")})};
  settings.blocks[0].quantiles = {0.25, 0.75};
  const Clusters c = District().find(settings);
  EXPECT_THAT(c.blocks[0].items[0].thresholds, ElementsAre(38.75, 56.25));
  EXPECT_THAT(groups_of(c, 0), ElementsAre(0, 0, 1, 1, 1, 1, 2, 2));
  settings.blocks[0].items[0].less_is_better = true;
  EXPECT_THAT(groups_of(District().find(settings), 0), ElementsAre(2, 2, 1, 1, 1, 1, 0, 0));
}

TEST(Clusters, OfSeveralLeadingIndicatorsTheLowestOrTheHighestGroupCounts) {
  ClusterSettings settings;
  settings.blocks = {block("conditions", {item("good", {50}), item("sport", {75})}, {0, 1})};
  EXPECT_THAT(groups_of(District().find(settings), 0), ElementsAre(0, 0, 0, 0, 0, 0, 0, 0));
  settings.blocks[0].join = LeadingJoin::highest;
  const Clusters c = District().find(settings);
  EXPECT_THAT(groups_of(c, 0), ElementsAre(1, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_EQ(c.schools[0].blocks[0].decided_by, 1U);
  EXPECT_EQ(c.schools[7].blocks[0].decided_by, 0U);
}

TEST(Clusters, PatternBlocksAndNumberOfWeakBlocksMakeClusters) {
  ClusterSettings settings = two_blocks();
  settings.blocks.push_back(block("noise", {item("noise", {4})}));
  const District district;
  const Clusters pattern = district.find(settings);
  ASSERT_EQ(pattern.clusters.size(), 4U);
  EXPECT_THAT(pattern.clusters[0].pattern, ElementsAre(0, 1, 0));
  EXPECT_EQ(pattern.clusters[0].schools, 2);
  EXPECT_THAT(pattern.clusters[3].pattern, ElementsAre(1, 0, 1));
  EXPECT_EQ(pattern.clusters[3].schools, 3);
  EXPECT_THAT(pattern.schools[5].clusters, ElementsAre(2U));
  settings.rule = ClusterRule::blocks;
  const Clusters blocks = district.find(settings);
  ASSERT_EQ(blocks.clusters.size(), 3U);
  EXPECT_EQ(blocks.clusters[2].schools, 3);
  EXPECT_THAT(blocks.schools[1].clusters, ElementsAre(0U, 2U));
  EXPECT_THAT(blocks.schools[4].clusters, ElementsAre(1U));
  settings.rule = ClusterRule::weak_blocks;
  const Clusters weak = district.find(settings);
  ASSERT_EQ(weak.clusters.size(), 2U);
  EXPECT_EQ(weak.clusters[0].weak, 2);
  EXPECT_EQ(weak.clusters[0].schools, 3);
  EXPECT_EQ(weak.clusters[1].weak, 1);
}

TEST(Clusters, SchoolWithoutTheLeadingValueIsLeftOutOrJudgedByTheRest) {
  District district;
  district.forget("good", 2);
  ClusterSettings settings = two_blocks();
  const Clusters out = district.find(settings);
  EXPECT_EQ(out.judged, 7);
  EXPECT_FALSE(out.schools[2].blocks[0].group);
  EXPECT_EQ(out.schools[2].blocks[0].reason, Undefined::no_data);
  EXPECT_THAT(out.schools[2].clusters, IsEmpty());
  settings.missing = MissingBlocks::by_known;
  const Clusters known = district.find(settings);
  EXPECT_EQ(known.judged, 8);
  ASSERT_THAT(known.schools[2].clusters.size(), 1U);
  EXPECT_THAT(known.clusters[known.schools[2].clusters[0]].pattern, ElementsAre(-1, 1));
}

TEST(Clusters, BlockOfConstantIndicatorsHasNoLeadingOneToChoose) {
  ClusterSettings settings;
  settings.blocks = {block("flat", {item("flat", {1}), item("good", {50})})};
  const Clusters c = District().find(settings);
  EXPECT_EQ(c.blocks[0].reason, Undefined::no_variation);
  EXPECT_EQ(c.judged, 0);
  EXPECT_EQ(c.partition.schools.size(), 8U) << "`good` alone still parts them";
}

TEST(Clusters, WithoutValuesNothingIsKnown) {
  ClusterSettings settings = two_blocks();
  settings.years = {2019};
  const Clusters c = District().find(settings);
  EXPECT_EQ(c.blocks[0].reason, Undefined::no_data);
  EXPECT_EQ(c.judged, 0);
  EXPECT_EQ(c.partition.reason, Undefined::no_data);
  EXPECT_TRUE(District().find({}).empty());
}

TEST(Clusters, PartitionIsOfStandardisedBlocksAndNumberedFromTheLowest) {
  const Clusters c = District().find(two_blocks());
  const PartitionedSchools& p = c.partition;
  ASSERT_EQ(p.reason, Undefined::none);
  EXPECT_THAT(p.blocks, ElementsAre(0U, 1U));
  for (std::size_t column = 0; column < 2; ++column) {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += p.points(i, column);
    for (std::size_t i = 0; i < 8; ++i) squares += p.points(i, column) * p.points(i, column);
    EXPECT_NEAR(sum, 0, 1e-12);
    EXPECT_NEAR(squares, 7, 1e-12);
  }
  ASSERT_GE(p.tried.size(), 2U);
  double best = -1;
  for (const ClusterCountTried& tried : p.tried) best = std::max(best, tried.k_means);
  EXPECT_DOUBLE_EQ(p.k_means.widths.mean, best);
  EXPECT_LE(p.agreement, 1);
}

TEST(Clusters, MoreClustersThanDifferentSchoolsAreRefused) {
  ClusterSettings settings;
  settings.blocks = {block("sport", {item("sport", {75})})};
  settings.partition.clusters = 3;
  EXPECT_EQ(District().find(settings).partition.reason, Undefined::too_few);
  settings.partition.clusters = 2;
  const Clusters c = District().find(settings);
  EXPECT_THAT(c.partition.k_means.partition.cluster, ElementsAre(1, 1, 1, 1, 0, 0, 0, 0));
  EXPECT_DOUBLE_EQ(c.partition.k_means.widths.mean, 1);
  EXPECT_DOUBLE_EQ(c.partition.agreement, 1);
}

TEST(ClusterSettings, AreReadAndWrongOnesNamed) {
  const ParsedConfig toml = parse_config(R"(
rule = "blocks"
years = [2020]
partition = { clusters = 3, seed = 5 }
[[block]]
id = "study"
name = { ru = "Учёба", en = "Study" }
leading = "good"
group = [{ name = "ниже" }, { name = "выше" }]
indicator = [{ context = "good", thresholds = [50] }, { context = "quality", direction = "down" }]
[[block]]
id = "free"
indicator = [{ context = "goof", thresholds = [2, 1] }]
)",
                                         "k.toml");
  Diagnostics out;
  ConfigReader reader(toml.root, "k.toml", "clusters", out);
  ClusterSettings settings;
  read_clusters(reader, {{2020}, {}, {}, {}, {"good", "quality"}}, settings);
  reader.finish();
  std::vector<std::string> codes;
  for (const Diagnostic& d : out) codes.push_back(d.message.code);
  EXPECT_THAT(codes, ElementsAre("project-unknown-id", "clusters-rising", "clusters-no-thresholds"));
  EXPECT_EQ(settings.rule, ClusterRule::blocks);
  EXPECT_EQ(settings.partition.clusters, 3);
  ASSERT_EQ(settings.blocks.size(), 2U);
  EXPECT_THAT(settings.blocks[0].leading, ElementsAre(0U));
  EXPECT_EQ(settings.blocks[0].items[1].less_is_better, true);
  EXPECT_EQ(settings.blocks[0].groups[1].at("en"), "выше");
}

}  // namespace
}  // namespace kaskad
