// Places of schools, each as the span of places that its result allows; never a place alone. Off unless a project asks.
// docs/methods/ranks.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/stats/rank_ranges.hpp"
#include "indicators/figures.hpp"
#include "indicators/identify/social_settings.hpp"

namespace kaskad {

enum class RankMethod : std::uint8_t {
  pairs,      ///< Differences of pairs, Holm.
  intervals,  ///< Intervals of the schools' own results (Klein, Wright & Wieczorek).
};
inline constexpr std::array<std::string_view, 2> kRankMethodNames = {"pairs", "intervals"};

/// Among whom a school is ranked.
enum class RankScope : std::uint8_t { region, municipality };
inline constexpr std::array<std::string_view, 2> kRankScopeNames = {"region", "municipality"};

struct RankSettings {
  bool show = false;
  RankMethod method = RankMethod::pairs;
  double level = 0.95;  ///< All places of a list hold together with this probability.
  std::vector<RankScope> within = {RankScope::region};
  std::int64_t minimum_n = 0;         ///< Participants of a school; never under what may be published.
  std::vector<std::string> withheld;  ///< Ids of procedures that are ranked only when `allowed` names them.
  std::vector<std::string> allowed;
  std::vector<IndexOutcome> of;  ///< What is ranked, with `withheld` taken out.

  bool withholds(std::string_view procedure) const;
  bool ranks_within(RankScope scope) const;
};

/// Schools are ranked by shares and means alone: other kinds have no interval of a school's own, or no school.
bool can_be_ranked(const Indicator& indicator);

struct PlacedSchool {
  SchoolId school = 0;
  Estimate value;                         ///< In the unit of the indicator, with its own 95 % interval.
  Undefined reason = Undefined::none;     ///< Why it has no place.
  std::optional<stats::RankRange> place;  ///< Place 1 is the best. Nothing where `reason` says why.
};

struct RankList {
  std::size_t series = 0;
  int year = 0;                             ///< The last one with results.
  std::optional<std::size_t> municipality;  ///< Into Registry::municipalities; nothing = the region.
  std::vector<PlacedSchool> schools;        ///< Those with results, by SchoolId.
  std::int64_t ranked = 0;
  std::int64_t maybe_first = 0;  ///< Schools that cannot be told from the first one.
  std::int64_t maybe_last = 0;

  const PlacedSchool* find(SchoolId school) const;  ///< Null without results.
  std::string_view scope() const { return kRankScopeNames[municipality ? 1 : 0]; }
};

struct SchoolRanks {
  RankSettings settings;        ///< With the minimum that was applied.
  std::vector<RankList> lists;  ///< By series in the order asked for; the region's first, then the municipalities'.
};

/// Ranks each of the series in its last year with results. Empty when ranks are not shown. In a list of fewer than two
/// schools with a result nobody has a place (too_few_clusters).
SchoolRanks rank_schools(const Dataset& data, const Figures& figures, const std::vector<std::size_t>& series,
                         const RankSettings& settings);

}  // namespace kaskad
