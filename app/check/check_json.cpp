#include "app/check/check_json.hpp"

#include <nlohmann/json.hpp>

#include "app/diagnostics_json.hpp"

namespace kaskad::app {
namespace {

using Json = nlohmann::ordered_json;
using Put = std::function<void(const std::string&)>;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// `write(i)` gives the text of an item.
template <class Write>
void put_list(const char* name, std::size_t items, const Write& write, const Put& put) {
  put(std::string("\"") + name + "\": [");
  for (std::size_t i = 0; i < items; ++i) put((i == 0 ? "\n" : ",\n") + write(i));
  put("\n],\n");
}

void put_diagnostics(const Findings& findings, const Texts& texts, const Put& put) {
  put("\"diagnostics\": [");
  const char* between = "\n";
  Wording wording(texts);
  for (const Remark& r : findings.remarks()) {
    put(between + json_of(r.diagnostic, findings.school_id(r), wording));
    between = ",\n";
  }
  findings.overflow().read(put);
  put("\n],\n");
}

Json json_of(const RemarkKind& kind) {
  return {{"severity", std::string(severity_name(kind.severity))}, {"code", kind.code}, {"n", kind.n}};
}

Json json_of(const WrittenBook& book) {
  return {{"file", book.file}, {"school", book.school}, {"rows", book.rows}, {"remarks", book.remarks}};
}

}  // namespace

void write_check_json(const Findings& findings, const std::optional<ReturnedBooks>& books, const Texts& texts,
                      const Put& put) {
  put("{\"schema\": 1,\n");
  put(text_of({{"errors", findings.count(Severity::error)},
               {"warnings", findings.count(Severity::warning)},
               {"notes", findings.count(Severity::note)},
               {"schools", findings.data().registry.schools.size()},
               {"cells", findings.data().cube.size()}})
          .insert(0, "\"totals\": ") +
      ",\n");
  put_list(
      "kinds", findings.kinds().size(), [&](std::size_t i) { return text_of(json_of(findings.kinds()[i])); }, put);
  put_diagnostics(findings, texts, put);
  put_list(
      "sources", findings.sources().size(), [&](std::size_t i) { return app::json_of(*findings.sources()[i].ledger); },
      put);
  if (books) {
    put_list(
        "books", books->books.size(), [&](std::size_t i) { return text_of(json_of(books->books[i])); }, put);
    put("\"rows_without_book\": " + std::to_string(books->rows_left) + ",\n");
  }
  put("\"returned\": " + json_of_returned(findings.data()) + "}\n");
}

}  // namespace kaskad::app
