// Fixtures of the tests of two groups: numbers of fixtures/stats/groups.R, Californian schools in two groups.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/stats_fixtures.hpp"

namespace kaskad::stats::test {

/// A number of fixtures/stats/groups.csv.
inline double groups_golden(const std::string& name) {
  static const std::map<std::string, double> numbers = [] {
    const Table table("fixtures/stats/groups.csv");
    const std::vector<std::string> names = table.texts("name");
    const std::vector<double> values = table.numbers("value");
    std::map<std::string, double> map;
    for (std::size_t i = 0; i < names.size(); ++i) map[names[i]] = values[i];
    return map;
  }();
  const auto found = numbers.find(name);
  EXPECT_NE(found, numbers.end()) << name;
  return found == numbers.end() ? std::nan("") : found->second;
}

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
