#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/cube/cube.hpp"
#include "engine/cube/cube_index.hpp"
#include "engine/cube/measure.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

Tally tally_of(const std::vector<int>& values) {
  Tally tally;
  for (const int value : values) tally.add(value, 1);
  return tally;
}

TEST(CellKey, UnpacksToItselfAtItsLimits) {
  for (const CellKey& key : {CellKey{}, CellKey{(1U << 20) - 1, 4095, 255, 4095, 255}, CellKey{875, 2024, 3, 17, 9}}) {
    EXPECT_EQ(CellKey::unpack(key.packed()), key);
  }
}

TEST(CellKey, IsOrderedBySchoolYearProcedureSubjectGrade) {
  const CellKey key{5, 2020, 3, 7, 9};
  const std::vector<CellKey> rising = {
      {5, 2020, 3, 7, 10}, {5, 2020, 3, 8, 0}, {5, 2020, 4, 0, 0}, {5, 2021, 0, 0, 0}, {6, 0, 0, 0, 0}};
  EXPECT_TRUE(key < rising.front());
  EXPECT_TRUE(std::is_sorted(rising.begin(), rising.end()));
}

// Hyndman & Fan 1996, type 7; R: quantile(c(15, 20, 35, 40, 50), p).
TEST(Quantile, IsTypeSeven) {
  const Tally five = tally_of({40, 15, 50, 20, 35});
  EXPECT_DOUBLE_EQ(quantile(five, 0).value, 15);
  EXPECT_DOUBLE_EQ(quantile(five, 0.05).value, 16);
  EXPECT_DOUBLE_EQ(quantile(five, 0.30).value, 23);
  EXPECT_DOUBLE_EQ(quantile(five, 0.40).value, 29);
  EXPECT_DOUBLE_EQ(quantile(five, 0.50).value, 35);
  EXPECT_DOUBLE_EQ(quantile(five, 1).value, 50);
  EXPECT_DOUBLE_EQ(quantile(tally_of({3, 4}), 0.5).value, 3.5);
  EXPECT_DOUBLE_EQ(quantile(tally_of({3, 3, 3, 9}), 0.75).value, 4.5);
  EXPECT_DOUBLE_EQ(quantile(tally_of({7}), 0.1).value, 7);
}

TEST(Quantile, OfManyEqualValuesIsThatValue) {
  Tally tally;
  tally.add(2, 1'000'000);
  tally.add(5, 1'000'000);
  EXPECT_DOUBLE_EQ(quantile(tally, 0.25).value, 2);
  EXPECT_DOUBLE_EQ(quantile(tally, 0.5).value, 3.5);
  EXPECT_DOUBLE_EQ(quantile(tally, 0.75).value, 5);
}

// 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and Σ(x − 5)² = 32.
TEST(Moments, OfAHandExample) {
  const Moments m = moments(tally_of({2, 4, 4, 4, 5, 5, 7, 9}));
  EXPECT_EQ(m.n, 8);
  EXPECT_EQ(m.mean, 5);
  EXPECT_EQ(m.squares, 32);
  EXPECT_DOUBLE_EQ(sd(tally_of({2, 4, 4, 4, 5, 5, 7, 9})).value, std::sqrt(32.0 / 7));
}

TEST(Moments, StayExactWhereDoublesOfSquaresWouldNot) {
  // A billion pupils with 1000 and one with 1001: Σ(x − mean)² = n/(n + 1) < 1, lost in Σx² − (Σx)²/n of doubles.
  Tally tally;
  tally.add(1000, 1'000'000'000);
  tally.add(1001, 1);
  EXPECT_DOUBLE_EQ(moments(tally).squares, 1e9 / (1e9 + 1));
}

TEST(Moments, EqualTheDefinitionOnRandomTallies) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    RandomStream random(seed, 1);
    std::vector<int> values;
    const std::uint64_t n = 2 + random.below(200);
    for (std::uint64_t i = 0; i < n; ++i) values.push_back(static_cast<int>(random.below(101)));
    const Tally tally = tally_of(values);
    const Moments m = moments(tally);
    double sum = 0, squares = 0;
    for (const int v : values) sum += v;
    const double average = sum / static_cast<double>(values.size());
    for (const int v : values) squares += (v - average) * (v - average);
    ASSERT_DOUBLE_EQ(m.mean, average);
    ASSERT_NEAR(m.squares, squares, 1e-9 * (1 + squares));
    const Moments same = moments(tally, [](int v) { return static_cast<double>(v); });
    ASSERT_NEAR(same.mean, m.mean, 1e-13 * (1 + std::abs(m.mean)));
    ASSERT_NEAR(same.squares, m.squares, 1e-9 * (1 + m.squares));
  }
}

TEST(Moments, OfAFunctionCallItOnceForEachValue) {
  int calls = 0;
  Tally tally;
  tally.add(2, 10);
  tally.add(5, 10);
  const Moments m = moments(tally, [&](int v) { return ++calls, v == 5 ? 100.0 : 16.0; });
  EXPECT_EQ(calls, 2);
  EXPECT_DOUBLE_EQ(m.mean, 58);
}

TEST(Aggregate, PoolsWithinAndBetween) {
  // (1, 2, 3) and (5, 7): together mean 3.6, Σ(x − 3.6)² = 23.2.
  Aggregate a = Aggregate::of(3, 2, 1);
  a.add(Aggregate::of(2, 6, std::sqrt(2.0)));
  EXPECT_EQ(a.n, 5);
  EXPECT_DOUBLE_EQ(a.mean(), 3.6);
  EXPECT_NEAR(a.squares, 23.2, 1e-12);
}

TEST(Moments, PoolCountsWithSummaries) {
  Tally tally = tally_of({1, 2, 3});
  tally.add(Aggregate::of(2, 6, std::sqrt(2.0)));
  const Moments m = moments(tally);
  EXPECT_EQ(m.n, 5);
  EXPECT_DOUBLE_EQ(m.mean, 3.6);
  EXPECT_NEAR(m.squares, 23.2, 1e-12);
  EXPECT_EQ(m.reason, Undefined::none);
}

TEST(Measures, SayWhyThereIsNoAnswer) {
  const Tally nothing;
  EXPECT_EQ(mean(nothing).reason, Undefined::no_data);
  EXPECT_EQ(quantile(nothing, 0.5).reason, Undefined::no_data);
  EXPECT_EQ(share_below(nothing, 3).reason, Undefined::no_data);
  EXPECT_EQ(sd(tally_of({4})).reason, Undefined::too_few);

  Tally summary = tally_of({3, 4});
  summary.add(Aggregate::of(10, 3.5, kNaN));
  EXPECT_EQ(mean(summary).reason, Undefined::none);
  EXPECT_EQ(sd(summary).reason, Undefined::no_distribution);
  EXPECT_EQ(quantile(summary, 0.5).reason, Undefined::no_distribution);
  EXPECT_EQ(share_at_least(summary, 4).reason, Undefined::no_distribution);
  EXPECT_EQ(share_at_least(summary, 4).n, 12);
  EXPECT_EQ(moments(summary, [](int v) { return 1.0 * v; }).reason, Undefined::no_distribution);

  Tally only_n;
  only_n.add(Aggregate::of(10, kNaN, kNaN));
  EXPECT_EQ(only_n.n(), 10);
  EXPECT_EQ(mean(only_n).reason, Undefined::no_distribution);
}

TEST(Share, CountsOnBothSidesOfAThreshold) {
  const Tally marks = tally_of({2, 2, 3, 4, 5});
  EXPECT_EQ(share_below(marks, 3).hits, 2);
  EXPECT_EQ(share_at_least(marks, 4).hits, 2);
  EXPECT_EQ(share(marks, [](int v) { return v == 3; }).hits, 1);
  EXPECT_EQ(share_below(marks, 3).n, 5);
}

struct CountedRow {
  CellKey key;
  Outcome outcome;
  int value;
};

std::vector<CountedRow> random_rows(std::uint64_t seed, int n) {
  RandomStream random(seed, 2);
  std::vector<CountedRow> rows;
  for (int i = 0; i < n; ++i) {
    const CellKey key{static_cast<SchoolId>(random.below(30)), static_cast<std::int16_t>(2020 + random.below(3)),
                      static_cast<ProcedureId>(random.below(2)), static_cast<SubjectId>(random.below(4)), 9};
    rows.push_back({key, static_cast<Outcome>(random.below(kOutcomes)), static_cast<int>(random.below(120)) - 3});
  }
  return rows;
}

void count(const CountedRow& row, CubeBuilder& builder, std::int64_t times = 1) {
  builder.count(builder.cell(row.key), row.outcome, row.value, times);
}

TEST(Cube, CountsAsAMapWould) {
  const std::vector<CountedRow> rows = random_rows(1, 20000);
  CubeBuilder builder;
  std::map<std::uint64_t, std::map<std::pair<Outcome, int>, std::uint32_t>> expected;
  for (const CountedRow& row : rows) {
    count(row, builder);
    ++expected[row.key.packed()][{row.outcome, row.value}];
  }
  const Cube cube = std::move(builder).build();
  ASSERT_EQ(cube.size(), expected.size());
  std::size_t i = 0;
  for (const auto& [packed, counts] : expected) {
    const Cube::Cell cell = cube.cell(i);
    ASSERT_EQ(cell.key.packed(), packed);
    ASSERT_EQ(cube.find(cell.key), i++);
    std::map<std::pair<Outcome, int>, std::uint32_t> found;
    for (int k = 0; k < kOutcomes; ++k) {
      const auto outcome = static_cast<Outcome>(k);
      const Distribution d = cell.distribution(outcome);
      const bool trimmed = d.counts.empty() || (d.counts.front() > 0 && d.counts.back() > 0);
      EXPECT_TRUE(trimmed);
      for (std::size_t j = 0; j < d.counts.size(); ++j) {
        if (d.counts[j] > 0) found[{outcome, d.lo + static_cast<int>(j)}] = d.counts[j];
      }
    }
    ASSERT_EQ(found, counts);
  }
}

TEST(Cube, IsTheSameForAnyPartitionAndOrderOfMerging) {
  const std::vector<CountedRow> rows = random_rows(2, 5000);
  CubeBuilder whole;
  for (const CountedRow& row : rows) count(row, whole);
  const std::vector<Aggregate> summaries = {Aggregate::of(3, 0.1, 0.3), Aggregate::of(7, 0.7, 0.2),
                                            Aggregate::of(11, 12.3, 4.5)};
  for (const Aggregate& a : summaries) whole.add(whole.cell(rows[0].key), Outcome::test, a);
  const Cube expected = std::move(whole).build();
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    RandomStream random(seed, 3);
    std::vector<CubeBuilder> parts(1 + random.below(6));
    for (const CountedRow& row : rows) count(row, parts[random.below(parts.size())]);
    for (const Aggregate& a : summaries) {
      CubeBuilder& part = parts[random.below(parts.size())];
      part.add(part.cell(rows[0].key), Outcome::test, a);
    }
    CubeBuilder merged;
    while (!parts.empty()) {
      const auto taken = parts.begin() + static_cast<std::ptrdiff_t>(random.below(parts.size()));
      merged.add(std::move(*taken));
      parts.erase(taken);
    }
    EXPECT_TRUE(std::move(merged).build() == expected) << seed;
  }
}

TEST(Cube, TakesRowsBackEvenBeforeTheyAreAdded) {
  const std::vector<CountedRow> rows = random_rows(3, 3000);
  CubeBuilder kept, corrected, correction;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i % 3 != 0) count(rows[i], kept);
    count(rows[i], corrected);
    if (i % 3 == 0) count(rows[i], correction, -1);
  }
  correction.add(std::move(corrected));
  EXPECT_TRUE(std::move(correction).build() == std::move(kept).build());
}

/// How often each value of a cell's marks was counted.
std::map<int, std::int64_t> counts_of(const Cube& cube, const CellKey& key) {
  std::map<int, std::int64_t> out;
  const Distribution d = cube.cell(cube.find(key)).distribution(Outcome::mark);
  for (std::size_t i = 0; i < d.counts.size(); ++i) {
    if (d.counts[i] > 0) out[d.lo + static_cast<int>(i)] = d.counts[i];
  }
  return out;
}

TEST(CubeCounts, GoPastAByteOneByOne) {
  const CellKey key{1, 2020, 0, 0, 9};
  for (const int n : {126, 127, 128, 129, 255, 256, 257, 32768, 65536, 70000}) {
    CubeBuilder builder;
    for (int i = 0; i < n; ++i) {
      builder.count(builder.cell(key), Outcome::mark, 5);
      if (i < 3) builder.count(builder.cell(key), Outcome::mark, 2);
    }
    builder.count(builder.cell(key), Outcome::mark, 90);  // makes the window wider once its counts are
    const std::map<int, std::int64_t> expected = {{2, 3}, {5, n}, {90, 1}};
    EXPECT_EQ(counts_of(std::move(builder).build(), key), expected) << n;
  }
}

TEST(CubeCounts, GoPastAByteWhereTwoBuildersAreAdded) {
  const CellKey key{1, 2020, 0, 0, 9};
  CubeBuilder one, other, large;
  one.count(one.cell(key), Outcome::mark, 4, 100);
  other.count(other.cell(key), Outcome::mark, 4, 100);
  other.count(other.cell(key), Outcome::mark, -2, 7);
  large.count(large.cell(key), Outcome::mark, 4, 2'000'000'000);
  one.add(std::move(other));
  one.add(std::move(large));
  const std::map<int, std::int64_t> expected = {{-2, 7}, {4, 2'000'000'200}};
  EXPECT_EQ(counts_of(std::move(one).build(), key), expected);
}

TEST(CubeCounts, MayBeFarBelowZeroUntilTheyAreAdded) {
  const CellKey key{1, 2020, 0, 0, 9};
  CubeBuilder taken, given;
  for (int i = 0; i < 300; ++i) taken.count(taken.cell(key), Outcome::mark, 3, -1);
  given.count(given.cell(key), Outcome::mark, 3, 301);
  taken.add(std::move(given));
  const std::map<int, std::int64_t> expected = {{3, 1}};
  EXPECT_EQ(counts_of(std::move(taken).build(), key), expected);
}

/// Steps on both sides of what a byte holds, up and down, in many cells of several builders.
TEST(CubeCounts, AreExactForStepsOfAnySize) {
  constexpr std::array<std::int64_t, 9> steps = {1, 2, 100, 127, 128, 129, 1000, 40000, 100000};
  RandomStream random(8, 1);
  std::vector<CubeBuilder> builders(3);
  std::map<std::uint64_t, std::map<int, std::int64_t>> expected;
  for (int i = 0; i < 20000; ++i) {
    const CellKey key{static_cast<SchoolId>(random.below(25)), 2020, 0, 0, 9};
    const int value = static_cast<int>(random.below(60)) - 5;
    std::int64_t& total = expected[key.packed()][value];
    std::int64_t step = steps[random.below(steps.size())];
    if (random.below(3) == 0) step = -std::min(step, total);
    total += step;
    CubeBuilder& builder = builders[random.below(builders.size())];
    builder.count(builder.cell(key), Outcome::mark, value, step);
  }
  builders[2].add(std::move(builders[0]));
  builders[2].add(std::move(builders[1]));
  const Cube cube = std::move(builders[2]).build();
  for (auto& [packed, counts] : expected) {
    std::erase_if(counts, [](const auto& entry) { return entry.second == 0; });
    if (counts.empty()) continue;
    EXPECT_EQ(counts_of(cube, CellKey::unpack(packed)), counts);
  }
}

TEST(Cube, ForgetsCellsWhoseRowsWereAllTakenBack) {
  CubeBuilder builder;
  const CountedRow row{{1, 2020, 0, 0, 0}, Outcome::mark, 5};
  count(row, builder);
  count(row, builder, -1);
  EXPECT_EQ(std::move(builder).build().size(), 0U);
}

TEST(Cube, FindsTheCellsOfASchool) {
  const std::vector<CountedRow> rows = random_rows(4, 500);
  CubeBuilder builder;
  for (const CountedRow& row : rows) count(row, builder);
  const Cube cube = std::move(builder).build();
  std::size_t seen = 0;
  for (SchoolId school = 0; school < 31; ++school) {
    const auto [from, to] = cube.range_of_school(school);
    for (std::size_t i = from; i < to; ++i) EXPECT_EQ(cube.cell(i).key.school, school);
    seen += to - from;
  }
  EXPECT_EQ(seen, cube.size());
  EXPECT_EQ(cube.find({99, 2020, 0, 0, 9}), cube.size());
}

TEST(Cube, SumsTheCellsThatAreWanted) {
  CubeBuilder builder;
  const CellKey a{1, 2020, 0, 0, 9}, b{2, 2020, 0, 0, 9}, other{3, 2021, 0, 0, 9};
  builder.count(builder.cell(a), Outcome::mark, 5, 2);
  builder.count(builder.cell(b), Outcome::mark, 2, 3);
  builder.count(builder.cell(other), Outcome::mark, 2, 100);
  builder.add(builder.cell(b), Outcome::test, Aggregate::of(4, 60, 10));
  const Cube cube = std::move(builder).build();
  const auto in_2020 = [](const CellKey& key) { return key.year == 2020; };
  const Tally marks = cube.sum(Outcome::mark, in_2020);
  EXPECT_EQ(marks.lo(), 2);
  EXPECT_THAT(marks.counts(), ElementsAre(3, 0, 0, 2));
  EXPECT_EQ(cube.sum(Outcome::test, in_2020).rest(), Aggregate::of(4, 60, 10));
  EXPECT_TRUE(cube.cell(cube.find(b)).has(Outcome::test));
  EXPECT_FALSE(cube.cell(cube.find(a)).has(Outcome::test));
}

TEST(CubeIndex, NamesEveryCellOnceUnderItsProcedureAndSubject) {
  CubeBuilder builder;
  for (const SchoolId school : {3U, 1U}) {
    for (const SubjectId subject : {SubjectId{7}, SubjectId{2}}) {
      builder.count(builder.cell({school, 2025, 1, subject, 9}), Outcome::mark, 4);
      builder.count(builder.cell({school, 2024, 1, subject, 9}), Outcome::mark, 5);
    }
  }
  builder.count(builder.cell({1, 2025, 2, 2, 4}), Outcome::mark, 3);
  const Cube cube = std::move(builder).build();
  const CubeIndex index(cube);
  EXPECT_EQ(index.subjects(1), (std::vector<SubjectId>{2, 7}));
  EXPECT_EQ(index.subjects(2), (std::vector<SubjectId>{2}));
  EXPECT_TRUE(index.subjects(3).empty());
  EXPECT_TRUE(index.cells(2, 7).empty());
  std::size_t named = 0;
  for (const ProcedureId procedure : {ProcedureId{1}, ProcedureId{2}}) {
    for (const SubjectId subject : index.subjects(procedure)) {
      const auto& places = index.cells(procedure, subject);
      EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
      for (const std::uint32_t c : places) {
        EXPECT_EQ(cube.cell(c).key.procedure, procedure);
        EXPECT_EQ(cube.cell(c).key.subject, subject);
      }
      named += places.size();
    }
  }
  EXPECT_EQ(named, cube.size());
}

TEST(PairsWithJournal, AreKeptByCellAndAddUp) {
  const CellKey first{1, 2024, 0, 0, 4}, second{2, 2024, 0, 0, 4};
  CubeBuilder one, other;
  one.count_beside_journal(one.cell(second), 30, 5, 2);
  one.count_beside_journal(one.cell(first), 0, 2);
  one.count_beside_journal(one.cell(first), 0, 6);     // no such mark in a journal
  one.count_beside_journal(one.cell(first), 5000, 3);  // no such score
  other.count_beside_journal(other.cell(first), 17, 3, 3);
  other.count_beside_journal(other.cell(first), 0, 2);
  for (const CellKey& key : {first, second}) one.count(one.cell(key), Outcome::primary, 1);
  one.add(std::move(other));
  one.count_beside_journal(one.cell(first), 17, 3, -1);  // an appeal takes it back
  one.count_beside_journal(one.cell(second), 30, 5, 500);
  const Cube cube = std::move(one).build();
  EXPECT_THAT(cube.cell(cube.find(first)).scores_beside_journal(),
              ElementsAre(ScoreBesideJournal{0, 2, 2}, ScoreBesideJournal{17, 3, 2}));
  EXPECT_THAT(cube.cell(cube.find(second)).scores_beside_journal(), ElementsAre(ScoreBesideJournal{30, 5, 502}));
}

}  // namespace
}  // namespace kaskad
