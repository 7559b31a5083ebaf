#include "engine/stats/did_data.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

namespace kaskad::stats {

namespace {

using Rows = std::vector<std::size_t>;

double weight_of(const DidData& data, std::size_t row) { return data.weight.empty() ? 1.0 : data.weight[row]; }

std::int64_t cluster_of(const DidData& data, std::size_t row) {
  return data.cluster.empty() ? data.unit[row] : data.cluster[row];
}

/// NaN as a date of treatment is a missing value; infinity is never.
bool finite(const DidData& data, std::size_t row) {
  const auto is_finite = [row](const std::vector<double>& column) { return std::isfinite(column[row]); };
  return std::isfinite(data.outcome[row]) && std::isfinite(data.time[row]) && !std::isnan(data.first_treated[row]) &&
         std::isfinite(weight_of(data, row)) && std::all_of(data.covariates.begin(), data.covariates.end(), is_finite);
}

/// Rows that can be used, by unit and then time; equal ones in the order of the file.
Rows usable_rows(const DidData& data, DidStudy& study) {
  Rows rows;
  for (std::size_t row = 0; row < data.outcome.size(); ++row) {
    if (!finite(data, row)) {
      ++study.rows_not_finite;
    } else if (!(weight_of(data, row) > 0)) {
      ++study.rows_without_weight;
    } else {
      rows.push_back(row);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [&data](std::size_t a, std::size_t b) {
    return data.unit[a] != data.unit[b] ? data.unit[a] < data.unit[b] : data.time[a] < data.time[b];
  });
  return rows;
}

std::vector<double> distinct(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::vector<double> periods_of(const DidData& data, const Rows& rows) {
  std::vector<double> times;
  for (std::size_t row : rows) times.push_back(data.time[row]);
  return distinct(std::move(times));
}

/// The rows of one unit, [begin, end) of the sorted rows.
struct Span {
  Rows::const_iterator begin, end;
};

std::vector<Span> units_of(const DidData& data, const Rows& rows) {
  std::vector<Span> spans;
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last = std::find_if(first, rows.end(), [&](std::size_t r) { return data.unit[r] != data.unit[*first]; });
    spans.push_back({first, last});
    first = last;
  }
  return spans;
}

DidDefect defect_of(const DidData& data, const Span& span) {
  const std::size_t head = *span.begin;
  const auto any = [&span](auto differs) { return std::any_of(span.begin, span.end, differs); };
  if (any([&](std::size_t r) { return data.first_treated[r] != data.first_treated[head]; })) {
    return DidDefect::treatment_varies;
  }
  const bool moves = any([&](std::size_t r) { return cluster_of(data, r) != cluster_of(data, head); });
  return moves ? DidDefect::cluster_varies : DidDefect::none;
}

std::size_t seen_periods(const DidData& data, const Span& span) {
  std::size_t seen = 1;
  for (auto row = span.begin + 1; row != span.end; ++row) {
    if (data.time[*row] != data.time[*(row - 1)]) ++seen;
  }
  return seen;
}

/// Adds a row to the mean of an observation (West 1979's update, so that a constant stays one).
void add(DidObservation& o, const DidData& data, std::size_t row) {
  const double weight = weight_of(data, row);
  o.weight += weight;
  ++o.rows;
  const double step = weight / o.weight;
  o.outcome += step * (data.outcome[row] - o.outcome);
  for (std::size_t j = 0; j < data.covariates.size(); ++j) {
    o.covariates[j] += step * (data.covariates[j][row] - o.covariates[j]);
  }
}

void observe(const DidData& data, const Span& span, DidStudy& study) {
  const std::size_t unit = study.units.size();
  std::size_t period = 0;
  for (auto row = span.begin; row != span.end; ++row) {
    while (study.periods[period] < data.time[*row]) ++period;
    const bool same = row != span.begin && data.time[*row] == data.time[*(row - 1)];
    study.repeated = study.repeated || same;
    if (!same || study.kind == DidRows::pooled) {
      study.observations.push_back({unit, period, 0, 0, 0, std::vector<double>(data.covariates.size())});
    }
    add(study.observations.back(), data, *row);
  }
  study.rows += span.end - span.begin;
}

double size_of(const DidData& data, const Span& span, DidRows kind) {
  if (kind == DidRows::units) return 1;
  const double sum =
      std::accumulate(span.begin, span.end, 0.0, [&](double s, std::size_t row) { return s + weight_of(data, row); });
  return kind == DidRows::pooled ? sum : sum / static_cast<double>(seen_periods(data, span));
}

/// Clusters numbered by the order of their labels.
std::map<std::int64_t, std::size_t> number_clusters(const DidData& data, const Rows& rows) {
  std::map<std::int64_t, std::size_t> numbers;
  for (std::size_t row : rows) numbers.emplace(cluster_of(data, row), 0);
  std::size_t next = 0;
  for (auto& [label, number] : numbers) number = next++;
  return numbers;
}

/// Rows of units that stay in the study; counts the others.
Rows kept_rows(const DidData& data, const Rows& rows, bool balanced, double anticipation, DidStudy& study) {
  Rows kept;
  for (const Span& span : units_of(data, rows)) {
    const double date = data.first_treated[*span.begin];
    const bool gaps = seen_periods(data, span) < study.periods.size();
    if (date <= study.periods.front() + anticipation) {
      ++study.units_treated_at_start;
      continue;
    }
    if (gaps) ++study.units_unbalanced;
    if (gaps && balanced) continue;
    kept.insert(kept.end(), span.begin, span.end);
  }
  return kept;
}

bool constant(const DidData& data, const Rows& rows) {
  return std::all_of(rows.begin(), rows.end(), [&](std::size_t r) { return data.outcome[r] == data.outcome[rows[0]]; });
}

void add_unit(const DidData& data, const Span& span, std::size_t cluster, DidStudy& study) {
  observe(data, span, study);
  const double date = data.first_treated[*span.begin];
  const bool later = date > study.periods.back();
  if (later && date != kNeverTreated) ++study.units_treated_later;
  study.units.push_back(
      {data.unit[*span.begin], later ? kNeverTreated : date, cluster, size_of(data, span, study.kind)});
}

}  // namespace

DidStudy prepare_did(const DidData& data, DidRows kind, bool balanced, double anticipation) {
  assert(data.unit.size() == data.outcome.size() && data.time.size() == data.outcome.size());
  assert(data.first_treated.size() == data.outcome.size());
  DidStudy study;
  study.kind = kind;
  const Rows usable = usable_rows(data, study);
  for (const Span& span : units_of(data, usable)) {
    study.defect = defect_of(data, span);
    study.defect_unit = data.unit[*span.begin];
    if (study.defect != DidDefect::none) return study;
  }
  if (usable.empty()) return study;
  study.periods = periods_of(data, usable);
  const Rows kept = kept_rows(data, usable, balanced, anticipation, study);
  const auto clusters = number_clusters(data, kept);
  study.clusters = clusters.size();
  study.constant_outcome = constant(data, kept);
  for (std::size_t row : kept) study.outcome_scale = std::max(study.outcome_scale, std::abs(data.outcome[row]));
  for (const Span& span : units_of(data, kept)) {
    add_unit(data, span, clusters.at(cluster_of(data, *span.begin)), study);
  }
  std::vector<double> cohorts;
  for (const DidUnit& unit : study.units) {
    if (unit.cohort != kNeverTreated) cohorts.push_back(unit.cohort);
  }
  study.cohorts = distinct(std::move(cohorts));
  return study;
}

}  // namespace kaskad::stats
