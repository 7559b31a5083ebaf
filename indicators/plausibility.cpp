#include "indicators/plausibility.hpp"

#include <array>

#include "indicators/plausibility_parts.hpp"

namespace kaskad {
namespace plausibility {
namespace {

struct Check {
  std::string_view name;
  void (*make)(const Dataset&, const PlausibilityRules&, Diagnostics&);
};

/// Beside kPlausibilityChecks.
constexpr std::array<Check, 6> kChecks = {{{"participation", check_participation},
                                           {"jumps", check_jumps},
                                           {"repeats", check_repeats},
                                           {"works", check_works},
                                           {"participants", check_participants},
                                           {"files", check_files}}};

std::string work_in(const Dataset& data, const CellKey& key, const std::string& language) {
  const Procedure& procedure = data.vocabulary.procedures[key.procedure];
  const Subject& subject = data.vocabulary.subjects[key.subject];
  const std::string name = in_language(procedure.name, language, procedure.id);
  const std::string first = in_language(procedure.short_name, language, name);
  const std::string second = in_language(subject.name, language, subject.id);
  return first == second ? first : first + ", " + second;
}

}  // namespace

Diagnostic doubt(std::string code, Args args) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.message = {std::move(code), std::move(args)};
  return d;
}

Args args_of(const Dataset& data, const CellKey& key) {
  const School& school = data.registry.schools[key.school];
  return {{"school", school.id},
          {"name", school.name.empty() ? "none" : school.name},
          {"work_ru", work_in(data, key, "ru")},
          {"work_en", work_in(data, key, "en")},
          {"grade", std::int64_t{key.grade}},
          {"year", std::int64_t{key.year}}};
}

std::optional<Outcome> scores_of(const Cube::Cell& cell) {
  if (cell.has(Outcome::primary)) return Outcome::primary;
  return cell.has(Outcome::test) ? std::optional(Outcome::test) : std::nullopt;
}

std::optional<int> highest_of(const Dataset& data, const CellKey& key, Outcome outcome) {
  const Scale scale = data.vocabulary.scale(key.procedure, key.subject, key.grade, key.year);
  return outcome == Outcome::primary ? scale.maximum : scale.test_maximum;
}

}  // namespace plausibility

Diagnostics find_implausible(const Dataset& data, const PlausibilityRules& rules) {
  Diagnostics out;
  for (const auto& [name, make] : plausibility::kChecks) {
    if (rules.checks(name)) make(data, rules, out);
  }
  return out;
}

}  // namespace kaskad
