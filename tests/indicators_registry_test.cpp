// The registry of participation: Smolensk's published table and the rule behind its percentages, the outcome of
// supported schools, and rows that do not go together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "indicators/participation.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using State = ParticipationState;

/// Schools of the published table by their numbers.
const std::vector<std::string> kNumbers = {"1",  "5",  "9",  "10", "12", "15", "17", "18",
                                           "19", "22", "24", "25", "28", "36", "38"};

struct Town {
  Dataset data;

  Town() {
    for (const std::string& number : kNumbers) data.registry.schools.push_back({number, "", "", "", {}, {}});
    data.vocabulary.years = {2018, 2019, 2020, 2021};
    Programme programme;
    programme.id = "ppko";
    programme.level = "municipal";
    data.programmes.push_back(programme);
  }

  SchoolId school(const std::string& number) const {
    return static_cast<SchoolId>(std::find(kNumbers.begin(), kNumbers.end(), number) - kNumbers.begin());
  }

  void add(int year, State state, const std::vector<std::string>& numbers) {
    for (const std::string& number : numbers) {
      Participation p;
      p.school = school(number);
      p.year = year;
      p.state = state;
      p.place = {"participation.csv", "", static_cast<std::int64_t>(data.programme_data.participation.size()) + 2, 0,
                 ""};
      data.programme_data.participation.push_back(p);
    }
  }
};

/// As the municipality published it.
Town smolensk() {
  Town t;
  t.add(2018, State::takes_part, {"1", "15", "18", "19", "22"});
  t.add(2019, State::takes_part, {"1", "15", "18", "19", "22"});
  t.add(2019, State::completed, {"15"});
  t.add(2020, State::takes_part, {"1", "9", "10", "17", "19", "25", "36", "38"});
  t.add(2020, State::goes_on, {"18", "22"});
  t.add(2021, State::takes_part, {"1", "5", "9", "10", "12", "24", "25", "28", "38"});
  t.add(2021, State::goes_on, {"17", "36"});
  t.add(2021, State::completed, {"18", "19", "22", "36"});
  return t;
}

constexpr CompletionRule kSmolensk = {CompletedWhat::completed_or_goes_on, CompletedWhen::in_year,
                                      CompletedOf::first_list, false};

ProgrammeRegister register_of(const Town& t, const RegistrySettings& settings) {
  return make_registers(t.data, {}, {}, {}, settings).programmes.at(0);
}

RegistrySettings stated(const CompletionRule& rule) {
  RegistrySettings out;
  out.rule = rule;
  out.stated = {{"", 2019, 20}, {"", 2020, 40}, {"ppko", 2021, 100}};
  return out;
}

std::vector<std::string> numbers(const std::vector<SchoolId>& schools) {
  std::vector<std::string> out;
  for (const SchoolId s : schools) out.push_back(kNumbers[s]);
  return out;
}

TEST(Registry, OneRuleGivesThePercentagesOfThePublishedTable) {
  const ProgrammeRegister r = register_of(smolensk(), stated(kSmolensk));
  ASSERT_EQ(r.years.size(), 4U);
  EXPECT_THAT(r.years[0].percent, Optional(0.0));
  EXPECT_THAT(r.years[1].percent, Optional(20.0));
  EXPECT_THAT(r.years[2].percent, Optional(40.0));
  EXPECT_THAT(r.years[3].percent, Optional(100.0));
  EXPECT_TRUE(r.agrees);
  EXPECT_THAT(r.reproduced_by, ElementsAre(kSmolensk));
}

TEST(Registry, SaysThatTheFigureIsNoShareWhereSchoolsAreNotInTheDenominator) {
  const ProgrammeRegister r = register_of(smolensk(), stated(kSmolensk));
  EXPECT_THAT(numbers(r.years[3].above), ElementsAre("17", "18", "19", "22", "36"));
  EXPECT_THAT(numbers(r.years[3].below), ElementsAre("1", "15", "18", "19", "22"));
  EXPECT_THAT(numbers(r.years[3].strangers), ElementsAre("17", "36"));
}

TEST(Registry, AShareKeepsToItsDenominator) {
  CompletionRule rule = kSmolensk;
  rule.only_of = true;
  const ProgrammeRegister r = register_of(smolensk(), stated(rule));
  EXPECT_THAT(r.years[3].percent, Optional(60.0));
  EXPECT_THAT(r.years[3].strangers, IsEmpty());
  EXPECT_FALSE(r.agrees);
  EXPECT_THAT(r.reproduced_by, ElementsAre(kSmolensk));
}

TEST(Registry, ByDefaultCountsAllWhoCompletedOfAllWhoWereEverIn) {
  const ProgrammeRegister r = register_of(smolensk(), {});
  EXPECT_THAT(r.years[1].percent, Optional(20.0));
  EXPECT_DOUBLE_EQ(r.years[2].percent.value_or(0), 100.0 / 11);
  EXPECT_DOUBLE_EQ(r.years[3].percent.value_or(0), 100.0 * 5 / 15);
}

TEST(Registry, NoRuleGivesPercentagesThatCannotBe) {
  RegistrySettings settings = stated(kSmolensk);
  settings.stated[1].percent = 41;
  const ProgrammeRegister r = register_of(smolensk(), settings);
  EXPECT_FALSE(r.agrees);
  EXPECT_THAT(r.reproduced_by, IsEmpty());
}

TEST(Registry, NobodyBelowTheLineHasNoPercentage) {
  Town t;
  t.add(2018, State::completed, {"1"});
  RegistrySettings settings;
  settings.rule.of = CompletedOf::first_list;
  EXPECT_EQ(register_of(t, settings).years[0].percent, std::nullopt);
}

std::vector<std::string> told(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message.code + " " + std::to_string(d.place.row));
  return out;
}

TEST(RegistryChecks, TheSchoolThatGoesOnAndCompletedIsNamedWithBothRows) {
  const Diagnostics found = check_participation(smolensk().data);
  ASSERT_THAT(told(found), ElementsAre("participation-two-states 37"));
  EXPECT_EQ(found[0].severity, Severity::warning);
  const auto& args = found[0].message.args;
  const auto arg = [&](const std::string& name) {
    return std::find_if(args.begin(), args.end(), [&](const auto& a) { return a.first == name; })->second;
  };
  EXPECT_EQ(std::get<std::string>(arg("school")), "36");
  EXPECT_EQ(std::get<std::string>(arg("other_state")), "goes_on");
  EXPECT_EQ(std::get<std::int64_t>(arg("row")), 33);
}

TEST(RegistryChecks, CompletedBeforeItEnteredAndBackAfterItCompleted) {
  Town t;
  t.add(2019, State::completed, {"1"});
  t.add(2020, State::takes_part, {"1"});
  t.add(2018, State::completed, {"5"});
  EXPECT_THAT(
      told(check_participation(t.data)),
      ElementsAre("participation-before-entry 2", "participation-after-completion 3", "participation-never-entered 4"));
}

TEST(RegistryChecks, TakingPartAndCompletingInOneYearIsNoContradiction) {
  Town t;
  t.add(2019, State::takes_part, {"1", "5"});
  t.add(2019, State::completed, {"1"});
  t.add(2019, State::left, {"5"});
  EXPECT_THAT(check_participation(t.data), IsEmpty());
}

TEST(RegistryChecks, YearsOutsideTheTerm) {
  Town t;
  t.data.programmes[0].from = "2018-09-01";
  t.data.programmes[0].to = "2020-05-31";
  t.add(2017, State::takes_part, {"1"});
  t.add(2019, State::takes_part, {"1"});
  t.add(2022, State::takes_part, {"5"});
  EXPECT_THAT(told(check_participation(t.data)),
              ElementsAre("participation-outside-term 2", "participation-outside-term 4"));
}

TEST(RegistryChecks, NameProgrammesAndYearsThatNobodyKnows) {
  RegistrySettings settings;
  settings.stated = {{"ppko", 2019, 20}, {"ppok", 2020, 40}, {"", 2025, 40}};
  settings.outcome.programme = "other";
  EXPECT_THAT(
      told(check_registry(smolensk().data, settings)),
      ElementsAre("registry-unknown-programme 0", "registry-year-without-rows 0", "registry-unknown-programme 0"));
}

/// 32 supported schools: 14 in the lowest fifth before, of whom 11 have left it; 10 with a better share; 3 still in
/// the focus group.
struct Supported {
  Dataset data;
  Figures figures;
  Identification identification;
  RegistrySettings settings;

  static constexpr std::size_t kAll = 40, kSupported = 32;

  Supported() {
    data.vocabulary.years = {2018, 2019, 2020};
    for (std::size_t s = 0; s < kAll; ++s) data.registry.schools.push_back({std::to_string(s + 1), "", "", "", {}, {}});
    for (std::size_t s = 0; s < kSupported; ++s)
      data.memberships.push_back({static_cast<SchoolId>(s), Role::focus, 2018, s < 3 ? 0 : 2019});
    make_index();
    make_quality();
    settings.outcome.on = true;
    settings.outcome.first_year = 2018;
    settings.outcome.last_year = 2019;
  }

  void make_index() {
    SocialIndex& index = identification.social;
    index.settings.groups = 5;
    index.settings.risk_groups = 1;
    for (const int year : {2018, 2020}) {
      IndexIdentification time;
      time.time.year = year;
      for (std::size_t s = 0; s < kAll; ++s) {
        SchoolIndex own;
        own.group = s < 14 && (year == 2018 || s >= 11) ? 0 : 2;
        if (s == 20 && year == 2020) own.group = std::nullopt;
        time.schools.push_back(own);
      }
      index.times.push_back(time);
    }
  }

  /// Pass rates of 100 pupils: the first ten rise from 50 to 55, the first four of them to 80; the rest fall.
  void make_quality() {
    Indicator quality;
    quality.id = "quality";
    quality.kind = IndicatorKind::share;
    figures.indicators = {quality};
    figures.frame = make_frame(data, {{"entry", {2018}, WaveRole::entry}, {"final", {2020}, WaveRole::final}});
    SeriesFigures series;
    series.series.break_before = {false, false, false};
    for (std::size_t s = 0; s < kAll; ++s) {
      const double after = s < 4 ? 80 : s < 10 ? 55 : 45;
      for (const double sum : {50.0, 50.0, after}) series.bases.push_back({100, sum, 25, 0, Undefined::none, 100});
    }
    figures.series = {series};
  }

  SupportOutcome outcome() const { return make_registers(data, figures, identification, 0, settings).outcome; }
};

TEST(SupportOutcomes, CountsWhoLeftTheRiskZoneRaisedQualityAndStayed) {
  const SupportOutcome o = Supported().outcome();
  EXPECT_EQ(o.supported.size(), 32U);
  EXPECT_EQ(o.at_risk_before.size(), 14U);
  EXPECT_EQ(o.left_risk.size(), 11U);
  EXPECT_THAT(o.index_unknown, ElementsAre(20));
  EXPECT_EQ(o.raised.size(), 10U);
  EXPECT_EQ(o.shown.size(), 4U);
  EXPECT_EQ(o.stayed.size(), 3U);
}

TEST(SupportOutcomes, KeepToTheProgrammeThatIsNamed) {
  Supported region;
  Programme programme;
  programme.id = "p";
  region.data.programmes = {programme};
  Participation p;
  p.school = 5;
  p.year = 2018;
  region.data.programme_data.participation = {p};
  region.settings.outcome.programme = "p";
  EXPECT_THAT(region.outcome().supported, ElementsAre(5));
  region.settings.outcome.first_year = 2019;
  EXPECT_EQ(region.outcome().reason, Undefined::no_data);
}

TEST(SupportOutcomes, SaysNothingOfQualityAcrossAChangeOfTheScale) {
  Supported region;
  region.figures.series[0].series.break_before[2] = true;
  const SupportOutcome o = region.outcome();
  EXPECT_THAT(o.raised, IsEmpty());
  EXPECT_EQ(o.quality_unknown.size(), 32U);
}

}  // namespace
}  // namespace kaskad
