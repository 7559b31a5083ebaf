#include "reports/xlsx/sheet_writer.hpp"

namespace kaskad::reports {
namespace {

constexpr double kSize = 10, kTitleSize = 14, kNoteSize = 9;
constexpr lxw_color_t kGrey = 0x6B7680, kLink = 0x0B3C5D;

}  // namespace

lxw_format* CellFormats::make() const {
  lxw_format* format = workbook_add_format(book_);
  format_set_font_name(format, font_.c_str());
  format_set_font_size(format, kSize);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

lxw_format* CellFormats::make_head(bool text, bool indented) const {
  lxw_format* format = make();
  format_set_bold(format);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
  format_set_align(format, text ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  if (indented) format_set_indent(format, 1);
  format_set_top(format, LXW_BORDER_THIN);
  format_set_bottom(format, LXW_BORDER_THIN);
  return format;
}

lxw_format* CellFormats::make_text(bool indented) const {
  lxw_format* format = make();
  format_set_text_wrap(format);
  format_set_num_format(format, "@");
  format_set_align(format, LXW_ALIGN_LEFT);
  if (indented) format_set_indent(format, 1);
  return format;
}

lxw_format* CellFormats::make_missing(bool text, bool indented) const {
  lxw_format* format = make();
  format_set_italic(format);
  format_set_font_color(format, kGrey);
  format_set_align(format, text ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  if (indented) format_set_indent(format, 1);
  return format;
}

lxw_format* CellFormats::make_link() const {
  lxw_format* format = make();
  format_set_font_color(format, kLink);
  format_set_underline(format, LXW_UNDERLINE_SINGLE);
  return format;
}

lxw_format* CellFormats::make_date(bool indented, const std::string& language) const {
  lxw_format* format = make();
  format_set_num_format(format, language == "ru" ? "dd.mm.yyyy" : R"(yyyy\-mm\-dd)");
  format_set_align(format, LXW_ALIGN_LEFT);
  if (indented) format_set_indent(format, 1);
  return format;
}

CellFormats::CellFormats(lxw_workbook* book, const Workbook& workbook)
    : book_(book),
      font_(workbook.font),
      title_(make()),
      note_(make()),
      text_head_{make_head(true, false), make_head(true, true)},
      number_head_(make_head(false, false)),
      text_{make_text(false), make_text(true)},
      missing_text_{make_missing(true, false), make_missing(true, true)},
      missing_number_(make_missing(false, false)),
      link_(make_link()),
      date_{make_date(false, workbook.language), make_date(true, workbook.language)} {
  format_set_bold(title_);
  format_set_font_size(title_, kTitleSize);
  format_set_text_wrap(title_);
  format_set_font_size(note_, kNoteSize);
  format_set_text_wrap(note_);
}

lxw_format* CellFormats::number(const Unit& unit, int decimals) {
  const bool grouped = unit == Unit::count;
  lxw_format*& format = numbers_[{grouped, decimals}];
  if (format != nullptr) return format;
  const std::string pattern = (grouped ? "#,##0" : "0") + (decimals > 0 ? "." + std::string(decimals, '0') : "");
  format = make();
  format_set_num_format(format, pattern.c_str());
  return format;
}

}  // namespace kaskad::reports
