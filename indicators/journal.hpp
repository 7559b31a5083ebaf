// Marks of a procedure against the same pupils' marks in the journal: lowered, confirmed, raised. A sign of how alike
// both are given, never a verdict on who is right.
#pragma once

#include <vector>

#include "engine/base/estimate.hpp"
#include "indicators/frame.hpp"

namespace kaskad {

/// One procedure, subject and grade: counts[entity × periods + period].
struct JournalFigures {
  ProcedureId procedure = 0;
  SubjectId subject = 0;
  int grade = 0;
  std::vector<Agreement> counts;
  std::vector<Undefined> withheld = {};  ///< Likewise: why nothing of it is printed; empty = not decided.

  const Agreement& at(const Frame& frame, std::size_t entity, std::size_t period) const {
    return counts[entity * frame.periods.size() + period];
  }
};

/// Of all works for which some source gave both marks, in the order of procedure, grade, subject.
std::vector<JournalFigures> compare_with_journal(const Dataset& data, const Frame& frame);

/// Percent of the pupils with both marks, with Wilson's interval (docs/methods/wilson.md).
struct AgreementShares {
  Estimate lowered, confirmed, raised;
};
AgreementShares shares_of(const Agreement& counts, std::int64_t minimum_n);
/// The same as they may be printed.
AgreementShares shares_of(const Agreement& counts, std::int64_t minimum_n, Undefined withheld);

/// Marks of all works together. Who wrote several works has several marks in them.
struct PooledAgreement {
  Agreement counts;         ///< Marks.
  std::int64_t pupils = 0;  ///< So many different ones at least: of each grade, those of its largest work.
};
PooledAgreement of_all_works(const std::vector<JournalFigures>& works, const Frame& frame, std::size_t entity,
                             std::size_t period);
/// Percent of all marks, n = marks; Wilson's interval of as many marks as there are pupils, as wide as if all marks of
/// a pupil went together.
AgreementShares shares_of(const PooledAgreement& all, std::int64_t minimum_n, Undefined withheld);

}  // namespace kaskad
