#include "engine/stats/satterthwaite.hpp"

#include <Eigen/Dense>

#include "engine/stats/adjustment.hpp"

namespace kaskad::stats::linear {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using MatrixView = Eigen::Map<const MatrixXd>;
using VectorView = Eigen::Map<const VectorXd>;

/// Sums that grow cluster by cluster.
class Sums {
 public:
  Sums(const Matrix& kernel, std::size_t contrasts)
      : kernel_(view_as<MatrixView>(kernel)),
        variance_(MatrixXd::Zero(static_cast<Index>(contrasts), static_cast<Index>(contrasts))),
        trace_(VectorXd::Zero(variance_.rows())),
        squares_(trace_),
        lost_(trace_),
        so_far_(contrasts, MatrixXd::Zero(kernel_.rows(), kernel_.rows())) {}

  void add(const ClusterPart& part) {
    const auto effect = view_as<VectorView>(part.effect);
    const VectorXd own = view_as<MatrixView>(part.own).diagonal();
    const auto outer = view_as<MatrixView>(part.outer);
    variance_ += effect * effect.transpose();
    trace_ += own;
    lost_ += view_as<VectorView>(part.lost);
    for (Index j = 0; j < trace_.size(); ++j) {
      MatrixXd& before = so_far_[static_cast<std::size_t>(j)];
      const VectorXd turned = kernel_ * outer.col(j);
      squares_(j) += own(j) * own(j) + 2 * turned.dot(before * turned);
      before.noalias() += outer.col(j) * outer.col(j).transpose();
    }
  }

  ClusterMoments moments() const {
    return {matrix_of(variance_), vector_of(trace_), vector_of(squares_), vector_of(lost_)};
  }

 private:
  MatrixXd kernel_;
  MatrixXd variance_;
  VectorXd trace_;
  VectorXd squares_;
  VectorXd lost_;
  std::vector<MatrixXd> so_far_;  ///< Σ_h s_h s_h' of the clusters before.
};

}  // namespace

ClusterMoments cluster_moments(const Solution& solution, const Matrix& contrasts, bool jackknife) {
  const ClusterAdjustment adjustment(solution, jackknife);
  Sums sums(adjustment.kernel(), contrasts.columns);
  adjustment.visit(contrasts, [&sums](const ClusterPart& part) { sums.add(part); });
  return sums.moments();
}

}  // namespace kaskad::stats::linear
