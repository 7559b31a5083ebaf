// Defects of evidence and of experts' overrides over the whole dataset: rows that contradict the waves, the programmes'
// terms or each other. Evidence is rated all the same; overrides without a reason or of unknown ids count for nothing.
#pragma once

#include "engine/base/diagnostic.hpp"
#include "engine/intake/dataset.hpp"
#include "indicators/maturity.hpp"

namespace kaskad {

/// Warnings about rows come at the row, those about several of them at the first; in the order: dates, waves and
/// criteria, documents, raters, programmes without evidence, overrides.
Diagnostics check_evidence(const Dataset& data, const MaturitySettings& settings, const std::vector<WaveSet>& waves);

}  // namespace kaskad
