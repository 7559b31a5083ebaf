#include "reports/xlsx/sheet_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/base/text.hpp"
#include "reports/xlsx/xlsx_renderer.hpp"

namespace kaskad::reports {
namespace {

constexpr std::array<std::string_view, 9> kMarks = {"", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸"};
constexpr double kNarrowest = 6, kWidest = 50, kBar = 16;
constexpr double kFilterButton = 3;  // Characters that the button of a filter covers.
constexpr double kIndent = 1;        // Texts stand so far from the number at their left.
constexpr std::size_t kDateLength = 10;
constexpr double kSmaller = 1.1;    // Cells are set in 10 points, while widths count digits of 11 points.
constexpr double kNoteWidth = 100;  // Title and notes do not run wider than a line that one can read.

std::string head_of(const SheetColumn& column, const NumberFormat& format) {
  const std::string unit = column.is_text ? "" : format.unit(column.unit);
  const bool said = fold(column.head).find(fold(unit)) != std::string::npos;  // «Средний балл» needs no «, балл».
  return unit.empty() || said || column.head.empty() ? column.head : column.head + ", " + unit;
}

void collect_reasons(const Sheet& sheet, std::map<Undefined, std::string>& marks) {
  for (const auto& row : sheet.rows) {
    for (const SheetCell& cell : row) {
      if (const auto* missing = std::get_if<MissingCell>(&cell)) marks.emplace(missing->reason, "");
    }
  }
}

/// Numbers the reasons that occur, in the order of the enumeration.
std::map<Undefined, std::string> marks_of(const Sheet& sheet, const std::string& missing) {
  std::map<Undefined, std::string> marks;
  collect_reasons(sheet, marks);
  std::size_t next = 1;
  for (auto& [reason, mark] : marks) mark = missing + std::string(kMarks[next++]);
  return marks;
}

std::string reason_text(const Workbook& workbook, Undefined reason) {
  const auto found = std::find_if(workbook.reasons.begin(), workbook.reasons.end(),
                                  [&](const auto& entry) { return entry.first == reason; });
  return found == workbook.reasons.end() ? std::string(undefined_name(reason)) : found->second;
}

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    longest = std::max(longest, utf16_length(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

struct CellLength {
  const SheetColumn& column;
  const SheetLayout& layout;

  std::size_t operator()(std::monostate) const { return 0; }
  std::size_t operator()(const std::string& text) const { return utf16_length(text); }
  std::size_t operator()(double value) const { return rounded_text(value, column.decimals).size() + 1; }
  std::size_t operator()(std::int64_t value) const { return std::to_string(value).size() + 1; }
  std::size_t operator()(const MissingCell& cell) const { return utf16_length(layout.marks.at(cell.reason)); }
  std::size_t operator()(std::chrono::year_month_day) const { return kDateLength; }
  std::size_t operator()(SheetLink link) const { return utf16_length(layout.sheet_names.at(link.sheet)); }
};

/// Wide enough for the contents, for the head's longest word, and for the head in three lines.
double width_of(const Sheet& sheet, std::size_t at, const SheetLayout& layout) {
  const SheetColumn& column = sheet.columns[at];
  if (column.width > 0) return column.width;
  const std::string& head = layout.heads[at];
  const double button = (sheet.filter ? kFilterButton : 0) + (column.is_text && at > 0 ? kIndent : 0);
  double width = static_cast<double>(longest_word(head)) + button;
  width = std::max(width, std::ceil(static_cast<double>(utf16_length(head)) / 3) + button);
  for (const auto& row : sheet.rows) {
    if (at >= row.size()) continue;
    width = std::max(width, static_cast<double>(std::visit(CellLength{column, layout}, row[at])) +
                                (column.is_text && at > 0 ? 1 + kIndent : 1));
  }
  return std::clamp(width, column.data_bar ? kBar : kNarrowest, kWidest);
}

std::size_t columns_of_notes(const std::vector<double>& widths) {
  std::size_t columns = 0;
  for (double sum = 0; columns < widths.size() && (columns == 0 || sum + widths[columns] <= kNoteWidth); ++columns) {
    sum += widths[columns];
  }
  return std::max<std::size_t>(columns, 1);
}

}  // namespace

SheetLayout lay_out(const Sheet& sheet, const Workbook& workbook) {
  SheetLayout layout;
  const NumberFormat format(workbook.language);
  for (const SheetColumn& column : sheet.columns) layout.heads.push_back(head_of(column, format));
  layout.marks = marks_of(sheet, workbook.missing);
  layout.sheet_names = sheet_names(workbook);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) layout.widths.push_back(width_of(sheet, i, layout));
  layout.note_columns = columns_of_notes(layout.widths);
  layout.title = sheet.title;
  layout.notes = sheet.notes;
  for (const auto& [reason, mark] : layout.marks) layout.notes.push_back(mark + ": " + reason_text(workbook, reason));
  layout.head_row = (layout.title.empty() ? 0 : 1) + layout.notes.size();
  return layout;
}

double SheetLayout::width() const { return std::accumulate(widths.begin(), widths.end(), 0.0); }

int wrapped_lines(std::string_view text, double width) {
  int lines = 1;
  double used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const double word = static_cast<double>(utf16_length(text.substr(0, end)));
    if (used > 0 && used + 1 + word > width) lines += 1, used = 0;
    used += word + (used > 0 ? 1 : 0);
    lines += static_cast<int>(std::max(0.0, std::ceil(word / width) - 1));
    if (end < text.size() && text[end] == '\n') lines += 1, used = 0;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

double note_width(const SheetLayout& layout) {
  double width = 0;
  for (std::size_t i = 0; i < layout.note_columns && i < layout.widths.size(); ++i) width += layout.widths[i];
  return std::max(width, 20.0);
}

int head_lines(const SheetLayout& layout, bool filter) {
  int lines = 1;
  for (std::size_t i = 0; i < layout.heads.size(); ++i) {
    const double width = layout.widths[i] - (filter ? kFilterButton - 1 : 0);
    lines = std::max(lines, wrapped_lines(layout.heads[i], std::max(width, 4.0)));
  }
  return lines;
}

int row_lines(const SheetLayout& layout, const std::vector<SheetCell>& row) {
  int lines = 1;
  for (std::size_t i = 0; i < std::min(row.size(), layout.widths.size()); ++i) {
    if (const auto* text = std::get_if<std::string>(&row[i])) {
      const double indent = i > 0 ? kIndent : 0;
      lines = std::max(lines, wrapped_lines(*text, (layout.widths[i] - indent) * kSmaller));
    }
  }
  return lines;
}

}  // namespace kaskad::reports
