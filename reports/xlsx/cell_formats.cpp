#include "reports/xlsx/sheet_writer.hpp"

namespace kaskad::reports {
namespace {

constexpr double kSize = 10, kTitleSize = 14, kNoteSize = 9;
constexpr lxw_color_t kGrey = 0x6B7680;

}  // namespace

lxw_format* CellFormats::make() const {
  lxw_format* format = workbook_add_format(book_);
  format_set_font_name(format, font_.c_str());
  format_set_font_size(format, kSize);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  return format;
}

lxw_format* CellFormats::make_head(bool text) const {
  lxw_format* format = make();
  format_set_bold(format);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
  format_set_align(format, text ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  format_set_top(format, LXW_BORDER_THIN);
  format_set_bottom(format, LXW_BORDER_THIN);
  return format;
}

lxw_format* CellFormats::make_missing(bool text) const {
  lxw_format* format = make();
  format_set_italic(format);
  format_set_font_color(format, kGrey);
  format_set_align(format, text ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  return format;
}

CellFormats::CellFormats(lxw_workbook* book, const std::string& font)
    : book_(book),
      font_(font),
      title_(make()),
      note_(make()),
      text_head_(make_head(true)),
      number_head_(make_head(false)),
      text_(make()),
      missing_text_(make_missing(true)),
      missing_number_(make_missing(false)) {
  format_set_bold(title_);
  format_set_font_size(title_, kTitleSize);
  format_set_text_wrap(title_);
  format_set_font_size(note_, kNoteSize);
  format_set_text_wrap(note_);
  format_set_text_wrap(text_);
  format_set_num_format(text_, "@");
}

lxw_format* CellFormats::number(Unit unit, int decimals) {
  const bool grouped = unit == Unit::count;
  lxw_format*& format = numbers_[{grouped, decimals}];
  if (format != nullptr) return format;
  const std::string pattern = (grouped ? "#,##0" : "0") + (decimals > 0 ? "." + std::string(decimals, '0') : "");
  format = make();
  format_set_num_format(format, pattern.c_str());
  return format;
}

}  // namespace kaskad::reports
