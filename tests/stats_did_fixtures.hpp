// Studies of difference in differences for the tests.
#pragma once

#include <random>

#include "engine/stats/did.hpp"
#include "tests/stats_fixtures.hpp"

namespace kaskad::stats::test {

/// Schools by year with one row each; cohorts 0 (never), 3 and 4 in turn, periods 1–5. Schools of a cohort differ.
inline DidData schools(int count, unsigned seed, double effect = 1) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> normal;
  DidData data;
  for (int school = 0; school < count; ++school) {
    const double start = school % 3 == 0 ? kNeverTreated : 2.0 + school % 3;
    const double own = normal(engine);
    for (int time = 1; time <= 5; ++time) {
      data.unit.push_back(school);
      data.time.push_back(time);
      data.first_treated.push_back(start);
      data.outcome.push_back(own + 0.3 * time + (time >= start ? effect : 0) + 0.5 * normal(engine));
    }
  }
  return data;
}

}  // namespace kaskad::stats::test
