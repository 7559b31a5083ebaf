// Degrees of freedom of CR2 and CR3.
#pragma once

#include <vector>

#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats::linear {

/// Of q contrasts, summed over clusters. Under the working model c'Vc has the expectation tr P (in units of σ²) and the
/// variance 2 tr P², with P the clusters × clusters matrix of ClusterPart: df = (tr P)²/tr P².
struct ClusterMoments {
  Matrix variance;              ///< q × q: Σ effect·effect'.
  std::vector<double> trace;    ///< tr P.
  std::vector<double> squares;  ///< tr P², a sum of squares: nothing cancels.
  std::vector<double> lost;     ///< Part of c'Mc that hangs on single clusters.
};

ClusterMoments cluster_moments(const Solution& solution, const Matrix& contrasts, bool jackknife);

}  // namespace kaskad::stats::linear
