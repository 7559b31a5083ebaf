// What `kaskad estimate did` shows of a study.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/estimate/estimate_report.hpp"
#include "engine/stats/did.hpp"
#include "engine/stats/did_aggregate.hpp"
#include "engine/stats/sensitivity.hpp"
#include "engine/stats/two_by_two.hpp"

namespace kaskad::app {

/// Adds the coefficients ATT(g=…,t=…) and the table of who is compared in each.
void add_group_time(const stats::DidFit& fit, EstimateReport& report);

/// Adds the average's coefficients ("ATT", "event=-1", "cohort=2004", "time=2005"; the overall one of the latter three
/// "ATT(event)" …), and its uniform band to the table of bands.
void add_average(const stats::DidFit& fit, const stats::DidAverageOptions& options, stats::DidAverage kind,
                 const stats::BandOptions& band, EstimateReport& report);

/// Adds the figures of the test of the periods before treatment.
void add_pre_trend(const stats::DidFit& fit, EstimateReport& report);

/// Adds the coefficient "ATT" and the table of means.
void add_two_by_two(const stats::TwoByTwo& result, EstimateReport& report);

/// What was left out, and what the numbers do not rest on.
void add_notes(const stats::DidFit& fit, EstimateReport& report);

/// Adds the table, the breakdown values and their sentences. `fit` must have the universal base and no anticipation;
/// `event` is the event time asked about, unset for the mean of those from 0.
void add_sensitivity(const stats::DidFit& fit, const std::optional<double>& event, double level,
                     EstimateReport& report);

}  // namespace kaskad::app
