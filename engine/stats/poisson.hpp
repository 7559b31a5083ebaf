// Counts as a log-linear function of terms.
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

struct PoissonFit {
  std::vector<double> coefficients;
  Matrix covariance;       ///< (X'WX)⁻¹ at the maximum, W the fitted counts.
  double deviance = kNaN;  ///< 2Σ(y·log(y/ŷ) − (y − ŷ)).
  int iterations = 0;
  Undefined reason = Undefined::no_data;
};

/// Maximum likelihood of y ~ Poisson(exp(Xβ)) by iteratively reweighted least squares, steps halved where the
/// likelihood falls. `design` has one row a count and its own intercept. Source: McCullagh & Nelder 1989, ch. 6.
/// Undefined: no count above 0, a value that is not finite or a count below 0 → no_data; collinear columns → singular;
/// a combination of columns has all counts on one side, so that a coefficient runs to infinity and
/// some fitted count falls below 1e-9 → separation; else no
/// end within 100 steps → no_convergence.
PoissonFit poisson_regression(const Matrix& design, const std::vector<double>& counts);

}  // namespace kaskad::stats
