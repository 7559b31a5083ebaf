#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {
namespace {

bool is_called(const std::string& folded, const std::string& id, const Names& names,
               const std::vector<std::string>& synonyms) {
  const auto same = [&](const std::string& text) { return fold(text) == folded; };
  return same(id) || std::any_of(synonyms.begin(), synonyms.end(), same) ||
         std::any_of(names.begin(), names.end(), [&](const auto& name) { return same(name.second); });
}

template <class Id, class Items, class IsCalled>
std::optional<Id> find_item(const Items& items, std::string_view text, const IsCalled& called) {
  auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == text; });
  if (found == items.end()) found = std::find_if(items.begin(), items.end(), called);
  return found == items.end() ? std::nullopt : std::optional(static_cast<Id>(found - items.begin()));
}

template <class T>
void override_with(std::optional<T>& field, const std::optional<T>& stated) {
  if (stated) field = stated;
}

}  // namespace

std::optional<ProcedureId> Vocabulary::find_procedure(std::string_view text) const {
  const std::string folded = fold(text);
  return find_item<ProcedureId>(procedures, text, [&](const Procedure& p) {
    return is_called(folded, p.id, p.name, p.synonyms) || is_called(folded, p.id, p.short_name, {});
  });
}

std::optional<SubjectId> Vocabulary::find_subject(std::string_view text) const {
  const std::string folded = fold(text);
  return find_item<SubjectId>(subjects, text,
                              [&](const Subject& s) { return is_called(folded, s.id, s.name, s.synonyms); });
}

const SchoolType* Vocabulary::find_school_type(std::string_view text) const {
  const auto found =
      std::find_if(school_types.begin(), school_types.end(), [&](const SchoolType& t) { return t.id == text; });
  return found == school_types.end() ? nullptr : &*found;
}

std::shared_ptr<const UnitNames> Vocabulary::find_unit(std::string_view id) const {
  const auto found = std::find_if(units.begin(), units.end(), [&](const auto& unit) { return unit->id == id; });
  return found == units.end() ? nullptr : *found;
}

Scale Vocabulary::scale(ProcedureId procedure, SubjectId subject, int grade, int year) const {
  Scale merged;
  merged.procedure = procedures.at(procedure).id;
  merged.subject = subjects.at(subject).id;
  merged.grade = grade;
  for (const Scale& s : scales) {
    const bool matches = (s.procedure.empty() || s.procedure == merged.procedure) &&
                         (s.subject.empty() || s.subject == merged.subject) && (s.grade == 0 || s.grade == grade) &&
                         (s.first_year == 0 || s.first_year <= year) && (s.last_year == 0 || year <= s.last_year);
    if (!matches) continue;
    // Borders are those of a maximum.
    if (s.maximum && merged.maximum && *s.maximum != *merged.maximum) merged.marks.reset();
    override_with(merged.maximum, s.maximum);
    override_with(merged.test_maximum, s.test_maximum);
    override_with(merged.minimum, s.minimum);
    override_with(merged.high, s.high);
    override_with(merged.marks, s.marks);
    if (!s.unit.empty()) merged.unit = s.unit;
    if (!s.source.empty()) merged.source = s.source;
  }
  // The usual border of high scores says nothing of a scale that ends below it.
  if (merged.high && merged.test_maximum && *merged.high > *merged.test_maximum) merged.high.reset();
  return merged;
}

}  // namespace kaskad
