// Balance of covariates: are the treated like the controls, before and after matching?
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

struct CovariateBalance {
  double mean_treated = kNaN;
  double mean_control = kNaN;
  double standardised = kNaN;    ///< (mean_treated − mean_control)/sd.
  double variance_ratio = kNaN;  ///< Treated over control; NaN for a covariate of two values, whose means tell it.
  double ecdf_max = kNaN;        ///< Largest difference of the weighted distribution functions.
  Undefined reason = Undefined::no_data;  ///< Of `standardised`: no_variation where sd is 0.
};

/// SD that standardises: of the treated in all data (weights 1), divisor n − 1; √(p(1 − p)) for a covariate of two
/// values. The same SD is used before and after matching, so that the figure cannot shrink by a larger SD. NaN without
/// treated.
double balance_sd(const std::vector<double>& values, const std::vector<char>& treated);

/// Balance under weights (empty: 1 for all; a unit of weight 0 does not count). Variances are Σw(x − x̄)²/(1 − Σw²) with
/// weights that sum to 1 in each group. Source: Stuart 2010, Statistical Science 25:1–21; Austin 2009, Statistics in
/// Medicine 28:3083–3107. A group without weight, or a value not finite → no_data.
CovariateBalance covariate_balance(const std::vector<double>& values, const std::vector<char>& treated,
                                   const std::vector<double>& weights, double sd);

}  // namespace kaskad::stats
