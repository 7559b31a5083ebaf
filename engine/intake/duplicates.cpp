#include "engine/intake/duplicates.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "engine/base/parallel.hpp"
#include "engine/intake/results_parser.hpp"
#include "engine/intake/task_reader.hpp"

namespace kaskad::intake {
namespace {

/// A result whose hash occurs more than once.
struct Candidate {
  std::uint64_t hash = 0;
  std::uint32_t source = 0;
  std::uint32_t result = 0;  ///< Within its row.
  std::int64_t row = 0;
  std::uint64_t locator = 0;
};

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
      : state_(state), cube_(cube) {
    for (OpenSource* source : sources) {
      sources_.push_back(source);
      readers_.push_back(
          {ResultsParser(*source->results, *source->spec, state.dataset.vocabulary, *state.schools), nullptr});
    }
  }

  void run(const std::vector<std::uint64_t>& repeated) {
    std::vector<Candidate> candidates = collect(repeated);
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
      return std::tie(a.hash, a.source, a.row, a.result) < std::tie(b.hash, b.source, b.row, b.result);
    });
    for (auto from = candidates.begin(); from != candidates.end();) {
      const auto to = std::find_if(from, candidates.end(), [&](const Candidate& c) { return c.hash != from->hash; });
      compare(from, to);
      from = to;
    }
    take_back();
  }

 private:
  using Iterator = std::vector<Candidate>::const_iterator;

  std::vector<Candidate> collect(const std::vector<std::uint64_t>& repeated) const;
  void collect_chunk(std::uint32_t source, std::size_t chunk, const std::vector<std::uint64_t>& repeated,
                     std::vector<Candidate>& out) const;
  void compare(Iterator from, Iterator to);
  void note(const Candidate& candidate, const Candidate& first);
  void take_back();
  void take_back_tasks(const ResultFields& fields, const Row& row, const PupilResult& result,
                       CubeBuilder::CellIndex cell);
  void report(const DuplicateRow& duplicate, std::size_t results_in_row);

  /// Parses the row at a locator once more; `row` holds until the next call for the same source.
  const std::vector<PupilResult>& reread(std::uint32_t source, std::uint64_t locator, Row& row) {
    Reader& reader = readers_[source];
    reader.rows = sources_[source]->table->read_at(locator);
    row = Row{};
    Report unheard = Report::silent();
    const bool found = reader.rows->next(row);
    assert(found);
    static_cast<void>(found);
    return reader.parser.parse(row, unheard);
  }

  /// Who it is: kept no longer than two rows are compared.
  std::pair<CellKey, std::string> identity(const Candidate& candidate) {
    Row row;
    const CellKey key = reread(candidate.source, candidate.locator, row)[candidate.result].key;
    return {key, std::string(readers_[candidate.source].parser.pupil(row))};
  }

  struct Reader {
    ResultsParser parser;
    std::unique_ptr<RowReader> rows;
  };

  IntakeState& state_;
  CubeBuilder& cube_;
  std::vector<OpenSource*> sources_;  ///< All with results bound.
  std::vector<Reader> readers_;
  std::vector<DuplicateRow> duplicates_;
};

std::vector<Candidate> DuplicateFinder::collect(const std::vector<std::uint64_t>& repeated) const {
  std::vector<std::pair<std::uint32_t, std::size_t>> chunks;
  for (std::uint32_t source = 0; source < sources_.size(); ++source) {
    for (std::size_t i = 0; i < sources_[source]->table->chunks(); ++i) chunks.emplace_back(source, i);
  }
  std::vector<std::vector<Candidate>> found(chunks.size());
  parallel_for(chunks.size(), state_.options.threads,
               [&](std::size_t i) { collect_chunk(chunks[i].first, chunks[i].second, repeated, found[i]); });
  std::vector<Candidate> all;
  for (const auto& some : found) all.insert(all.end(), some.begin(), some.end());
  return all;
}

void DuplicateFinder::collect_chunk(std::uint32_t source, std::size_t chunk, const std::vector<std::uint64_t>& repeated,
                                    std::vector<Candidate>& out) const {
  const OpenSource& from = *sources_[source];
  const Table& table = *from.table;
  if (!from.results->pupil.given) return;
  ResultsParser parser(*from.results, *from.spec, state_.dataset.vocabulary, *state_.schools);
  Report unheard = Report::silent();
  const std::unique_ptr<RowReader> reader = table.read(chunk);
  Row row;
  while (reader->next(row)) {
    if (!is_whole(row, table, unheard) || !row.left_out.empty()) continue;
    const std::vector<PupilResult>& results = parser.parse(row, unheard);
    const std::string_view pupil = parser.pupil(row);
    for (std::uint32_t i = 0; i < results.size() && !pupil.empty(); ++i) {
      const std::uint64_t hash = state_.pupil_hash(results[i].key, pupil);
      if (!std::binary_search(repeated.begin(), repeated.end(), hash)) continue;
      out.push_back({hash, source, i, from.rows_before[chunk] + row.number, row.locator});
    }
  }
  table.release(chunk);
}

/// Sorts the results of one hash into pupils; almost always it is one.
void DuplicateFinder::compare(Iterator from, Iterator to) {
  std::vector<std::pair<std::pair<CellKey, std::string>, Candidate>> firsts;
  for (auto at = from; at != to; ++at) {
    std::pair<CellKey, std::string> pupil = identity(*at);
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
  duplicates_.push_back(
      {candidate.source, candidate.row, candidate.locator, {sources_[first.source], first.row}, {candidate.result}});
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
    const std::vector<PupilResult>& results = reread(duplicate.source, duplicate.locator, row);
    for (const std::uint32_t i : duplicate.results) {
      const CubeBuilder::CellIndex cell = cube_.cell(results[i].key);
      count_result(results[i], cube_, cell, -1);
      take_back_tasks(*sources_[duplicate.source]->results, row, results[i], cell);
    }
    report(duplicate, results.size());
  }
}

void DuplicateFinder::take_back_tasks(const ResultFields& fields, const Row& row, const PupilResult& result,
                                      CubeBuilder::CellIndex cell) {
  if (fields.tasks.empty()) return;
  Report unheard = Report::silent();
  TaskReader tasks(fields);
  if (tasks.read(row, result, unheard)) tasks.count(cube_, cell, -1);
}

void DuplicateFinder::report(const DuplicateRow& duplicate, std::size_t results_in_row) {
  const OpenSource& source = *sources_[duplicate.source];
  Report& report = sources_[duplicate.source]->report;
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
