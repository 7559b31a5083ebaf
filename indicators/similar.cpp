#include "indicators/similar.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/base/estimate.hpp"
#include "engine/base/parallel.hpp"

namespace kaskad {
namespace {

/// Standardised values of one field; NaN where missing. Nothing when the field does not vary.
std::optional<std::vector<double>> standardised(const Dataset& data, int field) {
  std::vector<double> values;
  double sum = 0;
  int n = 0;
  for (SchoolId s = 0; s < data.registry.schools.size(); ++s) {
    double value = context_mean(data, field, s);
    if (data.context.fields[static_cast<std::size_t>(field)].is_total) value = std::log(value);
    values.push_back(std::isfinite(value) ? value : kNaN);
    if (std::isfinite(value)) sum += value, ++n;
  }
  if (n < 3) return std::nullopt;
  const double mean = sum / n;
  double squares = 0;
  for (const double v : values) squares += std::isnan(v) ? 0 : (v - mean) * (v - mean);
  const double sd = std::sqrt(squares / (n - 1));
  if (!(sd > 1e-12 * std::fabs(mean))) return std::nullopt;
  for (double& v : values) v = (v - mean) / sd;
  return values;
}

std::vector<SchoolId> nearest_to(SchoolId school, const std::vector<std::vector<double>>& columns, std::size_t wanted) {
  std::vector<std::pair<double, SchoolId>> distances;
  const auto schools = static_cast<SchoolId>(columns.front().size());
  for (SchoolId other = 0; other < schools; ++other) {
    double distance = 0;
    for (const auto& column : columns) distance += (column[school] - column[other]) * (column[school] - column[other]);
    if (other != school && !std::isnan(distance)) distances.emplace_back(distance, other);
  }
  const std::size_t kept = std::min(wanted, distances.size());
  std::partial_sort(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(kept), distances.end());
  std::vector<SchoolId> out;
  for (std::size_t i = 0; i < kept; ++i) out.push_back(distances[i].second);
  return out;
}

}  // namespace

double context_mean(const Dataset& data, int field, SchoolId school) {
  const auto first = data.context.values.lower_bound({field, school, 0});
  double sum = 0;
  std::int64_t n = 0;
  for (auto it = first;
       it != data.context.values.end() && std::get<0>(it->first) == field && std::get<1>(it->first) == school; ++it) {
    sum += it->second.sum;
    n += it->second.n;
  }
  return n == 0 ? kNaN : sum / static_cast<double>(n);
}

SimilarSchools find_similar_schools(const Dataset& data, std::size_t wanted, unsigned threads) {
  SimilarSchools out;
  out.wanted = wanted;
  out.of_school.resize(data.registry.schools.size());
  std::vector<std::vector<double>> columns;
  for (int field = 0; field < static_cast<int>(data.context.fields.size()); ++field) {
    auto column = standardised(data, field);
    if (!column) continue;
    out.fields.push_back(field);
    columns.push_back(std::move(*column));
  }
  if (columns.empty()) return out;
  parallel_for(out.of_school.size(), threads,
               [&](std::size_t s) { out.of_school[s] = nearest_to(static_cast<SchoolId>(s), columns, wanted); });
  return out;
}

}  // namespace kaskad
