// Matching: for each treated unit one or more controls that are like it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

/// Units as points; the distance of two is Euclid's (propensity_scores and mahalanobis_points make such points).
struct MatchUnits {
  Matrix points;              ///< A row for each unit, all finite.
  std::vector<char> treated;  ///< 1 or 0 for each unit.
  std::vector<int> stratum;   ///< Only units of one stratum are matched; empty = one stratum for all.
};

/// In which order treated units choose (nearest matching without replacement depends on it).
enum class MatchOrder : std::uint8_t {
  data,      ///< By row.
  largest,   ///< By the first coordinate, descending; equal ones by row. MatchIt's default for propensity scores.
  smallest,  ///< The same, ascending.
};

/// Which of several equally near controls is taken (equal: squared distances within 1e-10 of each other).
enum class TieRule : std::uint8_t {
  first_row,  ///< The first in the order of rows.
  /// As MatchIt 4.6 and later: the units of a stratum are ordered by the first coordinate and by row; of points on a
  /// line the control with the fewest units between is taken, else the one with the most; of two with as many the left
  /// one.
  matchit,
};

struct MatchPlan {
  bool replace = false;   ///< A control may be taken any number of times.
  int ratio = 1;          ///< Controls for each treated unit, as far as there are.
  int reuse_most = 1;     ///< Without `replace`: how often a control may be taken.
  double caliper = kNaN;  ///< Largest distance of a pair; NaN = none.
  MatchOrder order = MatchOrder::data;
  TieRule ties = TieRule::matchit;
};

struct MatchedPair {
  std::size_t treated = 0, control = 0;  ///< Rows.
  double distance = 0;
  friend bool operator==(const MatchedPair&, const MatchedPair&) = default;
};

struct Matching {
  std::vector<MatchedPair> pairs;  ///< By row of the treated unit; within it in the order of choice.
  std::vector<double> weights;     ///< A unit's weight in the matched sample, 0 where it is unmatched.
  std::vector<std::size_t> unmatched_treated;
  std::size_t treated_matched = 0;
  std::size_t controls_matched = 0;  ///< Distinct ones.
  double effective_controls = kNaN;  ///< (Σw)²/Σw² of the controls (Kish 1965).
  double total_distance = 0;
  Undefined reason = Undefined::no_data;  ///< no_data: no treated or no control unit, or no pair at all.
};

/// Each treated unit in turn takes the nearest control that is free and within the caliper; with ratio k in k rounds.
/// With replacement all controls stay free and no control is taken twice by one unit. Weights: 1 for a matched treated
/// unit; a control gets 1/(controls of that unit) for each unit it was taken by, scaled so that the weights of the
/// controls sum to the number of distinct controls (as MatchIt does). Strata without treated units or without controls
/// give no pair. Source: Rubin 1973, Biometrics 29:159–183; Stuart 2010, Statistical Science 25:1–21.
/// Controls are searched outward along the coordinate that varies most, so that a line of n units costs O(n log n)
/// unless many are equal. Undefined (no_data) when a point is not finite. Preconditions: ratio ≥ 1, reuse_most ≥ 1.
Matching match_nearest(const MatchUnits& units, const MatchPlan& plan);

/// Pairs of the least total distance among those with the most pairs: no control twice, `ratio` controls for each
/// treated unit as far as there are, none beyond the caliper. By shortest augmenting paths (Jonker & Volgenant 1987,
/// Computing 38:325–340); O(treated²·controls) at most, for some thousands. `replace`, `reuse_most`, `order` and `ties`
/// are not used. Source: Rosenbaum 1989, Journal of the American Statistical Association 84:1024–1032.
Matching match_optimal(const MatchUnits& units, const MatchPlan& plan);

/// Scores by logistic regression of `treated` on the columns of `design` (its own intercept among them), by iteratively
/// reweighted least squares with steps halved where the likelihood falls.
struct PropensityScores {
  std::vector<double> probability;  ///< One a unit.
  std::vector<double> logit;
  std::vector<double> coefficients;
  double log_likelihood = kNaN;
  int iterations = 0;
  Undefined reason = Undefined::no_data;
};

/// Undefined: no treated or no other unit, or a value not finite → no_data; collinear columns → singular; a combination
/// of columns tells treated and others apart, so that a coefficient runs to infinity (quasi-complete separation
/// included) → separation; else no end within 100 steps → no_convergence. Source: McCullagh & Nelder 1989, ch. 4;
/// Albert & Anderson 1984, Biometrika 71:1–10.
PropensityScores propensity_scores(const Matrix& design, const std::vector<char>& treated);

struct MahalanobisPoints {
  Matrix points;  ///< Units × rank.
  Undefined reason = Undefined::no_data;
};

/// Points whose Euclidean distance is Mahalanobis's, √((x − y)'S⁻¹(x − y)), S the covariance pooled within the treated
/// and the others (divisor n − 2), as in MatchIt. Columns without variance are left out; collinear ones (all dummies of
/// a factor) count once, by the Moore–Penrose inverse. Coordinates by the pivoted Cholesky factor of S⁻¹ on columns of
/// SD 1. Fewer than 3 units or a value not finite → no_data; nothing varies → no_variation.
MahalanobisPoints mahalanobis_points(const Matrix& covariates, const std::vector<char>& treated);

}  // namespace kaskad::stats
