// A workbook's template (TOML with Mustache tags) + data → workbook. docs/templates.md documents its keys.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "reports/document/workbook.hpp"
#include "reports/template/template.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {

struct WorkbookResult {
  Workbook workbook;
  Diagnostics diagnostics;  ///< Template file and line; any error means that the workbook must not be used.
};

WorkbookResult make_workbook(const std::string& name, const TemplateFiles& files, const Value& data,
                             const NumberFormat& format, const std::string& missing,
                             const std::vector<std::pair<Undefined, std::string>>& reasons);

}  // namespace kaskad::reports
