// A sheet of an XLSX workbook as a table.
#pragma once

#include <memory>
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Null when the workbook, the sheet or its head cannot be read; `out` then says why.
std::unique_ptr<Table> open_xlsx(std::string_view workbook, const SourceSpec& spec, Diagnostics& out);

}  // namespace kaskad::intake
