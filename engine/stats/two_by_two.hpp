// Difference in differences of one treated and one control group over two periods.
#pragma once

#include "engine/base/estimate.hpp"
#include "engine/stats/did_data.hpp"

namespace kaskad::stats {

/// A mean of one group in one period, over rows.
struct DidGroupMean {
  bool treated = false;
  double time = 0;
  double mean = kNaN;
  std::int64_t rows = 0;
  std::int64_t units = 0;
};

struct TwoByTwo {
  Estimate effect;                  ///< Rows as n; CR2 error, Satterthwaite's df.
  std::vector<DidGroupMean> means;  ///< Control before, after, treated before, after.
};

/// Whether a study is one: two periods, one cohort treated in the second, controls.
bool is_two_by_two(const DidStudy& study);

/// y = α_unit + λ·after + τ·after·treated by least squares on rows with unit effects, clusters = units: τ, with CR2 and
/// Satterthwaite's df (regression.hpp). Equals the difference of the groups' mean changes, each unit's change weighted
/// by n₁n₀/(n₁ + n₀); with one row a unit and period it is the difference of mean changes with Welch's error.
///
/// For a study of DidRows::changes whose units are the clusters and whose rows all weigh 1; use group_time_effects
/// otherwise: no_method then, or where is_two_by_two is false.
TwoByTwo two_by_two(const DidStudy& study, double level = 0.95);

}  // namespace kaskad::stats
