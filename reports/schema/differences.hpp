// Does a tree hold what the schema promises, and nothing besides?
#pragma once

#include <string>
#include <vector>

#include "reports/schema/schema.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {

/// One line a difference, each once, items of lists as "*": "schools.*.figures: not in the schema",
/// "lead: not in the tree", "counts.schools: figure, but the schema says count". A chart may be {missing: text}.
std::vector<std::string> differences(const Value& tree, const DataSchema& schema, DataTree kind);

}  // namespace kaskad::reports
