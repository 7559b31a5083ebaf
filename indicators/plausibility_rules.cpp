#include <algorithm>
#include <array>

#include "engine/base/text.hpp"
#include "indicators/plausibility.hpp"

namespace kaskad {
namespace {

template <class Value>
struct Threshold {
  const char* key;
  Value PlausibilityRules::*field;
  Value least;
};
constexpr std::array<Threshold<double>, 3> kShares = {
    {{"fewest_participants", &PlausibilityRules::fewest_participants, 0.0},
     {"fences", &PlausibilityRules::fences, 0.0},
     {"one_result_share", &PlausibilityRules::one_result_share, 0.0}}};
constexpr std::array<Threshold<std::int64_t>, 5> kCounts = {
    {{"jump_minimum_n", &PlausibilityRules::jump_minimum_n, 1},
     {"jump_minimum_schools", &PlausibilityRules::jump_minimum_schools, 4},
     {"one_result_minimum_n", &PlausibilityRules::one_result_minimum_n, 2},
     {"same_counts_minimum_n", &PlausibilityRules::same_counts_minimum_n, 2},
     {"same_counts_distinct", &PlausibilityRules::same_counts_distinct, 2}}};

void read_thresholds(ConfigReader& reader, PlausibilityRules& rules) {
  for (const auto& [key, field, least] : kShares) {
    rules.*field = reader.number(key).value_or(rules.*field);
    if (rules.*field < least) reader.report(key, "setting-at-least", {{"least", static_cast<std::int64_t>(least)}});
  }
  for (const auto& [key, field, least] : kCounts) {
    rules.*field = reader.integer(key, rules.*field);
    if (rules.*field < least) reader.report(key, "setting-at-least", {{"least", least}});
  }
}

void read_enrolment(ConfigReader& reader, PlausibilityRules& rules) {
  rules.enrolment = reader.text("enrolment", rules.enrolment);
  for (const auto& [grade, field] : reader.dictionary("enrolment_by_grade")) {
    const bool number = !grade.empty() && grade.size() <= 2 &&
                        std::all_of(grade.begin(), grade.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (number)
      rules.enrolment_by_grade[std::stoi(grade)] = field;
    else
      reader.report("enrolment_by_grade", "plausibility-grade", {{"value", grade}});
  }
}

void read_off(ConfigReader& reader, PlausibilityRules& rules) {
  const std::vector<std::string> known(kPlausibilityChecks.begin(), kPlausibilityChecks.end());
  for (const std::string& check : reader.texts("off")) {
    if (std::find(known.begin(), known.end(), check) == known.end())
      reader.report("off", "project-unknown-id", {{"id", check}, {"nearest", nearest(check, known).value_or("none")}});
    rules.off.push_back(check);
  }
}

OfferedWorks read_works(const ConfigNode& node, ConfigReader& parent) {
  ConfigReader reader(node, parent.file(), parent.path_of("offered"), parent.diagnostics());
  OfferedWorks works;
  works.procedure = reader.required_text("procedure");
  works.subjects = reader.texts("subjects");
  for (const std::int64_t grade : reader.integers("grades")) works.grades.push_back(static_cast<int>(grade));
  const std::vector<std::int64_t> years = reader.integers("years");
  if (!years.empty()) works.first_year = static_cast<int>(years.front());
  if (years.size() > 1) works.last_year = static_cast<int>(years[1]);
  reader.finish();
  return works;
}

}  // namespace

bool PlausibilityRules::checks(std::string_view check) const {
  return std::find(off.begin(), off.end(), check) == off.end();
}

void read_plausibility(ConfigReader& reader, PlausibilityRules& rules) {
  read_off(reader, rules);
  read_enrolment(reader, rules);
  if (reader.has("whole_grade")) rules.whole_grade = reader.texts("whole_grade");
  read_thresholds(reader, rules);
  std::vector<OfferedWorks> own;
  for (const ConfigNode* node : reader.tables("offered")) own.push_back(read_works(*node, reader));
  const auto named = [&](const OfferedWorks& known) {
    return std::any_of(own.begin(), own.end(), [&](const OfferedWorks& o) { return o.procedure == known.procedure; });
  };
  rules.offered.erase(std::remove_if(rules.offered.begin(), rules.offered.end(), named), rules.offered.end());
  rules.offered.insert(rules.offered.end(), own.begin(), own.end());
}

}  // namespace kaskad
