// Pupils of the synthetic region and what they score. A pupil exists only while his row is written.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "app/demo/draws.hpp"
#include "app/demo/papers.hpp"
#include "app/demo/region.hpp"

namespace kaskad::demo {

inline constexpr std::size_t kMostPapers = 5;

/// One paper of one pupil.
struct Score {
  bool taken = false;   ///< Chosen, or obligatory.
  bool absent = false;  ///< Taken up, but the pupil did not come.
  int primary = 0;
  int mark = 0;     ///< 0 where the exam has no marks.
  int journal = 0;  ///< The term mark beside a ВПР; 0 elsewhere.
};

struct PupilScores {
  int code = 0;  ///< Unique in its school and year.
  std::array<Score, kMostPapers> scores{};
};

/// The pupils of one grade of one school in one year, one after another.
class PupilSource {
 public:
  PupilSource(const Region& region, std::size_t school, int year_index, std::size_t grade_index);
  std::optional<PupilScores> next();
  std::span<const Paper> papers() const { return papers_; }

 private:
  Score score(const Paper& paper, double ability, bool absent);

  const DemoSchool& school_;
  std::span<const Paper> papers_;
  RandomStream random_;
  double level_ = 0;
  int left_ = 0;
  int code_ = 0;
};

/// Mean of the grade in this school and year beside the region, in SD of pupils.
double expected_level(const Region& region, std::size_t school, int year_index);

}  // namespace kaskad::demo
