#include "app/load.hpp"

#include "engine/intake/source.hpp"

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

Dataset load_dataset(const Project& project, unsigned threads, Console& console) {
  IntakeNames names;
  for (const Wave& wave : project.waves) names.waves.push_back(wave.id);
  for (const Criterion& criterion : project.rubric.criteria) names.criteria.push_back(criterion.id);
  IntakeOptions options;
  options.threads = threads;
  options.progress = [&](std::size_t done, std::size_t all) { console.progress(done, all); };
  Dataset data = read_sources(project.sources, project.vocabulary, project.context_fields, names, options);
  std::vector<std::string> files;
  for (const SourceSpec& source : project.sources) files.push_back(source.name);
  sort_by_place(data.diagnostics, files);
  return data;
}

}  // namespace kaskad::app
