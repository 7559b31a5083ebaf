#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/stats/matching.hpp"

namespace kaskad::stats {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Eigenvalues of the covariance (of columns of SD 1) at or under this part of the largest are zero.
constexpr double kZeroEigenvalue = 1e-9;
/// A column whose SD is this small beside its largest value is constant.
constexpr double kConstant = 1e-11;

MatrixXd centred(const Matrix& covariates) {
  MatrixXd x = Eigen::Map<const MatrixXd>(covariates.values.data(), static_cast<Index>(covariates.rows),
                                          static_cast<Index>(covariates.columns));
  x.rowwise() -= x.colwise().mean().eval();
  return x;
}

/// Columns that vary, with mean 0 and SD 1.
MatrixXd scaled(const Matrix& covariates) {
  const MatrixXd x = centred(covariates);
  std::vector<VectorXd> kept;
  for (Index j = 0; j < x.cols(); ++j) {
    const double sd = x.col(j).norm() / std::sqrt(static_cast<double>(x.rows() - 1));
    const double* values = covariates.column(static_cast<std::size_t>(j));
    const double largest = std::abs(
        *std::max_element(values, values + x.rows(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
    if (sd > kConstant * largest) kept.push_back(x.col(j) / sd);
  }
  MatrixXd out(x.rows(), static_cast<Index>(kept.size()));
  for (std::size_t j = 0; j < kept.size(); ++j) out.col(static_cast<Index>(j)) = kept[j];
  return out;
}

MatrixXd pooled_covariance(const MatrixXd& x, const std::vector<char>& treated) {
  MatrixXd rest = x;
  for (const bool group : {false, true}) {
    VectorXd mean = VectorXd::Zero(x.cols());
    double count = 0;
    for (Index i = 0; i < x.rows(); ++i) {
      if ((treated[static_cast<std::size_t>(i)] != 0) != group) continue;
      mean += x.row(i).transpose();
      ++count;
    }
    mean /= std::max(count, 1.0);
    for (Index i = 0; i < x.rows(); ++i) {
      if ((treated[static_cast<std::size_t>(i)] != 0) == group) rest.row(i) -= mean.transpose();
    }
  }
  return rest.transpose() * rest / static_cast<double>(x.rows() - 2);
}

struct Inverse {
  MatrixXd matrix;
  Index rank = 0;
};

Inverse pseudo_inverse(const MatrixXd& covariance) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(covariance);
  const VectorXd values = solver.eigenvalues();
  const double least = kZeroEigenvalue * values.maxCoeff();
  const VectorXd inverse = (values.array() > least).select(values.cwiseInverse(), 0.0);
  return {solver.eigenvectors() * inverse.asDiagonal() * solver.eigenvectors().transpose(),
          (values.array() > least).count()};
}

/// R with R'R = the matrix, rank × columns: each step takes the largest diagonal left.
MatrixXd pivoted_cholesky(MatrixXd rest, Index rank) {
  MatrixXd factor = MatrixXd::Zero(rank, rest.cols());
  for (Index i = 0; i < rank; ++i) {
    Index pivot = 0;
    const double largest = rest.diagonal().maxCoeff(&pivot);
    factor.row(i) = rest.row(pivot) / std::sqrt(largest);
    rest -= factor.row(i).transpose() * factor.row(i);
  }
  return factor;
}

}  // namespace

MahalanobisPoints mahalanobis_points(const Matrix& covariates, const std::vector<char>& treated) {
  MahalanobisPoints out;
  const std::vector<double>& values = covariates.values;
  const bool finite = std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  if (covariates.rows < 3 || covariates.columns == 0 || !finite) return out;
  const MatrixXd x = scaled(covariates);
  out.reason = Undefined::no_variation;
  if (x.cols() == 0) return out;
  const MatrixXd covariance = pooled_covariance(x, treated);
  if (!(covariance.diagonal().maxCoeff() > kZeroEigenvalue)) return out;
  const Inverse inverse = pseudo_inverse(covariance);
  const MatrixXd points = x * pivoted_cholesky(inverse.matrix, inverse.rank).transpose();
  out.points = Matrix(covariates.rows, static_cast<std::size_t>(points.cols()));
  std::copy(points.data(), points.data() + points.size(), out.points.values.begin());
  out.reason = Undefined::none;
  return out;
}

}  // namespace kaskad::stats
