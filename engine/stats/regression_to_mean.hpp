// Regression to the mean: how far units chosen for low values are expected to rise by chance alone.
#pragma once

#include <utility>
#include <vector>

#include "engine/base/estimate.hpp"

namespace kaskad::stats {

/// Values of the same units in two measurements.
using RepeatedValues = std::vector<std::pair<double, double>>;

inline constexpr std::size_t kUnitsForReliability = 10;

/// Reliability of one measurement: Pearson's correlation r between the two, with Fisher's interval
///   tanh(artanh r ∓ z/√(n − 3)),  z the normal 97.5 % point. Estimate::n is the number of units.
/// Source: Fisher 1921, Metron 1:3–32. Fewer than kUnitsForReliability units → too_few; all values of a measurement
/// equal → no_variation; |r| = 1 has no interval.
Estimate correlation_of_repeats(const RepeatedValues& units);

/// Expected rise of units whose mean of `measurements` values lies at `chosen` while that of all units is `mean`:
///   (1 − ρ)/(1 + (m − 1)ρ) · (mean − chosen),
/// negative for units above the mean. It is σ²_w/m ÷ (σ²_b + σ²_w/m) of the distance, where σ²_b = ρσ² is the variance
/// between units and σ²_w = (1 − ρ)σ² within them; for units below a cut-off of a normal distribution with m = 1 it
/// equals σ(1 − ρ)·φ(z)/Φ(z). A ρ below 0 counts as 0. The interval is that of ρ alone.
/// Source: Davis 1976, American Journal of Epidemiology 104:493–498; Gardner & Heady 1973, Journal of Chronic Diseases
/// 26:781–795 (m measurements); Barnett, van der Pols & Dobson 2005, International Journal of Epidemiology 34:215–220.
/// ρ undefined → its reason. Preconditions: measurements ≥ 1, mean and chosen finite.
Estimate expected_regression(const Estimate& reliability, double mean, double chosen, int measurements);

}  // namespace kaskad::stats
