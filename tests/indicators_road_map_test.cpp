// The road map, visits and supporters, and the defects of their rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indicators/calendar.hpp"
#include "indicators/road_map.hpp"
#include "indicators/stage_checks.hpp"
#include "indicators/visits.hpp"
#include "indicators_cascade_fixtures.hpp"

namespace kaskad::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(Calendar, KnowsDaysAndTheirDistance) {
  EXPECT_TRUE(is_day("2024-02-29"));
  EXPECT_FALSE(is_day("2023-02-29"));
  EXPECT_FALSE(is_day("2024-2-9"));
  EXPECT_FALSE(is_day("2024-0a-01"));
  EXPECT_EQ(days_between("2024-02-28", "2024-03-01"), 2);
  EXPECT_EQ(days_between("2025-01-01", "2024-01-01"), -366);
  EXPECT_FALSE(days_between("", "2024-01-01"));
  EXPECT_EQ(school_year_of("2024-08-31"), 2024);
  EXPECT_EQ(school_year_of("2024-09-01"), 2025);
  EXPECT_FALSE(has_come("", "")) << "no day has never come";
  EXPECT_TRUE(has_come("2024-01-01", ""));
}

PlannedMeasure measure(const std::string& start, const std::string& finish, const std::string& done,
                       const std::string& stage = "", const std::string& performer = "",
                       const RowOwner& owner = the_region()) {
  PlannedMeasure m;
  m.owner = owner;
  m.name = "m";
  m.start = start;
  m.finish = finish;
  m.done = done;
  m.stage = stage;
  m.performer = performer;
  m.place.file = "measures.csv";
  return m;
}

struct Planned {
  const char *start, *finish, *done;
  MeasureState state;
  std::int64_t days;
};

TEST(RoadMap, StatesFollowFromPlanFactAndTheDay) {
  const std::string as_of = "2024-06-10";
  const std::vector<Planned> cases = {
      {"2024-05-01", "2024-06-01", "2024-06-01", MeasureState::in_time, 0},
      {"2024-05-01", "2024-06-01", "2024-06-04", MeasureState::late, 3},
      {"2024-05-01", "2024-06-01", "", MeasureState::overdue, 9},
      {"2024-05-01", "2024-06-10", "", MeasureState::running, 0},
      {"2024-06-11", "2024-07-01", "", MeasureState::not_due, 0},
      {"", "", "", MeasureState::no_term, 0},
      {"", "", "2024-02-02", MeasureState::done, 0},
      {"2024-05-01", "2024-06-01", "2024-06-11", MeasureState::overdue, 9},  // done in the future
  };
  for (const Planned& c : cases) {
    CascadeRegion region;
    region.data.programme_data.measures = {measure(c.start, c.finish, c.done)};
    const RoadMap map = judge_road_map(region.data, small_rubric(), as_of);
    EXPECT_EQ(map.measures[0].state, c.state) << c.start << " " << c.finish << " " << c.done;
    EXPECT_EQ(map.measures[0].days, c.days);
  }
}

TEST(RoadMap, WithoutADayNothingIsOverdue) {
  CascadeRegion region;
  region.data.programme_data.measures = {measure("2030-01-01", "2030-02-01", ""), measure("", "2000-01-01", "")};
  const RoadMap map = judge_road_map(region.data, small_rubric(), "");
  EXPECT_EQ(map.all.of(MeasureState::running), 2);
}

TEST(RoadMap, AMeasureWithoutATermHasThatOfItsStage) {
  CascadeRegion region;
  CascadeRubric rubric = small_rubric();
  rubric.components.clear();
  rubric.stages[0].from = "2024-01-01";
  rubric.stages[0].to = "2024-02-29";
  region.data.programme_data.measures = {measure("", "", "", "analysis"), measure("", "2024-01-31", "", "Анализ"),
                                         measure("2024-03-05", "", "", "analysis")};
  const RoadMap map = judge_road_map(region.data, rubric, "2024-03-02");
  EXPECT_TRUE(map.measures[0].term_is_of_stage);
  EXPECT_EQ(map.measures[0].finish, "2024-02-29");
  EXPECT_EQ(map.measures[0].days, 2);
  EXPECT_FALSE(map.measures[1].term_is_of_stage);
  EXPECT_EQ(map.measures[1].days, 31);
  EXPECT_FALSE(map.measures[2].term_is_of_stage) << "it begins after the stage has ended";
  EXPECT_EQ(map.measures[2].state, MeasureState::not_due);
}

TEST(RoadMap, SharesByStagePerformerAndMunicipalityAddUp) {
  CascadeRegion region;
  region.data.programme_data.measures = {
      measure("", "2024-02-01", "2024-01-20", "analysis", "Центр; Школа 1"),
      measure("", "2024-02-01", "", "analysis", "Центр", municipality("Б")),
      measure("", "2024-09-01", "", "design", "Школа 1;", school(0)),
      measure("", "", "", "своё", ""),
  };
  const RoadMap map = judge_road_map(region.data, small_rubric(), "2024-06-01");
  EXPECT_EQ(map.all.n(), 4);
  EXPECT_EQ(map.all.done(), 1);
  std::vector<std::string> stages, performers, municipalities;
  for (const auto& c : map.by_stage)
    stages.push_back(c.name + " " + std::to_string(c.done()) + "/" + std::to_string(c.n()));
  for (const auto& c : map.by_performer)
    performers.push_back(c.name + " " + std::to_string(c.done()) + "/" + std::to_string(c.n()));
  for (const auto& c : map.by_municipality) municipalities.push_back(c.name + " " + std::to_string(c.n()));
  EXPECT_THAT(stages, ElementsAre("analysis 1/2", "design 0/1", "своё 0/1"));
  EXPECT_THAT(performers, ElementsAre("Центр 1/2", "Школа 1 1/2"));
  EXPECT_THAT(municipalities, ElementsAre("А 1", "Б 1", " 2"));
  const RoadMap part = road_map_of(map, region.data, small_rubric(), {1, 2});
  EXPECT_EQ(part.all.n(), 2);
  EXPECT_EQ(part.all.of(MeasureState::overdue), 1);
}

Visit visit(SchoolId s, const std::string& planned, const std::string& done, const std::string& who = "") {
  Visit v;
  v.school = s;
  v.planned = planned;
  v.done = done;
  v.supporter = who;
  v.place.file = "visits.csv";
  return v;
}

Supporter supporter(SupporterRole role, const std::string& name, const RowOwner& owner, std::int64_t row = 2) {
  return {role, name, owner, {"supporters.csv", "", row, 0, ""}};
}

TEST(Visits, StatesFollowFromPlanFactAndTheDay) {
  CascadeRegion region;
  region.data.programme_data.visits = {visit(0, "2024-03-01", "2024-02-28", "Белова"),
                                       visit(0, "2024-03-01", "2024-03-11", "Белова"),
                                       visit(1, "2024-03-01", ""),
                                       visit(2, "2024-05-01", ""),
                                       visit(2, "", "2024-01-10"),
                                       visit(3, "", "")};
  const Support s = judge_support(region.data, "2024-04-01");
  std::vector<VisitState> states;
  for (const JudgedVisit& v : s.visits) states.push_back(v.state);
  EXPECT_THAT(states, ElementsAre(VisitState::in_time, VisitState::late, VisitState::overdue, VisitState::ahead,
                                  VisitState::unplanned, VisitState::no_date));
  EXPECT_EQ(s.visits[1].days, 10);
  EXPECT_EQ(s.visits[2].days, 31);
  EXPECT_EQ(s.all.n(), 6);
  EXPECT_EQ(s.all.planned(), 4);
  EXPECT_EQ(s.all.done(), 3);
  EXPECT_EQ(s.all.planned_done(), 2);
  ASSERT_EQ(s.by_municipality.size(), 2u);
  EXPECT_EQ(s.by_municipality[0].n(), 3);
  ASSERT_EQ(s.by_supporter.size(), 2u);
  EXPECT_EQ(s.by_supporter[0].name, "Белова");
}

TEST(Supporters, TheNearestLooksAfterASchool) {
  CascadeRegion region;
  region.data.programme_data.supporters = {
      supporter(SupporterRole::curator, "Белова", municipality("А")),
      supporter(SupporterRole::curator, "Громов", school(1)),
      supporter(SupporterRole::coordinator, "Дымов", municipality("Б")),
  };
  const Support s = judge_support(region.data, "2024-04-01");
  ASSERT_EQ(s.schools.size(), 4u);
  EXPECT_THAT(s.schools[0].curators, ElementsAre(0u));
  EXPECT_THAT(s.schools[1].curators, ElementsAre(1u));
  EXPECT_THAT(s.schools[2].curators, IsEmpty());
  EXPECT_THAT(s.schools[2].coordinators, ElementsAre(2u));
  EXPECT_THAT(s.without_curator, ElementsAre(2u, 3u));
  ASSERT_EQ(s.supporters.size(), 3u);
  EXPECT_THAT(s.supporters[0].schools, ElementsAre(0u));
  EXPECT_THAT(s.supporters[2].schools, ElementsAre(2u, 3u));
}

TEST(Supporters, SchoolsWithoutCuratorAreNotNamedWhereNobodyNamesCurators) {
  CascadeRegion region;
  region.data.programme_data.supporters = {supporter(SupporterRole::coordinator, "Дымов", municipality("Б"))};
  EXPECT_THAT(judge_support(region.data, "").without_curator, IsEmpty());
}

// --- defects -----------------------------------------------------------------------------------------------------

std::vector<std::string> told(const CascadeRegion& region, const std::string& as_of = "2024-12-31") {
  std::vector<std::string> out;
  for (const Diagnostic& d : find_stage_defects(region.data, small_rubric(), as_of))
    out.push_back(d.place.file + ":" + std::to_string(d.place.row) + " " + d.message.code);
  return out;
}

std::string arg(const Diagnostic& d, const std::string& name) {
  for (const auto& [key, value] : d.message.args) {
    if (key != name) continue;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  }
  return "?";
}

TEST(StageDefects, SoundDataHaveNone) {
  CascadeRegion region;
  region.analyse(0, "2024-02-01").report(school(0), "plans", "2024-03-01");
  region.decide(school(0), "analysis", "design", "2024-02-02");
  region.data.programme_data.measures = {measure("2024-01-01", "2024-02-01", "2024-01-20", "design")};
  region.data.programme_data.visits = {visit(0, "2024-03-01", "2024-03-02")};
  region.data.programme_data.supporters = {supporter(SupporterRole::curator, "Белова", municipality("А"))};
  EXPECT_THAT(told(region), IsEmpty());
}

TEST(StageDefects, AStageFinishedBeforeTheOneBeforeItNamesBothRows) {
  CascadeRegion region;
  region.report(school(0), "plans", "2024-02-01").analyse(0, "2024-03-01");
  region.report(school(1), "plans", "2024-02-01");
  region.report(school(2), "plans", "2024-02-01").analyse(2, "2024-02-01");
  const Diagnostics found = find_stage_defects(region.data, small_rubric(), "2024-12-31");
  ASSERT_EQ(found.size(), 2u) << "on one day is in order";
  EXPECT_EQ(found[0].message.code, "stage-before-its-turn");
  EXPECT_EQ(found[0].place.row, 2);
  EXPECT_EQ(arg(found[0], "first_row"), "3");
  EXPECT_EQ(arg(found[0], "before_date"), "2024-03-01");
  EXPECT_EQ(arg(found[1], "before_date"), "none");
}

TEST(StageDefects, ComponentsMustBeKnownAskedForAndOfThePast) {
  CascadeRegion region;
  region.report(school(0), "dat", "2024-02-01").report(municipality("А"), "needs", "2024-02-01");
  region.report(school(0), "data", "2025-02-01").report(school(1), "needs", "2024-02-01", 1, "pupils");
  EXPECT_THAT(told(region), ElementsAre("reports.csv:2 component-unknown", "reports.csv:3 component-not-asked",
                                        "reports.csv:4 report-after-date", "reports.csv:5 component-not-asked"));
  EXPECT_THAT(told(region, ""), testing::Not(testing::Contains("reports.csv:4 report-after-date")));
}

TEST(StageDefects, DecisionsMustNotSkipReturnWithoutReasonOrStartElsewhere) {
  CascadeRegion region;
  region.decide(school(0), "analysis", "work", "2024-02-01");
  region.decide(school(0), "design", "analysis", "2024-03-01");
  region.decide(school(0), "analysis", "nowhere", "2025-03-01");
  EXPECT_THAT(told(region),
              UnorderedElementsAre("decisions.csv:2 decision-skips-stage", "decisions.csv:3 return-without-reason",
                                   "decisions.csv:3 decision-from-elsewhere", "decisions.csv:4 stage-unknown",
                                   "decisions.csv:4 decision-after-date"));
}

TEST(StageDefects, MeasuresMustRunForwardAndBelongSomewhere) {
  CascadeRegion region;
  region.data.programme_data.measures = {
      measure("2024-03-01", "2024-02-01", ""), measure("2024-03-01", "2024-04-01", "2024-02-01"),
      measure("", "", "2025-01-01"), measure("", "", "", "планы"), measure("", "", "", "", "", municipality("В"))};
  std::vector<std::string> codes;
  for (const Diagnostic& d : find_stage_defects(region.data, small_rubric(), "2024-12-31"))
    codes.push_back(d.message.code);
  EXPECT_THAT(codes, ElementsAre("measure-term-order", "measure-done-before-start", "measure-done-after-date",
                                 "stage-unknown", "owner-municipality-unknown"));
}

TEST(StageDefects, VisitsAndCuratorsAreNamed) {
  CascadeRegion region;
  region.data.programme_data.visits = {visit(0, "", "2024-02-01"), visit(0, "2024-02-01", "2025-02-01")};
  region.data.programme_data.supporters = {supporter(SupporterRole::curator, "Белова", school(0), 2),
                                           supporter(SupporterRole::curator, "Громов", school(0), 3),
                                           supporter(SupporterRole::coordinator, "Дымов", municipality("Я"), 4)};
  const Diagnostics found = find_stage_defects(region.data, small_rubric(), "2024-12-31");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].message.code, "visit-unplanned");
  EXPECT_EQ(found[0].severity, Severity::note);
  EXPECT_EQ(found[1].message.code, "visit-after-date");
  EXPECT_EQ(found[2].message.code, "two-curators");
  EXPECT_EQ(arg(found[2], "first_row"), "2");
  EXPECT_EQ(found[3].message.code, "owner-municipality-unknown");
}

}  // namespace
}  // namespace kaskad::test
