#include "engine/intake/shares.hpp"

#include <algorithm>
#include <cmath>

namespace kaskad::intake {
namespace {

struct Bounds {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

/// Counts c with |100·c/n − p| ≤ half a unit of the last printed digit.
Bounds bounds_of(std::int64_t n, const std::optional<PrintedPercent>& printed) {
  if (!printed) return {0, n};
  // The slack takes up the rounding of doubles; no two counts are so near to each other.
  const double half = 0.5 * std::pow(10.0, -printed->decimals) + 1e-9;
  const auto of_percent = [&](double percent) { return percent / 100 * static_cast<double>(n); };
  const auto lowest = static_cast<std::int64_t>(std::ceil(of_percent(printed->value - half)));
  const auto highest = static_cast<std::int64_t>(std::floor(of_percent(printed->value + half)));
  return {std::max<std::int64_t>(lowest, 0), std::min(highest, n)};
}

}  // namespace

RecoveredShares recover_counts(std::int64_t n, const std::array<std::optional<PrintedPercent>, 4>& printed) {
  RecoveredShares recovered;
  std::array<Bounds, 4> bounds;
  std::int64_t left = n;
  std::int64_t room = 0;
  int movable = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    bounds[i] = bounds_of(n, printed[i]);
    const std::int64_t width = bounds[i].highest - bounds[i].lowest;
    if (width < 0) return recovered;
    left -= bounds[i].lowest;
    room += width;
    movable += width > 0 ? 1 : 0;
  }
  if (left < 0 || left > room) return recovered;
  recovered.state = SharesState::recovered;
  if (left > 0 && left < room && movable > 1) recovered.state = SharesState::ambiguous;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::int64_t width = bounds[i].highest - bounds[i].lowest;
    recovered.counts[i] = bounds[i].lowest + std::min(left, width);
    left -= std::min(left, width);
  }
  return recovered;
}

}  // namespace kaskad::intake
