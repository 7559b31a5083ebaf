#include "indicators/balance.hpp"

#include <optional>

#include "engine/stats/intervals.hpp"
#include "engine/stats/two_groups.hpp"

namespace kaskad {
namespace {

/// Mean of a school's values over years; nothing when it has none.
std::optional<double> value_of(const Dataset& data, int field, SchoolId school, const std::vector<int>& years) {
  double sum = 0;
  std::int64_t n = 0;
  for (const int year : years) {
    const ContextValue* v = data.context.find(field, school, year);
    if (v == nullptr || v->n == 0) continue;
    sum += v->sum;
    n += v->n;
  }
  return n == 0 ? std::nullopt : std::optional(sum / static_cast<double>(n));
}

stats::Sample sample_of(const Dataset& data, int field, const std::vector<SchoolId>& schools,
                        const std::vector<int>& years) {
  std::vector<double> values;
  for (const SchoolId school : schools) {
    if (const auto value = value_of(data, field, school, years)) values.push_back(*value);
  }
  return stats::summarize(values);
}

/// All schools of a group are there: their mean is no estimate of anything, and has no interval.
Estimate described(const stats::Sample& sample) {
  return sample.n == 0 ? undefined(Undefined::no_data) : exactly(sample.mean, sample.n);
}

}  // namespace

std::vector<ContextBalance> context_balance(const Dataset& data, const std::vector<SchoolId>& focus,
                                            const std::vector<SchoolId>& control, const std::vector<int>& years) {
  std::vector<ContextBalance> out;
  for (int field = 0; field < static_cast<int>(data.context.fields.size()); ++field) {
    const stats::Sample one = sample_of(data, field, focus, years), zero = sample_of(data, field, control, years);
    if (one.n == 0 && zero.n == 0) continue;
    out.push_back({field, described(one), described(zero), stats::hedges_g(one, zero)});
  }
  return out;
}

}  // namespace kaskad
