// Makes the project's reports and writes them under the output folder.
#pragma once

#include <string>
#include <vector>

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

/// Paths of the files made, in the order of the project's reports, under the output folder.
/// Template defects fail with "template-defects" after they have been told.
Expected<std::vector<std::string>> write_reports(const ReportJob& job);

/// A school's id as part of a file name: letters, digits, "-", "_" and "." stay, all else becomes "_".
std::string file_name_of(const std::string& id);

}  // namespace kaskad::app
