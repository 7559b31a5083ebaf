#include "indicators/balance.hpp"

#include <cmath>

#include "engine/stats/intervals.hpp"

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
  stats::Sample sample{static_cast<std::int64_t>(values.size())};
  if (values.empty()) return sample;
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  sample.mean = sum / static_cast<double>(sample.n);
  for (const double v : values) squares += (v - sample.mean) * (v - sample.mean);
  if (sample.n > 1) sample.variance = squares / static_cast<double>(sample.n - 1);
  return sample;
}

}  // namespace

std::vector<ContextBalance> context_balance(const Dataset& data, const std::vector<SchoolId>& focus,
                                            const std::vector<SchoolId>& control, const std::vector<int>& years) {
  std::vector<ContextBalance> out;
  for (int field = 0; field < static_cast<int>(data.context.fields.size()); ++field) {
    const stats::Sample one = sample_of(data, field, focus, years), zero = sample_of(data, field, control, years);
    if (one.n == 0 && zero.n == 0) continue;
    out.push_back({field, stats::student_mean(one.n, one.mean, one.variance),
                   stats::student_mean(zero.n, zero.mean, zero.variance), stats::hedges_g(one, zero)});
  }
  return out;
}

Equivalence equivalence_of(const Estimate& standardised) {
  if (!standardised.defined()) return Equivalence::undefined;
  const double size = std::fabs(standardised.value);
  return size <= 0.05   ? Equivalence::satisfied
         : size <= 0.25 ? Equivalence::with_adjustment
                        : Equivalence::not_satisfied;
}

}  // namespace kaskad
