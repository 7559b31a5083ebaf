// The shipped files: texts, templates, the catalogue. Found beside the program, never by an environment variable.
#pragma once

#include <optional>
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/texts.hpp"

namespace kaskad::app {

struct Resources {
  std::string templates;  ///< Folder with texts/, ru/, en/.
  std::string catalogue;  ///< Folder of the indicators' TOML files.

  /// With `own`, a project's folder of templates: its texts/<language>/*.toml take the place of ours of the same name.
  /// Fails with "texts-key-missing" {key} when such a file lacks a text that ours has.
  Expected<Texts> texts(const std::string& language, const std::string& own = {}) const;
  std::optional<std::string> template_file(const std::string& language, const std::string& name) const;
};

/// An installed program has ../share/kaskad; one in its build folder finds the source tree above it. Fails with
/// "resources-missing".
Expected<Resources> find_resources();

}  // namespace kaskad::app
