// Two groups of values, moments first: summaries, Student's test, shares. intervals.hpp has Welch's test, Wilson's and
// Newcombe's intervals; two_groups_rank.hpp what rests on ranks; effect_sizes.hpp the standardised differences.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/intervals.hpp"

namespace kaskad::stats {

/// n, mean and variance (divisor n − 1) in two passes, the second about the mean with its rounding taken out (Chan,
/// Golub & LeVeque 1983, The American Statistician 37:242–247). No values → n = 0; a value that is not finite → NaN.
Sample summarize(const std::vector<double>& values);

/// Median (the mean of the two middle values for even n). NaN for no values or one that is NaN.
double median(std::vector<double> values);

/// mean1 − mean0 under equal variances: se² = s²(1/n1 + 1/n0), s² the pooled variance, df = n1 + n0 − 2, t interval
/// and p. Source: Student 1908; Fisher 1925. Either group empty or its mean not finite → no_data; n1 + n0 < 3 →
/// too_few; a variance needed but unknown → no_distribution; s = 0 → no_variation.
Estimate student_difference(const Sample& one, const Sample& zero);

/// Pooled variance within the two groups, ((n1 − 1)v1 + (n0 − 1)v0)/(n1 + n0 − 2); NaN where it is unknown.
double pooled_variance(const Sample& one, const Sample& zero);

/// Hits of two groups in a two by two table.
struct TwoShares {
  std::int64_t hits1 = 0, n1 = 0;
  std::int64_t hits0 = 0, n0 = 0;
};

/// Odds ratio (h1/(n1 − h1))/(h0/(n0 − h0)) with Woolf's interval, exp(log OR ∓ z·√(1/h1 + 1/(n1 − h1) + 1/h0 + 1/(n0 −
/// h0))); se is that of the logarithm, p two-sided by the normal distribution against 1. Source: Woolf 1955, Annals of
/// Human Genetics 19:251–253. A group empty → no_data; an empty cell → separation (nothing is added to the cells).
Estimate odds_ratio(const TwoShares& shares, double level = kLevel);

/// Intraclass correlation of the values within the clusters, one-way analysis of variance on values less the mean of
/// their group: ρ = (MSB − MSW)/(MSB + (n̄ − 1)MSW), n̄ = (N − Σn²/N)/(G − 1). May be negative. Source: Donner 1986,
/// International Statistical Review 54:67–82. `cluster[i]` and `group[i]` tell clusters and groups apart; a cluster
/// with values of two groups counts as two. Undefined: no cluster of two or more → too_few; no more clusters than
/// groups → too_few_clusters; a value that is not finite → no_data; no variance at all → no_variation.
Estimate intraclass_correlation(const std::vector<double>& values, const std::vector<int>& cluster,
                                const std::vector<int>& group);

}  // namespace kaskad::stats
