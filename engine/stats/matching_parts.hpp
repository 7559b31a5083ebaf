// What nearest and optimal matching share; not for use outside this room.
#pragma once

#include <map>
#include <vector>

#include "engine/stats/matching.hpp"

namespace kaskad::stats::matching {

/// Rows of one stratum.
struct Stratum {
  std::vector<std::size_t> treated, controls;
};

std::map<int, Stratum> strata_of(const MatchUnits& units);

/// Why nothing can be matched, or none.
Undefined obstacle(const MatchUnits& units);

/// Weights, counts and lists of pairs in any order; sorts them by treated row, keeping the order within it.
Matching finish(const MatchUnits& units, std::vector<MatchedPair> pairs);

}  // namespace kaskad::stats::matching
