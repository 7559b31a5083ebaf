// Staggered difference in differences against R's did, against regressions on subsets, and under degenerate input.
#include "engine/stats/did.hpp"

#include <Eigen/Dense>
#include <random>
#include <set>

#include "engine/stats/did_aggregate.hpp"
#include "engine/stats/simultaneous.hpp"
#include "engine/stats/two_by_two.hpp"
#include "tests/stats_did_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::near;
using test::schools;
using test::Table;

/// Counties' teen employment (R's did): four cohorts, 2003–2007, balanced.
DidData counties(bool covariate) {
  const Table table("fixtures/did/mpdta.csv");
  DidData data;
  data.outcome = table.numbers("lemp");
  data.time = table.numbers("year");
  for (double county : table.numbers("countyreal")) data.unit.push_back(static_cast<std::int64_t>(county));
  for (double year : table.numbers("first.treat")) data.first_treated.push_back(year == 0 ? kNeverTreated : year);
  if (covariate) data.covariates = {table.numbers("lpop")};
  return data;
}

/// Numbers of fixtures/did/did.csv by name; NaN where R prints NA.
const std::map<std::string, double>& expected() {
  static const std::map<std::string, double> numbers = [] {
    const Table table("fixtures/did/did.csv");
    const std::vector<std::string> names = table.texts("name");
    const std::vector<std::string> values = table.texts("value");
    std::map<std::string, double> map;
    for (std::size_t i = 0; i < names.size(); ++i) map[names[i]] = values[i] == "NA" ? kNaN : std::stod(values[i]);
    return map;
  }();
  return numbers;
}

std::string number(double value) { return std::to_string(static_cast<int>(value)); }

struct Case {
  std::string name;
  DidOptions options;
  bool covariate = false;
  double tolerance = 1e-10;
  double se_tolerance = 1e-10;
};

void expect_estimate(const Estimate& e, const std::string& name, const Case& c) {
  ASSERT_TRUE(expected().count(name + ".att") == 1) << name;
  ASSERT_TRUE(e.defined()) << name;
  EXPECT_NEAR(e.value, expected().at(name + ".att"), c.tolerance) << name;
  const double se = expected().at(name + ".se");
  if (std::isnan(se)) {
    EXPECT_TRUE(std::isnan(e.se)) << name;
  } else {
    EXPECT_TRUE(near(e.se, se, c.se_tolerance)) << name;
  }
}

DidOptions with(DidMethod method, DidRows rows = DidRows::changes) {
  DidOptions options;
  options.method = method;
  options.rows = rows;
  return options;
}

std::vector<Case> cases() {
  std::vector<Case> cases = {{"plain", {}}, {"pooled", with(DidMethod::dr, DidRows::pooled)}};
  Case universal{"universal", {}};
  universal.options.base = DidBase::universal;
  Case not_yet{"notyet", {}};
  not_yet.options.controls = DidControls::not_yet;
  Case ahead{"ahead", {}};
  ahead.options.anticipation = 1;
  cases.insert(cases.end(), {universal, not_yet, ahead});
  const std::vector<std::pair<std::string, DidMethod>> methods = {
      {"reg", DidMethod::reg}, {"ipw", DidMethod::ipw}, {"dr", DidMethod::dr}};
  for (const auto& [name, method] : methods) {
    const double tolerance = method == DidMethod::reg ? 1e-10 : 1e-8;
    cases.push_back({name, with(method), true, tolerance, tolerance});
    // DRDID adds the influence of the regression before treatment with the wrong sign, which the two groups nearly
    // cancel; the test by perturbed weights below decides between the two.
    const double se_tolerance = method == DidMethod::dr ? 2e-3 : tolerance;
    cases.push_back({"pooled." + name, with(method, DidRows::pooled), true, tolerance, se_tolerance});
  }
  return cases;
}

/// R treats every row of repeated cross-sections as a unit of its own.
DidData data_of(const Case& c) {
  DidData data = counties(c.covariate);
  if (c.options.rows != DidRows::pooled) return data;
  for (std::size_t i = 0; i < data.unit.size(); ++i) data.unit[i] = static_cast<std::int64_t>(i);
  return data;
}

TEST(GroupTimeEffects, EqualThoseOfRsDid) {
  for (const Case& c : cases()) {
    const DidFit fit = group_time_effects(data_of(c), c.options);
    ASSERT_EQ(fit.reason, Undefined::none) << c.name;
    std::size_t compared = 0;
    for (const GroupTimeEffect& e : fit.effects) {
      const std::string name = c.name + "." + number(e.group) + "." + number(e.time);
      expect_estimate(e.effect.estimate, name, c);
      ++compared;
    }
    EXPECT_EQ(compared, fit.options.base == DidBase::universal ? 15U : c.name == "ahead" ? 8U : 12U) << c.name;
  }
}

TEST(AverageEffects, EqualThoseOfRsDid) {
  const std::vector<std::pair<std::string, DidAverage>> kinds = {{"simple", DidAverage::simple},
                                                                 {"dynamic", DidAverage::event},
                                                                 {"group", DidAverage::cohort},
                                                                 {"calendar", DidAverage::calendar}};
  for (const Case& c : cases()) {
    const DidFit fit = group_time_effects(data_of(c), c.options);
    for (const auto& [name, kind] : kinds) {
      const DidSeries series = average_effects(fit, kind);
      const std::string prefix = c.name + "." + name;
      expect_estimate(series.overall.effect.estimate, prefix, c);
      for (const DidPoint& p : series.points) {
        expect_estimate(p.effect.estimate, prefix + "." + number(p.at), c);
      }
    }
  }
}

TEST(PreTrendTest, EqualsThatOfRsDid) {
  for (const Case& c : cases()) {
    if (expected().count(c.name + ".W") == 0) continue;
    const PreTrend test = pre_trend(group_time_effects(data_of(c), c.options));
    EXPECT_EQ(test.reason, Undefined::none);
    EXPECT_TRUE(near(test.statistic, expected().at(c.name + ".W"), std::max(c.se_tolerance, 1e-8))) << c.name;
  }
}

// ---------------------------------------------------------------- influence by perturbed weights

/// A sample with covariates that bear on treatment and outcome.
DidSample synthetic(bool panel, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  DidSample s;
  s.panel = panel;
  s.covariates.resize(2);
  for (int i = 0; i < 60; ++i) {
    const double x = normal(engine);
    const double z = normal(engine);
    const bool treated = 0.6 * x + normal(engine) > 0.2;
    s.covariates[0].push_back(x);
    s.covariates[1].push_back(100 + 5 * z);
    s.treated.push_back(treated ? 1 : 0);
    s.post.push_back(panel || i % 2 == 0 ? 1 : 0);
    s.outcome.push_back(x + 0.3 * z + (treated ? 0.5 : 0) * s.post.back() + normal(engine));
    s.weight.push_back(0.5 + (i % 3));
  }
  return s;
}

TEST(DidCell, InfluenceIsTheDerivativeByTheWeight) {
  for (bool panel : {true, false}) {
    for (DidMethod method : {DidMethod::reg, DidMethod::ipw, DidMethod::dr}) {
      const DidSample sample = synthetic(panel, 7);
      const DidCell cell = did_cell(sample, method);
      ASSERT_EQ(cell.reason, Undefined::none);
      for (std::size_t i = 0; i < sample.outcome.size(); ++i) {
        const auto perturbed = [&](double factor) {
          DidSample other = sample;
          other.weight[i] *= factor;
          return did_cell(other, method).effect;
        };
        constexpr double kStep = 1e-4;
        const double derivative = (perturbed(1 + kStep) - perturbed(1 - kStep)) / (2 * kStep);
        EXPECT_NEAR(cell.influence[i], derivative, 1e-7) << panel << static_cast<int>(method) << " row " << i;
      }
    }
  }
}

TEST(DidCell, MethodsAgreeWithoutCovariates) {
  for (bool panel : {true, false}) {
    DidSample sample = synthetic(panel, 3);
    sample.covariates.clear();
    const DidCell reg = did_cell(sample, DidMethod::reg);
    EXPECT_EQ(reg.influence, did_cell(sample, DidMethod::dr).influence);
    EXPECT_EQ(reg.effect, did_cell(sample, DidMethod::ipw).effect);
  }
}

TEST(DidCell, ScaleOfACovariateDoesNotMatter) {
  DidSample sample = synthetic(true, 5);
  const DidCell one = did_cell(sample, DidMethod::dr);
  for (double& x : sample.covariates[0]) x = 1e6 + 1e-3 * x;
  const DidCell other = did_cell(sample, DidMethod::dr);
  EXPECT_TRUE(near(other.effect, one.effect, 1e-5));
}

TEST(DidCell, ReasonsOfWhatCannotBeEstimated) {
  DidSample sample = synthetic(true, 11);
  const auto reason = [](const DidSample& s) { return did_cell(s, DidMethod::dr).reason; };
  DidSample copy = sample;
  copy.covariates[1] = copy.covariates[0];
  EXPECT_EQ(reason(copy), Undefined::singular);
  copy = sample;
  for (std::size_t i = 0; i < copy.outcome.size(); ++i) copy.covariates[0][i] = copy.treated[i] != 0 ? 5 : -5;
  EXPECT_EQ(reason(copy), Undefined::singular) << "among the controls the covariate is constant";
  copy = sample;
  for (std::size_t i = 0; i < copy.outcome.size(); ++i) copy.covariates[0][i] += copy.treated[i] != 0 ? 50 : 0;
  EXPECT_EQ(reason(copy), Undefined::separation);
  copy = sample;
  std::fill(copy.treated.begin(), copy.treated.end(), 1);
  EXPECT_EQ(reason(copy), Undefined::no_data);
}

// ---------------------------------------------------------------- identities

double outcome_at(const DidData& data, std::int64_t unit, double time) {
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.unit[i] == unit && data.time[i] == time) return data.outcome[i];
  }
  return kNaN;
}

std::vector<double> changes(const DidData& data, double cohort, double base, double time) {
  std::vector<double> values;
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.time[i] != time || data.first_treated[i] != cohort) continue;
    values.push_back(data.outcome[i] - outcome_at(data, data.unit[i], base));
  }
  return values;
}

TEST(GroupTimeEffects, AreWelchsDifferenceOfChangesByCohortVariance) {
  const DidData data = schools(21, 1);
  DidOptions options;
  options.variance = DidVariance::cohort;
  for (const GroupTimeEffect& e : group_time_effects(data, options).effects) {
    const Sample one = test::sample_of(changes(data, e.group, e.base, e.time));
    const Sample zero = test::sample_of(changes(data, kNeverTreated, e.base, e.time));
    const Estimate expected = welch(one, zero);
    EXPECT_TRUE(near(e.effect.estimate.value, expected.value, 1e-12));
    EXPECT_TRUE(near(e.effect.estimate.se, expected.se, 1e-12));
    EXPECT_TRUE(near(e.effect.estimate.df, expected.df, 1e-12));
    EXPECT_TRUE(near(e.effect.estimate.p, expected.p, 1e-10));
    EXPECT_EQ(e.treated_units, one.n);
    EXPECT_EQ(e.control_units, zero.n);
  }
}

/// OLS with every unit's and period's dummies and a term for each cohort and period but its base, Wooldridge's.
TEST(GroupTimeEffects, EqualTheSaturatedRegression) {
  const DidData data = schools(12, 2);
  DidOptions options;
  options.base = DidBase::universal;
  const DidFit fit = group_time_effects(data, options);
  std::vector<const GroupTimeEffect*> terms;
  for (const GroupTimeEffect& e : fit.effects) {
    if (!e.reference) terms.push_back(&e);
  }
  const auto n = static_cast<Eigen::Index>(data.unit.size());
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(n, 12 + 4 + static_cast<Eigen::Index>(terms.size()));
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    x(i, data.unit[row]) = 1;
    if (data.time[row] > 1) x(i, 10 + static_cast<Eigen::Index>(data.time[row])) = 1;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      const bool here = terms[k]->group == data.first_treated[row] && terms[k]->time == data.time[row];
      x(i, 16 + static_cast<Eigen::Index>(k)) = here ? 1 : 0;
    }
  }
  const Eigen::VectorXd beta = x.colPivHouseholderQr().solve(Eigen::Map<const Eigen::VectorXd>(data.outcome.data(), n));
  for (std::size_t k = 0; k < terms.size(); ++k) {
    EXPECT_NEAR(terms[k]->effect.estimate.value, beta(16 + static_cast<Eigen::Index>(k)), 1e-12);
  }
}

/// Pupils within schools: several rows a unit and period, schools of different sizes.
DidData pupils(unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  DidData data;
  for (int school = 0; school < 14; ++school) {
    for (int time = 1; time <= 2; ++time) {
      const int size = 3 + (school * 5 + time * 3) % 7;
      for (int pupil = 0; pupil < size; ++pupil) {
        data.unit.push_back(school);
        data.time.push_back(time);
        data.first_treated.push_back(school < 6 ? 2 : kNeverTreated);
        data.outcome.push_back(0.2 * school + 0.5 * time + normal(engine));
      }
    }
  }
  return data;
}

TEST(TwoByTwo, IsTheRegressionWithUnitEffects) {
  const DidData data = pupils(4);
  const DidFit fit = group_time_effects(data, {});
  const TwoByTwo result = two_by_two(fit.study);
  test::Rows rows;
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    const double after = data.time[i] == 2 ? 1 : 0;
    rows.push_back(
        {{after, data.first_treated[i] == 2 ? after : 0}, 1, data.outcome[i], 0, static_cast<int>(data.unit[i])});
  }
  const Estimate expected = cr2_regression(rows, FixedEffects::cluster).coefficients[1].estimate;
  EXPECT_TRUE(near(result.effect.value, expected.value, 1e-12));
  EXPECT_TRUE(near(result.effect.se, expected.se, 1e-12));
  EXPECT_TRUE(near(result.effect.df, expected.df, 1e-12));
  EXPECT_TRUE(near(fit.effects.at(0).effect.estimate.value, expected.value, 1e-12));
}

TEST(TwoByTwo, ReproducesTheBagrutProject) {
  const Table table("fixtures/bagrut/bagrut.csv");
  const std::vector<std::string> years = table.texts("year");
  const std::vector<double> status = table.numbers("Bagrut_status");
  const std::vector<double> school = table.numbers("school_id");
  const std::vector<double> treated = table.numbers("treated");
  DidData data;
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (years[i] != "2000" && years[i] != "2001") continue;
    data.outcome.push_back(status[i]);
    data.unit.push_back(static_cast<std::int64_t>(school[i]));
    data.time.push_back(std::stod(years[i]));
    data.first_treated.push_back(treated[i] == 1 ? 2001 : kNeverTreated);
  }
  const TwoByTwo result = two_by_two(prepare_did(data, DidRows::changes, false, 0));
  // clubSandwich 0.5.8, R 4.2.2.
  EXPECT_TRUE(near(result.effect.value, -0.012215864052306, 1e-12));
  EXPECT_TRUE(near(result.effect.se, 0.034907063422039, 1e-12));
  EXPECT_TRUE(near(result.effect.df, 27.535139164905, 1e-12));
  EXPECT_TRUE(near(result.effect.p, 0.729035988041697, 1e-9));
  EXPECT_TRUE(near(result.means[0].mean, 0.200099305, 1e-8));
  EXPECT_TRUE(near(result.means[3].mean, 0.265809769, 1e-8));
  EXPECT_EQ(result.means[3].rows, 1945);
}

TEST(PooledEffect, IsTheRegressionWithInteractionClusteredByUnit) {
  const DidData data = pupils(5);
  const DidFit fit = group_time_effects(data, with(DidMethod::dr, DidRows::pooled));
  const auto n = static_cast<Eigen::Index>(data.unit.size());
  Eigen::MatrixXd x(n, 4);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    const double treated = data.first_treated[row] == 2 ? 1 : 0;
    const double after = data.time[row] - 1;
    x.row(i) << 1, treated, after, treated * after;
  }
  const Eigen::Map<const Eigen::VectorXd> y(data.outcome.data(), n);
  const Eigen::MatrixXd inverse = (x.transpose() * x).inverse();
  const Eigen::VectorXd beta = inverse * x.transpose() * y;
  const Eigen::VectorXd residual = y - x * beta;
  Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(14, 4);
  for (Eigen::Index i = 0; i < n; ++i) scores.row(data.unit[static_cast<std::size_t>(i)]) += residual(i) * x.row(i);
  const Eigen::MatrixXd covariance = inverse * scores.transpose() * scores * inverse;
  EXPECT_TRUE(near(fit.effects.at(0).effect.estimate.value, beta(3), 1e-10));
  EXPECT_TRUE(near(fit.effects.at(0).effect.estimate.se, std::sqrt(covariance(3, 3)), 1e-10));
}

TEST(AverageEffects, HoldTheTruthOverManyDraws) {
  constexpr int kDraws = 200;
  double sum = 0;
  double squares = 0;
  int covered = 0;
  for (unsigned draw = 0; draw < kDraws; ++draw) {
    const DidFit fit = group_time_effects(schools(45, 100 + draw, 0.7), {});
    const Estimate e = average_effects(fit, DidAverage::simple).overall.effect.estimate;
    sum += e.value;
    squares += e.value * e.value;
    covered += e.lo <= 0.7 && 0.7 <= e.hi ? 1 : 0;
  }
  const double mean = sum / kDraws;
  const double error = std::sqrt((squares / kDraws - mean * mean) / kDraws);
  EXPECT_LT(std::abs(mean - 0.7), 4 * error);
  EXPECT_GE(covered, kDraws * 88 / 100);
}

TEST(AverageEffects, OfABalancedEventStudyUseCohortsSeenLongEnough) {
  const DidFit fit = group_time_effects(schools(21, 6), {});
  DidAverageOptions options;
  options.balance = 2;
  const DidSeries series = average_effects(fit, DidAverage::event, options);
  ASSERT_EQ(series.points.back().at, 2);
  EXPECT_EQ(series.points.back().effects, 1) << "only the cohort of period 3 is seen two periods after";
  for (const DidPoint& p : series.points) EXPECT_EQ(p.effects, 1) << p.at;
}

// ---------------------------------------------------------------- bands and the test before treatment

TEST(UniformBand, OfOnePointIsTheNormalQuantile) {
  const DidFit fit = group_time_effects(schools(300, 8), {});
  const std::vector<const DidStatistic*> one = {&fit.effects[2].effect};
  const Band band = uniform_band(fit, one, {5000, 1, Multipliers::rademacher, 1});
  EXPECT_NEAR(band.critical, 1.96, 0.1);
  EXPECT_NEAR(uniform_band(fit, one, {5000, 1, Multipliers::mammen, 1}).critical, 1.96, 0.1);
}

TEST(UniformBand, DoesNotDependOnThreadsAndWidensWithPoints) {
  const DidFit fit = group_time_effects(schools(60, 9), {});
  DidSeries series = average_effects(fit, DidAverage::event);
  DidSeries again = series;
  const Band one = add_uniform_band(fit, series, {1000, 5, Multipliers::rademacher, 1});
  const Band three = add_uniform_band(fit, again, {1000, 5, Multipliers::rademacher, 3});
  EXPECT_EQ(one.critical, three.critical);
  EXPECT_GT(one.critical, 2.0);
  EXPECT_NE(one.critical, add_uniform_band(fit, again, {1000, 6, Multipliers::rademacher, 1}).critical);
  for (const DidPoint& p : series.points) {
    EXPECT_LE(p.lo, p.effect.estimate.lo);
    EXPECT_GE(p.hi, p.effect.estimate.hi);
  }
}

TEST(UniformBand, OfIndependentPointsIsSidaks) {
  // Controls without noise leave each effect to the noise of its own cohort.
  DidData data = schools(300, 10);
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.first_treated[i] == kNeverTreated) data.outcome[i] = 0;
  }
  const DidFit fit = group_time_effects(data, {});
  const std::vector<const DidStatistic*> two = {&fit.effects[1].effect, &fit.effects[7].effect};
  const Band band = uniform_band(fit, two, {5000, 2, Multipliers::rademacher, 1});
  EXPECT_NEAR(band.critical, 2.236, 0.1) << "Φ⁻¹((1 + √0.95)/2)";
}

/// Rising draws of the greatest of `k` independent |Z|, at even steps of their distribution.
std::vector<double> greatest_of(int k) {
  constexpr int kDraws = 20000;
  std::vector<double> out;
  for (int i = 0; i < kDraws; ++i) out.push_back(normal_quantile((1 + std::pow((i + 0.5) / kDraws, 1.0 / k)) / 2));
  return out;
}

TEST(SimultaneousQuantile, OfIndependentEstimatesIsTheStudentisedMaximumModulus) {
  // Hahn & Hendrickson 1971, Biometrika 58:323–332, 95 %.
  struct Row {
    int k;
    double df, critical;
  };
  for (const Row& row :
       {Row{2, 5, 3.091}, {3, 5, 3.399}, {5, 5, 3.789}, {2, 10, 2.609}, {4, 10, 2.983}, {3, 30, 2.522}})
    EXPECT_NEAR(simultaneous_quantile(greatest_of(row.k), row.df, 0.95), row.critical, 0.003) << row.k << " " << row.df;
}

TEST(SimultaneousQuantile, OfOneEstimateIsStudents) {
  const std::vector<double> one = greatest_of(1);
  for (const double df : {2.0, 4.0, 7.5, 100.0})
    EXPECT_NEAR(simultaneous_quantile(one, df, 0.95), student_quantile(0.975, df), 0.006) << df;
  EXPECT_NEAR(simultaneous_quantile(one, std::numeric_limits<double>::infinity(), 0.95), 1.96, 0.001);
  EXPECT_TRUE(std::isnan(simultaneous_quantile({}, 5, 0.95)));
}

TEST(UniformBand, OfFewClustersIsWiderThanThePointsIntervals) {
  DidOptions options;
  options.variance = DidVariance::cohort;
  const DidFit fit = group_time_effects(schools(12, 9), options);
  for (const Multipliers multipliers : {Multipliers::rademacher, Multipliers::normal}) {
    DidSeries series = average_effects(fit, DidAverage::event);
    const Band band = add_uniform_band(fit, series, {4000, 3, multipliers, 1});
    for (const DidPoint& p : series.points) {
      EXPECT_LT(p.effect.estimate.df, 12);
      EXPECT_GT(student_quantile(0.975, p.effect.estimate.df), 2.2);
      EXPECT_LT(p.lo, p.effect.estimate.lo - 0.1 * p.effect.estimate.se) << p.at;
      EXPECT_GT(p.hi - p.effect.estimate.value, band.critical * p.effect.estimate.se) << p.at;
    }
  }
}

TEST(UniformBand, NeedsDraws) {
  const DidFit fit = group_time_effects(schools(12, 9), {});
  EXPECT_EQ(uniform_band(fit, {&fit.effects[0].effect}, {10, 1, Multipliers::rademacher, 1}).reason,
            Undefined::too_few);
}

TEST(PreTrendTest, TakesOutDependentEffects) {
  // Not-yet treated controls of two cohorts and no other: the cohorts' effects before are each other's negatives.
  DidData data = schools(24, 12);
  DidData two;
  for (std::size_t i = 0; i < data.unit.size(); ++i) {
    if (data.first_treated[i] == kNeverTreated) continue;
    two.unit.push_back(data.unit[i]);
    two.time.push_back(data.time[i]);
    two.first_treated.push_back(data.first_treated[i]);
    two.outcome.push_back(data.outcome[i]);
  }
  DidOptions options;
  options.controls = DidControls::not_yet;
  const DidFit fit = group_time_effects(two, options);
  const PreTrend test = pre_trend(fit);
  EXPECT_EQ(test.effects, 2) << "in period 3 cohort 4 has no control";
  EXPECT_EQ(test.rank, 1) << "cohort 3 in period 2 against 4, and the other way round";
  EXPECT_GT(test.p, 0);
  EXPECT_LT(test.p, 1);
}

}  // namespace
}  // namespace kaskad::stats
