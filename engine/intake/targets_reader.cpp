// Target values of indicators, and the results that programmes promise.
#include "engine/intake/programme_rows.hpp"
#include "engine/intake/role_words.hpp"

namespace kaskad::intake {
namespace {

enum TargetField : std::size_t {
  kIndicator,
  kProcedure,
  kSubject,
  kGrade,
  kPeriod,
  kValue,
  kProgramme,
  kLevel,
  kOwner,
  kGroup
};
static_assert(kTargetFields[kGroup].name == "group" && kTargetFields.size() == kGroup + 1);

enum ExpectedField : std::size_t {
  kOfProgramme,
  kNumber,
  kResult,
  kDue,
  kState,
  kDocument,
  kDate,
  kRater,
  kMeasure  ///< The first of six fields in the order of TargetField.
};
static_assert(kExpectedFields[kMeasure].name == kTargetFields[kIndicator].name &&
              kExpectedFields[kMeasure + std::size_t{kValue}].name == kTargetFields[kValue].name);

using State = ExpectedState;
constexpr std::array<WordOf<State>, 19> kStateWords = {{{"not_stated", State::not_stated},
                                                        {"not stated", State::not_stated},
                                                        {"не оценен", State::not_stated},
                                                        {"не оценено", State::not_stated},
                                                        {"reached", State::reached},
                                                        {"достигнут", State::reached},
                                                        {"достигнуто", State::reached},
                                                        {"выполнен", State::reached},
                                                        {"выполнено", State::reached},
                                                        {"да", State::reached},
                                                        {"partly", State::partly},
                                                        {"частично", State::partly},
                                                        {"достигнут частично", State::partly},
                                                        {"missed", State::missed},
                                                        {"не достигнут", State::missed},
                                                        {"не достигнуто", State::missed},
                                                        {"не выполнен", State::missed},
                                                        {"не выполнено", State::missed},
                                                        {"нет", State::missed}}};

/// The six fields that name a figure and the value it is to reach.
class TargetReader {
 public:
  explicit TargetReader(const IntakeState& state)
      : state_(state), procedure_(state.dataset.vocabulary), subject_(state.dataset.vocabulary) {}

  TargetValue read(std::span<const Field> fields, const Row& row, Report& report) {
    TargetValue target;
    target.indicator = read_indicator(fields[kIndicator], row, report);
    if (!fields[kProcedure].text(row).empty()) read_figure(fields, row, report, target);
    target.period = read_period(fields[kPeriod], row, report);
    target.value = read_value(fields[kValue], row, report);
    return target;
  }

 private:
  std::string read_indicator(const Field& field, const Row& row, Report& report) const {
    return is_filled(field.text(row), field, report)
               ? read_id(field, row, state_.names.indicators, "unknown-indicator", report)
               : std::string();
  }

  void read_figure(std::span<const Field> fields, const Row& row, Report& report, TargetValue& target) {
    const Vocabulary& words = state_.dataset.vocabulary;
    if (const auto procedure = procedure_.read(fields[kProcedure], row, report))
      target.procedure = words.procedures[*procedure].id;
    const std::string_view subject = fields[kSubject].text(row);
    target.subject = "*";
    if (!subject.empty() && subject != "*") {
      if (const auto found = subject_.read(fields[kSubject], row, report)) target.subject = words.subjects[*found].id;
    }
    target.grade = grade_.read(fields[kGrade], row, report).value_or(0);
  }

  /// A year or a wave.
  std::string read_period(const Field& field, const Row& row, Report& report) const {
    const std::string_view text = field.text(row);
    if (const std::optional<int> year = parse_year(text)) return fmt::format("{}", *year);
    return read_name(field, row, state_.names.waves, "unknown-wave", report);
  }

  const IntakeState& state_;
  ProcedureReader procedure_;
  SubjectReader subject_;
  GradeReader grade_;
};

std::string key_of(const TargetValue& t) {
  return entry_key(t.programme.value_or(-1), owner_key(t.owner), t.group, t.indicator, t.procedure, t.subject, t.grade,
                   t.period);
}

TargetValue target_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state, TargetReader& targets,
                      Report& report) {
  TargetValue target = targets.read(fields, row, report);
  target.programme = read_optional_programme(fields[kProgramme], row, state, report);
  target.owner = read_owner({fields[kLevel], fields[kOwner], {}}, row, target.programme, state, report);
  if (!fields[kGroup].text(row).empty()) {
    if (const std::optional<Role> role = read_role(fields[kGroup], row, report))
      target.group = kRoleNames[static_cast<std::size_t>(*role)];
  }
  target.place = report.place_of(Field{});
  return target;
}

ExpectedResult expected_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state,
                           TargetReader& targets, Report& report) {
  ExpectedResult expected;
  expected.programme = read_programme(fields[kOfProgramme], row, state, report);
  expected.number = read_required(fields[kNumber], row, report);
  expected.text = read_required(fields[kResult], row, report);
  expected.due = read_last_day(fields[kDue], row, report);
  if (const std::string_view word = fields[kState].text(row); !word.empty())
    expected.state = read_word(word, fields[kState], kStateWords, report).value_or(State::not_stated);
  expected.document = fields[kDocument].text(row);
  expected.date = read_date(fields[kDate], row, report);
  expected.rater = fields[kRater].text(row);
  if (!fields[kMeasure].text(row).empty()) {
    expected.measure = targets.read(std::span(fields).subspan(kMeasure), row, report);
    if (!report.row_is_sound()) return expected;
    expected.measure->programme = expected.programme;
    expected.measure->owner = owner_of(state.dataset.programmes[static_cast<std::size_t>(expected.programme)]);
    expected.measure->place = report.place_of(Field{});
  }
  return expected;
}

}  // namespace

void read_targets(OpenSource& source, IntakeState& state) {
  TargetReader targets(state);
  read_items(
      source, state, kTargetFields, kIndicator, state.dataset.programme_data.targets,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return target_of(fields, row, state, targets, report);
      },
      [](const TargetValue& t) { return key_of(t); });
}

void read_expected(OpenSource& source, IntakeState& state) {
  TargetReader targets(state);
  read_items(
      source, state, kExpectedFields, kNumber, state.dataset.programme_data.expected,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return expected_of(fields, row, state, targets, report);
      },
      [](const ExpectedResult& e) { return entry_key(e.programme, e.number); });
}

}  // namespace kaskad::intake
