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

/// Everything that a draw needs, by clusters. With residuals u of the model under H0, β* − β₀ = c'Σ_g v_g a_g and the
/// score of cluster h is v_h c'a_h − b_h'Σ_g v_g a_g, where a_g = Q̃_g'ũ_g and b_h = Q̃_h'Q̃_h c.
/// u = e + (β̂ − β₀)·d with d the column's own direction Q̃c/c'c, so a_g is linear in β₀.
struct ClusterScores {
  MatrixXd of_residuals;  ///< r × m: Q̃_g'ẽ_g.
  MatrixXd of_direction;  ///< r × m: Q̃_g'Q̃_g c/(c'c).
  VectorXd contrast;      ///< c, r.
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

/// t of one set of multipliers; β̂ − β₀ = `gap`.
class Replications {
 public:
  Replications(const ClusterScores& scores, double gap)
      : scores_(scores.of_residuals + gap * scores.of_direction),
        own_(scores.contrast.transpose() * scores_),
        pull_(scores.contrast.squaredNorm() * scores.of_direction),
        contrast_(scores.contrast) {}

  double statistic(const VectorXd& multipliers) const {
    const VectorXd sum = scores_ * multipliers;
    const VectorXd score = own_.transpose().cwiseProduct(multipliers) - pull_.transpose() * sum;
    const double m = static_cast<double>(multipliers.size());
    return contrast_.dot(sum) / std::sqrt(m / (m - 1) * score.squaredNorm());
  }

 private:
  MatrixXd scores_;         ///< r × m: a_g.
  Eigen::RowVectorXd own_;  ///< c'a_g.
  MatrixXd pull_;           ///< r × m: b_g.
  VectorXd contrast_;
};

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

/// The test of β = β̂ − gap, with the same draws for every gap.
class Test {
 public:
  Test(const ClusterScores& scores, const WildOptions& options)
      : scores_(scores), multipliers_(options, static_cast<std::size_t>(scores.of_residuals.cols())) {
    for (std::int64_t b = 0; b < multipliers_.draws(); ++b) draws_.push_back(multipliers_.draw(b));
    se_ = standard_error();
  }

  const Multipliers& multipliers() const { return multipliers_; }
  double standard_error_used() const { return se_; }

  double p(double gap) const {
    const Replications replications(scores_, gap);
    const double bound = std::abs(gap / se_) * (1 - kTie);
    const auto reaches = [&](const VectorXd& v) { return std::abs(replications.statistic(v)) >= bound; };
    const auto count = static_cast<double>(std::count_if(draws_.begin(), draws_.end(), reaches));
    const double all = static_cast<double>(draws_.size());
    return multipliers_.enumerated() ? count / all : (count + 1) / (all + 1);
  }

 private:
  /// By CR1 on the unrestricted residuals.
  double standard_error() const {
    const double m = static_cast<double>(scores_.of_residuals.cols());
    const Eigen::RowVectorXd score = scores_.contrast.transpose() * scores_.of_residuals;
    return std::sqrt(m / (m - 1) * score.squaredNorm());
  }

  const ClusterScores& scores_;
  Multipliers multipliers_;
  std::vector<VectorXd> draws_;
  double se_ = kNaN;
};

/// How far the value may lie from the estimate on one side (direction ±1) until the test rejects it; infinite when a
/// thousand standard errors do not suffice.
double reach(const Test& test, double direction, double alpha) {
  constexpr double kFar = 1024;
  constexpr int kHalvings = 40;
  double inside = 0;
  double outside = 2;
  const auto rejects = [&](double in_errors) {
    return test.p(direction * in_errors * test.standard_error_used()) <= alpha;
  };
  while (!rejects(outside)) {
    inside = outside;
    outside *= 2;
    if (outside > kFar) return std::numeric_limits<double>::infinity();
  }
  for (int i = 0; i < kHalvings && outside - inside > 1e-10 * outside; ++i) {
    const double middle = (inside + outside) / 2;
    (rejects(middle) ? outside : inside) = middle;
  }
  return inside * test.standard_error_used();
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
  test.statistic = (estimate - value) / bootstrap.standard_error_used();
  test.p = bootstrap.p(estimate - value);
  test.draws = bootstrap.multipliers().draws();
  test.enumerated = bootstrap.multipliers().enumerated();
  if (!options.interval) return test;
  test.lo = estimate - reach(bootstrap, 1, 1 - options.level);
  test.hi = estimate + reach(bootstrap, -1, 1 - options.level);
  return test;
}

}  // namespace kaskad::stats
