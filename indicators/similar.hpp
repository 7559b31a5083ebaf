// Similar schools: those nearest in context, so that a school is read beside others in the same conditions.
#pragma once

#include <vector>

#include "engine/intake/dataset.hpp"

namespace kaskad {

struct SimilarSchools {
  std::vector<std::vector<SchoolId>> of_school;  ///< Nearest first; empty where the context is missing.
  std::vector<int> fields;                       ///< Context fields that were compared.
  std::size_t wanted = 0;
};

/// The `wanted` schools at the smallest Euclidean distance in the context fields, each standardised over schools (SD, n
/// − 1), pooled over years; totals such as enrolment enter by their logarithm. A school must have all fields; equal
/// distances are ordered by id.
SimilarSchools find_similar_schools(const Dataset& data, std::size_t wanted, unsigned threads);

/// Mean of a context field over years for one school; NaN when not given.
double context_mean(const Dataset& data, int field, SchoolId school);

}  // namespace kaskad
