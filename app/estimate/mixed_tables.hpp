// What `kaskad estimate mixed` shows of a fit.
#pragma once

#include <string>
#include <vector>

#include "app/estimate/estimate_report.hpp"
#include "engine/frame/frame.hpp"
#include "engine/frame/terms.hpp"
#include "engine/stats/mixed.hpp"

namespace kaskad::app {

struct MixedNames {
  std::vector<std::string> terms;  ///< Of the columns of X.
  const frame::Column& group;      ///< A factor.
  std::string slope;               ///< Empty without a slope.
};

/// Coefficients, variance components with their intervals, figures.
EstimateReport mixed_report(const stats::MixedResult& result, const MixedNames& names);

/// A row for each group: value added, its errors, shrinkage, interval; the same of the slope.
ReportTable effects_table(const stats::MixedResult& result, const MixedNames& names);

/// Likelihood ratio tests against the models without terms (by ML), without groups, and without the random slope.
ReportTable comparison_table(const stats::MixedData& data, const stats::MixedFit& fit, const frame::Terms& terms);

/// The table as CSV: a head of the columns' keys, numbers in full precision, empty where undefined.
std::string table_csv(const ReportTable& table);

}  // namespace kaskad::app
