// What notes and leads of reports say of real trees: reasons of gaps, names of changes, words of rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/load.hpp"
#include "app/study.hpp"
#include "reports/content/findings.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/missing_points.hpp"
#include "reports/content/report_data.hpp"
#include "tests/app_texts.hpp"

namespace kaskad::app {
namespace {

using reports::Briefing;
using reports::Value;
using testing::HasSubstr;
using testing::Not;

/// A project read and judged; the briefing refers into it.
struct Told {
  explicit Told(const std::string& file, const std::string& language = "ru")
      : resources(find_resources().value()), texts(texts_of(resources, language)) {
    Console console(texts, true);
    study = begin_study(load_project(file, resources, console, stderr).value().value(), 2, console);
    judge_study(study, Depth::whole, 2, console);
  }
  Briefing briefing() const { return briefing_of(study, "2026-11-21", texts); }

  Resources resources;
  Texts texts;
  Study study;
};

std::string text_at(const Value& tree, std::initializer_list<const char*> path) {
  const Value* at = &tree;
  for (const char* name : path) at = at->find(name);
  return *at->text();
}

/// School 29 of the real data sent nothing in 2002, and the subjects were not recorded in 1999.
TEST(Words, AFigureSaysWhichPointsItLacksAndWhy) {
  const Told told("fixtures/bagrut/kaskad.toml");
  const SchoolId school = told.study.data.registry.find("29").value();
  const std::string note = text_at(reports::school_data(told.briefing(), school), {"dynamics", "note"});
  EXPECT_THAT(note, HasSubstr("Нет участников или данных: Доля получивших аттестат — 2002;"));
  EXPECT_THAT(note, HasSubstr("Доля сдавших предмет (Математика) — 1999, 2002;"));
  EXPECT_THAT(note, Not(HasSubstr("мало")));
}

TEST(Words, ASchoolWithoutParticipantsIsNotSaidToHaveTooFew) {
  const Told told("fixtures/bagrut/kaskad.toml");
  const SchoolId school = told.study.data.registry.find("29").value();
  const Value tree = reports::school_data(told.briefing(), school);
  EXPECT_EQ(text_at(tree, {"position", "title"}), "Сравнить школу с похожими нельзя");
  EXPECT_EQ(text_at(tree, {"position", "chart", "missing"}), "нет участников или нет данных");
}

/// Wherever a school has not one participant, the reason is that, whatever its other years and works are.
TEST(Words, WithoutParticipantsTheReasonIsThatThereAreNone) {
  const Told told("fixtures/region/kaskad.toml");
  const Figures& f = told.study.judgements.figures;
  int without = 0;
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    const IndicatorKind kind = f.indicator_of(s).kind;
    if (kind != IndicatorKind::share && kind != IndicatorKind::mean) continue;
    for (SchoolId school = 0; school < f.frame.of_school.size(); ++school) {
      for (std::size_t p = 0; p < f.frame.periods.size(); ++p) {
        const auto& years = told.study.data.vocabulary.years;
        if (pool(f.series[s], years, {school}, f.frame.periods[p]).n > 0) continue;
        ++without;
        ASSERT_EQ(f.at(s, f.frame.first_school() + school, p).reason, Undefined::no_data);
      }
    }
  }
  EXPECT_GT(without, 1000);
}

/// Four of five have improved: the three whose interval keeps farthest off zero are named, by hand from the estimates.
TEST(Words, TheClearestImprovementsAreNamed) {
  const Told told("fixtures/bagrut/kaskad.toml");
  const Briefing b = told.briefing();
  std::vector<std::pair<double, std::size_t>> clear;
  for (std::size_t s = 0; s < b.figures().series.size(); ++s) {
    const Estimate* change = reports::change_of(b, s, reports::kRegion);
    if (change != nullptr && change->shown_positive()) clear.emplace_back(change->value / (change->hi - change->lo), s);
  }
  ASSERT_EQ(clear.size(), 4U);
  std::sort(clear.rbegin(), clear.rend());
  const std::string named = text_at(reports::region_data(b), {"findings", "named"});
  for (std::size_t i = 0; i < clear.size(); ++i) {
    std::string name = reports::series_name(b, clear[i].second);
    name = name.substr(name.find(' '));  // without its capital letter
    EXPECT_EQ(named.find(name) != std::string::npos, i < 3) << name << " in " << named;
  }
  EXPECT_THAT(named, HasSubstr("Среди улучшений самые ясные:"));
  EXPECT_THAT(named, HasSubstr("(от\u00A01,6 до\u00A012,0)")) << "with its interval";
}

/// A school that may serve as a base site by its level, and has fallen, has both beside its name.
TEST(Words, ABaseSiteThatHasFallenIsToldWithItsFall) {
  const Told told("fixtures/region/kaskad.toml");
  const Briefing b = told.briefing();
  const Resilience& found = b.judgements.resilience;
  int fallen = 0;
  for (SchoolId s = 0; s < found.schools; ++s) {
    const Value tree = reports::school_data(b, s);
    const Value* own = tree.find("resilience");
    if (own == nullptr || own->find("text") == nullptr) continue;
    const Estimate* change = reports::change_of(b, *found.series, b.frame().first_school() + s);
    const bool falls = found.verdicts[s].base_site && change->shown_negative();
    EXPECT_EQ(own->find("text")->text()->find("доказанно снизился") != std::string::npos, falls);
    fallen += falls;
  }
  EXPECT_GT(fallen, 0);
}

/// Primary schools of the invented region hold no grade of the olympiads.
TEST(Words, PrimarySchoolsAreNotJudgedOnOlympiads) {
  const Told told("fixtures/region/kaskad.toml");
  const auto& schools = told.study.data.registry.schools;
  int primary = 0;
  for (SchoolId s = 0; s < schools.size(); ++s) {
    if (schools[s].type != "начальная") continue;
    ++primary;
    const Value tree = reports::school_data(told.briefing(), s);
    EXPECT_TRUE(tree.find("figures")->list()->empty());
    EXPECT_THAT(text_at(tree, {"absent"}), HasSubstr("олимпиад"));
  }
  EXPECT_GT(primary, 0);
}

}  // namespace
}  // namespace kaskad::app
