#include "engine/stats/regression.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A term whose centred norm is this small beside its own norm is constant: what is left is rounding.
constexpr double kConstant = 1e-11;
/// Least pivot beside the largest, on columns of norm 1, that still counts as a direction of its own.
constexpr double kRank = 1e-9;
/// Eigenvalues of (I − H)_gg at or under this are zero.
constexpr double kZeroEigenvalue = 1e-12;
/// Part of a coefficient's variance that may hang on a single cluster by rounding alone.
constexpr double kIdentified = 1e-9;
/// Residuals this small beside the outcomes are rounding.
constexpr double kExactFit = 1e-14;

/// Rows in the order of clusters; cluster g has the rows [first[g], first[g + 1]).
struct Cells {
  VectorXd pupils;
  VectorXd outcome;
  MatrixXd terms;
  double squares = 0;      ///< Within cells.
  std::int64_t total = 0;  ///< Pupils.
  std::vector<Index> first;

  Index clusters() const { return static_cast<Index>(first.size()) - 1; }
  Index begin(Index g) const { return first[static_cast<std::size_t>(g)]; }
  Index size(Index g) const { return first[static_cast<std::size_t>(g) + 1] - begin(g); }
};

std::vector<const CellRow*> by_cluster(const std::vector<CellRow>& rows) {
  std::vector<const CellRow*> order;
  for (const CellRow& row : rows) {
    if (row.n > 0) order.push_back(&row);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const CellRow* a, const CellRow* b) { return a->cluster < b->cluster; });
  return order;
}

Cells collect(const std::vector<CellRow>& rows, Index terms) {
  const std::vector<const CellRow*> order = by_cluster(rows);
  const Index count = static_cast<Index>(order.size());
  Cells cells{VectorXd(count), VectorXd(count), MatrixXd(count, terms), 0, 0, {}};
  for (Index i = 0; i < count; ++i) {
    const CellRow& row = *order[static_cast<std::size_t>(i)];
    assert(static_cast<Index>(row.terms.size()) == terms);
    if (i == 0 || row.cluster != order[static_cast<std::size_t>(i) - 1]->cluster) cells.first.push_back(i);
    cells.pupils(i) = static_cast<double>(row.n);
    cells.outcome(i) = row.mean;
    cells.terms.row(i) = Eigen::Map<const Eigen::RowVectorXd>(row.terms.data(), terms);
    cells.squares += row.squares;
    cells.total += row.n;
  }
  cells.first.push_back(count);
  return cells;
}

/// Takes the weighted mean out of values[begin, begin + size) and returns it. The second pass takes out the rounding of
/// the first.
template <class Values>
double centre(Values&& values, const VectorXd& pupils, Index begin, Index size) {
  const auto weights = pupils.segment(begin, size);
  double mean = 0;
  for (int pass = 0; pass < 2; ++pass) {
    const double step = weights.dot(values.segment(begin, size)) / weights.sum();
    values.segment(begin, size).array() -= step;
    mean += step;
  }
  return mean;
}

/// Means of the terms and of the outcome that were taken out (of the whole; unset for absorbed effects).
struct Centre {
  VectorXd terms;
  double outcome = kNaN;
};

Centre centre_all(Cells& cells) {
  Centre means{VectorXd(cells.terms.cols()), kNaN};
  const Index rows = cells.outcome.size();
  means.outcome = centre(cells.outcome, cells.pupils, 0, rows);
  for (Index j = 0; j < means.terms.size(); ++j) means.terms(j) = centre(cells.terms.col(j), cells.pupils, 0, rows);
  return means;
}

void centre_within_clusters(Cells& cells) {
  for (Index g = 0; g < cells.clusters(); ++g) {
    centre(cells.outcome, cells.pupils, cells.begin(g), cells.size(g));
    for (Index j = 0; j < cells.terms.cols(); ++j) {
      centre(cells.terms.col(j), cells.pupils, cells.begin(g), cells.size(g));
    }
  }
}

/// Orthonormal basis Q of the model (without absorbed effects), and each coefficient as a contrast r on it: β = r'Q'y.
struct Basis {
  MatrixXd columns;
  MatrixXd contrasts;  ///< One column a term; with an intercept, one more for it.
};

/// Centred, √n-scaled terms to norm 1; the norms, or nothing when a term is constant.
std::optional<VectorXd> normalize(MatrixXd& terms, const VectorXd& norms_before_centring) {
  const VectorXd norms = terms.colwise().norm();
  for (Index j = 0; j < terms.cols(); ++j) {
    if (!(norms(j) > kConstant * norms_before_centring(j))) return std::nullopt;
    terms.col(j) /= norms(j);
  }
  return norms;
}

/// X·P = Q·R, hence β = diag(1/norms)·P·R⁻¹·Q'y: column j of the contrasts is R⁻ᵀ·P'·e_j/norm_j.
std::optional<Basis> factorize(const MatrixXd& terms, const VectorXd& norms) {
  const Index k = terms.cols();
  if (k == 0) return Basis{MatrixXd(terms.rows(), 0), MatrixXd(0, 0)};
  if (terms.rows() < k) return std::nullopt;
  Eigen::ColPivHouseholderQR<MatrixXd> qr(terms);
  qr.setThreshold(kRank);
  if (qr.rank() < k) return std::nullopt;
  Basis basis;
  basis.columns = qr.householderQ() * MatrixXd::Identity(terms.rows(), k);
  const MatrixXd permuted = qr.colsPermutation().transpose() * MatrixXd(norms.cwiseInverse().asDiagonal());
  basis.contrasts = qr.matrixR().topRows(k).template triangularView<Eigen::Upper>().transpose().solve(permuted);
  return basis;
}

/// Adds the intercept's direction √n/√N as the first column, and the intercept ȳ − x̄'β as the last contrast.
Basis with_intercept(const Basis& basis, const VectorXd& root_n, const VectorXd& term_means) {
  const Index k = basis.contrasts.cols();
  Basis wide{MatrixXd(root_n.size(), k + 1), MatrixXd::Zero(k + 1, k + 1)};
  wide.columns << root_n / root_n.norm(), basis.columns;
  wide.contrasts.bottomLeftCorner(k, k) = basis.contrasts;
  wide.contrasts.col(k).tail(k) = -basis.contrasts * term_means;
  wide.contrasts(0, k) = 1 / root_n.norm();
  return wide;
}

/// What CR2 and Satterthwaite's df need of one contrast, summed over clusters.
struct Moments {
  double variance = 0;  ///< c'Vc.
  double kept = 0;      ///< tr P: expectation of c'Vc in units of σ².
  double lost = 0;      ///< What the zero eigenvalues take from it; kept + lost = c'Mc.
  double squares = 0;   ///< tr P².
};

/// Sums over clusters for models of at most `Most` directions, whose small matrices then need no heap.
template <int Most>
class ClusterSums {
 public:
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, Most, Most>;
  using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, Most, 1>;

  explicit ClusterSums(const MatrixXd& contrasts)
      : contrasts_(contrasts),
        moments_(static_cast<std::size_t>(contrasts.cols())),
        so_far_(moments_.size(), Matrix::Zero(contrasts.rows(), contrasts.rows())),
        solver_(contrasts.rows()) {}

  /// (I − H)_gg = I − Q_g Q_g' has the eigenvectors of S = Q_g'Q_g = V Λ V', so that A_g Q_g = Q_g V (I − Λ)^(+1/2) V'.
  template <class Rows, class Residual>
  void add(const Rows& q, const Residual& residual) {
    solver_.compute(Matrix(q.transpose().lazyProduct(q)));
    const Vector leverage = solver_.eigenvalues().cwiseMax(0);
    const Vector rest = 1 - leverage.array();
    const Vector inverse_root = (rest.array() > kZeroEigenvalue).select(rest.array().rsqrt(), 0.0);
    const Vector score = solver_.eigenvectors().transpose() * Vector(q.transpose().lazyProduct(residual));
    for (std::size_t j = 0; j < moments_.size(); ++j) add_contrast(j, leverage, inverse_root, score);
  }

  const std::vector<Moments>& moments() const { return moments_; }

 private:
  /// `score` is V'Q_g'e_g. All terms of tr P² are squares, so that nothing cancels: the diagonal one is
  /// P_gg = Σ λρ² over the eigenvalues kept, the others P_gh = −z_g'z_h with z_g = S_g (I − S_g)^(+1/2) r.
  void add_contrast(std::size_t j, const Vector& leverage, const Vector& inverse_root, const Vector& score) {
    Moments& m = moments_[j];
    const Vector rho = solver_.eigenvectors().transpose() * contrasts_.col(static_cast<Index>(j));
    const Vector adjusted = inverse_root.cwiseProduct(rho);
    const Vector part = leverage.cwiseProduct(rho.cwiseAbs2());
    const double kept = (inverse_root.array() > 0).select(part, 0.0).sum();
    const double effect = adjusted.dot(score);
    const Vector z = solver_.eigenvectors() * Vector(leverage.cwiseProduct(adjusted));
    m.variance += effect * effect;
    m.kept += kept;
    m.lost += part.sum() - kept;
    m.squares += kept * kept + 2 * z.dot(Vector(so_far_[j] * z));
    so_far_[j] += z.lazyProduct(z.transpose());
  }

  Matrix contrasts_;
  std::vector<Moments> moments_;
  std::vector<Matrix> so_far_;  ///< Σ_h z_h z_h' of the clusters so far.
  Eigen::SelfAdjointEigenSolver<Matrix> solver_;
};

template <int Most>
std::vector<Moments> sum_clusters(const Cells& cells, const Basis& basis, const VectorXd& residual) {
  ClusterSums<Most> sums(basis.contrasts);
  for (Index g = 0; g < cells.clusters(); ++g) {
    sums.add(basis.columns.middleRows(cells.begin(g), cells.size(g)), residual.segment(cells.begin(g), cells.size(g)));
  }
  return sums.moments();
}

std::vector<Moments> moments_of(const Cells& cells, const Basis& basis, const VectorXd& residual) {
  constexpr int kSmall = 8;
  if (basis.contrasts.cols() == 0) return {};
  return basis.contrasts.rows() <= kSmall ? sum_clusters<kSmall>(cells, basis, residual)
                                          : sum_clusters<Eigen::Dynamic>(cells, basis, residual);
}

Coefficient undefined_coefficient(const ClusteredFit& fit, Undefined reason) {
  Coefficient c{undefined(reason, fit.n), kNaN};
  c.estimate.clusters = fit.clusters;
  return c;
}

Coefficient coefficient(double value, const Moments& m, const ClusteredFit& fit, bool exact_fit) {
  if (m.lost > kIdentified * (m.kept + m.lost)) return undefined_coefficient(fit, Undefined::too_few_clusters);
  if (exact_fit || !(m.variance > 0)) return undefined_coefficient(fit, Undefined::no_variation);
  Coefficient c{exactly(value, fit.n), kNaN};
  Estimate& e = c.estimate;
  e.clusters = fit.clusters;
  e.se = std::sqrt(m.variance);
  e.df = m.kept * m.kept / m.squares;
  const double t = student_quantile(kUpperTail, e.df);
  e.lo = value - t * e.se;
  e.hi = value + t * e.se;
  c.statistic = value / e.se;
  e.p = student_two_sided_p(c.statistic, e.df);
  return c;
}

ClusteredFit without_coefficients(ClusteredFit fit, std::size_t terms, Undefined reason) {
  fit.reason = reason;
  fit.coefficients.assign(terms, undefined_coefficient(fit, reason));
  fit.intercept = undefined_coefficient(fit, reason);
  return fit;
}

double total_squares(const Cells& cells) {
  VectorXd outcome = cells.outcome;
  centre(outcome, cells.pupils, 0, outcome.size());
  return cells.squares + cells.pupils.dot(outcome.cwiseAbs2());
}

/// The cells centred (as a whole or within clusters) and scaled by √n, and the basis of their terms.
struct Model {
  double outcome_mean = 0;     ///< Taken out of the outcome; 0 with absorbed effects.
  double outcome_norm = 0;     ///< Before centring.
  std::optional<Basis> basis;  ///< Unset when the terms are singular.
};

Model prepare(Cells& cells, bool absorbed) {
  const VectorXd root_n = cells.pupils.cwiseSqrt();
  const VectorXd norms_before = (root_n.asDiagonal() * cells.terms).colwise().norm();
  Model model;
  model.outcome_norm = root_n.cwiseProduct(cells.outcome).norm();
  Centre means;
  if (absorbed) {
    centre_within_clusters(cells);
  } else {
    means = centre_all(cells);
    model.outcome_mean = means.outcome;
  }
  cells.outcome.array() *= root_n.array();
  cells.terms.array().colwise() *= root_n.array();
  const std::optional<VectorXd> norms = normalize(cells.terms, norms_before);
  if (norms) model.basis = factorize(cells.terms, *norms);
  if (model.basis && !absorbed) model.basis = with_intercept(*model.basis, root_n, means.terms);
  return model;
}

void solve(const Cells& cells, const Model& model, bool absorbed, ClusteredFit& fit) {
  const Basis& basis = *model.basis;
  const std::size_t terms = static_cast<std::size_t>(cells.terms.cols());
  const VectorXd projected = basis.columns.transpose() * cells.outcome;
  const VectorXd residual = cells.outcome - basis.columns * projected;
  const bool exact_fit = residual.norm() <= kExactFit * model.outcome_norm;
  const std::int64_t effects = absorbed ? fit.clusters : 1;
  fit.residual_squares = cells.squares + residual.squaredNorm();
  fit.residual_df = static_cast<double>(fit.n - static_cast<std::int64_t>(terms) - effects);

  const std::vector<Moments> moments = moments_of(cells, basis, residual);
  const VectorXd values = basis.contrasts.transpose() * projected;
  for (std::size_t j = 0; j < terms; ++j) {
    fit.coefficients.push_back(coefficient(values(static_cast<Index>(j)), moments[j], fit, exact_fit));
  }
  fit.intercept =
      absorbed ? undefined_coefficient(fit, Undefined::no_data)
               : coefficient(model.outcome_mean + values(static_cast<Index>(terms)), moments[terms], fit, exact_fit);
}

}  // namespace

ClusteredFit cr2_regression(const std::vector<CellRow>& rows, FixedEffects effects) {
  const std::size_t terms = rows.empty() ? 0 : rows.front().terms.size();
  const bool absorbed = effects == FixedEffects::cluster;
  Cells cells = collect(rows, static_cast<Index>(terms));
  ClusteredFit fit;
  fit.clusters = cells.clusters();
  fit.n = cells.total;
  if (fit.n == 0 || !cells.outcome.allFinite() || !cells.terms.allFinite()) {
    return without_coefficients(fit, terms, Undefined::no_data);
  }
  if (fit.clusters < 2) return without_coefficients(fit, terms, Undefined::too_few_clusters);
  fit.total_squares = total_squares(cells);
  const Model model = prepare(cells, absorbed);
  if (!model.basis) return without_coefficients(fit, terms, Undefined::singular);
  solve(cells, model, absorbed, fit);
  return fit;
}

}  // namespace kaskad::stats
