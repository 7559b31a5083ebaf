#include "reports/xlsx/sheet_writer.hpp"

#include <algorithm>
#include <cmath>

namespace kaskad::reports {
namespace {

constexpr double kMarginInch = 0.6;
constexpr double kTitleHeight = 22, kNoteHeight = 13, kRowHeight = 13.5;  // Points a line.
constexpr double kTitleCharacters = 0.8, kNoteCharacters = 1.15;          // Of their sizes, in one digit of 11 points.
constexpr double kPrintedWidth = 260;      // Characters on a page that lies, at the smallest type that can be read.
constexpr std::size_t kFooterTitle = 120;  // Excel takes a footer of at most 255 characters in all.
constexpr lxw_color_t kBarColor = 0xA9C4B8;

lxw_row_t row_number(std::size_t row) { return static_cast<lxw_row_t>(row); }
lxw_col_t column_number(std::size_t column) { return static_cast<lxw_col_t>(column); }

/// One line over the columns of notes, at a height that shows all of it: merged cells do not grow by themselves.
void write_note(lxw_worksheet* out, const SheetLayout& layout, std::size_t row, const std::string& text, double height,
                double characters, lxw_format* format) {
  worksheet_set_row(out, row_number(row), height * wrapped_lines(text, note_width(layout) * characters), nullptr);
  const lxw_col_t last = column_number(layout.note_columns - 1);
  if (last == 0) {
    worksheet_write_string(out, row_number(row), 0, text.c_str(), format);
  } else {
    worksheet_merge_range(out, row_number(row), 0, row_number(row), last, text.c_str(), format);
  }
}

void write_notes(lxw_worksheet* out, const SheetLayout& layout, const CellFormats& formats) {
  std::size_t row = 0;
  if (!layout.title.empty())
    write_note(out, layout, row++, layout.title, kTitleHeight, kTitleCharacters, formats.title());
  for (const std::string& note : layout.notes)
    write_note(out, layout, row++, note, kNoteHeight, kNoteCharacters, formats.note());
}

void write_comment(lxw_worksheet* out, std::size_t row, std::size_t column, const std::string& text) {
  lxw_comment_options options{};
  options.width = 260;
  options.height = static_cast<std::uint16_t>(std::min<std::size_t>(30 + 16 * (utf16_length(text) / 36 + 1), 600));
  worksheet_write_comment_opt(out, row_number(row), column_number(column), text.c_str(), &options);
}

void write_heads(lxw_worksheet* out, const Sheet& sheet, const SheetLayout& layout, const CellFormats& formats) {
  const int lines = head_lines(layout, sheet.filter);
  worksheet_set_row(out, row_number(layout.head_row), kRowHeight * lines + 3, nullptr);
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const SheetColumn& column = sheet.columns[i];
    lxw_format* format = formats.head(column.is_text, i);
    worksheet_write_string(out, row_number(layout.head_row), column_number(i), layout.heads[i].c_str(), format);
    if (!column.comment.empty()) write_comment(out, layout.head_row, i, column.comment);
  }
}

/// In the address of a sheet its apostrophes are doubled.
std::string doubled_quotes(const std::string& name) {
  std::string out;
  for (const char c : name) out += c == '\'' ? "''" : std::string(1, c);
  return out;
}

/// Writes one cell by its kind. Texts go through the string call only: "=1+1" and "007" stay what they are.
struct CellWriter {
  lxw_worksheet* out;
  CellFormats& formats;
  const SheetLayout& layout;
  const SheetColumn& column;
  lxw_row_t row;
  lxw_col_t at;

  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const {
    worksheet_write_string(out, row, at, text.c_str(), formats.text(at));
  }
  void operator()(double value) const {
    worksheet_write_number(out, row, at, value, formats.number(column.unit, column.decimals));
  }
  void operator()(std::int64_t value) const {
    worksheet_write_number(out, row, at, static_cast<double>(value), formats.number(column.unit, 0));
  }
  void operator()(const MissingCell& cell) const {
    const std::string& mark = layout.marks.at(cell.reason);
    worksheet_write_string(out, row, at, mark.c_str(), formats.missing(column.is_text, at));
  }
  void operator()(std::chrono::year_month_day day) const {
    lxw_datetime date{};
    date.year = static_cast<int>(day.year());
    date.month = static_cast<int>(static_cast<unsigned>(day.month()));
    date.day = static_cast<int>(static_cast<unsigned>(day.day()));
    worksheet_write_datetime(out, row, at, &date, formats.date(at));
  }
  void operator()(SheetLink link) const {
    const std::string& name = layout.sheet_names.at(link.sheet);
    worksheet_write_url_opt(out, row, at, ("internal:'" + doubled_quotes(name) + "'!A1").c_str(), formats.link(),
                            name.c_str(), nullptr);
  }
};

void write_rows(lxw_worksheet* out, const Sheet& sheet, const SheetLayout& layout, CellFormats& formats) {
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    const auto& cells = sheet.rows[r];
    const int lines = row_lines(layout, cells);
    if (lines > 1) worksheet_set_row(out, row_number(layout.first_row() + r), kRowHeight * lines, nullptr);
    for (std::size_t c = 0; c < std::min(cells.size(), sheet.columns.size()); ++c) {
      const lxw_row_t row = row_number(layout.first_row() + r);
      std::visit(CellWriter{out, formats, layout, sheet.columns[c], row, column_number(c)}, cells[c]);
    }
  }
}

void set_columns(lxw_worksheet* out, const Sheet& sheet, const SheetLayout& layout, const CellFormats& formats) {
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    lxw_format* format = sheet.columns[i].is_text ? formats.text(i) : nullptr;
    worksheet_set_column(out, column_number(i), column_number(i), layout.widths[i], format);
  }
}

void set_data_bars(lxw_worksheet* out, const Sheet& sheet, const SheetLayout& layout, lxw_row_t last) {
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (!sheet.columns[i].data_bar) continue;
    lxw_conditional_format bar{};
    bar.type = LXW_CONDITIONAL_DATA_BAR;
    bar.bar_color = kBarColor;
    bar.data_bar_2010 = LXW_TRUE;
    bar.bar_solid = LXW_TRUE;
    const bool percent = sheet.columns[i].unit == Unit::percent;
    if (percent) {
      bar.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
      bar.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
      bar.max_value = 100;
    }
    worksheet_conditional_format_range(out, row_number(layout.first_row()), column_number(i), last, column_number(i),
                                       &bar);
  }
}

std::string cell_name(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(row + 1);
}

void set_screen(lxw_worksheet* out, const Sheet& sheet, const SheetLayout& layout, lxw_row_t last) {
  const std::size_t columns = sheet.columns.size();
  worksheet_gridlines(out, LXW_HIDE_ALL_GRIDLINES);
  const std::size_t frozen = std::min(sheet.frozen_columns, columns - 1);
  worksheet_freeze_panes(out, row_number(layout.first_row()), column_number(frozen));
  if (sheet.rows.empty()) return;
  if (sheet.filter) {
    worksheet_autofilter(out, row_number(layout.head_row), 0, last, column_number(columns - 1));
  }
  const std::string body = cell_name(layout.first_row(), 0) + ":" + cell_name(last, columns - 1);
  worksheet_ignore_errors(out, LXW_IGNORE_NUMBER_STORED_AS_TEXT, body.c_str());
  set_data_bars(out, sheet, layout, last);
}

/// In a footer & starts a code, so a real one is doubled.
std::string footer_of(const std::string& title) {
  std::string text = "&L&8";
  std::size_t count = 0;
  for (const char c : title) {
    if (!is_utf8_continuation(c) && ++count > kFooterTitle) break;
    text += c == '&' ? "&&" : std::string(1, c);
  }
  return text + " · &A&R&8&P / &N";
}

/// A wide sheet goes over several pages side by side, each with the frozen columns, so that its type can be read.
void set_scale(lxw_worksheet* out, const Sheet& sheet, const SheetLayout& layout) {
  const double pages = std::clamp(std::ceil(layout.width() / kPrintedWidth), 1.0, 20.0);
  worksheet_fit_to_pages(out, static_cast<std::uint16_t>(pages), 0);
  if (pages > 1 && sheet.frozen_columns > 0)
    worksheet_repeat_columns(out, 0, column_number(std::min(sheet.frozen_columns, sheet.columns.size()) - 1));
}

void set_paper(lxw_worksheet* out, const SheetLayout& layout, const Workbook& workbook) {
  constexpr std::uint8_t kA4 = 9;
  worksheet_set_paper(out, kA4);
  worksheet_set_landscape(out);
  worksheet_set_margins(out, kMarginInch, kMarginInch, kMarginInch, kMarginInch + 0.2);
  worksheet_repeat_rows(out, row_number(layout.head_row), row_number(layout.head_row));
  worksheet_set_footer(out, footer_of(workbook.title).c_str());
}

}  // namespace

void write_sheet(const Sheet& sheet, const SheetLayout& layout, const Workbook& workbook, CellFormats& formats,
                 lxw_worksheet* out) {
  write_notes(out, layout, formats);
  set_paper(out, layout, workbook);
  if (sheet.columns.empty()) return;
  set_scale(out, sheet, layout);
  const lxw_row_t last = row_number(layout.head_row + sheet.rows.size());
  set_columns(out, sheet, layout, formats);
  write_heads(out, sheet, layout, formats);
  write_rows(out, sheet, layout, formats);
  set_screen(out, sheet, layout, last);
}

}  // namespace kaskad::reports
