// The deviance of a mixed model at Ψ, and its derivatives, from sums over groups.
#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "engine/stats/mixed_parts.hpp"

namespace kaskad::stats::mixed {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kTwoPi = 6.283185307179586;

/// A plain 2 × 2 matrix.
struct Two {
  double a, b, c, d;  ///< By row.
};

Two operator*(const Two& x, const Two& y) {
  return {x.a * y.a + x.b * y.c, x.a * y.b + x.b * y.d, x.c * y.a + x.d * y.c, x.c * y.b + x.d * y.d};
}
Two full(const Sym& s) { return {s.s00, s.s01, s.s01, s.s11}; }
double trace_of_product(const Two& x, const Two& y) { return x.a * y.a + x.b * y.c + x.c * y.b + x.d * y.d; }

/// ∂Ψ by its elements: what is 1 in each.
constexpr std::array<Two, 3> kUnits = {Two{1, 0, 0, 0}, Two{0, 1, 1, 0}, Two{0, 0, 0, 1}};

/// What one group gives at Ψ: F = (I + Z'ZΨ)⁻¹ and log|I + Z'ZΨ| = log|V_g|.
struct Shrink {
  Two f;
  double determinant;
};

Shrink shrink(const Sym& zz, const Two& psi) {
  const Two product = full(zz) * psi;
  const Two m = {1 + product.a, product.b, product.c, 1 + product.d};
  // 1 + tr + |Z'Z|·|Ψ|: no difference of products beyond those of the two determinants.
  const double determinant =
      1 + product.a + product.d + (zz.s00 * zz.s11 - zz.s01 * zz.s01) * (psi.a * psi.d - psi.b * psi.c);
  return {{m.d / determinant, -m.b / determinant, -m.c / determinant, m.a / determinant}, determinant};
}

/// Q'V⁻¹Q, Q'V⁻¹y and y'V⁻¹y as one matrix of p + 1, lower triangle: C − Σ B_g'ΨF_g B_g.
class CrossProducts {
 public:
  explicit CrossProducts(const Moments& moments) : sums_(MatrixXd::Identity(size(moments), size(moments))) {
    sums_(sums_.rows() - 1, sums_.rows() - 1) = moments.total;
  }

  void take(const double* block, const Two& psi_f) {
    const Index k = sums_.rows();
    for (Index j = 0; j < k; ++j) {
      const double b0 = block[2 * j];
      const double b1 = block[2 * j + 1];
      const double c0 = psi_f.a * b0 + psi_f.b * b1;
      const double c1 = psi_f.c * b0 + psi_f.d * b1;
      for (Index i = j; i < k; ++i) sums_(i, j) -= block[2 * i] * c0 + block[2 * i + 1] * c1;
    }
  }

  /// Fills w, γ, N and log|Q'V⁻¹Q|; false when Q'V⁻¹Q is not positive definite.
  bool solve(Parts& parts, double& logdet_fixed) const {
    const Index p = sums_.rows() - 1;
    parts.w = sums_(p, p);
    if (p == 0) return parts.w > 0;
    const MatrixXd square = sums_.topLeftCorner(p, p).selfadjointView<Eigen::Lower>();
    const Eigen::LLT<MatrixXd> cholesky(square);
    if (cholesky.info() != Eigen::Success) return false;
    const VectorXd right = sums_.row(p).head(p);
    const VectorXd gamma = cholesky.solve(right);
    parts.gamma.assign(gamma.data(), gamma.data() + p);
    parts.w -= right.dot(gamma);
    const MatrixXd inverse = cholesky.solve(MatrixXd::Identity(p, p));
    parts.n = Matrix(static_cast<std::size_t>(p), static_cast<std::size_t>(p));
    parts.n.values.assign(inverse.data(), inverse.data() + inverse.size());
    logdet_fixed = 2 * cholesky.matrixLLT().diagonal().array().log().sum();
    return parts.w > 0;
  }

 private:
  static Index size(const Moments& moments) { return static_cast<Index>(moments.fixed()) + 1; }
  MatrixXd sums_;
};

/// Sums over groups behind the first and second derivatives, by the elements of Ψ.
class DerivativeSums {
 public:
  DerivativeSums(const Moments& moments, const Parts& parts, bool reml)
      : count_(moments.variances()),
        p_(static_cast<Index>(moments.fixed())),
        reml_(reml),
        n_(Eigen::Map<const MatrixXd>(parts.n.values.data(), p_, p_)),
        gamma_(parts.gamma.data(), p_) {
    cross_.fill(VectorXd::Zero(p_));
    spread_.fill(MatrixXd::Zero(p_, p_));
    k_.resize(p_, 2);
  }

  /// T = Z'V⁻¹Z = F·Z'Z, K = Z'V⁻¹Q = F·Z'Q, h = Z'V⁻¹(y − Qγ), J = K·N·K'.
  void add(const Sym& zz, const double* block, const Two& f) {
    for (Index j = 0; j < p_; ++j) {
      k_(j, 0) = f.a * block[2 * j] + f.b * block[2 * j + 1];
      k_(j, 1) = f.c * block[2 * j] + f.d * block[2 * j + 1];
    }
    const double* y = block + 2 * p_;
    const double h0 = f.a * y[0] + f.b * y[1] - k_.col(0).dot(gamma_);
    const double h1 = f.c * y[0] + f.d * y[1] - k_.col(1).dot(gamma_);
    add_second(f * full(zz), {h0 * h0, h0 * h1, h0 * h1, h1 * h1}, quadratic());
    add_vectors(h0, h1);
  }

  void finish(Parts& parts) const {
    for (std::size_t a = 0; a < count_; ++a) {
      parts.logdet_1[a] = logdet_1_[a];
      parts.w_1[a] = w_1_[a];
      const MatrixXd n_a = n_ * spread_[a] * n_;
      parts.n_1[a] = Matrix(static_cast<std::size_t>(p_), static_cast<std::size_t>(p_));
      parts.n_1[a].values.assign(n_a.data(), n_a.data() + n_a.size());
      for (std::size_t b = 0; b < count_; ++b) {
        parts.w_2[a][b] = w_2_[a][b] - 2 * cross_[a].dot(n_ * cross_[b]);
        parts.logdet_2[a][b] = logdet_2_[a][b] - (reml_ ? n_a.cwiseProduct(spread_[b]).sum() : 0);
      }
    }
  }

 private:
  Two quadratic() const {
    const Eigen::Matrix<double, Eigen::Dynamic, 2> nk = n_.lazyProduct(k_);
    const double off = k_.col(0).dot(nk.col(1));
    return {k_.col(0).dot(nk.col(0)), off, off, k_.col(1).dot(nk.col(1))};
  }

  /// ∂log|V| = tr(T∂Ψ), ∂w = −h'∂Ψh, ∂log|Q'V⁻¹Q| = −tr(J∂Ψ), and once more.
  void add_second(const Two& t, const Two& hh, const Two& j) {
    for (std::size_t a = 0; a < count_; ++a) {
      const Two ta = t * kUnits[a];
      logdet_1_[a] += ta.a + ta.d - (reml_ ? trace_of_product(j, kUnits[a]) : 0);
      w_1_[a] -= trace_of_product(hh, kUnits[a]);
      const Two a_t = kUnits[a] * t;
      for (std::size_t b = 0; b < count_; ++b) {
        const Two atb = a_t * kUnits[b];
        logdet_2_[a][b] += -trace_of_product(ta, t * kUnits[b]) + (reml_ ? 2 * trace_of_product(atb, j) : 0);
        w_2_[a][b] += 2 * trace_of_product(atb, hh);
      }
    }
  }

  /// cross: Σ K'∂Ψh; spread: Σ K'∂ΨK.
  void add_vectors(double h0, double h1) {
    cross_[0] += k_.col(0) * h0;
    spread_[0].noalias() += k_.col(0).lazyProduct(k_.col(0).transpose());
    if (count_ == 1) return;
    cross_[1] += k_.col(0) * h1 + k_.col(1) * h0;
    cross_[2] += k_.col(1) * h1;
    spread_[1].noalias() += k_.col(0).lazyProduct(k_.col(1).transpose());
    spread_[1].noalias() += k_.col(1).lazyProduct(k_.col(0).transpose());
    spread_[2].noalias() += k_.col(1).lazyProduct(k_.col(1).transpose());
  }

  std::size_t count_;
  Index p_;
  bool reml_;
  MatrixXd n_;
  Eigen::Map<const VectorXd> gamma_;
  Eigen::Matrix<double, Eigen::Dynamic, 2> k_;
  std::array<double, 3> logdet_1_{}, w_1_{};
  std::array<std::array<double, 3>, 3> logdet_2_{}, w_2_{};
  std::array<VectorXd, 3> cross_;
  std::array<MatrixXd, 3> spread_;
};

void add_derivatives(const Moments& moments, const std::vector<Two>& f, Likelihood method, Parts& parts) {
  DerivativeSums sums(moments, parts, method == Likelihood::reml);
  for (std::size_t g = 0; g < moments.groups(); ++g) sums.add(moments.zz[g], moments.block(g), f[g]);
  sums.finish(parts);
}

}  // namespace

Parts deviance_parts(const Moments& moments, const Sym& psi, Likelihood method, Derivatives derivatives) {
  const Two square = full(psi);
  Parts parts;
  parts.w = std::numeric_limits<double>::quiet_NaN();
  CrossProducts products(moments);
  std::vector<Two> f(moments.groups());
  for (std::size_t g = 0; g < moments.groups(); ++g) {
    const Shrink s = shrink(moments.zz[g], square);
    if (!(s.determinant > 0)) return parts;
    f[g] = s.f;
    parts.logdet += std::log(s.determinant);
    products.take(moments.block(g), square * s.f);
  }
  double logdet_fixed = 0;
  if (!products.solve(parts, logdet_fixed)) {
    parts.w = std::numeric_limits<double>::quiet_NaN();
    return parts;
  }
  if (method == Likelihood::reml) parts.logdet += logdet_fixed;
  if (derivatives == Derivatives::second) add_derivatives(moments, f, method, parts);
  return parts;
}

double residual_count(const Moments& moments, Likelihood method) {
  return moments.total - (method == Likelihood::reml ? static_cast<double>(moments.fixed()) : 0);
}

double full_deviance(const Moments& moments, const Parts& parts, Likelihood method) {
  const double m = residual_count(moments, method);
  double deviance = parts.logdet + m * (1 + std::log(kTwoPi * parts.w / m) + 2 * std::log(moments.unit));
  deviance -= moments.log_weights;
  if (method == Likelihood::ml) return deviance;
  for (std::size_t j = 0; j < moments.fixed(); ++j) deviance += 2 * std::log(moments.r(j, j));
  return deviance;
}

namespace {

/// Moore–Penrose inverse of Z'Z; a slope that is constant in the group adds nothing.
Two pseudo_inverse(const Sym& zz) {
  const Eigen::Matrix2d square{{zz.s00, zz.s01}, {zz.s01, zz.s11}};
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> solver(square);
  const double least = 1e-10 * solver.eigenvalues()(1);
  const Eigen::Vector2d inverse = (solver.eigenvalues().array() > least).select(solver.eigenvalues().cwiseInverse(), 0);
  const Eigen::Matrix2d out = solver.eigenvectors() * inverse.asDiagonal() * solver.eigenvectors().transpose();
  return {out(0, 0), out(0, 1), out(1, 0), out(1, 1)};
}

/// Q and y less their projections on the groups' Z, cross-multiplied.
MatrixXd within_products(const Moments& moments) {
  const Index k = static_cast<Index>(moments.fixed()) + 1;
  MatrixXd products = MatrixXd::Identity(k, k);
  products(k - 1, k - 1) = moments.total;
  for (std::size_t g = 0; g < moments.groups(); ++g) {
    const Eigen::Map<const Eigen::Matrix<double, 2, Eigen::Dynamic>> block(moments.block(g), 2, k);
    const Two inverse = pseudo_inverse(moments.zz[g]);
    const Eigen::Matrix2d square{{inverse.a, inverse.b}, {inverse.c, inverse.d}};
    products.noalias() -= block.transpose() * square * block;
  }
  return products;
}

}  // namespace

double within_squares(const Moments& moments) {
  const MatrixXd products = within_products(moments);
  const Index p = products.rows() - 1;
  if (p == 0) return products(0, 0);
  const VectorXd right = products.col(p).head(p);
  const Eigen::CompleteOrthogonalDecomposition<MatrixXd> solver(products.topLeftCorner(p, p));
  return products(p, p) - right.dot(solver.solve(right));
}

double part_left_by_fixed(const Moments& moments) {
  double taken = 0;
  for (std::size_t g = 0; g < moments.groups(); ++g) {
    for (std::size_t j = 0; j < moments.fixed(); ++j) {
      const double b = moments.block(g)[2 * j];
      taken += b * b / moments.zz[g].s00;
    }
  }
  return 1 - taken / static_cast<double>(moments.groups());
}

}  // namespace kaskad::stats::mixed
