// A dense matrix as the functions of this room take and give it. Values only: the algebra is in the .cpp files.
#pragma once

#include <cstddef>
#include <vector>

namespace kaskad::stats {

/// Column-major: the element (row, column) stands at values[column · rows + row].
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;

  Matrix() = default;
  Matrix(std::size_t r, std::size_t c, double fill = 0) : rows(r), columns(c), values(r * c, fill) {}

  double& operator()(std::size_t row, std::size_t column) { return values[column * rows + row]; }
  double operator()(std::size_t row, std::size_t column) const { return values[column * rows + row]; }
  /// First element of a column; `rows` of them follow.
  double* column(std::size_t c) { return values.data() + c * rows; }
  const double* column(std::size_t c) const { return values.data() + c * rows; }

  friend bool operator==(const Matrix&, const Matrix&) = default;
};

}  // namespace kaskad::stats
