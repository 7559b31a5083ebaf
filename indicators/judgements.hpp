// Everything that the indicators and judgements say of a dataset: the input of the reports.
#pragma once

#include <vector>

#include "engine/intake/dataset.hpp"
#include "indicators/comparison.hpp"
#include "indicators/effect_study.hpp"
#include "indicators/figures.hpp"
#include "indicators/maturity.hpp"

namespace kaskad {

struct Judgements {
  Figures figures;
  std::vector<SeriesComparison> comparisons;
  std::vector<EffectStudy> studies;
  Rubric rubric;
  std::vector<MaturityRating> maturity;
};

}  // namespace kaskad
