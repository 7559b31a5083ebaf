// Programmes with evidence, built by hand.
#pragma once

#include <string>

#include "indicators/maturity.hpp"
#include "indicators/rubric.hpp"

namespace kaskad::test {

inline constexpr const char* kThreeCriteria = R"(
[[criterion]]
id = "monitoring"
[[criterion]]
id = "analysis"
[[criterion]]
id = "aims"
)";
inline constexpr const char* kThreeLevels = R"(
[[level]]
id = "reflexive"
criteria = ["monitoring", "analysis", "aims"]
[[level]]
id = "functional"
criteria = ["monitoring", "analysis"]
[[level]]
id = "formal"
)";

inline Rubric rubric_of(const std::string& toml, Diagnostics& defects) {
  MaturitySettings settings;
  return read_rubric(toml, "rubric.toml", settings, defects);
}

inline MaturitySettings settings_of(const std::string& toml) {
  Diagnostics defects;
  MaturitySettings settings;
  settings.rubric = read_rubric(toml, "rubric.toml", settings, defects);
  return defects.empty() ? settings : MaturitySettings{};
}

inline std::vector<WaveSet> entry_and_final() {
  WaveSet set;
  set.waves = {{"entry", {2024}, true, WaveRole::entry}, {"final", {2025}, true, WaveRole::final}};
  return {set};
}

/// Programmes P1, P2 … of schools, and what raters said of them.
struct Rated {
  explicit Rated(std::size_t programmes) {
    data.programmes.resize(programmes);
    for (std::size_t p = 0; p < programmes; ++p) {
      data.programmes[p].id = "P" + std::to_string(p + 1);
      data.programmes[p].level = "school";
    }
  }

  Evidence& rate(int programme, const char* wave, const char* criterion, const char* rater, double score) {
    Evidence e;
    e.programme = programme;
    e.wave = wave;
    e.criterion = criterion;
    e.rater = rater;
    e.score = score;
    e.place = {"evidence.csv", "", static_cast<std::int64_t>(data.evidence.size()) + 2, 1, ""};
    data.evidence.push_back(e);
    return data.evidence.back();
  }

  Dataset data;
};

}  // namespace kaskad::test
