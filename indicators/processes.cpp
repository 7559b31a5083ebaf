#include "indicators/processes.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/intervals.hpp"
#include "engine/stats/multiplicity.hpp"
#include "engine/stats/reliability.hpp"
#include "engine/stats/scale_ends.hpp"
#include "engine/stats/two_groups.hpp"

namespace kaskad {
namespace {

/// Scores of one item of some schools: [school][wave], NaN = not scored.
using Profile = std::vector<std::vector<double>>;

Profile profile_of(const ProcessMonitoring& m, const ProcessTable& table, const std::vector<std::size_t>& places,
                   std::optional<std::size_t> criterion) {
  Profile out;
  for (const std::size_t school : places) {
    std::vector<double> waves;
    for (std::size_t w = 0; w < table.waves; ++w)
      waves.push_back(criterion ? table.at(school, w, *criterion) : scale_score(m, table, school, w));
    out.push_back(std::move(waves));
  }
  return out;
}

Estimate on_scale(const ProcessMonitoring& m, Estimate mean) {
  stats::cut(mean, {m.minimum, m.maximum});
  return mean;
}

ProcessPoint point_of(const ProcessMonitoring& m, const Profile& profile, std::size_t wave) {
  std::vector<double> values;
  for (const auto& school : profile) {
    if (std::isfinite(school[wave])) values.push_back(school[wave]);
  }
  const stats::Sample sample = stats::summarize(values);
  ProcessPoint out;
  out.mean = on_scale(m, stats::student_mean(sample.n, sample.mean, sample.variance));
  out.sd = sample.n > 1 ? std::sqrt(sample.variance) : kNaN;
  out.at_floor = std::count(values.begin(), values.end(), m.minimum);
  out.at_ceiling = std::count(values.begin(), values.end(), m.maximum);
  return out;
}

Estimate percent_of(std::int64_t hits, std::int64_t n) {
  Estimate e = stats::wilson(hits, n);
  for (double* part : {&e.value, &e.lo, &e.hi}) *part *= 100;
  return e;
}

ProcessChange change_of(const Profile& profile, std::size_t from, std::size_t to) {
  ProcessChange out;
  out.from = from, out.to = to;
  std::vector<stats::CountedPair> pairs;
  std::vector<double> differences;
  for (const auto& school : profile) {
    const bool before = std::isfinite(school[from]), after = std::isfinite(school[to]);
    out.only_before += before && !after;
    out.only_after += after && !before;
    if (!before || !after) continue;
    pairs.push_back({school[from], school[to], 1});
    differences.push_back(school[to] - school[from]);
    out.rose += differences.back() > 0;
    out.same += differences.back() == 0;
    out.fell += differences.back() < 0;
  }
  const auto n = static_cast<std::int64_t>(pairs.size());
  out.change = stats::paired_change(stats::paired_sample(pairs));
  out.adjusted_p = out.change.p;
  out.ranks = stats::signed_rank(differences);
  out.rose_share = percent_of(out.rose, n);
  out.fell_share = percent_of(out.fell, n);
  return out;
}

ProcessItem item_of(const ProcessMonitoring& m, const ProcessTable& table, const std::vector<std::size_t>& places,
                    std::optional<std::size_t> criterion) {
  const Profile profile = profile_of(m, table, places, criterion);
  ProcessItem out;
  out.criterion = criterion;
  for (std::size_t w = 0; w < table.waves; ++w) out.points.push_back(point_of(m, profile, w));
  for (std::size_t w = 1; w < table.waves; ++w) out.changes.push_back(change_of(profile, w - 1, w));
  if (table.waves > 2) out.changes.push_back(change_of(profile, 0, table.waves - 1));
  return out;
}

/// The criteria of a monitoring are tested together, change by change.
void adjust(std::vector<ProcessItem>& criteria) {
  for (std::size_t c = 0; !criteria.empty() && c < criteria.front().changes.size(); ++c) {
    std::vector<double> p;
    for (const ProcessItem& item : criteria) p.push_back(item.changes[c].change.p);
    const std::vector<double> adjusted = stats::benjamini_hochberg(p);
    for (std::size_t i = 0; i < criteria.size(); ++i) criteria[i].changes[c].adjusted_p = adjusted[i];
  }
}

Estimate alpha_of(const ProcessMonitoring& m, const ProcessTable& table, const std::vector<std::size_t>& places,
                  std::size_t wave) {
  std::vector<std::vector<double>> rows;
  for (const std::size_t school : places) {
    if (!std::isfinite(scale_score(m, table, school, wave))) continue;
    std::vector<double> row;
    for (std::size_t c = 0; c < table.criteria; ++c) row.push_back(m.criteria[c].weight * table.at(school, wave, c));
    rows.push_back(std::move(row));
  }
  return stats::cronbach_alpha(rows);
}

}  // namespace

ProcessTable process_table(const Dataset& data, const ProcessMonitoring& m) {
  ProcessTable out;
  out.waves = m.waves.size(), out.criteria = m.criteria.size();
  const std::vector<ProcessScore>& rows = data.programme_data.processes;
  for (const ProcessScore& row : rows) {
    if (row.monitoring == m.id) out.schools.push_back(row.school);
  }
  std::sort(out.schools.begin(), out.schools.end());
  out.schools.erase(std::unique(out.schools.begin(), out.schools.end()), out.schools.end());
  out.scores.assign(out.schools.size() * out.waves * out.criteria, kNaN);
  for (const ProcessScore& row : rows) {
    const auto wave = m.find_wave(row.wave), criterion = m.find_criterion(row.criterion);
    if (row.monitoring != m.id || !wave || !criterion || row.score < m.minimum || row.score > m.maximum) continue;
    const auto school = static_cast<std::size_t>(std::lower_bound(out.schools.begin(), out.schools.end(), row.school) -
                                                 out.schools.begin());
    double& score = out.scores[(school * out.waves + *wave) * out.criteria + *criterion];
    if (std::isnan(score)) score = row.score;
  }
  return out;
}

double scale_score(const ProcessMonitoring& m, const ProcessTable& table, std::size_t school, std::size_t wave) {
  double sum = 0, weights = 0;
  for (std::size_t c = 0; c < table.criteria; ++c) {
    sum += m.criteria[c].weight * table.at(school, wave, c);
    weights += m.criteria[c].weight;
  }
  return sum / weights;
}

ProcessFigures process_figures(const ProcessMonitoring& m, const ProcessTable& table,
                               const std::vector<SchoolId>& schools) {
  std::vector<std::size_t> places;
  for (std::size_t s = 0; s < table.schools.size(); ++s) {
    if (std::find(schools.begin(), schools.end(), table.schools[s]) != schools.end()) places.push_back(s);
  }
  ProcessFigures out;
  for (std::size_t c = 0; c < table.criteria; ++c) out.items.push_back(item_of(m, table, places, c));
  adjust(out.items);
  if (table.criteria > 1) out.items.push_back(item_of(m, table, places, std::nullopt));
  for (std::size_t w = 0; w < table.waves; ++w) out.alpha.push_back(alpha_of(m, table, places, w));
  return out;
}

std::vector<ProcessJudgement> judge_processes(const Dataset& data, const std::vector<ProcessMonitoring>& monitorings) {
  std::vector<ProcessJudgement> out;
  for (const ProcessMonitoring& m : monitorings) {
    ProcessTable table = process_table(data, m);
    if (table.schools.empty()) continue;
    ProcessFigures region = process_figures(m, table, table.schools);
    out.push_back({m, std::move(table), std::move(region)});
  }
  return out;
}

}  // namespace kaskad
