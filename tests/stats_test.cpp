// Intervals and differences: against R, published tables, hand calculations and identities (fixtures/stats/README.md).
#include <functional>
#include <limits>
#include <random>

#include "engine/stats/intervals.hpp"
#include "engine/stats/scale_ends.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::expect_undefined;
using test::golden;
using test::near;
using test::sample_of;
using test::Table;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(StudentDistribution, AgreesWithR) {
  const std::vector<std::pair<double, std::string>> cases = {
      {1, "1"}, {2.5, "2.5"}, {27.535139164905, "27.5351"}, {3606.3273562, "3606.33"}};
  for (const auto& [df, name] : cases) {
    EXPECT_TRUE(near(student_quantile(0.975, df), golden("qt.975." + name), 1e-12)) << df;
    EXPECT_TRUE(near(student_quantile(0.025, df), -golden("qt.975." + name), 1e-12)) << df;
    EXPECT_TRUE(near(student_two_sided_p(2, df), golden("pt.2." + name), 1e-12)) << df;
    EXPECT_TRUE(near(student_two_sided_p(-2, df), golden("pt.2." + name), 1e-12)) << df;
  }
}

TEST(StudentDistribution, BecomesNormalForInfiniteDf) {
  EXPECT_TRUE(near(student_quantile(0.975, kInfinity), 1.959963984540054, 1e-14));
  EXPECT_TRUE(near(student_two_sided_p(1.959963984540054, kInfinity), 0.05, 1e-13));
}

TEST(StudentDistribution, IsNaNOutsideItsDomainAndNeverThrows) {
  for (double df : {0.0, -1.0, std::nan("")}) {
    EXPECT_TRUE(std::isnan(student_quantile(0.975, df)));
    EXPECT_TRUE(std::isnan(student_two_sided_p(1, df)));
  }
  for (double probability : {0.0, 1.0, -0.1, 1.1, std::nan("")}) {
    EXPECT_TRUE(std::isnan(student_quantile(probability, 5)));
    EXPECT_TRUE(std::isnan(normal_quantile(probability)));
    EXPECT_TRUE(std::isnan(chi_squared_quantile(probability, 5)));
  }
  EXPECT_TRUE(std::isnan(chi_squared_quantile(0.5, 0)));
  EXPECT_EQ(student_two_sided_p(kInfinity, 5), 0);
  EXPECT_EQ(student_two_sided_p(-kInfinity, kInfinity), 0);
  EXPECT_TRUE(std::isnan(student_two_sided_p(std::nan(""), 5)));
}

TEST(Wilson, AgreesWithR) {
  for (int hits : {0, 1, 9, 50, 99, 100}) {
    const Estimate e = wilson(hits, 100);
    const std::string name = "wilson." + std::to_string(hits) + ".100.";
    EXPECT_TRUE(near(e.value, hits / 100.0));
    EXPECT_TRUE(near(e.lo, golden(name + "lo"))) << hits;
    EXPECT_TRUE(near(e.hi, golden(name + "hi"))) << hits;
    EXPECT_EQ(e.n, 100);
  }
}

TEST(Wilson, GivesTheSharesOfBagrut) {
  struct Share {
    int year, treated;
    double share;
    std::int64_t n;
  };
  const std::vector<Share> shares = {{1999, 0, 0.257362936, 2207}, {2000, 0, 0.200099305, 2014},
                                     {2001, 0, 0.218550107, 1876}, {2002, 0, 0.315543071, 2136},
                                     {1999, 1, 0.239324261, 2131}, {2000, 1, 0.248395062, 2025},
                                     {2001, 1, 0.265809769, 1945}, {2002, 1, 0.294251825, 2192}};
  const Table bagrut("fixtures/bagrut/bagrut.csv");
  const auto year = bagrut.numbers("year");
  const auto treated = bagrut.numbers("treated");
  const auto status = bagrut.numbers("Bagrut_status");
  for (const Share& wanted : shares) {
    std::int64_t hits = 0;
    std::int64_t n = 0;
    for (std::size_t i = 0; i < bagrut.size(); ++i) {
      const bool in = year[i] == wanted.year && treated[i] == wanted.treated;
      n += in ? 1 : 0;
      hits += in && status[i] == 1 ? 1 : 0;
    }
    const Estimate e = wilson(hits, n);
    EXPECT_EQ(e.n, wanted.n);
    EXPECT_NEAR(e.value, wanted.share, 5e-10) << wanted.year << ' ' << wanted.treated;
    EXPECT_TRUE(e.lo < e.value && e.value < e.hi);
  }
}

TEST(BoundedMean, IsWilsonsShareAndNotNarrowerThanTheValuesOwnSpread) {
  EXPECT_DOUBLE_EQ(bounded_mean(0.75, 40).lo, wilson(30, 40).lo);
  EXPECT_DOUBLE_EQ(bounded_mean(1, 20).hi, 1);
  // 100 values, half 0.5 and half 1: SD 0.25 against the √(0.75·0.25) of a share.
  const Estimate own = student_mean(100, 0.75, 0.0625 * 100 / 99), bounded = bounded_mean(0.75, 100);
  EXPECT_LT(bounded.lo, own.lo);
  EXPECT_GT(bounded.hi, own.hi);
  EXPECT_EQ(bounded_mean(0.5, 0).reason, Undefined::no_data);
}

TEST(Wilson, StaysWithinZeroAndOneAndMirrors) {
  for (std::int64_t n : {1, 2, 7, 1'000'000, 2'000'000'000}) {
    for (std::int64_t hits : {std::int64_t{0}, n / 2, n - 1, n}) {
      const Estimate e = wilson(hits, n);
      const Estimate mirror = wilson(n - hits, n);
      EXPECT_TRUE(0 <= e.lo && e.lo <= e.value && e.value <= e.hi && e.hi <= 1) << hits << '/' << n;
      EXPECT_NEAR(e.lo, 1 - mirror.hi, 1e-15);
    }
  }
}

TEST(Wilson, HasNoDataWithoutPupils) { expect_undefined(wilson(0, 0), Undefined::no_data); }

TEST(PoissonRate, AgreesWithR) {
  for (int events : {0, 1, 7, 250}) {
    const Estimate e = poisson_rate(events, 1234, 100);
    const std::string name = "poisson." + std::to_string(events);
    EXPECT_TRUE(near(e.value, events / 12.34));
    EXPECT_TRUE(near(e.lo, golden(name + ".lo"))) << events;
    EXPECT_TRUE(near(e.hi, golden(name + ".hi"))) << events;
    EXPECT_EQ(e.n, 1234);
  }
}

TEST(PoissonRate, HasNoDataWithoutExposure) {
  for (double exposure : {0.0, -3.0, kInfinity, std::nan("")}) {
    expect_undefined(poisson_rate(3, exposure, 100), Undefined::no_data);
  }
}

TEST(Newcombe, AgreesWithThePublishedTable) {
  // Newcombe 1998, table II, method 10; four decimals.
  struct Row {
    int hits1, n1, hits0, n0;
    double lo, hi;
  };
  const std::vector<Row> table = {{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090},
                                  {6, 7, 2, 7, 0.0582, 0.8062},     {5, 56, 0, 29, -0.0381, 0.1926},
                                  {0, 10, 0, 20, -0.1611, 0.2775},  {0, 10, 0, 10, -0.2775, 0.2775},
                                  {10, 10, 0, 20, 0.6791, 1.0000},  {10, 10, 0, 10, 0.6075, 1.0000}};
  for (const Row& row : table) {
    const Estimate e = newcombe(row.hits1, row.n1, row.hits0, row.n0);
    EXPECT_NEAR(e.lo, row.lo, 5e-5) << row.hits1 << '/' << row.n1;
    EXPECT_NEAR(e.hi, row.hi, 5e-5) << row.hits1 << '/' << row.n1;
    EXPECT_NEAR(e.value, static_cast<double>(row.hits1) / row.n1 - static_cast<double>(row.hits0) / row.n0, 1e-15);
    EXPECT_EQ(e.n, row.n1 + row.n0);
  }
}

TEST(Newcombe, ChangesSignWhenGroupsAreSwapped) {
  const Estimate e = newcombe(13, 40, 22, 35);
  const Estimate swapped = newcombe(22, 35, 13, 40);
  EXPECT_DOUBLE_EQ(e.lo, -swapped.hi);
  EXPECT_DOUBLE_EQ(e.hi, -swapped.lo);
}

TEST(Newcombe, HasNoDataWhenAGroupIsEmpty) {
  expect_undefined(newcombe(0, 0, 3, 10), Undefined::no_data);
  expect_undefined(newcombe(3, 10, 0, 0), Undefined::no_data);
  EXPECT_EQ(newcombe(3, 10, 0, 0).n, 10);
}

TEST(MoverDifference, IsNewcombesForShares) {
  const Estimate direct = newcombe(13, 40, 22, 35), of_figures = mover_difference(wilson(13, 40), wilson(22, 35));
  EXPECT_EQ(of_figures.lo, direct.lo);
  EXPECT_EQ(of_figures.hi, direct.hi);
  EXPECT_EQ(of_figures.n, 75);
}

TEST(MoverDifference, IsUndefinedWithAFigureAndHasNoIntervalWithoutBoth) {
  const Estimate few = mover_difference(wilson(3, 10), undefined(Undefined::too_few, 4));
  expect_undefined(few, Undefined::too_few);
  const Estimate bare = mover_difference(wilson(3, 10), exactly(0.25, 8));
  EXPECT_DOUBLE_EQ(bare.value, 0.3 - 0.25);
  EXPECT_FALSE(bare.has_interval());
}

/// Share of 4000 intervals of `draw`'s two figures that hold `truth`.
double coverage_of(double truth, const std::function<Estimate(std::mt19937&)>& draw) {
  std::mt19937 random(20261122);
  const int runs = 4000;
  int held = 0;
  for (int i = 0; i < runs; ++i) {
    const Estimate e = draw(random);
    held += e.lo <= truth && truth <= e.hi ? 1 : 0;
  }
  return static_cast<double>(held) / runs;
}

TEST(MoverDifference, HoldsItsLevelForRatesAndMeans) {
  std::poisson_distribution<int> mine(6), theirs(50);  // 3 and 2.5 events on 100 pupils
  const double rates = coverage_of(0.5, [&](std::mt19937& random) {
    return mover_difference(poisson_rate(mine(random), 200, 100), poisson_rate(theirs(random), 2000, 100));
  });
  EXPECT_GT(rates, 0.95 - 0.012);
  EXPECT_LT(rates, 0.985);  // Garwood's limits are exact, so it is on the safe side
  std::normal_distribution<double> score(50, 10);
  const auto mean_of = [&](std::mt19937& random, std::int64_t n) {
    double sum = 0, squares = 0;
    for (std::int64_t i = 0; i < n; ++i) {
      const double x = score(random);
      sum += x;
      squares += x * x;
    }
    const double size = static_cast<double>(n), mean = sum / size;
    return student_mean(n, mean, (squares - sum * mean) / (size - 1));
  };
  const double means =
      coverage_of(0, [&](std::mt19937& random) { return mover_difference(mean_of(random, 12), mean_of(random, 90)); });
  EXPECT_NEAR(means, 0.95, 0.012);
}

struct Api {
  Sample elementary;
  Sample other;
};

Api api() {
  const Table table("fixtures/stats/apipop.csv");
  const auto type = table.texts("stype");
  const auto score = table.numbers("api00");
  std::vector<double> elementary;
  std::vector<double> other;
  for (std::size_t i = 0; i < table.size(); ++i) (type[i] == "E" ? elementary : other).push_back(score[i]);
  return {sample_of(elementary), sample_of(other)};
}

TEST(StudentMean, AgreesWithR) {
  const Sample s = api().elementary;
  const Estimate e = student_mean(s.n, s.mean, s.variance);
  EXPECT_DOUBLE_EQ(e.value, 2971189.0 / 4421);  // the sum of whole scores, exactly
  EXPECT_TRUE(near(e.se, golden("apipop.mean.se")));
  EXPECT_TRUE(near(e.lo, golden("apipop.mean.lo")));
  EXPECT_TRUE(near(e.hi, golden("apipop.mean.hi")));
  EXPECT_EQ(e.df, static_cast<double>(s.n - 1));
}

TEST(StudentMean, HasNoIntervalWhereNoneExists) {
  const Estimate alone = student_mean(1, 4.5, std::nan(""));
  EXPECT_EQ(alone.value, 4.5);
  EXPECT_FALSE(alone.has_interval());
  const Estimate without_variance = student_mean(20, 4.5, std::nan(""));
  EXPECT_EQ(without_variance.value, 4.5);
  EXPECT_FALSE(without_variance.has_interval());
  const Estimate all_equal = student_mean(20, 4.5, 0);
  EXPECT_EQ(all_equal.value, 4.5);
  EXPECT_EQ(all_equal.se, 0);
  EXPECT_FALSE(all_equal.has_interval());
}

TEST(StudentMean, HasNoDataWithoutAMean) {
  expect_undefined(student_mean(0, 0, 0), Undefined::no_data);
  expect_undefined(student_mean(5, std::nan(""), 1), Undefined::no_data);
  expect_undefined(student_mean(5, kInfinity, 1), Undefined::no_data);
}

TEST(Welch, AgreesWithROnCaliforniasSchools) {
  const Api samples = api();
  EXPECT_TRUE(near(samples.other.mean, 646.38522278624));
  const Estimate e = welch(samples.other, samples.elementary);
  EXPECT_TRUE(near(e.value / e.se, -7.4797148614046));
  EXPECT_NEAR(e.df, 3606.3273562, 5e-7 + 1e-9 * e.df);
  EXPECT_TRUE(near(e.se, golden("apipop.welch.se")));
  EXPECT_TRUE(near(e.df, golden("apipop.welch.df")));
  EXPECT_TRUE(near(e.p, golden("apipop.welch.p")));
  EXPECT_TRUE(near(e.lo, golden("apipop.welch.lo")));
  EXPECT_TRUE(near(e.hi, golden("apipop.welch.hi")));
  EXPECT_EQ(e.n, 6194);
}

TEST(Welch, HasTheKnownDfForEqualVariances) {
  for (const auto& [m1, m0] : std::vector<std::pair<std::int64_t, std::int64_t>>{{5, 9}, {2, 40}, {17, 17}}) {
    const double a = static_cast<double>(m1);
    const double b = static_cast<double>(m0);
    const double df = (a + b) * (a + b) * (a - 1) * (b - 1) / (a * a * (a - 1) + b * b * (b - 1));
    EXPECT_TRUE(near(welch({m1, 3, 2.25}, {m0, 1, 2.25}).df, df, 1e-13)) << m1 << ' ' << m0;
  }
}

TEST(Welch, RestsOnTheOtherGroupWhenOneDoesNotVary) {
  const Estimate e = welch({8, 3, 0}, {10, 1, 4});
  EXPECT_DOUBLE_EQ(e.df, 9);
  EXPECT_DOUBLE_EQ(e.se, std::sqrt(0.4));
}

TEST(Welch, SaysWhyThereIsNoDifference) {
  const Sample good{10, 1, 4};
  expect_undefined(welch({}, good), Undefined::no_data);
  expect_undefined(welch(good, {}), Undefined::no_data);
  expect_undefined(welch(good, {5, kInfinity, 1}), Undefined::no_data);
  expect_undefined(welch({1, 3, std::nan("")}, good), Undefined::too_few);
  expect_undefined(welch(good, {12, 3, std::nan("")}), Undefined::no_distribution);
  expect_undefined(welch({10, 1, 0}, {10, 2, 0}), Undefined::no_variation);
}

TEST(Hedges, GivesThePublishedExample) {
  // (5, 6, 7) against (4, 5, 6): d = 1, ω = 1 − 3/15; se² = 0.64·(2/3 + 1/8) by hand.
  const Estimate g = hedges_g(sample_of({5, 6, 7}), sample_of({4, 5, 6}));
  EXPECT_TRUE(near(g.value, 0.8, 1e-14));
  EXPECT_TRUE(near(g.se, std::sqrt(0.64 * (2.0 / 3 + 1.0 / 8)), 1e-14));
  EXPECT_TRUE(near(g.hi - g.value, 1.959963984540054 * g.se, 1e-13));
  EXPECT_EQ(g.n, 6);
}

TEST(Hedges, CorrectsByN) {
  EXPECT_DOUBLE_EQ(hedges_correction(6), 0.8);
  EXPECT_DOUBLE_EQ(hedges_correction(4), 1 - 3.0 / 7);
  EXPECT_TRUE(std::isnan(hedges_correction(3)));
  EXPECT_TRUE(std::isnan(hedges_correction(0)));
}

TEST(Hedges, WithAnUnclusteredErrorAndItsDfGivesTheSameError) {
  const Sample one{12, 5.5, 2};
  const Sample zero{20, 4, 3};
  const Estimate plain = hedges_g(one, zero);
  Estimate difference = exactly(one.mean - zero.mean, 32);
  difference.df = 30;
  difference.clusters = 9;
  difference.se = std::sqrt((11 * 2.0 + 19 * 3.0) / 30 * (1.0 / 12 + 1.0 / 20));
  const Estimate g = hedges_g(one, zero, &difference);
  EXPECT_TRUE(near(g.value, plain.value, 1e-14));
  EXPECT_TRUE(near(g.se, plain.se, 1e-14));
  EXPECT_EQ(g.df, 30);
  EXPECT_EQ(g.clusters, 9);
  EXPECT_TRUE(near(g.hi - g.value, student_quantile(0.975, 30) * g.se, 1e-12));
}

TEST(Hedges, HasNoIntervalWhenTheClusteredDifferenceIsUndefined) {
  const Estimate none = undefined(Undefined::too_few_clusters, 6);
  const Estimate g = hedges_g(sample_of({5, 6, 7}), sample_of({4, 5, 6}), &none);
  EXPECT_TRUE(near(g.value, 0.8, 1e-14));
  EXPECT_FALSE(g.has_interval());
  EXPECT_TRUE(std::isnan(g.se));
}

TEST(Hedges, SaysWhyThereIsNoEffectSize) {
  const Sample good{10, 1, 4};
  expect_undefined(hedges_g({}, good), Undefined::no_data);
  expect_undefined(hedges_g({1, 5, std::nan("")}, {2, 4, 1}), Undefined::too_few);
  expect_undefined(hedges_g(good, {10, 2, std::nan("")}), Undefined::no_distribution);
  expect_undefined(hedges_g({10, 1, 0}, {10, 2, 0}), Undefined::no_variation);
  EXPECT_TRUE(hedges_g({1, 5, std::nan("")}, good).defined());
}

TEST(ScaleEnds, CutAnIntervalAndSayWhetherSomethingLayBeyond) {
  Estimate e = student_mean(4, 98, 16);  // 98 ∓ 3.18·2
  EXPECT_TRUE(cut(e, {0, 100}));
  EXPECT_TRUE(near(e.lo, 98 - 2 * 3.182446305284263, 1e-12));
  EXPECT_EQ(e.hi, 100);
  EXPECT_FALSE(cut(e, {}));
  Estimate without = student_mean(1, 98, std::nan(""));
  EXPECT_FALSE(cut(without, {0, 100}));
  EXPECT_FALSE(without.has_interval());
  double lo = 120, hi = 150;
  EXPECT_TRUE(cut(lo, hi, {-100, 100}));
  EXPECT_EQ(lo, 100) << "never the wrong way round";
  EXPECT_EQ(hi, 100);
}

}  // namespace
}  // namespace kaskad::stats
