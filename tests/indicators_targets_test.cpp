// Targets and expected results: decided by the interval; the path before the term; what is said against what is shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "indicators/targets.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Estimate beyond(double value, double lo, double hi) {
  Estimate e = exactly(value, 100);
  e.lo = lo;
  e.hi = hi;
  return e;
}

TEST(TargetStates, AreDecidedByTheIntervalAndNotByThePoint) {
  EXPECT_EQ(state_of(beyond(3, 1, 5), Direction::up, true), TargetState::reached);
  EXPECT_EQ(state_of(beyond(3, -1, 7), Direction::up, true), TargetState::cannot_tell);
  EXPECT_EQ(state_of(beyond(-3, -5, -1), Direction::up, true), TargetState::missed);
  EXPECT_EQ(state_of(beyond(3, 1, 5), Direction::up, false), TargetState::on_course);
  EXPECT_EQ(state_of(beyond(-3, -5, -1), Direction::up, false), TargetState::off_course);
}

TEST(TargetStates, TurnRoundWhereLessIsBetter) {
  EXPECT_EQ(state_of(beyond(-3, -5, -1), Direction::down, true), TargetState::reached);
  EXPECT_EQ(state_of(beyond(3, 1, 5), Direction::down, true), TargetState::missed);
  EXPECT_EQ(state_of(beyond(3, 1, 5), Direction::none, true), TargetState::cannot_tell);
}

/// One school, share of those who pass: 40, 50, 60 and 70 of `pupils` per cent in 2020 to 2023, a context share falling
/// from 0.4 to 0.1; targets are of the school.
struct Office {
  Dataset data;
  Figures figures;
  std::vector<Wave> waves = {{"in", {2020}, WaveRole::entry}, {"out", {2023}, WaveRole::final}};

  explicit Office(std::int64_t pupils = 1000) {
    data.vocabulary.years = {2020, 2021, 2022, 2023};
    data.vocabulary.procedures.resize(1);
    data.vocabulary.procedures[0].id = "ege";
    data.registry.schools.push_back({"1", "", "", "", {}, {}});
    data.context.fields.push_back({"alone", {}, "share", false});
    Indicator share;
    share.id = "pass";
    share.kind = IndicatorKind::share;
    figures.indicators = {share};
    figures.frame = make_frame(data, waves);
    SeriesFigures series;
    series.series.break_before = {false, false, false, false};
    for (int y = 0; y < 4; ++y) {
      const double p = 0.4 + 0.1 * y, n = static_cast<double>(pupils);
      series.bases.push_back({pupils, p * n, n * p * (1 - p), 0, Undefined::none, pupils});
      data.context.values[{0, 0, 2020 + y}] = {10, 10 * (0.4 - 0.1 * y), 0};
    }
    figures.series = {series};
    Programme programme;
    programme.id = "p";
    programme.level = "school";
    programme.school = 0;
    data.programmes = {programme};
  }

  void forget(int year) { figures.series[0].bases[static_cast<std::size_t>(year - 2020)] = {}; }

  static TargetValue target(const std::string& period, double value) {
    TargetValue t;
    t.owner = {OwnerLevel::school, "1", 0};
    t.indicator = "pass";
    t.procedure = "ege";
    t.subject = "*";
    t.period = period;
    t.value = value;
    return t;
  }

  TargetJudgement judge(const TargetValue& t) const {
    return judge_targets(data, figures, wave_sets(waves, data.vocabulary), {t}).at(0);
  }
};

TEST(Targets, InTheirOwnPeriod) {
  const Office office;
  const TargetJudgement t = office.judge(Office::target("2023", 65));
  EXPECT_TRUE(t.is_due);
  EXPECT_EQ(t.state, TargetState::reached);
  EXPECT_NEAR(t.beyond.value, 5, 1e-9);
  // Wilson's limits of 700 in 1000 are 67.08 and 72.76.
  EXPECT_NEAR(t.beyond.lo, 2.08, 0.01);
  EXPECT_NEAR(t.beyond.hi, 7.76, 0.01);
  EXPECT_EQ(office.judge(Office::target("out", 75)).state, TargetState::missed);
  EXPECT_EQ(office.judge(Office::target("out", 71)).state, TargetState::cannot_tell);
}

// From 40 in 2020 to 90 in 2024 the straight path stands at 77.5 in 2023; to 75 at 66.25.
TEST(Targets, BeforeTheTermAreHeldAgainstTheStraightPath) {
  const Office office(4000);
  const TargetJudgement behind = office.judge(Office::target("2024", 90));
  EXPECT_FALSE(behind.is_due);
  EXPECT_EQ(behind.period, "2023");
  EXPECT_EQ(behind.start_period, "in");
  EXPECT_NEAR(behind.path, 77.5, 1e-9);
  EXPECT_EQ(behind.state, TargetState::off_course);
  const TargetJudgement ahead = office.judge(Office::target("2024", 75));
  EXPECT_NEAR(ahead.path, 66.25, 1e-9);
  EXPECT_EQ(ahead.state, TargetState::on_course);
}

// Limits of x − x0/4 − 3T/4 by Zou and Donner: roots of the sums of squares of Wilson's own.
TEST(Targets, ThePathHasAnIntervalOfBothValues) {
  const TargetJudgement t = Office().judge(Office::target("2024", 75));
  const double lower = 70 - 67.0846, upper = 72.7584 - 70, start_lower = 40 - 37.0073, start_upper = 43.0699 - 40;
  EXPECT_NEAR(t.beyond.value, 3.75, 1e-9);
  EXPECT_NEAR(t.beyond.lo, 3.75 - std::hypot(lower, start_upper / 4), 0.01);
  EXPECT_NEAR(t.beyond.hi, 3.75 + std::hypot(upper, start_lower / 4), 0.01);
}

TEST(Targets, CannotTellWithOnlyTheEntryValueOrAcrossAChangeOfTheScale) {
  Office office;
  for (const int year : {2021, 2022, 2023}) office.forget(year);
  EXPECT_EQ(office.judge(Office::target("2024", 90)).gap, TargetGap::no_start);
  Office broken;
  broken.figures.series[0].series.break_before[2] = true;
  EXPECT_EQ(broken.judge(Office::target("2024", 90)).gap, TargetGap::broken_scale);
}

TEST(Targets, OfTheContextAreExact) {
  const Office office;
  TargetValue t = Office::target("2023", 15);
  t.indicator = "alone";
  t.procedure.clear();
  const TargetJudgement judged = office.judge(t);
  EXPECT_NEAR(judged.value.value, 10, 1e-9);
  EXPECT_EQ(judged.state, TargetState::reached) << "less is aimed at than there was at entry";
}

TEST(Targets, OfWhatNobodyKnowsAreNotJudged) {
  const Office office;
  TargetValue t = Office::target("2023", 50);
  t.indicator = "nothing";
  EXPECT_EQ(office.judge(t).gap, TargetGap::unknown);
  EXPECT_EQ(office.judge(Office::target("never", 50)).gap, TargetGap::unknown);
}

ExpectedResult result(ExpectedState state, std::string document, std::optional<TargetValue> measure) {
  ExpectedResult r;
  r.number = "1";
  r.state = state;
  r.document = std::move(document);
  r.measure = std::move(measure);
  return r;
}

TEST(ExpectedResults, StandAsStatedAndAreContradictedByFigures) {
  Office office;
  office.data.programme_data.expected = {
      result(ExpectedState::reached, "order 5", Office::target("2023", 90)),
      result(ExpectedState::missed, "", Office::target("2023", 50)),
      result(ExpectedState::not_stated, "", Office::target("2023", 50)),
      result(ExpectedState::not_stated, "", Office::target("2023", 71)),
      result(ExpectedState::partly, "order 6", std::nullopt),
  };
  const auto judged = judge_expected(office.data, office.figures, wave_sets(office.waves, office.data.vocabulary));
  ASSERT_EQ(judged.size(), 5U);
  EXPECT_TRUE(judged[0].contradicts);
  EXPECT_EQ(judged[0].state, ExpectedState::reached);
  EXPECT_TRUE(judged[1].contradicts);
  EXPECT_TRUE(judged[1].without_document);
  EXPECT_TRUE(judged[2].by_figures);
  EXPECT_EQ(judged[2].state, ExpectedState::reached);
  EXPECT_EQ(judged[3].state, ExpectedState::not_stated);
  EXPECT_EQ(judged[4].state, ExpectedState::partly);
  EXPECT_FALSE(judged[4].contradicts);
}

std::vector<std::string> codes(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message.code + " " + std::to_string(d.place.row));
  return out;
}

TEST(TargetChecks, NameTheRowsOfWhatNobodyKnows) {
  Office office;
  const auto at = [](TargetValue t, std::int64_t row) {
    t.place.row = row;
    return t;
  };
  TargetValue wrong = Office::target("2023", 50);
  wrong.indicator = "psas";
  TargetValue group = Office::target("2023", 50);
  group.group = "control";
  auto& targets = office.data.programme_data.targets;
  targets = {at(Office::target("2023", 50), 2), at(wrong, 3),
             at(Office::target("otu", 50), 4),  at(group, 5),
             at(Office::target("2023", 60), 6), at(Office::target("2019", 60), 7)};
  const Diagnostics found = check_targets(office.data, office.figures.indicators, office.waves);
  EXPECT_THAT(codes(found), ElementsAre("target-unknown-indicator 3", "target-unknown-period 4",
                                        "target-unknown-group 5", "target-twice 6", "target-before-project 7"));
  targets.resize(1);
  EXPECT_THAT(check_targets(office.data, office.figures.indicators, office.waves), IsEmpty());
}

TEST(TargetChecks, NameWavesOfProgrammesThatNobodyRegistered) {
  Office office;
  Wave own{"w", {2020}, WaveRole::entry};
  own.programmes = {"q"};
  office.waves.push_back(own);
  EXPECT_THAT(codes(check_targets(office.data, office.figures.indicators, office.waves)),
              ElementsAre("wave-unknown-programme 0"));
}

}  // namespace
}  // namespace kaskad
