#include "engine/stats/absorb.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kaskad::stats::linear {

Partition partition_of(const std::vector<int>& ids, const std::vector<std::size_t>& rows) {
  std::vector<int> sorted;
  for (const std::size_t row : rows) sorted.push_back(ids[row]);
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  Partition partition{{}, sorted.size()};
  partition.level.reserve(rows.size());
  for (const std::size_t row : rows) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), ids[row]);
    partition.level.push_back(static_cast<std::size_t>(place - sorted.begin()));
  }
  return partition;
}

Partition one_level(std::size_t rows) { return {std::vector<std::size_t>(rows, 0), rows > 0 ? 1U : 0U}; }

Members members_of(const Partition& partition) {
  Members members{std::vector<std::size_t>(partition.level.size()), std::vector<std::size_t>(partition.levels + 1, 0)};
  for (const std::size_t level : partition.level) ++members.first[level + 1];
  std::partial_sum(members.first.begin(), members.first.end(), members.first.begin());
  std::vector<std::size_t> next(members.first.begin(), members.first.end() - 1);
  for (std::size_t row = 0; row < partition.level.size(); ++row) members.row[next[partition.level[row]]++] = row;
  return members;
}

std::vector<std::size_t> nesting(const Partition& inner, const Partition& outer) {
  constexpr std::size_t kUnseen = kStraddles - 1;
  std::vector<std::size_t> parent(inner.levels, kUnseen);
  for (std::size_t row = 0; row < inner.level.size(); ++row) {
    std::size_t& seen = parent[inner.level[row]];
    if (seen == kUnseen) seen = outer.level[row];
    if (seen != outer.level[row]) seen = kStraddles;
  }
  return parent;
}

namespace {

/// Root of a node in a forest of parents, halving the path on the way.
std::size_t root_of(std::vector<std::size_t>& parent, std::size_t node) {
  while (parent[node] != node) node = parent[node] = parent[parent[node]];
  return node;
}

}  // namespace

std::size_t components(const Partition& a, const Partition& b) {
  std::vector<std::size_t> parent(a.levels + b.levels);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::size_t count = parent.size();
  for (std::size_t row = 0; row < a.level.size(); ++row) {
    const std::size_t left = root_of(parent, a.level[row]);
    const std::size_t right = root_of(parent, a.levels + b.level[row]);
    if (left == right) continue;
    parent[left] = right;
    --count;
  }
  return count;
}

std::int64_t dummies_rank(const std::vector<Partition>& factors) {
  std::size_t rank = 0;
  for (std::size_t f = 0; f < factors.size(); ++f) rank += factors[f].levels - (f < 2 ? 0 : 1);
  if (factors.size() > 1) rank -= components(factors[0], factors[1]);
  return static_cast<std::int64_t>(rank);
}

namespace {

using Column = std::vector<double>;

constexpr double kGradient = 1e-13;
constexpr int kMostSteps = 20000;

double dot(const Column& a, const Column& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

/// The first factor eliminated; coefficients of the others in one vector.
class Projector {
 public:
  Projector(const std::vector<double>& weights, const std::vector<Partition>& factors)
      : weights_(weights), factors_(factors), sum_(factors.front().levels, 0) {
    std::size_t size = 0;
    for (std::size_t f = 1; f < factors.size(); ++f) {
      offset_.push_back(size);
      size += factors[f].levels;
    }
    diagonal_.assign(size, 0);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      sum_[factors.front().level[i]] += weights[i];
      for (std::size_t f = 1; f < factors.size(); ++f) diagonal_[place(f, i)] += weights[i];
    }
  }

  void centre(Column& x) const {
    std::vector<double> mean(sum_.size(), 0);
    const std::vector<std::size_t>& level = factors_.front().level;
    for (std::size_t i = 0; i < x.size(); ++i) mean[level[i]] += weights_[i] * x[i];
    for (std::size_t l = 0; l < mean.size(); ++l) mean[l] /= sum_[l];
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= mean[level[i]];
  }

  /// D'W x over the factors after the first.
  Column gradient(const Column& x) const {
    Column sums(diagonal_.size(), 0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (std::size_t f = 1; f < factors_.size(); ++f) sums[place(f, i)] += weights_[i] * x[i];
    }
    return sums;
  }

  /// D α, centred within the levels of the first factor.
  Column effects(const Column& alpha) const {
    Column x(weights_.size(), 0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (std::size_t f = 1; f < factors_.size(); ++f) x[i] += alpha[place(f, i)];
    }
    centre(x);
    return x;
  }

  Column precondition(Column gradient) const {
    for (std::size_t l = 0; l < gradient.size(); ++l) gradient[l] /= diagonal_[l];
    return gradient;
  }

 private:
  std::size_t place(std::size_t factor, std::size_t row) const {
    return offset_[factor - 1] + factors_[factor].level[row];
  }

  const std::vector<double>& weights_;
  const std::vector<Partition>& factors_;
  std::vector<double> sum_;
  std::vector<std::size_t> offset_;
  std::vector<double> diagonal_;
};

/// x loses its fit on the effects. The residual itself is kept up to date, so that no coefficients need be stored.
/// `squares` is Σw x² of the column as it was given.
bool conjugate_gradients(const Projector& projector, double squares, Column& x) {
  Column gradient = projector.gradient(x);
  Column direction = projector.precondition(gradient);
  double size = dot(gradient, direction);
  const double enough = squares * kGradient * kGradient;
  for (int step = 0; size > enough; ++step) {
    if (step == kMostSteps) return false;
    const Column change = projector.effects(direction);
    const double curvature = dot(direction, projector.gradient(change));
    if (!(curvature > 0)) return true;  // only rounding is left of the direction
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= size / curvature * change[i];
    gradient = projector.gradient(x);
    const Column next = projector.precondition(gradient);
    const double next_size = dot(gradient, next);
    for (std::size_t l = 0; l < next.size(); ++l) direction[l] = next[l] + next_size / size * direction[l];
    size = next_size;
  }
  return true;
}

}  // namespace

bool take_out(Matrix& columns, const std::vector<double>& weights, const std::vector<Partition>& factors) {
  if (factors.empty()) return true;
  const Projector projector(weights, factors);
  for (std::size_t c = 0; c < columns.columns; ++c) {
    Column x(columns.column(c), columns.column(c) + columns.rows);
    double squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) squares += weights[i] * x[i] * x[i];
    for (int pass = 0; pass < 2; ++pass) projector.centre(x);  // the second takes out the rounding of the first
    if (factors.size() > 1 && !conjugate_gradients(projector, squares, x)) return false;
    projector.centre(x);
    std::copy(x.begin(), x.end(), columns.column(c));
  }
  return true;
}

}  // namespace kaskad::stats::linear
