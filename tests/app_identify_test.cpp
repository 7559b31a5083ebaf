// Finding schools as its user meets it: whatif, explain, the drift table of Irkutsk, quintiles of real schools.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/resources.hpp"
#include "app/source_rows.hpp"
#include "app/study.hpp"
#include "engine/base/files.hpp"
#include "reports/content/identify_words.hpp"
#include "reports/content/report_data.hpp"
#include "tests/app_texts.hpp"

namespace kaskad::app {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct Said {
  int status = -1;
  std::string out, err;
};

Said say(const std::string& arguments) {
  Said said;
  const std::string errors = testing::TempDir() + "/kaskad_identify_stderr";
  std::FILE* pipe = popen((std::string(KASKAD_PROGRAM) + " " + arguments + " 2>" + errors).c_str(), "r");
  std::array<char, 4096> part{};
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) said.out.append(part.data(), n);
  said.status = WEXITSTATUS(pclose(pipe));
  said.err = read_file(errors).value();
  return said;
}

constexpr const char* kRegionProject = "fixtures/region/kaskad.toml";

/// A project read and judged; the briefing refers into it.
struct Told {
  explicit Told(const std::string& file, const std::string& follow = {})
      : resources(find_resources().value()), texts(texts_of(resources, "ru")) {
    Console console(texts, true);
    study = begin_study(load_project(file, resources, console, stderr).value().value(), 2, console, follow);
    judge_study(study, Depth::without_comparisons, 2, console);
  }
  reports::Briefing briefing() const { return briefing_of(study, "2026-11-21", texts); }
  const Identification& found() const { return study.judgements.identification; }

  Resources resources;
  Texts texts;
  Study study;
};

std::string cell(const reports::Value& tree, const std::string& path) {
  const reports::Value* value = tree.find("identification.social.drift." + path);
  return value == nullptr || value->text() == nullptr ? "⟦" + path + "⟧" : *value->text();
}

/// Table 1 of the Irkutsk document, to its last digit, the outer ends 0 and 100.
TEST(Irkutsk, TheDriftTableIsTheOneThatWasPrinted) {
  const Told told("fixtures/irkutsk-index/kaskad.toml");
  const reports::Value tree = reports::region_data(told.briefing());
  const std::array<std::array<const char*, 2>, 5> printed = {{{"0–76,8", "0–79,32"},
                                                              {"76,9–79,4", "79,35–81,61"},
                                                              {"79,5–81,4", "81,62–83,07"},
                                                              {"81,5–83,6", "83,08–84,84"},
                                                              {"83,7–100", "84,88–100"}}};
  for (std::size_t g = 0; g < printed.size(); ++g) {
    for (std::size_t t = 0; t < 2; ++t)
      EXPECT_EQ(cell(tree, std::to_string(g) + ".intervals." + std::to_string(t)), printed[g][t]);
  }
  const SocialIndex& index = told.found().social;
  EXPECT_EQ(index.times[1].ranked, 50);
  EXPECT_EQ(index.times[1].missing_shares, 1);
  EXPECT_EQ(index.times[1].no_context, 1);
  const Transition& moves = index.transitions.at(0);
  EXPECT_EQ(moves.appeared, 1);
  EXPECT_EQ(moves.gone, 1);
  std::int64_t moved = 0, stayed = 0;
  for (std::size_t g = 0; g < 5; ++g) {
    for (std::size_t h = 0; h < 5; ++h) (g == h ? stayed : moved) += moves.counts[g][h];
  }
  EXPECT_EQ(moved, 12);  // six pairs have changed places
  EXPECT_EQ(stayed, 37);
}

/// Numbers of index.R (R 4.2.2) through the whole program: readers, settings, regression, groups.
TEST(Californian, TheShippedExampleHasTheFifthsOfR) {
  const Told told("fixtures/apipop/kaskad.toml");
  const SocialIndex& index = told.found().social;
  ASSERT_EQ(index.times.size(), 2U);
  EXPECT_EQ(index.times[0].ranked, 6012);
  EXPECT_EQ(index.times[0].missing_shares, 6194 - 6012);
  EXPECT_NEAR(index.times[0].fit.weights[0], 0.51636062485990863, 1e-9);
  EXPECT_NEAR(index.times[1].fit.weights[0], 0.52732169180203703, 1e-9);
  EXPECT_EQ(index.transitions.at(0).counts[0][1], 7);
  EXPECT_EQ(index.transitions.at(0).counts[4][4], 1199);
  EXPECT_TRUE(told.found().low.empty());
}

json whatif_json(const std::string& sets) {
  const Said said = say(std::string("whatif ") + kRegionProject + " --json " + sets);
  EXPECT_LE(said.status, kDefects) << said.err;
  return json::parse(said.out);
}

/// A work stands in a passport for a printed share alone, and a hidden share has no verdict.
TEST(Passports, TellNothingOfAHiddenShareByItsVerdict) {
  const Told told(kRegionProject);
  const reports::Briefing b = told.briefing();
  const double threshold = 100 * told.found().low.settings.threshold;
  int hidden = 0;
  for (SchoolId s = 0; s < b.data.registry.schools.size(); ++s) {
    const reports::Value tree = reports::school_data(b, s);
    const reports::Value* shares = tree.find("identification.shares");
    if (shares == nullptr || shares->list() == nullptr) continue;
    for (const reports::Value& row : *shares->list()) {
      const Estimate& share = row.find("share")->quantity()->estimate;
      const bool is_hidden = share.reason == Undefined::complementary;
      hidden += is_hidden;
      EXPECT_EQ(*row.find("low")->text() == "скрыто", is_hidden);
      EXPECT_FALSE(is_hidden && row.find("is_low")->truthy());
      bool reached = share.defined() && share.value >= threshold - 1e-9;
      for (const reports::Value& earlier : *row.find("earlier")->list()) {
        const Estimate& e = earlier.quantity()->estimate;
        reached = reached || (e.defined() && e.value >= threshold - 1e-9);
      }
      EXPECT_TRUE(reached);
    }
  }
  EXPECT_GT(hidden, 0);
}

/// All that a passport says of low results in words.
std::vector<std::string> words_on_low_results(const reports::Briefing& b, SchoolId school) {
  const reports::Value tree = reports::school_data(b, school);
  std::vector<std::string> words;
  for (const char* path : {"identification.low_text", "identification.low_standing", "identification.never_low"}) {
    const reports::Value* value = tree.find(path);
    if (value != nullptr && value->text() != nullptr) words.push_back(*value->text());
  }
  for (const char* path : {"identification.rules", "identification.changes"}) {
    const reports::Value* rows = tree.find(path);
    if (rows == nullptr || rows->list() == nullptr) continue;
    for (const reports::Value& row : *rows->list()) {
      for (const char* cell : {"text", "reason"}) {
        if (row.find(cell) != nullptr && row.find(cell)->text() != nullptr) words.push_back(*row.find(cell)->text());
      }
    }
  }
  return words;
}

/// Every hidden share is made to reach the threshold, or not to; the verdicts of the rules stay what they are.
void set_hidden_shares(LowIdentification& low, bool reach) {
  for (SchoolId s = 0; s < low.schools; ++s) {
    for (std::size_t p = 0; p < low.procedures.size(); ++p) {
      for (std::size_t y = 0; y < low.years.size(); ++y) {
        LowShare& share = low.shares[(s * low.procedures.size() + p) * low.years.size() + y];
        if (share.state != ShareState::judged || share.withheld == Undefined::none) continue;
        LowVerdict& verdict = low.verdicts[s * low.years.size() + y];
        verdict.low += (reach ? 1 : 0) - (share.share.value >= low.settings.threshold ? 1 : 0);
        share.share.value = reach ? 1 : 0;
        for (RuleVerdict& rule : verdict.rules) {
          auto& facts = rule.facts;
          const bool rests = std::find(facts.begin(), facts.end(), LowFact{p, y}) != facts.end();
          // A work that fails in one year carries no rule over several.
          const auto of_work = [&](const LowFact& fact) { return fact.procedure == p; };
          if (rests) facts.erase(std::remove_if(facts.begin(), facts.end(), of_work), facts.end());
          if (reach && rule.met == Answer::yes) facts.push_back({p, y});
        }
      }
    }
  }
}

/// Whoever reads the words beside the table learns nothing of the hidden shares: they are the same whatever these are.
TEST(Passports, SayTheSameInWordsWhateverAHiddenShareIs) {
  Told told(kRegionProject);
  const reports::Briefing b = told.briefing();
  LowIdentification& low = told.study.judgements.identification.low;
  const std::size_t last = low.years.size() - 1;
  std::vector<std::vector<std::string>> above;
  set_hidden_shares(low, true);
  for (SchoolId s = 0; s < low.schools; ++s) above.push_back(words_on_low_results(b, s));
  set_hidden_shares(low, false);
  int hidden = 0;
  for (SchoolId s = 0; s < low.schools; ++s) {
    EXPECT_EQ(words_on_low_results(b, s), above[s]) << b.data.registry.schools[s].id;
    const reports::PrintedShares shares = reports::printed_shares(low, s, last);
    hidden += shares.hidden > 0;
    EXPECT_EQ(shares.judged + shares.hidden, low.verdict(s, last).judged);
    const bool says = reports::low_text(b, low, s, last).find("ко всем работам") != std::string::npos;
    EXPECT_EQ(says, shares.hidden > 0 && low.verdict(s, last).listed != Answer::not_judged);
  }
  EXPECT_GT(hidden, 0);
}

TEST(WhatIf, ALowerThresholdOnlyAddsSchoolsAndTheCountsAgree) {
  const json low = whatif_json("--set low.threshold=0.2").at("lists").at(0);
  EXPECT_EQ(low.at("list"), "low");
  EXPECT_GT(low.at("entered").size(), 0U);
  EXPECT_EQ(low.at("left").size(), 0U);
  EXPECT_EQ(low.at("before").get<int>() + static_cast<int>(low.at("entered").size()), low.at("after").get<int>());
  for (const json& school : low.at("entered")) EXPECT_THAT(school.at("reason").get<std::string>(), HasSubstr("%"));
}

TEST(WhatIf, TheSameSettingChangesNothing) {
  const json answer = whatif_json("--set low.threshold=0.3 --set social_index.weights=given");
  for (const json& list : answer.at("lists")) {
    EXPECT_EQ(list.at("before"), list.at("after"));
    EXPECT_TRUE(list.at("entered").empty() && list.at("left").empty() && list.at("moved").empty());
  }
}

TEST(WhatIf, TakesWordsListsAndNestedKeys) {
  const json lists = whatif_json("--set low.tiers.regional.combine=any --set 'low.subjects=[\"MA\"]'").at("lists");
  EXPECT_EQ(lists.size(), 2U);
}

TEST(WhatIf, TellsOfWrongSettingsWithTheNearestKey) {
  const std::map<std::string, std::string> wrong = {{"low.treshold=0.2", "low.threshold"},
                                                    {"lou.threshold=0.2", "«low»"},
                                                    {"low.threshold", "--set low.threshold=0.25"},
                                                    {"low.threshold=2", "от 0"},
                                                    {"low.tiers.regional.combine=some", "Допустимо: all, any"},
                                                    {"social_index.groups=1", "от 2 до 20"}};
  for (const auto& [set, words] : wrong) {
    const Said said = say(std::string("whatif ") + kRegionProject + " --set '" + set + "'");
    EXPECT_EQ(said.status, kUsage) << set;
    EXPECT_THAT(said.err, HasSubstr(words == "low.threshold" ? "threshold" : words)) << set;
  }
  EXPECT_EQ(say(std::string("whatif ") + kRegionProject).status, kUsage);
  EXPECT_EQ(say("whatif no-such.toml --set low.threshold=0.2").status, kFailure);
}

TEST(WhatIf, IsTheSameForAnyNumberOfThreads) {
  const std::string arguments = std::string("whatif ") + kRegionProject + " --set low.threshold=0.25 --json --threads ";
  EXPECT_EQ(say(arguments + "1").out, say(arguments + "3").out);
}

/// The first school that is on a list, by its id.
std::string listed_school(const Told& told) {
  const LowIdentification& low = told.found().low;
  for (SchoolId s = 0; s < low.schools; ++s) {
    if (low.verdict(s, low.years.size() - 1).tier) return told.study.data.registry.schools[s].id;
  }
  return {};
}

/// Rows named by explain are counted again in the files themselves.
TEST(Explain, NamesTheRowsThatCarryEachShare) {
  const Told told(kRegionProject);
  const std::string id = listed_school(told);
  ASSERT_FALSE(id.empty());
  const Said said = say("explain " + id + " " + kRegionProject + " --json");
  ASSERT_LE(said.status, kDefects) << said.err;
  const json all = json::parse(said.out);
  EXPECT_EQ(all.at("school"), id);
  EXPECT_EQ(all.at("low").at("listed"), "yes");
  int judged = 0;
  for (const json& share : all.at("low").at("shares")) {
    if (share.at("state") != "judged") continue;
    ++judged;
    std::int64_t rows = 0;
    for (const json& source : share.at("sources")) rows += source.at("count").get<std::int64_t>();
    EXPECT_EQ(rows, share.at("n").get<std::int64_t>()) << share.dump();
    EXPECT_LE(share.at("lo").get<double>(), share.at("share").get<double>());
  }
  EXPECT_GT(judged, 0);
  for (const json& component : all.at("social").at("components")) EXPECT_EQ(component.at("sources").size(), 1U);
}

TEST(Explain, SaysItInWordsInBothLanguagesWithoutAPupil) {
  const Told told(kRegionProject);
  const std::string id = listed_school(told);
  const Said russian = say("explain " + id + " " + kRegionProject);
  for (const auto* words : {"признаки низких результатов", "Правило «", "строк", "vpr-5-8.csv", "Индекс социального"})
    EXPECT_THAT(russian.out, HasSubstr(words));
  EXPECT_THAT(russian.out, Not(HasSubstr("⟦")));
  EXPECT_THAT(russian.out, Not(HasSubstr("60001")));
  const Said english = say("--lang en explain " + id + " " + kRegionProject);
  for (const auto* words : {"signs of low results", "Rule “", "rows: ", "Social index"})
    EXPECT_THAT(english.out, HasSubstr(words));
}

TEST(Explain, AnUnknownSchoolIsAUsageErrorThatNamesTheNearest) {
  const Said said = say(std::string("explain edu98001 ") + kRegionProject);
  EXPECT_EQ(said.status, kUsage);
  EXPECT_THAT(said.err, HasSubstr("edu98000"));
}

TEST(Explain, RowsAreWrittenAsRanges) {
  EXPECT_EQ(ranges_text({2, 3, 4, 7, 9, 10}), "2–4, 7, 9–10");
  EXPECT_EQ(ranges_text({5}), "5");
  EXPECT_EQ(ranges_text({}), "");
}

TEST(Settings, MistakesOfIdentificationComeWithTheirPlaces) {
  const std::string folder = testing::TempDir() + "/kaskad_identify_settings";
  const std::string toml = read_file("fixtures/irkutsk-index/kaskad.toml").value() +
                           "\n[low]\nthreshhold = 0.2\n\n[low.tiers.mine]\nrules = [\"severl\"]\n";
  ASSERT_TRUE(write_file(folder + "/kaskad.toml", toml));
  const Said said = say("check " + folder + "/kaskad.toml");
  EXPECT_EQ(said.status, kUsage);
  for (const auto* words : {"Может быть, «threshold»?", "Может быть, «several»?"})
    EXPECT_THAT(said.out, HasSubstr(words));
}

}  // namespace
}  // namespace kaskad::app
