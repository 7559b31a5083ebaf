// Balance of two sets of schools: are those that get support like those they are compared with?
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {

/// One context field, each school counting once with its mean over the years.
struct ContextBalance {
  int field = 0;
  Estimate focus, control;  ///< Means over schools, which describe them: no interval; n = schools.
  Estimate standardised;    ///< Hedges' g of focus − control over schools (SD within the two groups).
};

/// Fields that at least one school of either group has in `years` (or for all years). Totals such as enrolment are not
/// taken by their logarithm here: the reader sees pupils.
std::vector<ContextBalance> context_balance(const Dataset& data, const std::vector<SchoolId>& focus,
                                            const std::vector<SchoolId>& control, const std::vector<int>& years);

}  // namespace kaskad
