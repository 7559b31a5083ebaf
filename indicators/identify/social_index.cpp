#include "indicators/identify/social_index.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"
#include "engine/stats/dirichlet.hpp"
#include "indicators/identify/social_fit.hpp"

namespace kaskad {
namespace {

using identify::ShareTable;

/// Field −1: the project does not know it.
ShareTable shares_in(const Dataset& data, const std::vector<int>& fields, int year) {
  ShareTable out(data.registry.schools.size());
  for (SchoolId s = 0; s < out.size(); ++s) {
    for (const int field : fields) {
      const ContextValue* value = field < 0 ? nullptr : data.context.find(field, s, year);
      out[s].push_back(value == nullptr || value->n == 0 ? kNaN : value->sum / static_cast<double>(value->n));
    }
  }
  return out;
}

/// Every project year in which some component is known by year; else the last one, if any is known for all years.
std::vector<IndexTime> times_of(const Dataset& data, const SocialIndexSettings& settings,
                                const std::vector<int>& fields) {
  if (!settings.times.empty()) return settings.times;
  std::set<int> dated;
  bool undated = false;
  for (const auto& [key, value] : data.context.values) {
    if (std::find(fields.begin(), fields.end(), std::get<0>(key)) == fields.end()) continue;
    if (std::get<2>(key) == 0)
      undated = true;
    else
      dated.insert(std::get<2>(key));
  }
  if (dated.empty() && undated && !data.vocabulary.years.empty()) dated.insert(data.vocabulary.years.back());
  std::vector<IndexTime> out;
  for (const int year : dated) {
    const std::string name = std::to_string(year);
    out.push_back({year, {{"ru", name}, {"en", name}}, settings.decimals});
  }
  return out;
}

std::vector<SchoolOutcome> outcomes_in(const Dataset& data, const SchoolOutcomes& outcomes, int year) {
  const auto& years = data.vocabulary.years;
  const auto found = std::find(years.begin(), years.end(), year);
  std::vector<SchoolOutcome> out;
  if (outcomes.empty() || found == years.end()) return out;
  const auto y = static_cast<std::size_t>(found - years.begin());
  for (std::size_t s = 0; s < data.registry.schools.size(); ++s) out.push_back(outcomes[s * years.size() + y]);
  return out;
}

std::vector<double> values_of(const IndexIdentification& time) {
  std::vector<double> out;
  for (const SchoolIndex& school : time.schools) out.push_back(school.value);
  return out;
}

std::int64_t count_ties(std::vector<double> values) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double v) { return std::isnan(v); }), values.end());
  std::sort(values.begin(), values.end());
  std::int64_t tied = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool like_before = i > 0 && values[i] - values[i - 1] <= kSameValue;
    const bool like_next = i + 1 < values.size() && values[i + 1] - values[i] <= kSameValue;
    tied += like_before || like_next;
  }
  return tied;
}

void rank_schools(const ShareTable& shares, const SocialIndexSettings& settings, IndexIdentification& time) {
  for (const std::vector<double>& own : shares) {
    SchoolIndex school;
    school.shares = own;
    for (std::size_t c = 0; c < own.size(); ++c)
      school.good.push_back(identify::good_share(own[c], time.fit, settings.components[c], c));
    if (time.fit.reason == Undefined::none)
      school.value = identify::index_value(school.good, time.fit.weights, settings);
    const bool any = std::any_of(own.begin(), own.end(), [](double v) { return !std::isnan(v); });
    school.gap = !any ? IndexGap::no_context : std::isnan(school.value) ? IndexGap::missing_shares : IndexGap::none;
    time.ranked += school.gap == IndexGap::none;
    time.no_context += school.gap == IndexGap::no_context;
    time.missing_shares += school.gap == IndexGap::missing_shares;
    time.schools.push_back(std::move(school));
  }
  const std::vector<double> values = values_of(time);
  const auto groups = group_by_value(values, settings.groups, settings.cuts, settings.ties);
  for (std::size_t s = 0; s < groups.size(); ++s) time.schools[s].group = groups[s];
  time.groups = observed_intervals(values, groups, settings.groups);
  time.tied = count_ties(values);
}

/// The i-th random weights are a function of the seed, the identification and i.
void draw_weights(const SocialIndexSettings& settings, unsigned threads, IndexIdentification& time) {
  if (settings.draws <= 0 || time.ranked == 0) return;
  const auto draws = static_cast<std::size_t>(settings.draws);
  std::vector<std::vector<std::optional<int>>> groups(draws);
  parallel_for(draws, threads, [&](std::size_t d) {
    RandomStream random(settings.seed, static_cast<std::uint64_t>(time.time.year) << 32 | d);
    const auto weights = stats::dirichlet_draw(random, time.fit.weights, settings.concentration);
    std::vector<double> values;
    for (const SchoolIndex& school : time.schools) {
      const bool ranked = school.gap == IndexGap::none;
      values.push_back(ranked ? identify::index_value(school.good, weights, settings) : kNaN);
    }
    groups[d] = group_by_value(values, settings.groups, settings.cuts, settings.ties);
  });
  for (std::size_t s = 0; s < time.schools.size(); ++s) {
    SchoolIndex& school = time.schools[s];
    if (!school.group) continue;
    const auto same =
        std::count_if(groups.begin(), groups.end(), [&](const auto& drawn) { return drawn[s] == school.group; });
    school.stays = static_cast<double>(same) / static_cast<double>(draws);
  }
}

std::vector<DriftRow> drift_of(const SocialIndex& index) {
  std::vector<DriftRow> out(static_cast<std::size_t>(index.settings.groups));
  for (std::size_t g = 0; g < out.size(); ++g) {
    for (const IndexIdentification& time : index.times) out[g].at.push_back(time.groups[g]);
  }
  for (std::size_t t = 0; t < index.times.size(); ++t) {
    if (index.times[t].ranked == 0) continue;
    out.front().at[t].lo = index.settings.low_end;
    out.back().at[t].hi = index.settings.high_end;
  }
  return out;
}

Transition transition_between(const SocialIndex& index, std::size_t from, std::size_t to) {
  const auto groups = static_cast<std::size_t>(index.settings.groups);
  Transition out{from, to, std::vector(groups, std::vector<std::int64_t>(groups, 0)), 0, 0};
  for (std::size_t s = 0; s < index.times[from].schools.size(); ++s) {
    const auto& before = index.times[from].schools[s].group;
    const auto& after = index.times[to].schools[s].group;
    if (before && after) ++out.counts[static_cast<std::size_t>(*before)][static_cast<std::size_t>(*after)];
    out.appeared += !before && after;
    out.gone += before && !after;
  }
  return out;
}

/// Which identification gives the weights and extremes of the t-th.
std::size_t source_of_fit(FitTo fit, std::size_t t, std::size_t times) {
  if (fit == FitTo::each) return t;
  return fit == FitTo::first ? 0 : times - 1;
}

}  // namespace

std::optional<std::size_t> identification_of(const SocialIndex& index, int year) {
  std::optional<std::size_t> found;
  for (std::size_t t = 0; t < index.times.size(); ++t) {
    if (index.times[t].time.year <= year) found = t;
  }
  return found;
}

SocialIndex make_social_index(const Dataset& data, const SocialIndexSettings& settings, const SchoolOutcomes& outcomes,
                              unsigned threads) {
  SocialIndex index;
  index.settings = settings;
  if (!settings.on) return index;
  for (const IndexComponent& component : settings.components)
    index.fields.push_back(data.context.field(component.field).value_or(-1));
  const std::vector<IndexTime> times = times_of(data, settings, index.fields);
  std::vector<ShareTable> shares;
  std::vector<IndexFit> fits;
  for (const IndexTime& time : times) {
    shares.push_back(shares_in(data, index.fields, time.year));
    fits.push_back(identify::fit_index(shares.back(), settings, time.year, outcomes_in(data, outcomes, time.year)));
  }
  for (std::size_t t = 0; t < times.size(); ++t) {
    IndexIdentification time;
    time.time = times[t];
    time.fit = fits[source_of_fit(settings.fit, t, times.size())];
    rank_schools(shares[t], settings, time);
    draw_weights(settings, threads, time);
    index.times.push_back(std::move(time));
  }
  const bool any = std::any_of(index.times.begin(), index.times.end(), [](const auto& t) { return t.ranked > 0; });
  if (!any) index.times.clear();
  index.drift = drift_of(index);
  for (std::size_t t = 1; t < index.times.size(); ++t) index.transitions.push_back(transition_between(index, t - 1, t));
  return index;
}

}  // namespace kaskad
