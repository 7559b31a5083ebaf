// Places with joint confidence: against R (fixtures/stats/ranks.R), brute force, identities, and coverage by
// simulation.
#include <gmock/gmock.h>

#include <cmath>

#include "engine/base/random.hpp"
#include "engine/stats/rank_ranges.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;
using test::Table;

double golden(const std::string& name) { return test::number_in("fixtures/stats/ranks.csv", name); }

/// Pupils of exam.csv by school: shares above 0.5 of all 65 schools, means of the 63 with ten pupils or more.
struct ExamSchools {
  std::vector<CountedShare> shares;
  std::vector<Sample> means;

  ExamSchools() {
    for (const auto& [school, own] : test::exam_by_school()) {
      const auto hits = std::count_if(own.begin(), own.end(), [](double v) { return v > 0.5; });
      shares.push_back({hits, static_cast<std::int64_t>(own.size())});
      if (own.size() >= 10) means.push_back(test::sample_of(own));
    }
  }
};

void expect_places(const std::string& name, const std::vector<RankRange>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string key = name + "." + std::to_string(i + 1);
    EXPECT_EQ(static_cast<double>(places[i].first), golden(key + ".first")) << key;
    EXPECT_EQ(static_cast<double>(places[i].last), golden(key + ".last")) << key;
  }
}

TEST(RankRanges, ByIntervalsAsInR) {
  const ExamSchools exam;
  const auto shares = joint_intervals(exam.shares, 0.95), means = joint_intervals(exam.means, 0.95);
  EXPECT_TRUE(near(shares[0].lo, golden("share.lo1")));
  EXPECT_TRUE(near(shares[0].hi, golden("share.hi1")));
  EXPECT_TRUE(near(means[0].lo, golden("mean.lo1")));
  EXPECT_TRUE(near(means[0].hi, golden("mean.hi1")));
  expect_places("share.intervals", ranks_by_intervals(shares));
  expect_places("mean.intervals", ranks_by_intervals(means));
}

TEST(RankRanges, ByPairsAsInR) {
  const ExamSchools exam;
  ASSERT_EQ(exam.shares.size(), 65U);
  ASSERT_EQ(exam.means.size(), 63U);
  expect_places("share.pairs", ranks_by_pairs(exam.shares, 0.95));
  expect_places("mean.pairs", ranks_by_pairs(exam.means, 0.95));
}

/// The definition, value by value.
std::vector<RankRange> counted_out(const std::vector<ValueInterval>& intervals) {
  const auto n = static_cast<std::int64_t>(intervals.size());
  std::vector<RankRange> out;
  for (const ValueInterval& own : intervals) {
    RankRange place{1, n};
    for (const ValueInterval& other : intervals) {
      place.first += other.lo > own.hi ? 1 : 0;
      place.last -= other.hi < own.lo ? 1 : 0;
    }
    out.push_back(place);
  }
  return out;
}

TEST(RankRanges, SortedLimitsCountTheSameAsEveryPair) {
  RandomStream random(11, 0);
  for (int round = 0; round < 200; ++round) {
    std::vector<ValueInterval> intervals;
    const std::uint64_t n = 1 + random.below(40);
    for (std::uint64_t i = 0; i < n; ++i) {
      // Whole limits, so that many touch: touching intervals tell nothing.
      const auto lo = static_cast<double>(random.below(30));
      intervals.push_back({lo, lo + static_cast<double>(random.below(8))});
    }
    EXPECT_EQ(ranks_by_intervals(intervals), counted_out(intervals));
  }
}

TEST(RankRanges, EqualValuesMayHaveAnyPlace) {
  const std::vector<CountedShare> shares(7, {12, 30});
  const std::vector<Sample> means(7, {30, 3.5, 0.8});
  const std::vector<RankRange> any(7, {1, 7});
  EXPECT_EQ(ranks_by_intervals(joint_intervals(shares, 0.95)), any);
  EXPECT_EQ(ranks_by_intervals(joint_intervals(means, 0.95)), any);
  EXPECT_EQ(ranks_by_pairs(shares, 0.95), any);
  EXPECT_EQ(ranks_by_pairs(means, 0.95), any);
}

TEST(RankRanges, ValuesFarApartHaveTheirPlace) {
  const std::vector<CountedShare> shares = {{500, 1000}, {10, 1000}, {990, 1000}, {250, 1000}};
  const std::vector<Sample> means = {{100, 50, 1}, {100, 10, 1}, {100, 99, 1}, {100, 25, 1}};
  const std::vector<RankRange> places = {{2, 2}, {4, 4}, {1, 1}, {3, 3}};
  EXPECT_EQ(ranks_by_intervals(joint_intervals(shares, 0.95)), places);
  EXPECT_EQ(ranks_by_intervals(joint_intervals(means, 0.95)), places);
  EXPECT_EQ(ranks_by_pairs(shares, 0.95), places);
  EXPECT_EQ(ranks_by_pairs(means, 0.95), places);
}

TEST(RankRanges, OneValueIsFirstAndLastAndNoneHasNoPlace) {
  const std::vector<RankRange> only = {{1, 1}};
  EXPECT_EQ(ranks_by_pairs(std::vector<CountedShare>{{3, 10}}, 0.95), only);
  EXPECT_EQ(ranks_by_pairs(std::vector<Sample>{{10, 3, 1}}, 0.95), only);
  EXPECT_EQ(ranks_by_intervals(joint_intervals(std::vector<CountedShare>{{3, 10}}, 0.95)), only);
  EXPECT_TRUE(ranks_by_pairs(std::vector<CountedShare>{}, 0.95).empty());
  EXPECT_TRUE(ranks_by_intervals({}).empty());
}

TEST(RankRanges, TwoSharesAreToldApartAtFishersP) {
  // One-sided p of 9 of 10 against 1 of 10 by hand: (10·10 + 1)/C(20, 10) = 101/184756. Holm's first step asks for
  // half of 1 − level.
  const double p = 101.0 / 184756;
  const std::vector<CountedShare> shares = {{9, 10}, {1, 10}};
  const std::vector<RankRange> apart = {{1, 1}, {2, 2}}, together = {{1, 2}, {1, 2}};
  EXPECT_EQ(ranks_by_pairs(shares, 1 - 2 * p * 1.001), apart);
  EXPECT_EQ(ranks_by_pairs(shares, 1 - 2 * p * 0.999), together);
}

TEST(RankRanges, SharesOfNoneAndOfAllKeepTheirOuterLimit) {
  // Clopper and Pearson by hand: all of n hit, lo = tail^(1/n).
  const auto intervals = joint_intervals(std::vector<CountedShare>{{10, 10}, {0, 10}}, 0.95);
  const double tail = (1 - std::sqrt(0.95)) / 2;
  EXPECT_TRUE(near(intervals[0].lo, std::pow(tail, 0.1)));
  EXPECT_EQ(intervals[0].hi, 1);
  EXPECT_EQ(intervals[1].lo, 0);
  EXPECT_TRUE(near(intervals[1].hi, 1 - std::pow(tail, 0.1)));
}

/// True places: equal true values may have any of theirs.
std::vector<RankRange> true_places(const std::vector<double>& values) {
  std::vector<ValueInterval> points;
  for (const double v : values) points.push_back({v, v});
  return ranks_by_intervals(points);
}

bool cover(const std::vector<RankRange>& places, const std::vector<RankRange>& truth) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].first > truth[i].first || places[i].last < truth[i].last) return false;
  }
  return true;
}

struct Coverage {
  int intervals = 0, pairs = 0;
};

/// Twelve schools of 15 to 125 pupils, some of them equal, so that the level is asked in full.
template <class Draw>
Coverage covered(int rounds, const Draw& draw) {
  std::vector<double> truth;
  for (int i = 0; i < 12; ++i) truth.push_back(0.3 + 0.1 * (i / 4));
  const auto places = true_places(truth);
  RandomStream random(2020, 7);
  Coverage out;
  for (int round = 0; round < rounds; ++round) {
    const auto values = draw(random, truth);
    out.intervals += cover(ranks_by_intervals(joint_intervals(values, 0.95)), places) ? 1 : 0;
    out.pairs += cover(ranks_by_pairs(values, 0.95), places) ? 1 : 0;
  }
  return out;
}

/// Of 2000 rounds at exactly 95 % fewer than 1871 happen twice in a thousand times.
constexpr int kRounds = 2000, kFewest = 1871;

TEST(RankRanges, AllPlacesOfSharesHoldTogetherAtTheLevel) {
  const Coverage c = covered(kRounds, [](RandomStream& random, const std::vector<double>& truth) {
    std::vector<CountedShare> out;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      CountedShare s{0, 15 + 10 * static_cast<std::int64_t>(i)};
      for (std::int64_t k = 0; k < s.n; ++k) s.hits += random.uniform() < truth[i] ? 1 : 0;
      out.push_back(s);
    }
    return out;
  });
  RecordProperty("intervals", c.intervals);
  RecordProperty("pairs", c.pairs);
  EXPECT_GE(c.intervals, kFewest);
  EXPECT_GE(c.pairs, kFewest);
}

TEST(RankRanges, AllPlacesOfMeansHoldTogetherAtTheLevel) {
  const Coverage c = covered(kRounds, [](RandomStream& random, const std::vector<double>& truth) {
    std::vector<Sample> out;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      std::vector<double> pupils;
      for (std::size_t k = 0; k < 15 + 10 * i; ++k) pupils.push_back(truth[i] + 0.2 * random.normal());
      out.push_back(test::sample_of(pupils));
    }
    return out;
  });
  RecordProperty("intervals", c.intervals);
  RecordProperty("pairs", c.pairs);
  EXPECT_GE(c.intervals, kFewest);
  EXPECT_GE(c.pairs, kFewest);
}

}  // namespace
}  // namespace kaskad::stats
