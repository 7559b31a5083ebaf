#include "indicators/portrait.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/parallel.hpp"
#include "engine/stats/inequality.hpp"
#include "engine/stats/mixed.hpp"
#include "engine/stats/spread.hpp"
#include "indicators/comparison.hpp"

namespace kaskad {
namespace {

/// The bases of one year of the schools that have enough participants.
struct SchoolsOfYear {
  std::vector<SchoolId> schools;
  std::vector<Basis> bases;
};

SchoolsOfYear schools_in(const Dataset& data, const Figures& figures, std::size_t series, std::size_t y) {
  SchoolsOfYear out;
  const auto& years = data.vocabulary.years;
  const std::int64_t least = std::max(figures.minimum_n, figures.indicator_of(series).minimum_n);
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s) {
    const Basis& b = figures.series[series].bases[s * years.size() + y];
    if (b.reason != Undefined::none || b.pupils < least) continue;
    out.schools.push_back(s);
    out.bases.push_back(b);
  }
  return out;
}

std::vector<int> places_of(const Dataset& data, const std::vector<SchoolId>& schools) {
  std::map<std::string, int> numbers;
  std::vector<int> out;
  for (const SchoolId s : schools) {
    const std::string& name = data.registry.schools[s].municipality;
    out.push_back(numbers.emplace(name, static_cast<int>(numbers.size())).first->second);
  }
  return out;
}

Estimate intraclass_of(const std::vector<Basis>& bases) {
  stats::MixedData pupils;
  pupils.x = stats::Matrix(bases.size(), 1, 1.0);
  for (std::size_t s = 0; s < bases.size(); ++s) {
    if (std::isnan(bases[s].squares)) return undefined(Undefined::no_distribution);
    pupils.outcome.push_back(bases[s].mean());
    pupils.group.push_back(static_cast<int>(s));
    pupils.pupils.push_back(static_cast<double>(bases[s].n));
    pupils.squares.push_back(bases[s].squares);
  }
  stats::MixedOptions options;
  options.profile_intervals = false;
  const stats::MixedFit fit = stats::fit_mixed(pupils, options).fit;
  return fit.reason == Undefined::none ? fit.icc : undefined(fit.reason, fit.n);
}

SpreadYear spread_in(const Dataset& data, const Figures& figures, std::size_t series, std::size_t y) {
  const SchoolsOfYear all = schools_in(data, figures, series, y);
  SpreadYear out;
  out.year = data.vocabulary.years[y];
  out.schools = static_cast<std::int64_t>(all.schools.size());
  std::vector<stats::SchoolValue> values;
  std::vector<stats::PlacedValue> placed;
  const std::vector<int> places = places_of(data, all.schools);
  const double scale = scale_of(figures.indicator_of(series));
  for (std::size_t i = 0; i < all.bases.size(); ++i) {
    values.push_back({all.bases[i].mean() * scale, all.bases[i].n});
    placed.push_back({all.bases[i].mean() * scale, places[i]});
  }
  const stats::SpreadOfSchools spread = stats::spread_of_schools(values);
  const stats::Inequality inequality = stats::inequality_of(std::move(placed));
  const bool has_places = !data.registry.municipalities.empty();
  out.range = spread.range;
  out.p90_p10 = spread.p90_p10;
  out.gini = inequality.gini;
  out.theil = inequality.theil;
  out.theil_between = has_places ? inequality.theil_between : undefined(Undefined::no_data);
  out.theil_within = has_places ? inequality.theil_within : undefined(Undefined::no_data);
  out.intraclass = intraclass_of(all.bases);
  return out;
}

std::vector<SmallYear> small_by_year(const Dataset& data, const Figures& figures, std::size_t series) {
  std::vector<SchoolId> small, rest;
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s) {
    const auto& is_small = data.registry.schools[s].small;
    if (is_small) (*is_small ? small : rest).push_back(s);
  }
  std::vector<SmallYear> out;
  if (small.empty() || rest.empty()) return out;
  const auto& years = data.vocabulary.years;
  for (const int year : years) {
    const auto level = [&](const std::vector<SchoolId>& schools) {
      return printed(figures, figures.series[series], years, schools, {year});
    };
    const Period period{std::to_string(year), {year}, false};
    SmallYear row{year, level(small), level(rest), gap_between(figures, series, years, small, rest, period)};
    if (row.small.defined() || row.rest.defined()) out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::vector<SeriesPortrait> portray(const Dataset& data, const Figures& figures, const std::vector<std::size_t>& series,
                                    unsigned threads) {
  std::vector<SeriesPortrait> out;
  for (const std::size_t s : series) {
    const IndicatorKind kind = figures.indicator_of(s).kind;
    if (kind == IndicatorKind::share || kind == IndicatorKind::mean) out.push_back({s, {}, {}});
  }
  parallel_for(out.size(), threads, [&](std::size_t i) {
    for (std::size_t y = 0; y < data.vocabulary.years.size(); ++y) {
      SpreadYear year = spread_in(data, figures, out[i].series, y);
      if (year.schools > 0) out[i].spread.push_back(std::move(year));
    }
    out[i].small = small_by_year(data, figures, out[i].series);
  });
  return out;
}

}  // namespace kaskad
