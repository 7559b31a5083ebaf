// Resilient schools on a region made by hand: results follow the index, some schools stand above.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "indicators/resilience.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;

constexpr std::size_t kSchools = 20;
const std::vector<int> kYears = {2024, 2025, 2026};

/// School s has the index 5s + 2 and the result 40 + index/2 + lift, give or take a little, on 30 pupils each year.
struct Region {
  Dataset data;
  Figures figures;
  SocialIndex index;

  explicit Region(double lift = 0, int lifted_years = 3, std::int64_t pupils = 30) {
    data.vocabulary.years = kYears;
    for (std::size_t s = 0; s < kSchools; ++s)
      data.registry.schools.push_back({std::to_string(s + 1), "", "A", "", {}, {}});
    Indicator mean;
    mean.id = "mean";
    mean.kind = IndicatorKind::mean;
    mean.unit = IndicatorUnit::score;
    figures.indicators = {mean};
    figures.minimum_n = 10;
    SeriesFigures series;
    for (std::size_t s = 0; s < kSchools; ++s) {
      for (std::size_t y = 0; y < kYears.size(); ++y) {
        const bool lifted = s == 2 && y >= kYears.size() - static_cast<std::size_t>(lifted_years);
        const double wobble = static_cast<double>((7 * s + 3 * y) % 5) - 2;
        series.bases.push_back(basis(40 + value(s) / 2 + wobble + (lifted ? lift : 0), pupils));
      }
    }
    figures.series = {series};
    make_index();
  }

  static double value(std::size_t school) { return 5 * static_cast<double>(school) + 2; }

  static Basis basis(double mean, std::int64_t n) {
    Basis b;
    b.n = b.pupils = n;
    b.sum = mean * static_cast<double>(n);
    b.squares = 100 * static_cast<double>(n - 1);
    b.reason = Undefined::none;
    return b;
  }

  void make_index() {
    index.settings.groups = 5;
    IndexIdentification time;
    time.time.year = 2024;
    time.fit.weights = {1};
    for (std::size_t s = 0; s < kSchools; ++s) {
      SchoolIndex own;
      own.value = value(s);
      own.gap = IndexGap::none;
      own.group = static_cast<int>(s / 4);
      own.good = {value(s) / 100};
      time.schools.push_back(own);
    }
    index.times = {time};
    index.settings.components.resize(1);
  }

  Resilience find(const ResilienceSettings& settings = {}) const {
    return find_resilient(data, figures, 0, index, settings);
  }
};

std::vector<int> resilient(const Resilience& r) {
  std::vector<int> out;
  for (std::size_t s = 0; s < r.verdicts.size(); ++s) {
    if (r.verdicts[s].resilient == Answer::yes) out.push_back(static_cast<int>(s) + 1);
  }
  return out;
}

TEST(Resilience, IsAboveTheGroupForYearsEnough) {
  EXPECT_THAT(resilient(Region(20).find()), ElementsAre(3));
  EXPECT_THAT(resilient(Region(20, 2).find()), ElementsAre(3));
  EXPECT_THAT(resilient(Region(20, 1).find()), ElementsAre()) << "one year is not enough";
  EXPECT_THAT(resilient(Region(0).find()), ElementsAre());
}

TEST(Resilience, ComparesWithTheMeanOfTheGroup) {
  const Resilience r = Region(20).find();
  ASSERT_EQ(r.fits.size(), 3U);
  const ResilienceFit& fit = r.fits.back();
  double mean = 0;
  for (SchoolId s = 0; s < 4; ++s) mean += r.at(s, 2).result.value / 4;
  EXPECT_NEAR(fit.groups[0].mean, mean, 1e-12);
  EXPECT_EQ(fit.groups[0].schools, 4);
  EXPECT_NEAR(r.at(2, 2).above_group, r.at(2, 2).result.value - mean, 1e-12);
  EXPECT_EQ(r.at(2, 2).is_above, r.at(2, 2).above_group >= 0.5 * fit.sd);
}

TEST(Resilience, ExpectsWhatTheOtherSchoolsShow) {
  const Resilience plain = Region(0).find(), lifted = Region(20).find();
  // What is expected of the school does not hang on its own result.
  EXPECT_NEAR(plain.at(2, 2).expected, lifted.at(2, 2).expected, 1e-9);
  EXPECT_NEAR(lifted.at(2, 2).residual.value - plain.at(2, 2).residual.value, 20, 1e-9);
  EXPECT_TRUE(lifted.at(2, 2).residual.shown_positive());
  EXPECT_FALSE(plain.at(2, 2).residual.shown_positive());
  EXPECT_NEAR(plain.fits.back().coefficients[1], 0.5, 0.05);
}

TEST(Resilience, SmallSchoolsAreDrawnToWhatIsExpected) {
  const Region large(20), small(20, 3, 12);
  const double kept_large = large.find().at(2, 2).shrunken.value, kept_small = small.find().at(2, 2).shrunken.value;
  EXPECT_LT(kept_small, kept_large);
  EXPECT_GT(kept_small, 0);
  EXPECT_LT(kept_large, large.find().at(2, 2).residual.value);
  EXPECT_TRUE(large.find().verdicts[2].base_site);
}

TEST(Resilience, OnlySchoolsOfTheLowestGroupsAreJudged) {
  ResilienceSettings settings;
  settings.lowest_groups = 1;
  const Resilience r = Region(20).find(settings);
  EXPECT_EQ(r.verdicts[4].resilient, Answer::not_judged);
  EXPECT_EQ(r.verdicts[0].resilient, Answer::no);
}

TEST(Resilience, FewSchoolsOrFewPupilsGiveNone) {
  ResilienceSettings settings;
  settings.least_schools = 21;
  const Resilience few = Region(20).find(settings);
  EXPECT_EQ(few.fits.back().reason, Undefined::too_few_clusters);
  EXPECT_THAT(resilient(few), ElementsAre());
  const Resilience small = Region(20, 3, 9).find();
  EXPECT_TRUE(small.empty()) << "no year has a result that may be published";
  EXPECT_TRUE(find_resilient(Region().data, Region().figures, std::nullopt, Region().index, {}).empty());
}

TEST(Resilience, SharesMayTakeThePlaceOfTheIndex) {
  ResilienceSettings settings;
  settings.predictors = ResiliencePredictors::components;
  const Resilience by_index = Region(20).find(), by_shares = Region(20).find(settings);
  EXPECT_NEAR(by_index.at(2, 2).expected, by_shares.at(2, 2).expected, 1e-9) << "one share is the index";
}

TEST(ResilienceSettings, ReadAndRefuse) {
  const auto read = [](const std::string& toml, ResilienceSettings& settings) {
    ParsedConfig parsed = parse_config(toml, "x.toml");
    ConfigReader reader(parsed.root, "x.toml", "", parsed.diagnostics);
    read_resilience(reader, settings);
    reader.finish();
    std::vector<std::string> codes;
    for (const Diagnostic& d : parsed.diagnostics) codes.push_back(d.message.code);
    return codes;
  };
  ResilienceSettings settings;
  EXPECT_THAT(read("predictors = \"components\"\nmargin = 0.25\nyears = 4\nleast_years = 3", settings), ElementsAre());
  EXPECT_EQ(settings.margin, 0.25);
  EXPECT_EQ(settings.least_years, 3);
  EXPECT_THAT(read("margin = -1", settings), ElementsAre("setting-between"));
  EXPECT_THAT(read("years = 2", settings), ElementsAre("setting-between"));
}

}  // namespace
}  // namespace kaskad
