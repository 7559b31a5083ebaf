// Defects of what offices write down of stages, measures and visits, over the whole dataset: rows that contradict each
// other or the rubric. Nothing is left out for them; the judgements say how they treat such rows.
#pragma once

#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/intake/dataset.hpp"
#include "indicators/cascade_rubric.hpp"

namespace kaskad {

/// In the order: components, stages, decisions, measures, visits, supporters. `as_of` is the day of the reports, ISO;
/// without it no date lies in the future.
Diagnostics find_stage_defects(const Dataset& data, const CascadeRubric& rubric, const std::string& as_of);

}  // namespace kaskad
