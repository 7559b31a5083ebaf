#include <algorithm>

#include "reports/document/typography.hpp"
#include "reports/html/cell_text.hpp"
#include "reports/html/columns.hpp"

namespace kaskad::reports::html {
namespace {

/// Tables with more rows can be sorted by their heads.
constexpr std::size_t kSortableFrom = 12;
constexpr double kPictureWidth = 64, kPictureHeight = 13;  // Points.

/// Letters for the reasons of missing figures, explained under the table.
class ReasonMarks {
 public:
  explicit ReasonMarks(const Document& document) : document_(document) {}

  /// Empty when the document has no words for the reason.
  std::string mark(Undefined reason) {
    const std::string text = text_of(reason);
    if (text.empty()) return {};
    auto found = std::find(used_.begin(), used_.end(), reason);
    if (found == used_.end()) found = used_.insert(used_.end(), reason);
    return letter(static_cast<std::size_t>(found - used_.begin()));
  }

  std::vector<std::pair<std::string, std::string>> explained() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < used_.size(); ++i) out.emplace_back(letter(i), text_of(used_[i]));
    return out;
  }

 private:
  static std::string letter(std::size_t i) { return std::string(1, static_cast<char>('a' + i)); }

  std::string text_of(Undefined reason) const {
    const auto& reasons = document_.reasons;
    const auto found = std::find_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.first == reason; });
    return found == reasons.end() ? std::string() : found->second;
  }

  const Document& document_;
  std::vector<Undefined> used_;
};

class TableWriter {
 public:
  TableWriter(Page& page, const Table& table)
      : page_(page), table_(table), marks_(page.document), comma_(page.document.language.starts_with("ru")) {
    const auto body = [](const Row& row) { return row.kind == Row::Kind::body; };
    sortable_ = std::count_if(table.rows.begin(), table.rows.end(), body) > std::ptrdiff_t{kSortableFrom};
    measure_fractions();
  }

  void write() {
    const ColumnPlan plan = plan_columns(page_, table_, sortable_);
    const Open holder(page_, "div", {{"class", plan.broad ? "table broad" : "table"}, {"id", table_.id}});
    page_.line_end();
    {
      const Open scroll(page_, "div", {{"class", "scroll"}});
      const Open open(page_, "table", {{"class", sortable_ ? "sortable" : ""}});
      page_.line_end();
      write_caption();
      write_columns(plan);
      write_head();
      write_body();
    }
    page_.line_end();
    write_notes();
  }

 private:
  /// Numbers of a column that have unequal fractions are aligned at their decimal marks by the width of the longest.
  void measure_fractions() {
    longest_.assign(table_.columns.size(), 0);
    for (const Row& row : table_.rows) {
      for (std::size_t c = 0; c < std::min(row.cells.size(), longest_.size()); ++c) {
        const auto* number = std::get_if<Cell::Number>(&row.cells[c].is);
        const bool measured = number != nullptr && number->show != Cell::Show::interval;
        if (measured) longest_[c] = std::max(longest_[c], fraction_size(number_text(page_, *number), comma_));
      }
    }
  }

  void write_caption() {
    if (table_.caption.empty()) return;
    const std::string number = std::to_string(page_.next_number("table"));
    {
      const Open caption(page_, "caption");
      page_.element("span", filled(page_.document.words.table, {{"n", number}, {"caption", table_.caption}}),
                    {{"class", "told"}});
    }
    page_.line_end();
  }

  void write_columns(const ColumnPlan& plan) {
    page_.open("colgroup");
    for (const double share : plan.shares) page_.raw("<col style=\"width: " + rounded_text(share * 100, 1) + "%\"/>");
    page_.close("colgroup");
    page_.line_end();
  }

  void write_head() {
    const auto& columns = table_.columns;
    const bool grouped = std::any_of(columns.begin(), columns.end(), [](const Column& c) { return !c.group.empty(); });
    const Open head(page_, "thead");
    if (grouped) write_groups();
    {
      const Open row(page_, "tr");
      for (const Column& column : columns)
        page_.element("th", column.head, {{"scope", "col"}, {"class", class_of(column)}});
    }
    page_.line_end();
  }

  void write_groups() {
    {
      const Open row(page_, "tr", {{"class", "groups"}});
      const auto& columns = table_.columns;
      for (std::size_t c = 0; c < columns.size();) {
        std::size_t end = c + 1;
        while (end < columns.size() && columns[end].group == columns[c].group) ++end;
        const bool named = !columns[c].group.empty();
        page_.element(named ? "th" : "td", columns[c].group,
                      {{"scope", named ? "colgroup" : ""}, {"colspan", end - c > 1 ? std::to_string(end - c) : ""}});
        c = end;
      }
    }
    page_.line_end();
  }

  static std::string class_of(const Column& column) {
    if (column.kind == ColumnKind::number) return "num";
    return column.kind == ColumnKind::picture ? "picture" : "";
  }

  /// One body a group of rows, so that sorting leaves groups and totals where they stand.
  void write_body() {
    if (table_.rows.empty()) return write_empty();
    std::string_view open;
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      const Row& row = table_.rows[i];
      const std::string_view wanted = row.kind == Row::Kind::total ? "tfoot" : "tbody";
      const bool starts = open.empty() || row.kind == Row::Kind::group || wanted != open;
      if (starts) {
        if (!open.empty()) page_.close(open);
        page_.open(wanted);
        page_.line_end();
        open = wanted;
      }
      write_row(row);
    }
    page_.close(open);
  }

  void write_empty() {
    const Open body(page_, "tbody");
    const Open row(page_, "tr");
    page_.element("td", page_.document.words.no_rows,
                  {{"colspan", std::to_string(std::max<std::size_t>(1, table_.columns.size()))}});
  }

  void write_row(const Row& row) {
    if (row.kind == Row::Kind::group) return write_group(row);
    {
      const Open open(page_, "tr", {{"class", row.kind == Row::Kind::total ? "total" : ""}});
      for (std::size_t c = 0; c < table_.columns.size(); ++c) write_cell(row, c);
    }
    page_.line_end();
  }

  void write_group(const Row& row) {
    {
      const Open open(page_, "tr", {{"class", "group"}});
      const Open cell(page_, "th", {{"scope", "rowgroup"}, {"colspan", std::to_string(table_.columns.size())}});
      const auto* runs = row.cells.empty() ? nullptr : std::get_if<Runs>(&row.cells[0].is);
      if (runs != nullptr) page_.runs(*runs);
    }
    page_.line_end();
  }

  void write_cell(const Row& row, std::size_t c) {
    static const Cell nothing{Runs{}};
    const Cell& cell = c < row.cells.size() ? row.cells[c] : nothing;
    const bool heads = c == 0 && table_.columns[0].kind == ColumnKind::text && !row.cells.empty();
    const Open open(
        page_, heads ? "th" : "td",
        {{"scope", heads ? "row" : ""}, {"class", class_of(cell, table_.columns[c].kind)}, {"data-v", sort_key(cell)}});
    if (const auto* runs = std::get_if<Runs>(&cell.is)) page_.runs(*runs);
    if (const auto* number = std::get_if<Cell::Number>(&cell.is)) write_number(*number, longest_[c]);
    if (const auto* spark = std::get_if<Cell::Spark>(&cell.is)) write_spark(*spark);
    if (const auto* bar = std::get_if<Cell::Bar>(&cell.is)) write_bar(*bar);
  }

  std::string class_of(const Cell& cell, ColumnKind kind) const {
    if (const auto* number = std::get_if<Cell::Number>(&cell.is))
      return number_text(page_, *number).empty() ? "num missing" : "num";
    const auto* runs = std::get_if<Runs>(&cell.is);
    if (runs == nullptr) return "picture";
    return kind == ColumnKind::number && !runs->empty() ? "num" : "";
  }

  /// The number by which a row is sorted, as far as it is printed.
  std::string sort_key(const Cell& cell) const {
    const auto* number = std::get_if<Cell::Number>(&cell.is);
    if (!sortable_ || number == nullptr) return {};
    const Quantity& q = number->quantity;
    if (number->show == Cell::Show::n) return hides_n(q.estimate.reason) ? std::string() : std::to_string(q.estimate.n);
    return q.estimate.defined() ? rounded_text(q.estimate.value, q.decimals) : std::string();
  }

  void write_number(const Cell::Number& number, std::size_t longest) {
    const std::string text = number_text(page_, number);
    if (text.empty()) return write_missing(number.quantity.estimate.reason);
    const std::size_t fraction = number.show == Cell::Show::interval ? longest : fraction_size(text, comma_);
    page_.number(std::string_view(text).substr(0, text.size() - (fraction == longest ? 0 : fraction)));
    if (fraction != longest) {
      const Open shorter(page_, "span", {{"class", "f" + std::to_string(std::min<std::size_t>(longest, 6))}});
      page_.number(std::string_view(text).substr(text.size() - fraction));
    }
    if (number.show == Cell::Show::value_and_interval && number.quantity.estimate.has_interval()) {
      page_.raw(" ");
      const Open interval(page_, "span", {{"class", "ci"}});
      page_.number(range_text(page_, number.quantity));
    }
  }

  void write_missing(Undefined reason) {
    page_.text(page_.document.words.missing);
    const std::string mark = marks_.mark(reason);
    if (!mark.empty()) page_.element("sup", mark);
  }

  std::string told(const Quantity& q) const {
    return q.estimate.defined() ? page_.format.with_unit(q) : page_.document.words.missing;
  }

  void write_spark(const Cell::Spark& spark) {
    std::string text;
    for (const Quantity& point : spark.points) text += (text.empty() ? "" : "; ") + told(point);
    write_picture(page_, sparkline(spark.points, kPictureWidth, kPictureHeight, color_of(SeriesRole::focus)), text);
  }

  void write_bar(const Cell::Bar& bar) {
    const std::string interval = page_.format.interval(bar.quantity);
    const Picture picture = interval_bar(bar.quantity, bar.lo, bar.hi, bar.reference, kPictureWidth, kPictureHeight,
                                         color_of(SeriesRole::focus));
    write_picture(page_, picture, told(bar.quantity) + (interval.empty() ? "" : " " + interval));
  }

  void write_notes() {
    for (const auto& [letter, text] : marks_.explained()) {
      {
        const Open note(page_, "p", {{"class", "table-note"}});
        page_.element("sup", letter);
        page_.text(" " + text);
      }
      page_.line_end();
    }
    if (table_.note.empty()) return;
    {
      const Open note(page_, "p", {{"class", "table-note"}});
      page_.runs(table_.note);
    }
    page_.line_end();
  }

  Page& page_;
  const Table& table_;
  ReasonMarks marks_;
  bool comma_;
  bool sortable_ = false;
  std::vector<std::size_t> longest_;  ///< Fractions by column, in letters with their mark.
};

}  // namespace

void write_table(Page& page, const Table& table) {
  TableWriter(page, table).write();
  page.line_end();
}

}  // namespace kaskad::reports::html
