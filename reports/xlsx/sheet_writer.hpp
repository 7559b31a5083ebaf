// Writes one sheet with libxlsxwriter; private to this room.
#pragma once

#include <xlsxwriter.h>

#include <map>
#include <string>
#include <utility>

#include "reports/xlsx/sheet_layout.hpp"

namespace kaskad::reports {

/// The cell formats of one workbook; made once, shared by its sheets.
class CellFormats {
 public:
  CellFormats(lxw_workbook* book, const std::string& font);

  lxw_format* title() const { return title_; }
  lxw_format* note() const { return note_; }
  lxw_format* head(bool text) const { return text ? text_head_ : number_head_; }
  lxw_format* text() const { return text_; }
  lxw_format* missing(bool text) const { return text ? missing_text_ : missing_number_; }
  /// Counts get thousands; other numbers stand as they are, so that a year is 2020.
  lxw_format* number(Unit unit, int decimals);

 private:
  lxw_format* make() const;
  lxw_format* make_head(bool text) const;
  lxw_format* make_missing(bool text) const;

  lxw_workbook* book_;
  std::string font_;
  lxw_format* title_;
  lxw_format* note_;
  lxw_format* text_head_;
  lxw_format* number_head_;
  lxw_format* text_;
  lxw_format* missing_text_;
  lxw_format* missing_number_;
  std::map<std::pair<bool, int>, lxw_format*> numbers_;
};

/// `out` is an empty worksheet in constant-memory mode, so rows are written from top to bottom.
void write_sheet(const Sheet& sheet, const SheetLayout& layout, const Workbook& workbook, CellFormats& formats,
                 lxw_worksheet* out);

}  // namespace kaskad::reports
