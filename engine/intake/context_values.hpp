// Values of context fields, whatever the form of their table.
#pragma once

#include <optional>
#include <string_view>

#include "engine/intake/dataset.hpp"
#include "engine/intake/report.hpp"

namespace kaskad::intake {

/// Nothing when the text is blank or says that there is no value (counted as dirt), or is no number (an error). Yes and
/// no are 1 and 0 of a share, 100 and 0 of a percent.
std::optional<double> read_context_value(std::string_view text, const ContextField& what, const Field& field,
                                         Report& report);

/// Welford's update (Technometrics 4, 1962) in terms of the sum, which stays exact for whole numbers.
void accumulate(ContextValue& value, double x);

}  // namespace kaskad::intake
