// The least deviance of a mixed model: its arguments, a grid for the start, Newton's method.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/stats/mixed_parts.hpp"

namespace kaskad::stats::mixed {

namespace {

/// Relative SDs from which the search starts: the best point of this grid (for a slope, of its square).
constexpr std::array<double, 7> kGrid = {0.03, 0.1, 0.3, 0.7, 1.5, 4, 20};
/// A relative SD under this is 0: the search comes there by halving it without end.
constexpr double kZero = 1e-6;

using Three = std::array<double, 3>;
using ThreeByThree = std::array<Three, 3>;

/// Derivatives by the elements of Ψ become derivatives by the arguments of the map.
Curvature chain(double value, const Three& gradient, const ThreeByThree& hessian, const PsiMap& map,
                std::size_t count) {
  Curvature out{value, std::vector<double>(count, 0), std::vector<double>(count * count, 0)};
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t a = 0; a < 3; ++a) out.gradient[k] += gradient[a] * map.first[k][a];
    for (std::size_t l = 0; l < count; ++l) {
      for (std::size_t a = 0; a < 3; ++a) {
        out.hessian[k * count + l] += gradient[a] * map.second[k][l][a];
        for (std::size_t b = 0; b < 3; ++b) {
          out.hessian[k * count + l] += hessian[a][b] * map.first[k][a] * map.first[l][b];
        }
      }
    }
  }
  return out;
}

Curvature outside() { return {std::numeric_limits<double>::infinity(), {}, {}}; }

Sym diagonal(double first, double second) { return {first * first, 0, second * second}; }

double profiled_value(const Moments& moments, const Sym& psi, Likelihood method) {
  const Parts parts = deviance_parts(moments, psi, method, Derivatives::none);
  if (!(parts.w > 0)) return std::numeric_limits<double>::infinity();
  return parts.logdet + residual_count(moments, method) * std::log(parts.w);
}

std::vector<double> best_of_grid(const Moments& moments, Likelihood method) {
  std::vector<double> best = moments.slope ? std::vector<double>{1, 0, 1} : std::vector<double>{1};
  double least = std::numeric_limits<double>::infinity();
  for (double first : kGrid) {
    for (double second : kGrid) {
      if (!moments.slope && second != kGrid.front()) continue;
      const double value = profiled_value(moments, diagonal(first, moments.slope ? second : 0), method);
      if (!(value < least)) continue;
      least = value;
      best = moments.slope ? std::vector<double>{first, 0, second} : std::vector<double>{first};
    }
  }
  return best;
}

/// Relative SDs at the border become 0. Returns whether there was one.
bool settle(std::vector<double>& theta) {
  bool border = false;
  for (std::size_t k = 0; k < theta.size(); k += 2) {
    if (std::abs(theta[k]) >= kZero) continue;
    theta[k] = 0;
    border = true;
  }
  return border;
}

}  // namespace

PsiMap from_theta(const std::vector<double>& theta) {
  PsiMap map;
  const double t0 = theta[0];
  map.psi.s00 = t0 * t0;
  map.first[0][0] = 2 * t0;
  map.second[0][0][0] = 2;
  if (theta.size() == 1) return map;
  const double t1 = theta[1];
  const double t2 = theta[2];
  map.psi.s01 = t0 * t1;
  map.psi.s11 = t1 * t1 + t2 * t2;
  map.first[0][1] = t1;
  map.first[1] = {0, t0, 2 * t1};
  map.first[2] = {0, 0, 2 * t2};
  map.second[0][1][1] = map.second[1][0][1] = 1;
  map.second[1][1][2] = map.second[2][2][2] = 2;
  return map;
}

Curvature profiled(const Moments& moments, const PsiMap& map, std::size_t count, Likelihood method) {
  const Parts parts = deviance_parts(moments, map.psi, method, Derivatives::second);
  if (!(parts.w > 0)) return outside();
  const double m = residual_count(moments, method);
  Three gradient{};
  ThreeByThree hessian{};
  for (std::size_t a = 0; a < 3; ++a) {
    gradient[a] = parts.logdet_1[a] + m * parts.w_1[a] / parts.w;
    for (std::size_t b = 0; b < 3; ++b) {
      hessian[a][b] =
          parts.logdet_2[a][b] + m * (parts.w_2[a][b] / parts.w - (parts.w_1[a] / parts.w) * (parts.w_1[b] / parts.w));
    }
  }
  return chain(parts.logdet + m * std::log(parts.w), gradient, hessian, map, count);
}

Curvature at_variance(const Moments& moments, const PsiMap& map, std::size_t count, const LogVariance& variance,
                      Likelihood method) {
  const Parts parts = deviance_parts(moments, map.psi, method, Derivatives::second);
  if (!(parts.w > 0)) return outside();
  const double m = residual_count(moments, method);
  const double v = std::exp(variance.value);
  Three gradient{};
  ThreeByThree hessian{};
  for (std::size_t a = 0; a < 3; ++a) {
    gradient[a] = parts.logdet_1[a] + parts.w_1[a] / v;
    for (std::size_t b = 0; b < 3; ++b) hessian[a][b] = parts.logdet_2[a][b] + parts.w_2[a][b] / v;
  }
  const std::size_t j = variance.argument;
  Curvature out = chain(parts.logdet + parts.w / v + m * variance.value, gradient, hessian, map, count);
  for (std::size_t k = 0; k < count; ++k) {
    double mixed = 0;
    for (std::size_t a = 0; a < 3; ++a) mixed -= variance.slope * parts.w_1[a] / v * map.first[k][a];
    out.hessian[k * count + j] += mixed;
    out.hessian[j * count + k] += mixed;
  }
  out.gradient[j] += variance.slope * (m - parts.w / v);
  out.hessian[j * count + j] += variance.slope * variance.slope * parts.w / v;
  return out;
}

Optimum find_optimum(const Moments& moments, Likelihood method) {
  const auto deviance = [&](const std::vector<double>& theta) {
    return profiled(moments, from_theta(theta), theta.size(), method);
  };
  const Minimum minimum = newton_minimum(deviance, best_of_grid(moments, method));
  Optimum optimum;
  optimum.converged = minimum.converged;
  optimum.theta = minimum.at;
  optimum.at_border = settle(optimum.theta);
  optimum.psi = from_theta(optimum.theta).psi;
  optimum.parts = deviance_parts(moments, optimum.psi, method, Derivatives::second);
  optimum.variance = optimum.parts.w / residual_count(moments, method);
  optimum.iterations = minimum.iterations;
  optimum.distance = std::sqrt(2 * minimum.decrement);
  return optimum;
}

}  // namespace kaskad::stats::mixed
