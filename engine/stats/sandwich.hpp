// The variance of coefficients, by each kind of Covariance.
#pragma once

#include <vector>

#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats::linear {

/// Variances of q linear combinations of coefficients, c'β with c = the columns of `contrasts` (r × q, on the basis).
struct Errors {
  Matrix variance;                 ///< q × q.
  std::vector<double> df;          ///< q, of t; NaN where there is a reason.
  std::vector<Undefined> reasons;  ///< q, as LinearCoefficient::error_reason.
};

Errors errors_of(const Solution& solution, const Matrix& contrasts);

/// h of each row in the full model: the squared norm of its row of Q̃ and S̃.
std::vector<double> leverages(const Solution& solution);

}  // namespace kaskad::stats::linear
