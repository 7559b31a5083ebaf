// What the project file says of the monitoring of programmes: waves, changes that matter, the registry of schools.
#pragma once

#include "app/project/project.hpp"

namespace kaskad::app {

/// [waves] entry, intermediate, final: the common set; or [[wave]] tables, any number, of the common set, of a level's
/// or of programmes' own. The project's years and procedures are read before.
void read_waves(ConfigReader& root, Project& project);

/// [trends] and [registry]; indicators in use and waves are read before.
void read_monitoring(ConfigReader& root, const Catalogue& catalogue, Project& project);

}  // namespace kaskad::app
