// The workbook renderer: a workbook in, bytes of an XLSX out; the same bytes for the same workbook.
#pragma once

#include <string>

#include "engine/base/error.hpp"
#include "reports/xlsx/workbook.hpp"

namespace kaskad::reports {

Expected<std::string> render_xlsx(const Workbook& workbook);

}  // namespace kaskad::reports
