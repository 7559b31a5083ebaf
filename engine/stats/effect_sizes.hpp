// How large a difference is, in units that do not depend on the test: in SDs, in odds, in months of progress.
// Each says which SD divides it. Hedges' g is in intervals.hpp, Cliff's δ in two_groups_rank.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/estimate.hpp"
#include "engine/stats/intervals.hpp"
#include "engine/stats/two_groups.hpp"

namespace kaskad::stats {

/// Cohen's d = (mean1 − mean0)/s with the pooled SD within the groups, without Hedges' correction: g/ω, with
/// se² = 1/n1 + 1/n0 + d²/(2(N − 2)) and the normal interval. Source: Cohen 1988, ch. 2; Hedges & Olkin 1985, ch. 5.
/// Undefined as hedges_g is; `clustered` as there.
Estimate cohens_d(const Sample& one, const Sample& zero, const Estimate* clustered = nullptr);

/// Glass's Δ = (mean1 − mean0)/s0, s0 the SD of group zero (the control group) alone; no small-sample correction.
/// se² = v1/(v0·n1) + 1/n0 + Δ²/(2(n0 − 1)) (delta method, normal values, unequal variances allowed), normal interval.
/// `clustered` as for hedges_g: the difference with its se and df, se² = (se/s0)² + Δ²/(2(n0 − 1)), t interval.
/// Source: Glass 1976, Educational Researcher 5:3–8; Hedges & Olkin 1985, ch. 5.
/// A group empty → no_data; n0 < 2 → too_few; v0 unknown → no_distribution; v0 = 0 → no_variation; v1 unknown (group
/// one of one): without an interval.
Estimate glass_delta(const Sample& one, const Sample& zero, const Estimate* clustered = nullptr);

/// Cox index of two shares, log(odds ratio)/1.65: about the d that a normal trait behind a yes or no would have.
/// se = √(Σ 1/cell)/1.65, normal interval, p. Source: Cox 1970, Analysis of Binary Data; Sánchez-Meca, Marín-Martínez &
/// Chacón-Moscoso 2003, Psychological Methods 8:448–467. Undefined as odds_ratio is.
Estimate cox_index(const TwoShares& shares);

/// The same for shares strictly between 0 and 1, without n and interval; else NaN.
double cox_index(double share1, double share0);

/// Factors for an effect size from pupils whose clusters were not known to the analysis: the variance of the difference
/// is larger by `eta`, and d·√gamma is the effect in SDs of all pupils.
struct DesignEffect {
  double eta = kNaN;
  double gamma = kNaN;
};

/// Clusters in one group only (classes of n pupils got the programme, N^C pupils compared with were single):
///   η = 1 + (n·N^C/N − 1)ρ,  γ = 1 − (N^C + n − 2)ρ/(N − 2).
/// Source: Hedges & Citkowicz 2015, Behavior Research Methods 47:1295–1308. NaN for N ≤ 2 or ρ outside [0, 1].
DesignEffect design_effect_one_side(double total_n, double unclustered_n, double cluster_size, double icc);

/// Clusters of n in both groups: η = 1 + (n − 1)ρ, γ = 1 − 2(n − 1)ρ/(N − 2).
/// Source: Hedges 2007, Journal of Educational and Behavioral Statistics 32:341–370. NaN as above.
DesignEffect design_effect_both_sides(double total_n, double cluster_size, double icc);

/// g·√γ of two samples whose clusters are known only by their size and ρ (both sides clustered), with the normal
/// interval of se² = ω²·(η·(1/n1 + 1/n0) + d²·((N − 2)(1 − ρ)² + n(N − 2n)ρ² + 2(N − 2n)ρ(1 − ρ)) /
/// (2(N − 2)((N − 2) − 2(n − 1)ρ))). Source: Hedges 2007, eq. 15–16. Undefined as hedges_g; γ ≤ 0 → too_few.
Estimate hedges_g_by_icc(const Sample& one, const Sample& zero, double cluster_size, double icc);

/// Effects on the scale of the table, from `least` to `most`, stand for so many months of additional progress.
struct MonthsRow {
  int months;
  double least, most;
};

/// Education Endowment Foundation, Teaching and Learning Toolkit: effect size in SDs to months of progress in a year.
inline constexpr std::string_view kMonthsVersion = "EEF Teaching and Learning Toolkit, effect sizes to two decimals";
inline constexpr std::array<MonthsRow, 13> kMonthsOfProgress = {{{0, 0.00, 0.01},
                                                                 {1, 0.02, 0.09},
                                                                 {2, 0.10, 0.18},
                                                                 {3, 0.19, 0.26},
                                                                 {4, 0.27, 0.35},
                                                                 {5, 0.36, 0.44},
                                                                 {6, 0.45, 0.52},
                                                                 {7, 0.53, 0.61},
                                                                 {8, 0.62, 0.69},
                                                                 {9, 0.70, 0.78},
                                                                 {10, 0.79, 0.87},
                                                                 {11, 0.88, 0.95},
                                                                 {12, 0.96, 1.00}}};

/// Months for an effect rounded to two decimals (half away from 0), with its sign; nothing beyond ±1.00, where the
/// table ends, or for NaN.
std::optional<int> months_of_progress(double effect);

/// What Works Clearinghouse's classes of baseline equivalence by the absolute standardised difference: up to 0.05
/// satisfied, up to 0.25 satisfied with adjustment, else not (Procedures and Standards Handbook 5.0, ch. II).
enum class BaselineClass : std::uint8_t { satisfied, with_adjustment, not_satisfied, undefined };
BaselineClass baseline_class(double standardised);

}  // namespace kaskad::stats
