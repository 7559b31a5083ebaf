// Partitions of points into clusters: k-means, Ward's tree, how well a partition separates, how far two agree.
// docs/methods/clusters.md has the formulas and assumptions.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats {

/// Points (rows) in clusters 0 … k − 1, numbered in the order of their first points.
struct Partition {
  Undefined reason = Undefined::no_data;
  std::vector<int> cluster;  ///< Of each point; empty when undefined.
  int clusters = 0;
  double within = kNaN;  ///< Σ squared Euclidean distances of the points to the centres of their clusters.
};

struct KMeansOptions {
  int clusters = 2;
  int restarts = 100;      ///< From k-means++ starts; one more starts from the points farthest apart (maximin).
  std::uint64_t seed = 1;  ///< Start r draws from stream r.
};

/// The best of many local optima of Σ squared distances to the centres: starts by k-means++ (Arthur & Vassilvitskii
/// 2007) and maximin (Gonzalez 1985), each followed by Lloyd's steps (1982) and then by moves of single points as in
/// Hartigan & Wong (1979, AS 136), until no move makes the sum less. Equal distances go to the cluster of lower number,
/// equal sums to the earlier start, so the same points give the same partition everywhere.
///
/// No point, no column or a value that is not finite → no_data; fewer than 1 cluster asked for → no_method; all points
/// equal and k > 1 → no_variation; fewer different points than k → too_few.
Partition k_means(const Matrix& points, const KMeansOptions& options);

/// The merges of Ward's method in their order: of the clusters that hold points `first` < `second` (each named by its
/// lowest point), at `height`.
struct WardMerge {
  std::size_t first = 0;
  std::size_t second = 0;
  double height = kNaN;  ///< √(2·growth of the within sum of squares): R's hclust "ward.D2".
};
struct WardTree {
  Undefined reason = Undefined::no_data;
  std::size_t points = 0;
  std::vector<WardMerge> merges;  ///< points − 1 of them.
};

/// Ward 1963 (JASA 58:236–244) by Lance & Williams' update (1967) of squared Euclidean distances. Of equally near pairs
/// the one whose lowest points come first is merged. Undefined as k_means is, but equal points are merged at height 0.
/// Memory n²/2 numbers.
WardTree ward_tree(const Matrix& points);

/// The clusters that are left before the last k − 1 merges. Undefined as the tree; k < 1 → no_method; more clusters
/// than different points → too_few (all points equal → no_variation).
Partition cut_tree(const WardTree& tree, const Matrix& points, int clusters);

/// s = (b − a)/max(a, b), a = mean distance to the other points of the own cluster, b = least mean distance to another
/// cluster; 0 for a point alone in its cluster. Euclidean distances. Source: Rousseeuw 1987, J. Comput. Appl. Math.
/// 20:53–65; R's cluster::silhouette.
struct Silhouette {
  Undefined reason = Undefined::no_data;  ///< One cluster → no_method.
  std::vector<double> widths;             ///< Of each point.
  double mean = kNaN;
};
Silhouette silhouette(const Matrix& points, const Partition& partition);

/// Hubert & Arabie 1985 (J. Classification 2:193–218): 1 = the same partition, 0 = as two drawn at random agree on
/// average. NaN when sizes differ or there are fewer than two points; two partitions that both keep all points
/// together, or all apart, agree: 1.
double adjusted_rand(const std::vector<int>& one, const std::vector<int>& other);

}  // namespace kaskad::stats
