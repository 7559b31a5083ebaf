// Road maps, and the visits to schools.
#include "engine/intake/programme_rows.hpp"

namespace kaskad::intake {
namespace {

enum MeasureField : std::size_t {
  kProgramme,
  kLevel,
  kOwner,
  kId,
  kStage,
  kMeasure,
  kPerformer,
  kStart,
  kFinish,
  kDone,
  kResult,
  kDocument
};
static_assert(kMeasureFields[kDocument].name == "document" && kMeasureFields.size() == kDocument + 1);

enum VisitField : std::size_t { kSchool, kSupporter, kPlanned, kVisitDone, kPurpose, kVisitResult };
static_assert(kVisitFields[kVisitResult].name == "result" && kVisitFields.size() == kVisitResult + 1);

PlannedMeasure measure_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state, Report& report) {
  PlannedMeasure measure;
  measure.programme = read_optional_programme(fields[kProgramme], row, state, report);
  measure.owner = read_owner({fields[kLevel], fields[kOwner], {}}, row, measure.programme, state, report);
  measure.id = fields[kId].text(row);
  measure.stage = fields[kStage].text(row);
  measure.name = read_required(fields[kMeasure], row, report);
  measure.performer = fields[kPerformer].text(row);
  measure.start = read_first_day(fields[kStart], row, report);
  measure.finish = read_last_day(fields[kFinish], row, report);
  check_order(measure.start, measure.finish, fields[kFinish], report);
  measure.done = read_date(fields[kDone], row, report);
  measure.result = fields[kResult].text(row);
  measure.document = fields[kDocument].text(row);
  return measure;
}

/// The office's number tells measures apart; without one, what is done and when.
std::string key_of(const PlannedMeasure& m) {
  const std::string whose = entry_key(m.programme.value_or(-1), owner_key(m.owner));
  return m.id.empty() ? entry_key(whose, "", m.name, m.start, m.finish) : entry_key(whose, m.id, m.name);
}

Visit visit_of(const std::vector<Field>& fields, const Row& row, SchoolReader& schools, Report& report) {
  Visit visit;
  visit.school = schools.read(fields[kSchool], Field{}, row, report).value_or(0);
  visit.supporter = fields[kSupporter].text(row);
  visit.planned = read_date(fields[kPlanned], row, report);
  visit.done = read_date(fields[kVisitDone], row, report);
  if (fields[kPlanned].text(row).empty() && fields[kVisitDone].text(row).empty())
    is_filled({}, fields[kPlanned], report);
  visit.purpose = fields[kPurpose].text(row);
  visit.result = fields[kVisitResult].text(row);
  return visit;
}

}  // namespace

void read_measures(OpenSource& source, IntakeState& state) {
  read_items(
      source, state, kMeasureFields, kMeasure, state.dataset.programme_data.measures,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return measure_of(fields, row, state, report);
      },
      [](const PlannedMeasure& m) { return key_of(m); });
}

void read_visits(OpenSource& source, IntakeState& state) {
  SchoolReader schools(*state.schools);
  read_items(
      source, state, kVisitFields, kSchool, state.dataset.programme_data.visits,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return visit_of(fields, row, schools, report);
      },
      [](const Visit& v) { return entry_key(v.school, v.supporter, v.planned, v.done, v.purpose); });
}

}  // namespace kaskad::intake
