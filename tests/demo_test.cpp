// The synthetic region: reproducible, of the size asked for, and shaped like a real one.
#include "app/demo/demo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/demo/csv.hpp"
#include "app/demo/draws.hpp"
#include "app/demo/names.hpp"
#include "app/demo/papers.hpp"
#include "app/demo/pupils.hpp"
#include "app/demo/region.hpp"
#include "engine/base/files.hpp"

namespace kaskad::demo {
namespace {

/// The options of fixtures/region, as its README states them.
DemoOptions fixture_options() {
  DemoOptions options;
  options.schools = 60;
  options.years = 5;
  options.pupils = 12000;
  options.seed = 2026;
  return options;
}

DemoOptions large_options() {
  DemoOptions options;
  options.schools = 875;
  options.years = 5;
  options.pupils = 300000;
  options.seed = 7;
  return options;
}

const Region& large_region() {
  static const Region region = build_region(large_options());
  return region;
}

std::string file_of(const DemoOptions& options, const std::string& name) {
  for (const DemoFile& file : make_region(options)) {
    if (file.name == name) return bytes_of(file);
  }
  return {};
}

std::int64_t lines_in(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

template <class Visit>
void each_score(const Region& region, std::size_t school, int year, Visit visit) {
  for (std::size_t g = 0; g < region.grades.size(); ++g) {
    PupilSource source(region, school, year, g);
    const auto papers = source.papers();
    while (const auto pupil = source.next()) {
      for (std::size_t i = 0; i < papers.size(); ++i) {
        if (pupil->scores[i].taken && !pupil->scores[i].absent) visit(papers[i], pupil->scores[i]);
      }
    }
  }
}

struct Moments {
  double sum = 0;
  double squares = 0;
  std::int64_t n = 0;
  void add(double x) { sum += x, squares += x * x, ++n; }
  double mean() const { return sum / static_cast<double>(n); }
  double sd() const { return std::sqrt(squares / static_cast<double>(n) - mean() * mean()); }
};

/// Standardised primary scores of all schools of a part in a year.
Moments level_of(const Region& region, Part part, int year) {
  Moments out;
  for (std::size_t s = 0; s < region.schools.size(); ++s) {
    if (region.schools[s].part != part) continue;
    each_score(region, s, year, [&](const Paper& p, const Score& score) { out.add((score.primary - p.mean) / p.sd); });
  }
  return out;
}

TEST(Demo, RegeneratesTheFixtureByteByByte) {
  std::set<std::string> made;
  for (const DemoFile& file : make_region(fixture_options())) {
    const auto kept = read_file("fixtures/region/" + file.name);
    ASSERT_TRUE(kept.has_value()) << file.name;
    EXPECT_TRUE(bytes_of(file) == *kept) << file.name << ": kaskad demo makes other bytes than fixtures/region holds";
    made.insert(file.name);
  }
  for (const auto& entry : std::filesystem::directory_iterator("fixtures/region")) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(made.contains(name) || name == "README.md") << name << " is not made by kaskad demo";
  }
}

TEST(Demo, HandsOverTheSameBytesEachTime) {
  for (const DemoFile& file : make_region(fixture_options())) {
    EXPECT_TRUE(bytes_of(file) == bytes_of(file)) << file.name;
  }
}

TEST(Demo, AnotherSeedMakesAnotherRegion) {
  DemoOptions other = fixture_options();
  other.seed = 2027;
  EXPECT_NE(file_of(fixture_options(), "oge.csv"), file_of(other, "oge.csv"));
  EXPECT_NE(file_of(fixture_options(), "registry.csv"), file_of(other, "registry.csv"));
}

TEST(Demo, TestsExactlyAsManyPupilsAsAskedFor) {
  for (const std::int64_t pupils : {6000, 12000, 12345, 300000}) {
    DemoOptions options = fixture_options();
    options.pupils = pupils;
    const Region region = build_region(options);
    std::int64_t sum = 0;
    for (const int cohort : region.cohorts) sum += cohort;
    EXPECT_EQ(sum, pupils);
  }
}

TEST(Demo, WideFilesHaveOneRowAPupil) {
  const Region region = build_region(fixture_options());
  ASSERT_EQ(region.grades, (std::vector<int>{6, 9, 11}));
  std::int64_t sixth = 0;
  for (std::size_t s = 0; s < region.schools.size(); ++s) {
    for (int year = 0; year < 5; ++year) sixth += region.pupils_in(s, year, 0);
  }
  EXPECT_EQ(lines_in(file_of(fixture_options(), "vpr-5-8.csv")), sixth + 1);
}

TEST(Demo, HasTheRuralAndSmallSchoolsOfARealRegion) {
  const auto& schools = large_region().schools;
  const auto count = [&](auto is) { return std::count_if(schools.begin(), schools.end(), is); };
  EXPECT_EQ(count([](const DemoSchool& s) { return s.rural; }), 490);             // 56 % of 875
  EXPECT_EQ(count([](const DemoSchool& s) { return s.small; }), 289);             // 33 %
  EXPECT_EQ(count([](const DemoSchool& s) { return s.small && s.rural; }), 277);  // 96 % of the small
  EXPECT_EQ(large_region().municipalities.size(), 42U);
}

TEST(Demo, GivesEverySchoolALoginAndANameOfItsOwn) {
  std::set<std::string> ids;
  std::set<std::string> names;
  for (const DemoSchool& s : large_region().schools) {
    ids.insert(s.id);
    names.insert(s.name);
    EXPECT_EQ(s.id.size(), 9U) << s.id;
  }
  EXPECT_EQ(ids.size(), 875U);
  EXPECT_EQ(names.size(), 875U);
}

TEST(Demo, ScoresStayWithinTheirScales) {
  const Region region = build_region(fixture_options());
  for (std::size_t s = 0; s < region.schools.size(); ++s) {
    each_score(region, s, 0, [](const Paper& paper, const Score& score) {
      EXPECT_GE(score.primary, 0);
      EXPECT_LE(score.primary, paper.maximum);
      if (paper.exam == Exam::ege) {
        EXPECT_EQ(score.mark, 0);
      } else {
        EXPECT_EQ(score.mark, mark_of(paper, score.primary));
      }
      EXPECT_EQ(score.journal != 0, paper.exam == Exam::vpr);
    });
  }
}

TEST(Demo, StandardisedScoresHaveMeanNearZeroAndSpreadNearOne) {
  Moments all;
  for (const Part part : {Part::none, Part::focus, Part::control, Part::base, Part::partner}) {
    const Moments m = level_of(large_region(), part, 0);
    all.sum += m.sum, all.squares += m.squares, all.n += m.n;
  }
  EXPECT_NEAR(all.mean(), 0.0, 0.15);  // large schools stand in better circumstances
  EXPECT_NEAR(all.sd(), 1.0, 0.1);
}

TEST(Demo, FocusSchoolsAreLowAtEntry) {
  EXPECT_LT(level_of(large_region(), Part::focus, 0).mean(), level_of(large_region(), Part::none, 0).mean() - 0.4);
}

/// The same pupils with the same draws, but without the programme: what it adds is seen without noise.
TEST(Demo, TheProgrammeAddsItsEffectToFocusSchoolsInTheFinalWaveOnly) {
  const Region& with = large_region();
  Region without = with;
  for (DemoSchool& s : without.schools) {
    if (s.part == Part::focus) s.part = Part::base;
  }
  const auto added = [&](int year) {
    Moments m;
    for (std::size_t s = 0; s < with.schools.size(); ++s) {
      if (with.schools[s].part != Part::focus) continue;
      each_score(with, s, year, [&](const Paper& p, const Score& score) { m.add((score.primary - p.mean) / p.sd); });
      each_score(without, s, year,
                 [&](const Paper& p, const Score& score) { m.sum -= (score.primary - p.mean) / p.sd; });
    }
    return m.mean();
  };
  EXPECT_NEAR(added(3), 0.0, 1e-12);
  EXPECT_NEAR(added(4), 0.15, 0.01);  // rounding and the scale's ends take a little
}

TEST(Demo, ChosenSchoolsRegressTowardsTheMean) {
  const Region& region = large_region();
  const double entry = (level_of(region, Part::focus, 0).mean() + level_of(region, Part::focus, 1).mean()) / 2;
  const double region_rise = level_of(region, Part::none, 2).mean() -
                             (level_of(region, Part::none, 0).mean() + level_of(region, Part::none, 1).mean()) / 2;
  EXPECT_GT(level_of(region, Part::focus, 2).mean() - entry, region_rise);
}

TEST(Demo, ChoosesTwelvePercentForSupportAndAsManyControls) {
  const auto& schools = large_region().schools;
  const auto count = [&](Part part) {
    return std::count_if(schools.begin(), schools.end(), [&](const DemoSchool& s) { return s.part == part; });
  };
  EXPECT_EQ(count(Part::focus), 105);
  EXPECT_EQ(count(Part::control), 105);
  EXPECT_EQ(count(Part::base), 35);
  EXPECT_EQ(large_region().pairs.size(), 105U);
  std::map<std::size_t, int> helped;
  for (const DemoPair& pair : large_region().pairs) ++helped[pair.partner];
  for (const auto& [partner, times] : helped) EXPECT_LE(times, 3) << partner;
}

TEST(Demo, LenientSchoolsHaveAGapUnderTheBorderOfThree) {
  std::int64_t under = 0;
  std::int64_t above = 0;
  const Region& region = large_region();
  for (std::size_t s = 0; s < region.schools.size(); ++s) {
    if (!region.schools[s].lenient) continue;
    each_score(region, s, 0, [&](const Paper& paper, const Score& score) {
      if (paper.exam != Exam::vpr) return;
      under += score.primary == paper.marks[0] ? 1 : 0;
      above += score.primary == paper.marks[0] + 1 ? 1 : 0;
    });
  }
  EXPECT_GT(under, 0);
  EXPECT_GT(above, 4 * under);
}

TEST(Demo, WavesFollowTheYears) {
  DemoOptions options = fixture_options();
  options.years = 2;
  EXPECT_FALSE(build_region(options).waves.has_intermediate());
  EXPECT_THAT(file_of(options, "kaskad.toml"), testing::Not(testing::HasSubstr("intermediate =")));
  options.years = 3;
  EXPECT_THAT(file_of(options, "kaskad.toml"),
              testing::HasSubstr("entry = [2024]\nintermediate = [2025]\nfinal = [2026]\n"));
  options.years = 5;
  EXPECT_THAT(file_of(options, "kaskad.toml"),
              testing::HasSubstr("entry = [2022, 2023]\nintermediate = [2024, 2025]\nfinal = [2026]\n"));
}

TEST(Demo, SaysWhichOptionIsOutOfItsRange) {
  const auto code = [](DemoOptions options) { return check_options(options).error().message.code; };
  DemoOptions options = fixture_options();
  EXPECT_TRUE(check_options(options).has_value());
  options.years = 1;
  EXPECT_EQ(code(options), "demo-years");
  options = fixture_options();
  options.schools = 10000;
  EXPECT_EQ(code(options), "demo-schools");
  options = fixture_options();
  options.pupils = 2999;
  EXPECT_EQ(code(options), "demo-pupils");
  options = fixture_options();
  options.last_year = 26;
  EXPECT_EQ(code(options), "demo-last-year");
}

TEST(DemoCsv, QuotesWhatMustBeQuotedAndWritesCp1251) {
  CsvRows comma({CsvEncoding::utf8, ','});
  comma.text("а, б").text("«в»").text("г \"д\"").number(-5).end_row();
  EXPECT_EQ(comma.bytes(), "\"а, б\",«в»,\"г \"\"д\"\"\",-5\r\n");
  CsvRows bytes({CsvEncoding::cp1251, ';'});
  bytes.text("№ 1 «Ёж» я–А").thousandths(1042).end_row();
  EXPECT_EQ(bytes.bytes(), "\xB9 1 \xAB\xA8\xE6\xBB \xFF\x96\xC0;1,042\r\n");
}

TEST(DemoNames, AreInCorrectGrammar) {
  EXPECT_EQ(village_adjective(0, 0), "Берёзовская");
  EXPECT_EQ(village_adjective(1, 23), "Новоподгорненская");
  EXPECT_EQ(village_adjective(7, 24), "Усть-Каменская");
  EXPECT_EQ(village_adjective(0, 52 - 2), "Родниковская");
  EXPECT_EQ(district_municipality(1), "Заречный муниципальный район");
  EXPECT_EQ(district_municipality_genitive(1), "Заречного муниципального района");
  EXPECT_EQ(district_municipality_genitive(22), "Ключевского муниципального района");
  EXPECT_EQ(of_city(1), "г. Ясноборска");
}

TEST(DemoPapers, TestScoresRiseFromZeroToAHundredThroughTheMinimum) {
  for (const Paper& paper : all_papers()) {
    if (paper.exam != Exam::ege) continue;
    EXPECT_EQ(test_score(paper.subject, 0), 0);
    EXPECT_EQ(test_score(paper.subject, paper.maximum), 100);
    for (int primary = 1; primary <= paper.maximum; ++primary) {
      EXPECT_GT(test_score(paper.subject, primary), test_score(paper.subject, primary - 1));
    }
  }
  EXPECT_EQ(test_score(SubjectIndex::profile, 5), 27);
  EXPECT_EQ(lowest_test_score(SubjectIndex::social), 42);
}

TEST(DemoDraws, BellHasMeanZeroAndSpreadOne) {
  RandomStream random = stream_of(1, Purpose::layout);
  Moments m;
  for (int i = 0; i < 100000; ++i) m.add(bell(random));
  EXPECT_NEAR(m.mean(), 0.0, 0.016);  // five standard errors
  EXPECT_NEAR(m.sd(), 1.0, 0.01);
}

}  // namespace
}  // namespace kaskad::demo
