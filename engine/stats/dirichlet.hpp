// Random weights that add up to 1.
#pragma once

#include <vector>

#include "engine/base/random.hpp"

namespace kaskad::stats {

/// A draw from the gamma distribution of this shape and scale 1; shape > 0. Marsaglia & Tsang 2000, ACM Trans. Math.
/// Softw. 26:363–372; shapes under 1 by their power of a uniform draw.
double gamma_draw(RandomStream& random, double shape);

/// A draw from Dirichlet(concentration·weights): its mean is the weights, the SD of one is √(w(1 − w)/(concentration +
/// 1)). Weights are not negative and add up to 1; those of 0 stay 0.
std::vector<double> dirichlet_draw(RandomStream& random, const std::vector<double>& weights, double concentration);

}  // namespace kaskad::stats
