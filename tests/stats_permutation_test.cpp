// Permutation tests: against enumeration in R (fixtures/stats/groups.R), the t test for large groups, and identities.
#include <limits>

#include "engine/base/random.hpp"
#include "engine/stats/permutation.hpp"
#include "engine/stats/two_groups.hpp"
#include "tests/stats_groups_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::groups_golden;
using test::near;

std::vector<PermutationUnit> pupils(const std::vector<double>& treated, const std::vector<double>& others) {
  std::vector<PermutationUnit> units;
  for (double v : treated) units.push_back({1, v, true});
  for (double v : others) units.push_back({1, v, false});
  return units;
}

std::vector<PermutationUnit> random_pupils(double shift) {
  RandomStream random(42, 0);
  std::vector<PermutationUnit> units;
  for (int i = 0; i < 300; ++i) units.push_back({1, 50 + 10 * random.normal() + (i < 150 ? shift : 0), i < 150});
  return units;
}

const std::vector<double> kTreated = {12, 15, 9, 20, 14.5};
const std::vector<double> kOthers = {8, 11, 7.5, 10, 13, 6};

TEST(Permutation, VisitsAllAssignmentsWhenTheyAreFew) {
  const PermutationTest test = permute_means(pupils(kTreated, kOthers), {462, 1, 1});
  EXPECT_TRUE(test.exact);
  EXPECT_EQ(test.assignments, 462);
  EXPECT_TRUE(near(test.p, groups_golden("perm.exact"), 1e-15));
  EXPECT_NEAR(test.difference, 14.1 - 55.5 / 6, 1e-14);
}

TEST(Permutation, DrawsWhenTheyAreMany) {
  const PermutationTest test = permute_means(pupils(kTreated, kOthers), {461, 1, 1});
  EXPECT_FALSE(test.exact);
  EXPECT_EQ(test.assignments, 461);
  EXPECT_DOUBLE_EQ(test.p, (1 + static_cast<double>(test.as_extreme)) / 462);
  EXPECT_NEAR(test.p, groups_golden("perm.exact"), 4 * std::sqrt(0.041 * 0.959 / 461));
}

TEST(Permutation, ReassignsWholeSchoolsOfUnequalSizes) {
  const std::vector<double> n = {10, 25, 7, 30, 12, 18, 22}, sums = {520, 1180, 401, 1370, 640, 800, 1010};
  std::vector<PermutationUnit> schools;
  for (std::size_t i = 0; i < n.size(); ++i) schools.push_back({n[i], sums[i], i == 0 || i == 1 || i == 4});
  const PermutationTest test = permute_means(schools, {});
  EXPECT_TRUE(test.exact);
  EXPECT_EQ(test.assignments, 35);
  EXPECT_TRUE(near(test.p, groups_golden("perm.cluster"), 1e-15));
  EXPECT_TRUE(near(test.difference, groups_golden("perm.cluster.difference"), 1e-12));
}

TEST(Permutation, IsTheSameForAnyNumberOfThreads) {
  const auto units = random_pupils(2);
  const PermutationTest one = permute_means(units, {10'000, 5, 1});
  for (unsigned threads : {2U, 3U, 8U})
    EXPECT_EQ(permute_means(units, {10'000, 5, threads}).as_extreme, one.as_extreme);
  EXPECT_NE(permute_means(units, {10'000, 6, 1}).as_extreme, one.as_extreme);
}

TEST(Permutation, DrawsTheFirstAssignmentsOfALongerRun) {
  // The i-th assignment depends on the seed and i alone, so a longer run can only add to the count.
  const auto units = random_pupils(1);
  std::int64_t before = 0;
  for (std::int64_t count : {1, 499, 500, 501, 1500}) {
    const PermutationTest test = permute_means(units, {count, 9, 2});
    EXPECT_GE(test.as_extreme, before);
    before = test.as_extreme;
  }
  EXPECT_GT(before, 0);
}

TEST(Permutation, AgreesWithStudentsTestForLargeGroups) {
  const auto units = random_pupils(2);
  std::vector<double> one, zero;
  for (const PermutationUnit& unit : units) (unit.treated ? one : zero).push_back(unit.sum);
  const double p = student_difference(summarize(one), summarize(zero)).p;
  EXPECT_NEAR(permute_means(units, {20'000, 1, 2}).p, p, 5 * std::sqrt(p * (1 - p) / 20'000));
}

TEST(Permutation, CountsTiesWithTheObservedDifferenceAsExtreme) {
  // 1 2 3 against 2 3 1: |difference| is 0 and every assignment is as extreme; sums must not decide by their rounding.
  EXPECT_EQ(permute_means(pupils({0.1, 0.2, 0.3}, {0.2, 0.3, 0.1}), {}).p, 1);
  // The two extreme splits of six values out of 20.
  EXPECT_EQ(permute_means(pupils({0.1, 0.2, 0.3}, {0.7, 0.8, 0.9}), {}).p, 0.1);
  EXPECT_EQ(permute_means(pupils({1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3}, {1e9 + 0.7, 1e9 + 0.8, 1e9 + 0.9}), {}).p, 0.1);
}

TEST(Permutation, CountsAssignments) {
  EXPECT_EQ(count_assignments(11, 5, 10'000), 462);
  EXPECT_EQ(count_assignments(16, 8, 12'870), 12'870);
  EXPECT_EQ(count_assignments(16, 8, 12'869), 12'870);
  EXPECT_EQ(count_assignments(300, 150, 10'000), 10'001);
  EXPECT_EQ(count_assignments(5, 5, 10), 1);
}

TEST(Permutation, SaysWhyItIsUndefined) {
  EXPECT_EQ(permute_means(pupils({}, {1, 2}), {}).reason, Undefined::no_data);
  EXPECT_EQ(permute_means(pupils({1, std::nan("")}, {1, 2}), {}).reason, Undefined::no_data);
  EXPECT_EQ(permute_means(pupils({1}, {2}), {}).reason, Undefined::too_few);
  const PermutationTest constant = permute_means(pupils({0.1, 0.1, 0.1}, {0.1, 0.1}), {});
  EXPECT_EQ(constant.reason, Undefined::no_variation);
  EXPECT_TRUE(std::isnan(constant.p));
}

}  // namespace
}  // namespace kaskad::stats
