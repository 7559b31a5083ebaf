// Predicted effects of groups (BLUPs) with three kinds of uncertainty.
#include <cmath>

#include "engine/stats/distributions.hpp"
#include "engine/stats/mixed_parts.hpp"

namespace kaskad::stats::mixed {

namespace {

/// A 2 × 2 matrix by row.
using Square = std::array<double, 4>;

Square times(const Square& x, const Square& y) {
  return {x[0] * y[0] + x[1] * y[2], x[0] * y[1] + x[1] * y[3], x[2] * y[0] + x[3] * y[2], x[2] * y[1] + x[3] * y[3]};
}
Square full(const Sym& s) { return {s.s00, s.s01, s.s01, s.s11}; }
Square transposed(const Square& x) { return {x[0], x[2], x[1], x[3]}; }

/// (I + ΨZ'Z)⁻¹, the transpose of F in the deviance.
Square shrink(const Square& psi, const Sym& zz) {
  const Square m = times(psi, full(zz));
  const double det = (1 + m[0]) * (1 + m[3]) - m[1] * m[2];
  return {(1 + m[3]) / det, -m[1] / det, -m[2] / det, (1 + m[0]) / det};
}

/// One group's effects, for centred z in units of its SD, in Moments::unit.
struct Prediction {
  std::array<double, 2> value{};
  Sym conditional;  ///< Covariance given the data, β known.
  Sym of_fixed;     ///< What β's estimation adds to that of (prediction − truth).
};

Sym symmetric(const Square& x) { return {x[0], (x[1] + x[2]) / 2, x[3]}; }

Sym scaled(const Sym& s, double by) { return {s.s00 * by, s.s01 * by, s.s11 * by}; }

/// b = G·Z'(y − Qγ), G = ΨF = (I + ΨZ'Z)⁻¹Ψ; conditional covariance σ²G; added by γ σ²·G·B·N·B'·G'.
Prediction predict(const Moments& moments, const Optimum& optimum, std::size_t g) {
  const std::size_t p = moments.fixed();
  const double* block = moments.block(g);
  const Square psi = full(optimum.psi);
  const Square gain = times(shrink(psi, moments.zz[g]), psi);
  std::array<double, 2> residual = {block[2 * p], block[2 * p + 1]};
  Square bnb{};
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t row = 0; row < 2; ++row) {
      residual[row] -= block[2 * i + row] * optimum.parts.gamma[i];
      for (std::size_t j = 0; j < p; ++j) {
        const double nb = block[2 * i + row] * optimum.parts.n(i, j);
        bnb[2 * row] += nb * block[2 * j];
        bnb[2 * row + 1] += nb * block[2 * j + 1];
      }
    }
  }
  Prediction out;
  out.value = {gain[0] * residual[0] + gain[1] * residual[1], gain[2] * residual[0] + gain[3] * residual[1]};
  out.conditional = scaled(symmetric(gain), optimum.variance);
  out.of_fixed = scaled(symmetric(times(times(gain, bnb), transposed(gain))), optimum.variance);
  return out;
}

double root(double square) { return std::sqrt(std::max(square, 0.0)); }

GroupEffect effect(double value, double conditional, double of_fixed, double variance, double unit, double z) {
  GroupEffect out;
  out.value = unit * value;
  out.se = unit * root(conditional);
  out.comparative_se = unit * root(conditional + of_fixed);
  out.diagnostic_se = unit * root(variance - conditional - of_fixed);
  out.shrinkage = variance > 0 ? 1 - conditional / variance : 0;
  out.lo = out.value - z * out.se;
  out.hi = out.value + z * out.se;
  return out;
}

}  // namespace

std::vector<GroupEffects> predict_effects(const Moments& moments, const Optimum& optimum, double level) {
  const double z = normal_quantile(0.5 + level / 2);
  const Sym variance = from_unit(moments, scaled(optimum.psi, optimum.variance));
  const double m = moments.z_mean / moments.z_unit;
  std::vector<GroupEffects> effects;
  for (std::size_t g = 0; g < moments.groups(); ++g) {
    const Prediction p = predict(moments, optimum, g);
    const Sym conditional = from_unit(moments, p.conditional);
    const Sym of_fixed = from_unit(moments, p.of_fixed);
    GroupEffects e{moments.group[g], moments.pupils[g], {}, {}};
    const double at_zero = p.value[0] - (moments.slope ? m * p.value[1] : 0);
    e.intercept = effect(at_zero, conditional.s00, of_fixed.s00, variance.s00, moments.unit, z);
    if (moments.slope) {
      const double slope = p.value[1] / moments.z_unit;
      e.slope = effect(slope, conditional.s11, of_fixed.s11, variance.s11, moments.unit, z);
    }
    effects.push_back(e);
  }
  return effects;
}

}  // namespace kaskad::stats::mixed
