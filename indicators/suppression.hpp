// Cells that are not printed: those of too few pupils (primary), and those that would give a primary one away by a
// subtraction (complementary). Method and its limits: docs/methods/suppression.md.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/estimate.hpp"
#include "engine/cube/outcome.hpp"

namespace kaskad {

enum class Publication : std::uint8_t { published, primary, complementary };

/// Sets of schools whose sums are printed: the region first, then groups, municipalities and the like.
struct SchoolSets {
  std::vector<std::vector<SchoolId>> members;  ///< Rising.
  /// Lists of sets that can be taken off the region together; those that meet an earlier one of their list are not.
  std::vector<std::vector<std::size_t>> families;
};

/// Figures at an end of their scale, where a sum says of each part what it says of all: with a share of 0 % nobody of
/// any part is in it. One bit for each end of each figure of the work.
using Ends = std::uint64_t;
inline constexpr Ends kAllEnds = ~Ends{0};  ///< Of nobody: what is said of all of them is true.

/// Counts of pupils that are printed as a table with sums in three directions.
/// Lines: subjects, then sums of subjects. Periods: years, then sums of years. Places: sets of schools, then schools.
struct PublishedTable {
  std::size_t schools = 0, subjects = 0, years = 0;
  std::vector<std::vector<std::size_t>> subject_sums;  ///< Each of two subjects or more.
  std::vector<std::vector<std::size_t>> year_sums;     ///< Each of two years or more.
  std::vector<std::int64_t> counts;                    ///< [(school × subjects + subject) × years + year]

  std::vector<int> grades;  ///< By subject: pupils of different grades are not the same. Empty: one grade.
  std::vector<Ends> ends;   ///< As `counts`; empty: no figure of the table has an end.
  std::vector<Ends> news;   ///< By subject: ends that most would not have said of a pupil beforehand. With `ends`.

  std::size_t lines() const { return subjects + subject_sums.size(); }
  std::size_t periods() const { return years + year_sums.size(); }
};

/// The decision for each cell of a table.
struct SuppressedTable {
  std::size_t periods = 0, places = 0;
  std::vector<Publication> cells;  ///< [(line × periods + period) × places + place]
  /// Likewise, so many different ones at least: of a sum of subjects those of the largest subject of each grade, each
  /// school and year by itself. Cells of nobody are published.
  std::vector<std::int64_t> pupils;
  std::vector<Ends> ends;  ///< Likewise, those that all its pupils share.

  Publication at(std::size_t line, std::size_t period, std::size_t place) const {
    return cells[(line * periods + period) * places + place];
  }
  std::int64_t pupils_at(std::size_t line, std::size_t period, std::size_t place) const {
    return pupils[(line * periods + period) * places + place];
  }
  Ends ends_at(std::size_t line, std::size_t period, std::size_t place) const {
    return ends[(line * periods + period) * places + place];
  }
};

/// Hides every cell of 1 … minimum_n − 1 pupils; and, if asked to, further ones until in each printed sum, and in each
/// difference of nested sums, the hidden schools have together no pupil, or at least minimum_n in two schools or more
/// who are not all at the same end of a figure's scale; likewise for the years of a sum of years and the subjects of a
/// sum of subjects. Of the cells that would do, it hides the one that leaves the fewest sums to mend, then the one of
/// fewest pupils, then the first. A sum with no other cell to hide is hidden itself. `hidden_already`: cells of the
/// same table that another table hides; empty for none. Depends on nothing but its arguments.
SuppressedTable suppress(const PublishedTable& table, const SchoolSets& sets, std::int64_t minimum_n,
                         bool complementary = true, const std::vector<Publication>& hidden_already = {});

}  // namespace kaskad
