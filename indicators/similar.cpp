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

bool has_result(const Dataset& data, SchoolId school, const Period& period) {
  const auto [begin, end] = data.cube.range_of_school(school);
  for (std::size_t c = begin; c < end; ++c) {
    const CellKey key = data.cube.cell(c).key;
    const bool in_period = std::find(period.years.begin(), period.years.end(), key.year) != period.years.end();
    if (in_period && period.holds(key.procedure)) return true;
  }
  return false;
}

std::vector<SchoolId> schools_with_results(const Dataset& data, const Frame& frame) {
  std::vector<SchoolId> out;
  for (SchoolId s = 0; !frame.periods.empty() && s < data.registry.schools.size(); ++s) {
    if (has_result(data, s, frame.periods.back())) out.push_back(s);
  }
  return out;
}

using Columns = std::vector<std::vector<double>>;  ///< Standardised fields, by school.

std::vector<SchoolId> nearest_to(SchoolId school, const Columns& columns, const std::vector<SchoolId>& others,
                                 std::size_t wanted) {
  std::vector<std::pair<double, SchoolId>> distances;
  for (const SchoolId other : others) {
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

bool is_far(SchoolId school, const std::vector<double>& column, const std::vector<SchoolId>& similar) {
  double sum = 0;
  for (const SchoolId s : similar) sum += column[s];
  return std::fabs(column[school] - sum / static_cast<double>(similar.size())) > kFarInSd;
}

std::vector<int> far_fields_of(SchoolId school, const Columns& columns, const SimilarSchools& found) {
  std::vector<int> out;
  const std::vector<SchoolId>& similar = found.of_school[school];
  for (std::size_t c = 0; c < columns.size() && !similar.empty(); ++c) {
    if (is_far(school, columns[c], similar)) out.push_back(found.fields[c]);
  }
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

SimilarSchools find_similar_schools(const Dataset& data, const Frame& frame, std::size_t wanted, unsigned threads) {
  SimilarSchools out;
  out.wanted = wanted;
  out.of_school.resize(data.registry.schools.size());
  out.far_fields.resize(data.registry.schools.size());
  Columns columns;
  for (int field = 0; field < static_cast<int>(data.context.fields.size()); ++field) {
    auto column = standardised(data, field);
    if (!column) continue;
    out.fields.push_back(field);
    columns.push_back(std::move(*column));
  }
  if (columns.empty()) return out;
  const std::vector<SchoolId> others = schools_with_results(data, frame);
  parallel_for(out.of_school.size(), threads, [&](std::size_t s) {
    const auto school = static_cast<SchoolId>(s);
    out.of_school[s] = nearest_to(school, columns, others, wanted);
    out.far_fields[s] = far_fields_of(school, columns, out);
  });
  return out;
}

}  // namespace kaskad
