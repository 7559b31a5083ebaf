// What the groups of a school in its blocks make together.
#include <algorithm>
#include <map>

#include "indicators/clusters.hpp"

namespace kaskad {
namespace {

constexpr int kUnknown = -1;

std::vector<int> pattern_of(const SchoolClusters& school) {
  std::vector<int> out;
  for (const SchoolBlock& block : school.blocks) out.push_back(block.group.value_or(kUnknown));
  return out;
}

bool is_judged(const SchoolClusters& school, MissingBlocks rule) {
  const auto known = std::count_if(school.blocks.begin(), school.blocks.end(),
                                   [](const SchoolBlock& block) { return block.group.has_value(); });
  return rule == MissingBlocks::by_known ? known > 0 : known == static_cast<std::ptrdiff_t>(school.blocks.size());
}

int weak_blocks(const SchoolClusters& school) {
  return static_cast<int>(std::count_if(school.blocks.begin(), school.blocks.end(),
                                        [](const SchoolBlock& block) { return block.group == 0; }));
}

void by_block(Clusters& c) {
  for (std::size_t b = 0; b < c.blocks.size(); ++b) {
    Cluster cluster;
    cluster.block = b;
    for (SchoolClusters& school : c.schools) {
      if (!school.judged || school.blocks[b].group != 0) continue;
      ++cluster.schools;
      school.clusters.push_back(b);
    }
    c.clusters.push_back(std::move(cluster));
  }
}

/// A cluster for each key that occurs among the judged schools, in the order of the keys.
template <class KeyOf, class Make>
void by_key(Clusters& c, const KeyOf& key_of, const Make& make) {
  std::map<decltype(key_of(c.schools.front())), std::vector<SchoolClusters*>> found;
  for (SchoolClusters& school : c.schools) {
    if (school.judged) found[key_of(school)].push_back(&school);
  }
  for (const auto& [key, schools] : found) {
    for (SchoolClusters* school : schools) school->clusters = {c.clusters.size()};
    Cluster cluster = make(key);
    cluster.schools = static_cast<std::int64_t>(schools.size());
    c.clusters.push_back(std::move(cluster));
  }
}

Cluster of_pattern(const std::vector<int>& pattern) {
  Cluster out;
  out.pattern = pattern;
  out.weak = static_cast<int>(std::count(pattern.begin(), pattern.end(), 0));
  return out;
}

Cluster of_weak(int less_weak) {
  Cluster out;
  out.weak = -less_weak;
  return out;
}

}  // namespace

void combine_blocks(Clusters& c) {
  for (SchoolClusters& school : c.schools) {
    school.judged = is_judged(school, c.settings.missing);
    c.judged += school.judged ? 1 : 0;
  }
  if (c.settings.rule == ClusterRule::blocks) return by_block(c);
  if (c.settings.rule == ClusterRule::pattern) return by_key(c, pattern_of, of_pattern);
  by_key(
      c, [](const SchoolClusters& school) { return -weak_blocks(school); }, of_weak);
}

}  // namespace kaskad
