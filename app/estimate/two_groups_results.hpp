// Everything that `kaskad estimate two-groups` computes of two groups, and its tables.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "app/estimate/estimate_report.hpp"
#include "app/estimate/two_groups_data.hpp"
#include "engine/stats/equivalence.hpp"
#include "engine/stats/permutation.hpp"
#include "engine/stats/two_groups.hpp"
#include "engine/stats/two_groups_rank.hpp"

namespace kaskad::app {

struct TwoGroupsSettings {
  std::int64_t permutations = 10'000;
  std::uint64_t seed = 1;
  unsigned threads = 1;
  double margin = kNaN;     ///< Of the test of equivalence, in the unit of the outcome.
  double margin_sd = kNaN;  ///< The same in SDs (pooled within the groups).
  bool months = false;
  double level = 0.95;
};

struct TwoGroupsResults {
  stats::Sample treated, control;
  Estimate difference;  ///< CR2 with clusters, else Welch's.
  Estimate welch, student;
  Estimate by_cluster_means;  ///< Welch's test of the clusters' means; no_data without clusters.
  Estimate hedges, cohen, glass, cliff, superiority;
  Estimate cox, odds, risk;  ///< Of a binary outcome; no_data for others.
  Estimate icc;
  stats::MannWhitney ranks;
  stats::PermutationTest permutation;
  bool crossed = false;  ///< A cluster has rows in both groups.
  std::optional<stats::Equivalence> equivalence;
  double pooled_sd = kNaN, control_sd = kNaN;
  std::int64_t treated_clusters = 0, control_clusters = 0, clusters = 0;
};

TwoGroupsResults compare(const TwoGroupsData& data, const TwoGroupsSettings& settings);

/// Coefficients, figures, tables and notes into a report that has the rest already.
void tell(const TwoGroupsData& data, const TwoGroupsSettings& settings, const TwoGroupsResults& results,
          EstimateReport& report);

}  // namespace kaskad::app
