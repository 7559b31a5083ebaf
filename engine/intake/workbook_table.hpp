// A sheet of a workbook as a table.
#pragma once

#include <memory>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/sheet_cells.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Formulas without results are told to `out`.
TableMaker open_sheet(std::shared_ptr<const SheetCells> cells, const std::string& sheet, const SourceSpec& spec,
                      Diagnostics& out);

}  // namespace kaskad::intake
