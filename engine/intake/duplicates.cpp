#include "engine/intake/duplicates.hpp"

#include <algorithm>
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

class DuplicateFinder {
 public:
  DuplicateFinder(const std::vector<OpenSource*>& sources, IntakeState& state, CubeBuilder& cube)
      : rows_(sources, state), cube_(cube) {}

  void run(const std::vector<std::uint64_t>& repeated) {
    const std::vector<Candidate> candidates = rows_.find(repeated);
    for (auto from = candidates.begin(); from != candidates.end();) {
      const auto to = std::find_if(from, candidates.end(), [&](const Candidate& c) { return c.hash != from->hash; });
      compare(from, to);
      from = to;
    }
    take_back();
  }

 private:
  using Iterator = std::vector<Candidate>::const_iterator;

  void compare(Iterator from, Iterator to);
  void note(const Candidate& candidate, const Candidate& first);
  void take_back();
  void report(const DuplicateRow& duplicate, std::size_t results_in_row);

  PupilRows rows_;
  CubeBuilder& cube_;
  std::vector<DuplicateRow> duplicates_;
};

/// Sorts the results of one hash into pupils; almost always it is one.
void DuplicateFinder::compare(Iterator from, Iterator to) {
  std::vector<std::pair<std::pair<CellKey, std::string>, Candidate>> firsts;
  for (auto at = from; at != to; ++at) {
    std::pair<CellKey, std::string> pupil = rows_.identity(*at);
    const auto first =
        std::find_if(firsts.begin(), firsts.end(), [&](const auto& known) { return known.first == pupil; });
    if (first == firsts.end()) {
      firsts.emplace_back(std::move(pupil), *at);
    } else {
      note(*at, first->second);
    }
  }
}

void DuplicateFinder::note(const Candidate& candidate, const Candidate& first) {
  duplicates_.push_back({candidate.source,
                         candidate.row,
                         candidate.locator,
                         {&rows_.source(first.source), first.row},
                         {candidate.result}});
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

}  // namespace

std::vector<std::uint64_t> repeated_pupils(IntakeState& state) {
  std::vector<const PupilKeys*> keys;
  for (const Counter& counter : state.counters) keys.push_back(&counter.pupils);
  std::vector<std::uint64_t> repeated = repeated_hashes(keys, state.options.threads);
  for (Counter& counter : state.counters) counter.pupils = PupilKeys{};
  return repeated;
}

void take_back_duplicates(const std::vector<std::uint64_t>& repeated, const std::vector<OpenSource*>& sources,
                          IntakeState& state, CubeBuilder& cube) {
  if (!repeated.empty()) DuplicateFinder(sources, state, cube).run(repeated);
}

}  // namespace kaskad::intake
