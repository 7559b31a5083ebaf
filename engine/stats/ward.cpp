#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/stats/partition_parts.hpp"

namespace kaskad::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Distances between clusters, each named by its lowest point; the upper triangle, row by row.
class Distances {
 public:
  explicit Distances(const Matrix& points) : n_(points.rows) {
    values_.reserve(n_ * (n_ - 1) / 2);
    for (std::size_t a = 0; a < n_; ++a) {
      for (std::size_t b = a + 1; b < n_; ++b) values_.push_back(squared_distance(points, a, b));
    }
  }
  double& at(std::size_t a, std::size_t b) {
    if (a > b) std::swap(a, b);
    return values_[a * n_ - a * (a + 1) / 2 + b - a - 1];
  }

 private:
  std::size_t n_;
  std::vector<double> values_;
};

class Clustering {
 public:
  explicit Clustering(const Matrix& points)
      : distances_(points), size_(points.rows, 1), alive_(points.rows, true), nearest_(points.rows, 0) {
    for (std::size_t a = 0; a < points.rows; ++a) look_around(a);
  }

  WardMerge merge_nearest() {
    std::size_t first = 0;
    double least = kInfinity;
    for (std::size_t a = 0; a < size_.size(); ++a) {
      if (alive_[a] && nearest_[a] != kNone && distances_.at(a, nearest_[a]) < least) {
        least = distances_.at(a, nearest_[a]);
        first = a;
      }
    }
    const std::size_t second = nearest_[first];
    update(first, second, least);
    return {first, second, std::sqrt(least)};
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// Finds the nearest of the clusters after `a`, the first of equals.
  void look_around(std::size_t a) {
    nearest_[a] = kNone;
    double least = kInfinity;
    for (std::size_t b = a + 1; b < size_.size(); ++b) {
      if (alive_[b] && distances_.at(a, b) < least) {
        least = distances_.at(a, b);
        nearest_[a] = b;
      }
    }
  }

  /// Lance & Williams: d(i∪j, k) = ((nᵢ + nₖ)·d(i, k) + (nⱼ + nₖ)·d(j, k) − nₖ·d(i, j))/(nᵢ + nⱼ + nₖ).
  void update(std::size_t i, std::size_t j, double d_ij) {
    alive_[j] = false;
    for (std::size_t k = 0; k < size_.size(); ++k) {
      if (!alive_[k] || k == i) continue;
      const double sum = size_[i] + size_[j] + size_[k];
      distances_.at(i, k) = ((size_[i] + size_[k]) * distances_.at(i, k) + (size_[j] + size_[k]) * distances_.at(j, k) -
                             size_[k] * d_ij) /
                            sum;
    }
    size_[i] += size_[j];
    for (std::size_t a = 0; a < j; ++a) refresh(a, i, j);
  }

  /// After i and j became i: whose nearest was one of them looks around anew, for whom i has come nearer takes it.
  void refresh(std::size_t a, std::size_t i, std::size_t j) {
    if (!alive_[a]) return;
    if (a == i || nearest_[a] == i || nearest_[a] == j) return look_around(a);
    if (a > i || nearest_[a] == kNone) return;
    const double now = distances_.at(a, nearest_[a]), to_i = distances_.at(a, i);
    if (to_i < now || (to_i == now && i < nearest_[a])) nearest_[a] = i;
  }

  Distances distances_;
  std::vector<double> size_;
  std::vector<bool> alive_;
  std::vector<std::size_t> nearest_;
};

std::size_t root_of(const std::vector<std::size_t>& parent, std::size_t point) {
  while (parent[point] != point) point = parent[point];
  return point;
}

}  // namespace

WardTree ward_tree(const Matrix& points) {
  WardTree out;
  out.points = points.rows;
  out.reason = why_no_partition(points, 1);
  if (out.reason != Undefined::none) return out;
  Clustering clusters(points);
  while (out.merges.size() + 1 < points.rows) out.merges.push_back(clusters.merge_nearest());
  return out;
}

Partition cut_tree(const WardTree& tree, const Matrix& points, int clusters) {
  Partition out;
  out.reason = tree.reason != Undefined::none ? tree.reason : why_no_partition(points, clusters);
  if (out.reason != Undefined::none) return out;
  std::vector<std::size_t> parent(tree.points);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const std::size_t merged = tree.points - static_cast<std::size_t>(clusters);
  for (std::size_t m = 0; m < merged; ++m) parent[tree.merges[m].second] = tree.merges[m].first;
  std::vector<int> cluster;
  for (std::size_t i = 0; i < tree.points; ++i) cluster.push_back(static_cast<int>(root_of(parent, i)));
  return make_partition(points, cluster, clusters);
}

}  // namespace kaskad::stats
