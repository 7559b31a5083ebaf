#include "app/demo/papers.hpp"

#include <cassert>
#include <cstddef>

namespace kaskad::demo {
namespace {

using enum SubjectIndex;

/// A paper with marks: about one pupil in seven gets a «2», as offices report it.
constexpr Paper marked(Exam exam, int grade, SubjectIndex subject, int maximum, std::array<int, 3> marks,
                       int takers = 100) {
  const double sd = 0.19 * maximum;
  return {exam, grade, subject, maximum, marks, takers, marks[0] + 0.5 + 1.08 * sd, sd};
}

constexpr Paper scored(SubjectIndex subject, int maximum, int takers, double mean, double sd) {
  return {Exam::ege, 11, subject, maximum, {0, 0, 0}, takers, mean, sd};
}

/// By grade. ВПР: maxima and borders of 2021. ОГЭ: those of 2023 for Russian and mathematics.
constexpr std::array<Paper, 28> kPapers = {
    marked(Exam::vpr, 4, russian, 38, {13, 23, 32}),
    marked(Exam::vpr, 4, mathematics, 20, {5, 9, 14}),
    marked(Exam::vpr, 4, world, 32, {7, 17, 26}),
    marked(Exam::vpr, 5, russian, 45, {17, 28, 38}),
    marked(Exam::vpr, 5, mathematics, 20, {6, 10, 14}),
    marked(Exam::vpr, 5, history, 15, {3, 7, 11}),
    marked(Exam::vpr, 5, biology, 29, {11, 17, 23}),
    marked(Exam::vpr, 6, russian, 51, {24, 34, 44}),
    marked(Exam::vpr, 6, mathematics, 16, {5, 9, 13}),
    marked(Exam::vpr, 6, history, 20, {5, 10, 15}),
    marked(Exam::vpr, 6, biology, 28, {11, 17, 23}),
    marked(Exam::vpr, 7, russian, 47, {21, 31, 41}),
    marked(Exam::vpr, 7, mathematics, 19, {6, 11, 15}),
    marked(Exam::vpr, 7, history, 25, {6, 12, 18}),
    marked(Exam::vpr, 7, biology, 28, {9, 16, 22}),
    marked(Exam::vpr, 8, russian, 51, {25, 31, 44}),
    marked(Exam::vpr, 8, mathematics, 25, {7, 14, 20}),
    marked(Exam::vpr, 8, history, 24, {6, 11, 17}),
    marked(Exam::vpr, 8, biology, 36, {12, 20, 28}),
    marked(Exam::oge, 9, russian, 33, {14, 22, 28}),
    marked(Exam::oge, 9, mathematics, 31, {7, 14, 21}),
    marked(Exam::oge, 9, social, 37, {13, 23, 31}, 65),
    marked(Exam::oge, 9, geography, 31, {11, 18, 25}, 60),
    scored(russian, 50, 100, 34.0, 8.0),
    scored(profile, 32, 62, 10.5, 5.0),
    scored(social, 58, 42, 33.0, 10.0),
    scored(biology, 57, 22, 29.0, 9.0),
    scored(physics, 45, 18, 20.0, 7.5),
};

/// Primary → test score of the exam, straight between these knots. The second knot is the lowest passing score;
/// the curve is of the usual shape, not an official table.
struct Conversion {
  SubjectIndex subject;
  std::array<int, 4> primary;
  std::array<int, 4> test;
};
constexpr std::array<Conversion, 5> kConversions = {{{russian, {0, 10, 33, 50}, {0, 24, 62, 100}},
                                                     {profile, {0, 5, 12, 32}, {0, 27, 70, 100}},
                                                     {social, {0, 24, 40, 58}, {0, 42, 66, 100}},
                                                     {biology, {0, 17, 35, 57}, {0, 36, 62, 100}},
                                                     {physics, {0, 11, 24, 45}, {0, 36, 58, 100}}}};

const Conversion& conversion(SubjectIndex subject) {
  for (const Conversion& c : kConversions) {
    if (c.subject == subject) return c;
  }
  assert(false && "a subject without an exam");
  return kConversions[0];
}

}  // namespace

std::span<const Paper> all_papers() { return kPapers; }

std::span<const Paper> papers_of_grade(int grade) {
  std::size_t first = 0;
  while (first < kPapers.size() && kPapers[first].grade != grade) ++first;
  std::size_t last = first;
  while (last < kPapers.size() && kPapers[last].grade == grade) ++last;
  return std::span(kPapers).subspan(first, last - first);
}

int mark_of(const Paper& paper, int primary) {
  int mark = 2;
  for (const int highest : paper.marks) mark += primary > highest ? 1 : 0;
  return mark;
}

int lowest_test_score(SubjectIndex subject) { return conversion(subject).test[1]; }

int test_score(SubjectIndex subject, int primary) {
  const Conversion& c = conversion(subject);
  std::size_t knot = 1;
  while (primary > c.primary[knot]) ++knot;
  const int run = c.primary[knot] - c.primary[knot - 1];
  const int rise = c.test[knot] - c.test[knot - 1];
  return c.test[knot - 1] + (2 * rise * (primary - c.primary[knot - 1]) + run) / (2 * run);  // rounded half up
}

}  // namespace kaskad::demo
