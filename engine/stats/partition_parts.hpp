// What the methods of partition.hpp share. Private to this room.
#pragma once

#include "engine/stats/partition.hpp"

namespace kaskad::stats {

double squared_distance(const Matrix& points, std::size_t a, std::size_t b);

/// One row.
Matrix mean_of_points(const Matrix& points);

/// Why points cannot be parted into so many clusters; none when they can.
Undefined why_no_partition(const Matrix& points, int clusters);

/// Numbers the clusters in the order of their first points and sums the squares within. Each of 0 … k − 1 is used.
Partition make_partition(const Matrix& points, const std::vector<int>& cluster, int clusters);

}  // namespace kaskad::stats
