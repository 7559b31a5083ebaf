// The rows of `kaskad estimate two-groups`: who is compared with whom.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/frame/sample.hpp"
#include "engine/stats/intervals.hpp"

namespace kaskad::app {

struct TwoGroupsAsked {
  std::string outcome, group, cluster;
  std::vector<std::string> treated, control;  ///< Levels; one of the two lists may be empty: all other levels.
};

/// One of the two groups.
struct OneGroup {
  std::string label;  ///< Its levels, joined by " + ".
  std::vector<double> values;
  std::vector<int> clusters;  ///< Of the values; empty without clusters.
  std::int64_t missing = 0;   ///< Rows of the group without an outcome or a cluster.
};

struct TwoGroupsData {
  OneGroup treated, control;
  bool binary = false;    ///< All outcomes are 0 or 1.
  std::string one_means;  ///< The level counted as 1, for an outcome of two words; else empty.
  std::vector<frame::LeftOut> left_out;
  std::int64_t other_groups = 0;  ///< Rows of neither group.
};

/// Fails as frame::take does, or with "asked-unknown-group" {group, column, nearest}, "asked-same-group" {group},
/// "asked-two-groups" {}.
Expected<TwoGroupsData> two_groups_data(const frame::Frame& frame, const TwoGroupsAsked& asked);

}  // namespace kaskad::app
