#include <algorithm>
#include <array>
#include <atomic>

#include "engine/base/files.hpp"
#include "engine/intake/containers.hpp"
#include "engine/intake/corrections.hpp"
#include "engine/intake/duplicates.hpp"
#include "engine/intake/layout_match.hpp"
#include "engine/intake/open_table.hpp"
#include "engine/intake/results_parser.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/state.hpp"

namespace kaskad {
namespace intake {
namespace {

using ReadKind = void (*)(OpenSource&, IntakeState&);

/// By SourceKind.
constexpr std::array<ReadKind, kSourceKindNames.size()> kReaders = {
    read_registry, read_results,    read_summaries, read_context,    read_groups,   read_partners,      read_programmes,
    read_evidence, read_crosswalk,  read_tasks,     read_appeals,    read_measures, read_participation, read_targets,
    read_expected, read_components, read_decisions, read_supporters, read_visits,   read_processes,     read_courses};

/// Each kind needs what stands before it: schools first, pairs after groups, whatever names a programme after them.
constexpr std::array<SourceKind, kSourceKindNames.size()> kOrder = {
    SourceKind::registry,      SourceKind::crosswalk,  SourceKind::tasks,    SourceKind::results,
    SourceKind::appeals,       SourceKind::summaries,  SourceKind::context,  SourceKind::groups,
    SourceKind::partners,      SourceKind::programmes, SourceKind::evidence, SourceKind::measures,
    SourceKind::participation, SourceKind::targets,    SourceKind::expected, SourceKind::components,
    SourceKind::decisions,     SourceKind::supporters, SourceKind::visits,   SourceKind::processes,
    SourceKind::courses};

std::vector<SourceSpec> expanded(const std::vector<SourceSpec>& specs, Diagnostics& out) {
  std::vector<SourceSpec> all;
  for (const SourceSpec& spec : specs) {
    std::vector<SourceSpec> tables = expand_source(spec, out);
    std::move(tables.begin(), tables.end(), std::back_inserter(all));
  }
  return all;
}

std::size_t size_of(const SourceSpec& spec) {
  if (!spec.entry.empty()) return 0;
  const Expected<MappedFile> file = MappedFile::open(spec.path);
  return file ? file->bytes().size() : 0;
}

class SourcesReader {
 public:
  SourcesReader(const std::vector<SourceSpec>& specs, IntakeState& state) : state_(state) {
    for (const SourceSpec& spec : expanded(specs, state.dataset.diagnostics)) {
      std::vector<SourceSpec> sheets = sheets_of(spec, shelf_);
      std::move(sheets.begin(), sheets.end(), std::back_inserter(specs_));
    }
    sources_.resize(specs_.size());
    if (!state.options.progress) return;
    for (const SourceSpec& spec : specs_) bytes_in_all_ += file_exists(spec.path) ? size_of(spec) : 0;
    state.done = [this](std::size_t bytes) { state_.options.progress(bytes_done_ += bytes, bytes_in_all_); };
  }

  void read_all() {
    // What a table is must be known before its turn comes.
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      if (specs_[i].kind_is_found) open(i);
    }
    for (const SourceKind kind : kOrder) {
      for (std::size_t i = 0; i < specs_.size(); ++i) {
        const SourceSpec& spec = sources_[i].spec ? *sources_[i].spec : specs_[i];
        if (spec.kind == kind) read_one(i);
      }
      if (kind == SourceKind::registry) finish_registry(state_);
      if (kind == SourceKind::results) finish_results();
      if (kind == SourceKind::appeals) close_results();
    }
    Counter& counted = state_.counters.front();
    state_.dataset.cube = std::move(counted.cube).build();
    write_ledger();
  }

 private:
  void open(std::size_t i) {
    OpenSource& source = sources_[i];
    const SourceSpec& spec = specs_[i];
    OpenedTable opened;
    opened.spec = spec;
    Diagnostics& out = state_.dataset.diagnostics;
    const std::optional<FileBytes> file = open_file(spec, out);
    TableWrap wrap;
    if (state_.options.corrections != nullptr)
      wrap = corrected_tables(*state_.options.corrections, spec.name, corrections_);
    if (file)
      opened = open_table(spec, *file, state_.dataset, state_.options.threads, out, wrap, &shelf_, &state_.pupil_hash);
    source.spec = std::make_unique<SourceSpec>(std::move(opened.spec));
    source.table = std::move(opened.table);
    source.layout = std::move(opened.layout);
    source.hash = std::move(opened.hash);
    source.size = opened.size;
    source.report = Report(spec.name, source.table ? source.table->sheet() : spec.sheet);
    source.report.set_overflow(&state_.options.overflow);
    source.values = value_maps(*source.spec);
    source.passed_over = opened.passed_over.has_value();
    if (opened.passed_over) source.report.pass_over_rows(*opened.passed_over);
  }

  bool same_workbook(std::size_t i, std::size_t j) const {
    return specs_[i].one_of_sheets && specs_[j].one_of_sheets && specs_[i].path == specs_[j].path &&
           specs_[i].entry == specs_[j].entry;
  }

  /// A workbook none of whose sheets holds such a table.
  void report_workbooks_without_tables() {
    for (std::size_t i = 0; i < specs_.size();) {
      std::size_t end = i + 1;
      bool none = sources_[i].passed_over;
      for (; end < specs_.size() && same_workbook(i, end); ++end) none = none && sources_[end].passed_over;
      if (none) {
        Diagnostic d;
        d.place.file = specs_[i].name;
        d.message = {"no-table-in-workbook", {{"sheets", static_cast<std::int64_t>(end - i)}}};
        state_.dataset.diagnostics.push_back(std::move(d));
      }
      i = end;
    }
  }

  void read_one(std::size_t i) {
    OpenSource& source = sources_[i];
    if (!source.spec) open(i);
    const SourceKind kind = source.spec->kind;
    const bool special = source.layout && source.layout->layout->read != nullptr;
    const ReadKind read = special ? source.layout->layout->read : kReaders[static_cast<std::size_t>(kind)];
    if (!state_.options.follow.empty()) source.report.follow(state_.dataset.registry.find(state_.options.follow));
    if (source.table) read(source, state_);
    if (kind == SourceKind::results && source.results) return;
    source.table.reset();
    state_.done(source.size);
  }

  /// Duplicates can be told only when all results have been read; then their files may be closed.
  void finish_results() {
    const RepeatSearch repeated = repeated_pupils(state_);
    CubeBuilder& cube = state_.counters.front().cube;
    for (std::size_t i = 1; i < state_.counters.size(); ++i) cube.add(std::move(state_.counters[i].cube));
    for (OpenSource& source : sources_) {
      if (source.results) state_.results.push_back(&source);
    }
    judge_repeated(repeated, state_.results, state_, cube);
    state_.pupil_cells = cube.size();
  }

  void close_results() {
    for (OpenSource* source : state_.results) source->table.reset();
    shelf_.clear();
  }

  void write_ledger() {
    report_workbooks_without_tables();
    Diagnostics& all = state_.dataset.diagnostics;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      OpenSource& source = sources_[i];
      source.report.finish();
      Diagnostics own = source.report.take_diagnostics();
      std::move(own.begin(), own.end(), std::back_inserter(all));
      SourceLedger ledger;
      ledger.file = source.spec->name;
      ledger.sheet = source.spec->sheet;
      if (source.layout) ledger.layout = source.layout->layout->id;
      ledger.layout_is_forced = !specs_[i].layout.empty();
      ledger.kind_is_found = specs_[i].kind_is_found;
      ledger.head_row = source.layout ? source.layout->head_row : source.spec->header_row;
      ledger.kind = kSourceKindNames[static_cast<std::size_t>(source.spec->kind)];
      ledger.hash = source.hash;
      source.report.give_counts(ledger);
      state_.dataset.ledger.push_back(std::move(ledger));
      corrections_.give(source.spec->name, state_.dataset.corrections);
    }
    sort_by_place(all);
  }

  WorkbookShelf shelf_;
  std::vector<SourceSpec> specs_;  ///< One a table.
  IntakeState& state_;
  std::vector<OpenSource> sources_;
  CorrectionLog corrections_;
  std::size_t bytes_in_all_ = 0;
  std::atomic<std::size_t> bytes_done_{0};
};

}  // namespace
}  // namespace intake

Dataset read_sources(const std::vector<SourceSpec>& sources, Vocabulary vocabulary,
                     std::vector<ContextField> context_fields, const IntakeNames& names, const IntakeOptions& options) {
  Dataset dataset;
  dataset.vocabulary = std::move(vocabulary);
  dataset.context.fields = std::move(context_fields);
  intake::IntakeState state(dataset, names, options);
  state.counters.resize(std::max(1U, options.threads));
  intake::SourcesReader(sources, state).read_all();
  return dataset;
}

}  // namespace kaskad
