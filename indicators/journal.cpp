#include "indicators/journal.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/stats/intervals.hpp"
#include "indicators/withheld.hpp"

namespace kaskad {
namespace {

using WorkKey = std::tuple<ProcedureId, int, SubjectId>;

Estimate share_of(std::int64_t hits, std::int64_t n, std::int64_t minimum_n) {
  if (n == 0) return undefined(Undefined::no_data);
  if (n < minimum_n) return undefined(Undefined::too_few, n);
  Estimate e = stats::wilson(hits, n);
  for (double* part : {&e.value, &e.lo, &e.hi}) *part *= 100;
  return e;
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
  const AgreementShares s = shares_of(counts, minimum_n);
  return {unless(withheld, s.lowered), unless(withheld, s.confirmed), unless(withheld, s.raised)};
}

}  // namespace kaskad
