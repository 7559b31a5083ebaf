// How many digits of a coefficient survive the rounding of the data and of the arithmetic.
#pragma once

#include <vector>

#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats::linear {

/// Decimal digits that remain of each coefficient when every number that is not whole carries the rounding of a double
/// (2⁻⁵⁴ of it), and every number four times `epsilon` of the arithmetic. To first order β moves by M X̃'(δy − δX β) +
/// M δX'r, so with independent errors of relative size u its j-th element has the variance
///   Σᵢ aⱼᵢ²·(u²yᵢ² + Σ_k u²xᵢₖ²βₖ²) + Σ_k Mⱼₖ² Σᵢ u²xᵢₖ²rᵢ²,   a = M X̃'√w.
/// Digits are counted from the coefficient or its standard error, whichever is larger, and 17 at most; where the fit is
/// exact, with the outcome's norm in the place of σ. `d` is complete but for the digits; NaN for columns left out.
std::vector<double> right_digits(const Rows& rows, const Decomposition& d, double epsilon);

}  // namespace kaskad::stats::linear
