// Likelihood ratio tests of nested mixed models.
#include <algorithm>
#include <cmath>

#include "engine/stats/distributions.hpp"
#include "engine/stats/mixed.hpp"

namespace kaskad::stats {

namespace {

/// P(χ²(df) ≥ x); χ²(0) is 0 always.
double upper_tail(double x, int df) {
  if (df == 0) return x > 0 ? 0 : 1;
  return x > 0 ? chi_squared_upper_p(x, df) : 1;
}

}  // namespace

LikelihoodRatio likelihood_ratio(double small_deviance, int small_parameters, double large_deviance,
                                 int large_parameters, Nested what) {
  LikelihoodRatio test;
  if (!std::isfinite(small_deviance) || !std::isfinite(large_deviance)) return test;
  test.df = large_parameters - small_parameters;
  if (test.df < 1) return {Undefined::singular, kNaN, 0, kNaN};
  test.reason = Undefined::none;
  test.statistic = std::max(0.0, small_deviance - large_deviance);
  const int border = what == Nested::fixed_terms ? test.df : test.df - 1;
  test.p = (upper_tail(test.statistic, border) + upper_tail(test.statistic, test.df)) / 2;
  return test;
}

}  // namespace kaskad::stats
