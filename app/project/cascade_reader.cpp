#include "app/project/cascade_reader.hpp"

#include <optional>

#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

/// The rubric of the file that [cascade] names; nothing without it.
std::optional<CascadeRubric> own_rubric(ConfigReader& reader) {
  const std::string own = reader.text("rubric");
  if (own.empty()) return std::nullopt;
  const std::string path = resolve_beside(reader.file(), own);
  if (const auto toml = read_file(path)) return read_cascade_rubric(*toml, path, reader.diagnostics());
  reader.report("rubric", "project-file-missing", {{"file", own}});
  return std::nullopt;
}

}  // namespace

CascadeRubric read_cascade(ConfigReader& root, const std::string& shipped) {
  CascadeRubric rubric = read_cascade_rubric(shipped, "cascade.toml", root.diagnostics());
  if (const ConfigNode* node = root.table("cascade")) {
    ConfigReader reader(*node, root.file(), "cascade", root.diagnostics());
    if (auto own = own_rubric(reader)) rubric = std::move(*own);
    read_cascade_rules(reader, rubric);
    reader.finish();
  }
  read_cascade_terms(root.tables("term"), root.file(), rubric, root.diagnostics());
  return rubric;
}

}  // namespace kaskad::app
