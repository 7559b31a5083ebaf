// docs/report-data.md, made from the schema.
#pragma once

#include <string>

#include "reports/schema/schema.hpp"

namespace kaskad::reports {

/// One table a tree, a shape and a kind of chart. `language` is "ru" or "en"; the
/// page's own words come from the schema too.
std::string report_data_markdown(const DataSchema& schema, const std::string& language);

}  // namespace kaskad::reports
