// From wave to wave: values, changes with their class, and how much of a change chance alone makes expect.
// docs/methods/waves.md.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/config.hpp"
#include "indicators/figures.hpp"
#include "indicators/wave_sets.hpp"

namespace kaskad {

/// What the interval of a change says beside the smallest change that matters, δ.
enum class TrendClass : std::uint8_t {
  growth,       ///< Wholly above 0, not wholly within ±δ.
  stable,       ///< Wholly within ±δ.
  decline,      ///< Wholly below 0, not wholly within ±δ.
  cannot_tell,  ///< Holds 0 and a change that matters; or there is no interval.
  few_schools,  ///< Not judged: the interval rests on too few schools (Estimate::rests_on_few).
  none          ///< There is no change to judge: its reason says why (a break of the scale is not_comparable).
};
inline constexpr std::array<std::string_view, 6> kTrendClassNames = {"growth",      "stable",      "decline",
                                                                     "cannot_tell", "few_schools", "none"};

struct TrendSettings {
  double percent = 3;                        ///< δ of shares, percentage points.
  double sd = 0.1;                           ///< δ of means, in SDs of the region's pupils in the earlier wave.
  std::map<std::string, double> indicators;  ///< δ of single indicators, in their unit.
  std::vector<int> chosen_in;  ///< On whose values supported schools were chosen; empty = the entry wave's years.
};

/// Reads the keys of indicators/catalogue/trends.toml, or of a project's [trends], over what `settings` holds.
void read_trends(ConfigReader& reader, TrendSettings& settings);

/// δ = NaN: any change matters, so that nothing is stable.
TrendClass class_of(const Estimate& change, double matters);

/// One wave after an earlier one.
struct WaveStep {
  std::size_t from = 0, to = 0;  ///< Into the set's waves.
  Estimate change;
  double matters = kNaN;
  TrendClass trend = TrendClass::none;
  /// Of supported schools with low values at entry: the change that regression to the mean makes expect.
  std::optional<Estimate> by_chance;
  bool may_be_chance = false;  ///< For the better, but not shown to be more than that.
};

struct WaveTrend {
  std::size_t series = 0, entity = 0;
  std::size_t set = 0;           ///< Into WaveTrends::sets.
  std::vector<Estimate> values;  ///< By wave of the set.
  std::vector<WaveStep>
      steps;  ///< From each wave to the next, then from entry to final where there are others between.

  /// From entry to final, or to the last wave that there is; null with one wave.
  const WaveStep* whole() const { return steps.empty() ? nullptr : &steps.back(); }
};

/// How well schools keep their places from one year to the next in a series.
struct SeriesReliability {
  std::size_t series = 0, set = 0;
  int from = 0, to = 0;  ///< Years compared; 0 = there are no two.
  Estimate correlation;  ///< n schools.
  double sd = kNaN;      ///< Of the schools' values in the first of them.
};

struct WaveTrends {
  TrendSettings settings;
  std::vector<WaveSet> sets;
  std::vector<WaveTrend> trends;  ///< By series, then entity, then set.
  std::vector<SeriesReliability> reliabilities;

  bool empty() const { return trends.empty(); }
  std::vector<const WaveTrend*> of(std::size_t series, std::size_t entity) const;
  const SeriesReliability* reliability_of(std::size_t series, std::size_t set) const;
};

/// Of every entity in every series; of schools in the series of `of_schools` alone. The same for any number of threads.
WaveTrends make_wave_trends(const Dataset& data, const Figures& figures, const std::vector<Wave>& waves,
                            const TrendSettings& settings, const std::vector<std::size_t>& of_schools,
                            unsigned threads);

}  // namespace kaskad
