#include <algorithm>
#include <array>

#include "reports/template/builder.hpp"
#include "reports/template/marks.hpp"
#include "reports/template/table_trim.hpp"
#include "reports/values/thousands.hpp"

namespace kaskad::reports {
namespace {

/// How a column shows its values; the first four are Cell::Show.
enum class Show : std::uint8_t { value, interval, value_and_interval, n, spark, bar };
const std::vector<std::string_view> kShows = {"value", "interval", "value_and_interval", "n", "spark", "bar"};

struct ColumnSpec {
  Column column;
  std::string path;  ///< In a row.
  Show show = Show::value;
  double lo = 0, hi = 100;
  std::optional<double> reference;   ///< The same for all rows;
  std::string row_reference;         ///< or the path of each row's own.
  bool keep = false;                 ///< Printed even where every cell is empty.
  std::string note;                  ///< Markdown: of the table, where the column is printed.
  const ConfigNode* node = nullptr;  ///< Its settings, for messages.
};

bool is_picture(Show show) { return show == Show::spark || show == Show::bar; }

/// `reference`: a number, or a path to one.
std::optional<double> reference_of(const BlockJob& job, ConfigReader& reader) {
  const ConfigNode* node = reader.raw("reference");
  if (node == nullptr) return std::nullopt;
  if (node->text() == nullptr) return reader.number("reference");
  const Value* value = job.data(reader, "reference");
  if (value == nullptr) return std::nullopt;
  if (const Quantity* q = value->quantity())
    return q->estimate.defined() ? std::optional(q->estimate.value) : std::nullopt;
  report_kind(reader, "reference", *node->text(), "quantity");
  return std::nullopt;
}

ColumnSpec read_column(const BlockJob& job, const ConfigNode& node) {
  ConfigReader reader(node, job.reader.file(), "columns", job.reader.diagnostics());
  ColumnSpec spec;
  spec.node = &node;
  spec.column.head = job.plain_text(reader.text("head"));
  spec.column.group = job.plain_text(reader.text("group"));
  spec.column.width = reader.number("width").value_or(0);
  spec.path = job.plain_text(reader.required_text("value"));
  spec.show = static_cast<Show>(reader.choice("show", kShows, 0));
  spec.lo = reader.number("lo").value_or(0);
  spec.hi = reader.number("hi").value_or(100);
  spec.reference = reference_of(job, reader);
  spec.row_reference = job.plain_text(reader.text("row_reference"));
  spec.keep = reader.boolean("keep", false);
  spec.note = reader.text("note");
  reader.finish();
  return spec;
}

std::vector<ColumnSpec> read_columns(const BlockJob& job) {
  std::vector<ColumnSpec> specs;
  if (!job.reader.has("columns")) job.reader.required_text("columns");
  for (const ConfigNode* node : job.reader.tables("columns")) specs.push_back(read_column(job, *node));
  return specs;
}

const Value* value_in(const Value& row, const std::string& path) { return path == "." ? &row : row.find(path); }

bool is_null(const Value* value) { return value == nullptr || std::holds_alternative<std::monostate>(value->is); }

Quantity count_of(std::int64_t n, Owner owner) {
  const Owner whose = owner == kNobody ? kPlainCount : owner;
  return {exactly(static_cast<double>(n), n), Unit::count, 0, false, whose};
}

std::optional<Cell> spark_cell(const Value& value) {
  Cell::Spark spark;
  if (value.list() == nullptr) return std::nullopt;
  for (const Value& point : *value.list()) {
    if (point.quantity() == nullptr) return std::nullopt;
    spark.points.push_back(*point.quantity());
  }
  return Cell{std::move(spark)};
}

std::optional<double> defined_value(const Value* value) {
  const Quantity* q = value == nullptr ? nullptr : value->quantity();
  return q != nullptr && q->estimate.defined() ? std::optional(q->estimate.value) : std::nullopt;
}

/// Where the figure is undefined for another reason than its participants, their number says nothing.
bool has_no_count(const Estimate& e) {
  return !e.defined() && e.n == 0 && e.reason != Undefined::no_data && e.reason != Undefined::too_few;
}

/// Nothing when the value does not suit the column.
std::optional<Cell> cell_of(const Value& value, const ColumnSpec& spec, std::optional<double> reference) {
  if (spec.show == Show::spark) return spark_cell(value);
  const Quantity* q = value.quantity();
  if (spec.show == Show::bar) {
    return q == nullptr ? std::nullopt : std::optional(Cell{Cell::Bar{*q, spec.lo, spec.hi, reference}});
  }
  if (q != nullptr && spec.show == Show::n && has_no_count(q->estimate)) return Cell{Runs{}};
  if (q != nullptr) return Cell{Cell::Number{*q, static_cast<Cell::Show>(spec.show)}};
  if (spec.show != Show::value) return std::nullopt;
  if (const std::string* text = value.text()) return Cell{Runs{{one_line(*text)}}};
  if (const auto* n = std::get_if<std::int64_t>(&value.is)) return Cell{Cell::Number{count_of(*n, value.owner)}};
  return std::nullopt;
}

std::string_view wanted_by(Show show) {
  if (show == Show::value) return "printable";
  return show == Show::spark ? "quantities" : "quantity";
}

/// Makes the rows of one table and notes, for each column, what it has met.
class TableMaker {
 public:
  TableMaker(const BlockJob& job, std::vector<ColumnSpec> specs, std::string rows_path)
      : job_(job), specs_(std::move(specs)), rows_path_(std::move(rows_path)), met_(specs_.size()) {}

  Row row(const Value& value, Row::Kind kind) {
    Row out;
    out.kind = kind;
    for (std::size_t i = 0; i < specs_.size(); ++i) out.cells.push_back(cell(value, i));
    return out;
  }

  /// The text of a field that heads a group of rows.
  std::string group_of(const Value& row, const std::string& field) const {
    const Value* value = field.empty() ? nullptr : row.find(field);
    if (value == nullptr || value->text() == nullptr) return "";
    job_.shop.own(*value, job_.fence.at);
    return one_line(*value->text());
  }

  std::vector<Column> columns() {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      specs_[i].column.kind = is_picture(specs_[i].show) ? ColumnKind::picture
                              : met_[i].number           ? ColumnKind::number
                                                         : ColumnKind::text;
      columns.push_back(specs_[i].column);
    }
    return columns;
  }

  std::vector<bool> kept() const {
    std::vector<bool> out;
    for (const ColumnSpec& spec : specs_) out.push_back(spec.keep);
    return out;
  }

  /// The table's note with those of the columns that are printed, each once.
  std::string note_with(std::string note, const std::vector<bool>& printed) const {
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      const bool told = specs_[i].note.empty() || note.find(specs_[i].note) != std::string::npos;
      if (printed[i] && !told) note += (note.empty() ? "" : " ") + specs_[i].note;
    }
    return note;
  }

  /// A path that no row has is a mistake in the template; one that some rows lack leaves a cell empty.
  void report_missing(const Value& first_row) {
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      if (!met_[i].any) report_path(first_row, i, "value", specs_[i].path);
      const bool unmet = met_[i].any && !specs_[i].row_reference.empty() && !met_[i].reference;
      if (unmet) report_path(first_row, i, "row_reference", specs_[i].row_reference);
    }
  }

 private:
  struct Met {
    bool any = false, number = false, reference = false, reported = false;
  };

  Cell cell(const Value& row, std::size_t at) {
    const Value* value = value_in(row, specs_[at].path);
    met_[at].any = met_[at].any || value != nullptr;
    if (is_null(value)) return {Runs{}};
    std::optional<Cell> cell = cell_of(*value, specs_[at], reference_in(row, at));
    if (!cell) {
      report_wrong(at);
      return {Runs{}};
    }
    met_[at].number = met_[at].number || std::holds_alternative<Cell::Number>(cell->is);
    job_.shop.own(*value, job_.fence.at);
    return std::move(*cell);
  }

  std::optional<double> reference_in(const Value& row, std::size_t at) {
    const ColumnSpec& spec = specs_[at];
    if (spec.row_reference.empty()) return spec.reference;
    const Value* value = value_in(row, spec.row_reference);
    met_[at].reference = met_[at].reference || value != nullptr;
    if (value != nullptr) job_.shop.own(*value, job_.fence.at);
    return defined_value(value);
  }

  ConfigReader settings(std::size_t at) {
    return {*specs_[at].node, job_.reader.file(), "columns", job_.reader.diagnostics()};
  }

  void report_path(const Value& first_row, std::size_t at, std::string_view key, const std::string& path) {
    const Scope row(first_row);
    settings(at).report(key, "template-unknown-path", {{"path", path}, {"nearest", row.nearest_to(path)}});
  }

  void report_wrong(std::size_t at) {
    if (met_[at].reported) return;
    met_[at].reported = true;
    ConfigReader column = settings(at);
    report_kind(column, "value", rows_path_ + "." + specs_[at].path, wanted_by(specs_[at].show));
  }

  const BlockJob& job_;
  std::vector<ColumnSpec> specs_;
  std::string rows_path_;
  std::vector<Met> met_;
};

Row group_row(const std::string& name) { return {Row::Kind::group, {{Runs{{name}}}}}; }

void add_rows(Table& table, const List& rows, const std::string& group_by, TableMaker& maker) {
  std::string group;
  for (const Value& value : rows) {
    const std::string head = maker.group_of(value, group_by);
    if (head != group) table.rows.push_back(group_row(head));
    group = head;
    table.rows.push_back(maker.row(value, Row::Kind::body));
  }
}

/// What stands in place of a table without rows.
Blocks empty_table(const Table& table, std::string text, const BlockJob& job) {
  if (text.empty()) text = (table.caption.empty() ? "" : table.caption + ": ") + job.shop.wording.words.missing;
  return {{Paragraph{Runs{{std::move(text)}}}}};
}

/// What stands in place of a table whose figures are all undefined.
Blocks told_reasons(const Table& table, const std::vector<Undefined>& reasons, const BlockJob& job) {
  std::string text;
  for (const Undefined reason : reasons) {
    const auto& known = job.shop.wording.reasons;
    const auto told = std::find_if(known.begin(), known.end(), [&](const auto& r) { return r.first == reason; });
    if (told != known.end()) text += (text.empty() ? "" : "; ") + told->second;
  }
  const std::string missing = table.caption + ": " + job.shop.wording.words.missing;
  return {{Paragraph{Runs{{missing + (text.empty() ? "." : " (" + text + ").")}}}}};
}

bool is_wide(const Cell::Number& number) {
  const Estimate& e = number.quantity.estimate;
  if (number.show == Cell::Show::n) return has_five_digits(static_cast<double>(e.n), 0);
  return number.show != Cell::Show::interval && e.defined() && has_five_digits(e.value, number.quantity.decimals);
}

template <class Each>
void each_number_of(Table& table, std::size_t column, const Each& each) {
  for (Row& row : table.rows) {
    auto* number = column < row.cells.size() ? std::get_if<Cell::Number>(&row.cells[column].is) : nullptr;
    if (number != nullptr) each(*number);
  }
}

/// One manner in a column: where a number of five digits is grouped, those of four are.
void group_thousands(Table& table) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    bool wide = false;
    each_number_of(table, c, [&](const Cell::Number& number) { wide = wide || is_wide(number); });
    each_number_of(table, c, [&](Cell::Number& number) { number.thousands = wide; });
  }
}

}  // namespace

Blocks build_table(const BlockJob& job) {
  Table table;
  table.caption = job.plain("caption");
  table.id = job.plain("id");
  const std::string empty = job.plain("empty"), group_by = job.plain("group_by"), note = job.reader.text("note");
  TableMaker maker(job, read_columns(job), job.plain("rows"));
  const List* rows = job.list("rows");
  const Value* total = job.reader.has("total") ? job.data("total") : nullptr;
  if (rows == nullptr) return {};
  if (rows->empty()) return empty_table(table, empty, job);
  add_rows(table, *rows, group_by, maker);
  if (!group_by.empty() && rows->front().find(group_by) == nullptr) {
    job.reader.report("group_by", "template-unknown-path",
                      {{"path", group_by}, {"nearest", Scope(rows->front()).nearest_to(group_by)}});
  }
  if (total != nullptr) table.rows.push_back(maker.row(*total, Row::Kind::total));
  maker.report_missing(rows->front());
  table.columns = maker.columns();
  const std::vector<Undefined> reasons = reasons_of_nothing(table);
  const bool nothing = !reasons.empty() && !table.caption.empty() && table.id.empty();
  if (nothing) return told_reasons(table, reasons, job);
  const std::vector<bool> printed = drop_empty_columns(table, maker.kept());
  table.note = runs_of_markdown(maker.note_with(note, printed), job.fence.at, job.shop);
  group_thousands(table);
  return {{std::move(table)}};
}

}  // namespace kaskad::reports
