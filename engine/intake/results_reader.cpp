// Pupils' results: the only source that may have millions of rows, so its chunks are read by all threads at once.
#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "engine/base/parallel.hpp"
#include "engine/intake/results_parser.hpp"
#include "engine/intake/task_reader.hpp"

namespace kaskad::intake {
namespace {

/// One thread's work on the chunks of one source.
class ChunkCounter {
 public:
  ChunkCounter(const OpenSource& source, const ResultFields& fields, const IntakeState& state, Counter& counter)
      : table_(*source.table),
        counter_(counter),
        hash_(state.pupil_hash),
        with_pupils_(fields.pupil.given),
        parser_(fields, *source.spec, state.dataset.vocabulary, *state.schools),
        with_tasks_(!fields.tasks.empty()),
        tasks_(fields) {}

  /// Returns the number of records, blank ones too.
  std::int64_t count_chunk(std::size_t chunk, Report& report) {
    const std::unique_ptr<RowReader> reader = table_.read(chunk);
    Row row;
    while (reader->next(row)) {
      report.start_row(row.number);
      if (is_data(row, table_, report)) count_row(row, report);
    }
    table_.release(chunk);
    return reader->passed();
  }
  /// Works whose tasks were met.
  const std::set<std::uint64_t>& works() const { return works_; }

 private:
  void count_row(const Row& row, Report& report) {
    const std::vector<PupilResult>& results = parser_.parse(row, report);
    for (const PupilResult& result : results) count_result(result, counter_.cube, counter_.cube.cell(result.key), 1);
    if (with_tasks_ && results.size() == 1) count_tasks(row, results.front(), report);
    if (!results.empty()) {
      report.count_row();
      if (with_pupils_) note_pupil(parser_.pupil(row), results);
    } else {
      report.row_is_sound() ? report.leave_out_row(parser_.filtered() ? "filtered" : "absent") : report.reject_row();
    }
  }

  void count_tasks(const Row& row, const PupilResult& result, Report& report) {
    CellKey work = result.key;
    work.school = 0;
    works_.insert(work.packed());
    if (tasks_.read(row, result, report)) tasks_.count(counter_.cube, counter_.cube.cell(result.key), 1);
  }

  void note_pupil(std::string_view pupil, const std::vector<PupilResult>& results) {
    if (pupil.empty()) return;
    for (const PupilResult& result : results) counter_.pupils.add(hash_(result.key, pupil));
  }

  const Table& table_;
  Counter& counter_;
  const PupilHash& hash_;
  bool with_pupils_;
  ResultsParser parser_;
  bool with_tasks_;
  TaskReader tasks_;
  std::set<std::uint64_t> works_;
};

/// Knows which codes have been told often enough in the chunks that are done from the first on without a gap. Later
/// chunks need not keep theirs: joining would drop them, whatever thread comes first.
class ToldBefore {
 public:
  explicit ToldBefore(const std::vector<Report>& reports) : reports_(reports), done_(reports.size()) {}

  void finish(std::size_t chunk) {
    const std::lock_guard lock(mutex_);
    done_[chunk] = true;
    for (; first_open_ < done_.size() && done_[first_open_]; ++first_open_) {
      for (const auto& [code, n] : reports_[first_open_].told()) told_[code] += n;
    }
  }
  std::vector<std::string_view> enough() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string_view> codes;
    for (const auto& [code, n] : told_) {
      if (n >= kMostOfACode) codes.push_back(code);
    }
    return codes;
  }

 private:
  const std::vector<Report>& reports_;
  std::mutex mutex_;
  std::vector<bool> done_;
  std::size_t first_open_ = 0;
  std::map<std::string_view, std::int64_t> told_;
};

void join_reports(OpenSource& source, std::vector<Report>& reports, const std::vector<std::int64_t>& passed) {
  std::int64_t before = source.table->rows_before();
  for (std::size_t chunk = 0; chunk < reports.size(); ++chunk) {
    source.rows_before.push_back(before);
    source.report.append(std::move(reports[chunk]), before);
    before += passed[chunk];
  }
}

}  // namespace

void read_results(OpenSource& source, IntakeState& state) {
  std::optional<ResultFields> fields = bind_results(source);
  if (!fields) return;
  bind_tasks(source, state.dataset.tasks, *fields);
  check_maximum(source, state.dataset, *fields);
  source.results = std::make_shared<const ResultFields>(std::move(*fields));
  const std::size_t chunks = source.table->chunks();
  std::vector<Report> reports(chunks, Report(source.spec->name, source.table->sheet()));
  std::vector<std::int64_t> passed(chunks);
  ToldBefore told_before(reports);
  std::atomic<std::size_t> next{0};
  const std::size_t threads = state.counters.size();
  std::vector<std::set<std::uint64_t>> works(threads);
  parallel_for(threads, static_cast<unsigned>(threads), [&](std::size_t thread) {
    ChunkCounter counter(source, *source.results, state, state.counters[thread]);
    for (std::size_t chunk = next++; chunk < chunks; chunk = next++) {
      reports[chunk].mute(told_before.enough());
      passed[chunk] = counter.count_chunk(chunk, reports[chunk]);
      told_before.finish(chunk);
      state.done(source.size * (chunk + 1) / chunks - source.size * chunk / chunks);
    }
    works[thread] = counter.works();
  });
  join_reports(source, reports, passed);
  for (std::size_t i = 1; i < threads; ++i) works.front().merge(works[i]);
  keep_task_specs(source, works.front(), *source.results, state.dataset.tasks);
}

}  // namespace kaskad::intake
