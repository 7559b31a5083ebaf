// The documents of the real data as text, read by a human once and held since; and what no report may say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <set>
#include <tuple>

#include "app/console.hpp"
#include "app/judge.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/study.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/report_data.hpp"
#include "reports/template/template.hpp"
#include "reports/template/workbook_template.hpp"
#include "tests/golden.hpp"
#include "tests/told_briefing.hpp"

namespace kaskad::app {
namespace {

using reports::Briefing;
using reports::Value;

Texts texts_of(const Resources& resources, const std::string& language) {
  auto texts = resources.texts(language);
  EXPECT_TRUE(texts.has_value());
  return std::move(*texts);
}

/// A project read and judged; the briefing refers into it.
struct Judged {
  explicit Judged(const std::string& file, const std::string& language)
      : resources(find_resources().value()), texts(texts_of(resources, language)) {
    Console console(texts, true);
    project = load_project(file, resources, console, stderr).value().value();
    data = load_dataset(project, 2, console);
    judgements = judge(project, data, 2);
    similar = find_similar_schools(data, judgements.figures.frame, 10, 1);
    headlines = find_headlines(project, data, judgements.figures, data.diagnostics);
  }

  Briefing briefing() const { return told_briefing(*this, "2026-11-21"); }

  reports::TemplateFiles files() const {
    return [this](const std::string& name) { return resources.template_file(texts.language(), name); };
  }

  reports::TemplateResult document(const std::string& name, const Value& tree) const {
    return reports::make_document(name, files(), tree, reports::NumberFormat(texts.language()),
                                  reports::words_of(texts), reports::reasons_of(texts));
  }

  Resources resources;
  Texts texts;
  Project project;
  Dataset data;
  Judgements judgements;
  SimilarSchools similar;
  std::vector<std::size_t> headlines;
};

std::vector<std::string> told(const Diagnostics& diagnostics, const Texts& texts) {
  std::vector<std::string> lines;
  for (const Diagnostic& d : diagnostics) lines.push_back(texts.describe(d));
  return lines;
}

TEST(Reports, TheAnnualReportOfTheRealDataReadsAsApproved) {
  const Judged j("fixtures/bagrut/kaskad.toml", "ru");
  const auto result = j.document("annual.md", reports::region_data(j.briefing()));
  EXPECT_THAT(told(result.diagnostics, j.texts), testing::IsEmpty());
  expect_golden("fixtures/bagrut/annual.ru.txt", reports::dump(result.document));
}

TEST(Reports, APassportOfTheRealDataReadsAsApproved) {
  const Judged j("fixtures/bagrut/kaskad.toml", "ru");
  const SchoolId school = j.data.registry.find("11").value();
  const auto result = j.document("passport.md", reports::school_data(j.briefing(), school));
  EXPECT_THAT(told(result.diagnostics, j.texts), testing::IsEmpty());
  expect_golden("fixtures/bagrut/passport-11.ru.txt", reports::dump(result.document));
}

/// Every template fits the data of both projects in both languages: no name or path is wrong, no text is missing.
TEST(Reports, TemplatesFitTheirDataInBothLanguages) {
  for (const auto* file : {"fixtures/bagrut/kaskad.toml", "fixtures/region/kaskad.toml"}) {
    for (const auto* language : {"ru", "en"}) {
      const Judged j(file, language);
      const Value region = reports::region_data(j.briefing());
      const auto annual = j.document("annual.md", region);
      const auto passport = j.document("passport.md", reports::school_data(j.briefing(), 0));
      const auto workbook =
          reports::make_workbook("workbook.toml", j.files(), region, reports::NumberFormat(language), "-", {});
      for (const Diagnostics* d : {&annual.diagnostics, &passport.diagnostics, &workbook.diagnostics}) {
        EXPECT_THAT(told(*d, j.texts), testing::IsEmpty()) << file << " " << language;
      }
      EXPECT_THAT(reports::dump(annual.document), testing::Not(testing::HasSubstr("⟦"))) << file << " " << language;
      EXPECT_THAT(reports::dump(passport.document), testing::Not(testing::HasSubstr("⟦"))) << file << " " << language;
      EXPECT_GE(workbook.workbook.sheets.size(), 8U);
    }
  }
}

/// A project that makes neither workbook nor passports has no sentence that sends a reader to them.
TEST(Reports, ASentencePointsToNoFileThatTheProjectDoesNotMake) {
  for (const auto& [language, workbook] : {std::pair{"ru", "рабочей книг"}, {"en", "in the workbook"}}) {
    const Judged j("fixtures/region/kaskad.toml", language);
    Briefing alone = j.briefing();
    alone.beside = {};
    for (const auto* name : {"annual.md", "effect.md", "list.md"}) {
      const auto with = j.document(name, reports::region_data(j.briefing()));
      const auto without = j.document(name, reports::region_data(alone));
      EXPECT_THAT(reports::dump(with.document), testing::HasSubstr(workbook)) << name;
      EXPECT_THAT(reports::dump(without.document), testing::Not(testing::HasSubstr(workbook))) << name;
    }
    const auto own = j.document("municipal.md", reports::municipality_data(alone, 0));
    EXPECT_THAT(reports::dump(own.document), testing::Not(testing::HasSubstr(workbook))) << language;
  }
}

/// lo, hi of a − b by the limits of both (Zou & Donner 2008), written anew.
std::pair<double, double> apart(const Estimate& a, const Estimate& b) {
  const double d = a.value - b.value;
  return {d - std::sqrt(std::pow(a.value - a.lo, 2) + std::pow(b.hi - b.value, 2)),
          d + std::sqrt(std::pow(a.hi - a.value, 2) + std::pow(b.value - b.lo, 2))};
}

/// Above or below similar schools only by the interval of the difference, which is wider than the school's own.
TEST(Reports, APassportSetsASchoolApartOnlyByTheIntervalOfTheDifference) {
  const Judged j("fixtures/region/kaskad.toml", "ru");
  const Briefing briefing = j.briefing();
  int judged = 0, only_by_its_own = 0;
  for (SchoolId s = 0; s < j.data.registry.schools.size(); ++s) {
    const Value tree = reports::school_data(briefing, s);
    for (const Value& figure : *tree.find("figures")->list()) {
      const Estimate own = figure.find("own")->quantity()->estimate;
      const Estimate alike = figure.find("similar")->quantity()->estimate;
      if (!own.has_interval() || !alike.has_interval()) continue;
      const auto [lo, hi] = apart(own, alike);
      const bool proven = lo > 0 || hi < 0;
      ++judged;
      EXPECT_EQ(figure.find("stands_out")->truthy(), proven) << *tree.find("name")->text();
      only_by_its_own += !proven && (own.lo > alike.value || own.hi < alike.value) ? 1 : 0;
    }
  }
  EXPECT_GT(judged, 100);
  EXPECT_GT(only_by_its_own, 0);
}

/// The region's reconciliation: read = counted + rejected + left out, over all sources.
TEST(Reports, TheReconciliationAddsUp) {
  const Judged j("fixtures/region/kaskad.toml", "ru");
  const Value tree = reports::ledger_data(j.briefing());
  const auto number = [&](const char* key) {
    return std::get<std::int64_t>(tree.find(std::string("total.") + key)->is);
  };
  EXPECT_EQ(number("read"), number("counted") + number("rejected") + number("left_out"));
  EXPECT_GT(number("counted"), 29000);
}

/// Each year of support in which the interval of the difference keeps off zero is told, and no other.
TEST(Reports, TheEffectReportNamesTheYearsInWhichTheGroupsHaveProvablyParted) {
  const Judged j("fixtures/region/kaskad.toml", "ru");
  const auto told = reports::dump(j.document("effect.md", reports::region_data(j.briefing())).document);
  std::size_t proven = 0;
  for (const EffectStudy& study : j.judgements.studies) {
    if (std::find(j.headlines.begin(), j.headlines.end(), study.series) == j.headlines.end()) continue;
    for (const YearEffect& y : study.years) proven += !y.before && !y.reference && (y.effect.lo > 0 || y.effect.hi < 0);
  }
  std::size_t named = 0;
  const std::string sentence = "году фокус-группа доказанно ";
  for (auto at = told.find(sentence); at != std::string::npos; at = told.find(sentence, at + 1)) ++named;
  EXPECT_EQ(named, proven);
  EXPECT_GT(proven, 0U);
  EXPECT_THAT(told, testing::HasSubstr("отстала от контрольной: −20,3"));
}

/// «Another sign than the whole» is told of the years of support that have it and of no other, and the years set
/// against each other are those in which the indicator has results.
TEST(Reports, TheEffectReportNamesTheYearsOfAnotherSignThanTheWhole) {
  std::size_t told = 0;
  for (const auto* file : {"fixtures/bagrut/kaskad.toml", "fixtures/region/kaskad.toml"}) {
    const Judged j(file, "en");
    const Value tree = reports::region_data(j.briefing());
    const auto& parts = *tree.find("effect.studies")->list();
    std::size_t i = 0;
    for (const std::size_t series : j.headlines) {
      const auto study = std::find_if(j.judgements.studies.begin(), j.judgements.studies.end(),
                                      [&](const EffectStudy& s) { return s.series == series; });
      if (study == j.judgements.studies.end()) continue;
      const std::string text = *parts[i++].find("opposite")->text();
      if (text.empty()) continue;
      ++told;
      const bool whole_is_up = text[text.find('(') + 1] == '+';
      const std::string years = text.substr(0, text.find(" the difference"));
      for (const YearEffect& y : study->years) {
        const bool is_other = !y.before && y.effect.defined() && (y.effect.value > 0) != whole_is_up;
        const bool is_within = years.find("\u2013") != std::string::npos;  // A run of years has only its ends.
        EXPECT_TRUE(is_within || is_other == (years.find(std::to_string(y.year)) != std::string::npos)) << text;
      }
      const auto& all = j.data.vocabulary.years;
      for (const int year : all) {
        const bool has_results =
            std::any_of(study->years.begin(), study->years.end(), [&](const YearEffect& y) { return y.year == year; });
        EXPECT_TRUE(has_results || text.find(std::to_string(year)) == std::string::npos) << text;
      }
    }
  }
  EXPECT_GT(told, 1U);
}

/// The reasons for the colours of a design give counts of schools, not rounded shares, and say which doubt it is.
TEST(Reports, TheReasonsOfADesignAreExact) {
  const Judged j("fixtures/bagrut/kaskad.toml", "en");
  const Value tree = reports::region_data(j.briefing());
  int with_counts = 0;
  for (const Value& part : *tree.find("effect.studies")->list()) {
    for (const Value& sign : *part.find("signs")->list()) {
      const std::string why = *sign.find("reason")->text();
      const std::string name = *sign.find("name")->text();
      EXPECT_THAT(why, testing::Not(testing::HasSubstr("proven, or"))) << name;
      if (name == "Schools lost" && !why.starts_with("All schools")) {
        EXPECT_THAT(why, testing::ContainsRegex("[0-9]+ of [0-9]+ focus schools and [0-9]+ of [0-9]+ control"));
        ++with_counts;
      }
      if (name == "Trends before support" && why.find("not proven") != std::string::npos) {
        EXPECT_THAT(why, testing::ContainsRegex("\\(.+[0-9]\\), p"));
      }
    }
  }
  EXPECT_GT(with_counts, 0);
}

/// No limit of a funnel lies where no mean can, and where one lies at the end of the scale the report says so.
TEST(Reports, LimitsOfFunnelsEndWithTheScale) {
  const Judged j("fixtures/bagrut/kaskad.toml", "en");
  const Value tree = reports::region_data(j.briefing());
  int cut_at_24 = 0;
  for (const Value& funnel : *tree.find("funnels")->list()) {
    const bool units = funnel.find("name")->text()->find("credit units") != std::string::npos;
    double least = 100, most = 0;
    for (const Value& limit : *funnel.find("chart.limits")->list()) {
      for (const Value& point : *limit.find("points")->list()) {
        least = std::min(least, point.find("lo")->quantity()->estimate.value);
        most = std::max(most, point.find("hi")->quantity()->estimate.value);
      }
    }
    EXPECT_GE(least, 0);
    EXPECT_LE(most, units ? 24 : 100);
    if (!units) continue;
    EXPECT_THAT(*funnel.find("text")->text(), testing::HasSubstr("top of the scale, 24"));
    ++cut_at_24;
  }
  EXPECT_EQ(cut_at_24, 1);
}

/// A procedure with results of which no figure can be computed says why: here its schools sent their totals alone.
TEST(Reports, AProcedureWithoutFiguresSaysWhy) {
  const Judged j("fixtures/region/kaskad.toml", "ru");
  const Value tree = reports::region_data(j.briefing());
  int without = 0;
  for (const Value& procedure : *tree.find("procedures")->list()) {
    if (procedure.find("has_rows")->truthy()) continue;
    EXPECT_EQ(*procedure.find("why_none")->text(), j.texts.get("undefined.no_distribution"));
    ++without;
  }
  EXPECT_EQ(without, 1);
}

/// A move between lists is a sentence that names the list.
TEST(Reports, APassportNamesTheListThatASchoolMovedOn) {
  const Judged j("fixtures/region/kaskad.toml", "ru");
  const auto& changes = j.judgements.identification.changes;
  ASSERT_FALSE(changes.empty());
  const auto told =
      reports::dump(j.document("passport.md", reports::school_data(j.briefing(), changes.back().school)).document);
  EXPECT_THAT(told, testing::AllOf(testing::HasSubstr("Перечень «"), testing::HasSubstr(": школа ")));
}

/// The first number that stands before `words`; 0 where they do not stand.
std::int64_t number_before(const std::string& text, const std::string& words) {
  std::smatch found;
  return std::regex_search(text, found, std::regex("([0-9]+) more works? \\([0-9]+\\) (is|are) " + words))
             ? std::stoll(found[1])
             : 0;
}

/// Works of the last year with participants: those in the tables of a passport and those that its note counts.
TEST(Reports, APassportCountsEveryWorkThatItsTablesLeaveOut) {
  const Judged j("fixtures/region/kaskad.toml", "en");
  const Figures& f = j.judgements.figures;
  std::set<std::size_t> main;  // Indicators of the headlines.
  for (const std::size_t h : j.headlines) main.insert(f.series[h].series.indicator);
  const std::size_t period = *f.frame.find_period("2026");
  std::int64_t hidden_at_all = 0;
  for (SchoolId school = 0; school < j.data.registry.schools.size(); ++school) {
    std::set<std::tuple<ProcedureId, SubjectId, int>> printed, all;
    for (std::size_t s = 0; s < f.series.size(); ++s) {
      const Series& of = f.series[s].series;
      if (main.count(of.indicator) == 0 || !of.subject || !j.data.vocabulary.procedures[of.procedure].statuses.empty())
        continue;
      const Estimate& e = f.at(s, f.frame.first_school() + school, period);
      const std::tuple work(of.procedure, *of.subject, of.grade);
      if (e.defined()) printed.insert(work);
      if (e.defined() || hides_n(e.reason)) all.insert(work);
    }
    const Value tree = reports::school_data(j.briefing(), school);
    const std::string note = *tree.find("series_note")->text();
    const auto told = number_before(note, "not shown") + number_before(note, "hidden");
    EXPECT_EQ(told, static_cast<std::int64_t>(all.size() - printed.size())) << school << " " << note;
    hidden_at_all += number_before(note, "hidden");
    const LowIdentification& low = j.judgements.identification.low;
    EXPECT_GE(number_before(note, "hidden"), reports::printed_shares(low, school, low.years.size() - 1).hidden);
  }
  EXPECT_GT(hidden_at_all, 0);
}

/// An improvement that chance may have made is not among the proven ones of a passport's title.
TEST(Reports, ATitleCountsPossibleRegressionToTheMeanApart) {
  const Judged j("fixtures/region/kaskad.toml", "ru");
  const Frame& frame = j.judgements.figures.frame;
  int apart = 0;
  for (SchoolId school = 0; school < j.data.registry.schools.size(); ++school) {
    int flagged = 0;
    for (const std::size_t series : j.headlines) {
      for (const WaveTrend* trend : j.judgements.waves.of(series, frame.first_school() + school))
        flagged += trend->whole() != nullptr && trend->whole()->may_be_chance;
    }
    if (flagged == 0) continue;
    const auto told = reports::dump(j.document("passport.md", reports::school_data(j.briefing(), school)).document);
    EXPECT_THAT(told, testing::HasSubstr(std::to_string(flagged) + " улучшени")) << school;
    ++apart;
  }
  EXPECT_GT(apart, 0);
}

}  // namespace
}  // namespace kaskad::app
