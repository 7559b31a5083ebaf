// Signs of biased marking on datasets made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "indicators/marking_signs.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

constexpr std::size_t kSchools = 12;
constexpr std::array<int, 3> kYears = {2024, 2025, 2026};

Dataset dataset_of(CubeBuilder builder) {
  Dataset data;
  data.vocabulary.procedures.push_back({"VPR", {}, {}, {}, 2, 5, {}});
  data.vocabulary.procedures.push_back({"OGE", {}, {}, {}, 2, 5, {}});
  data.vocabulary.subjects.push_back({"MA", {}, {}});
  Scale scale;
  scale.maximum = 20;
  scale.marks = {5, 10, 15};
  data.vocabulary.scales = {scale};
  data.vocabulary.years.assign(kYears.begin(), kYears.end());
  for (std::size_t s = 0; s < kSchools; ++s)
    data.registry.schools.push_back({std::to_string(s + 1), "", s < 6 ? "A" : "B", "", {}, {}});
  data.registry.municipalities = {"A", "B"};
  data.cube = std::move(builder).build();
  return data;
}

MarkingSettings only(SignKind kind) {
  MarkingSettings settings;
  settings.procedures = {"VPR"};
  settings.signs = {kind};
  return settings;
}

MarkingSigns find(const Dataset& data, const MarkingSettings& settings, std::int64_t least = 10) {
  const Frame frame = make_frame(data, {});
  return find_marking_signs(data, frame, compare_with_journal(data, frame), settings, least);
}

CellKey key(SchoolId school, int year, int grade = 6, ProcedureId procedure = 0) {
  return {school, static_cast<std::int16_t>(year), procedure, 0, static_cast<std::uint8_t>(grade)};
}

void put(CubeBuilder& builder, const CellKey& where, int score, std::int64_t n) {
  builder.count(builder.cell(where), Outcome::primary, score, n);
}

std::vector<std::string> marked(const Dataset& data, const MarkingSigns& signs, std::size_t year) {
  std::vector<std::string> out;
  for (SchoolId s = 0; s < signs.schools; ++s) {
    if (signs.verdict(s, year).any == Answer::yes) out.push_back(data.registry.schools[s].id);
  }
  return out;
}

/// 20 pupils a school, half with 8 and half with 12; the first school has `more`.
Dataset with_means(int more) {
  CubeBuilder builder;
  for (SchoolId s = 0; s < kSchools; ++s) {
    put(builder, key(s, 2026), 8 + (s == 0 ? more : 0), 10);
    put(builder, key(s, 2026), 12 + (s == 0 ? more : 0), 10);
  }
  return dataset_of(std::move(builder));
}

TEST(InflatedMean, IsAnIntervalWhollyAboveTheRegions) {
  // School: 12 ± 1.96·√(80/19)/√20 = 12 ± 0.8993. Region: (11·10 + 12)/12 = 10.1667; Σ = 240·4 + 20·(11/6)² +
  // 220·(1/6)², so S² = (960 + 67.222 + 6.111)/239 = 4.32357 and the half is 1.96·2.07932/√240 = 0.26307.
  const Dataset data = with_means(2);
  const MarkingSigns signs = find(data, only(SignKind::mean));
  EXPECT_THAT(marked(data, signs, 0), ElementsAre("1"));
  const MarkingFact& fact = signs.facts.front();
  EXPECT_NEAR(fact.own.value, 12, 1e-12);
  EXPECT_NEAR(fact.own.hi - fact.own.value, 1.96 * std::sqrt(80.0 / 19 / 20), 1e-12);
  EXPECT_NEAR(fact.region.value, 10 + 2.0 / 12, 1e-12);
  EXPECT_NEAR(fact.region.hi - fact.region.value, 0.26307, 1e-5);
  EXPECT_EQ(fact.region.n, 240);
}

TEST(InflatedMean, IntervalsThatMeetAreNoSign) {
  const Dataset data = with_means(1);  // 11 − 0.899 lies under 10.08 + 0.26.
  const MarkingSigns signs = find(data, only(SignKind::mean));
  EXPECT_THAT(marked(data, signs, 0), ElementsAre());
  EXPECT_EQ(signs.verdict(0, 0).any, Answer::no);
}

TEST(InflatedMean, FewPupilsAndOtherProceduresAreNotJudged) {
  CubeBuilder builder;
  for (SchoolId s = 0; s < kSchools; ++s) put(builder, key(s, 2026), 8 + static_cast<int>(s % 2), s == 0 ? 9 : 30);
  for (int score : {19, 20}) put(builder, key(0, 2026, 9, 1), score, 30);
  const Dataset data = dataset_of(std::move(builder));
  const MarkingSigns signs = find(data, only(SignKind::mean));
  EXPECT_EQ(signs.verdict(0, 0).any, Answer::not_judged);
  EXPECT_EQ(signs.works.size(), 1U);
  EXPECT_EQ(count_signs(signs, {0, 1, 2}, 0, SignKind::mean).judged, 2);
  EXPECT_TRUE(find(data, only(SignKind::mean), 31).empty()) << "what may not be published is not judged";
}

TEST(InflatedMean, TheSchoolNeedsAsManyWorksAsAsked) {
  MarkingSettings settings = only(SignKind::mean);
  settings.least_works = 2;
  const Dataset data = with_means(2);
  EXPECT_EQ(find(data, settings).verdict(0, 0).any, Answer::no);
}

/// Schools with K = share in grade 5 of 2025 over share in grade 6 of 2026 = first/second.
Dataset with_jumps(const std::vector<std::pair<int, int>>& scores) {
  CubeBuilder builder;
  for (SchoolId s = 0; s < scores.size(); ++s) {
    put(builder, key(s, 2025, 5), scores[s].first, 10);
    put(builder, key(s, 2026, 6), scores[s].second, 10);
  }
  return dataset_of(std::move(builder));
}

TEST(Jump, LiesBeyondThreeRangesFromTheQuartiles) {
  // K: 0.9, 1, 1.1 of nine schools thrice each, 2 and 0.2 of one each. Sorted, type 7 of 11: P25 = 0.9, P75 = 1.1;
  // fences 0.3 and 1.7.
  std::vector<std::pair<int, int>> scores;
  for (int i = 0; i < 3; ++i) {
    for (const int first : {9, 10, 11}) scores.emplace_back(first, 10);
  }
  scores.emplace_back(20, 10);
  scores.emplace_back(2, 10);
  const Dataset data = with_jumps(scores);
  const MarkingSigns signs = find(data, only(SignKind::jump));
  ASSERT_EQ(signs.years.back(), 2026);
  EXPECT_THAT(marked(data, signs, 1), ElementsAre("10", "11"));
  const auto fact = std::find_if(signs.facts.begin(), signs.facts.end(), [](const auto& f) { return f.school == 9; });
  EXPECT_EQ(fact->side, SignSide::high) << "far less is left a year later";
  EXPECT_NEAR(fact->own.value, 2, 1e-12);
  EXPECT_NEAR(fact->region.lo, 0.3, 1e-12);
  EXPECT_NEAR(fact->region.hi, 1.7, 1e-12);
  EXPECT_EQ(signs.facts.back().side, SignSide::low);
}

TEST(Jump, NeedsSchoolsEnoughAndSpread) {
  EXPECT_TRUE(find(with_jumps({{9, 10}, {10, 10}, {11, 10}}), only(SignKind::jump)).empty());
  EXPECT_TRUE(find(with_jumps(std::vector<std::pair<int, int>>(12, {10, 10})), only(SignKind::jump)).empty());
}

TEST(Ranks, ThatRunAgainstTheJournalAreASign) {
  CubeBuilder builder;
  for (SchoolId s = 0; s < 3; ++s) {
    for (const int mark : {3, 4, 5}) {
      const int journal = s == 0 ? 8 - mark : mark;
      const auto cell = builder.cell(key(s, 2026));
      builder.count(cell, Outcome::mark, mark, s == 2 ? 3 : 5);
      builder.count_joint(cell, mark, journal, s == 2 ? 3 : 5);
    }
  }
  const Dataset data = dataset_of(std::move(builder));
  const MarkingSigns signs = find(data, only(SignKind::rank));
  EXPECT_THAT(marked(data, signs, 0), ElementsAre("1"));
  EXPECT_NEAR(signs.facts.front().own.value, -1, 1e-12);
  EXPECT_EQ(signs.verdict(1, 0).any, Answer::no);
  EXPECT_EQ(signs.verdict(2, 0).any, Answer::not_judged) << "nine pupils";
}

/// Marks go with the journal, scores within the marks against it: ρ of the scores is negative, of the marks 1.
TEST(Ranks, AreOfThePrimaryScoresWhereTheyAreThere) {
  CubeBuilder builder;
  for (SchoolId s = 0; s < 2; ++s) {
    const auto cell = builder.cell(key(s, 2026));
    for (const auto& [primary, journal] : std::vector<std::pair<int, int>>{{1, 4}, {2, 4}, {8, 3}, {9, 3}}) {
      const int mark = journal;
      builder.count(cell, Outcome::mark, mark, 5);
      builder.count_joint(cell, mark, journal, 5);
      if (s == 0) builder.count(cell, Outcome::primary, primary, 5);
      if (s == 0) builder.count_beside_journal(cell, primary, journal, 5);
    }
  }
  const Dataset data = dataset_of(std::move(builder));
  const MarkingSigns signs = find(data, only(SignKind::rank));
  EXPECT_THAT(marked(data, signs, 0), ElementsAre("1"));
  ASSERT_EQ(signs.facts.size(), 2U);
  EXPECT_TRUE(signs.facts[0].by_score);
  // Ranks 1 and 2 of journal marks with 10 pupils each; scores in four ties of 5: ρ = −2/√5 by hand.
  EXPECT_NEAR(signs.facts[0].own.value, -2 / std::sqrt(5.0), 1e-12);
  EXPECT_FALSE(signs.facts[1].by_score) << "the mark stands in for the score";
  EXPECT_NEAR(signs.facts[1].own.value, 1, 1e-12);
}

TEST(JournalSign, IsAShareWhollyAboveTheRegions) {
  CubeBuilder builder;
  for (SchoolId s = 0; s < kSchools; ++s) {
    builder.count(builder.cell(key(s, 2026)), Outcome::mark, 3, 100);
    builder.add(builder.cell(key(s, 2026)), s == 0   ? Agreement{0, 40, 60}
                                            : s == 1 ? Agreement{60, 40, 0}
                                                     : Agreement{10, 80, 10});
  }
  const Dataset data = dataset_of(std::move(builder));
  const MarkingSigns signs = find(data, only(SignKind::journal));
  EXPECT_THAT(marked(data, signs, 0), ElementsAre("1", "2"));
  EXPECT_EQ(signs.facts[0].side, SignSide::high);
  EXPECT_EQ(signs.facts[1].side, SignSide::low);
  EXPECT_NEAR(signs.facts[1].own.value, 60, 1e-12);
  EXPECT_NEAR(signs.facts[1].region.value, 100.0 * 160 / 1200, 1e-12);
}

/// A smooth hill of scores in each year; the first school moves those at 5 to 6.
Dataset with_spike() {
  CubeBuilder builder;
  for (SchoolId s = 0; s < 2; ++s) {
    for (const int year : kYears) {
      for (int score = 1; score < 20; ++score) {
        const auto n = std::lround(12 * std::exp(-0.02 * (score - 8) * (score - 8)));
        put(builder, key(s, year), s == 0 && score == 5 ? 6 : score, n);
      }
    }
  }
  return dataset_of(std::move(builder));
}

TEST(Spike, IsFoundAtItsBorderAndNotAtOthers) {
  const Dataset data = with_spike();
  const MarkingSigns signs = find(data, only(SignKind::spike));
  EXPECT_THAT(marked(data, signs, 2), ElementsAre("1"));
  for (const MarkingFact& fact : signs.facts) EXPECT_EQ(fact.is_sign(), fact.school == 0 && fact.mark == 3);
  EXPECT_EQ(signs.region_spikes.size(), 9U) << "three years, three borders";
}

TEST(Spike, CountsTheYearsOfOneScaleTogether) {
  Dataset data = with_spike();
  const auto at_border = [&](const MarkingSettings& settings) {
    const MarkingSigns signs = find(data, settings);
    return std::find_if(signs.facts.begin(), signs.facts.end(),
                        [](const auto& f) { return f.year == 2 && f.mark == 3 && !f.work; })
        ->spike.above;
  };
  MarkingSettings settings = only(SignKind::spike);
  const std::int64_t three = at_border(settings);
  settings.spike_years = 1;
  EXPECT_EQ(three, 3 * at_border(settings));
  data.vocabulary.scales.push_back(data.vocabulary.scales.front());
  data.vocabulary.scales.back().last_year = 2024;
  data.vocabulary.scales.back().marks = {6, 10, 15};
  settings.spike_years = 3;
  EXPECT_EQ(at_border(settings), three / 3 * 2) << "2024 had another border";
}

TEST(MarkingSigns, TheIndexIsWhatIsLeftOfAHundred) {
  const Dataset data = with_means(2);
  const MarkingSigns signs = find(data, only(SignKind::mean));
  const SignCounts counts = count_signs(signs, {0, 1, 2, 3}, 0, std::nullopt);
  EXPECT_EQ(counts.judged, 4);
  EXPECT_EQ(counts.marked, 1);
  const Estimate index = objectivity_index(counts);
  EXPECT_NEAR(index.value, 75, 1e-12);
  EXPECT_EQ(index.n, 4);
  EXPECT_TRUE(index.has_interval());
  EXPECT_EQ(objectivity_index({}).reason, Undefined::no_data);
  const SignCounts of_work = count_signs(signs, std::size_t{0}, 0, std::nullopt);
  EXPECT_EQ(of_work.judged, static_cast<std::int64_t>(kSchools));
  EXPECT_EQ(of_work.marked, 1);
}

TEST(MarkingSigns, NothingIsSaidWhenSwitchedOff) {
  MarkingSettings settings = only(SignKind::mean);
  settings.on = false;
  EXPECT_TRUE(find(with_means(2), settings).empty());
}

TEST(MarkingSettings, ReadAndRefuse) {
  const auto read = [](const std::string& toml, MarkingSettings& settings) {
    ParsedConfig parsed = parse_config(toml, "x.toml");
    Vocabulary vocabulary;
    vocabulary.procedures.push_back({"VPR", {}, {}, {}, 2, 5, {}});
    ConfigReader reader(parsed.root, "x.toml", "", parsed.diagnostics);
    read_marking(reader, vocabulary, settings);
    reader.finish();
    std::vector<std::string> codes;
    for (const Diagnostic& d : parsed.diagnostics) codes.push_back(d.message.code);
    return codes;
  };
  MarkingSettings settings;
  EXPECT_THAT(read("procedures = [\"VPR\"]\nsigns = [\"spike\", \"mean\"]\nspike_z = 2.5\nyears = 5", settings),
              ElementsAre());
  EXPECT_THAT(settings.signs, ElementsAre(SignKind::mean, SignKind::spike));
  EXPECT_EQ(settings.spike_z, 2.5);
  EXPECT_EQ(settings.years, 5);
  EXPECT_THAT(read("procedures = [\"VPX\"]", settings), ElementsAre("project-unknown-id"));
  EXPECT_THAT(read("signs = [\"peak\"]", settings), ElementsAre("project-unknown-id"));
  EXPECT_THAT(read("rank_below = 2\nspike_reach = 1", settings), ElementsAre("setting-between", "setting-between"));
  EXPECT_THAT(read("spike_beside = 4", settings), ElementsAre("setting-between"));
}

}  // namespace
}  // namespace kaskad
