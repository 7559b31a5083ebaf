#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

#include "indicators/plausibility_parts.hpp"

namespace kaskad::plausibility {
namespace {

/// Of fewer pupils a half is too few to ask about.
constexpr std::int64_t kLeastEnrolled = 10;

std::int64_t participants(const Cube::Cell& cell) {
  constexpr std::array<Outcome, 3> outcomes = {Outcome::primary, Outcome::test, Outcome::mark};
  std::int64_t most = 0;
  for (const Outcome outcome : outcomes) most = std::max(most, cell.tally(outcome).n());
  return most;
}

/// Pupils by a field of the context; nothing when it is not known.
std::optional<std::int64_t> enrolled(const Dataset& data, const std::string& field, SchoolId school, int year) {
  const auto index = field.empty() ? std::nullopt : data.context.field(field);
  const ContextValue* value = index ? data.context.find(*index, school, year) : nullptr;
  if (value == nullptr || value->n == 0) return std::nullopt;
  return std::llround(value->sum / static_cast<double>(value->n));
}

std::optional<std::int64_t> enrolled_in_grade(const Dataset& data, const PlausibilityRules& rules, const CellKey& key) {
  const auto field = rules.enrolment_by_grade.find(key.grade);
  return field == rules.enrolment_by_grade.end() ? std::nullopt : enrolled(data, field->second, key.school, key.year);
}

struct MostOfGrade {
  CellKey key;
  std::int64_t n = 0;
};
/// By school, year, procedure and grade: the subject with the most participants.
using MostParticipants = std::map<std::tuple<SchoolId, int, ProcedureId, int>, MostOfGrade>;

void check_most(const Dataset& data, const PlausibilityRules& rules, const CellKey& key, std::int64_t n,
                Diagnostics& out) {
  const std::optional<std::int64_t> in_grade = enrolled_in_grade(data, rules, key);
  const std::optional<std::int64_t> known = in_grade ? in_grade : enrolled(data, rules.enrolment, key.school, key.year);
  if (!known || n <= *known) return;
  Args args = args_of(data, key);
  args.insert(args.end(), {{"n", n}, {"enrolled", *known}, {"whose", std::string(in_grade ? "grade" : "school")}});
  out.push_back(doubt("more-participants-than-pupils", std::move(args)));
}

void check_fewest(const Dataset& data, const PlausibilityRules& rules, const MostOfGrade& most, Diagnostics& out) {
  const std::string& procedure = data.vocabulary.procedures[most.key.procedure].id;
  const bool whole =
      std::find(rules.whole_grade.begin(), rules.whole_grade.end(), procedure) != rules.whole_grade.end();
  const std::optional<std::int64_t> known = enrolled_in_grade(data, rules, most.key);
  if (!whole || !known || *known < kLeastEnrolled) return;
  const double share = static_cast<double>(most.n) / static_cast<double>(*known);
  if (share >= rules.fewest_participants) return;
  Args args = args_of(data, most.key);
  args.insert(
      args.end(),
      {{"n", most.n}, {"enrolled", *known}, {"percent", 100 * share}, {"least", 100 * rules.fewest_participants}});
  out.push_back(doubt("few-participants", std::move(args)));
}

}  // namespace

void check_participation(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out) {
  MostParticipants grades;
  for (std::size_t i = 0; i < data.cube.size(); ++i) {
    const Cube::Cell cell = data.cube.cell(i);
    const CellKey& key = cell.key;
    const std::int64_t n = participants(cell);
    check_most(data, rules, key, n, out);
    MostOfGrade& most = grades[{key.school, key.year, key.procedure, key.grade}];
    if (n > most.n) most = {key, n};
  }
  for (const auto& [grade, most] : grades) {
    if (most.n > 0) check_fewest(data, rules, most, out);
  }
}

}  // namespace kaskad::plausibility
