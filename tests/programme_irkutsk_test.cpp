// The cascade model of a region: the numbers that its document states, and its tables as approved.
#include "tests/programme_fixtures.hpp"

namespace kaskad::app {
namespace {

using testing::ElementsAre;

class Irkutsk : public testing::Test {
 protected:
  /// Reading and judging takes seconds: once for all tests of this program.
  static const JudgedOffice& office() {
    static const JudgedOffice kOffice("irkutsk", "2020-06-15");
    return kOffice;
  }
};

template <class Is>
std::int64_t schools_of(const JudgedOffice& o, const Is& is) {
  return std::count_if(o.data.registry.schools.begin(), o.data.registry.schools.end(), is);
}

TEST_F(Irkutsk, HasTheSchoolsThatItsDocumentCounts) {
  const auto municipal = [](const School& s) { return s.type == "муниципальная"; };
  const auto rural = [&](const School& s) { return municipal(s) && s.rural.value_or(false); };
  const auto small = [&](const School& s) { return municipal(s) && s.small.value_or(false); };
  EXPECT_EQ(office().data.registry.schools.size(), 875U);
  EXPECT_EQ(office().data.registry.municipalities.size(), 42U);
  EXPECT_EQ(schools_of(office(), municipal), 822);
  EXPECT_EQ(schools_of(office(), rural), 460);
  EXPECT_EQ(schools_of(office(), small), 271);
  EXPECT_EQ(schools_of(office(), [&](const School& s) { return rural(s) && small(s); }), 259);
  EXPECT_FALSE(has_errors(office().data.diagnostics));
}

TEST_F(Irkutsk, DriftsFromTheIntervalsOf2018ToThoseOf2020) {
  const SocialIndex& index = office().judgements.identification.social;
  constexpr std::array<std::array<double, 4>, 5> kIntervals = {{{0, 76.8, 0, 79.32},
                                                                {76.9, 79.4, 79.35, 81.61},
                                                                {79.5, 81.4, 81.62, 83.07},
                                                                {81.5, 83.6, 83.08, 84.84},
                                                                {83.7, 100, 84.88, 100}}};
  ASSERT_EQ(index.drift.size(), 5U);
  for (std::size_t g = 0; g < 5; ++g) {
    const auto& at = index.drift[g].at;
    ASSERT_EQ(at.size(), 2U);
    const std::array<double, 4> found = {at[0].lo, at[0].hi, at[1].lo, at[1].hi};
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(found[i], kIntervals[g][i], 1e-9) << g << " " << i;
    for (const GroupInterval& interval : at) EXPECT_EQ(interval.n, 126);
  }
  for (const IndexIdentification& time : index.times) {
    EXPECT_EQ(time.ranked, 630);
    EXPECT_EQ(time.missing_shares, 245);
  }
}

TEST_F(Irkutsk, ElevenTenAndThreeOfThirtyTwoSupportedSchools) {
  const SupportOutcome& outcome = office().judgements.registers.outcome;
  EXPECT_EQ(outcome.supported.size(), 32U);
  EXPECT_EQ(outcome.at_risk_before.size(), 32U) << "all began in the lowest group";
  EXPECT_EQ(outcome.left_risk.size(), 11U);
  EXPECT_EQ(outcome.raised.size(), 10U);
  EXPECT_EQ(outcome.stayed.size(), 3U);
}

TEST_F(Irkutsk, GoesThroughStagesOfSixSevenAndTenComponents) {
  const CascadeRubric& rubric = office().judgements.cascade_rubric;
  std::vector<int> components(rubric.stages.size());
  for (const CascadeComponent& component : rubric.components) ++components[component.stage];
  EXPECT_THAT(components, ElementsAre(6, 7, 10));
}

std::string level_of(const JudgedOffice& o, const std::string& programme, const std::string& wave) {
  for (const MaturityRating& r : o.judgements.maturity.ratings) {
    const Programme& p = o.data.programmes[r.programme];
    if (p.id == programme && r.wave == wave && r.level)
      return o.judgements.maturity.settings.rubric.levels[*r.level].id;
  }
  return "";
}

TEST_F(Irkutsk, TheRegionsProgrammeBecomesReflexiveWhenAllNinePositionsAreEvidenced) {
  EXPECT_EQ(level_of(office(), "РП", "entry"), "functional");
  EXPECT_EQ(level_of(office(), "РП", "intermediate"), "functional");
  EXPECT_EQ(level_of(office(), "РП", "final"), "reflexive");
  for (const MaturityRating& r : office().judgements.maturity.ratings) {
    if (office().data.programmes[r.programme].id != "РП") continue;
    EXPECT_EQ(r.carrying.size(), r.wave == "final" ? 9U : 2U) << r.wave;
    // Recommendations, decisions and the analysis of effectiveness are what «in full» still needs.
    ASSERT_EQ(r.next.ways.size(), r.wave == "final" ? 0U : 1U) << r.wave;
    if (!r.next.ways.empty()) {
      EXPECT_EQ(r.next.ways.front().size(), 3U);
    }
  }
}

TEST_F(Irkutsk, ASchoolReturnsToAnalysisAsItsDiagnosticsAskAndComesBack) {
  std::vector<DecisionOutcome> outcomes;
  for (const JudgedDecision& d : office().judgements.cascade.decisions) outcomes.push_back(d.outcome);
  EXPECT_THAT(outcomes, testing::Each(DecisionOutcome::as_rule));
  ASSERT_EQ(outcomes.size(), 3U);
  const auto& steps = office().judgements.cascade.steps;
  const auto back = std::find_if(steps.begin(), steps.end(), [](const CascadeStep& s) { return s.to < s.from; });
  ASSERT_NE(back, steps.end());
  EXPECT_EQ(back->date, "2019-12-13");
}

/// Means over pupils of small and of other schools, by year, from the file alone.
TEST_F(Irkutsk, SmallSchoolsStandBelowTheOthersAndFallBehind) {
  const Dataset& d = office().data;
  const ProcedureId ege = d.vocabulary.find_procedure("ЕГЭ").value();
  for (const char* subject : {"Русский язык", "Математика (профиль)"}) {
    std::vector<double> gaps;
    for (const int year : {2018, 2019, 2020}) {
      std::array<double, 2> sum{}, n{};
      for (SchoolId s = 0; s < d.registry.schools.size(); ++s) {
        const auto at = d.cube.find({s, static_cast<std::int16_t>(year), ege, *d.vocabulary.find_subject(subject), 11});
        if (at == d.cube.size()) continue;
        const auto cell = d.cube.cell(at);
        const Aggregate* summary = cell.aggregate(Outcome::test);
        ASSERT_NE(summary, nullptr);
        const std::size_t small = d.registry.schools[s].small.value_or(false) ? 1 : 0;
        sum[small] += summary->mean() * static_cast<double>(summary->n);
        n[small] += static_cast<double>(summary->n);
      }
      gaps.push_back(sum[0] / n[0] - sum[1] / n[1]);
    }
    EXPECT_GT(gaps[0], 4) << subject;
    EXPECT_GT(gaps[2], gaps[0]) << subject;
  }
}

TEST_F(Irkutsk, ReadsAsItsTablesWereApproved) { expect_tables(office()); }

}  // namespace
}  // namespace kaskad::app
