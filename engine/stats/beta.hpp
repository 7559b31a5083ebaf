// Tail areas and quantiles of the beta distribution; beta.cpp names Boost.Math. Arguments outside the domain give NaN.
#pragma once

namespace kaskad::stats {

/// P(X ≥ x) for X ~ Beta(a, b); a, b > 0. 1 for x ≤ 0, 0 for x ≥ 1.
double beta_upper_p(double x, double a, double b);

/// x with P(X ≤ x) = probability for X ~ Beta(a, b); a, b > 0, 0 < probability < 1.
double beta_quantile(double probability, double a, double b);

}  // namespace kaskad::stats
