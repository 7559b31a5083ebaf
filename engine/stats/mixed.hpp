// Linear mixed models with one grouping factor (schools): random intercept, or random intercept and one slope. Rows are
// pupils or cells of pupils with the same terms; the fit itself works on sums over each group, so that its cost follows
// groups, not pupils.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

enum class Likelihood { reml, ml };

/// Rows of a mixed model, y = Xβ + b0_g + b1_g·z + ε. Vectors that may be empty are either empty or one value a row.
struct MixedData {
  Matrix x;                     ///< Rows × terms, the column of ones (if there is to be an intercept) included.
  std::vector<double> slope;    ///< z; empty: random intercept only.
  std::vector<double> outcome;  ///< y; in a cell the mean of its pupils.
  std::vector<int> group;       ///< 0 … groups − 1, in any order.
  std::vector<double> pupils;   ///< Pupils in the cell; empty: 1 each. Rows with pupils ≤ 0 are passed over.
  std::vector<double> squares;  ///< Σ(y − mean)² within the cell; empty: 0.
  std::vector<double>
      weights;  ///< Var(ε) = σ²/weight (lme4's weights); empty: 1. Rows with weight ≤ 0 are passed over.
};

struct MixedOptions {
  Likelihood method = Likelihood::reml;
  double level = 0.95;            ///< Of all intervals.
  bool profile_intervals = true;  ///< Of the SDs and the correlation; they take longer than the fit itself.
};

struct MixedTerm {
  Estimate estimate;        ///< df by Satterthwaite, interval and p by t; n pupils, clusters groups.
  double statistic = kNaN;  ///< value/se.
};

/// Standard deviations in the unit of the outcome (of the slope: per unit of z), with profile likelihood intervals.
struct VarianceComponents {
  Estimate intercept;    ///< SD of b0, the groups' effects at z = 0.
  Estimate slope;        ///< SD of b1; no_data without a slope.
  Estimate correlation;  ///< Of b0 and b1; no_data without a slope, no_variation when one SD is 0.
  Estimate residual;     ///< σ.
};

/// Shares of the variance Var(Xβ) + V + σ², where V is the random part's variance averaged over pupils.
struct VarianceShares {
  double fixed = kNaN;
  double groups = kNaN;
  double residual = kNaN;
};

struct MixedFit {
  Undefined reason = Undefined::no_data;  ///< Not none: nothing below but n and groups is defined.
  Likelihood method = Likelihood::reml;
  std::int64_t n = 0;       ///< Pupils.
  std::int64_t groups = 0;  ///< Groups that have pupils.

  std::vector<MixedTerm> terms;      ///< One for each column of x; those of dropped columns are singular.
  std::vector<std::size_t> dropped;  ///< Columns that others before them give already.
  Matrix covariance;                 ///< Of all terms; 0 for the dropped.
  VarianceComponents components;
  bool singular_fit = false;  ///< An SD of 0, or a correlation of ±1: at the border of what a variance can be.

  double log_likelihood = kNaN;  ///< Restricted for REML.
  double deviance = kNaN;        ///< −2·log_likelihood.
  int parameters = 0;            ///< Fixed effects, variances and correlation.
  double aic = kNaN;
  double bic = kNaN;  ///< With log of the number of pupils (lme4).

  Estimate icc;           ///< V/(V + σ²), V as in VarianceShares.
  VarianceShares shares;  ///< r2_marginal is shares.fixed.
  double r2_conditional = kNaN;

  int iterations = 0;
  double distance =
      kNaN;  ///< From the minimum at the end of the search: √(g'H⁻¹g) of the deviance, in standard errors.
};

/// A group's predicted deviation in one random term, given all data.
struct GroupEffect {
  double value = kNaN;           ///< Conditional mean (BLUP).
  double se = kNaN;              ///< Conditional SD with β, variances known (lme4's condVar).
  double comparative_se = kNaN;  ///< SD of (prediction − truth), β estimated (Goldstein's comparative SE).
  double diagnostic_se = kNaN;   ///< SD of the prediction itself, β estimated (Goldstein's diagnostic SE).
  double shrinkage = kNaN;       ///< 1 − se²/SD² of the term: for a random intercept n/(n + σ²/SD²).
  double lo = kNaN;              ///< value ∓ z·se.
  double hi = kNaN;
};

struct GroupEffects {
  int group = 0;
  std::int64_t n = 0;     ///< Pupils.
  GroupEffect intercept;  ///< Value added of the group (at z = 0).
  GroupEffect slope;      ///< NaN without a slope.
};

struct MixedResult {
  MixedFit fit;
  std::vector<GroupEffects> effects;  ///< In the order of groups; those without pupils are left out.
};

/// Maximum (restricted) likelihood by the profiled deviance of lme4: with Ψ = Cov(b)/σ² and V = I + ZΨZ',
///   ML:   log|V| + n·(1 + log(2π·w/n)),                        σ² = w/n,
///   REML: log|V| + log|X'V⁻¹X| + (n − p)·(1 + log(2π·w/(n − p))), σ² = w/(n − p),
/// w the least value of (y − Xβ)'V⁻¹(y − Xβ). Minimised over the Cholesky factor of Ψ by Newton's method with exact
/// derivatives, from the best point of a grid. docs/methods/mixed.md has the formulas.
/// Source: Bates, Mächler, Bolker & Walker 2015, J. Stat. Softw. 67(1); Goldstein 2011, Multilevel Statistical Models,
/// 4th ed., ch. 2; df: Giesbrecht & Burns 1985, Biometrics 41:477–486, as in R's lmerTest; shares: Nakagawa &
/// Schielzeth 2013, Methods Ecol. Evol. 4:133–142, Johnson 2014, ibid. 5:944–946.
///
/// Undefined as a whole: no row, or a number that is not finite → no_data; one group → too_few_clusters; no more pupils
/// than random effects (all groups of one), a slope that does not vary, or fixed terms that take up all differences
/// between groups → singular; no more pupils than fixed terms → too_few; the outcome constant, or fitted without
/// residual → no_variation; no minimum found → no_convergence.
MixedResult fit_mixed(const MixedData& data, const MixedOptions& options = {});

/// What one more variance component (and its covariance with those before it) or more fixed terms do to the fit.
enum class Nested { fixed_terms, random_intercept, random_slope };

/// Likelihood ratio test of nested models on the same rows.
struct LikelihoodRatio {
  Undefined reason = Undefined::no_data;
  double statistic = kNaN;  ///< Deviance of the small model less that of the large one; rounding below 0 is 0.
  int df = 0;               ///< Parameters more.
  double p = kNaN;
};

/// `small` and `large` by deviance and number of parameters. Fixed terms: χ²(df), and both fits by ML. Random
/// intercept: a variance lies at its border, ½χ²(0) + ½χ²(1); random slope with its covariance: ½χ²(1) + ½χ²(2).
/// Source: Self & Liang 1987, JASA 82:605–610; Stram & Lee 1994, Biometrics 50:1171–1177.
/// Deviances that are not finite → no_data; parameters not more in the large model → singular.
LikelihoodRatio likelihood_ratio(double small_deviance, int small_parameters, double large_deviance,
                                 int large_parameters, Nested what);

/// Deviance of the model without random effects (β by least squares) on the same rows, for likelihood_ratio.
struct FixedOnly {
  Undefined reason = Undefined::no_data;  ///< As of fit_mixed.
  double deviance = kNaN;
  int parameters = 0;
};
FixedOnly fit_fixed_only(const MixedData& data, Likelihood method);

}  // namespace kaskad::stats
