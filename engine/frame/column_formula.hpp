// Formulas over the columns of a frame: x^2, log(income + 1), year >= 1970 & cause == 'x'.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/message.hpp"
#include "engine/frame/frame.hpp"

namespace kaskad::frame {

struct FormulaValues {
  std::vector<double> values;  ///< One a row; NaN = missing. Truth is 1, untruth 0.
  bool logical = false;        ///< The formula asks a question.
  std::string label;           ///< The formula as R prints it: «log(x + 1)», «x^2».
  std::vector<Message> notes;  ///< "no-such-level" {level, column, nearest}: a text that no row has.
};

/// engine/formula's operators and functions over columns. A categorical column may be compared with a text or a number
/// (its levels are texts; < and > go by the order of bytes) and asked is.na(), nothing else. In `factor(x) == 'a'` the
/// column may stand as a factor.
/// Fails as find_column does; "asked-formula" {formula, at}; "asked-formula-sense" {formula};
///"asked-function" {function, nearest}; "asked-lone-text" {text} at a text that is compared with
/// no column; "asked-text-of-numbers" {column, value} when a numeric column is compared with
/// a text that is no number; "asked-category-as-number" {column}.
Expected<FormulaValues> evaluate_formula(const Frame& frame, std::string_view formula);

/// Which rows a condition holds for: those where it is true, neither untrue nor missing. `notes` are added to.
Expected<std::vector<bool>> rows_where(const Frame& frame, std::string_view condition, std::vector<Message>& notes);

}  // namespace kaskad::frame
