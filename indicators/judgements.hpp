// Everything that the indicators and judgements say of a dataset: the input of the reports.
#pragma once

#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/clusters.hpp"
#include "indicators/comparison.hpp"
#include "indicators/courses.hpp"
#include "indicators/effect_study.hpp"
#include "indicators/figures.hpp"
#include "indicators/group_proposals.hpp"
#include "indicators/identify/identification.hpp"
#include "indicators/journal.hpp"
#include "indicators/marking_signs.hpp"
#include "indicators/maturity.hpp"
#include "indicators/partners.hpp"
#include "indicators/pooled.hpp"
#include "indicators/processes.hpp"
#include "indicators/resilience.hpp"
#include "indicators/tasks.hpp"

namespace kaskad {

struct Judgements {
  Figures figures;
  std::vector<SeriesComparison> comparisons;
  std::vector<EffectStudy> studies;
  std::vector<PooledEffect> pooled;
  Rubric rubric;
  std::vector<MaturityRating> maturity;
  Identification identification;
  std::vector<JournalFigures> journal;
  MarkingSigns marking;
  Resilience resilience;
  Clusters clusters;
  GroupProposals proposals;
  std::vector<TaskedWork> works;
  DeficitRule deficits;
  Partners partners;
  std::vector<ProcessJudgement> processes;
  std::vector<CourseJudgement> courses;
};

}  // namespace kaskad
