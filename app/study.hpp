// From a project to what its reports say: the stages that run and preview share.
#pragma once

#include <string>
#include <vector>

#include "app/console.hpp"
#include "app/judge.hpp"
#include "app/project/project.hpp"
#include "indicators/judgements.hpp"
#include "indicators/similar.hpp"
#include "reports/content/briefing.hpp"

namespace kaskad::app {

/// All that the reports of a run are made from.
struct Study {
  Project project;
  Dataset data;
  Judgements judgements;
  SimilarSchools similar;
  std::vector<std::size_t> headlines;
};

/// Reads the project's data: "stage.intake" of the console. `follow`: as IntakeOptions::follow.
Study begin_study(Project project, unsigned threads, Console& console, const std::string& follow = {});
/// Judges the data and tells of their defects: "stage.judge".
void judge_study(Study& study, Depth depth, unsigned threads, Console& console);

/// Which reports that others point to the project asks for.
reports::ReportSet report_set(const Project& project);

/// The briefing refers into the study and the texts. `date` is ISO.
reports::Briefing briefing_of(const Study& study, const std::string& date, const Texts& texts);

}  // namespace kaskad::app
