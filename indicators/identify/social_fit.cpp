#include "indicators/identify/social_fit.hpp"

#include <algorithm>
#include <cmath>

#include "engine/stats/linear_model.hpp"
#include "engine/stats/principal.hpp"

namespace kaskad::identify {
namespace {

/// Least and largest share among the schools; the theoretical ones stay where nothing varies.
void use_observed_extremes(const ShareTable& shares, IndexFit& fit) {
  for (std::size_t c = 0; c < fit.lo.size(); ++c) {
    double lo = kNaN, hi = kNaN;
    for (const auto& of_school : shares) {
      lo = std::fmin(lo, of_school[c]);
      hi = std::fmax(hi, of_school[c]);
    }
    if (!(hi > lo)) fit.reason = Undefined::no_variation;
    fit.lo[c] = lo;
    fit.hi[c] = hi;
  }
}

bool is_complete(const std::vector<double>& values) {
  return std::none_of(values.begin(), values.end(), [](double v) { return std::isnan(v); });
}

/// Good shares of the schools that have all of them (and an outcome, where one is asked for).
struct Complete {
  stats::Matrix good;
  std::vector<double> outcome;
};

Complete complete_schools(const ShareTable& shares, const IndexFit& fit, const SocialIndexSettings& settings,
                          const std::vector<SchoolOutcome>* outcomes) {
  std::vector<std::vector<double>> rows;
  Complete out;
  for (std::size_t s = 0; s < shares.size(); ++s) {
    const bool has_outcome = outcomes == nullptr || (s < outcomes->size() && (*outcomes)[s].n > 0);
    if (!has_outcome || !is_complete(shares[s])) continue;
    std::vector<double> row;
    for (std::size_t c = 0; c < shares[s].size(); ++c)
      row.push_back(good_share(shares[s][c], fit, settings.components[c], c));
    rows.push_back(std::move(row));
    if (outcomes != nullptr) out.outcome.push_back((*outcomes)[s].mean);
  }
  out.good = stats::Matrix(rows.size(), settings.components.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) out.good(r, c) = rows[r][c];
  }
  return out;
}

/// Weights in proportion to `pulls`; those below 0 count 0.
void weigh(const std::vector<double>& pulls, IndexFit& fit) {
  double sum = 0;
  for (std::size_t c = 0; c < pulls.size(); ++c) {
    fit.against[c] = pulls[c] < 0;
    sum += std::max(0.0, pulls[c]);
  }
  if (!(sum > 0)) {
    fit.reason = Undefined::no_variation;
    return;
  }
  for (std::size_t c = 0; c < pulls.size(); ++c) fit.weights[c] = std::max(0.0, pulls[c]) / sum;
}

void weigh_by_regression(const Complete& schools, IndexFit& fit) {
  const std::size_t components = schools.good.columns;
  stats::LinearData data;
  data.outcome = schools.outcome;
  data.intercept = true;
  data.design = stats::Matrix(schools.good.rows, components + 1, 1.0);
  std::copy(schools.good.values.begin(), schools.good.values.end(), data.design.column(1));
  stats::LinearOptions options;
  options.covariance = stats::Covariance::HC2;
  const stats::LinearFit found = stats::least_squares(data, options);
  fit.reason = found.reason;
  std::vector<double> pulls;
  for (std::size_t c = 1; fit.reason == Undefined::none && c <= components; ++c) {
    const stats::LinearCoefficient& coefficient = found.coefficients[c];
    if (!coefficient.estimate.defined()) fit.reason = coefficient.estimate.reason;
    fit.coefficients.push_back(coefficient.estimate);
    pulls.push_back(coefficient.estimate.value);
  }
  if (fit.reason != Undefined::none) return;
  fit.explained = found.r_squared;
  weigh(pulls, fit);
}

/// The component's score is Σ loading·(g − mean)/SD: so the index orders schools as the score does.
void weigh_by_component(const Complete& schools, IndexFit& fit) {
  const stats::PrincipalComponent found = stats::first_component(schools.good);
  fit.reason = found.reason;
  if (fit.reason != Undefined::none) return;
  std::vector<double> pulls;
  for (std::size_t c = 0; c < found.loadings.size(); ++c) {
    fit.coefficients.push_back(exactly(found.loadings[c], fit.schools));
    pulls.push_back(found.loadings[c] / found.sds[c]);
  }
  fit.explained = found.explained;
  weigh(pulls, fit);
}

}  // namespace

double good_share(double share, const IndexFit& fit, const IndexComponent& component, std::size_t place) {
  if (std::isnan(share)) return kNaN;
  const double part = std::clamp((share - fit.lo[place]) / (fit.hi[place] - fit.lo[place]), 0.0, 1.0);
  return component.is_good ? part : 1 - part;
}

double index_value(const std::vector<double>& good, const std::vector<double>& weights,
                   const SocialIndexSettings& settings) {
  double sum = 0, weight = 0;
  bool missing = false;
  for (std::size_t c = 0; c < good.size(); ++c) {
    missing = missing || std::isnan(good[c]);
    if (std::isnan(good[c])) continue;
    sum += weights[c] * good[c];
    weight += weights[c];
  }
  if (!missing) return 100 * sum;
  const bool enough = settings.missing == MissingShares::renormalise && weight > 0 && weight >= settings.least_weight;
  return enough ? 100 * sum / weight : kNaN;
}

IndexFit fit_index(const ShareTable& shares, const SocialIndexSettings& settings, int year,
                   const std::vector<SchoolOutcome>& outcomes) {
  const std::size_t components = settings.components.size();
  IndexFit fit;
  fit.year = year;
  fit.against.assign(components, false);
  double sum = 0;
  for (const IndexComponent& component : settings.components) {
    fit.lo.push_back(component.lo);
    fit.hi.push_back(component.hi);
    const double weight = settings.weights == WeightMode::given ? component.weight : 1;
    fit.weights.push_back(weight);
    sum += weight;
  }
  for (double& weight : fit.weights) weight /= sum;
  if (settings.scaling == ShareScaling::minmax) use_observed_extremes(shares, fit);
  if (fit.reason != Undefined::none || settings.weights == WeightMode::given || settings.weights == WeightMode::equal)
    return fit;
  const bool by_results = settings.weights == WeightMode::regression;
  const Complete schools = complete_schools(shares, fit, settings, by_results ? &outcomes : nullptr);
  fit.schools = static_cast<std::int64_t>(schools.good.rows);
  if (fit.schools == 0)
    fit.reason = Undefined::no_data;
  else if (by_results)
    weigh_by_regression(schools, fit);
  else
    weigh_by_component(schools, fit);
  return fit;
}

}  // namespace kaskad::identify
