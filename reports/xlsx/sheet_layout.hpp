// What stands where on a sheet, before any cell is written; private to this room.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/document/workbook.hpp"

namespace kaskad::reports {

bool is_utf8_continuation(char c);
std::size_t utf16_length(std::string_view utf8);

struct SheetLayout {
  std::vector<std::string> heads;          ///< With units.
  std::vector<std::string> sheet_names;    ///< Of the whole workbook, for links.
  std::vector<double> widths;              ///< Characters.
  std::map<Undefined, std::string> marks;  ///< Reason → "нет данных¹", for the reasons that occur.
  std::string title;                       ///< Row 1, when not empty.
  std::vector<std::string> notes;          ///< Below it: the sheet's notes and the meaning of the marks.
  std::size_t note_columns = 1;            ///< Title and notes run over so many columns.
  std::size_t head_row = 0;                ///< From 0.

  std::size_t first_row() const { return head_row + 1; }
  double width() const;  ///< Of all columns, characters.
};

SheetLayout lay_out(const Sheet& sheet, const Workbook& workbook);

/// Lines that a text takes in so many characters, broken between words. Not every program fits the height of a row to
/// wrapped text when it opens a file, so heights are written.
int wrapped_lines(std::string_view text, double width);
double note_width(const SheetLayout& layout);
int head_lines(const SheetLayout& layout, bool filter);
int row_lines(const SheetLayout& layout, const std::vector<SheetCell>& row);

}  // namespace kaskad::reports
