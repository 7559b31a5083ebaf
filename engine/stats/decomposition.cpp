#include "engine/stats/decomposition.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/stats/digits.hpp"

namespace kaskad::stats::linear {

namespace {

using Eigen::Index;

/// What the earlier columns must leave of one beside its centred norm, and beside its norm before.
constexpr double kDependent = 1e-10;
constexpr double kConstant = 1e-14;
/// Residuals this small beside the outcomes are rounding.
constexpr double kExactFit = 1e-14;
/// rows·columns² of the largest problem in extended precision; about 10⁹ operations.
constexpr double kExtended = 2.5e8;
constexpr std::size_t kMostDummies = std::size_t{1} << 25;  // 256 MiB of doubles

template <class T>
using MatrixOf = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using VectorOf = Eigen::Matrix<T, Eigen::Dynamic, 1>;

Index index(std::size_t i) { return static_cast<Index>(i); }

/// The absorbed factors, split: the swept one, those whose dummies become columns, and the others.
struct Plan {
  Partition sweep;  ///< One level for an intercept.
  std::vector<Partition> dummies;
  bool taken_out = false;  ///< The further factors are out of the data already.
};

std::size_t columns_of(const std::vector<Partition>& dummies) {
  std::size_t columns = 0;
  for (const Partition& factor : dummies) columns += factor.levels - 1;
  return columns;
}

Plan plan_of(const Rows& rows) {
  if (rows.absorbed.empty()) return {rows.intercept ? one_level(rows.size()) : Partition{}, {}, false};
  Plan plan{rows.absorbed.front(), {rows.absorbed.begin() + 1, rows.absorbed.end()}, false};
  if (columns_of(plan.dummies) * rows.size() <= kMostDummies) return plan;
  plan.dummies.clear();
  plan.taken_out = true;
  return plan;
}

/// Weighted means of the levels leave a column; Σw(mean − mean of all)² is what they explained.
template <class T>
class Sweep {
 public:
  Sweep(const Partition& partition, const VectorOf<T>& weights) : partition_(partition), weights_(weights) {
    sums_ = VectorOf<T>::Zero(index(partition.levels));
    for (Index i = 0; i < size(); ++i) sums_(level(i)) += weights(i);
  }

  /// Twice: the second pass takes out the rounding of the first. Returns the means.
  template <class Column>
  VectorOf<T> centre(Column&& x) const {
    VectorOf<T> total = VectorOf<T>::Zero(sums_.size());
    for (int pass = 0; pass < 2; ++pass) {
      VectorOf<T> mean = VectorOf<T>::Zero(sums_.size());
      for (Index i = 0; i < size(); ++i) mean(level(i)) += weights_(i) * x(i);
      mean.array() /= sums_.array();
      for (Index i = 0; i < size(); ++i) x(i) -= mean(level(i));
      total += mean;
    }
    return total;
  }

  T squares_of(const VectorOf<T>& means) const {
    const T mean = sums_.dot(means) / sums_.sum();
    return sums_.dot((means.array() - mean).square().matrix());
  }

 private:
  Index size() const { return index(partition_.level.size()); }
  Index level(Index i) const { return index(partition_.level[static_cast<std::size_t>(i)]); }

  const Partition& partition_;
  const VectorOf<T>& weights_;
  VectorOf<T> sums_;
};

/// Householder's reflections of columns in their order, leaving out those that depend on earlier ones.
template <class T>
class Reflections {
 public:
  /// `least` is the norm that a column must keep.
  Reflections(MatrixOf<T>& columns, const VectorOf<T>& least) : columns_(columns) {
    for (Index j = 0; j < columns.cols() && rank() < columns.rows(); ++j) add(j, least(j));
  }

  Index rank() const { return index(kept_.size()); }
  const std::vector<Index>& kept() const { return kept_; }

  /// Q'x.
  void to_basis(VectorOf<T>& x) const {
    for (Index r = 0; r < rank(); ++r) reflect(r, x);
  }
  /// Q x.
  template <class Column>
  void from_basis(Column&& x) const {
    for (Index r = rank() - 1; r >= 0; --r) reflect(r, x);
  }
  MatrixOf<T> upper() const {
    MatrixOf<T> r(rank(), rank());
    for (Index c = 0; c < rank(); ++c) r.col(c) = columns_.col(kept_[static_cast<std::size_t>(c)]).head(rank());
    for (Index c = 0; c < rank(); ++c) r(c, c) = diagonal_[static_cast<std::size_t>(c)];
    return r.template triangularView<Eigen::Upper>();
  }
  MatrixOf<T> basis() const {
    MatrixOf<T> q = MatrixOf<T>::Identity(columns_.rows(), rank());
    for (Index c = 0; c < rank(); ++c) from_basis(q.col(c));
    return q;
  }

 private:
  /// The reflector of step r is v = x − αe₁ below row r, stored in its column; x ↦ x − v(v'x)/(v'v/2).
  template <class Column>
  void reflect(Index r, Column&& x) const {
    const auto v = columns_.col(kept_[static_cast<std::size_t>(r)]).tail(columns_.rows() - r);
    auto part = x.tail(columns_.rows() - r);
    part -= v * (v.dot(part) / half_squares_[static_cast<std::size_t>(r)]);
  }

  void add(Index j, T least) {
    const Index r = rank();
    auto v = columns_.col(j).tail(columns_.rows() - r);
    const T norm = v.norm();
    if (!(norm > least)) return;
    const T alpha = v(0) > 0 ? -norm : norm;
    v(0) -= alpha;
    diagonal_.push_back(alpha);
    half_squares_.push_back(-alpha * v(0));
    kept_.push_back(j);
    for (Index later = j + 1; later < columns_.cols(); ++later) reflect(r, columns_.col(later));
  }

  MatrixOf<T>& columns_;
  std::vector<Index> kept_;
  std::vector<T> diagonal_;
  std::vector<T> half_squares_;
};

/// The columns, centred and of norm 1, with what is needed to go back.
template <class T>
struct Prepared {
  MatrixOf<T> columns;  ///< Dummies first, then the design (without the ones).
  Index dummies = 0;
  VectorOf<T> norms;  ///< 0 for a column that the centring leaves nothing of.
  VectorOf<T> least;  ///< Of the scaled columns.
  MatrixOf<T> means;  ///< Levels of the sweep × columns of the design.
  VectorOf<T> outcome;
  VectorOf<T> outcome_means;
  T outcome_norm = 0;  ///< √Σwy² before centring.
};

template <class T>
void fill(const Rows& rows, const Plan& plan, Prepared<T>& p) {
  const Index n = index(rows.size());
  const Index first = rows.intercept ? 1 : 0;
  p.dummies = index(columns_of(plan.dummies));
  p.columns = MatrixOf<T>::Zero(n, p.dummies + index(rows.design.columns) - first);
  Index offset = 0;
  for (const Partition& factor : plan.dummies) {
    for (Index i = 0; i < n; ++i) {
      const std::size_t level = factor.level[static_cast<std::size_t>(i)];
      if (level > 0) p.columns(i, offset + index(level) - 1) = 1;
    }
    offset += index(factor.levels) - 1;
  }
  const auto design = view_as<Eigen::Map<const Eigen::MatrixXd>>(rows.design);
  p.columns.rightCols(p.columns.cols() - p.dummies) = design.rightCols(design.cols() - first).template cast<T>();
  p.outcome = view_as<Eigen::Map<const Eigen::VectorXd>>(rows.outcome).template cast<T>();
}

template <class T>
Prepared<T> prepare(const Rows& rows, const Plan& plan, const VectorOf<T>& weights) {
  Prepared<T> p;
  fill(rows, plan, p);
  const VectorOf<T> root = weights.cwiseSqrt();
  const VectorOf<T> before = (root.asDiagonal() * p.columns).colwise().norm();
  p.outcome_norm = root.cwiseProduct(p.outcome).norm();
  p.means = MatrixOf<T>::Zero(index(plan.sweep.levels), p.columns.cols() - p.dummies);
  if (plan.sweep.levels > 0) {
    const Sweep<T> sweep(plan.sweep, weights);
    p.outcome_means = sweep.centre(p.outcome);
    for (Index j = 0; j < p.columns.cols(); ++j) {
      const VectorOf<T> means = sweep.centre(p.columns.col(j));
      if (j >= p.dummies) p.means.col(j - p.dummies) = means;
    }
  }
  p.columns.array().colwise() *= root.array();
  p.outcome.array() *= root.array();
  p.norms = p.columns.colwise().norm();
  p.least = VectorOf<T>::Constant(p.norms.size(), std::numeric_limits<T>::max());
  for (Index j = 0; j < p.norms.size(); ++j) {
    if (!(p.norms(j) > T(kConstant) * before(j))) continue;
    p.columns.col(j) /= p.norms(j);
    p.least(j) = std::max(T(kDependent), T(kConstant) * before(j) / p.norms(j));
  }
  return p;
}

/// Coefficients and contrasts of the columns kept, in the units of the design.
template <class T>
struct Solved {
  VectorOf<T> values;      ///< One a column of `Prepared`, 0 where left out.
  MatrixOf<T> contrasts;   ///< r × columns.
  VectorOf<T> projection;  ///< Q'ỹ, r.
  VectorOf<T> residuals;
};

template <class T>
Solved<T> solve(const Reflections<T>& q, const Prepared<T>& p) {
  const Index r = q.rank();
  VectorOf<T> rotated = p.outcome;
  q.to_basis(rotated);
  Solved<T> s{VectorOf<T>::Zero(p.norms.size()), MatrixOf<T>::Zero(r, p.norms.size()), rotated.head(r), rotated};
  s.residuals.head(r).setZero();
  q.from_basis(s.residuals);
  const MatrixOf<T> upper = q.upper();
  const MatrixOf<T> inverse = upper.template triangularView<Eigen::Upper>().solve(MatrixOf<T>::Identity(r, r));
  const VectorOf<T> scaled = upper.template triangularView<Eigen::Upper>().solve(s.projection);
  for (Index c = 0; c < r; ++c) {
    const Index j = q.kept()[static_cast<std::size_t>(c)];
    s.values(j) = scaled(c) / p.norms(j);
    s.contrasts.col(j) = inverse.row(c).transpose() / p.norms(j);
  }
  return s;
}

/// Adds the direction √w/√Σw of an intercept as the first of the basis, and ȳ − x̄'β as its coefficient.
template <class T>
void add_intercept(const VectorOf<T>& weights, const Prepared<T>& p, MatrixOf<T>& basis, Solved<T>& s) {
  const T total = std::sqrt(weights.sum());
  const Index r = basis.cols();
  const Index k = s.contrasts.cols();
  MatrixOf<T> wide(basis.rows(), r + 1);
  wide << weights.cwiseSqrt() / total, basis;
  MatrixOf<T> contrasts = MatrixOf<T>::Zero(r + 1, k + 1);
  contrasts(0, 0) = 1 / total;
  contrasts.col(0).tail(r) = -s.contrasts * p.means.row(0).transpose();
  contrasts.bottomRightCorner(r, k) = s.contrasts;
  VectorOf<T> values(k + 1);
  values << p.outcome_means(0) - p.means.row(0).dot(s.values), s.values;
  basis = wide;
  s.contrasts = contrasts;
  s.values = values;
}

template <class T>
void sums_of_squares(const Rows& rows, const VectorOf<T>& weights, const Prepared<T>& p, const Plan& plan,
                     const Reflections<T>& q, const Solved<T>& s, Decomposition& d) {
  const auto is_dummy = [&p](Index j) { return j < p.dummies; };
  const Index dummies = std::count_if(q.kept().begin(), q.kept().end(), is_dummy);
  d.within_squares = static_cast<double>(s.projection.tail(q.rank() - dummies).squaredNorm());
  d.model_squares = static_cast<double>(s.projection.squaredNorm());
  if (plan.sweep.levels > 0) {
    d.model_squares += static_cast<double>(Sweep<T>(plan.sweep, weights).squares_of(p.outcome_means));
  }
  d.residual_squares = static_cast<double>(s.residuals.squaredNorm());
  d.exact = !(s.residuals.norm() > T(kExactFit) * p.outcome_norm);
  if (d.exact) d.residual_squares = 0;
  const double rounding = kExactFit * static_cast<double>(p.outcome_norm);
  if (!(d.model_squares > rounding * rounding)) d.model_squares = d.within_squares = 0;
  d.absorbed_rank = rows.absorbed.empty() ? 0
                    : plan.taken_out      ? dummies_rank(rows.absorbed)
                                          : static_cast<std::int64_t>(plan.sweep.levels) + dummies;
  d.rank = q.rank() - dummies + d.absorbed_rank + (rows.intercept ? 1 : 0);
}

template <class T>
Decomposition decompose_in(const Rows& rows, const Plan& plan) {
  const VectorOf<T> weights = view_as<Eigen::Map<const Eigen::VectorXd>>(rows.weights).template cast<T>();
  Prepared<T> p = prepare<T>(rows, plan, weights);
  const Reflections<T> q(p.columns, p.least);
  Solved<T> s = solve(q, p);
  Decomposition d;
  sums_of_squares(rows, weights, p, plan, q, s, d);
  d.kept.assign(rows.design.columns, false);
  if (rows.intercept) d.kept[0] = true;
  for (const Index j : q.kept()) {
    if (j >= p.dummies) d.kept[static_cast<std::size_t>(j - p.dummies) + (rows.intercept ? 1 : 0)] = true;
  }
  MatrixOf<T> basis = q.basis();
  s.values = VectorOf<T>(s.values.tail(s.values.size() - p.dummies));
  s.contrasts = MatrixOf<T>(s.contrasts.rightCols(s.values.size()));
  if (rows.intercept)
    add_intercept(weights, p, basis, s);
  else
    d.sweep = plan.sweep;
  d.complete = !plan.taken_out;
  d.basis = matrix_of(basis);
  d.contrasts = matrix_of(s.contrasts);
  d.values = vector_of(s.values);
  d.residuals = vector_of(s.residuals);
  d.digits = right_digits(rows, d, static_cast<double>(std::numeric_limits<T>::epsilon()));
  return d;
}

Decomposition decompose_planned(const Rows& rows, const Plan& plan) {
  const double columns = static_cast<double>(rows.design.columns + columns_of(plan.dummies));
  const bool extended = static_cast<double>(rows.size()) * columns * columns <= kExtended;
  return extended ? decompose_in<long double>(rows, plan) : decompose_in<double>(rows, plan);
}

/// Columns of which the effects leave rounding alone become 0.
void clear_absorbed(const Matrix& before, Matrix& within) {
  for (std::size_t j = 0; j < within.columns; ++j) {
    const Eigen::Map<const Eigen::VectorXd> old(before.column(j), index(before.rows));
    Eigen::Map<Eigen::VectorXd> now(within.column(j), index(within.rows));
    if (!(now.norm() > kDependent * old.norm())) now.setZero();
  }
}

/// Σw(Dα − ȳ)², Dα what was taken out of the outcome.
double squares_of_effects(const Rows& rows, const Rows& within) {
  const auto weights = view_as<Eigen::Map<const Eigen::ArrayXd>>(rows.weights);
  const Eigen::ArrayXd effects = view_as<Eigen::Map<const Eigen::ArrayXd>>(rows.outcome) -
                                 view_as<Eigen::Map<const Eigen::ArrayXd>>(within.outcome);
  return (weights * (effects - (weights * effects).sum() / weights.sum()).square()).sum();
}

}  // namespace

std::optional<Decomposition> decompose(const Rows& rows) {
  const Plan plan = plan_of(rows);
  if (!plan.taken_out) return decompose_planned(rows, plan);
  Rows within = rows;
  Matrix outcome(rows.size(), 1);
  outcome.values = rows.outcome;
  if (!take_out(outcome, rows.weights, rows.absorbed) || !take_out(within.design, rows.weights, rows.absorbed)) {
    return std::nullopt;
  }
  within.outcome = outcome.values;
  clear_absorbed(rows.design, within.design);
  Decomposition d = decompose_planned(within, plan);
  d.model_squares = squares_of_effects(rows, within) + d.within_squares;
  return d;
}

}  // namespace kaskad::stats::linear
