// Hypotheses on coefficients, as they are typed: "a", "a = 0, b = 0", "a = b", "2*a - b = 1".
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/frame/model_matrix.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::app {

/// R·β = r, one row an equation.
struct Restrictions {
  stats::Matrix matrix;
  std::vector<double> values;
};

/// Equations separated by commas, each linear in the names of the columns of `model`. What has no «=» is set equal to
/// zero; a term's label ("factor(g)") alone stands for all its columns.
/// Fails with "asked-hypothesis" {hypothesis, at, nearest}: `at` is the rest that is no coefficient and no number.
Expected<Restrictions> parse_restrictions(const std::string& hypothesis, const frame::ModelMatrix& model);

}  // namespace kaskad::app
