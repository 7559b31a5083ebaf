// Parts of the mixed model that mixed*.cpp share: the sums over groups, and the deviance with its derivatives.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/mixed.hpp"
#include "engine/stats/newton.hpp"

namespace kaskad::stats::mixed {

/// Symmetric 2 × 2 matrix: intercept, covariance, slope. Without a random slope the last two are 0.
struct Sym {
  double s00 = 0, s01 = 0, s11 = 0;
};

/// All that the likelihood needs of the rows. The fixed effects are those of an orthonormal basis Q of the columns of
/// W^½X, X_kept = Q·R, the outcome is the residual of least squares in units of its SD, and z is centred and in units
/// of its SD: so that nothing cancels. b = Cov(b) follows z by a linear map (to_unit, from_unit).
struct Moments {
  Undefined reason = Undefined::no_data;
  std::int64_t n = 0;
  std::vector<std::size_t> kept;     ///< Columns of X in the basis.
  std::vector<std::size_t> dropped;  ///< Columns that depend on those before them.
  Matrix r;                          ///< p × p, upper triangular.
  std::vector<double> projection;    ///< Q'y of the outcome as given: least squares' γ = Rβ.
  double unit = 1;                   ///< SD of the residual of least squares, √(Σe²/n).
  double log_weights = 0;            ///< Σ n·log(weight).

  bool slope = false;
  double z_mean = 0;
  double z_unit = 1;

  std::vector<int> group;            ///< Numbers of the groups that have pupils, rising.
  std::vector<std::int64_t> pupils;  ///< Of each of them.
  std::vector<Sym> zz;               ///< Z_g'WZ_g.
  std::vector<double> zq;            ///< Z_g'W[Q y]: 2 × (p + 1) by column, one block a group.
  double total = 0;                  ///< y'Wy of the residual, = n.

  std::size_t groups() const { return group.size(); }
  std::size_t fixed() const { return kept.size(); }
  const double* block(std::size_t g) const { return zq.data() + g * 2 * (fixed() + 1); }
  /// Elements of Ψ: 1, or 3 with a slope.
  std::size_t variances() const { return slope ? 3 : 1; }
};

/// One pass over the rows for each term. reason: as of fit_mixed, without those that only the likelihood can tell.
Moments sum_groups(const MixedData& data);

/// The deviance's parts at Ψ, without constants: deviance = logdet + w/σ² + m·log σ² with m = n (ML) or n − p (REML).
/// Derivatives are by the elements of Ψ (s00, s01, s11; the off-diagonal element stands twice in Ψ).
struct Parts {
  double logdet = 0;  ///< log|V|, for REML with log|Q'V⁻¹Q|.
  double w = 0;       ///< Least (y − Qγ)'V⁻¹(y − Qγ).
  std::array<double, 3> logdet_1{}, w_1{};
  std::array<std::array<double, 3>, 3> logdet_2{}, w_2{};
  std::vector<double> gamma;  ///< At the least.
  Matrix n;                   ///< (Q'V⁻¹Q)⁻¹.
  std::array<Matrix, 3> n_1;  ///< Derivatives of N.
};

enum class Derivatives { none, second };

/// Not finite `w` or `logdet` where Ψ leaves no positive definite V.
Parts deviance_parts(const Moments& moments, const Sym& psi, Likelihood method, Derivatives derivatives);

/// m of deviance_parts.
double residual_count(const Moments& moments, Likelihood method);

/// Deviance at Ψ with σ² = w/m, in the unit of the outcome: comparable between models and with lme4.
double full_deviance(const Moments& moments, const Parts& parts, Likelihood method);

/// What is left of w when groups may take any effects (Ψ → ∞); 0 (or rounding) when they fit all outcomes.
double within_squares(const Moments& moments);

/// Part of the random effects' squares that the fixed terms leave: 0 when they take up all differences of groups.
double part_left_by_fixed(const Moments& moments);

/// Cov(b) for z as given from that for centred z in units of its SD, and back. Linear in the elements.
Sym from_unit(const Moments& moments, const Sym& psi);
Sym to_unit(const Moments& moments, const Sym& psi);

/// Ψ as a function of at most four arguments, with derivatives of its elements: first[k][a], second[k][l][a].
struct PsiMap {
  Sym psi;
  std::array<std::array<double, 3>, 4> first{};
  std::array<std::array<std::array<double, 3>, 4>, 4> second{};
};

/// Arguments θ: the Cholesky factor of Ψ by column, of either sign (1 or 3 of them).
PsiMap from_theta(const std::vector<double>& theta);

/// Arguments log SD of the intercept, [log SD of the slope, atanh of the correlation,] log σ; SDs for z as given.
PsiMap from_logs(const Moments& moments, const std::vector<double>& logs);

/// Deviance with σ² = w/m, by the arguments of `map` (`count` of them).
Curvature profiled(const Moments& moments, const PsiMap& map, std::size_t count, Likelihood method);

/// log σ² as a linear function of one argument of the map (which may be one more than the map has).
struct LogVariance {
  double value = 0;
  std::size_t argument = 0;
  double slope = 1;  ///< ∂log σ²/∂argument.
};

/// Deviance at given Ψ and σ², logdet + w/σ² + m·log σ², by the arguments of `map` (`count` of them, that of σ²
/// included).
Curvature at_variance(const Moments& moments, const PsiMap& map, std::size_t count, const LogVariance& variance,
                      Likelihood method);

/// Where the deviance is least.
struct Optimum {
  bool converged = false;
  std::vector<double> theta;
  Sym psi;                 ///< For centred z in units of its SD.
  bool at_border = false;  ///< Ψ has not its full rank.
  Parts parts;             ///< With derivatives.
  double variance = 0;     ///< σ² in squares of Moments::unit.
  int iterations = 0;
  double distance = 0;  ///< √(g'H⁻¹g).
};

Optimum find_optimum(const Moments& moments, Likelihood method);

/// Profile likelihood intervals of the SDs and the correlation; fills lo and hi of those that are defined.
void add_profile_intervals(const Moments& moments, const Optimum& optimum, const MixedOptions& options, MixedFit& fit);

/// Interval of the ICC of a random intercept, ψ/(1 + ψ), by the profiled deviance.
void add_icc_interval(const Moments& moments, const Optimum& optimum, const MixedOptions& options, Estimate& icc);

/// Covariance of the arguments (θ, log σ²): 2·H⁻¹ of the deviance, without directions in which it is flat.
Matrix argument_covariance(const Moments& moments, const Optimum& optimum, Likelihood method);

std::vector<GroupEffects> predict_effects(const Moments& moments, const Optimum& optimum, double level);

}  // namespace kaskad::stats::mixed
