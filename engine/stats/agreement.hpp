// Agreement of raters who rated the same units, each by himself: percent agreement, Cohen's and Fleiss' kappa,
// Krippendorff's alpha. docs/methods/agreement.md.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

/// What was rated (rows) by whom (columns). A category is a number: its code on a nominal scale, its value on others.
struct RatingTable {
  std::size_t raters = 0;
  std::vector<double> scores;  ///< [unit × raters + rater]; NaN = not rated. No infinite ones.

  std::size_t units() const { return raters == 0 ? 0 : scores.size() / raters; }
  double at(std::size_t unit, std::size_t rater) const { return scores[unit * raters + rater]; }
};

/// How alike two different categories i and j are: 0, 1 − |i − j|/range, or 1 − (i − j)²/range².
enum class AgreementWeights : std::uint8_t { none, linear, quadratic };
inline constexpr std::array<std::string_view, 3> kAgreementWeightNames = {"none", "linear", "quadratic"};

/// How far two categories lie apart: all alike, by the values that lie between them, or by the square of their
/// distance.
enum class AgreementScale : std::uint8_t { nominal, ordinal, interval };
inline constexpr std::array<std::string_view, 3> kAgreementScaleNames = {"nominal", "ordinal", "interval"};

/// Share of equal pairs of ratings, in [0, 1]: the mean over units with at least two ratings of
///   Σ_k r_ik(r_ik − 1)/(r_i(r_i − 1)),
/// r_ik ratings of unit i in category k of r_i (Fleiss 1971, P̄). n = those units. Interval: Student's over units, cut
/// to [0, 1]; with two raters, where the unit's value is 0 or 1, Wilson's. No such unit → no_data.
Estimate percent_agreement(const RatingTable& table, double level = kLevel);

/// Cohen's kappa of two raters, κ = (p_o − p_e)/(1 − p_e), p_o = Σ w_ij p_ij, p_e = Σ w_ij p_i· p_·j over the units
/// that both rated (Cohen 1960, Educational and Psychological Measurement 20:37–46; weighted: Cohen 1968, Psychological
/// Bulletin 70:213–220). The weights go by the values of the categories, which for equally spaced ones is by their
/// places. Standard error and the interval κ ± z·se (cut to [−1, 1]) of Fleiss, Cohen & Everitt 1969, Psychological
/// Bulletin 72:323–327; p of κ = 0 by their error under that hypothesis. n = units. None that both rated → no_data; one
/// → too_few; both gave all units the same category (p_e = 1) → no_variation. When all weighted agreement is complete
/// (p_o = 1) the formula's error is 0, which says nothing of other units: no interval.
Estimate cohen_kappa(const RatingTable& table, std::size_t one, std::size_t other, AgreementWeights weights,
                     double level = kLevel);

/// The same of counts of units by categories, counts[i·k + j], with weights of agreement[i·k + j] in [0, 1], 1 on the
/// diagonal.
Estimate cohen_kappa(const std::vector<double>& counts, const std::vector<double>& agreement, std::size_t categories,
                     double level = kLevel);

/// Fleiss' kappa of any raters, κ = (P̄ − P̄_e)/(1 − P̄_e), P̄_e = Σ_k p_k², p_k = mean over units of r_ik/r_i (Fleiss
/// 1971, Psychological Bulletin 76:378–382), over the units with at least two ratings; numbers of raters may differ.
/// Standard error without the hypothesis of no agreement and Student's interval of n − 1 degrees of freedom, cut to
/// [−1, 1], by Gwet 2021, Educational and Psychological Measurement 81:781–790:
///   se² = Σ_i (κ*_i − κ)²/(n(n − 1)),  κ*_i = (P_i − P̄_e)/(1 − P̄_e) − 2(1 − κ)(Σ_k p_k r_ik/r_i − P̄_e)/(1 − P̄_e).
/// p of κ = 0 by the error under that hypothesis (Fleiss, Nee & Landis 1979, Psychological Bulletin 86:974–977) where
/// all units have equally many ratings. No unit rated twice → no_data; one → too_few; one category only → no_variation.
/// An error of 0 gives no interval.
Estimate fleiss_kappa(const RatingTable& table, double level = kLevel);

struct AlphaPlan {
  std::int64_t draws = 2000;
  std::uint64_t seed = 1;
  unsigned threads = 1;  ///< Changes the time, never the result.
};

/// Krippendorff's alpha, α = 1 − D_o/D_e, over the units with at least two ratings; any of them may be missing
/// (Krippendorff 2011, «Computing Krippendorff's alpha-reliability», Annenberg School). The ordinal difference of two
/// categories, (Σ_{g=c…k} n_g − (n_c + n_k)/2)², is the squared difference of their mid-ranks, so that ordinal alpha is
/// the interval one of mid-ranks. Interval: the central share `level` of alphas of samples of units, drawn with
/// replacement, the i-th from RandomStream(seed, i) (Zapf, Castell, Morawietz & Karch 2016, BMC Medical Research
/// Methodology 16:93); quantiles of type 7; se is the SD of these alphas. Samples in which all ratings are alike have
/// no alpha and are left out; with more than one in twenty of them, or fewer than five units, there is no interval. n =
/// units. No unit rated twice → no_data; one → too_few; all ratings alike → no_variation.
Estimate krippendorff_alpha(const RatingTable& table, AgreementScale scale, const AlphaPlan& plan,
                            double level = kLevel);

/// Ratings in units with at least two of them, in ascending order without repeats.
std::vector<double> pairable_categories(const RatingTable& table);

}  // namespace kaskad::stats
