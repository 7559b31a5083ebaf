// A formula of one outcome, as engine/formula reads it: of `x`, and `minimum`, `maximum`, `high` of the scale.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/estimate.hpp"
#include "engine/formula/expression.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {

/// What a formula may speak of besides x. NaN = not known.
struct FormulaScale {
  double minimum = kNaN;
  double maximum = kNaN;
  double high = kNaN;
};

/// The scale's values for an outcome: a maximum of the primary or of the test score, the mark for marks.
FormulaScale formula_scale(const Scale& scale, Outcome outcome);

/// Values of a formula for x = lo … hi, or the reason why there are none (no_scale: it needs a border that is not
/// known).
struct FormulaTable {
  int lo = 0;
  std::vector<double> values;
  Undefined reason = Undefined::none;
  double at(int x) const { return values[static_cast<std::size_t>(x - lo)]; }
};

class Formula {
 public:
  Formula() = default;
  /// Fails with "formula-syntax" (what and where) or "formula-name" (a name it does not know).
  static Expected<Formula> compile(const std::string& text);
  FormulaTable tabulate(int lo, int hi, const FormulaScale& scale) const;
  const std::string& text() const { return expression_.text(); }
  bool uses(const std::string& name) const;

 private:
  explicit Formula(formula::Expression expression) : expression_(std::move(expression)) {}

  formula::Expression expression_;
};

}  // namespace kaskad
