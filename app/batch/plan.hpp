// Which documents a run makes, and what their files are called.
#pragma once

#include <string>
#include <vector>

#include "app/batch/selection.hpp"
#include "app/project/project.hpp"
#include "engine/intake/dataset.hpp"

namespace kaskad::app {

/// One document of a report.
struct Piece {
  const ReportSpec* spec = nullptr;
  std::size_t entity = 0;   ///< SchoolId or place of the municipality; 0 for the region.
  std::string entity_name;  ///< Id of the school, name of the municipality; empty for the region.
  std::string file;         ///< Under the output folder.
};

/// Documents of the reports in their order, schools and municipalities in theirs. File names do not depend on the
/// selection. Errors: those of the selection; "file-name-clash" {file}: two reports would write one file.
Expected<std::vector<Piece>> plan_of(const Project& project, const Registry& registry, const Selection& selection);

/// All documents of one report.
std::vector<Piece> pieces_of(const ReportSpec& spec, const Project& project, const Registry& registry);

}  // namespace kaskad::app
