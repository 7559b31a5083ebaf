// Resilient schools: results above what the social index predicts, and above schools in like conditions, for several
// years; and which of them may serve as base sites. docs/methods/resilience.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/config.hpp"
#include "engine/base/estimate.hpp"
#include "indicators/figures.hpp"
#include "indicators/identify/low_results.hpp"
#include "indicators/identify/social_index.hpp"

namespace kaskad {

/// What the expected result is regressed on: the index, or the shares that it is made of, each with its own weight.
enum class ResiliencePredictors : std::uint8_t { index, components };
inline constexpr std::array<std::string_view, 2> kResiliencePredictorNames = {"index", "components"};

struct ResilienceSettings {
  bool on = true;
  ResiliencePredictors predictors = ResiliencePredictors::index;
  IndexOutcome outcome;         ///< Empty indicator = the project's first headline.
  int lowest_groups = 2;        ///< Groups of the index whose schools may be called resilient.
  double margin = 0.5;          ///< Above the group's mean, in SDs of the schools' results in the year.
  int years = 3;                ///< m: the last ones with results and an index.
  int least_years = 2;          ///< k: of them above.
  std::int64_t minimum_n = 10;  ///< Pupils; never fewer than what may be published.
  std::int64_t least_schools = 15;
};

/// Reads the keys of indicators/catalogue/resilience.toml, or of a project's [resilience], over what `settings` holds.
/// The ids of `outcome` are not looked up here.
void read_resilience(ConfigReader& reader, ResilienceSettings& settings);

/// Schools of one group of the index in a year.
struct GroupMean {
  std::int64_t schools = 0;
  double mean = kNaN;  ///< Over schools.
};

/// One year's regression over schools.
struct ResilienceFit {
  Undefined reason = Undefined::none;  ///< Not none: nothing is said of the year.
  int year = 0;
  std::size_t time = 0;  ///< Identification that gave the index.
  std::int64_t schools = 0;
  std::vector<double> coefficients;  ///< Intercept first.
  double r_squared = kNaN;
  double sd = kNaN;       ///< Of the schools' results.
  double between = kNaN;  ///< SD of the schools' residuals apart from chance; 0 or NaN = not told from chance.
  std::vector<GroupMean> groups;
};

/// One school in one year; results in the unit of the indicator. Where less is better, "above" means less.
struct ResilienceYear {
  Undefined reason = Undefined::no_data;  ///< Not none: the school is not in the regression.
  Estimate result;
  double index = kNaN;
  std::optional<int> group;
  double expected = kNaN;  ///< By all other schools.
  Estimate residual;       ///< Result less expected, with the interval of a prediction.
  Estimate shrunken;  ///< The residual drawn to 0 as far as the school is small (empirical Bayes); may be undefined.
  double above_group = kNaN;  ///< Result less the mean of the index group.
  bool is_above = false;      ///< By the margin.
};

struct ResilienceVerdict {
  Answer resilient = Answer::not_judged;  ///< Judged are schools of the lowest groups with `least_years` of results.
  bool base_site = false;  ///< Resilient, and the shrunken residual of the last year lies above 0 by its interval.
  int judged = 0, above = 0;
};

struct Resilience {
  ResilienceSettings settings;
  std::optional<std::size_t> series;  ///< Whose results they are.
  std::vector<ResilienceFit> fits;    ///< By year, rising.
  std::size_t schools = 0;
  std::vector<ResilienceYear> years;        ///< [school × fits + fit].
  std::vector<ResilienceVerdict> verdicts;  ///< By school.

  bool empty() const { return fits.empty(); }
  const ResilienceYear& at(SchoolId school, std::size_t fit) const { return years[school * fits.size() + fit]; }
};

/// Empty when switched off, without an index or without the series.
Resilience find_resilient(const Dataset& data, const Figures& figures, std::optional<std::size_t> series,
                          const SocialIndex& index, const ResilienceSettings& settings);

}  // namespace kaskad
