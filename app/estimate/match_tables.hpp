// What `kaskad estimate match` shows of a matching.
#pragma once

#include <string>

#include "app/estimate/estimate_report.hpp"
#include "app/estimate/match_data.hpp"

namespace kaskad::app {

/// Balance before and after, sizes, the unmatched; notes.
void tell_matching(const MatchData& data, const stats::Matching& matching, EstimateReport& report);

/// Mean outcome of the matched treated less that of their controls, by weighted least squares. Clusters are the column
/// of --cluster, else the sets of a treated unit and its controls (CR2); where controls are reused, HC2 on units.
void tell_effect(const MatchData& data, const stats::Matching& matching, bool reused, double level,
                 EstimateReport& report);

/// set,treated,control,distance,weight: one row a pair, in the order of the file; names as RFC 4180 writes them.
std::string pairs_csv(const MatchData& data, const stats::Matching& matching);

}  // namespace kaskad::app
