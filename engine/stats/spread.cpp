#include "engine/stats/spread.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/stats/distributions.hpp"

namespace kaskad::stats {

namespace {

/// Schools that count, in ascending order of value, ties in the order given.
std::vector<SchoolValue> ranked(const std::vector<SchoolValue>& schools) {
  std::vector<SchoolValue> kept;
  for (const SchoolValue& school : schools) {
    if (school.pupils > 0 && std::isfinite(school.value)) kept.push_back(school);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const SchoolValue& a, const SchoolValue& b) { return a.value < b.value; });
  return kept;
}

std::int64_t pupils_of(const std::vector<SchoolValue>& schools) {
  std::int64_t sum = 0;
  for (const SchoolValue& school : schools) sum += school.pupils;
  return sum;
}

Estimate over_schools(double value, const std::vector<SchoolValue>& schools) {
  Estimate e = exactly(value, pupils_of(schools));
  e.clusters = static_cast<std::int64_t>(schools.size());
  return e;
}

Estimate undefined_over(const std::vector<SchoolValue>& schools, Undefined reason) {
  Estimate e = undefined(reason, pupils_of(schools));
  e.clusters = static_cast<std::int64_t>(schools.size());
  return e;
}

/// Pooled mean of schools in a row of the ranking.
struct Pool {
  double sum = 0;
  double pupils = 0;

  void add(const SchoolValue& school, double sign = 1) {
    sum += sign * school.value * static_cast<double>(school.pupils);
    pupils += sign * static_cast<double>(school.pupils);
  }
  double mean() const { return sum / pupils; }
};

struct Tails {
  double worst = kNaN;
  double best = kNaN;
};

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

/// Means of `tenth` schools at either end of the ranking, one school left out.
Tails tails(const std::vector<SchoolValue>& ascending, std::size_t tenth, std::size_t left_out = kNobody) {
  const std::size_t count = ascending.size();
  Pool worst;
  Pool best;
  for (std::size_t i = 0, taken = 0; taken < tenth; ++i) {
    if (i == left_out) continue;
    worst.add(ascending[i]);
    ++taken;
  }
  for (std::size_t i = count, taken = 0; taken < tenth; --i) {
    if (i - 1 == left_out) continue;
    best.add(ascending[i - 1]);
    ++taken;
  }
  return {worst.mean(), best.mean()};
}

/// se² = (S − 1)/S·Σ(θ₋ᵢ − θ̄)², t interval with S − 1 degrees of freedom. Without an interval where a θ₋ᵢ does not
/// exist.
void put_jackknife(Estimate& e, const std::vector<double>& without_one) {
  const double count = static_cast<double>(without_one.size());
  double mean = 0;
  for (double theta : without_one) mean += theta / count;
  double squares = 0;
  for (double theta : without_one) squares += (theta - mean) * (theta - mean);
  const double se = std::sqrt((count - 1) / count * squares);
  if (!std::isfinite(se)) return;
  e.se = se;
  e.df = count - 1;
  const double t = student_quantile(kUpperTail, e.df);
  e.lo = e.value - t * se;
  e.hi = e.value + t * se;
}

double ratio_of(const Tails& t) { return t.worst > 0 ? t.best / t.worst : kNaN; }

std::vector<double> values_of(const std::vector<SchoolValue>& schools) {
  std::vector<double> values(schools.size());
  std::transform(schools.begin(), schools.end(), values.begin(),
                 [](const SchoolValue& school) { return school.value; });
  return values;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

/// SDs of all but one: Σ(x − x̄)² falls by S/(S − 1)·(x_i − x̄)² when x_i leaves.
std::vector<double> sd_without_one(const std::vector<double>& values, double mean, double squares) {
  const double count = static_cast<double>(values.size());
  std::vector<double> sds;
  sds.reserve(values.size());
  for (double v : values) {
    const double rest = squares - count / (count - 1) * (v - mean) * (v - mean);
    sds.push_back(std::sqrt(std::max(rest, 0.0) / (count - 2)));
  }
  return sds;
}

Estimate sd_over(const std::vector<SchoolValue>& schools) {
  const std::vector<double> values = values_of(schools);
  const double mean = mean_of(values);
  double squares = 0;
  for (double v : values) squares += (v - mean) * (v - mean);
  Estimate e = over_schools(std::sqrt(squares / static_cast<double>(values.size() - 1)), schools);
  if (values.size() < 3 || !(e.value > 0)) return e;
  put_jackknife(e, sd_without_one(values, mean, squares));
  e.lo = std::max(e.lo, 0.0);
  return e;
}

}  // namespace

std::int64_t schools_in_tenth(std::int64_t schools) { return (schools + 9) / 10; }

double quantile7(const std::vector<double>& ascending, double probability) {
  assert(!ascending.empty() && probability >= 0 && probability <= 1);
  const double place = probability * static_cast<double>(ascending.size() - 1);
  const double below = std::floor(place);
  const std::size_t i = static_cast<std::size_t>(below);
  if (i + 1 >= ascending.size()) return ascending.back();
  return ascending[i] + (place - below) * (ascending[i + 1] - ascending[i]);
}

GapOfTenths gap_of_tenths(const std::vector<SchoolValue>& schools) {
  const std::vector<SchoolValue> ascending = ranked(schools);
  const std::int64_t count = static_cast<std::int64_t>(ascending.size());
  if (count < kLeastSchoolsForTenths) {
    const Estimate none = undefined_over(ascending, count == 0 ? Undefined::no_data : Undefined::too_few_clusters);
    return {none, none, 0};
  }
  const std::int64_t tenth = schools_in_tenth(count);
  const Tails whole = tails(ascending, static_cast<std::size_t>(tenth));
  std::vector<double> ratios;
  std::vector<double> differences;
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const Tails rest = tails(ascending, static_cast<std::size_t>(schools_in_tenth(count - 1)), i);
    ratios.push_back(ratio_of(rest));
    differences.push_back(rest.best - rest.worst);
  }
  GapOfTenths gap{undefined_over(ascending, Undefined::no_data), over_schools(whole.best - whole.worst, ascending),
                  tenth};
  put_jackknife(gap.difference, differences);
  if (!(whole.worst > 0)) return gap;
  gap.ratio = over_schools(ratio_of(whole), ascending);
  put_jackknife(gap.ratio, ratios);
  return gap;
}

SpreadOfSchools spread_of_schools(const std::vector<SchoolValue>& schools) {
  const std::vector<SchoolValue> ascending = ranked(schools);
  if (ascending.size() < 2) {
    const Estimate none =
        undefined_over(ascending, ascending.empty() ? Undefined::no_data : Undefined::too_few_clusters);
    return {none, none, none};
  }
  const std::vector<double> values = values_of(ascending);
  const double low = quantile7(values, 0.1);
  SpreadOfSchools spread;
  spread.sd = sd_over(ascending);
  spread.range = over_schools(values.back() - values.front(), ascending);
  spread.p90_p10 =
      low > 0 ? over_schools(quantile7(values, 0.9) / low, ascending) : undefined_over(ascending, Undefined::no_data);
  return spread;
}

}  // namespace kaskad::stats
