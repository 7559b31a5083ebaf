// Funnels of the main figures: which schools lie beyond what chance and ordinary differences between schools explain,
// each school beside the limits for its own number of pupils. No ranks. docs/methods/funnel.md.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/stats/funnel.hpp"
#include "engine/stats/scale_ends.hpp"
#include "indicators/figures.hpp"

namespace kaskad {

inline constexpr std::array<std::string_view, 3> kFunnelSpreadNames = {"none", "multiplicative", "additive"};

struct FunnelSettings {
  bool on = true;
  stats::FunnelSpread spread = stats::FunnelSpread::additive;  ///< Allowed for where schools differ beyond chance.
  double winsorise = 0.1;                                      ///< Tails of z set to their quantiles.
  double inner = 0.95, outer = 0.998;                          ///< Levels of the two pairs of limits.
  int pool_years = 3;  ///< A school of too few pupils is counted over so many years; 1 = over none.
  std::int64_t least_schools = 10;
};

/// Reads the keys of indicators/catalogue/funnels.toml, or of a project's [funnels], over what `settings` holds.
void read_funnels(ConfigReader& reader, FunnelSettings& settings);

enum class FunnelSide : std::uint8_t { inside, low, high };

struct FunnelSchool {
  SchoolId school = 0;
  Estimate value;   ///< In the unit of the indicator, with its own interval.
  int years = 1;    ///< Counted together.
  double z = kNaN;  ///< Distance from the region in standard errors of chance alone.
  FunnelSide beyond_inner = FunnelSide::inside, beyond_outer = FunnelSide::inside;
};

struct FunnelOfSchools {
  std::size_t series = 0;
  int year = 0;  ///< The last one with data.
  Undefined reason = Undefined::no_data;
  stats::FunnelFit fit;
  stats::ScaleEnds ends;              ///< Of what the fit is drawn from; infinite where the scale does not state them.
  std::vector<FunnelSchool> schools;  ///< By SchoolId.
  std::int64_t too_few = 0;           ///< Schools with results that may not be printed even over all the years.
};

/// stats::funnel_limits, cut at the ends of the scale: no mean lies beyond.
stats::FunnelRange limits_of(const FunnelOfSchools& funnel, double n, double level);

struct Funnels {
  FunnelSettings settings;
  std::vector<FunnelOfSchools> series;
};

/// Of shares and means among `series`; others have no funnel.
Funnels make_funnels(const Dataset& data, const Figures& figures, const std::vector<std::size_t>& series,
                     const FunnelSettings& settings);

}  // namespace kaskad
