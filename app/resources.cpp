#include "app/resources.hpp"

#include <filesystem>
#include <map>

#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

namespace fs = std::filesystem;

bool holds(const fs::path& templates, const fs::path& catalogue) {
  std::error_code ignored;
  return fs::is_directory(templates / "texts", ignored) && fs::is_regular_file(catalogue / "indicators.toml", ignored);
}

/// Contents of the TOML files of a folder, by name; none when there is no such folder.
Expected<std::map<std::string, std::string>> texts_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  std::error_code status;
  for (const auto& entry : fs::directory_iterator(folder, status)) {
    if (entry.path().extension() != ".toml") continue;
    auto toml = read_file(entry.path().string());
    if (!toml) return tl::unexpected<Error>(toml.error());
    files[entry.path().filename().string()] = std::move(*toml);
  }
  return files;
}

}  // namespace

Expected<Resources> find_resources() {
  std::error_code status;
  const fs::path program = fs::read_symlink("/proc/self/exe", status);
  const fs::path shared = program.parent_path().parent_path() / "share" / "kaskad";
  if (holds(shared / "templates", shared / "catalogue"))
    return Resources{(shared / "templates").string(), (shared / "catalogue").string()};
  for (fs::path above = program.parent_path(); above.has_relative_path(); above = above.parent_path()) {
    const fs::path templates = above / "templates", catalogue = above / "indicators" / "catalogue";
    if (holds(templates, catalogue)) return Resources{templates.string(), catalogue.string()};
  }
  return failure("resources-missing", {{"folder", shared.string()}});
}

Expected<Texts> Resources::texts(const std::string& language, const std::string& own) const {
  auto files = texts_in(fs::path(templates) / "texts" / language);
  if (!files) return tl::unexpected<Error>(files.error());
  auto shipped = Texts::load(language, *files);
  if (own.empty() || !shipped) return shipped;
  const auto theirs = texts_in(fs::path(own) / "texts" / language);
  if (!theirs) return tl::unexpected<Error>(theirs.error());
  if (theirs->empty()) return shipped;
  for (const auto& [file, toml] : *theirs) (*files)[file] = toml;
  auto texts = Texts::load(language, *files);
  if (!texts) return texts;
  for (const std::string& key : shipped->keys()) {
    if (!texts->has(key)) return failure("texts-key-missing", {{"key", key}}, own + "/texts/" + language);
  }
  return texts;
}

std::optional<std::string> Resources::template_file(const std::string& language, const std::string& name) const {
  const auto contents = read_file((fs::path(templates) / language / name).string());
  return contents ? std::optional(*contents) : std::nullopt;
}

}  // namespace kaskad::app
