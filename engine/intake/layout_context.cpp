// What schools say of themselves: questionnaires with a row a school or a respondent, and social passports, a line an
// indicator. Their columns and lines are known by the names of the project's context fields.
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/layouts.hpp"
#include "engine/intake/special_readers.hpp"
#include "engine/intake/title_facts.hpp"

namespace kaskad::intake {
namespace {

constexpr std::array<LayoutColumn, 5> kQuestionnaire = {
    {{"school",
      {"код оо", "логин оо", "логин", "оо", "школа", "образовательная организация", "наименование оо"},
      true,
      school_of},
     {"year", {"год", "учебный год"}},
     {column::kName, {"фио", "фамилия", "респондент", "фио респондента"}},
     {column::kSign, {"муниципалитет"}},
     {column::kContext}}};

constexpr std::array<LayoutColumn, 3> kPassport = {
    {{column::kKey,
      {"показатель", "показатели", "наименование показателя", "категория", "параметр", "сведения", "вопрос"},
      true},
     {column::kValue, {"значение", "количество*", "кол-во*", "число", "ответ", "всего", "данные"}, true},
     {column::kSign, {"примечание"}}}};

/// A line with a login begins the passport of another school; it may say the year, too.
RowRole role_in_passport(const LayoutRow& row, const Vocabulary& vocabulary, Facts& facts) {
  const std::string_view first = row.first();
  const std::string_view login = login_in(first);
  if (login.empty()) return RowRole::data;
  Facts said;
  read_title(first, vocabulary, said);
  facts.values[Facts::kSchool] = login;
  if (!said.values[Facts::kYear].empty()) facts.values[Facts::kYear] = said.values[Facts::kYear];
  return RowRole::heading;
}

constexpr std::array<Layout, 2> kContextLayouts = {
    {{"questionnaire", SourceKind::context, kQuestionnaire, 1, 1, "", nullptr, nullptr},
     {"social-passport", SourceKind::context, kPassport, 1, 0, "", role_in_passport, read_passport}}};

}  // namespace

std::span<const Layout> context_layouts() { return kContextLayouts; }

}  // namespace kaskad::intake
