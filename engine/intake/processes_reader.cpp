// Monitorings of processes: one position of a school in a wave a row.
#include "engine/intake/programme_rows.hpp"

namespace kaskad::intake {
namespace {

enum ProcessField : std::size_t { kSchool, kMonitoring, kWave, kCriterion, kScore };
static_assert(kProcessFields[kScore].name == "score" && kProcessFields.size() == kScore + 1);

ProcessScore score_of(const std::vector<Field>& fields, const Row& row, SchoolReader& schools, Report& report) {
  ProcessScore item;
  item.school = schools.read(fields[kSchool], Field{}, row, report).value_or(0);
  item.monitoring = read_required(fields[kMonitoring], row, report);
  item.wave = read_required(fields[kWave], row, report);
  item.criterion = read_required(fields[kCriterion], row, report);
  item.score = read_value(fields[kScore], row, report);
  return item;
}

}  // namespace

void read_processes(OpenSource& source, IntakeState& state) {
  SchoolReader schools(*state.schools);
  read_items(
      source, state, kProcessFields, kCriterion, state.dataset.programme_data.processes,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return score_of(fields, row, schools, report);
      },
      [](const ProcessScore& p) { return entry_key(p.school, p.monitoring, p.wave, p.criterion); });
}

}  // namespace kaskad::intake
