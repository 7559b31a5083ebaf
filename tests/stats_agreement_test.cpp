// Agreement of raters: published examples, R's numbers (fixtures/stats/agreement.R), degenerate tables.
#include "engine/stats/agreement.hpp"

#include "engine/stats/ordered_groups.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;
using test::number_in;

double golden(const std::string& name) { return number_in("fixtures/stats/agreement.csv", name); }

/// Units one after another, as counted by the categories 1 … k of two raters.
RatingTable of_counts(const std::vector<int>& counts, std::size_t categories) {
  RatingTable table{2, {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (int n = 0; n < counts[i]; ++n) {
      table.scores.push_back(static_cast<double>(i / categories + 1));
      table.scores.push_back(static_cast<double>(i % categories + 1));
    }
  }
  return table;
}

/// Units in which so many of the raters gave each category.
RatingTable of_shares(const std::vector<std::vector<int>>& units, std::size_t raters) {
  RatingTable table{raters, {}};
  for (const auto& unit : units) {
    std::size_t given = 0;
    for (std::size_t k = 0; k < unit.size(); ++k) {
      for (int n = 0; n < unit[k]; ++n, ++given) table.scores.push_back(static_cast<double>(k));
    }
    for (; given < raters; ++given) table.scores.push_back(kNaN);
  }
  return table;
}

/// Rows of raters, 0 = not rated.
RatingTable of_raters(const std::vector<std::vector<int>>& raters) {
  RatingTable table{raters.size(), {}};
  for (std::size_t u = 0; u < raters.front().size(); ++u) {
    for (const auto& rater : raters) table.scores.push_back(rater[u] == 0 ? kNaN : rater[u]);
  }
  return table;
}

const std::vector<int> kDiagnoses = {75, 1, 4, 5, 4, 1, 0, 0, 10};  // Fleiss, Levin & Paik 2003, table 18.1
const std::vector<int> kEssays = {10, 4, 1, 0, 5, 10, 12, 2, 2, 4, 12, 5, 0, 2, 6, 13};

const std::vector<std::vector<int>> kFleiss1971 = {{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0},
                                                   {2, 2, 8, 1, 1},  {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2},
                                                   {6, 5, 2, 1, 0},  {0, 2, 2, 3, 7}};

/// Krippendorff 2011, section C.
RatingTable four_observers() {
  return of_raters({{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
                    {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 0},
                    {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3},
                    {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}});
}

RatingTable three_coders() {
  return of_raters({{0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3},
                    {1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0},
                    {0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4}});
}

void expect_kappa(const Estimate& e, const std::string& name) {
  EXPECT_TRUE(near(e.value, golden(name), 1e-12)) << name;
  EXPECT_TRUE(near(e.se, golden(name + ".se"), 1e-6)) << name;
  EXPECT_TRUE(near(e.lo, e.value - 1.959963984540054 * e.se, 1e-9)) << name;
}

TEST(CohenKappa, AgreesWithThePublishedTablesAndWithR) {
  const RatingTable diagnoses = of_counts(kDiagnoses, 3), essays = of_counts(kEssays, 4);
  expect_kappa(cohen_kappa(diagnoses, 0, 1, AgreementWeights::none), "diagnoses.cohen");
  expect_kappa(cohen_kappa(diagnoses, 0, 1, AgreementWeights::linear), "diagnoses.linear");
  expect_kappa(cohen_kappa(diagnoses, 0, 1, AgreementWeights::quadratic), "diagnoses.quadratic");
  expect_kappa(cohen_kappa(essays, 0, 1, AgreementWeights::none), "essays.cohen");
  expect_kappa(cohen_kappa(essays, 0, 1, AgreementWeights::linear), "essays.linear");
  expect_kappa(cohen_kappa(essays, 0, 1, AgreementWeights::quadratic), "essays.quadratic");
}

TEST(CohenKappa, TestsTheHypothesisOfNoAgreementByItsOwnError) {
  // Fleiss, Levin & Paik 2003, formula 18.12: κ = 0.68, se0 = 0.076, z = 8.95.
  const Estimate e = cohen_kappa(of_counts(kDiagnoses, 3), 0, 1, AgreementWeights::none);
  EXPECT_NEAR(e.value, 0.68, 0.005);
  EXPECT_LT(e.p, 1e-17);
  // A table of small agreement: κ by hand 0.2, p0 = 0.5: se0 = √(0.5·0.5/(n·0.25)) = 1/√n for a fair coin.
  const Estimate coin = cohen_kappa({30, 20, 20, 30}, {1, 0, 0, 1}, 2);
  EXPECT_NEAR(coin.value, 0.2, 1e-12);
  EXPECT_NEAR(coin.p, student_two_sided_p(2.0, std::numeric_limits<double>::infinity()), 1e-12);
}

TEST(CohenKappa, TakesAnyWeightsOfAgreement) {
  // Cohen 1968: disagreements weigh 1, 3 and 6; κ = 0.492, κ_w = 0.348.
  const std::vector<double> counts = {88, 14, 18, 10, 40, 10, 2, 6, 12};
  const std::vector<double> weights = {1, 1 - 1 / 6., 0.5, 1 - 1 / 6., 1, 0, 0.5, 0, 1};
  EXPECT_NEAR(cohen_kappa(counts, {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3).value, 0.492, 0.0005);
  EXPECT_NEAR(cohen_kappa(counts, weights, 3).value, 0.348, 0.0005);
}

TEST(CohenKappa, GoesByValuesOfCategories) {
  // 0, 0.5 and 1 are equally spaced: the same as 1, 2, 3; a category that nobody gave keeps its room.
  RatingTable table = of_counts(kDiagnoses, 3);
  const double by_places = cohen_kappa(table, 0, 1, AgreementWeights::linear).value;
  for (double& s : table.scores) s = (s - 1) / 2;
  EXPECT_NEAR(cohen_kappa(table, 0, 1, AgreementWeights::linear).value, by_places, 1e-12);
  for (double& s : table.scores) s = s == 1 ? 4 : s;
  EXPECT_GT(std::abs(cohen_kappa(table, 0, 1, AgreementWeights::linear).value - by_places), 1e-3);
}

TEST(CohenKappa, SaysWhyThereIsNone) {
  const auto kappa = [](const RatingTable& t) { return cohen_kappa(t, 0, 1, AgreementWeights::none); };
  EXPECT_EQ(kappa({2, {}}).reason, Undefined::no_data);
  EXPECT_EQ(kappa({2, {1, kNaN, kNaN, 1}}).reason, Undefined::no_data);
  EXPECT_EQ(kappa({2, {1, 2}}).reason, Undefined::too_few);
  EXPECT_EQ(kappa({2, {1, 1, 1, 1, 1, 1}}).reason, Undefined::no_variation);
  const Estimate complete = kappa({2, {1, 1, 2, 2, 1, 1}});
  EXPECT_DOUBLE_EQ(complete.value, 1);
  EXPECT_FALSE(complete.has_interval());
  // One rater gave one category only: κ is 0 for want of anything to agree on, whatever the other says.
  const Estimate flat = kappa({2, {1, 1, 1, 2, 1, 1}});
  EXPECT_NEAR(flat.value, 0, 1e-12);
  EXPECT_FALSE(flat.has_interval());
  EXPECT_TRUE(flat.p != flat.p);
}

TEST(FleissKappa, AgreesWithTheTableOf1971) {
  const Estimate e = fleiss_kappa(of_shares(kFleiss1971, 14));
  EXPECT_NEAR(e.value, 0.210, 0.0005);
  EXPECT_TRUE(near(e.value, golden("fleiss1971"), 1e-12));
  EXPECT_TRUE(near(e.se, golden("fleiss1971.se"), 1e-6));
  EXPECT_NEAR(e.hi - e.lo, 2 * student_quantile(0.975, 9) * e.se, 1e-12);
  EXPECT_EQ(e.n, 10);
  EXPECT_NEAR(percent_agreement(of_shares(kFleiss1971, 14)).value, 0.378, 0.0005);
}

TEST(FleissKappa, TakesUnequalNumbersOfRaters) {
  const auto table =
      of_shares({{3, 0, 0}, {2, 1, 0}, {0, 2, 0}, {0, 0, 4}, {1, 1, 2}, {0, 3, 1}, {2, 0, 0}, {1, 0, 0}}, 4);
  const Estimate e = fleiss_kappa(table);
  EXPECT_EQ(e.n, 7) << "the last unit has one rating only";
  EXPECT_TRUE(near(e.value, golden("uneven"), 1e-12));
  EXPECT_TRUE(near(e.se, golden("uneven.se"), 1e-6));
  EXPECT_TRUE(e.p != e.p) << "the error under no agreement is known for equal numbers only";
}

TEST(FleissKappa, SaysWhyThereIsNone) {
  EXPECT_EQ(fleiss_kappa({1, {1, 2, 3}}).reason, Undefined::no_data);
  EXPECT_EQ(fleiss_kappa({0, {}}).reason, Undefined::no_data);
  EXPECT_EQ(fleiss_kappa({3, {1, 2, 1}}).reason, Undefined::too_few);
  EXPECT_EQ(fleiss_kappa({2, {1, 1, 1, 1}}).reason, Undefined::no_variation);
  EXPECT_FALSE(fleiss_kappa({2, {1, 1, 2, 2, 1, 1}}).has_interval());
}

TEST(KrippendorffAlpha, AgreesWithPublishedExamples) {
  const AlphaPlan plan{200, 1, 1};
  const auto alpha = [&](const RatingTable& t, AgreementScale s) { return krippendorff_alpha(t, s, plan).value; };
  EXPECT_NEAR(alpha(four_observers(), AgreementScale::nominal), 0.743, 0.0005);
  EXPECT_NEAR(alpha(four_observers(), AgreementScale::ordinal), 0.815, 0.0005);
  EXPECT_NEAR(alpha(four_observers(), AgreementScale::interval), 0.849, 0.0005);
  EXPECT_NEAR(alpha(three_coders(), AgreementScale::nominal), 0.691, 0.0005);
  EXPECT_NEAR(alpha(three_coders(), AgreementScale::interval), 0.811, 0.0005);
  for (const AgreementScale scale : {AgreementScale::nominal, AgreementScale::ordinal, AgreementScale::interval}) {
    const std::string name(kAgreementScaleNames[static_cast<std::size_t>(scale)]);
    EXPECT_TRUE(near(alpha(four_observers(), scale), golden("four." + name), 1e-12)) << name;
    EXPECT_TRUE(near(alpha(three_coders(), scale), golden("three." + name), 1e-12)) << name;
  }
}

TEST(KrippendorffAlpha, HasTheSameIntervalForAnyNumberOfThreads) {
  const Estimate one = krippendorff_alpha(four_observers(), AgreementScale::ordinal, {1000, 7, 1});
  const Estimate four = krippendorff_alpha(four_observers(), AgreementScale::ordinal, {1000, 7, 4});
  const Estimate other = krippendorff_alpha(four_observers(), AgreementScale::ordinal, {1000, 8, 1});
  EXPECT_EQ(one.lo, four.lo);
  EXPECT_EQ(one.hi, four.hi);
  EXPECT_NE(one.se, other.se);
  EXPECT_LT(one.lo, one.value);
  EXPECT_GE(one.hi, one.value);
}

TEST(KrippendorffAlpha, DoesNotDependOnUnitsOfAnIntervalScale) {
  RatingTable table = four_observers();
  for (double& s : table.scores) s = 1e6 + 0.001 * s;
  const Estimate moved = krippendorff_alpha(table, AgreementScale::interval, {200, 1, 1});
  EXPECT_NEAR(moved.value, golden("four.interval"), 1e-6);
}

/// The bootstrap's spread against the infinitesimal jackknife of Fleiss' kappa: with many units of two ratings the two
/// coefficients differ by 1/(2n) only.
TEST(KrippendorffAlpha, HasTheSpreadThatTheJackknifeGives) {
  const RatingTable table = of_counts(kDiagnoses, 3);
  const Estimate alpha = krippendorff_alpha(table, AgreementScale::nominal, {4000, 3, 2});
  const Estimate fleiss = fleiss_kappa(table);
  EXPECT_NEAR(alpha.value, 1 - (1 - fleiss.value) * (199. / 200), 1e-12);
  EXPECT_NEAR(alpha.se, fleiss.se, 0.06 * fleiss.se);
}

TEST(KrippendorffAlpha, SaysWhyThereIsNone) {
  const AlphaPlan plan{100, 1, 1};
  const auto alpha = [&](const RatingTable& t) { return krippendorff_alpha(t, AgreementScale::nominal, plan); };
  EXPECT_EQ(alpha({1, {1, 2, 3}}).reason, Undefined::no_data);
  EXPECT_EQ(alpha({2, {1, kNaN, kNaN, 2}}).reason, Undefined::no_data);
  EXPECT_EQ(alpha({2, {1, 2}}).reason, Undefined::too_few);
  EXPECT_EQ(alpha({2, {1, 1, 1, 1}}).reason, Undefined::no_variation);
  const Estimate few = alpha({2, {1, 1, 2, 2, 1, 2}});
  EXPECT_TRUE(few.defined());
  EXPECT_FALSE(few.has_interval()) << "three units";
  EXPECT_FALSE(alpha({2, {1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2}}).has_interval()) << "complete agreement";
}

TEST(PercentAgreement, IsTheShareOfEqualPairs) {
  const Estimate two = percent_agreement(of_counts(kDiagnoses, 3));
  const Estimate share = wilson(89, 100);
  EXPECT_DOUBLE_EQ(two.value, 0.89);
  EXPECT_DOUBLE_EQ(two.lo, share.lo);
  EXPECT_EQ(percent_agreement({1, {1, 2}}).reason, Undefined::no_data);
  // By hand: units of 1, 1/3 and 0.
  const Estimate three = percent_agreement({3, {1, 1, 1, 1, 1, 2, 1, 2, 3}});
  EXPECT_NEAR(three.value, 4. / 9, 1e-12);
  EXPECT_GE(three.lo, 0);
}

TEST(Jonckheere, AgreesWithAllAssignmentsVisitedByR) {
  const std::vector<std::vector<double>> groups = {{1.2, -0.4, 3.1}, {0.5, 2.2, 4.0, 2.2}, {3.1, 5.5}};
  const TrendTest test = jonckheere(groups, {2000, 1, 1});
  EXPECT_TRUE(test.exact);
  EXPECT_EQ(test.assignments, 1260);  // 9!/(3!·4!·2!)
  EXPECT_DOUBLE_EQ(test.statistic, golden("trend.j"));
  EXPECT_NEAR(test.p, golden("trend.p"), 1e-12);
  EXPECT_NEAR(test.share, 20.5 / 26, 1e-12);
}

TEST(Jonckheere, DrawsAssignmentsWhereThereAreTooMany) {
  const std::vector<std::vector<double>> groups = {{1.2, -0.4, 3.1}, {0.5, 2.2, 4.0, 2.2}, {3.1, 5.5}};
  const TrendTest one = jonckheere(groups, {1000, 1, 1}), four = jonckheere(groups, {1000, 1, 4});
  EXPECT_FALSE(one.exact);
  EXPECT_EQ(one.p, four.p);
  EXPECT_NEAR(one.p, golden("trend.p"), 0.03);  // three standard errors of 1000 draws
}

TEST(Jonckheere, SaysWhyThereIsNone) {
  const PermutationPlan plan{100, 1, 1};
  EXPECT_EQ(jonckheere({}, plan).reason, Undefined::no_data);
  EXPECT_EQ(jonckheere({{1, kNaN}, {2}}, plan).reason, Undefined::no_data);
  EXPECT_EQ(jonckheere({{1, 2, 3}, {}}, plan).reason, Undefined::too_few);
  EXPECT_EQ(jonckheere({{1}, {2}}, plan).reason, Undefined::too_few);
  EXPECT_EQ(jonckheere({{1, 1}, {1}}, plan).reason, Undefined::no_variation);
}

}  // namespace
}  // namespace kaskad::stats
