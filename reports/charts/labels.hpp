// Placing labels beside the things they name without one covering another.
#pragma once

#include <vector>

namespace kaskad::reports {

/// A label on a line (an axis of the picture): where its centre would best stand, and its extent.
struct Wanted {
  double center = 0;
  double size = 0;
};

/// Centres in the order given, none overlapping, all within [lo, hi] when their sizes add up to no more than hi − lo
/// (else they start at lo and run past hi). Minimises the sum of squared shifts while keeping the order of the wished
/// centres (ties: order given): isotonic regression by pooling adjacent violators, Barlow et al. 1972.
std::vector<double> pushed_apart(const std::vector<Wanted>& wanted, double lo, double hi);

}  // namespace kaskad::reports
