// The basis of a figure: what the pupils of one school and year say of an indicator. Bases add up over schools and
// years.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/cube/cube_index.hpp"
#include "indicators/catalogue.hpp"
#include "indicators/frame.hpp"

namespace kaskad {

/// n pupils, Σf and Σ(f − mean)² of the indicator's formula f (0 or 1 for shares and rates), and the exposure of a
/// rate.
struct Basis {
  std::int64_t n = 0;
  double sum = 0;
  double squares = 0;   ///< NaN when a summary gave no SD.
  double exposure = 0;  ///< Pupils of the context total, for rates.
  Undefined reason = Undefined::no_data;
  /// So many different pupils at least stand behind n: of all subjects together those of the largest one, since who
  /// wrote several works is counted in each.
  std::int64_t pupils = 0;
  /// Ends of the scale, between which the mean lies; infinite where the scale does not state its maximum.
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();

  void add(const Basis& other);
  double mean() const { return sum / static_cast<double>(n); }
  double variance() const { return n > 1 ? squares / static_cast<double>(n - 1) : kNaN; }
};

/// One indicator over one procedure, subject (or all together) and grade.
struct Series {
  std::size_t indicator = 0;  ///< Into the list of indicators in use.
  ProcedureId procedure = 0;
  std::optional<SubjectId> subject;  ///< Nothing = all subjects together.
  int grade = 0;
  bool all_grades = false;         ///< Rates are over the whole enrolment, so over all grades; `grade` is then 0.
  std::vector<bool> break_before;  ///< Per project year: the scale is another than in the year before with data.
};

/// All series that the cube can answer, in the order of indicator, procedure, grade, subject.
std::vector<Series> find_series(const Dataset& data, const std::vector<Indicator>& indicators);

/// Bases by school and year: [school × years + year index]. `index` is that of the data's cube.
std::vector<Basis> school_years(const Dataset& data, const CubeIndex& index, const Indicator& indicator,
                                const Series& series);

}  // namespace kaskad
