// The report's data for other programs.
#pragma once

#include <string>

#include "reports/values/value.hpp"

namespace kaskad::reports {

/// JSON (RFC 8259), indented by one space, names in the order of the tree, numbers with the fewest digits that read
/// back as the same double. A figure is {"value", "n", "lo", "hi", "se", "df", "p", "clusters", "unit", "decimals"},
/// without what it does not have; an undefined one {"missing": reason, "n"}. Of a figure suppressed for being on too
/// few, n is not told. Ill-formed UTF-8 in texts becomes U+FFFD.
std::string value_json(const Value& value);

/// Name of a unit in exports, e.g. "percent_points".
std::string unit_name(const Unit& unit);

}  // namespace kaskad::reports
