// Difference in differences with staggered adoption: the effect of each cohort (units first treated at the same time)
// in each period, and what is read off them. docs/methods/did.md has the formulas.
//
// Source: Callaway & Sant'Anna 2021, Journal of Econometrics 225:200–230; with covariates Sant'Anna & Zhao 2020,
// Journal of Econometrics 219:101–122.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/did_cell.hpp"
#include "engine/stats/did_data.hpp"

namespace kaskad::stats {

enum class DidControls : std::uint8_t {
  never,    ///< Units never treated within the study.
  not_yet,  ///< These and the units whose treatment (and its anticipation) lies after both periods compared.
};

/// The period that an effect before treatment is measured from. Effects after treatment are measured from the last
/// period before treatment (and its anticipation) in either case.
enum class DidBase : std::uint8_t {
  varying,    ///< The period before: placebo effects of one period, as R's did by default.
  universal,  ///< The same as after treatment: one series of deviations, 0 in the base period itself.
};

/// The variance of a statistic Σ ψ of independent clusters.
enum class DidVariance : std::uint8_t {
  influence,  ///< Σ ψ_c² over clusters, without a correction for few of them: the analytic error of R's did.
  cohort,     ///< Each cohort's share times n/(n − 1), n its clusters; unweighted and without covariates Welch's.
};

struct DidOptions {
  DidControls controls = DidControls::never;
  DidBase base = DidBase::varying;
  DidMethod method = DidMethod::dr;
  DidRows rows = DidRows::changes;
  DidVariance variance = DidVariance::influence;
  double anticipation = 0;  ///< ≥ 0, in units of time.
  bool balanced = false;    ///< Leave out units that are not seen in every period.
  double level = 0.95;      ///< Of intervals and bands.
};

/// A statistic with the influence of each unit of the study: value − truth ≈ Σ influence.
struct DidStatistic {
  Estimate estimate;
  std::vector<double> influence;  ///< One a unit; empty where undefined.
  bool lone = false;              ///< Rests on one treated or one control cluster: value without an interval.
};

/// ATT(g, t). Estimate::n counts rows, clusters the clusters of both groups.
struct GroupTimeEffect {
  double group = 0;
  double time = 0;
  double base = 0;         ///< Period compared with; NaN where there is none.
  bool post = false;       ///< time ≥ group.
  bool reference = false;  ///< time = base: 0 by definition, without an error.
  DidStatistic effect;
  std::int64_t treated_units = 0;
  std::int64_t control_units = 0;
  std::int64_t treated_clusters = 0;
  std::int64_t control_clusters = 0;
};

struct DidFit {
  DidStudy study;
  DidOptions options;
  Undefined reason = Undefined::none;    ///< Why no effect is there at all.
  std::vector<GroupTimeEffect> effects;  ///< By cohort, then period.
};

/// Every ATT(g, t) of the study. Changes of a unit carry the weights of DidRows; covariates are those of the base
/// period (pooled: of the row). Intervals by Student's t with the Satterthwaite df of the cohorts' shares of the
/// variance; see did_estimate.
///
/// Nothing is defined: no rows, no treated cohort, no control, one period → no_data; the outcome is constant →
/// no_variation; one cluster → too_few_clusters. One effect is undefined: a group without observations in one of the
/// periods → no_data; the covariates' reasons of did_cell. A value without an interval: one treated or one control
/// cluster (`lone`), or no scatter at all.
DidFit group_time_effects(const DidData& data, const DidOptions& options);

/// The estimate of a statistic with the influence of each unit. se² as options.variance says, over clusters; df =
/// (Σ V_k)²/Σ V_k²/(n_k − 1) over cohorts k with n_k clusters, where cohorts of one cluster and clusters with units of
/// several cohorts count with the controls, at least 1. Satterthwaite 1946; without covariates and for two cohorts it
/// is Welch's.
Estimate did_estimate(const DidFit& fit, double value, const std::vector<double>& influence, std::int64_t rows);

/// Sums of the influence over clusters, in the order of the study's clusters, each times the root of its cohort's
/// factor n/(n − 1) where the variance is DidVariance::cohort: their squares sum to se².
std::vector<double> cluster_influence(const DidFit& fit, const std::vector<double>& influence);

}  // namespace kaskad::stats
