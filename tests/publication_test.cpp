// What a project prints: the decisions as figures, changes, pooled years, tasks and marks against the journal show
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indicators/comparison.hpp"
#include "indicators/figures.hpp"
#include "indicators/publication_parts.hpp"

namespace kaskad {
namespace {

constexpr int kFirst = 2024, kLast = 2025;
constexpr std::size_t kYears = 2;

/// Pupils of each school: in Russian in the two years, in mathematics in the two years.
using Pupils = std::vector<std::array<int, 4>>;

Dataset dataset_of(const Pupils& pupils, const std::vector<std::string>& municipalities) {
  Dataset data;
  data.vocabulary.procedures.push_back({"VPR", {{"en", "VPR"}}, {{"en", "VPR"}}, {}, 2, 5, {}});
  data.vocabulary.subjects = {{"RU", {{"en", "Russian"}}, {}}, {"MA", {{"en", "Mathematics"}}, {}}};
  data.vocabulary.years = {kFirst, kLast};
  data.registry.municipalities = {"A", "B"};
  CubeBuilder builder;
  for (SchoolId s = 0; s < pupils.size(); ++s) {
    data.registry.schools.push_back({"s" + std::to_string(s), "", municipalities[s], "", {}, {}});
    for (std::size_t i = 0; i < 4; ++i) {
      const auto cell = builder.cell(
          {s, static_cast<std::int16_t>(kFirst + i % 2), 0, static_cast<SubjectId>(i / 2), std::uint8_t{6}});
      for (int pupil = 0; pupil < pupils[s][i]; ++pupil) builder.count(cell, Outcome::mark, 3 + pupil % 3, 1);
    }
  }
  data.cube = std::move(builder).build();
  return data;
}

Indicator share(const std::string& id, const std::string& formula, bool all_subjects, std::int64_t minimum_n = 0) {
  Indicator i;
  i.id = id;
  i.kind = IndicatorKind::share;
  i.outcome = Outcome::mark;
  i.formula = Formula::compile(formula).value();
  i.all_subjects = all_subjects;
  i.minimum_n = minimum_n;
  return i;
}

Figures figures_of(const Dataset& data, std::vector<Indicator> indicators, unsigned threads = 1, bool more = true) {
  return make_figures(
      data, std::move(indicators),
      {{{"entry", {kFirst}}, {"final", {kLast}, WaveRole::final}, {"both", {kFirst, kLast}}}, 10, threads, more});
}

Undefined reason(const Figures& f, std::size_t series, EntityKind kind, const std::string& id,
                 const std::string& when) {
  return f.at(series, f.frame.find_entity(kind, id).value(), f.frame.find_period(when).value()).reason;
}

Indicator spread_of_schools() {
  Indicator i = share("spread", "x", false);
  i.kind = IndicatorKind::spread;
  return i;
}

/// In municipality A school s0 has 4 pupils in Russian in the first year, s2 is the next smallest.
const Pupils kPupils = {{4, 30, 40, 40}, {30, 40, 50, 60}, {20, 45, 45, 55}, {60, 60, 60, 60}, {70, 70, 70, 70}};
const std::vector<std::string> kPlaces = {"A", "A", "A", "B", "B"};

TEST(Publication, HidesTheNeighbourBesideTheSmallSchoolAndKeepsTheTotals) {
  const Figures f = figures_of(dataset_of(kPupils, kPlaces), {share("pass", "x >= 3", false)});
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s0", "2024"), Undefined::too_few);
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s2", "2024"), Undefined::complementary);
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s1", "2024"), Undefined::none);
  EXPECT_EQ(reason(f, 0, EntityKind::municipality, "A", "2024"), Undefined::none);
  EXPECT_EQ(reason(f, 0, EntityKind::region, "region", "2024"), Undefined::none);
}

TEST(Publication, CanBeSwitchedOff) {
  const Figures f = figures_of(dataset_of(kPupils, kPlaces), {share("pass", "x >= 3", false)}, 1, false);
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s0", "2024"), Undefined::too_few);
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s2", "2024"), Undefined::none);
}

TEST(Publication, AYearDoesNotFollowFromTheWaveThatPoolsIt) {  // s0: 4 and 30; the wave of both years is 34
  const Figures f = figures_of(dataset_of(kPupils, kPlaces), {share("pass", "x >= 3", false)});
  const bool wave = reason(f, 0, EntityKind::school, "s0", "both") == Undefined::none;
  const bool other = reason(f, 0, EntityKind::school, "s0", "2025") == Undefined::none;
  EXPECT_FALSE(wave && other);
}

TEST(Publication, AllIndicatorsOfAWorkAreHiddenAlike) {
  const Figures f =
      figures_of(dataset_of(kPupils, kPlaces), {share("pass", "x >= 3", true), share("good", "x >= 4", false)});
  for (std::size_t a = 0; a < f.series.size(); ++a) {
    for (std::size_t b = 0; b < f.series.size(); ++b) {
      if (f.series[a].series.subject != f.series[b].series.subject) continue;
      for (std::size_t i = 0; i < f.series[a].estimates.size(); ++i)
        EXPECT_EQ(f.series[a].estimates[i].reason, f.series[b].estimates[i].reason) << a << " " << b << " " << i;
    }
  }
}

TEST(Publication,
     AnIndicatorsOwnMinimumHidesNobodyElse) {  // 4 … 70 pupils, least 25: s2's 20 are too few by that alone
  const Figures f = figures_of(dataset_of({{40, 40, 40, 40}, {30, 30, 30, 30}, {20, 20, 20, 20}}, {"A", "A", "A"}),
                               {share("pass", "x >= 3", false, 25)});
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s2", "2024"), Undefined::too_few);
  EXPECT_EQ(reason(f, 0, EntityKind::school, "s1", "2024"), Undefined::none);
}

TEST(Publication, AChangeIsHiddenWithEitherOfItsEnds) {
  const Figures f = figures_of(dataset_of(kPupils, kPlaces), {share("pass", "x >= 3", false)});
  const auto change = [&](const char* id) {
    return f.series[0].change[f.frame.find_entity(EntityKind::school, id).value()].reason;
  };
  EXPECT_EQ(change("s0"), Undefined::too_few);
  EXPECT_EQ(change("s2"), Undefined::complementary);
  EXPECT_EQ(change("s1"), Undefined::none);
}

TEST(Publication, OtherSetsOfSchoolsAreNotPrintedWithOneHiddenSchool) {
  const Dataset data = dataset_of(kPupils, kPlaces);
  const Figures f = figures_of(data, {share("pass", "x >= 3", false)});
  const auto of = [&](const std::vector<SchoolId>& schools) {
    return printed(f, f.series[0], data.vocabulary.years, schools, std::vector<int>{kFirst}).reason;
  };
  EXPECT_EQ(of({0, 1, 3}), Undefined::complementary);  // less s1 and s3, it would be s0
  EXPECT_EQ(of({0, 2, 3}), Undefined::none);           // s0 and s2 together are 24
  EXPECT_EQ(of({1, 3}), Undefined::none);
}

TEST(Publication, CountsWhatIsHidden) {
  const Dataset data = dataset_of(kPupils, kPlaces);
  const PublicationCounts all = count_figures(figures_of(data, {share("pass", "x >= 3", false)}));
  const PublicationCounts few = count_figures(figures_of(data, {share("pass", "x >= 3", false)}, 1, false));
  EXPECT_EQ(few.complementary, 0);
  EXPECT_EQ(all.too_few, few.too_few);
  EXPECT_EQ(few.too_few, 2);  // s0 in 2024 and in the entry wave, which is that year
  EXPECT_EQ(all.printed + all.complementary, few.printed);
}

TEST(Publication, ThreadsChangeNothing) {
  const Dataset data = dataset_of(kPupils, kPlaces);
  const std::vector<Indicator> indicators = {share("pass", "x >= 3", true), share("good", "x >= 4", true)};
  const Figures one = figures_of(data, indicators, 1), four = figures_of(data, indicators, 4);
  for (std::size_t s = 0; s < one.series.size(); ++s) {
    for (std::size_t i = 0; i < one.series[s].estimates.size(); ++i)
      EXPECT_EQ(one.series[s].estimates[i].reason, four.series[s].estimates[i].reason);
  }
}

/// Two points at most. All of municipality A have both, so that its printed completion would tell those of its schools
/// whose work is hidden; in B half have one.
TEST(Publication, ATaskThatAllOfAMunicipalitySolvedIsHiddenWhereItTellsHiddenSchools) {
  const Dataset data = dataset_of(kPupils, kPlaces);
  const Figures f = figures_of(data, {share("pass", "x >= 3", false)});
  const auto a = f.frame.find_entity(EntityKind::municipality, "A").value();
  const auto withheld_in_a = [&](int points_of_s1) {
    WorkTask task;
    task.spec.maximum = 2;
    task.sums.resize(f.frame.entities.size());
    for (std::size_t e = 0; e < task.sums.size(); ++e) {
      for (const SchoolId s : f.frame.members[e]) {
        const std::int64_t n = kPupils[s][0], points = s == 1 ? points_of_s1 : kPlaces[s] == "A" ? 2 * n : n / 2;
        task.sums[e].add({n, points, 0, 0});
      }
    }
    std::vector<TaskedWork> works = {{0, 0, 6, kFirst, {task}}};
    decide_tasks(data, f, works);
    return works[0].tasks[0].withheld[a];
  };
  EXPECT_EQ(withheld_in_a(60), Undefined::complementary);
  EXPECT_EQ(withheld_in_a(50), Undefined::none) << "s1 stands not at the end and is hidden in its place";
}

TEST(Publication, SignsAndSharesLoseTheirNumbersButNotTheirVerdict) {
  const Dataset data = dataset_of(kPupils, kPlaces);
  const Figures f = figures_of(data, {share("pass", "x >= 3", false)});
  MarkingSigns signs;
  signs.years = {kFirst, kLast};
  signs.works = {{0, 0, 6}};
  for (SchoolId s = 0; s < 3; ++s) signs.facts.push_back({s, 0, 0, SignKind::mean, SignSide::high, 0, {}, {}, {}});
  decide_signs(f, signs);
  EXPECT_EQ(signs.facts[0].withheld, Undefined::too_few);
  EXPECT_EQ(signs.facts[1].withheld, Undefined::none);
  EXPECT_EQ(signs.facts[2].withheld, Undefined::complementary);
  EXPECT_TRUE(signs.facts[2].is_sign());

  LowIdentification low;
  low.schools = 3;
  low.procedures = {{0, SubjectId{0}, 6}};
  low.years = {kFirst, kLast};
  low.shares.resize(3 * kYears);
  for (LowShare& own : low.shares) own.state = ShareState::judged;
  decide_shares(data, f, low);
  EXPECT_EQ(low.share(2, 0, 0).withheld, Undefined::complementary);
  EXPECT_EQ(low.share(2, 0, 0).state, ShareState::judged);
  EXPECT_EQ(low.share(1, 0, 0).withheld, Undefined::none);
}

/// Ten participants are the fewest: no school has them in the first year, one school in the last.
TEST(Publication, AFigureOverSchoolsTellsSmallSchoolsFromNone) {
  const Figures f = figures_of(dataset_of({{9, 12, 0, 0}, {9, 9, 0, 0}}, {"A", "B"}), {spread_of_schools()});
  ASSERT_EQ(f.series.size(), 1U);
  EXPECT_EQ(reason(f, 0, EntityKind::region, "region", "entry"), Undefined::too_few);
  EXPECT_EQ(reason(f, 0, EntityKind::region, "region", "final"), Undefined::too_few_clusters);
}

}  // namespace
}  // namespace kaskad
