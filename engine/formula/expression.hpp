// Formulas over named numbers, in muParser's syntax, with missing values. Only expression.cpp knows muParser.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::formula {

/// Operators, from weak to strong: ?: , | ||, & &&, !, == != < <= > >=, + -, * /, ^ (right to left); a sign is
/// weaker than ^. Truth is 1, untruth 0. Functions: see `functions`.
///
/// NaN is a missing value: what is made of it is missing, but for `0 & NaN` = 0, `1 | NaN` = 1 (Kleene's logic, as R
/// has it) and is_na(x).
class Expression {
 public:
  /// Fails with "formula-syntax" {formula, detail}.
  static Expected<Expression> compile(std::string text);

  const std::string& text() const { return text_; }
  /// Variables, in the order of the alphabet.
  const std::vector<std::string>& names() const { return names_; }

  /// The value at each of `rows` rows; `columns` are those of names(), in that order, each with `rows` numbers.
  std::vector<double> evaluate(const std::vector<const double*>& columns, std::size_t rows) const;

 private:
  std::string text_;
  std::vector<std::string> names_;
};

/// Functions of one number: abs, sqrt, exp, log (natural), log10, log2, round … Those of muParser that take several
/// (min, max …) may be used, too, but do not know missing values.
const std::vector<std::string>& functions();

}  // namespace kaskad::formula
