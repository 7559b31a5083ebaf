// How the index of a school's social well-being is made (ИСБШ). All of it is configuration: docs/identification.md.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

enum class WeightMode : std::uint8_t {
  given,
  equal,
  regression,  ///< Coefficients of the results' regression on the shares.
  component,   ///< The first principal component of the shares.
};
inline constexpr std::array<std::string_view, 4> kWeightModeNames = {"given", "equal", "regression", "component"};

enum class ShareScaling : std::uint8_t {
  theoretical,  ///< From the least to the largest value that a share can have.
  minmax,       ///< From the least to the largest among the schools.
};
inline constexpr std::array<std::string_view, 2> kShareScalingNames = {"theoretical", "minmax"};

enum class MissingShares : std::uint8_t {
  leave_out,    ///< A school that lacks a share is not ranked.
  renormalise,  ///< The weights of the shares that it has are made to add up to 1.
};
inline constexpr std::array<std::string_view, 2> kMissingSharesNames = {"leave_out", "renormalise"};

enum class CutRule : std::uint8_t {
  rank,      ///< By place among the schools ranked, as equal in number as ties allow.
  quantile,  ///< By the quantiles of type 7; a value on a cut is in the lower group.
};
inline constexpr std::array<std::string_view, 2> kCutRuleNames = {"rank", "quantile"};

/// Where schools of one value go when a border of equal groups runs between them; they always stay together.
enum class TieRule : std::uint8_t { lower, upper };
inline constexpr std::array<std::string_view, 2> kTieRuleNames = {"lower", "upper"};

/// In which identification weights and extremes are found, when they come from the data.
enum class FitTo : std::uint8_t {
  each,  ///< In each its own.
  first,
  last,
};
inline constexpr std::array<std::string_view, 3> kFitToNames = {"each", "first", "last"};

struct IndexComponent {
  std::string field;    ///< Context field.
  double weight = 0;    ///< Of `given`; made to add up to 1.
  bool is_good = true;  ///< More is better; else 1 − share is taken.
  double lo = 0;        ///< Theoretical extremes, in the unit of the field.
  double hi = 1;
};

/// When the schools were identified: the context of which year, and what the time is called.
struct IndexTime {
  int year = 0;
  Names name;
  int decimals = 2;  ///< Of the index in tables.
};

/// The results on which `regression` regresses.
struct IndexOutcome {
  std::string indicator, procedure, subject;
  int grade = 0;
};

struct SocialIndexSettings {
  bool on = true;
  WeightMode weights = WeightMode::given;
  ShareScaling scaling = ShareScaling::theoretical;
  MissingShares missing = MissingShares::leave_out;
  double least_weight = 0.5;  ///< With renormalise: what the shares that are there must weigh together.
  int groups = 5;
  CutRule cuts = CutRule::rank;
  TieRule ties = TieRule::lower;
  double low_end = 0, high_end = 100;  ///< The outer ends of the drift table.
  int decimals = 2;
  FitTo fit = FitTo::last;
  std::int64_t draws = 1000;
  double concentration = 100;  ///< Of the random weights around the weights: an SD of 0.043 at a weight of 0.25.
  std::uint64_t seed = 1;
  int risk_groups = 1;  ///< The lowest groups that are the risk zone.
  std::vector<IndexComponent> components;
  std::vector<IndexTime> times;  ///< Rising; empty = every project year that has context by year.
  IndexOutcome outcome;
};

}  // namespace kaskad
