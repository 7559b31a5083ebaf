// Plausibility: data that can be read and still raise a question. Each doubt is a warning; nothing is left out for it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/diagnostic.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad {

/// Works that there are. An empty list stands for all.
struct OfferedWorks {
  std::string procedure;
  std::vector<std::string> subjects;
  std::vector<int> grades;
  int first_year = 0;  ///< 0 = from the beginning.
  int last_year = 0;   ///< 0 = to this day.
};

/// Thresholds and tables of the checks; the defaults stand in indicators/catalogue/plausibility.toml.
struct PlausibilityRules {
  std::vector<std::string> off;                   ///< Checks that are not made; see kPlausibilityChecks.
  std::string enrolment;                          ///< Field of the context: pupils of a school.
  std::map<int, std::string> enrolment_by_grade;  ///< Fields: pupils of a grade.
  double fewest_participants = 0;                 ///< Share of the grade's pupils.
  std::vector<std::string> whole_grade;           ///< Procedures in which every pupil of a grade takes part.
  double fences = 3;
  std::int64_t jump_minimum_n = 10;
  std::int64_t jump_minimum_schools = 20;
  double one_result_share = 1;
  std::int64_t one_result_minimum_n = 15;
  std::int64_t same_counts_minimum_n = 25;
  std::int64_t same_counts_distinct = 6;
  std::vector<OfferedWorks> offered;

  bool checks(std::string_view check) const;
};

/// Reads the keys of the catalogue's file or of the project's [plausibility] over what `rules` holds. A project's
/// `offered` take the place of the catalogue's for the procedures that they name.
void read_plausibility(ConfigReader& reader, PlausibilityRules& rules);

/// Names for `off`.
inline constexpr std::array<std::string_view, 6> kPlausibilityChecks = {"participation", "jumps",        "repeats",
                                                                        "works",         "participants", "files"};

/// All doubts, in the order of the checks, then of the cube. Those about a school name it in the arguments `school`
/// (id) and `name`. Uses the cube and the ledger alone, no file.
Diagnostics find_implausible(const Dataset& data, const PlausibilityRules& rules);

}  // namespace kaskad
