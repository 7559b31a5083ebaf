// k-means, Ward's tree, silhouettes and the adjusted Rand index against R (fixtures/stats/partition.R).
#include <gmock/gmock.h>

#include <cmath>

#include "engine/stats/partition.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::Table;
using testing::ElementsAre;

constexpr double kNear = 1e-9;

double golden(const std::string& name) { return test::number_in("fixtures/stats/partition.csv", name); }

/// As R's scale(): mean 0, SD 1 with the divisor n − 1.
Matrix standardised(const std::vector<std::vector<double>>& columns) {
  Matrix out(columns.front().size(), columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    double mean = 0, squares = 0;
    for (const double v : columns[c]) mean += v / static_cast<double>(out.rows);
    for (const double v : columns[c]) squares += (v - mean) * (v - mean);
    const double sd = std::sqrt(squares / static_cast<double>(out.rows - 1));
    for (std::size_t i = 0; i < out.rows; ++i) out(i, c) = (columns[c][i] - mean) / sd;
  }
  return out;
}

Matrix api() {
  const Table table("fixtures/stats/apipop.csv");
  const auto meals = table.numbers("meals"), score = table.numbers("api00");
  const auto type = table.texts("stype");
  std::vector<std::vector<double>> columns(3);
  for (std::size_t i = 0; i < table.size(); i += 31) {
    columns[0].push_back(meals[i]);
    columns[1].push_back(score[i]);
    columns[2].push_back(type[i] == "E" ? 1 : 0);
  }
  return standardised(columns);
}

Matrix longley() {
  const Table table("fixtures/stats/longley.csv");
  std::vector<std::vector<double>> columns;
  for (const auto* name : {"y", "x1", "x2", "x3", "x4", "x5", "x6"}) columns.push_back(table.numbers(name));
  return standardised(columns);
}

void expect_as_r(const std::string& name, const Matrix& points, int k) {
  const Partition found = k_means(points, {k, 50, 7});
  const WardTree tree = ward_tree(points);
  const Partition ward = cut_tree(tree, points, k);
  ASSERT_EQ(found.reason, Undefined::none);
  ASSERT_EQ(ward.reason, Undefined::none);
  EXPECT_NEAR(found.within, golden(name + ".kmeans.within"), kNear);
  for (std::size_t i = 0; i < points.rows; ++i) {
    EXPECT_EQ(found.cluster[i], golden(name + ".kmeans." + std::to_string(i + 1))) << i;
    EXPECT_EQ(ward.cluster[i], golden(name + ".ward." + std::to_string(i + 1))) << i;
  }
  const Silhouette widths = silhouette(points, found);
  for (const std::size_t i : {std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{10}, points.rows})
    EXPECT_NEAR(widths.widths[i - 1], golden(name + ".silhouette." + std::to_string(i)), kNear);
  EXPECT_NEAR(widths.mean, golden(name + ".silhouette.mean"), kNear);
  EXPECT_NEAR(silhouette(points, ward).mean, golden(name + ".ward.silhouette.mean"), kNear);
  EXPECT_NEAR(adjusted_rand(found.cluster, ward.cluster), golden(name + ".ari"), kNear);
}

void expect_heights(const std::string& name, const Matrix& points) {
  const WardTree tree = ward_tree(points);
  ASSERT_EQ(tree.merges.size(), points.rows - 1);
  double sum = 0;
  for (const WardMerge& merge : tree.merges) sum += merge.height;
  EXPECT_NEAR(sum, golden(name + ".height.sum"), 1e-8);
  EXPECT_NEAR(tree.merges.front().height, golden(name + ".height.first"), kNear);
  for (std::size_t m = 0; m < 5; ++m)
    EXPECT_NEAR(tree.merges[points.rows - 2 - m].height, golden(name + ".height." + std::to_string(m)), kNear);
}

Matrix line(const std::vector<double>& values) {
  Matrix out(values.size(), 1);
  out.values = values;
  return out;
}

TEST(Partition, SchoolsAreClusteredAsRDoes) {
  expect_as_r("api3", api(), 3);
  expect_as_r("api6", api(), 6);
  expect_as_r("longley", longley(), 3);
}

TEST(Partition, WardMergesAtTheHeightsOfHclust) {
  expect_heights("api3", api());
  expect_heights("longley", longley());
}

TEST(Partition, AnswersByHand) {
  const Matrix points = line({0, 1, 10, 11, 12});
  const Partition found = k_means(points, {2, 5, 1});
  EXPECT_THAT(found.cluster, ElementsAre(0, 0, 1, 1, 1));
  EXPECT_DOUBLE_EQ(found.within, 0.5 + 2);
  const Silhouette widths = silhouette(points, found);
  EXPECT_DOUBLE_EQ(widths.widths[0], (11 - 1) / 11.0);  // to its own 1, to 10, 11, 12 on average 11
  EXPECT_DOUBLE_EQ(widths.widths[3], (10.5 - 1) / 10.5);
  const WardTree tree = ward_tree(points);
  EXPECT_EQ(tree.merges[0].first, 0U) << "of equally near pairs the first";
  EXPECT_EQ(tree.merges[1].first, 2U);
  EXPECT_EQ(tree.merges[1].second, 3U);
  EXPECT_DOUBLE_EQ(tree.merges[3].height, std::sqrt(2 * 2.0 * 3.0 / 5.0 * 10.5 * 10.5));
}

TEST(Partition, PointAloneHasNoWidth) {
  const Matrix points = line({0, 1, 50});
  const Silhouette widths = silhouette(points, k_means(points, {2, 5, 1}));
  EXPECT_DOUBLE_EQ(widths.widths[2], 0);
  EXPECT_DOUBLE_EQ(widths.mean, (49.0 / 50 + 48.0 / 49) / 3);
}

TEST(Partition, SeedAndRestartsDoNotChangeTheBest) {
  const Matrix points = api();
  const Partition one = k_means(points, {4, 100, 1}), other = k_means(points, {4, 100, 99});
  EXPECT_EQ(one.cluster, other.cluster);
  EXPECT_NEAR(one.within, other.within, kNear);
}

TEST(Partition, OrderOfPointsDoesNotMatterToTheSums) {
  Matrix points = longley();
  const double within = k_means(points, {3, 50, 1}).within;
  Matrix turned = points;
  for (std::size_t c = 0; c < points.columns; ++c) std::reverse(turned.column(c), turned.column(c) + turned.rows);
  EXPECT_NEAR(k_means(turned, {3, 50, 1}).within, within, kNear);
}

TEST(Partition, SaysWhyThereIsNone) {
  EXPECT_EQ(k_means(Matrix(), {2, 5, 1}).reason, Undefined::no_data);
  EXPECT_EQ(k_means(line({1, kNaN}), {2, 5, 1}).reason, Undefined::no_data);
  EXPECT_EQ(k_means(line({1, 2}), {3, 5, 1}).reason, Undefined::too_few);
  EXPECT_EQ(k_means(line({1, 1, 2, 2}), {3, 5, 1}).reason, Undefined::too_few) << "two different points";
  EXPECT_EQ(k_means(line({1, 1, 1}), {2, 5, 1}).reason, Undefined::no_variation);
  EXPECT_EQ(k_means(line({1, 2}), {0, 5, 1}).reason, Undefined::no_method);
  const Matrix equal = line({1, 1, 1});
  EXPECT_EQ(cut_tree(ward_tree(equal), equal, 2).reason, Undefined::no_variation);
  EXPECT_EQ(ward_tree(equal).merges.back().height, 0);
  EXPECT_EQ(silhouette(equal, k_means(equal, {1, 5, 1})).reason, Undefined::no_method);
  EXPECT_EQ(k_means(line({3}), {1, 5, 1}).reason, Undefined::none);
}

TEST(AdjustedRand, IsOneForTheSameAndByHandElse) {
  EXPECT_DOUBLE_EQ(adjusted_rand({0, 0, 1, 1}, {1, 1, 0, 0}), 1);
  EXPECT_DOUBLE_EQ(adjusted_rand({0, 0, 0}, {1, 1, 1}), 1);
  // pairs together: 2 of 6 in each, none in both; expected 4/6, most 2.
  EXPECT_DOUBLE_EQ(adjusted_rand({0, 0, 1, 1}, {0, 1, 0, 1}), (0 - 4.0 / 6) / (2 - 4.0 / 6));
  EXPECT_TRUE(std::isnan(adjusted_rand({0}, {0})));
  EXPECT_TRUE(std::isnan(adjusted_rand({0, 1}, {0})));
}

}  // namespace
}  // namespace kaskad::stats
