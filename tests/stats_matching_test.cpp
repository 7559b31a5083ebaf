// Matching: against R (fixtures/stats/matching.R: glm, brute force, MatchIt 4.5.1), the pages of MatchIt, brute force.
#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "engine/base/random.hpp"
#include "engine/stats/balance.hpp"
#include "engine/stats/matching.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;
using test::Table;

double matching_golden(const std::string& name) { return test::number_in("fixtures/stats/matching.csv", name); }

/// lalonde: 614 people, 185 of them in a programme.
struct Lalonde {
  std::vector<char> treated;
  std::vector<std::string> race;
  std::map<std::string, std::vector<double>> columns;  ///< With raceblack, racehispan, racewhite.
};

const Lalonde& lalonde() {
  static const Lalonde data = [] {
    const Table table("fixtures/stats/lalonde.csv");
    Lalonde out;
    for (double t : table.numbers("treat")) out.treated.push_back(t == 1 ? 1 : 0);
    for (const char* name : {"age", "educ", "married", "nodegree", "re74", "re75"})
      out.columns[name] = table.numbers(name);
    out.race = table.texts("race");
    for (const char* level : {"black", "hispan", "white"}) {
      auto& dummy = out.columns[std::string("race") + level];
      for (const std::string& race : out.race) dummy.push_back(race == level ? 1 : 0);
    }
    return out;
  }();
  return data;
}

Matrix columns_of(const std::vector<std::string>& names) {
  Matrix m(lalonde().treated.size(), names.size());
  for (std::size_t c = 0; c < names.size(); ++c) {
    const bool ones = names[c] == "1";
    for (std::size_t i = 0; i < m.rows; ++i) m(i, c) = ones ? 1 : lalonde().columns.at(names[c])[i];
  }
  return m;
}

PropensityScores scores() {
  return propensity_scores(
      columns_of({"1", "age", "educ", "racehispan", "racewhite", "married", "nodegree", "re74", "re75"}),
      lalonde().treated);
}

/// A factor has a column for each level, as in MatchIt.
MatchUnits mahalanobis_units() {
  const auto points = mahalanobis_points(
      columns_of({"age", "educ", "raceblack", "racehispan", "racewhite", "married", "nodegree", "re74", "re75"}),
      lalonde().treated);
  EXPECT_EQ(points.reason, Undefined::none);
  return {points.points, lalonde().treated, {}};
}

MatchUnits line_units(const std::vector<double>& values) {
  MatchUnits units{Matrix(values.size(), 1), lalonde().treated, {}};
  units.points.values = values;
  return units;
}

std::vector<int> race_strata() {
  std::vector<int> strata;
  for (const std::string& race : lalonde().race) strata.push_back(race == "black" ? 7 : race == "white" ? 3 : 5);
  return strata;
}

TEST(Propensity, AgreesWithTheLogisticRegressionOfR) {
  const PropensityScores fit = scores();
  ASSERT_EQ(fit.reason, Undefined::none);
  for (std::size_t i = 0; i < fit.coefficients.size(); ++i)
    EXPECT_TRUE(near(fit.coefficients[i], matching_golden("glm." + std::to_string(i)), 1e-8)) << i;
  EXPECT_TRUE(near(fit.log_likelihood, matching_golden("glm.loglik"), 1e-12));
}

Matrix with_ones(const std::vector<double>& x) {
  Matrix design(x.size(), 2, 1);
  std::copy(x.begin(), x.end(), design.column(1));
  return design;
}

TEST(Propensity, DetectsSeparation) {
  EXPECT_EQ(propensity_scores(with_ones({1, 2, 3, 4, 5, 6}), {0, 0, 0, 1, 1, 1}).reason, Undefined::separation);
  // Quasi-complete: at 3 there are both kinds.
  EXPECT_EQ(propensity_scores(with_ones({1, 2, 3, 3, 5, 6}), {0, 0, 0, 1, 1, 1}).reason, Undefined::separation);
  // A level that only controls have.
  EXPECT_EQ(propensity_scores(with_ones({0, 0, 0, 0, 1, 1}), {0, 1, 0, 1, 0, 0}).reason, Undefined::separation);
  EXPECT_EQ(propensity_scores(with_ones({1, 2, 4, 3, 5, 6}), {0, 0, 0, 1, 1, 1}).reason, Undefined::none);
}

TEST(Propensity, SaysWhyItIsUndefined) {
  EXPECT_EQ(propensity_scores(with_ones({1, 1, 1}), {0, 1, 0}).reason, Undefined::singular);
  EXPECT_EQ(propensity_scores(with_ones({1, 2, 3}), {1, 1, 1}).reason, Undefined::no_data);
  EXPECT_EQ(propensity_scores(with_ones({1, std::nan(""), 3}), {0, 1, 1}).reason, Undefined::no_data);
}

double distance(const Matrix& points, std::size_t a, std::size_t b) {
  double sum = 0;
  for (std::size_t c = 0; c < points.columns; ++c) sum += std::pow(points(a, c) - points(b, c), 2);
  return std::sqrt(sum);
}

TEST(Mahalanobis, HasTheDistancesOfR) {
  const MatchUnits units = mahalanobis_units();
  EXPECT_EQ(units.points.columns, 8U);
  EXPECT_TRUE(near(distance(units.points, 0, 185), matching_golden("mahalanobis.1.1"), 1e-9));
  EXPECT_TRUE(near(distance(units.points, 184, 613), matching_golden("mahalanobis.185.429"), 1e-9));
}

TEST(Mahalanobis, DoesNotDependOnUnitsOfMeasurement) {
  Matrix x = columns_of({"age", "educ", "re74"});
  const Matrix before = mahalanobis_points(x, lalonde().treated).points;
  for (std::size_t i = 0; i < x.rows; ++i) x(i, 2) = 1e-6 * x(i, 2) + 3;
  const Matrix after = mahalanobis_points(x, lalonde().treated).points;
  for (std::size_t i : {1U, 77U, 400U}) EXPECT_TRUE(near(distance(before, 0, i), distance(after, 0, i), 1e-9));
}

TEST(Mahalanobis, SaysWhyItIsUndefined) {
  EXPECT_EQ(mahalanobis_points(Matrix(5, 2, 4), {0, 1, 0, 1, 0}).reason, Undefined::no_variation);
  EXPECT_EQ(mahalanobis_points(Matrix(2, 1, 4), {0, 1}).reason, Undefined::no_data);
  EXPECT_EQ(mahalanobis_points(Matrix(5, 0), {0, 1, 0, 1, 0}).reason, Undefined::no_data);
}

TEST(Nearest, TakesTheControlsThatTheReadmeOfMatchItPrints) {
  const MatchUnits units = mahalanobis_units();
  MatchPlan plan;
  plan.replace = true;
  const Matching m = match_nearest(units, plan);
  EXPECT_EQ(m.pairs.size(), 185U);
  EXPECT_TRUE(near(m.total_distance, matching_golden("mahalanobis.sum"), 1e-9));
  EXPECT_EQ(m.controls_matched, 79U);
  EXPECT_NEAR(m.effective_controls, 34.19, 0.005);
  // README of MatchIt, balance of the matched data.
  const auto balance = [&](const char* name) {
    const std::vector<double>& x = lalonde().columns.at(name);
    return covariate_balance(x, lalonde().treated, m.weights, balance_sd(x, lalonde().treated));
  };
  EXPECT_NEAR(balance("age").standardised, 0.0385, 5e-5);
  EXPECT_NEAR(balance("re74").standardised, 0.0628, 5e-5);
  EXPECT_NEAR(balance("re75").standardised, 0.1380, 5e-5);
  EXPECT_NEAR(balance("age").variance_ratio, 0.6531, 5e-5);
  EXPECT_NEAR(balance("re75").variance_ratio, 2.1244, 5e-5);
  EXPECT_NEAR(balance("married").ecdf_max, 0.0108, 5e-5);
}

TEST(Nearest, BreaksTiesByTheFirstRowIfAsked) {
  MatchPlan plan;
  plan.replace = true;
  plan.ties = TieRule::first_row;
  const Matching m = match_nearest(mahalanobis_units(), plan);
  EXPECT_EQ(m.controls_matched, 76U);  // which.min in R
  EXPECT_NEAR(m.effective_controls, 33.00386, 5e-6);
  EXPECT_TRUE(near(m.total_distance, matching_golden("mahalanobis.sum"), 1e-9));
}

TEST(Nearest, OnTheScoreTakesWhatThePagesOfMatchItPrint) {
  MatchPlan plan;
  plan.order = MatchOrder::largest;
  const Matching m = match_nearest(line_units(scores().probability), plan);
  EXPECT_EQ(m.pairs.size(), 185U);
  EXPECT_EQ(m.controls_matched, 185U);
  const auto standardised = [&](const char* name) {
    const std::vector<double>& x = lalonde().columns.at(name);
    return covariate_balance(x, lalonde().treated, m.weights, balance_sd(x, lalonde().treated)).standardised;
  };
  EXPECT_NEAR(standardised("age"), 0.0718, 5e-5);
  EXPECT_NEAR(standardised("educ"), -0.1290, 5e-5);
  EXPECT_NEAR(standardised("re74"), -0.0505, 5e-5);
  plan.replace = true;
  const Matching replaced = match_nearest(line_units(scores().probability), plan);
  EXPECT_EQ(replaced.controls_matched, 82U);
  EXPECT_NEAR(replaced.effective_controls, 46.31, 0.005);
}

TEST(Nearest, WithReplacementIsTheLeastDistanceOfEach) {
  MatchPlan plan;
  plan.replace = true;
  EXPECT_TRUE(
      near(match_nearest(line_units(scores().probability), plan).total_distance, matching_golden("replace.p"), 1e-7));
  EXPECT_TRUE(
      near(match_nearest(line_units(scores().logit), plan).total_distance, matching_golden("replace.logit"), 1e-7));
  plan.ratio = 3;
  const Matching three = match_nearest(mahalanobis_units(), plan);
  EXPECT_EQ(three.pairs.size(), 555U);
  EXPECT_TRUE(near(three.total_distance, matching_golden("mahalanobis.three"), 1e-9));
}

TEST(Nearest, KeepsWithinTheCaliper) {
  MatchPlan plan;
  plan.replace = true;
  plan.caliper = 0.2 * matching_golden("glm.sd.logit");
  const Matching m = match_nearest(line_units(scores().logit), plan);
  EXPECT_EQ(static_cast<double>(m.pairs.size()), matching_golden("caliper.pairs"));
  EXPECT_TRUE(near(m.total_distance, matching_golden("caliper.logit"), 1e-7));
  EXPECT_EQ(m.unmatched_treated.size(), 185 - m.pairs.size());
}

TEST(Nearest, MatchesWithinStrataOnly) {
  MatchPlan plan;
  plan.order = MatchOrder::largest;
  MatchUnits units = line_units(scores().probability);
  units.stratum = race_strata();
  const Matching m = match_nearest(units, plan);
  EXPECT_EQ(static_cast<double>(m.pairs.size()), matching_golden("exact.pairs"));
  for (const MatchedPair& pair : m.pairs) EXPECT_EQ(lalonde().race[pair.treated], lalonde().race[pair.control]);
}

TEST(Nearest, TakesSeveralControlsInRounds) {
  MatchPlan plan;
  plan.order = MatchOrder::largest;
  plan.ratio = 2;
  const Matching m = match_nearest(line_units(scores().probability), plan);
  EXPECT_EQ(static_cast<double>(m.pairs.size()), matching_golden("ratio2.pairs"));
  std::set<std::size_t> controls;
  for (const MatchedPair& pair : m.pairs) controls.insert(pair.control);
  EXPECT_EQ(controls.size(), m.pairs.size());
  plan.ratio = 3;
  EXPECT_EQ(match_nearest(line_units(scores().probability), plan).pairs.size(), 429U);  // all controls
}

TEST(Nearest, UsesAControlAsOftenAsAllowed) {
  MatchUnits units{Matrix(5, 1), {1, 1, 1, 0, 0}, {}};
  units.points.values = {1, 2, 3, 1.9, 9};
  MatchPlan plan;
  plan.reuse_most = 2;
  const Matching m = match_nearest(units, plan);
  EXPECT_EQ(m.pairs, (std::vector<MatchedPair>{{0, 3, 0.8999999999999999}, {1, 3, 0.10000000000000009}, {2, 4, 6}}));
  EXPECT_EQ(m.weights, (std::vector<double>{1, 1, 1, 4.0 / 3, 2.0 / 3}));
  EXPECT_NEAR(m.effective_controls, 9.0 / 5, 1e-15);
}

/// The definition: look at every control.
Matching brute_nearest(const MatchUnits& units, int ratio, double caliper) {
  std::vector<char> taken(units.treated.size());
  Matching out;
  std::vector<std::vector<MatchedPair>> rounds;
  for (int round = 0; round < ratio; ++round) {
    for (std::size_t t = 0; t < units.treated.size(); ++t) {
      if (units.treated[t] == 0) continue;
      std::size_t best = units.treated.size();
      for (std::size_t c = 0; c < units.treated.size(); ++c) {
        if (units.treated[c] != 0 || taken[c] != 0 || units.stratum[c] != units.stratum[t]) continue;
        const double d = distance(units.points, t, c);
        if (d <= caliper && (best == units.treated.size() || d < distance(units.points, t, best))) best = c;
      }
      if (best == units.treated.size()) continue;
      taken[best] = 1;
      out.total_distance += distance(units.points, t, best);
      out.pairs.push_back({t, best, distance(units.points, t, best)});
    }
  }
  std::stable_sort(out.pairs.begin(), out.pairs.end(), [](auto& a, auto& b) { return a.treated < b.treated; });
  return out;
}

MatchUnits random_units(RandomStream& random, std::size_t count, std::size_t dimensions, bool whole) {
  MatchUnits units{Matrix(count, dimensions), {}, {}};
  for (double& v : units.points.values) v = whole ? static_cast<double>(random.below(4)) : random.normal();
  for (std::size_t i = 0; i < count; ++i) {
    units.treated.push_back(random.below(3) == 0 ? 1 : 0);
    units.stratum.push_back(static_cast<int>(random.below(3)));
  }
  return units;
}

TEST(Nearest, AgreesWithLookingAtEveryControl) {
  RandomStream random(3, 0);
  for (int round = 0; round < 60; ++round) {
    const MatchUnits units = random_units(random, 60, 1 + random.below(4), round % 2 == 0);
    MatchPlan plan;
    plan.ratio = 1 + static_cast<int>(random.below(3));
    plan.ties = TieRule::first_row;
    plan.caliper = round % 3 == 0 ? 1.01 : 100;
    const Matching wanted = brute_nearest(units, plan.ratio, plan.caliper);
    const Matching got = match_nearest(units, plan);
    ASSERT_EQ(got.pairs.size(), wanted.pairs.size()) << round;
    for (std::size_t i = 0; i < got.pairs.size(); ++i) {
      EXPECT_EQ(got.pairs[i].treated, wanted.pairs[i].treated) << round;
      EXPECT_EQ(got.pairs[i].control, wanted.pairs[i].control) << round;
    }
  }
}

/// Number of pairs and least total distance over all ways to pair, by going through them.
struct BestWay {
  std::size_t pairs = 0;
  double total = 0;
};

void walk(const MatchUnits& units, const std::vector<std::size_t>& treated, std::size_t next, double caliper,
          std::vector<char>& taken, BestWay so_far, BestWay& best) {
  if (next == treated.size()) {
    const bool better = so_far.pairs > best.pairs || (so_far.pairs == best.pairs && so_far.total < best.total);
    if (better) best = so_far;
    return;
  }
  walk(units, treated, next + 1, caliper, taken, so_far, best);
  for (std::size_t c = 0; c < units.treated.size(); ++c) {
    const std::size_t t = treated[next];
    if (units.treated[c] != 0 || taken[c] != 0 || units.stratum[c] != units.stratum[t]) continue;
    const double d = distance(units.points, t, c);
    if (d > caliper) continue;
    taken[c] = 1;
    walk(units, treated, next + 1, caliper, taken, {so_far.pairs + 1, so_far.total + d}, best);
    taken[c] = 0;
  }
}

TEST(Optimal, HasTheLeastTotalDistanceOfAllWaysToPair) {
  RandomStream random(11, 0);
  for (int round = 0; round < 80; ++round) {
    const MatchUnits units = random_units(random, 4 + random.below(6), 1 + random.below(3), round % 2 == 0);
    std::vector<std::size_t> treated;
    for (std::size_t i = 0; i < units.treated.size(); ++i)
      if (units.treated[i] != 0) treated.push_back(i);
    MatchPlan plan;
    plan.caliper = round % 3 == 0 ? 1.5 : 100;
    BestWay best;
    std::vector<char> taken(units.treated.size());
    walk(units, treated, 0, plan.caliper, taken, {}, best);
    const Matching got = match_optimal(units, plan);
    EXPECT_EQ(got.pairs.size(), best.pairs) << round;
    EXPECT_NEAR(got.total_distance, best.total, 1e-9) << round;
  }
}

TEST(Optimal, IsNeverWorseThanNearest) {
  MatchPlan plan;
  const MatchUnits units = mahalanobis_units();
  const Matching nearest = match_nearest(units, plan);
  const Matching optimal = match_optimal(units, plan);
  EXPECT_EQ(optimal.pairs.size(), 185U);
  EXPECT_LT(optimal.total_distance, nearest.total_distance);
  std::set<std::size_t> controls;
  for (const MatchedPair& pair : optimal.pairs) controls.insert(pair.control);
  EXPECT_EQ(controls.size(), 185U);
  plan.ratio = 2;
  EXPECT_EQ(match_optimal(units, plan).pairs.size(), 370U);
}

TEST(Matching, GoesOnWhereAStratumHasNoTreatedOrNoControls) {
  MatchUnits units{Matrix(5, 1), {1, 0, 0, 1, 0}, {1, 1, 2, 3, 2}};
  units.points.values = {1, 2, 3, 4, 5};
  for (const Matching& m : {match_nearest(units, {}), match_optimal(units, {})}) {
    EXPECT_EQ(m.pairs, (std::vector<MatchedPair>{{0, 1, 1}}));
    EXPECT_EQ(m.unmatched_treated, std::vector<std::size_t>{3});
    EXPECT_EQ(m.reason, Undefined::none);
  }
}

TEST(Matching, SaysWhenThereIsNothingToMatch) {
  MatchUnits units{Matrix(3, 1, 2), {1, 1, 1}, {}};
  EXPECT_EQ(match_nearest(units, {}).reason, Undefined::no_data);
  units.treated = {0, 1, 0};
  units.points(0, 0) = std::numeric_limits<double>::infinity();
  EXPECT_EQ(match_optimal(units, {}).reason, Undefined::no_data);
  units.points(0, 0) = 9;
  units.points(2, 0) = 8;
  MatchPlan plan;
  plan.caliper = 1;
  EXPECT_EQ(match_nearest(units, plan).reason, Undefined::no_data);
  EXPECT_EQ(match_nearest(units, plan).unmatched_treated.size(), 1U);
}

TEST(Balance, AgreesWithMatchItBeforeMatching) {
  EXPECT_NEAR(matching_golden("age.StdMeanDiff"), -0.3094, 5e-5);
  for (const auto& [name, values] : lalonde().columns) {
    const CovariateBalance b = covariate_balance(values, lalonde().treated, {}, balance_sd(values, lalonde().treated));
    EXPECT_TRUE(near(b.standardised, matching_golden(name + ".StdMeanDiff"), 1e-10)) << name;
    EXPECT_TRUE(near(b.ecdf_max, matching_golden(name + ".eCDFMax"), 1e-10)) << name;
    const bool dummy = name.starts_with("race") || name == "married" || name == "nodegree";
    EXPECT_EQ(std::isnan(b.variance_ratio), dummy) << name;
    if (dummy) continue;
    EXPECT_TRUE(near(b.variance_ratio, matching_golden(name + ".VarRatio"), 1e-10)) << name;
  }
}

TEST(Balance, OfRepeatedRowsIsThatOfWholeWeights) {
  const std::vector<double> x = {1, 4, 2, 2, 7}, weights = {1, 1, 1, 2, 1};
  const CovariateBalance weighted = covariate_balance(x, {1, 1, 0, 0, 0}, weights, 2);
  const CovariateBalance repeated = covariate_balance({1, 4, 2, 2, 2, 7}, {1, 1, 0, 0, 0, 0}, {}, 2);
  EXPECT_DOUBLE_EQ(weighted.standardised, repeated.standardised);
  EXPECT_DOUBLE_EQ(weighted.ecdf_max, repeated.ecdf_max);
}

TEST(Balance, SaysWhyItIsUndefined) {
  EXPECT_EQ(covariate_balance({1, 2}, {1, 1}, {}, 1).reason, Undefined::no_data);
  EXPECT_EQ(covariate_balance({1, 2}, {1, 0}, {1, 0}, 1).reason, Undefined::no_data);
  const CovariateBalance constant = covariate_balance({3, 3, 3}, {1, 1, 0}, {}, balance_sd({3, 3, 3}, {1, 1, 0}));
  EXPECT_EQ(constant.reason, Undefined::no_variation);
  EXPECT_TRUE(std::isnan(constant.standardised));
}

}  // namespace
}  // namespace kaskad::stats
