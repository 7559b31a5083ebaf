#include "engine/stats/adjustment.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace kaskad::stats::linear {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using MatrixView = Eigen::Map<const MatrixXd>;
using VectorView = Eigen::Map<const VectorXd>;

/// The trace of H̃_gg may miss 1 by this when it has an eigenvalue of 1.
constexpr double kIdentified = 1e-9;
/// Eigenvalues at or under this are zero, as in clubSandwich.
constexpr double kZeroEigenvalue = 1e-12;

Index index(std::size_t i) { return static_cast<Index>(i); }

/// Eigenvectors of I + C K C' with eigenvalues that may differ from 1; on their complement it is the identity.
struct Spectrum {
  MatrixXd vectors;
  VectorXd values;

  /// f(I + CKC')·x for a function with f(1) = 1; zero eigenvalues go to zero.
  template <class Function>
  MatrixXd apply(Function f, const MatrixXd& x) const {
    const auto change = [&f](double value) { return value > kZeroEigenvalue ? f(value) - 1 : -1.0; };
    const VectorXd factors = values.unaryExpr(change);
    return x + vectors * (factors.asDiagonal() * (vectors.transpose() * x));
  }
  MatrixXd null_space() const {
    const Index zeros = (values.array() <= kZeroEigenvalue).count();
    return vectors.leftCols(zeros);  // eigenvalues ascend
  }
};

Spectrum spectrum_of(const MatrixXd& symmetric, const MatrixXd& basis) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(symmetric);
  return {basis.size() > 0 ? MatrixXd(basis * solver.eigenvectors()) : solver.eigenvectors(), solver.eigenvalues()};
}

Spectrum spectrum_of_update(const MatrixXd& c, const MatrixXd& k) {
  const Index n = c.rows();
  if (c.cols() >= n) return spectrum_of(MatrixXd::Identity(n, n) + c * k * c.transpose(), MatrixXd());
  const Eigen::HouseholderQR<MatrixXd> qr(c);
  const MatrixXd upper = qr.matrixQR().topRows(c.cols()).triangularView<Eigen::Upper>();
  const MatrixXd basis = qr.householderQ() * MatrixXd::Identity(n, c.cols());
  return spectrum_of(MatrixXd::Identity(c.cols(), c.cols()) + upper * k * upper.transpose(), basis);
}

/// Columns of the same span that are orthonormal; few, of full rank.
MatrixXd orthonormal(const MatrixXd& columns) {
  if (columns.cols() == 0) return columns;
  const Eigen::HouseholderQR<MatrixXd> qr(columns);
  return qr.householderQ() * MatrixXd::Identity(columns.rows(), columns.cols());
}

/// The basis with the swept levels that straddle clusters as columns of their own, and the levels within one cluster.
struct SplitBasis {
  MatrixXd columns;
  Index first_rows = 0;                          ///< Columns that contrasts speak of.
  std::vector<std::vector<std::size_t>> nested;  ///< Levels of each cluster.
  std::vector<double> level_weights;             ///< Σw of each level.
};

SplitBasis split(const Solution& solution) {
  const Partition& sweep = solution.model.sweep;
  const std::vector<double>& weights = solution.rows.weights;
  SplitBasis split{view_as<MatrixView>(solution.model.basis), 0, {}, std::vector<double>(sweep.levels, 0)};
  split.first_rows = split.columns.cols();
  split.nested.resize(solution.rows.clusters.levels);
  if (sweep.levels == 0) return split;
  for (std::size_t i = 0; i < weights.size(); ++i) split.level_weights[sweep.level[i]] += weights[i];
  const std::vector<std::size_t> cluster = nesting(sweep, solution.rows.clusters);
  std::vector<Index> column(sweep.levels, -1);
  Index wide = split.first_rows;
  for (std::size_t l = 0; l < sweep.levels; ++l) {
    if (cluster[l] == kStraddles)
      column[l] = wide++;
    else
      split.nested[cluster[l]].push_back(l);
  }
  split.columns.conservativeResize(Eigen::NoChange, wide);
  split.columns.rightCols(wide - split.first_rows).setZero();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::size_t l = sweep.level[i];
    if (column[l] >= 0) split.columns(index(i), column[l]) = std::sqrt(weights[i] / split.level_weights[l]);
  }
  return split;
}

}  // namespace

class ClusterAdjustment::Clusters {
 public:
  Clusters(const Solution& solution, bool jackknife)
      : solution_(solution),
        jackknife_(jackknife),
        weighted_(solution.rows.weighted),
        members_(members_of(solution.rows.clusters)),
        basis_(split(solution)),
        weights_(view_as<VectorView>(solution.rows.weights)) {
    const Index r = basis_.columns.cols();
    gram_ = MatrixXd::Identity(r, r);
    if (weighted_) gram_ = basis_.columns.transpose() * weights_.asDiagonal() * basis_.columns;
    kernel_ = matrix_of(weighted_ ? weighted_kernel() : gram_);
  }

  const Matrix& kernel() const { return kernel_; }
  std::size_t count() const { return solution_.rows.clusters.levels; }

  ClusterPart part(std::size_t g, const MatrixXd& contrasts) const {
    const Block block = block_of(g);
    const MatrixXd plain = block.all.leftCols(contrasts.rows()) * contrasts;  // Q̃_g c
    return weighted_ ? weighted_part(block, plain) : unweighted_part(block, plain);
  }

  /// Squared part of each contrast in the directions that only this cluster has: H̃_gg x = x.
  VectorXd lost(std::size_t g, const MatrixXd& contrasts) const {
    const Block block = block_of(g);
    if (block.all.squaredNorm() < 1 - kIdentified) return VectorXd::Zero(contrasts.cols());
    const MatrixXd null_space = projection_rest(block).null_space();
    return (null_space.transpose() * block.all.leftCols(contrasts.rows()) * contrasts).colwise().squaredNorm();
  }

 private:
  /// A cluster's rows: of the basis, then of the levels nested in it.
  struct Block {
    MatrixXd all;
    MatrixXd cross;      ///< r × nested: Σ q̃ w s̃, weighted only.
    VectorXd own;        ///< nested: Σ w s̃², weighted only.
    VectorXd root;       ///< √w.
    VectorXd residuals;  ///< √w e.
  };

  MatrixXd weighted_kernel() const {
    const Index r = gram_.rows();
    MatrixXd kernel = MatrixXd::Zero(2 * r, 2 * r);
    kernel.topLeftCorner(r, r) = -gram_;
    kernel.topRightCorner(r, r).setIdentity();
    kernel.bottomLeftCorner(r, r).setIdentity();
    return kernel;
  }

  Block block_of(std::size_t g) const {
    const std::size_t first = members_.first[g];
    const std::size_t size = members_.first[g + 1] - first;
    const std::vector<std::size_t>& nested = basis_.nested[g];
    const Index r = basis_.columns.cols();
    Block block{
        MatrixXd::Zero(index(size), r + index(nested.size())), {}, {}, VectorXd(index(size)), VectorXd(index(size))};
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t row = members_.row[first + i];
      block.all.row(index(i)).head(r) = basis_.columns.row(index(row));
      block.root(index(i)) = std::sqrt(weights_(index(row)));
      block.residuals(index(i)) = solution_.model.residuals[row];
      if (nested.empty()) continue;
      const std::size_t level = solution_.model.sweep.level[row];
      const auto place = std::lower_bound(nested.begin(), nested.end(), level);
      if (place == nested.end() || *place != level) continue;
      block.all(index(i), r + (place - nested.begin())) = block.root(index(i)) / std::sqrt(basis_.level_weights[level]);
    }
    if (weighted_) {
      const MatrixXd scaled = block.root.cwiseAbs2().asDiagonal() * block.all.rightCols(index(nested.size()));
      block.cross = block.all.leftCols(r).transpose() * scaled;
      block.own = block.all.rightCols(index(nested.size())).cwiseProduct(scaled).colwise().sum();
    }
    return block;
  }

  /// (I − H̃)_gg.
  static Spectrum projection_rest(const Block& block) {
    return spectrum_of_update(block.all, -MatrixXd::Identity(block.all.cols(), block.all.cols()));
  }

  ClusterPart unweighted_part(const Block& block, const MatrixXd& plain) const {
    const Spectrum spectrum = projection_rest(block);
    const auto inverse_root = [](double x) { return 1 / std::sqrt(x); };
    const auto inverse = [](double x) { return 1 / x; };
    const MatrixXd adjusted = jackknife_ ? spectrum.apply(inverse, plain) : spectrum.apply(inverse_root, plain);
    const MatrixXd root =
        jackknife_ ? spectrum.apply(inverse_root, plain) : spectrum.apply([](double) { return 1.0; }, plain);
    ClusterPart part;
    part.effect = vector_of(VectorXd(adjusted.transpose() * block.residuals));
    part.own = matrix_of(MatrixXd(root.transpose() * root));
    part.outer = matrix_of(MatrixXd(block.all.leftCols(gram_.rows()).transpose() * adjusted));
    part.lost = vector_of((spectrum.null_space().transpose() * plain).colwise().squaredNorm());
    return part;
  }

  ClusterPart weighted_part(const Block& block, const MatrixXd& plain) const {
    const MatrixXd left = block.root.cwiseInverse().asDiagonal() * block.all;
    const MatrixXd right = block.root.asDiagonal() * block.all;
    const MatrixXd gram = gram_of(block);
    const VectorXd raw = block.residuals.cwiseQuotient(block.root);
    const MatrixXd target = block.root.asDiagonal() * plain;
    MatrixXd adjusted, own, null_space;
    if (jackknife_) {
      const Spectrum spectrum = projection_rest(block);
      adjusted = block.root.asDiagonal() * spectrum.apply([](double x) { return 1 / x; }, plain);
      const MatrixXd u = left.transpose() * adjusted;
      const MatrixXd v = right.transpose() * adjusted;
      own = adjusted.transpose() * adjusted - u.transpose() * v - v.transpose() * u + u.transpose() * gram * u;
      null_space = spectrum.null_space();
    } else {
      const Spectrum spectrum = spectrum_of_update(beside(left, right), update_kernel(gram));
      adjusted = spectrum.apply([](double x) { return 1 / std::sqrt(x); }, target);
      const MatrixXd root = spectrum.apply([](double) { return 1.0; }, target);
      own = root.transpose() * root;
      null_space = orthonormal(block.root.cwiseInverse().asDiagonal() * spectrum.null_space());
    }
    ClusterPart part;
    part.effect = vector_of(VectorXd(adjusted.transpose() * raw));
    part.own = matrix_of(own);
    part.outer = matrix_of(outer_of(block, left, right, adjusted));
    part.lost = vector_of((null_space.transpose() * plain).colwise().squaredNorm());
    return part;
  }

  static MatrixXd beside(const MatrixXd& left, const MatrixXd& right) {
    MatrixXd both(left.rows(), left.cols() + right.cols());
    both << left, right;
    return both;
  }

  /// T over the cluster's columns.
  MatrixXd gram_of(const Block& block) const {
    const Index r = gram_.rows();
    MatrixXd gram = block.own.size() > 0 ? MatrixXd(MatrixXd::Zero(block.all.cols(), block.all.cols())) : gram_;
    if (block.own.size() == 0) return gram;
    gram.topLeftCorner(r, r) = gram_;
    gram.topRightCorner(r, block.own.size()) = block.cross;
    gram.bottomLeftCorner(block.own.size(), r) = block.cross.transpose();
    gram.bottomRightCorner(block.own.size(), block.own.size()).diagonal() = block.own;
    return gram;
  }

  /// B = I + [L R]·[T −I; −I 0]·[L R]'.
  static MatrixXd update_kernel(const MatrixXd& gram) {
    const Index c = gram.rows();
    MatrixXd kernel = MatrixXd::Zero(2 * c, 2 * c);
    kernel.topLeftCorner(c, c) = gram;
    kernel.topRightCorner(c, c) = -MatrixXd::Identity(c, c);
    kernel.bottomLeftCorner(c, c) = -MatrixXd::Identity(c, c);
    return kernel;
  }

  /// s = [u; v − m] on the columns that clusters share: u = L'a, v = R'a, m what nested levels add through T.
  MatrixXd outer_of(const Block& block, const MatrixXd& left, const MatrixXd& right, const MatrixXd& adjusted) const {
    const Index r = gram_.rows();
    const MatrixXd u = left.transpose() * adjusted;
    MatrixXd outer(2 * r, adjusted.cols());
    outer.topRows(r) = u.topRows(r);
    outer.bottomRows(r) = right.leftCols(r).transpose() * adjusted - block.cross * u.bottomRows(u.rows() - r);
    return outer;
  }

  const Solution& solution_;
  bool jackknife_;
  bool weighted_;
  Members members_;
  SplitBasis basis_;
  VectorXd weights_;
  MatrixXd gram_;  ///< T on the shared columns.
  Matrix kernel_;
};

ClusterAdjustment::ClusterAdjustment(const Solution& solution, bool jackknife)
    : clusters_(std::make_unique<const Clusters>(solution, jackknife)) {}

ClusterAdjustment::~ClusterAdjustment() = default;

const Matrix& ClusterAdjustment::kernel() const { return clusters_->kernel(); }

void ClusterAdjustment::visit(const Matrix& contrasts, const std::function<void(const ClusterPart&)>& visitor) const {
  const MatrixXd c = view_as<MatrixView>(contrasts);
  for (std::size_t g = 0; g < clusters_->count(); ++g) visitor(clusters_->part(g, c));
}

std::vector<double> ClusterAdjustment::lost(const Matrix& contrasts) const {
  const MatrixXd c = view_as<MatrixView>(contrasts);
  VectorXd lost = VectorXd::Zero(c.cols());
  for (std::size_t g = 0; g < clusters_->count(); ++g) lost += clusters_->lost(g, c);
  return vector_of(lost);
}

}  // namespace kaskad::stats::linear
