#include "app/batch/template_library.hpp"

#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

std::optional<std::string> contents(const std::string& path) {
  auto bytes = read_file(path);
  return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

}  // namespace

std::string TemplateLibrary::first_file(const ReportSpec& spec) {
  return spec.template_name.empty() ? std::string(spec.row().template_name) : spec.template_name;
}

std::optional<std::string> TemplateLibrary::load(const ReportSpec& spec, const std::string& name) const {
  if (!spec.template_name.empty()) {
    const std::string own = resolve_beside(project_.file, spec.template_name);
    if (auto found = contents(name == spec.template_name ? own : resolve_beside(own, name))) return found;
  }
  if (!project_.templates.empty()) {
    for (const std::string& folder : {project_.templates + "/" + language_, project_.templates}) {
      if (auto found = contents(folder + "/" + name)) return found;
    }
  }
  return resources_.template_file(language_, name);
}

std::optional<std::string> TemplateLibrary::read(const ReportSpec& spec, const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const std::pair key(spec.template_name, name);
  const auto known = known_.find(key);
  return known != known_.end() ? known->second : known_.emplace(key, load(spec, name)).first->second;
}

reports::TemplateFiles TemplateLibrary::files(const ReportSpec& spec, std::set<std::string>& used) const {
  return [this, &spec, &used](const std::string& name) {
    used.insert(name);
    return read(spec, name);
  };
}

}  // namespace kaskad::app
