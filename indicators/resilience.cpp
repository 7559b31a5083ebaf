#include "indicators/resilience.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/leave_one_out.hpp"
#include "engine/stats/shrinkage.hpp"

namespace kaskad {
namespace {

struct Ground {
  const Dataset& data;
  const Figures& figures;
  const SeriesFigures& series;
  const Indicator& indicator;
  const SocialIndex& index;
  const ResilienceSettings& settings;
};

const Basis& basis_of(const Ground& g, SchoolId school, std::size_t year) {
  return g.series.bases[school * g.data.vocabulary.years.size() + year];
}

/// Result and place in the index; the reason when the school cannot be compared.
ResilienceYear seen(const Ground& g, SchoolId school, std::size_t year, const IndexIdentification& time) {
  ResilienceYear out;
  const SchoolIndex& own = time.schools[school];
  out.result = withheld(g.figures, g.series, {school}, {g.data.vocabulary.years[year]},
                        estimate_of(g.indicator, basis_of(g, school, year), g.settings.minimum_n));
  out.index = own.value;
  out.group = own.group;
  out.reason = out.result.reason;
  const bool complete = std::all_of(own.good.begin(), own.good.end(), [](double v) { return std::isfinite(v); });
  const bool with_shares = g.settings.predictors == ResiliencePredictors::components;
  if (!own.group || (with_shares && !complete)) out.reason = Undefined::no_data;
  return out;
}

/// Components that weigh something; the others say nothing of the index.
std::vector<std::size_t> components_of(const Ground& g, const IndexIdentification& time) {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < g.index.settings.components.size(); ++c) {
    if (time.fit.weights[c] > 0) out.push_back(c);
  }
  return out;
}

stats::Matrix design_of(const Ground& g, const IndexIdentification& time, const std::vector<SchoolId>& schools) {
  const bool with_shares = g.settings.predictors == ResiliencePredictors::components;
  const std::vector<std::size_t> components = with_shares ? components_of(g, time) : std::vector<std::size_t>{};
  stats::Matrix design(schools.size(), 1 + (with_shares ? components.size() : 1), 1);
  for (std::size_t i = 0; i < schools.size(); ++i) {
    const SchoolIndex& own = time.schools[schools[i]];
    if (!with_shares) design(i, 1) = own.value;
    for (std::size_t c = 0; c < components.size(); ++c) design(i, 1 + c) = 100 * own.good[components[c]];
  }
  return design;
}

double sd_of(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) squares += (v - mean) * (v - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::vector<GroupMean> group_means(const Ground& g, const std::vector<ResilienceYear*>& schools) {
  std::vector<GroupMean> out(static_cast<std::size_t>(g.index.settings.groups));
  for (const ResilienceYear* school : schools) {
    GroupMean& group = out[static_cast<std::size_t>(*school->group)];
    group.mean = (group.schools == 0 ? 0 : group.mean) + school->result.value;
    ++group.schools;
  }
  for (GroupMean& group : out) {
    if (group.schools > 0) group.mean /= static_cast<double>(group.schools);
  }
  return out;
}

/// The schools' residuals drawn together as far as chance among their pupils makes them differ; left undefined where a
/// source gave no spread of the pupils.
void shrink(const Ground& g, const std::vector<SchoolId>& ids, std::size_t year, const stats::LeaveOneOut& fit,
            const std::vector<ResilienceYear*>& schools, ResilienceFit& out) {
  const double scale = scale_of(g.indicator);
  std::vector<stats::CountedMean> means;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Basis& basis = basis_of(g, ids[i], year);
    means.push_back({basis.n, schools[i]->result.value - fit.units[i].fitted, basis.squares * scale * scale});
  }
  const auto known = [](const stats::CountedMean& m) { return std::isfinite(m.squares); };
  if (!std::all_of(means.begin(), means.end(), known)) return;
  const stats::ShrunkenMeans shrunken = stats::shrink_means(means);
  if (shrunken.reason != Undefined::none) return;
  out.between = shrunken.between;
  for (std::size_t i = 0; i < ids.size(); ++i) schools[i]->shrunken = shrunken.schools[i].shrunken;
}

/// 1, or −1 where less is better.
double better(const Indicator& indicator) { return indicator.direction == Direction::down ? -1 : 1; }

void compare(const Ground& g, const ResilienceFit& fit, const stats::UnitLeftOut& left_out, ResilienceYear& school) {
  school.expected = left_out.expected;
  school.residual = left_out.residual;
  school.residual.n = school.result.n;
  school.above_group = school.result.value - fit.groups[static_cast<std::size_t>(*school.group)].mean;
  school.is_above = better(g.indicator) * school.above_group >= g.settings.margin * fit.sd;
}

/// All schools of a year; the fit's reason tells why there is no regression.
ResilienceFit fit_year(const Ground& g, std::size_t year, std::size_t time, std::vector<ResilienceYear>& all) {
  ResilienceFit out;
  out.year = g.data.vocabulary.years[year];
  out.time = time;
  std::vector<SchoolId> ids;
  std::vector<ResilienceYear*> schools;
  std::vector<double> results;
  for (SchoolId s = 0; s < all.size(); ++s) {
    all[s] = seen(g, s, year, g.index.times[time]);
    if (all[s].reason != Undefined::none) continue;
    ids.push_back(s);
    schools.push_back(&all[s]);
    results.push_back(all[s].result.value);
  }
  out.schools = static_cast<std::int64_t>(ids.size());
  out.reason = out.schools < g.settings.least_schools ? Undefined::too_few_clusters : Undefined::none;
  if (out.reason != Undefined::none) return out;
  const stats::LeaveOneOut fit = stats::leave_one_out(design_of(g, g.index.times[time], ids), results);
  out.reason = fit.reason;
  if (out.reason != Undefined::none) return out;
  out.coefficients = fit.coefficients;
  out.r_squared = fit.r_squared;
  out.sd = sd_of(results);
  out.groups = group_means(g, schools);
  shrink(g, ids, year, fit, schools, out);
  for (std::size_t i = 0; i < ids.size(); ++i) compare(g, out, fit.units[i], *schools[i]);
  return out;
}

ResilienceVerdict verdict_of(const Resilience& r, SchoolId school, bool less_is_better) {
  ResilienceVerdict out;
  const ResilienceYear& last = r.at(school, r.fits.size() - 1);
  for (std::size_t f = 0; f < r.fits.size(); ++f) {
    const bool judged = r.fits[f].reason == Undefined::none && r.at(school, f).reason == Undefined::none;
    out.judged += judged;
    out.above += judged && r.at(school, f).is_above;
  }
  const bool in_groups = last.group && *last.group < r.settings.lowest_groups;
  if (!in_groups || out.judged < r.settings.least_years) return out;
  out.resilient = out.above >= r.settings.least_years ? Answer::yes : Answer::no;
  const bool proven = less_is_better ? last.shrunken.shown_negative() : last.shrunken.shown_positive();
  out.base_site = out.resilient == Answer::yes && proven;
  return out;
}

/// Years with at least one result of a ranked school, the last `most` of them, with their identifications.
std::vector<std::pair<std::size_t, std::size_t>> years_of(const Ground& g) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t y = 0; y < g.data.vocabulary.years.size(); ++y) {
    const auto time = identification_of(g.index, g.data.vocabulary.years[y]);
    bool any = false;
    for (SchoolId s = 0; time && s < g.data.registry.schools.size() && !any; ++s)
      any = seen(g, s, y, g.index.times[*time]).reason == Undefined::none;
    if (any) out.emplace_back(y, *time);
  }
  const auto most = static_cast<std::size_t>(g.settings.years);
  if (out.size() > most) out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(most));
  return out;
}

}  // namespace

Resilience find_resilient(const Dataset& data, const Figures& figures, std::optional<std::size_t> series,
                          const SocialIndex& index, const ResilienceSettings& settings) {
  Resilience out;
  out.settings = settings;
  out.settings.minimum_n = std::max(settings.minimum_n, figures.minimum_n);
  out.series = series;
  if (!settings.on || !series || index.empty()) return out;
  const Ground g{data, figures, figures.series[*series], figures.indicator_of(*series), index, out.settings};
  out.schools = data.registry.schools.size();
  const auto years = years_of(g);
  out.years.resize(out.schools * years.size());
  for (std::size_t f = 0; f < years.size(); ++f) {
    std::vector<ResilienceYear> of_year(out.schools);
    out.fits.push_back(fit_year(g, years[f].first, years[f].second, of_year));
    for (std::size_t s = 0; s < out.schools; ++s) out.years[s * years.size() + f] = std::move(of_year[s]);
  }
  for (SchoolId s = 0; !out.fits.empty() && s < out.schools; ++s)
    out.verdicts.push_back(verdict_of(out, s, better(g.indicator) < 0));
  return out;
}

}  // namespace kaskad
