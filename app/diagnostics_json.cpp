#include "app/diagnostics_json.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace kaskad::app {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Diagnostic& d, const Texts& texts) {
  static constexpr std::array<const char*, 3> severities = {"error", "warning", "note"};
  const std::string key = "diagnostic." + d.message.code;
  Json out = {{"severity", severities[static_cast<std::size_t>(d.severity)]},
              {"code", d.message.code},
              {"file", d.place.file},
              {"sheet", d.place.sheet},
              {"row", d.place.row},
              {"column", d.place.column},
              {"field", d.place.field},
              {"message", texts.get(key + ".text", d.message.args)}};
  out["hint"] = texts.has(key + ".hint") ? texts.get(key + ".hint", d.message.args) : "";
  return out;
}

Json json_of(const SourceLedger& s) {
  return {{"file", s.file},       {"sheet", s.sheet},       {"kind", s.kind},         {"read", s.read},
          {"counted", s.counted}, {"rejected", s.rejected}, {"left_out", s.left_out}, {"hash", s.hash}};
}

}  // namespace

std::string diagnostics_json(const Diagnostics& diagnostics, const std::vector<SourceLedger>& ledger,
                             const Texts& texts) {
  Json root;
  root["diagnostics"] = Json::array();
  for (const Diagnostic& d : diagnostics) root["diagnostics"].push_back(json_of(d, texts));
  root["sources"] = Json::array();
  for (const SourceLedger& s : ledger) root["sources"].push_back(json_of(s));
  return root.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kaskad::app
