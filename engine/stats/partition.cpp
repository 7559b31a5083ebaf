#include "engine/stats/partition.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/stats/partition_parts.hpp"

namespace kaskad::stats {
namespace {

std::vector<double> point(const Matrix& points, std::size_t row) {
  std::vector<double> out;
  for (std::size_t c = 0; c < points.columns; ++c) out.push_back(points(row, c));
  return out;
}

std::size_t different_points(const Matrix& points) {
  std::set<std::vector<double>> seen;
  for (std::size_t i = 0; i < points.rows; ++i) seen.insert(point(points, i));
  return seen.size();
}

double pairs_of(std::int64_t n) { return static_cast<double>(n) * static_cast<double>(n - 1) / 2; }

/// Σ over the counts of pairs that lie together.
template <class Key>
double pairs_together(const std::map<Key, std::int64_t>& counts) {
  double sum = 0;
  for (const auto& [key, n] : counts) sum += pairs_of(n);
  return sum;
}

/// Mean distance of a point to each cluster, itself left out; and how many points that is.
struct Nearness {
  std::vector<double> sum;
  std::vector<std::int64_t> n;
};

Nearness nearness(const Matrix& points, const Partition& partition, std::size_t own) {
  const auto k = static_cast<std::size_t>(partition.clusters);
  Nearness out{std::vector<double>(k), std::vector<std::int64_t>(k)};
  for (std::size_t i = 0; i < points.rows; ++i) {
    if (i == own) continue;
    const auto cluster = static_cast<std::size_t>(partition.cluster[i]);
    out.sum[cluster] += std::sqrt(squared_distance(points, own, i));
    ++out.n[cluster];
  }
  return out;
}

double width(const Matrix& points, const Partition& partition, std::size_t i) {
  const Nearness near = nearness(points, partition, i);
  const auto own = static_cast<std::size_t>(partition.cluster[i]);
  if (near.n[own] == 0) return 0;
  const double inside = near.sum[own] / static_cast<double>(near.n[own]);
  double outside = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < near.n.size(); ++k) {
    if (k != own) outside = std::min(outside, near.sum[k] / static_cast<double>(near.n[k]));
  }
  const double larger = std::max(inside, outside);
  return larger > 0 ? (outside - inside) / larger : 0;
}

}  // namespace

double squared_distance(const Matrix& points, std::size_t a, std::size_t b) {
  double sum = 0;
  for (std::size_t c = 0; c < points.columns; ++c) {
    const double d = points(a, c) - points(b, c);
    sum += d * d;
  }
  return sum;
}

Matrix mean_of_points(const Matrix& points) {
  Matrix mean(1, points.columns);
  for (std::size_t c = 0; c < points.columns; ++c) {
    for (std::size_t i = 0; i < points.rows; ++i) mean(0, c) += points(i, c);
    mean(0, c) /= static_cast<double>(points.rows);
  }
  return mean;
}

Undefined why_no_partition(const Matrix& points, int clusters) {
  const auto finite = [](double v) { return std::isfinite(v); };
  const bool some = points.rows > 0 && points.columns > 0;
  if (!some || !std::all_of(points.values.begin(), points.values.end(), finite)) return Undefined::no_data;
  if (clusters < 1) return Undefined::no_method;
  const std::size_t different = different_points(points);
  if (different >= static_cast<std::size_t>(clusters)) return Undefined::none;
  return different == 1 && points.rows > 1 ? Undefined::no_variation : Undefined::too_few;
}

Partition make_partition(const Matrix& points, const std::vector<int>& cluster, int clusters) {
  Partition out;
  out.reason = Undefined::none;
  out.clusters = clusters;
  std::map<int, int> number;
  for (const int c : cluster) out.cluster.push_back(number.emplace(c, static_cast<int>(number.size())).first->second);
  out.within = 0;
  const auto k = static_cast<std::size_t>(clusters);
  for (std::size_t column = 0; column < points.columns; ++column) {
    std::vector<double> sum(k), n(k);
    for (std::size_t i = 0; i < points.rows; ++i) {
      sum[static_cast<std::size_t>(out.cluster[i])] += points(i, column);
      n[static_cast<std::size_t>(out.cluster[i])] += 1;
    }
    for (std::size_t i = 0; i < points.rows; ++i) {
      const auto own = static_cast<std::size_t>(out.cluster[i]);
      const double d = points(i, column) - sum[own] / n[own];
      out.within += d * d;
    }
  }
  return out;
}

Silhouette silhouette(const Matrix& points, const Partition& partition) {
  Silhouette out;
  out.reason = partition.reason;
  if (out.reason == Undefined::none && partition.clusters < 2) out.reason = Undefined::no_method;
  if (out.reason != Undefined::none) return out;
  double sum = 0;
  for (std::size_t i = 0; i < points.rows; ++i) {
    out.widths.push_back(width(points, partition, i));
    sum += out.widths.back();
  }
  out.mean = sum / static_cast<double>(points.rows);
  return out;
}

double adjusted_rand(const std::vector<int>& one, const std::vector<int>& other) {
  if (one.size() != other.size() || one.size() < 2) return kNaN;
  std::map<int, std::int64_t> of_one, of_other;
  std::map<std::pair<int, int>, std::int64_t> both;
  for (std::size_t i = 0; i < one.size(); ++i) {
    ++of_one[one[i]];
    ++of_other[other[i]];
    ++both[{one[i], other[i]}];
  }
  const double a = pairs_together(of_one), b = pairs_together(of_other);
  const double expected = a * b / pairs_of(static_cast<std::int64_t>(one.size()));
  const double most = (a + b) / 2;
  if (most == expected) return 1;
  return (pairs_together(both) - expected) / (most - expected);
}

}  // namespace kaskad::stats
