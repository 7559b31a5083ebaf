// Marks against the journal, completion of tasks, deficits of skills.
#include <gtest/gtest.h>

#include <cmath>

#include "indicators/journal.hpp"
#include "indicators/tasks.hpp"

namespace kaskad {
namespace {

constexpr double kTight = 1e-12;

/// Two schools in two municipalities; one procedure, two subjects.
Dataset two_schools(CubeBuilder builder) {
  Dataset data;
  data.vocabulary.procedures.push_back({"VPR", {{"en", "VPR"}}, {{"en", "VPR"}}, {}, 2, 5, {}});
  data.vocabulary.subjects.push_back({"MA", {{"en", "Mathematics"}}, {}});
  data.vocabulary.subjects.push_back({"RU", {{"en", "Russian"}}, {}});
  data.vocabulary.years = {2024, 2025, 2026};
  data.registry.schools.push_back({"1", "", "A", "", {}, {}});
  data.registry.schools.push_back({"2", "", "B", "", {}, {}});
  data.registry.municipalities = {"A", "B"};
  data.cube = std::move(builder).build();
  return data;
}

const std::vector<Wave> kWaves = {{"entry", {2024, 2025}}, {"final", {2026}}};
constexpr CellKey key(SchoolId school, std::int16_t year, SubjectId subject = 0) {
  return {school, year, 0, subject, 6};
}

TEST(Journal, SharesOfTheFormOfFisOkoComeOut) {
  // 2817 | 40.86 | 1151 | 56.66 | 1596 | 2.48 | 70: a printed row of the federal form.
  const AgreementShares shares = shares_of({1151, 1596, 70}, 10);
  EXPECT_NEAR(shares.lowered.value, 40.86, 0.005);
  EXPECT_NEAR(shares.confirmed.value, 56.66, 0.005);
  EXPECT_NEAR(shares.raised.value, 2.48, 0.005);
  EXPECT_EQ(shares.raised.n, 2817);
  EXPECT_TRUE(shares.raised.has_interval());
  EXPECT_LT(shares.raised.lo, shares.raised.value);
}

TEST(Journal, AddsUpOverSchoolsAndTheYearsOfAWave) {
  CubeBuilder builder;
  builder.count_joint(builder.cell(key(0, 2024)), 3, 4);     // lowered
  builder.count_joint(builder.cell(key(0, 2025)), 4, 4, 2);  // confirmed
  builder.add(builder.cell(key(1, 2025)), Agreement{1, 0, 5});
  const Dataset data = two_schools(std::move(builder));
  const Frame frame = make_frame(data, kWaves);
  const auto works = compare_with_journal(data, frame);
  ASSERT_EQ(works.size(), 1U);
  const auto period = [&](const char* id) { return *frame.find_period(id); };
  EXPECT_EQ(works[0].at(frame, 0, period("entry")), (Agreement{2, 2, 5}));
  EXPECT_EQ(works[0].at(frame, 0, period("2024")), (Agreement{1, 0, 0}));
  EXPECT_EQ(works[0].at(frame, 0, period("final")), Agreement{});
  const std::size_t second = *frame.find_entity(EntityKind::school, "2");
  EXPECT_EQ(works[0].at(frame, second, period("entry")), (Agreement{1, 0, 5}));
}

TEST(Journal, TooFewAndNobodyGiveReasons) {
  EXPECT_EQ(shares_of({}, 10).raised.reason, Undefined::no_data);
  const AgreementShares few = shares_of({3, 3, 3}, 10);
  EXPECT_EQ(few.confirmed.reason, Undefined::too_few);
  EXPECT_EQ(few.confirmed.n, 9);
}

TEST(Journal, MarksOfAllWorksAreNoMorePupilsThanTheLargestWorkOfEachGradeHas) {
  CubeBuilder builder;
  builder.add(builder.cell(key(0, 2026)), Agreement{15, 30, 5});
  builder.add(builder.cell(key(0, 2026, 1)), Agreement{10, 35, 5});
  const Dataset data = two_schools(std::move(builder));
  const Frame frame = make_frame(data, kWaves);
  std::vector<JournalFigures> works = compare_with_journal(data, frame);
  const std::size_t school = *frame.find_entity(EntityKind::school, "1"), wave = *frame.find_period("final");
  const PooledAgreement all = of_all_works(works, frame, school, wave);
  EXPECT_EQ(all.counts, (Agreement{25, 65, 10}));
  EXPECT_EQ(all.pupils, 50);
  // Wilson's limits of 12.5 of 50 by hand: (0.25 + 0.0384146 ∓ 0.1260201) / 1.0768292.
  const AgreementShares shares = shares_of(all, 10, Undefined::none);
  EXPECT_NEAR(shares.lowered.value, 25, kTight);
  EXPECT_NEAR(shares.lowered.lo, 15.0808, 1e-3);
  EXPECT_NEAR(shares.lowered.hi, 38.4866, 1e-3);
  EXPECT_EQ(shares.lowered.n, 100);
  works[1].grade = 7;  // Other pupils.
  EXPECT_EQ(of_all_works(works, frame, school, wave).pupils, 100);
  EXPECT_EQ(shares_of(PooledAgreement{{20, 10, 6}, 9}, 10, Undefined::none).raised.reason, Undefined::too_few);
}

TEST(Tasks, CompletionIsTheMeanScoreOverTheMaximum) {
  // Scores 0, 1, 2, 2 of 2: mean 1.25, SD 0.957427; t.test of R: 95 % interval −0.2734802 … 2.7734802.
  const TaskSums sums{4, 5, 9, 3};
  const Estimate e = completion_of(sums, 2, 1);
  EXPECT_NEAR(e.value, 62.5, kTight);
  EXPECT_NEAR(e.se, 100 * 0.957427107756338 / 2 / 2, 1e-9);
  EXPECT_EQ(e.lo, 0) << "the scale ends at nothing";
  EXPECT_EQ(e.hi, 100) << "and at everything";
  EXPECT_EQ(e.n, 4);
  const Estimate left = not_tried_of(sums, 1);
  EXPECT_NEAR(left.value, 100.0 * 3 / 7, kTight);
  EXPECT_EQ(left.n, 7);
}

TEST(Tasks, OfOnePointAreSharesWithWilsonsInterval) {
  // 40 pupils, 30 with the point: (2·40·0.75 + z² ∓ z√(z² + 4·30·0.25))/(2(40 + z²)), z = 1.959964; and all of 40.
  const Estimate e = completion_of({40, 30, 30, 0}, 1, 10);
  EXPECT_NEAR(e.lo, 59.80603857923, 1e-8);
  EXPECT_NEAR(e.hi, 85.81288136090, 1e-8);
  const Estimate all = completion_of({40, 40, 40, 0}, 1, 10);
  EXPECT_EQ(all.value, 100);
  EXPECT_NEAR(all.lo, 91.23783988028, 1e-8);
  EXPECT_EQ(all.hi, 100);
  const Estimate nobody = completion_of({40, 0, 0, 0}, 1, 10);
  EXPECT_EQ(nobody.lo, 0);
  EXPECT_NEAR(nobody.hi, 100 - 91.23783988028, 1e-8);
}

TEST(Tasks, IntervalOfSeveralPointsIsStudents) {
  // 40 pupils, 30 with both points: t.test(c(rep(1, 30), rep(0, 10))) of R 4.2.2: 0.6097516 … 0.8902484.
  const Estimate e = completion_of({40, 60, 120, 0}, 2, 10);
  EXPECT_NEAR(e.lo, 60.975162, 1e-5);
  EXPECT_NEAR(e.hi, 89.024838, 1e-5);
}

TEST(Tasks, EqualScoresHaveTheIntervalOfTheLargestSpread) {
  // 20 pupils with both of two points: as 20 of 20, z²/(20 + z²) = 16.1125158 off the end. 20 with one of two: as 10
  // of 20.
  const Estimate full = completion_of({20, 40, 80, 0}, 2, 10);
  EXPECT_NEAR(full.lo, 83.88748419472, 1e-8);
  EXPECT_EQ(full.hi, 100);
  const Estimate half = completion_of({20, 20, 20, 0}, 2, 10);
  EXPECT_EQ(half.value, 50);
  EXPECT_NEAR(half.lo, 29.92980, 1e-4);
  EXPECT_NEAR(half.hi, 70.07020, 1e-4);
}

TEST(Tasks, NobodyTooFewAndNoMaximumGiveReasons) {
  EXPECT_EQ(completion_of(TaskSums{}, 1, 10).reason, Undefined::no_data);
  EXPECT_EQ(completion_of({9, 5, 5, 100}, 1, 10).reason, Undefined::too_few) << "those who did not try do not count";
  EXPECT_EQ(completion_of({40, 5, 5, 0}, 0, 10).reason, Undefined::no_data);
}

/// Two tasks of one skill and one without, in 2025; 2024 has another paper.
Dataset with_tasks() {
  CubeBuilder builder;
  // Cells without any result are not in a cube.
  for (const CellKey& k : {key(0, 2024), key(0, 2025), key(1, 2025)})
    builder.count(builder.cell(k), Outcome::primary, 1);
  for (const auto& [name, task] : {std::pair{0, 0}, {1, 1}, {2, 2}}) {
    const auto cell = builder.cell(key(0, 2025));
    for (int pupil = 0; pupil < 20; ++pupil) builder.count_task(cell, static_cast<TaskId>(task), pupil % (name + 2));
    builder.count_task(builder.cell(key(1, 2025)), static_cast<TaskId>(task), TaskCounter::kNotTaken, 5);
  }
  builder.count_task(builder.cell(key(0, 2024)), 0, 1, 30);
  Dataset data = two_schools(std::move(builder));
  data.tasks.names = {"10", "2", "9.1"};
  CellKey work = key(0, 2025);
  data.tasks.specs[{work.packed(), 0}] = {1, "Б", "counting"};
  data.tasks.specs[{work.packed(), 1}] = {2, "Б", "counting"};
  data.tasks.specs[{work.packed(), 2}] = {3, "П", ""};
  return data;
}

TEST(Tasks, TheLastYearIsTakenAndTasksStandAsInThePaper) {
  const Dataset data = with_tasks();
  const Frame frame = make_frame(data, kWaves);
  const auto works = tasked_works(data, frame);
  ASSERT_EQ(works.size(), 1U);
  EXPECT_EQ(works[0].year, 2025);
  ASSERT_EQ(works[0].tasks.size(), 3U);
  EXPECT_EQ(data.tasks.names[works[0].tasks[0].task], "2");
  EXPECT_EQ(data.tasks.names[works[0].tasks[1].task], "9.1");
  EXPECT_EQ(data.tasks.names[works[0].tasks[2].task], "10");
  EXPECT_EQ(works[0].tasks[2].sums[0].n, 20);
  EXPECT_EQ(works[0].tasks[2].sums[0].not_tried, 5);
}

TEST(Tasks, ASkillOfTwoTasksWeighsThemByTheirPoints) {
  const Dataset data = with_tasks();
  const auto works = tasked_works(data, make_frame(data, kWaves));
  const auto skills = skills_of(works[0]);
  ASSERT_EQ(skills.size(), 1U) << "a task without a stated skill is none";
  EXPECT_EQ(skills[0].level, "Б");
  const Estimate e = completion_of(works[0], skills[0], 0, 10);
  // 10 of 20 points, and 19 of 40 (scores 0, 1, 2 in turn): 29 of 60.
  EXPECT_NEAR(e.value, 100.0 * 29 / 60, kTight);
  EXPECT_EQ(e.n, 20);
  const Estimate one = completion_of(works[0].tasks[2].sums[0], 1, 10),
                 two = completion_of(works[0].tasks[0].sums[0], 2, 10);
  EXPECT_NEAR(e.se, (one.se + 2 * two.se) / 3, 1e-9) << "as if scores went together wholly";
}

TEST(Tasks, ASkillThatAllPupilsHaveIsAcquired) {
  TaskedWork work;
  for (int t = 0; t < 2; ++t) work.tasks.push_back({static_cast<TaskId>(t), {1, "Б", "counting"}, {{40, 40, 40, 0}}});
  const SkillOfWork skill = skills_of(work).at(0);
  const Estimate e = completion_of(work, skill, 0, 10);
  EXPECT_EQ(e.value, 100);
  // Wilson's length 8.76216 of 40 of 40 over 1.959964 as the error, times t(39) = 2.022691.
  EXPECT_NEAR(e.lo, 90.9574, 1e-4);
  EXPECT_EQ(e.hi, 100);
  DeficitRule rule;
  rule.least = {50, 15, 15};
  EXPECT_EQ(verdict_on_skill(rule, skill.level, e), SkillVerdict::acquired);
}

TEST(Deficits, AreSaidOnlyWhenTheWholeIntervalLiesBelowTheBorder) {
  const DeficitRule rule{{50, 15, 15}};
  const auto between = [](double lo, double hi) {
    Estimate e = exactly((lo + hi) / 2, 100);
    e.lo = lo, e.hi = hi;
    return e;
  };
  EXPECT_EQ(verdict_on_skill(rule, "Б", between(30, 49.9)), SkillVerdict::lacking);
  EXPECT_EQ(verdict_on_skill(rule, "Б", between(45, 55)), SkillVerdict::unproven);
  EXPECT_EQ(verdict_on_skill(rule, "Б", between(50, 60)), SkillVerdict::acquired);
  EXPECT_EQ(verdict_on_skill(rule, "п", between(30, 49.9)), SkillVerdict::acquired);
  EXPECT_EQ(verdict_on_skill(rule, "", between(30, 49.9)), SkillVerdict::undefined) << "no level, no border";
  EXPECT_EQ(verdict_on_skill(rule, "Б", undefined(Undefined::too_few)), SkillVerdict::undefined);
  EXPECT_EQ(verdict_on_skill(rule, "Б", exactly(10, 100)), SkillVerdict::unproven) << "no interval proves nothing";
}

}  // namespace
}  // namespace kaskad
