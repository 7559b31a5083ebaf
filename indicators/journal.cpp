#include "indicators/journal.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/stats/intervals.hpp"
#include "indicators/withheld.hpp"

namespace kaskad {
namespace {

using WorkKey = std::tuple<ProcedureId, int, SubjectId>;

Estimate in_percent(Estimate e) {
  for (double* part : {&e.value, &e.lo, &e.hi}) *part *= 100;
  return e;
}

Estimate share_of(std::int64_t hits, std::int64_t n, std::int64_t minimum_n) {
  if (n == 0) return undefined(Undefined::no_data);
  if (n < minimum_n) return undefined(Undefined::too_few, n);
  return in_percent(stats::wilson(hits, n));
}

/// Of marks, whose interval is that of a share of pupils.
Estimate share_of_marks(std::int64_t hits, std::int64_t marks, std::int64_t pupils, std::int64_t minimum_n) {
  if (marks == 0) return undefined(Undefined::no_data);
  if (pupils < minimum_n) return undefined(Undefined::too_few, marks);
  Estimate e = in_percent(stats::bounded_mean(double(hits) / double(marks), pupils));
  e.n = marks;
  return e;
}

AgreementShares as_printed(const AgreementShares& s, Undefined withheld) {
  return {unless(withheld, s.lowered), unless(withheld, s.confirmed), unless(withheld, s.raised)};
}

}  // namespace

std::vector<JournalFigures> compare_with_journal(const Dataset& data, const Frame& frame) {
  std::map<WorkKey, JournalFigures> works;
  for (std::size_t c = 0; c < data.cube.size(); ++c) {
    const Cube::Cell cell = data.cube.cell(c);
    const Agreement agreement = cell.agreement();
    if (agreement.n() == 0) continue;
    JournalFigures& work = works[{cell.key.procedure, cell.key.grade, cell.key.subject}];
    if (work.counts.empty())
      work = {cell.key.procedure, cell.key.subject, cell.key.grade,
              std::vector<Agreement>(frame.entities.size() * frame.periods.size())};
    for (const std::size_t p : frame.periods_of(cell.key.year)) {
      for (const std::size_t e : frame.of_school[cell.key.school])
        work.counts[e * frame.periods.size() + p].add(agreement);
    }
  }
  std::vector<JournalFigures> out;
  for (auto& [key, work] : works) out.push_back(std::move(work));
  return out;
}

AgreementShares shares_of(const Agreement& counts, std::int64_t minimum_n) {
  const auto share = [&](std::int64_t hits) { return share_of(hits, counts.n(), minimum_n); };
  return {share(counts.lowered), share(counts.confirmed), share(counts.raised)};
}

AgreementShares shares_of(const Agreement& counts, std::int64_t minimum_n, Undefined withheld) {
  return as_printed(shares_of(counts, minimum_n), withheld);
}

PooledAgreement of_all_works(const std::vector<JournalFigures>& works, const Frame& frame, std::size_t entity,
                             std::size_t period) {
  PooledAgreement all;
  std::map<int, std::int64_t> largest;  // Of each grade.
  for (const JournalFigures& work : works) {
    const Agreement& counts = work.at(frame, entity, period);
    all.counts.add(counts);
    largest[work.grade] = std::max(largest[work.grade], counts.n());
  }
  for (const auto& [grade, n] : largest) all.pupils += n;
  return all;
}

AgreementShares shares_of(const PooledAgreement& all, std::int64_t minimum_n, Undefined withheld) {
  const auto share = [&](std::int64_t hits) { return share_of_marks(hits, all.counts.n(), all.pupils, minimum_n); };
  return as_printed({share(all.counts.lowered), share(all.counts.confirmed), share(all.counts.raised)}, withheld);
}

}  // namespace kaskad
