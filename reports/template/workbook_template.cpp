#include "reports/template/workbook_template.hpp"

#include <algorithm>
#include <optional>

#include "engine/base/config.hpp"
#include "engine/base/day.hpp"
#include "reports/template/builder.hpp"
#include "reports/template/marks.hpp"
#include "reports/template/names.hpp"
#include "reports/template/stages.hpp"

namespace kaskad::reports {
namespace {

enum class Part : std::uint8_t { value, lo, hi, se, n };
const std::vector<std::string_view> kParts = {"value", "lo", "hi", "se", "n"};

struct ColumnSpec {
  SheetColumn column;
  std::string path;  ///< In a row.
  Part part = Part::value;
  bool with_unit = true;
  bool is_date = false;     ///< Texts that are days become days.
  bool met = false;         ///< Some row has the path.
  bool unit_known = false;  ///< Some row had a figure.
};

/// The number that a part of an estimate is; nothing where it has none.
std::optional<double> part_of(const Quantity& q, Part part) {
  const Estimate& e = q.estimate;
  const bool of_interval = part == Part::lo || part == Part::hi;
  if (of_interval && !e.has_interval()) return std::nullopt;
  const double number = part == Part::lo ? e.lo : part == Part::hi ? e.hi : part == Part::se ? e.se : e.value;
  return number == number ? std::optional(number) : std::nullopt;
}

/// How few there are is not told where a figure is hidden.
SheetCell count_cell(const Estimate& e) {
  if (hides_n(e.reason)) return MissingCell{e.reason};
  return e.n;
}

SheetCell cell_of(const Quantity& q, const ColumnSpec& spec) {
  if (spec.part == Part::n) return count_cell(q.estimate);
  if (!q.estimate.defined()) return spec.part == Part::value ? SheetCell(MissingCell{q.estimate.reason}) : SheetCell();
  const auto number = part_of(q, spec.part);
  return number ? SheetCell(*number) : SheetCell();
}

/// A column of one unit names it in its head; a column of several has none and shows the most decimals that any needs.
void note_unit(const Quantity& q, ColumnSpec& spec) {
  const Unit unit = spec.with_unit ? q.unit : Unit::none;
  const int decimals = spec.part == Part::se ? q.decimals + 2 : q.decimals;
  const bool same = !spec.unit_known || spec.column.unit == unit;
  spec.column.decimals = spec.unit_known ? std::max(spec.column.decimals, decimals) : decimals;
  spec.column.unit = same ? unit : Unit::none;
  spec.unit_known = true;
}

/// A day as the reports write it in tables, 05.09.2026 or 2026-09-05; other texts are left as they are.
SheetCell day_or_text(const std::string& text) {
  const bool russian = text.size() == 10 && text[2] == '.' && text[5] == '.';
  const auto day = day_of_iso(russian ? text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2) : text);
  return day ? SheetCell(*day) : SheetCell(one_line(text));
}

/// Reads the template's TOML after Mustache; places are moved to the lines of the template at the end.
class WorkbookMaker {
 public:
  WorkbookMaker(const Value& data, const Expansion& expansion, Diagnostics& found)
      : data_(data), expansion_(expansion), found_(found) {}

  void read(ConfigReader& root, Workbook& workbook) {
    workbook.title = plain(root.text("title"));
    for (const ConfigNode* node : root.tables("sheet")) {
      ConfigReader reader(*node, root.file(), "sheet", found_);
      add_sheet(reader, workbook);
      reader.finish();
    }
    if (const ConfigNode* node = root.table("contents")) {
      ConfigReader reader(*node, root.file(), "contents", found_);
      add_contents(reader, workbook);
      reader.finish();
    }
    root.finish();
  }

 private:
  /// The first sheet: names of the others, as links, what is on them, how many rows.
  void add_contents(ConfigReader& reader, Workbook& workbook) {
    Sheet sheet;
    sheet.name = plain(reader.required_text("name"));
    sheet.title = plain(reader.text("title"));
    for (const std::string& note : reader.texts("notes")) add_note(note, sheet);
    sheet.filter = false;
    for (const char* key : {"sheet", "about", "rows"}) {
      sheet.columns.emplace_back();
      sheet.columns.back().head = plain(reader.required_text(key));
      sheet.columns.back().is_text = sheet.columns.size() < 3;
      sheet.columns.back().unit = Unit::count;
    }
    sheet.columns[2].decimals = 0;
    for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
      const Sheet& other = workbook.sheets[i];
      sheet.rows.push_back({SheetLink{i + 1}, other.title, static_cast<std::int64_t>(other.rows.size())});
    }
    if (!workbook.sheets.empty()) workbook.sheets.insert(workbook.sheets.begin(), std::move(sheet));
  }

  /// A note whose names are all empty is none.
  void add_note(const std::string& text, Sheet& sheet) const {
    std::string note = plain(text);
    if (!note.empty()) sheet.notes.push_back(std::move(note));
  }

  std::string plain(std::string_view text) const { return with_values(text, expansion_); }

  const Value* data_at(ConfigReader& reader, std::string_view key) {
    const std::string path = plain(reader.text(key));
    if (path.empty()) return nullptr;
    const Value* value = data_.find(path);
    if (value == nullptr)
      reader.report(key, "template-unknown-path", {{"path", path}, {"nearest", Scope(data_).nearest_to(path)}});
    return value;
  }

  void add_sheet(ConfigReader& reader, Workbook& workbook) {
    Sheet sheet;
    sheet.name = plain(reader.required_text("name"));
    sheet.title = plain(reader.text("title"));
    for (const std::string& note : reader.texts("notes")) add_note(note, sheet);
    sheet.frozen_columns = static_cast<std::size_t>(std::max<std::int64_t>(0, reader.integer("frozen", 1)));
    sheet.filter = reader.boolean("filter", true);
    if (!reader.has("rows")) reader.report("rows", "setting-missing");
    const Value* rows = data_at(reader, "rows");
    const Value* total = data_at(reader, "total");
    const Value* when = data_at(reader, "when");
    std::vector<ColumnSpec> columns = read_columns(reader);
    if (rows == nullptr) return;
    if (rows->list() == nullptr) {
      report_kind(reader, "rows", plain(reader.text("rows")), "list");
      return;
    }
    if (rows->list()->empty() || (reader.has("when") && (when == nullptr || !when->truthy()))) return;
    for (const Value& row : *rows->list()) sheet.rows.push_back(cells_of(row, columns, reader));
    if (total != nullptr) sheet.rows.push_back(cells_of(*total, columns, reader));
    report_unmet(columns, rows->list()->front(), reader);
    for (ColumnSpec& spec : columns) sheet.columns.push_back(std::move(spec.column));
    workbook.sheets.push_back(std::move(sheet));
  }

  std::vector<ColumnSpec> read_columns(ConfigReader& sheet) {
    std::vector<ColumnSpec> out;
    if (!sheet.has("columns")) sheet.report("columns", "setting-missing");
    for (const ConfigNode* node : sheet.tables("columns")) {
      ConfigReader reader(*node, sheet.file(), "columns", found_);
      ColumnSpec spec;
      spec.column.head = plain(reader.text("head"));
      spec.column.comment = plain(reader.text("comment"));
      spec.column.width = reader.number("width").value_or(0);
      spec.column.is_text = reader.boolean("text", false);
      spec.column.data_bar = reader.boolean("data_bar", false);
      spec.path = plain(reader.required_text("value"));
      spec.part = static_cast<Part>(reader.choice("show", kParts, 0));
      spec.with_unit = reader.boolean("unit", true);
      spec.is_date = reader.boolean("date", false);
      reader.finish();
      out.push_back(std::move(spec));
    }
    return out;
  }

  std::vector<SheetCell> cells_of(const Value& row, std::vector<ColumnSpec>& columns, ConfigReader& reader) {
    std::vector<SheetCell> cells;
    for (ColumnSpec& spec : columns) cells.push_back(cell(row, spec, reader));
    return cells;
  }

  SheetCell cell(const Value& row, ColumnSpec& spec, ConfigReader& reader) {
    const Value* value = spec.path == "." ? &row : row.find(spec.path);
    if (value == nullptr) return {};
    spec.met = true;
    if (const Quantity* q = value->quantity()) {
      if (spec.part != Part::n && q->estimate.defined()) note_unit(*q, spec);
      return cell_of(*q, spec);
    }
    if (const std::string* text = value->text()) {
      spec.column.is_text = true;
      return spec.is_date ? day_or_text(*text) : one_line(*text);
    }
    if (const auto* n = std::get_if<std::int64_t>(&value->is)) return *n;
    if (value->list() != nullptr || value->object() != nullptr) report_kind(reader, "columns", spec.path, "printable");
    return {};
  }

  void report_unmet(const std::vector<ColumnSpec>& columns, const Value& row, ConfigReader& reader) {
    for (const ColumnSpec& spec : columns) {
      if (spec.met) continue;
      reader.report("columns", "template-unknown-path",
                    {{"path", spec.path}, {"nearest", Scope(row).nearest_to(spec.path)}});
    }
  }

  const Value& data_;
  const Expansion& expansion_;
  Diagnostics& found_;
};

}  // namespace

ParsedTemplate parse_workbook(const std::string& name, const std::string& text, TemplateSet& set,
                              const Filling& filling, Diagnostics& out) {
  ParsedTemplate parsed = set.parse(name, text, 1, out);
  NameChecker checker(set, filling.data, filling.wording.format, out);
  checker.check(parsed.tags);
  checker.finish();
  return parsed;
}

void render_workbook(const std::string& name, const ParsedTemplate& parsed, TemplateSet& set, const Filling& filling,
                     Expansion& expansion, WorkbookResult& result) {
  const std::vector<Line> lines = expand(parsed, set, filling.data, filling.wording, expansion);
  std::string toml;
  for (const Line& line : lines) toml += line.text + "\n";
  ParsedConfig config = parse_config(toml, name);
  Diagnostics found = std::move(config.diagnostics);
  if (found.empty()) {
    ConfigReader root(config.root, name, "", found);
    WorkbookMaker(filling.data, expansion, found).read(root, result.workbook);
  }
  move_to_template(found, lines, Source{}, set, result.diagnostics);
}

WorkbookResult make_workbook(const std::string& name, const TemplateFiles& files, const Value& data,
                             const NumberFormat& format, const std::string& missing,
                             const std::vector<std::pair<Undefined, std::string>>& reasons) {
  WorkbookResult result;
  result.workbook.language = format.language();
  result.workbook.missing = missing;
  result.workbook.reasons = reasons;
  Words words;
  words.missing = missing;
  const Wording wording{format, words, reasons};
  const Filling filling{data, wording};
  TemplateSet set(files);
  const std::string* text = read_template(name, set, result.diagnostics);
  if (text == nullptr) return result;
  const ParsedTemplate parsed = parse_workbook(name, *text, set, filling, result.diagnostics);
  Expansion expansion;
  if (!set.broken()) render_workbook(name, parsed, set, filling, expansion, result);
  sort_by_place(result.diagnostics);
  return result;
}

}  // namespace kaskad::reports
