// What check_evidence finds in evidence and in experts' overrides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indicators/evidence_checks.hpp"
#include "tests/indicators_maturity_fixtures.hpp"

namespace kaskad {
namespace {

using test::entry_and_final;
using test::kThreeCriteria;
using test::kThreeLevels;
using test::Rated;
using test::settings_of;
using testing::ElementsAre;
using testing::IsEmpty;

MaturitySettings plain() { return settings_of(std::string(kThreeCriteria) + kThreeLevels); }

/// "code:row" of each finding.
std::vector<std::string> found(const Dataset& data, const MaturitySettings& settings) {
  std::vector<std::string> out;
  for (const Diagnostic& d : check_evidence(data, settings, entry_and_final())) {
    EXPECT_EQ(d.severity, Severity::warning);
    out.push_back(d.message.code + ":" + std::to_string(d.place.row));
  }
  return out;
}

TEST(EvidenceChecks, FindDatesOutsideTheWaveAndTheProgramme) {
  Rated r(1);
  r.data.programmes[0].from = "2023-10-01";
  r.rate(0, "entry", "aims", "a", 1).date = "2024-08-31";      // the last day of the school year 2024
  r.rate(0, "entry", "aims", "b", 0).date = "2024-09-01";      // the first of the next
  r.rate(0, "entry", "analysis", "a", 1).date = "2023-09-30";  // before the programme
  r.rate(0, "final", "aims", "a", 1).date = "";
  EXPECT_THAT(found(r.data, plain()), ElementsAre("evidence-after-wave:3", "evidence-before-programme:4"));
}

TEST(EvidenceChecks, FindOneDocumentForEverything) {
  MaturitySettings settings = plain();
  settings.checks.same_document = 3;
  Rated r(2);
  for (int p = 0; p < 2; ++p) {
    for (const auto* c : {"monitoring", "analysis", "aims"}) r.rate(p, "entry", c, "a", 1).document = "report";
  }
  r.data.evidence.back().document = "plan";
  EXPECT_THAT(found(r.data, settings), ElementsAre("evidence-one-document:2"));
}

TEST(EvidenceChecks, FindARaterWhoGivesOneScoreToAll) {
  MaturitySettings settings = plain();
  settings.checks.same_score = 3;
  Rated r(1);
  for (const auto* c : {"monitoring", "analysis", "aims"}) r.rate(0, "entry", c, "a", 1), r.rate(0, "entry", c, "b", 1);
  r.data.evidence.back().score = 0.5;
  EXPECT_THAT(found(r.data, settings), ElementsAre("rater-one-score:2"));
}

TEST(EvidenceChecks, FindRunningProgrammesWithoutEvidence) {
  Rated r(4);
  r.rate(0, "entry", "aims", "a", 1);
  r.data.programmes[2].to = "2023-08-31";    // over before the entry wave began
  r.data.programmes[3].from = "2024-09-01";  // begun after it
  const auto diagnostics = check_evidence(r.data, plain(), entry_and_final());
  ASSERT_EQ(diagnostics.size(), 1U) << "nobody has evidence in the final wave";
  EXPECT_EQ(diagnostics[0].message.code, "evidence-missing");
  EXPECT_EQ(diagnostics[0].place.file, "evidence.csv");
  const Args wanted = {{"n", std::int64_t{1}},
                       {"programmes", std::string("P2")},
                       {"wave_ru", std::string("entry")},
                       {"wave_en", std::string("entry")}};
  EXPECT_EQ(diagnostics[0].message.args, wanted);
}

TEST(EvidenceChecks, FindEvidenceThatNoRatingReads) {
  MaturitySettings settings = plain();
  settings.by_level["municipal"] = settings_of(std::string("[[criterion]]\nid = \"law\"\n") +
                                               "[[level]]\nid = \"top\"\nshare = 1\n[[level]]\nid = \"low\"\n")
                                       .rubric;
  Rated r(1);
  r.rate(0, "entry", "law", "a", 1);
  r.rate(0, "intermediate", "aims", "a", 1);
  EXPECT_THAT(found(r.data, settings), ElementsAre("evidence-other-criterion:2", "evidence-other-wave:3"));
}

TEST(EvidenceChecks, FindOverridesThatCannotStand) {
  MaturitySettings settings = plain();
  const auto at = [](std::int64_t row) { return Place{"kaskad.toml", "", row, 0, "maturity.override"}; };
  settings.overrides = {{"P1", "entry", "reflexive", "N. N.", "2024-05-01", "seen", at(1)},
                        {"P1", "entry", "reflexive", "N. N.", "2024-07-01", "", at(2)},
                        {"P9", "entry", "reflexive", "N. N.", "2024-07-01", "seen", at(3)},
                        {"P1", "spring", "best", "", "2024-07-01", "seen", at(4)},
                        {"P1", "final", "formal", "N. N.", "soon", "seen", at(5)}};
  Rated r(1);
  r.rate(0, "entry", "aims", "a", 1).date = "2024-06-01";
  EXPECT_THAT(found(r.data, settings),
              ElementsAre("override-before-evidence:1", "override-no-reason:2", "override-twice:2",
                          "override-unknown-programme:3", "override-unknown-wave:4", "override-unknown-level:4",
                          "override-no-author:4", "override-no-date:5"));
}

TEST(EvidenceChecks, AreSilentOfSoundEvidence) {
  Rated r(1);
  r.rate(0, "entry", "aims", "a", 1).date = "2024-05-01";
  EXPECT_THAT(found(r.data, plain()), IsEmpty());
}

}  // namespace
}  // namespace kaskad
