// Fixtures of the tests of two groups: numbers of fixtures/stats/groups.R, Californian schools in two groups.
#pragma once

#include <string>
#include <vector>

#include "tests/stats_fixtures.hpp"

namespace kaskad::stats::test {

inline double groups_golden(const std::string& name) { return number_in("fixtures/stats/groups.csv", name); }

struct TwoGroups {
  std::vector<double> one, zero;
};

/// Scores of 2000: other schools against elementary ones, of the first `rows` schools of the table.
inline TwoGroups californian(std::size_t rows = 1'000'000) {
  const Table table("fixtures/stats/apipop.csv");
  const auto type = table.texts("stype");
  const auto score = table.numbers("api00");
  TwoGroups groups;
  for (std::size_t i = 0; i < std::min(rows, table.size()); ++i)
    (type[i] == "E" ? groups.zero : groups.one).push_back(score[i]);
  return groups;
}

}  // namespace kaskad::stats::test
