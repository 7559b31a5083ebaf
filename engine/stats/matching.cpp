#include <algorithm>
#include <cmath>

#include "engine/stats/matching_parts.hpp"

namespace kaskad::stats::matching {

std::map<int, Stratum> strata_of(const MatchUnits& units) {
  std::map<int, Stratum> strata;
  for (std::size_t i = 0; i < units.treated.size(); ++i) {
    Stratum& stratum = strata[units.stratum.empty() ? 0 : units.stratum[i]];
    (units.treated[i] != 0 ? stratum.treated : stratum.controls).push_back(i);
  }
  return strata;
}

Undefined obstacle(const MatchUnits& units) {
  const auto treated = std::count_if(units.treated.begin(), units.treated.end(), [](char t) { return t != 0; });
  const bool both = treated > 0 && treated < static_cast<std::ptrdiff_t>(units.treated.size());
  const std::vector<double>& values = units.points.values;
  const bool finite = std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  return both && finite && units.points.columns > 0 ? Undefined::none : Undefined::no_data;
}

namespace {

/// 1/(controls of the unit) from each unit that took the control.
void put_raw_weights(Matching& matching) {
  std::vector<int> partners(matching.weights.size());
  for (const MatchedPair& pair : matching.pairs) ++partners[pair.treated];
  for (const MatchedPair& pair : matching.pairs) {
    matching.weights[pair.treated] = 1;
    matching.weights[pair.control] += 1.0 / partners[pair.treated];
  }
}

void scale_controls(Matching& matching, const std::vector<char>& treated) {
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < treated.size(); ++i) {
    const double w = matching.weights[i];
    if (treated[i] != 0 || w == 0) continue;
    ++matching.controls_matched;
    sum += w;
    squares += w * w;
  }
  matching.effective_controls = sum * sum / squares;
  const double factor = static_cast<double>(matching.controls_matched) / sum;
  for (std::size_t i = 0; i < treated.size(); ++i) matching.weights[i] *= treated[i] != 0 ? 1 : factor;
}

}  // namespace

Matching finish(const MatchUnits& units, std::vector<MatchedPair> pairs) {
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const MatchedPair& a, const MatchedPair& b) { return a.treated < b.treated; });
  Matching matching;
  matching.pairs = std::move(pairs);
  matching.weights.assign(units.treated.size(), 0);
  put_raw_weights(matching);
  for (std::size_t i = 0; i < units.treated.size(); ++i) {
    if (units.treated[i] == 0) continue;
    matching.treated_matched += matching.weights[i] > 0 ? 1 : 0;
    if (matching.weights[i] == 0) matching.unmatched_treated.push_back(i);
  }
  for (const MatchedPair& pair : matching.pairs) matching.total_distance += pair.distance;
  if (matching.pairs.empty()) return matching;
  scale_controls(matching, units.treated);
  matching.reason = Undefined::none;
  return matching;
}

}  // namespace kaskad::stats::matching
