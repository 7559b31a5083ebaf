// Everything that the indicators and judgements say of a dataset: the input of the reports.
#pragma once

#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/comparison.hpp"
#include "indicators/effect_study.hpp"
#include "indicators/figures.hpp"
#include "indicators/identify/identification.hpp"
#include "indicators/journal.hpp"
#include "indicators/maturity.hpp"
#include "indicators/pooled.hpp"
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
  std::vector<TaskedWork> works;
  DeficitRule deficits;
};

}  // namespace kaskad
