#include "indicators/pooled.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"

namespace kaskad {
namespace {

/// One series and the waves between which it changes.
struct Setting {
  const Figures& figures;
  std::size_t series;
  const std::vector<int>& all_years;
  const Period& entry;
  const Period& final;

  bool has(SchoolId school, const Period& period) const {
    const Basis b = pool(figures.series[series], all_years, {school}, period);
    return b.reason == Undefined::none && b.n > 0;
  }
};

std::vector<SchoolId> of_role(const Frame& frame, std::size_t entity, Role role) {
  std::vector<SchoolId> out;
  for (const SchoolId school : frame.members[entity]) {
    if (frame.group_of[school] == role) out.push_back(school);
  }
  return out;
}

std::int64_t seen_twice(const Setting& s, const std::vector<SchoolId>& schools) {
  return std::count_if(schools.begin(), schools.end(),
                       [&](SchoolId school) { return s.has(school, s.entry) && s.has(school, s.final); });
}

MunicipalEffect effect_in(const Setting& s, std::size_t entity) {
  const Frame& frame = s.figures.frame;
  const auto focus = of_role(frame, entity, Role::focus), control = of_role(frame, entity, Role::control);
  MunicipalEffect out;
  out.entity = entity;
  out.focus_schools = seen_twice(s, focus);
  out.control_schools = seen_twice(s, control);
  out.effect = std::min(out.focus_schools, out.control_schools) < kSchoolsToCompare
                   ? undefined(Undefined::too_few_clusters)
                   : change_apart(s.figures, s.series, s.all_years, focus, control, s.entry, s.final).effect;
  return out;
}

bool can_be_pooled(const MunicipalEffect& part) {
  return part.effect.defined() && !part.effect.rests_on_few() && part.effect.se > 0;
}

void pool_parts(PooledEffect& out) {
  std::vector<stats::PooledInput> inputs;
  for (const MunicipalEffect& part : out.parts) {
    if (can_be_pooled(part)) inputs.push_back({part.effect.value, part.effect.se});
  }
  out.pooled = stats::pool(inputs);
  auto pooled = out.pooled.parts.begin();
  for (MunicipalEffect& part : out.parts) {
    if (can_be_pooled(part) && pooled != out.pooled.parts.end()) part.weight = (pooled++)->weight;
  }
}

PooledEffect pooled_of(const Setting& s, const std::vector<std::size_t>& municipalities) {
  PooledEffect out;
  out.series = s.series;
  for (const std::size_t entity : municipalities) {
    MunicipalEffect part = effect_in(s, entity);
    if (part.focus_schools + part.control_schools > 0) out.parts.push_back(std::move(part));
  }
  pool_parts(out);
  return out;
}

std::vector<std::size_t> municipalities_of(const Frame& frame) {
  std::vector<std::size_t> out;
  for (std::size_t e = 0; e < frame.entities.size(); ++e) {
    if (frame.entities[e].kind == EntityKind::municipality) out.push_back(e);
  }
  return out;
}

bool changes_from_entry_to_final(const Figures& figures, const SeriesComparison& c) {
  return std::any_of(c.changes.begin(), c.changes.end(),
                     [&](const ChangeComparison& x) { return figures.frame.is_whole_course(x.from, x.to); });
}

}  // namespace

std::vector<PooledEffect> pool_municipalities(const Figures& figures, const std::vector<int>& all_years,
                                              const std::vector<SeriesComparison>& comparisons, unsigned threads) {
  const Frame& frame = figures.frame;
  const auto entry = frame.find_wave(WaveRole::entry), last = frame.find_wave(WaveRole::final);
  const std::vector<std::size_t> municipalities = municipalities_of(frame);
  if (!entry || !last || municipalities.size() < 2) return {};
  std::vector<std::size_t> series;
  for (const SeriesComparison& c : comparisons) {
    if (changes_from_entry_to_final(figures, c)) series.push_back(c.series);
  }
  std::vector<PooledEffect> out(series.size());
  parallel_for(series.size(), threads, [&](std::size_t i) {
    out[i] = pooled_of({figures, series[i], all_years, frame.periods[*entry], frame.periods[*last]}, municipalities);
  });
  return out;
}

}  // namespace kaskad
