// Low results: shares, rules and lists counted by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/identify_fixtures.hpp"

namespace kaskad {
namespace {

using test::dataset_of;
using test::shipped_rules;
using test::Work;
using testing::ElementsAre;

constexpr SubjectId kRussian = 0, kMaths = 1, kBiology = 2;

LowIdentification found(const std::vector<Work>& works, const LowSettings& settings = shipped_rules(),
                        std::size_t schools = 1) {
  return identify_low(dataset_of(schools, {2025, 2026}, works), settings, 5, 1);
}

TEST(LowShare, HasWilsonsIntervalAndJeffreysProbability) {
  const LowIdentification low = found({{0, 2026, kMaths, 6, 6, 20}});
  const LowShare& share = low.share(0, 0, 0);
  EXPECT_EQ(share.state, ShareState::judged);
  EXPECT_DOUBLE_EQ(share.share.value, 0.3);
  // R 4.2.2: prop.test(6, 20, correct = FALSE)$conf.int
  EXPECT_NEAR(share.share.lo, 0.14547724486760433, 1e-12);
  EXPECT_NEAR(share.share.hi, 0.51897281835352338, 1e-12);
  // R 4.2.2: pbeta(.3, 6.5, 14.5, lower.tail = FALSE)
  EXPECT_NEAR(share.probability, 0.51331138444088942, 1e-12);
}

TEST(LowShare, OnTheThresholdIsLowAndTooFewParticipantsAreNotJudged) {
  const LowIdentification low = found({{0, 2026, kRussian, 6, 3, 10}, {0, 2026, kMaths, 6, 9, 9}});
  EXPECT_EQ(low.share(0, 0, 0).state, ShareState::judged);
  EXPECT_EQ(low.share(0, 1, 0).state, ShareState::too_few);
  EXPECT_EQ(low.verdict(0, 0).low, 1);
  EXPECT_EQ(low.verdict(0, 0).judged, 1);
}

TEST(LowShare, FewParticipantsArePooledWithTheYearsBeforeWhenAsked) {
  LowSettings settings = shipped_rules();
  settings.few = FewPupils::pool;
  const LowIdentification low = found({{0, 2025, kMaths, 6, 2, 6}, {0, 2026, kMaths, 6, 4, 9}}, settings);
  const LowShare& share = low.share(0, 0, 1);
  EXPECT_EQ(share.state, ShareState::judged);
  EXPECT_EQ(share.below, 6);
  EXPECT_EQ(share.n, 15);
  EXPECT_EQ(share.years_pooled, 2);
  EXPECT_EQ(low.share(0, 0, 0).state, ShareState::too_few);
}

TEST(LowShare, TheMinimumIsNeverBelowThePublications) {
  LowSettings settings = shipped_rules();
  settings.minimum_n = 3;
  const LowIdentification low = identify_low(dataset_of(1, {2026}, {{0, 2026, 0, 6, 4, 8}}), settings, 10, 1);
  EXPECT_EQ(low.settings.minimum_n, 10);
  EXPECT_EQ(low.share(0, 0, 0).state, ShareState::too_few);
}

/// What one procedure is: subject and grade, or all together.
TEST(LowProcedures, AreToldApartByWhatTheSettingsSay) {
  const std::vector<Work> works = {
      {0, 2026, kMaths, 5, 5, 10}, {0, 2026, kMaths, 6, 1, 10}, {0, 2026, kRussian, 6, 3, 10}};
  EXPECT_EQ(found(works).procedures.size(), 3U);
  LowSettings settings = shipped_rules();
  settings.by_grade = false;
  EXPECT_EQ(found(works, settings).procedures.size(), 2U);
  EXPECT_EQ(found(works, settings).share(0, 1, 0).below, 6);
  settings.by_subject = false;
  EXPECT_EQ(found(works, settings).procedures.size(), 1U);
  EXPECT_EQ(found(works, settings).share(0, 0, 0).n, 30);
}

/// Rule A: two procedures of the year. Rule B: one procedure, two years. By hand:
///   school 1: RU and MA low in 2026, MA low in 2025      → A, B     → regional
///   school 2: RU and MA low in 2026, BI low in 2025      → A, not B → municipal
///   school 3: MA low in both years, nothing else         → B, not A → municipal
///   school 4: nothing low                                → neither
///   school 5: no results in 2025                         → A met, B not judged → municipal
///   school 6: fewer than ten participants in everything  → not judged
std::vector<Work> six_schools() {
  std::vector<Work> works;
  const auto add = [&](SchoolId s, int year, SubjectId subject, int below, int n = 20) {
    works.push_back({s, year, subject, 6, below, n});
  };
  const auto both_years = [&](SchoolId s, std::array<int, 3> before, std::array<int, 3> now) {
    for (SubjectId i = 0; i < 3; ++i) {
      add(s, 2025, i, before[i]);
      add(s, 2026, i, now[i]);
    }
  };
  both_years(0, {1, 8, 2}, {7, 9, 1});
  both_years(1, {1, 1, 8}, {7, 9, 1});
  both_years(2, {1, 8, 1}, {1, 9, 1});
  both_years(3, {1, 1, 1}, {5, 5, 5});
  for (SubjectId i = 0; i < 3; ++i) add(4, 2026, i, 10);
  for (SubjectId i = 0; i < 3; ++i) add(5, 2026, i, 9, 9);
  return works;
}

TEST(LowRules, PutSchoolsOnTheListsThatAHandWould) {
  const LowIdentification low = found(six_schools(), shipped_rules(), 6);
  std::vector<int> tiers;
  for (SchoolId s = 0; s < 6; ++s)
    tiers.push_back(low.verdict(s, 1).tier ? static_cast<int>(*low.verdict(s, 1).tier) : -1);
  EXPECT_THAT(tiers, ElementsAre(0, 1, 1, -1, 1, -1));
  EXPECT_EQ(low.verdict(3, 1).listed, Answer::no);
  EXPECT_EQ(low.verdict(4, 1).rules[1].met, Answer::not_judged);
  EXPECT_EQ(low.verdict(4, 1).rules[1].reason, NotJudged::no_year_before);
  EXPECT_EQ(low.verdict(5, 1).listed, Answer::not_judged);
  EXPECT_EQ(low.verdict(5, 1).reason, NotJudged::too_few);
  EXPECT_EQ(low.verdict(4, 0).reason, NotJudged::no_participants);
}

TEST(LowRules, NameEveryFactThatCarriesThem) {
  const LowIdentification low = found(six_schools(), shipped_rules(), 6);
  const LowVerdict& verdict = low.verdict(0, 1);
  EXPECT_THAT(verdict.rules[0].facts, ElementsAre(LowFact{kRussian, 1}, LowFact{kMaths, 1}));
  EXPECT_THAT(verdict.rules[1].facts, ElementsAre(LowFact{kMaths, 1}, LowFact{kMaths, 0}));
}

TEST(LowRules, InTheFirstYearOfTheDataRulesOfTwoYearsAreNotJudged) {
  const LowIdentification low = found(six_schools(), shipped_rules(), 6);
  EXPECT_EQ(low.verdict(0, 0).rules[1].reason, NotJudged::no_year_before);
  EXPECT_EQ(low.verdict(0, 0).tiers[0].met, Answer::no);  // rule A is not met, which decides «all»
  EXPECT_EQ(low.verdict(0, 0).listed, Answer::not_judged);
}

/// The older rule and the one of three years, at their borders.
TEST(LowRules, LookBackAsFarAsTheySay) {
  LowSettings settings;
  settings.rules = {{"older", {}, LowRuleKind::each_year, 2, 2, {}, {}, {}},
                    {"three", {}, LowRuleKind::same, 3, 2, {"VPR"}, {"RU", "MA"}, 0.5}};
  settings.tiers = {{"older", {}, Combination::all, {0}}, {"three", {}, Combination::all, {1}}};
  std::vector<Work> works;
  for (const int year : {2024, 2025, 2026}) {
    works.push_back({0, year, kRussian, 6, 10, 20});
    works.push_back({0, year, kMaths, 6, 10, 20});
    works.push_back({0, year, kBiology, 6, year == 2025 ? 0 : 20, 20});
    works.push_back({1, year, kRussian, 6, 10, 20});
    works.push_back({1, year, kMaths, 6, year == 2024 ? 9 : 10, 20});
  }
  const LowIdentification low = identify_low(dataset_of(2, {2024, 2025, 2026}, works), settings, 5, 1);
  EXPECT_EQ(low.verdict(0, 2).rules[0].met, Answer::yes);
  EXPECT_EQ(low.verdict(0, 2).rules[1].met, Answer::yes);
  EXPECT_EQ(low.verdict(0, 2).rules[1].facts.size(), 6U);
  EXPECT_EQ(low.verdict(1, 2).rules[0].met, Answer::yes);
  EXPECT_EQ(low.verdict(1, 2).rules[1].met, Answer::no);
  EXPECT_EQ(low.verdict(0, 1).rules[1].reason, NotJudged::no_year_before);
}

/// One list of one rule on one procedure: the probability is that of the share itself.
TEST(LowProbability, OfOneShareIsItsOwn) {
  LowSettings settings;
  settings.rules = {{"one", {}, LowRuleKind::each_year, 1, 1, {}, {}, {}}};
  settings.tiers = {{"list", {}, Combination::all, {0}}};
  settings.draws = 40000;
  const LowIdentification low = found({{0, 2026, kMaths, 6, 6, 20}}, settings);
  EXPECT_NEAR(low.verdict(0, 0).probability, 0.51331138444088942, 4 * std::sqrt(0.25 / 40000));
}

/// Two independent procedures, both needed: the product.
TEST(LowProbability, OfTwoSharesIsTheirProduct) {
  LowSettings settings = shipped_rules();
  settings.tiers = {{"list", {}, Combination::all, {0}}};
  settings.draws = 40000;
  const LowIdentification low = found({{0, 2026, kMaths, 6, 6, 20}, {0, 2026, kRussian, 6, 8, 20}}, settings);
  const double product = low.share(0, 0, 0).probability * low.share(0, 1, 0).probability;
  EXPECT_NEAR(low.verdict(0, 0).probability, product, 4 * std::sqrt(0.25 / 40000));
}

TEST(LowIdentification, IsTheSameForAnyNumberOfThreads) {
  const Dataset data = dataset_of(6, {2025, 2026}, six_schools());
  const LowIdentification one = identify_low(data, shipped_rules(), 5, 1),
                          four = identify_low(data, shipped_rules(), 5, 4);
  for (SchoolId s = 0; s < 6; ++s) {
    const double a = one.verdict(s, 1).probability, b = four.verdict(s, 1).probability;
    EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b)));
  }
}

TEST(LowIdentification, IsEmptyWithoutBordersOrWhenSwitchedOff) {
  LowSettings off = shipped_rules();
  off.on = false;
  EXPECT_TRUE(found(six_schools(), off, 6).empty());
  EXPECT_TRUE(found({}).empty());
}

TEST(StatusChanges, NameWhoEnteredWhoLeftAndWhoMoved) {
  std::vector<Work> works = six_schools();
  Dataset data = dataset_of(6, {2025, 2026}, works);
  IdentifySettings settings;
  settings.low = shipped_rules();
  settings.social.on = false;
  const Identification before = identify_schools(data, settings, {}, 5, 1);
  settings.low.threshold = 0.25;
  const Identification after = identify_schools(data, settings, {}, 5, 1);
  // At 25 % the fourth school has three low procedures of 2026 (5 of 20), none in 2025: rule A alone.
  const auto changes = changes_between(before, 2026, after, 2026);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].school, 3U);
  EXPECT_EQ(changes[0].kind, StatusChangeKind::entered);
  EXPECT_EQ(changes[0].to.tier, 1U);
  const auto back = changes_between(after, 2026, before, 2026);
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(back[0].kind, StatusChangeKind::left);
  // From 2025, when the rules of two years could not be judged, to 2026.
  std::vector<StatusChangeKind> kinds;
  for (const StatusChange& change : before.changes) kinds.push_back(change.kind);
  EXPECT_THAT(kinds, ElementsAre(StatusChangeKind::first_judged, StatusChangeKind::first_judged,
                                 StatusChangeKind::first_judged, StatusChangeKind::first_judged));
}

}  // namespace
}  // namespace kaskad
