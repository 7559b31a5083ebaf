// Diagnostics of the components of the cascade’s stages, and decisions on stages.
#include "engine/intake/programme_rows.hpp"

namespace kaskad::intake {
namespace {

enum ComponentField : std::size_t { kComponent, kScore, kLevel, kOwner, kSchool, kGroup, kDate, kDocument, kReliable };
static_assert(kComponentFields[kReliable].name == "reliable" && kComponentFields.size() == kReliable + 1);

enum DecisionField : std::size_t { kFrom, kTo, kDecided, kOfLevel, kOfOwner, kReason, kOrder };
static_assert(kDecisionFields[kOrder].name == "document" && kDecisionFields.size() == kOrder + 1);

constexpr std::array<WordOf<std::string_view>, 15> kGroupWords = {{{"managers", "managers"},
                                                                   {"руководители", "managers"},
                                                                   {"управленцы", "managers"},
                                                                   {"управленческая команда", "managers"},
                                                                   {"администрация", "managers"},
                                                                   {"teachers", "teachers"},
                                                                   {"педагоги", "teachers"},
                                                                   {"учителя", "teachers"},
                                                                   {"педагогический коллектив", "teachers"},
                                                                   {"pupils", "pupils"},
                                                                   {"обучающиеся", "pupils"},
                                                                   {"учащиеся", "pupils"},
                                                                   {"ученики", "pupils"},
                                                                   {"дети", "pupils"},
                                                                   {"школьники", "pupils"}}};

ComponentReport component_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state,
                             Report& report) {
  ComponentReport component;
  component.component = read_required(fields[kComponent], row, report);
  component.score = read_rating(fields[kScore], row, report);
  component.owner = read_owner({fields[kLevel], fields[kOwner], fields[kSchool]}, row, {}, state, report);
  if (const std::string_view word = fields[kGroup].text(row); !word.empty())
    component.group = read_word(word, fields[kGroup], kGroupWords, report).value_or("");
  component.date = read_date(fields[kDate], row, report);
  component.document = fields[kDocument].text(row);
  component.reliable = read_reliable(fields[kReliable], row, report);
  return component;
}

StageDecision decision_of(const std::vector<Field>& fields, const Row& row, const IntakeState& state, Report& report) {
  StageDecision decision;
  decision.from = read_required(fields[kFrom], row, report);
  decision.to = read_required(fields[kTo], row, report);
  if (is_filled(fields[kDecided].text(row), fields[kDecided], report))
    decision.date = read_date(fields[kDecided], row, report);
  decision.owner = read_owner({fields[kOfLevel], fields[kOfOwner], {}}, row, {}, state, report);
  decision.reason = fields[kReason].text(row);
  decision.document = fields[kOrder].text(row);
  return decision;
}

}  // namespace

void read_components(OpenSource& source, IntakeState& state) {
  read_items(
      source, state, kComponentFields, kComponent, state.dataset.programme_data.components,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return component_of(fields, row, state, report);
      },
      [](const ComponentReport& c) { return entry_key(owner_key(c.owner), c.group, c.component, c.date); });
}

void read_decisions(OpenSource& source, IntakeState& state) {
  read_items(
      source, state, kDecisionFields, kDecided, state.dataset.programme_data.decisions,
      [&](const std::vector<Field>& fields, const Row& row, Report& report) {
        return decision_of(fields, row, state, report);
      },
      [](const StageDecision& d) { return entry_key(owner_key(d.owner), d.from, d.to, d.date); });
}

}  // namespace kaskad::intake
