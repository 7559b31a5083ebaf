// Rows of a difference-in-differences study, checked and put in the order of units, periods and cohorts.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// Date of first treatment of a unit that was not treated within the study.
inline constexpr double kNeverTreated = std::numeric_limits<double>::infinity();

/// Which rows stand for a unit in a period when there are several (pupils of a school).
enum class DidRows : std::uint8_t {
  changes,  ///< Change of the unit's mean, weighted by n₁n₀/(n₁ + n₀): what fixed effects of units give on the rows.
  units,   ///< Change of the unit's mean, every unit counting once.
  pooled,  ///< Repeated cross-sections: means over rows, whichever units they come from.
};

/// One element a row; columns of equal length. A row with a value that is not finite is left out and counted.
struct DidData {
  std::vector<double> outcome;
  std::vector<std::int64_t> unit;
  std::vector<double> time;
  std::vector<double> first_treated;            ///< kNeverTreated for never; the same in every row of a unit.
  std::vector<std::int64_t> cluster;            ///< Empty: units. The same in every row of a unit.
  std::vector<double> weight;                   ///< Empty: 1. A weight ≤ 0 leaves the row out.
  std::vector<std::vector<double>> covariates;  ///< One vector a covariate.
};

/// What makes the rows no study at all; then nothing else is filled in.
enum class DidDefect : std::uint8_t {
  none,
  treatment_varies,  ///< A unit has two dates of first treatment.
  cluster_varies,    ///< A unit lies in two clusters.
};

/// Rows of one unit in one period, or (DidRows::pooled) one row.
struct DidObservation {
  std::size_t unit = 0;
  std::size_t period = 0;
  double outcome = 0;  ///< Weighted mean.
  double weight = 0;   ///< Sum.
  std::int64_t rows = 0;
  std::vector<double> covariates;  ///< Weighted means.
};

struct DidUnit {
  std::int64_t label = 0;
  double cohort = kNeverTreated;  ///< Units first treated after the last period are never treated here.
  std::size_t cluster = 0;        ///< In [0, clusters).
  double size = 0;                ///< Its weight among the units of its cohort and of others, see DidStudy.
};

/// Rows put in order. A unit's size, by which cohorts are weighted against each other, is its mean weight over the
/// periods where it is seen (changes), 1 (units), or the sum of its weights (pooled).
struct DidStudy {
  DidDefect defect = DidDefect::none;
  std::int64_t defect_unit = 0;              ///< Its label.
  std::vector<double> periods;               ///< Rising.
  std::vector<double> cohorts;               ///< Rising, without never.
  std::vector<DidUnit> units;                ///< By label.
  std::vector<DidObservation> observations;  ///< By unit, then period.
  std::size_t clusters = 0;
  std::int64_t rows = 0;  ///< Used.
  bool constant_outcome = false;
  double outcome_scale = 0;  ///< Largest |outcome| of an observation.
  bool repeated = false;     ///< Some unit has several rows in a period.
  DidRows kind = DidRows::changes;

  std::int64_t rows_not_finite = 0;
  std::int64_t rows_without_weight = 0;
  std::int64_t units_treated_at_start = 0;  ///< Left out: first treated in or before the first period (+ anticipation).
  std::int64_t units_treated_later = 0;     ///< First treated after the last period: counted among the never treated.
  std::int64_t units_unbalanced = 0;        ///< Left out by `balanced`, else units not seen in every period.
};

/// `balanced` leaves out units that are not seen in every period. `anticipation` ≥ 0, in units of time: periods before
/// the treatment in which it may already act.
DidStudy prepare_did(const DidData& data, DidRows kind, bool balanced, double anticipation);

}  // namespace kaskad::stats
