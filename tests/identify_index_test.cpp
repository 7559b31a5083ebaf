// The social index: by hand, against R, and the drift table that Irkutsk printed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/identify_fixtures.hpp"

namespace kaskad {
namespace {

using test::add_context;
using test::dataset_of;
using testing::ElementsAre;

IndexComponent component(const std::string& field, double weight, bool is_good) {
  return {field, weight, is_good, 0, 1};
}

SocialIndexSettings two_shares() {
  SocialIndexSettings s;
  s.components = {component("f0", 3, true), component("f1", 1, false)};
  s.groups = 2;
  s.draws = 0;
  return s;
}

Dataset four_schools() {
  Dataset data = dataset_of(4, {2025, 2026}, {});
  add_context(data, 0, 2026, {0.2, 0.4});
  add_context(data, 1, 2026, {0.6, 0.1});
  add_context(data, 2, 2026, {0.8, -1});  // lacks the second
  return data;                            // the fourth has nothing
}

TEST(SocialIndex, IsTheWeightedSumOfGoodShares) {
  const SocialIndex index = make_social_index(four_schools(), two_shares(), {}, 1);
  ASSERT_EQ(index.times.size(), 1U);
  const IndexIdentification& time = index.times[0];
  EXPECT_NEAR(time.schools[0].value, 100 * (0.75 * 0.2 + 0.25 * 0.6), 1e-12);
  EXPECT_NEAR(time.schools[1].value, 100 * (0.75 * 0.6 + 0.25 * 0.9), 1e-12);
  EXPECT_EQ(time.schools[2].gap, IndexGap::missing_shares);
  EXPECT_EQ(time.schools[3].gap, IndexGap::no_context);
  EXPECT_EQ(time.ranked, 2);
  EXPECT_EQ(time.no_context, 1);
  EXPECT_EQ(time.missing_shares, 1);
}

TEST(SocialIndex, MakesTheWeightsOfKnownSharesAddUpToOneWhenAsked) {
  SocialIndexSettings settings = two_shares();
  settings.missing = MissingShares::renormalise;
  const SocialIndex index = make_social_index(four_schools(), settings, {}, 1);
  EXPECT_NEAR(index.times[0].schools[2].value, 80, 1e-12);
  settings.least_weight = 0.8;  // the share that is there weighs 0.75
  const SocialIndex strict = make_social_index(four_schools(), settings, {}, 1);
  EXPECT_TRUE(std::isnan(strict.times[0].schools[2].value));
}

TEST(SocialIndex, ScalesByTheExtremesAmongTheSchoolsWhenAsked) {
  SocialIndexSettings settings = two_shares();
  settings.scaling = ShareScaling::minmax;
  const SocialIndex index = make_social_index(four_schools(), settings, {}, 1);
  EXPECT_NEAR(index.times[0].schools[0].value, 0, 1e-12);  // f0 from 0.2 to 0.8, f1 from 0.1 to 0.4
  EXPECT_NEAR(index.times[0].schools[1].value, 100 * (0.75 * 2 / 3 + 0.25), 1e-12);
}

TEST(Groups, AreEqualInNumberByRankAndKeepTiesTogether) {
  const std::vector<double> values = {5, 1, 2, 2, 2, 6, kNaN, 3, 4, 7, 8};
  const auto lower = group_by_value(values, 5, CutRule::rank, TieRule::lower);
  EXPECT_THAT(lower, ElementsAre(3, 0, 0, 0, 0, 3, std::nullopt, 2, 2, 4, 4));
  const auto upper = group_by_value(values, 5, CutRule::rank, TieRule::upper);
  EXPECT_THAT(upper, ElementsAre(3, 0, 1, 1, 1, 3, std::nullopt, 2, 2, 4, 4));
}

/// R 4.2.2: quantile(1:10, (1:4)/5) = 2.8 4.6 6.4 8.2.
TEST(Groups, ByQuantilesAreCutWhereTypeSevenSays) {
  std::vector<double> values;
  for (int i = 1; i <= 10; ++i) values.push_back(i);
  EXPECT_THAT(group_by_value(values, 5, CutRule::quantile, TieRule::lower), ElementsAre(0, 0, 1, 1, 2, 2, 3, 3, 4, 4));
  const std::vector<double> on_a_cut = {0, 1, 2};  // the median is a school's own value: it is in the lower group
  EXPECT_THAT(group_by_value(on_a_cut, 2, CutRule::quantile, TieRule::lower), ElementsAre(0, 0, 1));
}

/// With weights drawn around one share alone nothing moves; with a wide spread a school on the border does.
TEST(Sensitivity, IsOneWhereWeightsDoNotMatterAndLessOnTheBorder) {
  Dataset data = dataset_of(4, {2026}, {});
  add_context(data, 0, 2026, {0.0, 0.0});
  add_context(data, 1, 2026, {0.5, 0.49});
  add_context(data, 2, 2026, {0.49, 0.5});
  add_context(data, 3, 2026, {1.0, 1.0});
  SocialIndexSettings settings;
  settings.components = {component("f0", 1, true), component("f1", 1, true)};
  settings.groups = 2;
  settings.draws = 500;
  settings.concentration = 10;
  const SocialIndex index = make_social_index(data, settings, {}, 2);
  EXPECT_EQ(index.times[0].schools[0].stays, 1);
  EXPECT_EQ(index.times[0].schools[3].stays, 1);
  // Equal weights tie the middle two at 49.5, so both are in the lower group; any other weights part them.
  EXPECT_NEAR(index.times[0].schools[1].stays, 0.5, 0.1);
  EXPECT_NEAR(index.times[0].schools[1].stays + index.times[0].schools[2].stays, 1, 1e-12);
  const SocialIndex again = make_social_index(data, settings, {}, 1);
  EXPECT_EQ(again.times[0].schools[1].stays, index.times[0].schools[1].stays);
}

/// The first school is the highest when the first weight is below 2/3; with concentration 2 around equal weights the
/// weight is uniform.
TEST(Sensitivity, IsTheShareOfWeightsThatAHandFinds) {
  Dataset data = dataset_of(3, {2026}, {});
  for (SchoolId s = 0; s < 3; ++s) add_context(data, s, 2026, {0.1 + 0.01 * s, 0.3 - 0.02 * s});
  SocialIndexSettings settings;
  settings.components = {component("f0", 1, true), component("f1", 1, true)};
  settings.groups = 3;
  settings.draws = 2000;
  settings.concentration = 2;
  const auto stays = [&] { return make_social_index(data, settings, {}, 1).times[0].schools[0].stays; };
  EXPECT_NEAR(stays(), 2.0 / 3, 4 * std::sqrt(2.0 / 9 / 2000));
  EXPECT_EQ(stays(), stays());
}

std::vector<std::vector<std::string>> csv(const std::string& file, char delimiter = ',') {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> out;
  for (std::string line; std::getline(in, line);) {
    out.emplace_back();
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, delimiter);) out.back().push_back(cell);
  }
  return out;
}

std::map<std::string, double> expected() {
  std::map<std::string, double> out;
  for (const auto& row : csv("fixtures/apipop/index.csv")) {
    if (row[0] != "name") out[row[0]] = std::stod(row[1]);
  }
  return out;
}

/// The real schools of fixtures/apipop, both years on the one context.
struct Californian {
  Dataset data;
  SchoolOutcomes outcomes;
  SocialIndexSettings settings;

  Californian() {
    const auto rows = csv("fixtures/apipop/schools.csv");
    data = dataset_of(rows.size() - 1, {1999, 2000}, {});
    outcomes.resize(2 * (rows.size() - 1));
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const auto school = static_cast<SchoolId>(r - 1);
      const auto share = [&](std::size_t column) {
        return column >= rows[r].size() || rows[r][column].empty() ? -1 : std::stod(rows[r][column]);
      };
      add_context(data, school, 0, {share(9), share(6), share(7), share(8)});
      outcomes[2 * school] = {1, std::stod(rows[r][3])};
      outcomes[2 * school + 1] = {1, std::stod(rows[r][4])};
    }
    settings.weights = WeightMode::regression;
    settings.fit = FitTo::each;
    settings.draws = 0;
    settings.components = {
        {"f0", 1, true, 1, 5}, {"f1", 1, false, 0, 100}, {"f2", 1, false, 0, 100}, {"f3", 1, false, 0, 100}};
    settings.times = {{1999, {}, 2}, {2000, {}, 2}};
  }
};

constexpr std::array<const char*, 4> kComponents = {"avg_ed", "meals", "ell", "mobility"};
constexpr std::array<const char*, 2> kYears = {"99", "00"};

TEST(Californian, WeightsOfTheRegressionAreThoseOfR) {
  const Californian c;
  const auto r = expected();
  const SocialIndex index = make_social_index(c.data, c.settings, c.outcomes, 2);
  ASSERT_EQ(index.times.size(), 2U);
  for (std::size_t t = 0; t < 2; ++t) {
    const IndexFit& fit = index.times[t].fit;
    EXPECT_EQ(index.times[t].ranked, static_cast<std::int64_t>(r.at("ranked")));
    EXPECT_NEAR(fit.explained, r.at(std::string("r2.") + kYears[t]), 1e-12);
    for (std::size_t k = 0; k < 4; ++k) {
      const std::string name = std::string(kYears[t]) + "." + kComponents[k];
      EXPECT_NEAR(fit.weights[k], r.at("weight." + name), 1e-12);
      EXPECT_NEAR(fit.coefficients[k].value, r.at("coefficient." + name), 1e-9);
    }
  }
}

TEST(Californian, FifthsDriftAndMoveAsInR) {
  const Californian c;
  const auto r = expected();
  const SocialIndex index = make_social_index(c.data, c.settings, c.outcomes, 2);
  for (int g = 0; g < 5; ++g) {
    for (std::size_t t = 0; t < 2; ++t) {
      const std::string end = std::string(kYears[t]) + "." + std::to_string(g);
      EXPECT_NEAR(index.times[t].groups[static_cast<std::size_t>(g)].lo, r.at("lo." + end), 1e-9);
      EXPECT_NEAR(index.times[t].groups[static_cast<std::size_t>(g)].hi, r.at("hi." + end), 1e-9);
    }
    for (int h = 0; h < 5; ++h)
      EXPECT_EQ(index.transitions.at(0).counts[static_cast<std::size_t>(g)][static_cast<std::size_t>(h)],
                static_cast<std::int64_t>(r.at("moves." + std::to_string(g) + "." + std::to_string(h))));
  }
  EXPECT_EQ(index.drift.front().at[0].lo, 0);
  EXPECT_EQ(index.drift.back().at[1].hi, 100);
}

TEST(Californian, TheFirstComponentGivesTheWeightsOfR) {
  Californian c;
  const auto r = expected();
  c.settings.weights = WeightMode::component;
  const SocialIndex index = make_social_index(c.data, c.settings, {}, 1);
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_NEAR(index.times[1].fit.weights[k], r.at(std::string("component.") + kComponents[k]), 1e-9);
  EXPECT_NEAR(index.times[1].fit.explained, r.at("component.explained"), 1e-10);
}

TEST(SocialIndex, WithoutResultsToRegressOnSaysSoAndRanksNobody) {
  Californian c;
  const SocialIndex index = make_social_index(c.data, c.settings, {}, 1);
  EXPECT_TRUE(index.empty());
}

/// A component against its direction gets no weight and is named.
TEST(SocialIndex, AComponentThatPullsTheWrongWayCountsNothing) {
  Dataset data = dataset_of(6, {2026}, {});
  SchoolOutcomes outcomes;
  for (SchoolId s = 0; s < 6; ++s) {
    const double a = 0.1 * s, b = s % 2 == 0 ? 0.2 : 0.3 + 0.01 * s;
    add_context(data, s, 2026, {a, b});
    outcomes.push_back({10, 50 + 20 * a - 30 * b + (s == 3 ? 0.5 : 0)});
  }
  SocialIndexSettings settings;
  settings.weights = WeightMode::regression;
  settings.draws = 0;
  settings.components = {component("f0", 1, true), component("f1", 1, true)};
  const SocialIndex index = make_social_index(data, settings, outcomes, 1);
  EXPECT_THAT(index.times.at(0).fit.against, ElementsAre(false, true));
  EXPECT_THAT(index.times.at(0).fit.weights, ElementsAre(1, 0));
}

}  // namespace
}  // namespace kaskad
