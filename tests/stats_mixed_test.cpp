// Mixed models against R's lme4 and lmerTest (fixtures/stats/mixed.R).
#include "engine/stats/mixed.hpp"
#include "tests/stats_mixed_fixtures.hpp"

namespace kaskad::stats {
namespace {

using test::Columns;
using test::equal;
using test::Golden;
using test::mixed_data;
using test::near;
using test::numbers_or_missing;
using test::pick;
using test::Table;
using test::with_slope;

const Golden& lme4() {
  static const Golden golden("fixtures/stats/mixed_golden.csv");
  return golden;
}

/// lme4's search stops when its steps, not its errors, are small: this many digits agree.
constexpr double kIterative = 1e-6;
/// lmerTest differentiates numerically.
constexpr double kNumeric = 1e-4;

void expect_terms(const std::string& name, const MixedFit& fit, const std::vector<std::string>& terms) {
  ASSERT_EQ(fit.terms.size(), terms.size()) << name;
  for (std::size_t j = 0; j < terms.size(); ++j) {
    const std::string term = name + "." + terms[j];
    const Estimate& e = fit.terms[j].estimate;
    // The error of an estimate is measured against its standard error: a coefficient may lie near 0.
    EXPECT_NEAR(e.value, lme4().of(term + ".beta"), kIterative * e.se) << term;
    EXPECT_TRUE(near(e.se, lme4().of(term + ".se"), kIterative)) << term;
    EXPECT_TRUE(near(e.df, lme4().of(term + ".df"), kNumeric)) << term;
  }
}

void expect_components(const std::string& name, const MixedFit& fit) {
  const VarianceComponents& c = fit.components;
  EXPECT_NEAR(c.intercept.value, lme4().of(name + ".sd.intercept"), kIterative * c.residual.value) << name;
  EXPECT_TRUE(near(c.residual.value, lme4().of(name + ".sigma"), kIterative)) << name;
  EXPECT_EQ(c.slope.defined(), lme4().has(name + ".sd.slope")) << name;
  if (!c.slope.defined()) return;
  EXPECT_TRUE(near(c.slope.value, lme4().of(name + ".sd.slope"), kIterative)) << name;
  EXPECT_TRUE(near(c.correlation.value, lme4().of(name + ".corr"), 3 * kIterative)) << name;
}

void expect_likelihood(const std::string& name, const MixedFit& fit) {
  EXPECT_TRUE(near(fit.log_likelihood, lme4().of(name + ".loglik"), 1e-9)) << name;
  EXPECT_DOUBLE_EQ(fit.deviance, -2 * fit.log_likelihood);
  EXPECT_TRUE(near(fit.aic, lme4().of(name + ".aic"), 1e-9)) << name;
  EXPECT_TRUE(near(fit.bic, lme4().of(name + ".bic"), 1e-9)) << name;
  EXPECT_EQ(static_cast<double>(fit.n), lme4().of(name + ".n")) << name;
  EXPECT_EQ(static_cast<double>(fit.groups), lme4().of(name + ".groups")) << name;
  EXPECT_LT(fit.distance, 1e-6) << name;
}

MixedResult expect_lme4(const std::string& name, const MixedData& data, const std::vector<std::string>& terms) {
  const Likelihood method = name.ends_with(".ml") ? Likelihood::ml : Likelihood::reml;
  MixedResult result = fit_mixed(data, {method});
  EXPECT_EQ(result.fit.reason, Undefined::none) << name;
  expect_terms(name, result.fit, terms);
  expect_components(name, result.fit);
  expect_likelihood(name, result.fit);
  return result;
}

const GroupEffects& of_group(const MixedResult& result, int group) {
  for (const GroupEffects& e : result.effects) {
    if (e.group == group) return e;
  }
  ADD_FAILURE() << "no group " << group;
  return result.effects.front();
}

void expect_effect(const std::string& name, const MixedResult& result, int group) {
  const GroupEffects& e = of_group(result, group);
  const std::string key = std::to_string(group) + ".";
  EXPECT_NEAR(e.intercept.value, lme4().of(name + ".ranef." + key + "1"), 1e-6 * e.intercept.se) << name << group;
  EXPECT_TRUE(near(e.intercept.se, lme4().of(name + ".condse." + key + "1"), 1e-6)) << name << group;
  if (!result.fit.components.slope.defined()) return;
  EXPECT_NEAR(e.slope.value, lme4().of(name + ".ranef." + key + "2"), 1e-6 * e.slope.se) << name << group;
  EXPECT_TRUE(near(e.slope.se, lme4().of(name + ".condse." + key + "2"), 1e-6)) << name << group;
}

/// confint() of lme4 interpolates its profile: three or four digits.
void expect_interval(const std::string& name, int parameter, const Estimate& e) {
  const std::string key = name + ".profile." + std::to_string(parameter);
  EXPECT_NEAR(e.lo, lme4().of(key + ".lo"), 1e-3 * e.value) << key;
  EXPECT_NEAR(e.hi, lme4().of(key + ".hi"), 1e-3 * e.value) << key;
}

// ---------------------------------------------------------------- Exam: 65 schools of London

struct Exam {
  Table table{"fixtures/stats/exam.csv"};
  std::vector<double> outcome = table.numbers("normexam"), intake = table.numbers("standLRT"),
                      school = table.numbers("school");
};

TEST(MixedModel, ReproducesTheNullModelOfExam) {
  const Exam exam;
  const auto result = expect_lme4("exam.null.ml", mixed_data(exam.outcome, {}, exam.school), {"(Intercept)"});
  EXPECT_NEAR(result.fit.deviance, 11010.649, 5e-4);
  for (int school : {53, 59, 48}) expect_effect("exam.null.ml", result, school);
}

TEST(MixedModel, ReproducesExamGivenIntake) {
  const Exam exam;
  const MixedData data = mixed_data(exam.outcome, {exam.intake}, exam.school);
  const auto ml = expect_lme4("exam.intake.ml", data, {"(Intercept)", "standLRT"});
  EXPECT_NEAR(ml.fit.deviance, 9357.243, 5e-4);
  EXPECT_NEAR(ml.fit.terms[0].estimate.value, .002391, 5e-7);
  EXPECT_NEAR(ml.fit.terms[1].estimate.se, .012465, 5e-7);
  EXPECT_NEAR(ml.fit.components.intercept.value * ml.fit.components.intercept.value, .092129, 5e-7);
  for (int school : {53, 59, 48}) expect_effect("exam.intake.ml", ml, school);
  EXPECT_NEAR(of_group(ml, 48).intercept.value, -.04506, 5e-6);
  EXPECT_NEAR(of_group(ml, 48).intercept.se, .26362, 5e-6);
  EXPECT_EQ(of_group(ml, 48).n, 2);
  expect_interval("exam.intake.ml", 1, ml.fit.components.intercept);
  expect_interval("exam.intake.ml", 2, ml.fit.components.residual);
  const auto reml = expect_lme4("exam.intake.reml", data, {"(Intercept)", "standLRT"});
  for (int school : {53, 48}) expect_effect("exam.intake.reml", reml, school);
}

TEST(MixedModel, ReproducesExamWithARandomSlope) {
  const Exam exam;
  const MixedData data = with_slope(mixed_data(exam.outcome, {exam.intake}, exam.school), exam.intake);
  const auto ml = expect_lme4("exam.slope.ml", data, {"(Intercept)", "standLRT"});
  expect_interval("exam.slope.ml", 1, ml.fit.components.intercept);
  expect_interval("exam.slope.ml", 2, ml.fit.components.correlation);
  expect_interval("exam.slope.ml", 3, ml.fit.components.slope);
  expect_interval("exam.slope.ml", 4, ml.fit.components.residual);
  const auto reml = expect_lme4("exam.slope.reml", data, {"(Intercept)", "standLRT"});
  for (int school : {53, 48}) expect_effect("exam.slope.ml", ml, school);
  for (int school : {53, 48}) expect_effect("exam.slope.reml", reml, school);
}

TEST(MixedModel, ReproducesExamGivenSexAndKindOfSchool) {
  const Exam exam;

  const auto gender = exam.table.texts("schgend");
  const Columns columns = {exam.intake, equal(exam.table.texts("sex"), "M"), equal(gender, "girls"),
                           equal(gender, "mixed")};
  const std::vector<std::string> names = {"(Intercept)", "standLRT", "sexM", "schgendgirls", "schgendmixed"};
  const MixedData data = mixed_data(exam.outcome, columns, exam.school);
  const MixedFit fit = expect_lme4("exam.two.reml", data, names).fit;
  EXPECT_NEAR(fit.deviance, 9347.674, 6e-4);
  EXPECT_NEAR(fit.terms[1].estimate.value, .559754, 6e-7);
  expect_effect("exam.two.slope.reml", expect_lme4("exam.two.slope.reml", with_slope(data, exam.intake), names), 48);
}

TEST(MixedModel, ReproducesExamGivenSexAndTypeOfSchoolWithARandomSlope) {
  const Exam exam;
  const Columns columns = {exam.intake, equal(exam.table.texts("sex"), "M"), equal(exam.table.texts("type"), "Sngl")};
  const MixedData data = with_slope(mixed_data(exam.outcome, columns, exam.school), exam.intake);
  // Printed figures, see the analyses of Exam in R's mlmRev.
  const MixedFit fit = fit_mixed(data).fit;
  EXPECT_NEAR(fit.deviance, 9300.573, 5e-4);
  EXPECT_NEAR(fit.components.intercept.value, .2872, 5e-5);
  EXPECT_NEAR(fit.components.slope.value, .1228, 5e-5);
  EXPECT_NEAR(fit.components.correlation.value, .58, 5e-3);
}

// ---------------------------------------------------------------- other data

TEST(MixedModel, ReproducesChemistryOf2410Schools) {
  const Table table("fixtures/stats/chem97.csv");
  std::vector<double> prior = table.numbers("gcsescore");
  for (double& p : prior) p -= 6.28568428856967;
  const MixedData data = mixed_data(table.numbers("score"), {prior}, table.numbers("school"));
  const auto fit = expect_lme4("chem.ml", data, {"(Intercept)", "gcsecnt"}).fit;
  EXPECT_TRUE(near(fit.terms[0].estimate.value, 5.6277040281142, 1e-8));
  EXPECT_TRUE(near(fit.terms[1].estimate.value, 2.4722923107080, 1e-8));
  EXPECT_TRUE(near(fit.components.intercept.value, 1.085731030, 1e-6));
  EXPECT_TRUE(near(fit.components.residual.value, 2.270293268, 1e-7));
  EXPECT_TRUE(near(fit.deviance, 141686.99259085, 1e-12));
  expect_lme4("chem.slope.reml", with_slope(data, prior), {"(Intercept)", "gcsecnt"});
}

TEST(MixedModel, ReproducesCaliforniaByDistrict) {
  const Table table("fixtures/stats/apipop.csv");
  const auto type = table.texts("stype");
  const std::vector<double> meals = table.numbers("meals"), api = table.numbers("api00");
  const std::vector<double> district = table.numbers("district");
  const MixedData data = mixed_data(api, {meals, equal(type, "H"), equal(type, "M")}, district);
  expect_lme4("api.reml", data, {"(Intercept)", "meals", "stypeH", "stypeM"});
  expect_lme4("api.slope.ml", with_slope(mixed_data(api, {meals}, district), meals), {"(Intercept)", "meals"});
}

/// Bagrut's rows in which all of the columns have a number.
struct Bagrut {
  Table table{"fixtures/bagrut/bagrut.csv"};
  std::vector<bool> complete;
  explicit Bagrut(const std::vector<std::string>& heads) : complete(table.size(), true) {
    for (const std::string& head : heads) {
      const std::vector<double> values = numbers_or_missing(table, head);
      for (std::size_t i = 0; i < values.size(); ++i) complete[i] = complete[i] && std::isfinite(values[i]);
    }
  }
  std::vector<double> operator()(const std::string& head) const {
    return pick(numbers_or_missing(table, head), complete);
  }
};

TEST(MixedModel, ReproducesBagrutWithMissingRowsLeftOut) {
  const Bagrut a({"Bagrut_status", "lagscore", "father_ed"});
  expect_lme4("bagrut.reml", mixed_data(a("Bagrut_status"), {a("lagscore"), a("father_ed")}, a("school_id")),
              {"(Intercept)", "lagscore", "father_ed"});
  const Bagrut b({"lagscore", "siblings"});
  expect_lme4("bagrut.slope.ml", with_slope(mixed_data(b("lagscore"), {b("siblings")}, b("school_id")), b("siblings")),
              {"(Intercept)", "siblings"});
}

/// STAR's kindergarten, counted: cells of equal score, class type and school.
MixedData star(const std::string& slope) {
  const Table table("fixtures/stats/star.csv");
  const std::vector<double> kindergarten = equal(table.texts("grade"), "k");
  const std::vector<bool> chosen(kindergarten.begin(), kindergarten.end());
  const std::vector<double> small = pick(equal(table.texts("star"), "small"), chosen);
  const std::vector<double> aide = pick(equal(table.texts("star"), "regular+aide"), chosen);
  const std::vector<double> school = pick(numbers_or_missing(table, "school"), chosen);
  MixedData data = mixed_data(pick(table.numbers("score"), chosen), {small, aide}, school);
  data.pupils = pick(table.numbers("pupils"), chosen);
  if (!slope.empty()) data.slope = small;
  return data;
}

TEST(MixedModel, ReproducesStarFromCounts) {
  const std::vector<std::string> terms = {"(Intercept)", "small", "aide"};
  expect_lme4("star.reml", star(""), terms);
  expect_lme4("star.slope.reml", star("small"), terms);
}

// ---------------------------------------------------------------- unequal groups, some of one

struct Trials {
  Table table{"fixtures/stats/mixed_trials.csv"};
  std::vector<double> day = table.numbers("day"), x = table.numbers("x"), y = table.numbers("y"),
                      person = table.numbers("person");
};

TEST(MixedModel, ReproducesUnequalGroupsSomeOfOne) {
  const Trials t;
  const auto reml =
      expect_lme4("trials.reml", with_slope(mixed_data(t.y, {t.day}, t.person), t.day), {"(Intercept)", "day"});
  const auto ml =
      expect_lme4("trials.ml", with_slope(mixed_data(t.y, {t.day, t.x}, t.person), t.day), {"(Intercept)", "day", "x"});
  for (int person : {0, 17}) expect_effect("trials.reml", reml, person);
  for (int person : {0, 17}) expect_effect("trials.ml", ml, person);
  const auto intercept =
      expect_lme4("trials.intercept.reml", mixed_data(t.y, {t.day, t.x}, t.person), {"(Intercept)", "day", "x"});
  expect_effect("trials.intercept.reml", intercept, 17);
}

TEST(MixedModel, TakesASlopeThatIsNotAmongTheTerms) {
  const Trials t;
  expect_lme4("trials.other.ml", with_slope(mixed_data(t.y, {t.x}, t.person), t.day), {"(Intercept)", "x"});
}

TEST(MixedModel, SaysThatAVarianceIsZero) {
  const Trials t;
  const auto fit =
      expect_lme4("trials.flat.reml", mixed_data(t.table.numbers("flat"), {t.day}, t.person), {"(Intercept)", "day"})
          .fit;
  EXPECT_TRUE(fit.singular_fit);
  EXPECT_EQ(fit.components.intercept.value, 0);
  EXPECT_EQ(fit.components.intercept.lo, 0);
  EXPECT_GT(fit.components.intercept.hi, 0);
  EXPECT_EQ(fit.icc.value, 0);
  EXPECT_EQ(fit.icc.lo, 0);
  EXPECT_GT(fit.icc.hi, 0);
}

TEST(MixedModel, SaysThatACorrelationIsOne) {
  const Trials t;
  const std::vector<double> line = t.table.numbers("line");
  const auto fit =
      expect_lme4("trials.line.reml", with_slope(mixed_data(line, {t.day}, t.person), t.day), {"(Intercept)", "day"})
          .fit;
  EXPECT_TRUE(fit.singular_fit);
  EXPECT_EQ(std::abs(fit.components.correlation.value), 1);
}

TEST(MixedModel, TakesWeightsAsLme4Does) {
  const Trials t;
  MixedData data = mixed_data(t.y, {t.day}, t.person);
  data.weights = t.table.numbers("w");
  const MixedFit fit = fit_mixed(data).fit;
  EXPECT_TRUE(near(fit.log_likelihood, lme4().of("trials.weighted.loglik"), 1e-10));
  EXPECT_TRUE(near(fit.components.residual.value, lme4().of("trials.weighted.sigma"), kIterative));
  EXPECT_TRUE(near(fit.terms[1].estimate.value, lme4().of("trials.weighted.day"), kIterative));
}

}  // namespace
}  // namespace kaskad::stats
