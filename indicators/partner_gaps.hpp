// The gap of a pair and of pairs over the same works in every period: what charts may draw as a course of time.
#pragma once

#include <vector>

#include "indicators/partners.hpp"

namespace kaskad {

/// By Partners::periods: the gap on the works of the pair's change alone, with its weights in every period, so that the
/// last minus the first is SchoolPair::change; not_comparable in a period in which they did not write all of these
/// works. With one period these are all its works.
std::vector<Estimate> comparable_gaps(const Figures& figures, const SchoolPair& pair);

/// Their means over the pairs that have a change, clusters = strong schools; n = pairs. not_comparable in a period in
/// which some of these pairs have no such gap.
std::vector<Estimate> mean_comparable_gaps(const Partners& partners, const Figures& figures,
                                           const std::vector<std::size_t>& pairs);

}  // namespace kaskad
