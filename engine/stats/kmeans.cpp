#include <algorithm>
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/stats/partition_parts.hpp"

namespace kaskad::stats {
namespace {

constexpr int kMostSteps = 1000;
/// A move must gain more than rounding can: a share of the whole sum of squares.
constexpr double kLeastGain = 1e-12;

struct State {
  std::vector<int> cluster;
  std::vector<std::int64_t> size;
  Matrix centres;  ///< [cluster × column]
};

double distance_to_centre(const Matrix& points, std::size_t point, const Matrix& centres, std::size_t centre) {
  double sum = 0;
  for (std::size_t c = 0; c < points.columns; ++c) {
    const double d = points(point, c) - centres(centre, c);
    sum += d * d;
  }
  return sum;
}

int nearest_centre(const Matrix& points, std::size_t point, const Matrix& centres) {
  std::size_t best = 0;
  double least = distance_to_centre(points, point, centres, 0);
  for (std::size_t k = 1; k < centres.rows; ++k) {
    const double d = distance_to_centre(points, point, centres, k);
    if (d < least) {
      least = d;
      best = k;
    }
  }
  return static_cast<int>(best);
}

void set_centre(const Matrix& points, std::size_t point, Matrix& centres, std::size_t centre) {
  for (std::size_t c = 0; c < points.columns; ++c) centres(centre, c) = points(point, c);
}

/// Squared distance of each point to the nearest of the first `chosen` centres, `before` being that to the ones before.
void nearer(const Matrix& points, const Matrix& centres, std::size_t last, std::vector<double>& distances) {
  for (std::size_t i = 0; i < points.rows; ++i)
    distances[i] = std::min(distances[i], distance_to_centre(points, i, centres, last));
}

/// A point drawn with a probability in proportion to its weight; the weights' sum is above 0.
std::size_t drawn(const std::vector<double>& weights, double uniform) {
  double sum = 0;
  for (const double w : weights) sum += w;
  double rest = uniform * sum;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    last = i;
    rest -= weights[i];
    if (rest < 0) return i;
  }
  return last;
}

Matrix plus_plus_start(const Matrix& points, std::size_t k, RandomStream& random) {
  Matrix centres(k, points.columns);
  std::vector<double> distances(points.rows, std::numeric_limits<double>::infinity());
  set_centre(points, random.below(points.rows), centres, 0);
  for (std::size_t next = 1; next < k; ++next) {
    nearer(points, centres, next - 1, distances);
    set_centre(points, drawn(distances, random.uniform()), centres, next);
  }
  return centres;
}

/// From the point farthest from the mean of all, each time the point farthest from the chosen ones.
Matrix maximin_start(const Matrix& points, std::size_t k) {
  Matrix centres(k, points.columns);
  const auto farthest = [](const std::vector<double>& d) {
    return static_cast<std::size_t>(std::max_element(d.begin(), d.end()) - d.begin());
  };
  std::vector<double> distances(points.rows, std::numeric_limits<double>::infinity());
  nearer(points, mean_of_points(points), 0, distances);
  set_centre(points, farthest(distances), centres, 0);
  std::fill(distances.begin(), distances.end(), std::numeric_limits<double>::infinity());
  for (std::size_t next = 1; next < k; ++next) {
    nearer(points, centres, next - 1, distances);
    set_centre(points, farthest(distances), centres, next);
  }
  return centres;
}

/// Sizes and centres by the clusters of the points.
void take_centres(const Matrix& points, State& state) {
  const std::size_t k = state.centres.rows;
  state.size.assign(k, 0);
  state.centres = Matrix(k, points.columns);
  for (std::size_t i = 0; i < points.rows; ++i) {
    const auto own = static_cast<std::size_t>(state.cluster[i]);
    ++state.size[own];
    for (std::size_t c = 0; c < points.columns; ++c) state.centres(own, c) += points(i, c);
  }
  for (std::size_t j = 0; j < k; ++j) {
    for (std::size_t c = 0; c < points.columns; ++c) state.centres(j, c) /= static_cast<double>(state.size[j]);
  }
}

/// Lloyd's steps; a point that is alone in its cluster stays, so that no cluster becomes empty.
void lloyd(const Matrix& points, State& state) {
  for (int step = 0; step < kMostSteps; ++step) {
    bool moved = false;
    for (std::size_t i = 0; i < points.rows; ++i) {
      const int to = nearest_centre(points, i, state.centres);
      auto& own = state.cluster[i];
      if (to == own || state.size[static_cast<std::size_t>(own)] == 1) continue;
      --state.size[static_cast<std::size_t>(own)];
      ++state.size[static_cast<std::size_t>(to)];
      own = to;
      moved = true;
    }
    if (!moved) return;
    take_centres(points, state);
  }
}

/// What the sum of squares loses when a point leaves its cluster, and gains when it joins another one.
double loss(double squared, std::int64_t size) {
  return squared * static_cast<double>(size) / static_cast<double>(size - 1);
}
double gain(double squared, std::int64_t size) {
  return squared * static_cast<double>(size) / static_cast<double>(size + 1);
}

/// Moves one point to where the sum grows least, if that makes the whole less.
bool move_point(const Matrix& points, std::size_t i, double least_gain, State& state) {
  const auto own = static_cast<std::size_t>(state.cluster[i]);
  if (state.size[own] == 1) return false;
  const double left = loss(distance_to_centre(points, i, state.centres, own), state.size[own]);
  std::size_t best = own;
  double least = left - least_gain;
  for (std::size_t k = 0; k < state.centres.rows; ++k) {
    if (k == own) continue;
    const double joined = gain(distance_to_centre(points, i, state.centres, k), state.size[k]);
    if (joined < least) {
      least = joined;
      best = k;
    }
  }
  if (best == own) return false;
  state.cluster[i] = static_cast<int>(best);
  take_centres(points, state);
  return true;
}

void single_moves(const Matrix& points, double least_gain, State& state) {
  for (int step = 0; step < kMostSteps; ++step) {
    bool moved = false;
    for (std::size_t i = 0; i < points.rows; ++i) moved = move_point(points, i, least_gain, state) || moved;
    if (!moved) return;
  }
}

/// Every start gives each centre at least the point that it stands on, as the centres differ.
Partition from_start(const Matrix& points, Matrix centres, double total) {
  State state;
  state.centres = std::move(centres);
  for (std::size_t i = 0; i < points.rows; ++i) state.cluster.push_back(nearest_centre(points, i, state.centres));
  take_centres(points, state);
  lloyd(points, state);
  single_moves(points, kLeastGain * total, state);
  return make_partition(points, state.cluster, static_cast<int>(state.centres.rows));
}

}  // namespace

Partition k_means(const Matrix& points, const KMeansOptions& options) {
  Partition best;
  best.reason = why_no_partition(points, options.clusters);
  if (best.reason != Undefined::none) return best;
  const auto k = static_cast<std::size_t>(options.clusters);
  const double total = make_partition(points, std::vector<int>(points.rows, 0), 1).within;
  best = from_start(points, maximin_start(points, k), total);
  for (int r = 0; r < options.restarts; ++r) {
    RandomStream random(options.seed, static_cast<std::uint64_t>(r));
    Partition next = from_start(points, plus_plus_start(points, k, random), total);
    if (next.within < best.within - kLeastGain * total) best = std::move(next);
  }
  return best;
}

}  // namespace kaskad::stats
