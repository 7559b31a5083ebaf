#include "indicators/school_ranks.hpp"

#include <algorithm>
#include <cmath>

namespace kaskad {
namespace {

struct Ground {
  const Dataset& data;
  const Figures& figures;
  const RankSettings& settings;
  std::size_t series;
  std::size_t year;  ///< Into the project's years.

  const Indicator& indicator() const { return figures.indicator_of(series); }
  const Basis& basis(SchoolId school) const {
    return figures.series[series].bases[school * data.vocabulary.years.size() + year];
  }
};

/// Why a school with a result has no place all the same: a mean needs a spread of its own.
Undefined obstacle(const Indicator& indicator, const Basis& basis, const Estimate& value) {
  if (!value.defined()) return value.reason;
  if (indicator.kind == IndicatorKind::share) return Undefined::none;
  if (std::isnan(basis.variance())) return basis.n < 2 ? Undefined::too_few : Undefined::no_distribution;
  return basis.variance() > 0 ? Undefined::none : Undefined::no_variation;
}

template <class Values>
std::vector<stats::RankRange> places(const Values& values, const RankSettings& settings) {
  return settings.method == RankMethod::pairs
             ? stats::ranks_by_pairs(values, settings.level)
             : stats::ranks_by_intervals(stats::joint_intervals(values, settings.level));
}

std::vector<stats::RankRange> places_of(const Ground& g, const std::vector<SchoolId>& schools) {
  if (g.indicator().kind == IndicatorKind::share) {
    std::vector<stats::CountedShare> shares;
    for (const SchoolId s : schools) shares.push_back({std::llround(g.basis(s).sum), g.basis(s).n});
    return places(shares, g.settings);
  }
  std::vector<stats::Sample> means;
  for (const SchoolId s : schools) means.push_back({g.basis(s).n, g.basis(s).mean(), g.basis(s).variance()});
  return places(means, g.settings);
}

/// Where less is better, the first place is the lowest value's.
stats::RankRange from_the_best(const Indicator& indicator, stats::RankRange place, std::int64_t ranked) {
  if (indicator.direction != Direction::down) return place;
  return {ranked + 1 - place.last, ranked + 1 - place.first};
}

void put_places(const Ground& g, RankList& list) {
  std::vector<SchoolId> ranked;
  for (const PlacedSchool& s : list.schools) {
    if (s.reason == Undefined::none) ranked.push_back(s.school);
  }
  list.ranked = static_cast<std::int64_t>(ranked.size());
  const std::vector<stats::RankRange> found = places_of(g, ranked);
  std::size_t next = 0;
  for (PlacedSchool& s : list.schools) {
    if (s.reason != Undefined::none) continue;
    s.place = from_the_best(g.indicator(), found[next++], list.ranked);
    list.maybe_first += s.place->first == 1 ? 1 : 0;
    list.maybe_last += s.place->last == list.ranked ? 1 : 0;
  }
}

RankList rank_list(const Ground& g, const std::vector<SchoolId>& members, std::optional<std::size_t> municipality) {
  RankList list{g.series, g.data.vocabulary.years[g.year], municipality, {}, 0, 0, 0};
  std::int64_t with_result = 0;
  for (const SchoolId s : members) {
    const Estimate value = withheld(g.figures, g.figures.series[g.series], {s}, {g.data.vocabulary.years[g.year]},
                                    estimate_of(g.indicator(), g.basis(s), g.settings.minimum_n));
    if (value.reason == Undefined::no_data) continue;
    list.schools.push_back({s, value, obstacle(g.indicator(), g.basis(s), value), std::nullopt});
    with_result += list.schools.back().reason == Undefined::none ? 1 : 0;
  }
  if (with_result >= 2) {
    put_places(g, list);
    return list;
  }
  for (PlacedSchool& s : list.schools) {
    if (s.reason == Undefined::none) s.reason = Undefined::too_few_clusters;
  }
  return list;
}

void add_lists(const Ground& g, std::vector<RankList>& out) {
  const Frame& frame = g.figures.frame;
  for (std::size_t e = 0; e < frame.entities.size(); ++e) {
    const Entity& entity = frame.entities[e];
    if (entity.kind == EntityKind::region && g.settings.ranks_within(RankScope::region))
      out.push_back(rank_list(g, frame.members[e], std::nullopt));
    if (entity.kind == EntityKind::municipality && g.settings.ranks_within(RankScope::municipality))
      out.push_back(rank_list(g, frame.members[e], entity.index));
  }
}

}  // namespace

bool RankSettings::withholds(std::string_view procedure) const {
  const auto names = [&](const std::vector<std::string>& ids) {
    return std::find(ids.begin(), ids.end(), procedure) != ids.end();
  };
  return names(withheld) && !names(allowed);
}

bool RankSettings::ranks_within(RankScope scope) const {
  return std::find(within.begin(), within.end(), scope) != within.end();
}

bool can_be_ranked(const Indicator& indicator) {
  return indicator.kind == IndicatorKind::share || indicator.kind == IndicatorKind::mean;
}

const PlacedSchool* RankList::find(SchoolId school) const {
  const auto found = std::lower_bound(schools.begin(), schools.end(), school,
                                      [](const PlacedSchool& s, SchoolId id) { return s.school < id; });
  return found == schools.end() || found->school != school ? nullptr : &*found;
}

SchoolRanks rank_schools(const Dataset& data, const Figures& figures, const std::vector<std::size_t>& series,
                         const RankSettings& settings) {
  SchoolRanks out{settings, {}};
  out.settings.minimum_n = std::max(settings.minimum_n, figures.minimum_n);
  if (!settings.show) return out;
  for (const std::size_t s : series) {
    const auto year = last_year_with_results(data, figures.series[s]);
    if (year && can_be_ranked(figures.indicator_of(s))) add_lists({data, figures, out.settings, s, *year}, out.lists);
  }
  return out;
}

}  // namespace kaskad
