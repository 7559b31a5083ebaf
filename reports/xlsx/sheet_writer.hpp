// Writes one sheet with libxlsxwriter; private to this room.
#pragma once

#include <xlsxwriter.h>

#include <array>
#include <map>
#include <string>
#include <utility>

#include "reports/xlsx/sheet_layout.hpp"

namespace kaskad::reports {

/// The cell formats of one workbook; made once, shared by its sheets.
class CellFormats {
 public:
  /// Days are written as the language writes them.
  CellFormats(lxw_workbook* book, const Workbook& workbook);

  lxw_format* title() const { return title_; }
  lxw_format* note() const { return note_; }
  lxw_format* head(bool text, std::size_t column) const { return text ? text_head_[column > 0] : number_head_; }
  /// Texts stand away from what is at their left, but those of the first column.
  lxw_format* text(std::size_t column) const { return text_[column > 0]; }
  lxw_format* missing(bool text, std::size_t column) const {
    return text ? missing_text_[column > 0] : missing_number_;
  }
  lxw_format* link() const { return link_; }
  lxw_format* date(std::size_t column) const { return date_[column > 0]; }
  /// Counts get thousands; other numbers stand as they are, so that a year is 2020.
  lxw_format* number(const Unit& unit, int decimals);

 private:
  lxw_format* make() const;
  lxw_format* make_head(bool text, bool indented) const;
  lxw_format* make_text(bool indented) const;
  lxw_format* make_missing(bool text, bool indented) const;
  lxw_format* make_link() const;
  lxw_format* make_date(bool indented, const std::string& language) const;

  lxw_workbook* book_;
  std::string font_;
  lxw_format* title_;
  lxw_format* note_;
  std::array<lxw_format*, 2> text_head_;  ///< Of the first column, of the others.
  lxw_format* number_head_;
  std::array<lxw_format*, 2> text_;
  std::array<lxw_format*, 2> missing_text_;
  lxw_format* missing_number_;
  lxw_format* link_;
  std::array<lxw_format*, 2> date_;
  std::map<std::pair<bool, int>, lxw_format*> numbers_;
};

/// `out` is an empty worksheet in constant-memory mode, so rows are written from top to bottom.
void write_sheet(const Sheet& sheet, const SheetLayout& layout, const Workbook& workbook, CellFormats& formats,
                 lxw_worksheet* out);

}  // namespace kaskad::reports
