#include "indicators/formula.hpp"

#include <muParser.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kaskad {
namespace {

constexpr std::array<const char*, 4> kNames = {"x", "minimum", "maximum", "high"};

double optional_number(const std::optional<int>& value) { return value ? static_cast<double>(*value) : kNaN; }

}  // namespace

FormulaScale formula_scale(const Scale& scale, Outcome outcome) {
  FormulaScale out;
  out.minimum = optional_number(scale.minimum);
  out.high = optional_number(scale.high);
  if (outcome == Outcome::primary) out.maximum = optional_number(scale.maximum);
  if (outcome == Outcome::test) out.maximum = optional_number(scale.test_maximum);
  return out;
}

Expected<Formula> Formula::compile(const std::string& text) {
  Formula out;
  out.text_ = text;
  try {
    mu::Parser parser;
    parser.SetExpr(text);
    for (const auto& [name, address] : parser.GetUsedVar()) {
      if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
        return failure("formula-name", {{"formula", text}, {"name", name}});
      }
      out.names_.push_back(name);
    }
    std::array<double, kNames.size()> values = {1, 1, 1, 1};
    for (std::size_t i = 0; i < kNames.size(); ++i) parser.DefineVar(kNames[i], &values[i]);
    parser.Eval();
  } catch (const mu::Parser::exception_type& error) {
    return failure("formula-syntax", {{"formula", text}, {"detail", error.GetMsg()}});
  }
  return out;
}

bool Formula::uses(const std::string& name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

FormulaTable Formula::tabulate(int lo, int hi, const FormulaScale& scale) const {
  FormulaTable out;
  out.lo = lo;
  std::array<double, kNames.size()> values = {0, scale.minimum, scale.maximum, scale.high};
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    if (uses(kNames[i]) && std::isnan(values[i])) out.reason = Undefined::no_scale;
  }
  if (out.reason != Undefined::none) return out;
  mu::Parser parser;
  for (std::size_t i = 0; i < kNames.size(); ++i) parser.DefineVar(kNames[i], &values[i]);
  parser.SetExpr(text_);
  for (int x = lo; x <= hi; ++x) {
    values[0] = x;
    out.values.push_back(parser.Eval());
  }
  return out;
}

}  // namespace kaskad
