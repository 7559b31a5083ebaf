// Counts of marks behind printed percents.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace kaskad::intake {

/// A percent as printed, with so many digits after the decimal mark.
struct PrintedPercent {
  double value = 0;
  int decimals = 0;
};

enum class SharesState : std::uint8_t {
  recovered,   ///< Exactly one set of counts adds up to n and prints so.
  ambiguous,   ///< Several do.
  impossible,  ///< None does.
};

struct RecoveredShares {
  SharesState state = SharesState::impossible;
  std::array<std::int64_t, 4> counts{};
};

/// Counts of marks 2, 3, 4, 5 that add up to n and whose percents of n round to the printed ones, halves either way.
/// A percent that is not printed may be anything.
RecoveredShares recover_counts(std::int64_t n, const std::array<std::optional<PrintedPercent>, 4>& printed);

}  // namespace kaskad::intake
