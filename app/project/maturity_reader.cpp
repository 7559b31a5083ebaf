#include "app/project/maturity_reader.hpp"

#include <array>
#include <optional>

#include "engine/base/files.hpp"
#include "indicators/rubric.hpp"

namespace kaskad::app {
namespace {

constexpr std::array<std::string_view, 3> kProgrammeLevels = {"school", "municipal", "regional"};

/// The rubric of the file that a key names; nothing without the key or the file.
std::optional<Rubric> rubric_at(ConfigReader& reader, const std::string& key, MaturitySettings& settings) {
  const std::string own = reader.text(key);
  if (own.empty()) return std::nullopt;
  const std::string path = resolve_beside(reader.file(), own);
  if (const auto toml = read_file(path)) return read_rubric(*toml, path, settings, reader.diagnostics());
  reader.report(key, "project-file-missing", {{"file", own}});
  return std::nullopt;
}

}  // namespace

MaturitySettings read_maturity(ConfigReader& root, const std::string& shipped) {
  MaturitySettings settings;
  settings.rubric = read_rubric(shipped, "maturity.toml", settings, root.diagnostics());
  const ConfigNode* node = root.table("maturity");
  if (node == nullptr) return settings;
  ConfigReader reader(*node, root.file(), "maturity", root.diagnostics());
  if (auto own = rubric_at(reader, "rubric", settings)) settings.rubric = std::move(*own);
  for (const std::string_view level : kProgrammeLevels) {
    const std::string key = "rubric_" + std::string(level);
    auto own = rubric_at(reader, key, settings);
    if (!own) continue;
    check_same_levels(reader, key, *own, settings.rubric);
    settings.by_level.emplace(level, std::move(*own));
  }
  read_maturity_rules(reader, settings);
  settings.overrides = read_overrides(reader);
  reader.finish();
  return settings;
}

}  // namespace kaskad::app
