#include "engine/stats/dirichlet.hpp"

#include <cassert>
#include <cmath>

namespace kaskad::stats {

double gamma_draw(RandomStream& random, double shape) {
  assert(shape > 0);
  if (shape < 1) {
    const double larger = gamma_draw(random, shape + 1);
    return larger * std::pow(random.uniform(), 1 / shape);
  }
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = random.normal();
    const double v = std::pow(1 + c * x, 3);
    const double u = random.uniform();
    if (v > 0 && std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

std::vector<double> dirichlet_draw(RandomStream& random, const std::vector<double>& weights, double concentration) {
  std::vector<double> out;
  double sum = 0;
  for (const double weight : weights) {
    out.push_back(weight > 0 ? gamma_draw(random, concentration * weight) : 0);
    sum += out.back();
  }
  assert(sum > 0);
  for (double& w : out) w /= sum;
  return out;
}

}  // namespace kaskad::stats
