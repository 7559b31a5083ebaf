// ВПР in mathematics as ФИС ОКО hands it out: a file a grade and year, schools by group rows, a column a task.
#include <string>
#include <string_view>

#include "app/demo/csv.hpp"
#include "app/demo/files.hpp"
#include "app/demo/pupils.hpp"
#include "app/demo/tasks.hpp"

namespace kaskad::demo {
namespace {

constexpr std::array<std::string_view, 6> kBefore = {"ОО",    "Муниципалитет", "Название ОО", "Код участника",
                                                     "Класс", "Вариант"};
constexpr std::array<std::string_view, 3> kAfter = {"Первичный балл", "Отметка", "Отметка по журналу"};
constexpr std::size_t kColumns = kBefore.size() + kTasks + kAfter.size();

const Paper& task_paper(int grade) {
  const auto papers = papers_of_grade(grade);
  std::size_t i = 0;
  while (!has_tasks(papers[i])) ++i;
  return papers[i];
}

std::size_t place_of(const Paper& paper) {
  return static_cast<std::size_t>(&paper - papers_of_grade(paper.grade).data());
}

void fill_up(CsvRows& rows, std::size_t written) {
  for (; written < kColumns; ++written) rows.blank();
  rows.end_row();
}

void titles(CsvRows& rows, const Paper& paper, int year) {
  rows.text("Индивидуальные результаты");
  fill_up(rows, 1);
  fill_up(rows, 0);
  rows.text("ВПР " + std::to_string(year) + " Математика " + std::to_string(paper.grade) + " класс");
  fill_up(rows, 1);
  rows.text("Предмет:").text("Математика");
  fill_up(rows, 2);
  rows.text("Максимальный первичный балл:").number(paper.maximum);
  fill_up(rows, 2);
  rows.text("Дата:").text("16.04." + std::to_string(year));
  fill_up(rows, 2);
}

void heads(CsvRows& rows, const Paper& paper) {
  for (std::size_t c = 0; c + 1 < kBefore.size(); ++c) rows.blank();
  rows.text("Уровень сложности задания");
  for (const DemoTask& task : kDemoTasks) rows.text(task.level);
  fill_up(rows, kBefore.size() + kTasks);
  for (const std::string_view name : kBefore) rows.text(name);
  for (std::size_t t = 0; t < kTasks; ++t)
    rows.text(std::to_string(t + 1) + " (" + std::to_string(task_maximum(paper, t)) + "б)");
  for (const std::string_view name : kAfter) rows.text(name);
  rows.end_row();
}

void absent_row(CsvRows& rows) {
  rows.text("отсутствовал");
  fill_up(rows, kBefore.size());
}

void result_row(CsvRows& rows, const Paper& paper, const Score& score, bool gap, RandomStream& random) {
  rows.number(1 + static_cast<std::int64_t>(random.below(2)));
  for (const int points : share_out(paper, score.primary, gap, random)) {
    if (points == kNotTried)
      rows.text("X");
    else
      rows.number(points);
  }
  rows.number(score.primary).number(score.mark).number(score.journal).end_row();
}

void school_rows(const Region& region, CsvRows& rows, const Paper& paper, std::size_t school, int year, std::size_t g) {
  const DemoSchool& s = region.schools[school];
  const int pupils = region.pupils_in(school, year, g);
  if (pupils == 0) return;
  rows.text(s.name + "(" + s.id + ")").text("Кол-во участников: " + std::to_string(pupils));
  fill_up(rows, 2);
  RandomStream random = stream_of(region.options.seed, Purpose::tasks, school, static_cast<std::uint64_t>(year),
                                  static_cast<std::uint64_t>(paper.grade));
  const bool gap = s.part == Part::focus && year != region.waves.last;
  PupilSource source(region, school, year, g);
  while (const auto pupil = source.next()) {
    const Score& score = pupil->scores[place_of(paper)];
    rows.blank().text(region.municipalities[s.municipality].name).text(s.name).number(pupil->code);
    rows.text(std::to_string(paper.grade) + "А");
    if (score.absent)
      absent_row(rows);
    else
      result_row(rows, paper, score, gap, random);
  }
}

void write_file(const Region& region, const Sink& sink, int year, std::size_t g) {
  const Paper& paper = task_paper(region.grades[g]);
  CsvRows rows({CsvEncoding::cp1251, ';'});
  titles(rows, paper, region.first_year() + year);
  heads(rows, paper);
  for (std::size_t school = 0; school < region.schools.size(); ++school) {
    school_rows(region, rows, paper, school, year, g);
    sink(rows.bytes());
    rows.clear();
  }
}

std::string specification(const Region& region) {
  CsvRows rows({CsvEncoding::utf8, ';'});
  for (const char* name : {"Процедура", "Год", "Предмет", "Класс", "Задание", "Максимум", "Уровень", "Умение"})
    rows.text(name);
  rows.end_row();
  for (const int grade : region.grades) {
    for (int year = 0; grade >= 5 && grade <= 8 && year < region.options.years; ++year) {
      for (std::size_t t = 0; t < kTasks; ++t) {
        rows.text("ВПР").number(region.first_year() + year).text("Математика").number(grade);
        rows.text(std::to_string(t + 1)).number(task_maximum(task_paper(grade), t));
        rows.text(kDemoTasks[t].level).text(kDemoTasks[t].skill).end_row();
      }
    }
  }
  return rows.bytes();
}

}  // namespace

std::vector<DemoFile> task_files(const SharedRegion& region) {
  std::vector<DemoFile> out;
  for (std::size_t g = 0; g < region->grades.size(); ++g) {
    const int grade = region->grades[g];
    for (int year = 0; grade >= 5 && grade <= 8 && year < region->options.years; ++year) {
      const std::string name =
          "fis-oko-ma" + std::to_string(grade) + "-" + std::to_string(region->first_year() + year) + ".csv";
      out.push_back({name, [region, year, g](const Sink& sink) { write_file(*region, sink, year, g); }});
    }
  }
  if (!out.empty()) out.push_back({"tasks.csv", [region](const Sink& sink) { sink(specification(*region)); }});
  return out;
}

}  // namespace kaskad::demo
