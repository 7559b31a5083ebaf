// What is read off the effects ATT(g, t) of a staggered study: averages, their uniform bands, the test of the periods
// before treatment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/stats/did.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

enum class DidAverage : std::uint8_t { simple, event, cohort, calendar };

struct DidAverageOptions {
  /// Event time up to which every cohort must be seen; only these cohorts enter, and event times to this one. NaN: all.
  double balance = kNaN;
  double least = -std::numeric_limits<double>::infinity();  ///< Event times averaged, inclusive.
  double most = std::numeric_limits<double>::infinity();
};

/// An average and where it stands (event time, cohort or period).
struct DidPoint {
  double at = kNaN;
  DidStatistic effect;
  std::int64_t effects = 0;     ///< ATT(g, t) in it.
  double lo = kNaN, hi = kNaN;  ///< Uniform band; NaN until uniform_band has filled it in.
};

struct DidSeries {
  DidAverage kind = DidAverage::simple;
  DidPoint overall;              ///< event: the mean over event times ≥ 0; cohort: by size; calendar: over periods.
  std::vector<DidPoint> points;  ///< None for `simple`.
  std::int64_t undefined_effects = 0;  ///< ATT(g, t) of the kind that are undefined, and left out.
  std::vector<double> lone_cohorts;    ///< Left out: see below.
};

/// Averages of ATT(g, t), with weights by the sizes of cohorts where several cohorts are averaged (Callaway & Sant'Anna
/// 2021, section 3): simple, over all effects after treatment; event, by time since treatment; cohort, over the periods
/// after treatment of each; calendar, by period after treatment. ψ = Σ w_k ψ_k + v_i Σ_{k: g_k = G_i} (ATT_k − θ)/Σ S,
/// the last for the estimated sizes S = Σ v_i of cohorts.
///
/// Effects that rest on one treated or one control cluster have no error that could be estimated, so their cohorts are
/// left out and listed, unless nothing else would be left; then the average is a value without an interval.
/// No effect to average → no_data (or the reason of the fit).
DidSeries average_effects(const DidFit& fit, DidAverage kind, const DidAverageOptions& options = {});

/// Covariance of statistics: Σ_c ψ_c ψ_c' over clusters, with the factors of DidVariance::cohort where the fit has
/// them.
Matrix did_covariance(const DidFit& fit, const std::vector<const DidStatistic*>& statistics);

enum class Multipliers : std::uint8_t {
  rademacher,  ///< ±1 with equal probability.
  mammen,      ///< Mammen 1993: (1 − √5)/2 with probability (√5 + 1)/(2√5), else (1 + √5)/2.
  normal,      ///< Standard normal: given the data t* is then normal itself, however few clusters there are.
};

struct BandOptions {
  std::int64_t draws = 1000;
  std::uint64_t seed = 1;
  Multipliers multipliers = Multipliers::rademacher;
  unsigned threads = 1;
};

struct Band {
  double critical =
      kNaN;  ///< Quantile of max |t*| at the level over the points; NaN without a point that has an error.
  std::int64_t points = 0;  ///< Points with an error.
  Undefined reason = Undefined::none;
  std::vector<double> greatest = {};  ///< max |t*| of each draw, rising.
};

/// Critical value of a band that covers all statistics at once at the fit's level, by the multiplier bootstrap over
/// clusters: t*_k = Σ_c ξ_c ψ_ck/se_k (Callaway & Sant'Anna 2021, algorithm 1, with the analytic se in place of the
/// bootstrap's quartiles). Draw b is a function of seed and b alone, so neither threads nor the order of draws matter.
/// draws < 20, too few for a quantile in the tail → too_few.
Band uniform_band(const DidFit& fit, const std::vector<const DidStatistic*>& statistics, const BandOptions& options);

/// Fills in the bands value ∓ c·se of all points, c the quantile of the multivariate t with the point's own degrees of
/// freedom and the draws in place of the normal (simultaneous_quantile); never less than its pointwise t.
Band add_uniform_band(const DidFit& fit, DidSeries& series, const BandOptions& options);

/// Wald's test that all effects before treatment are 0.
struct PreTrend {
  double statistic = kNaN;   ///< W = b'V⁺b.
  std::int64_t effects = 0;  ///< Effects before treatment with an error.
  std::int64_t rank = 0;     ///< Of V, the df of W: linear dependence among effects is taken out by V⁺.
  double p = kNaN;           ///< From χ²(rank).
  double f = kNaN;           ///< W·(m − rank)/((m − 1)·rank), m clusters: Hotelling's F for few clusters.
  double f_df = kNaN;        ///< m − rank.
  double f_p = kNaN;
  Undefined reason = Undefined::no_data;  ///< no_data: no effect before treatment. f is NaN for rank ≥ m.
};

PreTrend pre_trend(const DidFit& fit);

}  // namespace kaskad::stats
