// Correlations of counted pairs.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// `n` pupils with the values x and y.
struct CountedPair {
  double x = 0;
  double y = 0;
  std::int64_t n = 0;
};

/// Spearman's ρ: Pearson's correlation of the ranks, equal values sharing the mean of their ranks. Interval by Fisher's
/// transformation, tanh(artanh ρ ∓ z·√((1 + ρ²/2)/(n − 3))) (Bonett & Wright 2000, Psychometrika 65:23–28); none for
/// n < 4 or |ρ| = 1. Source: Spearman 1904, American Journal of Psychology 15:72–101. Nobody → no_data; one → too_few;
/// all x or all y equal → no_variation.
Estimate spearman(const std::vector<CountedPair>& pairs);

/// Pearson's r. Interval by Fisher's transformation, tanh(artanh r ∓ z/√(n − 3)) (Fisher 1921, Metron 1:3–32); none for
/// n < 4 or |r| = 1. Undefined as `spearman` is; a value that is not finite → no_data.
Estimate pearson(const std::vector<CountedPair>& pairs);

}  // namespace kaskad::stats
