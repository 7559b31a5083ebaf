#include "indicators/partners.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "engine/stats/regression.hpp"
#include "indicators/partner_parts.hpp"

namespace kaskad {
namespace {

std::vector<std::size_t> periods_of(const Frame& frame) {
  const auto is_wave = [](const Period& p) { return p.is_wave; };
  const bool waves = std::any_of(frame.periods.begin(), frame.periods.end(), is_wave);
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < frame.periods.size(); ++p) {
    if (frame.periods[p].is_wave == waves) out.push_back(p);
  }
  return out;
}

std::vector<PartnerLoad> loads_of(const std::vector<SchoolPair>& pairs) {
  std::map<SchoolId, PartnerLoad> by_school;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    PartnerLoad& load = by_school[pairs[p].strong];
    load.strong = pairs[p].strong;
    load.pairs.push_back(p);
  }
  std::vector<PartnerLoad> out;
  for (auto& [school, load] : by_school) out.push_back(std::move(load));
  return out;
}

/// Mean of one value a pair, clusters = strong schools.
Estimate mean_over(const Partners& partners, const std::vector<std::size_t>& pairs, const std::vector<double>& values) {
  if (values.empty()) return undefined(Undefined::no_data);
  std::vector<stats::CellRow> rows;
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    rows.push_back({{}, 1, values[i], 0, static_cast<int>(partners.pairs[pairs[i]].strong)});
    sum += values[i];
  }
  const Estimate clustered = stats::cr2_regression(rows, stats::FixedEffects::none).intercept.estimate;
  if (clustered.defined()) return clustered;
  return exactly(sum / static_cast<double>(values.size()), static_cast<std::int64_t>(values.size()));
}

/// Of the pairs for which `of` has a defined estimate.
template <class Of>
Estimate mean_of(const Partners& partners, const std::vector<std::size_t>& pairs, const Of& of) {
  std::vector<std::size_t> used;
  std::vector<double> values;
  for (const std::size_t p : pairs) {
    const Estimate& e = of(partners.pairs[p]);
    if (!e.defined()) continue;
    used.push_back(p);
    values.push_back(e.value);
  }
  return mean_over(partners, used, values);
}

/// Those with a change; all where none has.
std::vector<std::size_t> pairs_of_means(const Partners& partners, const std::vector<std::size_t>& pairs) {
  std::vector<std::size_t> out;
  const auto has_change = [&](std::size_t p) { return partners.pairs[p].change.defined(); };
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(out), has_change);
  return out.empty() ? pairs : out;
}

/// Of the same pairs in every period, unless none has a change.
Estimate mean_gap_in(const Partners& partners, const std::vector<std::size_t>& pairs, std::size_t period) {
  const auto gap_of = [&](const SchoolPair& p) -> const Estimate& { return p.gaps[period].gap; };
  const bool whole = std::all_of(pairs.begin(), pairs.end(), [&](std::size_t p) {
    return !partners.pairs[p].change.defined() || gap_of(partners.pairs[p]).defined();
  });
  return whole ? mean_of(partners, pairs, gap_of) : undefined(Undefined::no_data);
}

}  // namespace

GapTrend gap_trend(const Estimate& entry_gap, const Estimate& change) {
  if (!change.has_interval()) return GapTrend::undefined;
  if (entry_gap.shown_negative()) return GapTrend::weak_ahead;
  return change.shown_negative()   ? GapTrend::narrowed
         : change.shown_positive() ? GapTrend::widened
                                   : GapTrend::unproven;
}

Partners compare_partners(const Dataset& data, const Figures& figures, const std::vector<TaskedWork>& works,
                          const PartnerSettings& settings) {
  Partners out;
  out.settings = settings;
  if (data.partnerships.empty()) return out;
  out.periods = periods_of(figures.frame);
  out.work_series = partners::series_of_works(data, figures, settings);
  for (std::size_t p = 0; p < data.partnerships.size(); ++p) {
    const Partnership& given = data.partnerships[p];
    SchoolPair pair;
    pair.partnership = p, pair.weak = given.school, pair.strong = given.partner;
    partners::compare_works(data, figures, out, pair);
    partners::compare_tasks(figures, works, settings.false_discovery, pair);
    out.pairs.push_back(std::move(pair));
  }
  out.loads = loads_of(out.pairs);
  return out;
}

GapOfPairs gap_of_pairs(const Partners& partners, const std::vector<std::size_t>& pairs) {
  GapOfPairs out;
  const std::vector<std::size_t> of_means = pairs_of_means(partners, pairs);
  for (std::size_t t = 0; t < partners.periods.size(); ++t) out.gaps.push_back(mean_gap_in(partners, of_means, t));
  out.change = mean_of(partners, pairs, [](const SchoolPair& p) -> const Estimate& { return p.change; });
  for (const std::size_t p : pairs) ++out.trends[static_cast<std::size_t>(partners.pairs[p].trend)];
  return out;
}

}  // namespace kaskad
