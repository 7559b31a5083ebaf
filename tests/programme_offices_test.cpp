// The systems of a district, a region and two cities: the numbers that their documents state, and their tables as
// approved.
#include <map>
#include <set>

#include "tests/programme_fixtures.hpp"

namespace kaskad::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> errors_of(const JudgedOffice& office) {
  std::vector<std::string> lines;
  for (const Diagnostic& d : office.data.diagnostics) {
    if (d.severity == Severity::error) lines.push_back(office.texts.describe(d));
  }
  return lines;
}

TEST(Smolensk, CountsTwentyFortyAndAHundredPercentByTheRuleThatItNames) {
  const JudgedOffice o("smolensk", "2021-09-01");
  EXPECT_THAT(errors_of(o), IsEmpty());
  EXPECT_THAT(o.data.registry.schools, SizeIs(43));
  ASSERT_THAT(o.judgements.registers.programmes, SizeIs(1));
  const ProgrammeRegister& r = o.judgements.registers.programmes.front();
  ASSERT_THAT(r.years, SizeIs(4));
  using State = ParticipationState;
  EXPECT_THAT(o.ids(r.years[0].in(State::takes_part)), ElementsAre("СШ 1", "СШ 15", "СШ 18", "СШ 19", "СШ 22"));
  EXPECT_THAT(o.ids(r.years[1].in(State::completed)), ElementsAre("СШ 15"));
  EXPECT_THAT(r.years[2].in(State::takes_part), SizeIs(8));
  EXPECT_THAT(o.ids(r.years[2].in(State::goes_on)), ElementsAre("СШ 18", "СШ 22"));
  EXPECT_THAT(r.years[3].in(State::takes_part), SizeIs(9));
  EXPECT_THAT(o.ids(r.years[3].in(State::goes_on)), ElementsAre("СШ 17", "СШ 36"));
  EXPECT_THAT(o.ids(r.years[3].in(State::completed)), ElementsAre("СШ 18", "СШ 19", "СШ 22", "СШ 36"));
  EXPECT_EQ(r.years[1].percent, 20);
  EXPECT_EQ(r.years[2].percent, 40);
  EXPECT_EQ(r.years[3].percent, 100);
  EXPECT_TRUE(r.agrees);
  expect_tables(o);
}

TEST(Smolensk, HasItsListPairsWorksAndOlympiads) {
  const JudgedOffice o("smolensk", "2021-09-01");
  const LowIdentification& low = o.judgements.identification.low;
  std::vector<SchoolId> listed;
  for (SchoolId s = 0; s < low.schools; ++s) {
    if (low.verdict(s, low.years.size() - 1).tier) listed.push_back(s);
  }
  EXPECT_THAT(o.ids(listed), ElementsAre("СШ 1", "СШ 5", "СШ 9", "СШ 10", "СШ 12", "СШ 24", "СШ 25", "СШ 28", "СШ 38"));
  EXPECT_THAT(o.data.partnerships, SizeIs(9));
  const SchoolId forty = o.school("СШ 40");
  EXPECT_EQ(std::count_if(o.data.partnerships.begin(), o.data.partnerships.end(),
                          [&](const Partnership& p) { return p.partner == forty; }),
            3);
  const auto subjects = [&](const char* procedure, int first, int last) {
    std::set<SubjectId> out;
    for (std::size_t c = 0; c < o.data.cube.size(); ++c) {
      const CellKey key = o.data.cube.cell(c).key;
      const bool wanted = key.procedure == o.data.vocabulary.find_procedure(procedure);
      if (wanted && key.grade >= first && key.grade <= last) out.insert(key.subject);
    }
    return out.size();
  };
  EXPECT_EQ(subjects("EGE", 11, 11), 10U);
  EXPECT_EQ(subjects("DR", 10, 10), 4U);
  EXPECT_EQ(subjects("RDR", 9, 9), 2U);
  EXPECT_EQ(subjects("RDR", 11, 11), 2U);
  EXPECT_EQ(subjects("VPR", 5, 9), 8U);
  EXPECT_EQ(subjects("OLYMPIAD_MUNICIPAL", 1, 11), 21U);
}

TEST(Tyumen, HasTwoListsCuratorsAndFourStagesWithTerms) {
  const JudgedOffice o("tyumen", "2024-12-25");
  EXPECT_THAT(errors_of(o), IsEmpty());
  EXPECT_THAT(o.data.registry.municipalities, SizeIs(16));
  const auto& supporters = o.data.programme_data.supporters;
  const auto of_role = [&](SupporterRole role) {
    std::set<std::string> names, places;
    for (const Supporter& s : supporters) {
      if (s.role == role) names.insert(s.name), places.insert(s.owner.name);
    }
    return std::pair(names.size(), places.size());
  };
  EXPECT_EQ(of_role(SupporterRole::curator), std::pair(std::size_t{3}, std::size_t{16}));
  EXPECT_EQ(of_role(SupporterRole::coordinator), std::pair(std::size_t{16}, std::size_t{16}));
  std::vector<std::string> terms;
  for (const CascadeStage& stage : o.judgements.cascade_rubric.stages)
    terms.push_back(stage.number + " " + stage.from.substr(5, 2) + "-" + stage.to.substr(5, 2));
  EXPECT_THAT(terms, ElementsAre("I 01-02", "II 03-04", "III 04-11", "IV 12-12"));
  std::map<std::size_t, int> lists;
  const LowIdentification& low = o.judgements.identification.low;
  for (SchoolId s = 0; s < low.schools; ++s) {
    if (const auto tier = low.verdict(s, low.years.size() - 1).tier) ++lists[*tier];
  }
  EXPECT_EQ(lists[0], 12) << "list 1.1";
  EXPECT_EQ(lists[1], 13) << "list 1.2";
  EXPECT_THAT(o.judgements.processes, SizeIs(2));
  for (const ProcessJudgement& p : o.judgements.processes) EXPECT_THAT(p.monitoring.waves, ElementsAre("I", "II"));
  EXPECT_THAT(o.judgements.courses, SizeIs(2));
  EXPECT_THAT(o.data.programme_data.visits, SizeIs(75)) << "25 schools, three visits each";
  expect_tables(o);
}

TEST(Lesosibirsk, ShowsEightExpectedResultsAsReachedOrNot) {
  const JudgedOffice o("lesosibirsk", "2021-07-01");
  EXPECT_THAT(errors_of(o), IsEmpty());
  std::array<int, kExpectedStateNames.size()> states{};
  for (const ExpectedJudgement& e : o.judgements.targets.expected) ++states[static_cast<std::size_t>(e.state)];
  EXPECT_THAT(states, ElementsAre(1, 4, 2, 1)) << "not stated, reached, partly, missed";
  EXPECT_THAT(o.data.partnerships, SizeIs(5));
  expect_tables(o);
}

TEST(Krasnensky, PartsItsSchoolsByFourBlocksAndListsFifteenMeasures) {
  const JudgedOffice o("krasnensky", "2024-09-02");
  EXPECT_THAT(errors_of(o), IsEmpty());
  ASSERT_THAT(o.project.clusters.blocks, SizeIs(4));
  EXPECT_THAT(o.data.programme_data.measures, SizeIs(15));
  std::set<std::string> stages;
  for (const PlannedMeasure& m : o.data.programme_data.measures) stages.insert(m.stage);
  EXPECT_THAT(stages, SizeIs(5));
  const int field = o.data.context.field("good_marks").value();
  std::int64_t under_half = 0;
  for (SchoolId s = 0; s < o.data.registry.schools.size(); ++s) {
    const ContextValue* value = o.data.context.find(field, s, 2020);
    under_half += value != nullptr && value->sum / static_cast<double>(value->n) < 50 ? 1 : 0;
  }
  EXPECT_EQ(under_half, 5);
  const ClusterBlockFound& study = o.judgements.clusters.blocks.front();
  ASSERT_THAT(study.group_schools, SizeIs(2));
  EXPECT_EQ(study.group_schools.front(), 5) << "under 50 % on «4» and «5»";
  for (const ClusterBlockFound& block : o.judgements.clusters.blocks) {
    EXPECT_GE(std::count_if(block.items.begin(), block.items.end(), [](const auto& i) { return i.is_leading; }), 1);
  }
  expect_tables(o);
}

}  // namespace
}  // namespace kaskad::app
