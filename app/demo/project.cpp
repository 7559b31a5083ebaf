// kaskad.toml of the demo region: a complete project file with comments, which an office can start its own from.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo/files.hpp"
#include "app/demo/papers.hpp"
#include "app/demo/tasks.hpp"

namespace kaskad::demo {
namespace {

constexpr std::string_view kOpening =
    R"toml(# Учебный проект: вымышленная область с данными всех видов. Ни одного человека и ни одной школы отсюда нет.
# Проверить: kaskad check kaskad.toml. Построить отчёты: kaskad run kaskad.toml -o out.
# Все ключи описаны в docs/project.md, поля файлов — в docs/data-formats.md.

[project]
id = "region"
title = { ru = "Результаты программы поддержки школ", en = "Results of the school support programme" }
organisation = { ru = "Центр оценки качества образования Верхнереченской области", en = "Centre for education quality of Verkhnerechensk Region" }
region = { ru = "Верхнереченская область (вымышленная)", en = "Verkhnerechensk Region (invented)" }
# Учебный год назван годом, в котором он заканчивается.
years = [@years@]
source_note = { ru = "Данные вымышлены: созданы программой (школ — @schools@, лет — @span@, учеников — @pupils_ru@, зерно @seed@)", en = "Invented data, made by the program (@schools@ schools, @span@ years, @pupils_en@ pupils tested, seed @seed@)" }

# Этапы мониторинга: входной, промежуточный, итоговый. Данные лет одного этапа складываются.
[waves]
entry = [@entry@]
@intermediate@final = [@last@]

# Показатели, в которых меньше десяти участников, не публикуются.
[publication]
minimum_n = 10

)toml";

constexpr std::string_view kSources =
    R"toml(# Источники. columns: в каком столбце стоит поле; values: что значат слова файла; constants: что одинаково во всех строках.

# Реестр школ: CP1251, точка с запятой.
[[source]]
kind = "registry"
file = "registry.csv"
encoding = "cp1251"
columns = { school = "Логин", name = "Наименование ОО", municipality = "Муниципалитет", type = "Вид ОО", rural = "Сельская", small = "Малокомплектная" }

# Социальные паспорта по годам: UTF-8, десятичная запятая; доли от 0 до 1.
[[source]]
kind = "context"
file = "context.csv"
columns = { school = "Логин", year = "Год", enrolment = "Обучающихся", both_parents_higher = "Оба родителя с высшим образованием", single_parent = "Неполные семьи", on_register = "На учёте", russian_not_native = "Русский язык не родной" }

# Фокус-группа, контрольная группа, базовые площадки и школы-партнёры.
[[source]]
kind = "groups"
file = "groups.csv"
encoding = "cp1251"
columns = { school = "Логин", role = "Группа", from = "С года", to = "По год" }
values.role = { "фокус-группа" = "focus", "контрольная группа" = "control", "базовая площадка" = "base", "школа-партнёр" = "partner" }

# Кто кому помогает. Сильная школа может помогать трём.
[[source]]
kind = "partners"
file = "partners.csv"
columns = { school = "Школа", partner = "Школа-партнёр" }

# Программы: школьные, муниципальные и региональная.
[[source]]
kind = "programmes"
file = "programmes.csv"
encoding = "cp1251"
columns = { programme = "Код программы", level = "Уровень", owner = "Чья", name = "Название" }
values.level = { "школьная" = "school", "муниципальная" = "municipal", "региональная" = "regional" }

# Подтверждения по девяти позициям управленческого цикла: 0 — нет, 0.5 — частично, 1 — полностью.
[[source]]
kind = "evidence"
file = "evidence.csv"
columns = { programme = "Программа", wave = "Этап мониторинга", criterion = "Критерий", rater = "Эксперт", score = "Оценка", document = "Документ", date = "Дата", reliable = "Достоверно" }

)toml";

constexpr std::string_view kExams = R"toml(# ОГЭ и ЕГЭ: строка — один участник и один предмет.
[[source]]
kind = "results"
file = "oge.csv"
columns = { school = "Код ОО", year = "Год", grade = "Класс", subject = "Предмет", pupil = "Код участника", primary = "Первичный балл", mark = "Отметка" }
constants = { procedure = "ОГЭ" }
absent = ["не явился"]

[[source]]
kind = "results"
file = "ege.csv"
columns = { school = "Код ОО", year = "Год", grade = "Класс", subject = "Предмет", pupil = "Код участника", primary = "Первичный балл", test = "Тестовый балл" }
constants = { procedure = "ЕГЭ" }
absent = ["не явился"]

# Олимпиада: этап назван в столбце, статус участника считается отметкой (участник 1, призёр 2, победитель 3).
[[source]]
kind = "results"
file = "olympiads.csv"
columns = { school = "Логин", year = "Год", grade = "Класс", procedure = "Этап", subject = "Предмет", pupil = "Код участника", mark = "Статус" }

# Диагностическая работа: некоторые школы прислали только итоги.
[[source]]
kind = "summaries"
file = "diagnostic-10.csv"
columns = { school = "Логин", year = "Год", grade = "Класс", subject = "Предмет", n = "Участников", mean = "Средний балл", sd = "Стандартное отклонение" }
constants = { procedure = "ДР" }

)toml";

constexpr std::string_view kClosing = R"toml(# Пять цифр для первой страницы; первая — главная.
[[headline]]
indicator = "mean_test"
procedure = "EGE"
subject = "RU"
grade = 11

[[headline]]
indicator = "mean_test"
procedure = "EGE"
subject = "MAP"
grade = 11

[[headline]]
indicator = "quality"
procedure = "OGE"
subject = "MA"
grade = 9

[[headline]]
indicator = "pass_rate"
procedure = "VPR"
subject = "MA"
grade = 6

[[headline]]
indicator = "olympiad_awards"
procedure = "OLYMPIAD_SCHOOL"
subject = "*"
grade = 0

# Отчёты. Паспорта печатаются и одним файлом.
[[report]]
kind = "annual"
file = "annual.pdf"

[[report]]
kind = "annual"
file = "annual.html"

[[report]]
kind = "brief"
file = "brief.pdf"

[[report]]
kind = "effect"
file = "effect.pdf"

[[report]]
kind = "list"
file = "list.pdf"

[[report]]
kind = "quality"
file = "quality.pdf"

[[report]]
kind = "municipal"
file = "municipalities/{municipality}.pdf"

[[report]]
kind = "municipal_workbook"
file = "municipalities/{municipality}.xlsx"

[[report]]
kind = "passport"
file = "passports/{school}.pdf"
merged = "passports.pdf"

[[report]]
kind = "workbook"
file = "workbook.xlsx"

[[report]]
kind = "estimates"
file = "estimates.csv"
)toml";

std::string filled(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& values) {
  std::string out(pattern);
  for (const auto& [name, value] : values) {
    for (auto at = out.find(name); at != std::string::npos; at = out.find(name, at + value.size())) {
      out.replace(at, name.size(), value);
    }
  }
  return out;
}

std::string year_list(int first, int last) {
  std::string out;
  for (int year = first; year <= last; ++year) out += (out.empty() ? "" : ", ") + std::to_string(year);
  return out;
}

/// 12 000; numbers of four digits stay whole.
std::string grouped(std::int64_t number, std::string_view separator) {
  std::string out = std::to_string(number);
  if (out.size() < 5) return out;
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, separator);
  return out;
}

std::string opening(const Region& region) {
  const DemoOptions& options = region.options;
  const int first = region.first_year();
  const int entry_end = first + region.waves.entry;
  const std::string intermediate =
      region.waves.has_intermediate() ? "intermediate = [" + year_list(entry_end, options.last_year - 1) + "]\n" : "";
  return filled(kOpening, {{"@years@", year_list(first, options.last_year)},
                           {"@entry@", year_list(first, entry_end - 1)},
                           {"@intermediate@", intermediate},
                           {"@last@", std::to_string(options.last_year)},
                           {"@schools@", std::to_string(options.schools)},
                           {"@span@", std::to_string(options.years)},
                           {"@pupils_ru@", grouped(options.pupils, " ")},
                           {"@pupils_en@", grouped(options.pupils, ",")},
                           {"@seed@", std::to_string(options.seed)}});
}

std::string_view procedure_id(Exam exam) { return exam == Exam::vpr ? "VPR" : (exam == Exam::oge ? "OGE" : "EGE"); }

std::string scale(const Region& region, const Paper& paper) {
  std::string out = "[[scale]]\nprocedure = \"" + std::string(procedure_id(paper.exam)) + "\"\nsubject = \"" +
                    std::string(subject(paper.subject).id) + "\"\ngrade = " + std::to_string(paper.grade) +
                    "\nyears = [" + std::to_string(region.first_year()) + ", " +
                    std::to_string(region.options.last_year) + "]\nmaximum = " + std::to_string(paper.maximum) + "\n";
  if (paper.exam == Exam::ege) {
    return out + "test_maximum = 100\nminimum = " + std::to_string(lowest_test_score(paper.subject)) + "\n\n";
  }
  out += "marks = [" + std::to_string(paper.marks[0]) + ", " + std::to_string(paper.marks[1]) + ", " +
         std::to_string(paper.marks[2]) + "]\n\n";
  return out;
}

std::string scales(const Region& region) {
  std::string out =
      "# Шкалы учебной области одни на все годы. marks — наибольшие первичные баллы отметок 2, 3 и 4;\n"
      "# minimum — наименьший тестовый балл, с которым экзамен сдан.\n";
  for (const int grade : region.grades) {
    for (const Paper& paper : papers_of_grade(grade)) out += scale(region, paper);
  }
  return out + "[[scale]]\nprocedure = \"DR\"\ngrade = 10\nmaximum = 20\n\n";
}

/// A source with several results in a row: one line of `result` a paper.
std::string vpr_source(std::string_view comment, std::string_view file, std::string_view encoding, int grade) {
  std::string out = std::string(comment) + "[[source]]\nkind = \"results\"\nfile = \"" + std::string(file) + "\"\n" +
                    "encoding = \"" + std::string(encoding) + "\"\n" +
                    "columns = { school = \"Логин\", year = \"Год\", grade = \"Класс\", pupil = \"Код участника\" }\n"
                    "constants = { procedure = \"ВПР\" }\nabsent = [\"отсутствовал\"]\nresult = [\n";
  for (const Paper& paper : papers_of_grade(grade)) {
    if (has_tasks(paper)) continue;
    const DemoSubject& what = subject(paper.subject);
    const std::string code(what.code);
    out += "  { subject = \"" + std::string(what.id) + "\", primary = \"" + code + " балл\", mark = \"" + code +
           " отметка\", journal = \"" + code + " журнал\" },\n";
  }
  return out + "]\n\n";
}

constexpr std::string_view kTaskSources =
    R"toml(# ВПР по математике, 5–8 классы: файлы ФИС ОКО как есть, с баллами по заданиям. Столбцы «Каскад» находит сам.
[[source]]
kind = "results"
layout = "fis-oko-pupils"
file = "fis-oko-ma*.csv"
encoding = "cp1251"

# Что проверяет каждое задание: уровень (Б, П, В) и умение.
[[source]]
kind = "tasks"
file = "tasks.csv"
columns = { procedure = "Процедура", year = "Год", subject = "Предмет", grade = "Класс", task = "Задание", maximum = "Максимум", level = "Уровень", skill = "Умение" }

)toml";

std::string vpr_sources(const Region& region) {
  std::string out;
  if (has_vpr(region, 4)) {
    out += vpr_source("# ВПР, 4 класс: строка — один участник, в ней несколько предметов.\n", "vpr-4.csv", "utf-8", 4);
  }
  out += vpr_source("# ВПР, 5–8 классы, кроме математики: то же в CP1251.\n", "vpr-5-8.csv", "cp1251", 6);
  return out.append(kTaskSources);
}

}  // namespace

DemoFile project_file(const SharedRegion& region) {
  return {"kaskad.toml", [region](const Sink& sink) {
            sink(opening(*region));
            sink(scales(*region));
            sink(kSources);
            sink(vpr_sources(*region));
            sink(kExams);
            sink(kClosing);
          }};
}

}  // namespace kaskad::demo
