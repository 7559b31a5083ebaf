#include <algorithm>
#include <filesystem>
#include <set>

#include "app/project/cascade_reader.hpp"
#include "app/project/identify_reader.hpp"
#include "app/project/known_ids.hpp"
#include "app/project/maturity_reader.hpp"
#include "app/project/monitoring_reader.hpp"
#include "app/project/project.hpp"
#include "app/project/ranks_reader.hpp"
#include "app/project/report_reader.hpp"
#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

/// As check_id; an empty id is a required setting that is not there, which has been told.
void check_given(ConfigReader& reader, std::string_view key, const std::string& id, const Ids& known) {
  if (!id.empty()) check_id(reader, key, id, known);
}

std::vector<int> small_integers(ConfigReader& reader, std::string_view key) {
  std::vector<int> out;
  for (const std::int64_t value : reader.integers(key)) out.push_back(static_cast<int>(value));
  return out;
}

Names required_names(ConfigReader& reader, std::string_view key) {
  Names names = reader.localized(key);
  if (!reader.has(key)) reader.report(key, "setting-missing");
  return names;
}

/// A sub-reader for a table, or for an empty one when it is absent.
struct Section {
  static inline const ConfigNode kNothing{ConfigTable{}, 0, 0};
  ConfigReader reader;
  Section(ConfigReader& root, std::string_view key)
      : reader(root.has(key) && root.table(key) != nullptr ? *root.table(key) : nothing(root, key), root.file(),
               std::string(key), root.diagnostics()) {}
  ~Section() { reader.finish(); }
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

 private:
  static const ConfigNode& nothing(ConfigReader& root, std::string_view key) {
    root.raw(key);
    return kNothing;
  }
};

void read_templates(ConfigReader& r, Project& project) {
  const std::string folder = r.text("templates");
  if (folder.empty()) return;
  project.templates = resolve_beside(project.file, folder);
  if (!std::filesystem::is_directory(project.templates))
    r.report("templates", "project-file-missing", {{"file", folder}});
}

void read_identity(ConfigReader& root, Project& project) {
  if (!root.has("project")) root.report("project", "setting-missing");
  Section section(root, "project");
  if (!root.has("project")) return;
  ConfigReader& r = section.reader;
  project.id = r.required_text("id");
  project.title = required_names(r, "title");
  project.organisation = r.localized("organisation");
  project.region = required_names(r, "region");
  project.source_note = r.localized("source_note");
  read_templates(r, project);
  project.vocabulary.years = small_integers(r, "years");
  auto& years = project.vocabulary.years;
  if (!r.has("years"))
    r.report("years", "setting-missing");
  else if (years.empty() || !std::is_sorted(years.begin(), years.end()) ||
           std::adjacent_find(years.begin(), years.end()) != years.end() || years.front() < 1900 ||
           years.back() > 2200) {
    r.report("years", "project-years");
  }
  std::sort(years.begin(), years.end());
}

void read_publication(ConfigReader& root, Project& project) {
  constexpr std::int64_t kLeast = 5;  // never fewer: docs/data-protection in docs/project.md
  Section section(root, "publication");
  project.minimum_n = section.reader.integer("minimum_n", 10);
  project.complementary = section.reader.boolean("complementary", true);
  if (project.minimum_n < kLeast) section.reader.report("minimum_n", "setting-at-least", {{"least", kLeast}});
}

void read_sources(ConfigReader& root, const std::string& file, Project& project) {
  for (const ConfigNode* node : root.tables("source")) {
    project.sources.push_back(read_source(*node, file, project.context_fields, root.diagnostics()));
  }
  if (!root.has("source")) root.report("source", "setting-missing");
  const auto is_registry = [](const SourceSpec& s) { return s.kind == SourceKind::registry || s.kind_is_found; };
  if (root.has("source") && std::none_of(project.sources.begin(), project.sources.end(), is_registry)) {
    root.report("source", "project-no-registry");
  }
}

void read_indicators_in_use(ConfigReader& root, const std::string& file, const Catalogue& catalogue, Project& project) {
  const std::vector<Indicator> own = read_indicators(root.tables("indicator"), file, root.diagnostics());
  Section section(root, "indicators");
  const std::vector<std::string> use = section.reader.texts("use");
  const std::vector<std::string> known = ids_of(catalogue.indicators);
  for (const std::string& id : use) check_id(section.reader, "use", id, known);
  const std::vector<std::string> own_ids = ids_of(own);
  for (const Indicator& i : catalogue.indicators) {
    const bool wanted = !section.reader.has("use") || holds(use, i.id);
    if (wanted && !holds(own_ids, i.id)) project.indicators.push_back(i);
  }
  project.indicators.insert(project.indicators.end(), own.begin(), own.end());
  name_units(project.vocabulary, project.indicators);
}

void read_headlines(ConfigReader& root, Project& project) {
  constexpr std::size_t kMost = 5;
  for (const ConfigNode* node : root.tables("headline")) {
    ConfigReader r(*node, root.file(), "headline", root.diagnostics());
    Headline h{r.required_text("indicator"), r.required_text("procedure"), r.required_text("subject"),
               static_cast<int>(r.integer("grade", 0))};
    check_given(r, "indicator", h.indicator, ids_of(project.indicators));
    check_given(r, "procedure", h.procedure, ids_of(project.vocabulary.procedures));
    if (h.subject != "*") check_given(r, "subject", h.subject, ids_of(project.vocabulary.subjects));
    r.finish();
    project.headlines.push_back(std::move(h));
  }
  if (!root.has("headline")) root.report("headline", "setting-missing");
  if (project.headlines.size() > kMost)
    root.report("headline", "project-headlines", {{"most", static_cast<std::int64_t>(kMost)}});
}

void read_changes(ConfigReader& root, Project& project) {
  std::vector<std::string> periods;
  for (const int year : project.vocabulary.years) periods.push_back(std::to_string(year));
  const auto common = [&](WaveRole role) {
    return std::find_if(project.waves.begin(), project.waves.end(),
                        [&](const Wave& w) { return w.is_common() && w.role == role; });
  };
  for (const Wave& wave : project.waves) {
    if (wave.is_common()) periods.push_back(wave.id);
  }
  const auto entry = common(WaveRole::entry), last = common(WaveRole::final);
  if (entry != project.waves.end() && last != project.waves.end()) project.changes.push_back({entry->id, last->id});
  Section section(root, "comparison");
  for (const ConfigNode* node : section.reader.tables("changes")) {
    ConfigReader r(*node, root.file(), "comparison.changes", root.diagnostics());
    ChangeSpec change{r.required_text("from"), r.required_text("to")};
    check_given(r, "from", change.from, periods);
    check_given(r, "to", change.to, periods);
    r.finish();
    project.changes.push_back(std::move(change));
  }
}

void read_deficits(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.deficits = catalogue.deficits;
  Section section(root, "deficits");
  read_deficit_rule(section.reader, project.deficits);
}

void read_marking_of(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.marking = catalogue.marking;
  Section section(root, "marking");
  read_marking(section.reader, project.vocabulary, project.marking);
}

/// The outcome of [resilience] names what is known; empty = the first headline.
void check_outcome(ConfigReader& root, const Project& project) {
  const IndexOutcome& outcome = project.resilience.outcome;
  if (outcome.indicator.empty()) return;
  check_id(root, "resilience", outcome.indicator, ids_of(project.indicators));
  check_id(root, "resilience", outcome.procedure, ids_of(project.vocabulary.procedures));
  if (outcome.subject != "*") check_id(root, "resilience", outcome.subject, ids_of(project.vocabulary.subjects));
}

void read_resilience_of(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.resilience = catalogue.resilience;
  project.proposals = catalogue.proposals;
  Section section(root, "resilience");
  read_resilience(section.reader, project.resilience);
  check_outcome(root, project);
  Section proposals(root, "proposals");
  read_proposals(proposals.reader, project.proposals);
}

void read_clusters_of(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.funnels = catalogue.funnels;
  Section funnels(root, "funnels");
  read_funnels(funnels.reader, project.funnels);
  Section section(root, "clusters");
  const Vocabulary& v = project.vocabulary;
  const ClusterNames names{v.years, ids_of(project.indicators), ids_of(v.procedures), ids_of(v.subjects),
                           ids_of(project.context_fields)};
  read_clusters(section.reader, names, project.clusters);
}

void read_partners_of(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.partners = catalogue.partners;
  Section section(root, "partners");
  read_partners_settings(section.reader, project.partners);
  std::vector<std::string>& ids = project.partners.indicators;
  if (section.reader.has("indicators")) {
    for (const std::string& id : ids) check_id(section.reader, "indicators", id, ids_of(project.indicators));
    return;
  }
  for (const Headline& headline : project.headlines) {
    if (!holds(ids, headline.indicator)) ids.push_back(headline.indicator);
  }
}

void read_identification(ConfigReader& root, const ConfigNode& tree, const Catalogue& catalogue, Project& project) {
  for (const auto* table : {"low", "social_index"}) root.table(table);
  const ParsedConfig shipped = parse_config(catalogue.identify_toml, "identify.toml");
  project.identify_tables = identify_tables(shipped.root, tree);
  const IdentifyNames names{project.vocabulary, project.context_fields, ids_of(project.indicators)};
  project.identify = read_identify(project.identify_tables, root.file(), names, root.diagnostics());
}

void read_checks(ConfigReader& root, const Catalogue& catalogue, Project& project) {
  project.plausibility = catalogue.plausibility;
  Section section(root, "plausibility");
  read_plausibility(section.reader, project.plausibility);
  Section corrections(root, "corrections");
  const std::string folder = corrections.reader.text("folder");
  if (!folder.empty()) project.corrections = resolve_beside(project.file, folder);
}

void read_reports_of(ConfigReader& root, const std::string& file, Project& project) {
  const auto is_groups = [](const SourceSpec& s) { return s.kind == SourceKind::groups; };
  project.reports = root.has("report")
                        ? read_reports(root, file)
                        : default_reports(std::any_of(project.sources.begin(), project.sources.end(), is_groups));
}

Expected<std::string> catalogue_file(const std::string& folder, const std::string& name) {
  return read_file(folder + "/" + name);
}

/// Reads one shipped TOML file with `read`; any defect in it is an error of the installation.
template <class Read>
Expected<void> read_shipped(const std::string& folder, const std::string& name, Read read) {
  const auto toml = catalogue_file(folder, name);
  if (!toml) return tl::unexpected<Error>(toml.error());
  ParsedConfig parsed = parse_config(*toml, name);
  ConfigReader root(parsed.root, name, "", parsed.diagnostics);
  read(root);
  root.finish();
  if (parsed.diagnostics.empty()) return {};
  const Diagnostic& first = parsed.diagnostics.front();
  return tl::unexpected<Error>(Error{first.message, name + ":" + std::to_string(first.place.row)});
}

}  // namespace

Expected<Catalogue> load_catalogue(const std::string& folder) {
  Catalogue out;
  auto done = read_shipped(folder, "vocabulary.toml", [&](ConfigReader& root) {
    read_vocabulary(root, out.vocabulary);
    out.context_fields = read_context_fields(root.tables("context_field"), root.file(), root.diagnostics());
  });
  if (done)
    done = read_shipped(folder, "scales.toml", [&](ConfigReader& root) { read_vocabulary(root, out.vocabulary); });
  if (done) {
    done = read_shipped(folder, "indicators.toml", [&](ConfigReader& root) {
      out.indicators = read_indicators(root.tables("indicator"), root.file(), root.diagnostics());
    });
  }
  if (done)
    done = read_shipped(folder, "tasks.toml", [&](ConfigReader& root) { read_deficit_rule(root, out.deficits); });
  if (!done) return tl::unexpected<Error>(done.error());
  done = read_shipped(folder, "plausibility.toml", [&](ConfigReader& r) { read_plausibility(r, out.plausibility); });
  if (!done) return tl::unexpected<Error>(done.error());
  done = read_shipped(folder, "marking.toml", [&](ConfigReader& r) { read_marking(r, out.vocabulary, out.marking); });
  if (done)
    done = read_shipped(folder, "resilience.toml", [&](ConfigReader& r) { read_resilience(r, out.resilience); });
  if (done) done = read_shipped(folder, "trends.toml", [&](ConfigReader& r) { read_trends(r, out.trends); });
  if (done) done = read_shipped(folder, "funnels.toml", [&](ConfigReader& r) { read_funnels(r, out.funnels); });
  if (done)
    done = read_shipped(folder, "ranks.toml", [&](ConfigReader& r) { read_rank_keys(r, out.vocabulary, out.ranks); });
  if (done) done = read_shipped(folder, "proposals.toml", [&](ConfigReader& r) { read_proposals(r, out.proposals); });
  if (done)
    done = read_shipped(folder, "partners.toml", [&](ConfigReader& r) { read_partners_settings(r, out.partners); });
  if (!done) return tl::unexpected<Error>(done.error());
  const auto rubric = catalogue_file(folder, "maturity.toml");
  if (!rubric) return tl::unexpected<Error>(rubric.error());
  out.rubric_toml = *rubric;
  const auto cascade = catalogue_file(folder, "cascade.toml");
  if (!cascade) return tl::unexpected<Error>(cascade.error());
  out.cascade_toml = *cascade;
  const auto identify = catalogue_file(folder, "identify.toml");
  if (!identify) return tl::unexpected<Error>(identify.error());
  out.identify_toml = *identify;
  return out;
}

Expected<Project> read_project(const std::string& path, const Catalogue& catalogue, Diagnostics& out) {
  const auto toml = read_file(path);
  if (!toml) return tl::unexpected<Error>(toml.error());
  Project project;
  project.file = path;
  project.vocabulary = catalogue.vocabulary;
  project.context_fields = catalogue.context_fields;
  const ParsedConfig parsed = parse_config(*toml, path);
  out.insert(out.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  if (!parsed.diagnostics.empty()) return project;
  ConfigReader root(parsed.root, path, "", out);
  read_identity(root, project);
  read_vocabulary(root, project.vocabulary);
  read_waves(root, project);
  read_publication(root, project);
  for (ContextField& field : read_context_fields(root.tables("context_field"), path, out)) {
    const auto same = [&](const ContextField& f) { return f.id == field.id; };
    const auto found = std::find_if(project.context_fields.begin(), project.context_fields.end(), same);
    if (found != project.context_fields.end())
      *found = std::move(field);
    else
      project.context_fields.push_back(std::move(field));
  }
  read_sources(root, path, project);
  read_indicators_in_use(root, path, catalogue, project);
  read_headlines(root, project);
  read_changes(root, project);
  project.maturity = read_maturity(root, catalogue.rubric_toml);
  project.cascade = read_cascade(root, catalogue.cascade_toml);
  read_deficits(root, catalogue, project);
  read_marking_of(root, catalogue, project);
  read_resilience_of(root, catalogue, project);
  read_clusters_of(root, catalogue, project);
  project.ranks = read_ranks(root, catalogue.ranks, project);
  read_partners_of(root, catalogue, project);
  project.processes = read_processes(root);
  project.courses = read_courses(root);
  read_identification(root, parsed.root, catalogue, project);
  read_checks(root, catalogue, project);
  read_monitoring(root, catalogue, project);
  read_reports_of(root, path, project);
  root.finish();
  return project;
}

}  // namespace kaskad::app
