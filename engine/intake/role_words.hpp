// Roles of schools as files write them.
#pragma once

#include <optional>

#include "engine/intake/fields.hpp"
#include "engine/intake/report.hpp"

namespace kaskad::intake {

/// Nothing, with a diagnostic, when the text is no role.
std::optional<Role> read_role(const Field& field, const Row& row, Report& report);

}  // namespace kaskad::intake
