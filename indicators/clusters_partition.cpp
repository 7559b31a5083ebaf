// k-means and Ward's method on the schools' standardised block scores.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "indicators/clusters.hpp"

namespace kaskad {
namespace {

/// Blocks whose scores tell schools apart.
std::vector<std::size_t> blocks_in_use(const Clusters& c) {
  std::vector<std::size_t> out;
  for (std::size_t b = 0; b < c.blocks.size(); ++b) {
    const auto& items = c.blocks[b].items;
    if (std::any_of(items.begin(), items.end(), [](const ClusterItemFound& item) { return item.sd > 0; }))
      out.push_back(b);
  }
  return out;
}

std::vector<SchoolId> complete_schools(const Clusters& c, const std::vector<std::size_t>& blocks) {
  std::vector<SchoolId> out;
  for (SchoolId s = 0; s < c.schools.size(); ++s) {
    const auto has = [&](std::size_t b) { return std::isfinite(c.schools[s].blocks[b].score); };
    if (std::all_of(blocks.begin(), blocks.end(), has)) out.push_back(s);
  }
  return out;
}

/// Each column to mean 0 and SD 1 (divisor n − 1); one that is constant stays 0.
void standardise(PartitionedSchools& p) {
  const auto n = static_cast<double>(p.points.rows);
  for (std::size_t c = 0; c < p.points.columns; ++c) {
    double* column = p.points.column(c);
    const double mean = std::accumulate(column, column + p.points.rows, 0.0) / n;
    double squares = 0;
    for (std::size_t i = 0; i < p.points.rows; ++i) squares += (column[i] - mean) * (column[i] - mean);
    const double sd = std::sqrt(squares / (n - 1));
    p.means.push_back(mean);
    p.sds.push_back(sd);
    for (std::size_t i = 0; i < p.points.rows; ++i) column[i] = sd > 0 ? (column[i] - mean) / sd : 0;
  }
}

/// Numbers the clusters by the mean of their schools' scores over all blocks, the lowest first.
stats::Partition from_lowest(const stats::Matrix& points, stats::Partition p) {
  const auto k = static_cast<std::size_t>(p.clusters);
  std::vector<double> sum(k), n(k);
  for (std::size_t i = 0; i < points.rows; ++i) {
    const auto own = static_cast<std::size_t>(p.cluster[i]);
    for (std::size_t c = 0; c < points.columns; ++c) sum[own] += points(i, c);
    n[own] += 1;
  }
  std::vector<std::size_t> order(k);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return sum[a] / n[a] < sum[b] / n[b]; });
  std::vector<int> number(k);
  for (std::size_t place = 0; place < k; ++place) number[order[place]] = static_cast<int>(place);
  for (int& cluster : p.cluster) cluster = number[static_cast<std::size_t>(cluster)];
  return p;
}

ClusterPartition with_widths(const stats::Matrix& points, stats::Partition partition) {
  ClusterPartition out;
  out.partition = from_lowest(points, std::move(partition));
  out.widths = stats::silhouette(points, out.partition);
  return out;
}

struct Tried {
  ClusterPartition k_means, ward;
};

Tried try_clusters(const PartitionedSchools& p, const stats::WardTree& tree, const PartitionSettings& settings, int k) {
  Tried out;
  stats::Partition k_means = stats::k_means(p.points, {k, settings.restarts, settings.seed});
  stats::Partition ward = stats::cut_tree(tree, p.points, k);
  if (k_means.reason != Undefined::none) out.k_means.partition = k_means;
  if (k_means.reason != Undefined::none) return out;
  out.k_means = with_widths(p.points, std::move(k_means));
  out.ward = with_widths(p.points, std::move(ward));
  return out;
}

/// Takes the better partition by the mean silhouette of k-means; the fewer clusters of equals.
void take_better(Tried tried, PartitionedSchools& p, int k) {
  const Undefined reason = tried.k_means.partition.reason;
  p.tried.push_back({k, reason, tried.k_means.widths.mean, tried.ward.widths.mean});
  if (reason != Undefined::none) {
    if (p.clusters == 0) p.reason = reason;
    return;
  }
  if (p.clusters != 0 && !(tried.k_means.widths.mean > p.k_means.widths.mean)) return;
  p.reason = Undefined::none;
  p.clusters = k;
  p.k_means = std::move(tried.k_means);
  p.ward = std::move(tried.ward);
}

}  // namespace

PartitionedSchools partition_schools(const Clusters& c) {
  PartitionedSchools out;
  const PartitionSettings& settings = c.settings.partition;
  out.blocks = blocks_in_use(c);
  const std::vector<std::size_t>& blocks = out.blocks;
  if (blocks.empty()) return out;
  out.schools = complete_schools(c, blocks);
  if (out.schools.size() < 3) out.reason = out.schools.empty() ? Undefined::no_data : Undefined::too_few;
  if (out.schools.size() < 3) return out;
  out.points = stats::Matrix(out.schools.size(), blocks.size());
  for (std::size_t i = 0; i < out.schools.size(); ++i) {
    for (std::size_t b = 0; b < blocks.size(); ++b)
      out.points(i, b) = c.schools[out.schools[i]].blocks[blocks[b]].score;
  }
  standardise(out);
  const stats::WardTree tree = stats::ward_tree(out.points);
  const int first = settings.clusters > 0 ? settings.clusters : 2;
  const int last =
      settings.clusters > 0 ? settings.clusters : std::min(settings.most, static_cast<int>(out.schools.size()) - 1);
  for (int k = first; k <= last; ++k) take_better(try_clusters(out, tree, settings, k), out, k);
  if (out.clusters > 0) out.agreement = stats::adjusted_rand(out.k_means.partition.cluster, out.ward.partition.cluster);
  return out;
}

}  // namespace kaskad
