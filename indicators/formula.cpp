#include "indicators/formula.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

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
  const auto expression = formula::Expression::compile(text);
  if (!expression) return tl::unexpected<Error>(expression.error());
  for (const std::string& name : expression->names()) {
    if (std::find(kNames.begin(), kNames.end(), name) == kNames.end())
      return failure("formula-name", {{"formula", text}, {"name", name}});
  }
  return Formula(*expression);
}

bool Formula::uses(const std::string& name) const {
  const auto& names = expression_.names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

FormulaTable Formula::tabulate(int lo, int hi, const FormulaScale& scale) const {
  FormulaTable out;
  out.lo = lo;
  const std::array<double, kNames.size()> constants = {0, scale.minimum, scale.maximum, scale.high};
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    if (uses(kNames[i]) && std::isnan(constants[i])) out.reason = Undefined::no_scale;
  }
  if (out.reason != Undefined::none || hi < lo) return out;
  const auto rows = static_cast<std::size_t>(hi - lo) + 1;
  std::array<std::vector<double>, kNames.size()> columns;
  for (std::size_t i = 0; i < kNames.size(); ++i) columns[i].assign(rows, constants[i]);
  std::iota(columns[0].begin(), columns[0].end(), lo);
  std::vector<const double*> used;
  for (const std::string& name : expression_.names())
    used.push_back(
        columns[static_cast<std::size_t>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin())].data());
  out.values = expression_.evaluate(used, rows);
  return out;
}

}  // namespace kaskad
