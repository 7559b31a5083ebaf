#include "engine/intake/open_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/base/text.hpp"
#include "engine/intake/containers.hpp"
#include "engine/intake/csv_table.hpp"
#include "engine/intake/file_format.hpp"
#include "engine/intake/layout_table.hpp"
#include "engine/intake/numbers.hpp"
#include "engine/intake/survey.hpp"
#include "engine/intake/workbook_table.hpp"

namespace kaskad::intake {
namespace {

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
  Opener(const SourceSpec& spec, const Dataset& dataset, const PupilHash* names, Diagnostics& out, OpenedTable& opened)
      : spec_(spec), dataset_(dataset), names_(names), out_(out), opened_(opened) {}

  void open(const TableMaker& make) {
    opened_.spec = spec_;
    const bool plain = spec_.header_row > 0 && !spec_.kind_is_found && !may_be_in_layout(spec_);
    if (plain && spec_.one_of_sheets && !has_heads_where_told(make)) return;
    if (!plain && open_by_content(make)) return;
    opened_.table = make(std::max(1, opened_.spec.header_row), out_);
  }

 private:
  /// True when the table has been opened, or when it has been told why not.
  bool open_by_content(const TableMaker& make) {
    Diagnostics unheard;
    std::unique_ptr<Table> raw = make(0, spec_.one_of_sheets ? unheard : out_);
    if (raw == nullptr) {
      if (spec_.one_of_sheets) pass_over(nullptr);
      return true;
    }
    const std::vector<TopRow> rows = top_rows(*raw);
    if (may_be_in_layout(spec_) && open_as_layout(raw, rows)) return true;
    if (spec_.one_of_sheets && !is_tidy(rows)) {
      pass_over(raw.get());
      return true;
    }
    if (!spec_.layout.empty() && spec_.layout != "tidy") {
      report(spec_, Severity::error, "layout-not-found", {{"layout", spec_.layout}}, out_);
      return true;
    }
    return spec_.kind_is_found ? !find_tidy_kind(rows) : find_tidy_head(rows);
  }

  bool is_tidy(const std::vector<TopRow>& rows) const {
    if (!spec_.layout.empty() && spec_.layout != "tidy") return false;
    return spec_.kind_is_found ? find_kind(rows, spec_, dataset_.context.fields).has_value()
                               : find_head_row(rows, spec_).has_value();
  }

  /// Of a sheet that the project does not name: the heads stand where it says that they do.
  bool has_heads_where_told(const TableMaker& make) {
    Diagnostics unheard;
    const std::unique_ptr<Table> table = make(spec_.header_row, unheard);
    if (table != nullptr && find_head_row({TopRow{spec_.header_row, 0, table->heads()}}, spec_)) return true;
    const std::unique_ptr<Table> raw = make(0, unheard);
    pass_over(raw.get());
    return false;
  }

  /// The sheet has no such table: a title, an explanation, or nothing. Its rows are counted.
  void pass_over(const Table* raw) {
    std::int64_t rows = 0, wide = 0;
    for (std::size_t chunk = 0; raw != nullptr && chunk < raw->chunks(); ++chunk) {
      const std::unique_ptr<RowReader> reader = raw->read(chunk);
      for (Row row; reader->next(row); ++rows) {
        const auto* end = row.fields + row.size;
        wide += std::count_if(row.fields, end, [](std::string_view f) { return !trimmed(f).empty(); }) > 2 ? 1 : 0;
      }
    }
    opened_.passed_over = rows;
    // Three columns and two rows may be a table whose heads are not known.
    const bool may_be_table = wide >= 2;
    Diagnostic d;
    d.severity = may_be_table ? Severity::warning : Severity::note;
    d.place.file = spec_.name;
    d.place.sheet = spec_.sheet;
    d.message = {"sheet-passed-over",
                 {{"rows", rows},
                  {"state", rows == 0      ? "empty"
                            : may_be_table ? "table"
                                           : "title"}}};
    out_.push_back(std::move(d));
  }

  /// One that the project names needs no telling.
  void tell_layout() {
    Diagnostic d;
    d.severity = Severity::note;
    d.place.file = spec_.name;
    d.place.sheet = opened_.table->sheet();
    d.message = {"layout-found", {{"layout", word_of(opened_.layout->layout->id)}, {"row", opened_.layout->head_row}}};
    out_.push_back(std::move(d));
  }

  bool open_as_layout(std::unique_ptr<Table>& raw, const std::vector<TopRow>& rows) {
    const Layout* wanted = find_layout(spec_.layout);
    const std::optional<SourceKind> kind = spec_.kind_is_found ? std::nullopt : std::optional(spec_.kind);
    auto match = match_layout(rows, raw->sheet(), {dataset_.vocabulary, dataset_.context.fields, kind, wanted});
    if (!match) return false;
    opened_.layout = std::make_shared<const LayoutMatch>(std::move(*match));
    opened_.table = open_layout(std::move(raw), *opened_.layout, dataset_.vocabulary, names_);
    map_layout(*opened_.layout, *opened_.table, opened_.spec);
    if (wanted == nullptr) tell_layout();
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
  const PupilHash* names_;
  Diagnostics& out_;
  OpenedTable& opened_;
};

constexpr std::string_view kBroken = "workbook-broken";

/// From the bytes of a file to its rows, by what they are.
class FileOpener {
 public:
  FileOpener(const SourceSpec& spec, const FileBytes& file, Diagnostics& out)
      : spec_(spec), file_(file), bytes_(file.view()), out_(out), format_(format_of(file.view())) {}

  TableMaker open(unsigned threads, std::string& hash, WorkbookShelf& shelf) {
    const std::string_view promised = promised_format(spec_);
    const bool text = format_.content == Content::text && !bytes_.empty();
    const bool torn = text && promised != "CSV" && !promised.empty() && !looks_like_text(bytes_);
    if (!text || torn) hash = survey_bytes(bytes_, threads, file_.is_mapped()).hash;
    if (bytes_.empty()) return refuse("empty-file", {});
    if (torn) return refuse(kBroken, {{"format", std::string(promised)}});
    if (is_encrypted()) return refuse("password-protected", {});
    if (format_.content == Content::foreign) return refuse("foreign-format", {{"format", std::string(format_.name)}});
    if (format_.content == Content::workbook) return open_sheet_of(shelf, promised);
    tell_other_name(promised, "CSV");
    return open_csv(file_, spec_, threads, hash, out_);
  }

 private:
  bool is_encrypted() const { return format_.content == Content::foreign && is_encrypted_office_file(bytes_); }

  TableMaker refuse(std::string_view code, Args args) {
    report(spec_, Severity::error, std::string(code), std::move(args), out_);
    return {};
  }

  void tell_other_name(std::string_view promised, std::string_view found) {
    if (promised.empty() || promised == found || spec_.one_of_sheets) return;
    report(spec_, Severity::warning, "named-otherwise",
           {{"promised", std::string(promised)}, {"format", std::string(found)}}, out_);
  }

  TableMaker open_sheet_of(WorkbookShelf& shelf, std::string_view promised) {
    const ShelvedWorkbook shelved = shelf.open(spec_, file_);
    if (shelved.workbook == nullptr) return refuse_workbook(shelved.trouble, promised);
    tell_other_name(promised, shelved.workbook->format());
    const std::vector<std::string>& sheets = shelved.workbook->sheets();
    const auto wanted = spec_.sheet.empty() ? sheets.begin() : std::find(sheets.begin(), sheets.end(), spec_.sheet);
    if (wanted == sheets.end()) return refuse_sheet(sheets);
    const ReadSheet read = read_sheet(*shelved.workbook, static_cast<std::size_t>(wanted - sheets.begin()));
    if (read.cells == nullptr) return refuse_workbook(read.trouble, promised);
    return open_sheet(read.cells, *wanted, spec_, out_);
  }

  TableMaker refuse_workbook(WorkbookTrouble trouble, std::string_view promised) {
    if (trouble == WorkbookTrouble::password) return refuse("password-protected", {});
    if (trouble == WorkbookTrouble::too_large) {
      return refuse("workbook-too-large", {{"megabytes", static_cast<std::int64_t>(kMostCellBytes >> 20)}});
    }
    return refuse(kBroken, {{"format", std::string(promised == "ODS" ? promised : format_.name)}});
  }

  TableMaker refuse_sheet(const std::vector<std::string>& sheets) {
    report(spec_, Severity::error, "missing-sheet",
           {{"sheet", spec_.sheet},
            {"sheets", fmt::format("{}", fmt::join(sheets, ", "))},
            {"nearest", nearest(spec_.sheet, sheets).value_or("none")}},
           out_);
    out_.back().place.sheet = spec_.sheet;
    return {};
  }

  const SourceSpec& spec_;
  const FileBytes& file_;
  std::string_view bytes_;
  Diagnostics& out_;
  const FileFormat& format_;
};

TableMaker wrapped(const TableMaker& make, const TableWrap& wrap) {
  return [&make, &wrap](int header_row, Diagnostics& out) {
    std::unique_ptr<Table> table = make(header_row, out);
    return table == nullptr ? nullptr : wrap(std::move(table));
  };
}

}  // namespace

OpenedTable open_table(const SourceSpec& spec, const FileBytes& file, const Dataset& dataset, unsigned threads,
                       Diagnostics& out, const TableWrap& wrap, WorkbookShelf* shelf, const PupilHash* names) {
  OpenedTable opened;
  opened.spec = spec;
  opened.size = file.view().size();
  WorkbookShelf own;
  TableMaker make = FileOpener(spec, file, out).open(threads, opened.hash, shelf == nullptr ? own : *shelf);
  if (!make) return opened;
  Opener(spec, dataset, names, out, opened).open(wrap ? wrapped(make, wrap) : make);
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
