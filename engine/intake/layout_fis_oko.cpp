// ФИС ОКО: tables of the national check works (ВПР).
#include "engine/base/text.hpp"
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/layouts.hpp"
#include "engine/intake/special_readers.hpp"
#include "engine/intake/title_facts.hpp"

namespace kaskad::intake {
namespace {

constexpr std::array<LayoutColumn, 10> kPupils = {{{"school", {"оо", "логин оо", "логин"}},
                                                   {column::kSign, {"муниципалитет"}},
                                                   {column::kSign, {"название оо", "наименование оо"}},
                                                   {"pupil", {"код участника"}, true},
                                                   {"grade", {"класс"}},
                                                   {"absent", {"вариант"}, false, absence_of},
                                                   {"primary", {"первичный балл"}, true},
                                                   {"mark", {"отметка"}},
                                                   {"journal", {"отметка по журналу", "отметка по журналу*"}},
                                                   {column::kTask}}};

constexpr std::array<LayoutColumn, 9> kCollection = {{{"school", {"оо", "логин оо", "логин"}},
                                                      {"pupil", {"код участника"}, true},
                                                      {"absent", {"вариант"}, true, absence_of},
                                                      {column::kSign, {"порядковый номер класса"}, true},
                                                      {column::kSign, {"пол"}},
                                                      {"journal", {"отметка за пред*"}},
                                                      {"primary", {"итого баллов", "итого", "итоговый балл"}, true},
                                                      {"mark", {"отметка за работу"}},
                                                      {column::kTask}}};

/// Of the three tables by groups of pupils.
enum GroupColumn : std::size_t { kGroup, kUnits };

constexpr std::array<LayoutColumn, 7> kMarks = {{{"school", {"группы участников"}, true, school_of},
                                                 {column::kUnits, {"кол-во оо"}},
                                                 {"n", {"кол-во участников", "кол-во участников*"}, true},
                                                 {"p2", {"2"}, true},
                                                 {"p3", {"3"}, true},
                                                 {"p4", {"4"}, true},
                                                 {"p5", {"5"}, true}}};

constexpr std::array<LayoutColumn, 9> kAgainstJournal = {
    {{"school", {"группы участников"}, true, school_of},
     {column::kUnits, {"кол-во оо"}},
     {"n", {"кол-во участников(всего)", "кол-во участников (всего)", "кол-во участников"}, true},
     {column::kSign, {"понизили %", "понизили*%"}},
     {column::kLowered, {"понизили кол-во*", "понизили количество*"}, true},
     {column::kSign, {"подтвердили %"}},
     {column::kConfirmed, {"подтвердили кол-во*", "подтвердили количество*"}, true},
     {column::kSign, {"повысили %"}},
     {column::kRaised, {"повысили кол-во*", "повысили количество*"}, true}}};

constexpr std::array<LayoutColumn, 8> kDistribution = {{{"school", {"логин", "логин оо"}, true},
                                                        {column::kSign, {"муниципалитет"}},
                                                        {column::kSign, {"оо"}},
                                                        {"year", {"год"}},
                                                        {"grade", {"класс"}},
                                                        {"subject", {"предмет"}},
                                                        {"n", {"кол-во участников", "количество участников"}, true},
                                                        {column::kScore}}};

/// The row above a school's pupils names it: «МБОУ «…»(edu######) | Кол-во участников: 89».
RowRole role_in_pupils(const LayoutRow& row, const Vocabulary&, Facts& facts) {
  constexpr std::size_t pupil = 3;
  const std::string_view first = row.first();
  const std::string_view login = login_in(first);
  // A pupil's row has a code of its own and no login in its first cell.
  if (login.empty() || (!row.cell(pupil).empty() && row.cell(pupil) != first)) return RowRole::data;
  facts.values[Facts::kSchool] = login;
  return RowRole::heading;
}

RowRole role_in_collection(const LayoutRow& row, const Vocabulary&, Facts& facts) {
  constexpr std::size_t pupil = 1;
  const std::string_view first = row.first();
  const std::string_view login = login_in(first);
  if (login.empty() || (!row.cell(pupil).empty() && row.cell(pupil) != first)) return RowRole::data;
  facts.values[Facts::kSchool] = login;
  return RowRole::heading;
}

/// Sums over schools come in the same table: the whole sample, the region, municipalities «…(reg20_m012)».
RowRole role_in_groups(const LayoutRow& row, const Vocabulary&, Facts&) {
  const std::string_view name = row.cell(kGroup);
  if (name.empty()) return RowRole::data;
  if (!row.cell(kUnits).empty() || name.find("(reg") != std::string_view::npos) return RowRole::total;
  if (fold(name) == "вся выборка") return RowRole::total;
  // Where the number of schools is not given, only schools have a login.
  return row.places[kUnits] < 0 && login_in(name).empty() ? RowRole::total : RowRole::data;
}

constexpr std::array<Layout, 5> kFisOko = {
    {{"fis-oko-pupils", SourceKind::results, kPupils, 1, 1, "ВПР", role_in_pupils, nullptr},
     {"fis-oko-collection", SourceKind::results, kCollection, 1, 1, "ВПР", role_in_collection, nullptr},
     {"fis-oko-marks", SourceKind::summaries, kMarks, 1, 0, "ВПР", role_in_groups, nullptr},
     {"fis-oko-journal", SourceKind::summaries, kAgainstJournal, 2, 0, "ВПР", role_in_groups, read_against_journal},
     {"fis-oko-scores", SourceKind::summaries, kDistribution, 1, 3, "ВПР", nullptr, read_distribution}}};

}  // namespace

std::span<const Layout> fis_oko_layouts() { return kFisOko; }

}  // namespace kaskad::intake
