// Everything that the indicators and judgements say of a dataset: the input of the reports.
#pragma once

#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/cascade.hpp"
#include "indicators/clusters.hpp"
#include "indicators/comparison.hpp"
#include "indicators/courses.hpp"
#include "indicators/effect_study.hpp"
#include "indicators/figures.hpp"
#include "indicators/funnels.hpp"
#include "indicators/group_proposals.hpp"
#include "indicators/identify/identification.hpp"
#include "indicators/journal.hpp"
#include "indicators/marking_signs.hpp"
#include "indicators/maturity_study.hpp"
#include "indicators/participation.hpp"
#include "indicators/partners.hpp"
#include "indicators/pooled.hpp"
#include "indicators/processes.hpp"
#include "indicators/resilience.hpp"
#include "indicators/road_map.hpp"
#include "indicators/school_ranks.hpp"
#include "indicators/targets.hpp"
#include "indicators/tasks.hpp"
#include "indicators/visits.hpp"
#include "indicators/wave_trends.hpp"

namespace kaskad {

struct Judgements {
  Figures figures;
  std::vector<SeriesComparison> comparisons;
  std::vector<EffectStudy> studies;
  std::vector<PooledEffect> pooled;
  WaveTrends waves;
  TargetJudgements targets;
  Registers registers;
  MaturityStudy maturity;
  CascadeRubric cascade_rubric;  ///< Stages and terms, also where nothing is judged by it.
  Cascade cascade;
  RoadMap road_map;
  Support support;
  Identification identification;
  std::vector<JournalFigures> journal;
  std::vector<Undefined> journal_withheld;  ///< Of all works together: [entity × periods + period].
  MarkingSigns marking;
  Resilience resilience;
  Clusters clusters;
  Funnels funnels;  ///< Of the headlines.
  SchoolRanks ranks;
  GroupProposals proposals;
  std::vector<TaskedWork> works;
  DeficitRule deficits;
  Partners partners;
  std::vector<ProcessJudgement> processes;
  std::vector<CourseJudgement> courses;
};

}  // namespace kaskad
