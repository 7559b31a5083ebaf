// Ends of a scale, where intervals that do not know of them are cut.
#pragma once

#include <algorithm>
#include <limits>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

struct ScaleEnds {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

/// Cuts lo … hi to the scale: no true value lies beyond, so that the cut interval covers it no less often. One that
/// lies wholly beyond shrinks to the end. NaN stays. True where something was cut off.
inline bool cut(double& lo, double& hi, const ScaleEnds& ends) {
  const bool reaches_beyond = lo < ends.least || hi > ends.most;
  lo = std::clamp(lo, ends.least, ends.most);
  hi = std::clamp(hi, ends.least, ends.most);
  return reaches_beyond;
}

inline bool cut(Estimate& e, const ScaleEnds& ends) { return cut(e.lo, e.hi, ends); }

}  // namespace kaskad::stats
