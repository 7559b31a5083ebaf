#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/stats/matching_parts.hpp"

namespace kaskad::stats {

namespace {

using matching::Stratum;

/// Squared distances this near to each other, relatively, are equal.
constexpr double kTie = 1e-10;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double variance_of(const Matrix& points, std::size_t column) {
  const double* x = points.column(column);
  const double count = static_cast<double>(points.rows);
  const double mean = std::accumulate(x, x + points.rows, 0.0) / count;
  return std::accumulate(x, x + points.rows, 0.0, [&](double sum, double v) { return sum + (v - mean) * (v - mean); });
}

/// The coordinate along which controls are searched.
std::size_t widest(const Matrix& points) {
  std::size_t best = 0;
  for (std::size_t c = 1; c < points.columns; ++c) {
    if (variance_of(points, c) > variance_of(points, best)) best = c;
  }
  return best;
}

/// Place of each unit of the stratum in the order of the first coordinate and row.
void put_places(const Matrix& points, const Stratum& stratum, std::vector<std::int64_t>& places) {
  std::vector<std::size_t> order(stratum.treated.size() + stratum.controls.size());
  std::merge(stratum.treated.begin(), stratum.treated.end(), stratum.controls.begin(), stratum.controls.end(),
             order.begin());
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return points(a, 0) < points(b, 0); });
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = static_cast<std::int64_t>(i);
}

/// Controls in ascending order of the search coordinate, with jumps over those that are taken.
class Line {
 public:
  Line(const Matrix& points, std::size_t along, std::vector<std::size_t> controls) : rows_(std::move(controls)) {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [&](std::size_t a, std::size_t b) { return points(a, along) < points(b, along); });
    for (std::size_t row : rows_) at_.push_back(points(row, along));
    left_.resize(rows_.size() + 1);
    right_.resize(rows_.size() + 1);
    std::iota(left_.begin(), left_.end(), std::size_t{0});
    std::iota(right_.begin(), right_.end(), std::size_t{0});
  }

  std::size_t size() const { return rows_.size(); }
  std::size_t row(std::size_t i) const { return rows_[i]; }
  double at(std::size_t i) const { return at_[i]; }
  std::size_t first_from(double value) const {
    return static_cast<std::size_t>(std::lower_bound(at_.begin(), at_.end(), value) - at_.begin());
  }
  /// The nearest free place at i or after it; size() where there is none.
  std::size_t right_from(std::size_t i) { return find(right_, i); }
  /// One past the nearest free place before i; 0 where there is none.
  std::size_t left_from(std::size_t i) { return find(left_, i); }
  void take(std::size_t i) {
    right_[i] = i + 1;
    left_[i + 1] = i;
  }

 private:
  static std::size_t find(std::vector<std::size_t>& next, std::size_t i) {
    std::size_t end = i;
    while (next[end] != end) end = next[end];
    while (next[i] != end && i != end) i = std::exchange(next[i], end);
    return end;
  }

  std::vector<std::size_t> rows_;
  std::vector<double> at_;
  std::vector<std::size_t> left_, right_;
};

struct Candidate {
  std::size_t place = 0;  ///< On the line.
  double squared = kInfinity;
};

class NearestMatcher {
 public:
  NearestMatcher(const MatchUnits& units, const MatchPlan& plan)
      : points_(units.points), plan_(plan), along_(widest(points_)), place_(points_.rows) {
    for (std::size_t i = 0; i < points_.rows; ++i) {
      for (std::size_t c = 0; c < points_.columns; ++c) by_row_.push_back(points_(i, c));
    }
    most_ = plan.replace ? std::numeric_limits<int>::max() : plan.reuse_most;
    limit_ = std::isnan(plan.caliper) ? kInfinity : plan.caliper * plan.caliper * (1 + kTie);
  }

  void match(const Stratum& stratum, std::vector<MatchedPair>& pairs) {
    put_places(points_, stratum, place_);
    Line line(points_, along_, stratum.controls);
    std::vector<int> used(line.size());
    std::vector<std::vector<std::size_t>> partners(stratum.treated.size());
    for (int round = 0; round < plan_.ratio; ++round) {
      for (std::size_t i : choosing_order(stratum.treated)) {
        const std::size_t treated = stratum.treated[i];
        const Candidate best = nearest(line, treated, partners[i]);
        if (best.squared == kInfinity || best.squared > limit_) continue;
        pairs.push_back({treated, line.row(best.place), std::sqrt(best.squared)});
        partners[i].push_back(best.place);
        if (++used[best.place] >= most_) line.take(best.place);
      }
    }
  }

 private:
  std::vector<std::size_t> choosing_order(const std::vector<std::size_t>& treated) const {
    std::vector<std::size_t> order(treated.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const double sign = plan_.order == MatchOrder::largest ? -1 : 1;
    if (plan_.order == MatchOrder::data) return order;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return sign * points_(treated[a], 0) < sign * points_(treated[b], 0);
    });
    return order;
  }

  /// Squared distance, or more than `enough` as soon as that is certain.
  double squared_distance(std::size_t a, std::size_t b, double enough) const {
    const double* x = by_row_.data() + a * points_.columns;
    const double* y = by_row_.data() + b * points_.columns;
    double sum = 0;
    for (std::size_t c = 0; c < points_.columns; ++c) {
      sum += (x[c] - y[c]) * (x[c] - y[c]);
      if (sum > enough) return kInfinity;
    }
    return sum;
  }

  /// Whether the first of two equally near controls goes before the second.
  bool preferred(std::size_t treated, std::size_t first, std::size_t second) const {
    if (plan_.ties == TieRule::first_row) return first < second;
    const std::int64_t step1 = place_[first] - place_[treated], step2 = place_[second] - place_[treated];
    const bool line = points_.columns == 1;
    if (std::abs(step1) != std::abs(step2)) return (std::abs(step1) < std::abs(step2)) == line;
    return step1 < step2;
  }

  void consider(const Line& line, std::size_t treated, std::size_t place, const std::vector<std::size_t>& partners,
                Candidate& best) const {
    if (std::find(partners.begin(), partners.end(), place) != partners.end()) return;
    const double squared = squared_distance(treated, line.row(place), best.squared * (1 + kTie));
    if (squared == kInfinity) return;
    const bool nearer = squared < best.squared * (1 - kTie);
    if (!nearer && best.squared != kInfinity && !preferred(treated, line.row(place), line.row(best.place))) return;
    best = {place, squared};
  }

  /// Outward from the treated unit, the nearer side first, until the search coordinate alone is too far.
  Candidate nearest(Line& line, std::size_t treated, const std::vector<std::size_t>& partners) const {
    const double start = points_(treated, along_);
    Candidate best;
    std::size_t right = line.first_from(start);
    std::size_t left = line.left_from(right);
    right = line.right_from(right);
    for (;;) {
      const double far = std::min(best.squared, limit_) * (1 + kTie);
      const double to_left = left > 0 ? start - line.at(left - 1) : kInfinity;
      const double to_right = right < line.size() ? line.at(right) - start : kInfinity;
      const double step = std::min(to_left, to_right);
      if (step == kInfinity || step * step > far) return best;
      if (to_left <= to_right) {
        consider(line, treated, left - 1, partners, best);
        left = line.left_from(left - 1);
      } else {
        consider(line, treated, right, partners, best);
        right = line.right_from(right + 1);
      }
    }
  }

  const Matrix& points_;
  const MatchPlan& plan_;
  std::size_t along_;
  std::vector<std::int64_t> place_;  ///< Of the units of the stratum at work.
  std::vector<double> by_row_;       ///< The points again, a unit's coordinates together.
  int most_;
  double limit_;  ///< Largest squared distance.
};

}  // namespace

Matching match_nearest(const MatchUnits& units, const MatchPlan& plan) {
  assert(plan.ratio >= 1 && plan.reuse_most >= 1 && units.points.rows == units.treated.size());
  std::vector<MatchedPair> pairs;
  if (matching::obstacle(units) != Undefined::none) {
    Matching none;
    none.weights.assign(units.treated.size(), 0);
    return none;
  }
  NearestMatcher matcher(units, plan);
  for (const auto& [id, stratum] : matching::strata_of(units)) matcher.match(stratum, pairs);
  return matching::finish(units, std::move(pairs));
}

}  // namespace kaskad::stats
