#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "indicators/balance.hpp"
#include "indicators/comparison.hpp"
#include "indicators/figures.hpp"
#include "indicators/formula.hpp"
#include "indicators/pooled.hpp"
#include "indicators/similar.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

constexpr double kTight = 1e-12;

Vocabulary small_vocabulary() {
  Vocabulary v;
  v.procedures.push_back({"VPR", {{"en", "VPR"}}, {{"en", "VPR"}}, {}, 2, 5, {}});
  v.procedures.push_back({"EGE", {{"en", "EGE"}}, {{"en", "EGE"}}, {}, 2, 5, {}});
  v.procedures.push_back({"OLYMPIAD_SCHOOL", {{"en", "O"}}, {{"en", "O"}}, {}, 1, 3, {{"winner", 3}}});
  v.subjects.push_back({"RU", {{"en", "Russian"}}, {}});
  v.subjects.push_back({"MA", {{"en", "Mathematics"}}, {}});
  v.years = {2024, 2025};
  Scale vpr;
  vpr.procedure = "VPR";
  vpr.maximum = 20;
  v.scales.push_back(vpr);
  Scale ege;
  ege.procedure = "EGE";
  ege.subject = "RU";
  ege.test_maximum = 100;
  ege.minimum = 36;
  v.scales.push_back(ege);
  return v;
}

/// Four schools: two of focus, two of control, in two municipalities.
Dataset small_dataset(CubeBuilder builder) {
  Dataset data;
  data.vocabulary = small_vocabulary();
  for (const auto* id : {"1", "2", "3", "4"})
    data.registry.schools.push_back({id, "", std::string(id) < "3" ? "A" : "B", "", {}, {}});
  data.registry.municipalities = {"A", "B"};
  data.memberships = {
      {0, Role::focus, 0, 0}, {1, Role::focus, 2025, 0}, {2, Role::control, 0, 0}, {3, Role::control, 0, 2024}};
  data.cube = std::move(builder).build();
  return data;
}

void put(CubeBuilder& builder, SchoolId school, int year, ProcedureId procedure, SubjectId subject, Outcome outcome,
         const std::vector<std::pair<int, int>>& value_times) {
  const auto cell = builder.cell({school, static_cast<std::int16_t>(year), procedure, subject, 6});
  for (const auto& [value, times] : value_times) builder.count(cell, outcome, value, times);
}

Indicator indicator(IndicatorKind kind, Outcome outcome, const std::string& formula) {
  Indicator i;
  i.id = "test";
  i.name = {{"en", "Test"}};
  i.kind = kind;
  i.outcome = outcome;
  i.formula = Formula::compile(formula).value();
  i.unit = kind == IndicatorKind::share ? IndicatorUnit::percent : IndicatorUnit::score;
  return i;
}

Figures figures_of(const Dataset& data, std::vector<Indicator> indicators, std::int64_t minimum_n = 1) {
  return make_figures(data, std::move(indicators),
                      {{{"entry", {2024}}, {"final", {2025}, WaveRole::final}}, minimum_n, 2});
}

const Estimate& figure(const Figures& f, std::size_t series, EntityKind kind, const std::string& id,
                       const std::string& period) {
  return f.at(series, f.frame.find_entity(kind, id).value(), f.frame.find_period(period).value());
}

TEST(Formula, TellsUnknownNamesAndSyntax) {
  EXPECT_EQ(Formula::compile("y >= 3").error().message.code, "formula-name");
  EXPECT_EQ(Formula::compile("x >= ").error().message.code, "formula-syntax");
  EXPECT_TRUE(Formula::compile("x >= minimum").value().uses("minimum"));
}

TEST(Formula, NeedsItsBorders) {
  const Formula f = Formula::compile("100 * x / maximum").value();
  EXPECT_EQ(f.tabulate(0, 2, {}).reason, Undefined::no_scale);
  EXPECT_THAT(f.tabulate(0, 2, {kNaN, 20, kNaN}).values, ElementsAre(0, 5, 10));
}

TEST(Figures, SharesAndSouFollowTheirDefinitions) {  // n2…n5 = 3, 7, 6, 4: by hand
  CubeBuilder builder;
  put(builder, 0, 2024, 0, 0, Outcome::mark, {{2, 3}, {3, 7}, {4, 6}, {5, 4}});
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(
      data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 3"),
             indicator(IndicatorKind::share, Outcome::mark, "x >= 4"),
             indicator(IndicatorKind::mean, Outcome::mark, "x >= 5 ? 100 : (x == 4 ? 64 : (x == 3 ? 36 : 16))")});
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "1", "2024").value, 85, kTight);
  EXPECT_NEAR(figure(f, 1, EntityKind::school, "1", "2024").value, 50, kTight);
  EXPECT_NEAR(figure(f, 2, EntityKind::school, "1", "2024").value, (4 * 100 + 6 * 64 + 7 * 36 + 3 * 16) / 20.0, kTight);
  // Wilson for 17 of 20 (z = 1.959964): 0.63958, 0.94767, by its formula in R's prop.test(17, 20, correct = FALSE)
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "1", "2024").lo, 63.9581, 1e-4);
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "1", "2024").hi, 94.7632, 1e-4);
}

TEST(Figures, RegionsPoolPupilsNotPercents) {
  CubeBuilder builder;
  put(builder, 0, 2024, 0, 0, Outcome::mark, {{2, 9}, {5, 1}});
  put(builder, 2, 2024, 0, 0, Outcome::mark, {{2, 10}, {5, 80}});
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 3")});
  EXPECT_NEAR(figure(f, 0, EntityKind::region, "region", "2024").value, 81, kTight);
  EXPECT_NEAR(figure(f, 0, EntityKind::municipality, "A", "2024").value, 10, kTight);
  EXPECT_NEAR(figure(f, 0, EntityKind::group, "control", "entry").value, 800.0 / 9, kTight);
}

TEST(Figures, AbsentDataAndSmallNumbersAreUndefinedWithTheirReason) {
  CubeBuilder builder;
  put(builder, 0, 2024, 0, 0, Outcome::mark, {{3, 9}});
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 3")}, 10);
  EXPECT_EQ(figure(f, 0, EntityKind::school, "1", "2024").reason, Undefined::too_few);
  EXPECT_EQ(figure(f, 0, EntityKind::school, "2", "2024").reason, Undefined::no_data);
  EXPECT_EQ(figure(f, 0, EntityKind::school, "1", "2025").reason, Undefined::no_data);
}

TEST(Figures, AFigureWithoutItsBorderIsUndefined) {
  CubeBuilder builder;
  put(builder, 0, 2024, 1, 0, Outcome::test, {{30, 5}, {40, 15}});
  put(builder, 0, 2024, 1, 1, Outcome::test, {{30, 20}});
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::test, "x < minimum")});
  ASSERT_EQ(f.series.size(), 2U);
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "1", "2024").value, 25, kTight);
  EXPECT_EQ(figure(f, 1, EntityKind::school, "1", "2024").reason, Undefined::no_scale);
}

TEST(Figures, SummariesAnswerMeansButNotShares) {
  CubeBuilder builder;
  const auto cell = builder.cell({0, 2024, 1, 0, 6});
  builder.add(cell, Outcome::test, Aggregate::of(40, 55.5, 12));
  put(builder, 1, 2024, 1, 0, Outcome::test, {{50, 20}});
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::mean, Outcome::test, "x"),
                                      indicator(IndicatorKind::share, Outcome::test, "x >= 50")});
  EXPECT_NEAR(figure(f, 0, EntityKind::region, "region", "2024").value, (40 * 55.5 + 20 * 50) / 60, kTight);
  EXPECT_EQ(figure(f, 1, EntityKind::region, "region", "2024").reason, Undefined::no_distribution);
  EXPECT_NEAR(figure(f, 1, EntityKind::school, "2", "2024").value, 100, kTight);
}

/// Marks of 3 at the school stage of the olympiad, on 100 of the 150 pupils that every school has in 2024.
Figures rate_figures(Dataset& data) {
  data.context.fields.push_back({"enrolment", {}, "count", true});
  for (SchoolId s = 0; s < 4; ++s) data.context.values[{0, s, 2024}] = {1, 150, 0};
  Indicator rate = indicator(IndicatorKind::rate, Outcome::mark, "x == 3");
  rate.per = "enrolment";
  rate.procedures = {"OLYMPIAD_SCHOOL"};
  return figures_of(data, {rate});
}

TEST(Figures, OlympiadRatesCountTheWholeEnrolment) {
  CubeBuilder builder;
  put(builder, 0, 2024, 2, 0, Outcome::mark, {{1, 30}, {3, 4}});
  builder.count(builder.cell({0, 2024, 2, 0, 9}), Outcome::mark, 3, 2);  // another grade: the enrolment is the same
  Dataset data = small_dataset(std::move(builder));
  const Figures f = rate_figures(data);
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "1", "2024").value, 4, kTight);
  EXPECT_NEAR(figure(f, 0, EntityKind::region, "region", "2024").value, 1,
              kTight);  // schools without participants count too
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "2", "2024").value, 0, kTight);
  EXPECT_EQ(figure(f, 0, EntityKind::region, "region", "2024").n, 600);
  EXPECT_EQ(figure(f, 0, EntityKind::region, "region", "2025").reason, Undefined::no_data);
}

/// Grades 6 and 9 hold the olympiad; no primary school has a result in them, one general school has.
TEST(Figures, SchoolsOfATypeWithoutItsGradesTakeNoPartInARate) {
  CubeBuilder builder;
  put(builder, 0, 2024, 2, 0, Outcome::mark, {{1, 30}, {3, 4}});
  const auto primary = builder.cell({1, 2024, 0, 0, 4});
  builder.count(primary, Outcome::primary, 10, 20);
  Dataset data = small_dataset(std::move(builder));
  data.registry.schools[0].type = data.registry.schools[2].type = "general";
  data.registry.schools[1].type = "primary";  // that of the fourth school is not known
  const Figures f = rate_figures(data);
  EXPECT_EQ(figure(f, 0, EntityKind::school, "2", "2024").reason, Undefined::no_data);
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "3", "2024").value, 0, kTight) << "it could have taken part";
  EXPECT_EQ(figure(f, 0, EntityKind::region, "region", "2024").n, 450);
}

TEST(Figures, MarksOfOlympiadsAreNoMarksOfLearning) {
  CubeBuilder builder;
  put(builder, 0, 2024, 2, 0, Outcome::mark, {{1, 30}});
  const Dataset data = small_dataset(std::move(builder));
  EXPECT_TRUE(figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 3")}).series.empty());
}

TEST(Figures, AChangeOverABreakOfTheScaleIsNotComparable) {
  CubeBuilder builder;
  for (const int year : {2024, 2025}) put(builder, 0, year, 0, 0, Outcome::mark, {{3, 20}, {4, 20}});
  Dataset data = small_dataset(std::move(builder));
  Scale changed;
  changed.procedure = "VPR";
  changed.first_year = 2025;
  changed.last_year = 2030;
  changed.maximum = 24;
  data.vocabulary.scales.push_back(changed);
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 4")});
  EXPECT_THAT(f.series[0].series.break_before, ElementsAre(false, true));
  EXPECT_EQ(f.series[0].change[0].reason, Undefined::not_comparable);
}

/// Two subjects together: a sum goes on while one of them is measured as before, and breaks when neither is.
TEST(Figures, SubjectsTogetherAreNotComparableOnceEachOfTheirScalesHasChanged) {
  const auto over_both = [](const std::vector<std::pair<const char*, int>>& changes) {
    CubeBuilder builder;
    for (const int year : {2023, 2024, 2025}) {
      for (const SubjectId subject : {SubjectId{0}, SubjectId{1}})
        put(builder, 0, year, 0, subject, Outcome::mark, {{3, 20}, {4, 20}});
    }
    Dataset data = small_dataset(std::move(builder));
    data.vocabulary.years = {2023, 2024, 2025};
    for (const auto& [subject, year] : changes) {
      Scale changed;
      changed.procedure = "VPR";
      changed.subject = subject;
      changed.first_year = year;
      changed.maximum = 24;
      data.vocabulary.scales.push_back(changed);
    }
    Indicator both = indicator(IndicatorKind::share, Outcome::mark, "x >= 4");
    both.all_subjects = true;
    return find_series(data, {both}).back().break_before;
  };
  EXPECT_THAT(over_both({}), ElementsAre(false, false, false));
  EXPECT_THAT(over_both({{"RU", 2024}}), ElementsAre(false, false, false));
  EXPECT_THAT(over_both({{"RU", 2025}, {"MA", 2025}}), ElementsAre(false, false, true));
  EXPECT_THAT(over_both({{"RU", 2024}, {"MA", 2025}}), ElementsAre(false, false, true));
}

TEST(Catalogue, ScoresCountTheUnitOfTheirScales) {
  const std::string toml =
      "[[unit]]\nid = \"credit\"\nhead = \"units\"\nother = \"units\"\n"
      "[[scale]]\nprocedure = \"VPR\"\nsubject = \"RU\"\nunit = \"credit\"\n"
      "[[scale]]\nprocedure = \"VPR\"\nsubject = \"MA\"\nunit = \"credits\"\n"
      "[[school_type]]\nid = \"day\"\nname = { ru = \"дневная\", en = \"day school\" }\n";
  ParsedConfig parsed = parse_config(toml, "p.toml");
  ConfigReader root(parsed.root, "p.toml", "", parsed.diagnostics);
  Vocabulary vocabulary = small_vocabulary();
  read_vocabulary(root, vocabulary);
  ASSERT_EQ(parsed.diagnostics.size(), 1U);
  EXPECT_EQ(parsed.diagnostics[0].message.code, "scale-unit");  // "credits" is not declared.
  EXPECT_EQ(vocabulary.find_school_type("day")->name.at("ru"), "дневная");
  EXPECT_EQ(vocabulary.find_school_type("night"), nullptr);

  const auto unit_of = [&](const std::vector<std::string>& subjects, IndicatorUnit unit) {
    std::vector<Indicator> all = {indicator(IndicatorKind::mean, Outcome::primary, "x")};
    all[0].unit = unit;
    all[0].procedures = {"VPR"};
    all[0].subjects = subjects;
    name_units(vocabulary, all);
    return all[0].own_unit ? all[0].own_unit->id : "";
  };
  EXPECT_EQ(unit_of({"RU"}, IndicatorUnit::score), "credit");
  EXPECT_EQ(unit_of({"RU"}, IndicatorUnit::percent), "");
  EXPECT_EQ(unit_of({"RU", "MA"}, IndicatorUnit::score), "");  // Two subjects, two units.
  EXPECT_EQ(unit_of({}, IndicatorUnit::score), "");
}

TEST(Frame, GroupsKeepTheirSchoolsAndFocusWins) {
  CubeBuilder builder;
  Dataset data = small_dataset(std::move(builder));
  data.memberships.push_back({0, Role::control, 2024, 2024});
  const Frame frame = make_frame(data, {{"entry", {2024}}});
  EXPECT_THAT(frame.members[frame.find_entity(EntityKind::group, "focus").value()], ElementsAre(0, 1));
  EXPECT_THAT(frame.members[frame.find_entity(EntityKind::group, "control").value()], ElementsAre(2, 3));
  EXPECT_EQ(frame.entities[frame.first_school()].id, "1");
}

/// Two schools a group, two years; the effect by hand: (60 − 40) − (50 − 50) = 20 points of percent with equal sizes.
TEST(Comparison, DifferenceInDifferencesOfEqualGroupsIsTheDifferenceOfChanges) {
  CubeBuilder builder;
  const auto marks = [&](SchoolId school, int year, int good) {
    put(builder, school, year, 0, 0, Outcome::mark, {{3, 100 - good}, {4, good}});
  };
  marks(0, 2024, 35), marks(1, 2024, 45), marks(2, 2024, 55), marks(3, 2024, 45);
  marks(0, 2025, 58), marks(1, 2025, 62), marks(2, 2025, 52), marks(3, 2025, 48);
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 4")});
  const auto comparisons = compare_groups(f, data.vocabulary.years, {{"entry", "final"}}, 1);
  ASSERT_EQ(comparisons.size(), 1U);
  const ChangeComparison& change = comparisons[0].changes.at(0);
  EXPECT_NEAR(change.focus_change.value, 20, 1e-9);
  EXPECT_NEAR(change.control_change.value, 0, 1e-9);
  EXPECT_NEAR(change.effect.value, 20, 1e-9);
  EXPECT_EQ(change.effect.clusters, 4);
  const PeriodComparison& entry = comparisons[0].periods.at(2);
  EXPECT_EQ(entry.period, "entry");
  EXPECT_NEAR(entry.difference.value, -10, 1e-9);
  // Pooled SD of pupils 0.5 almost: sqrt(0.4·0.6·200/199) and sqrt(0.5·0.5·200/199), pooled 0.49624; ω = 1 − 3/(4·400 −
  // 9)
  const double sd = std::sqrt((0.24 * 200 + 0.25 * 200) / 398);
  EXPECT_NEAR(entry.g.value, -0.1 / sd * (1 - 3.0 / (4 * 400 - 9)), 1e-9);
}

/// Schools of 30 pupils in either year, whose mean scores rise by `rises`.
Dataset rising_dataset(const std::vector<int>& rises) {
  CubeBuilder builder;
  Dataset data;
  data.vocabulary = small_vocabulary();
  for (SchoolId s = 0; s < rises.size(); ++s) {
    put(builder, s, 2024, 0, 0, Outcome::primary, {{5, 15}, {7, 15}});
    put(builder, s, 2025, 0, 0, Outcome::primary, {{5 + rises[s], 15}, {7 + rises[s], 15}});
    data.registry.schools.push_back({std::to_string(s + 1), "", "A", "", {}, {}});
  }
  data.registry.municipalities = {"A"};
  data.cube = std::move(builder).build();
  return data;
}

Estimate change_of_schools(const std::vector<int>& rises) {
  const Dataset data = rising_dataset(rises);
  const Figures f = figures_of(data, {indicator(IndicatorKind::mean, Outcome::primary, "x")});
  std::vector<SchoolId> schools(rises.size());
  std::iota(schools.begin(), schools.end(), 0U);
  const auto period = [&](const char* id) { return f.frame.periods[*f.frame.find_period(id)]; };
  return change_between(f, f.series[0], data.vocabulary.years, schools, period("entry"), period("final"));
}

/// m schools alike but for their rises d: the change is their mean, se² = Σ(d − mean)²/(m(m − 1)), df = m − 1.
TEST(Comparison, AChangeOfTwoSchoolsIsToldAndNotJudged) {
  const Estimate e = change_of_schools({1, 3});
  EXPECT_NEAR(e.value, 2, kTight);
  EXPECT_EQ(e.n, 120);
  EXPECT_NEAR(e.se, 1, 1e-9);
  EXPECT_NEAR(e.df, 1, 1e-9);
  EXPECT_TRUE(e.rests_on_few());
  EXPECT_FALSE(e.has_interval());
}

TEST(Comparison, FiveEqualSchoolsAreTheFewestThatAreJudged) {
  EXPECT_TRUE(change_of_schools({1, 3, 1, 3}).rests_on_few());
  const Estimate e = change_of_schools({1, 3, 1, 3, 2});
  EXPECT_NEAR(e.df, 4, 1e-9);
  EXPECT_FALSE(e.rests_on_few());
  // t(4) = 2.776445, se = √(1/5)
  EXPECT_NEAR(e.lo, 2 - 2.776445 * std::sqrt(0.2), 1e-5);
  EXPECT_TRUE(e.shown_positive());
}

/// Scores 0, 0, 0, 20 of 20: mean 5, SD 10, so that Student's interval is 5 ∓ 3.18·5.
TEST(Figures, AnIntervalOfAMeanIsCutWhereItsScaleEnds) {
  CubeBuilder builder;
  put(builder, 0, 2024, 0, 1, Outcome::primary, {{0, 3}, {20, 1}});
  put(builder, 0, 2025, 0, 1, Outcome::primary, {{9, 2}, {11, 2}});
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::mean, Outcome::primary, "x")});
  EXPECT_EQ(figure(f, 0, EntityKind::school, "1", "entry").lo, 0);
  EXPECT_EQ(figure(f, 0, EntityKind::school, "1", "entry").hi, 20);
  EXPECT_NEAR(figure(f, 0, EntityKind::school, "1", "final").lo, 10 - 3.182446 * std::sqrt(4.0 / 3 / 4), 1e-5);
}

/// Six schools of 20 pupils: one in each of three has the mark at entry, nobody at the end. The scatter of the schools
/// alone would prove a fall of 3 in 120; Newcombe's limits of 0/120 against 3/120 hold zero (by hand: Wilson's limits
/// 0 … 0.0310191 and 0.0085382 … 0.0709300).
TEST(Comparison, AShareThatNobodyHasAtOneEndIsJudgedByChanceToo) {
  CubeBuilder builder;
  Dataset data;
  data.vocabulary = small_vocabulary();
  for (SchoolId s = 0; s < 6; ++s) {
    const int good = s < 3 ? 1 : 0;
    put(builder, s, 2024, 0, 0, Outcome::mark, {{3, 20 - good}, {4, good}});
    put(builder, s, 2025, 0, 0, Outcome::mark, {{3, 20}});
    data.registry.schools.push_back({std::to_string(s + 1), "", "A", "", {}, {}});
  }
  data.registry.municipalities = {"A"};
  data.cube = std::move(builder).build();
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 4")});
  const auto period = [&](const char* id) { return f.frame.periods[*f.frame.find_period(id)]; };
  const Estimate e =
      change_between(f, f.series[0], data.vocabulary.years, {0, 1, 2, 3, 4, 5}, period("entry"), period("final"));
  const double d = -0.025, up = std::hypot(0.0310191, 0.025 - 0.0085382), down = 0.0709300 - 0.025;
  EXPECT_NEAR(e.value, 100 * d, 1e-9);
  EXPECT_NEAR(e.lo, 100 * (d - down), 1e-3);
  EXPECT_NEAR(e.hi, 100 * (d + up), 1e-3);
  EXPECT_FALSE(e.shown_negative());
}

/// Any two sets of schools are compared as focus and control are.
TEST(Comparison, TheGapOfAMunicipalityIsThatOfGroupsWithTheSameSchools) {
  CubeBuilder builder;
  const auto marks = [&](SchoolId school, int good) {
    put(builder, school, 2024, 0, 0, Outcome::mark, {{3, 100 - good}, {4, good}});
  };
  marks(0, 35), marks(1, 45), marks(2, 55), marks(3, 45);
  const Dataset data = small_dataset(std::move(builder));
  const Figures f = figures_of(data, {indicator(IndicatorKind::share, Outcome::mark, "x >= 4"),
                                      indicator(IndicatorKind::sd, Outcome::mark, "x")});
  const std::vector<int>& years = data.vocabulary.years;
  const Period& period = f.frame.periods.at(0);
  const Estimate gap = gap_between(f, 0, years, {0, 1}, {2, 3}, period);
  const auto groups = compare_groups(f, years, {}, 1);
  EXPECT_NEAR(gap.value, -10, 1e-9);
  EXPECT_DOUBLE_EQ(gap.lo, groups.at(0).periods.at(0).difference.lo);
  EXPECT_DOUBLE_EQ(gap.df, groups.at(0).periods.at(0).difference.df);
  EXPECT_EQ(gap_between(f, 0, years, {0}, {1, 2, 3}, period).reason, Undefined::too_few_clusters);
  EXPECT_EQ(gap_between(f, 1, years, {0, 1}, {2, 3}, period).reason, Undefined::no_method);
}

/// The published example of Hedges' correction: (5, 6, 7) against (4, 5, 6) gives d = 1 and g = 0.8.
TEST(Balance, StandardisesContextOverSchools) {
  Dataset data;
  for (int s = 0; s < 7; ++s) data.registry.schools.push_back({std::to_string(s), "", "", "", {}, {}});
  data.context.fields = {{"a", {}, "share", false}, {"b", {}, "share", false}};
  const double values[] = {5, 6, 7, 4, 5, 6};
  for (SchoolId s = 0; s < 6; ++s) {
    data.context.values[{0, s, 2024}] = {1, values[s] - 1, 0};  // A school's two years count as their mean.
    data.context.values[{0, s, 2025}] = {1, values[s] + 1, 0};
  }
  const auto rows = context_balance(data, {0, 1, 2}, {3, 4, 5, 6}, {2024, 2025});
  ASSERT_EQ(rows.size(), 1U);  // nobody has field b
  EXPECT_DOUBLE_EQ(rows[0].focus.value, 6);
  EXPECT_FALSE(rows[0].focus.has_interval()) << "the mean describes the three schools of the group";
  EXPECT_EQ(rows[0].control.n, 3);  // school 6 has no value
  EXPECT_NEAR(rows[0].standardised.value, 0.8, kTight);
}

/// Municipalities of so many focus and control schools; pupils' scores rise by 1 in control schools, and in the focus
/// schools of municipality m by 1 + `gains`[m], each school apart from the others by a little.
Dataset municipal_dataset(const std::vector<std::pair<int, int>>& sizes, const std::vector<int>& gains) {
  CubeBuilder builder;
  Dataset data;
  data.vocabulary = small_vocabulary();
  SchoolId school = 0;
  for (std::size_t m = 0; m < sizes.size(); ++m) {
    const std::string name(1, static_cast<char>('A' + m));
    data.registry.municipalities.push_back(name);
    for (int k = 0; k < sizes[m].first + sizes[m].second; ++k, ++school) {
      const bool focus = k < sizes[m].first;
      const int rise = 1 + (focus ? gains[m] : 0) + (k + static_cast<int>(m)) % 2;
      put(builder, school, 2024, 0, 1, Outcome::primary, {{5, 10 + k}, {7, 10}, {9, 10}});
      put(builder, school, 2025, 0, 1, Outcome::primary, {{5 + rise, 10}, {7 + rise, 10 + k}, {9 + rise, 10}});
      data.registry.schools.push_back({std::to_string(school + 1), "", name, "", {}, {}});
      data.memberships.push_back({school, focus ? Role::focus : Role::control, 0, 0});
    }
  }
  data.cube = std::move(builder).build();
  return data;
}

struct Pooling {
  Dataset data;
  Figures figures;
  std::vector<SeriesComparison> comparisons;
  std::vector<PooledEffect> pooled;
};

Pooling pooling_of(const std::vector<std::pair<int, int>>& sizes, const std::vector<int>& gains) {
  Pooling out;
  out.data = municipal_dataset(sizes, gains);
  out.figures = figures_of(out.data, {indicator(IndicatorKind::mean, Outcome::primary, "x")});
  const std::vector<int>& years = out.data.vocabulary.years;
  out.comparisons = compare_groups(out.figures, years, {{"entry", "final"}}, 1);
  out.pooled = pool_municipalities(out.figures, years, out.comparisons, 2);
  return out;
}

// The region of one municipality alone gives the same difference as the municipality in a region.
TEST(Pooled, AMunicipalitysEffectIsThatOfItsSchoolsAlone) {
  const Pooling all = pooling_of({{3, 4}, {4, 3}, {5, 5}}, {0, 2, 1});
  ASSERT_EQ(all.pooled.size(), 1U);
  ASSERT_EQ(all.pooled[0].parts.size(), 3U);
  const Pooling alone = pooling_of({{3, 4}}, {0});
  const Estimate& wanted = alone.comparisons[0].changes[0].effect;
  const Estimate& found = all.pooled[0].parts[0].effect;
  EXPECT_NEAR(found.value, wanted.value, kTight);
  EXPECT_NEAR(found.se, wanted.se, kTight);
  EXPECT_TRUE(alone.pooled.empty());  // nothing to pool
}

/// The formulas of docs/methods/meta.md by hand, over the effects whose errors rest on four degrees of freedom or more.
TEST(Pooled, TheEstimatesTogetherAreThoseOfRandomEffects) {
  const Pooling p = pooling_of({{6, 7}, {7, 6}, {3, 3}, {8, 8}}, {0, 2, 9, 1});
  const auto& parts = p.pooled[0].parts;
  const stats::Pooled& pooled = p.pooled[0].pooled;
  const double tau2 = pooled.tau2.value;
  double w1 = 0, w2 = 0, wy = 0, weights = 0;
  for (const std::size_t m : {0U, 1U, 3U}) {
    ASSERT_GE(parts[m].effect.df, 4);
    const double w = 1 / (parts[m].effect.se * parts[m].effect.se + tau2);
    w1 += w, w2 += w * w, wy += w * parts[m].effect.value, weights += parts[m].weight;
  }
  double wr = 0, w2r = 0;
  for (const std::size_t m : {0U, 1U, 3U}) {
    const double w = 1 / (parts[m].effect.se * parts[m].effect.se + tau2), r = parts[m].effect.value - wy / w1;
    wr += w * r * r, w2r += w * w * r * r;
    EXPECT_NEAR(parts[m].weight, w / w1, kTight);
  }
  ASSERT_GT(tau2, 0);
  EXPECT_NEAR(w2r - w1 + w2 / w1, 0, 1e-6 * w1) << "the slope of the restricted likelihood in τ²";
  EXPECT_NEAR(pooled.mean.value, wy / w1, kTight);
  EXPECT_NEAR(pooled.mean.se, std::sqrt(wr / 2 / w1), kTight) << "Knapp and Hartung";
  EXPECT_NEAR(weights, 1, kTight);
}

TEST(Pooled, AnErrorThatRestsOnFewSchoolsCarriesNoWeight) {
  const Pooling p = pooling_of({{6, 7}, {7, 6}, {3, 3}, {8, 8}}, {0, 2, 9, 1});
  const MunicipalEffect& few = p.pooled[0].parts[2];
  EXPECT_TRUE(few.effect.defined());
  EXPECT_LT(few.effect.df, 4);
  EXPECT_TRUE(std::isnan(few.weight));
  EXPECT_LT(p.pooled[0].pooled.mean.hi, few.effect.value);
}

TEST(Pooled, AMunicipalityOfTooFewSchoolsIsNamedWithTheReason) {
  const Pooling p = pooling_of({{2, 4}, {4, 3}, {3, 3}, {0, 3}}, {0, 2, 1, 0});
  const auto& parts = p.pooled[0].parts;
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parts[0].effect.reason, Undefined::too_few_clusters);
  EXPECT_EQ(parts[0].focus_schools, 2);
  EXPECT_TRUE(std::isnan(parts[0].weight));
  EXPECT_TRUE(parts[1].effect.defined());
  EXPECT_EQ(parts[3].effect.reason, Undefined::too_few_clusters);
  EXPECT_EQ(pooling_of({{2, 4}, {4, 3}}, {0, 2}).pooled[0].pooled.reason, Undefined::too_few);
}

/// Five schools with two conditions; all but `without` have a result in the last year.
SimilarSchools similar_of_five(SchoolId without) {
  Dataset data;
  for (const auto* id : {"1", "2", "3", "4", "5"}) data.registry.schools.push_back({id, "", "", "", {}, {}});
  data.context.fields = {{"a", {}, "share", false}, {"b", {}, "share", false}};
  data.vocabulary.years = {2025, 2026};
  const double a[] = {0, 1, 2, 10, 11}, b[] = {0, 0, 1, 5, 5};
  CubeBuilder builder;
  for (SchoolId s = 0; s < 5; ++s) {
    data.context.values[{0, s, 0}] = {1, a[s], 0};
    if (s != 4) data.context.values[{1, s, 0}] = {1, b[s], 0};
    const std::int16_t year = s == without ? 2025 : 2026;
    builder.count(builder.cell({s, year, 0, 0, 6}), Outcome::primary, 1, 12);
  }
  data.cube = std::move(builder).build();
  return find_similar_schools(data, make_frame(data, {}), 2, 1);
}

TEST(Similar, TheNearestInStandardisedContextComeFirst) {
  const SimilarSchools similar = similar_of_five(4);
  EXPECT_THAT(similar.of_school[0], ElementsAre(1, 2));
  EXPECT_THAT(similar.of_school[3], ElementsAre(2, 1));
  EXPECT_TRUE(similar.of_school[4].empty());  // its context is incomplete
}

TEST(Similar, ASchoolWithoutResultsInTheLastPeriodIsNotAmongThem) {
  const SimilarSchools similar = similar_of_five(1);
  EXPECT_THAT(similar.of_school[0], ElementsAre(2, 3));
  EXPECT_THAT(similar.of_school[1], ElementsAre(0, 2)) << "it has similar schools itself";
}

TEST(Similar, ConditionsInWhichTheNearestAreFarOffAreNamed) {
  const SimilarSchools similar = similar_of_five(4);
  // SD of a: Σ(a − 4.8)² = 110.8 of five schools, √(110.8/4) = 5.26; of b: Σ(b − 1.5)² = 17 of four, √(17/3) = 2.38.
  // School 1 is 1.5/5.26 = 0.29 and 0.5/2.38 = 0.21 away from the mean of its two, school 4 8.5/5.26 and 4.5/2.38.
  EXPECT_TRUE(similar.far_fields[0].empty());
  EXPECT_THAT(similar.far_fields[3], ElementsAre(0, 1));
}

}  // namespace
}  // namespace kaskad
