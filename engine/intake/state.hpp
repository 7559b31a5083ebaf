// What the readers of all kinds share while the sources are read.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "engine/cube/cube.hpp"
#include "engine/intake/dataset.hpp"
#include "engine/intake/lookups.hpp"
#include "engine/intake/pupil_keys.hpp"
#include "engine/intake/report.hpp"
#include "engine/intake/source_fields.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

struct ResultFields;
struct LayoutMatch;

/// A source whose file is open.
struct OpenSource {
  std::unique_ptr<SourceSpec> spec;           ///< As the file turned out to be: its layout's columns are in it.
  std::shared_ptr<const LayoutMatch> layout;  ///< Null for a tidy table.
  std::unique_ptr<Table> table;               ///< Null when the file cannot be read.
  Report report;
  ValueMaps values;
  std::string hash;
  std::size_t size = 0;                         ///< Bytes.
  bool passed_over = false;                     ///< A sheet that holds no such table.
  std::shared_ptr<const ResultFields> results;  ///< Of a results source that can be read.
  std::vector<std::int64_t> rows_before;        ///< Of each chunk, once the source has been read in parallel.
};

/// A pupil's result in one subject.
struct PupilResult {
  CellKey key;
  std::array<int, kOutcomes> values{};
  std::array<bool, kOutcomes> has{};
};

/// Where a school, programme or membership was first met.
struct Origin {
  OpenSource* source = nullptr;
  std::int64_t row = 0;
};

/// Rows of the registries before they are put in order.
struct RegistryDraft {
  std::vector<School> schools;
  std::vector<Origin> origins;
  TextMap<std::size_t> by_id;
};

/// A result that was changed on appeal, as it counts now, and the source that changed it.
struct AppealedResult {
  OpenSource* source = nullptr;
  PupilResult result;
  std::int64_t row = 0;  ///< Of the source.
};

/// Of one thread.
struct Counter {
  CubeBuilder cube;
  PupilKeys pupils;
};

struct IntakeState {
  IntakeState(Dataset& dataset_, const IntakeNames& names_, const IntakeOptions& options_)
      : dataset(dataset_), names(names_), options(options_) {}

  Dataset& dataset;
  const IntakeNames& names;
  const IntakeOptions& options;
  RegistryDraft registry;
  std::optional<SchoolIndex> schools;  ///< Once all registries have been read.
  std::vector<Counter> counters;
  std::size_t pupil_cells = 0;  ///< The first cells of the cube, which hold pupils' results; summaries come after them.
  PupilHash pupil_hash = PupilHash::with_random_key();
  std::vector<OpenSource*> results;  ///< Results sources that could be read, open until appeals have been counted.
  using ResultPlace = std::tuple<OpenSource*, std::int64_t, std::uint32_t>;  ///< Source, row, result within the row.
  std::map<ResultPlace, AppealedResult> appealed;
  std::vector<Origin> membership_origins;                       ///< Beside Dataset::memberships.
  std::vector<Origin> partnership_origins;                      ///< Beside Dataset::partnerships.
  std::vector<Origin> programme_origins;                        ///< Beside Dataset::programmes.
  std::map<std::string, Origin, std::less<>> evidence_origins;  ///< By programme, wave, criterion, rater.
  std::map<std::string, Origin, std::less<>> entry_origins;     ///< Of Dataset::programme_data, by kind and key.
  std::map<std::uint64_t, Origin> summary_origins;              ///< By packed key of the cell, for each outcome.
  std::function<void(std::size_t)> done = [](std::size_t) {};   ///< Bytes done; from any thread.
};

/// Fields in the order of the table; empty when a required one cannot be had: then every row of the source is rejected.
std::vector<Field> bind_fields(OpenSource& source, std::span<const SourceField> table);
/// Fields of the project file that this kind does not have.
void report_unknown_fields(OpenSource& source, std::span<const SourceField> table);
/// Reports a mapped or required column that is not there.
void report_missing_column(OpenSource& source, const Field& field);
/// `code` empty: for want of a column, or of what a layout’s title should have said.
void reject_all_rows(OpenSource& source, std::string_view code = {});

/// False, with a diagnostic, when the record itself is broken: a quote never closed, too few or too many fields.
bool is_whole(const Row& row, const Table& table, Report& report);

/// False when the row is broken or no data; the report then has it.
inline bool is_data(const Row& row, const Table& table, Report& report) {
  if (!is_whole(row, table, report)) {
    report.reject_row();
    return false;
  }
  if (row.absorbed != nullptr) report.absorb(*row.absorbed);
  if (row.left_out.empty()) return true;
  report.leave_out_row(row.left_out);
  return false;
}

/// Calls body(row) for each whole row in order; the body closes the row in the report.
template <class Body>
void for_each_row(OpenSource& source, const Body& body) {
  std::int64_t before = source.table->rows_before();
  for (std::size_t chunk = 0; chunk < source.table->chunks(); ++chunk) {
    const std::unique_ptr<RowReader> reader = source.table->read(chunk);
    Row row;
    while (reader->next(row)) {
      source.report.start_row(before + row.number);
      if (is_data(row, *source.table, source.report)) body(row);
    }
    before += reader->passed();
    source.table->release(chunk);
  }
}

Args first_seen(const Origin& origin);  ///< first_file, first_row.

// One a kind.
void read_registry(OpenSource& source, IntakeState& state);
void read_results(OpenSource& source, IntakeState& state);
void read_summaries(OpenSource& source, IntakeState& state);
void read_context(OpenSource& source, IntakeState& state);
void read_groups(OpenSource& source, IntakeState& state);
void read_partners(OpenSource& source, IntakeState& state);
void read_programmes(OpenSource& source, IntakeState& state);
void read_evidence(OpenSource& source, IntakeState& state);
void read_crosswalk(OpenSource& source, IntakeState& state);
void read_tasks(OpenSource& source, IntakeState& state);
void read_appeals(OpenSource& source, IntakeState& state);
void read_measures(OpenSource& source, IntakeState& state);
void read_participation(OpenSource& source, IntakeState& state);
void read_targets(OpenSource& source, IntakeState& state);
void read_expected(OpenSource& source, IntakeState& state);
void read_components(OpenSource& source, IntakeState& state);
void read_decisions(OpenSource& source, IntakeState& state);
void read_supporters(OpenSource& source, IntakeState& state);
void read_visits(OpenSource& source, IntakeState& state);
void read_processes(OpenSource& source, IntakeState& state);
void read_courses(OpenSource& source, IntakeState& state);

/// Puts the schools of all registries in order and brings the spellings of each municipality together.
void finish_registry(IntakeState& state);

}  // namespace kaskad::intake
