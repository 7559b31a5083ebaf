// Rows of a mixed model, read once into sums over groups.
#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/stats/mixed_parts.hpp"

namespace kaskad::stats::mixed {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A column of which less than this is left beside those before it depends on them (R's qr has the same limit).
constexpr double kDependent = 1e-7;
/// A slope whose SD is this small beside its size is constant: what is left is rounding.
constexpr double kConstant = 1e-11;
/// Residuals this small beside the outcomes are rounding.
constexpr double kExactFit = 1e-14;

/// Rows that count, scaled by √(pupils·weight).
struct Rows {
  std::vector<std::size_t> index;
  VectorXd root;     ///< √(pupils·weight).
  VectorXd outcome;  ///< Scaled.
  double squares = 0;
  double pupils = 0;
};

double at(const std::vector<double>& values, std::size_t i, double otherwise) {
  return values.empty() ? otherwise : values[i];
}

bool finite_row(const MixedData& data, std::size_t i) {
  if (!std::isfinite(data.outcome[i]) || !std::isfinite(at(data.slope, i, 0))) return false;
  if (!std::isfinite(at(data.squares, i, 0))) return false;
  for (std::size_t j = 0; j < data.x.columns; ++j) {
    if (!std::isfinite(data.x(i, j))) return false;
  }
  return true;
}

bool counts(const MixedData& data, std::size_t i) { return at(data.pupils, i, 1) > 0 && at(data.weights, i, 1) > 0; }

/// False when a number is not finite.
bool collect(const MixedData& data, Rows& rows, double& log_weights) {
  for (std::size_t i = 0; i < data.outcome.size(); ++i) {
    const double pupils = at(data.pupils, i, 1);
    const double weight = at(data.weights, i, 1);
    if (!std::isfinite(pupils) || !std::isfinite(weight)) return false;
    if (!counts(data, i)) continue;
    if (!finite_row(data, i)) return false;
    rows.index.push_back(i);
    rows.pupils += pupils;
    rows.squares += weight * at(data.squares, i, 0);
    log_weights += pupils * std::log(weight);
  }
  return true;
}

void scale(const MixedData& data, Rows& rows) {
  const Index count = static_cast<Index>(rows.index.size());
  rows.root.resize(count);
  rows.outcome.resize(count);
  for (Index k = 0; k < count; ++k) {
    const std::size_t i = rows.index[static_cast<std::size_t>(k)];
    rows.root(k) = std::sqrt(at(data.pupils, i, 1) * at(data.weights, i, 1));
    rows.outcome(k) = rows.root(k) * data.outcome[i];
  }
}

VectorXd scaled_column(const Rows& rows, const double* values) {
  VectorXd column(rows.root.size());
  for (Index k = 0; k < column.size(); ++k) column(k) = rows.root(k) * values[rows.index[static_cast<std::size_t>(k)]];
  return column;
}

/// Takes the directions of the basis out of `column`; twice, as once leaves rounding in it. Returns the coefficients.
VectorXd orthogonalize(const MatrixXd& basis, Index directions, VectorXd& column) {
  VectorXd taken = VectorXd::Zero(directions);
  for (int pass = 0; pass < 2; ++pass) {
    const VectorXd part = basis.leftCols(directions).transpose() * column;
    column.noalias() -= basis.leftCols(directions) * part;
    taken += part;
  }
  return taken;
}

/// Gram and Schmidt, column by column; those that depend on columns before them are left out. Returns Q; `moments` gets
/// R and which columns are kept.
MatrixXd orthonormal_basis(const MixedData& data, const Rows& rows, Moments& moments) {
  const Index columns = static_cast<Index>(data.x.columns);
  MatrixXd basis(rows.root.size(), columns);
  MatrixXd r = MatrixXd::Zero(columns, columns);
  Index p = 0;
  for (std::size_t j = 0; j < data.x.columns; ++j) {
    VectorXd column = scaled_column(rows, data.x.column(j));
    const double norm = column.norm();
    const VectorXd taken = orthogonalize(basis, p, column);
    const double left = column.norm();
    if (p == column.size() || !(left > kDependent * norm)) {
      moments.dropped.push_back(j);
      continue;
    }
    basis.col(p) = column / left;
    r.col(p).head(p) = taken;
    r(p, p) = left;
    moments.kept.push_back(j);
    ++p;
  }
  const MatrixXd square = r.topLeftCorner(p, p);
  moments.r = Matrix(static_cast<std::size_t>(p), static_cast<std::size_t>(p));
  moments.r.values.assign(square.data(), square.data() + square.size());
  return basis.leftCols(p);
}

/// The outcome becomes the residual in units of its SD. False when the fixed terms fit it, or it does not vary.
bool standardize_outcome(const MatrixXd& basis, Rows& rows, Moments& moments) {
  const double norm = std::sqrt(rows.outcome.squaredNorm() + rows.squares);
  const VectorXd projection = orthogonalize(basis, basis.cols(), rows.outcome);
  moments.projection.assign(projection.data(), projection.data() + projection.size());
  const double residual = std::sqrt(rows.outcome.squaredNorm() + rows.squares);
  if (!(residual > kExactFit * norm)) return false;
  moments.unit = residual / std::sqrt(rows.pupils);
  rows.outcome /= moments.unit;
  moments.total = rows.pupils;
  return true;
}

/// The slope's mean and SD over rows; false when it does not vary. Two passes, as one leaves rounding in the mean.
bool standardize_slope(const MixedData& data, const Rows& rows, Moments& moments) {
  const VectorXd weights = rows.root.cwiseAbs2();
  VectorXd z(rows.root.size());
  for (Index k = 0; k < z.size(); ++k) z(k) = data.slope[rows.index[static_cast<std::size_t>(k)]];
  const double size = z.cwiseAbs().maxCoeff();
  for (int pass = 0; pass < 2; ++pass) {
    const double mean = weights.dot(z) / weights.sum();
    z.array() -= mean;
    moments.z_mean += mean;
  }
  moments.z_unit = std::sqrt(weights.dot(z.cwiseAbs2()) / weights.sum());
  return moments.z_unit > kConstant * size;
}

/// Numbers of the groups in the rows, rising, and the place of each.
std::vector<int> places(const MixedData& data, const Rows& rows, Moments& moments) {
  int most = -1;
  for (std::size_t i : rows.index) most = std::max(most, data.group[i]);
  std::vector<int> place(static_cast<std::size_t>(most + 1), -1);
  for (std::size_t i : rows.index) {
    assert(data.group[i] >= 0);
    place[static_cast<std::size_t>(data.group[i])] = 0;
  }
  for (int g = 0; g <= most; ++g) {
    if (place[static_cast<std::size_t>(g)] < 0) continue;
    place[static_cast<std::size_t>(g)] = static_cast<int>(moments.group.size());
    moments.group.push_back(g);
  }
  return place;
}

void add_row(double root, double z, const MatrixXd& basis, Index k, double outcome, Sym& zz, double* block) {
  const Index p = basis.cols();
  const double w = root * root;
  zz.s00 += w;
  zz.s01 += w * z;
  zz.s11 += w * z * z;
  for (Index j = 0; j <= p; ++j) {
    const double value = root * (j < p ? basis(k, j) : outcome);
    block[2 * j] += value;
    block[2 * j + 1] += z * value;
  }
}

void add_rows(const MixedData& data, const Rows& rows, const MatrixXd& basis, Moments& moments) {
  const std::vector<int> place = places(data, rows, moments);
  const std::size_t block = 2 * (moments.fixed() + 1);
  moments.zz.assign(moments.groups(), Sym{});
  moments.zq.assign(moments.groups() * block, 0);
  std::vector<double> pupils(moments.groups(), 0);
  for (Index k = 0; k < rows.root.size(); ++k) {
    const std::size_t i = rows.index[static_cast<std::size_t>(k)];
    const auto g = static_cast<std::size_t>(place[static_cast<std::size_t>(data.group[i])]);
    const double z = moments.slope ? (data.slope[i] - moments.z_mean) / moments.z_unit : 0;
    add_row(rows.root(k), z, basis, k, rows.outcome(k), moments.zz[g], moments.zq.data() + g * block);
    pupils[g] += at(data.pupils, i, 1);
  }
  for (double count : pupils) moments.pupils.push_back(std::llround(count));
}

Moments stopped(Moments moments, Undefined reason) {
  moments.reason = reason;
  return moments;
}

}  // namespace

Moments sum_groups(const MixedData& data) {
  assert(data.x.rows == data.outcome.size() && data.group.size() == data.outcome.size());
  Moments moments;
  moments.slope = !data.slope.empty();
  Rows rows;
  if (!collect(data, rows, moments.log_weights) || rows.index.empty()) return moments;
  moments.n = std::llround(rows.pupils);
  scale(data, rows);
  const MatrixXd basis = orthonormal_basis(data, rows, moments);
  if (rows.pupils <= static_cast<double>(moments.fixed())) return stopped(moments, Undefined::too_few);
  if (!standardize_outcome(basis, rows, moments)) return stopped(moments, Undefined::no_variation);
  if (moments.slope && !standardize_slope(data, rows, moments)) return stopped(moments, Undefined::singular);
  add_rows(data, rows, basis, moments);
  return stopped(moments, Undefined::none);
}

Sym from_unit(const Moments& moments, const Sym& psi) {
  if (!moments.slope) return psi;
  const double m = moments.z_mean / moments.z_unit;
  const double s11 = psi.s11 / (moments.z_unit * moments.z_unit);
  return {psi.s00 - 2 * m * psi.s01 + m * m * psi.s11, (psi.s01 - m * psi.s11) / moments.z_unit, s11};
}

Sym to_unit(const Moments& moments, const Sym& psi) {
  if (!moments.slope) return psi;
  const double m = moments.z_mean;
  const double u = moments.z_unit;
  return {psi.s00 + 2 * m * psi.s01 + m * m * psi.s11, (psi.s01 + m * psi.s11) * u, psi.s11 * u * u};
}

}  // namespace kaskad::stats::mixed
