#include <algorithm>
#include <array>
#include <atomic>

#include "engine/base/files.hpp"
#include "engine/intake/duplicates.hpp"
#include "engine/intake/open_table.hpp"
#include "engine/intake/results_parser.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/state.hpp"

namespace kaskad {
namespace intake {
namespace {

using ReadKind = void (*)(OpenSource&, IntakeState&);

/// By SourceKind.
constexpr std::array<ReadKind, 8> kReaders = {read_registry, read_results,  read_summaries,  read_context,
                                              read_groups,   read_partners, read_programmes, read_evidence};

/// Each kind needs what stands before it: schools first, pairs after groups, evidence after programmes.
constexpr std::array<SourceKind, 8> kOrder = {SourceKind::registry,   SourceKind::results, SourceKind::summaries,
                                              SourceKind::context,    SourceKind::groups,  SourceKind::partners,
                                              SourceKind::programmes, SourceKind::evidence};

std::size_t size_of(const SourceSpec& spec) {
  const Expected<MappedFile> file = MappedFile::open(spec.path);
  return file ? file->bytes().size() : 0;
}

class SourcesReader {
 public:
  SourcesReader(const std::vector<SourceSpec>& specs, IntakeState& state) : specs_(specs), state_(state) {
    sources_.resize(specs.size());
    if (!state.options.progress) return;
    for (const SourceSpec& spec : specs) bytes_in_all_ += file_exists(spec.path) ? size_of(spec) : 0;
    state.done = [this](std::size_t bytes) { state_.options.progress(bytes_done_ += bytes, bytes_in_all_); };
  }

  void read_all() {
    for (const SourceKind kind : kOrder) {
      for (std::size_t i = 0; i < specs_.size(); ++i) {
        if (specs_[i].kind == kind) read_one(i);
      }
      if (kind == SourceKind::registry) finish_registry(state_);
      if (kind == SourceKind::results) finish_results();
    }
    Counter& counted = state_.counters.front();
    state_.dataset.cube = std::move(counted.cube).build();
    write_ledger();
  }

 private:
  void read_one(std::size_t i) {
    OpenSource& source = sources_[i];
    const SourceSpec& spec = specs_[i];
    source.spec = &spec;
    OpenedTable opened = open_table(spec, state_.options.threads, state_.dataset.diagnostics);
    source.table = std::move(opened.table);
    source.hash = std::move(opened.hash);
    source.size = opened.size;
    source.report = Report(spec.name, source.table ? source.table->sheet() : spec.sheet);
    source.values = value_maps(spec);
    if (source.table) kReaders[static_cast<std::size_t>(spec.kind)](source, state_);
    if (spec.kind == SourceKind::results && source.results) return;
    source.table.reset();
    state_.done(source.size);
  }

  /// Duplicates can be told only when all results have been read; then their files may be closed.
  void finish_results() {
    const std::vector<std::uint64_t> repeated = repeated_pupils(state_);
    CubeBuilder& cube = state_.counters.front().cube;
    for (std::size_t i = 1; i < state_.counters.size(); ++i) cube.add(std::move(state_.counters[i].cube));
    std::vector<OpenSource*> results;
    for (OpenSource& source : sources_) {
      if (source.results) results.push_back(&source);
    }
    take_back_duplicates(repeated, results, state_, cube);
    state_.pupil_cells = cube.size();
    for (OpenSource* source : results) source->table.reset();
  }

  void write_ledger() {
    Diagnostics& all = state_.dataset.diagnostics;
    for (OpenSource& source : sources_) {
      source.report.finish();
      Diagnostics own = source.report.take_diagnostics();
      std::move(own.begin(), own.end(), std::back_inserter(all));
      SourceLedger ledger;
      ledger.file = source.spec->name;
      ledger.sheet = source.spec->sheet;
      ledger.kind = kSourceKindNames[static_cast<std::size_t>(source.spec->kind)];
      ledger.hash = source.hash;
      source.report.give_counts(ledger);
      state_.dataset.ledger.push_back(std::move(ledger));
    }
    sort_by_place(all);
  }

  const std::vector<SourceSpec>& specs_;
  IntakeState& state_;
  std::vector<OpenSource> sources_;
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
