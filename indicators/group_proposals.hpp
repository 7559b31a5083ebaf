// Groups proposed: for every supported school one or more controls that are like it in conditions and in results before
// the programme, and a strong partner in like conditions. docs/methods/group-proposals.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/stats/balance.hpp"
#include "indicators/figures.hpp"
#include "indicators/identify/identification.hpp"

namespace kaskad {

enum class ProposedRole : std::uint8_t { control, partner };
inline constexpr std::array<std::string_view, 2> kProposedRoleNames = {"control", "partner"};

enum class PairMethod : std::uint8_t { nearest, optimal };
inline constexpr std::array<std::string_view, 2> kPairMethodNames = {"nearest", "optimal"};

/// What schools may be asked to share exactly.
enum class ExactField : std::uint8_t { rural, small, type, municipality };
inline constexpr std::array<std::string_view, 4> kExactFieldNames = {"rural", "small", "type", "municipality"};

/// What the distance of two schools is made of. Size by its logarithm.
enum class Covariate : std::uint8_t { index, size, result };
inline constexpr std::array<std::string_view, 3> kCovariateNames = {"index", "size", "result"};
inline constexpr std::size_t kCovariates = kCovariateNames.size();

struct ProposalSettings {
  bool on = true;
  std::vector<ExactField> exact = {ExactField::rural};
  PairMethod method = PairMethod::optimal;  ///< Of controls; partners are always taken the nearest first.
  int controls = 1;                         ///< For each supported school.
  int partners = 1;
  int most_helped = 3;        ///< Schools that one partner may help.
  double caliper = 0;         ///< Largest Mahalanobis distance of a pair; 0 = none.
  double strong_from = 0.75;  ///< Quantile of the schools' results from which a school may be a partner.
};

/// Reads the keys of indicators/catalogue/proposals.toml, or of a project's [proposals], over what `settings` holds.
void read_proposals(ConfigReader& reader, ProposalSettings& settings);

/// What is known of a school before the programme; NaN = not known.
struct ProposalUnit {
  std::array<double, kCovariates> values{kNaN, kNaN, kNaN};  ///< By Covariate; size as pupils.
  std::int64_t n = 0;                                        ///< Pupils behind the result.
};

struct ProposedPair {
  SchoolId school = 0;
  SchoolId other = 0;
  double distance = 0;
};

/// One covariate over supported schools and candidates: all of them, and the matched ones.
struct ProposalBalance {
  Covariate covariate = Covariate::index;
  stats::CovariateBalance before, after;
};

struct ProposedGroup {
  ProposedRole role = ProposedRole::control;
  Undefined reason = Undefined::no_data;  ///< Not none: no pair is proposed.
  std::int64_t candidates = 0;
  std::vector<Covariate> covariates;  ///< That the distance is made of.
  std::vector<ProposedPair> pairs;    ///< By school, then by distance of choice.
  std::vector<SchoolId> without;      ///< Supported schools for which there is none.
  std::vector<ProposalBalance> balance;
};

struct GroupProposals {
  ProposalSettings settings;
  std::optional<std::size_t> series;  ///< Whose results they are.
  std::vector<int> years;             ///< Of the results.
  std::optional<int> size_field;      ///< Context field of the size; nothing = participants of the series.
  bool from_list = false;             ///< Supported are the schools on the list of low results; else the focus group.
  std::vector<SchoolId> supported;
  std::vector<SchoolId> incomplete;     ///< Of them those of which something is not known; they are not matched.
  std::vector<ProposalUnit> units;      ///< By school.
  std::array<ProposedGroup, 2> groups;  ///< By ProposedRole.

  bool empty() const { return supported.empty(); }
};

/// `years`: of the results before the programme. Supported are the schools of the focus group; without one, those on
/// the list of low results. Candidates are all other schools that are on no list of low results; those of known roles
/// may be proposed again.
GroupProposals propose_groups(const Dataset& data, const Figures& figures, std::optional<std::size_t> series,
                              const std::vector<int>& years, const Identification& identification,
                              const ProposalSettings& settings);

}  // namespace kaskad
