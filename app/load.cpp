#include "app/load.hpp"

#include <algorithm>

#include "engine/intake/corrections.hpp"
#include "engine/intake/returned.hpp"
#include "engine/intake/source.hpp"
#include "indicators/evidence_checks.hpp"
#include "indicators/participation.hpp"
#include "indicators/plausibility.hpp"
#include "indicators/stage_checks.hpp"
#include "indicators/targets.hpp"

namespace kaskad::app {

Expected<std::optional<Project>> load_project(const std::string& path, const Resources& resources, Console& console,
                                              std::FILE* to) {
  const auto catalogue = load_catalogue(resources.catalogue);
  if (!catalogue) return tl::unexpected<Error>(catalogue.error());
  Diagnostics defects;
  auto project = read_project(path, *catalogue, defects);
  if (!project) return tl::unexpected<Error>(project.error());
  sort_by_place(defects);
  console.tell(defects, to);
  if (has_errors(defects)) return std::optional<Project>();
  return std::optional<Project>(std::move(*project));
}

namespace {

/// Workbooks that speak of files which the project does not have.
Diagnostics unknown_files(const intake::Corrections& corrections, const Dataset& data) {
  Diagnostics out;
  for (const intake::Corrections::Sheet& sheet : corrections.sheets()) {
    const bool known = std::any_of(data.ledger.begin(), data.ledger.end(),
                                   [&](const SourceLedger& l) { return l.file == sheet.file; });
    if (known) continue;
    Diagnostic d;
    d.severity = Severity::warning;
    d.place.file = sheet.workbook;
    d.place.sheet = sheet.sheet;
    d.message = {"returned-file-unknown", {{"file", sheet.file}}};
    out.push_back(std::move(d));
  }
  return out;
}

void add(Diagnostics more, Dataset& data) { std::move(more.begin(), more.end(), std::back_inserter(data.diagnostics)); }

}  // namespace

void sort_by_sources(const Project& project, Diagnostics& diagnostics) {
  std::vector<std::string> files;
  for (const SourceSpec& source : project.sources) files.push_back(source.name);
  sort_by_place(diagnostics, files);
}

Dataset load_dataset(const Project& project, const LoadOptions& load, Console& console) {
  IntakeNames names;
  for (const Wave& wave : project.waves) names.waves.push_back(wave.id);
  names.criteria = project.maturity.criterion_ids();
  for (const Indicator& indicator : project.indicators) names.indicators.push_back(indicator.id);
  for (const ContextField& field : project.context_fields) names.indicators.push_back(field.id);
  Diagnostics told;
  std::optional<intake::Corrections> corrections;
  if (!project.corrections.empty()) corrections = intake::Corrections::read(project.corrections, told);
  IntakeOptions options;
  options.threads = load.threads;
  options.corrections = corrections ? &*corrections : nullptr;
  options.overflow = load.overflow;
  options.follow = load.follow;
  options.progress = [&](std::size_t done, std::size_t all) { console.progress(done, all); };
  Dataset data = read_sources(project.sources, project.vocabulary, project.context_fields, names, options);
  add(std::move(told), data);
  if (corrections) add(unknown_files(*corrections, data), data);
  add(stale_rows(data), data);
  add(find_implausible(data, project.plausibility), data);
  add(check_evidence(data, project.maturity, wave_sets(project.waves, project.vocabulary)), data);
  add(check_partners(data, project.partners, project.minimum_n), data);
  add(check_processes(data, project.processes), data);
  add(check_courses(data, project.courses), data);
  add(check_participation(data), data);
  add(check_registry(data, project.registry), data);
  add(check_targets(data, project.indicators, project.waves), data);
  add(find_stage_defects(data, project.cascade, project.date), data);
  sort_by_sources(project, data.diagnostics);
  return data;
}

Dataset load_dataset(const Project& project, unsigned threads, Console& console) {
  LoadOptions options;
  options.threads = threads;
  return load_dataset(project, options, console);
}

}  // namespace kaskad::app
