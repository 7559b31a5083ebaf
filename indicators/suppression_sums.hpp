// Which sums over hidden schools a reader can compute from the printed sums of one line and period.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "indicators/suppression.hpp"

namespace kaskad {

/// A matrix modulo a prime, reduced by rows: exact, and the same on every machine.
class ReducedRows {
 public:
  using Row = std::vector<std::int64_t>;
  explicit ReducedRows(std::vector<Row> rows);

  const std::vector<Row>& rows() const { return rows_; }
  /// Whether a combination of the rows gives this one.
  bool give(Row row) const;

 private:
  std::vector<Row> rows_;
  std::vector<std::size_t> pivots_;  ///< Columns, of the first rows.
};

/// One line and period as the solver sees it. Places: sets, then schools.
struct PublicationSlice {
  std::vector<std::int64_t> n;  ///< By place.
  std::vector<bool> hidden;     ///< By place.
  std::vector<Ends> ends;       ///< By place.
};

/// A set less others inside it: a sum that can be computed where all of them are printed.
struct ComputedSum {
  std::size_t set = 0;
  std::vector<std::size_t> less;
};

/// Pupils and schools that are hidden in a sum, and the ends of scales that all of them share.
struct HiddenTally {
  std::int64_t pupils = 0, schools = 0;
  Ends ends = kAllEnds;

  void add(std::int64_t n, Ends of);
  bool enough(std::int64_t minimum_n) const { return schools > 1 && pupils >= minimum_n; }
  bool safe(std::int64_t minimum_n) const { return schools == 0 || (enough(minimum_n) && ends == 0); }
  /// Whether hiding one with these ends, too, brings the sum nearer to safety.
  bool gains(std::int64_t minimum_n, Ends of) const { return !enough(minimum_n) || (ends & of) != ends; }
};

/// The sets of schools with what does not change from table to table.
class SetLattice {
 public:
  explicit SetLattice(const SchoolSets& sets, std::size_t schools);

  std::size_t sets() const { return sets_.members.size(); }
  std::size_t schools() const { return schools_; }
  const std::vector<SchoolId>& members(std::size_t set) const { return sets_.members[set]; }
  const std::vector<std::size_t>& sets_of(SchoolId school) const { return sets_of_[school]; }
  const std::vector<std::vector<std::size_t>>& families() const { return families_; }
  bool holds(std::size_t set, SchoolId school) const { return holds_[set * schools_ + school]; }
  bool holds(const ComputedSum& sum, SchoolId school) const;

  /// Sums of printed sets, of one printed set inside another, and of the region less a family's printed sets.
  std::vector<ComputedSum> sums(const PublicationSlice& slice) const;
  HiddenTally tally(const PublicationSlice& slice, const ComputedSum& sum) const;
  /// The ends that all schools of the sum share: no choice of hidden ones among them is free of these.
  Ends common_ends(const PublicationSlice& slice, const ComputedSum& sum) const;

  /// Hidden schools, all in the same sets, whose sum follows from the printed sets together by linear algebra and is
  /// not safe; nothing when there are none.
  std::vector<SchoolId> exposed(const PublicationSlice& slice, std::int64_t minimum_n) const;

 private:
  const SchoolSets& sets_;
  std::size_t schools_;
  std::vector<std::vector<std::size_t>> sets_of_;
  std::vector<bool> holds_;
  std::vector<std::pair<std::size_t, std::size_t>> inside_;  ///< (outer, inner)
  std::vector<std::vector<std::size_t>> families_;           ///< Without sets that meet an earlier one.
};

}  // namespace kaskad
