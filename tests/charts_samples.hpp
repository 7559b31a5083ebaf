// Charts as reports show them, with invented names: drawn for goldens and to be looked at.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "reports/charts/chart.hpp"

namespace kaskad::reports::test {

struct Sample {
  std::string name;  ///< Of its golden.
  Chart chart;
};
inline void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }
std::vector<Sample> samples();

}  // namespace kaskad::reports::test
