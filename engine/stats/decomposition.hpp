// The stable decomposition behind a regression.
#pragma once

#include <optional>

#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats::linear {

/// Columns are scaled by √w, centred (about the mean, or within the levels of the largest absorbed factor; dummies of
/// the other factors come before the design), scaled to norm 1 and decomposed by Householder reflections in the order
/// given. A column is left out when what the earlier ones leave of it is 10⁻¹⁰ of its centred norm or 10⁻¹⁴ of its own:
/// R's dqrdc2 with a finer limit, since Filip's tenth power leaves 6·10⁻⁸.
/// All of this is done in extended precision (64 bits of mantissa) unless that takes more than about a second.
/// Dummies that would need more than 256 MiB are not made: their effects are taken out by take_out(), and the
/// decomposition is not `complete`. Nothing when that does not converge.
std::optional<Decomposition> decompose(const Rows& rows);

}  // namespace kaskad::stats::linear
