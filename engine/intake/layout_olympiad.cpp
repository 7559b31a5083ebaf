// Lists of participants, prize-takers and winners of a stage of the national olympiad (ВсОШ).
#include "engine/intake/cell_readings.hpp"
#include "engine/intake/layouts.hpp"

namespace kaskad::intake {
namespace {

constexpr std::array<LayoutColumn, 11> kList = {
    {{"procedure", {"этап", "этап олимпиады"}, false, stage_of},
     {"subject", {"предмет", "общеобразовательный предмет", "олимпиада"}},
     {"grade", {"класс", "класс участия", "класс обучения"}},
     {"mark", {"статус", "статус участника", "тип диплома", "результат участия"}, true},
     {"primary", {"балл", "баллы", "количество баллов", "кол-во баллов", "результат (балл)", "итоговый балл"}},
     {"school",
      {"код оо", "логин оо", "логин", "оо", "школа", "образовательная организация", "наименование оо"},
      true,
      school_of},
     {"pupil", {"код участника", "шифр"}},
     {"year", {"год", "учебный год"}},
     {column::kName, {"фамилия", "фио", "фио участника", "участник"}},
     {column::kName, {"имя"}},
     {column::kName, {"отчество"}}}};

constexpr std::array<Layout, 1> kOlympiad = {
    {{"olympiad-list", SourceKind::results, kList, 1, 0, "", nullptr, nullptr}}};

}  // namespace

std::span<const Layout> olympiad_layouts() { return kOlympiad; }

}  // namespace kaskad::intake
