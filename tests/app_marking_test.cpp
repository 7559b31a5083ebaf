// Signs of biased marking in the invented region, beside what was put into it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/demo/region.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::app {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The fixture read and judged; the briefing refers into it.
struct Told {
  explicit Told(const std::string& file) : resources(find_resources().value()), texts(resources.texts("ru").value()) {
    Console console(texts, true);
    study = begin_study(load_project(file, resources, console, stderr).value().value(), 2, console);
    judge_study(study, Depth::without_comparisons, 2, console);
  }
  const MarkingSigns& signs() const { return study.judgements.marking; }
  reports::Briefing briefing() const { return briefing_of(study, "2026-11-21", texts); }

  Resources resources;
  Texts texts;
  Study study;
};

const Told& told() {
  static const Told told("fixtures/region/kaskad.toml");
  return told;
}

/// Larger than the fixture, so that it has enough schools of either kind.
demo::DemoOptions large() {
  demo::DemoOptions options;
  options.schools = 150;
  options.years = 3;
  options.pupils = 90000;
  options.seed = 7;
  return options;
}

const Told& large_region() {
  static const std::string folder = testing::TempDir() + "/kaskad_marking_region";
  static const bool written = demo::write_region(large(), folder).has_value();
  EXPECT_TRUE(written);
  static const Told told(folder + "/kaskad.toml");
  return told;
}

/// Ids of the schools that raise scores just under «3», as the maker of the region knows them.
std::set<std::string> lenient_schools() {
  std::set<std::string> out;
  for (const demo::DemoSchool& school : demo::build_region(large()).schools) {
    if (school.lenient) out.insert(school.id);
  }
  return out;
}

struct Found {
  std::int64_t lenient = 0, of_lenient = 0, others = 0, of_others = 0;
};

Found spikes_found(std::size_t year) {
  const std::set<std::string> lenient = lenient_schools();
  Found out;
  for (SchoolId s = 0; s < large_region().signs().schools; ++s) {
    const Answer answer = large_region().signs().verdict(s, year).kinds[static_cast<std::size_t>(SignKind::spike)];
    const bool is_lenient = lenient.count(large_region().study.data.registry.schools[s].id) != 0;
    if (answer == Answer::not_judged) continue;
    ++(is_lenient ? out.of_lenient : out.of_others);
    if (answer == Answer::yes) ++(is_lenient ? out.lenient : out.others);
  }
  return out;
}

TEST(MarkingOfTheRegion, SpikesFindHalfOfTheLenientSchoolsAndFewOthers) {
  const Found found = spikes_found(large_region().signs().years.size() - 1);
  RecordProperty("lenient", std::to_string(found.lenient) + " of " + std::to_string(found.of_lenient));
  RecordProperty("others", std::to_string(found.others) + " of " + std::to_string(found.of_others));
  ASSERT_GE(found.of_lenient, 5);
  EXPECT_GE(2 * found.lenient, found.of_lenient) << found.lenient << " of " << found.of_lenient;
  EXPECT_LE(50 * found.others, found.of_others) << found.others << " of " << found.of_others;
}

TEST(MarkingOfTheRegion, SpikesStandAtTheBorderOfThree) {
  const std::set<std::string> lenient = lenient_schools();
  for (const MarkingFact& fact : large_region().signs().facts) {
    const bool is_lenient = lenient.count(large_region().study.data.registry.schools[fact.school].id) != 0;
    if (fact.kind != SignKind::spike || !fact.is_sign() || fact.work || !is_lenient) continue;
    EXPECT_EQ(fact.mark, 3);
  }
}

TEST(MarkingOfTheRegion, ExamsThatSchoolsDoNotMarkAreLeftAlone) {
  for (const MarkedWork& work : told().signs().works)
    EXPECT_EQ(told().study.data.vocabulary.procedures[work.procedure].id, "VPR");
}

TEST(MarkingOfTheRegion, SchoolsOfTheMunicipalitiesAddUpToTheRegion) {
  const Frame& frame = told().study.judgements.figures.frame;
  const std::size_t year = told().signs().years.size() - 1;
  SignCounts sum;
  for (std::size_t e = 0; e < frame.entities.size(); ++e) {
    if (frame.entities[e].kind != EntityKind::municipality) continue;
    const SignCounts counts = count_signs(told().signs(), frame.members[e], year, std::nullopt);
    sum.judged += counts.judged;
    sum.marked += counts.marked;
  }
  const SignCounts all = count_signs(told().signs(), frame.members[0], year, std::nullopt);
  EXPECT_EQ(sum.judged, all.judged);
  EXPECT_EQ(sum.marked, all.marked);
  EXPECT_GT(all.judged, 40);
}

TEST(MarkingOfTheRegion, EveryMarkedSchoolIsGivenItsReasons) {
  const reports::Value tree = reports::region_data(told().briefing());
  const reports::Value* schools = tree.find("marking.schools");
  ASSERT_NE(schools, nullptr);
  ASSERT_FALSE(schools->list()->empty());
  for (const reports::Value& school : *schools->list())
    EXPECT_THAT(*school.find("basis")->text(), Not(testing::IsEmpty()));
  EXPECT_THAT(*tree.find("marking.text")->text(), HasSubstr("признак"));
  EXPECT_THAT(*tree.find("marking.context")->text(), HasSubstr("13–18 %"));
}

TEST(MarkingOfTheRegion, APassportSaysWhatWasSeenOrThatNothingWas) {
  const reports::Briefing briefing = told().briefing();
  for (SchoolId s = 0; s < told().signs().schools; ++s) {
    const Answer any = told().signs().verdict(s, told().signs().years.size() - 1).any;
    const reports::Value tree = reports::school_data(briefing, s);
    EXPECT_EQ(tree.find("marking")->truthy(), any != Answer::not_judged);
    if (any == Answer::not_judged) continue;
    EXPECT_EQ(tree.find("marking.has_signs")->truthy(), any == Answer::yes);
  }
}

}  // namespace
}  // namespace kaskad::app
