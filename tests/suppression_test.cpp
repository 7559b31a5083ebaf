// Which figures are hidden so that no figure on too few pupils can be computed from the others.
#include "indicators/suppression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "suppression_fixtures.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kLeast = 10;

std::vector<SchoolId> all(std::size_t schools) {
  std::vector<SchoolId> out(schools);
  std::iota(out.begin(), out.end(), 0U);
  return out;
}

std::vector<std::string> hidden(const std::vector<std::int64_t>& counts, const SchoolSets& sets, bool more = true) {
  return hidden_places(suppress(table_of_counts(counts), sets, kLeast, more), sets);
}

TEST(Suppression, HidesNothingWhereAllAreLarge) { EXPECT_THAT(hidden({30, 20, 10}, {{all(3)}, {}}), IsEmpty()); }

TEST(Suppression, HidesTheNextSmallestSchoolBesideALoneSmallOne) {  // else 4 = total − 30 − 20
  EXPECT_THAT(hidden({4, 30, 20}, {{all(3)}, {}}), ElementsAre("s0", "s2+"));
  EXPECT_THAT(hidden({4, 30, 20}, {{all(3)}, {}}, false), ElementsAre("s0"));
}

TEST(Suppression, TakesTheFirstOfTwoSchoolsOfTheSameSize) {
  EXPECT_THAT(hidden({20, 4, 20, 20}, {{all(4)}, {}}), ElementsAre("s0+", "s1"));
}

TEST(Suppression, LetsTwoSmallSchoolsProtectEachOtherWhenTheyReachTheMinimum) {
  EXPECT_THAT(hidden({6, 30, 7, 20}, {{all(4)}, {}}), ElementsAre("s0", "s2"));
  EXPECT_THAT(hidden({3, 30, 4, 20}, {{all(4)}, {}}), ElementsAre("s0", "s2", "s3+"));  // 3 + 4 < 10
}

TEST(Suppression, ASchoolWithoutPupilsProtectsNobody) {
  EXPECT_THAT(hidden({4, 30, 0, 20}, {{all(4)}, {}}), ElementsAre("s0", "s3+"));
}

TEST(Suppression, HidesWithinTheMunicipalityOfTheSmallSchool) {
  // Sets: the region, a municipality of three, one of two. 12 of the other municipality would not help the first.
  const SchoolSets sets{{all(5), {0, 1, 2}, {3, 4}}, {{1, 2}}};
  EXPECT_THAT(hidden({5, 40, 30, 12, 50}, sets), ElementsAre("s0", "s2+"));
}

TEST(Suppression, AMunicipalityOfOneSmallSchoolIsHiddenAndAnotherWithIt) {
  // Set 1 is school 0 alone: 6 pupils. Region − set 2 − set 3 = 6, so another municipality is hidden: the smaller, and
  // one of its schools, else its sum would follow from them.
  const SchoolSets sets{{all(5), {0}, {1, 2}, {3, 4}}, {{1, 2, 3}}};
  EXPECT_THAT(hidden({6, 40, 30, 20, 15}, sets), ElementsAre("a1", "a3+", "s0", "s4+"));
}

TEST(Suppression, PrefersToHideAMunicipalityThatHidesSchoolsAlready) {
  // Set 3 is the smallest, but set 2 has two hidden schools: its sum protects set 1 at no further cost.
  const SchoolSets sets{{all(7), {0}, {1, 2, 3}, {4, 5, 6}}, {{1, 2, 3}}};
  EXPECT_THAT(hidden({6, 7, 8, 90, 20, 15, 16}, sets), ElementsAre("a1", "a2+", "s0", "s1", "s2"));
}

TEST(Suppression, AHiddenSchoolAloneInFocusTakesAnotherOfFocusWithIt) {
  // Focus is {0, 1, 2}; schools 3 and 4 are hidden outside of it, so that only focus needs another one.
  const SchoolSets sets{{all(6), {0, 1, 2}}, {{1}}};
  EXPECT_THAT(hidden({4, 40, 20, 5, 6, 15}, sets), ElementsAre("s0", "s2+", "s3", "s4"));
}

TEST(Suppression, AHiddenSchoolAloneOutsideOfFocusTakesAnotherOneOutside) {  // else it is region − focus − printed
  const SchoolSets sets{{all(6), {0, 1, 2}}, {{1}}};
  EXPECT_THAT(hidden({4, 6, 20, 5, 60, 15}, sets), ElementsAre("s0", "s1", "s3", "s5+"));
}

TEST(Suppression, CrossingGroupsShareTheSchoolThatProtectsBoth) {
  // School 0 is of municipality {0, 1, 2} and of focus {0, 2, 4}. School 2 of 30 stands in both, school 1 of 12 only in
  // the municipality: one school instead of two. Outside of either nobody is hidden.
  const SchoolSets sets{{all(6), {0, 2, 4}, {0, 1, 2}, {3, 4, 5}}, {{2, 3}, {1}}};
  EXPECT_THAT(hidden({4, 12, 30, 40, 14, 50}, sets), ElementsAre("s0", "s2+"));
}

TEST(Suppression, SumsOverOddRingsOfSetsTellNobody) {
  // Three sets that cross in pairs: x + y, y + z, x + z give each of x, y, z by linear algebra, although each sum alone
  // is safe. Schools 0, 1, 2 have 6 each; 3, 4, 5 stand with them in each set.
  const SchoolSets sets{{all(6), {0, 1, 3}, {1, 2, 4}, {0, 2, 5}}, {}};
  const PublishedTable table = table_of_counts({6, 6, 6, 30, 40, 50});
  EXPECT_THAT(disclosed(table, sets, suppress(table, sets, kLeast, false), kLeast), testing::Not(IsEmpty()));
  EXPECT_THAT(disclosed(table, sets, suppress(table, sets, kLeast), kLeast), IsEmpty());
}

TEST(Suppression, AYearIsNotTheWaveLessAnotherYear) {
  // One wave of two years. School 0: 4 and 20, the wave 24. With 24 and 20 printed the 4 would be known.
  PublishedTable table = table_of_counts({});
  table.schools = 3, table.years = 2, table.year_sums = {{0, 1}};
  table.counts = {4, 20, 6, 30, 40, 50};
  const SchoolSets sets{{all(3)}, {}};
  const SuppressedTable out = suppress(table, sets, kLeast);
  EXPECT_THAT(hidden_places(out, sets, 0, 0), ElementsAre("s0", "s1"));
  EXPECT_THAT(hidden_places(out, sets, 0, 1), ElementsAre("s0+", "s1+"));
  EXPECT_THAT(hidden_places(out, sets, 0, 2), IsEmpty());
}

TEST(Suppression, ASubjectIsNotAllSubjectsLessTheOthers) {
  PublishedTable table = table_of_counts({});
  table.schools = 3, table.subjects = 3, table.subject_sums = {{0, 1, 2}};
  table.counts = {4, 20, 30, /**/ 7, 30, 40, /**/ 90, 50, 60};
  const SchoolSets sets{{all(3)}, {}};
  const SuppressedTable out = suppress(table, sets, kLeast);
  EXPECT_THAT(hidden_places(out, sets, 0), ElementsAre("s0", "s1"));
  EXPECT_THAT(hidden_places(out, sets, 1), ElementsAre("s0+", "s1+"));
  EXPECT_THAT(hidden_places(out, sets, 3), IsEmpty());
}

TEST(Suppression, AllSubjectsOfASchoolAreNotTheTotalLessThoseOfTheOtherSchools) {
  // School 0: 6 works in each of two subjects, perhaps by the same six pupils. Its neighbours 30 and 20 in either.
  PublishedTable table = table_of_counts({});
  table.schools = 4, table.subjects = 2, table.subject_sums = {{0, 1}};
  table.counts = {6, 6, /**/ 30, 30, /**/ 20, 20, /**/ 90, 90};
  const SchoolSets sets{{all(4)}, {}};
  const SuppressedTable alone = suppress(table, sets, kLeast, false);
  EXPECT_THAT(hidden_places(alone, sets, 2), ElementsAre("s0"));
  EXPECT_THAT(disclosed(table, sets, alone, kLeast), testing::Contains("2/0/1")) << "12 works = all − the others";
  const SuppressedTable out = suppress(table, sets, kLeast);
  EXPECT_THAT(hidden_places(out, sets, 2), ElementsAre("s0", "s2+"));
  EXPECT_THAT(disclosed(table, sets, out, kLeast), IsEmpty());
}

TEST(Suppression, WorksOfTheSamePupilsDoNotMakeASumSafe) {
  // Two schools of four pupils with four works in three subjects: 24 works, but eight pupils.
  PublishedTable table = table_of_counts({});
  table.schools = 4, table.subjects = 3, table.subject_sums = {{0, 1, 2}};
  table.counts = {4, 4, 4, /**/ 4, 4, 4, /**/ 20, 20, 20, /**/ 90, 90, 90};
  const SchoolSets sets{{all(4)}, {}};
  EXPECT_THAT(hidden_places(suppress(table, sets, kLeast), sets, 3), ElementsAre("s0", "s1", "s2+"));
}

TEST(Suppression, AnEmptyTableAndARegionOfOneSchoolAreNoTrouble) {
  EXPECT_THAT(hidden({}, {{{}}, {}}), IsEmpty());
  EXPECT_THAT(hidden({4}, {{all(1)}, {}}), ElementsAre("a0", "s0"));
  EXPECT_THAT(hidden({40}, {{all(1)}, {}}), IsEmpty());
}

/// One subject and year in one region; bit 1: nobody has the attribute, bit 2: all have it.
std::vector<std::string> hidden_with_ends(const std::vector<std::int64_t>& counts, const std::vector<Ends>& ends,
                                          Ends news = 3) {
  PublishedTable table = table_of_counts(counts);
  table.ends = ends, table.news = {news};
  const SchoolSets sets{{all(counts.size())}, {}};
  return hidden_places(suppress(table, sets, kLeast), sets);
}

TEST(Suppression, ASumAtAnEndTellsItsHiddenPartsAndIsHidden) {  // of 81 all passed, so the 4 and the 7 did
  EXPECT_THAT(hidden_with_ends({4, 30, 7, 40}, {2, 2, 2, 2}), ElementsAre("a0+", "s0", "s2"));
  EXPECT_THAT(hidden_with_ends({4, 30, 7, 40}, {1, 1, 1, 1}), ElementsAre("a0+", "s0", "s2"));
  EXPECT_THAT(hidden_with_ends({40, 30, 70, 40}, {2, 2, 2, 2}), IsEmpty()) << "nothing is hidden in it";
}

TEST(Suppression, HiddenPartsAtTheSameEndAreToldByWhatThePrintedLeave) {
  // All who failed are in the school of 40, so that one is hidden with them; the one of 30, where all passed, is no
  // help.
  EXPECT_THAT(hidden_with_ends({4, 30, 7, 40}, {2, 2, 2, 0}), ElementsAre("s0", "s2", "s3+"));
  EXPECT_THAT(hidden_with_ends({4, 30, 7, 40}, {2, 2, 1, 0}), ElementsAre("s0", "s2")) << "not the same end";
  EXPECT_THAT(hidden_with_ends({4, 30, 7, 40}, {2, 0, 0, 0}), ElementsAre("s0", "s2"));
}

TEST(Suppression, AnEndThatMostStandAtTellsNothing) {
  EXPECT_THAT(hidden_with_ends({4, 30, 7, 40}, {2, 2, 2, 2}, 1), ElementsAre("s0", "s2"));
}

TEST(Suppression, AllSubjectsAtAnEndTellTheHiddenOnes) {  // two subjects of six pupils, all of whom passed
  PublishedTable table = table_of_counts({});
  table.schools = 1, table.subjects = 3, table.subject_sums = {{0, 1, 2}};
  table.counts = {6, 6, 40};
  table.ends = {2, 2, 2}, table.news = {2, 2, 2};
  const SchoolSets sets{{{0}}, {}};
  EXPECT_THAT(hidden_places(suppress(table, sets, kLeast), sets, 3), ElementsAre("a0+", "s0+"));
  table.ends = {2, 2, 0};
  const SuppressedTable mended = suppress(table, sets, kLeast);
  EXPECT_THAT(hidden_places(mended, sets, 2), ElementsAre("a0+", "s0+"));
  EXPECT_THAT(hidden_places(mended, sets, 3), IsEmpty());
}

/// A random region: schools in municipalities, some in groups, many small.
struct RandomRegion {
  PublishedTable table;
  SchoolSets sets;
};

RandomRegion random_region(std::mt19937_64& random, std::size_t subjects, std::size_t years) {
  const auto up_to = [&](std::size_t n) { return static_cast<std::size_t>(random() % (n + 1)); };
  RandomRegion out;
  out.table.schools = 3 + up_to(7);
  out.table.subjects = subjects;
  out.table.years = years;
  if (subjects > 1) out.table.subject_sums = {{}}, out.table.subject_sums[0].resize(subjects);
  if (years > 1) out.table.year_sums = {{0, 1}};
  for (auto& sum : out.table.subject_sums) std::iota(sum.begin(), sum.end(), 0U);
  for (std::size_t i = 0; i < out.table.schools * subjects * years; ++i)
    out.table.counts.push_back(static_cast<std::int64_t>(random() % 3 == 0 ? up_to(12) : up_to(60)));
  out.sets.members = {all(out.table.schools)};
  const std::size_t municipalities = 1 + up_to(3);
  out.sets.members.resize(1 + municipalities + 2);
  out.sets.families = {{}, {municipalities + 1, municipalities + 2}};
  for (std::size_t m = 1; m <= municipalities; ++m) out.sets.families[0].push_back(m);
  for (SchoolId s = 0; s < out.table.schools; ++s) {
    out.sets.members[1 + up_to(municipalities - 1)].push_back(s);
    const std::size_t group = up_to(2);
    if (group < 2) out.sets.members[municipalities + 1 + group].push_back(s);
  }
  return out;
}

/// Of `rounds` random regions, how many disclose a count; and how many would without complementary cells.
std::pair<int, int> audit(std::size_t subjects, std::size_t years, int rounds, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  int with = 0, without = 0;
  for (int i = 0; i < rounds; ++i) {
    const RandomRegion r = random_region(random, subjects, years);
    with += !disclosed(r.table, r.sets, suppress(r.table, r.sets, kLeast), kLeast).empty();
    without += !disclosed(r.table, r.sets, suppress(r.table, r.sets, kLeast, false), kLeast).empty();
  }
  return {with, without};
}

/// Of `rounds` random regions where few have an attribute, or few have it not, how many tell where hidden ones stand;
/// and how many would if the ends of the scale were not looked at.
std::pair<int, int> audit_ends(std::size_t subjects, std::size_t years, int rounds, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  int with = 0, without = 0;
  for (int i = 0; i < rounds; ++i) {
    RandomRegion r = random_region(random, subjects, years);
    std::vector<std::int64_t> hits;
    const bool few = random() % 2 == 0;
    for (const std::int64_t n : r.table.counts) {
      const auto some = static_cast<std::int64_t>(random() % 3 == 0 ? random() % static_cast<std::uint64_t>(n + 1) : 0);
      hits.push_back(few ? some : n - some);
    }
    without += !told_by_ends(r.table, r.sets, suppress(r.table, r.sets, kLeast), hits).empty();
    for (std::size_t c = 0; c < hits.size(); ++c)
      r.table.ends.push_back((hits[c] == 0 ? 1U : 0U) | (hits[c] == r.table.counts[c] ? 2U : 0U));
    r.table.news.assign(subjects, 3);
    const SuppressedTable decided = suppress(r.table, r.sets, kLeast);
    with +=
        !told_by_ends(r.table, r.sets, decided, hits).empty() || !disclosed(r.table, r.sets, decided, kLeast).empty();
  }
  return {with, without};
}

TEST(SuppressionAudit, NoSumAtAnEndTellsWhereHiddenPartsStand) {
  const auto [with, without] = audit_ends(1, 1, 1000, 5);
  EXPECT_EQ(with, 0);
  EXPECT_GT(without, 200);
}

TEST(SuppressionAudit, NorInSumsOfSubjectsAndYears) {
  const auto [with, without] = audit_ends(3, 1, 200, 6);
  EXPECT_EQ(with, 0);
  EXPECT_GT(without, 50);
  const auto [with_years, without_years] = audit_ends(1, 3, 200, 7);
  EXPECT_EQ(with_years, 0);
  EXPECT_GT(without_years, 50);
}

TEST(SuppressionAudit, NoCountOfRandomRegionsFollowsFromOneYear) {
  const auto [with, without] = audit(1, 1, 3000, 1);
  EXPECT_EQ(with, 0);
  EXPECT_GT(without, 1000);
}

TEST(SuppressionAudit, NorFromYearsWithAWave) {
  const auto [with, without] = audit(1, 3, 500, 2);
  EXPECT_EQ(with, 0);
  EXPECT_GT(without, 400);
}

TEST(SuppressionAudit, NorFromSubjectsWithTheirSum) {
  const auto [with, without] = audit(3, 1, 500, 3);
  EXPECT_EQ(with, 0);
  EXPECT_GT(without, 400);
}

TEST(SuppressionAudit, NorFromSubjectsAndYearsTogether) {
  const auto [with, without] = audit(2, 3, 200, 4);
  EXPECT_EQ(with, 0);
  EXPECT_GT(without, 150);
}

}  // namespace
}  // namespace kaskad
