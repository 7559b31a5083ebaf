// All documents of a run: made side by side, written, bound into print files, noted in the manifest.
#pragma once

#include <string>
#include <vector>

#include "app/batch/plan.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/project/project.hpp"
#include "app/resources.hpp"
#include "reports/content/briefing.hpp"

namespace kaskad::app {

struct ReportJob {
  const Project& project;
  const Resources& resources;
  const RunOptions& options;
  const reports::Briefing& briefing;
  Console& console;
};

/// Paths are under the output folder.
struct BatchResult {
  std::vector<std::string> made;   ///< In the order of the reports, print files at the end.
  std::size_t left_alone = 0;      ///< Unchanged since the last run.
  std::vector<std::string> stale;  ///< Of an earlier run, still there, but not of this one.
};

/// Makes `pieces`. The same bytes for any number of threads. Errors name the file; of several the first in the order
/// of the work. Template defects fail with "template-defects" after they have been told.
Expected<BatchResult> make_reports(const ReportJob& job, const std::vector<Piece>& pieces, const Selection& selection);

}  // namespace kaskad::app
