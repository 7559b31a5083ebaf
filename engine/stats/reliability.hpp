// How well the items of a scale go together.
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// Cronbach's α = k/(k − 1)·(1 − Σ s²_item/s²_total) over the rows (schools) of k items, variances with divisor n − 1,
/// with Feldt's interval 1 − (1 − α)·F, F the upper and lower points of Fisher's distribution with n − 1 and
/// (n − 1)(k − 1) degrees of freedom. Estimate::n counts the rows.
/// Source: Cronbach 1951, Psychometrika 16:297–334; Feldt 1965, Psychometrika 30:357–370 (as R's psych::alpha.ci).
///
/// No row, rows of unequal length or a value that is not finite → no_data; fewer than two rows or items → too_few; the
/// totals are all equal → no_variation. May be negative, where items run against each other.
Estimate cronbach_alpha(const std::vector<std::vector<double>>& rows);

}  // namespace kaskad::stats
