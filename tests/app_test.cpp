// The command as its user meets it, and the main job on real data against certified numbers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <sstream>

#include "app/batch/file_names.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/judge.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct Ran {
  int status = -1;
  std::string out;  ///< stdout and stderr.
};

Ran shell(const std::string& command) {
  Ran ran;
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) ran.out.append(part.data(), n);
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

Ran kaskad_command(const std::string& arguments) { return shell(std::string(KASKAD_PROGRAM) + " " + arguments); }

std::string fresh_folder(const std::string& name) {
  const fs::path folder = fs::path(testing::TempDir()) / ("kaskad_app_" + name);
  fs::remove_all(folder);
  return folder.string();
}

/// All files under a folder, by relative path.
std::map<std::string, std::string> contents_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).string()] = read_file(entry.path().string()).value();
  }
  return files;
}

/// Value of a row of estimates.csv, found by its first columns.
double estimate_in(const std::string& csv, const std::string& key) {
  const std::size_t at = csv.find("\n" + key + ",");
  if (at == std::string::npos) return std::nan("");
  std::istringstream row(csv.substr(at + 1 + key.size() + 1));
  std::string n, value;
  std::getline(row, n, ',');
  std::getline(row, value, ',');
  return std::stod(value);
}

class Bagrut : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new std::string(fresh_folder("bagrut"));
    const Ran ran = kaskad_command("run fixtures/bagrut/kaskad.toml -q --date 2026-11-21 --threads 2 -o " + *folder_);
    ASSERT_EQ(ran.status, 0) << ran.out;
  }
  static void TearDownTestSuite() { delete folder_; }
  static const std::string& folder() { return *folder_; }

 private:
  static inline std::string* folder_ = nullptr;
};

// Shares of acceptance: computed from the published data set in R 4.2.2.
TEST_F(Bagrut, SharesAreTheCertifiedOnes) {
  const std::string csv = read_file(folder() + "/estimates.csv").value();
  const std::map<std::string, double> certified = {{"control,1999", 0.257362936}, {"control,2000", 0.200099305},
                                                   {"control,2001", 0.218550107}, {"control,2002", 0.315543071},
                                                   {"focus,1999", 0.239324261},   {"focus,2000", 0.248395062},
                                                   {"focus,2001", 0.265809769},   {"focus,2002", 0.294251825}};
  for (const auto& [key, share] : certified) {
    EXPECT_NEAR(estimate_in(csv, "certificate_share,BAGRUT,certificate,12,group," + key), 100 * share, 5e-8) << key;
  }
}

TEST_F(Bagrut, TheReportPrintsThemInPercentWithOneDecimalAndAComma) {
  const Ran text = shell("pdftotext -layout " + folder() + "/annual.pdf -");
  for (const auto* share : {"25,7", "20,0", "21,9", "31,6", "23,9", "24,8", "26,6", "29,4"})
    EXPECT_THAT(text.out, HasSubstr(share));
  EXPECT_THAT(text.out, HasSubstr("16 526"));
  EXPECT_THAT(text.out, Not(HasSubstr("⟦")));
}

TEST_F(Bagrut, EverySchoolHasItsPassportAndNoOtherSchoolIsOnIt) {
  EXPECT_EQ(std::distance(fs::directory_iterator(folder() + "/passports"), fs::directory_iterator()), 39);
  const Ran text = shell("pdftotext " + folder() + "/passports/11.pdf -");
  EXPECT_THAT(text.out, HasSubstr("Школа 11"));
  EXPECT_THAT(text.out, HasSubstr("входит в фокус-группу"));
}

/// What is said of the real data, and its first headline: the share with a certificate.
struct Judged {
  Judgements judgements;
  std::size_t headline = 0;
};

Judged judged_bagrut() {
  const auto resources = find_resources();
  const auto texts = resources->texts("ru");
  Console console(*texts, true);
  const auto loaded = load_project("fixtures/bagrut/kaskad.toml", *resources, console, stderr);
  const std::optional<Project>& project = *loaded;
  const Dataset data = load_dataset(*project, 2, console);
  Judged out{judge(*project, data, 2), 0};
  Diagnostics without_data;
  out.headline = find_headlines(*project, data, out.judgements.figures, without_data).front();
  EXPECT_TRUE(without_data.empty());
  return out;
}

/// n of groups and years, and the difference in differences of pupils with school effects, from R (acceptance.md): the
/// effect of 2001 against 2000 is the same whether years or waves are compared. One year lies before the reference.
TEST(MainJob, TheStudyOfTheEffectFollowsTheCertifiedPupilsAndYears) {
  const Judged judged = judged_bagrut();
  const auto& studies = judged.judgements.studies;
  const auto study =
      std::find_if(studies.begin(), studies.end(), [&](const EffectStudy& s) { return s.series == judged.headline; });
  ASSERT_NE(study, studies.end());
  EXPECT_EQ(study->first_year, 2001);
  EXPECT_EQ(study->focus.pupils_entry, 2131 + 2025);
  EXPECT_EQ(study->control.pupils_entry, 2207 + 2014);
  EXPECT_EQ(study->focus.pupils_final, 2192);
  EXPECT_EQ(study->control.pupils_final, 2136);
  EXPECT_EQ(study->focus.schools + study->control.schools, 39);
  ASSERT_EQ(study->years.size(), 4U);
  EXPECT_TRUE(study->years[0].before && study->years[1].reference);
  EXPECT_NEAR(study->years[2].effect.value, -1.2215864052306, 1e-9);
  for (const std::size_t y : {0U, 2U, 3U}) {
    const YearEffect& year = study->years[y];
    EXPECT_LT(year.band_lo, year.effect.lo);
    EXPECT_GT(year.band_hi, year.effect.hi);
  }
  const std::array<int, 4> schools = {39, 39, 39, 38};  // With pupils in the file in that year.
  for (std::size_t y = 0; y < schools.size(); ++y) EXPECT_EQ(study->years[y].effect.n, schools[y]) << y;
  EXPECT_EQ(study->pre_trend.effects, 1);
  ASSERT_FALSE(study->violations.empty());
  EXPECT_EQ(study->violations[0].size, 0);
  EXPECT_NEAR(study->violations[0].lo, study->years[3].effect.lo, 1e-9) << "one effect, one interval";
  EXPECT_NEAR(study->violations[0].hi, study->years[3].effect.hi, 1e-9);
  EXPECT_EQ(study->quality.verdicts.size(), stats::kDesignSigns);
}

/// The certified line: pupils, school effects, clusters = schools, CR2 with Satterthwaite df (clubSandwich 0.5.8).
TEST(MainJob, TheDifferenceInDifferencesIsTheCertifiedOne) {
  const Judged judged = judged_bagrut();
  const Judgements& judgements = judged.judgements;
  const auto comparison = std::find_if(judgements.comparisons.begin(), judgements.comparisons.end(),
                                       [&](const SeriesComparison& c) { return c.series == judged.headline; });
  ASSERT_NE(comparison, judgements.comparisons.end());
  const ChangeComparison& change = comparison->changes.at(1);
  EXPECT_EQ(change.from + change.to, "20002001");
  EXPECT_NEAR(change.effect.value, -1.2215864052306, 1e-9);
  EXPECT_NEAR(change.effect.se, 3.4907063422039, 1e-9);
  EXPECT_NEAR(change.effect.df, 27.535139164905, 1e-7);
  EXPECT_NEAR(change.effect.p, 0.729035988041697, 1e-9);
  EXPECT_EQ(change.effect.clusters, 39);
}

TEST(Determinism, AnyThreadsTimeZoneLocaleAndFolderGiveTheSameBytes) {
  const std::string one = fresh_folder("one"), two = fresh_folder("two");
  const std::string project = fs::absolute("fixtures/region/kaskad.toml").string();
  const std::string arguments = " -q --date 2026-11-21 ";
  ASSERT_LE(kaskad_command("run fixtures/region/kaskad.toml" + arguments + "--threads 1 -o " + one).status, 1);
  ASSERT_LE(shell("cd / && TZ=Asia/Irkutsk LC_ALL=C LANG=de_DE.UTF-8 " + fs::absolute(KASKAD_PROGRAM).string() +
                  " run " + project + arguments + "--threads 2 -o " + two)
                .status,
            1);
  const auto first = contents_of(one), second = contents_of(two);
  ASSERT_GT(first.size(), 60U);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [file, bytes] : first) EXPECT_TRUE(bytes == second.at(file)) << file;
}

TEST(Region, TheDemoRegionGivesAllItsReportsInEnglishToo) {
  const std::string folder = fresh_folder("english");
  const Ran ran = kaskad_command("run fixtures/region/kaskad.toml -q --date 2026-11-21 --lang en -o " + folder);
  ASSERT_LE(ran.status, 1) << ran.out;
  const Ran text = shell("pdftotext -layout " + folder + "/annual.pdf -");
  for (const auto* words : {"Annual report", "Focus group", "Municipalities", "Maturity of programmes", "reflexive"}) {
    EXPECT_THAT(text.out, HasSubstr(words));
  }
  EXPECT_THAT(text.out, Not(HasSubstr("⟦")));
}

TEST(Defects, EachIsDiagnosedAndTheGoodRowsAreCounted) {
  const Ran ran = kaskad_command("check fixtures/broken/kaskad.toml --all");
  EXPECT_EQ(ran.status, kDefects);
  const std::map<std::string, std::string> expected = {{"missing-column", "missing-column.csv (subject)"},
                                                       {"not-a-number", "letter.csv:2:7 (primary)"},
                                                       {"over-maximum", "over-maximum.csv:2:7 (primary)"},
                                                       {"duplicate-pupil-row", "duplicate.csv:4:6 (pupil)"},
                                                       {"unknown-school", "unknown-school.csv:2:1 (school)"},
                                                       {"empty-file", "empty.csv"},
                                                       {"year-outside-project", "year.csv:3:2 (year)"},
                                                       {"not-utf8", "cp1251.csv:2"},
                                                       {"workbook-broken", "truncated.xlsx"}};
  for (const auto& [code, place] : expected) EXPECT_THAT(ran.out, HasSubstr("ошибка[" + code + "] " + place));
  for (const auto* line : {"good.csv (результаты): прочитано 3 строки, учтено 3, отклонено 0",
                           "letter.csv (результаты): прочитано 2 строки, учтено 1, отклонено 1",
                           "duplicate.csv (результаты): прочитано 3 строки, учтено 2, отклонено 1",
                           "cp1251.csv (результаты): прочитано 2 строки, учтено 2",
                           "whole.xlsx (результаты): прочитано 1 строка, учтено 1"}) {
    EXPECT_THAT(ran.out, HasSubstr(line));
  }
  EXPECT_THAT(ran.out, HasSubstr("Ошибок: 9,"));
}

TEST(Defects, ReportsAreMadeAllTheSame) {
  const std::string folder = fresh_folder("broken");
  const Ran ran = kaskad_command("run fixtures/broken/kaskad.toml -q --date 2026-11-21 -o " + folder);
  EXPECT_EQ(ran.status, kDefects);
  EXPECT_THAT(read_file(folder + "/diagnostics.json").value(), HasSubstr("\"code\":\"workbook-broken\""));
  for (const auto* file : {"/estimates.csv", "/annual.pdf", "/passports/103.pdf", "/workbook.xlsx"})
    EXPECT_TRUE(file_exists(folder + file)) << file;
  EXPECT_THAT(shell("pdftotext -layout " + folder + "/annual.pdf -").out, HasSubstr("нет данных"));
}

TEST(Settings, MisspeltKeysComeAllAtOnceWithLineColumnAndTheNearestKey) {
  const std::string folder = fresh_folder("settings");
  ASSERT_TRUE(write_file(folder + "/kaskad.toml",
                         "[project]\nid = \"x\"\ntitel = \"t\"\nregion = \"r\"\nyears = [2025, 2024]\n\n[waves]\nentry "
                         "= [2023]\nfinal = [2025]\n\n"
                         "[[source]]\nkind = \"registri\"\nfile = \"r.csv\"\n\n[[headline]]\nindicator = "
                         "\"pass_rat\"\nprocedure = \"VPR\"\nsubject = \"MA\"\n"));
  const Ran ran = kaskad_command("check " + folder + "/kaskad.toml");
  EXPECT_EQ(ran.status, kUsage);
  for (const auto* line : {"kaskad.toml:3:", "Может быть, «title»?",
                           "kaskad.toml:5:", "kaskad.toml:8:", "kaskad.toml:12:", "Может быть, «registry»?",
                           "kaskad.toml:16:", "Может быть, «pass_rate»?"}) {
    EXPECT_THAT(ran.out, HasSubstr(line));
  }
}

TEST(Command, TellsItsUseInBothLanguagesAndItsExitCodes) {
  EXPECT_EQ(kaskad_command("--help").status, kDone);
  EXPECT_THAT(kaskad_command("run --help").out, HasSubstr("Примеры:"));
  EXPECT_THAT(kaskad_command("--lang en run --help").out, HasSubstr("Examples:"));
  EXPECT_EQ(kaskad_command("run").status, kUsage);
  EXPECT_EQ(kaskad_command("run x.toml -o out --date 2026-02-30").status, kUsage);
  EXPECT_EQ(kaskad_command("check no-such-file.toml").status, kFailure);
  EXPECT_THAT(kaskad_command("check no-such-file.toml").out, HasSubstr("no-such-file.toml"));
}

TEST(Command, TheListOfIndicatorsInTheDocsIsTheCataloguesOwn) {
  EXPECT_EQ(kaskad_command("indicators --markdown --lang en").out, read_file("docs/indicators.md").value());
}

TEST(Files, SchoolIdsBecomeSafeFileNames) {
  EXPECT_EQ(file_name_of("edu220012"), "edu220012");
  EXPECT_EQ(file_name_of("../a b/№5"), ".._a_b_№5");
}

}  // namespace
}  // namespace kaskad::app
