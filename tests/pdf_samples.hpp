// Documents for the tests and the benchmark of the PDF renderer. Names and numbers are invented.
#pragma once

#include "reports/document/document.hpp"

namespace kaskad::reports::samples {

/// A regional report with every kind of block: title page, contents, long and wide tables, charts, footnotes, lists.
Document report();
/// Two pages: head, key figures, two charts, two tables of twenty rows. `school` makes the numbers differ.
Document passport(int school);
/// One table of so many rows and eight columns.
Document long_table(int rows);

/// What a layout may fall over: no rows, names of 500 letters, endless words, rows and paragraphs higher than a page,
/// too many columns, letters that no font has.
Document hard_cases();

Quantity percent(double value, double half_width = kNaN, std::int64_t n = 100);
Quantity difference(double value, double half_width);
Quantity missing(Undefined reason);
Cell text_cell(const std::string& text);
Cell number_cell(const Quantity& quantity, Cell::Show show = Cell::Show::value);
Block paragraph(const std::string& text);
Block heading(int level, const std::string& text, const std::string& id = {});
/// A document without blocks.
Document blank();

}  // namespace kaskad::reports::samples
