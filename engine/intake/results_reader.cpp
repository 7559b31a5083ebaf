// Pupils' results: the only source that may have millions of rows, so its chunks are read by all threads at once.
#include <atomic>
#include <mutex>
#include <optional>
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
        by_names_(fields.by_names),
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
    for (const PupilResult& result : results) report.carry(result.key);
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
    for (const PupilResult& result : results) counter_.pupils.add(hash_.of_result(result.key, pupil, by_names_));
  }

  const Table& table_;
  Counter& counter_;
  const PupilHash& hash_;
  bool with_pupils_;
  bool by_names_;
  ResultsParser parser_;
  bool with_tasks_;
  TaskReader tasks_;
  std::set<std::uint64_t> works_;
};

/// Joins the reports of the chunks in the order of the file, each as soon as all before it are done, so that what is
/// told does not depend on the number of threads and only the chunks in work hold diagnostics of their own.
class ReportJoiner {
 public:
  ReportJoiner(OpenSource& source, bool keeps_all)
      : source_(source),
        keeps_all_(keeps_all),
        waiting_(source.table->chunks()),
        before_(source.table->rows_before()) {}

  /// For a chunk that begins now. Of what has been told often enough before, joining would drop the rest.
  Report start() {
    Report report(source_.spec->name, source_.table->sheet());
    report.follow(source_.report.follows());
    if (keeps_all_) {
      report.keep_all();
    } else {
      report.mute(enough());
    }
    return report;
  }

  void finish(std::size_t chunk, Report&& report, std::int64_t passed) {
    const std::lock_guard lock(mutex_);
    waiting_[chunk] = Done{std::move(report), passed};
    for (; first_open_ < waiting_.size() && waiting_[first_open_]; ++first_open_) {
      Done& done = *waiting_[first_open_];
      source_.rows_before.push_back(before_);
      source_.report.append(std::move(done.report), before_);
      before_ += done.passed;
      waiting_[first_open_]->report = Report();
    }
  }

 private:
  struct Done {
    Report report;
    std::int64_t passed = 0;
  };

  std::vector<std::string_view> enough() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string_view> codes;
    for (const auto& [code, n] : source_.report.told()) {
      if (n >= kMostOfACode) codes.push_back(code);
    }
    return codes;
  }

  OpenSource& source_;
  bool keeps_all_;
  std::mutex mutex_;
  std::vector<std::optional<Done>> waiting_;
  std::size_t first_open_ = 0;
  std::int64_t before_;
};

}  // namespace

void read_results(OpenSource& source, IntakeState& state) {
  std::optional<ResultFields> fields = bind_results(source);
  if (!fields) return;
  bind_tasks(source, state.dataset.tasks, *fields);
  check_maximum(source, state.dataset, *fields);
  source.results = std::make_shared<const ResultFields>(std::move(*fields));
  const std::size_t chunks = source.table->chunks();
  ReportJoiner joiner(source, static_cast<bool>(state.options.overflow));
  std::atomic<std::size_t> next{0};
  const std::size_t threads = state.counters.size();
  std::vector<std::set<std::uint64_t>> works(threads);
  parallel_for(threads, static_cast<unsigned>(threads), [&](std::size_t thread) {
    ChunkCounter counter(source, *source.results, state, state.counters[thread]);
    for (std::size_t chunk = next++; chunk < chunks; chunk = next++) {
      Report report = joiner.start();
      const std::int64_t passed = counter.count_chunk(chunk, report);
      joiner.finish(chunk, std::move(report), passed);
      state.done(source.size * (chunk + 1) / chunks - source.size * chunk / chunks);
    }
    works[thread] = counter.works();
  });
  for (std::size_t i = 1; i < threads; ++i) works.front().merge(works[i]);
  keep_task_specs(source, works.front(), *source.results, state.dataset.tasks);
}

}  // namespace kaskad::intake
