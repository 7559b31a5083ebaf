// Head and rows of a measured table as slabs.
#pragma once

#include "reports/pdf/table_measure.hpp"

namespace kaskad::reports::pdf {

Slab head_slab(Press& press, const Table& table, const TableGeometry& geometry);
Slab row_slab(Press& press, const Table& table, const Row& row, const TableGeometry& geometry, ReasonMarks& marks);
/// The grey line of a table without rows.
Slab no_rows_slab(Press& press, const TableGeometry& geometry);
void add_bottom_rule(Slab& row, const TableGeometry& geometry);

}  // namespace kaskad::reports::pdf
