// What stands where on a sheet, before any cell is written; private to this room.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/xlsx/workbook.hpp"

namespace kaskad::reports {

bool is_utf8_continuation(char c);
std::size_t utf16_length(std::string_view utf8);

struct SheetLayout {
  std::vector<std::string> heads;          ///< With units.
  std::vector<double> widths;              ///< Characters.
  std::map<Undefined, std::string> marks;  ///< Reason → "нет данных¹", for the reasons that occur.
  std::string title;                       ///< Row 1, when not empty.
  std::vector<std::string> notes;          ///< Below it: the sheet's notes and the meaning of the marks.
  std::size_t note_columns = 1;            ///< Title and notes run over so many columns.
  std::size_t head_row = 0;                ///< From 0.

  std::size_t first_row() const { return head_row + 1; }
};

SheetLayout lay_out(const Sheet& sheet, const Workbook& workbook);

/// Rows of text that a note of this length takes over its columns.
int note_lines(const SheetLayout& layout, std::string_view note);

}  // namespace kaskad::reports
