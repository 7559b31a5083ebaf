// A workbook as a value: sheets of typed columns. Numbers stay numbers; the language only chooses formats and words.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "reports/values/quantity.hpp"

namespace kaskad::reports {

struct SheetColumn {
  std::string head;
  std::string comment;    ///< Shown when the head is pointed at: formula, source, unit.
  double width = 0;       ///< Characters; 0 = from content.
  bool is_text = false;
  Unit unit = Unit::none; ///< Of numbers: chooses the number format.
  int decimals = 1;
  bool data_bar = false;  ///< Conditional format: bars in the cells.
};
/// Empty, text, number, an undefined figure (prints the reason's words in grey), or a count.
struct MissingCell { Undefined reason = Undefined::no_data; };
using SheetCell = std::variant<std::monostate, std::string, double, std::int64_t, MissingCell>;

struct Sheet {
  std::string name;   ///< At most 31 characters; the renderer cuts and makes it unique.
  std::string title;  ///< First row, bold; empty = none.
  std::vector<std::string> notes;  ///< Under the title, small.
  std::vector<SheetColumn> columns;
  std::vector<std::vector<SheetCell>> rows;
  std::size_t frozen_columns = 1;
  bool filter = true;
};

struct Workbook {
  std::string title, author, language = "ru", date;  ///< ISO date of issue.
  std::string missing;                                ///< «нет данных»
  std::vector<std::pair<Undefined, std::string>> reasons;
  std::vector<Sheet> sheets;
};

}  // namespace kaskad::reports
