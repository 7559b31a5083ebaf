// Variables of a model: columns, factors made of columns, and formulas over columns.
#pragma once

#include <string_view>
#include <vector>

#include "engine/frame/frame.hpp"

namespace kaskad::frame {

/// The variable that `text` names, over all rows of the frame; Column::name is its label in R's manner.
///   x, `a b`               the column (backticks are needed where a name has signs in it)
///   factor(g)              a factor: numeric columns get a level for each number, in ascending order
///   factor(g, ref=B)       with B as the first level, to which the others are compared; label "factor(g)".
///                          relevel(g, ref=B) is the same with the label of the column
///   x^2, log(x), I(a + b)  a formula (column_formula.hpp); a question, I(a > 3), is a factor FALSE, TRUE
/// Fails as find_column and evaluate_formula do, or with "asked-reference" {level, column, nearest}.
Expected<Column> make_variable(const Frame& frame, std::string_view text);

/// The column as a factor: itself when it is categorical, else a level for each number, in ascending order; infinities
/// are missing.
Column as_factor(const Column& column);

/// The given rows of a column; levels that do not occur in them are dropped.
Column rows_of(const Column& column, const std::vector<std::size_t>& rows);

}  // namespace kaskad::frame
