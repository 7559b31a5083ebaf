// The smallest value of a smooth function of a few arguments whose gradient and Hessian are known.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace kaskad::stats {

/// Most arguments that newton_minimum takes.
inline constexpr std::size_t kMostArguments = 4;

/// A function of k arguments at one point. `hessian` is k × k, symmetric. A value that is not finite marks a point
/// outside the domain.
struct Curvature {
  double value = 0;
  std::vector<double> gradient;
  std::vector<double> hessian;
};

using CurvedFunction = std::function<Curvature(const std::vector<double>&)>;

struct Minimum {
  std::vector<double> at;
  Curvature there;
  int iterations = 0;
  /// Half of g'H⁻¹g: how much lower the quadratic model's minimum lies, in units of the function.
  double decrement = 0;
  bool converged = false;  ///< Decrement vanishing and no direction of descent of the second order.
};

/// Newton's method with the absolute values of the Hessian's eigenvalues, so that it descends and leaves saddles, and
/// halving of the step until Armijo's condition holds (Nocedal & Wright 2006, Numerical Optimization, sections 3.1 and
/// 3.4). Full steps without that condition end it, where the function is flat beyond rounding but its gradient is not.
Minimum newton_minimum(const CurvedFunction& function, std::vector<double> start);

}  // namespace kaskad::stats
