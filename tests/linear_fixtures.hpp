// Fixtures of the tests of linear_model.hpp: designs from tables, and the golden numbers of R.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/stats/linear_model.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats::test {

using Columns = std::vector<std::vector<double>>;

inline Matrix design_of(const Columns& columns) {
  Matrix design(columns.empty() ? 0 : columns.front().size(), columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j) std::copy(columns[j].begin(), columns[j].end(), design.column(j));
  return design;
}

inline std::vector<int> ids_of(const std::vector<double>& values) {
  std::vector<int> ids;
  for (const double v : values) ids.push_back(static_cast<int>(v));
  return ids;
}

/// With an intercept a column of ones comes first.
inline LinearData data_of(const std::vector<double>& outcome, Columns columns, bool intercept) {
  if (intercept) columns.insert(columns.begin(), std::vector<double>(outcome.size(), 1.0));
  LinearData data;
  data.outcome = outcome;
  data.design = design_of(columns);
  data.design.rows = outcome.size();
  data.intercept = intercept;
  return data;
}

/// A dummy for each id but the first (or for all).
inline Columns dummies_of(const std::vector<int>& ids, bool without_first) {
  std::map<int, std::vector<double>> dummies;
  for (const int id : ids) dummies.emplace(id, std::vector<double>(ids.size(), 0.0));
  for (std::size_t i = 0; i < ids.size(); ++i) dummies[ids[i]][i] = 1;
  Columns columns;
  for (const auto& [id, column] : dummies) columns.push_back(column);
  if (without_first) columns.erase(columns.begin());
  return columns;
}

inline Columns joined(Columns a, const Columns& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline double regression_golden(const std::string& name) {
  return number_in("fixtures/stats/regression_golden.csv", name);
}

inline constexpr Covariance kAllKinds[] = {Covariance::classic, Covariance::HC0, Covariance::HC1, Covariance::HC2,
                                           Covariance::HC3,     Covariance::CR0, Covariance::CR1, Covariance::CR1S,
                                           Covariance::CR2,     Covariance::CR3};

/// 53 random bits, the same on every machine.
class Draws {
 public:
  explicit Draws(unsigned seed) : bits_(seed) {}
  double uniform() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }
  int below(int bound) { return static_cast<int>(uniform() * bound); }

 private:
  std::mt19937_64 bits_;
};

}  // namespace kaskad::stats::test
