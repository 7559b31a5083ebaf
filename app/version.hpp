// The version mark of a report: what it was made by and from.
#pragma once

#include <string>

#include "app/project/project.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad::app {

/// The program's version.
std::string program_version();

/// "0.1.0 · 1a2b3c4d5e6f": the program's version and a hash over it, the project file and all input files. The same
/// inputs give the same mark.
std::string version_mark(const Project& project, const Dataset& data);

}  // namespace kaskad::app
