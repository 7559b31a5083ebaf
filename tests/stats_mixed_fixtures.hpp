// Data of the mixed models' tests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/stats/mixed.hpp"
#include "tests/stats_golden.hpp"

namespace kaskad::stats::test {

using Columns = std::vector<std::vector<double>>;

/// An intercept and the columns.
inline MixedData mixed_data(const std::vector<double>& outcome, const Columns& terms,
                            const std::vector<double>& group) {
  MixedData data;
  data.outcome = outcome;
  data.x = Matrix(outcome.size(), terms.size() + 1, 1);
  for (std::size_t j = 0; j < terms.size(); ++j) {
    for (std::size_t i = 0; i < outcome.size(); ++i) data.x(i, j + 1) = terms[j][i];
  }
  for (double g : group) data.group.push_back(static_cast<int>(g));
  return data;
}

inline MixedData with_slope(MixedData data, const std::vector<double>& slope) {
  data.slope = slope;
  return data;
}

inline std::vector<double> equal(const std::vector<std::string>& texts, const std::string& wanted) {
  std::vector<double> out;
  for (const std::string& text : texts) out.push_back(text == wanted ? 1 : 0);
  return out;
}

/// The rows of `values` where `chosen`.
inline std::vector<double> pick(const std::vector<double>& values, const std::vector<bool>& chosen) {
  std::vector<double> out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (chosen[i]) out.push_back(values[i]);
  }
  return out;
}

/// Numbers of a column, NaN where it is empty.
inline std::vector<double> numbers_or_missing(const Table& table, const std::string& head) {
  std::vector<double> out;
  for (const std::string& text : table.texts(head)) out.push_back(text.empty() ? kNaN : std::stod(text));
  return out;
}

}  // namespace kaskad::stats::test
