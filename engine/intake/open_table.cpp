#include "engine/intake/open_table.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "engine/base/files.hpp"
#include "engine/intake/csv_table.hpp"
#include "engine/intake/survey.hpp"
#include "engine/intake/xlsx_table.hpp"

namespace kaskad::intake {
namespace {

enum class Content : std::uint8_t { text, zip, foreign };

struct Signature {
  std::string_view bytes;
  std::string_view name;  ///< What the reader is told it is.
  Content content;
};

using namespace std::string_view_literals;
constexpr std::array<Signature, 6> kSignatures = {{{"PK\x03\x04"sv, "XLSX"sv, Content::zip},
                                                   {"PK\x05\x06"sv, "XLSX"sv, Content::zip},
                                                   {"\xD0\xCF\x11\xE0"sv, "XLS (Excel 97–2003)"sv, Content::foreign},
                                                   {"%PDF"sv, "PDF"sv, Content::foreign},
                                                   {"\xFF\xFE"sv, "UTF-16"sv, Content::foreign},
                                                   {"\xFE\xFF"sv, "UTF-16"sv, Content::foreign}}};
constexpr Signature kText = {"", "CSV", Content::text};

const Signature& signature_of(std::string_view bytes) {
  for (const Signature& signature : kSignatures) {
    if (bytes.substr(0, signature.bytes.size()) == signature.bytes) return signature;
  }
  return kText;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// What the project or the file's name promises.
bool promises_xlsx(const SourceSpec& spec) {
  return spec.format == "xlsx" || (spec.format.empty() && ends_with(spec.path, ".xlsx"));
}

void report(const SourceSpec& spec, Severity severity, std::string code, Args args, Diagnostics& out) {
  Diagnostic d;
  d.severity = severity;
  d.place.file = spec.name;
  d.message = {std::move(code), std::move(args)};
  out.push_back(std::move(d));
}

}  // namespace

OpenedTable open_table(const SourceSpec& spec, unsigned threads, Diagnostics& out) {
  OpenedTable opened;
  if (!file_exists(spec.path)) {
    report(spec, Severity::error, "missing-file", {}, out);
    return opened;
  }
  Expected<MappedFile> file = MappedFile::open(spec.path);
  if (!file) {
    report(spec, Severity::error, "unreadable-file", file.error().message.args, out);
    return opened;
  }
  const std::string_view bytes = file->bytes();
  opened.size = bytes.size();
  const Signature& found = signature_of(bytes);
  if (bytes.empty()) {
    opened.hash = survey_bytes(bytes, 1).hash;
    report(spec, Severity::error, "empty-file", {}, out);
  } else if (found.content == Content::foreign) {
    opened.hash = survey_bytes(bytes, threads).hash;
    report(spec, Severity::error, "foreign-format", {{"format", std::string(found.name)}}, out);
  } else if (found.content == Content::zip) {
    opened.hash = survey_bytes(bytes, threads).hash;
    opened.table = open_xlsx(bytes, spec, out);
  } else if (promises_xlsx(spec)) {
    opened.hash = survey_bytes(bytes, threads).hash;
    report(spec, Severity::error, "xlsx-broken", {}, out);
  } else {
    opened.table = open_csv(std::move(*file), spec, threads, opened.hash, out);
  }
  return opened;
}

}  // namespace kaskad::intake
