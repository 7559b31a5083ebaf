#include "engine/frame/variables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/frame/column_formula.hpp"
#include "engine/frame/tokens.hpp"
#include "engine/intake/numbers.hpp"

namespace kaskad::frame {
namespace {

std::string unquoted(std::string_view text) {
  text = intake::trimmed(text);
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '`' || text.front() == '\'' || text.front() == '"');
  return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

/// factor(column, ref=level) and its relatives.
struct FactorCall {
  std::string function;
  std::string column;
  std::optional<std::string> reference;
};

constexpr std::array<std::string_view, 3> kFactorFunctions = {"factor", "as.factor", "relevel"};

std::optional<FactorCall> parse_factor_call(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') return std::nullopt;
  FactorCall call;
  call.function = std::string(intake::trimmed(text.substr(0, open)));
  const auto* known = std::find(kFactorFunctions.begin(), kFactorFunctions.end(), call.function);
  if (known == kFactorFunctions.end()) return std::nullopt;
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  const std::size_t comma = inside.find(',');
  call.column = unquoted(inside.substr(0, comma));
  if (comma == std::string_view::npos) return call;
  const std::string_view option = intake::trimmed(inside.substr(comma + 1));
  const std::size_t equals = option.find('=');
  if (equals == std::string_view::npos || intake::trimmed(option.substr(0, equals)) != "ref") return std::nullopt;
  call.reference = unquoted(option.substr(equals + 1));
  return call;
}

std::string label_of(const FactorCall& call) {
  return call.function == "relevel" ? call.column : fmt::format("{}({})", call.function, call.column);
}

/// As R writes a number that names a level: at most 15 significant digits.
std::string level_of(double value) { return fmt::format("{:.15g}", value); }

Expected<void> put_first(Column& factor, const std::string& level, const std::string& file) {
  const auto found = std::find(factor.levels.begin(), factor.levels.end(), level);
  if (found == factor.levels.end()) {
    return failure(
        "asked-reference",
        {{"level", level}, {"column", factor.name}, {"nearest", nearest(level, factor.levels).value_or("none")}}, file);
  }
  const int old_code = static_cast<int>(found - factor.levels.begin());
  std::rotate(factor.levels.begin(), found, found + 1);
  for (int& code : factor.codes) {
    if (code == old_code) {
      code = 0;
    } else if (code >= 0 && code < old_code) {
      ++code;
    }
  }
  return {};
}

Expected<Column> make_factor(const Frame& frame, const FactorCall& call) {
  const auto column = find_column(frame, call.column);
  if (!column) return tl::unexpected<Error>(column.error());
  Column factor = as_factor(**column);
  factor.name = label_of(call);
  if (call.reference) {
    if (const auto put = put_first(factor, *call.reference, frame.file); !put)
      return tl::unexpected<Error>(put.error());
  }
  return factor;
}

/// The answers to a question, as R names them.
Column yes_or_no(const FormulaValues& answers) {
  Column column;
  column.categorical = true;
  column.levels = {"FALSE", "TRUE"};
  for (const double a : answers.values) column.codes.push_back(std::isnan(a) ? kMissing : static_cast<int>(a != 0));
  return column;
}

Expected<Column> variable_of_formula(const Frame& frame, std::string_view text) {
  auto formula = evaluate_formula(frame, text);
  if (!formula) return tl::unexpected<Error>(formula.error());
  Column column;
  if (formula->logical) {
    column = yes_or_no(*formula);
  } else {
    column.numbers = std::move(formula->values);
  }
  column.name = std::move(formula->label);
  return column;
}

/// Codes and levels without the levels that no row has.
void drop_unused_levels(Column& factor) {
  std::vector<int> renamed(factor.levels.size(), kMissing);
  for (const int code : factor.codes) {
    if (code >= 0) renamed[static_cast<std::size_t>(code)] = 0;
  }
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < renamed.size(); ++i) {
    if (renamed[i] == kMissing) continue;
    renamed[i] = static_cast<int>(levels.size());
    levels.push_back(std::move(factor.levels[i]));
  }
  for (int& code : factor.codes) code = code >= 0 ? renamed[static_cast<std::size_t>(code)] : kMissing;
  factor.levels = std::move(levels);
}

}  // namespace

Expected<Column> make_variable(const Frame& frame, std::string_view text) {
  text = intake::trimmed(text);
  const auto column = find_column(frame, unquoted(text));
  if (column) return **column;
  if (const auto call = parse_factor_call(text)) return make_factor(frame, *call);
  const auto tokens = tokens_of(text);
  if (tokens && tokens->size() == 1) return tl::unexpected<Error>(column.error());
  return variable_of_formula(frame, text);
}

Column as_factor(const Column& column) {
  if (column.categorical) return column;
  Column factor;
  factor.name = column.name;
  factor.categorical = true;
  std::vector<double> values;
  std::copy_if(column.numbers.begin(), column.numbers.end(), std::back_inserter(values),
               [](double v) { return std::isfinite(v); });
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  std::transform(values.begin(), values.end(), std::back_inserter(factor.levels), level_of);
  for (const double v : column.numbers) {
    const auto found = std::lower_bound(values.begin(), values.end(), v);
    factor.codes.push_back(std::isfinite(v) ? static_cast<int>(found - values.begin()) : kMissing);
  }
  return factor;
}

Column rows_of(const Column& column, const std::vector<std::size_t>& rows) {
  Column out;
  out.name = column.name;
  out.categorical = column.categorical;
  out.levels = column.levels;
  for (const std::size_t row : rows) {
    if (column.categorical) out.codes.push_back(column.codes[row]);
    if (!column.categorical) out.numbers.push_back(column.numbers[row]);
    if (!column.tails.empty()) out.tails.push_back(column.tails[row]);
  }
  drop_unused_levels(out);
  return out;
}

}  // namespace kaskad::frame
