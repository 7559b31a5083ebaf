// How schools are parted into clusters: the table [clusters] of a project. docs/clusters.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "indicators/identify/social_settings.hpp"

namespace kaskad {

enum class CorrelationKind : std::uint8_t { spearman, pearson };
inline constexpr std::array<std::string_view, 2> kCorrelationKindNames = {"spearman", "pearson"};

/// What makes a cluster of the groups in the blocks.
enum class ClusterRule : std::uint8_t {
  blocks,       ///< A cluster a block: the schools in its first group; a school may be in several or in none.
  pattern,      ///< A cluster for every combination of groups that occurs.
  weak_blocks,  ///< By the number of blocks in whose first group a school is.
};
inline constexpr std::array<std::string_view, 3> kClusterRuleNames = {"blocks", "pattern", "weak_blocks"};

enum class MissingBlocks : std::uint8_t {
  leave_out,  ///< A school whose group in a block is not known is in no cluster.
  by_known,   ///< The blocks that are known decide.
};
inline constexpr std::array<std::string_view, 2> kMissingBlocksNames = {"leave_out", "by_known"};

/// Which of several leading indicators gives a school its group.
enum class LeadingJoin : std::uint8_t { lowest, highest };
inline constexpr std::array<std::string_view, 2> kLeadingJoinNames = {"lowest", "highest"};

/// A context field, or an indicator of the catalogue with the work that it speaks of.
struct ClusterItem {
  std::string field;  ///< Empty for an indicator.
  IndexOutcome outcome;
  std::optional<bool> less_is_better;  ///< Nothing: as the indicator's own direction says; more is better for context.
  std::vector<double> thresholds;      ///< Rising, in its own unit; a value on one is in the better group.
};

struct ClusterBlock {
  std::string id;
  Names name;
  std::vector<ClusterItem> items;
  std::vector<std::size_t> leading;  ///< Into `items`; empty = the one of the highest agreement.
  LeadingJoin join = LeadingJoin::lowest;
  std::vector<double> quantiles;  ///< Rising; of the schools' values, where the leading indicator has no thresholds.
  std::vector<Names> groups;      ///< Their names, the lowest first; may be fewer than the groups.
};

struct PartitionSettings {
  bool on = true;
  int clusters = 0;  ///< 0 = of the highest mean silhouette of k-means among 2 … most.
  int most = 6;
  int restarts = 100;
  std::uint64_t seed = 1;
};

struct ClusterSettings {
  bool on = true;
  std::vector<int> years;  ///< Empty = the project's last.
  CorrelationKind correlation = CorrelationKind::spearman;
  std::int64_t least_schools = 5;  ///< For a correlation.
  ClusterRule rule = ClusterRule::pattern;
  MissingBlocks missing = MissingBlocks::leave_out;
  std::vector<ClusterBlock> blocks;
  PartitionSettings partition;
};

/// What [clusters] may name.
struct ClusterNames {
  std::vector<int> years;
  std::vector<std::string> indicators, procedures, subjects, fields;
};

/// Reads the keys of a project's [clusters] over what `settings` holds.
void read_clusters(ConfigReader& reader, const ClusterNames& names, ClusterSettings& settings);

}  // namespace kaskad
