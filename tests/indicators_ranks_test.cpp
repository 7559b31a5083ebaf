// Places of schools on figures made by hand: who is ranked, among whom, and from which end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indicators/school_ranks.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array<std::int64_t, 6> kPupils = {400, 400, 400, 9, 0, 400};

/// Six schools of two municipalities in two years, with a share and a mean. The first three are far apart; the fourth
/// has nine pupils, the fifth none; the sixth is like the first. In the first year everybody is equal.
struct Schools {
  Dataset data;
  Figures figures;

  Schools() {
    data.vocabulary.years = {2023, 2024, 2025};
    data.registry.municipalities = {"A", "B"};
    for (SchoolId s = 0; s < kPupils.size(); ++s)
      data.registry.schools.push_back({std::to_string(s + 1), "", s < 3 ? "A" : "B", "", {}, {}});
    figures.frame = make_frame(data, {});
    figures.indicators.resize(2);
    figures.indicators[1].kind = IndicatorKind::mean;
    figures.series.resize(2);
    for (std::size_t i = 0; i < 2; ++i) figures.series[i].series.indicator = i;
    const std::array<double, 6> shares = {0.9, 0.5, 0.1, 0.5, 0, 0.9};
    for (SchoolId s = 0; s < kPupils.size(); ++s) {
      const auto n = static_cast<double>(kPupils[s]);
      for (SeriesFigures& series : figures.series) {
        for (const double share : {0.5, shares[s]}) {
          const Undefined reason = kPupils[s] > 0 ? Undefined::none : Undefined::no_data;
          series.bases.push_back({kPupils[s], share * n, 0.01 * (n - 1), 0, reason, kPupils[s]});
        }
        series.bases.push_back({});  // nobody in 2025
      }
    }
  }

  SchoolRanks rank(std::size_t series, RankSettings settings) const {
    settings.show = true;
    return rank_schools(data, figures, {series}, settings);
  }
};

/// «1: 2–3», or the reason of a school without a place.
std::vector<std::string> told(const RankList& list) {
  std::vector<std::string> out;
  for (const PlacedSchool& s : list.schools)
    out.push_back(std::to_string(s.school + 1) + ": " +
                  (s.place ? std::to_string(s.place->first) + "–" + std::to_string(s.place->last)
                           : std::string(undefined_name(s.reason))));
  return out;
}

TEST(SchoolRanks, AreOffUnlessAskedFor) {
  const Schools schools;
  EXPECT_THAT(rank_schools(schools.data, schools.figures, {0, 1}, RankSettings{}).lists, IsEmpty());
}

TEST(SchoolRanks, OfTheLastYearWithResultsByBothMethodsAndKinds) {
  const Schools schools;
  for (const std::size_t series : {0U, 1U}) {
    for (const RankMethod method : {RankMethod::pairs, RankMethod::intervals}) {
      RankSettings settings;
      settings.method = method;
      const SchoolRanks ranks = schools.rank(series, settings);
      ASSERT_EQ(ranks.lists.size(), 1U);
      EXPECT_EQ(ranks.lists[0].year, 2024);
      EXPECT_THAT(told(ranks.lists[0]), ElementsAre("1: 1–2", "2: 3–3", "3: 4–4", "4: too_few", "6: 1–2"));
      EXPECT_EQ(ranks.lists[0].ranked, 4);
      EXPECT_EQ(ranks.lists[0].maybe_first, 2);
      EXPECT_EQ(ranks.lists[0].maybe_last, 1);
      EXPECT_EQ(ranks.lists[0].find(4), nullptr);
      EXPECT_EQ(ranks.lists[0].find(5)->value.n, 400);
    }
  }
}

TEST(SchoolRanks, StartFromTheLowestValueWhereLessIsBetter) {
  Schools schools;
  schools.figures.indicators[0].direction = Direction::down;
  const SchoolRanks ranks = schools.rank(0, {});
  EXPECT_THAT(told(ranks.lists[0]), ElementsAre("1: 3–4", "2: 2–2", "3: 1–1", "4: too_few", "6: 3–4"));
}

TEST(SchoolRanks, WithinMunicipalitiesEachListIsItsOwn) {
  const Schools schools;
  RankSettings settings;
  settings.within = {RankScope::region, RankScope::municipality};
  const SchoolRanks ranks = schools.rank(0, settings);
  ASSERT_EQ(ranks.lists.size(), 3U);
  EXPECT_FALSE(ranks.lists[0].municipality.has_value());
  EXPECT_THAT(told(ranks.lists[1]), ElementsAre("1: 1–1", "2: 2–2", "3: 3–3"));
  EXPECT_THAT(told(ranks.lists[2]), ElementsAre("4: too_few", "6: too_few_clusters"));
  EXPECT_EQ(ranks.lists[2].ranked, 0);
}

TEST(SchoolRanks, NeverRankFewerPupilsThanMayBePublished) {
  Schools schools;
  RankSettings settings;
  settings.minimum_n = 5;
  EXPECT_EQ(schools.rank(0, settings).settings.minimum_n, 10);
  schools.figures.minimum_n = 5;
  EXPECT_EQ(schools.rank(0, settings).lists[0].ranked, 5);
  settings.minimum_n = 401;
  EXPECT_EQ(schools.rank(0, settings).lists[0].ranked, 0);
}

TEST(SchoolRanks, AMeanWithoutASpreadOfItsOwnHasNoPlace) {
  Schools schools;
  schools.figures.series[1].bases[0 * 3 + 1].squares = 0;
  schools.figures.series[1].bases[1 * 3 + 1].squares = kNaN;
  const SchoolRanks ranks = schools.rank(1, {});
  EXPECT_THAT(told(ranks.lists[0]),
              ElementsAre("1: no_variation", "2: no_distribution", "3: 2–2", "4: too_few", "6: 1–1"));
}

TEST(SchoolRanks, AreGivenBySharesAndMeansAlone) {
  Schools schools;
  schools.figures.indicators[0].kind = IndicatorKind::rate;
  EXPECT_FALSE(can_be_ranked(schools.figures.indicators[0]));
  EXPECT_THAT(schools.rank(0, {}).lists, IsEmpty());
}

TEST(RankSettings, AProcedureIsWithheldUntilItIsAllowed) {
  RankSettings settings;
  settings.withheld = {"VPR"};
  EXPECT_TRUE(settings.withholds("VPR"));
  EXPECT_FALSE(settings.withholds("EGE"));
  settings.allowed = {"VPR"};
  EXPECT_FALSE(settings.withholds("VPR"));
}

}  // namespace
}  // namespace kaskad
