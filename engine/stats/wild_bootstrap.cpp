// Wild cluster bootstrap: declared in linear_model.hpp.
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"
#include "engine/stats/adjustment.hpp"
#include "engine/stats/linear_solution.hpp"

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using linear::view_as;
using MatrixView = Eigen::Map<const MatrixXd>;

/// Part of a coefficient's variance that may hang on a single cluster by rounding alone.
constexpr double kIdentified = 1e-9;
/// |t*| within this of |t| counts as equal: with signs taken in turn, ties are exact but for rounding.
constexpr double kTie = 1e-9;
constexpr std::size_t kMostSigns = 24;

/// Sums over clusters of a basis direction at a time. Under H0: β = β̂ − gap the residuals are ẽ + gap·d, d = Q̃c/(c'c),
/// so cluster g adds a_g = Q̃_g'ẽ_g + gap·Q̃_g'd_g. With multipliers v and s = Σ_g v_g a_g a sample has
///   β* − β₀ = c's  and the score  v_g c'a_g − b_g's  of cluster g,  b_g = Q̃_g'Q̃_g c.
struct ClusterScores {
  MatrixXd of_residuals;  ///< r × m: Q̃_g'ẽ_g.
  MatrixXd of_direction;  ///< r × m: Q̃_g'd_g.
  VectorXd contrast;      ///< c, r.

  double clusters() const { return static_cast<double>(of_residuals.cols()); }
};

ClusterScores scores_of(const linear::Solution& solution, std::size_t column) {
  const auto basis = view_as<MatrixView>(solution.model.basis);
  const linear::Partition& clusters = solution.rows.clusters;
  ClusterScores s{MatrixXd::Zero(basis.cols(), static_cast<Index>(clusters.levels)),
                  {},
                  view_as<MatrixView>(solution.model.contrasts).col(static_cast<Index>(column))};
  s.of_direction = s.of_residuals;
  const VectorXd direction = basis * s.contrast / s.contrast.squaredNorm();
  for (Index i = 0; i < basis.rows(); ++i) {
    const std::size_t row = static_cast<std::size_t>(i);
    const Index g = static_cast<Index>(clusters.level[row]);
    s.of_residuals.col(g) += solution.model.residuals[row] * basis.row(i).transpose();
    s.of_direction.col(g) += direction(i) * basis.row(i).transpose();
  }
  return s;
}

double webb(std::uint64_t face) {
  static const std::array<double, 6> kPoints = {-std::sqrt(1.5), -1, -std::sqrt(0.5),
                                                std::sqrt(0.5),  1,  std::sqrt(1.5)};
  return kPoints[face];
}

/// The multipliers of draw b: m columns' worth of signs or points.
class Multipliers {
 public:
  Multipliers(const WildOptions& options, std::size_t clusters)
      : options_(options), clusters_(clusters), enumerated_(can_enumerate(options, clusters)) {}

  bool enumerated() const { return enumerated_; }
  std::int64_t draws() const { return enumerated_ ? std::int64_t{1} << clusters_ : options_.draws; }

  VectorXd draw(std::int64_t b) const {
    VectorXd v(static_cast<Index>(clusters_));
    RandomStream stream(options_.seed, static_cast<std::uint64_t>(b));
    for (std::size_t g = 0; g < clusters_; ++g) v(static_cast<Index>(g)) = enumerated_ ? sign(b, g) : drawn(stream);
    return v;
  }

 private:
  static bool can_enumerate(const WildOptions& options, std::size_t clusters) {
    return options.weights == WildWeights::rademacher && clusters <= kMostSigns &&
           (std::int64_t{1} << clusters) <= options.draws;
  }
  static double sign(std::int64_t b, std::size_t g) { return (b >> g & 1) == 0 ? 1 : -1; }
  double drawn(RandomStream& stream) const {
    return options_.weights == WildWeights::webb ? webb(stream.below(6)) : (stream.below(2) == 0 ? 1 : -1);
  }

  WildOptions options_;
  std::size_t clusters_;
  bool enumerated_;
};

/// Of all draws what their statistics need for any gap: numbers of clusters do not matter any more.
/// Σ_g (v_g c'a_g − b_g's)² = Σ v_g²(c'a_g)² − 2s'Σ v_g c'a_g b_g + s'(Σ b_g b_g')s, each polynomial in the gap.
struct DrawSums {
  MatrixXd residuals, direction;            ///< r × draws: Σ v a, its part without and with the gap.
  MatrixXd pull_residuals, pull_direction;  ///< r × draws: Σ v c'a b.
  VectorXd square, mixed, square_of_gap;    ///< draws: Σ v²(c'a)² as coefficients of 1, 2·gap, gap².
};

DrawSums sums_of(const ClusterScores& scores, const Multipliers& multipliers) {
  constexpr Index kBlock = 512;
  const Index draws = static_cast<Index>(multipliers.draws());
  const Index r = scores.contrast.size();
  const VectorXd a = scores.of_residuals.transpose() * scores.contrast;
  const VectorXd d = scores.of_direction.transpose() * scores.contrast;
  const MatrixXd pull = scores.contrast.squaredNorm() * scores.of_direction;
  DrawSums sums{MatrixXd(r, draws), MatrixXd(r, draws), MatrixXd(r, draws), MatrixXd(r, draws),
                VectorXd(draws),    VectorXd(draws),    VectorXd(draws)};
  for (Index first = 0; first < draws; first += kBlock) {
    const Index size = std::min(kBlock, draws - first);
    MatrixXd v(a.size(), size);
    for (Index b = 0; b < size; ++b) v.col(b) = multipliers.draw(first + b);
    sums.residuals.middleCols(first, size) = scores.of_residuals * v;
    sums.direction.middleCols(first, size) = scores.of_direction * v;
    sums.pull_residuals.middleCols(first, size) = pull * (a.asDiagonal() * v);
    sums.pull_direction.middleCols(first, size) = pull * (d.asDiagonal() * v);
    const MatrixXd squares = v.cwiseAbs2();
    sums.square.segment(first, size) = squares.transpose() * a.cwiseAbs2();
    sums.mixed.segment(first, size) = squares.transpose() * a.cwiseProduct(d);
    sums.square_of_gap.segment(first, size) = squares.transpose() * d.cwiseAbs2();
  }
  return sums;
}

/// The test of β = β̂ − gap, with the same draws for every gap.
class Test {
 public:
  Test(const ClusterScores& scores, const WildOptions& options)
      : scores_(scores),
        multipliers_(options, static_cast<std::size_t>(scores.of_residuals.cols())),
        sums_(sums_of(scores, multipliers_)),
        pull_squares_(scores.contrast.squaredNorm() * scores.contrast.squaredNorm() * scores.of_direction *
                      scores.of_direction.transpose()) {}

  const Multipliers& multipliers() const { return multipliers_; }

  /// By CR1 on the residuals without H0.
  double standard_error() const {
    return std::sqrt(factor() * (scores_.contrast.transpose() * scores_.of_residuals).squaredNorm());
  }

  double p(double gap) const {
    const double bound = std::abs(gap) / standard_error() * (1 - kTie);
    Index count = 0;
    for (Index b = 0; b < sums_.square.size(); ++b) count += reaches(b, gap, bound) ? 1 : 0;
    const double reached = static_cast<double>(count);
    const double all = static_cast<double>(sums_.square.size());
    return multipliers_.enumerated() ? reached / all : (reached + 1) / (all + 1);
  }

 private:
  double factor() const { return scores_.clusters() / (scores_.clusters() - 1); }

  /// |t*| ≥ bound. A sample without any variation reaches every bound unless its estimate does not move either.
  bool reaches(Index b, double gap, double bound) const {
    const VectorXd s = sums_.residuals.col(b) + gap * sums_.direction.col(b);
    const double whole = sums_.square(b) + 2 * gap * sums_.mixed(b) + gap * gap * sums_.square_of_gap(b);
    const double pulled = s.dot(sums_.pull_residuals.col(b) + gap * sums_.pull_direction.col(b));
    const double variance = factor() * std::max(0.0, whole - 2 * pulled + s.dot(pull_squares_ * s));
    const double shift = scores_.contrast.dot(s);
    return shift * shift >= bound * bound * variance && (variance > 0 || shift != 0);
  }

  const ClusterScores& scores_;
  Multipliers multipliers_;
  DrawSums sums_;
  MatrixXd pull_squares_;  ///< Σ b_g b_g'.
};

/// How far the value may lie from the estimate on one side (direction ±1) until the test rejects it; infinite when a
/// thousand standard errors do not suffice.
double reach(const Test& test, double direction, double alpha) {
  constexpr double kFar = 1024;
  constexpr int kHalvings = 40;
  double inside = 0;
  double outside = 2;
  const auto rejects = [&](double in_errors) { return test.p(direction * in_errors * test.standard_error()) <= alpha; };
  while (!rejects(outside)) {
    inside = outside;
    outside *= 2;
    if (outside > kFar) return std::numeric_limits<double>::infinity();
  }
  for (int i = 0; i < kHalvings && outside - inside > 1e-10 * outside; ++i) {
    const double middle = (inside + outside) / 2;
    (rejects(middle) ? outside : inside) = middle;
  }
  return inside * test.standard_error();
}

WildTest undefined_wild(Undefined reason) {
  WildTest test;
  test.reason = reason;
  return test;
}

Undefined why_not(const LinearFit& fit, std::size_t column) {
  if (fit.reason != Undefined::none) return fit.reason;
  if (column >= fit.coefficients.size()) return Undefined::no_data;
  if (!fit.coefficients[column].estimate.defined()) return fit.coefficients[column].estimate.reason;
  if (fit.clusters < 2) return Undefined::too_few_clusters;
  const linear::Decomposition& model = fit.solution->model;
  if (model.exact) return Undefined::no_variation;
  const linear::Partition& clusters = fit.solution->rows.clusters;
  const std::vector<std::size_t> nested = linear::nesting(model.sweep, clusters);
  const bool straddles = std::count(nested.begin(), nested.end(), linear::kStraddles) > 0;
  if (!model.complete || straddles) return Undefined::no_method;
  Matrix contrast(model.contrasts.rows, 1);
  std::copy_n(model.contrasts.column(column), contrast.rows, contrast.column(0));
  const double lost = linear::ClusterAdjustment(*fit.solution, false).lost(contrast).front();
  double whole = 0;
  for (const double c : contrast.values) whole += c * c;
  return lost > kIdentified * whole ? Undefined::too_few_clusters : Undefined::none;
}

}  // namespace

WildTest wild_bootstrap(const LinearFit& fit, std::size_t column, double value, const WildOptions& options) {
  if (const Undefined reason = why_not(fit, column); reason != Undefined::none) return undefined_wild(reason);
  if (options.draws < 1) return undefined_wild(Undefined::no_data);
  const ClusterScores scores = scores_of(*fit.solution, column);
  const Test bootstrap(scores, options);
  const double estimate = fit.coefficients[column].estimate.value;
  WildTest test;
  test.reason = Undefined::none;
  test.statistic = (estimate - value) / bootstrap.standard_error();
  test.p = bootstrap.p(estimate - value);
  test.draws = bootstrap.multipliers().draws();
  test.enumerated = bootstrap.multipliers().enumerated();
  if (!options.interval) return test;
  test.lo = estimate - reach(bootstrap, 1, 1 - options.level);
  test.hi = estimate + reach(bootstrap, -1, 1 - options.level);
  return test;
}

}  // namespace kaskad::stats
