// A table as slabs: caption, head, rows, notes. Rows are never cut; the head is repeated on each page.
#pragma once

#include "reports/pdf/press.hpp"

namespace kaskad::reports::pdf {

/// `number` is that of the caption; 0 when the table has none.
Slabs set_table(Press& press, const Table& table, int number, const Frame& frame);

}  // namespace kaskad::reports::pdf
