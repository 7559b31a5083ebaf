// Proposed controls and partners on a region made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "indicators/group_proposals.hpp"

namespace kaskad {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct SchoolSpec {
  double index, pupils, result;
  bool rural = false;
  bool focus = false;
};

/// Schools with what a proposal looks at, and nothing else.
struct Region {
  Dataset data;
  Figures figures;
  Identification identification;

  explicit Region(const std::vector<SchoolSpec>& schools) {
    data.vocabulary.years = {2024, 2025};
    data.context.fields.push_back({"enrolment", {}, "count", true});
    Indicator mean;
    mean.id = "mean";
    mean.kind = IndicatorKind::mean;
    mean.unit = IndicatorUnit::score;
    figures.indicators = {mean};
    SeriesFigures series;
    IndexIdentification time;
    time.time.year = 2024;
    for (SchoolId s = 0; s < schools.size(); ++s) {
      const SchoolSpec& spec = schools[s];
      data.registry.schools.push_back({std::to_string(s + 1), "", "A", "", spec.rural, {}});
      data.context.values[{0, s, 2024}] = {1, spec.pupils, 0};
      if (spec.focus) data.memberships.push_back({s, Role::focus, 0, 0});
      Basis basis;
      basis.n = basis.pupils = 30;
      basis.sum = 30 * spec.result;
      basis.squares = 29;
      basis.reason = Undefined::none;
      series.bases.insert(series.bases.end(), {basis, Basis{}});
      SchoolIndex own;
      own.value = spec.index;
      own.group = 0;
      time.schools.push_back(own);
    }
    figures.series = {series};
    figures.frame = make_frame(data, {});
    identification.social.times = {time};
  }

  GroupProposals propose(const ProposalSettings& settings = {}) const {
    return propose_groups(data, figures, 0, {2024}, identification, settings);
  }
};

/// "1-5" for the first school and the fifth.
std::vector<std::string> pairs(const ProposedGroup& group) {
  std::vector<std::string> out;
  for (const ProposedPair& pair : group.pairs)
    out.push_back(std::to_string(pair.school + 1) + "-" + std::to_string(pair.other + 1));
  return out;
}

const ProposedGroup& controls(const GroupProposals& p) { return p.groups[0]; }
const ProposedGroup& partners(const GroupProposals& p) { return p.groups[1]; }

/// Two focus schools with a twin each (3 of 1, 4 of 2), two others far away and strong.
std::vector<SchoolSpec> twins() {
  return {{30, 100, 40, false, true},
          {50, 400, 55, false, true},
          {31, 102, 41},
          {51, 395, 54},
          {32, 110, 80},
          {70, 900, 90},
          {10, 50, 20}};
}

TEST(Proposals, PairTheTwins) {
  const GroupProposals p = Region(twins()).propose();
  EXPECT_THAT(pairs(controls(p)), ElementsAre("1-3", "2-4"));
  EXPECT_THAT(controls(p).without, IsEmpty());
  EXPECT_EQ(controls(p).candidates, 5);
  EXPECT_EQ(p.units[0].values[1], 100);
}

TEST(Proposals, NearestAndOptimalTakeTheSameTwins) {
  ProposalSettings settings;
  settings.method = PairMethod::nearest;
  EXPECT_EQ(pairs(controls(Region(twins()).propose(settings))), pairs(controls(Region(twins()).propose())));
}

TEST(Proposals, MatchingLessensTheDifferences) {
  const GroupProposals p = Region(twins()).propose();
  ASSERT_EQ(controls(p).balance.size(), 3U);
  for (const ProposalBalance& of : controls(p).balance)
    EXPECT_LT(std::abs(of.after.standardised), std::abs(of.before.standardised) + 1e-12);
  // By hand: the index of the supported 30 and 50, of their twins 31 and 51; SD of the supported √200.
  EXPECT_NEAR(controls(p).balance[0].after.standardised, -1 / std::sqrt(200.0), 1e-12);
}

TEST(Proposals, ExactFieldsAreKept) {
  std::vector<SchoolSpec> schools = twins();
  schools[2].rural = true;
  const GroupProposals p = Region(schools).propose();
  for (const ProposedPair& pair : controls(p).pairs) EXPECT_NE(pair.other, 2U);
  ProposalSettings free;
  free.exact = {};
  EXPECT_THAT(pairs(controls(Region(schools).propose(free))), ElementsAre("1-3", "2-4"));
}

TEST(Proposals, ACaliperLeavesSchoolsWithout) {
  std::vector<SchoolSpec> schools = twins();
  schools[3] = {90, 3000, 10};
  ProposalSettings settings;
  settings.caliper = 0.5;
  const GroupProposals p = Region(schools).propose(settings);
  EXPECT_THAT(pairs(controls(p)), ElementsAre("1-3"));
  EXPECT_THAT(controls(p).without, ElementsAre(1U));
}

TEST(Proposals, PartnersAreStrongAndHelpNoMoreThanAllowed) {
  std::vector<SchoolSpec> schools;
  for (int i = 0; i < 4; ++i) schools.push_back({30.0 + i, 100.0 + i, 40, false, true});
  for (int i = 0; i < 12; ++i) schools.push_back({25.0 + 3 * i, 90.0 + 20 * i, 42.0 + (i < 2 ? 40 : i)});
  ProposalSettings settings;
  settings.strong_from = 0.9;
  settings.most_helped = 2;
  const GroupProposals p = Region(schools).propose(settings);
  std::map<SchoolId, int> helped;
  for (const ProposedPair& pair : partners(p).pairs) {
    EXPECT_GE(p.units[pair.other].values[2], 80);
    ++helped[pair.other];
  }
  EXPECT_EQ(partners(p).pairs.size(), 4U);
  for (const auto& [school, n] : helped) EXPECT_LE(n, 2);
  EXPECT_EQ(partners(p).covariates.size(), 2U) << "results are not asked to be alike";
}

TEST(Proposals, TheSameForEqualDistances) {
  std::vector<SchoolSpec> schools = twins();
  schools[4] = schools[2];
  const std::vector<std::string> first = pairs(controls(Region(schools).propose()));
  EXPECT_EQ(first.front(), "1-3") << "of equals the first id";
  EXPECT_EQ(first, pairs(controls(Region(schools).propose())));
}

TEST(Proposals, SchoolsOfWhichTooLittleIsKnownAreNamed) {
  std::vector<SchoolSpec> schools = twins();
  schools[0].index = kNaN;
  const GroupProposals p = Region(schools).propose();
  EXPECT_THAT(p.incomplete, ElementsAre(0U));
  for (const ProposedPair& pair : controls(p).pairs) EXPECT_NE(pair.school, 0U);
}

TEST(Proposals, NobodyToSupportAndNobodyToChoose) {
  std::vector<SchoolSpec> schools = twins();
  schools[0].focus = schools[1].focus = false;
  EXPECT_TRUE(Region(schools).propose().empty());
  EXPECT_EQ(controls(Region({{30, 100, 40, false, true}, {50, 400, 55, false, true}}).propose()).reason,
            Undefined::no_data);
  ProposalSettings off;
  off.on = false;
  EXPECT_TRUE(Region(twins()).propose(off).empty());
}

TEST(ProposalSettings, ReadAndRefuse) {
  const auto read = [](const std::string& toml, ProposalSettings& settings) {
    ParsedConfig parsed = parse_config(toml, "x.toml");
    ConfigReader reader(parsed.root, "x.toml", "", parsed.diagnostics);
    read_proposals(reader, settings);
    reader.finish();
    std::vector<std::string> codes;
    for (const Diagnostic& d : parsed.diagnostics) codes.push_back(d.message.code);
    return codes;
  };
  ProposalSettings settings;
  EXPECT_THAT(read("exact = [\"type\", \"municipality\"]\nmethod = \"nearest\"\ncontrols = 2", settings), IsEmpty());
  EXPECT_THAT(settings.exact, ElementsAre(ExactField::type, ExactField::municipality));
  EXPECT_EQ(settings.controls, 2);
  EXPECT_THAT(read("exact = [\"rurl\"]", settings), ElementsAre("project-unknown-id"));
  EXPECT_THAT(read("caliper = -1", settings), ElementsAre("setting-between"));
}

}  // namespace
}  // namespace kaskad
