// Least squares on the cube with standard errors clustered by school. Rows are cells (pupils with the same terms in the
// same school), so that cost follows schools × terms², not pupils.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// n pupils that share the same terms: their mean outcome and Σ(y − mean)². A pupil is a cell with n = 1, squares = 0.
/// `n` may also be a frequency weight: the row then stands for n pupils. Rows with n ≤ 0 are passed over.
struct CellRow {
  std::vector<double> terms;  ///< Without the intercept or the cluster's fixed effect; the same length in every row.
  std::int64_t n = 0;
  double mean = 0;
  double squares = 0;  ///< Used for the sums of squares of the fit alone, not for the standard errors.
  int cluster = 0;     ///< School; any number, it only tells clusters apart.
};

enum class FixedEffects { none, cluster };  ///< none: one intercept; cluster: one for each school (absorbed).

struct Coefficient {
  Estimate estimate;        ///< se by CR2, df by Satterthwaite, interval and p by t; n pupils, clusters schools.
  double statistic = kNaN;  ///< value/se.
};

struct ClusteredFit {
  std::vector<Coefficient> coefficients;  ///< In the order of `terms`; the intercept is not among them.
  std::int64_t n = 0;                     ///< Pupils.
  std::int64_t clusters = 0;
  Undefined reason = Undefined::none;  ///< singular, too_few_clusters, no_data: then no coefficient is defined.

  Coefficient intercept;           ///< Of FixedEffects::none; undefined (no_data) for FixedEffects::cluster.
  double total_squares = kNaN;     ///< Σ(y − ȳ)² over pupils, ȳ the mean of all.
  double residual_squares = kNaN;  ///< Σ(y − ŷ)² over pupils, within cells included.
  double residual_df = kNaN;       ///< Pupils − terms − 1 (or − clusters): residual variance = squares/df.
};

/// OLS of pupils' outcomes on the terms, with the bias-reduced cluster-robust variance CR2 under the working model of
/// independent pupils of equal variance:
///   V = M·(Σ_g X_g'A_g e_g e_g'A_g X_g)·M,  M = (X'X)⁻¹,  A_g = ((I − H)_gg)^(+1/2),
/// (+: Moore–Penrose), and Satterthwaite's df = (tr P)²/tr(P²), P_gh = p_g'p_h, p_g = (I − H)_g'A_g X_g M c.
/// Source: Bell & McCaffrey 2002, Survey Methodology 28:169–181; Pustejovsky & Tipton 2018, JBES 36:672–683.
/// Pupils of a cell share their terms, so cells scaled by √n give what pupils give; absorbed effects give what dummies
/// give: docs/methods/cr2.md has both proofs.
///
/// The whole fit is undefined: no row, or a value that is not finite → no_data; one cluster → too_few_clusters; terms
/// that cannot be told apart from each other or from the effects (with FixedEffects::cluster also a term constant
/// within every cluster) → singular. A single coefficient is undefined: it loses its meaning when some one cluster is
/// left out, as the effect of a programme in one school → too_few_clusters (CR2 is then not unbiased, and looks far too
/// exact); the terms fit the cells without residual → no_variation. Rows may come in any order; relabelling clusters
/// changes nothing beyond rounding.
ClusteredFit cr2_regression(const std::vector<CellRow>& rows, FixedEffects effects);

}  // namespace kaskad::stats
