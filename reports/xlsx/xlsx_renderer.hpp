// The workbook renderer: a workbook in, bytes of an XLSX out; the same bytes for the same workbook.
#pragma once

#include <string>

#include "engine/base/error.hpp"
#include "reports/document/workbook.hpp"

namespace kaskad::reports {

/// Each sheet: title and notes, a head that stays in sight and repeats on paper, a filter, A4 landscape fitted to the
/// page's width. Errors: "xlsx-no-sheets"; "xlsx-too-long" and "xlsx-too-wide" beyond the format's 1 048 576 rows and
/// 16 384 columns (nothing is cut off); "xlsx-text-too-long" for a cell of more than 32 767 characters; "xlsx-number"
/// for a number that is not finite; "xlsx-unwritable" when the system refuses.
Expected<std::string> render_xlsx(const Workbook& workbook);

/// Legal and different names for the sheets, in their order: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at
/// an end, no "History" (Excel keeps that name for itself), none twice even when case is ignored.
std::vector<std::string> sheet_names(const Workbook& workbook);

}  // namespace kaskad::reports
