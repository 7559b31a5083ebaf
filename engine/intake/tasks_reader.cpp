// What the tasks of a work measure, and how hard they are.
#include "engine/intake/cell_fields.hpp"
#include "engine/intake/state.hpp"

namespace kaskad::intake {
namespace {

enum Place : std::size_t { kProcedure, kYear, kSubject, kGrade, kTask, kMaximum, kLevel, kSkill };
static_assert(kTaskFields[kSkill].name == "skill" && kTaskFields.size() == kSkill + 1);

int read_maximum(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (text.empty()) return 0;
  const ParsedInteger number = parse_integer(text);
  if (number.state == NumberState::good && number.value > 0 && number.value <= TaskCounter::kHighest) {
    return static_cast<int>(number.value);
  }
  report.error("not-a-number", field, [&] { return Args{{"value", quoted(text)}}; });
  return 0;
}

}  // namespace

void read_tasks(OpenSource& source, IntakeState& state) {
  const std::vector<Field> fields = bind_fields(source, kTaskFields);
  if (fields.empty()) return;
  Dataset& dataset = state.dataset;
  ProcedureReader procedure_reader(dataset.vocabulary);
  YearReader year_reader(dataset.vocabulary.years);
  SubjectReader subject_reader(dataset.vocabulary);
  GradeReader grade_reader;
  for_each_row(source, [&](const Row& row) {
    Report& report = source.report;
    const auto procedure = procedure_reader.read(fields[kProcedure], row, report);
    const auto year = year_reader.read(fields[kYear], row, report);
    const auto subject = subject_reader.read(fields[kSubject], row, report);
    const auto grade = grade_reader.read(fields[kGrade], row, report);
    is_filled(fields[kTask].text(row), fields[kTask], report);
    const int maximum = read_maximum(fields[kMaximum], row, report);
    if (!report.close_row()) return;
    const CellKey work{0, static_cast<std::int16_t>(*year), *procedure, *subject, static_cast<std::uint8_t>(*grade)};
    if (const auto task = dataset.tasks.add(fields[kTask].text(row))) {
      dataset.tasks.specs[{work.packed(), *task}] = {maximum, std::string(fields[kLevel].text(row)),
                                                     std::string(fields[kSkill].text(row))};
    }
  });
}

}  // namespace kaskad::intake
