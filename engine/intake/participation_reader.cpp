// Who takes part in a programme, what it promises, and who looks after whom.
#include "engine/intake/programme_rows.hpp"

namespace kaskad::intake {
namespace {

enum ParticipationField : std::size_t { kProgramme, kSchool, kYear, kState, kDocument, kReason };
static_assert(kParticipationFields[kReason].name == "reason" && kParticipationFields.size() == kReason + 1);

enum SupporterField : std::size_t { kRole, kName, kLevel, kOwner };
static_assert(kSupporterFields[kOwner].name == "owner" && kSupporterFields.size() == kOwner + 1);

using State = ParticipationState;
constexpr std::array<WordOf<State>, 22> kStateWords = {{{"takes_part", State::takes_part},
                                                        {"takes part", State::takes_part},
                                                        {"участвует", State::takes_part},
                                                        {"участник", State::takes_part},
                                                        {"в программе", State::takes_part},
                                                        {"поддержка", State::takes_part},
                                                        {"вошла", State::takes_part},
                                                        {"goes_on", State::goes_on},
                                                        {"goes on", State::goes_on},
                                                        {"продолжает", State::goes_on},
                                                        {"на доверии", State::goes_on},
                                                        {"completed", State::completed},
                                                        {"завершила", State::completed},
                                                        {"завершил", State::completed},
                                                        {"завершено", State::completed},
                                                        {"завершение", State::completed},
                                                        {"left", State::left},
                                                        {"выбыла", State::left},
                                                        {"выбыл", State::left},
                                                        {"вышла", State::left},
                                                        {"вышел", State::left},
                                                        {"исключена", State::left}}};

constexpr std::array<WordOf<SupporterRole>, 6> kRoleWords = {
    {{"curator", SupporterRole::curator},
     {"куратор", SupporterRole::curator},
     {"региональный куратор", SupporterRole::curator},
     {"coordinator", SupporterRole::coordinator},
     {"координатор", SupporterRole::coordinator},
     {"муниципальный координатор", SupporterRole::coordinator}}};

int read_school_year(const Field& field, const Row& row, Report& report) {
  const std::string_view text = field.text(row);
  if (!is_filled(text, field, report)) return 0;
  const std::optional<int> year = parse_year(text);
  if (!year) report.error("not-a-year", field, [&] { return Args{{"value", quoted(text)}}; });
  return year.value_or(0);
}

Participation participation_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state,
                               SchoolReader& schools, Report& report) {
  Participation participation;
  participation.programme = read_programme(fields[kProgramme], row, state, report);
  participation.school = schools.read(fields[kSchool], fields[kYear], row, report).value_or(0);
  participation.year = read_school_year(fields[kYear], row, report);
  if (const std::string_view word = fields[kState].text(row); is_filled(word, fields[kState], report))
    participation.state = read_word(word, fields[kState], kStateWords, report).value_or(State::takes_part);
  participation.document = fields[kDocument].text(row);
  participation.reason = fields[kReason].text(row);
  return participation;
}

Supporter supporter_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state, Report& report) {
  Supporter supporter;
  if (const std::string_view word = fields[kRole].text(row); is_filled(word, fields[kRole], report))
    supporter.role = read_word(word, fields[kRole], kRoleWords, report).value_or(SupporterRole::curator);
  supporter.name = read_required(fields[kName], row, report);
  supporter.owner = read_owner({fields[kLevel], fields[kOwner], {}}, row, {}, state, report);
  return supporter;
}

}  // namespace

void read_participation(OpenSource& source, IntakeState& state) {
  SchoolReader schools(*state.schools);
  read_items(
      source, state, kParticipationFields, kSchool, state.dataset.programme_data.participation,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return participation_of(fields, row, state, schools, report);
      },
      [](const Participation& p) { return entry_key(p.programme, p.school, p.year, static_cast<int>(p.state)); });
}

void read_supporters(OpenSource& source, IntakeState& state) {
  read_items(
      source, state, kSupporterFields, kName, state.dataset.programme_data.supporters,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return supporter_of(fields, row, state, report);
      },
      [](const Supporter& s) { return entry_key(static_cast<int>(s.role), s.name, owner_key(s.owner)); });
}

}  // namespace kaskad::intake
