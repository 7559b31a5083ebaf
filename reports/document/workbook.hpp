// A workbook as a value: sheets of typed columns. Numbers stay numbers; the language only chooses formats and words.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "reports/values/quantity.hpp"

namespace kaskad::reports {

struct SheetColumn {
  std::string head{};      ///< Without the unit: the renderer puts ", %" after it.
  std::string comment{};   ///< Shown when the head is pointed at: formula, source, unit.
  double width = 0;        ///< Characters; 0 = from content.
  bool is_text = false;    ///< Texts at the left, kept as texts when they are edited: 007 stays 007.
  Unit unit = Unit::none;  ///< Of numbers: chooses the number format and is named in the head.
  int decimals = 1;
  bool data_bar = false;  ///< Conditional format: bars in the cells, from 0 (to 100 for percent).
};
/// Empty, text, number, a count, an undefined figure (prints «нет данных» in grey with a mark that is explained above
/// the table), a day, or the name of a sheet as a link to it. A number is finite.
struct MissingCell {
  Undefined reason = Undefined::no_data;
};
struct SheetLink {
  std::size_t sheet = 0;  ///< Place in Workbook::sheets.
};
using SheetCell = std::variant<std::monostate, std::string, double, std::int64_t, MissingCell,
                               std::chrono::year_month_day, SheetLink>;

struct Sheet {
  std::string name{};                ///< At most 31 characters; the renderer cuts and makes it unique and legal.
  std::string title{};               ///< First row, bold; empty = none.
  std::vector<std::string> notes{};  ///< Under the title, small.
  std::vector<SheetColumn> columns{};
  std::vector<std::vector<SheetCell>> rows{};  ///< None longer than `columns`.
  std::size_t frozen_columns = 1;
  bool filter = true;
};

struct Workbook {
  std::string title{}, author{}, language = "ru", date{};    ///< ISO date of issue; also the file's time, at 00:00 UTC.
  std::string missing{};                                     ///< «нет данных»
  std::vector<std::pair<Undefined, std::string>> reasons{};  ///< Why, for the marks of missing cells.
  std::vector<Sheet> sheets{};
  /// Only its name is written; the reader's program puts another one in when it is not there. Calibri is in every
  /// Office, and LibreOffice has its metric twin.
  std::string font = "Calibri";
};

}  // namespace kaskad::reports
