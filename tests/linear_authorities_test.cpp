// Linear models against other authorities: NIST's certified values and R (lm, sandwich, clubSandwich).
#include "tests/linear_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::Columns;
using test::data_of;
using test::equals;
using test::ids_of;
using test::near;
using test::regression_golden;
using test::Table;
using test::times;

// ---------------------------------------------------------------- certified values

struct Certified {
  std::vector<double> estimates;
  std::vector<double> errors;
  double sigma;
  double r_squared;
  double f;
  double tolerance;
};

void expect_certified(const LinearFit& fit, const Certified& wanted) {
  ASSERT_EQ(fit.coefficients.size(), wanted.estimates.size());
  for (std::size_t j = 0; j < wanted.estimates.size(); ++j) {
    const LinearCoefficient& c = fit.coefficients[j];
    EXPECT_TRUE(near(c.estimate.value, wanted.estimates[j], wanted.tolerance)) << "B" << j;
    EXPECT_TRUE(near(c.estimate.se, wanted.errors[j], wanted.tolerance)) << "sd of B" << j;
    EXPECT_LT(-std::log10(wanted.tolerance) - 2, c.digits) << "B" << j;
  }
  EXPECT_TRUE(near(fit.sigma, wanted.sigma, wanted.tolerance));
  EXPECT_TRUE(near(fit.r_squared, wanted.r_squared, wanted.tolerance));
  EXPECT_TRUE(near(fit.regression.statistic, wanted.f, wanted.tolerance));
}

Columns powers(const std::vector<double>& x, int degree) {
  Columns columns{x};
  for (int k = 2; k <= degree; ++k) {
    columns.emplace_back();
    for (const double v : x) columns.back().push_back(std::pow(v, k));
  }
  return columns;
}

LinearFit classic(const std::vector<double>& y, const Columns& x, bool intercept = true) {
  return least_squares(data_of(y, x, intercept), {});
}

TEST(LinearNist, Norris) {
  std::ifstream file("fixtures/stats/Norris.dat");
  std::vector<double> y, x;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    double a = 0, b = 0;
    if (number < 61 || !(std::istringstream(line) >> a >> b)) continue;
    y.push_back(a);
    x.push_back(b);
  }
  ASSERT_EQ(y.size(), 36U);
  expect_certified(classic(y, {x}), {{-0.262323073774029, 1.00211681802045},
                                     {0.232818234301152, 0.429796848199937E-03},
                                     0.884796396144373,
                                     0.999993745883712,
                                     5436385.54079785,
                                     5e-14});
}

TEST(LinearNist, Longley) {
  const Table t("fixtures/stats/longley.csv");
  Columns x;
  for (const char* name : {"x1", "x2", "x3", "x4", "x5", "x6"}) x.push_back(t.numbers(name));
  expect_certified(classic(t.numbers("y"), x),
                   {{-3482258.63459582, 15.0618722713733, -0.358191792925910E-01, -2.02022980381683, -1.03322686717359,
                     -0.511041056535807E-01, 1829.15146461355},
                    {890420.383607373, 84.9149257747669, 0.334910077722432E-01, 0.488399681651699, 0.214274163161675,
                     0.226073200069370, 455.478499142212},
                    304.854073561965,
                    0.995479004577296,
                    330.285339234588,
                    1e-12});
}

TEST(LinearNist, Pontius) {
  const Table t("fixtures/stats/pontius.csv");
  expect_certified(classic(t.numbers("y"), powers(t.numbers("x"), 2)),
                   {{0.673565789473684E-03, 0.732059160401003E-06, -0.316081871345029E-14},
                    {0.107938612033077E-03, 0.157817399981659E-09, 0.486652849992036E-16},
                    0.205177424076185E-03,
                    0.999999900178537,
                    185330865.995752,
                    1e-11});
}

TEST(LinearNist, NoIntercept) {
  const Table one("fixtures/nist/noint1.csv");
  expect_certified(classic(one.numbers("y"), {one.numbers("x")}, false),
                   {{2.07438016528926}, {0.165289256198347E-01}, 3.56753034006338, 0.999365492298663, 15750.25, 5e-14});
  const Table two("fixtures/nist/noint2.csv");
  expect_certified(
      classic(two.numbers("y"), {two.numbers("x")}, false),
      {{0.727272727272727}, {0.420827318078432E-01}, 0.369274472937998, 0.993348115299335, 298.666666666667, 2e-14});
}

/// Rounding x¹⁰ and its like to doubles moves the exact solution by 2·10⁻⁸: no double program can do better.
TEST(LinearNist, FilipGivesTheDigitsThatItsPowersCarryAsDoubles) {
  const Table t("fixtures/nist/filip.csv");
  const LinearFit fit = classic(t.numbers("y"), powers(t.numbers("x"), 10));
  expect_certified(
      fit, {{-1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372, -354.478233703349,
             -75.1242017393757, -10.8753180355343, -1.06221498588947, -0.670191154593408E-01, -0.246781078275479E-02,
             -0.402962525080404E-04},
            {298.084530995537, 559.779865474950, 466.477572127796, 227.204274477751, 71.6478660875927, 15.2897178747400,
             2.23691159816033, 0.221624321934227, 0.142363763154724E-01, 0.535617408889821E-03, 0.896632837373868E-05},
            0.334801051324544E-02,
            0.996727416185620,
            2162.43954511489,
            5e-8});
  for (const LinearCoefficient& c : fit.coefficients) {
    EXPECT_GT(c.digits, 6.5);
    EXPECT_LT(c.digits, 9);
  }
}

TEST(LinearNist, WamplerWithoutNoiseHasCoefficientsAndNoErrors) {
  const Table t("fixtures/nist/wampler.csv");
  const Columns x = powers(t.numbers("x"), 5);
  for (const auto& [name, ratio] : {std::pair("wampler1", 1.0), std::pair("wampler2", 0.1)}) {
    const LinearFit fit = classic(t.numbers(name), x);
    ASSERT_EQ(fit.reason, Undefined::none);
    double wanted = 1;
    for (const LinearCoefficient& c : fit.coefficients) {
      EXPECT_TRUE(near(c.estimate.value, wanted, 2e-10)) << name;
      EXPECT_EQ(c.error_reason, Undefined::no_variation);
      EXPECT_TRUE(std::isnan(c.estimate.se));
      wanted *= ratio;
    }
    EXPECT_EQ(fit.sigma, 0);
    EXPECT_EQ(fit.r_squared, 1);
    EXPECT_EQ(fit.regression.reason, Undefined::no_variation);
  }
}

TEST(LinearNist, WamplerWithNoise) {
  const Table t("fixtures/nist/wampler.csv");
  const Columns x = powers(t.numbers("x"), 5);
  struct Noise {
    const char* name;
    double times;
    double r_squared;
    double f;
    double tolerance;
  };
  // The certified errors of Wampler 4 and 5 are those of Wampler 3 times 100 and 10 000.
  for (const Noise& noise : {Noise{"wampler3", 1, 0.999995559025820, 675524.458240122, 1e-9},
                             Noise{"wampler4", 100, 0.957478440825662, 67.5524458240122, 1e-8},
                             Noise{"wampler5", 10000, 0.224668921574940E-02, 0.675524458240122E-02, 1e-6}}) {
    Certified wanted{
        std::vector<double>(6, 1.0),
        {2152.32624678170, 2363.55173469681, 779.343524331583, 101.475507550350, 5.64566512170752, 0.112324854679312},
        2360.14502379268 * noise.times,
        noise.r_squared,
        noise.f,
        noise.tolerance};
    for (double& error : wanted.errors) error *= noise.times;
    const LinearFit fit = classic(t.numbers(noise.name), x);
    expect_certified(fit, wanted);
    EXPECT_TRUE(near(fit.sigma, wanted.sigma, 5e-14));
  }
}

// ---------------------------------------------------------------- R

/// fixtures/stats/panel.csv with the columns of regression_golden.R; `weighted` leaves out the rows of weight 0.
struct Panel {
  std::map<std::string, std::vector<double>> column;
  std::vector<double> weights;
  std::vector<int> school, period, crossed;

  Panel() {
    const Table t("fixtures/stats/panel.csv");
    for (const char* name : {"score", "focus", "rural", "social"}) column[name] = t.numbers(name);
    column["f2"] = times(column["focus"], equals(t.numbers("period"), 2));
    column["f3"] = times(column["focus"], equals(t.numbers("period"), 3));
    school = ids_of(t.numbers("school"));
    period = ids_of(t.numbers("period"));
    for (std::size_t i = 1; i <= t.size(); ++i) {
      weights.push_back(static_cast<double>(i % 7));
      crossed.push_back(static_cast<int>(i * 5 % 9));
    }
  }

  LinearData data(const std::vector<std::string>& terms, bool intercept, bool weighted) const {
    Columns columns;
    for (const std::string& term : terms) columns.push_back(column.at(term));
    LinearData data = data_of(column.at("score"), columns, intercept);
    if (weighted) data.weights = weights;
    data.clusters = school;
    return data;
  }
};

void expect_figures(const LinearFit& fit, const std::string& name) {
  EXPECT_TRUE(near(fit.sigma, regression_golden(name + ".sigma"))) << name;
  EXPECT_TRUE(near(fit.r_squared, regression_golden(name + ".r2"))) << name;
  EXPECT_TRUE(near(fit.adjusted_r_squared, regression_golden(name + ".adjusted"))) << name;
  EXPECT_TRUE(near(fit.regression.statistic, regression_golden(name + ".f"))) << name;
  EXPECT_EQ(fit.regression.df1, regression_golden(name + ".f.df1")) << name;
  EXPECT_TRUE(near(fit.log_likelihood, regression_golden(name + ".loglik"))) << name;
  EXPECT_EQ(fit.residual_df, regression_golden(name + ".df")) << name;
}

void expect_coefficient(const LinearCoefficient& c, const std::string& name, const std::string& kind) {
  EXPECT_TRUE(near(c.estimate.value, regression_golden(name + ".beta"))) << name;
  EXPECT_TRUE(near(c.estimate.se, regression_golden(name + "." + kind + ".se"))) << name << kind;
  if (kind == "CR2" || kind == "CR3") {
    EXPECT_TRUE(near(c.estimate.df, regression_golden(name + "." + kind + ".df"))) << name << kind;
  }
}

/// `terms` name the columns of the design.
void expect_as_r(const LinearData& data, const std::string& name, const std::vector<std::string>& terms,
                 const std::vector<std::string>& without = {}) {
  for (const Covariance kind : test::kAllKinds) {
    const std::string text(covariance_name(kind));
    if (std::find(without.begin(), without.end(), text) != without.end()) continue;
    const LinearFit fit = least_squares(data, {kind});
    ASSERT_EQ(fit.reason, Undefined::none) << name;
    expect_figures(fit, name);
    for (std::size_t j = 0; j < terms.size(); ++j) expect_coefficient(fit.coefficients[j], name + "." + terms[j], text);
  }
}

TEST(LinearR, AgreesOnAPlainModel) {
  const Panel p;
  expect_as_r(p.data({"focus", "rural", "social"}, true, false), "plain", {"Intercept", "focus", "rural", "social"});
  expect_as_r(p.data({"focus", "rural", "social"}, true, true), "weighted", {"Intercept", "focus", "rural", "social"});
  expect_as_r(p.data({"focus", "social"}, false, false), "origin", {"focus", "social"});
}

TEST(LinearR, AgreesOnAbsorbedEffectsOfTheClusters) {
  const Panel p;
  for (const bool weighted : {false, true}) {
    LinearData data = p.data({"f2", "f3", "rural"}, false, weighted);
    data.absorbed = {p.school};
    expect_as_r(data, weighted ? "schools.weighted" : "schools", {"f2", "f3", "rural"}, {"CR3"});
  }
}

TEST(LinearR, AgreesOnTwoWayEffects) {
  const Panel p;
  for (const bool weighted : {false, true}) {
    LinearData data = p.data({"f2", "f3", "rural"}, false, weighted);
    data.absorbed = {p.period, p.school};
    expect_as_r(data, weighted ? "two.weighted" : "two", {"f2", "f3", "rural"}, {"CR3"});
  }
}

TEST(LinearR, AgreesOnEffectsThatStraddleClusters) {
  const Panel p;
  for (const bool weighted : {false, true}) {
    LinearData data = p.data({"f2", "f3", "rural"}, false, weighted);
    data.absorbed = {p.period, p.school};
    data.clusters = p.crossed;
    expect_as_r(data, weighted ? "crossed.weighted" : "crossed", {"f2", "f3", "rural"});
  }
}

TEST(LinearR, LeavesOutATermThatDependsOnEarlierOnes) {
  Panel p;
  for (std::size_t i = 0; i < p.school.size(); ++i) {
    p.column["again"].push_back(p.column["focus"][i] - 2 * p.column["social"][i]);
  }
  const LinearFit fit = least_squares(p.data({"focus", "social", "again", "rural"}, true, false), {Covariance::CR2});
  test::expect_undefined(fit.coefficients[3].estimate, Undefined::singular);
  expect_figures(fit, "dependent");
  expect_coefficient(fit.coefficients[1], "dependent.focus", "CR2");
  expect_coefficient(fit.coefficients[2], "dependent.social", "CR2");
  expect_coefficient(fit.coefficients[4], "dependent.rural", "CR2");
}

TEST(LinearR, AgreesOnSchoolsOfCalifornia) {
  const Table t("fixtures/stats/apipop.csv");
  LinearData data = data_of(t.numbers("api00"), {t.numbers("meals")}, false);
  data.clusters = ids_of(t.numbers("district"));
  data.absorbed.emplace_back();
  for (const std::string& type : t.texts("stype")) data.absorbed.front().push_back(type.front());
  expect_as_r(data, "api", {"meals"});
}

TEST(LinearR, AgreesOnTheMatriculationAwards) {
  const Table t("fixtures/bagrut/bagrut.csv");
  const std::vector<double> year = t.numbers("year"), treated = t.numbers("treated"),
                            passed = t.numbers("Bagrut_status"), school = t.numbers("school_id");
  LinearData data = data_of({}, {{}}, false);
  data.absorbed.resize(2);
  for (std::size_t i = 0; i < year.size(); ++i) {
    if (year[i] != 2000 && year[i] != 2001) continue;
    data.outcome.push_back(passed[i]);
    data.design.values.push_back(treated[i] * (year[i] == 2001 ? 1 : 0));
    data.absorbed[0].push_back(static_cast<int>(school[i]));
    data.absorbed[1].push_back(static_cast<int>(year[i]));
  }
  data.design.rows = data.outcome.size();
  data.clusters = data.absorbed[0];
  expect_as_r(data, "bagrut", {"effect"}, {"HC0", "HC2", "HC3", "CR0", "CR3"});
  const Estimate e = least_squares(data, {Covariance::CR2}).coefficients[0].estimate;
  EXPECT_TRUE(near(e.value, -0.012215864052306, 1e-11));
  EXPECT_TRUE(near(e.se, 0.034907063422039, 1e-12));
  EXPECT_TRUE(near(e.df, 27.535139164905, 1e-12));
  EXPECT_TRUE(near(e.p, 0.729035988041697, 1e-11));
}

TEST(LinearR, AgreesOnStarWithSchoolsAndReproducesStockAndWatson) {
  const Table t("fixtures/stats/star.csv");
  const std::vector<std::string> grade = t.texts("grade"), star = t.texts("star"), school = t.texts("school"),
                                 score = t.texts("score"), pupils = t.texts("pupils");
  std::vector<double> y, small, aide;
  std::vector<int> schools;
  for (std::size_t i = 0; i < t.size(); ++i) {
    if (grade[i] != "k") continue;
    for (int copy = 0; copy < std::stoi(pupils[i]); ++copy) {
      y.push_back(std::stod(score[i]));
      small.push_back(star[i] == "small" ? 1 : 0);
      aide.push_back(star[i] == "regular+aide" ? 1 : 0);
      schools.push_back(std::stoi(school[i]));
    }
  }
  ASSERT_EQ(y.size(), 5786U);
  LinearData data = data_of(y, {small, aide}, false);
  data.absorbed = {schools};
  data.clusters = schools;
  expect_as_r(data, "star", {"small", "aide"}, {"classic", "HC0", "HC2", "CR0", "CR1", "CR3"});
  const LinearFit printed = least_squares(data_of(y, {small, aide}, true), {Covariance::HC1});
  EXPECT_NEAR(printed.coefficients[0].estimate.value, 918.0429, 5e-5);
  EXPECT_NEAR(printed.coefficients[0].estimate.se, 1.6334, 5e-5);
  EXPECT_NEAR(printed.coefficients[1].estimate.value, 13.8990, 5e-5);
  EXPECT_NEAR(printed.coefficients[1].estimate.se, 2.4541, 5e-5);
  EXPECT_NEAR(printed.coefficients[2].estimate.value, 0.3139, 5e-5);
  EXPECT_NEAR(printed.coefficients[2].estimate.se, 2.2710, 5e-5);
}

// ---------------------------------------------------------------- Wald tests by R

void expect_wald(const LinearData& data, const std::vector<std::size_t>& columns, const std::string& name,
                 const std::vector<Covariance>& kinds) {
  for (const Covariance kind : kinds) {
    const LinearFit fit = least_squares(data, {kind});
    const std::string at = name + "." + std::string(covariance_name(kind));
    Matrix restrictions(columns.size(), fit.coefficients.size());
    for (std::size_t i = 0; i < columns.size(); ++i) restrictions(i, columns[i]) = 1;
    const std::vector<double> zero(columns.size(), 0);
    const FisherTest naive = wald_test(fit, restrictions, zero, WaldKind::fisher);
    EXPECT_TRUE(near(naive.statistic, regression_golden(at + ".naive"), 1e-8)) << at;
    EXPECT_TRUE(near(naive.p, regression_golden(at + ".naive.p"), 1e-8)) << at;
    if (kind == Covariance::CR0) continue;
    const FisherTest htz = joint_test(fit, columns);
    EXPECT_TRUE(near(htz.statistic, regression_golden(at + ".htz"), 1e-8)) << at;
    EXPECT_TRUE(near(htz.df2, regression_golden(at + ".htz.df"), 1e-8)) << at;
    EXPECT_TRUE(near(htz.p, regression_golden(at + ".htz.p"), 1e-8)) << at;
  }
  const FisherTest hc = joint_test(least_squares(data, {Covariance::HC1}), columns);
  EXPECT_TRUE(near(hc.statistic, regression_golden(name + ".HC1.f"), 1e-8)) << name;
}

TEST(LinearR, AgreesOnWaldTests) {
  const Panel p;
  const std::vector<std::string> terms = {"focus", "rural", "social"};
  expect_wald(p.data(terms, true, false), {2, 3}, "plain.wald", {Covariance::CR0, Covariance::CR2, Covariance::CR3});
  expect_wald(p.data(terms, true, true), {1, 2, 3}, "weighted.wald", {Covariance::CR2, Covariance::CR3});
  for (const bool weighted : {false, true}) {
    LinearData data = p.data({"f2", "f3", "rural"}, false, weighted);
    data.absorbed = {p.period, p.school};
    expect_wald(data, {0, 1}, weighted ? "two.weighted.wald" : "two.wald", {Covariance::CR2});
    data.clusters = p.crossed;
    if (weighted) expect_wald(data, {0, 1, 2}, "crossed.weighted.wald", {Covariance::CR2});
  }
}

}  // namespace
}  // namespace kaskad::stats
