// Least squares on the cube: rows are cells (pupils with the same terms in the same school), so that cost follows schools, not pupils.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// n pupils that share the same terms: their mean outcome and Σ(y − mean)².
struct CellRow {
  std::vector<double> terms;  ///< Without the intercept or the cluster's fixed effect.
  std::int64_t n = 0;
  double mean = 0;
  double squares = 0;
  int cluster = 0;  ///< School.
};

enum class FixedEffects { none, cluster };  ///< none: one intercept; cluster: one for each school (absorbed).

struct Coefficient {
  Estimate estimate;      ///< se by CR2, df by Satterthwaite, interval and p by t.
  double statistic = kNaN;
};

struct ClusteredFit {
  std::vector<Coefficient> coefficients;  ///< In the order of `terms`; the intercept is not among them.
  std::int64_t n = 0;
  std::int64_t clusters = 0;
  Undefined reason = Undefined::none;  ///< singular, too_few_clusters, no_data: then no coefficient is defined.
};

/// OLS with CR2 standard errors and Satterthwaite degrees of freedom (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018).
/// With rows as cells the result equals the one on pupils, since pupils of a cell share their terms: scaling a row by √n
/// leaves the cluster's adjustment matrix the same on the span that matters. docs/methods/cr2.md has the proof.
ClusteredFit cr2_regression(const std::vector<CellRow>& rows, FixedEffects effects);

}  // namespace kaskad::stats
