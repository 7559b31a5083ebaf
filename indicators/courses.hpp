// Diagnostics of teachers and managers on courses: entry and final scores of the same people, by course, municipality
// and school. People are counts of pairs of scores; nothing is shown of fewer than the publication's minimum, nor may
// it be worked out from what is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/estimate.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {

/// One [[course]] of the project; courses without one go by the name in the files.
struct CourseSpec {
  std::string id;
  Names name;
  std::optional<int> maximum;    ///< Takes the place of the files'.
  std::optional<int> threshold;  ///< Score from which the course's aim is reached.
};
std::vector<CourseSpec> read_courses(ConfigReader& root);

/// Some people of one course. Figures rest on those with both scores; all of them are too_few where hidden.
struct CourseFigures {
  std::int64_t paired = 0;
  std::int64_t dropped_out = 0;  ///< Entry without final.
  std::int64_t came_late = 0;    ///< Final without entry.
  std::int64_t rose = 0, same = 0, fell = 0;
  Estimate entry, final;
  Estimate change;                              ///< Paired, Student's interval.
  Estimate effect;                              ///< stats::standardised_change: in SDs of the entry scores.
  Estimate at_maximum_entry, at_maximum_final;  ///< Percent, Wilson; no_scale without a maximum.
  Estimate reached_entry, reached_final;        ///< Percent at the threshold or above; no_scale without one.
  bool shown = true;
};

struct CourseOfMunicipality {
  std::size_t municipality = 0;  ///< Into Registry::municipalities.
  CourseFigures figures;
};
struct CourseOfSchool {
  SchoolId school = 0;
  CourseFigures figures;
};

struct CourseJudgement {
  CourseSpec spec;  ///< With the name and the maximum that hold.
  CourseFigures region;
  std::vector<CourseOfMunicipality> municipalities;
  std::vector<CourseOfSchool> schools;
};

/// In the order of the project's courses, then of first mention in the files.
std::vector<CourseJudgement> judge_courses(const Dataset& data, const std::vector<CourseSpec>& courses,
                                           std::int64_t minimum_n);

/// Which parts of a whole may be shown: those of at least `minimum_n` people; and where the hidden ones together are
/// fewer than that, the smallest of the shown are hidden too (the first of equals), so that no difference of what is
/// shown is about fewer. Parts of nobody are not shown and need no hiding.
std::vector<bool> parts_to_show(const std::vector<std::int64_t>& people, std::int64_t minimum_n);

/// Finals without entry, scores above the maximum, schools that state another maximum of the same course.
Diagnostics check_courses(const Dataset& data, const std::vector<CourseSpec>& courses);

}  // namespace kaskad
