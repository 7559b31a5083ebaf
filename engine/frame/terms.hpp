// The right-hand side of a model, as a researcher writes it: a, b, a:b, factor(g)*x, log(x), -1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace kaskad::frame {

/// A product of variables, each as it was written ("x", "factor(g, ref=B)", "I(x^2)"), in the order of the model's
/// variables.
struct Term {
  std::vector<std::string> variables;
  friend bool operator==(const Term&, const Term&) = default;
};

struct Terms {
  bool intercept = true;
  std::vector<Term> terms;  ///< Main effects first, then products of two, of three …, as R orders them; none twice.

  /// Every variable once, in the order of their first mention.
  std::vector<std::string> variables() const;
};

/// Reads terms separated by commas or pluses. `a:b` is a product, `a*b` is a, b and a:b, `-1` (or `0`) leaves out the
/// intercept, `-a` takes a term away; within parentheses, quotes and backticks all signs belong to the variable.
/// A part between commas that is one of `columns` is that column, whatever signs its name has.
/// Fails with "asked-term" {term} at an empty factor, a number among the factors or a parenthesis that does not close.
Expected<Terms> parse_terms(std::string_view text, const std::vector<std::string>& columns = {});

}  // namespace kaskad::frame
