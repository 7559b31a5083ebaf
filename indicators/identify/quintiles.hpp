// Groups of schools by a value, as equal in number as ties allow.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "indicators/identify/social_settings.hpp"

namespace kaskad {

/// Values are equal when they agree to ten decimals: they are sums of products and carry their rounding.
inline constexpr double kSameValue = 1e-10;

/// Group of each value, from 0 for the lowest; nothing for NaN. With N values and k groups:
///   rank      the i-th value in rising order (from 0) belongs to group ⌊i·k/N⌋; equal values all go to the group of
///             their first (`lower`) or last (`upper`) place;
///   quantile  cuts are the quantiles of type 7 (Hyndman & Fan 1996) at 1/k … (k − 1)/k; the group is the number of
///             cuts below the value.
std::vector<std::optional<int>> group_by_value(const std::vector<double>& values, int groups, CutRule cuts,
                                               TieRule ties);

/// Observed extremes of a group; NaN for an empty one.
struct GroupInterval {
  std::int64_t n = 0;
  double lo = 0;
  double hi = 0;
};

std::vector<GroupInterval> observed_intervals(const std::vector<double>& values,
                                              const std::vector<std::optional<int>>& group, int groups);

}  // namespace kaskad
