// Plausibility: what each check doubts, what it leaves alone, and its rule by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/files.hpp"
#include "indicators/plausibility.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr ProcedureId kVpr = 0, kEge = 1, kOwn = 2;
constexpr SubjectId kRussian = 0, kPhysics = 1;

PlausibilityRules shipped_rules() {
  const ParsedConfig parsed =
      parse_config(read_file("indicators/catalogue/plausibility.toml").value(), "plausibility.toml");
  Diagnostics defects = parsed.diagnostics;
  ConfigReader reader(parsed.root, "plausibility.toml", "", defects);
  PlausibilityRules rules;
  read_plausibility(reader, rules);
  reader.finish();
  EXPECT_THAT(defects, IsEmpty());
  return rules;
}

/// A region of schools "1", "2", … whose cells a test fills.
class Region {
 public:
  explicit Region(int schools) {
    data_.vocabulary.procedures = {
        {"VPR", {{"ru", "ВПР"}}, {}, {}, 2, 5, {}}, {"EGE", {}, {}, {}, 2, 5, {}}, {"OWN", {}, {}, {}, 2, 5, {}}};
    data_.vocabulary.subjects = {{"RU", {{"ru", "Русский язык"}}, {}}, {"FI", {}, {}}};
    data_.vocabulary.scales = {{"VPR", "RU", 0, 0, 2024, 40, {}, {}, {}, {}, "", ""},
                               {"VPR", "RU", 0, 2025, 0, 24, {}, {}, {}, {}, "", ""}};
    data_.vocabulary.years = {2023, 2024, 2025};
    for (int i = 1; i <= schools; ++i) data_.registry.schools.push_back({std::to_string(i), "", "", "", {}, {}});
    data_.context.fields = {{"enrolment", {}, "count", true}, {"grade_5", {}, "count", true}};
  }

  /// `pupils` at `score`, and one each a point below and above, so that the scores vary.
  Region& add(SchoolId school, int year, int grade, int score, int pupils, ProcedureId procedure = kVpr,
              SubjectId subject = kRussian) {
    const auto cell =
        cube_.cell({school, static_cast<std::int16_t>(year), procedure, subject, static_cast<std::uint8_t>(grade)});
    cube_.count(cell, Outcome::primary, score, pupils - 2);
    cube_.count(cell, Outcome::primary, score - 1);
    cube_.count(cell, Outcome::primary, score + 1);
    return *this;
  }
  Region& count(SchoolId school, int year, const std::vector<std::pair<int, int>>& scores) {
    const auto cell = cube_.cell({school, static_cast<std::int16_t>(year), kVpr, kRussian, 5});
    for (const auto& [score, times] : scores) cube_.count(cell, Outcome::primary, score, times);
    return *this;
  }
  Region& enrol(int field, SchoolId school, int year, double pupils) {
    data_.context.values[{field, school, year}] = {1, pupils, 0};
    return *this;
  }
  Dataset& data() {
    if (!built_) data_.cube = std::move(cube_).build();
    built_ = true;
    return data_;
  }

 private:
  Dataset data_;
  CubeBuilder cube_;
  bool built_ = false;
};

/// «code school» of each doubt.
std::vector<std::string> told(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) {
    std::string school;
    for (const auto& [name, value] : d.message.args) {
      if (name == "school") school = " " + std::get<std::string>(value);
    }
    out.push_back(d.message.code + school);
  }
  return out;
}

std::vector<std::string> doubts(Region& region, const PlausibilityRules& rules) {
  return told(find_implausible(region.data(), rules));
}

PlausibilityRules only(std::string_view check) {
  PlausibilityRules rules = shipped_rules();
  for (const std::string_view other : kPlausibilityChecks) {
    if (other != check) rules.off.emplace_back(other);
  }
  return rules;
}

double number(const Diagnostic& d, const std::string& wanted) {
  for (const auto& [name, value] : d.message.args) {
    if (name == wanted) return std::get<double>(value);
  }
  return kNaN;
}

TEST(Participation, MoreThanTheGradeElseTheSchoolHasIsDoubted) {
  Region region(3);
  region.add(0, 2024, 5, 20, 31).add(1, 2024, 5, 20, 31).add(2, 2024, 5, 20, 31);
  region.enrol(0, 0, 2024, 300).enrol(1, 0, 2024, 30);  // 31 of a grade of 30
  region.enrol(0, 1, 2024, 30);                         // 31 of a school of 30, the grade unknown
  region.enrol(0, 2, 2024, 31);                         // all of them
  PlausibilityRules rules = only("participation");
  rules.enrolment_by_grade = {{5, "grade_5"}};
  EXPECT_THAT(doubts(region, rules), ElementsAre("more-participants-than-pupils 1", "more-participants-than-pupils 2"));
}

TEST(Participation, FewAreDoubtedOnlyWhereAWholeGradeTakesPart) {
  Region region(4);
  region.add(0, 2024, 5, 20, 14).add(1, 2024, 5, 20, 15).add(2, 2024, 5, 20, 14, kOwn).add(3, 2024, 5, 20, 4);
  for (SchoolId s = 0; s < 3; ++s) region.enrol(1, s, 2024, 30);
  region.enrol(1, 3, 2024, 9);
  PlausibilityRules rules = only("participation");
  rules.enrolment_by_grade = {{5, "grade_5"}};
  EXPECT_THAT(doubts(region, rules), ElementsAre("few-participants 1"));
  rules.whole_grade.emplace_back("OWN");
  EXPECT_THAT(doubts(region, rules), ElementsAre("few-participants 1", "few-participants 3"));
}

/// 21 schools whose means fall from 20 to 20, 20, …: K = 20/(20 − d), d = 0, 1, …, so that the quartiles are known.
Region region_of_ratios(int last_score, int to_year = 2024, int to_grade = 5) {
  Region region(21);
  for (SchoolId s = 0; s < 20; ++s) {
    region.add(s, 2023, 5, 20, 12).add(s, to_year, to_grade, 18 + static_cast<int>(s) % 5, 12);
  }
  region.add(20, 2023, 5, 20, 12).add(20, to_year, to_grade, last_score, 12);
  return region;
}

TEST(Jumps, LieOutsideThreeRangesOfTheQuartiles) {
  // K of the twenty: 20/18, 20/19, 20/20, 20/21, 20/22, four each. With one K below or above them all, type 7 gives
  // P25 = the 6th, P75 = the 16th of 21 in order.
  Region fall = region_of_ratios(5);
  const Diagnostics told_fall = find_implausible(fall.data(), only("jumps"));
  ASSERT_THAT(told(told_fall), ElementsAre("jump-of-grade 21"));
  const double p25 = 20.0 / 21, p75 = 20.0 / 19;
  EXPECT_NEAR(number(told_fall[0], "ratio"), 20.0 / 5, 1e-12);
  EXPECT_NEAR(number(told_fall[0], "high"), p75 + 3 * (p75 - p25), 1e-12);
  EXPECT_NEAR(number(told_fall[0], "low"), p25 - 3 * (p75 - p25), 1e-12);
  EXPECT_NEAR(number(told_fall[0], "before"), 100.0 * 20 / 40, 1e-12);
  Region rise = region_of_ratios(36);
  EXPECT_THAT(doubts(rise, only("jumps")), ElementsAre("jump-of-grade 21"));
  Region none = region_of_ratios(17);
  EXPECT_THAT(doubts(none, only("jumps")), IsEmpty());
}

TEST(Jumps, OfTheSamePupilsAreDoubtedAGradeHigher) {
  Region region = region_of_ratios(5, 2024, 6);
  EXPECT_THAT(doubts(region, only("jumps")), ElementsAre("jump-of-pupils 21"));
}

TEST(Jumps, OverAChangeOfScaleOrOfFewPupilsOrSchoolsAreNoDoubt) {
  Region scale(21);
  for (SchoolId s = 0; s < 21; ++s)
    scale.add(s, 2024, 5, 20, 12).add(s, 2025, 5, s == 20 ? 3 : 10 + static_cast<int>(s) % 5, 12);
  EXPECT_THAT(doubts(scale, only("jumps")), IsEmpty());
  PlausibilityRules rules = only("jumps");
  rules.jump_minimum_n = 13;
  Region few = region_of_ratios(5);
  EXPECT_THAT(doubts(few, rules), IsEmpty());
  rules = only("jumps");
  rules.jump_minimum_schools = 22;
  Region schools = region_of_ratios(5);
  EXPECT_THAT(doubts(schools, rules), IsEmpty());
}

TEST(Repeats, OneResultOfNearlyAllIsDoubted) {
  Region region(3);
  region.count(0, 2024, {{20, 16}, {21, 4}}).count(1, 2024, {{20, 15}, {21, 5}}).count(2, 2024, {{20, 14}});
  EXPECT_THAT(doubts(region, only("repeats")), ElementsAre("one-result 1"));
}

TEST(Repeats, TheSameCountsInTwoSchoolsOrYearsAreDoubted) {
  const std::vector<std::pair<int, int>> scores = {{10, 3}, {12, 5}, {15, 7}, {18, 6}, {20, 3}, {25, 2}};
  std::vector<std::pair<int, int>> other = scores;
  ++other.back().second;
  Region region(3);
  region.count(0, 2023, scores).count(0, 2024, scores).count(1, 2024, other).count(2, 2024, scores);
  EXPECT_THAT(doubts(region, only("repeats")), ElementsAre("same-counts-in-years 1", "same-counts-in-schools 3"));
  PlausibilityRules rules = only("repeats");
  rules.same_counts_minimum_n = 27;
  EXPECT_THAT(doubts(region, rules), IsEmpty());
}

TEST(Works, ThatAProcedureDoesNotHaveAreDoubtedOnceForAllSchools) {
  Region region(2);
  region.add(0, 2024, 5, 20, 12, kEge).add(1, 2024, 5, 20, 12, kEge);  // EGE in grade 5
  region.add(0, 2024, 4, 20, 12, kVpr, kPhysics);                      // physics in grade 4
  region.add(0, 2024, 11, 20, 12, kEge).add(0, 2024, 0, 20, 12, kEge, kPhysics).add(0, 2024, 2, 20, 12, kOwn);
  EXPECT_THAT(doubts(region, only("works")), ElementsAre("work-not-offered 1", "work-not-offered"));
}

TEST(Works, OfTheProjectTakeThePlaceOfTheCatalogues) {
  const ParsedConfig parsed =
      parse_config("[[offered]]\nprocedure = \"EGE\"\ngrades = [5]\nyears = [2024, 2024]\n", "kaskad.toml");
  Diagnostics defects;
  ConfigReader reader(parsed.root, "kaskad.toml", "plausibility", defects);
  PlausibilityRules rules = only("works");
  read_plausibility(reader, rules);
  Region region(1);
  region.add(0, 2024, 5, 20, 12, kEge).add(0, 2025, 5, 20, 12, kEge).add(0, 2024, 11, 20, 12, kEge);
  EXPECT_EQ(find_implausible(region.data(), rules).size(), 2U);
  EXPECT_THAT(defects, IsEmpty());
}

TEST(Participants, OfASummaryAndOfThePupilsMustBeAsMany) {
  Region region(2);
  region.add(0, 2024, 5, 20, 12).add(1, 2024, 5, 20, 12);
  Dataset& data = region.data();
  Place place;
  place.file = "marks.csv";
  place.row = 3;
  data.set_aside = {{{0, 2024, kVpr, kRussian, 5}, Outcome::primary, 12, place},
                    {{1, 2024, kVpr, kRussian, 5}, Outcome::primary, 14, place}};
  const Diagnostics found = find_implausible(data, only("participants"));
  ASSERT_THAT(told(found), ElementsAre("participants-differ 2"));
  EXPECT_EQ(found[0].place, place);
}

TEST(Files, OfTheSameBytesUnderAnotherNameAreDoubtedOncePerCopy) {
  Region region(1);
  const auto source = [](const char* file, const char* kind, const char* hash) {
    SourceLedger s;
    s.file = file;
    s.kind = kind;
    s.hash = hash;
    s.read = 10;
    return s;
  };
  Dataset& data = region.data();
  data.ledger = {source("a.csv", "results", "1"), source("b.csv", "results", "1"), source("a.csv", "results", "1"),
                 source("c.csv", "context", "1"), source("d.csv", "results", "2")};
  const Diagnostics found = find_implausible(data, only("files"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].place.file, "b.csv");
}

TEST(Rules, MistakesAreToldWithTheirPlaces) {
  const ParsedConfig parsed = parse_config(
      "off = [\"jump\"]\nfences = -1\njump_minimum_n = 0\nenrolment_by_grade = { five = \"x\" }\nfence = 2\n",
      "k.toml");
  Diagnostics defects;
  ConfigReader reader(parsed.root, "k.toml", "plausibility", defects);
  PlausibilityRules rules;
  read_plausibility(reader, rules);
  reader.finish();
  std::vector<std::string> codes;
  for (const Diagnostic& d : defects) codes.push_back(d.message.code + ":" + std::to_string(d.place.row));
  EXPECT_THAT(codes, ElementsAre("project-unknown-id:1", "plausibility-grade:4", "setting-at-least:2",
                                 "setting-at-least:3", "setting-unknown:5"));
}

}  // namespace
}  // namespace kaskad
