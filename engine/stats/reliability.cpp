#include "engine/stats/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/stats/distributions.hpp"
#include "engine/stats/two_groups.hpp"

namespace kaskad::stats {
namespace {

using Rows = std::vector<std::vector<double>>;

bool usable(const Rows& rows) {
  return !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const std::vector<double>& row) {
    return row.size() == rows.front().size() &&
           std::all_of(row.begin(), row.end(), [](double v) { return std::isfinite(v); });
  });
}

double variance_of_item(const Rows& rows, std::size_t item) {
  std::vector<double> values;
  for (const auto& row : rows) values.push_back(row[item]);
  return summarize(values).variance;
}

double variance_of_totals(const Rows& rows) {
  std::vector<double> totals;
  for (const auto& row : rows) totals.push_back(std::accumulate(row.begin(), row.end(), 0.0));
  return summarize(totals).variance;
}

}  // namespace

Estimate cronbach_alpha(const Rows& rows) {
  const auto n = static_cast<std::int64_t>(rows.size());
  if (!usable(rows)) return undefined(Undefined::no_data, n);
  const auto k = static_cast<double>(rows.front().size());
  if (n < 2 || k < 2) return undefined(Undefined::too_few, n);
  const double total = variance_of_totals(rows);
  if (!(total > 0)) return undefined(Undefined::no_variation, n);
  double items = 0;
  for (std::size_t i = 0; i < rows.front().size(); ++i) items += variance_of_item(rows, i);
  Estimate e = exactly(k / (k - 1) * (1 - items / total), n);
  const double df1 = static_cast<double>(n - 1), df2 = df1 * (k - 1);
  e.lo = 1 - (1 - e.value) * fisher_quantile(kUpperTail, df1, df2);
  e.hi = 1 - (1 - e.value) * fisher_quantile(1 - kUpperTail, df1, df2);
  return e;
}

}  // namespace kaskad::stats
