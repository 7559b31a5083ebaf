#include "engine/stats/inequality.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace kaskad::stats {

namespace {

/// Of values in rising order: Σᵢ (2i − S − 1)·xᵢ/(S·Σx), i from 1, which is the sum over pairs.
double gini_of(const std::vector<PlacedValue>& rising, double sum) {
  const auto count = static_cast<double>(rising.size());
  double weighted = 0;
  for (std::size_t i = 0; i < rising.size(); ++i)
    weighted += (2 * static_cast<double>(i + 1) - count - 1) * rising[i].value;
  return weighted / (count * sum);
}

/// x·log x, continued by its limit: 0 at 0.
double entropy(double x) { return x > 0 ? x * std::log(x) : 0; }

struct OfPlace {
  double count = 0;
  double sum = 0;
};

}  // namespace

Inequality inequality_of(std::vector<PlacedValue> schools) {
  const auto n = static_cast<std::int64_t>(schools.size());
  const auto none = [&](Undefined reason) {
    const Estimate e = undefined(reason, n);
    return Inequality{e, e, e, e};
  };
  if (n == 0) return none(Undefined::no_data);
  if (n == 1) return none(Undefined::too_few_clusters);
  if (!std::all_of(schools.begin(), schools.end(), [](const auto& s) { return s.value >= 0; }))
    return none(Undefined::no_method);
  std::sort(schools.begin(), schools.end(),
            [](const auto& a, const auto& b) { return std::pair(a.value, a.place) < std::pair(b.value, b.place); });
  double sum = 0;
  std::map<int, OfPlace> places;
  for (const PlacedValue& s : schools) {
    sum += s.value;
    places[s.place].count += 1;
    places[s.place].sum += s.value;
  }
  if (sum == 0) return none(Undefined::no_method);  // nothing to spread
  const double mean = sum / static_cast<double>(n);
  double total = 0, between = 0;
  for (const PlacedValue& s : schools) total += entropy(s.value / mean) / static_cast<double>(n);
  for (const auto& [place, of] : places)
    between += of.count / static_cast<double>(n) * entropy(of.sum / of.count / mean);
  return {exactly(gini_of(schools, sum), n), exactly(total, n), exactly(between, n), exactly(total - between, n)};
}

}  // namespace kaskad::stats
