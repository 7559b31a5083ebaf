#include "engine/stats/digits.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

namespace kaskad::stats::linear {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using MatrixView = Eigen::Map<const MatrixXd>;

/// u²x² of a number in the data.
double squared_error(double x, double epsilon) {
  constexpr double kData = std::numeric_limits<double>::epsilon() / 4;
  const double unit = 4 * epsilon + (x == std::floor(x) ? 0 : kData);
  return unit * unit * x * x;
}

/// Of each row: w(u²y² + Σ u²x²β²).
VectorXd errors_of_rows(const Rows& rows, const Decomposition& d, double epsilon) {
  VectorXd errors(static_cast<Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double sum = squared_error(rows.outcome[i], epsilon);
    for (std::size_t j = 0; j < d.values.size(); ++j) {
      if (d.kept[j]) sum += squared_error(rows.design(i, j), epsilon) * d.values[j] * d.values[j];
    }
    errors(static_cast<Index>(i)) = rows.weights[i] * sum;
  }
  return errors;
}

/// Of each column: Σ w u²x²·(w r²).
VectorXd errors_of_columns(const Rows& rows, const Decomposition& d, double epsilon) {
  VectorXd errors = VectorXd::Zero(static_cast<Index>(d.values.size()));
  for (std::size_t j = 0; j < d.values.size(); ++j) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double residual = d.residuals[i];
      errors(static_cast<Index>(j)) +=
          rows.weights[i] * squared_error(rows.design(i, j), epsilon) * residual * residual;
    }
  }
  return errors;
}

/// σ; for an exact fit the outcome's norm, or a coefficient of 0 could never be right.
double scale_of_errors(const Rows& rows, const Decomposition& d) {
  const auto outcome = view_as<Eigen::Map<const Eigen::ArrayXd>>(rows.outcome);
  const auto weights = view_as<Eigen::Map<const Eigen::ArrayXd>>(rows.weights);
  if (d.exact) return std::sqrt((weights * outcome.square()).sum());
  const double rest = static_cast<double>(rows.size()) - static_cast<double>(d.rank);
  return rest > 0 ? std::sqrt(d.residual_squares / rest) : 0;
}

double digits_left(double value, double se, double squares) {
  constexpr double kMost = 17;
  const double size = std::max(std::abs(value), se);
  return squares > 0 && size > 0 ? std::clamp(-std::log10(std::sqrt(squares) / size), 0.0, kMost) : kMost;
}

}  // namespace

std::vector<double> right_digits(const Rows& rows, const Decomposition& d, double epsilon) {
  const auto basis = view_as<MatrixView>(d.basis);
  const auto contrasts = view_as<MatrixView>(d.contrasts);
  const VectorXd per_row = errors_of_rows(rows, d, epsilon);
  const VectorXd per_column = errors_of_columns(rows, d, epsilon);
  const MatrixXd inverse = contrasts.transpose() * contrasts;
  const double sigma = scale_of_errors(rows, d);
  std::vector<double> digits;
  for (Index j = 0; j < contrasts.cols(); ++j) {
    const std::size_t column = static_cast<std::size_t>(j);
    const VectorXd a = basis * contrasts.col(j);
    const double squares = a.cwiseAbs2().dot(per_row) + inverse.col(j).cwiseAbs2().dot(per_column);
    const double se = sigma * std::sqrt(inverse(j, j));
    digits.push_back(d.kept[column] ? digits_left(d.values[column], se, squares) : kNaN);
  }
  return digits;
}

}  // namespace kaskad::stats::linear
