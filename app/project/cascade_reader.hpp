// The project's stages: [cascade] and [[term]].
#pragma once

#include <string>

#include "engine/base/config.hpp"
#include "indicators/cascade_rubric.hpp"

namespace kaskad::app {

/// The rubric that [cascade] names, or `shipped` (the text of cascade.toml), with the project's rules and terms.
CascadeRubric read_cascade(ConfigReader& root, const std::string& shipped);

}  // namespace kaskad::app
