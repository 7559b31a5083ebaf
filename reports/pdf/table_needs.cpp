#include "reports/pdf/table_needs.hpp"

#include <array>

#include "reports/pdf/paragraph.hpp"

namespace kaskad::reports::pdf {
namespace {

constexpr double kMeasuredSize = 9;
constexpr double kRounding = 1.002;     // Letters of another size are wider by this much at most than by proportion.
constexpr double kShortHead = 4.2;      // Stays on one line: «n, 2026».
constexpr double kFewLetters = 3.2;     // Narrowest text column, in sizes of the type.
constexpr double kLegible = 9.5;        // Some eighteen letters, in sizes of the type.
constexpr std::size_t kMostRows = 200;  // Whose lines are counted.
constexpr std::size_t kMostLines = 24;  // Of a cell; a longer one gets no wider column than this asks for.

void widen(NumberWidths& widths, const NumberCell& cell) {
  widths.before = std::max(widths.before, cell.before);
  widths.after = std::max(widths.after, cell.after);
  widths.range_before = std::max(widths.range_before, cell.range_before);
  widths.range_after = std::max(widths.range_after, cell.range_after);
}

void raise(ColumnNeed& need, double whole) {
  need.word = std::max(need.word, whole);
  need.part = std::max(need.part, whole);
  need.least = std::max(need.least, whole);
  need.natural = std::max(need.natural, whole);
}

void raise(ColumnNeed& need, const TextNeed& text, double natural) {
  need.word = std::max(need.word, text.longest_word);
  need.part = std::max(need.part, text.longest_part);
  need.natural = std::max({need.natural, natural, text.longest_word});
}

/// Widths at which the text loses a line, by trying the ends of its words.
CellLines lines_of(const TextNeed& text) {
  CellLines lines;
  if (text.words.size() < 2) return lines;
  for (std::size_t most = 1; most <= std::min(text.words.size(), kMostLines); ++most) {
    lines.push_back(float(width_for(text.words, most)));
    if (lines.back() <= text.longest_word) break;
  }
  return lines;
}

bool is_year(const std::string& head) {
  return head.size() == 4 && head.find_first_not_of("0123456789") == std::string::npos;
}

bool are_alike(const Column& a, const Column& b) {
  if (a.kind != ColumnKind::number || b.kind != ColumnKind::number || a.group != b.group) return false;
  return !a.group.empty() || (is_year(a.head) && is_year(b.head));
}

class Measurer {
 public:
  Measurer(Press& press, const Table& table, bool divided, ReasonMarks& marks)
      : press_(press), table_(table), divided_(divided), marks_(marks) {
    needs_.columns.resize(table.columns.size());
    needs_.numbers.resize(table.columns.size());
  }

  TableNeeds measure() {
    open_row();
    for (std::size_t c = 0; c < table_.columns.size(); ++c) add_head(c);
    const std::size_t step = 1 + table_.rows.size() / kMostRows;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      if (table_.rows[r].kind == Row::Kind::group) {
        add_group_row(table_.rows[r]);
        continue;
      }
      keeps_lines_ = r % step == 0;
      if (keeps_lines_) open_row();
      add_row(table_.rows[r]);
    }
    add_group_heads();
    return std::move(needs_);
  }

 private:
  void open_row() { needs_.rows.emplace_back(table_.columns.size()); }

  /// Of the row that was opened last.
  void keep_lines(std::size_t c, const TextNeed& text) {
    if (keeps_lines_) needs_.rows.back()[c] = lines_of(text);
  }

  TextStyle style(bool bold) const {
    TextStyle text = type_.text(bold);
    text.hyphenated = divided_;
    text.whole_words = false;
    return text;
  }

  void add_head(std::size_t c) {
    const Column& column = table_.columns[c];
    ColumnNeed& need = needs_.columns[c];
    need.share = column.width;
    need.like_left = c > 0 && are_alike(table_.columns[c - 1], column);
    need.elastic = column.kind == ColumnKind::text;
    const TextNeed text = need_of(press_, plain_runs(column.head), style(true), true);
    raise(need, text, std::min(text.natural, text.natural / 3 * 1.3));
    if (text.natural <= kShortHead * type_.size) {
      need.word = std::max(need.word, text.natural);
      need.natural = std::max(need.natural, text.natural);
    }
    keep_lines(c, text);
  }

  void add_group_row(const Row& row) {
    const Runs* runs = row.cells.empty() ? nullptr : std::get_if<Runs>(&row.cells[0].is);
    if (runs == nullptr) return;
    needs_.group_head = std::max(needs_.group_head, need_of(press_, *runs, style(true)).natural + kGroupIndents);
  }

  void add_row(const Row& row) {
    const std::size_t count = std::min(row.cells.size(), table_.columns.size());
    for (std::size_t c = 0; c < count; ++c) add_cell(c, row.cells[c], row.kind == Row::Kind::total);
  }

  void add_cell(std::size_t c, const Cell& cell, bool bold) {
    ColumnNeed& need = needs_.columns[c];
    if (const auto* number = std::get_if<Cell::Number>(&cell.is)) {
      add_number(c, number_cell(press_, *number, type_, bold, marks_));
    } else if (const auto* runs = std::get_if<Runs>(&cell.is)) {
      add_text(c, *runs, bold);
    } else {
      raise(need, std::holds_alternative<Cell::Spark>(cell.is) ? kSparkWidth : kBarWidth);
    }
  }

  void add_number(std::size_t c, const NumberCell& cell) {
    if (cell.missing) {
      raise(needs_.columns[c], cell.before + cell.after + (cell.mark != nullptr ? cell.mark->width : 0));
    } else {
      widen(needs_.numbers[c], cell);
      const bool both = cell.value != nullptr && cell.range != nullptr;
      if (both && keeps_lines_) needs_.rows.back()[c] = value_and_range();
    }
  }

  void add_text(std::size_t c, const Runs& runs, bool bold) {
    if (table_.columns[c].kind == ColumnKind::number && is_number_text(runs)) {
      widen(needs_.numbers[c], number_cell(press_, runs[0].text, type_, bold));
      return;
    }
    const TextNeed text = need_of(press_, runs, style(bold), keeps_lines_);
    raise(needs_.columns[c], text, text.natural);
    keep_lines(c, text);
  }

  /// A head over several columns must find room above them.
  void add_group_heads() {
    for (std::size_t from = 0; from < table_.columns.size();) {
      std::size_t to = from + 1;
      while (to < table_.columns.size() && table_.columns[to].group == table_.columns[from].group) ++to;
      if (!table_.columns[from].group.empty()) {
        const TextNeed text = need_of(press_, plain_runs(table_.columns[from].group), type_.text(true));
        const double each = (text.longest_word - type_.gap() * double(to - from - 1)) / double(to - from);
        for (std::size_t c = from; c < to; ++c) raise(needs_.columns[c], each);
      }
      from = to;
    }
  }

  Press& press_;
  const Table& table_;
  const TableType type_{kMeasuredSize};
  bool divided_;
  ReasonMarks& marks_;
  bool keeps_lines_ = true;
  TableNeeds needs_;
};

void scale(TypedNeeds& needs, double factor) {
  for (ColumnNeed& need : needs.columns) {
    for (double* width : {&need.word, &need.part, &need.least, &need.natural}) *width *= factor;
  }
  for (NumberWidths& widths : needs.numbers) {
    for (double* width : {&widths.before, &widths.after, &widths.range_before, &widths.range_after}) *width *= factor;
  }
}

}  // namespace

TableNeeds needs_of_table(Press& press, const Table& table, bool divided, ReasonMarks& marks) {
  return Measurer(press, table, divided, marks).measure();
}

TypedNeeds in_type(const TableNeeds& table, const TableType& type) {
  TypedNeeds needs{table.columns, table.numbers, {}};
  const double factor = type.size == kMeasuredSize ? 1 : type.size / kMeasuredSize * kRounding;
  scale(needs, factor);
  for (std::size_t c = 0; c < needs.columns.size(); ++c) {
    ColumnNeed& need = needs.columns[c];
    raise(need, needs.numbers[c].total(type));
    need.least = std::max(need.least, kFewLetters * type.size);
    need.legible = std::max(need.part, std::min(need.word, kLegible * type.size));
  }
  needs.lines = {&table.rows, factor, type.stacked, table.group_head * factor};
  return needs;
}

}  // namespace kaskad::reports::pdf
