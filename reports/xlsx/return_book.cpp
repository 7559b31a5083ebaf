#include "reports/xlsx/return_book.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/files.hpp"
#include "reports/xlsx/scratch_file.hpp"
#include "reports/xlsx/sheet_layout.hpp"
#include "reports/xlsx/xlsx_renderer.hpp"

namespace kaskad::reports {
namespace {

constexpr std::size_t kMaxCell = 32767;
constexpr lxw_col_t kNumberColumn = 0, kPrintColumn = 1, kCellsFrom = 2;
constexpr double kLine = 15, kNumberWidth = 9, kRemarksWidth = 56, kLeastWidth = 8, kMostWidth = 32;
constexpr lxw_color_t kInk = 0x1F2A33, kGrey = 0x6B7680, kBad = 0xB5403A, kBadFill = 0xFBE3D6, kHeadFill = 0xEEF1F3,
                      kAccent = 0x0B3C5D;

enum class Style : std::uint8_t { title, note, head, line, heading, number, cell, bad, remark, text, count, link };
constexpr std::size_t kStyles = 12;

/// How each style differs from plain text of 10 points.
struct Look {
  double size = 10;
  lxw_color_t ink = kInk;
  bool bold = false, wraps = false, is_text = false, framed = false;
  lxw_color_t fill = 0;
  bool centred = false;
};
constexpr std::array<Look, kStyles> kLooks = {{{14, kAccent, true},
                                               {10, kInk, false, false},
                                               {10, kInk, true, true, true, true, kHeadFill},
                                               {10, kGrey, false, false, true},
                                               {10, kGrey, true, false, true},
                                               {9, kGrey, false, false, false, false, 0, true},
                                               {10, kInk, false, false, true},
                                               {10, kInk, false, false, true, true, kBadFill},
                                               {10, kBad, false, true},
                                               {10, kInk, false, true},
                                               {10, kInk, false, false, false, false, 0, true},
                                               {10, kAccent}}};

class Book {
 public:
  Book(const ReturnBook& book, lxw_workbook* out) : book_(book), out_(out) {
    for (std::size_t i = 0; i < kStyles; ++i) formats_[i] = make(kLooks[i]);
    std::string title = book.title;
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.created = creation_time(book.date);
    workbook_set_properties(out, &properties);
  }

  void write() {
    Workbook named;
    named.sheets.resize(book_.sheets.size() + 1);
    named.sheets[0].name = book_.first_sheet;
    for (std::size_t i = 0; i < book_.sheets.size(); ++i) named.sheets[i + 1].name = book_.sheets[i].name;
    names_ = sheet_names(named);
    write_first();
    for (std::size_t i = 0; i < book_.sheets.size(); ++i) write_sheet(book_.sheets[i], names_[i + 1]);
    write_service();
  }

 private:
  lxw_format* make(const Look& look) {
    lxw_format* format = workbook_add_format(out_);
    format_set_font_name(format, book_.font.c_str());
    format_set_font_size(format, look.size);
    format_set_font_color(format, look.ink);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look.centred) format_set_align(format, LXW_ALIGN_CENTER);
    if (look.bold) format_set_bold(format);
    if (look.wraps) format_set_text_wrap(format);
    if (look.is_text) format_set_num_format(format, "@");
    if (look.fill != 0) format_set_bg_color(format, look.fill);
    if (look.framed) {
      format_set_border(format, LXW_BORDER_THIN);
      format_set_border_color(format, look.fill == kBadFill ? kBad : kGrey);
    }
    return format;
  }
  lxw_format* format(Style style) const { return formats_[static_cast<std::size_t>(style)]; }

  static void set_page(lxw_worksheet* sheet) {
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 0);
  }

  void write_first() {
    lxw_worksheet* sheet = workbook_add_worksheet(out_, names_.front().c_str());
    constexpr std::array<double, 4> widths = {24, 10, 64, 52};
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet, column, column, widths[i], nullptr);
    }
    lxw_row_t row = 0;
    worksheet_set_row(sheet, row, 1.6 * kLine, nullptr);
    worksheet_write_string(sheet, row++, 0, book_.title.c_str(), format(Style::title));
    for (const std::string& line : book_.lines)
      worksheet_write_string(sheet, row++, 0, line.c_str(), format(Style::note));
    ++row;
    if (!book_.kinds.empty()) write_kinds(sheet, row);
    if (!book_.questions.empty()) write_questions(sheet, row);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    set_page(sheet);
  }

  void write_kinds(lxw_worksheet* sheet, lxw_row_t& row) const {
    for (std::size_t i = 0; i < book_.heads.size(); ++i)
      worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), book_.heads[i].c_str(), format(Style::head));
    ++row;
    for (const ReturnKind& kind : book_.kinds) {
      if (kind.sheet != kNoSheet) {
        const std::string& name = names_[kind.sheet + 1];
        std::string target = "internal:'";
        for (const char c : name) target += c == '\'' ? "''" : std::string(1, c);
        worksheet_write_url_opt(sheet, row, 0, (target + "'!A1").c_str(), format(Style::link), name.c_str(), nullptr);
      }
      worksheet_write_number(sheet, row, 1, static_cast<double>(kind.n), format(Style::count));
      worksheet_write_string(sheet, row, 2, kind.what.c_str(), format(Style::text));
      worksheet_write_string(sheet, row, 3, kind.advice.c_str(), format(Style::text));
      const int lines = std::max(wrapped_lines(kind.what, 64), wrapped_lines(kind.advice, 52));
      worksheet_set_row(sheet, row++, kLine * lines, nullptr);
    }
    ++row;
  }

  void write_questions(lxw_worksheet* sheet, lxw_row_t& row) const {
    constexpr double width = 24 + 10 + 64 + 52;
    worksheet_write_string(sheet, row++, 0, book_.questions_head.c_str(), format(Style::title));
    for (const std::string& question : book_.questions) {
      worksheet_merge_range(sheet, row, 0, row, 3, question.c_str(), format(Style::text));
      worksheet_set_row(sheet, row++, kLine * wrapped_lines(question, width), nullptr);
    }
  }

  void write_sheet(const ReturnSheet& sheet, const std::string& name) {
    lxw_worksheet* out = workbook_add_worksheet(out_, name.c_str());
    set_columns(sheet, out);
    worksheet_set_row(out, 0, 1.6 * kLine, nullptr);
    worksheet_write_string(out, 0, kNumberColumn, sheet.title.c_str(), format(Style::title));
    worksheet_write_string(out, 1, kNumberColumn, sheet.note.c_str(), format(Style::note));
    lxw_row_t row = 2;
    for (const ReturnRow& r : sheet.rows) {
      if (r.kind == ReturnRow::Kind::head) {
        write_head(sheet, r, row, out);
        worksheet_freeze_panes(out, row + 1, kCellsFrom);
      } else {
        write_row(sheet, r, row, out);
      }
      ++row;
    }
    worksheet_ignore_errors(out, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    set_page(out);
  }

  static double length(std::string_view text) { return static_cast<double>(utf16_length(text)); }
  /// Heads are bold and wrap between words.
  static double head_width(std::string_view head) {
    double longest = 0.5 * length(head);
    while (!head.empty()) {
      const std::size_t end = std::min(head.find(' '), head.size());
      longest = std::max(longest, 1.15 * length(head.substr(0, end)));
      head.remove_prefix(std::min(head.size(), end + 1));
    }
    return 2 + longest;
  }

  void set_columns(const ReturnSheet& sheet, lxw_worksheet* out) const {
    std::vector<double> widths(sheet.columns, kLeastWidth);
    for (const ReturnRow& row : sheet.rows) {
      if (row.kind == ReturnRow::Kind::line) continue;
      const bool head = row.kind == ReturnRow::Kind::head;
      for (std::size_t i = 0; i < std::min(sheet.columns, row.cells.size()); ++i)
        widths[i] = std::max(widths[i], head ? head_width(row.cells[i]) : 1.5 + length(row.cells[i]));
    }
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    worksheet_set_column(out, kNumberColumn, kNumberColumn, kNumberWidth, nullptr);
    worksheet_set_column_opt(out, kPrintColumn, kPrintColumn, kNumberWidth, nullptr, &hidden);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(kCellsFrom + i);
      worksheet_set_column(out, column, column, std::min(widths[i], kMostWidth), nullptr);
    }
    const lxw_col_t remarks = remark_column(sheet);
    worksheet_set_column(out, remarks, remarks, kRemarksWidth, nullptr);
  }

  static lxw_col_t remark_column(const ReturnSheet& sheet) {
    return static_cast<lxw_col_t>(kCellsFrom + sheet.columns);
  }

  void write_head(const ReturnSheet& sheet, const ReturnRow& row, lxw_row_t at, lxw_worksheet* out) const {
    worksheet_write_string(out, at, kNumberColumn, sheet.row_head.c_str(), format(Style::head));
    int lines = 1;
    for (std::size_t i = 0; i < sheet.columns; ++i) {
      const std::string text = i < row.cells.size() ? row.cells[i] : "";
      worksheet_write_string(out, at, static_cast<lxw_col_t>(kCellsFrom + i), text.c_str(), format(Style::head));
      lines = std::max(lines, wrapped_lines(text, kMostWidth));
    }
    worksheet_write_string(out, at, remark_column(sheet), sheet.remark_head.c_str(), format(Style::head));
    worksheet_set_row(out, at, kLine * std::max(2, lines), nullptr);
  }

  void write_row(const ReturnSheet& sheet, const ReturnRow& row, lxw_row_t at, lxw_worksheet* out) const {
    const bool data = row.kind == ReturnRow::Kind::data;
    worksheet_write_number(out, at, kNumberColumn, static_cast<double>(row.number), format(Style::number));
    if (data) worksheet_write_string(out, at, kPrintColumn, row.print.c_str(), nullptr);
    const Style plain = data ? Style::cell : row.kind == ReturnRow::Kind::heading ? Style::heading : Style::line;
    const std::size_t cells = data ? sheet.columns : row.cells.size();
    for (std::size_t i = 0; i < cells; ++i) {
      const bool bad = row.bad.count(i) > 0;
      const std::string text = i < row.cells.size() ? row.cells[i] : "";
      const auto column = static_cast<lxw_col_t>(kCellsFrom + i);
      lxw_format* style = format(bad ? Style::bad : plain);
      if (text.empty()) {
        if (data) worksheet_write_blank(out, at, column, style);
      } else {
        worksheet_write_string(out, at, column, text.c_str(), style);
      }
      if (bad) write_comment(row.bad.at(i), at, column, out);
    }
    if (row.remarks.empty()) return;
    worksheet_write_string(out, at, remark_column(sheet), row.remarks.c_str(), format(Style::remark));
    int lines = 0;
    std::string_view rest = row.remarks;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      lines += wrapped_lines(rest.substr(0, end), kRemarksWidth);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    worksheet_set_row(out, at, kLine * lines, nullptr);
  }

  void write_comment(const std::string& why, lxw_row_t row, lxw_col_t column, lxw_worksheet* out) const {
    std::string font = book_.font;
    lxw_comment_options options{};
    options.width = 280;
    options.height = static_cast<std::uint16_t>(24 + 17 * wrapped_lines(why, 40));
    options.color = 0xFFFDF5;
    options.font_name = font.data();
    options.font_size = 9;
    worksheet_write_comment_opt(out, row, column, why.c_str(), &options);
  }

  void write_service() {
    lxw_worksheet* sheet = workbook_add_worksheet(out_, book_.service_sheet.c_str());
    const auto put = [&](lxw_row_t row, const std::vector<std::string>& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i)
        worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), cells[i].c_str(), nullptr);
    };
    put(0, book_.service_heads);
    for (std::size_t i = 0; i < book_.sheets.size(); ++i) {
      std::vector<std::string> cells = book_.sheets[i].service;
      cells[book_.service_name_column] = names_[i + 1];
      put(static_cast<lxw_row_t>(i + 1), cells);
    }
    worksheet_hide(sheet);
  }

  const ReturnBook& book_;
  lxw_workbook* out_;
  std::array<lxw_format*, kStyles> formats_{};
  std::vector<std::string> names_;
};

std::optional<Error> error_of(const char* code, const ReturnSheet& sheet, std::size_t count, std::int64_t limit) {
  return failure(code, {{"sheet", sheet.name}, {"count", static_cast<std::int64_t>(count)}, {"limit", limit}}).value();
}

/// What the format cannot hold.
std::optional<Error> size_error(const ReturnSheet& sheet) {
  if (sheet.rows.size() + 2 > LXW_ROW_MAX) return error_of("xlsx-too-long", sheet, sheet.rows.size(), LXW_ROW_MAX);
  const std::size_t columns = sheet.columns + kCellsFrom + 1;
  if (columns > LXW_COL_MAX) return error_of("xlsx-too-wide", sheet, columns, LXW_COL_MAX);
  for (const ReturnRow& row : sheet.rows) {
    const bool fits = std::all_of(row.cells.begin(), row.cells.end(),
                                  [](const std::string& c) { return utf16_length(c) <= kMaxCell; });
    if (fits && utf16_length(row.remarks) <= kMaxCell) continue;
    return failure("xlsx-text-too-long", {{"sheet", sheet.name}, {"row", row.number}, {"head", sheet.title}}).value();
  }
  return std::nullopt;
}

}  // namespace

Expected<std::string> render_return_book(const ReturnBook& book) {
  for (const ReturnSheet& sheet : book.sheets) {
    if (auto error = size_error(sheet)) return tl::unexpected<Error>(std::move(*error));
  }
  const ScratchFile file;
  if (!file.good()) return failure("xlsx-unwritable", {{"detail", "mkstemp"}});
  lxw_workbook* out = workbook_new(file.path().c_str());
  if (out == nullptr) return failure("xlsx-unwritable", {{"detail", "workbook_new"}});
  Book(book, out).write();
  const lxw_error error = workbook_close(out);
  if (error != LXW_NO_ERROR) return failure("xlsx-unwritable", {{"detail", std::string(lxw_strerror(error))}});
  return read_file(file.path());
}

}  // namespace kaskad::reports
