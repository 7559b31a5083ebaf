#include <algorithm>
#include <map>
#include <tuple>

#include "indicators/plausibility_parts.hpp"

namespace kaskad::plausibility {
namespace {

/// On shorter scales many pupils have the same score by themselves.
constexpr int kShortScale = 10;

struct Counts {
  int lo = 0;
  std::vector<std::uint32_t> counts;
  friend auto operator<=>(const Counts&, const Counts&) = default;
};

struct Repeat {
  Counts counts;
  std::int64_t n = 0;
  std::int64_t distinct = 0;
};

Repeat counts_of(const Cube::Cell& cell, Outcome outcome) {
  const Distribution d = cell.distribution(outcome);
  Repeat out;
  out.counts = {d.lo, {d.counts.begin(), d.counts.end()}};
  for (const std::uint32_t count : d.counts) {
    out.n += count;
    out.distinct += count > 0;
  }
  return out;
}

void check_mode(const Dataset& data, const PlausibilityRules& rules, const CellKey& key, Outcome outcome,
                const Repeat& repeat, Diagnostics& out) {
  const std::optional<int> highest = highest_of(data, key, outcome);
  if (repeat.n < rules.one_result_minimum_n || (highest && *highest < kShortScale)) return;
  const auto most = std::max_element(repeat.counts.counts.begin(), repeat.counts.counts.end());
  const double share = static_cast<double>(*most) / static_cast<double>(repeat.n);
  if (share < rules.one_result_share) return;
  Args args = args_of(data, key);
  args.insert(args.end(), {{"n", repeat.n},
                           {"same", std::int64_t{*most}},
                           {"score", std::int64_t{repeat.counts.lo + (most - repeat.counts.counts.begin())}}});
  out.push_back(doubt("one-result", std::move(args)));
}

/// Remembers the first cell of each set of counts and reports the later ones.
template <class Scope>
class FirstCells {
 public:
  /// The cell that had the counts before; null when it is the first.
  const CellKey* find_or_add(const Scope& scope, Outcome outcome, const Counts& counts, const CellKey& key) {
    const auto [first, is_new] = first_.emplace(std::tuple(scope, outcome, counts), key);
    return is_new ? nullptr : &first->second;
  }

 private:
  std::map<std::tuple<Scope, Outcome, Counts>, CellKey> first_;
};

Diagnostic same_counts(const Dataset& data, const char* code, const CellKey& key, const CellKey& first,
                       const Repeat& repeat) {
  const School& other = data.registry.schools[first.school];
  Args args = args_of(data, key);
  args.insert(args.end(), {{"n", repeat.n},
                           {"distinct", repeat.distinct},
                           {"other", other.id},
                           {"other_name", other.name.empty() ? "none" : other.name},
                           {"other_year", std::int64_t{first.year}}});
  return doubt(code, std::move(args));
}

}  // namespace

void check_repeats(const Dataset& data, const PlausibilityRules& rules, Diagnostics& out) {
  FirstCells<std::tuple<int, ProcedureId, SubjectId, int>> by_work;
  FirstCells<std::tuple<SchoolId, ProcedureId, SubjectId, int>> by_school;
  for (std::size_t i = 0; i < data.cube.size(); ++i) {
    const Cube::Cell cell = data.cube.cell(i);
    const CellKey& key = cell.key;
    const auto outcome = scores_of(cell);
    const Repeat repeat = outcome ? counts_of(cell, *outcome) : Repeat();
    if (repeat.n == 0) continue;
    check_mode(data, rules, key, *outcome, repeat, out);
    if (repeat.n < rules.same_counts_minimum_n || repeat.distinct < rules.same_counts_distinct) continue;
    const CellKey* first =
        by_work.find_or_add({key.year, key.procedure, key.subject, key.grade}, *outcome, repeat.counts, key);
    if (first != nullptr) out.push_back(same_counts(data, "same-counts-in-schools", key, *first, repeat));
    first = by_school.find_or_add({key.school, key.procedure, key.subject, key.grade}, *outcome, repeat.counts, key);
    if (first != nullptr) out.push_back(same_counts(data, "same-counts-in-years", key, *first, repeat));
  }
}

}  // namespace kaskad::plausibility
