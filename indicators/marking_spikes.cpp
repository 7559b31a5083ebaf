// Spikes of scores at the borders of marks.
#include <algorithm>

#include "indicators/marking_parts.hpp"

namespace kaskad::marking {
namespace {

using stats::BorderSpike;
using stats::SpikeTest;

constexpr std::size_t kBorders = 3;  ///< Under the marks 3, 4 and 5.
constexpr int kLowestUpper = 3;

bool same_scale(const Scale& a, const Scale& b) { return a.maximum == b.maximum && a.marks == b.marks; }

/// The project's years counted together with `year`, itself among them: those whose scale is the same.
std::vector<int> counted_years(const Ground& g, int year, const MarkedWork& work) {
  std::vector<int> out;
  const Scale scale = g.scale(year, work);
  for (const int y : g.data.vocabulary.years) {
    if (y <= year && y > year - g.settings().spike_years && same_scale(g.scale(y, work), scale)) out.push_back(y);
  }
  return out;
}

/// Pupils by score from 0 to the maximum; empty when nobody took part in the year itself, or some came as a summary.
std::vector<std::int64_t> counts_of(const Ground& g, SchoolId school, int year, const MarkedWork& work) {
  const Scale scale = g.scale(year, work);
  if (!scale.maximum || !scale.marks || g.tally(school, year, work, Outcome::primary).n() == 0) return {};
  std::vector<std::int64_t> out(static_cast<std::size_t>(*scale.maximum) + 1);
  for (const int y : counted_years(g, year, work)) {
    const Tally tally = g.tally(school, y, work, Outcome::primary);
    if (!tally.has_distribution()) return {};
    for (std::size_t i = 0; i < tally.counts().size(); ++i) {
      const int score = tally.lo() + static_cast<int>(i);
      if (score >= 0 && score <= *scale.maximum) out[static_cast<std::size_t>(score)] += tally.counts()[i];
    }
  }
  return out;
}

std::int64_t pupils(const std::vector<std::int64_t>& counts) {
  std::int64_t n = 0;
  for (const std::int64_t c : counts) n += c;
  return n;
}

std::array<BorderSpike, kBorders> spikes_of(const Ground& g, int year, const MarkedWork& work,
                                            const std::vector<std::int64_t>& counts) {
  std::array<BorderSpike, kBorders> out;
  if (counts.empty() || pupils(counts) < g.settings().minimum_n) return out;
  const Scale scale = g.scale(year, work);
  for (std::size_t b = 0; b < kBorders; ++b) out[b] = border_spike(counts, (*scale.marks)[b], g.settings().spike);
  return out;
}

MarkingFact fact_of(const Ground& g, SchoolId school, std::size_t year, std::optional<std::size_t> work,
                    std::size_t border, const SpikeTest& test) {
  MarkingFact fact;
  fact.school = school;
  fact.year = year;
  fact.work = work;
  fact.kind = SignKind::spike;
  fact.mark = kLowestUpper + static_cast<int>(border);
  fact.spike = test;
  fact.own = exactly(test.odds_ratio, test.above + test.below);
  if (test.z >= g.settings().spike_z && test.odds_ratio >= g.settings().spike_odds) fact.side = SignSide::high;
  return fact;
}

void judge_school(const Ground& g, SchoolId school, std::size_t year, std::vector<MarkingFact>& out) {
  std::array<std::vector<BorderSpike>, kBorders> all;
  for (std::size_t w = 0; w < g.signs.works.size(); ++w) {
    const MarkedWork& work = g.signs.works[w];
    const auto spikes = spikes_of(g, g.signs.years[year], work, counts_of(g, school, g.signs.years[year], work));
    for (std::size_t b = 0; b < kBorders; ++b) {
      if (spikes[b].reason != Undefined::none) continue;
      all[b].push_back(spikes[b]);
      out.push_back(fact_of(g, school, year, w, b, stats::test_spikes({spikes[b]})));
    }
  }
  for (std::size_t b = 0; b < kBorders; ++b) {
    if (!all[b].empty()) out.push_back(fact_of(g, school, year, std::nullopt, b, stats::test_spikes(all[b])));
  }
}

void add(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& counts) {
  if (sum.empty())
    sum = counts;
  else
    for (std::size_t i = 0; i < counts.size(); ++i) sum[i] += counts[i];
}

}  // namespace

void border_spikes(const Ground& g, std::size_t year, std::vector<MarkingFact>& out) {
  for (SchoolId s = 0; s < g.signs.schools; ++s) judge_school(g, s, year, out);
}

std::vector<RegionSpike> region_spikes(const Ground& g, std::size_t year) {
  std::vector<RegionSpike> out;
  for (std::size_t w = 0; w < g.signs.works.size(); ++w) {
    std::vector<std::int64_t> sum;
    for (SchoolId s = 0; s < g.signs.schools; ++s) {
      const auto counts = counts_of(g, s, g.signs.years[year], g.signs.works[w]);
      if (!counts.empty()) add(sum, counts);
    }
    const auto spikes = spikes_of(g, g.signs.years[year], g.signs.works[w], sum);
    for (std::size_t b = 0; b < kBorders; ++b) {
      if (spikes[b].reason != Undefined::none) continue;
      out.push_back({year, w, kLowestUpper + static_cast<int>(b), stats::test_spikes({spikes[b]})});
    }
  }
  return out;
}

}  // namespace kaskad::marking
