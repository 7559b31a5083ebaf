// Where the pupils behind a mean or a share stand on its scale: at an end, and whether that would be news.
#pragma once

#include <cstdint>

#include "indicators/suppression.hpp"

namespace kaskad {

/// n values with their sum, on a scale from `least` to `most`; infinite where the scale has no such end.
struct OnScale {
  double n = 0, sum = 0, least = 0, most = 1;
};

/// 1 where all stand at the low end, 2 at the high one; nothing of nobody.
inline Ends ends_of(const OnScale& s) {
  if (!(s.n > 0)) return 0;
  return (s.sum <= s.n * s.least ? 1U : 0U) | (s.sum >= s.n * s.most ? 2U : 0U);
}

/// The ends from which the mean of all pupils lies further than a tenth of the scale, for a share a tenth of them:
/// before, one would have said less surely of a pupil that he stands there.
inline Ends news_of(const OnScale& all) {
  constexpr double kNews = 0.1;
  if (!(all.n > 0)) return 0;
  const double mean = all.sum / all.n, border = kNews * (all.most - all.least);
  return (mean - all.least > border ? 1U : 0U) | (all.most - mean > border ? 2U : 0U);
}

}  // namespace kaskad
