// A tree in which every name of the schema stands, every list has items and every condition holds, so that templates
// can be checked before any number is computed.
#pragma once

#include "reports/schema/schema.hpp"
#include "reports/values/value.hpp"

namespace kaskad::reports {

/// The schema must be free of diagnostics.
Value sample_tree(const DataSchema& schema, DataTree tree);
/// The same of one shape: data of a chart, say.
Value sample_of(const DataSchema& schema, const DataShape& shape);

}  // namespace kaskad::reports
