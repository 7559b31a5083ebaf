// Stages of the cascade on regions made by hand, and against a brute force over many small ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "indicators_cascade_fixtures.hpp"

namespace kaskad::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const CascadeParticipant& of(const Cascade& c, const RowOwner& owner) { return c.participants[c.find(owner).value()]; }

std::vector<std::string> names(const Cascade& c, const std::vector<std::size_t>& places) {
  std::vector<std::string> out;
  for (const std::size_t p : places) out.push_back(c.participants[p].owner.name);
  return out;
}

TEST(CascadeRubric, ShippedOneHasThreeStagesOfSixSevenAndTenComponents) {
  Diagnostics out;
  const CascadeRubric rubric =
      read_cascade_rubric(read_file("indicators/catalogue/cascade.toml").value_or(""), "cascade.toml", out);
  EXPECT_THAT(out, IsEmpty());
  std::vector<int> counts(3);
  for (const CascadeComponent& c : rubric.components) ++counts[c.stage];
  EXPECT_THAT(counts, ElementsAre(6, 7, 10));
  EXPECT_EQ(rubric.find_stage("ПРОЕКТИРОВАНИЕ"), 1u);
  EXPECT_EQ(rubric.find_component(" I.3 "), rubric.find_component("data_analysis"));
  EXPECT_FALSE(rubric.find_stage(""));
}

TEST(CascadeRubric, TellsAllDefectsOfAFile) {
  Diagnostics out;
  read_cascade_rubric(R"(
[rules]
complete = 1.5
[[stage]]
id = "a"
from = "2024-13-01"
[[stage]]
id = "A"
from = "2024-05-01"
to = "2024-04-01"
[[component]]
id = "x"
stage = "b"
levels = ["school", "schol"]
[[component]]
id = "y"
stage = "a"
)",
                      "own.toml", out);
  std::vector<std::string> codes;
  for (const Diagnostic& d : out) codes.push_back(d.message.code);
  EXPECT_THAT(codes, testing::UnorderedElementsAre("setting-between", "term-date", "term-order", "cascade-id-twice",
                                                   "project-unknown-id", "project-unknown-id", "setting-missing"));
}

TEST(CascadeRubric, ProjectTermsTakeThePlaceOfItsOwn) {
  CascadeRubric rubric = small_rubric();
  const ParsedConfig parsed =
      parse_config("[[term]]\nstage = \"Проектирование\"\nfrom = 2024-03-01\nto = 2024-04-30\n", "p.toml");
  Diagnostics out;
  ConfigReader root(parsed.root, "p.toml", "", out);
  read_cascade_terms(root.tables("term"), "p.toml", rubric, out);
  EXPECT_THAT(out, IsEmpty());
  EXPECT_EQ(rubric.stages[1].from, "2024-03-01");
  EXPECT_EQ(rubric.stages[1].to, "2024-04-30");
}

TEST(Cascade, IsEmptyWithoutReportsAndDecisionsOrWithoutComponents) {
  EXPECT_TRUE(CascadeRegion().judge().empty());
  CascadeRubric without = small_rubric();
  without.components.clear();
  const CascadeRegion region = CascadeRegion().analyse(0, "2024-02-01");
  EXPECT_TRUE(judge_cascade(region.data, without, "2024-12-31").empty());
  EXPECT_FALSE(region.judge().empty());
}

TEST(Cascade, TheLastReliableReportDecidesAndOfOneDayTheLowest) {
  CascadeRegion region;
  region.report(school(0), "data", "2024-02-01", 0.5).report(school(0), "data", "2024-03-01", 1);
  region.report(school(0), "data", "2024-04-01", 0, "", false);
  region.report(school(1), "data", "2024-03-01", 1).report(school(1), "data", "2024-03-01", 0.5);
  region.report(school(2), "data", "2024-03-01", 1, "", false);
  const Cascade c = region.judge();
  EXPECT_EQ(of(c, school(0)).needs[0].state, NeedState::complete);
  EXPECT_EQ(of(c, school(0)).needs[0].unreliable, 1);
  EXPECT_EQ(of(c, school(1)).needs[0].state, NeedState::incomplete);
  EXPECT_EQ(of(c, school(2)).needs[0].state, NeedState::unreliable);
  EXPECT_EQ(of(c, school(3)).needs[0].state, NeedState::missing);
  EXPECT_EQ(c.reports, 6);
  EXPECT_EQ(c.unreliable, 2);
}

TEST(Cascade, AReportWithoutADayCountsAtTheEndAndOnlyWithoutDatedOnes) {
  CascadeRegion region;
  region.report(school(0), "data", "", 1).report(school(1), "data", "", 1).report(school(1), "data", "2024-02-01", 0.5);
  const Cascade c = region.judge();
  EXPECT_EQ(of(c, school(0)).needs[0].state, NeedState::complete);
  EXPECT_EQ(of(c, school(1)).needs[0].state, NeedState::incomplete);
  EXPECT_EQ(c.undated, 2);
  ASSERT_EQ(c.history.size(), 1u);
  EXPECT_EQ(c.history[0].date, "2024-02-01");
}

TEST(Cascade, AComponentOfGroupsNeedsEachGroupAndAReportOfTheSchoolStandsForAll) {
  CascadeRegion region;
  region.report(school(0), "data", "2024-02-01").report(school(0), "needs", "2024-02-01", 1, "managers");
  region.analyse(1, "2024-02-01");
  region.report(school(2), "data", "2024-02-01", 1, "pupils");
  const Cascade c = region.judge();
  EXPECT_EQ(of(c, school(0)).stages[0].needs, 3);
  EXPECT_EQ(of(c, school(0)).stages[0].complete, 2);
  EXPECT_EQ(of(c, school(1)).stages[0].complete, 3);
  EXPECT_EQ(of(c, school(2)).stages[0].complete, 0) << "the school is asked as a whole";
  EXPECT_EQ(c.misplaced, 1);
}

TEST(Cascade, OneMovesOnOnlyWhenAllBelowHaveFinished) {
  CascadeRegion region;
  region.report(the_region(), "data", "2024-01-20");
  for (const auto* m : {"А", "Б"}) region.report(municipality(m), "data", "2024-01-25");
  for (SchoolId s = 0; s < 3; ++s) region.analyse(s, "2024-02-01");
  const Cascade before = region.judge();
  EXPECT_EQ(of(before, municipality("А")).position, 1u);
  EXPECT_EQ(of(before, municipality("Б")).position, 0u);
  EXPECT_EQ(of(before, the_region()).position, 0u);
  EXPECT_EQ(of(before, the_region()).stages[0].below_passed, 1);
  EXPECT_THAT(names(before, holding_back(before, 0)), ElementsAre("4"));
  region.analyse(3, "2024-03-01");
  const Cascade after = region.judge();
  EXPECT_EQ(of(after, the_region()).position, 1u);
  EXPECT_EQ(of(after, the_region()).stages[0].passed_on, "2024-03-01");
  EXPECT_EQ(of(after, municipality("А")).stages[0].passed_on, "2024-02-01");
}

TEST(Cascade, AShareOfThoseBelowMayBeEnough) {
  CascadeRegion region;
  region.report(the_region(), "data", "2024-01-20");
  for (const auto* m : {"А", "Б"}) region.report(municipality(m), "data", "2024-01-25");
  region.analyse(0, "2024-02-01").analyse(2, "2024-02-01");
  CascadeRubric rubric = small_rubric();
  rubric.gate_share = 0.5;
  EXPECT_EQ(of(judge_cascade(region.data, rubric, "2024-12-31"), the_region()).position, 1u);
  rubric.gate_share = 0.51;
  EXPECT_EQ(of(judge_cascade(region.data, rubric, "2024-12-31"), the_region()).position, 0u);
}

TEST(Cascade, ALaterStageDoesNotCountWhileAnEarlierOneIsOpen) {
  CascadeRegion region;
  region.report(school(0), "plans", "2024-02-01");
  const Cascade c = region.judge();
  EXPECT_TRUE(of(c, school(0)).stages[1].own);
  EXPECT_FALSE(of(c, school(0)).stages[1].passed);
  EXPECT_EQ(of(c, school(0)).position, 0u);
  EXPECT_EQ(of(c, school(0)).stages[1].first_own, "2024-02-01");
}

TEST(Cascade, ReportsAfterTheDayDoNotCount) {
  CascadeRegion region;
  region.analyse(0, "2024-02-01");
  EXPECT_EQ(of(region.judge("2024-02-01"), school(0)).position, 1u);
  const Cascade early = region.judge("2024-01-31");
  EXPECT_EQ(of(early, school(0)).position, 0u);
  EXPECT_EQ(early.later, 2);
  EXPECT_THAT(early.history, IsEmpty());
  EXPECT_EQ(of(region.judge(""), school(0)).position, 1u) << "no day: all reports count";
}

TEST(Cascade, HistoryTellsStepsForthAndBack) {
  CascadeRegion region;
  region.analyse(0, "2024-02-01").report(school(0), "data", "2024-03-01", 0.5).report(school(0), "data", "2024-04-01");
  const Cascade c = region.judge();
  std::vector<std::string> steps;
  for (const CascadeStep& s : c.steps)
    steps.push_back(s.date + " " + s.owner.name + " " + std::to_string(s.from) + std::to_string(s.to));
  EXPECT_THAT(steps, ElementsAre("2024-02-01 1 01", "2024-03-01 1 10", "2024-04-01 1 01"));
  EXPECT_EQ(of(c, school(0)).stages[0].first_own, "2024-02-01");
  EXPECT_EQ(of(c, school(0)).stages[0].passed_on, "2024-04-01");
  ASSERT_EQ(c.history.size(), 3u);
  EXPECT_THAT(c.history[0].at[2], ElementsAre(3, 1, 0, 0));
  EXPECT_THAT(c.history[1].at[2], ElementsAre(4, 0, 0, 0));
}

TEST(Cascade, SchoolsTakePartByParticipationElseByFocusElseByReports) {
  CascadeRegion region;
  region.analyse(0, "2024-02-01");
  EXPECT_EQ(region.judge().participants_by, ParticipantRule::focus);
  EXPECT_EQ(region.judge().participants.size(), 7u);
  auto& rows = region.data.programme_data.participation;
  rows.push_back({0, 1, 2024, ParticipationState::takes_part, "", "", {}});
  rows.push_back({0, 2, 2024, ParticipationState::takes_part, "", "", {}});
  rows.push_back({0, 2, 2025, ParticipationState::completed, "", "", {}});
  rows.push_back({0, 3, 2025, ParticipationState::takes_part, "", "", {}});
  const Cascade first = region.judge("2024-05-01");
  EXPECT_EQ(first.participants_by, ParticipantRule::participation);
  EXPECT_EQ(first.participants.size(), 5u) << "region, two municipalities, schools 2 and 3";
  EXPECT_EQ(first.misplaced, 2) << "reports of school 1, which does not take part";
  const Cascade second = region.judge("2024-09-01");
  EXPECT_EQ(second.participants.size(), 3u) << "the year 2025 has begun, and its rows name school 4 alone";
  EXPECT_TRUE(second.find(school(3)).has_value());
  EXPECT_EQ(region.judge("2026-01-01").participants.size(), 3u) << "no rows of 2026: those of 2025";
  rows.clear();
  region.data.memberships.clear();
  EXPECT_EQ(region.judge().participants_by, ParticipantRule::reported);
  EXPECT_EQ(region.judge().participants.size(), 3u);
}

TEST(CascadeDecisions, AreHeldAgainstTheRuleOfTheirDay) {
  CascadeRegion region;
  region.analyse(0, "2024-02-01");
  region.decide(school(0), "analysis", "design", "2024-01-15");
  region.decide(school(0), "design", "analysis", "2024-01-20", "нет анализа данных");
  region.decide(school(0), "Анализ", "Проектирование", "2024-02-01");
  region.decide(school(0), "design", "analysis", "2024-02-10", "осторожность");
  region.decide(school(0), "analysis", "work", "2024-02-20");
  region.decide(school(0), "analysis", "nothing", "2024-02-21");
  const Cascade c = region.judge();
  std::vector<DecisionOutcome> outcomes;
  for (const JudgedDecision& d : c.decisions) outcomes.push_back(d.outcome);
  EXPECT_THAT(outcomes, ElementsAre(DecisionOutcome::against_gate, DecisionOutcome::as_rule, DecisionOutcome::as_rule,
                                    DecisionOutcome::not_asked, DecisionOutcome::skips, DecisionOutcome::unclear));
  EXPECT_EQ(c.decisions[0].lacking.size(), 3u);
  EXPECT_EQ(of(c, school(0)).declared, 2u);
  EXPECT_EQ(of(c, school(0)).verdict, StageVerdict::returns);
}

TEST(CascadeDecisions, AgainstTheGateNameWhoHadNotFinished) {
  CascadeRegion region;
  region.report(municipality("А"), "data", "2024-01-25").analyse(0, "2024-02-01").analyse(1, "2024-05-01");
  region.decide(municipality("А"), "analysis", "design", "2024-03-01");
  region.decide(municipality("А"), "design", "design", "2024-05-02");
  const Cascade c = region.judge();
  EXPECT_EQ(c.decisions[0].outcome, DecisionOutcome::against_gate);
  EXPECT_THAT(c.decisions[0].lacking, IsEmpty());
  ASSERT_EQ(c.decisions[0].held_by.size(), 1u);
  EXPECT_EQ(c.decisions[0].held_by[0].name, "2");
  EXPECT_EQ(c.decisions[1].outcome, DecisionOutcome::as_rule) << "it stays where the rule sees it";
}

TEST(CascadeDecisions, EveryPairOfStagesIsJudgedAsTheRuleReads) {
  // Position by the rule p, left stage f, next stage t: written out from the page on methods.
  for (std::size_t p = 0; p <= 3; ++p) {
    CascadeRegion region;
    if (p >= 1) region.analyse(0, "2024-01-01");
    if (p >= 2) region.report(school(0), "plans", "2024-01-01");
    if (p >= 3) region.report(school(0), "courses", "2024-01-01");
    region.report(school(1), "data", "2024-01-01");
    const std::vector<std::string> ids = {"analysis", "design", "work", "finished"};
    for (std::size_t f = 0; f < 3; ++f) {
      for (std::size_t t = 0; t <= 3; ++t) {
        region.data.programme_data.decisions.clear();
        region.decide(school(0), ids[f], ids[t], "2024-02-01", "-");
        const DecisionOutcome got = region.judge().decisions.front().outcome;
        DecisionOutcome want = DecisionOutcome::as_rule;
        if (t > f + 1)
          want = DecisionOutcome::skips;
        else if (t == f + 1)
          want = p > f ? DecisionOutcome::as_rule : DecisionOutcome::against_gate;
        else if (p > f)
          want = DecisionOutcome::not_asked;
        else if (t < p)
          want = p == f ? DecisionOutcome::not_asked : DecisionOutcome::too_far;
        else
          want = t == p ? DecisionOutcome::as_rule : DecisionOutcome::not_far_enough;
        EXPECT_EQ(got, want) << "position " << p << ", from " << f << " to " << t;
      }
    }
  }
}

// --- brute force -------------------------------------------------------------------------------------------------

/// The rule, read aloud: whole scans, no index, no order of evaluation.
struct BruteForce {
  const Dataset& data;
  const CascadeRubric& rubric;
  std::string day;

  bool complete(const RowOwner& owner, std::size_t component, const std::string& group) const {
    std::string last;
    double score = -1;
    for (const ComponentReport& r : data.programme_data.components) {
      const bool mine = r.owner == owner && r.component == rubric.components[component].id && r.reliable &&
                        (r.group.empty() || r.group == group) && r.date <= day;
      if (mine && (r.date > last || (r.date == last && r.score < score))) {
        last = r.date;
        score = r.score;
      }
    }
    return score >= rubric.complete;
  }

  bool own(const RowOwner& owner, std::size_t stage) const {
    for (std::size_t c = 0; c < rubric.components.size(); ++c) {
      const CascadeComponent& component = rubric.components[c];
      const auto& levels = component.levels;
      if (component.stage != stage || std::find(levels.begin(), levels.end(), owner.level) == levels.end()) continue;
      std::vector<std::string> groups;
      if (owner.level == OwnerLevel::school) {
        for (const SchoolGroup g : component.groups)
          groups.emplace_back(kSchoolGroupNames[static_cast<std::size_t>(g)]);
      }
      if (groups.empty()) groups = {""};
      for (const std::string& group : groups) {
        if (!complete(owner, c, group)) return false;
      }
    }
    return true;
  }

  std::vector<RowOwner> below(const RowOwner& owner) const {
    std::vector<RowOwner> out;
    if (owner.level == OwnerLevel::region) out = {municipality("А"), municipality("Б")};
    for (SchoolId s = 0; owner.level == OwnerLevel::municipality && s < 4; ++s) {
      if (data.registry.schools[s].municipality == owner.name) out.push_back(school(s));
    }
    return out;
  }

  bool passed(const RowOwner& owner, std::size_t stage) const {
    if (stage > 0 && !passed(owner, stage - 1)) return false;
    const auto under = below(owner);
    const auto n = std::count_if(under.begin(), under.end(), [&](const RowOwner& o) { return passed(o, stage); });
    return own(owner, stage) && static_cast<double>(n) >= rubric.gate_share * static_cast<double>(under.size());
  }

  std::size_t position(const RowOwner& owner) const {
    std::size_t p = 0;
    while (p < rubric.stages.size() && passed(owner, p)) ++p;
    return p;
  }
};

CascadeRegion random_region(std::mt19937& random) {
  CascadeRegion region;
  const std::vector<RowOwner> owners = {the_region(), municipality("А"), municipality("Б"), school(0),
                                        school(1),    school(2),         school(3)};
  const std::vector<std::string> components = {"data", "needs", "plans", "courses"};
  const std::vector<std::string> groups = {"", "", "managers", "teachers"};
  for (int i = 0; i < 90; ++i) {
    const std::string day = "2024-0" + std::to_string(1 + random() % 6) + "-15";
    const double score = random() % 8 == 0 ? 0.5 : 1;
    const RowOwner& owner = owners[random() % owners.size()];
    const std::string& component = components[random() % components.size()];
    const bool of_group = owner.level == OwnerLevel::school && component == "needs";
    region.report(owner, component, day, score, of_group ? groups[random() % groups.size()] : "", random() % 10 != 0);
  }
  return region;
}

TEST(CascadeBruteForce, PositionsGatesAndHistoryAreThoseOfTheRuleReadAloud) {
  std::mt19937 random(20240115);
  int moved = 0, fell = 0;
  for (int round = 0; round < 120; ++round) {
    const CascadeRegion region = random_region(random);
    CascadeRubric rubric = small_rubric();
    rubric.gate_share = round % 3 == 0 ? 0.5 : 1;
    const Cascade c = judge_cascade(region.data, rubric, "2024-12-31");
    const BruteForce end{region.data, rubric, "2024-12-31"};
    for (const CascadeParticipant& p : c.participants) {
      EXPECT_EQ(p.position, end.position(p.owner)) << round << " " << p.owner.name;
      for (std::size_t s = 0; s < 3; ++s) EXPECT_EQ(p.stages[s].own, end.own(p.owner, s));
      moved += p.position > 0;
    }
    for (const CascadePoint& point : c.history) {
      const BruteForce then{region.data, rubric, point.date};
      std::array<std::vector<std::int64_t>, 3> want;
      for (auto& counts : want) counts.assign(4, 0);
      for (const CascadeParticipant& p : c.participants)
        ++want[static_cast<std::size_t>(p.owner.level)][then.position(p.owner)];
      EXPECT_EQ(point.at, want) << round << " " << point.date;
    }
    for (const CascadeStep& step : c.steps) {
      EXPECT_EQ((BruteForce{region.data, rubric, step.date}.position(step.owner)), step.to);
      fell += step.to < step.from;
    }
  }
  EXPECT_GT(moved, 100) << "the cases must move somebody, or they show nothing";
  EXPECT_GT(fell, 10);
}

TEST(CascadeBruteForce, HoldersAreThoseWithoutWhomTheRegionWouldMoveOn) {
  std::mt19937 random(7);
  int held = 0;
  for (int round = 0; round < 60; ++round) {
    CascadeRegion region = random_region(random);
    const Cascade c = region.judge();
    const std::size_t stage = c.participants[0].position;
    if (stage == 3) continue;
    const auto holders = holding_back(c, 0);
    held += static_cast<int>(holders.size());
    ASSERT_FALSE(holders.empty());
    for (const std::size_t h : holders) {
      for (const NeedStanding& n : lacking_up_to(c, h, stage))
        region.report(c.participants[h].owner, small_rubric().components[n.need.component].id, "2024-07-01", 1,
                      n.need.group ? std::string(kSchoolGroupNames[static_cast<std::size_t>(*n.need.group)]) : "");
    }
    EXPECT_GT(region.judge().participants[0].position, stage) << round;
  }
  EXPECT_GT(held, 60);
}

}  // namespace
}  // namespace kaskad::test
