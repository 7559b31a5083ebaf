// A region drawn by chance, written in every layout and format and read back: the cube is that of its tidy twin.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "engine/base/random.hpp"
#include "tests/intake_office.hpp"
#include "tests/intake_tables.hpp"

namespace kaskad {
namespace {

using Line = std::vector<std::string>;

struct RegionPupil {
  int school = 0;
  std::string code;
  bool absent = false;
  std::vector<int> tasks;  ///< −1 = not taken.
  int mark = 0;
  int journal = 0;
  int test = 0;
  int sum() const {
    int sum = 0;
    for (const int score : tasks) sum += std::max(0, score);
    return sum;
  }
};

const std::vector<std::pair<std::string, int>> kTasks = {{"1", 15}, {"2.1", 13}, {"3К1", 10}};
constexpr int kSchools = 3;

std::string login(int school) { return "edu22000" + std::to_string(school + 1); }
std::string digits(int school) { return "22000" + std::to_string(school + 1); }

struct Region {
  std::vector<RegionPupil> pupils;
  RandomStream random;

  explicit Region(std::uint64_t seed) : random(seed, 5) {
    for (int school = 0; school < kSchools; ++school) {
      const int n = 2 + static_cast<int>(random.below(18));
      for (int i = 0; i < n; ++i) pupils.push_back(draw(school, i));
    }
  }

  RegionPupil draw(int school, int i) {
    RegionPupil p;
    p.school = school;
    p.code = fmt::format("{}{:03}", school + 4, i);
    p.absent = i > 0 && random.below(10) == 0;
    for (const auto& [name, maximum] : kTasks) {
      p.tasks.push_back(random.below(8) == 0 ? -1
                                             : static_cast<int>(random.below(static_cast<std::uint64_t>(maximum) + 1)));
    }
    p.mark = 2 + static_cast<int>(random.below(4));
    p.journal = 2 + static_cast<int>(random.below(4));
    p.test = static_cast<int>(random.below(101));
    return p;
  }
  /// One of the ways to write that a task was not taken.
  std::string cross() {
    const std::vector<std::string> ways = {"X", "x", "х", "не пройд."};
    return ways[random.below(ways.size())];
  }
  Line task_cells(const RegionPupil& p) {
    Line cells;
    for (const int score : p.tasks) cells.push_back(p.absent ? "" : score < 0 ? cross() : std::to_string(score));
    return cells;
  }
  std::vector<RegionPupil> of(int school) const {
    std::vector<RegionPupil> mine;
    for (const RegionPupil& p : pupils) {
      if (p.school == school) mine.push_back(p);
    }
    return mine;
  }
};

Line operator+(Line a, const Line& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Line task_heads() {
  Line heads;
  for (const auto& [name, maximum] : kTasks) heads.push_back(fmt::format("{} ({}б)", name, maximum));
  return heads;
}

std::string unless_absent(const RegionPupil& p, int value) { return p.absent ? "" : std::to_string(value); }

TableRows fis_title(const std::string& form) {
  return {{form},
          {},
          {"ВПР 2024 Русский язык 4 класс"},
          {"Предмет:", "Русский язык"},
          {"Максимальный первичный балл:", "38"},
          {"Дата:", "16.04.2024"},
          {}};
}

using Files = std::vector<TableRows>;

Files fis_pupils(Region& region) {
  TableRows rows = fis_title("Индивидуальные результаты");
  rows.push_back(Line{"ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"} + task_heads() +
                 Line{"Первичный балл", "Отметка", "Отметка по журналу"});
  for (int school = 0; school < kSchools; ++school) {
    rows.push_back({"Школа(" + login(school) + ")", "Кол-во участников: 3"});
    for (const RegionPupil& p : region.of(school)) {
      rows.push_back(Line{"", "город Ясный", "Школа", p.code, "4", p.absent ? "отсутствовал" : "1"} +
                     region.task_cells(p) +
                     Line{unless_absent(p, p.sum()), unless_absent(p, p.mark), std::to_string(p.journal)});
    }
  }
  return {rows};
}

Files fis_collection(Region& region) {
  Files files;
  for (int school = 0; school < kSchools; ++school) {
    TableRows rows = fis_title("Форма сбора. Школа(" + login(school) + ")");
    rows.push_back(
        Line{"Код участника", "Вариант"} + task_heads() +
        Line{"Порядковый номер класса", "Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов"});
    for (const RegionPupil& p : region.of(school)) {
      rows.push_back(Line{p.code, p.absent ? "Отсутствовал" : "2"} + region.task_cells(p) +
                     Line{"1", std::to_string(p.journal), unless_absent(p, p.sum())});
    }
    files.push_back(rows);
  }
  return files;
}

std::string percent(std::size_t part, std::size_t whole) {
  return fmt::format("{:.2f}", whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::vector<RegionPupil> present(const Region& region, int school) {
  std::vector<RegionPupil> all = region.of(school);
  all.erase(std::remove_if(all.begin(), all.end(), [](const RegionPupil& p) { return p.absent; }), all.end());
  return all;
}

template <class Fits>
std::size_t count_of(const std::vector<RegionPupil>& pupils, const Fits& fits) {
  return static_cast<std::size_t>(std::count_if(pupils.begin(), pupils.end(), fits));
}

Files fis_marks(Region& region) {
  TableRows rows = fis_title("Статистика по отметкам");
  rows.push_back({"Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"});
  rows.push_back({"Вся выборка", "35000", "1400000", "4.5", "30.5", "45", "20"});
  for (int school = 0; school < kSchools; ++school) {
    const std::vector<RegionPupil> mine = present(region, school);
    Line line = {"Школа(" + login(school) + ")", "", std::to_string(mine.size())};
    for (int mark = 2; mark <= 5; ++mark)
      line.push_back(percent(count_of(mine, [=](const auto& p) { return p.mark == mark; }), mine.size()));
    rows.push_back(line);
  }
  return {rows};
}

Files fis_journal(Region& region) {
  TableRows rows = fis_title("Сравнение отметок с отметками по журналу");
  rows.push_back({"Группы участников", "Кол-во участников(всего)", "Понизили", "", "Подтвердили", "", "Повысили", ""});
  rows.push_back({"", "", "%", "Кол-во участников", "%", "Кол-во участников", "%", "Кол-во участников"});
  for (int school = 0; school < kSchools; ++school) {
    const std::vector<RegionPupil> mine = present(region, school);
    Line line = {"Школа(" + login(school) + ")", std::to_string(mine.size())};
    for (const int sign : {-1, 0, 1}) {
      const std::size_t n =
          count_of(mine, [=](const auto& p) { return (p.mark > p.journal) - (p.mark < p.journal) == sign; });
      line.push_back(percent(n, mine.size()));
      line.push_back(std::to_string(n));
    }
    rows.push_back(line);
  }
  return {rows};
}

Files fis_scores(Region& region) {
  TableRows rows = {{"Год", "Логин", "Муниципалитет", "ОО", "Класс", "Предмет", "Кол-во участников"}};
  for (int score = 0; score <= 38; ++score) rows[0].push_back(std::to_string(score));
  for (int school = 0; school < kSchools; ++school) {
    const std::vector<RegionPupil> mine = present(region, school);
    Line line = {"2024", login(school), "", "Школа", "4", "Русский язык", std::to_string(mine.size())};
    for (int score = 0; score <= 38; ++score)
      line.push_back(percent(count_of(mine, [=](const auto& p) { return p.sum() == score; }), mine.size()));
    rows.push_back(line);
  }
  return {rows};
}

Files export_2020(Region& region) {
  TableRows rows = {{"groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum"}};
  for (const auto& [name, maximum] : kTasks) rows[0].push_back("a-" + name + "-grade");
  for (const RegionPupil& p : region.pupils) {
    rows.push_back(Line{"Регион 22", "sch" + digits(p.school), "1", p.code, std::to_string(p.journal), "м", "4",
                        p.absent ? "отсутствовал" : "1", "", p.absent ? "null" : std::to_string(p.sum())} +
                   region.task_cells(p));
  }
  return {rows};
}

Files export_2021(Region& region) {
  TableRows rows = {{"логин школы", "регион", "номер обучающегося", "код обучающегося",
                     "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов"}};
  for (const auto& [name, maximum] : kTasks) rows[0].push_back("балл за " + name);
  for (const RegionPupil& p : region.pupils) {
    rows.push_back(Line{"ksh" + digits(p.school), "город Ясный", "1", p.code, std::to_string(p.journal), "Ж", "4",
                        p.absent ? "отсутствовал" : "1", unless_absent(p, p.sum())} +
                   region.task_cells(p));
  }
  return {rows};
}

Line names_of(const RegionPupil& p) { return {"Фамилия-" + p.code, "Имя", "Отчество"}; }

Files ege_compact(Region& region) {
  TableRows rows = {{"01 - Русский язык 2025.05.30"},
                    {"№", "Код ППЭ", "Код ОО", "Класс", "Код ООП", "Профиль", "Фамилия", "Имя", "Отчество", "Вариант",
                     "Код участника", "№ бланка", "Ответы в краткой форме", "Ответы в развернутой форме",
                     "Первичный балл", "Итоговый балл"}};
  for (const RegionPupil& p : region.pupils) {
    rows.push_back(Line{"1", "901", digits(p.school), "11А", "1", ""} + names_of(p) +
                   Line{"401", p.code, "B", "+-", "3(3)", unless_absent(p, p.sum()), unless_absent(p, p.test)});
  }
  return {rows};
}

Files ege_sparse(Region& region) {
  TableRows rows = {{"", "01 - Русский язык 2025.05.30"},
                    {"№",
                     "",
                     "Код МСУ",
                     "",
                     "Код ОО",
                     "",
                     "Класс",
                     "",
                     "Код ППЭ",
                     "",
                     "Аудитория",
                     "",
                     "Фамилия",
                     "Имя",
                     "Отчество",
                     "",
                     "Задания с кратким ответом",
                     "",
                     "Задания с развёрнутым ответом",
                     "",
                     "Первичный балл",
                     "",
                     "Тестовый балл",
                     ""}};
  for (const RegionPupil& p : region.pupils) {
    rows.push_back(Line{"1", "", "1", "", digits(p.school), "", "11А", "", "901", "", "0001", ""} + names_of(p) +
                   Line{"", "+-", "", "3(3)", "", unless_absent(p, p.sum()), "", unless_absent(p, p.test), ""});
  }
  return {rows};
}

Files oge_sparse(Region& region) {
  TableRows rows = {{"01 - Русский язык 2025.06.09"},
                    {"№",
                     "Код ОО",
                     "Класс",
                     "",
                     "Код ППЭ",
                     "",
                     "Аудитория",
                     "",
                     "Код МСУ",
                     "",
                     "Фамилия",
                     "",
                     "Имя",
                     "Отчество",
                     "Задания с кратким ответом",
                     "",
                     "",
                     "Задания с развёрнутым ответом",
                     "Первичный балл",
                     "",
                     "Оценка"}};
  for (const RegionPupil& p : region.pupils) {
    const Line names = names_of(p);
    rows.push_back({"1",
                    digits(p.school),
                    "9Б",
                    "",
                    "901",
                    "",
                    "0001",
                    "",
                    "1",
                    "",
                    names[0],
                    "",
                    names[1],
                    names[2],
                    "+-",
                    "",
                    "",
                    "2(2)",
                    unless_absent(p, p.sum()),
                    "",
                    unless_absent(p, p.mark)});
  }
  return {rows};
}

Files olympiad(Region& region) {
  const std::vector<std::string> statuses = {"участник", "Призёр", "ПОБЕДИТЕЛЬ"};
  TableRows rows = {{"Муниципальный этап всероссийской олимпиады школьников"},
                    {"2024/25 учебный год"},
                    {"№", "ФИО участника", "Код ОО", "Предмет", "Класс", "Балл", "Статус"}};
  for (const RegionPupil& p : region.pupils) {
    rows.push_back({"1", names_of(p)[0], login(p.school), "Русский язык", "9", unless_absent(p, p.sum()),
                    p.absent ? "" : statuses[static_cast<std::size_t>(p.mark % 3)]});
  }
  return {rows};
}

/// The tidy twin: only the outcomes that the layout has.
struct Twin {
  std::string constants;  ///< year;procedure;subject;grade
  bool primary = false;
  bool test = false;
  bool mark = false;
  bool journal = false;
  bool tasks = false;
  bool statuses = false;
};

TableRows tidy_twin(Region& region, const Twin& twin) {
  Line head = {"school", "year", "procedure", "subject", "grade", "pupil", "absent"};
  if (twin.primary) head.push_back("primary");
  if (twin.test) head.push_back("test");
  if (twin.mark) head.push_back("mark");
  if (twin.journal) head.push_back("journal");
  TableRows rows = {twin.tasks ? head + task_heads() : head};
  Line constants(1);
  for (const char c : twin.constants)
    c == ';' ? static_cast<void>(constants.emplace_back()) : static_cast<void>(constants.back() += c);
  for (const RegionPupil& p : region.pupils) {
    Line line = Line{login(p.school)} + constants + Line{p.code, p.absent ? "да" : ""};
    if (twin.primary) line.push_back(unless_absent(p, p.sum()));
    if (twin.test) line.push_back(unless_absent(p, p.test));
    if (twin.mark) line.push_back(unless_absent(p, twin.statuses ? p.mark % 3 + 1 : p.mark));
    if (twin.journal) line.push_back(std::to_string(p.journal));
    rows.push_back(twin.tasks ? line + region.task_cells(p) : line);
  }
  return rows;
}

struct RegionLayout {
  std::string id;
  Files (*write)(Region& region);
  Twin twin;
  bool needs_work = false;  ///< Says neither year nor subject.
};

void PrintTo(const RegionLayout& layout, std::ostream* out) { *out << layout.id; }

const std::string kVprWork = "2024;VPR;russian;4";
const std::string kEgeWork = "2025;EGE;russian;11";

const std::vector<RegionLayout> kRegionLayouts = {
    {"fis-oko-pupils", fis_pupils, {kVprWork, true, false, true, true, true, false}},
    {"fis-oko-collection", fis_collection, {kVprWork, true, false, false, true, true, false}},
    {"fis-oko-marks", fis_marks, {kVprWork, false, false, true, false, false, false}},
    {"fis-oko-journal", fis_journal, {kVprWork, false, false, true, true, false, false}},
    {"fis-oko-scores", fis_scores, {kVprWork, true, false, false, false, false, false}},
    {"vpr-export-2020", export_2020, {kVprWork, true, false, false, true, true, false}, true},
    {"vpr-export-2021", export_2021, {kVprWork, true, false, false, true, true, false}, true},
    {"ris-ege-compact", ege_compact, {kEgeWork, true, true, false, false, false, false}},
    {"ris-ege-sparse", ege_sparse, {kEgeWork, true, true, false, false, false, false}},
    {"ris-oge-sparse", oge_sparse, {"2025;OGE;russian;9", true, false, true, false, false, false}},
    {"olympiad-list", olympiad, {"2025;OLYMPIAD_MUNICIPAL;russian;9", true, false, true, false, false, true}}};

std::string bytes_of(const std::string& ending, const TableRows& rows) {
  if (ending == "csv") return csv_of(rows);
  return ending == "xlsx" ? xlsx_of("Лист1", rows) : ods_of("Лист1", rows);
}

Dataset read_tables(const std::string& ending, const Files& files, const RegionLayout& layout) {
  std::vector<std::unique_ptr<ScratchFile>> scratch;
  std::vector<SourceSpec> sources;
  for (const TableRows& rows : files) {
    scratch.push_back(std::make_unique<ScratchFile>(
        "region_" + layout.id + std::to_string(scratch.size()) + "." + ending, bytes_of(ending, rows)));
    SourceSpec spec = unknown_kind(scratch.back()->path());
    if (layout.needs_work) spec = with_constants(spec, {{"subject", "russian"}, {"year", "2024"}});
    sources.push_back(spec);
  }
  return read_office(sources);
}

class RegionLayouts : public testing::TestWithParam<RegionLayout> {};

TEST_P(RegionLayouts, GiveTheCubeOfTheTidyTwinInEveryFormat) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Region region(seed);
    const ScratchFile file("twin.csv", csv_of(tidy_twin(region, GetParam().twin)));
    const Dataset twin = read_office({source_of(SourceKind::results, file.path())});
    ASSERT_FALSE(has_errors(twin.diagnostics));
    const Files files = GetParam().write(region);
    for (const std::string ending : {"csv", "xlsx", "ods"}) {
      const Dataset d = read_tables(ending, files, GetParam());
      EXPECT_EQ(d.ledger[1].layout, GetParam().id);
      EXPECT_FALSE(has_errors(d.diagnostics)) << described(d, texts_in("en"));
      expect_balanced(d);
      if (GetParam().id != "fis-oko-journal") {
        EXPECT_TRUE(d.cube == twin.cube) << seed << " " << ending;
        continue;
      }
      // This form has but three counts a school.
      ASSERT_EQ(d.cube.size(), twin.cube.size());
      for (std::size_t i = 0; i < d.cube.size(); ++i) {
        EXPECT_EQ(d.cube.cell(i).key, twin.cube.cell(i).key);
        EXPECT_EQ(d.cube.cell(i).agreement(), twin.cube.cell(i).agreement()) << seed << " " << ending;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Every, RegionLayouts, testing::ValuesIn(kRegionLayouts),
                         [](const testing::TestParamInfo<RegionLayout>& layout) {
                           std::string name = layout.param.id;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

/// Half of the results change; a second protocol changes some of them once more.
TEST(RegionAppeals, LeaveTheCubeOfTheLaterResults) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Region before(seed);
    const RegionLayout& protocol = kRegionLayouts[8];
    const Files files = protocol.write(before);
    Region after = before;
    Files appeals;
    for (int round = 0; round < 2; ++round) {
      TableRows rows = {{"01 - Русский язык 2025.05.30"},
                        {"Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Первичный балл", "", "Тестовый балл", ""},
                        {"", "", "", "", "", "до апелляции", "после апелляции", "до апелляции", "после апелляции"}};
      for (RegionPupil& p : after.pupils) {
        if (p.absent || before.random.below(2) == 0) continue;
        const std::string old_sum = std::to_string(p.sum()), old_test = std::to_string(p.test);
        p.tasks[0] = static_cast<int>(before.random.below(16));
        p.test = static_cast<int>(before.random.below(101));
        rows.push_back(Line{digits(p.school), "11А"} + names_of(p) +
                       Line{old_sum, std::to_string(p.sum()), old_test, std::to_string(p.test)});
      }
      appeals.push_back(rows);
    }
    const ScratchFile file("twin.csv", csv_of(tidy_twin(after, protocol.twin)));
    const Dataset twin = read_office({source_of(SourceKind::results, file.path())});
    for (const std::string ending : {"csv", "xlsx", "ods"}) {
      Files all = files;
      all.insert(all.end(), appeals.begin(), appeals.end());
      const Dataset d = read_tables(ending, all, protocol);
      EXPECT_EQ(d.ledger[2].kind, "appeals");
      EXPECT_FALSE(has_errors(d.diagnostics)) << described(d, texts_in("en"));
      EXPECT_TRUE(d.cube == twin.cube) << seed << " " << ending;
      expect_balanced(d);
    }
  }
}

TEST(RegionContext, IsTheSameInQuestionnairesPassportsAndTidyTables) {
  RandomStream random(7, 9);
  TableRows tidy = {{"school", "year", "enrolment", "psychologist", "qualified"}};
  TableRows answers = {{"Анкета"}, {"ОО", "Год", "Число обучающихся", "Есть психолог", "Доля учителей с категорией"}};
  TableRows passport = {{"Социальный паспорт"}, {"2024 год"}, {"Показатель", "Значение"}};
  for (int school = 0; school < kSchools; ++school) {
    const std::string pupils = std::to_string(random.below(1500)), share = std::to_string(random.below(101));
    const bool has = random.below(2) == 0;
    tidy.push_back({login(school), "2024", pupils, has ? "1" : "0", share});
    answers.push_back({"Школа(" + login(school) + ")", "2023/24", pupils, has ? "да" : "нет", share});
    passport.push_back({"Школа(" + login(school) + ")"});
    passport.push_back({"1. Число обучающихся", pupils});
    passport.push_back({"2. Есть психолог:", has ? "Да" : "Нет"});
    passport.push_back({"3. Доля учителей с категорией", share});
  }
  const ScratchFile file("context.csv", csv_of(tidy));
  const Dataset twin = read_office({source_of(SourceKind::context, file.path())});
  for (const std::string ending : {"csv", "xlsx", "ods"}) {
    for (const TableRows& rows : {answers, passport}) {
      const ScratchFile form("form." + ending, bytes_of(ending, rows));
      const Dataset d = read_office({unknown_kind(form.path())});
      EXPECT_FALSE(has_errors(d.diagnostics)) << described(d, texts_in("en"));
      ASSERT_EQ(d.context.values.size(), twin.context.values.size()) << ending;
      for (const auto& [place, value] : twin.context.values) EXPECT_EQ(d.context.values.at(place).sum, value.sum);
      expect_balanced(d);
    }
  }
}

}  // namespace
}  // namespace kaskad
