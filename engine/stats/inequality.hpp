// How unequally a result is spread over schools, each school counting once.
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// A school's mean result and the part of the region in which it lies (any numbers that tell parts apart).
struct PlacedValue {
  double value = 0;  ///< ≥ 0.
  int place = 0;
};

/// Undefined: no school → no_data; one school → too_few_clusters; a value below 0, or all of them 0 → no_method (both
/// measures are of amounts). Estimate::n counts the schools; no interval.
struct Inequality {
  Estimate gini;           ///< Σ|xᵢ − xⱼ| over all pairs, both orders, over 2·S²·mean: 0 = all equal.
  Estimate theil;          ///< T = mean of (x/μ)·log(x/μ), 0·log 0 = 0: 0 = all equal.
  Estimate theil_between;  ///< T of the places' means, each place weighted by its share of the total.
  Estimate theil_within;   ///< The rest: T of each place weighted by its share of the total.
};

/// Sources: Gini 1912, Variabilità e mutabilità; Theil 1967, Economics and Information Theory, ch. 4 (decomposition).
Inequality inequality_of(std::vector<PlacedValue> schools);

}  // namespace kaskad::stats
