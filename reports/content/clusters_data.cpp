// Clusters of schools as trees: blocks with their leading indicators, clusters, schools, and the partition beside them.
#include <algorithm>
#include <cmath>

#include "reports/content/clusters_words.hpp"
#include "reports/content/identify_data.hpp"
#include "reports/content/labels.hpp"
#include "reports/content/report_data.hpp"

namespace kaskad::reports {
namespace {

const Clusters& found_of(const Briefing& b) { return b.judgements.clusters; }
const PartitionedSchools& partition_of(const Briefing& b) { return found_of(b).partition; }

Quantity plain(double value, int decimals, std::int64_t n, Owner owner = owner_of(kRegion)) {
  return {std::isfinite(value) ? exactly(value, n) : undefined(Undefined::no_data, n), Unit::none, decimals, false,
          owner};
}

Quantity share_of(const Briefing& b, std::int64_t schools) {
  const std::int64_t judged = found_of(b).judged;
  const Estimate e = judged > 0 ? exactly(100 * static_cast<double>(schools) / static_cast<double>(judged), judged)
                                : undefined(Undefined::no_data);
  return {e, Unit::percent, 1, false, owner_of(kRegion)};
}

List item_rows(const Briefing& b) {
  List rows;
  for (std::size_t block = 0; block < found_of(b).blocks.size(); ++block) {
    const auto& items = found_of(b).blocks[block].items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const ClusterItemFound& item = items[i];
      const Estimate mean = item.schools > 0 ? exactly(item.mean, item.schools) : undefined(Undefined::no_data);
      rows.push_back(Object{{"block", cluster_block_name(b, block)},
                            {"name", cluster_item_name(b, block, i)},
                            {"direction", b.texts.get(item.less_is_better ? "clusters.less" : "clusters.more")},
                            {"schools", item.schools},
                            {"mean", cluster_item_value(b, block, i, mean, owner_of(kRegion))},
                            {"agreement", plain(item.agreement, 2, item.schools)},
                            {"leading", item.is_leading ? b.texts.get("clusters.leading") : std::string()}});
    }
  }
  return rows;
}

List group_rows(const Briefing& b) {
  List rows;
  for (std::size_t block = 0; block < found_of(b).blocks.size(); ++block) {
    const auto& schools = found_of(b).blocks[block].group_schools;
    for (std::size_t g = 0; g < schools.size(); ++g) {
      const int group = static_cast<int>(g);
      rows.push_back(Object{{"block", cluster_block_name(b, block)},
                            {"name", cluster_group_name(b, block, group)},
                            {"bounds", cluster_group_bounds(b, block, group)},
                            {"schools", schools[g]}});
    }
  }
  return rows;
}

List cluster_rows(const Briefing& b) {
  List rows;
  for (const Cluster& cluster : found_of(b).clusters)
    rows.push_back(Object{{"number", static_cast<std::int64_t>(rows.size()) + 1},
                          {"name", cluster_name(b, cluster)},
                          {"schools", cluster.schools},
                          {"share", share_of(b, cluster.schools)}});
  return rows;
}

Quantity width_of(const Briefing& b, const ClusterPartition& partition, SchoolId school) {
  const auto& point = found_of(b).schools[school].point;
  const double width = point && !partition.widths.widths.empty() ? partition.widths.widths[*point] : kNaN;
  return plain(width, 2, 1, owner_of_school(b, school));
}

std::string number_of(const Briefing& b, const ClusterPartition& partition, SchoolId school) {
  const auto& point = found_of(b).schools[school].point;
  if (!point || partition.partition.cluster.empty()) return {};
  return std::to_string(partition.partition.cluster[*point] + 1);
}

/// Patterns are made of all blocks; else only a first group puts a school in a cluster, and only a gap keeps it out.
bool makes_cluster(const Briefing& b, const SchoolBlock& block) {
  return found_of(b).settings.rule == ClusterRule::pattern || !block.group || *block.group == 0;
}

/// Groups, values of the deciding indicators and reasons, one a block, in the order of the blocks.
Object school_row(const Briefing& b, SchoolId school, std::size_t number) {
  const SchoolClusters& own = found_of(b).schools[school];
  Object row = found_school(b, school, number);
  List groups, values;
  std::string why, brief;
  for (std::size_t block = 0; block < own.blocks.size(); ++block) {
    const SchoolBlock& in = own.blocks[block];
    groups.emplace_back(in.group ? cluster_group_name(b, block, *in.group) : b.texts.get("clusters.unknown_group"));
    values.emplace_back(
        cluster_item_value(b, block, in.decided_by, in.values[in.decided_by], owner_of_school(b, school)));
    const std::string reason = cluster_group_reason(b, block, school);
    why += (why.empty() ? "" : "; ") + reason;
    if (makes_cluster(b, in)) brief += (brief.empty() ? "" : "; ") + reason;
  }
  row.emplace_back("groups", std::move(groups));
  row.emplace_back("values", std::move(values));
  row.emplace_back("cluster", school_cluster_text(b, school));
  row.emplace_back("why", Value::told_of(owner_of_school(b, school), why));
  row.emplace_back("brief", Value::told_of(owner_of_school(b, school), brief));
  row.emplace_back("k_means", number_of(b, partition_of(b).k_means, school));
  row.emplace_back("width", width_of(b, partition_of(b).k_means, school));
  row.emplace_back("ward", number_of(b, partition_of(b).ward, school));
  row.emplace_back("ward_width", width_of(b, partition_of(b).ward, school));
  return row;
}

List school_rows_of(const Briefing& b) {
  std::vector<SchoolId> schools(found_of(b).schools.size());
  for (SchoolId s = 0; s < schools.size(); ++s) schools[s] = s;
  sort_by_place_and_name(b, schools);
  List rows;
  for (const SchoolId s : schools) rows.push_back(school_row(b, s, rows.size() + 1));
  return rows;
}

List block_heads(const Briefing& b) {
  List out;
  for (std::size_t block = 0; block < found_of(b).blocks.size(); ++block)
    out.push_back(Object{{"name", cluster_block_name(b, block)}, {"index", static_cast<int>(block)}});
  return out;
}

List tried_rows(const Briefing& b) {
  List rows;
  const auto n = static_cast<std::int64_t>(partition_of(b).schools.size());
  for (const ClusterCountTried& tried : partition_of(b).tried)
    rows.push_back(Object{{"clusters", std::int64_t{tried.clusters}},
                          {"k_means", plain(tried.k_means, 3, n)},
                          {"ward", plain(tried.ward, 3, n)},
                          {"taken", tried.clusters == partition_of(b).clusters ? b.texts.get("clusters.taken") : ""}});
  return rows;
}

struct Centre {
  std::int64_t schools = 0;
  std::vector<double> sums;
  double widths = 0;
};

std::vector<Centre> centres_of(const PartitionedSchools& p, const ClusterPartition& of) {
  std::vector<Centre> out(static_cast<std::size_t>(p.clusters), {0, std::vector<double>(p.blocks.size()), 0});
  for (std::size_t i = 0; i < p.schools.size(); ++i) {
    Centre& centre = out[static_cast<std::size_t>(of.partition.cluster[i])];
    ++centre.schools;
    centre.widths += of.widths.widths[i];
    for (std::size_t c = 0; c < p.blocks.size(); ++c) centre.sums[c] += p.points(i, c);
  }
  return out;
}

/// Mean standardised scores of the clusters: rows clusters, columns blocks.
Value centres_chart(const Briefing& b) {
  const PartitionedSchools& p = partition_of(b);
  List columns, rows;
  for (const std::size_t block : p.blocks) columns.push_back(Object{{"label", cluster_block_name(b, block)}});
  for (const Centre& centre : centres_of(p, p.k_means)) {
    List cells;
    for (const double sum : centre.sums)
      cells.emplace_back(plain(sum / static_cast<double>(centre.schools), 2, centre.schools));
    const auto label = b.texts.get(
        "clusters.centre", {{"number", static_cast<std::int64_t>(rows.size()) + 1}, {"schools", centre.schools}});
    rows.push_back(Object{{"label", label}, {"cells", std::move(cells)}});
  }
  return Object{{"columns", std::move(columns)},
                {"rows", std::move(rows)},
                {"middle", plain(0, 0, 0)},
                {"scale_label", b.texts.get("clusters.scale_label")}};
}

Value partition_data(const Briefing& b) {
  const PartitionedSchools& p = partition_of(b);
  if (!found_of(b).settings.partition.on) return {};
  const auto n = static_cast<std::int64_t>(p.schools.size());
  const auto left_out = static_cast<std::int64_t>(found_of(b).schools.size()) - n;
  Object out = {{"has_any", p.reason == Undefined::none}};
  if (p.reason != Undefined::none) {
    out.emplace_back("text",
                     b.texts.get("clusters.no_partition",
                                 {{"reason", b.texts.get("undefined." + std::string(undefined_name(p.reason)))}}));
    return out;
  }
  const PartitionSettings& settings = found_of(b).settings.partition;
  out.emplace_back(
      "text", Value::told_of(owner_of(kRegion), b.texts.get("clusters.partition",
                                                            {{"n", n},
                                                             {"left_out", left_out},
                                                             {"clusters", std::int64_t{p.clusters}},
                                                             {"asked", std::int64_t{settings.clusters}},
                                                             {"restarts", std::int64_t{settings.restarts}},
                                                             {"seed", static_cast<std::int64_t>(settings.seed)},
                                                             {"silhouette", b.format.number(p.k_means.widths.mean, 2)},
                                                             {"ward", b.format.number(p.ward.widths.mean, 2)},
                                                             {"agreement", b.format.number(p.agreement, 2)}})));
  add_list(out, "tried", tried_rows(b));
  out.emplace_back("centres", centres_chart(b));
  return out;
}

std::string rule_text(const Briefing& b) {
  const ClusterSettings& s = found_of(b).settings;
  const auto name = [](const auto& names, auto value) { return std::string(names[static_cast<std::size_t>(value)]); };
  return b.texts.get("clusters.rule", {{"correlation", name(kCorrelationKindNames, s.correlation)},
                                       {"least", s.least_schools},
                                       {"rule", name(kClusterRuleNames, s.rule)},
                                       {"missing", name(kMissingBlocksNames, s.missing)}});
}

}  // namespace

Object region_clusters(const Briefing& b) {
  const Clusters& found = found_of(b);
  Object out = {{"has_any", !found.empty()}};
  if (found.empty()) return out;
  out.emplace_back("text", b.texts.get("clusters.text", {{"years", years_text(found.years)},
                                                         {"schools", static_cast<std::int64_t>(found.schools.size())},
                                                         {"judged", found.judged},
                                                         {"blocks", static_cast<std::int64_t>(found.blocks.size())}}));
  out.emplace_back("rule", rule_text(b));
  out.emplace_back("heads", block_heads(b));
  out.emplace_back("items", item_rows(b));
  add_list(out, "groups", group_rows(b));
  add_list(out, "found", cluster_rows(b));
  add_list(out, "schools", school_rows_of(b));
  out.emplace_back("partition", partition_data(b));
  return out;
}

Object school_clusters(const Briefing& b, SchoolId school) {
  if (found_of(b).empty()) return {{"has_any", false}};
  List blocks;
  for (std::size_t block = 0; block < found_of(b).blocks.size(); ++block) {
    const auto& group = found_of(b).schools[school].blocks[block].group;
    blocks.push_back(
        Object{{"name", cluster_block_name(b, block)},
               {"group", group ? cluster_group_name(b, block, *group) : b.texts.get("clusters.unknown_group")},
               {"why", Value::told_of(owner_of_school(b, school), cluster_group_reason(b, block, school))}});
  }
  const auto text = b.texts.get(
      "clusters.school", {{"years", years_text(found_of(b).years)}, {"cluster", school_cluster_text(b, school)}});
  return {{"has_any", true}, {"text", Value::told_of(owner_of_school(b, school), text)}, {"blocks", std::move(blocks)}};
}

}  // namespace kaskad::reports
