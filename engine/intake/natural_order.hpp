// The order of school ids: by code point, runs of digits as numbers, so that "sch9" stands before "sch10".
#pragma once

#include <string_view>

namespace kaskad::intake {

/// A strict total order: ids that differ only in leading zeros are ordered by their bytes.
bool naturally_before(std::string_view a, std::string_view b);

}  // namespace kaskad::intake
