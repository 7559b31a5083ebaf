// The [[report]] tables of a project file.
#pragma once

#include <string>
#include <vector>

#include "app/project/report_kinds.hpp"
#include "engine/base/config.hpp"

namespace kaskad::app {

/// Reads and checks all [[report]] tables. Paths of templates are seen from `project_file`.
std::vector<ReportSpec> read_reports(ConfigReader& root, const std::string& project_file);

/// What a project without [[report]] makes: every kind, but those that speak of groups where there are none.
std::vector<ReportSpec> default_reports(bool has_groups);

}  // namespace kaskad::app
