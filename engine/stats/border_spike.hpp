// Spikes of scores at the border of a mark: more pupils just above it, and fewer just below, than a smooth distribution
// would have. docs/methods/border-spike.md.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

struct SpikeWindow {
  int reach = 4;   ///< Scores on either side of the border that are looked at.
  int beside = 1;  ///< Of them next to the border, on either side: compared, and left out of the smooth fit.
  std::int64_t least_fitted = 10;  ///< Pupils under the smooth fit.
};

/// One distribution at one border.
struct BorderSpike {
  std::int64_t below = 0, above = 0;  ///< Pupils with the `beside` scores next to the border.
  std::int64_t fitted = 0;            ///< Pupils at the other scores of the window.
  double share = kNaN;                ///< Of below + above, how much the smooth fit expects above.
  double logit_variance = kNaN;       ///< Of that share's logit.
  Undefined reason = Undefined::no_data;

  std::int64_t both() const { return below + above; }
  double expected() const { return static_cast<double>(both()) * share; }
};

/// counts[s] pupils have the score s, from 0 to the maximum; `border` is the highest score of the lower mark. A
/// quadratic in the score is fitted to the logarithms of the counts by Poisson's likelihood (poisson.hpp) over the
/// window without the scores beside the border; scores 0 and the maximum, where pupils pile up by themselves, are left
/// out. Source of the idea: McCrary 2008, Journal of Econometrics 142:698–714 (density on both sides of a cutoff);
/// Chetty et al. 2011, QJE 126:749–804 (counts beside a notch against a polynomial fitted without them).
/// Undefined: the border's neighbours are not scores between 0 and the maximum, or nobody has them → no_data; fewer
/// than `least_fitted` pupils or four scores for the fit → too_few; the fit's own reasons.
BorderSpike border_spike(const std::vector<std::int64_t>& counts, int border, const SpikeWindow& window);

/// Several distributions together: above, expected and their difference summed.
struct SpikeTest {
  std::int64_t above = 0, below = 0;
  double expected = kNaN;
  /// (Σabove − Σexpected)/√(Σ(v + v²·logit_variance)), v = both·share·(1 − share): the score test of the log odds at
  /// the expected share, with the fit's uncertainty by the delta method. Standard normal without a spike.
  double z = kNaN;
  double odds_ratio = kNaN;  ///< Mantel & Haenszel's, observed odds over expected odds; infinite with nobody below.
  int distributions = 0;     ///< Behind it.
  Undefined reason = Undefined::no_data;
};

/// Undefined ones are passed over; nothing left → no_data.
SpikeTest test_spikes(const std::vector<BorderSpike>& spikes);

}  // namespace kaskad::stats
