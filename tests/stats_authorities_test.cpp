// Clustered regression against other authorities: NIST's certified values, Stock & Watson's table, R's clubSandwich.
#include "engine/stats/regression.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::cells_of;
using test::equals;
using test::golden;
using test::near;
using test::Rows;
using test::rows_of;
using test::Table;
using test::times;

/// Lines of a NIST file from `first` to `last` (counted from 1), two columns.
std::vector<std::pair<double, double>> nist(const std::string& name, int first, int last) {
  std::ifstream file("fixtures/stats/" + name);
  std::vector<std::pair<double, double>> pairs;
  std::string line;
  for (int number = 1; std::getline(file, line) && number <= last; ++number) {
    double a = 0;
    double b = 0;
    if (number >= first && std::istringstream(line) >> a >> b) pairs.emplace_back(a, b);
  }
  EXPECT_EQ(static_cast<int>(pairs.size()), last - first + 1) << name;
  return pairs;
}

void expect_golden(const Coefficient& c, const std::string& name) {
  EXPECT_TRUE(near(c.estimate.value, golden(name + ".beta"))) << name;
  EXPECT_TRUE(near(c.estimate.se, golden(name + ".se"))) << name;
  EXPECT_TRUE(near(c.estimate.df, golden(name + ".df"))) << name;
  EXPECT_TRUE(near(c.estimate.p, golden(name + ".p"), 1e-8)) << name;
  EXPECT_TRUE(near(c.statistic, golden(name + ".beta") / golden(name + ".se"))) << name;
}

// ---------------------------------------------------------------- certified values

TEST(LeastSquares, ReproducesNorris) {
  Rows rows;
  for (const auto& [y, x] : nist("Norris.dat", 61, 96)) rows.push_back({{x}, 1, y, 0, static_cast<int>(rows.size())});
  const ClusteredFit fit = cr2_regression(rows, FixedEffects::none);
  EXPECT_TRUE(near(fit.coefficients[0].estimate.value, 1.00211681802045, 1e-12));
  EXPECT_TRUE(near(fit.intercept.estimate.value, -0.262323073774029, 1e-10));
  EXPECT_EQ(fit.residual_df, 34);
  EXPECT_TRUE(near(std::sqrt(fit.residual_squares / fit.residual_df), 0.884796396144373, 1e-12));
  EXPECT_TRUE(near(1 - fit.residual_squares / fit.total_squares, 0.999993745883712, 1e-14));
  const double f = (fit.total_squares - fit.residual_squares) / (fit.residual_squares / fit.residual_df);
  EXPECT_TRUE(near(f, 5436385.54079785, 1e-12));
}

TEST(LeastSquares, ReproducesLongley) {
  const Table table("fixtures/stats/longley.csv");
  std::vector<std::vector<double>> terms;
  for (const char* head : {"x1", "x2", "x3", "x4", "x5", "x6"}) terms.push_back(table.numbers(head));
  const auto y = table.numbers("y");
  std::vector<double> cluster;
  for (std::size_t i = 0; i < y.size(); ++i) cluster.push_back(static_cast<double>(i));
  const ClusteredFit fit = cr2_regression(rows_of(terms, y, cluster), FixedEffects::none);
  const std::vector<double> certified = {15.0618722713733,  -0.358191792925910E-01, -2.02022980381683,
                                         -1.03322686717359, -0.511041056535807E-01, 1829.15146461355};
  for (std::size_t j = 0; j < certified.size(); ++j) {
    EXPECT_TRUE(near(fit.coefficients[j].estimate.value, certified[j])) << j;
  }
  EXPECT_TRUE(near(fit.intercept.estimate.value, -3482258.63459582));
  EXPECT_TRUE(near(std::sqrt(fit.residual_squares / fit.residual_df), 304.854073561965));
}

TEST(LeastSquares, ReproducesPontius) {
  const Table table("fixtures/stats/pontius.csv");
  const auto x = table.numbers("x");
  std::vector<double> cluster;
  for (std::size_t i = 0; i < x.size(); ++i) cluster.push_back(static_cast<double>(i));
  const ClusteredFit fit = cr2_regression(rows_of({x, times(x, x)}, table.numbers("y"), cluster), FixedEffects::none);
  // Certified values of NIST StRD, Pontius.
  EXPECT_TRUE(near(fit.intercept.estimate.value, 0.673565789473684E-03));
  EXPECT_TRUE(near(fit.coefficients[0].estimate.value, 0.732059160401003E-06));
  EXPECT_TRUE(near(fit.coefficients[1].estimate.value, -0.316081871345029E-14));
  EXPECT_TRUE(near(std::sqrt(fit.residual_squares / fit.residual_df), 0.205177424076185E-03));
}

/// One-way analysis of variance as a regression on indicators of all groups but the first.
double f_of_anova(const std::string& file, int last, int groups) {
  Rows rows;
  for (const auto& [group, y] : nist(file, 61, last)) {
    CellRow row{{}, 1, y, 0, static_cast<int>(rows.size())};
    for (int j = 2; j <= groups; ++j) row.terms.push_back(group == j ? 1 : 0);
    rows.push_back(row);
  }
  const ClusteredFit fit = cr2_regression(rows, FixedEffects::none);
  return (fit.total_squares - fit.residual_squares) / (groups - 1) / (fit.residual_squares / fit.residual_df);
}

TEST(LeastSquares, ReproducesNistsAnalysesOfVariance) {
  EXPECT_TRUE(near(f_of_anova("SiRstv.dat", 85, 5), 1.18046237440255, 1e-10));
  EXPECT_TRUE(near(f_of_anova("SmLs01.dat", 249, 9), 21, 1e-12));
  // Seven constant leading digits: what a double holds of the data is right to about ten digits.
  EXPECT_TRUE(near(f_of_anova("SmLs04.dat", 249, 9), 21, 2e-8));
}

// ---------------------------------------------------------------- clubSandwich

struct Bagrut {
  Rows pupils;  ///< Terms: years 2000, 2001, 2002, then the same for focus schools.
  Rows did;     ///< 2000 and 2001 only; terms: 2001, focus in 2001.
};

Bagrut bagrut() {
  const Table table("fixtures/bagrut/bagrut.csv");
  const auto year = table.numbers("year");
  const auto treated = table.numbers("treated");
  const auto y = table.numbers("Bagrut_status");
  const auto school = table.numbers("school_id");
  const auto y1 = equals(year, 2000);
  const auto y2 = equals(year, 2001);
  const auto y3 = equals(year, 2002);
  Bagrut rows;
  rows.pupils = rows_of({y1, y2, y3, times(treated, y1), times(treated, y2), times(treated, y3)}, y, school);
  for (const CellRow& row : rows.pupils) {
    if (row.terms[0] + row.terms[1] == 1)
      rows.did.push_back({{row.terms[1], row.terms[4]}, 1, row.mean, 0, row.cluster});
  }
  return rows;
}

TEST(Cr2, GivesTheDifferenceInDifferencesOfBagrutFromPupilsAndFromCells) {
  const Rows pupils = bagrut().did;
  const Rows cells = cells_of(pupils);
  EXPECT_GT(pupils.size(), 7000U);
  EXPECT_LT(cells.size(), 80U);
  for (const Rows& rows : {pupils, cells}) {
    const ClusteredFit fit = cr2_regression(rows, FixedEffects::cluster);
    ASSERT_EQ(fit.reason, Undefined::none);
    const Estimate& e = fit.coefficients[1].estimate;
    EXPECT_TRUE(near(e.value, -0.012215864052306));
    EXPECT_TRUE(near(e.se, 0.034907063422039));
    EXPECT_TRUE(near(e.df, 27.535139164905));
    EXPECT_TRUE(near(e.p, 0.729035988041697));
    EXPECT_EQ(e.n, static_cast<std::int64_t>(pupils.size()));
    EXPECT_EQ(e.clusters, fit.clusters);
    expect_golden(fit.coefficients[1], "bagrut.did.f2");
  }
}

TEST(Cr2, AgreesWithClubSandwichOnFourYearsOfBagrut) {
  const ClusteredFit fit = cr2_regression(cells_of(bagrut().pupils), FixedEffects::cluster);
  for (std::size_t j : {0U, 1U, 2U}) expect_golden(fit.coefficients[3 + j], "bagrut.years.f" + std::to_string(j + 1));
}

struct Panel {
  std::vector<double> school, period, focus, rural, social, score, p2, p3, f2, f3;
};

Panel panel() {
  const Table t("fixtures/stats/panel.csv");
  Panel p{t.numbers("school"),
          t.numbers("period"),
          t.numbers("focus"),
          t.numbers("rural"),
          t.numbers("social"),
          t.numbers("score"),
          {},
          {},
          {},
          {}};
  p.p2 = equals(p.period, 2);
  p.p3 = equals(p.period, 3);
  p.f2 = times(p.focus, p.p2);
  p.f3 = times(p.focus, p.p3);
  return p;
}

void expect_golden_from_pupils_and_cells(const Rows& pupils, FixedEffects effects, const std::string& model,
                                         const std::vector<std::string>& terms) {
  for (const Rows& rows : {pupils, cells_of(pupils)}) {
    const ClusteredFit fit = cr2_regression(rows, effects);
    ASSERT_EQ(fit.reason, Undefined::none);
    for (std::size_t j = 0; j < terms.size(); ++j) expect_golden(fit.coefficients[j], model + "." + terms[j]);
  }
}

TEST(Cr2, AgreesWithClubSandwichWithAnInterceptAndCovariates) {
  const Panel p = panel();
  const Rows pupils = rows_of({p.focus, p.rural, p.social}, p.score, p.school);
  expect_golden_from_pupils_and_cells(pupils, FixedEffects::none, "panel.none", {"focus", "rural", "social"});
  expect_golden(cr2_regression(cells_of(pupils), FixedEffects::none).intercept, "panel.none.intercept");
}

TEST(Cr2, AgreesWithClubSandwichWithThreePeriodsAndUnbalancedSchools) {
  const Panel p = panel();
  expect_golden_from_pupils_and_cells(rows_of({p.focus, p.p2, p.p3, p.f2, p.f3}, p.score, p.school), FixedEffects::none,
                                      "panel.periods", {"focus", "p2", "p3", "f2", "f3"});
}

TEST(Cr2, AgreesWithClubSandwichWithSchoolEffectsThreePeriodsAndACovariate) {
  const Panel p = panel();
  expect_golden_from_pupils_and_cells(rows_of({p.p2, p.p3, p.f2, p.f3, p.rural}, p.score, p.school),
                                      FixedEffects::cluster, "panel.effects", {"p2", "p3", "f2", "f3", "rural"});
}

TEST(Cr2, AgreesWithClubSandwichOnFrequencyWeightedMeans) {
  const Panel p = panel();
  Rows cells = cells_of(rows_of({p.p2, p.p3, p.f2, p.f3}, p.score, p.school));
  const ClusteredFit whole = cr2_regression(cells, FixedEffects::cluster);
  const std::vector<std::string> terms = {"p2", "p3", "f2", "f3"};
  for (std::size_t j = 0; j < terms.size(); ++j) expect_golden(whole.coefficients[j], "means.effects." + terms[j]);
}

TEST(Cr2, AgreesWithClubSandwichOnCaliforniasDistricts) {
  const Table t("fixtures/stats/apipop.csv");
  std::vector<double> elementary;
  for (const std::string& type : t.texts("stype")) elementary.push_back(type == "E" ? 1 : 0);
  const ClusteredFit fit = cr2_regression(
      rows_of({elementary, t.numbers("meals")}, t.numbers("api00"), t.numbers("district")), FixedEffects::none);
  expect_golden(fit.coefficients[0], "apipop.district.elementary");
  expect_golden(fit.coefficients[1], "apipop.district.meals");
  expect_golden(fit.intercept, "apipop.district.intercept");
}

/// One row a pupil; terms: small class, class with an aide. Each pupil is a cluster unless schools are wanted.
Rows star(const std::string& grade, bool schools) {
  const Table t("fixtures/stats/star.csv");
  const auto grades = t.texts("grade");
  const auto school = t.texts("school");
  const auto type = t.texts("star");
  const auto score = t.numbers("score");
  const auto pupils = t.numbers("pupils");
  Rows rows;
  for (std::size_t i = 0; i < t.size(); ++i) {
    for (int copy = 0; grades[i] == grade && copy < pupils[i]; ++copy) {
      const int cluster = schools ? std::stoi(school[i]) : static_cast<int>(rows.size());
      rows.push_back(
          {{type[i] == "small" ? 1.0 : 0.0, type[i] == "regular+aide" ? 1.0 : 0.0}, 1, score[i], 0, cluster});
    }
  }
  return rows;
}

TEST(Cr2, WithPupilsAsClustersGivesTheHc2ErrorsOfStar) {
  for (const std::string grade : {"k", "1", "2", "3"}) {
    const ClusteredFit fit = cr2_regression(star(grade, false), FixedEffects::none);
    const std::vector<std::pair<std::string, const Coefficient*>> wanted = {
        {"intercept", &fit.intercept}, {"small", &fit.coefficients[0]}, {"aide", &fit.coefficients[1]}};
    for (const auto& [name, c] : wanted) {
      EXPECT_TRUE(near(c->estimate.value, golden("star." + grade + "." + name + ".beta"))) << grade << name;
      EXPECT_TRUE(near(c->estimate.se, golden("star." + grade + "." + name + ".hc2"))) << grade << name;
    }
  }
}

TEST(Cr2, GivesThePublishedEffectsOfStar) {
  // Stock & Watson, table of the class-size experiment, as printed.
  const ClusteredFit kindergarten = cr2_regression(star("k", false), FixedEffects::none);
  EXPECT_EQ(kindergarten.n, 5786);
  EXPECT_NEAR(kindergarten.intercept.estimate.value, 918.0429, 5e-5);
  EXPECT_NEAR(kindergarten.coefficients[0].estimate.value, 13.8990, 5e-5);
  EXPECT_NEAR(kindergarten.coefficients[1].estimate.value, 0.3139, 5e-5);
  const std::vector<std::pair<std::string, double>> small = {{"1", 29.7808}, {"2", 19.3944}, {"3", 15.5866}};
  for (const auto& [grade, effect] : small) {
    EXPECT_NEAR(cr2_regression(star(grade, false), FixedEffects::none).coefficients[0].estimate.value, effect, 5e-5);
  }
}

TEST(Cr2, AgreesWithClubSandwichOnStarWithSchoolEffects) {
  const ClusteredFit fit = cr2_regression(cells_of(star("k", true)), FixedEffects::cluster);
  expect_golden(fit.coefficients[0], "star.school.small");
  expect_golden(fit.coefficients[1], "star.school.aide");
}

}  // namespace
}  // namespace kaskad::stats
