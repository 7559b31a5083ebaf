// The first principal component of a table of schools.
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

struct PrincipalComponent {
  Undefined reason = Undefined::no_data;
  std::vector<double> loadings;  ///< Of length 1; their sum is not negative.
  std::vector<double> sds;       ///< Of the columns, divisor n − 1.
  double explained = kNaN;       ///< Largest eigenvalue over the number of columns.
};

/// Of the correlation matrix of the columns (rows are schools). The sign, which the component itself leaves open, is
/// such that the loadings' sum is positive; where it is 0, the first loading that is not 0 is positive. Source:
/// Hotelling 1933, J. Educ. Psychol. 24:417–441. A number that is not finite or no column → no_data; fewer than three
/// rows → too_few; a constant column → no_variation.
PrincipalComponent first_component(const Matrix& values);

}  // namespace kaskad::stats
