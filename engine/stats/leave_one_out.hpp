// What a linear regression says of each unit when the unit itself is left out.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

struct UnitLeftOut {
  double fitted = kNaN;    ///< By all units.
  double leverage = kNaN;  ///< h, the unit's own share in its fitted value.
  double expected = kNaN;  ///< By the other units.
  /// y − expected, with the interval of a prediction: se² = s₋ᵢ²/(1 − h), t of n − p − 1 degrees of freedom; p against
  /// 0.
  Estimate residual;
};

struct LeaveOneOut {
  Undefined reason = Undefined::no_data;
  std::vector<double> coefficients;
  double r_squared = kNaN;
  double sigma = kNaN;  ///< √(residual squares/(n − p)).
  std::vector<UnitLeftOut> units;
};

/// Least squares of `outcome` on the columns of `design` (its own intercept among them), and every unit against the
/// fit without it: y − ŷ₋ᵢ = e/(1 − h), s₋ᵢ² = (Σe² − e²/(1 − h))/(n − p − 1). Source: Belsley, Kuh & Welsch 1980,
/// Regression Diagnostics, ch. 2; residual/se is R's rstudent. A unit that alone carries a coefficient (h = 1) has no
/// residual: too_few. All is undefined: sizes that do not match or a value that is not finite → no_data; n ≤ p + 1 →
/// too_few; collinear columns → singular; fitted without residual → no_variation.
LeaveOneOut leave_one_out(const Matrix& design, const std::vector<double>& outcome);

}  // namespace kaskad::stats
