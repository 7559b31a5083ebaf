// A solved linear model between the decomposition and the errors made of it. Inside this room only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/stats/absorb.hpp"
#include "engine/stats/linear_model.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::stats::linear {

/// View is an Eigen::Map over doubles; Eigen's heads stay in the .cpp files.
template <class View>
View view_as(const Matrix& m) {
  return View(m.values.data(), static_cast<std::ptrdiff_t>(m.rows), static_cast<std::ptrdiff_t>(m.columns));
}
template <class View>
View view_as(const std::vector<double>& v) {
  return View(v.data(), static_cast<std::ptrdiff_t>(v.size()));
}

/// From an Eigen expression.
template <class Expression>
Matrix matrix_of(const Expression& e) {
  Matrix m(static_cast<std::size_t>(e.rows()), static_cast<std::size_t>(e.cols()));
  for (std::ptrdiff_t c = 0; c < e.cols(); ++c) {
    for (std::ptrdiff_t r = 0; r < e.rows(); ++r)
      m.column(static_cast<std::size_t>(c))[r] = static_cast<double>(e(r, c));
  }
  return m;
}
template <class Expression>
std::vector<double> vector_of(const Expression& e) {
  std::vector<double> v(static_cast<std::size_t>(e.size()));
  for (std::ptrdiff_t i = 0; i < e.size(); ++i) v[static_cast<std::size_t>(i)] = static_cast<double>(e(i));
  return v;
}

/// The rows of positive weight, as they go into the decomposition.
struct Rows {
  std::vector<std::size_t> source;  ///< Row of the data.
  std::vector<double> outcome;
  Matrix design;
  std::vector<double> weights;      ///< All 1 without weights.
  bool weighted = false;            ///< Unequal weights, and the working model has equal variances.
  bool intercept = false;           ///< Column 0 of the design is the ones.
  std::vector<Partition> absorbed;  ///< The one with most levels first.
  Partition clusters;               ///< levels 0 without clusters; of two kinds the one with fewer.
  Partition other_clusters;         ///< levels 0 without a second kind.

  std::size_t size() const { return outcome.size(); }
};

/// The full model in an orthonormal basis. With Q̃ = basis and S̃ (column s: √w/√Σw on the rows of level s of `sweep`),
/// H̃ = Q̃Q̃' + S̃S̃' is the projection of √w-scaled rows on all columns and effects, and β_j = (contrast j)'Q̃'ỹ (plus
/// the mean for an intercept, whose direction is the first column of Q̃).
struct Decomposition {
  Matrix basis;      ///< n × r.
  Matrix contrasts;  ///< r × k; 0 for columns left out.
  Partition
      sweep;  ///< Levels whose means were taken out first and are not in `basis`; levels 0 without absorbed effects.
  bool complete = true;  ///< False: effects of further factors were taken out, but are not in `basis`.

  std::vector<double> values;     ///< k coefficients.
  std::vector<double> digits;     ///< k, right decimal digits of each by the rounding of the data.
  std::vector<bool> kept;         ///< k.
  std::vector<double> residuals;  ///< √w·e.
  std::int64_t absorbed_rank = 0;
  std::int64_t rank = 0;        ///< With the absorbed.
  double model_squares = 0;     ///< Of columns and effects: about the mean, or about 0 without intercept and effects.
  double within_squares = 0;    ///< Of columns, over the effects.
  double residual_squares = 0;  ///< 0 when the fit is exact up to rounding.
  bool exact = false;           ///< The residuals are rounding, or there is nothing to vary.
};

struct Solution {
  Rows rows;
  Decomposition model;
  LinearOptions options;
  double residual_df = kNaN;
  double sigma_squared = kNaN;
};

}  // namespace kaskad::stats::linear
