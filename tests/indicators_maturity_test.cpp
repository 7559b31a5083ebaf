// Levels, shortest ways, moves, agreement of raters and change by level: rubrics and evidence small enough to judge by
// hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indicators/maturity_study.hpp"
#include "tests/indicators_maturity_fixtures.hpp"

namespace kaskad {
namespace {

using test::entry_and_final;
using test::kThreeCriteria;
using test::kThreeLevels;
using test::Rated;
using test::rubric_of;
using test::settings_of;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kPlain = std::string(kThreeCriteria) + kThreeLevels;

std::string level_id(const MaturitySettings& settings, const MaturityRating& rating) {
  return rating.level ? settings.rubric.levels[*rating.level].id : "none";
}

TEST(Maturity, LevelsFollowTheRubric) {
  const MaturitySettings settings = settings_of(kPlain);
  Rated r(3);
  for (const auto* criterion : {"monitoring", "analysis", "aims"}) r.rate(0, "entry", criterion, "a", 1);
  r.rate(0, "entry", "aims", "b", 0.5);
  r.rate(1, "entry", "monitoring", "a", 1);
  r.rate(1, "entry", "analysis", "a", 1).reliable = false;
  const auto ratings = rate_maturity(r.data, settings, entry_and_final());
  ASSERT_EQ(ratings.size(), 3U);  // no evidence at all in the final wave
  EXPECT_EQ(level_id(settings, ratings[0]), "functional");
  EXPECT_THAT(ratings[0].carrying, ElementsAre(0, 1));
  EXPECT_THAT(ratings[0].lacking, ElementsAre(2));
  EXPECT_THAT(ratings[0].next.ways, ElementsAre(ElementsAre(2)));
  EXPECT_EQ(ratings[0].criteria[2].state, CriterionState::partly);
  EXPECT_EQ(level_id(settings, ratings[1]), "formal");
  EXPECT_EQ(ratings[1].ground, LevelGround::nothing);
  EXPECT_THAT(ratings[1].carrying, IsEmpty());
  EXPECT_THAT(ratings[1].lacking, ElementsAre(1));
  EXPECT_EQ(ratings[1].criteria[1].state, CriterionState::not_rated);
  EXPECT_EQ(ratings[1].criteria[1].unreliable, 1);
  EXPECT_FALSE(ratings[2].level.has_value()) << "nobody looked: that is not the lowest level";
}

TEST(Maturity, RatersAreCombinedByTheRule) {
  Rated r(1);
  const std::vector<double> scores = {0, 0.5, 1, 1};
  const std::vector<const char*> raters = {"a", "b", "c", "d"};
  for (std::size_t i = 0; i < scores.size(); ++i) r.rate(0, "entry", "aims", raters[i], scores[i]);
  const auto score = [&](const std::string& rule) {
    const auto settings = settings_of("[rules]\nraters = \"" + rule + "\"\n" + kPlain);
    return rate_maturity(r.data, settings, entry_and_final())[0].criteria[2].score;
  };
  EXPECT_DOUBLE_EQ(score("mean"), 0.625);
  EXPECT_DOUBLE_EQ(score("lowest"), 0);
  EXPECT_DOUBLE_EQ(score("highest"), 1);
  EXPECT_DOUBLE_EQ(score("majority"), 0.5);  // three of four gave at least 0.5, only two gave 1
}

TEST(Maturity, ACriterionNeedsTheLeastNumberOfRaters) {
  const auto settings = settings_of("[rules]\nminimum_raters = 2\n" + kPlain);
  Rated r(1);
  r.rate(0, "entry", "monitoring", "a", 1), r.rate(0, "entry", "monitoring", "b", 1);
  r.rate(0, "entry", "analysis", "a", 1);
  r.rate(0, "entry", "aims", "a", 1), r.rate(0, "entry", "aims", "b", 1).reliable = false;
  const auto rating = rate_maturity(r.data, settings, entry_and_final())[0];
  EXPECT_EQ(rating.criteria[0].state, CriterionState::met);
  EXPECT_EQ(rating.criteria[1].state, CriterionState::few_raters);
  EXPECT_EQ(rating.criteria[2].state, CriterionState::few_raters);
  EXPECT_EQ(level_id(settings, rating), "formal");
}

constexpr const char* kWeighted = R"(
[[criterion]]
id = "a"
weight = 4
[[criterion]]
id = "b"
weight = 3
[[criterion]]
id = "c"
weight = 2
[[criterion]]
id = "d"
weight = 1
)";

std::string share_level(const std::string& rest) {
  return std::string(kWeighted) + "[[level]]\nid = \"top\"\n" + rest + "\n[[level]]\nid = \"low\"\n";
}

TEST(Maturity, ALevelMayRestOnAShareOfTheWeight) {
  const auto settings = settings_of(share_level("share = 0.6"));
  Rated r(2);
  r.rate(0, "entry", "a", "x", 1), r.rate(0, "entry", "c", "x", 1);                                     // 6 of 10
  r.rate(1, "entry", "b", "x", 1), r.rate(1, "entry", "c", "x", 1), r.rate(1, "entry", "d", "x", 0.5);  // 5 of 10
  const auto ratings = rate_maturity(r.data, settings, entry_and_final());
  EXPECT_EQ(level_id(settings, ratings[0]), "top");
  EXPECT_EQ(ratings[0].ground, LevelGround::share);
  EXPECT_THAT(ratings[0].carrying, ElementsAre(0, 2));
  EXPECT_DOUBLE_EQ(ratings[0].share, 0.6);
  EXPECT_EQ(level_id(settings, ratings[1]), "low");
  EXPECT_THAT(ratings[1].next.ways, ElementsAre(ElementsAre(3))) << "of one criterion each, d weighs less than a";
}

TEST(Maturity, AShareStandsBesideTheListOrInsteadOfIt) {
  const auto beside = settings_of(share_level("criteria = [\"d\"]\nshare = 0.5"));
  const auto instead = settings_of(share_level("criteria = [\"d\"]\nshare = 0.5\nshare_stands = \"instead\""));
  Rated r(3);
  r.rate(0, "entry", "d", "x", 1);                                   // the list alone
  r.rate(1, "entry", "a", "x", 1), r.rate(1, "entry", "c", "x", 1);  // the weight alone
  r.rate(2, "entry", "a", "x", 1), r.rate(2, "entry", "d", "x", 1);  // both
  const auto levels = [&](const MaturitySettings& settings) {
    std::vector<std::string> out;
    for (const auto& rating : rate_maturity(r.data, settings, entry_and_final()))
      out.push_back(level_id(settings, rating));
    return out;
  };
  EXPECT_THAT(levels(beside), ElementsAre("low", "low", "top"));
  EXPECT_THAT(levels(instead), ElementsAre("top", "top", "top"));
}

LevelWays ways(const MaturitySettings& settings, const std::vector<bool>& met) {
  return shortest_ways(settings.rubric, settings.rubric.levels[0], met);
}

TEST(ShortestWay, IsTheListThatIsNotMet) {
  const auto settings = settings_of(kPlain);
  EXPECT_THAT(ways(settings, {false, true, false}).ways, ElementsAre(ElementsAre(0, 2)));
  EXPECT_THAT(ways(settings, {true, true, true}).ways, IsEmpty());
}

TEST(ShortestWay, HasTheFewestCriteriaAndOfTheseTheLightest) {
  const auto settings = settings_of(share_level("share = 0.7"));
  // Seven of ten are needed. From nothing: {a, b} is the only pair. With a met: {b}. With d met: six more, {a, c}; {a,
  // b} is heavier.
  EXPECT_THAT(ways(settings, {false, false, false, false}).ways, ElementsAre(ElementsAre(0, 1)));
  EXPECT_THAT(ways(settings, {true, false, false, false}).ways, ElementsAre(ElementsAre(1)));
  EXPECT_THAT(ways(settings, {false, false, false, true}).ways, ElementsAre(ElementsAre(0, 2)));
}

TEST(ShortestWay, TellsAllThatAreEquallyShort) {
  std::string toml;
  for (int c = 0; c < 5; ++c) toml += "[[criterion]]\nid = \"c" + std::to_string(c) + "\"\n";
  const auto pair = settings_of(toml + "[[level]]\nid = \"top\"\nshare = 0.4\n[[level]]\nid = \"low\"\n");
  EXPECT_THAT(ways(pair, {true, true, false, false, false}).ways, IsEmpty());
  EXPECT_THAT(ways(pair, {false, true, false, false, false}).ways,
              ElementsAre(ElementsAre(0), ElementsAre(2), ElementsAre(3), ElementsAre(4)));
  const LevelWays many = ways(pair, {false, false, false, false, false});  // ten pairs
  EXPECT_EQ(many.ways.size(), kMostWays);
  EXPECT_TRUE(many.more);
}

TEST(ShortestWay, ComparesTheListWithTheWeight) {
  // Either d alone (weight 1), or five more of ten: the list is shorter.
  const auto settings = settings_of(share_level("criteria = [\"d\"]\nshare = 0.5\nshare_stands = \"instead\""));
  EXPECT_THAT(ways(settings, {false, false, false, false}).ways, ElementsAre(ElementsAre(3)));
  // Both c and d are listed, and a is met: one of b (weight 3), c (2) and d (1) brings half of the weight.
  const auto either = settings_of(share_level("criteria = [\"c\", \"d\"]\nshare = 0.5\nshare_stands = \"instead\""));
  EXPECT_THAT(ways(either, {true, false, false, false}).ways, ElementsAre(ElementsAre(3)));
  // Beside: d is needed, and four more of weight.
  const auto beside = settings_of(share_level("criteria = [\"d\"]\nshare = 0.5"));
  EXPECT_THAT(ways(beside, {false, false, false, false}).ways, ElementsAre(ElementsAre(0, 3)));
}

TEST(ShortestWay, IsFoundAmongManyCriteriaOfEqualWeight) {
  std::string toml;
  for (int c = 0; c < 40; ++c) toml += "[[criterion]]\nid = \"c" + std::to_string(c) + "\"\n";
  const auto settings = settings_of(toml + "[[level]]\nid = \"top\"\nshare = 0.5\n[[level]]\nid = \"low\"\n");
  const LevelWays found = ways(settings, std::vector<bool>(40, false));
  EXPECT_EQ(found.ways.front().size(), 20U);
  EXPECT_TRUE(found.more);
}

TEST(Rubric, MustBeWhole) {
  Diagnostics defects;
  rubric_of(
      "[[criterion]]\nid = \"a\"\nweight = 0\n[[criterion]]\nid = \"a\"\n[[level]]\nid = \"top\"\ncriteria = [\"a\", "
      "\"b\"]\n",
      defects);
  std::vector<std::string> codes;
  for (const Diagnostic& d : defects) codes.push_back(d.message.code);
  EXPECT_THAT(codes, ElementsAre("rubric-weight", "rubric-criterion", "rubric-id-twice", "rubric-lowest-level"));
}

TEST(Rubric, HasOneLevelThatDemandsNothing) {
  Diagnostics defects;
  rubric_of("[[criterion]]\nid = \"a\"\n[[level]]\nid = \"x\"\n[[level]]\nid = \"y\"\n", defects);
  ASSERT_EQ(defects.size(), 1U);
  EXPECT_EQ(defects[0].message.code, "rubric-lowest-level");
}

TEST(Rubric, MayBeAnotherForALevelOfManagement) {
  MaturitySettings settings = settings_of(kPlain);
  settings.by_level["municipal"] = settings_of(std::string("[[criterion]]\nid = \"aims\"\n") +
                                               "[[level]]\nid = \"reflexive\"\ncriteria = [\"aims\"]\n[[level]]\nid = "
                                               "\"functional\"\nshare = 0.5\n[[level]]\nid = \"formal\"\n")
                                       .rubric;
  EXPECT_THAT(settings.criterion_ids(), ElementsAre("monitoring", "analysis", "aims"));
  Rated r(2);
  r.data.programmes[1].level = "municipal";
  r.rate(0, "entry", "aims", "x", 1), r.rate(1, "entry", "aims", "x", 1);
  const auto ratings = rate_maturity(r.data, settings, entry_and_final());
  EXPECT_EQ(level_id(settings, ratings[0]), "formal");
  EXPECT_EQ(level_id(settings, ratings[1]), "reflexive");
}

TEST(Override, StandsBesideTheComputedLevel) {
  MaturitySettings settings = settings_of(kPlain);
  settings.overrides = {{"P1", "entry", "reflexive", "N. N.", "2024-06-01", "seen on the spot", {}},
                        {"P2", "entry", "reflexive", "N. N.", "2024-06-01", "", {}}};
  Rated r(2);
  r.rate(0, "entry", "aims", "x", 1), r.rate(1, "entry", "aims", "x", 1);
  const auto ratings = rate_maturity(r.data, settings, entry_and_final());
  EXPECT_EQ(level_id(settings, ratings[0]), "reflexive");
  EXPECT_EQ(ratings[0].computed, 2U);
  EXPECT_EQ(ratings[0].overridden, 0U);
  EXPECT_EQ(level_id(settings, ratings[1]), "formal") << "without a reason it does not count";
  EXPECT_FALSE(ratings[1].overridden.has_value());
}

TEST(Moves, TellWhatAProgrammeHasLost) {
  const auto settings = settings_of(kPlain);
  Rated r(2);
  for (const auto* c : {"monitoring", "analysis", "aims"}) r.rate(0, "entry", c, "x", 1);
  r.rate(0, "final", "monitoring", "x", 1), r.rate(0, "final", "analysis", "x", 0.5);
  r.rate(1, "entry", "aims", "x", 0);
  const auto ratings = rate_maturity(r.data, settings, entry_and_final());
  const MaturityMoves moves = moves_of(ratings);
  ASSERT_EQ(moves.moves.size(), 2U);
  EXPECT_EQ(step_of(ratings[0], ratings[1]), MaturityStep::down);
  EXPECT_EQ(step_of(ratings[1], ratings[0]), MaturityStep::up);
  EXPECT_EQ(step_of(ratings[2], ratings[3]), MaturityStep::unknown);
  ASSERT_EQ(moves.losses.size(), 1U);
  EXPECT_THAT(moves.losses[0].lost, ElementsAre(1));
  EXPECT_THAT(moves.losses[0].unrated, ElementsAre(2));
}

TEST(RaterAgreement, IsMeasuredOverAllAndByCriterion) {
  const auto settings = settings_of(kPlain);
  Rated r(6);
  // On aims the raters agree but for one programme; on analysis they contradict each other.
  const double aims[6] = {1, 1, 1, 0, 0, 0}, also[6] = {1, 1, 1, 0, 0, 1};
  for (int p = 0; p < 6; ++p) {
    r.rate(p, "entry", "aims", "a", aims[p]), r.rate(p, "entry", "aims", "b", also[p]);
    r.rate(p, "entry", "analysis", "a", aims[p]), r.rate(p, "entry", "analysis", "b", 1 - aims[p]);
  }
  r.rate(0, "entry", "monitoring", "a", 1);
  r.rate(0, "entry", "monitoring", "", 1);
  r.rate(1, "entry", "monitoring", "b", 1).reliable = false;
  const RaterAgreement found = rater_agreement(r.data, settings, 1);
  EXPECT_THAT(found.raters, ElementsAre("a", "b"));
  EXPECT_EQ(found.unnamed, 1);
  EXPECT_EQ(found.overall.units, 12);
  EXPECT_NEAR(found.overall.percent.value, 5. / 12, 1e-12);
  ASSERT_EQ(found.criteria.size(), 2U) << "nobody but a rated monitoring reliably";
  EXPECT_EQ(found.criteria[0].criterion, "analysis");
  EXPECT_LT(found.criteria[0].figures.alpha.value, -0.5);
  // By hand: 12 ratings of aims, 7 of them 1; one pair differs: α = 1 − 11·2/(2·7·5).
  EXPECT_NEAR(found.criteria[1].figures.alpha.value, 1 - 22. / 70, 1e-12);
  EXPECT_THAT(found.disputed, ElementsAre(0));
  ASSERT_EQ(found.pairs.size(), 1U);
  // By hand: p_o = 5/12, margins 6/12 and 7/12 of ones: p_e = 1/2; κ = −1/6.
  EXPECT_NEAR(found.pairs[0].kappa.value, -1. / 6, 1e-12);
}

TEST(RaterAgreement, IsEmptyWithOneRater) {
  const auto settings = settings_of(kPlain);
  Rated r(2);
  r.rate(0, "entry", "aims", "a", 1), r.rate(1, "entry", "aims", "b", 1);
  const RaterAgreement found = rater_agreement(r.data, settings, 1);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(found.overall.alpha.reason, Undefined::no_data);
  EXPECT_THAT(found.pairs, IsEmpty());
}

/// Schools whose only figure changes as stated; each has a programme of the level stated (0 = the highest).
struct Region {
  Region(const std::vector<double>& changes, const std::vector<int>& levels, Direction direction)
      : rated(changes.size()) {
    figures.indicators.resize(1);
    figures.indicators[0].direction = direction;
    figures.series.resize(1);
    figures.frame.entities.resize(1 + changes.size());
    figures.frame.of_school.resize(changes.size());
    figures.series[0].change = {exactly(0, 100)};
    for (std::size_t s = 0; s < changes.size(); ++s) {
      figures.series[0].change.push_back(exactly(changes[s], 20));
      rated.data.programmes[s].school = static_cast<SchoolId>(s);
      MaturityRating rating;
      rating.programme = s;
      rating.wave = "final";
      if (levels[s] >= 0) rating.level = static_cast<std::size_t>(levels[s]);
      ratings.push_back(rating);
    }
  }
  std::vector<MaturityEffect> effects(const MaturitySettings& settings) const {
    return maturity_effects(rated.data, settings, ratings, figures, {0}, 1);
  }

  Rated rated;
  Figures figures;
  std::vector<MaturityRating> ratings;
};

TEST(MaturityEffect, TestsWhetherHigherLevelsGainMore) {
  MaturitySettings settings = settings_of(kPlain);
  settings.effect.least_programmes = 8;
  const std::vector<double> changes = {9, 8, 7, 4, 5, 3, 1, 2, 0};
  const std::vector<int> levels = {0, 0, 0, 1, 1, 1, 2, 2, 2};
  const auto effects = Region(changes, levels, Direction::up).effects(settings);
  ASSERT_EQ(effects.size(), 1U);
  EXPECT_EQ(effects[0].compared, 9);
  EXPECT_EQ(effects[0].verdict, MaturityEffectVerdict::more);
  EXPECT_TRUE(effects[0].trend.exact);
  EXPECT_EQ(effects[0].trend.assignments, 1680);
  EXPECT_NEAR(effects[0].trend.p, 2. / 1680, 1e-12) << "complete order: it and its reverse";
  EXPECT_DOUBLE_EQ(effects[0].levels[0].mean.value, 8);
  EXPECT_DOUBLE_EQ(effects[0].levels[0].median, 8);
  EXPECT_NEAR(effects[0].levels[0].mean.se, 1 / std::sqrt(3.), 1e-12);
  EXPECT_EQ(Region(changes, levels, Direction::down).effects(settings)[0].verdict, MaturityEffectVerdict::less)
      << "where less is better, a rise is a loss";
}

TEST(MaturityEffect, SaysNothingOfFewProgrammes) {
  MaturitySettings settings = settings_of(kPlain);
  const auto few = Region({9, 8, 1, 0}, {0, 0, 2, -1}, Direction::up).effects(settings);
  EXPECT_EQ(few[0].verdict, MaturityEffectVerdict::too_few);
  EXPECT_EQ(few[0].compared, 3);
  EXPECT_EQ(few[0].without_level, 1);
  EXPECT_NE(few[0].trend.reason, Undefined::none);
  settings.effect.least_programmes = 3;
  EXPECT_EQ(Region({9, 8, 1}, {1, 1, 1}, Direction::up).effects(settings)[0].verdict, MaturityEffectVerdict::one_level);
  EXPECT_EQ(Region({9, 8, 1}, {0, 1, 2}, Direction::up).effects(settings)[0].verdict, MaturityEffectVerdict::unproven);
}

}  // namespace
}  // namespace kaskad
