// Monitorings of processes and diagnostics on courses on data made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "indicators/courses.hpp"
#include "indicators/processes.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

/// A place in a table without sheets.
Place in_row(const char* file, std::int64_t row) {
  Place place;
  place.file = file;
  place.row = row;
  return place;
}

constexpr double kTight = 1e-12;

ProcessMonitoring quality() {
  ProcessMonitoring m;
  m.id = "quality";
  m.minimum = 0, m.maximum = 4;
  m.waves = {"I", "II"};
  m.criteria = {{"lessons", {{"en", "Lessons"}}, 1}, {"team", {{"en", "Team"}}, 3}};
  return m;
}

Dataset schools(std::size_t n) {
  Dataset data;
  for (std::size_t s = 0; s < n; ++s)
    data.registry.schools.push_back({std::to_string(s + 1), "", s < 3 ? "A" : "B", "", {}, {}});
  data.registry.municipalities = {"A", "B"};
  return data;
}

/// Scores of one school: lessons I, II; team I, II. Below 0 = not scored.
void score(Dataset& data, SchoolId school, std::array<double, 4> scores) {
  constexpr std::array<std::pair<const char*, const char*>, 4> positions = {
      {{"lessons", "I"}, {"lessons", "II"}, {"team", "I"}, {"team", "II"}}};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < 0) continue;
    const auto row = static_cast<std::int64_t>(data.programme_data.processes.size()) + 2;
    data.programme_data.processes.push_back(
        {school, "quality", positions[i].second, positions[i].first, scores[i], in_row("scores.csv", row)});
  }
}

Dataset five_schools() {
  Dataset data = schools(5);
  score(data, 0, {1, 2, 2, 3});
  score(data, 1, {2, 3, 1, 1});
  score(data, 2, {3, 3, 2, 4});
  score(data, 3, {2, 4, 3, 4});
  score(data, 4, {1, -1, 1, 2});  // lessons in the first wave alone
  return data;
}

TEST(Processes, ChangeIsPairedAndIncompletePairsAreCounted) {
  const auto judged = judge_processes(five_schools(), {quality()});
  ASSERT_EQ(judged.size(), 1U);
  const ProcessChange& lessons = judged[0].region.items[0].changes[0];
  // Differences 1, 1, 0, 2: mean 1, SD √(2/3), t.test of R: 95 % interval −0.299228 … 2.299228.
  EXPECT_NEAR(lessons.change.value, 1, kTight);
  EXPECT_NEAR(lessons.change.se, std::sqrt(2.0 / 3) / 2, kTight);
  EXPECT_NEAR(lessons.change.hi, 1 + 3.182446305284263 * std::sqrt(2.0 / 3) / 2, 1e-9);
  EXPECT_EQ(lessons.change.n, 4);
  EXPECT_EQ(lessons.only_before, 1);
  EXPECT_EQ(lessons.only_after, 0);
  EXPECT_EQ(lessons.rose, 3);
  EXPECT_EQ(lessons.same, 1);
  EXPECT_NEAR(lessons.rose_share.value, 75, kTight);
  EXPECT_TRUE(lessons.ranks.exact);
  EXPECT_NEAR(lessons.ranks.p, 0.25, kTight) << "three of three positive: 2/2³";
}

TEST(Processes, MeansAreOverSchoolsAndStayOnTheScale) {
  const auto judged = judge_processes(five_schools(), {quality()});
  const ProcessPoint& second = judged[0].region.items[0].points[1];
  EXPECT_EQ(second.mean.n, 4);
  EXPECT_NEAR(second.mean.value, 3, kTight);
  EXPECT_LE(second.mean.hi, 4);
  EXPECT_EQ(second.at_ceiling, 1);
  EXPECT_TRUE(second.ceiling_effect()) << "one of four is more than 15 %";
  EXPECT_FALSE(second.floor_effect());
}

TEST(Processes, TheScaleIsWeightedAndNeedsAllCriteria) {
  const Dataset data = five_schools();
  const ProcessTable table = process_table(data, quality());
  EXPECT_NEAR(scale_score(quality(), table, 0, 0), (1 * 1 + 3 * 2) / 4.0, kTight);
  EXPECT_TRUE(std::isnan(scale_score(quality(), table, 4, 1)));
  const ProcessFigures figures = process_figures(quality(), table, table.schools);
  ASSERT_EQ(figures.items.size(), 3U);
  EXPECT_FALSE(figures.items[2].criterion);
  EXPECT_EQ(figures.items[2].points[1].mean.n, 4);
  EXPECT_EQ(figures.alpha[0].n, 5);
}

TEST(Processes, CriteriaAreTestedTogether) {
  const auto judged = judge_processes(five_schools(), {quality()});
  const auto& items = judged[0].region.items;
  const double a = items[0].changes[0].change.p, b = items[1].changes[0].change.p;
  EXPECT_NEAR(items[0].changes[0].adjusted_p, a < b ? std::min(2 * a, b) : a, kTight);
  EXPECT_EQ(items[2].changes[0].adjusted_p, items[2].changes[0].change.p) << "the scale is one test";
}

TEST(Processes, AMunicipalityHasItsSchoolsAlone) {
  const Dataset data = five_schools();
  const ProcessTable table = process_table(data, quality());
  const ProcessFigures figures = process_figures(quality(), table, {0, 1, 2});
  EXPECT_EQ(figures.items[0].points[0].mean.n, 3);
  EXPECT_NEAR(figures.items[0].points[0].mean.value, 2, kTight);
}

TEST(Processes, ThreeWavesAlsoCompareTheFirstWithTheLast) {
  ProcessMonitoring three = quality();
  three.waves = {"I", "II", "III"};
  const auto judged = judge_processes(five_schools(), {three});
  const auto& changes = judged[0].region.items[0].changes;
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[2].from, 0U);
  EXPECT_EQ(changes[2].to, 2U);
  EXPECT_EQ(changes[2].change.reason, Undefined::no_data);
}

std::vector<std::string> codes_of(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message.code + ":" + std::to_string(d.place.row));
  return out;
}

TEST(ProcessChecks, RowsThatNoMonitoringCanUseAreNamed) {
  Dataset data = schools(1);
  auto& rows = data.programme_data.processes;
  rows = {{0, "quality", "I", "lessons", 3, in_row("f", 2)},   {0, "quality", "I", "Lessons", 2, in_row("f", 3)},
          {0, "quality", "III", "lessons", 3, in_row("f", 4)}, {0, "quality", "I", "tea", 3, in_row("f", 5)},
          {0, "quality", "II", "team", 5, in_row("f", 6)},     {0, "qualty", "I", "team", 1, in_row("f", 7)}};
  const Diagnostics found = check_processes(data, {quality()});
  EXPECT_THAT(codes_of(found), ElementsAre("process-repeated:3", "process-wave:4", "process-criterion:5",
                                           "process-score:6", "process-unknown:7"));
  EXPECT_EQ(process_table(data, quality()).at(0, 0, 0), 3) << "the first row counts";
  EXPECT_TRUE(std::isnan(process_table(data, quality()).at(0, 1, 1))) << "a score outside the scale does not";
}

CourseDiagnostics course(SchoolId school, std::map<std::pair<int, int>, std::int64_t> pairs) {
  return {school, "Reading", 10, std::move(pairs), in_row("courses.csv", 2)};
}

TEST(Courses, ChangeIsOfPeopleWithBothDiagnostics) {
  Dataset data = schools(2);
  data.programme_data.courses = {course(0, {{{4, 7}, 6}, {{6, 7}, 6}, {{5, -1}, 3}, {{-1, 9}, 2}})};
  const auto judged = judge_courses(data, {}, 10);
  ASSERT_EQ(judged.size(), 1U);
  const CourseFigures& f = judged[0].region;
  EXPECT_EQ(f.paired, 12);
  EXPECT_EQ(f.dropped_out, 3);
  EXPECT_EQ(f.came_late, 2);
  // Differences 3 and 1, six each: mean 2, variance 12/11.
  EXPECT_NEAR(f.change.value, 2, kTight);
  EXPECT_NEAR(f.change.se, std::sqrt(1.0 / 11), kTight);
  EXPECT_NEAR(f.entry.value, 5, kTight);
  EXPECT_EQ(f.rose, 12);
  EXPECT_NEAR(f.at_maximum_final.value, 0, kTight);
  EXPECT_EQ(f.reached_final.reason, Undefined::no_scale);
}

TEST(Courses, ThresholdAndMaximumOfTheProjectHold) {
  Dataset data = schools(1);
  data.programme_data.courses = {course(0, {{{4, 7}, 6}, {{6, 8}, 6}})};
  const auto judged = judge_courses(data, {{"reading", {{"en", "Reading"}}, 8, 6}}, 10);
  ASSERT_EQ(judged.size(), 1U) << "ids are compared without case";
  EXPECT_NEAR(judged[0].region.at_maximum_final.value, 50, kTight);
  EXPECT_NEAR(judged[0].region.reached_entry.value, 50, kTight);
  EXPECT_NEAR(judged[0].region.reached_final.value, 100, kTight);
}

TEST(Courses, NothingIsShownOfFewPeople) {
  Dataset data = schools(1);
  data.programme_data.courses = {course(0, {{{4, 7}, 9}})};
  const auto judged = judge_courses(data, {}, 10);
  EXPECT_FALSE(judged[0].region.shown);
  EXPECT_EQ(judged[0].region.change.reason, Undefined::too_few);
  EXPECT_EQ(judged[0].region.rose, 0);
  EXPECT_FALSE(judged[0].schools[0].figures.shown);
}

TEST(Courses, PartsThatWouldGiveAwaySmallOnesAreHidden) {
  EXPECT_THAT(parts_to_show({20, 15, 4}, 10), ElementsAre(true, false, false)) << "39 − 20 − 15 would show four people";
  EXPECT_THAT(parts_to_show({20, 6, 4}, 10), ElementsAre(true, false, false)) << "ten together are enough";
  EXPECT_THAT(parts_to_show({20, 0, 15}, 10), ElementsAre(true, false, true)) << "nobody need not be hidden";
  EXPECT_THAT(parts_to_show({12, 3}, 10), ElementsAre(false, false));
  EXPECT_THAT(parts_to_show({12, 12, 3}, 10), ElementsAre(false, true, false));
}

TEST(Courses, SchoolsOfAHiddenMunicipalityAreHidden) {
  Dataset data = schools(5);
  // A: schools 1 … 3 with 12, 12, 3; B: school 4 with 4, so that A goes with it.
  data.programme_data.courses = {course(0, {{{4, 7}, 12}}), course(1, {{{4, 8}, 12}}), course(2, {{{4, 7}, 3}}),
                                 course(3, {{{4, 7}, 4}})};
  const auto judged = judge_courses(data, {}, 10);
  EXPECT_TRUE(judged[0].region.shown);
  for (const auto& m : judged[0].municipalities) EXPECT_FALSE(m.figures.shown);
  for (const auto& s : judged[0].schools) EXPECT_FALSE(s.figures.shown);
}

TEST(CourseChecks, FinalsAloneAndScoresAboveTheMaximumAreNamed) {
  Dataset data = schools(1);
  data.programme_data.courses = {course(0, {{{4, 7}, 2}, {{-1, 9}, 2}, {{3, 11}, 1}})};
  EXPECT_THAT(codes_of(check_courses(data, {})), ElementsAre("course-final-alone:2", "course-above-maximum:2"));
  EXPECT_THAT(codes_of(check_courses(data, {{"reading", {}, 12, {}}})),
              ElementsAre("course-maximum:2", "course-final-alone:2"));
}

}  // namespace
}  // namespace kaskad
