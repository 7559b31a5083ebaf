// Tests by ranks: against R (fixtures/stats/groups.R), published examples and brute force.
#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/base/random.hpp"
#include "engine/stats/two_groups_rank.hpp"
#include "tests/stats_groups_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::californian;
using test::expect_undefined;
using test::groups_golden;
using test::near;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

const std::vector<double> kSmallOne = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
const std::vector<double> kSmallZero = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06001, 3.14, 1.2901};

std::vector<double> powers(int count, double exponent, double divisor, double shift) {
  std::vector<double> values;
  for (int i = 1; i <= count; ++i) values.push_back(std::pow(i, exponent) / divisor + shift);
  return values;
}

/// R's interval is a root to about 1e-9; the differences themselves are ours.
void expect_mann_whitney(const MannWhitney& test, const std::string& name) {
  EXPECT_EQ(test.u, groups_golden(name + ".w")) << name;
  EXPECT_TRUE(near(test.p, groups_golden(name + ".p"))) << name;
  EXPECT_NEAR(test.shift.value, groups_golden(name + ".median"), 1e-12) << name;
  EXPECT_NEAR(test.shift.lo, groups_golden(name + ".lo"), 1e-7) << name;
  EXPECT_NEAR(test.shift.hi, groups_golden(name + ".hi"), 1e-7) << name;
}

TEST(MannWhitney, AgreesWithRWithTies) {
  const auto groups = californian(400);
  const MannWhitney test = mann_whitney(groups.one, groups.zero);
  EXPECT_FALSE(test.exact);
  expect_mann_whitney(test, "mw.ties");
}

TEST(MannWhitney, AgreesWithROnThousandsOfSchools) {
  const auto groups = californian();
  expect_mann_whitney(mann_whitney(groups.one, groups.zero), "mw.whole");
}

TEST(MannWhitney, IsExactForSmallGroupsWithoutTiesAsR) {
  const MannWhitney test = mann_whitney(kSmallOne, kSmallZero);
  EXPECT_TRUE(test.exact);
  expect_mann_whitney(test, "mw.small");
}

TEST(MannWhitney, AgreesWithRForLargeGroupsWithoutTies) {
  const MannWhitney test = mann_whitney(powers(60, 1.5, 10, 0), powers(70, 1.4, 11, 0.013));
  EXPECT_FALSE(test.exact);
  expect_mann_whitney(test, "mw.large");
}

TEST(MannWhitney, CountsEveryOrderOnce) {
  // Against a walk through all choices of the places of the first group.
  const std::size_t m = 3, n = 4;
  std::vector<double> walked(m * n + 1);
  for (unsigned mask = 0; mask < 1U << (m + n); ++mask) {
    if (static_cast<std::size_t>(__builtin_popcount(mask)) != m) continue;
    std::size_t u = 0, below = 0;
    for (std::size_t place = 0; place < m + n; ++place) ((mask >> place) & 1U) != 0 ? u += below : ++below;
    walked[u] += 1;
  }
  EXPECT_EQ(mann_whitney_counts(m, n), walked);
}

TEST(MannWhitney, ChangesSignWhenGroupsAreSwapped) {
  const MannWhitney there = mann_whitney(kSmallOne, kSmallZero);
  const MannWhitney back = mann_whitney(kSmallZero, kSmallOne);
  EXPECT_EQ(there.u + back.u, 81);
  EXPECT_DOUBLE_EQ(there.p, back.p);
  EXPECT_DOUBLE_EQ(there.shift.lo, -back.shift.hi);
}

TEST(MannWhitney, FindsTheMedianOfAllDifferencesOfRandomValues) {
  RandomStream random(7, 1);
  for (int round = 0; round < 30; ++round) {
    std::vector<double> one(1 + random.below(9)), zero(1 + random.below(9)), all;
    for (double& v : one) v = static_cast<double>(random.below(9)) - 4;
    for (double& v : zero) v = static_cast<double>(random.below(9)) - 4;
    for (double x : one)
      for (double y : zero) all.push_back(x - y);
    std::sort(all.begin(), all.end());
    const std::size_t middle = all.size() / 2;
    const double wanted = all.size() % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
    EXPECT_EQ(mann_whitney(one, zero).shift.value, wanted);
  }
}

TEST(MannWhitney, HasNoIntervalWhereNoPairOfDifferencesCoversEnough) {
  const MannWhitney test = mann_whitney({3, 5}, {1, 2});
  EXPECT_TRUE(test.exact);
  EXPECT_NEAR(test.p, 2.0 / 6, 1e-15);
  EXPECT_TRUE(test.shift.defined());
  EXPECT_FALSE(test.shift.has_interval());
}

TEST(MannWhitney, SaysWhyItIsUndefined) {
  EXPECT_EQ(mann_whitney({}, {1, 2}).reason, Undefined::no_data);
  EXPECT_EQ(mann_whitney({1, kInfinity}, {1, 2}).reason, Undefined::no_data);
  const MannWhitney equal = mann_whitney({4, 4}, {4, 4, 4});
  EXPECT_EQ(equal.reason, Undefined::no_variation);
  EXPECT_EQ(equal.shift.value, 0);
  EXPECT_TRUE(std::isnan(equal.p));
}

TEST(BrunnerMunzel, GivesThePublishedExample) {
  // Pain scores of Brunner & Munzel 2000; R's lawstat prints 3.1375, df 17.683, p 0.005786, .5952169 to .9827052.
  const std::vector<double> y = {1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1};
  const std::vector<double> n = {3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4};
  const Estimate e = brunner_munzel(n, y);
  EXPECT_NEAR(e.value, 0.788961, 5e-7);
  EXPECT_NEAR((e.value - 0.5) / e.se, 3.1374674823, 5e-10);
  EXPECT_NEAR(e.df, 17.682841979, 5e-9);
  EXPECT_NEAR(e.p, 0.0057862086662, 5e-13);
  EXPECT_NEAR(e.lo, 0.5952169, 5e-8);
  EXPECT_NEAR(e.hi, 0.9827052, 5e-8);
}

TEST(BrunnerMunzel, SaysWhyItIsUndefined) {
  expect_undefined(brunner_munzel({1}, {1, 2}), Undefined::too_few);
  expect_undefined(brunner_munzel({}, {1, 2}), Undefined::no_data);
  expect_undefined(brunner_munzel({5, 6}, {1, 2}), Undefined::no_variation);
}

/// δ and its variance by the matrix of all d_ij, as the definition has it.
Estimate cliff_by_matrix(const std::vector<double>& one, const std::vector<double>& zero) {
  const double m = static_cast<double>(one.size()), n = static_cast<double>(zero.size());
  const auto sign = [](double x, double y) { return x > y ? 1.0 : x < y ? -1.0 : 0.0; };
  double delta = 0;
  for (double x : one)
    for (double y : zero) delta += sign(x, y) / (m * n);
  double rows = 0, columns = 0, cells = 0;
  for (double x : one) {
    double mean = 0;
    for (double y : zero) mean += sign(x, y) / n;
    rows += (mean - delta) * (mean - delta) / (m - 1);
  }
  for (double y : zero) {
    double mean = 0;
    for (double x : one) mean += sign(x, y) / m;
    columns += (mean - delta) * (mean - delta) / (n - 1);
  }
  for (double x : one)
    for (double y : zero) cells += (sign(x, y) - delta) * (sign(x, y) - delta) / ((m - 1) * (n - 1));
  Estimate e = exactly(delta, 0);
  e.se = std::sqrt(((n - 1) * rows + (m - 1) * columns + cells) / (m * n));
  return e;
}

TEST(CliffsDelta, AgreesWithTheMatrixOfAllComparisons) {
  const auto groups = californian(400);
  const Estimate e = cliffs_delta(groups.one, groups.zero);
  const Estimate wanted = cliff_by_matrix(groups.one, groups.zero);
  EXPECT_TRUE(near(e.value, wanted.value, 1e-10));
  EXPECT_TRUE(near(e.se, wanted.se, 1e-10));
  EXPECT_TRUE(e.lo < e.value && e.value < e.hi);
  const PairCounts pairs = count_pairs(groups.one, groups.zero);
  EXPECT_NEAR(
      e.value,
      2 * mann_whitney(groups.one, groups.zero).u / static_cast<double>(pairs.greater + pairs.equal + pairs.less) - 1,
      1e-14);
}

TEST(CliffsDelta, IsOneSidedWhereTheGroupsDoNotOverlap) {
  const Estimate e = cliffs_delta({5, 6, 7, 9}, {1, 2, 3, 4, 4});
  const double z2 = 1.959963984540054 * 1.959963984540054;
  EXPECT_EQ(e.value, 1);
  EXPECT_EQ(e.hi, 1);
  EXPECT_NEAR(e.lo, (4 - z2) / (4 + z2), 1e-12);
  const Estimate mirrored = cliffs_delta({1, 2, 3, 4, 4}, {5, 6, 7, 9});
  EXPECT_EQ(mirrored.lo, -1);
  EXPECT_NEAR(mirrored.hi, -e.lo, 1e-15);
}

TEST(CliffsDelta, OfEqualValuesIsZeroWithoutAnInterval) {
  const Estimate e = cliffs_delta({4, 4, 4}, {4, 4});
  EXPECT_EQ(e.value, 0);
  EXPECT_FALSE(e.has_interval());
  expect_undefined(cliffs_delta({}, {4, 4}), Undefined::no_data);
  EXPECT_FALSE(cliffs_delta({3}, {4, 4}).has_interval());
}

}  // namespace
}  // namespace kaskad::stats
