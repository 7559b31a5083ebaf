#include "app/diagnostics_json.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "engine/intake/returned.hpp"

namespace kaskad::app {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string json_of(const Diagnostic& d, const std::string& school, Wording& wording) {
  static constexpr std::array<const char*, 3> severities = {"error", "warning", "note"};
  const Words& words = wording.of(d);
  const Json out = {{"severity", severities[static_cast<std::size_t>(d.severity)]},
                    {"code", d.message.code},
                    {"file", d.place.file},
                    {"sheet", d.place.sheet},
                    {"row", d.place.row},
                    {"column", d.place.column},
                    {"field", d.place.field},
                    {"school", school},
                    {"message", words.message},
                    {"hint", words.hint}};
  return text_of(out);
}

std::string json_of(const SourceLedger& s) {
  return text_of({{"file", s.file},
                  {"sheet", s.sheet},
                  {"kind", s.kind},
                  {"kind_is_found", s.kind_is_found},
                  {"layout", s.layout},
                  {"layout_is_forced", s.layout_is_forced},
                  {"head_row", s.head_row},
                  {"read", s.read},
                  {"counted", s.counted},
                  {"rejected", s.rejected},
                  {"left_out", s.left_out},
                  {"absorbed", s.absorbed},
                  {"hash", s.hash}});
}

std::string json_of_returned(const Dataset& data) {
  Json books = Json::array();
  for (const ReturnedWorkbook& b : returned_workbooks(data)) {
    books.push_back({{"workbook", b.workbook},
                     {"corrected", b.corrected},
                     {"withdrawn", b.withdrawn},
                     {"still_wrong", b.still_wrong},
                     {"unchanged", b.unchanged},
                     {"stale", b.stale}});
  }
  return text_of(books);
}

std::string diagnostics_json(const Dataset& data, const Texts& texts) {
  std::string out = "{\"diagnostics\": [";
  const char* between = "\n";
  Wording wording(texts);
  for (const Diagnostic& d : data.diagnostics) {
    out += between + json_of(d, "", wording);
    between = ",\n";
  }
  out += "\n],\n\"sources\": [";
  between = "\n";
  for (const SourceLedger& s : data.ledger) {
    out += between + json_of(s);
    between = ",\n";
  }
  return out + "\n],\n\"returned\": " + json_of_returned(data) + "}\n";
}

}  // namespace kaskad::app
