// Datasets made by hand, so that what is found in them can be counted on paper.
#pragma once

#include <string>
#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/identify/identification.hpp"

namespace kaskad::test {

/// Marks of one procedure: `below` twos and threes for the rest.
struct Work {
  SchoolId school = 0;
  int year = 0;
  SubjectId subject = 0;
  int grade = 6;
  int below = 0;
  int n = 0;
};

inline Dataset dataset_of(std::size_t schools, const std::vector<int>& years, const std::vector<Work>& works) {
  Dataset data;
  Procedure vpr;
  vpr.id = "VPR";
  data.vocabulary.procedures = {vpr};
  for (const char* id : {"RU", "MA", "BI"}) data.vocabulary.subjects.push_back({id, {}, {}});
  data.vocabulary.years = years;
  for (std::size_t s = 0; s < schools; ++s) {
    School school;
    school.id = std::to_string(s + 1);
    data.registry.schools.push_back(school);
  }
  CubeBuilder cube;
  for (const Work& w : works) {
    const auto cell =
        cube.cell({w.school, static_cast<std::int16_t>(w.year), 0, w.subject, static_cast<std::uint8_t>(w.grade)});
    if (w.below > 0) cube.count(cell, Outcome::mark, 2, w.below);
    if (w.n > w.below) cube.count(cell, Outcome::mark, 3, w.n - w.below);
  }
  data.cube = std::move(cube).build();
  return data;
}

/// Rules A and B and the lists of the shipped settings.
inline LowSettings shipped_rules() {
  LowSettings low;
  low.rules = {{"several", {}, LowRuleKind::each_year, 1, 2, {}, {}, {}},
               {"repeated", {}, LowRuleKind::same, 2, 1, {}, {}, {}}};
  low.tiers = {{"regional", {}, Combination::all, {0, 1}}, {"municipal", {}, Combination::any, {0, 1}}};
  return low;
}

inline void add_context(Dataset& data, SchoolId school, int year, const std::vector<double>& shares) {
  for (std::size_t f = 0; f < shares.size(); ++f) {
    if (f >= data.context.fields.size()) data.context.fields.push_back({"f" + std::to_string(f), {}, "share", false});
    if (shares[f] >= 0) data.context.values[{static_cast<int>(f), school, year}] = {1, shares[f], 0};
  }
}

}  // namespace kaskad::test
