// Maturity of programmes: formal, functional or reflexive, read off evidence by a rubric that is configuration.
// docs/methods/maturity.md.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/estimate.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/stats/agreement.hpp"
#include "indicators/wave_sets.hpp"

namespace kaskad {

struct Criterion {
  std::string id;
  Names name;
  double weight = 1;  ///< Above 0; only its share of the rubric's sum matters.
};

/// What a level's share of weight is to its list of criteria.
enum class ShareStands : std::uint8_t { beside, instead };
inline constexpr std::array<std::string_view, 2> kShareStandsNames = {"beside", "instead"};

/// A level and what it demands: all criteria of a list, a share of the weight of all criteria, both of them or either
/// of them. The lowest level demands nothing.
struct MaturityLevel {
  std::string id;
  Names name;
  std::vector<std::size_t> criteria;  ///< Into Rubric::criteria.
  double share = 0;                   ///< Of weight, in [0, 1]; 0 = none is demanded.
  ShareStands stands = ShareStands::beside;

  bool demands_nothing() const { return criteria.empty() && share == 0; }
};

/// A criterion's score of several raters: their mean, the lowest, the highest, or the highest that more than half of
/// them gave at least.
enum class RaterRule : std::uint8_t { mean, lowest, highest, majority };
inline constexpr std::array<std::string_view, 4> kRaterRuleNames = {"mean", "lowest", "highest", "majority"};

struct Rubric {
  double met = 1.0;     ///< A criterion's score from which it is met.
  double partly = 0.5;  ///< From which it is partly met.
  RaterRule raters = RaterRule::mean;
  std::int64_t minimum_raters = 1;    ///< Fewer with reliable evidence leave a criterion unrated.
  std::vector<MaturityLevel> levels;  ///< From the highest to the lowest.
  std::vector<Criterion> criteria;

  std::optional<std::size_t> find(std::string_view criterion) const;
  std::optional<std::size_t> find_level(std::string_view id) const;
  double weight() const;  ///< Of all criteria.
};

/// An expert's level instead of the computed one.
struct MaturityOverride {
  std::string programme;  ///< Id.
  std::string wave;
  std::string level;
  std::string who, when, why;  ///< `when` is an ISO date.
  Place place;
};

struct RaterAgreementSettings {
  stats::AgreementScale scale = stats::AgreementScale::ordinal;       ///< Of Krippendorff's alpha.
  stats::AgreementWeights weights = stats::AgreementWeights::linear;  ///< Of the second of Cohen's kappas.
  double least = 2. / 3;                                              ///< Alpha below it is called low.
  std::int64_t draws = 2000;                                          ///< Of alpha's interval.
  std::uint64_t seed = 1;
};

struct MaturityEffectSettings {
  std::int64_t least_programmes = 10;  ///< Fewer with a level and a change are not compared.
  std::int64_t permutations = 10'000;
  std::uint64_t seed = 1;
};

struct EvidenceCheckSettings {
  std::int64_t same_document = 4;  ///< Criteria of a programme in a wave that rest all on one document.
  std::int64_t same_score = 15;    ///< Ratings of one rater, over criteria, that are all equal.
};

struct MaturitySettings {
  Rubric rubric;
  std::map<std::string, Rubric> by_level;  ///< Programme::level → its own rubric; of the same levels.
  std::vector<MaturityOverride> overrides;
  RaterAgreementSettings agreement;
  MaturityEffectSettings effect;
  EvidenceCheckSettings checks;

  const Rubric& rubric_of(const Programme& programme) const;
  /// Of all rubrics, each id once.
  std::vector<std::string> criterion_ids() const;
  /// Of the first rubric that has it; null when none has.
  const Criterion* find_criterion(std::string_view id) const;
};

enum class CriterionState : std::uint8_t { met, partly, missing, not_rated, few_raters };
inline constexpr std::array<std::string_view, 5> kCriterionStateNames = {"met", "partly", "missing", "not_rated",
                                                                         "few_raters"};

struct CriterionRating {
  CriterionState state = CriterionState::not_rated;
  double score = kNaN;                ///< Over raters, by the rubric's rule; NaN when not rated.
  std::int64_t raters = 0;            ///< With reliable evidence.
  std::int64_t unreliable = 0;        ///< Evidence left out as unreliable.
  std::vector<std::size_t> evidence;  ///< Into Dataset::evidence, reliable or not, in the order of the files.
};

/// What a programme's level rests on.
enum class LevelGround : std::uint8_t { nothing, criteria, share };
inline constexpr std::array<std::string_view, 3> kLevelGroundNames = {"nothing", "criteria", "share"};

/// Sets of criteria of equal number and weight, the fewest and lightest that would lead to a level.
struct LevelWays {
  std::vector<std::vector<std::size_t>> ways;  ///< At most kMostWays, each in the rubric's order.
  bool more = false;                           ///< There are others, as short.
};
inline constexpr std::size_t kMostWays = 6;

/// One programme in one wave. Without any reliable evidence the level is undefined: nobody looked, which is not
/// «formal».
struct MaturityRating {
  std::size_t programme = 0;  ///< Into Dataset::programmes.
  std::string wave;
  std::optional<std::size_t> computed;    ///< Into Rubric::levels: the level by the evidence.
  std::optional<std::size_t> level;       ///< That counts: the expert's, where there is one, else the computed one.
  std::optional<std::size_t> overridden;  ///< Into MaturitySettings::overrides.
  std::vector<CriterionRating> criteria;  ///< In the rubric's order.
  double share = 0;                       ///< Of the weight of all criteria that is met.
  LevelGround ground = LevelGround::nothing;
  std::vector<std::size_t> carrying;  ///< Met criteria that the computed level rests on.
  std::vector<std::size_t> lacking;   ///< Of the next higher level's list, those not met; empty at the top.
  LevelWays next;                     ///< To the level above the computed one; empty at the top.
};

/// By programme, then by wave of the programme's set, for the waves that have any evidence or override at all. An
/// override without a reason, or of a programme or level that is not known, counts for nothing (check_evidence tells).
std::vector<MaturityRating> rate_maturity(const Dataset& data, const MaturitySettings& settings,
                                          const std::vector<WaveSet>& waves);

/// The shortest ways to a level for a programme that has met these criteria; no way where it has the level already.
LevelWays shortest_ways(const Rubric& rubric, const MaturityLevel& level, const std::vector<bool>& met);

}  // namespace kaskad
