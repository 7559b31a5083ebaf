#include "indicators/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/stats/intervals.hpp"
#include "engine/stats/scale_ends.hpp"
#include "engine/stats/spread.hpp"
#include "indicators/comparison.hpp"
#include "indicators/ends.hpp"
#include "indicators/withheld.hpp"

namespace kaskad {
namespace {

void multiply(Estimate& e, double factor) {
  for (double* part : {&e.value, &e.se, &e.lo, &e.hi}) *part *= factor;
}

Estimate share_estimate(const Basis& b) { return stats::wilson(std::llround(b.sum), b.n); }
/// Student's interval, cut where the scale ends.
Estimate mean_estimate(const Basis& b) {
  Estimate e = stats::student_mean(b.n, b.mean(), b.variance());
  stats::cut(e, {b.least, b.most});
  return e;
}
Estimate sd_estimate(const Basis& b) {
  const double variance = b.variance();
  return std::isnan(variance) ? undefined(Undefined::no_distribution, b.n) : exactly(std::sqrt(variance), b.n);
}
Estimate rate_estimate(const Basis& b) {
  Estimate e = stats::poisson_rate(std::llround(b.sum), b.exposure, 100);
  e.n = std::llround(b.exposure);
  return e;
}

bool over_schools(IndicatorKind kind) { return kind == IndicatorKind::gap || kind == IndicatorKind::spread; }

struct Work {
  const Dataset& data;
  const Figures& figures;

  std::vector<SchoolId> members(std::size_t entity) const { return figures.frame.members[entity]; }

  Estimate between_schools(const SeriesFigures& s, const Indicator& indicator, std::size_t entity,
                           const Period& period) const {
    if (figures.frame.entities[entity].kind != EntityKind::region) return undefined(Undefined::no_data);
    std::vector<stats::SchoolValue> schools;
    const std::int64_t least = std::max(figures.minimum_n, indicator.minimum_n);
    bool any_small = false;
    for (const SchoolId school : members(entity)) {
      const Basis b = pool(s, data.vocabulary.years, {school}, period);
      if (b.reason != Undefined::none) continue;
      any_small = any_small || b.pupils < least;
      if (b.pupils >= least) schools.push_back({b.mean(), b.n});
    }
    if (schools.empty() && any_small) return undefined(Undefined::too_few);
    return indicator.kind == IndicatorKind::gap ? stats::gap_of_tenths(schools).ratio
                                                : stats::spread_of_schools(schools).sd;
  }

  Estimate figure(const SeriesFigures& s, const Indicator& indicator, std::size_t entity, const Period& period) const {
    if (over_schools(indicator.kind)) return between_schools(s, indicator, entity, period);
    return printed(figures, s, data.vocabulary.years, members(entity), period);
  }

  Estimate change(const SeriesFigures& s, const Indicator& indicator, std::size_t entity, const Period& from,
                  const Period& to) const {
    if (over_schools(indicator.kind)) return undefined(Undefined::no_method);
    if (scale_changed(s.series, data.vocabulary.years, from.years, to.years))
      return undefined(Undefined::not_comparable);
    return change_between(figures, s, data.vocabulary.years, members(entity), from, to);
  }
};

void fill(SeriesFigures& s, const Work& work) {
  const Frame& frame = work.figures.frame;
  const Indicator& indicator = work.figures.indicators[s.series.indicator];
  for (std::size_t e = 0; e < frame.entities.size(); ++e) {
    for (const Period& period : frame.periods) s.estimates.push_back(work.figure(s, indicator, e, period));
  }
  const auto entry = frame.find_wave(WaveRole::entry), last = frame.find_wave(WaveRole::final);
  if (!entry || !last) return;
  for (std::size_t e = 0; e < frame.entities.size(); ++e) {
    s.change.push_back(work.change(s, indicator, e, frame.periods[*entry], frame.periods[*last]));
  }
}

/// The values of shares and means between the ends of their scale; nobody's for other kinds.
OnScale on_scale(const Indicator& indicator, const Basis& b) {
  const auto n = static_cast<double>(b.n);
  if (indicator.kind == IndicatorKind::share) return {n, b.sum, 0, 1};
  return indicator.kind == IndicatorKind::mean ? OnScale{n, b.sum, b.least, b.most} : OnScale{};
}

SeriesCells cells_of(const Indicator& indicator, const SeriesFigures& s) {
  SeriesCells out;
  Basis all;
  for (const Basis& b : s.bases) {
    const bool known = b.reason == Undefined::none;
    if (indicator.kind == IndicatorKind::rate) out.exposures.push_back(b.exposure);
    out.ends.push_back(known ? ends_of(on_scale(indicator, b)) : 0);
    if (known) all.add(b);
  }
  out.news = news_of(on_scale(indicator, all));
  return out;
}

/// Bases first: the decisions on publication rest on them, and the figures on the decisions.
void decide_publication(const Dataset& data, const CubeIndex& index, const FigureOptions& options, Figures& figures) {
  std::vector<Series> series;
  std::vector<SeriesCells> cells;
  for (const SeriesFigures& s : figures.series) {
    series.push_back(s.series);
    cells.push_back(cells_of(figures.indicators[s.series.indicator], s));
  }
  figures.publications = Publications(data, index, figures.frame, figures.indicators, series, cells,
                                      {options.minimum_n, options.complementary}, options.threads);
  for (std::size_t i = 0; i < series.size(); ++i) figures.series[i].line = figures.publications.line_of(i);
}

}  // namespace

double scale_of(const Indicator& indicator) {
  return indicator.kind == IndicatorKind::share && indicator.unit == IndicatorUnit::percent ? 100 : 1;
}

Basis pool(const SeriesFigures& figures, const std::vector<int>& all_years, const std::vector<SchoolId>& schools,
           const std::vector<int>& years) {
  Basis out;
  for (const SchoolId school : schools) {
    for (const int year : years) {
      const auto y =
          static_cast<std::size_t>(std::lower_bound(all_years.begin(), all_years.end(), year) - all_years.begin());
      out.add(figures.bases[school * all_years.size() + y]);
    }
  }
  return out;
}

Basis pool(const SeriesFigures& figures, const std::vector<int>& all_years, const std::vector<SchoolId>& schools,
           const Period& period) {
  return period.holds(figures.series.procedure) ? pool(figures, all_years, schools, period.years) : Basis{};
}

Estimate estimate_of(const Indicator& indicator, const Basis& basis, std::int64_t minimum_n) {
  const bool is_rate = indicator.kind == IndicatorKind::rate;
  const std::int64_t n = is_rate ? std::llround(basis.exposure) : basis.n;
  if (basis.reason != Undefined::none) return undefined(basis.reason, n);
  if (n == 0) return undefined(Undefined::no_data);
  if ((is_rate ? n : basis.pupils) < std::max(minimum_n, indicator.minimum_n)) return undefined(Undefined::too_few, n);
  using Method = Estimate (*)(const Basis&);
  static constexpr std::array<Method, 4> methods = {share_estimate, mean_estimate, sd_estimate, rate_estimate};
  Estimate e = methods.at(static_cast<std::size_t>(indicator.kind))(basis);
  if (e.defined()) multiply(e, scale_of(indicator));
  return e;
}

Estimate withheld(const Figures& figures, const SeriesFigures& series, const std::vector<SchoolId>& schools,
                  const std::vector<int>& years, const Estimate& e) {
  return unless(figures.publications.withheld(series.line, schools, years), e);
}

Estimate printed(const Figures& figures, const SeriesFigures& series, const std::vector<int>& all_years,
                 const std::vector<SchoolId>& schools, const std::vector<int>& years) {
  const Estimate e = estimate_of(figures.indicators[series.series.indicator], pool(series, all_years, schools, years),
                                 figures.minimum_n);
  return withheld(figures, series, schools, years, e);
}

Estimate printed(const Figures& figures, const SeriesFigures& series, const std::vector<int>& all_years,
                 const std::vector<SchoolId>& schools, const Period& period) {
  return period.holds(series.series.procedure) ? printed(figures, series, all_years, schools, period.years)
                                               : undefined(Undefined::no_data);
}

bool scale_changed(const Series& series, const std::vector<int>& all_years, const std::vector<int>& from,
                   const std::vector<int>& to) {
  if (from.empty() || to.empty()) return false;
  const int first = std::min(from.front(), to.front()), last = std::max(from.back(), to.back());
  for (std::size_t y = 0; y < all_years.size(); ++y) {
    if (all_years[y] > first && all_years[y] <= last && series.break_before[y]) return true;
  }
  return false;
}

Figures make_figures(const Dataset& data, std::vector<Indicator> indicators, const FigureOptions& options) {
  Figures figures;
  figures.frame = make_frame(data, options.waves);
  figures.indicators = std::move(indicators);
  figures.minimum_n = options.minimum_n;
  for (Series& s : find_series(data, figures.indicators)) figures.series.push_back({std::move(s), {}, {}, {}, {}});
  const CubeIndex index(data.cube);
  parallel_for(figures.series.size(), options.threads, [&](std::size_t i) {
    SeriesFigures& s = figures.series[i];
    s.bases = school_years(data, index, figures.indicators[s.series.indicator], s.series);
  });
  decide_publication(data, index, options, figures);
  const Work work{data, figures};
  parallel_for(figures.series.size(), options.threads, [&](std::size_t i) { fill(figures.series[i], work); });
  return figures;
}

std::optional<std::size_t> last_year_with_results(const Dataset& data, const SeriesFigures& series) {
  const std::size_t years = data.vocabulary.years.size();
  for (std::size_t y = years; y-- > 0;) {
    for (SchoolId s = 0; s < data.registry.schools.size(); ++s) {
      const Basis& basis = series.bases[s * years + y];
      if (basis.reason == Undefined::none && basis.n > 0) return y;
    }
  }
  return std::nullopt;
}

}  // namespace kaskad
