#include <cmath>

#include "engine/stats/mixed.hpp"
#include "engine/stats/shrinkage.hpp"

namespace kaskad::stats {

namespace {

MixedData cells_of(const std::vector<CountedMean>& schools) {
  MixedData data;
  data.x = Matrix(schools.size(), 1, 1.0);
  for (std::size_t s = 0; s < schools.size(); ++s) {
    data.outcome.push_back(schools[s].n > 0 ? schools[s].mean : 0);
    data.group.push_back(static_cast<int>(s));
    data.pupils.push_back(static_cast<double>(schools[s].n));
    data.squares.push_back(schools[s].n > 0 ? schools[s].squares : 0);
  }
  return data;
}

Estimate around(double value, double se, std::int64_t n) {
  Estimate e = exactly(value, n);
  e.se = se;
  const double half = normal_quantile(kUpperTail) * se;
  e.lo = value - half;
  e.hi = value + half;
  return e;
}

}  // namespace

ShrunkenMeans shrink_means(const std::vector<CountedMean>& schools) {
  ShrunkenMeans out;
  out.schools.resize(schools.size());
  for (auto& school : out.schools) school.shrunken = undefined(Undefined::no_data);
  MixedOptions options;
  options.profile_intervals = false;
  const MixedResult result = fit_mixed(cells_of(schools), options);
  out.reason = result.fit.reason;
  if (out.reason != Undefined::none) return out;
  out.centre = result.fit.terms.front().estimate;
  out.between = result.fit.components.intercept.value;
  out.within = result.fit.components.residual.value;
  out.at_border = result.fit.singular_fit;
  for (const GroupEffects& effect : result.effects) {
    auto& school = out.schools[static_cast<std::size_t>(effect.group)];
    school.shrunken = around(out.centre.value + effect.intercept.value, effect.intercept.comparative_se, effect.n);
    school.own = effect.intercept.shrinkage;
  }
  return out;
}

}  // namespace kaskad::stats
