// One-way analysis of variance, and its relatives for groups of unequal variances. docs/methods/anova.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// A value's group is a number in [0, groups). `tails` may be empty; else the outcome of row i is values[i] + tails[i]
/// to twice the precision of a double, so that numbers with many leading digits in common lose none.
struct GroupedValues {
  std::vector<double> values;
  std::vector<double> tails;
  std::vector<int> groups;
  std::size_t group_count = 0;
};

struct GroupMoments {
  std::int64_t n = 0;
  double mean = kNaN;      ///< NaN for an empty group.
  double variance = kNaN;  ///< Divisor n − 1; NaN for n < 2.
};

/// A test by Fisher's F.
struct FTest {
  double statistic = kNaN;
  double df1 = kNaN;
  double df2 = kNaN;
  double p = kNaN;
  Undefined reason = Undefined::no_data;
};

struct Anova {
  std::vector<GroupMoments> groups;
  std::int64_t n = 0;
  double between_squares = kNaN;  ///< Σ n_g(ȳ_g − ȳ)²
  double within_squares = kNaN;   ///< Σ Σ (y − ȳ_g)²
  FTest test;                     ///< F = (SSB/(k − 1))/(SSW/(N − k))
  double residual_sd = kNaN;      ///< √(SSW/(N − k))
  double eta_squared = kNaN;      ///< SSB/SST; the R² of the dummy regression.
  double omega_squared = kNaN;    ///< (SSB − (k − 1)·MSW)/(SST + MSW); Hays 1963. May be below 0.
};

/// One-way ANOVA of fixed groups; k counts the groups that have values. Two passes over values centred by their
/// first, in sums compensated as Neumaier 1974 (ZAMM 54:39–51): NIST's sets with 13 constant leading digits keep nine
/// digits and more, given `tails`.
/// No value, or one that is not finite → no_data; one group → too_few; N = k (no spread within groups can be
/// estimated) → too_few; all values of every group equal to its mean → no_variation. `groups` is filled in any case.
Anova one_way_anova(const GroupedValues& data);

/// Welch's test of equal means without equal variances: weights w = n/s², and
///   F = Σw(ȳ_g − ỹ)²/(k − 1) / (1 + 2(k − 2)/(k² − 1)·Λ),  df2 = (k² − 1)/(3Λ),  Λ = Σ(1 − w/Σw)²/(n_g − 1).
/// Source: Welch 1951, Biometrika 38:330–336. A group of one → too_few; a group without variation → no_variation.
FTest welch_anova(const Anova& anova);

enum class Center : std::uint8_t { mean, median };

/// Levene's test of equal variances: one-way ANOVA of |y − centre of the group|. Center::median is Brown & Forsythe
/// 1974, JASA 69:364–367; Center::mean is Levene 1960. Reasons as for one_way_anova.
FTest equal_variances(const GroupedValues& data, Center center);

}  // namespace kaskad::stats
