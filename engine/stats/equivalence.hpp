// Are two groups alike enough? A test that can say so; a difference that is «not significant» cannot.
#pragma once

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// Two one-sided tests against the bounds.
struct Equivalence {
  double lower = kNaN, upper = kNaN;                ///< Bounds, in the unit of the difference.
  double t_lower = kNaN, t_upper = kNaN;            ///< (d − lower)/se and (d − upper)/se.
  double p_lower = kNaN, p_upper = kNaN, p = kNaN;  ///< One-sided; p is the larger of the two.
  double lo = kNaN, hi = kNaN;                      ///< The 90 % interval: within the bounds exactly when p < 0.05.
  Undefined reason = Undefined::no_data;

  bool equivalent() const { return reason == Undefined::none && p <= 0.05; }
};

/// TOST of a difference with its se and df (Welch's, or by clusters): p = max(P(T ≥ t_lower), P(T ≤ t_upper)).
/// Source: Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15:657–680. Bounds that are a multiple of
/// an SD of the data are taken as known, though the SD is estimated. An undefined difference gives its reason; a
/// difference without se, or with se 0, or bounds that are no numbers → no_variation or no_data.
/// Precondition: lower < upper unless one is NaN.
Equivalence tost(const Estimate& difference, double lower, double upper);

}  // namespace kaskad::stats
