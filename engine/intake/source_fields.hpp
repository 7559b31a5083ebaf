// Which fields each kind of source may give: one table for the reader of the project file, the intake and its
// diagnostics. The readers name places in it by enumerators, in this order.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "engine/intake/source.hpp"

namespace kaskad {

struct SourceField {
  std::string_view name;
  bool required = false;        ///< By a column or a constant.
  std::string_view heads = {};  ///< Other heads of its column in a tidy table, folded, parted by «|».
};

inline constexpr std::array<SourceField, 6> kRegistryFields = {
    {{"school", true}, {"name"}, {"municipality"}, {"type"}, {"rural"}, {"small"}}};
/// A wide file's results may each give their own procedure and subject. At least one of the last four must be there.
inline constexpr std::array<SourceField, 11> kResultFields = {{{"school", true},
                                                               {"year", true},
                                                               {"procedure", true},
                                                               {"subject", true},
                                                               {"grade"},
                                                               {"pupil"},
                                                               {"absent"},
                                                               {"primary"},
                                                               {"test"},
                                                               {"mark"},
                                                               {"journal"}}};
/// n2…n5 are pupils by mark, p2…p5 percents; `outcome` says of what the mean and the SD are.
inline constexpr std::array<SourceField, 17> kSummaryFields = {{{"school", true},
                                                                {"year", true},
                                                                {"procedure", true},
                                                                {"subject", true},
                                                                {"grade"},
                                                                {"n", true},
                                                                {"mean"},
                                                                {"sd"},
                                                                {"outcome"},
                                                                {"n2"},
                                                                {"n3"},
                                                                {"n4"},
                                                                {"n5"},
                                                                {"p2"},
                                                                {"p3"},
                                                                {"p4"},
                                                                {"p5"}}};
/// And any field of Context::fields.
inline constexpr std::array<SourceField, 2> kContextFields = {{{"school", true}, {"year"}}};
inline constexpr std::array<SourceField, 4> kGroupFields = {{{"school", true}, {"role", true}, {"from"}, {"to"}}};
/// `partner` helps the school; or all focus schools of a `pair` are partnered with its other schools.
inline constexpr std::array<SourceField, 3> kPartnerFields = {{{"school", true}, {"partner"}, {"pair"}}};
inline constexpr std::string_view kProgrammeHeads = "программа|код программы";
inline constexpr std::string_view kLevelHeads = "уровень";
inline constexpr std::string_view kOwnerHeads = "чья|муниципалитет|муниципалитет или школа|владелец";
inline constexpr std::string_view kSchoolHeads = "школа|оо|код школы|код оо";
inline constexpr std::string_view kDocumentHeads = "документ|основание|реквизиты документа";
inline constexpr std::string_view kDateHeads = "дата";
inline constexpr std::array<SourceField, 9> kProgrammeFields = {{{"programme", true, kProgrammeHeads},
                                                                 {"level", true, kLevelHeads},
                                                                 {"owner", false, kOwnerHeads},
                                                                 {"name", false, "название|название программы"},
                                                                 {"goal", false, "цель"},
                                                                 {"tasks", false, "задачи"},
                                                                 {"from", false, "начало|с"},
                                                                 {"to", false, "окончание|по"},
                                                                 {"coordinator", false, "координатор"}}};
inline constexpr std::array<SourceField, 8> kEvidenceFields = {{{"programme", true},
                                                                {"wave", true},
                                                                {"criterion", true},
                                                                {"score", true},
                                                                {"rater"},
                                                                {"document"},
                                                                {"date"},
                                                                {"reliable"}}};

/// Rows of `school` from year to year belong to `successor`, which the registry has.
inline constexpr std::array<SourceField, 4> kCrosswalkFields = {
    {{"school", true}, {"successor", true}, {"from"}, {"to"}}};
/// What is measured by each task of a work, and how hard it is.
inline constexpr std::array<SourceField, 8> kTaskFields = {{{"procedure", true},
                                                            {"year", true},
                                                            {"subject", true},
                                                            {"grade"},
                                                            {"task", true},
                                                            {"maximum"},
                                                            {"level"},
                                                            {"skill"}}};

/// A line of a road map.
inline constexpr std::array<SourceField, 12> kMeasureFields = {
    {{"programme", false, kProgrammeHeads},
     {"level", false, kLevelHeads},
     {"owner", false, kOwnerHeads},
     {"id", false, "№|№ п/п|номер"},
     {"stage", false, "этап"},
     {"measure", true, "мероприятие|мероприятия|мера"},
     {"performer", false, "исполнитель|исполнители|ответственный|ответственные"},
     {"start", false, "начало|срок начала"},
     {"finish", false, "срок|сроки|окончание|срок исполнения"},
     {"done", false, "выполнено|дата выполнения|факт"},
     {"result", false, "результат"},
     {"document", false, kDocumentHeads}}};
inline constexpr std::array<SourceField, 6> kParticipationFields = {{{"programme", true, kProgrammeHeads},
                                                                     {"school", true, kSchoolHeads},
                                                                     {"year", true, "год|учебный год"},
                                                                     {"state", true, "состояние|статус"},
                                                                     {"document", false, kDocumentHeads},
                                                                     {"reason", false, "причина"}}};
/// `period` is a year or a wave; `group` a role whose schools the target is for.
inline constexpr std::array<SourceField, 10> kTargetFields = {{{"indicator", true, "показатель"},
                                                               {"procedure", false, "процедура"},
                                                               {"subject", false, "предмет"},
                                                               {"grade", false, "класс"},
                                                               {"period", true, "период|год|волна"},
                                                               {"value", true, "целевое значение|значение"},
                                                               {"programme", false, kProgrammeHeads},
                                                               {"level", false, kLevelHeads},
                                                               {"owner", false, kOwnerHeads},
                                                               {"group", false, "группа"}}};
/// With an indicator and its value figures say how the result stands.
inline constexpr std::array<SourceField, 14> kExpectedFields = {{{"programme", true, kProgrammeHeads},
                                                                 {"number", true, "№|№ п/п|номер"},
                                                                 {"result", true, "ожидаемый результат|результат"},
                                                                 {"due", false, "срок"},
                                                                 {"state", false, "состояние|статус"},
                                                                 {"document", false, kDocumentHeads},
                                                                 {"date", false, kDateHeads},
                                                                 {"rater", false, "эксперт|кто оценил"},
                                                                 {"indicator", false, "показатель"},
                                                                 {"procedure", false, "процедура"},
                                                                 {"subject", false, "предмет"},
                                                                 {"grade", false, "класс"},
                                                                 {"period", false, "период|год|волна"},
                                                                 {"value", false, "целевое значение|значение"}}};
/// Of a `school`, or of whom `level` and `owner` name.
inline constexpr std::array<SourceField, 9> kComponentFields = {{{"component", true, "компонент"},
                                                                 {"score", true, "оценка|балл"},
                                                                 {"level", false, kLevelHeads},
                                                                 {"owner", false, kOwnerHeads},
                                                                 {"school", false, kSchoolHeads},
                                                                 {"group", false, "группа|участники"},
                                                                 {"date", false, kDateHeads},
                                                                 {"document", false, kDocumentHeads},
                                                                 {"reliable", false, "достоверно|достоверность"}}};
inline constexpr std::array<SourceField, 7> kDecisionFields = {{{"from", true, "с этапа"},
                                                                {"to", true, "на этап"},
                                                                {"date", true, kDateHeads},
                                                                {"level", false, kLevelHeads},
                                                                {"owner", false, kOwnerHeads},
                                                                {"reason", false, "причина"},
                                                                {"document", false, kDocumentHeads}}};
inline constexpr std::array<SourceField, 4> kSupporterFields = {{{"role", true, "роль"},
                                                                 {"name", true, "имя|фио|куратор"},
                                                                 {"level", false, kLevelHeads},
                                                                 {"owner", false, kOwnerHeads}}};
/// At least one of `planned` and `done`.
inline constexpr std::array<SourceField, 6> kVisitFields = {{{"school", true, kSchoolHeads},
                                                             {"supporter", false, "куратор|координатор"},
                                                             {"planned", false, "план|дата по плану"},
                                                             {"done", false, "факт|дата посещения|состоялось"},
                                                             {"purpose", false, "цель|цель посещения"},
                                                             {"result", false, "результат|итог"}}};
inline constexpr std::array<SourceField, 5> kProcessFields = {{{"school", true, kSchoolHeads},
                                                               {"monitoring", true, "мониторинг"},
                                                               {"wave", true, "волна"},
                                                               {"criterion", true, "критерий"},
                                                               {"score", true, "оценка|балл"}}};
/// `person` finds repeats alone and is forgotten with the row.
inline constexpr std::array<SourceField, 6> kCourseFields = {{{"school", true, kSchoolHeads},
                                                              {"course", true, "курс|программа курсов"},
                                                              {"person", true, "слушатель|код слушателя|педагог"},
                                                              {"entry", true, "вход|входная диагностика"},
                                                              {"final", true, "итог|итоговая диагностика"},
                                                              {"maximum", false, "максимум|максимальный балл"}}};

/// Context sources may also give any declared context field.
constexpr std::span<const SourceField> fields_of(SourceKind kind) {
  constexpr std::array<std::span<const SourceField>, kSourceKindNames.size()> kByKind = {
      kRegistryFields,      kResultFields,   kSummaryFields,   kContextFields,   kGroupFields,    kPartnerFields,
      kProgrammeFields,     kEvidenceFields, kCrosswalkFields, kTaskFields,      kResultFields,   kMeasureFields,
      kParticipationFields, kTargetFields,   kExpectedFields,  kComponentFields, kDecisionFields, kSupporterFields,
      kVisitFields,         kProcessFields,  kCourseFields};
  return kByKind[static_cast<std::size_t>(kind)];
}

/// The kind must have it.
constexpr const SourceField& field_of(SourceKind kind, std::string_view name) {
  const auto fields = fields_of(kind);
  return *std::find_if(fields.begin(), fields.end(), [&](const SourceField& f) { return f.name == name; });
}

}  // namespace kaskad
