#include "indicators/partners.hpp"

#include <algorithm>
#include <map>

#include "engine/stats/regression.hpp"
#include "indicators/partner_gaps.hpp"
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
  for (std::size_t t = 0; t < partners.periods.size(); ++t)
    out.gaps.push_back(mean_of(partners, pairs, [&](const SchoolPair& p) -> const Estimate& { return p.gaps[t].gap; }));
  out.change = mean_of(partners, pairs, [](const SchoolPair& p) -> const Estimate& { return p.change; });
  for (const std::size_t p : pairs) ++out.trends[static_cast<std::size_t>(partners.pairs[p].trend)];
  return out;
}

std::vector<Estimate> mean_comparable_gaps(const Partners& partners, const Figures& figures,
                                           const std::vector<std::size_t>& pairs) {
  std::vector<std::vector<Estimate>> gaps;
  for (const std::size_t p : pairs) gaps.push_back(comparable_gaps(figures, partners.pairs[p]));
  const bool one = partners.periods.size() == 1;
  std::vector<Estimate> out;
  for (std::size_t t = 0; t < partners.periods.size(); ++t) {
    std::vector<std::size_t> used;
    std::vector<double> values;
    bool whole = true;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const bool counts = one || partners.pairs[pairs[i]].change.defined();
      whole = whole && (!counts || gaps[i][t].defined());
      if (!counts || !gaps[i][t].defined()) continue;
      used.push_back(pairs[i]);
      values.push_back(gaps[i][t].value);
    }
    out.push_back(whole || one ? mean_over(partners, used, values) : undefined(Undefined::not_comparable));
  }
  return out;
}

}  // namespace kaskad
