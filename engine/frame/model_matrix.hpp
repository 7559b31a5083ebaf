// Columns of numbers for a linear model, coded and named as R's model.matrix does it.
#pragma once

#include <string>
#include <vector>

#include "engine/frame/sample.hpp"
#include "engine/frame/terms.hpp"
#include "engine/stats/matrix.hpp"

namespace kaskad::frame {

struct ModelMatrix {
  std::vector<std::string> terms;    ///< Labels of the terms: "x", "factor(g)", "x:g"; the intercept is none.
  std::vector<std::size_t> term_of;  ///< Of each column: place in `terms`, or terms.size() for the intercept.
  std::vector<std::string> names;    ///< "(Intercept)", "x", "gB", "factor(g)2", "x:gB": R's, without backticks.
  stats::Matrix x;                   ///< A row for each row of the sample.
};

/// Variables that the terms need, to be taken with the others of an analysis.
std::vector<Wanted> wanted_of(const Terms& terms, const std::string& role = "term");

/// The matrix of the terms over a sample that was taken with wanted_of(terms, role).
/// A factor in a term gets a column for each level but the first where the model holds the same term without it (the
/// empty term counts as held), else a column for each level: Chambers & Hastie 1992, Statistical Models in S, ch. 2.
/// Without an intercept the first factor of all gets a column for each level, too. A factor with one level gives no
/// column where the first is left out.
ModelMatrix model_matrix(const Terms& terms, const Sample& sample, const std::string& role = "term");

}  // namespace kaskad::frame
