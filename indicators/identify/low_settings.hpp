// By which rules a school is found to have low results. All of it is configuration: docs/identification.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

/// A procedure is low when at least the threshold's share of its participants is below the border of passing.
enum class LowRuleKind : std::uint8_t {
  each_year,  ///< In each of the last `years` years at least `least` procedures are low, whichever.
  same,       ///< At least `least` procedures are low in all of the last `years` years.
};
inline constexpr std::array<std::string_view, 2> kLowRuleKindNames = {"each_year", "same"};

struct LowRule {
  std::string id;
  Names name;
  LowRuleKind kind = LowRuleKind::each_year;
  int years = 1;
  int least = 1;
  std::vector<std::string> procedures;  ///< Of those judged at all; empty = every one.
  std::vector<std::string> subjects;
  std::optional<double> threshold;  ///< Instead of the general one.
};

enum class Combination : std::uint8_t { all, any };
inline constexpr std::array<std::string_view, 2> kCombinationNames = {"all", "any"};

/// A list: the regional one, the municipal one. A school stands in the first whose rules it meets.
struct LowTier {
  std::string id;
  Names name;
  Combination combine = Combination::all;
  std::vector<std::size_t> rules;  ///< Into LowSettings::rules.
};

/// What is held of a true share besides the school's own pupils.
enum class ShareModel : std::uint8_t {
  jeffreys,  ///< Nothing: Beta(½, ½).
  region,    ///< What all schools of the procedure and year show (stats::fit_beta_prior).
};
inline constexpr std::array<std::string_view, 2> kShareModelNames = {"jeffreys", "region"};

/// What becomes of a procedure with too few participants.
enum class FewPupils : std::uint8_t {
  leave_out,
  pool,  ///< Added up with the years before, as far back as `pool_years` and as needed.
};
inline constexpr std::array<std::string_view, 2> kFewPupilsNames = {"leave_out", "pool"};

struct LowSettings {
  bool on = true;
  double threshold = 0.3;
  std::int64_t minimum_n = 10;
  std::vector<std::string> procedures, subjects;  ///< Empty = all that have a border; olympiads have none.
  std::vector<int> grades;
  bool by_subject = true;  ///< A procedure is one subject; else all its subjects together.
  bool by_grade = true;
  ShareModel model = ShareModel::jeffreys;
  FewPupils few = FewPupils::leave_out;
  int pool_years = 3;
  std::int64_t draws = 2000;
  std::uint64_t seed = 1;
  std::vector<LowRule> rules;
  std::vector<LowTier> tiers;  ///< The strictest first.
};

}  // namespace kaskad
