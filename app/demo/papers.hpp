// What is sat in the synthetic region: procedures, grades, subjects, their scales and how hard they are.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace kaskad::demo {

/// A subject as the catalogue names it (`id`), as a file says it, and as a column head abbreviates it.
struct DemoSubject {
  std::string_view id;
  std::string_view name;
  std::string_view code;
};
enum class SubjectIndex : std::uint8_t {
  russian,
  mathematics,
  profile,
  world,
  history,
  biology,
  geography,
  social,
  physics
};
inline constexpr std::array<DemoSubject, 9> kSubjects = {{{"RU", "Русский язык", "РУ"},
                                                          {"MA", "Математика", "МА"},
                                                          {"MAP", "Математика (профильная)", "МАП"},
                                                          {"OKR", "Окружающий мир", "ОКР"},
                                                          {"IS", "История", "ИС"},
                                                          {"BI", "Биология", "БИ"},
                                                          {"GG", "География", "ГГ"},
                                                          {"OB", "Обществознание", "ОБ"},
                                                          {"FI", "Физика", "ФИ"}}};
inline const DemoSubject& subject(SubjectIndex i) { return kSubjects[static_cast<std::size_t>(i)]; }

enum class Exam : std::uint8_t { vpr, oge, ege };

/// One paper. `marks` are the highest primary scores of marks 2, 3, 4 (zeros: the exam has no marks).
/// `mean` and `sd` are those of the primary score over the region.
struct Paper {
  Exam exam = Exam::vpr;
  int grade = 0;
  SubjectIndex subject = SubjectIndex::russian;
  int maximum = 0;
  std::array<int, 3> marks{};
  int takers = 100;  ///< Percent of the grade's pupils who sit it.
  double mean = 0;
  double sd = 0;
};

/// All papers, by grade; and those of one grade.
std::span<const Paper> all_papers();
std::span<const Paper> papers_of_grade(int grade);

/// Mark of a primary score on a paper with marks.
int mark_of(const Paper& paper, int primary);

/// Lowest passing test score of an exam in a subject, and the test score of a primary one (rising, 0…100).
int lowest_test_score(SubjectIndex subject);
int test_score(SubjectIndex subject, int primary);

}  // namespace kaskad::demo
