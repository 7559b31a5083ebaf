// Clusters of schools by blocks of indicators: in each block a leading indicator parts the schools into groups by
// thresholds, the groups together make the cluster; beside it a partition of the standardised blocks by k-means and by
// Ward's method. docs/methods/clusters.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/partition.hpp"
#include "indicators/clusters_settings.hpp"
#include "indicators/figures.hpp"

namespace kaskad {

/// An indicator of a block as the data answer it.
struct ClusterItemFound {
  std::optional<int> field;           ///< Of the context.
  std::optional<std::size_t> series;  ///< Of Figures.
  bool less_is_better = false;
  std::int64_t schools = 0;       ///< With a value.
  double mean = kNaN, sd = kNaN;  ///< Over schools, divisor n − 1.
  /// Mean |correlation| with the other items of the block, over those that could be correlated; `pairs` = how many.
  double agreement = kNaN;
  std::size_t pairs = 0;
  bool is_leading = false;
  std::vector<double> thresholds;  ///< Rising; of leading items.
};

struct ClusterBlockFound {
  Undefined reason = Undefined::none;  ///< Not none: no school has a group in this block.
  std::vector<ClusterItemFound> items;
  std::vector<std::int64_t> group_schools;  ///< By group, the lowest first.
};

/// A school in a block.
struct SchoolBlock {
  std::optional<int> group;               ///< 0 = the lowest; nothing when a leading indicator has no value.
  std::size_t decided_by = 0;             ///< Item whose value gave the group, or that lacks one.
  Undefined reason = Undefined::no_data;  ///< Of that item.
  double score = kNaN;  ///< Mean of the standardised values that the school has, turned so that more is better.
  std::vector<Estimate> values;  ///< By item, in its own unit.
};

/// What makes the schools of a cluster alike. Which parts are used tells ClusterSettings::rule.
struct Cluster {
  std::vector<int> pattern;          ///< Group in each block, −1 = not known; of `pattern`.
  std::optional<std::size_t> block;  ///< Of `blocks`: schools in the first group of this block.
  int weak = 0;                      ///< Of `weak_blocks`: blocks in whose first group they are.
  std::int64_t schools = 0;
};

struct SchoolClusters {
  std::vector<SchoolBlock> blocks;
  bool judged = false;                ///< Enough blocks are known by the rule for missing ones.
  std::vector<std::size_t> clusters;  ///< Into Clusters::clusters; of `blocks` there may be none or several.
  std::optional<std::size_t> point;   ///< Into the partition's schools.
};

/// One number of clusters that was tried.
struct ClusterCountTried {
  int clusters = 0;
  Undefined reason = Undefined::none;
  double k_means = kNaN, ward = kNaN;  ///< Mean silhouettes.
};

/// A partition with its widths; clusters numbered by the mean of their schools' scores, the lowest first.
struct ClusterPartition {
  stats::Partition partition;
  stats::Silhouette widths;
};

struct PartitionedSchools {
  Undefined reason = Undefined::no_data;  ///< Not none: there is no partition.
  std::vector<SchoolId> schools;          ///< Those with a score in every block.
  std::vector<std::size_t> blocks;        ///< The columns; a block that tells no schools apart is not among them.
  std::vector<double> means, sds;         ///< Of the blocks' scores, before they were standardised.
  stats::Matrix points;                   ///< Standardised scores, a row a school.
  std::vector<ClusterCountTried> tried;
  int clusters = 0;
  ClusterPartition k_means, ward;
  double agreement = kNaN;  ///< Adjusted Rand index of the two.
};

struct Clusters {
  ClusterSettings settings;
  std::vector<int> years;
  std::vector<ClusterBlockFound> blocks;
  std::vector<SchoolClusters> schools;  ///< By SchoolId.
  std::vector<Cluster> clusters;        ///< Those that have a school; of `blocks` all.
  std::int64_t judged = 0;              ///< Schools.
  PartitionedSchools partition;

  bool empty() const { return schools.empty(); }
};

/// Empty when switched off or without blocks.
Clusters find_clusters(const Dataset& data, const Figures& figures, const ClusterSettings& settings);

/// Schools by the rule of `settings`, after their blocks are known; sorts the clusters, the lowest groups first.
void combine_blocks(Clusters& clusters);

/// k-means and Ward of the standardised block scores.
PartitionedSchools partition_schools(const Clusters& clusters);

}  // namespace kaskad
