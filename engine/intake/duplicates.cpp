#include "engine/intake/duplicates.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "engine/intake/pupil_rows.hpp"

namespace kaskad::intake {
namespace {

struct DuplicateRow {
  std::uint32_t source = 0;
  std::int64_t row = 0;
  std::uint64_t locator = 0;
  Origin first;
  std::vector<std::uint32_t> results;
};

/// A pupil's result in a second school, and the first one's.
struct ElsewhereRow {
  Candidate later;
  SchoolId school = 0;
  Origin first;
  SchoolId first_school = 0;
};

class DuplicateFinder {
 public:
  DuplicateFinder(const std::vector<OpenSource*>& sources, IntakeState& state, CubeBuilder& cube)
      : rows_(sources, state), state_(state), cube_(cube) {}

  void run(const RepeatSearch& search) {
    const std::vector<Candidate> candidates = rows_.find(search.repeated);
    for (auto from = candidates.begin(); from != candidates.end();) {
      const auto to = std::find_if(from, candidates.end(), [&](const Candidate& c) {
        return PupilHash::pupil_of(c.hash) != PupilHash::pupil_of(from->hash);
      });
      compare(from, to);
      from = to;
    }
    take_back();
    const bool local_codes =
        search.repeated.too_many || static_cast<std::int64_t>(elsewhere_.size()) > most_in_two_schools(search.results);
    local_codes ? tell_local_codes() : tell_elsewhere();
  }

 private:
  using Iterator = std::vector<Candidate>::const_iterator;

  void compare(Iterator from, Iterator to);
  Origin origin_of(const Candidate& candidate) { return {&rows_.source(candidate.source), candidate.row}; }
  void take_back();
  void report(const DuplicateRow& duplicate, std::size_t results_in_row);
  void tell_elsewhere();
  void tell_local_codes();

  PupilRows rows_;
  IntakeState& state_;
  CubeBuilder& cube_;
  std::vector<DuplicateRow> duplicates_;
  std::vector<ElsewhereRow> elsewhere_;
};

/// Sorts the results of one word into pupils; almost always it is one. The first row of a pupil in a school counts.
void DuplicateFinder::compare(Iterator from, Iterator to) {
  std::map<std::pair<std::string, CellKey>, Candidate> firsts;
  std::map<std::pair<std::string, CellKey>, const CellKey*> works;  // The school in which a pupil was met first.
  for (auto at = from; at != to; ++at) {
    const auto [key, pupil] = rows_.identity(*at);
    const auto [known, is_new] = firsts.try_emplace({pupil, key}, *at);
    if (!is_new) {
      duplicates_.push_back({at->source, at->row, at->locator, origin_of(known->second), {at->result}});
      continue;
    }
    CellKey work = key;
    work.school = 0;
    const auto [met, alone] = works.try_emplace({pupil, work}, &known->first.second);
    if (alone || rows_.source(at->source).results->by_names) continue;
    const Candidate& first = firsts.at({pupil, *met->second});
    if (rows_.source(first.source).results->by_names) continue;
    elsewhere_.push_back({*at, key.school, origin_of(first), met->second->school});
  }
}

void DuplicateFinder::take_back() {
  std::sort(duplicates_.begin(), duplicates_.end(), [](const DuplicateRow& a, const DuplicateRow& b) {
    return std::tie(a.source, a.row, a.results.front()) < std::tie(b.source, b.row, b.results.front());
  });
  std::vector<DuplicateRow> rows;
  for (const DuplicateRow& d : duplicates_) {
    const bool same_row = !rows.empty() && rows.back().source == d.source && rows.back().row == d.row;
    same_row ? rows.back().results.push_back(d.results.front()) : rows.push_back(d);
  }
  for (const DuplicateRow& duplicate : rows) {
    Row row;
    const std::vector<PupilResult>& results = rows_.reread(duplicate.source, duplicate.locator, row);
    for (const std::uint32_t i : duplicate.results) {
      count_result(results[i], cube_, cube_.cell(results[i].key), -1);
      take_back_tasks(*rows_.source(duplicate.source).results, row, results[i], cube_);
      rows_.source(duplicate.source).report.let_go(duplicate.row, results[i].key);
    }
    report(duplicate, results.size());
  }
}

void DuplicateFinder::report(const DuplicateRow& duplicate, std::size_t results_in_row) {
  OpenSource& source = rows_.source(duplicate.source);
  Report& report = source.report;
  report.go_to_row(duplicate.row);
  report.error("duplicate-pupil-row", source.results->pupil, [&] { return first_seen(duplicate.first); });
  if (duplicate.results.size() == results_in_row) report.turn_down_counted_row("duplicate-pupil-row");
}

/// A remark on the later row; the pupil counts in both schools.
void DuplicateFinder::tell_elsewhere() {
  std::sort(elsewhere_.begin(), elsewhere_.end(), [](const ElsewhereRow& a, const ElsewhereRow& b) {
    return std::tie(a.later.source, a.later.row, a.later.result) <
           std::tie(b.later.source, b.later.row, b.later.result);
  });
  const std::vector<School>& schools = state_.dataset.registry.schools;
  std::pair<std::uint32_t, std::int64_t> at{0, 0};
  for (const ElsewhereRow& row : elsewhere_) {
    OpenSource& source = rows_.source(row.later.source);
    if (at != std::pair(row.later.source, row.later.row)) source.report.go_to_row(row.later.row);
    at = {row.later.source, row.later.row};
    source.report.warn("pupil-in-two-schools", source.results->pupil, [&] {
      Args args = first_seen(row.first);
      args.emplace_back("school", schools[row.school].id);
      args.emplace_back("first_school", schools[row.first_school].id);
      return args;
    });
  }
}

void DuplicateFinder::tell_local_codes() {
  Diagnostic d;
  d.severity = Severity::note;
  d.message = {"pupil-codes-of-schools", {}};
  state_.dataset.diagnostics.push_back(std::move(d));
}

}  // namespace

std::int64_t most_in_two_schools(std::int64_t results) { return std::max<std::int64_t>(20, results / 100); }

RepeatSearch repeated_pupils(IntakeState& state) {
  RepeatSearch out;
  std::vector<const PupilKeys*> keys;
  for (const Counter& counter : state.counters) {
    keys.push_back(&counter.pupils);
    out.results += static_cast<std::int64_t>(counter.pupils.size());
  }
  // Words that only look alike are a few in a hundred million, so beyond this the true number is beyond the limit, too.
  constexpr std::int64_t kMargin = 1000;
  const std::int64_t most = 3 * most_in_two_schools(out.results) / 2 + kMargin;
  out.repeated = find_repeated(keys, static_cast<std::size_t>(most), state.options.threads);
  for (Counter& counter : state.counters) counter.pupils = PupilKeys{};
  return out;
}

void judge_repeated(const RepeatSearch& search, const std::vector<OpenSource*>& sources, IntakeState& state,
                    CubeBuilder& cube) {
  const RepeatedPupils& found = search.repeated;
  if (!found.results.empty() || !found.pupils.empty() || found.too_many)
    DuplicateFinder(sources, state, cube).run(search);
}

}  // namespace kaskad::intake
