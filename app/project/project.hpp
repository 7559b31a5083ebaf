// The project file as a value; docs/project.md documents its keys.
#pragma once

#include <string>
#include <vector>

#include "app/project/report_kinds.hpp"
#include "engine/base/config.hpp"
#include "engine/base/diagnostic.hpp"
#include "engine/base/error.hpp"
#include "engine/intake/source.hpp"
#include "indicators/cascade_rubric.hpp"
#include "indicators/catalogue.hpp"
#include "indicators/clusters_settings.hpp"
#include "indicators/comparison.hpp"
#include "indicators/courses.hpp"
#include "indicators/frame.hpp"
#include "indicators/funnels.hpp"
#include "indicators/group_proposals.hpp"
#include "indicators/identify/identification.hpp"
#include "indicators/marking_settings.hpp"
#include "indicators/maturity.hpp"
#include "indicators/participation.hpp"
#include "indicators/partners.hpp"
#include "indicators/plausibility.hpp"
#include "indicators/processes.hpp"
#include "indicators/resilience.hpp"
#include "indicators/school_ranks.hpp"
#include "indicators/tasks.hpp"
#include "indicators/wave_trends.hpp"

namespace kaskad::app {

/// A figure that opens the reports.
struct Headline {
  std::string indicator;
  std::string procedure;
  std::string subject;  ///< "*" = all subjects together.
  int grade = 0;

  bool operator==(const Headline&) const = default;
};

struct Project {
  std::string file;
  std::string id;
  /// Day of the reports, ISO: stages and terms are judged as of it. Not of the file: whoever runs it sets it. Empty =
  /// no term has passed.
  std::string date;
  Names title, organisation, region, source_note;
  std::vector<Wave> waves;  ///< Of all sets, each set in its order.
  TrendSettings trends;
  RegistrySettings registry;
  std::int64_t minimum_n = 10;
  bool complementary = true;  ///< Also hide what would give away a figure of fewer pupils.
  Vocabulary vocabulary;
  std::vector<ContextField> context_fields;
  std::vector<SourceSpec> sources;
  std::vector<Indicator> indicators;  ///< In use, the catalogue's first.
  std::vector<Headline> headlines;
  std::vector<ChangeSpec> changes;  ///< Entry → final first.
  MaturitySettings maturity;
  CascadeRubric cascade;
  IdentifySettings identify;
  ConfigNode identify_tables;  ///< What `identify` was read from (identify_reader.hpp), to change one setting of it.
  DeficitRule deficits;
  MarkingSettings marking;
  ResilienceSettings resilience;
  ProposalSettings proposals;
  ClusterSettings clusters;
  FunnelSettings funnels;
  RankSettings ranks;
  PartnerSettings partners;
  std::vector<ProcessMonitoring> processes;
  std::vector<CourseSpec> courses;
  PlausibilityRules plausibility;
  std::string corrections;  ///< Resolved folder of workbooks that came back; empty = none.
  std::string templates;    ///< Resolved folder whose files take the place of shipped ones; empty = none.
  std::vector<ReportSpec> reports;
};

/// The shipped catalogue: contents of indicators/catalogue by file name.
struct Catalogue {
  Vocabulary vocabulary;
  TrendSettings trends;
  std::vector<ContextField> context_fields;
  std::vector<Indicator> indicators;
  std::string rubric_toml;
  std::string cascade_toml;
  PlausibilityRules plausibility;
  std::string identify_toml;
  DeficitRule deficits;
  MarkingSettings marking;
  ResilienceSettings resilience;
  ProposalSettings proposals;
  FunnelSettings funnels;
  RankSettings ranks;
  PartnerSettings partners;
};

/// Defects of the shipped files are our bug and fail.
Expected<Catalogue> load_catalogue(const std::string& folder);

/// Reads and checks a project file. All defects go to `out`; a file that cannot be opened fails.
Expected<Project> read_project(const std::string& path, const Catalogue& catalogue, Diagnostics& out);

/// Reads one [[source]] table.
SourceSpec read_source(const ConfigNode& node, const std::string& project_file,
                       const std::vector<ContextField>& context_fields, Diagnostics& out);

}  // namespace kaskad::app
