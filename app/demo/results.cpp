// Results: ВПР with a pupil a row, exams with a result a row, olympiads. Written school by school.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "app/demo/csv.hpp"
#include "app/demo/files.hpp"
#include "app/demo/pupils.hpp"
#include "app/demo/tasks.hpp"

namespace kaskad::demo {
namespace {

constexpr std::string_view kAbsentFromVpr = "отсутствовал";
constexpr std::string_view kAbsentFromExam = "не явился";

/// Calls write_cell(school, year, grade index) for the tested grades within [lowest, highest], handing over after each
/// school.
template <class WriteCell>
void write_cells(const Region& region, CsvRows& rows, const Sink& sink, int lowest, int highest, WriteCell write_cell) {
  for (std::size_t school = 0; school < region.schools.size(); ++school) {
    for (int year = 0; year < region.options.years; ++year) {
      for (std::size_t g = 0; g < region.grades.size(); ++g) {
        if (region.grades[g] >= lowest && region.grades[g] <= highest) write_cell(school, year, g);
      }
    }
    sink(rows.bytes());
    rows.clear();
  }
}

void vpr_head(CsvRows& rows, int grade) {
  for (const char* name : {"Год", "Логин", "Класс", "Код участника"}) rows.text(name);
  for (const Paper& paper : papers_of_grade(grade)) {
    if (has_tasks(paper)) continue;
    const std::string code(subject(paper.subject).code);
    rows.text(code + " балл").text(code + " отметка").text(code + " журнал");
  }
  rows.end_row();
}

void vpr_pupil(CsvRows& rows, const PupilScores& pupil, std::span<const Paper> papers) {
  for (std::size_t i = 0; i < papers.size(); ++i) {
    if (has_tasks(papers[i])) continue;
    const Score& score = pupil.scores[i];
    if (score.absent) {
      rows.text(kAbsentFromVpr).blank().blank();
    } else {
      rows.number(score.primary).number(score.mark).number(score.journal);
    }
  }
  rows.end_row();
}

void write_vpr(const Region& region, const Sink& sink, CsvStyle style, int lowest, int highest) {
  CsvRows rows(style);
  vpr_head(rows, lowest);
  write_cells(region, rows, sink, lowest, highest, [&](std::size_t school, int year, std::size_t g) {
    PupilSource source(region, school, year, g);
    while (const auto pupil = source.next()) {
      rows.number(region.first_year() + year).text(region.schools[school].id).number(region.grades[g]);
      rows.number(pupil->code);
      vpr_pupil(rows, *pupil, source.papers());
    }
  });
}

/// An exam's rows: head, then one row a pupil and paper; `last` writes what follows the primary score.
void exam_head(CsvRows& rows, std::string_view last) {
  for (const char* name : {"Год", "Код ОО", "Класс", "Предмет", "Код участника", "Первичный балл"}) rows.text(name);
  rows.text(last).end_row();
}

void exam_score(CsvRows& rows, const Paper& paper, const Score& score) {
  if (score.absent) {
    rows.text(kAbsentFromExam).blank().end_row();
    return;
  }
  rows.number(score.primary);
  rows.number(paper.exam == Exam::ege ? test_score(paper.subject, score.primary) : score.mark).end_row();
}

void write_exam(const Region& region, const Sink& sink, CsvStyle style, int grade, std::string_view last_head) {
  CsvRows rows(style);
  exam_head(rows, last_head);
  write_cells(region, rows, sink, grade, grade, [&](std::size_t school, int year, std::size_t g) {
    PupilSource source(region, school, year, g);
    const auto papers = source.papers();
    while (const auto pupil = source.next()) {
      for (std::size_t i = 0; i < papers.size(); ++i) {
        if (!pupil->scores[i].taken) continue;
        rows.number(region.first_year() + year).text(region.schools[school].id).number(grade);
        rows.text(subject(papers[i].subject).name).number(pupil->code);
        exam_score(rows, papers[i], pupil->scores[i]);
      }
    }
  });
}

constexpr std::array<SubjectIndex, 5> kOlympiads = {SubjectIndex::russian, SubjectIndex::mathematics,
                                                    SubjectIndex::history, SubjectIndex::biology, SubjectIndex::social};
constexpr std::array<std::string_view, 3> kStatuses = {"участник", "призёр", "победитель"};

/// Standing from how far a pupil is above the crowd of participants.
std::size_t status_of(double standing) { return standing > 1.55 ? 2 : (standing > 0.85 ? 1 : 0); }

struct Participant {
  int year = 0;
  std::string_view school;
  int grade = 0;
  SubjectIndex subject = SubjectIndex::russian;
  int code = 0;
};

void olympiad_row(CsvRows& rows, const Participant& who, std::string_view stage, std::size_t status) {
  rows.number(who.year).text(who.school).number(who.grade).text(stage).text(subject(who.subject).name);
  rows.number(who.code).text(kStatuses[status]).end_row();
}

/// About one pupil in fifteen takes part at school; winners and prize-takers go on to the municipal stage.
void write_olympiads_of(const Region& region, CsvRows& rows, std::size_t school, int year) {
  RandomStream random = stream_of(region.options.seed, Purpose::olympiads, school, static_cast<std::uint64_t>(year));
  const DemoSchool& s = region.schools[school];
  if (!teaches(s.kind, 7)) return;
  const int oldest = teaches(s.kind, 11) ? 11 : 9;
  const double level = expected_level(region, school, year);
  const auto participants = static_cast<int>((region.enrolment(school, year) + random.below(15)) / 15);
  for (int i = 0; i < participants; ++i) {
    const int grade = 7 + static_cast<int>(random.below(static_cast<std::uint64_t>(oldest - 6)));
    const SubjectIndex what = kOlympiads[random.below(kOlympiads.size())];
    const Participant who{region.first_year() + year, s.id, grade, what, 70000 + i};
    const double standing = level + bell(random);
    const std::size_t status = status_of(standing);
    olympiad_row(rows, who, "школьный этап", status);
    if (status > 0) olympiad_row(rows, who, "муниципальный этап", status_of(standing - 0.9 + 0.5 * bell(random)));
  }
}

void write_olympiads(const Region& region, const Sink& sink) {
  CsvRows rows({CsvEncoding::utf8, ','});
  for (const char* name : {"Год", "Логин", "Класс", "Этап", "Предмет", "Код участника", "Статус"}) rows.text(name);
  rows.end_row();
  for (std::size_t school = 0; school < region.schools.size(); ++school) {
    for (int year = 0; year < region.options.years; ++year) write_olympiads_of(region, rows, school, year);
    sink(rows.bytes());
    rows.clear();
  }
}

}  // namespace

bool has_vpr(const Region& region, int grade) {
  return grade <= 8 && std::find(region.grades.begin(), region.grades.end(), grade) != region.grades.end();
}

DemoFile vpr_primary_file(const SharedRegion& region) {
  return {"vpr-4.csv", [region](const Sink& sink) { write_vpr(*region, sink, {CsvEncoding::utf8, ';'}, 4, 4); }};
}

DemoFile vpr_file(const SharedRegion& region) {
  return {"vpr-5-8.csv", [region](const Sink& sink) { write_vpr(*region, sink, {CsvEncoding::cp1251, ';'}, 5, 8); }};
}

DemoFile oge_file(const SharedRegion& region) {
  return {"oge.csv", [region](const Sink& sink) {
            write_exam(*region, sink, {CsvEncoding::utf8_bom, ';'}, 9, "Отметка");
          }};
}

DemoFile ege_file(const SharedRegion& region) {
  return {"ege.csv", [region](const Sink& sink) {
            write_exam(*region, sink, {CsvEncoding::utf8, '\t'}, 11, "Тестовый балл");
          }};
}

DemoFile olympiads_file(const SharedRegion& region) {
  return {"olympiads.csv", [region](const Sink& sink) { write_olympiads(*region, sink); }};
}

}  // namespace kaskad::demo
