// What the last run left in the output folder, and what each file was made from: manifest.json, documented in
// docs/project.md.
#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/base/error.hpp"

namespace kaskad::app {

inline constexpr std::string_view kManifestFile = "manifest.json";

/// One file of the output folder.
struct MadeFile {
  std::string report;               ///< Kind; empty for a print file.
  std::string entity;               ///< Id of the school or name of the municipality; empty for the region.
  std::string inputs;               ///< Fingerprint of all that it was made from.
  std::set<std::string> templates;  ///< Names of the template files that were read, also of those that were not there.
  std::string hash;                 ///< Of the file's bytes.

  friend bool operator==(const MadeFile&, const MadeFile&) = default;
};

/// By the file's name under the output folder.
using Manifest = std::map<std::string, MadeFile>;

/// Empty where there is no manifest, or one that cannot be read: everything is then made anew.
Manifest read_manifest(const std::string& folder);
Expected<void> write_manifest(const std::string& folder, const Manifest& manifest);

}  // namespace kaskad::app
