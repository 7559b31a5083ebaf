// Maturity of programmes: formal, functional or reflexive, read off evidence by a rubric that is configuration.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {

struct Criterion {
  std::string id;
  Names name;
};

/// A level and the criteria that it demands. The lowest level demands none.
struct MaturityLevel {
  std::string id;
  Names name;
  std::vector<std::string> criteria;
};

enum class RaterRule : std::uint8_t { mean, lowest, highest };
inline constexpr std::array<std::string_view, 3> kRaterRuleNames = {"mean", "lowest", "highest"};

struct Rubric {
  double met = 1.0;     ///< A criterion's score from which it is met.
  double partly = 0.5;  ///< From which it is partly met.
  RaterRule raters = RaterRule::mean;
  std::vector<MaturityLevel> levels;  ///< From the highest to the lowest.
  std::vector<Criterion> criteria;
};

/// Reads a rubric file; defects (no lowest level, a level that names an unknown criterion …) go to `out`.
Rubric read_rubric(std::string_view toml, const std::string& file, Diagnostics& out);

enum class CriterionState : std::uint8_t { met, partly, missing, not_rated };
inline constexpr std::array<std::string_view, 4> kCriterionStateNames = {"met", "partly", "missing", "not_rated"};

struct CriterionRating {
  CriterionState state = CriterionState::not_rated;
  double score = kNaN;          ///< Over raters, by the rubric's rule; NaN when not rated.
  std::int64_t raters = 0;      ///< With reliable evidence.
  std::int64_t unreliable = 0;  ///< Evidence left out as unreliable.
};

/// One programme in one wave. Without any reliable evidence the level is undefined: nobody looked, which is not
/// «formal».
struct MaturityRating {
  std::size_t programme = 0;  ///< Into Dataset::programmes.
  std::string wave;
  std::optional<std::size_t> level;       ///< Into Rubric::levels.
  std::vector<CriterionRating> criteria;  ///< In the rubric's order.
  std::vector<std::size_t> lacking;       ///< Criteria that the next higher level still demands; empty at the top.
};

/// By programme, then by wave, for the waves that have any evidence at all.
std::vector<MaturityRating> rate_maturity(const Dataset& data, const Rubric& rubric,
                                          const std::vector<std::string>& waves);

}  // namespace kaskad
