#include "engine/intake/open_table.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/containers.hpp"
#include "engine/intake/csv_table.hpp"
#include "engine/intake/layout_table.hpp"
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
constexpr std::array<Signature, 10> kSignatures = {{{"PK\x03\x04"sv, "XLSX"sv, Content::zip},
                                                    {"PK\x05\x06"sv, "XLSX"sv, Content::zip},
                                                    {"\xD0\xCF\x11\xE0"sv, "XLS (Excel 97–2003)"sv, Content::foreign},
                                                    {"%PDF"sv, "PDF"sv, Content::foreign},
                                                    {"\xFF\xFE"sv, "UTF-16"sv, Content::foreign},
                                                    {"\xFE\xFF"sv, "UTF-16"sv, Content::foreign},
                                                    {"Rar!"sv, "RAR"sv, Content::foreign},
                                                    {"7z\xBC\xAF"sv, "7-Zip"sv, Content::foreign},
                                                    {"<!DOCTYPE html"sv, "HTML"sv, Content::foreign},
                                                    {"<html"sv, "HTML"sv, Content::foreign}}};
constexpr Signature kText = {"", "CSV", Content::text};

const Signature& signature_of(std::string_view bytes) {
  const auto* found = std::find_if(kSignatures.begin(), kSignatures.end(),
                                   [&](const Signature& s) { return bytes.substr(0, s.bytes.size()) == s.bytes; });
  return found == kSignatures.end() ? kText : *found;
}

/// A workbook with a password is an OLE container with this stream in it (MS-OFFCRYPTO 2.3.4.4); names of streams are
/// UTF-16.
bool is_encrypted_workbook(std::string_view bytes) {
  constexpr std::string_view stream = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  return bytes.find(stream) != std::string_view::npos;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// What the project or the file's name promises.
bool promises_xlsx(const SourceSpec& spec) {
  const std::string& name = spec.entry.empty() ? spec.path : spec.entry;
  return spec.format == "xlsx" || (spec.format.empty() && ends_with(name, ".xlsx"));
}

void report(const SourceSpec& spec, Severity severity, std::string code, Args args, Diagnostics& out) {
  Diagnostic d;
  d.severity = severity;
  d.place.file = spec.name;
  d.message = {std::move(code), std::move(args)};
  out.push_back(std::move(d));
}

/// Columns that the project names describe a table of nobody's layout.
bool may_be_in_layout(const SourceSpec& spec) {
  if (!spec.layout.empty()) return spec.layout != "tidy";
  const bool names_columns =
      std::any_of(spec.fields.begin(), spec.fields.end(), [](const auto& f) { return !f.second.is_constant; });
  return !names_columns && spec.results.empty() && spec.header_row == 0;
}

/// An id as a word that the texts choose by.
std::string word_of(std::string_view id) {
  std::string word(id);
  std::replace(word.begin(), word.end(), '-', '_');
  return word;
}

class Opener {
 public:
  Opener(const SourceSpec& spec, const Dataset& dataset, Diagnostics& out, OpenedTable& opened)
      : spec_(spec), dataset_(dataset), out_(out), opened_(opened) {}

  void open(const TableMaker& make) {
    opened_.spec = spec_;
    const bool plain = spec_.header_row > 0 && !spec_.kind_is_found && !may_be_in_layout(spec_);
    if (!plain && open_by_content(make)) return;
    opened_.table = make(std::max(1, opened_.spec.header_row), out_);
  }

 private:
  /// True when the table has been opened, or when it has been told why not.
  bool open_by_content(const TableMaker& make) {
    std::unique_ptr<Table> raw = make(0, out_);
    if (raw == nullptr) return true;
    const std::vector<TopRow> rows = top_rows(*raw);
    if (may_be_in_layout(spec_) && open_as_layout(raw, rows)) return true;
    if (!spec_.layout.empty() && spec_.layout != "tidy") {
      report(spec_, Severity::error, "layout-not-found", {{"layout", spec_.layout}}, out_);
      return true;
    }
    return spec_.kind_is_found ? !find_tidy_kind(rows) : find_tidy_head(rows);
  }

  bool open_as_layout(std::unique_ptr<Table>& raw, const std::vector<TopRow>& rows) {
    const Layout* wanted = find_layout(spec_.layout);
    const std::optional<SourceKind> kind = spec_.kind_is_found ? std::nullopt : std::optional(spec_.kind);
    auto match = match_layout(rows, raw->sheet(), dataset_.vocabulary, kind, wanted);
    if (!match) return false;
    opened_.layout = std::make_shared<const LayoutMatch>(std::move(*match));
    opened_.table = open_layout(std::move(raw), *opened_.layout, dataset_.vocabulary);
    map_layout(*opened_.layout, *opened_.table, opened_.spec);
    Diagnostic d;
    d.severity = Severity::note;
    d.place.file = spec_.name;
    d.place.sheet = opened_.table->sheet();
    d.message = {"layout-found", {{"layout", word_of(opened_.layout->layout->id)}, {"row", opened_.layout->head_row}}};
    out_.push_back(std::move(d));
    return true;
  }

  /// Rows of a text are told by lines, which a quoted cell may have several of.
  static std::int64_t line_of(const std::vector<TopRow>& rows, std::size_t at) {
    std::int64_t line = rows[at].number;
    for (std::size_t i = 0; i < at; ++i) {
      for (const std::string& cell : rows[i].cells) line += std::count(cell.begin(), cell.end(), '\n');
    }
    return line;
  }

  bool find_tidy_kind(const std::vector<TopRow>& rows) {
    const auto found = find_kind(rows, spec_, dataset_.context.fields);
    if (!found) {
      report(spec_, Severity::error, "kind-not-found", {{"rows", static_cast<std::int64_t>(kTopRows)}}, out_);
      return false;
    }
    opened_.spec.kind = found->kind;
    if (opened_.spec.header_row == 0) opened_.spec.header_row = static_cast<int>(line_of(rows, found->row));
    return true;
  }

  bool find_tidy_head(const std::vector<TopRow>& rows) {
    if (spec_.header_row > 0) return false;
    const auto row = find_head_row(rows, spec_);
    if (row) opened_.spec.header_row = static_cast<int>(line_of(rows, *row));
    return false;
  }

  const SourceSpec& spec_;
  const Dataset& dataset_;
  Diagnostics& out_;
  OpenedTable& opened_;
};

TableMaker wrapped(const TableMaker& make, const TableWrap& wrap) {
  return [&make, &wrap](int header_row, Diagnostics& out) {
    std::unique_ptr<Table> table = make(header_row, out);
    return table == nullptr ? nullptr : wrap(std::move(table));
  };
}

}  // namespace

OpenedTable open_table(const SourceSpec& spec, const FileBytes& file, const Dataset& dataset, unsigned threads,
                       Diagnostics& out, const TableWrap& wrap) {
  OpenedTable opened;
  opened.spec = spec;
  const std::string_view bytes = file.view();
  opened.size = bytes.size();
  const Signature& found = signature_of(bytes);
  TableMaker make;
  if (found.content != Content::text || bytes.empty() || promises_xlsx(spec)) {
    opened.hash = survey_bytes(bytes, threads, file.is_mapped()).hash;
  }
  if (bytes.empty()) {
    report(spec, Severity::error, "empty-file", {}, out);
  } else if (found.content == Content::foreign && is_encrypted_workbook(bytes)) {
    report(spec, Severity::error, "password-protected", {}, out);
  } else if (found.content == Content::foreign) {
    report(spec, Severity::error, "foreign-format", {{"format", std::string(found.name)}}, out);
  } else if (found.content == Content::zip) {
    make = open_xlsx(bytes, spec, out);
  } else if (promises_xlsx(spec)) {
    report(spec, Severity::error, "xlsx-broken", {}, out);
  } else {
    make = open_csv(file, spec, threads, opened.hash, out);
  }
  if (!make) return opened;
  Opener(spec, dataset, out, opened).open(wrap ? wrapped(make, wrap) : make);
  opened.make = std::move(make);
  return opened;
}

OpenedTable open_table(const SourceSpec& spec, unsigned threads, Diagnostics& out) {
  SourceSpec tidy = spec;
  tidy.layout = "tidy";
  tidy.header_row = std::max(1, spec.header_row);
  const std::optional<FileBytes> file = open_file(tidy, out);
  if (!file) return {};
  return open_table(tidy, *file, Dataset{}, threads, out);
}

}  // namespace kaskad::intake
