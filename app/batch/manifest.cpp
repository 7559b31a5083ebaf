#include "app/batch/manifest.hpp"

#include <nlohmann/json.hpp>

#include "app/version.hpp"
#include "engine/base/files.hpp"

namespace kaskad::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kForm = 1;  // of the manifest itself

std::string path_in(const std::string& folder) { return folder + "/" + std::string(kManifestFile); }

MadeFile made_file_of(const Json& json) {
  MadeFile out;
  json.at("report").get_to(out.report);
  json.at("entity").get_to(out.entity);
  json.at("inputs").get_to(out.inputs);
  json.at("templates").get_to(out.templates);
  json.at("hash").get_to(out.hash);
  return out;
}

Json json_of(const std::string& file, const MadeFile& made) {
  return {{"file", file},          {"report", made.report},       {"entity", made.entity},
          {"inputs", made.inputs}, {"templates", made.templates}, {"hash", made.hash}};
}

}  // namespace

Manifest read_manifest(const std::string& folder) {
  const auto bytes = read_file(path_in(folder));
  if (!bytes) return {};
  try {
    const Json root = Json::parse(*bytes);
    if (root.at("manifest") != kForm) return {};
    Manifest out;
    for (const Json& entry : root.at("files")) out[entry.at("file").get<std::string>()] = made_file_of(entry);
    return out;
  } catch (const Json::exception&) {
    return {};
  }
}

Expected<void> write_manifest(const std::string& folder, const Manifest& manifest) {
  Json root = {{"manifest", kForm}, {"program", program_version()}, {"files", Json::array()}};
  for (const auto& [file, made] : manifest) root["files"].push_back(json_of(file, made));
  return write_file(path_in(folder), root.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace kaskad::app
