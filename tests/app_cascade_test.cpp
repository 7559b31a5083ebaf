// Stages, road map and visits as the reports tell them, on the projects of two regions. The expected numbers were
// counted from the source files by hand and by a script that reads the rule of docs/methods/cascade.md aloud.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "reports/content/report_data.hpp"
#include "tests/app_texts.hpp"

namespace kaskad::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A project read and judged as of a day; the briefing refers into it.
struct ToldAsOf {
  ToldAsOf(const std::string& file, const std::string& date, const std::string& language = "ru")
      : resources(find_resources().value()), texts(texts_of(resources, language)), day(date) {
    Console console(texts, true);
    Project project = load_project(file, resources, console, stderr).value().value();
    project.date = date;
    study = begin_study(std::move(project), 2, console);
    judge_study(study, Depth::without_comparisons, 2, console);
  }
  reports::Briefing briefing() const { return briefing_of(study, day, texts); }

  Resources resources;
  Texts texts;
  std::string day;
  Study study;
};

std::int64_t count_at(const reports::Value& tree, const std::string& path) {
  const reports::Value* value = tree.find(path);
  const auto* n = value == nullptr ? nullptr : std::get_if<std::int64_t>(&value->is);
  return n == nullptr ? -1 : *n;
}

std::string text_at(const reports::Value& tree, const std::string& path) {
  const reports::Value* value = tree.find(path);
  return value == nullptr || value->text() == nullptr ? "⟦" + path + "⟧" : *value->text();
}

std::size_t size_at(const reports::Value& tree, const std::string& path) {
  const reports::Value* value = tree.find(path);
  return value == nullptr || value->list() == nullptr ? 0 : value->list()->size();
}

std::vector<std::int64_t> positions(const Cascade& cascade, OwnerLevel level) {
  std::vector<std::int64_t> out(cascade.rubric.stages.size() + 1);
  for (const CascadeParticipant& p : cascade.participants) {
    if (p.owner.level == level) ++out[p.position];
  }
  return out;
}

TEST(IrkutskCascade, StandsWhereTheReportsPutItOnEachDay) {
  const ToldAsOf before("fixtures/irkutsk/kaskad.toml", "2019-12-12");
  EXPECT_THAT(positions(before.study.judgements.cascade, OwnerLevel::region), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(positions(before.study.judgements.cascade, OwnerLevel::municipality), ElementsAre(0, 17, 0, 0));
  EXPECT_THAT(positions(before.study.judgements.cascade, OwnerLevel::school), ElementsAre(0, 20, 0, 0));
  // New diagnostics of 13 December take one school back, and those above it with it.
  const ToldAsOf december("fixtures/irkutsk/kaskad.toml", "2019-12-16");
  EXPECT_THAT(positions(december.study.judgements.cascade, OwnerLevel::region), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(positions(december.study.judgements.cascade, OwnerLevel::municipality), ElementsAre(1, 16, 0, 0));
  EXPECT_THAT(positions(december.study.judgements.cascade, OwnerLevel::school), ElementsAre(1, 19, 0, 0));
  const ToldAsOf june("fixtures/irkutsk/kaskad.toml", "2020-06-01");
  const Cascade& cascade = june.study.judgements.cascade;
  EXPECT_THAT(positions(cascade, OwnerLevel::region), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(positions(cascade, OwnerLevel::municipality), ElementsAre(0, 3, 14, 0));
  EXPECT_THAT(positions(cascade, OwnerLevel::school), ElementsAre(0, 2, 18, 0));
  const auto holders = holding_back(cascade, 0);
  EXPECT_EQ(std::count_if(holders.begin(), holders.end(),
                          [&](std::size_t h) { return cascade.participants[h].owner.level == OwnerLevel::school; }),
            2);
  EXPECT_EQ(holders.size(), 3u) << "and one municipality by components of its own";
}

TEST(IrkutskCascade, TheReportNamesWhoHoldsBackAndWhatWasDecided) {
  const ToldAsOf told("fixtures/irkutsk/kaskad.toml", "2020-06-01");
  const reports::Value tree = reports::region_data(told.briefing());
  EXPECT_THAT(text_at(tree, "cascade.text"), HasSubstr("II. Проектирование"));
  EXPECT_EQ(size_at(tree, "cascade.holders"), 3u);
  EXPECT_EQ(size_at(tree, "cascade.components"), 23u);
  EXPECT_EQ(size_at(tree, "cascade.decisions"), 3u);
  EXPECT_EQ(size_at(tree, "cascade.schools"), 20u);
  EXPECT_GT(size_at(tree, "cascade.history"), 1u);
  EXPECT_EQ(size_at(tree, "cascade.gantt.rows"), 12u) << "three stages, each a head and three levels";
  EXPECT_EQ(size_at(tree, "road_map.all"), 10u);
  const Cascade& cascade = told.study.judgements.cascade;
  const SchoolId school = *cascade.participants[holding_back(cascade, 0).back()].owner.school;
  const reports::Value own = reports::school_data(told.briefing(), school);
  EXPECT_EQ(size_at(own, "cascade.needs"), cascade.participants.back().needs.size());
}

TEST(TyumenRoadMap, CountsWhatIsDoneLateAndOverdueOnTheDay) {
  const ToldAsOf told("fixtures/tyumen/kaskad.toml", "2024-12-25");
  const reports::Value tree = reports::region_data(told.briefing());
  EXPECT_EQ(tree.find("cascade")->object(), nullptr) << "its stages have no components";
  EXPECT_EQ(count_at(tree, "road_map.total.n"), 17);
  EXPECT_EQ(count_at(tree, "road_map.total.done"), 15);
  EXPECT_EQ(count_at(tree, "road_map.total.n_in_time"), 13);
  EXPECT_EQ(count_at(tree, "road_map.total.n_late"), 2);
  EXPECT_EQ(count_at(tree, "road_map.total.n_overdue"), 1);
  EXPECT_EQ(count_at(tree, "road_map.total.n_running"), 1);
  EXPECT_EQ(count_at(tree, "road_map.overdue.0.days"), 26);
  EXPECT_EQ(size_at(tree, "road_map.bands.rows"), 4u);
  EXPECT_EQ(size_at(tree, "road_map.charts"), 4u);
  EXPECT_EQ(text_at(tree, "road_map.charts.2.title"), "III. Реализация: просрочено 1 мероприятие");
}

TEST(TyumenRoadMap, OnAnEarlierDayTheRestIsStillAhead) {
  const ToldAsOf told("fixtures/tyumen/kaskad.toml", "2024-03-01", "en");
  const reports::Value tree = reports::region_data(told.briefing());
  EXPECT_EQ(count_at(tree, "road_map.total.n_in_time"), 3);
  EXPECT_EQ(count_at(tree, "road_map.total.n_overdue"), 1) << "No 4, done on 6 March";
  EXPECT_EQ(count_at(tree, "road_map.total.n_running"), 2) << "No 5 and No 7 begin on the day";
  EXPECT_EQ(count_at(tree, "road_map.total.n_not_due"), 11);
  EXPECT_EQ(text_at(tree, "road_map.charts.0.title"), "I. Choice of schools: 1 measure is overdue");
}

TEST(TyumenVisits, PlanAndFactAddUpBySchoolMunicipalityAndCurator) {
  const ToldAsOf told("fixtures/tyumen/kaskad.toml", "2024-12-25");
  const Support& support = told.study.judgements.support;
  EXPECT_EQ(support.all.n(), 75);
  EXPECT_EQ(support.all.of(VisitState::in_time), 51);
  EXPECT_EQ(support.all.of(VisitState::late), 19);
  EXPECT_EQ(support.all.of(VisitState::overdue), 5);
  for (const auto* counts : {&support.by_school, &support.by_municipality, &support.by_supporter}) {
    std::int64_t n = 0, done = 0;
    for (const VisitCount& c : *counts) n += c.n(), done += c.done();
    EXPECT_EQ(n, support.all.n());
    EXPECT_EQ(done, support.all.done());
  }
  EXPECT_EQ(support.schools.size(), 25u) << "lists 1.1 and 1.2";
}

}  // namespace
}  // namespace kaskad::app
