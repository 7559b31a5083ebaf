#include "engine/intake/pupil_rows.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "engine/base/parallel.hpp"
#include "engine/intake/task_reader.hpp"

namespace kaskad::intake {
namespace {

bool holds(const std::vector<std::uint64_t>& rising, std::uint64_t word) {
  return std::binary_search(rising.begin(), rising.end(), word);
}

}  // namespace

PupilRows::PupilRows(const std::vector<OpenSource*>& sources, const IntakeState& state)
    : state_(state), sources_(sources) {
  for (const OpenSource* source : sources) {
    readers_.push_back(
        {ResultsParser(*source->results, *source->spec, state.dataset.vocabulary, *state.schools), nullptr});
  }
}

std::vector<Candidate> PupilRows::find(const RepeatedPupils& wanted) const {
  if (wanted.results.empty() && wanted.pupils.empty()) return {};
  std::vector<std::pair<std::uint32_t, std::size_t>> chunks;
  for (std::uint32_t source = 0; source < sources_.size(); ++source) {
    for (std::size_t i = 0; i < sources_[source]->table->chunks(); ++i) chunks.emplace_back(source, i);
  }
  std::vector<std::vector<Candidate>> found(chunks.size());
  parallel_for(chunks.size(), state_.options.threads,
               [&](std::size_t i) { collect(chunks[i].first, chunks[i].second, wanted, found[i]); });
  std::vector<Candidate> all;
  for (const auto& some : found) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    const std::uint64_t who_a = PupilHash::pupil_of(a.hash), who_b = PupilHash::pupil_of(b.hash);
    return std::tie(who_a, a.source, a.row, a.result) < std::tie(who_b, b.source, b.row, b.result);
  });
  return all;
}

void PupilRows::collect(std::uint32_t source, std::size_t chunk, const RepeatedPupils& wanted,
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
      const std::uint64_t hash = state_.pupil_hash.of_result(results[i].key, pupil, from.results->by_names);
      if (holds(wanted.results, hash) || holds(wanted.pupils, PupilHash::pupil_of(hash)))
        out.push_back({hash, source, i, from.rows_before[chunk] + row.number, row.locator});
    }
  }
  table.release(chunk);
}

const std::vector<PupilResult>& PupilRows::reread(std::uint32_t source, std::uint64_t locator, Row& row) {
  Reader& reader = readers_[source];
  reader.rows = sources_[source]->table->read_at(locator);
  row = Row{};
  Report unheard = Report::silent();
  const bool found = reader.rows->next(row);
  assert(found);
  static_cast<void>(found);
  return reader.parser.parse(row, unheard);
}

std::pair<CellKey, std::string> PupilRows::identity(const Candidate& candidate) {
  Row row;
  const CellKey key = reread(candidate.source, candidate.locator, row)[candidate.result].key;
  return {key, std::string(readers_[candidate.source].parser.pupil(row))};
}

void take_back_tasks(const ResultFields& fields, const Row& row, const PupilResult& result, CubeBuilder& cube) {
  if (fields.tasks.empty()) return;
  Report unheard = Report::silent();
  TaskReader tasks(fields);
  if (tasks.read(row, result, unheard)) tasks.count(cube, cube.cell(result.key), -1);
}

}  // namespace kaskad::intake
