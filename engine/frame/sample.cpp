#include "engine/frame/sample.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/frame/variables.hpp"

namespace kaskad::frame {
namespace {

Error not_numeric(const Frame& frame, const Wanted& wanted, const Column& column) {
  const std::string value = column.levels.empty() ? std::string() : column.levels.front();
  return failure("asked-not-numeric", {{"column", column.name}, {"role", wanted.role}, {"value", value}}, frame.file)
      .value();
}

Expected<Column> variable_of(const Frame& frame, const Wanted& wanted) {
  auto variable = make_variable(frame, wanted.text);
  if (!variable) return variable;
  if (wanted.need == Need::number && variable->categorical)
    return tl::unexpected<Error>(not_numeric(frame, wanted, *variable));
  return wanted.need == Need::factor ? as_factor(*variable) : std::move(*variable);
}

enum class Lack : std::uint8_t { nothing, missing, infinite };

Lack lack_of(const Column& column, std::size_t row) {
  if (column.missing(row)) return Lack::missing;
  return !column.categorical && std::isinf(column.numbers[row]) ? Lack::infinite : Lack::nothing;
}

/// Rows that lack nothing; the others are counted in `missing` and `infinite`, by the first variable that they lack.
std::vector<std::size_t> usable_rows(const std::vector<Column>& variables, std::size_t rows,
                                     std::vector<std::int64_t>& missing, std::vector<std::int64_t>& infinite) {
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t i = 0;
    Lack lack = Lack::nothing;
    for (; i < variables.size() && lack == Lack::nothing; ++i) lack = lack_of(variables[i], row);
    if (lack == Lack::nothing) {
      out.push_back(row);
    } else {
      ++(lack == Lack::missing ? missing : infinite)[i - 1];
    }
  }
  return out;
}

}  // namespace

const Column& Sample::of(std::string_view role) const {
  const auto found = std::find(roles.begin(), roles.end(), role);
  assert(found != roles.end());
  return variables[static_cast<std::size_t>(found - roles.begin())];
}

bool Sample::has(std::string_view role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

Expected<Sample> take(const Frame& frame, const std::vector<Wanted>& wanted) {
  std::vector<Column> variables;
  Sample sample;
  for (const Wanted& one : wanted) {
    auto variable = variable_of(frame, one);
    if (!variable) return tl::unexpected<Error>(variable.error());
    variables.push_back(std::move(*variable));
    sample.roles.push_back(one.role);
  }
  std::vector<std::int64_t> missing(variables.size()), infinite(variables.size());
  const auto rows = usable_rows(variables, frame.rows(), missing, infinite);
  for (std::size_t i = 0; i < variables.size(); ++i) {
    if (missing[i] > 0) sample.left_out.push_back({wanted[i].role, variables[i].name, false, missing[i]});
    if (infinite[i] > 0) sample.left_out.push_back({wanted[i].role, variables[i].name, true, infinite[i]});
    sample.variables.push_back(rows_of(variables[i], rows));
  }
  for (const std::size_t row : rows) sample.row_numbers.push_back(frame.row_numbers[row]);
  return sample;
}

Frame keep_rows(const Frame& frame, const std::vector<bool>& chosen) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    if (chosen[row]) rows.push_back(row);
  }
  Frame out;
  out.file = frame.file;
  out.defective = frame.defective;
  for (const Column& column : frame.columns) out.columns.push_back(rows_of(column, rows));
  for (const std::size_t row : rows) out.row_numbers.push_back(frame.row_numbers[row]);
  return out;
}

}  // namespace kaskad::frame
