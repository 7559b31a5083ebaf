// Similar schools: those nearest in context, so that a school is read beside others in the same conditions.
// docs/methods/similar.md.
#pragma once

#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/frame.hpp"

namespace kaskad {

/// A school whose similar ones are on average farther off than this in some field is told to be unlike them; in SDs
/// over schools. Beyond half an SD even adjustment by regression is not to be trusted (Rubin 2001).
inline constexpr double kFarInSd = 0.5;

struct SimilarSchools {
  std::vector<std::vector<SchoolId>> of_school;  ///< Nearest first; empty where the context is missing.
  std::vector<std::vector<int>> far_fields;  ///< Per school: those in which its similar ones are farther than kFarInSd.
  std::vector<int> fields;                   ///< Context fields that were compared.
  std::size_t wanted = 0;
};

/// The `wanted` schools at the smallest Euclidean distance in the context fields, each standardised over schools (SD, n
/// − 1), pooled over years; totals such as enrolment enter by their logarithm. A school must have all fields, and some
/// result in the last period, in which it is read beside others; equal distances are ordered by id.
SimilarSchools find_similar_schools(const Dataset& data, const Frame& frame, std::size_t wanted, unsigned threads);

/// Mean of a context field over years for one school; NaN when not given.
double context_mean(const Dataset& data, int field, SchoolId school);

}  // namespace kaskad
