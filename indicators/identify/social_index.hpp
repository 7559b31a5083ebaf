// The index of social well-being (ИСБШ): 100·Σ w·g over the shares g that a school's context gives; its groups from the
// lowest, the risk zone, to the highest; how they drift from one identification to the next; how far they hang on the
// weights. docs/methods/social-index.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/estimate.hpp"
#include "indicators/identify/quintiles.hpp"
#include "indicators/identify/social_settings.hpp"

namespace kaskad {

/// Mean result of one school in one year, for the weights by regression.
struct SchoolOutcome {
  std::int64_t n = 0;  ///< 0 = none.
  double mean = kNaN;
};
/// By school and project year: [school × years + year]; empty when the project names no such results.
using SchoolOutcomes = std::vector<SchoolOutcome>;

enum class IndexGap : std::uint8_t { none, no_context, missing_shares };
inline constexpr std::array<std::string_view, 3> kIndexGapNames = {"none", "no_context", "missing_shares"};

struct SchoolIndex {
  double value = kNaN;
  IndexGap gap = IndexGap::no_context;  ///< Why it is not ranked.
  std::optional<int> group;             ///< From 0, the lowest.
  double stays = kNaN;                  ///< Share of random weights with which it stays in its group.
  std::vector<double> shares;           ///< As in the context, by component; NaN = missing.
  std::vector<double> good;             ///< g in [0, 1], by component.
};

/// Weights and extremes of one identification.
struct IndexFit {
  Undefined reason = Undefined::none;  ///< Not none: there is no index.
  int year = 0;                        ///< In which they were found.
  std::vector<double> weights;         ///< Add up to 1.
  std::vector<double> lo, hi;          ///< Of the scaling.
  std::vector<bool> against;           ///< The data give it a weight below 0: it counts 0.
  std::vector<Estimate> coefficients;  ///< Of `regression`, with HC2 errors; loadings of `component` without.
  double explained = kNaN;             ///< R², or the component's share of the variance.
  std::int64_t schools = 0;            ///< Behind the fit.
};

struct IndexIdentification {
  IndexTime time;
  IndexFit fit;
  std::vector<SchoolIndex> schools;
  std::vector<GroupInterval> groups;
  std::int64_t ranked = 0, no_context = 0, missing_shares = 0;
  std::int64_t tied = 0;  ///< Schools whose value another school has, too.
};

/// One group's observed interval in each identification, the outer ends set (0 and 100).
struct DriftRow {
  std::vector<GroupInterval> at;
};

/// Schools by group in one identification and the next.
struct Transition {
  std::size_t from = 0, to = 0;                   ///< Identifications.
  std::vector<std::vector<std::int64_t>> counts;  ///< [from group][to group].
  std::int64_t appeared = 0, gone = 0;            ///< Ranked in only one of them.
};

struct SocialIndex {
  SocialIndexSettings settings;
  std::vector<int> fields;  ///< Context field of each component.
  std::vector<IndexIdentification> times;
  std::vector<DriftRow> drift;  ///< From the lowest group up.
  std::vector<Transition> transitions;

  bool empty() const { return times.empty(); }
  bool at_risk(const SchoolIndex& school) const { return school.group && *school.group < settings.risk_groups; }
};

/// The last identification not after `year`; nothing when there is none.
std::optional<std::size_t> identification_of(const SocialIndex& index, int year);

/// Empty when switched off, or when the data have none of the components. A component whose field the project does not
/// know is missing for every school. The same for any number of threads.
SocialIndex make_social_index(const Dataset& data, const SocialIndexSettings& settings, const SchoolOutcomes& outcomes,
                              unsigned threads);

}  // namespace kaskad
