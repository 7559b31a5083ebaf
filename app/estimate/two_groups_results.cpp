#include "app/estimate/two_groups_results.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/stats/distributions.hpp"
#include "engine/stats/effect_sizes.hpp"
#include "engine/stats/regression.hpp"

namespace kaskad::app {
namespace {

using stats::Sample;

/// The symmetric interval of an estimate with a se, at another level than the 95 % it came with.
Estimate at_level(Estimate e, double level) {
  if (!e.defined() || !(e.se > 0)) return e;
  const double probability = 0.5 + level / 2;
  const double reach =
      e.se * (e.df > 0 ? stats::student_quantile(probability, e.df) : stats::normal_quantile(probability));
  e.lo = e.value - reach;
  e.hi = e.value + reach;
  return e;
}

using Clusters = std::map<int, std::vector<double>>;

Clusters by_cluster(const OneGroup& group) {
  Clusters out;
  for (std::size_t i = 0; i < group.clusters.size(); ++i) out[group.clusters[i]].push_back(group.values[i]);
  return out;
}

void add_cells(const Clusters& clusters, double treated, std::vector<stats::CellRow>& rows) {
  for (const auto& [id, values] : clusters) {
    const Sample s = stats::summarize(values);
    const double squares = s.n > 1 ? s.variance * static_cast<double>(s.n - 1) : 0;
    rows.push_back({{treated}, s.n, s.mean, squares, id});
  }
}

Estimate clustered_difference(const Clusters& treated, const Clusters& control) {
  std::vector<stats::CellRow> rows;
  add_cells(treated, 1, rows);
  add_cells(control, 0, rows);
  const stats::ClusteredFit fit = stats::cr2_regression(rows, stats::FixedEffects::none);
  return fit.coefficients.empty() ? undefined(Undefined::no_data) : fit.coefficients.front().estimate;
}

Sample sample_of_means(const Clusters& clusters) {
  std::vector<double> means;
  for (const auto& [id, values] : clusters) means.push_back(stats::summarize(values).mean);
  return stats::summarize(means);
}

bool share_a_cluster(const Clusters& a, const Clusters& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& entry) { return b.count(entry.first) > 0; });
}

void add_units(const Clusters& clusters, bool treated, std::vector<stats::PermutationUnit>& units) {
  for (const auto& [id, values] : clusters) {
    double sum = 0;
    for (double v : values) sum += v;
    units.push_back({static_cast<double>(values.size()), sum, treated});
  }
}

std::vector<stats::PermutationUnit> units_of(const TwoGroupsData& data, const Clusters& treated,
                                             const Clusters& control) {
  std::vector<stats::PermutationUnit> units;
  if (!treated.empty() || !control.empty()) {
    add_units(treated, true, units);
    add_units(control, false, units);
    return units;
  }
  for (double v : data.treated.values) units.push_back({1, v, true});
  for (double v : data.control.values) units.push_back({1, v, false});
  return units;
}

void compare_clusters(const TwoGroupsData& data, double level, TwoGroupsResults& r) {
  const Clusters treated = by_cluster(data.treated), control = by_cluster(data.control);
  r.treated_clusters = static_cast<std::int64_t>(treated.size());
  r.control_clusters = static_cast<std::int64_t>(control.size());
  r.crossed = share_a_cluster(treated, control);
  r.difference = at_level(clustered_difference(treated, control), level);
  r.clusters = r.difference.clusters;
  r.by_cluster_means = at_level(stats::welch(sample_of_means(treated), sample_of_means(control)), level);
  std::vector<double> values = data.treated.values;
  values.insert(values.end(), data.control.values.begin(), data.control.values.end());
  std::vector<int> clusters = data.treated.clusters, group(data.treated.values.size(), 1);
  clusters.insert(clusters.end(), data.control.clusters.begin(), data.control.clusters.end());
  group.resize(values.size(), 0);
  r.icc = stats::intraclass_correlation(values, clusters, group);
}

void permute(const TwoGroupsData& data, const TwoGroupsSettings& s, TwoGroupsResults& r) {
  if (s.permutations == 0) return;
  if (r.crossed) {
    r.permutation.reason = Undefined::no_method;
    return;
  }
  const auto units = units_of(data, by_cluster(data.treated), by_cluster(data.control));
  r.permutation = stats::permute_means(units, {s.permutations, s.seed, s.threads});
}

stats::TwoShares shares_of(const TwoGroupsData& data) {
  const auto hits = [](const OneGroup& g) {
    return static_cast<std::int64_t>(std::count(g.values.begin(), g.values.end(), 1.0));
  };
  return {hits(data.treated), static_cast<std::int64_t>(data.treated.values.size()), hits(data.control),
          static_cast<std::int64_t>(data.control.values.size())};
}

void compare_shares(const TwoGroupsData& data, double level, TwoGroupsResults& r) {
  if (!data.binary) return;
  const stats::TwoShares shares = shares_of(data);
  r.cox = at_level(stats::cox_index(shares), level);
  r.odds = stats::odds_ratio(shares, level);
  r.risk = stats::newcombe(shares.hits1, shares.n1, shares.hits0, shares.n0, level);
}

void compare_sizes(const TwoGroupsData& data, const TwoGroupsSettings& s, TwoGroupsResults& r) {
  const Estimate* clustered = data.treated.clusters.empty() && data.control.clusters.empty() ? nullptr : &r.difference;
  r.hedges = at_level(stats::hedges_g(r.treated, r.control, clustered), s.level);
  r.cohen = at_level(stats::cohens_d(r.treated, r.control, clustered), s.level);
  r.glass = at_level(stats::glass_delta(r.treated, r.control, clustered), s.level);
  r.cliff = stats::cliffs_delta(data.treated.values, data.control.values, s.level);
  r.superiority = stats::brunner_munzel(data.treated.values, data.control.values, s.level);
  r.ranks = stats::mann_whitney(data.treated.values, data.control.values, s.level);
  r.pooled_sd = std::sqrt(stats::pooled_variance(r.treated, r.control));
  r.control_sd = std::sqrt(r.control.variance);
}

void compare_bounds(const TwoGroupsSettings& s, TwoGroupsResults& r) {
  if (std::isnan(s.margin) && std::isnan(s.margin_sd)) return;
  const double margin = std::isnan(s.margin) ? s.margin_sd * r.pooled_sd : s.margin;
  r.equivalence = stats::tost(r.difference, margin > 0 ? -margin : kNaN, margin > 0 ? margin : kNaN);
}

}  // namespace

TwoGroupsResults compare(const TwoGroupsData& data, const TwoGroupsSettings& settings) {
  TwoGroupsResults r;
  r.treated = stats::summarize(data.treated.values);
  r.control = stats::summarize(data.control.values);
  r.welch = at_level(stats::welch(r.treated, r.control), settings.level);
  r.student = at_level(stats::student_difference(r.treated, r.control), settings.level);
  r.difference = r.welch;
  if (!data.treated.clusters.empty() || !data.control.clusters.empty()) compare_clusters(data, settings.level, r);
  compare_sizes(data, settings, r);
  compare_shares(data, settings.level, r);
  compare_bounds(settings, r);
  permute(data, settings, r);
  return r;
}

}  // namespace kaskad::app
