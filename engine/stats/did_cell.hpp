// One comparison of a difference-in-differences study: the effect on the treated between two periods, with the
// influence of each observation.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// How covariates are taken into account. Without covariates all three are the difference of mean changes.
enum class DidMethod : std::uint8_t {
  reg,  ///< Outcome regression on the controls (Heckman, Ichimura & Todd 1997).
  ipw,  ///< Weights by the odds of treatment that sum to one (Abadie 2005; Hájek's form).
  dr,   ///< Doubly robust (Sant'Anna & Zhao 2020): right when either of the two models is.
};

/// Largest fitted probability of treatment that still counts as overlap of the groups.
inline constexpr double kMostPropensity = 0.999;

/// Observations of one comparison. A panel gives each unit's change as one observation with post = 1; repeated
/// cross-sections give outcomes, with post = 0 in the base period.
struct DidSample {
  std::vector<double> outcome;
  std::vector<double> weight;
  std::vector<char> treated;
  std::vector<char> post;
  bool panel = true;
  std::vector<std::vector<double>> covariates;  ///< One vector a covariate, without the constant.
};

/// The effect and the influence ψ of each observation: effect − truth ≈ Σ ψ, so that its variance is Σ ψ².
struct DidCell {
  double effect = kNaN;
  std::vector<double> influence;
  Undefined reason = Undefined::none;
};

/// Every estimator is a signed sum of weighted means of y − x'β with weights of the treated, w, or of the controls,
/// w·p(x)/(1 − p(x)); β by weighted least squares in a group and period, p by logit. ψ is the sum of the means' own
/// influences and of what the estimated β and p add (their linear representation times the mean's derivative).
///   panel:  reg  E₁[Δy − x'β₀];  ipw  E₁[Δy] − Eₚ[Δy];  dr  E₁[Δy − x'β₀] − Eₚ[Δy − x'β₀].
///   cross-sections: the same of after minus before; reg takes x'β₀ over the treated of both periods; dr is the locally
///   efficient estimator τ̂₂ of Sant'Anna & Zhao 2020.
/// A group missing in a period → no_data; covariates that cannot be told apart → singular; covariates that tell the
/// groups apart, or a fitted probability above kMostPropensity → separation.
DidCell did_cell(const DidSample& sample, DidMethod method);

}  // namespace kaskad::stats
