// A small cascade made by hand: a region with two municipalities of two schools each, and a rubric of three stages.
#pragma once

#include <string>
#include <vector>

#include "engine/base/files.hpp"
#include "indicators/cascade.hpp"

namespace kaskad::test {

inline const std::string kSmallRubric = R"(
[[stage]]
id = "analysis"
number = "I"
name = { ru = "Анализ", en = "Analysis" }
[[stage]]
id = "design"
number = "II"
name = { ru = "Проектирование", en = "Design" }
[[stage]]
id = "work"
name = { ru = "Реализация", en = "Implementation" }
[[component]]
id = "data"
stage = "analysis"
name = { ru = "Анализ данных", en = "Analysis of data" }
levels = ["regional", "municipal", "school"]
[[component]]
id = "needs"
stage = "analysis"
levels = ["school"]
groups = ["managers", "teachers"]
[[component]]
id = "plans"
stage = "design"
levels = ["municipal", "school"]
[[component]]
id = "courses"
stage = "work"
levels = ["regional", "school"]
)";

inline CascadeRubric small_rubric() {
  Diagnostics out;
  CascadeRubric rubric = read_cascade_rubric(kSmallRubric, "small.toml", out);
  if (!out.empty()) throw std::runtime_error(out.front().message.code);
  return rubric;
}

inline RowOwner the_region() { return {}; }
inline RowOwner municipality(const std::string& name) { return {OwnerLevel::municipality, name, std::nullopt}; }
inline RowOwner school(SchoolId s) { return {OwnerLevel::school, std::to_string(s + 1), s}; }

/// Schools 1 and 2 in «А», 3 and 4 in «Б»; all in the focus group from 2024.
struct CascadeRegion {
  Dataset data;

  CascadeRegion() {
    data.vocabulary.years = {2024, 2025};
    data.registry.municipalities = {"А", "Б"};
    for (int s = 0; s < 4; ++s) {
      data.registry.schools.push_back({std::to_string(s + 1), "", s < 2 ? "А" : "Б", "", {}, {}});
      data.memberships.push_back({static_cast<SchoolId>(s), Role::focus, 2024, 0});
    }
  }

  CascadeRegion& report(const RowOwner& owner, const std::string& component, const std::string& date, double score = 1,
                        const std::string& group = "", bool reliable = true) {
    auto& rows = data.programme_data.components;
    const auto row = static_cast<std::int64_t>(rows.size()) + 2;
    rows.push_back({owner, group, component, score, date, "", reliable, {"reports.csv", "", row, 0, ""}});
    return *this;
  }

  CascadeRegion& decide(const RowOwner& owner, const std::string& from, const std::string& to, const std::string& date,
                        const std::string& reason = "") {
    auto& rows = data.programme_data.decisions;
    const auto row = static_cast<std::int64_t>(rows.size()) + 2;
    rows.push_back({owner, from, to, date, reason, "", {"decisions.csv", "", row, 0, ""}});
    return *this;
  }

  /// Everything of the stage analysis for a school.
  CascadeRegion& analyse(SchoolId s, const std::string& date) {
    return report(school(s), "data", date).report(school(s), "needs", date);
  }

  Cascade judge(const std::string& as_of = "2024-12-31") const { return judge_cascade(data, small_rubric(), as_of); }
};

}  // namespace kaskad::test
