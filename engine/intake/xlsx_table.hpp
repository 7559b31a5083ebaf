// A sheet of an XLSX workbook as a table.
#pragma once

#include <memory>
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/source.hpp"
#include "engine/intake/table.hpp"

namespace kaskad::intake {

/// Empty when the workbook or the sheet cannot be read; `out` then says why.
TableMaker open_xlsx(std::string_view workbook, const SourceSpec& spec, Diagnostics& out);

}  // namespace kaskad::intake
