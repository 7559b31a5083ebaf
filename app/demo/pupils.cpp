#include "app/demo/pupils.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kaskad::demo {
namespace {

// Score = context + school + year + pupil + paper. The squares of these SDs add up to about 1 over the region's pupils.
constexpr double kContextWeight = 0.3;
constexpr double kAbilitySd = 0.72;
constexpr double kPaperSd = 0.54;
constexpr double kSchoolYearSd = 0.12;
constexpr double kYearlyRise = 0.015;
/// What the support programme really adds to its schools in the final wave; a report should find it, within its
/// interval.
constexpr double kProgrammeEffect = 0.15;

constexpr int kAbsentFromVpr = 7;  ///< Percent; a day's illness.
constexpr int kAbsentFromExam = 1;
constexpr int kLenientRaise = 70;  ///< Percent of the scores just under the border that a lenient school raises.

int clamped_score(double value, int maximum) {
  return static_cast<int>(std::clamp(std::floor(value + 0.5), 0.0, static_cast<double>(maximum)));
}

/// A term mark is kinder than a check work and knows the pupil over a longer time.
int journal_mark(const Paper& paper, int primary, RandomStream& random) {
  const double seen = primary + paper.sd * (0.32 + 0.4 * bell(random));
  return mark_of(paper, clamped_score(seen, paper.maximum));
}

int raised_over_border(const Paper& paper, int primary, RandomStream& random) {
  const int border = paper.marks[0];
  const bool just_under = primary == border || primary == border - 1;
  return just_under && happens(random, kLenientRaise) ? border + 1 : primary;
}

}  // namespace

double expected_level(const Region& region, std::size_t school, int year_index) {
  const DemoSchool& s = region.schools[school];
  RandomStream random = stream_of(region.options.seed, Purpose::year, school, static_cast<std::uint64_t>(year_index));
  const bool supported = s.part == Part::focus && year_index == region.waves.last;
  return kContextWeight * s.context + s.effect + (s.drift + kYearlyRise) * year_index + kSchoolYearSd * bell(random) +
         (supported ? kProgrammeEffect : 0.0);
}

PupilSource::PupilSource(const Region& region, std::size_t school, int year_index, std::size_t grade_index)
    : school_(region.schools[school]),
      papers_(papers_of_grade(region.grades[grade_index])),
      random_(stream_of(region.options.seed, Purpose::pupils, school, static_cast<std::uint64_t>(year_index),
                        static_cast<std::uint64_t>(region.grades[grade_index]))),
      level_(expected_level(region, school, year_index)),
      left_(region.pupils_in(school, year_index, grade_index)),
      code_(region.grades[grade_index] * 10000) {
  assert(papers_.size() <= kMostPapers);
}

Score PupilSource::score(const Paper& paper, double ability, bool absent) {
  Score out;
  out.taken = paper.takers == 100 || happens(random_, paper.takers);
  out.absent = absent || (paper.exam != Exam::vpr && happens(random_, kAbsentFromExam));
  if (!out.taken || out.absent) return out;
  const double level = level_ + kAbilitySd * ability + kPaperSd * bell(random_);
  out.primary = clamped_score(paper.mean + paper.sd * level, paper.maximum);
  if (paper.exam == Exam::ege) return out;
  if (paper.exam == Exam::vpr) out.journal = journal_mark(paper, out.primary, random_);
  if (school_.lenient && paper.exam == Exam::vpr) out.primary = raised_over_border(paper, out.primary, random_);
  out.mark = mark_of(paper, out.primary);
  return out;
}

std::optional<PupilScores> PupilSource::next() {
  if (left_ == 0) return std::nullopt;
  --left_;
  PupilScores pupil;
  pupil.code = ++code_;
  const double ability = bell(random_);
  const bool ill = papers_.front().exam == Exam::vpr && happens(random_, kAbsentFromVpr);
  for (std::size_t i = 0; i < papers_.size(); ++i) pupil.scores[i] = score(papers_[i], ability, ill);
  return pupil;
}

}  // namespace kaskad::demo
