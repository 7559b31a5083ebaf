// Rules on scores: the inflated mean, and the jump between a grade and the next one a year later.
#include <algorithm>
#include <cmath>

#include "engine/stats/spread.hpp"
#include "indicators/marking_parts.hpp"

namespace kaskad::marking {
namespace {

/// x̄ with the interval x̄ ± z·s/√n; undefined without a variance.
Estimate mean_with_interval(const Tally& tally, double z) {
  const Moments m = moments(tally);
  if (m.reason != Undefined::none) return undefined(m.reason, m.n);
  if (!(m.variance() >= 0)) return undefined(Undefined::no_distribution, m.n);
  Estimate e = exactly(m.mean, m.n);
  e.se = std::sqrt(m.variance() / static_cast<double>(m.n));
  e.lo = m.mean - z * e.se;
  e.hi = m.mean + z * e.se;
  return e;
}

/// Mean score as a share of the maximum; NaN for too few pupils or an unknown maximum.
struct Level {
  std::int64_t n = 0;
  double share = kNaN;
};

Level level_of(const Ground& g, SchoolId school, int year, const MarkedWork& work) {
  const Tally tally = g.tally(school, year, work, Outcome::primary);
  const std::optional<int> maximum = g.scale(year, work).maximum;
  const Measured m = mean(tally);
  if (tally.n() < g.settings().minimum_n || !maximum || *maximum <= 0 || !m.defined()) return {};
  return {tally.n(), m.value / *maximum};
}

struct Ratio {
  SchoolId school = 0;
  std::int64_t n = 0;
  double k = kNaN;
};

/// K of every school with both results, the second above 0.
std::vector<Ratio> ratios(const Ground& g, int year, const MarkedWork& before, const MarkedWork& after) {
  std::vector<Ratio> out;
  for (SchoolId s = 0; s < g.signs.schools; ++s) {
    const Level first = level_of(g, s, year - 1, before), second = level_of(g, s, year, after);
    if (std::isfinite(first.share) && second.share > 0)
      out.push_back({s, std::min(first.n, second.n), first.share / second.share});
  }
  return out;
}

/// Median of the schools' K with the fences; undefined with too few schools or without spread.
Estimate fences(const std::vector<Ratio>& ratios, const MarkingSettings& settings) {
  std::vector<double> ks;
  for (const Ratio& r : ratios) ks.push_back(r.k);
  std::sort(ks.begin(), ks.end());
  const auto n = static_cast<std::int64_t>(ks.size());
  if (n < settings.jump_schools) return undefined(Undefined::too_few_clusters, n);
  const double p25 = stats::quantile7(ks, 0.25), p75 = stats::quantile7(ks, 0.75);
  if (!(p75 > p25)) return undefined(Undefined::no_variation, n);
  Estimate e = exactly(stats::quantile7(ks, 0.5), n);
  e.lo = p25 - settings.jump_fences * (p75 - p25);
  e.hi = p75 + settings.jump_fences * (p75 - p25);
  return e;
}

SignSide beyond(double k, const Estimate& fences) {
  if (k > fences.hi) return SignSide::high;
  return k < fences.lo ? SignSide::low : SignSide::none;
}

std::optional<MarkedWork> a_year_before(const Ground& g, const MarkedWork& work) {
  MarkedWork before = work;
  --before.grade;
  const auto& works = g.signs.works;
  return std::find(works.begin(), works.end(), before) == works.end() ? std::nullopt : std::optional(before);
}

}  // namespace

void inflated_means(const Ground& g, std::size_t year, std::vector<MarkingFact>& out) {
  for (std::size_t w = 0; w < g.signs.works.size(); ++w) {
    std::vector<Tally> tallies;
    Tally all;
    for (SchoolId s = 0; s < g.signs.schools; ++s) {
      tallies.push_back(g.tally(s, g.signs.years[year], g.signs.works[w], Outcome::primary));
      all.add(tallies.back());
    }
    const Estimate region = mean_with_interval(all, g.settings().mean_z);
    for (SchoolId s = 0; s < g.signs.schools; ++s) {
      if (tallies[s].n() < g.settings().minimum_n) continue;
      const Estimate own = mean_with_interval(tallies[s], g.settings().mean_z);
      if (!own.defined() || !region.defined()) continue;
      out.push_back(
          {s, year, w, SignKind::mean, own.lo > region.hi ? SignSide::high : SignSide::none, 0, own, region, {}});
    }
  }
}

void jumps(const Ground& g, std::size_t year, std::vector<MarkingFact>& out) {
  for (std::size_t w = 0; w < g.signs.works.size(); ++w) {
    const auto before = a_year_before(g, g.signs.works[w]);
    if (!before) continue;
    const std::vector<Ratio> all = ratios(g, g.signs.years[year], *before, g.signs.works[w]);
    const Estimate region = fences(all, g.settings());
    if (!region.defined()) continue;
    for (const Ratio& r : all)
      out.push_back({r.school, year, w, SignKind::jump, beyond(r.k, region), 0, exactly(r.k, r.n), region, {}});
  }
}

}  // namespace kaskad::marking
