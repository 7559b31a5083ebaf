#include "indicators/funnels.hpp"

#include <algorithm>
#include <cmath>

namespace kaskad {
namespace {

struct Ground {
  const Dataset& data;
  const Figures& figures;
  const FunnelSettings& settings;
  std::size_t series;

  const SeriesFigures& of() const { return figures.series[series]; }
  const Indicator& indicator() const { return figures.indicator_of(series); }
  const std::vector<int>& years() const { return data.vocabulary.years; }
  const Basis& basis(SchoolId school, std::size_t year) const { return of().bases[school * years().size() + year]; }
  /// The years first … last of the school together.
  bool may_print(SchoolId school, std::size_t first, std::size_t last) const {
    const std::vector<int> some(years().begin() + static_cast<std::ptrdiff_t>(first),
                                years().begin() + static_cast<std::ptrdiff_t>(last) + 1);
    return figures.publications.withheld(of().line, {school}, some) == Undefined::none;
  }
};

/// The last year alone if it has pupils enough and may be printed, else with the years before it, back to a change of
/// scale.
struct Counted {
  Basis basis;
  int years = 0;
};

Counted count(const Ground& g, SchoolId school, std::size_t last, std::int64_t least) {
  Counted out;
  for (int back = 0; back < g.settings.pool_years && static_cast<std::size_t>(back) <= last; ++back) {
    const std::size_t year = last - static_cast<std::size_t>(back);
    if (back > 0 && g.of().series.break_before[year + 1]) break;
    if (back == 0 && g.basis(school, year).n == 0) break;  // takes no part now
    out.basis.add(g.basis(school, year));
    ++out.years;
    if (out.basis.pupils >= least && g.may_print(school, year, last)) break;
  }
  return out;
}

bool is_share(const Indicator& indicator) { return indicator.kind == IndicatorKind::share; }

stats::FunnelFit fit_of(const Ground& g, const std::vector<Counted>& schools) {
  if (is_share(g.indicator())) {
    std::vector<stats::CountedShare> shares;
    for (const Counted& s : schools) shares.push_back({std::llround(s.basis.sum), s.basis.n});
    return stats::fit_funnel(shares, g.settings.spread, g.settings.winsorise, g.settings.least_schools);
  }
  std::vector<stats::CountedMean> means;
  for (const Counted& s : schools) means.push_back({s.basis.n, s.basis.mean(), s.basis.squares});
  return stats::fit_funnel(means, g.settings.spread, g.settings.winsorise, g.settings.least_schools);
}

/// The widest of the schools; a share lies between 0 and 1.
stats::ScaleEnds ends_of(const Ground& g, const std::vector<Counted>& schools) {
  if (is_share(g.indicator())) return {0, 1};
  if (schools.empty()) return {};
  stats::ScaleEnds out{schools.front().basis.least, schools.front().basis.most};
  for (const Counted& s : schools) {
    out.least = std::min(out.least, s.basis.least);
    out.most = std::max(out.most, s.basis.most);
  }
  return out;
}

FunnelSide side_of(const stats::FunnelFit& fit, const Basis& basis, double level) {
  const stats::FunnelRange range = stats::funnel_limits(fit, static_cast<double>(basis.n), level);
  if (basis.mean() < range.lo) return FunnelSide::low;
  return basis.mean() > range.hi ? FunnelSide::high : FunnelSide::inside;
}

FunnelOfSchools funnel_of(const Ground& g) {
  FunnelOfSchools out;
  out.series = g.series;
  const auto last = last_year_with_results(g.data, g.of());
  if (!last) return out;
  out.year = g.years()[*last];
  const std::int64_t least = std::max(g.figures.minimum_n, g.indicator().minimum_n);
  std::vector<Counted> counted;
  for (SchoolId s = 0; s < g.data.registry.schools.size(); ++s) {
    Counted own = count(g, s, *last, least);
    const Estimate value = estimate_of(g.indicator(), own.basis, g.figures.minimum_n);
    const auto first = *last + 1 - static_cast<std::size_t>(own.years);
    const bool hidden = value.defined() && !g.may_print(s, first, *last);
    out.too_few += value.reason == Undefined::too_few || hidden ? 1 : 0;
    if (!value.defined() || hidden) continue;
    out.schools.push_back({s, value, own.years, kNaN, FunnelSide::inside, FunnelSide::inside});
    counted.push_back(std::move(own));
  }
  out.fit = fit_of(g, counted);
  out.ends = ends_of(g, counted);
  out.reason = out.fit.reason;
  for (std::size_t i = 0; out.reason == Undefined::none && i < counted.size(); ++i) {
    out.schools[i].z = out.fit.z[i];
    out.schools[i].beyond_inner = side_of(out.fit, counted[i].basis, g.settings.inner);
    out.schools[i].beyond_outer = side_of(out.fit, counted[i].basis, g.settings.outer);
  }
  return out;
}

}  // namespace

void read_funnels(ConfigReader& reader, FunnelSettings& settings) {
  const auto number = [&](const char* key, double& value, double lo, double hi) {
    const double read = reader.number(key).value_or(value);
    if (read >= lo && read <= hi)
      value = read;
    else
      reader.report(key, "setting-between", {{"lo", lo}, {"hi", hi}});
  };
  const auto whole = [&](const char* key, std::int64_t value, std::int64_t lo, std::int64_t hi) {
    const std::int64_t read = reader.integer(key, value);
    if (read >= lo && read <= hi) return read;
    reader.report(key, "setting-between", {{"lo", static_cast<double>(lo)}, {"hi", static_cast<double>(hi)}});
    return value;
  };
  settings.on = reader.boolean("on", settings.on);
  settings.spread = static_cast<stats::FunnelSpread>(reader.choice(
      "spread", {kFunnelSpreadNames.begin(), kFunnelSpreadNames.end()}, static_cast<std::size_t>(settings.spread)));
  number("winsorise", settings.winsorise, 0, 0.4);
  number("inner", settings.inner, 0.5, 0.9999);
  number("outer", settings.outer, settings.inner, 0.9999);
  settings.pool_years = static_cast<int>(whole("pool_years", settings.pool_years, 1, 50));
  settings.least_schools = whole("least_schools", settings.least_schools, 5, 100'000);
}

stats::FunnelRange limits_of(const FunnelOfSchools& funnel, double n, double level) {
  stats::FunnelRange range = stats::funnel_limits(funnel.fit, n, level);
  stats::cut(range.lo, range.hi, funnel.ends);
  return range;
}

Funnels make_funnels(const Dataset& data, const Figures& figures, const std::vector<std::size_t>& series,
                     const FunnelSettings& settings) {
  Funnels out{settings, {}};
  if (!settings.on) return out;
  for (const std::size_t s : series) {
    const IndicatorKind kind = figures.indicator_of(s).kind;
    if (kind != IndicatorKind::share && kind != IndicatorKind::mean) continue;
    out.series.push_back(funnel_of({data, figures, out.settings, s}));
  }
  return out;
}

}  // namespace kaskad
