// How much violation of parallel trends a conclusion bears, and how strong an unobserved confounder would have to be.
// docs/methods/sensitivity.md says what is computed and what is not.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

/// Coefficients of an event study against one reference period, the last before treatment, in equal steps of time
/// without gaps. The covariance has the order pre, post.
struct EventStudy {
  std::vector<double> pre;   ///< From the earliest to the one before the reference period.
  std::vector<double> post;  ///< From the first period of treatment.
  Matrix covariance;
};

/// What is asked of the study: θ = Σ weights·post effects.
struct SensitivityTarget {
  std::vector<double> weights;  ///< One a post coefficient.
  double level = 0.95;
  /// Of the t quantile that relative magnitudes take, those of θ̂: with no violation the interval is θ̂'s own. Infinite:
  /// the normal quantile.
  double df = std::numeric_limits<double>::infinity();
};

/// The set of θ for one size of violation, and a confidence interval for θ.
struct SensitivityInterval {
  double size = 0;                      ///< M̄ or M.
  double set_lo = kNaN, set_hi = kNaN;  ///< Identified set at the point estimates.
  double lo = kNaN, hi = kNaN;
  Undefined reason = Undefined::none;
};

/// Largest size of violation whose interval does not hold 0. 0: the interval without any violation holds it already.
/// Infinite: none was found up to a size beyond any use (10⁶ times the scale of the figures).
struct Breakdown {
  double size = kNaN;
  Undefined reason = Undefined::none;
};

/// Relative magnitudes, Δ^RM(M̄) of Rambachan & Roth 2023 (Review of Economic Studies 90:2555–2591), section 2.4.1:
/// between consecutive periods the difference in trends after the reference period changes by at most M̄ times the
/// largest change before it, |δ_{t+1} − δ_t| ≤ M̄·max_s |δ_{s+1} − δ_s|.
///
/// With L = Σ_k |Σ_{j ≥ k} w_j| the identified set is θ̂ ∓ M̄·L·max_s |d_s|, d the changes before. The confidence
/// interval is the union over s and both signs of (θ̂ ± M̄·L·d_s) ∓ t·se(θ̂ ± M̄·L·d_s): the bound of the s with the truly
/// largest change is covered at the level, and the union holds its interval. It is valid for normal estimates with a
/// known covariance; it is no conditional or hybrid interval of that paper (Andrews, Roth & Pakes), and is usually
/// wider. No coefficient before or after, or sizes that do not match → no_data; a covariance that is not finite →
/// no_data.
SensitivityInterval relative_magnitudes(const EventStudy& study, const SensitivityTarget& target, double size);
Breakdown relative_breakdown(const EventStudy& study, const SensitivityTarget& target);

/// Smoothness, Δ^SD(M), section 2.4.2: the slope of the difference in trends changes by at most M from one period to
/// the next, |δ_{t+1} − 2δ_t + δ_{t−1}| ≤ M; M = 0 is a linear trend, which the coefficients before treatment
/// extrapolate.
///
/// The interval is the optimal fixed-length one (FLCI, section 4): of all a = w'β_post + v'β_pre that are unbiased for
/// linear trends the one with the shortest half-length c(b/σ)·σ, b its largest bias under M, σ its standard error and c
/// the quantile of |N(b/σ, 1)|. Solved exactly: in the second differences u of the weights v the bias is M times an
/// ℓ₁ norm and σ² a quadratic, so the frontier of (b, σ) is a lasso path, along which the half-length is unimodal.
/// set_lo and set_hi are NaN: the set is not what this interval is made of.
SensitivityInterval smoothness(const EventStudy& study, const SensitivityTarget& target, double size);
/// The smallest M at which the interval holds 0, by doubling and bisection from 0: beyond it the interval may move.
Breakdown smoothness_breakdown(const EventStudy& study, const SensitivityTarget& target);

/// Quantile of |N(mean, 1)|.
double folded_normal_quantile(double probability, double mean);

/// Sensitivity of a regression coefficient to an unobserved confounder: Cinelli & Hazlett 2020, JRSS B 82:39–67.
struct Robustness {
  double partial_r2 = kNaN;   ///< Of the treatment with the outcome, t²/(t² + df).
  double value = kNaN;        ///< RV: share of the residual variance of both treatment and outcome that a confounder
                              ///< must explain to bring the estimate to 0.
  double value_level = kNaN;  ///< The same to make it insignificant at the level.
  Undefined reason = Undefined::none;
};

/// From the coefficient's t statistic and residual df: with f = |t|/√df, RV = (√(f⁴ + 4f²) − f²)/2. For significance f
/// is lessened by f* = t*(df − 1)/√(df − 1); where f > 1/f*, the outcome's share is no longer the one that binds and
/// RV = (f² − f*²)/(1 + f²). t not finite or df ≤ 1 → no_data. Meant for classic standard errors.
Robustness robustness_value(double t, double df, double level = 0.95);

}  // namespace kaskad::stats
