// The project's [maturity].
#pragma once

#include <string>

#include "engine/base/config.hpp"
#include "indicators/maturity.hpp"

namespace kaskad::app {

/// Reads `rubric`, `rubric_school`, `rubric_municipal`, `rubric_regional` (files beside the project), the tables
/// [maturity.agreement], [maturity.effect], [maturity.checks] and [[maturity.override]]. `shipped` is the catalogue's
/// rubric file, which holds where the project says nothing.
MaturitySettings read_maturity(ConfigReader& root, const std::string& shipped);

}  // namespace kaskad::app
